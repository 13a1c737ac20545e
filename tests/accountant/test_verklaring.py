"""The verklaring of one line: each value and each euro with a sum that was reckoned by hand. Cents throughout."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berichten.kern.feit import Feit
from berichten.opslag.controle.controleregels import Controleregel
from berichten.rapporten.accountant.normen import NOG_NIET, NORM_VAN, Toetsnorm, Waarde
from berichten.rapporten.accountant.verklaring import (
    Controlebasis,
    Dekking,
    Herziening,
    Regelverklaring,
    count_minutes,
    explain,
    find_reach,
)
from berichten.rapporten.accountant.zinnen import list_tested, tell_norm
from berichten.regels.catalogus import list_catalogus

NU = datetime(2026, 5, 4, 9, tzinfo=UTC)
GOED = Controleregel(
    1, "42420001", "999990019", "R1", "JW323", "D1", 70001, "45", "45A48", date(2026, 4, 1), date(2026, 4, 30), 10, "04", 7805,
    78_050, 0, NU, NU, NU, NU.date(), None, date(2026, 1, 1), date(2026, 12, 31), 2, date(2025, 12, 15), 40, "04", None, None, None,
    date(2026, 1, 1), None, True, True, 600, 0, None, None, None, None, False, [], True,
)  # fmt: skip
"""Ten hours at 78.05 in April 2026, with 600 recorded minutes."""
SIGNAAL = {"regel": "DA13", "gevolg": "signaal", "melding": "De hulp valt buiten de gemelde levering.", "minuten": None}
GEVRAAGD = {"regel": "DA10", "gevolg": "beoordelen", "melding": "Het kader is overschreden.", "minuten": None}
BESLOTEN: dict[str, Any] = {
    "besluit": "toekennen",
    "besluit_door": "anna",
    "besluit_op": NU,
    "motivering": "Besproken met het lokale team.",
}


def values(verklaring: Regelverklaring) -> dict[str, str]:
    return {norm.value: item.waarde.naam for norm, item in verklaring.normen.items() if item.waarde is not Waarde.AANGETOOND}


def test_every_rule_on_a_billed_line_belongs_to_one_norm() -> None:
    """And the table names no rule that is not there, but for those of the protocol that are still to be built."""
    bekend = {item.regel for item in list_catalogus() if {"JW323", "JW303"} & set(item.berichten)}
    assert bekend - NORM_VAN.keys() == set()
    assert NORM_VAN.keys() - bekend == NOG_NIET


def test_a_line_with_all_its_facts_is_shown_and_says_so_with_its_numbers() -> None:
    verklaring = explain(GOED)
    assert (values(verklaring), verklaring.fout, verklaring.onzeker) == ({}, 0, 0)
    assert tell_norm(verklaring, Toetsnorm.RECHT).startswith(
        "Recht is aangetoond: toewijzing 70001 (versie 2, toegewezen op 15 december 2025) geldt van 1 januari 2026 tot en met"
        " 31 december 2026, en de hulp is van 1 april 2026 tot en met 30 april 2026; aan "
    )
    assert "10 uur tegen € 78,05 is € 780,50" in tell_norm(verklaring, Toetsnorm.DECLARATIE)
    assert "600 minuten gedeclareerd en 600 verantwoord" in tell_norm(verklaring, Toetsnorm.LEVERING)
    assert all(item.uitkomst == "voldaan" for norm in Toetsnorm for item in list_tested(GOED, norm))


def test_lacking_minutes_are_uncertain_for_their_part() -> None:
    """Ten hours are 600 minutes. Of 250 recorded ones four hours count (250 / 60 = 4.17, rounded 4): 240, so 360 lack. 780.50 x
    360 / 600 = 468.30."""
    verklaring = explain(replace(GOED, clientgebonden=250))
    assert (values(verklaring), verklaring.onzeker) == ({"levering": "onzeker"}, 46_830)
    assert "van de 600 gedeclareerde minuten zijn er 240 verantwoord; 360 ontbreken" in tell_norm(verklaring, Toetsnorm.LEVERING)
    # In minutes nothing is rounded: 600 billed, 250 recorded of which other lines billed 100: 450 lack, 78,050 x 450 / 600.
    minuten = replace(GOED, volume=600, eenheid="01", clientgebonden=250, eerder_gedeclareerd=100)
    assert explain(minuten).onzeker == 58_538  # 58,537.5, half away from zero
    # Twenty minutes are an hour (IV079): nine hours lack, 78,050 x 540 / 600 = 70,245.
    assert explain(replace(GOED, clientgebonden=20)).onzeker == 70_245


def test_without_records_the_whole_line_is_uncertain_and_a_start_shows_nothing() -> None:
    verklaring = explain(replace(GOED, verantwoord=False, eigen_verantwoording=False, clientgebonden=0))
    assert (values(verklaring), verklaring.onzeker) == ({"levering": "onzeker"}, 78_050)
    # What is billed by the etmaal cannot be held against minutes: that there are records shows it.
    assert values(explain(replace(GOED, eenheid="14", clientgebonden=5))) == {}
    assert count_minutes(replace(GOED, eenheid="14")) is None


def test_a_signal_is_uncertain_until_a_person_decided() -> None:
    assert values(explain(replace(GOED, bevindingen=[SIGNAAL]))) == {"levering": "onzeker"}
    assert values(explain(replace(GOED, bevindingen=[SIGNAAL], **BESLOTEN))) == {"levering": "besluit"}
    laat = {"regel": "DA07", "gevolg": "signaal", "melding": "Te laat.", "minuten": None}
    verklaring = explain(replace(GOED, bevindingen=[laat]))
    assert (values(verklaring), verklaring.onzeker) == ({}, 0)
    assert "DA07, te laat" in tell_norm(verklaring, Toetsnorm.DECLARATIE), "met de opmerking"


def test_what_a_person_decided_has_no_euro_and_what_the_service_awarded_at_a_deadline_has() -> None:
    besloten = explain(replace(GOED, bevindingen=[GEVRAAGD], **BESLOTEN))
    assert (values(besloten), besloten.onzeker) == ({"omvang": "besluit"}, 0)
    vanzelf = explain(replace(GOED, bevindingen=[GEVRAAGD], **{**BESLOTEN, "besluit_door": "dienst"}))
    assert (values(vanzelf), vanzelf.onzeker) == ({"omvang": "onzeker"}, 78_050)
    no_show = {"regel": "DA01", "gevolg": "beoordelen", "melding": "No-show.", "minuten": 360}
    gezien = replace(GOED, bevindingen=[no_show], clientgebonden=240, **BESLOTEN)
    assert (values(explain(gezien)), explain(gezien).onzeker) == ({"levering": "besluit"}, 0)


def test_what_is_asked_back_is_wrong_and_counts_once() -> None:
    """Wrong in omvang (asked back after DA10) and without records: 780.50 wrong, and nothing of it uncertain too."""
    terug = replace(GOED, bevindingen=[GEVRAAGD], teruggevraagd=True, verantwoord=False, **BESLOTEN)
    verklaring = explain(terug)
    assert values(verklaring) == {"omvang": "fout", "levering": "onzeker"}
    assert (verklaring.normen[Toetsnorm.OMVANG].fout, verklaring.normen[Toetsnorm.LEVERING].onzeker) == (78_050, 78_050)
    assert (verklaring.fout, verklaring.onzeker) == (78_050, 0)


@pytest.mark.parametrize(("gekeken", "waarde", "fout"), [(None, "fout", 78_050), ("Zo afgesproken.", "besluit", 0)])
def test_a_later_version_that_leaves_the_line_outside(gekeken: str | None, waarde: str, fout: int) -> None:
    verklaring = explain(replace(GOED, buiten_sinds=None if gekeken else NU, buiten_reden=gekeken))
    assert (values(verklaring), verklaring.fout) == ({"recht": waarde}, fout)


def test_a_fact_that_lacks_is_uncertain_where_the_norm_needs_it() -> None:
    """Without a birth date nobody knows whether it is youth care; without a frame or a family plan nothing lacks."""
    assert values(explain(replace(GOED, zonder_feiten=int(Feit.GEBOORTEDATUM)))) == {"recht": "onzeker"}
    assert values(explain(replace(GOED, zonder_feiten=int(Feit.KADER | Feit.GEZINSPLAN | Feit.RUIMTE)))) == {}


def test_an_approved_amount_reaches_as_far_as_all_lines_before_fit_in_it() -> None:
    """300 + 250 + 100 = 650 of 700; the fourth would make 750. By Begindatum, then by reference in byte order."""
    regels = [
        (date(2026, 2, 1), "B", 250), (date(2026, 1, 1), "Z", 300), (date(2026, 2, 1), "a", 100), (date(2026, 3, 1), "A", 100),
    ]  # fmt: skip
    assert find_reach(regels, 700) == (date(2026, 2, 1), "a")
    assert find_reach(regels, 750) == (date(2026, 3, 1), "A")
    assert find_reach(regels, 299) is None


def test_a_verklaring_of_the_aanbieder_covers_delivery_and_nothing_else() -> None:
    dekking = Controlebasis({("42420001", 2026): Dekking((date(2026, 4, 1), "R1"), date(2027, 3, 1))})
    zonder = replace(GOED, verantwoord=False, bevindingen=[SIGNAAL | {"regel": "DA11"}])
    assert values(explain(zonder, dekking)) == {"recht": "onzeker"}
    assert "controleverklaring van de aanbieder van 01-03-2027" in tell_norm(explain(zonder, dekking), Toetsnorm.LEVERING)
    assert values(explain(replace(zonder, referentienummer="R2"), dekking)) == {"recht": "onzeker", "levering": "onzeker"}


_BEVINDING = st.fixed_dictionaries({
    "regel": st.sampled_from(sorted(NORM_VAN)), "gevolg": st.sampled_from(["beoordelen", "signaal"]),
    "melding": st.just("Iets."), "minuten": st.none(),
})  # fmt: skip


@given(
    bevindingen=st.lists(_BEVINDING, max_size=4), terug=st.booleans(), besloten=st.booleans(), bedrag=st.integers(1, 10**7),
    minuten=st.integers(0, 700), feiten=st.integers(0, 255),
)  # fmt: skip
def test_no_cent_counts_twice_and_worst_wins(
    bevindingen: list[dict[str, Any]], terug: bool, besloten: bool, bedrag: int, minuten: int, feiten: int
) -> None:
    regel = replace(
        GOED, bevindingen=bevindingen, teruggevraagd=terug, bedrag=bedrag, clientgebonden=minuten, zonder_feiten=feiten,
        **(BESLOTEN if besloten else {}),
    )  # fmt: skip
    verklaring = explain(regel)
    assert 0 <= verklaring.fout + verklaring.onzeker <= bedrag
    for norm, oordeel in verklaring.normen.items():
        assert oordeel.waarde == max((item.waarde for item in oordeel.gronden), default=Waarde.AANGETOOND)
        assert 0 <= oordeel.fout + oordeel.onzeker <= bedrag
        assert (oordeel.waarde is Waarde.FOUT) == (oordeel.fout > 0)
        assert tell_norm(verklaring, norm).endswith(".")
    assert (verklaring.waarde is Waarde.FOUT) == (verklaring.fout > 0)


def test_what_the_gemeente_asks_makes_a_line_uncertain_from_then_on() -> None:
    """Without a decision recht is uncertain for the whole line, and without an agreed level omvang; not where no level is known."""
    streng = Controlebasis(beschikking_vereist=True, niveau_vereist=True)
    zonder = replace(GOED, beschikt=False, zonder_feiten=int(Feit.GEZINSPLAN))
    assert (values(explain(zonder)), values(explain(GOED, streng))) == ({}, {})
    verklaring = explain(zonder, streng)
    assert (values(verklaring), verklaring.onzeker) == ({"recht": "onzeker", "omvang": "onzeker"}, 78_050)
    assert "geen beschikking geladen die deze dagen dekt" in tell_norm(verklaring, Toetsnorm.RECHT)
    assert values(explain(replace(GOED, zonder_feiten=int(Feit.GEZINSPLAN | Feit.NIVEAU)), streng)) == {}


def test_what_a_replay_would_reject_is_wrong_whoever_decided_and_what_it_would_ask_is_uncertain_until_somebody_did() -> None:
    """780.50 rejected: all of it; 80.50 less: that part; asked: all of it uncertain, and by a decision none. Never twice."""
    besloten = replace(GOED, **BESLOTEN)
    afgewezen, gevraagd = Herziening("afgewezen", 0, ["TR321"]), Herziening("ter_beoordeling", 0, ["DA10"])
    minder = Herziening("toegekend", 70_000, [])
    gevonden = [
        (values(verklaring), verklaring.fout, verklaring.onzeker)
        for verklaring in (
            explain(GOED, herziening=afgewezen), explain(besloten, herziening=afgewezen), explain(GOED, herziening=gevraagd),
            explain(besloten, herziening=gevraagd), explain(GOED, herziening=minder),
            explain(replace(GOED, buiten_sinds=NU), herziening=afgewezen),
        )
    ]  # fmt: skip
    assert gevonden == [
        ({"omvang": "fout"}, 78_050, 0), ({"omvang": "fout"}, 78_050, 0), ({"omvang": "onzeker"}, 0, 78_050),
        ({"omvang": "besluit"}, 0, 0), ({"declaratie": "fout"}, 8_050, 0), ({"recht": "fout", "omvang": "fout"}, 78_050, 0),
    ]  # fmt: skip
    assert "met de gegevens van nu zou de regel worden afgewezen (TR321)" in tell_norm(
        explain(GOED, herziening=afgewezen), Toetsnorm.OMVANG
    )
