"""The work list of who decides: its order, what stands beside a line, what it can be narrowed by, and what many at once come to."""

from datetime import date

import pytest

from berichten.beoordeling.wachtend.in_geding import at_stake
from berichten.inzage.basis.bladzijde import WijzerFout
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.besluiten.werkvoorraad import Filter, Volgorde, find_plaats, list_beoordelingen
from berichten.inzage.besluiten.werkvoorraadkeuzes import Aanbiederdeel, choose_all, list_filterkeuzes, preview_besluiten
from berichten.kern.houder import Sleutelhouder
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.referentie.laad_referentie import load_referentie
from tests.hulp.besluiten import FEB, JAN, TARIEF, beslis, fill_town, genomen, prestatie_id, set_instelling, submit
from tests.hulp.bouwstenen import AGB, GEMEENTE
from tests.hulp.declareer import Regel, send, toewijzing

ANDER = "42420002"
REVIEWER = Sleutelhouder(GEMEENTE, "anna", "contractbeheer", None)


@pytest.fixture
def kijker(werkplaats: Werkplaats) -> Kijker:
    """A reviewer of a town in which three lines are held: A of two hours in January, B of five in February, C of one in January."""
    fill_town(werkplaats, 1, 2)
    send(werkplaats, toewijzing(3, agb=ANDER))
    submit(werkplaats, Regel("C", 3, JAN, 1), agb=ANDER)
    submit(werkplaats, Regel("B", 2, FEB, 5), Regel("A", 1, JAN, 2))
    return werkplaats.seen_by(REVIEWER)


def references(kijker: Kijker, volgorde: Volgorde, grootte: int = 50) -> str:
    """The list page by page, as references."""
    gezien, volgende = "", None
    while True:
        bladzijde = list_beoordelingen(kijker, Filter(), None, grootte, volgende, volgorde).bladzijde
        gezien += "".join(item.referentienummer for item in bladzijde.regels)
        volgende = bladzijde.volgende
        if volgende is None:
            return gezien


@pytest.mark.parametrize(
    ("volgorde", "regels"), [("termijn", "CBA"), ("bedrag", "BAC"), ("maand", "CAB"), ("aanbieder", "BAC"), ("ingediend", "CBA")]
)
def test_the_list_is_ordered_as_asked_on_every_page(kijker: Kijker, volgorde: Volgorde, regels: str) -> None:
    assert references(kijker, volgorde) == references(kijker, volgorde, 1) == references(kijker, volgorde, 2) == regels


def test_a_pointer_into_another_order_is_refused(kijker: Kijker) -> None:
    with pytest.raises(WijzerFout):
        list_beoordelingen(kijker, Filter(), None, 1, "99999999-1", "maand")


def test_a_line_knows_its_place_and_keeps_it_when_it_is_decided(kijker: Kijker, werkplaats: Werkplaats) -> None:
    a, b, c = (prestatie_id(werkplaats, naam) for naam in "ABC")

    def find(nummer: int, agb: str | None = None) -> tuple[int, int, bool, int | None, int | None]:
        plaats = find_plaats(kijker, Filter(agb), None, "bedrag", nummer)
        assert plaats is not None
        return plaats.voor, plaats.aantal, plaats.erbij, plaats.vorige, plaats.volgende

    assert find(b) == (0, 3, True, None, a)
    assert find(a) == (1, 3, True, b, c)
    assert find(c) == (2, 3, True, a, None)
    assert find(a, ANDER) == (0, 1, False, None, c)
    genomen(beslis(werkplaats, "A"))
    assert find(a) == (1, 2, False, b, c)
    assert find_plaats(kijker, Filter(), None, "bedrag", 1) is None
    elders = werkplaats.seen_by(Sleutelhouder("0518", "x", "contractbeheer", None))
    assert find_plaats(elders, Filter(), None, "bedrag", a) is None


def test_the_list_tells_by_what_it_can_be_narrowed(kijker: Kijker, werkplaats: Werkplaats) -> None:
    namen = f"gemeente;agb;naam\n{GEMEENTE};{AGB};Zonnehoek\n{GEMEENTE};{ANDER};De Linde\n"
    assert load_referentie(werkplaats, "aanbieders", namen.encode()).fouten == []
    keuzes = list_filterkeuzes(kijker)
    assert [(item.waarde, item.tekst, item.aantal) for item in keuzes.aanbieders] == [(ANDER, "De Linde", 1), (AGB, "Zonnehoek", 2)]
    assert [(item.waarde, item.aantal) for item in keuzes.regels] == [("DA07", 3)]
    assert keuzes.regels[0].tekst == "Te laat gedeclareerd"
    weg = {"Einddatum": "2026-01-01", "RedenWijziging": "13", "Toewijzingstijd": "11:00:00"}
    send(werkplaats, toewijzing(1, **weg))
    assert [(item.waarde, item.aantal) for item in list_filterkeuzes(kijker).regels] == [("DA07", 3), ("TR384", 1)]


