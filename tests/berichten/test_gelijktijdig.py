"""Eight workers at once on the same allocations: the same outcomes as one worker, nothing lost, nothing booked twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from random import Random

from sqlalchemy import text

from berichten.instellingen import Instellingen
from berichten.processen.basis.werkplaats import Werkplaats, open_werkplaats
from berichten.processen.berichten.verwerk_bericht import handle_stroom
from berichten.processen.ontvangst.ontvang_bericht import Ontvangen, accept
from tests.conftest import VANDAAG
from tests.hulp.declareer import Regel, declaratie, toewijzing

AANBIEDERS = [f"4242000{nummer}" for nummer in range(1, 6)]
DECLARATIES = 500
WERKERS = 8
JAN = date(2026, 1, 1)

Uitkomsten = dict[str, tuple[str, int]]


def _messages() -> list[bytes]:
    """Ten allocations of forty hours in all for each of five aanbieders, and far more declarations than those hold."""
    rng = Random(5)
    berichten = [
        toewijzing(
            1000 * nummer + volg,
            agb=agb,
            identificatie=f"A{nummer}{volg}",
            Omvang={"Volume": 40, "Eenheid": "04", "Frequentie": "6"},
            **{"Product/Code": f"45A{volg:02d}"},
        )
        for nummer, agb in enumerate(AANBIEDERS, 1)
        for volg in range(10)
    ]
    for teller in range(DECLARATIES):
        nummer = 1 + teller % len(AANBIEDERS)
        maand = date(2026, 1 + rng.randrange(5), 1)
        regels = [
            Regel(f"R{teller}-{volg}", 1000 * nummer + volg, maand, rng.randint(1, 9), code=f"45A{volg:02d}")
            for volg in rng.sample(range(10), 3)
        ]
        berichten.append(declaratie(date(2026, 5, 1), regels, agb=AANBIEDERS[nummer - 1], identificatie=f"D{teller}"))
    return berichten


def _run(url: str, berichten: list[bytes], werkers: int) -> Uitkomsten:
    """Receive all messages in order, let the workers loose on all streams at once, and tell what became of each line."""
    with open_werkplaats(Instellingen(database_url=url, huidige_datum=VANDAAG)) as werkplaats:
        for inhoud in berichten:
            assert isinstance(accept(werkplaats, inhoud, None), Ontvangen)
        with ThreadPoolExecutor(werkers) as ploeg:
            rondes = [ploeg.submit(handle_stroom, werkplaats, "0484", agb) for _ in range(werkers) for agb in AANBIEDERS]
            verwerkt = sum(ronde.result() for ronde in rondes)
        assert verwerkt == len(berichten)
        _assert_sound(werkplaats)
        with werkplaats.opslag.transaction() as verbinding:
            rijen = verbinding.execute(text("SELECT referentienummer, uitkomst, bedrag FROM prestatie"))
            return {rij[0]: (rij[1], rij[2]) for rij in rijen}


def _assert_sound(werkplaats: Werkplaats) -> None:
    with werkplaats.opslag.transaction() as verbinding:
        vraag = lambda tekst: verbinding.execute(text(tekst)).scalar()  # noqa: E731
        assert vraag("SELECT count(*) FROM bericht WHERE status IN ('ontvangen', 'in_behandeling')") == 0
        assert vraag("SELECT count(*) FROM bericht b LEFT JOIN antwoord a USING (gemeente, bericht_id) WHERE a.soort IS NULL") == 0
        assert vraag("SELECT count(*) - count(DISTINCT prestatie_id) FROM journaal") == 0
        assert vraag("SELECT sum(bedrag) FROM journaal") == vraag("SELECT sum(toegekend_bedrag) FROM bericht")
        meeste = vraag(
            "SELECT max(uren) FROM (SELECT sum(volume) AS uren FROM prestatie WHERE uitkomst = 'toegekend'"
            " GROUP BY toewijzingnummer) AS per_toewijzing"
        )
        assert 30 < (meeste or 0) <= 40


def test_eight_workers_end_as_one_worker_does(maak_database: Callable[[], str]) -> None:
    berichten = _messages()
    een = _run(maak_database(), berichten, 1)
    acht = _run(maak_database(), berichten, WERKERS)
    assert len(een) == 3 * DECLARATIES
    assert {"toegekend", "afgewezen"} == {uitkomst for uitkomst, _ in een.values()}
    assert acht == een
