"""Starts and stops through the real pipeline: which sequences stand, which are refused, and what the JW306 and JW308 say."""

from datetime import date
from typing import Any

import psycopg
import pytest
from lxml import etree

from berichten.dossier.leveringen import Leveringen
from berichten.opslag.dossiers.leveringen import list_leveringen
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.standaard.waarden.soorten import OP_NAAM
from tests.hulp.bouwstenen import AGB, BSN, GEMEENTE
from tests.hulp.regie import Regie, antwoordcodes, start, stop, toewijzing

NUMMER, ANDER = 5001, 5002
A, B, C = date(2026, 2, 2), date(2026, 3, 2), date(2026, 4, 6)
EIND_A, EIND_B = date(2026, 2, 20), date(2026, 3, 20)


@pytest.fixture
def regie(werkplaats: Werkplaats) -> Regie:
    """A pipeline in which this aanbieder has two allocations for the client."""
    regie = Regie(werkplaats)
    for nummer in (NUMMER, ANDER):
        assert regie.stuur(toewijzing(nummer)).status == "verwerkt"
    return regie


def stand(regie: Regie, nummer: int = NUMMER) -> str:
    """How delivery on the allocation stands, read back from the database."""
    with regie.werkplaats.opslag.transaction() as verbinding:
        return Leveringen(list_leveringen(verbinding, GEMEENTE, AGB, BSN)).stand(nummer)


# Sequences: each step is a message with its classes and the rules that each class breaks.
START_A, START_B, START_C = (start(NUMMER, dag) for dag in (A, B, C))
TIJDELIJK_A, DEFINITIEF_A = stop(NUMMER, A, EIND_A, "20"), stop(NUMMER, A, EIND_A, "31")
WEG = "3"

REEKSEN = {
    "start, stop": ([START_A], [stop(NUMMER, A, EIND_A)]),
    "tijdelijke stop, dan definitief zonder nieuwe start": ([START_A], [TIJDELIJK_A], [DEFINITIEF_A]),
    "tijdelijke stop, nieuwe start, stop": ([START_A], [TIJDELIJK_A], [START_B], [stop(NUMMER, B, EIND_B)]),
    "nieuwe start na een definitieve stop": ([START_A], [DEFINITIEF_A], [START_B]),
    "start verwijderd en op een andere dag gemeld in één bericht": ([START_A], [START_B, start(NUMMER, A, status=WEG)]),
    "start verwijderd en later opnieuw gemeld": ([START_A], [start(NUMMER, A, status=WEG)], [START_A]),
    "stop verbeterd naar een eerdere dag": (
        [START_A],
        [stop(NUMMER, A, EIND_B)],
        [stop(NUMMER, A, EIND_A), stop(NUMMER, A, EIND_B, status=WEG)],
    ),
    "eerst de stop weg, dan de start": (
        [START_A],
        [DEFINITIEF_A],
        [stop(NUMMER, A, EIND_A, "31", status=WEG)],
        [start(NUMMER, A, status=WEG)],
    ),
    "andere ingangsdatum van de toewijzing met een apart bericht": (
        [start(NUMMER, A, ingang="2026-01-06")],
        [start(NUMMER, A, ingang="2026-01-05", status=WEG)],
        [start(NUMMER, A, ingang="2026-01-05")],
    ),
    "twee toewijzingen naast elkaar": ([START_A, start(ANDER, A)], [DEFINITIEF_A], [stop(ANDER, A, EIND_A)]),
    "taakgericht: product en begindatum zijn de sleutel": (
        [start(None, A), start(None, B)],
        [stop(None, A, EIND_A, "20")],
        [stop(None, A, EIND_A)],
        [stop(None, B, EIND_B)],
    ),
}


@pytest.mark.parametrize("reeks", REEKSEN.values(), ids=REEKSEN)
def test_sound_sequence_is_taken_over(regie: Regie, reeks: tuple) -> None:
    for klassen in reeks:
        uitkomst = regie.stuur(*klassen)
        assert uitkomst.regels == []
        assert uitkomst.status == "verwerkt"
        assert antwoordcodes(uitkomst) == {}


