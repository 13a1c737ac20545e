"""Levels 3 and 4 of requests beyond single cases: codes by class, and what holds whatever the allocations are."""

from dataclasses import replace
from datetime import date, time, timedelta
from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from berichten.beoordeling.klassen import Klassebeoordeling
from berichten.beoordeling.verzoek import judge_toewijzingsverzoek, judge_verzoekantwoord, judge_wijzigingsverzoek
from berichten.dossier.dossier import Toewijzing
from berichten.dossier.verzoeken.verzoekkader import Toewijzingsverloop, VerzoekKader
from berichten.regels.inhoud.overlap import find_overlaps, is_same_product
from berichten.regels.verzoeken.toewijzing import ongewijzigde_loopt
from berichten.regels.verzoeken.verzoek import Gewenst, alle_toewijzingen_genoemd
from berichten.standaard.deur.toelating import admit
from berichten.standaard.waarden.onderdelen import Product
from berichten.standaard.waarden.verzoeken import OngewijzigdProduct, Toewijzingsverzoek, Verzoekantwoord, Wijzigingsverzoek
from tests.hulp.bouw import bouw, schemas
from tests.hulp.kaders import aanvraag_kader, antwoord_kader, wijziging_kader

DAG = date(2026, 5, 6)
"""Dagtekening of the sound messages."""


def _judge(soort: str, bekend: dict[str, Any], anders: dict[str, Any] | None = None) -> Klassebeoordeling:
    bericht = admit(bouw(soort, anders), schemas())
    if isinstance(bericht, Toewijzingsverzoek):
        return judge_toewijzingsverzoek(bericht, aanvraag_kader(bericht, bekend))
    if isinstance(bericht, Wijzigingsverzoek):
        return judge_wijzigingsverzoek(bericht, wijziging_kader(bericht, bekend))
    assert isinstance(bericht, Verzoekantwoord)
    return judge_verzoekantwoord(bericht, antwoord_kader(bericht, bekend))


def test_without_any_allocation_everything_below_the_client_is_not_judged() -> None:
    verzoek = "Bericht/Client/Verzoek"
    assert _judge("JW317", {"toewijzingen": []}).retourcodes == {
        "Bericht/Client": ("8187",),
        verzoek: ("0233",),
        f"{verzoek}/OngewijzigdeProducten/OngewijzigdProduct": ("0233",),
        f"{verzoek}/TeWijzigenProducten/TeWijzigenProduct": ("0233",),
        f"{verzoek}/NieuweProducten/NieuwProduct": ("0233",),
    }


def test_all_faults_of_all_classes_are_told_each_at_its_class() -> None:
    bekend = {"open": [{"referentie": "EERDER"}], "gebruikte_referenties": ["VERZOEK2"]}
    twee = {"AangevraagdProduct": [{}, {"Product": {"Code": "45A03"}}]}
    assert _judge("JW315", bekend, twee).retourcodes == {
        "Bericht/Client": ("9374",),
        "Bericht/Client/AangevraagdeProducten/AangevraagdProduct[2]": ("9347",),
    }
    bekend = {"open": [{}], "gebruikte_referenties": ["VERZOEK1"], "toewijzingen": [{"toewijzingnummer": "70009"}]}
    assert _judge("JW317", bekend).retourcodes == {
        "Bericht/Client/Verzoek": ("9347", "9374", "9349"),
        "Bericht/Client/Verzoek/OngewijzigdeProducten/OngewijzigdProduct": ("9350",),
        "Bericht/Client/Verzoek/TeWijzigenProducten/TeWijzigenProduct": ("9351",),
    }


def test_a_signal_is_shown_and_rejects_nothing() -> None:
    oordeel = _judge("JW319", {"verzoek": {"soort": "JW317"}})
    assert [item.regel.id for item in oordeel.bevindingen] == ["VZ14"]
    assert not oordeel.afgekeurd


