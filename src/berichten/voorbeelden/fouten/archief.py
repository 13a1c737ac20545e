"""Planted mistakes in care before 2021: each breaks one rule of JW303, named as in iJw 3.0."""

from dataclasses import replace
from datetime import timedelta

from berichten.kern import kalender
from berichten.voorbeelden.berichten.oude_zorg import as_oude_lijn, find_wijze
from berichten.voorbeelden.fouten.prestaties import (
    Maker,
    make_andere_categorie,
    make_andere_client,
    make_andere_code,
    make_onbekend_nummer,
    make_oude_referentie,
)
from berichten.voorbeelden.model.leveringen import Administratie, Sleutel
from berichten.voorbeelden.model.model import GeplanteFout, Lijn


def _afgewezen(naam: str, regel: str, retourcode: str) -> GeplanteFout:
    return GeplanteFout(naam, regel, 3, "Prestatie", retourcode, "afgewezen")


TR312 = GeplanteFout("totaalbedrag van de factuur klopt niet", "TR312", 2, "Bericht", "0001", "afgekeurd")
TR324 = GeplanteFout("factuurnummer al gebruikt", "TR324", 3, "Header", "0030", "afgekeurd")
XSD_303 = GeplanteFout("factuur voldoet niet aan het schema", "XSD", 1, "Bericht", None, "geweigerd")
TR303 = _afgewezen("oude zorg: onbekend toewijzingnummer", "TR303", "0551")
FACTUURFOUTEN = (XSD_303, TR312, TR324)
"""Mistakes for which a whole JW303 is turned down."""


def _with_number(make: Maker) -> Maker:
    """Let a mistake be made in a line that names its allocation, and put the amount right again by the ways of JW303."""

    def make_old(lijn: Lijn, sleutel: Sleutel, administratie: Administratie) -> Lijn | None:
        if lijn.oud is None or lijn.oud.zonder_nummer:
            return None
        fout = make(lijn, sleutel, administratie)
        if fout is None:
            return None
        opnieuw = as_oude_lijn(fout, find_wijze(sleutel[0]))
        return replace(opnieuw, oud=replace(opnieuw.oud, zonder_nummer=False)) if opnieuw.oud else None

    return make_old


def _make_te_vroeg(lijn: Lijn, sleutel: Sleutel, administratie: Administratie) -> Lijn | None:
    """TR307: from a day before the allocation begins, in the same month."""
    ingang = lijn.traject.eerste.ingangsdatum
    if kalender.begin_of_maand(ingang) != sleutel[1] or ingang.day == 1:
        return None
    return replace(lijn, begin=ingang - timedelta(days=1))


def _make_te_laat(lijn: Lijn, sleutel: Sleutel, administratie: Administratie) -> Lijn | None:
    """TR308: until a day after the allocation ends, in the same month."""
    einde = lijn.traject.get_versie(sleutel[1]).einddatum
    if einde is None or kalender.begin_of_maand(einde) != sleutel[1] or einde == kalender.einde_of_maand(einde):
        return None
    return replace(lijn, eind=einde + timedelta(days=1))


OUDE_REGELFOUTEN: tuple[tuple[GeplanteFout, Maker], ...] = (
    (_afgewezen("oude zorg: periode na de einddatum van de toewijzing", "TR308", "9308"), _with_number(_make_te_laat)),
    (_afgewezen("oude zorg: periode voor de ingangsdatum van de toewijzing", "TR307", "9307"), _with_number(_make_te_vroeg)),
    (_afgewezen("oude zorg: verkeerde productcategorie", "TR305", "1112"), _with_number(make_andere_categorie)),
    (_afgewezen("oude zorg: verkeerde productcode", "TR306", "1142"), _with_number(make_andere_code)),
    (_afgewezen("oude zorg: referentienummer al gebruikt", "TR314", "8021"), _with_number(make_oude_referentie)),
    (_afgewezen("oude zorg: toewijzing van een andere cliënt", "TR304", "8187"), _with_number(make_andere_client)),
    (TR303, _with_number(make_onbekend_nummer)),
)
