"""Aanbieders: a list, and of each its spending, its levels, what was rejected and why, what came in time, and what is open."""

from datetime import date

from fastapi.responses import Response

from api.basis.problemen import raise_unless_found
from api.portaal.schil.bladzij import Contractbeheer
from api.portaal.schil.paginarouter import Paginarouter
from berichten.inzage.aanbieders.namen import list_aanbieders
from berichten.inzage.aanbieders.overzicht import Besteding, find_aanbieder
from berichten.inzage.naslag.namen import find_namen
from berichten.inzage.signalen.contractpapieren import list_contractpapieren
from berichten.inzage.signalen.maatregellijst import list_maatregelen
from berichten.inzage.signalen.signaallijst import list_signalen
from berichten.processen.signalen.zet_stap_signaal import WOORDEN

router = Paginarouter()
_ONBEKEND = "Deze aanbieder is bij uw gemeente niet bekend. Controleer de AGB-code."
_MEEST = 50
"""Open signals, and measures; the rest stands in their lists."""
_PAPIEREN = {
    "keurmerk": "Keurmerk", "onderaannemer": "Onderaannemer", "jaarrekening": "Jaarrekening",
    "pnil": "Personeel niet in loondienst", "social_return": "Social return",
}  # fmt: skip
_KLEUREN = ("1", "2", "3", "4", "5")


@router.get("/aanbieders")
def get_aanbieders(bladzij: Contractbeheer) -> Response:
    """All that the gemeente knows, by name."""
    return bladzij.show("contractbeheer/aanbieders.html", titel="Aanbieders", aanbieders=list_aanbieders(bladzij.kijker))


@router.get("/aanbieders/{agb}")
def get_aanbiederpagina(bladzij: Contractbeheer, agb: str) -> Response:
    """The last twelve months."""
    overzicht = raise_unless_found(find_aanbieder(bladzij.kijker, agb), _ONBEKEND)
    namen = find_namen(bladzij.kijker)
    categorieen = sorted({item.categorie for item in overzicht.besteding})
    return bladzij.show(
        "contractbeheer/aanbiederpagina.html",
        titel=overzicht.aanbieder.naam or agb,
        overzicht=overzicht,
        agb=agb,
        van=_month(overzicht.van),
        tot=_month(overzicht.tot),
        niveaus_van=_month(overzicht.niveaus_van),
        categorieen=[(code, namen.categorieen.get(code, code), _KLEUREN[nummer % 5]) for nummer, code in enumerate(categorieen)],
        maanden=_by_month(overzicht.besteding, categorieen),
        signalen=list_signalen(bladzij.kijker, agb, None, "open", _MEEST, None).regels,
        maatregelen=list_maatregelen(bladzij.kijker, agb, _MEEST, None).regels,
        staten=WOORDEN,
        papieren=list_contractpapieren(bladzij.kijker, agb),
        papiersoorten=_PAPIEREN,
    )


def _month(maand: str) -> date:
    """The first day of `2026-04`."""
    return date.fromisoformat(f"{maand}-01")


def _by_month(besteding: list[Besteding], categorieen: list[str]) -> list[tuple[date, list[int]]]:
    """Of each month of care what was awarded by category."""
    bedragen = {(item.zorgmaand, item.categorie): item.netto_toegekend for item in besteding}
    return [
        (_month(maand), [bedragen.get((maand, code), 0) for code in categorieen])
        for maand in sorted({item.zorgmaand for item in besteding})
    ]