FOUTEN = {
    "start op onbekende toewijzing": ([], [start(777, A)], ["TR019"]),
    "stop op onbekende toewijzing": ([], [stop(777, A, EIND_A)], ["TR019"]),
    "dezelfde start nog eens": ([[START_A]], [START_A], ["TR074", "TR326"]),
    "dezelfde start nog eens, na de stop": ([[START_A], [DEFINITIEF_A]], [START_A], ["TR074"]),
    "tweede start zonder stop": ([[START_A]], [START_B], ["TR326"]),
    "twee starts in één bericht": ([], [START_A, START_B], ["TR326"]),
    "stop zonder start": ([], [DEFINITIEF_A], ["TR382"]),
    "stop met andere begindatum": ([[START_A]], [stop(NUMMER, B, EIND_B)], ["TR382"]),
    "stop met ander product": ([[START_A]], [stop(NUMMER, A, EIND_A, code="45A05")], ["TR382"]),
    "stop op de andere toewijzing": ([[START_A]], [stop(ANDER, A, EIND_A)], ["TR382"]),
    "tweede tijdelijke stop": ([[START_A], [TIJDELIJK_A]], [stop(NUMMER, A, EIND_B, "20")], ["TR413"]),
    "definitieve stop vóór de tijdelijke": ([[START_A], [stop(NUMMER, A, EIND_B, "20")]], [DEFINITIEF_A], ["TR414"]),
    "tijdelijke stop vóór de tijdelijke": (
        [[START_A], [stop(NUMMER, A, EIND_B, "20")]],
        [TIJDELIJK_A],
        ["TR413", "TR414"],
    ),
    "definitieve stop na een definitieve": ([[START_A], [DEFINITIEF_A]], [stop(NUMMER, A, EIND_B, "32")], ["TR415"]),
    "definitieve stop na een definitieve met andere reden": (
        [[START_A], [stop(NUMMER, A, EIND_A, "38")]],
        [stop(NUMMER, A, EIND_B)],
        ["TR415"],
    ),
    "stop met ander product na een definitieve": ([[START_A], [DEFINITIEF_A]], [stop(NUMMER, A, EIND_B, code="45A05")], ["TR382"]),
    "tijdelijke stop na een definitieve": ([[START_A], [DEFINITIEF_A]], [stop(NUMMER, A, EIND_B, "20")], ["TR415"]),
    "dezelfde definitieve stop nog eens": ([[START_A], [DEFINITIEF_A]], [DEFINITIEF_A], ["TR074", "TR415"]),
    "dezelfde tijdelijke stop nog eens": ([[START_A], [TIJDELIJK_A]], [TIJDELIJK_A], ["TR074", "TR413"]),
    "start verwijderd die er niet is": ([[START_A]], [start(NUMMER, B, status=WEG)], ["TR063"]),
    "start twee keer verwijderd": (
        [[START_A], [start(NUMMER, A, status=WEG)]],
        [start(NUMMER, A, status=WEG)],
        ["TR063"],
    ),
    "stop verwijderd met andere reden": ([[START_A], [DEFINITIEF_A]], [stop(NUMMER, A, EIND_A, "32", status=WEG)], ["TR063"]),
    "start verwijderd op onbekende toewijzing": ([], [start(777, A, status=WEG)], ["TR063"]),
    "start verwijderd waarop een stop staat": ([[START_A], [TIJDELIJK_A]], [start(NUMMER, A, status=WEG)], ["TR071"]),
    "taakgericht: dezelfde start nog eens": ([[start(None, A)]], [start(None, A)], ["TR074"]),
    "taakgericht: stop zonder start": ([[start(None, A)]], [stop(None, B, EIND_B)], ["TR382"]),
    "taakgericht: tweede tijdelijke stop": (
        [[start(None, A)], [stop(None, A, EIND_A, "20")]],
        [stop(None, A, EIND_B, "20")],
        ["TR413"],
    ),
}


