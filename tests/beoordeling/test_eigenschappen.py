"""What must hold whatever is sent: limits, sums, independence of the unrelated, and proef equal to the real thing."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import count
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from berichten.instellingen import Instellingen
from berichten.processen.basis.werkplaats import Werkplaats, open_werkplaats
from berichten.processen.berichten.proef_bericht import Proef, rehearse
from tests.conftest import VANDAAG
from tests.hulp.bouwstenen import AGB, ANDER_BSN, BSN
from tests.hulp.declareer import Regel, declaratie, outcomes, returned_total, send, toewijzing

MAANDEN = [date(2026, maand, 1) for maand in (1, 2, 3, 4)]
ANDERE_AGB = "42420002"
TARIEF = 7805
_referenties = count(1)
_nummers = count(1000, 10)

# What three allocations of each round allow in all, in hours or cents.
SOORTEN: dict[int, dict[str, Any]] = {
    1: {"Omvang": {"Volume": 30, "Eenheid": "04", "Frequentie": "6"}},
    2: {"Omvang": {"Volume": 12, "Eenheid": "04", "Frequentie": "4"}, "Einddatum": "2026-04-30"},
    3: {"Product/Code": None, "Omvang": None, "Budget": 20 * TARIEF, "Einddatum": "2026-12-31"},
}
MEEST_UREN = {1: 30, 2: 4 * 12}
MEEST_CENTEN = {3: 20 * TARIEF}

zet = st.tuples(st.sampled_from((1, 2, 3)), st.integers(0, 3), st.integers(1, 14), st.booleans(), st.integers(0, 50))
"""Which allocation, which month, how many hours, debit or credit, and which earlier line to credit."""
declaraties = st.lists(st.lists(zet, min_size=1, max_size=4), min_size=1, max_size=5)


def _lines(zetten: list[tuple[int, int, int, bool, int]], basis: int, eerder: list[Regel]) -> list[Regel]:
    """Lines of one declaration: distinct products and periods, and no two credits of one line (both are level 2 faults)."""
    regels: list[Regel] = []
    gezien: set[object] = set()
    for soort, maand, uren, debet, keuze in zetten:
        referentie = f"R{next(_referenties)}"
        if debet or not eerder:
            sleutel: object = (soort, maand)
            regel = Regel(referentie, basis + soort, MAANDEN[maand], uren)
        else:
            vorige = eerder[keuze % len(eerder)]
            sleutel = vorige.referentie
            regel = replace(vorige, referentie=referentie, vorig=vorige.referentie)
        if sleutel not in gezien:
            gezien.add(sleutel)
            regels.append(regel)
    eerder += [regel for regel in regels if regel.vorig is None]
    return regels


@given(declaraties)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_limits_and_sums_hold_and_proef_tells_the_truth(
    werkplaats: Werkplaats, reeks: list[list[tuple[int, int, int, bool, int]]]
) -> None:
    basis = next(_nummers)
    # Every round has an aanbieder of its own, so that rounds do not meet in one database.
    agb = f"{51000000 + basis}"
    for soort, velden in SOORTEN.items():
        assert send(werkplaats, toewijzing(basis + soort, agb=agb, **velden))["status"] == "verwerkt"
    eerder: list[Regel] = []
    for zetten in reeks:
        inhoud = declaratie(MAANDEN[3], _lines(zetten, basis, eerder), agb=agb)
        proef = rehearse(werkplaats, inhoud, None)
        echt = send(werkplaats, inhoud)
        assert isinstance(proef, Proef)
        for veld in ("status", "retourcodes", "declaratieRetourcodes", "toegekendBedrag", "prestaties", "bevindingen"):
            assert proef.beschrijving[veld] == echt[veld]
        ingediend, toegekend, terug = returned_total(echt["antwoord"])
        assert ingediend - toegekend == terug
        assert (ingediend, toegekend) == (echt["ingediendBedrag"], echt["toegekendBedrag"])
    _assert_within_limits(werkplaats, basis)


def _assert_within_limits(werkplaats: Werkplaats, basis: int) -> None:
    with werkplaats.opslag.transaction() as verbinding:
        rijen = verbinding.execute(
            text(
                "SELECT toewijzingnummer, sum(CASE WHEN credit THEN -volume ELSE volume END), sum(bedrag) FROM prestatie"
                " WHERE uitkomst = 'toegekend' AND toewijzingnummer BETWEEN :van AND :tot GROUP BY 1"
            ),
            {"van": basis, "tot": basis + 9},
        ).all()
        journaal: dict[int, int] = dict(
            verbinding.execute(
                text("SELECT toewijzingnummer, sum(bedrag) FROM journaal WHERE toewijzingnummer BETWEEN :van AND :tot GROUP BY 1"),
                {"van": basis, "tot": basis + 9},
            ).all()
        )
    for nummer, uren, bedrag in rijen:
        soort = nummer - basis
        assert 0 <= uren <= MEEST_UREN.get(soort, uren)
        assert 0 <= bedrag <= MEEST_CENTEN.get(soort, bedrag)
        assert journaal[nummer] == bedrag


def _two_streams(seed: int) -> list[tuple[str, bytes]]:
    """Messages of two aanbieders who have nothing to do with each other, each in its own order."""
    rng = Random(seed)
    stroom: dict[str, list[bytes]] = defaultdict(list)
    for agb, bsn, basis in ((AGB, BSN, 100), (ANDERE_AGB, ANDER_BSN, 200)):
        stroom[agb] = [
            toewijzing(basis + soort, agb=agb, bsn=bsn, identificatie=f"T{basis + soort}", **velden)
            for soort, velden in SOORTEN.items()
        ]
        for nummer in range(6):
            regels = [
                Regel(f"{basis}-{nummer}-{soort}", basis + soort, MAANDEN[rng.randrange(4)], rng.randint(1, 14), bsn=bsn)
                for soort in rng.sample((1, 2, 3), 2)
            ]
            stroom[agb].append(declaratie(MAANDEN[3], regels, agb=agb, identificatie=f"D{basis}{nummer}"))
    return [(agb, inhoud) for agb, lijst in stroom.items() for inhoud in lijst]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_order_of_unrelated_messages_changes_nothing(maak_database: Callable[[], str], seed: int) -> None:
    berichten = _two_streams(seed)
    uitkomsten = []
    for volgorde in range(3):
        rng = Random(100 + volgorde)
        with open_werkplaats(Instellingen(database_url=maak_database(), huidige_datum=VANDAAG)) as werkplaats:
            gevonden: dict[str, object] = {}
            wachtend = {agb: [inhoud for van, inhoud in berichten if van == agb] for agb in (AGB, ANDERE_AGB)}
            while any(wachtend.values()):
                agb = rng.choice([van for van, lijst in wachtend.items() if lijst])
                resultaat = send(werkplaats, wachtend[agb].pop(0))
                gevonden[str(resultaat["identificatie"])] = (resultaat["status"], outcomes(resultaat))
            uitkomsten.append(gevonden)
    assert len(uitkomsten[0]) == len(berichten)
    assert uitkomsten[0] == uitkomsten[1] == uitkomsten[2]
