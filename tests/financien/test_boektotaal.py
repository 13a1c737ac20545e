"""Totals of each day of booking: always what the journal comes to, whoever books and however many at once."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from random import Random
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Connection, text

from berichten.klok import begin_of, dutch_day, end_of
from berichten.opslag.basis.verbinding import Login
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.berichten.verwerk_bericht import handle_stroom
from berichten.processen.ontvangst.ontvang_bericht import Ontvangen, accept
from berichten.processen.referentie.laad_referentie import load_referentie
from berichten.rapporten.boeken.boekvraag import GROEPEN, ask
from berichten.rapporten.boeken.totalen import report_totalen
from tests.financien.test_boeken_eigenschappen import SOORTEN, Maanden
from tests.hulp.besluiten import APR, FEB, JAN, MRT, TARIEF, beslis, fill_town, genomen, hold_early_months, rows, scalar, submit
from tests.hulp.bouwstenen import GEMEENTE
from tests.hulp.declareer import Regel, declaratie, send, toewijzing
from tests.hulp.eigenaar import as_owner
from tests.hulp.geld.boeken import SOMMEN, verschillen

_PDC = """gemeente;productcode;omschrijving;productcategorie;eenheid;uitvoeringsvariant;zorgvorm;segment;opleidingsniveau;\
vereiste_registratie;taakveld;ingangsdatum;einddatum
0484;45A48;Begeleiding;45;04;inspanning;Begeleiding;4;HBO;;6.72;2026-01-01;2026-02-28
0484;45A48;Begeleiding;45;04;inspanning;Ambulant;4;HBO;;6.72;2026-03-01;2026-03-31
""".replace("\\\n", "")
RUIM: dict[str, Any] = {"Omvang": {"Volume": 40, "Eenheid": "04", "Frequentie": "6"}}
GROEPERINGEN = (None, *GROEPEN, "aanbieder,zorgmaand,categorie", "uitkomst,declaratiemaand", ",".join(GROEPEN))
DEEL: tuple[dict[str, Any], ...] = (
    {}, {}, {"periode": "2026-Q1"}, {"periode": "2026-04", "periodesoort": "declaratiemaand"},
    {"filters": {"zorgvorm": "Ambulant"}}, {"filters": {"uitkomst": "toegekend", "productcode": "45A48"}},
)  # fmt: skip


def live_for_days(werkplaats: Werkplaats, zaad: int, dagen: int = 3) -> tuple[Werkplaats, list[datetime]]:
    """A random town that books on several days, at their first and last moments too; the moments at which something happened."""
    rng, begin = Random(zaad), werkplaats.instellingen.vandaag()
    hold_early_months(werkplaats)
    assert load_referentie(werkplaats, "pdc", _PDC.encode()).fouten == []
    stad = Maanden(werkplaats)
    momenten: list[datetime] = []
    for dag in range(dagen):
        eerste, laatste = begin_of(begin + timedelta(days=dag)), end_of(begin + timedelta(days=dag))
        for moment in (eerste, eerste + timedelta(hours=rng.randrange(2, 20)), laatste):
            stad.werkplaats = replace(werkplaats, instellingen=werkplaats.instellingen.model_copy(update={"stilgezet_op": moment}))
            soort = rng.choice(SOORTEN) if momenten else "declareer"
            for naam in ("declareer", soort):
                getattr(stad, naam)(rng.randrange(1000), rng.randint(1, 9), rng.random() < 0.5)
            momenten.append(moment)
    return stad.werkplaats, momenten


@contextmanager
def told_from_entries(verbinding: Connection) -> Iterator[None]:
    """The same question asked of the journal itself: a view of its entries stands before the table."""
    verbinding.execute(text(f"CREATE TEMP VIEW boektotaal AS {SOMMEN}"))
    yield
    verbinding.execute(text("DROP VIEW pg_temp.boektotaal"))


def compare(werkplaats: Werkplaats, zaad: int) -> int:
    """Ask a random town every grouping as of every day and moment, of one part or another; returns how many answers differ from
    each other, which says that there was something to tell."""
    stad, momenten = live_for_days(werkplaats, zaad)
    rng, nu = Random(zaad), stad.instellingen.nu()
    dagen = {f"{dutch_day(moment):%Y-%m-%d}" for moment in momenten}
    binnen = {(moment + verschil).isoformat() for moment in momenten for verschil in (timedelta(), timedelta(microseconds=-1))}
    vragen = [
        ask(GEMEENTE, nu, groepeer=groepeer, peildatum=peil, **rng.choice(DEEL))
        for groepeer, peil in product(GROEPERINGEN, (None, *sorted(dagen | binnen)))
    ]
    assert {True, False} == {vraag.hele_dagen for vraag in vragen}
    with as_owner(stad) as verbinding:
        opgeteld = [report_totalen(verbinding, vraag).rijen for vraag in vragen]
        with told_from_entries(verbinding):
            geteld = [report_totalen(verbinding, vraag).rijen for vraag in vragen]
    assert opgeteld == geteld
    assert verschillen(stad) == []
    return len({str(rijen) for rijen in opgeteld})


def test_totals_are_those_of_the_entries_by_any_grouping_as_of_any_day_and_moment(werkplaats: Werkplaats) -> None:
    assert compare(werkplaats, 1) > 50


@pytest.mark.soak
@pytest.mark.parametrize("zaad", range(2, 22))
def test_totals_of_many_random_towns_are_those_of_the_entries(werkplaats: Werkplaats, zaad: int) -> None:
    assert compare(werkplaats, zaad) > 50


@pytest.fixture
def boeken(werkplaats: Werkplaats) -> Werkplaats:
    """Lines of two months awarded, one of them taken back by a decision, one credited."""
    fill_town(werkplaats, 700, **RUIM)
    submit(werkplaats, Regel("A", 700, JAN, 2), Regel("W", 700, FEB, 1), Regel("D", 700, APR, 4))
    submit(werkplaats, Regel("C", 700, MRT, 1))
    eerste = genomen(beslis(werkplaats, "A"))[0]
    genomen(beslis(werkplaats, "A", besluit="afwijzen", retourcode="0611", volgt_op=eerste.besluit_id))
    submit(werkplaats, Regel("E", 700, MRT, 1, vorig="C"))
    assert verschillen(werkplaats) == []
    return werkplaats


def test_every_kind_of_entry_is_counted_as_what_it_is(boeken: Werkplaats) -> None:
    vraag = "SELECT zorgmaand, toegekend, gecrediteerd, correcties, regels FROM boektotaal ORDER BY zorgmaand"
    assert rows(boeken, vraag) == [
        (JAN, 2 * TARIEF, 0, -2 * TARIEF, 1), (MRT, TARIEF, -TARIEF, 0, 2), (APR, 4 * TARIEF, 0, 0, 1)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("knoeien", "wat", "verwacht", "er"),
    [
        ("UPDATE boektotaal SET toegekend = toegekend + 1", "toegekend", 4 * TARIEF, 4 * TARIEF + 1),
        ("UPDATE boektotaal SET gecrediteerd = -1", "gecrediteerd", 0, -1),
        ("UPDATE boektotaal SET correcties = 1", "correcties", 0, 1),
        ("UPDATE boektotaal SET regels = 2", "aantal regels", 1, 2),
        ("UPDATE boektotaal SET boekdag = boekdag - 1", "toegekend", 4 * TARIEF, 0),
        ("UPDATE boektotaal SET productcode = '45A03'", "toegekend", 0, 4 * TARIEF),
        ("DELETE FROM boektotaal", "aantal regels", 1, 0),
    ],
)
def test_a_total_that_is_not_what_its_entries_come_to_is_found(
    boeken: Werkplaats, knoeien: str, wat: str, verwacht: int, er: int
) -> None:
    with as_owner(boeken) as verbinding:
        verbinding.execute(text(f"{knoeien} WHERE zorgmaand = :m"), {"m": APR})
    gevonden = verschillen(boeken)
    assert {item.controle for item in gevonden} == {"totaal"}
    assert (f"{wat} volgens het dagtotaal", str(verwacht), str(er)) in {
        (item.wat, item.verwacht, item.gevonden) for item in gevonden
    }
    assert all("aanbieder 42420001, geboekt op" in item.plaats and "zorgmaand 2026-04" in item.plaats for item in gevonden)


def test_what_is_rolled_back_is_not_counted(boeken: Werkplaats) -> None:
    voor = rows(boeken, "SELECT * FROM boektotaal ORDER BY 1, 2, 3, 4, 5, 6, 7")
    with boeken.opslag.rehearsal(Login.BOEKER) as verbinding:
        _book(verbinding, range(5), 1)
        assert verbinding.execute(text("SELECT sum(regels) FROM boektotaal")).scalar_one() > sum(rij[-1] for rij in voor)
    assert rows(boeken, "SELECT * FROM boektotaal ORDER BY 1, 2, 3, 4, 5, 6, 7") == voor


_BOEK = text("""
    INSERT INTO journaal (gemeente, agb, bericht_id, prestatie_id, boeking, soort, rekening, tegenrekening, bedrag, categorie,
        productcode, zorgmaand, declaratiemaand, geboekt_op)
    SELECT '0484', '42420001', gen_random_uuid(), :eerste + n, 1, 'toekenning', 'jeugdhulp', 'aanbieders', 100, '45', '45A' || code,
        '2026-01-01', '2026-01-01', :op
    FROM unnest(cast(:codes AS text[])) WITH ORDINALITY AS c (code, n)