@pytest.mark.parametrize(("vooraf", "klassen", "regels"), FOUTEN.values(), ids=FOUTEN)
def test_faulty_step_is_refused_and_changes_nothing(regie: Regie, vooraf: list, klassen: list, regels: list[str]) -> None:
    for eerder in vooraf:
        assert regie.stuur(*eerder).status == "verwerkt"
    ervoor = regie.tel_leveringen()
    uitkomst = regie.stuur(*klassen)
    assert uitkomst.status == "afgekeurd"
    assert uitkomst.regels == regels
    assert regie.tel_leveringen() == ervoor


def test_stand_follows_what_is_reported_and_taken_back(regie: Regie) -> None:
    verloop = [stand(regie)]
    for klasse in (
        START_A,
        TIJDELIJK_A,
        START_B,
        stop(NUMMER, B, EIND_B),
        stop(NUMMER, B, EIND_B, status=WEG),
        start(NUMMER, B, status=WEG),
        DEFINITIEF_A,
    ):
        assert regie.stuur(klasse).status == "verwerkt"
        verloop.append(stand(regie))
    assert verloop == [
        "niet_gestart", "gestart", "tijdelijk_gestopt", "gestart", "gestopt", "gestart", "tijdelijk_gestopt", "gestopt",
    ]  # fmt: skip


def test_only_the_stop_that_is_named_is_taken_back(regie: Regie) -> None:
    for klasse in (START_A, TIJDELIJK_A, DEFINITIEF_A, stop(NUMMER, A, EIND_A, "31", status=WEG)):
        assert regie.stuur(klasse).status == "verwerkt"
    assert stand(regie) == "tijdelijk_gestopt"
    assert regie.stuur(stop(NUMMER, A, EIND_A, "38")).status == "verwerkt"


def test_deliveries_that_differ_in_allocation_or_client_only_stay(regie: Regie) -> None:
    regie.stuur(START_A, start(ANDER, A), start(None, A))
    regie.stuur(start(None, A), bsn="999900018")
    assert regie.stuur(start(NUMMER, A, status=WEG), start(None, A, status=WEG)).status == "verwerkt"
    assert (stand(regie), stand(regie, ANDER)) == ("niet_gestart", "gestart")
    assert regie.tel("levering", "verwijderd_door IS NULL AND bsn = '999900018'") == 1


def test_other_aanbieder_cannot_report_on_this_allocation(regie: Regie) -> None:
    uitkomst = regie.stuur(START_A, agb="42420002")
    assert uitkomst.regels == ["TR019"]


def test_start_on_removed_allocation_is_refused_but_an_earlier_start_may_be_taken_back(regie: Regie) -> None:
    regie.stuur(START_A)
    weg = toewijzing(NUMMER, eind="2026-01-05", RedenWijziging="13", Toewijzingsdatum="2026-03-01")
    assert regie.stuur(weg).status == "verwerkt"
    geweigerd = regie.stuur(START_B)
    assert geweigerd.regels == ["TR019"]
    assert "verwijderd" in geweigerd.meldingen[0]
    assert regie.stuur(DEFINITIEF_A).regels == ["TR019"]
    assert regie.stuur(start(NUMMER, A, status=WEG)).status == "verwerkt"


def test_one_bad_class_sends_every_class_back_with_its_own_code_and_stores_none(regie: Regie) -> None:
    uitkomst = regie.stuur(START_A, start(777, A), start(ANDER, B))
    assert uitkomst.status == "afgekeurd"
    assert antwoordcodes(uitkomst) == {
        "Header": ["0200"],
        "Client": ["0200"],
        "StartProduct[1]": ["0200"],
        "StartProduct[2]": ["9019"],
        "StartProduct[3]": ["0200"],
    }
    assert regie.tel_leveringen() == 0
    assert uitkomst.uitkomsten == ["niet_beoordeeld", "afgewezen", "niet_beoordeeld"]


