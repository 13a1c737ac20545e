"""One gemeente after the night: what waits, what runs out, what the check of the books found, and room to store."""

from datetime import timedelta
from typing import Any

from sqlalchemy import text

from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.bewaking.bekijk_gezondheid import inspect
from berichten.processen.bewaking.bewaak_boeken import run_nightly
from berichten.processen.bewaking.meetwaarden import measure
from tests.hulp.besluiten import JAN, MRT, fill_town, submit
from tests.hulp.bouwstenen import AGB, GEMEENTE
from tests.hulp.declareer import Regel
from tests.hulp.eigenaar import as_owner


def execute(werkplaats: Werkplaats, opdracht: str, **waarden: Any) -> None:
    with as_owner(werkplaats) as verbinding:
        verbinding.execute(text(opdracht), waarden)


def test_a_quiet_gemeente_has_nothing_that_asks_for_a_person(werkplaats: Werkplaats) -> None:
    stand = inspect(werkplaats, GEMEENTE)
    assert [item.onderwerp for item in stand.aandacht if item.ernstig] == []
    assert (stand.rijen, stand.berichten, stand.nachtcontrole) == ([], [], None)
    assert (stand.termijnen.te_beoordelen, stand.termijnen.verlopen) == (0, 0)
    assert 0 < stand.opslag.vrij <= stand.opslag.geheel
    assert stand.opslag.database is not None
    assert stand.opslag.database > 1_000_000


def test_what_went_wrong_stands_first(werkplaats: Werkplaats) -> None:
    fill_town(werkplaats, 1, 2)
    held = submit(werkplaats, Regel("A", 1, JAN, 1))["berichtId"]
    submit(werkplaats, Regel("B", 2, MRT, 1))
    run_nightly(werkplaats)
    execute(werkplaats, "UPDATE bericht SET antwoord_uiterlijk_op = '2026-06-29' WHERE bericht_id = :b", b=held)
    execute(
        werkplaats,
        "UPDATE bericht SET status = 'in_behandeling', storing = 'BoekenFout', pogingen = 3 WHERE soort = 'JW301'",
    )
    stand = inspect(werkplaats, GEMEENTE)
    assert [item.onderwerp for item in stand.aandacht if item.ernstig] == ["stroom", "termijn"]
    assert [item.ernstig for item in stand.aandacht] == sorted((item.ernstig for item in stand.aandacht), reverse=True)
    (rij,) = stand.rijen
    assert (rij.agb, rij.soort, rij.wachtend, rij.pogingen, rij.storing) == (AGB, "JW301", 2, 3, "BoekenFout")
    assert {item.status: item.aantal for item in stand.berichten} == {"in_behandeling": 2, "ter_beoordeling": 1, "verwerkt": 1}
    assert (stand.termijnen.te_beoordelen, stand.termijnen.verlopen) == (1, 1)
    assert stand.nachtcontrole is not None
    assert stand.nachtcontrole.verschillen == 0
    execute(werkplaats, "UPDATE bericht SET ontvangen_op = ontvangen_op - interval '2 days' WHERE soort = 'JW301'")
    assert {item.status for item in inspect(werkplaats, GEMEENTE).berichten} == {"ter_beoordeling", "verwerkt"}


def test_another_gemeente_hears_nothing_of_it(werkplaats: Werkplaats) -> None:
    fill_town(werkplaats, 1)
    submit(werkplaats, Regel("A", 1, JAN, 1))
    execute(werkplaats, "UPDATE bericht SET status = 'in_behandeling', storing = 'BoekenFout'")
    stand = inspect(werkplaats, "0518")
    assert (stand.rijen, stand.berichten, stand.termijnen.te_beoordelen, stand.nachtcontrole) == ([], [], 0, None)
    assert [item for item in stand.aandacht if item.gemeente not in ("0518", "")] == []
    assert all(GEMEENTE not in item.melding for item in stand.aandacht)
    # Nor how much there is of it.
    assert stand.opslag.database is None
    assert inspect(werkplaats, GEMEENTE).opslag.database is not None


def test_what_waits_is_measured_for_its_own_gemeente(werkplaats: Werkplaats) -> None:
    def measured(gemeente: str) -> dict[str, float]:
        return {item.naam.removeprefix("berichten_"): item.waarde for item in measure(werkplaats, gemeente)}

    fill_town(werkplaats, 1, 2)
    assert (measured(GEMEENTE)["wachtend"], measured(GEMEENTE)["wachtend_oudste_seconden"]) == (0, 0)
    execute(
        werkplaats,
        "UPDATE bericht SET status = 'in_behandeling', storing = 'BoekenFout', ontvangen_op = :toen WHERE soort = 'JW301'",
        toen=werkplaats.instellingen.nu() - timedelta(minutes=5),
    )
    hier = measured(GEMEENTE)
    assert (hier["wachtend"], hier["rijen_mislukt"]) == (2, 1)
    assert 300 <= hier["wachtend_oudste_seconden"] < 360
    # The books were never checked, so there is no figure that says they tie.
    assert "aansluiting_verschillen" not in hier
    assert measured("0518")["wachtend"] == 0
