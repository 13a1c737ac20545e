"""Payments by many hands at once, in any order: an entry is paid once at most, and in the end everything that is owed is paid."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from berichten.kern.nietnu import NietNu
from berichten.opslag.financien.betalingen import Betaalrunrij
from berichten.opslag.financien.blokkades import Blokkade
from berichten.processen.basis.werkplaats import Werkplaats
from tests.hulp.bouwstenen import AGB
from tests.hulp.geld.betaal import ANDER, TARIEF, Kas

AANBIEDERS = (AGB, ANDER)


@pytest.fixture
def kas(werkplaats: Werkplaats) -> Kas:
    return Kas(werkplaats)


def at_once(*werk: Callable[[], Any]) -> list[Any]:
    """Do all of these at the same moment, each in a thread of its own."""
    start = Barrier(len(werk))

    def begin(taak: Callable[[], Any]) -> Any:
        start.wait()
        return taak()

    with ThreadPoolExecutor(len(werk)) as ploeg:
        return list(ploeg.map(begin, werk))


def test_of_runs_made_at_once_one_takes_everything(kas: Kas) -> None:
    regels = {(nummer, 1) for nummer in kas.declareer(4, 2, 3)}
    for _ in range(5):
        uitkomsten = at_once(*[kas.stel_voor] * 4)
        (run,) = [uitkomst for uitkomst in uitkomsten if isinstance(uitkomst, Betaalrunrij)]
        assert sum(isinstance(uitkomst, NietNu) for uitkomst in uitkomsten) == 3
        assert kas.boekingen(run) == regels
        kas.trek_in(run)
    assert kas.verschillen() == []


def test_a_line_is_blocked_or_paid_and_never_both(kas: Kas) -> None:
    for _ in range(6):
        (regel,) = kas.declareer(2)
        run = kas.stel_voor()
        blokkade, gekeurd = at_once(partial(kas.blokkeer, regel), partial(kas.keur, run))
        assert isinstance(blokkade, Blokkade) != isinstance(gekeurd, Betaalrunrij)
        if isinstance(blokkade, Blokkade):
            kas.trek_in(run)
            kas.hef_op(blokkade)
            assert kas.betaal() == {AGB: 2 * TARIEF}


def test_a_proposal_is_approved_or_withdrawn_and_never_both(kas: Kas) -> None:
    kas.declareer(2)
    for _ in range(6):
        run = kas.stel_voor()
        gekeurd, ingetrokken = at_once(partial(kas.keur, run), partial(kas.trek_in, run))
        assert isinstance(gekeurd, Betaalrunrij) != isinstance(ingetrokken, Betaalrunrij)
        if isinstance(gekeurd, Betaalrunrij):
            kas.declareer(2)
    assert kas.verschillen() == []


class Boekjaar:
    """What happens to money in a year, one step after the other; numbers choose among what there is to act on."""

    def __init__(self, kas: Kas) -> None:
        self.kas = kas
        self.regels: list[int] = []
        self.open_voor_credit: list[int] = []
        self.blokkades: list[Blokkade] = []
        self.voorstellen: list[Betaalrunrij] = []

    def step(self, wat: str, keuze: int) -> None:
        getattr(self, wat)(keuze)
        assert self.kas.verschillen() == []

    def declareer(self, keuze: int) -> None:
        nieuw = self.kas.declareer(*range(1, 2 + keuze % 3), agb=AANBIEDERS[keuze % 2])
        self.regels += nieuw
        self.open_voor_credit += nieuw

    def crediteer(self, keuze: int) -> None:
        if self.open_voor_credit:
            regel = self.open_voor_credit.pop(keuze % len(self.open_voor_credit))
            self.regels.append(self.kas.crediteer(regel))

    def corrigeer(self, keuze: int) -> None:
        if self.regels:
            self.kas.corrigeer(self.regels[keuze % len(self.regels)], (keuze - 25) * 100 or 1)

    def blokkeer(self, keuze: int) -> None:
        if keuze % 4 == 0 or not self.regels:
            gesteld = self.kas.blokkeer(agb=AANBIEDERS[keuze % 2])
        else:
            gesteld = self.kas.blokkeer(self.regels[keuze % len(self.regels)])
        if isinstance(gesteld, Blokkade):
            self.blokkades.append(gesteld)

    def hef_op(self, keuze: int) -> None:
        if self.blokkades:
            assert isinstance(self.kas.hef_op(self.blokkades.pop(keuze % len(self.blokkades))), Blokkade)

    def stel_voor(self, keuze: int) -> None:
        run = self.kas.stel_voor()
        if isinstance(run, Betaalrunrij):
            self.voorstellen.append(run)

    def keur(self, keuze: int) -> None:
        if self.voorstellen:
            run = self.voorstellen[keuze % len(self.voorstellen)]
            if isinstance(self.kas.keur(run), Betaalrunrij):
                self.voorstellen.remove(run)

    def trek_in(self, keuze: int) -> None:
        if self.voorstellen:
            assert isinstance(self.kas.trek_in(self.voorstellen.pop(keuze % len(self.voorstellen))), Betaalrunrij)

    def close(self) -> None:
        """Lift every block, withdraw what waits, and pay what is left."""
        for blokkade in self.blokkades:
            self.kas.hef_op(blokkade)
        for run in self.voorstellen:
            self.kas.trek_in(run)
        self.kas.betaal()
        assert self.kas.betaal() == {}


WAT = (
    *("declareer", "declareer", "crediteer", "corrigeer", "blokkeer", "hef_op"),
    *("stel_voor", "stel_voor", "keur", "trek_in"),
)
stappen = st.lists(st.tuples(st.sampled_from(WAT), st.integers(0, 50)), min_size=4, max_size=14)


@given(stappen)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_everything_owed_is_paid_and_nothing_twice(werkplaats: Werkplaats, reeks: list[tuple[str, int]]) -> None:
    """The examples follow each other in one database: each begins with what the one before carried over."""
    jaar = Boekjaar(Kas(werkplaats))
    for wat, keuze in reeks:
        jaar.step(wat, keuze)
    jaar.close()
    with werkplaats.opslag.transaction() as verbinding:
        vraag = lambda zin: verbinding.execute(text(zin)).all()  # noqa: E731
        stand = vraag(
            "SELECT j.agb, sum(j.bedrag), coalesce(sum(j.bedrag) FILTER (WHERE r.status = 'goedgekeurd'), 0) FROM journaal j"
            " LEFT JOIN betaalregel l ON (l.prestatie_id, l.boeking) = (j.prestatie_id, j.boeking) AND l.levend"
            " LEFT JOIN betaalrun r USING (run_id) GROUP BY j.agb"
        )
        betaald: dict[str, int] = dict(
            vraag("SELECT agb, sum(bedrag) FROM betaalopdracht JOIN betaalrun USING (run_id)"
                  " WHERE uitkomst = 'betalen' AND status = 'goedgekeurd' GROUP BY agb")
        )  # fmt: skip
        dubbel = vraag(
            "SELECT prestatie_id FROM betaalregel JOIN betaalrun USING (run_id) WHERE status = 'goedgekeurd'"
            " GROUP BY prestatie_id, boeking HAVING count(*) > 1"
        )
    assert dubbel == []
    for agb, geboekt, in_runs in stand:
        assert in_runs == betaald.get(agb, 0)
        assert geboekt - in_runs <= 0, "what is positive is paid; only what must be earned back stays open"
