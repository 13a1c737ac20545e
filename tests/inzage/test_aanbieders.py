"""An aanbieder at a glance: its figures are those of the totals, and beside it stands what all others do."""

from datetime import date, timedelta

import pytest

from berichten.inzage.aanbieders.namen import list_aanbieders
from berichten.inzage.aanbieders.overzicht import Aanbiederoverzicht, Niveaudeel, find_aanbieder
from berichten.kern.houder import Sleutelhouder
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.financien.stel_blokkade import Doel, set_blokkade
from berichten.processen.referentie.laad_referentie import load_referentie
from berichten.rapporten.boeken.boekvraag import ask
from berichten.rapporten.boeken.periode import Maandperiode
from berichten.rapporten.boeken.totalen import add_up, report_totalen
from tests.hulp.besluiten import APR, FEB, JAN, MRT, TARIEF, beslis, fill_town, genomen, set_instelling, submit
from tests.hulp.bouwstenen import AGB, GEMEENTE
from tests.hulp.declareer import Regel, declaratie, send, toewijzing

ANDER = "42420002"
MINUTEN = 11_708
"""Ninety minutes at the hourly tariff, rounded once."""
MANAGER = Sleutelhouder(GEMEENTE, "anna", "contractbeheer", None)
OMVANG = {"Volume": 12, "Eenheid": "04", "Frequentie": "4"}
_NAMEN = f"gemeente;agb;naam\n{GEMEENTE};{AGB};De Wilgen\n{GEMEENTE};42429999;Alfa\n"
_TARIEVEN = (
    "gemeente;agb;productcode;opleidingsniveau;eenheid;tarief;ingangsdatum;einddatum\n"
    f"{GEMEENTE};;45A48;HBO;04;{TARIEF};2020-01-01;\n{GEMEENTE};;45A48;WO;04;9000;2020-01-01;\n"
)
_RUIMTE = (
    "gemeente;agb;segment;periode_van;periode_tot;bedrag;soort\n"
    f"{GEMEENTE};{AGB};;2026-01-01;2026-12-31;{10 * TARIEF};indicatief\n{GEMEENTE};;;2025-01-01;2025-12-31;1;plafond\n"
)


@pytest.fixture
def gevuld(werkplaats: Werkplaats) -> Werkplaats:
    """Two aanbieders: one with lines awarded, rejected and held, the other with lines of a higher level."""
    fill_town(werkplaats, 1, 2, 3, Omvang=OMVANG)
    for soort, inhoud in (("aanbieders", _NAMEN), ("tarieven", _TARIEVEN), ("bestedingsruimte", _RUIMTE)):
        assert load_referentie(werkplaats, soort, inhoud.encode()).fouten == []
    send(werkplaats, toewijzing(9, agb=ANDER, Omvang=OMVANG))
    submit(werkplaats, Regel("X", 9, MRT, 4, tarief=9000), Regel("Y", 9, APR, 4), agb=ANDER)
    submit(
        werkplaats,
        Regel("A", 1, MRT, 3),
        Regel("B", 2, MRT, 90, tarief=130, eenheid="01", bedrag=MINUTEN),
        Regel("VEEL", 3, APR, 20),
    )
    submit(werkplaats, Regel("WACHT", 1, JAN, 2), Regel("TERUG", 2, FEB, 1))
    genomen(beslis(werkplaats, "TERUG", terugvragen=True))
    return werkplaats


def view(werkplaats: Werkplaats, agb: str = AGB, periode: Maandperiode | None = None) -> Aanbiederoverzicht:
    gezien = find_aanbieder(werkplaats.seen_by(MANAGER), agb, periode)
    assert gezien is not None
    return gezien


def test_spending_is_that_of_the_totals(gevuld: Werkplaats) -> None:
    gezien = view(gevuld)
    assert (gezien.van, gezien.tot, gezien.niveaus_van) == ("2025-07", "2026-06", "2026-04")
    vraag = ask(GEMEENTE, gevuld.instellingen.nu(), filters={"aanbieder": AGB})
    with gevuld.seen_by(MANAGER).transaction() as (verbinding, vermelding):
        vermelding.shows_nobody()
        totaal = add_up(report_totalen(verbinding, vraag))
    kolommen = {"ingediend": "ingediend", "netto_toegekend": "nettoToegekend", "afgewezen": "afgewezen"}
    for naam, kolom in {**kolommen, "te_beoordelen": "teBeoordelen"}.items():
        assert sum(getattr(item, naam) for item in gezien.besteding) == totaal[kolom]
    assert totaal["teBeoordelen"] == 2 * TARIEF
    assert [(item.zorgmaand, item.categorie) for item in gezien.besteding] == [
        ("2026-01", "45"), ("2026-02", "45"), ("2026-03", "45"), ("2026-04", "45"),
    ]  # fmt: skip
    assert [item.zorgmaand for item in view(gevuld, periode=Maandperiode(MRT, MRT)).besteding] == ["2026-03"]


