"""Random lives of requests against a model of the table of states: nothing outside of it, and nothing answered twice."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from berichten.beoordeling.verzoeken.verzoekbesluit import Soort, Verzoekbesluit, Verzoekweigering
from berichten.beoordeling.verzoeken.verzoekstand import status_after
from berichten.instellingen import Instellingen
from berichten.opslag.verzoeken.verzoeklijst import list_verzoekantwoorden
from berichten.opslag.verzoeken.verzoekstappen import find_laatste_besluit, load_stappen
from berichten.processen.basis.werkplaats import Werkplaats, open_werkplaats
from berichten.processen.besluiten.herbeoordeel import reconsider
from berichten.processen.ontvangst.ontvang_bericht import Geweigerd, accept
from berichten.processen.verzoeken.beslis_verzoek import GenomenVerzoekbesluit, decide_verzoek
from berichten.processen.verzoeken.bewaak_verzoeken import Verzoekwaker
from berichten.voorbeelden.model.namen import list_bsns
from tests.conftest import VANDAAG
from tests.hulp.bouwstenen import AGB, GEMEENTE
from tests.hulp.declareer import send, toewijzing
from tests.hulp.verzoeken import aanvraag, antwoord, retour, stand

_NUMMERS = count(1)
_BSNS = iter(list_bsns())
LAATSTE_DAG = date(2026, 7, 7)
"""Five working days after 30 June 2026, a Tuesday."""
OPEN = ("ontvangen", "in_onderzoek", "te_honoreren")
BESLUITEN: tuple[Soort, ...] = ("honoreren", "in_onderzoek", "afwijzen")


@pytest.fixture(scope="module")
def huis(module_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Werkplaats]:
    """One database for all lives: each has a client of its own."""
    var: Path = tmp_path_factory.mktemp("var")
    with open_werkplaats(Instellingen(database_url=module_database, var=var, huidige_datum=VANDAAG)) as open_:
        yield open_


@dataclass
class Gestuurd:
    """A JW319 of the model."""

    bericht_id: UUID
    waarde: str
    beantwoord: bool = False
    verworpen: bool = False


@dataclass
class Leven:
    """One request of the model: what happened to it, in order."""

    gebeurd: list[str | Gestuurd] = field(default_factory=list)

    @property
    def staand(self) -> list[str]:
        return [item.waarde for item in self.gebeurd if isinstance(item, Gestuurd) and not item.verworpen]

    @property
    def status(self) -> str:
        """By the table: what happened last and still stands."""
        telt = [item for item in self.gebeurd if isinstance(item, str) or not item.verworpen]
        if not telt:
            return "ontvangen"
        laatste = telt[-1]
        if isinstance(laatste, Gestuurd):
            return "afgewezen" if laatste.waarde == "1" else "in_onderzoek"
        return laatste


@dataclass
class Wereld:
    """One client with its requests, in the service and in the model."""

    huis: Werkplaats
    bsn: str = field(default_factory=lambda: next(_BSNS))
    levens: dict[str, Leven] = field(default_factory=dict)

    def ask(self, producten: int) -> None:
        referenties = [f"R{next(_NUMMERS)}" for _ in range(producten)]
        wacht = any(leven.status in OPEN for leven in self.levens.values())
        inhoud = aanvraag(*referenties, bsn=self.bsn)
        resultaat = send(self.huis, inhoud)
        assert resultaat["status"] == ("afgekeurd" if wacht else "verwerkt"), resultaat
        assert send(self.huis, inhoud)["berichtId"] == resultaat["berichtId"], "the same bytes are the same message"
        if not wacht:
            self.levens.update({referentie: Leven() for referentie in referenties})

    def decide(self, referentie: str, besluit: Soort) -> None:
        leven, verzoek = self.levens[referentie], stand(self.huis, referentie)
        assert verzoek is not None
        with self.huis.opslag.transaction() as verbinding:
            eerder = find_laatste_besluit(verbinding, GEMEENTE, verzoek.verzoek_id)
        mag = {
            "honoreren": leven.status in ("ontvangen", "in_onderzoek"),
            "in_onderzoek": leven.status in OPEN and "2" not in leven.staand,
            "afwijzen": leven.status in OPEN,
        }[besluit]
        reden = "3" if besluit == "afwijzen" else None
        gevraagd = Verzoekbesluit(besluit, "Besproken.", reden, None, None if eerder is None else eerder.besluit_id)
        uitkomst = decide_verzoek(self.huis, GEMEENTE, "test", verzoek.verzoek_id, gevraagd)
        assert isinstance(uitkomst, GenomenVerzoekbesluit) == mag, uitkomst
        if isinstance(uitkomst, GenomenVerzoekbesluit):
            self._keep(leven, besluit, uitkomst)

    def _keep(self, leven: Leven, besluit: Soort, genomen: GenomenVerzoekbesluit) -> None:
        if genomen.antwoord_id is None:
            leven.gebeurd.append("te_honoreren")
        else:
            leven.gebeurd.append(Gestuurd(genomen.antwoord_id, "1" if besluit == "afwijzen" else "2"))

    def post(self, referentie: str, waarde: str) -> None:
        leven = self.levens[referentie]
        mag = leven.status != "toegewezen" and (not leven.staand if waarde == "2" else "1" not in leven.staand)
        resultaat = send(self.huis, antwoord(referentie, waarde, "3" if waarde == "1" else None))
        assert (resultaat["status"] == "verwerkt") == mag, resultaat["bevindingen"]
        if mag:
            leven.gebeurd.append(Gestuurd(UUID(resultaat["berichtId"]), waarde))

    def answer(self, referentie: str, welk: int, code: str | None) -> None:
        gestuurd = [item for item in self.levens[referentie].gebeurd if isinstance(item, Gestuurd)]
        if not gestuurd:
            return
        jw319 = gestuurd[welk % len(gestuurd)]
        jw320 = retour(self.huis, jw319.bericht_id, code)
        if jw319.beantwoord:
            assert isinstance(accept(self.huis, jw320, None), Geweigerd), "a second and different one"
        else:
            send(self.huis, jw320)
            jw319.beantwoord, jw319.verworpen = True, code is not None

    def grant(self, referentie: str) -> None:
        leven, dag = self.levens[referentie], date(2026, 1, 1) + timedelta(days=next(_NUMMERS) % 150)
        resultaat = send(
            self.huis,
            toewijzing(80000 + next(_NUMMERS), bsn=self.bsn, ReferentieAanbieder=referentie, Ingangsdatum=dag, Einddatum=dag),
        )
        assert (resultaat["status"] == "verwerkt") == (leven.status in OPEN), resultaat["bevindingen"]
        if leven.status in OPEN:
            leven.gebeurd.append("toegewezen")

    def wait(self, _: str) -> None:
        """The last day of the first term, where that was set: what nobody touched is said to be under investigation, once."""
        anders = {"huidige_datum": LAATSTE_DAG, "verzoek_bij_termijn": "in_onderzoek"}
        later = replace(self.huis, instellingen=self.huis.instellingen.model_copy(update=anders))
        Verzoekwaker(later).watch()
        for referentie, leven in self.levens.items():
            if not leven.gebeurd:
                (jw319,) = self._sent(referentie)
                leven.gebeurd.append(Gestuurd(jw319, "2"))

    def _sent(self, referentie: str) -> list[UUID]:
        verzoek = stand(self.huis, referentie)
        assert verzoek is not None
        with self.huis.opslag.transaction() as verbinding:
            return [item.bericht_id for item in list_verzoekantwoorden(verbinding, GEMEENTE, verzoek.verzoek_id)]

    def compare(self) -> None:
        for referentie, leven in self.levens.items():
            verzoek = stand(self.huis, referentie)
            assert verzoek is not None
            assert (verzoek.status, verzoek.antwoorden) == (leven.status, leven.staand), leven
            assert not (verzoek.toewijzingen and "1" in verzoek.antwoorden), "honoured and refused"
            assert verzoek.antwoorden in ([], ["1"], ["2"], ["2", "1"]), "answered twice"
            with self.huis.opslag.transaction() as verbinding:
                assert status_after(load_stappen(verbinding, GEMEENTE, verzoek.verzoek_id)) == verzoek.status


_STAP = st.one_of(
    st.tuples(st.just("ask"), st.integers(1, 2)),
    st.tuples(st.just("decide"), st.integers(0, 5), st.sampled_from(BESLUITEN)),
    st.tuples(st.just("post"), st.integers(0, 5), st.sampled_from(("1", "2"))),
    st.tuples(st.just("answer"), st.integers(0, 5), st.integers(0, 3), st.sampled_from((None, "9355"))),
    st.tuples(st.just("grant"), st.integers(0, 5)),
    st.tuples(st.just("wait"), st.integers(0, 5)),
)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stappen=st.lists(_STAP, min_size=6, max_size=14))
def test_every_life_of_a_request_keeps_to_the_table(huis: Werkplaats, stappen: list[tuple[Any, ...]]) -> None:
    wereld = Wereld(huis)
    wereld.ask(2)
    for wat, *waarden in stappen:
        if wat == "ask":
            wereld.ask(*waarden)
        else:
            referenties = list(wereld.levens)
            getattr(wereld, wat)(referenties[waarden[0] % len(referenties)], *waarden[1:])
        wereld.compare()


@pytest.mark.parametrize("ronde", range(3))
def test_of_two_reviewers_and_a_jw301_at_once_one_wins_and_the_others_are_told(huis: Werkplaats, ronde: int) -> None:
    bsn, referentie = next(_BSNS), f"W{next(_NUMMERS)}"
    send(huis, aanvraag(referentie, bsn=bsn))
    verzoek = stand(huis, referentie)
    assert verzoek is not None
    jw301 = toewijzing(90000 + next(_NUMMERS), bsn=bsn, ReferentieAanbieder=referentie)

    def decide(besluit: Soort, reden: str | None) -> GenomenVerzoekbesluit | Verzoekweigering:
        return decide_verzoek(huis, GEMEENTE, "test", verzoek.verzoek_id, Verzoekbesluit(besluit, "Besproken.", reden))

    with ThreadPoolExecutor(3) as ploeg:
        af, onderzoek = ploeg.submit(decide, "afwijzen", "3"), ploeg.submit(decide, "in_onderzoek", None)
        toegewezen = ploeg.submit(send, huis, jw301).result()["status"] == "verwerkt"
        besluiten = [af.result(), onderzoek.result()]
    genomen = [item for item in besluiten if isinstance(item, GenomenVerzoekbesluit)]
    geweigerd = [item for item in besluiten if isinstance(item, Verzoekweigering)]
    assert len(genomen) <= 1
    assert all(item.soort == "conflict" and item.melding for item in geweigerd)
    eind = stand(huis, referentie)
    assert eind is not None
    assert eind.agb == AGB
    assert toegewezen == (eind.status == "toegewezen")
    assert toegewezen or genomen
    if isinstance(besluiten[0], GenomenVerzoekbesluit):
        assert eind.status == "afgewezen"


def test_all_these_lives_handled_once_more_come_out_the_same(huis: Werkplaats) -> None:
    """Under gemeente 0000, as a rehearsal does: no message of any of them gets another outcome."""
    herhaald = reconsider(huis, GEMEENTE, AGB)
    assert herhaald.berichten > 0
    assert herhaald.veranderingen == ()
