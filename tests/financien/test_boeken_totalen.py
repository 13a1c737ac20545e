"""Totals: each measure to the cent, grouped, as of any moment, and the lines behind them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.financien.stel_blokkade import Doel, lift_blokkade, set_blokkade
from berichten.processen.referentie.laad_referentie import load_referentie
from berichten.rapporten.boeken import totalen as totalen_module
from berichten.rapporten.boeken.boekvraag import GROEPEN, ask
from berichten.rapporten.boeken.periode import Maandperiode, Vraagfout, read_peilmoment, read_periode
from berichten.rapporten.boeken.totalen import report_totalen, report_with_months
from tests.hulp.besluiten import APR, FEB, JAN, MRT, TARIEF, beslis, fill_town, genomen, prestatie_id, submit
from tests.hulp.bouwstenen import AGB, GEMEENTE
from tests.hulp.declareer import Regel, send
from tests.hulp.geld.boeken import MATEN, STAF, regels, sum_regels, totaal, totalen, verschillen
from tests.hulp.jw303 import APRIL as APRIL_2020
from tests.hulp.jw303 import FACTUUR, Oud, jw303, oude_toewijzing

ANDER = "42420002"
_OMVANG = {"Volume": 40, "Eenheid": "04", "Frequentie": "6"}


@pytest.fixture
def gevuld(werkplaats: Werkplaats) -> Werkplaats:
    """A declaration of A (two hours of January, held), B (three of February, held), C (one of March) and D (too many of April)."""
    fill_town(werkplaats, 700, Omvang=_OMVANG)
    submit(werkplaats, Regel("A", 700, JAN, 2), Regel("B", 700, FEB, 3), Regel("C", 700, MRT, 1), Regel("D", 700, APR, 90))
    return werkplaats


def uren(**aantallen: int) -> dict[str, int]:
    """Measures in hours at TARIEF; the number of lines as it is."""
    return {naam: aantal * (1 if naam == "aantalRegels" else TARIEF) for naam, aantal in aantallen.items()}


def test_lines_stand_where_their_outcome_puts_them(gevuld: Werkplaats) -> None:
    verwacht = uren(ingediend=96, toegekend=1, nettoToegekend=1, afgewezen=90, teBeoordelen=5, betaalbaar=1, aantalRegels=4)
    assert totaal(gevuld) == verwacht
    assert totalen(gevuld, "uitkomst") == {
        ("afgewezen",): uren(ingediend=90, afgewezen=90, aantalRegels=1),
        ("ter_beoordeling",): uren(ingediend=5, teBeoordelen=5, aantalRegels=2),
        ("toegekend",): uren(ingediend=1, toegekend=1, nettoToegekend=1, betaalbaar=1, aantalRegels=1),
    }
    assert totaal(gevuld, uitkomst="ter_beoordeling") == uren(ingediend=5, teBeoordelen=5, aantalRegels=2)


def test_a_past_moment_is_told_as_it_was_then(gevuld: Werkplaats) -> None:
    voor = gevuld.instellingen.nu()
    toen = totalen(gevuld, "uitkomst,zorgmaand")
    eerste = genomen(beslis(gevuld, "A"))[0]
    tussen = gevuld.instellingen.nu()
    genomen(beslis(gevuld, "A", besluit="afwijzen", retourcode="0611", volgt_op=eerste.besluit_id))
    genomen(beslis(gevuld, "B"))
    submit(gevuld, Regel("E", 700, MRT, 1, vorig="C"))
    assert totalen(gevuld, "uitkomst,zorgmaand", voor) == toen
    assert totaal(gevuld, tussen) == uren(
        ingediend=96, toegekend=3, nettoToegekend=3, afgewezen=90, teBeoordelen=3, betaalbaar=3, aantalRegels=4
    )
    nu = totaal(gevuld)
    assert nu["toegekend"] == (1 + 2 + 3) * TARIEF
    assert (nu["gecrediteerd"], nu["correcties"]) == (-TARIEF, -2 * TARIEF)
    assert (nu["nettoToegekend"], nu["afgewezen"]) == (3 * TARIEF, 92 * TARIEF)
    assert "teBeoordelen" not in nu
    assert totaal(gevuld, voor - timedelta(days=1)) == {}


@pytest.mark.parametrize(
    ("groepeer", "periode", "soort"),
    [
        (None, None, "zorgmaand"),
        ("aanbieder", None, "zorgmaand"),
        ("uitkomst,zorgmaand", None, "zorgmaand"),
        ("zorgmaand", None, "zorgmaand"),
        ("productcode", None, "declaratiemaand"),
        (None, "2019", "zorgmaand"),
        ("uitkomst", "2019", "zorgmaand"),
    ],
)
def test_a_table_and_its_months_are_the_same_asked_at_once(
    gevuld: Werkplaats, groepeer: str | None, periode: str | None, soort: str
) -> None:
    genomen(beslis(gevuld, "A"))
    submit(gevuld, Regel("E", 700, MRT, 1, vorig="C"), Regel("F", 700, JAN, 1))
    gevraagd = ask(GEMEENTE, gevuld.instellingen.nu(), groepeer=groepeer, periode=periode, periodesoort=soort)
    with gevuld.opslag.transaction(STAF) as verbinding:
        samen = report_with_months(verbinding, gevraagd)
        apart = [report_totalen(verbinding, item) for item in (gevraagd, gevraagd.group_by(gevraagd.periodesoort))]
    for een, ander in zip(samen, apart, strict=True):
        assert (een.kolommen, een.totaalrij) == (ander.kolommen, ander.totaalrij)
        assert [tuple(rij) for rij in een.rijen] == [tuple(rij) for rij in ander.rijen]


def test_every_way_of_grouping_adds_up_to_the_same(gevuld: Werkplaats) -> None:
    genomen(beslis(gevuld, "A"))
    submit(gevuld, Regel("E", 700, MRT, 1, vorig="C"))
    alles = totaal(gevuld)
    for groepeer in (*GROEPEN, "aanbieder,zorgmaand,categorie", "productcode,uitkomst", "zorgvorm,declaratiemaand"):
        groepen = totalen(gevuld, groepeer)
        assert {naam: som for naam in MATEN if (som := sum(maten.get(naam, 0) for maten in groepen.values()))} == alles
    assert set(totalen(gevuld, "gemeente,aanbieder,categorie,productcode")) == {(GEMEENTE, AGB, "45", "45A48")}
    assert set(totalen(gevuld, "declaratiemaand")) == {(APR,)}
    assert set(totalen(gevuld, "zorgmaand")) == {(JAN,), (FEB,), (MRT,), (APR,)}


def test_a_period_is_of_care_or_of_declaration(gevuld: Werkplaats) -> None:
    assert totaal(gevuld, periode="2026-Q1") == uren(
        ingediend=6, toegekend=1, nettoToegekend=1, teBeoordelen=5, betaalbaar=1, aantalRegels=3
    )
    assert totaal(gevuld, periode="2026-Q1", periodesoort="declaratiemaand") == {}
    assert totaal(gevuld, periode="2026-04", periodesoort="declaratiemaand") == totaal(gevuld) == totaal(gevuld, van="2026-01")
    assert totaal(gevuld, zorgmaand="2026-03", aanbieder=AGB)["ingediend"] == TARIEF
    assert totaal(gevuld, aanbieder=ANDER) == {}


_PDC = """gemeente;productcode;omschrijving;productcategorie;eenheid;uitvoeringsvariant;zorgvorm;segment;opleidingsniveau;\
vereiste_registratie;taakveld;ingangsdatum;einddatum
0484;45A48;Begeleiding;45;04;inspanning;Begeleiding;4;HBO;;6.72;2026-01-01;2026-02-28
0484;45A48;Begeleiding;45;04;inspanning;Ambulant;4;HBO;;6.72;2026-03-01;2026-03-31
""".replace("\\\n", "")


def test_the_catalogue_of_the_month_of_care_tells_the_form_of_care(gevuld: Werkplaats) -> None:
    assert set(totalen(gevuld, "zorgvorm,segment,taakveld")) == {("onbekend", "onbekend", "onbekend")}
    assert load_referentie(gevuld, "pdc", _PDC.encode()).fouten == []
    groepen = totalen(gevuld, "zorgvorm,segment,taakveld")
    assert {groep: maten["ingediend"] // TARIEF for groep, maten in groepen.items()} == {
        ("Begeleiding", "4", "6.72"): 5,
        ("Ambulant", "4", "6.72"): 1,
        ("onbekend", "onbekend", "onbekend"): 90,
    }
    assert totaal(gevuld, zorgvorm="Ambulant") == groepen["Ambulant", "4", "6.72"]
    assert [regel.referentienummer for regel in regels(gevuld, zorgvorm="onbekend")] == ["D"]


def test_what_is_blocked_is_awarded_but_not_payable(gevuld: Werkplaats) -> None:
    genomen(beslis(gevuld, "A"))
    voor = gevuld.instellingen.nu()
    regel = set_blokkade(gevuld, GEMEENTE, "kees", Doel(None, prestatie_id(gevuld, "A")), "Wordt uitgezocht.")
    assert totaal(gevuld)["geblokkeerd"] == 2 * TARIEF
    assert [item.referentienummer for item in regels(gevuld, maat="geblokkeerd")] == ["A"]
    assert totaal(gevuld)["betaalbaar"] == TARIEF
    aanbieder = set_blokkade(gevuld, GEMEENTE, "kees", Doel(AGB, None), "Fraudeonderzoek.")
    assert totalen(gevuld, "aanbieder")[(AGB,)]["geblokkeerd"] == 3 * TARIEF
    assert sum_regels(regels(gevuld, maat="geblokkeerd"))["geblokkeerd"] == 3 * TARIEF
    assert "betaalbaar" not in totaal(gevuld)
    dicht = gevuld.instellingen.nu()
    for blokkade in (regel, aanbieder):
        for wie in ("kees", "marie"):
            lift_blokkade(gevuld, GEMEENTE, wie, blokkade.blokkade_id)
    assert totaal(gevuld)["betaalbaar"] == totaal(gevuld)["nettoToegekend"] == 3 * TARIEF
    assert totaal(gevuld, dicht)["geblokkeerd"] == 3 * TARIEF
    assert "geblokkeerd" not in totaal(gevuld, voor)
    assert regels(gevuld, voor, maat="geblokkeerd") == []


def test_the_lines_behind_a_total_are_that_total(gevuld: Werkplaats) -> None:
    genomen(beslis(gevuld, "A"))
    genomen(beslis(gevuld, "B", besluit="afwijzen", retourcode="0611"))
    submit(gevuld, Regel("E", 700, MRT, 1, vorig="C"))
    set_blokkade(gevuld, GEMEENTE, "kees", Doel(None, prestatie_id(gevuld, "A")), "Wordt uitgezocht.")
    for groep, maten in totalen(gevuld, "uitkomst,zorgmaand,productcode").items():
        filters = {"uitkomst": groep[0], "zorgmaand": f"{groep[1]:%Y-%m}", "productcode": groep[2]}
        assert sum_regels(regels(gevuld, **filters)) == maten
    assert [regel.referentienummer for regel in regels(gevuld, per_keer=2)] == list("ABCDE")


def test_jw303_in_part_and_a_credit_of_what_was_never_awarded(werkplaats: Werkplaats) -> None:
    send(werkplaats, oude_toewijzing(701, Omvang={"Volume": 12, "Eenheid": "04", "Frequentie": "6"}))
    deels = send(werkplaats, jw303(APRIL_2020, [Oud("P", 701, volume=20)]))
    factuur = send(werkplaats, jw303(APRIL_2020, [Oud("Q", 701, volume=9)], code=FACTUUR))
    assert (deels["toegekendBedrag"], factuur["toegekendBedrag"]) == (12 * TARIEF, 0)
    terug = send(werkplaats, jw303(APRIL_2020, [Oud("R", 701, volume=9, vorig="Q")], code=FACTUUR))
    assert terug["toegekendBedrag"] == -9 * TARIEF
    assert totaal(werkplaats) == uren(
        ingediend=20, toegekend=12, gecrediteerd=-9, correcties=9, nettoToegekend=12, afgewezen=8, betaalbaar=12, aantalRegels=3
    )
    assert sum_regels(regels(werkplaats)) == totaal(werkplaats)
    assert verschillen(werkplaats) == []


def test_too_many_groups_are_refused_with_what_to_do(gevuld: Werkplaats, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(totalen_module, "MEESTE_GROEPEN", 3)
    with pytest.raises(Vraagfout, match="kortere periode"):
        totalen(gevuld, "zorgmaand")
    assert len(totalen(gevuld, "uitkomst")) == 3


NU = datetime(2026, 6, 30, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tekst", "moment"),
    [
        (None, NU),
        ("2026-01-31", datetime(2026, 1, 31, 22, 59, 59, 999999, UTC)),
        ("2026-03-29", datetime(2026, 3, 29, 21, 59, 59, 999999, UTC)),
        ("2026-04-30T12:00:00", datetime(2026, 4, 30, 10, tzinfo=UTC)),
        ("2026-04-30T12:00:00 01:00", datetime(2026, 4, 30, 11, tzinfo=UTC)),
        ("2026-04-30T12:00:00Z", datetime(2026, 4, 30, 12, tzinfo=UTC)),
        ("2030-01-01", NU),
    ],
)
def test_a_moment_is_dutch_time_and_a_day_lasts_till_its_end(tekst: str | None, moment: datetime) -> None:
    assert read_peilmoment(tekst, NU) == moment


@pytest.mark.parametrize(
    ("tekst", "van", "tot"),
    [
        ("2026", (2026, 1), (2026, 12)),
        ("2026-Q2", (2026, 4), (2026, 6)),
        ("2026-T3", (2026, 9), (2026, 12)),
        ("2026-04", (2026, 4), (2026, 4)),
    ],
)
def test_periods_as_people_write_them(tekst: str, van: tuple[int, int], tot: tuple[int, int]) -> None:
    assert read_periode(tekst) == Maandperiode(date(*van, 1), date(*tot, 1))


@pytest.mark.parametrize("opties", [
    {"periode": "2026-13"}, {"periode": "mei"}, {"periode": "0000"}, {"periode": "2026", "van": "2026-01"},
    {"van": "2026-05", "tot": "2026-01"}, {"peildatum": "gisteren"}, {"peildatum": "2026-W18-4"},
    {"peildatum": "20260430T1200"}, {"peildatum": "9999-12-31"}, {"groepeer": "client"},
    {"periodesoort": "week"}, {"filters": {"zorgmaand": "2026"}},
])  # fmt: skip
def test_what_cannot_be_asked_is_refused_in_dutch(opties: dict[str, Any]) -> None:
    with pytest.raises(Vraagfout, match=r"[a-z]{3}.*\."):
        ask(GEMEENTE, NU, **opties)
