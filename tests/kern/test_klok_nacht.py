"""A declaration at night: its term, answer, decision, seal and sentences are all of one day, the one in the Netherlands."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import count

import pytest

from berichten import instellingen as instellingen_module
from berichten.kern.kalender import add_werkdagen
from berichten.kern.tekst import datum
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.financien.zegels import seal_days
from berichten.opslag.wacht import serverklok
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.bewaking.bewaak_boeken import run_nightly
from berichten.rapporten.boeken.boekvraag import ask
from tests.hulp.besluiten import ANNA, BEN, JAN, beslis, fill_town, genomen, geweigerd, read_jw325, scalar, set_instelling, submit
from tests.hulp.bouwstenen import GEMEENTE
from tests.hulp.declareer import Regel
from tests.hulp.geld.boeken import verschillen
from tests.hulp.nachten import list_moments

MOMENTEN = list_moments()


@pytest.fixture
def zet_klok(werkplaats: Werkplaats, monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], Werkplaats]:
    """A house without a date that was set, whose clock begins at a moment and goes on; its database server keeps its own."""
    monkeypatch.setattr(serverklok, "MAG_SCHELEN", timedelta.max)

    def zet(moment: datetime) -> Werkplaats:
        tikken = count()
        monkeypatch.setattr(instellingen_module, "read_clock", lambda: moment + timedelta(milliseconds=next(tikken)))
        return set_instelling(werkplaats, huidige_datum=None)

    return zet


@pytest.mark.parametrize(("dag", "moment"), MOMENTEN, ids=[f"{moment:%Y-%m-%d-%H%M}" for _, moment in MOMENTEN])
def test_all_that_happens_at_a_moment_is_of_one_dutch_day(
    zet_klok: Callable[[datetime], Werkplaats], dag: str, moment: datetime
) -> None:
    huis, vandaag = zet_klok(moment), date.fromisoformat(dag)
    fill_town(huis, 700)
    bericht = submit(huis, Regel("A", 700, JAN, 2))
    assert bericht["status"] == "ter_beoordeling"
    uiterlijk = scalar(huis, "SELECT antwoord_uiterlijk_op FROM bericht WHERE bericht_id = :b", b=bericht["berichtId"])
    assert uiterlijk == add_werkdagen(vandaag, 10)
    genomen(beslis(huis, "A", besluit="toekennen", door=ANNA))
    assert f"koos op {datum(vandaag)}" in geweigerd(beslis(huis, "A", besluit="afwijzen", door=BEN))
    antwoord = read_jw325(huis, bericht["berichtId"])
    assert antwoord is not None
    assert next(antwoord.iter("{*}Dagtekening")).text == dag
    nu = huis.instellingen.nu()
    assert dict(ask(GEMEENTE, nu).describe())["Stand op"].startswith(f"{vandaag:%d-%m-%Y}")
    with huis.opslag.transaction(Login.BOEKER) as verbinding:
        assert seal_days(verbinding, GEMEENTE, vandaag, "", nu) == 0
        assert seal_days(verbinding, GEMEENTE, vandaag + timedelta(days=1), "", nu) == 1
    assert scalar(huis, "SELECT dag FROM journaalzegel") == vandaag
    assert verschillen(huis) == []


@pytest.mark.parametrize(("dag", "moment"), MOMENTEN[1::3], ids=[f"{moment:%Y-%m-%d}" for _, moment in MOMENTEN[1::3]])
def test_the_night_check_leaves_the_day_that_just_began(
    zet_klok: Callable[[datetime], Werkplaats], dag: str, moment: datetime
) -> None:
    """Booked half an hour after Dutch midnight: sealed a night later, under its own day."""
    huis = zet_klok(moment)
    fill_town(huis, 700)
    submit(huis, Regel("A", 700, JAN, 2))
    genomen(beslis(huis, "A"))
    assert run_nightly(huis) == 0
    assert scalar(huis, "SELECT count(*) FROM journaalzegel") == 0
    assert run_nightly(zet_klok(moment + timedelta(days=1, hours=3))) == 0
    assert scalar(huis, "SELECT dag FROM journaalzegel") == date.fromisoformat(dag)