def test_an_answer_after_another_and_a_gemeente_that_is_not_there_are_faults_of_two_classes() -> None:
    bekend = {"verzoek": {"status": "afgewezen", "antwoorden": ["1"]}}
    anders = {"Antwoord": {"Woonplaatsbeginsel": {"Gemeente": "9999"}}}
    assert _judge("JW319", bekend, anders).retourcodes == {
        "Bericht/Antwoord": ("9365",),
        "Bericht/Antwoord/Woonplaatsbeginsel": ("S300",),
    }


dagen = st.dates(DAG - timedelta(days=40), DAG + timedelta(days=80))


@st.composite
def versies(draw: st.DrawFn) -> Toewijzing:
    begin = draw(dagen)
    eind = draw(st.one_of(st.none(), st.just(begin), st.dates(begin, begin + timedelta(days=90))))
    return Toewijzing(
        70001, "42420001", "999900006", "45", "45A48", begin, eind, draw(st.sampled_from((None, "12", "13", "01"))), 4, "04", "2",
        None, draw(dagen), time(9), 1,
    )  # fmt: skip


@settings(max_examples=100)
@given(rij=st.lists(versies(), min_size=1, max_size=4), wacht=st.integers(0, 60))
def test_what_must_be_named_may_be_named_whatever_came_while_the_request_waited(rij: list[Toewijzing], wacht: int) -> None:
    """Else there would be no message that is right (OP095)."""
    op_volgorde = sorted((replace(item, ingangsdatum=rij[0].ingangsdatum) for item in rij), key=lambda item: item.toewijzingsdatum)
    bekend = [item for item in op_volgorde if item.toewijzingsdatum <= DAG]
    verloop = Toewijzingsverloop(op_volgorde[-1], bekend[-1] if bekend else None, op_volgorde[0].toewijzingsdatum)
    bericht = _read_without_named()
    kader = VerzoekKader("42420001", "999900006", DAG + timedelta(days=wacht), DAG, frozenset(), (), {70001: verloop})
    gevraagd = alle_toewijzingen_genoemd.toets(bericht, kader)
    mag = ongewijzigde_loopt.toets(OngewijzigdProduct(70001, "70001", 1), kader) is None
    assert gevraagd is None or mag
    if not bekend:
        assert gevraagd is None
    if len(op_volgorde) == len(bekend) and wacht == 0:
        assert (gevraagd is not None) == mag, "on its own day what may be named must be"


@cache
def _read_without_named() -> Wijzigingsverzoek:
    bericht = admit(bouw("JW317", {"Client/Verzoek/OngewijzigdeProducten": None}), schemas())
    assert isinstance(bericht, Wijzigingsverzoek)
    return bericht


producten = st.one_of(st.none(), st.builds(Product, st.sampled_from(("45", "50")), st.sampled_from((None, "45A48", "45A03"))))


@st.composite
def wensen(draw: st.DrawFn) -> Gewenst:
    begin = draw(dagen)
    eind = draw(st.one_of(st.none(), st.dates(begin, begin + timedelta(days=30))))
    return Gewenst(draw(producten), begin, eind, "iets", draw(st.booleans()))


def _share_day(een: Gewenst, ander: Gewenst) -> bool:
    return een.ingangsdatum <= (ander.einddatum or date.max) and ander.ingangsdatum <= (een.einddatum or date.max)


@settings(max_examples=100)
@given(gewenst=st.lists(wensen(), max_size=8))
def test_overlaps_are_those_of_every_pair_but_of_two_that_stay(gewenst: list[Gewenst]) -> None:
    gevonden = find_overlaps(gewenst, lambda item: item.blijft)
    paren = [
        (een, ander)
        for plek, een in enumerate(gewenst)
        for ander in gewenst[plek + 1 :]
        if not (een.blijft and ander.blijft) and is_same_product(een.product, ander.product) and _share_day(een, ander)
    ]
    assert bool(gevonden) == bool(paren)
    for item in gewenst:
        ander = gevonden.get(id(item))
        if ander is not None:
            assert ander is not item
            assert any({id(een), id(twee)} == {id(item), id(ander)} for een, twee in paren)