def test_what_was_rejected_stands_beside_what_others_have(gevuld: Werkplaats) -> None:
    gezien = view(gevuld)
    assert (gezien.afgewezen.afgewezen, gezien.afgewezen_anderen.afgewezen) == (20 * TARIEF, 0)
    assert gezien.afgewezen.procent == round(100 * 20 * TARIEF / (26 * TARIEF + MINUTEN))
    assert gezien.afgewezen_anderen.ingediend == 4 * 9000 + 4 * TARIEF
    assert [(item.regel, item.aantal, item.bedrag) for item in gezien.redenen] == [("TR321", 1, 20 * TARIEF)]
    assert gezien.redenen[0].titel.endswith(".")
    leeg = view(gevuld, periode=Maandperiode(date(2025, 1, 1), date(2025, 2, 1)))
    assert (leeg.afgewezen.procent, leeg.besteding, leeg.redenen, leeg.niveaus) == (None, [], [], [])


def test_levels_are_held_against_those_of_all_others(gevuld: Werkplaats) -> None:
    """An hourly tariff that is billed by the minute has its level too."""
    maart = view(gevuld, periode=Maandperiode(JAN, APR))
    hbo = 4 * TARIEF + MINUTEN
    assert maart.niveaus == [
        Niveaudeel("HBO", hbo, 100, round(100 * 4 * TARIEF / (4 * TARIEF + 36000))), Niveaudeel("WO", 0, 0, 54),
    ]  # fmt: skip


def test_what_came_in_time_and_what_is_open(gevuld: Werkplaats) -> None:
    gezien = view(gevuld)
    tijdig = gezien.tijdigheid
    # All of it is dated at the end of April; of care in January and February that is too late.
    assert (tijdig.regels, tijdig.regels_op_tijd, tijdig.antwoorden, tijdig.antwoorden_op_tijd) == (5, 3, 1, 1)
    open_ = gezien.openstaand
    assert (open_.aangehouden, open_.aangehouden_bedrag) == (1, 2 * TARIEF)
    assert (open_.creditverzoeken, open_.creditverzoeken_bedrag) == (1, TARIEF)
    assert gezien.blokkades == []
    (ruimte,) = gezien.ruimtes
    assert (ruimte.soort, ruimte.bedrag, ruimte.gebruikt) == ("indicatief", 10 * TARIEF, 6 * TARIEF + MINUTEN)
    assert ruimte.procent == round(100 * (6 * TARIEF + MINUTEN) / (10 * TARIEF))


def test_a_block_that_stands_is_shown(gevuld: Werkplaats) -> None:
    set_blokkade(gevuld, GEMEENTE, "finn", Doel(agb=AGB), "Faillissement aangevraagd.")
    assert [item.reden for item in view(gevuld).blokkades] == ["Faillissement aangevraagd."]
    assert view(gevuld, ANDER).blokkades == []


def test_only_who_is_known_is_shown(gevuld: Werkplaats) -> None:
    kijker = gevuld.seen_by(MANAGER)
    assert find_aanbieder(kijker, "42428888") is None
    assert [(item.agb, item.naam) for item in list_aanbieders(kijker)] == [("42429999", "Alfa"), (AGB, "De Wilgen"), (ANDER, None)]
    zelf = gevuld.seen_by(Sleutelhouder(GEMEENTE, "clerk", "aanbieder", AGB))
    assert [item.agb for item in list_aanbieders(zelf)] == [AGB]
    elders = gevuld.seen_by(Sleutelhouder("0518", "x", "contractbeheer", None))
    assert list_aanbieders(elders) == []
    assert find_aanbieder(elders, AGB) is None


def test_what_others_do_is_reckoned_once_an_hour(gevuld: Werkplaats) -> None:
    gezien = view(gevuld)
    submit(gevuld, Regel("LATER", 9, FEB, 20), agb=ANDER)
    straks = view(gevuld)
    assert (straks.vergeleken_op, straks.afgewezen_anderen) == (gezien.vergeleken_op, gezien.afgewezen_anderen)
    # Of its own lines each sees at once what became of them.
    assert view(gevuld, ANDER).afgewezen.afgewezen == 20 * TARIEF
    later = set_instelling(gevuld, stilgezet_op=gezien.vergeleken_op + timedelta(minutes=61))
    assert view(later).afgewezen_anderen.afgewezen == 20 * TARIEF


def test_a_merged_declaration_of_the_other_does_not_count(gevuld: Werkplaats) -> None:
    voor = view(gevuld).besteding
    send(gevuld, declaratie(APR, [Regel("Z", 9, FEB, 1)], agb=ANDER))
    assert view(gevuld).besteding == voor