""")


def _book(verbinding: Connection, codes: Any, eerste: int) -> None:
    waarden = {"codes": [f"{code:03d}" for code in codes], "eerste": eerste << 20, "op": datetime(2026, 6, 30, 12, tzinfo=UTC)}
    verbinding.execute(_BOEK, waarden)


def test_statements_that_meet_on_the_same_rows_wait_for_each_other_and_lose_nothing(werkplaats: Werkplaats) -> None:
    """Each books on the same forty rows, in an order of its own: a row is there or not, and nobody waits crosswise."""
    wie, rondes = 6, 12
    start = Barrier(wie)

    def book(nummer: int) -> None:
        rng = Random(nummer)
        for ronde in range(rondes):
            codes = [*range(40), *range(40)]
            rng.shuffle(codes)
            start.wait()
            with werkplaats.opslag.transaction((Login.BOEKER, Login.SCHRIJVER)[nummer % 2]) as verbinding:
                _book(verbinding, codes, 1 + nummer * rondes + ronde)

    with ThreadPoolExecutor(wie) as ploeg:
        list(ploeg.map(book, range(wie)))
    vraag = "SELECT count(*), min(toegekend), max(toegekend), min(regels), max(regels) FROM boektotaal"
    aantal = 2 * wie * rondes
    assert rows(werkplaats, vraag) == [(40, 100 * aantal, 100 * aantal, aantal, aantal)]


def test_messages_and_decisions_of_the_same_aanbieders_at_once_end_in_totals_that_tie(werkplaats: Werkplaats) -> None:
    """Workers of every stream, more than one of each, while people decide on lines of the same aanbieders."""
    agbs = {f"4242000{nummer}": 1000 * nummer for nummer in range(1, 4)}
    hold_early_months(werkplaats)
    for agb, basis in agbs.items():
        for volg in range(12):
            send(werkplaats, toewijzing(basis + volg, agb=agb, **RUIM))
        wachtend = [Regel(f"W{basis + n}", basis + n, (JAN, FEB)[n % 2], 1) for n in range(7)]
        assert submit(werkplaats, *wachtend, agb=agb)["status"] == "ter_beoordeling"
        for nummer in range(basis, basis + 12, 2):
            inhoud = declaratie(APR, [Regel(f"V{nummer + n}", nummer + n, MRT, 1) for n in range(2)], agb=agb)
            assert isinstance(accept(werkplaats, inhoud, None), Ontvangen)

    def decide_all(basis: int) -> None:
        for n in range(6):
            genomen(beslis(werkplaats, f"W{basis + n}"))

    with ThreadPoolExecutor(9) as ploeg:
        werk: list[Future[Any]] = [ploeg.submit(decide_all, basis) for basis in agbs.values()]
        werk += [ploeg.submit(handle_stroom, werkplaats, GEMEENTE, agb) for agb in agbs for _ in range(2)]
        for item in werk:
            item.result()
    # Who finds a decision being taken leaves the stream to whoever comes next.
    for agb in agbs:
        handle_stroom(werkplaats, GEMEENTE, agb)
    assert scalar(werkplaats, "SELECT count(*) FROM bericht WHERE status = 'ontvangen'") == 0
    assert scalar(werkplaats, "SELECT sum(regels) FROM boektotaal") == len(agbs) * (6 + 12)
    assert verschillen(werkplaats) == []