def test_many_lines_are_counted_and_summed_before_they_are_decided(kijker: Kijker, werkplaats: Werkplaats) -> None:
    a, b, c = (prestatie_id(werkplaats, naam) for naam in "ABC")
    assert sorted(choose_all(kijker, Filter(), None)) == sorted((a, b, c))
    assert choose_all(kijker, Filter(agb=ANDER), None) == [c]
    alles = preview_besluiten(kijker, [a, b, c])
    assert (alles.aantal, alles.bedrag, alles.antwoorden, alles.voor_tweede, alles.niet_meer) == (3, 8 * TARIEF, 2, 0, [])
    assert alles.aanbieders == [Aanbiederdeel(AGB, None, 2, 7 * TARIEF), Aanbiederdeel(ANDER, None, 1, TARIEF)]
    assert preview_besluiten(kijker, [a]).antwoorden == 0
    groot = set_instelling(werkplaats, vier_ogen_vanaf=5 * TARIEF).seen_by(REVIEWER)
    vooruit = preview_besluiten(groot, [a, b])
    assert (vooruit.aantal, vooruit.voor_tweede, vooruit.antwoorden) == (2, 1, 0)
    genomen(beslis(werkplaats, "A"))
    daarna = preview_besluiten(kijker, [a, b, 12345])
    assert (daarna.aantal, daarna.bedrag, daarna.niet_meer, daarna.antwoorden) == (1, 5 * TARIEF, [a, 12345], 1)
    assert choose_all(kijker, Filter(), None) == [c, b]


def test_a_line_tells_what_the_catalogue_calls_it_and_when_it_came(kijker: Kijker, werkplaats: Werkplaats) -> None:
    pdc = (
        "gemeente;productcode;omschrijving;productcategorie;eenheid;uitvoeringsvariant;zorgvorm;segment;opleidingsniveau;"
        "vereiste_registratie;taakveld;ingangsdatum;einddatum\n"
        f"{GEMEENTE};45A48;Oude naam;45;04;inspanning;;;;;;2020-01-01;2026-01-31\n"
        f"{GEMEENTE};45A48;Begeleiding;45;04;inspanning;;;;;;2026-02-01;\n"
    )
    assert load_referentie(werkplaats, "pdc", pdc.encode()).fouten == []
    regels = list_beoordelingen(kijker, Filter(), None, 50, None).bladzijde.regels
    assert {item.referentienummer: item.product for item in regels} == {"C": "Oude naam", "B": "Begeleiding", "A": "Oude naam"}
    assert {item.in_geding == item.bedrag for item in regels} == {True}
    assert [item.ingediend_op for item in regels] == sorted(item.ingediend_op for item in regels)


@pytest.mark.parametrize(
    ("bevindingen", "bedrag", "eenheid", "tarief", "in_geding"),
    [
        ([("DA01", {"minuten": 90})], 75600, "04", 7560, 11340),
        ([("DA01", {"minuten": 60}), ("DA04", {"minuten": 1})], 75600, "01", 126, 7686),
        ([("DA01", {"minuten": 1})], 75600, "04", 7559, 126),
        ([("DA06", {"minuten": 9000})], 75600, "04", 7560, 75600),
        ([("DA01", {"minuten": 90})], 75600, "14", 7560, 75600),
        ([("DA02", {"verschil": 30604})], 153021, "04", 7560, 30604),
        ([("DA02", {})], 153021, "04", 7560, 153021),
        ([("DA12", {"te_veel": 500000})], 153021, "04", 7560, 153021),
        ([("DA01", {"minuten": 90}), ("DA07", {"maand": date(2026, 1, 1).isoformat()})], 75600, "04", 7560, 75600),
        ([("DA07", {})], -75600, "04", 7560, -75600),
        ([], 75600, "04", None, 75600),
    ],
)
def test_what_is_at_stake_is_what_the_findings_are_about(
    bevindingen: list[tuple[str, dict[str, object]]], bedrag: int, eenheid: str, tarief: int | None, in_geding: int
) -> None:
    assert at_stake(bevindingen, bedrag=bedrag, tarief=tarief, eenheid=eenheid) == in_geding