def test_class_with_two_faults_carries_both_codes(regie: Regie) -> None:
    regie.stuur(START_A)
    uitkomst = regie.stuur(START_A)
    assert antwoordcodes(uitkomst)["StartProduct"] == ["9074", "9326"]


def test_returned_classes_are_those_of_the_message(regie: Regie) -> None:
    uitkomst = regie.stuur(DEFINITIEF_A)
    heen, terug = etree.fromstring(uitkomst.inhoud), etree.fromstring(uitkomst.antwoord)
    assert _values(terug[1]) == _values(heen[1])
    assert antwoordcodes(uitkomst)["StopProduct"] == ["9069"]


def _values(element: etree._Element) -> list[tuple[str, str | None]]:
    """Names and texts below an element, without retourcodes."""
    return [
        (kind.tag.rpartition("}")[2], (kind.text or "").strip())
        for kind in element.iter()
        if not kind.tag.endswith(("RetourCodes", "RetourCode"))
    ]


def test_answers_are_valid_and_name_the_message_they_answer(regie: Regie) -> None:
    for klasse in (START_A, START_A, DEFINITIEF_A, DEFINITIEF_A):
        uitkomst = regie.stuur(klasse)
        antwoord = etree.fromstring(uitkomst.antwoord)
        assert regie.werkplaats.schemas.schema(OP_NAAM[OP_NAAM[klasse.soort].antwoord or ""]).validate(antwoord)
        kop = {kind.tag.rpartition("}")[2]: kind for kind in antwoord[0]}
        assert kop["BerichtIdentificatie"][0].text == uitkomst.identificatie
        assert (kop["Afzender"].text, kop["Ontvanger"].text) == (AGB, GEMEENTE)


def test_header_fault_returns_the_header_only(regie: Regie) -> None:
    eerste = regie.stuur(START_A)
    uitkomst = regie.stuur(start(ANDER, B), identificatie=eerste.identificatie)
    assert uitkomst.regels == ["TR056"]
    assert antwoordcodes(uitkomst) == {"Header": ["9056"]}
    assert regie.tel_leveringen() == 1


def test_unknown_gemeente_is_refused_in_the_header(werkplaats: Werkplaats) -> None:
    uitkomst = Regie(werkplaats).stuur(START_A, gemeente="9999")
    assert uitkomst.regels == ["TR378"]
    assert antwoordcodes(uitkomst) == {"Header": ["S300"]}


def test_no_finding_shows_the_bsn(regie: Regie) -> None:
    meldingen = [melding for _, klassen, _ in FOUTEN.values() for melding in regie.stuur(*klassen).meldingen]
    assert len(meldingen) > 8
    assert not [melding for melding in meldingen if BSN in melding]


@pytest.fixture
def opdrachten(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Statements sent to the database since the list was last cleared."""
    gezien: list[str] = []
    for naam in ("execute", "executemany"):
        eigen = getattr(psycopg.Cursor, naam)

        def note(cursor: object, opdracht: object, *rest: object, _eigen: Any = eigen, **meer: object) -> object:
            gezien.append(str(opdracht))
            return _eigen(cursor, opdracht, *rest, **meer)

        monkeypatch.setattr(psycopg.Cursor, naam, note)
    return gezien


def test_number_of_queries_does_not_grow_with_the_classes(regie: Regie, opdrachten: list[str]) -> None:
    aantallen = []
    for nummers in ([6001], range(6100, 6140)):
        for nummer in nummers:
            regie.stuur(toewijzing(nummer))
        opdrachten.clear()
        assert regie.stuur(*(start(nummer, A) for nummer in nummers)).status == "verwerkt"
        regie.stuur(*(start(nummer, A, status=WEG) for nummer in nummers))
        aantallen.append(len(opdrachten))
    assert aantallen[0] == aantallen[1]
