"""Which facts are missing for a line, and so which of the gemeente's own rules cannot be checked on it."""

from datetime import date

import numpy as np

from berichten.dossier.contract import MINUUT, UUR
from berichten.dossier.dossier import Dossier
from berichten.dossier.kolommen import Dossierkolommen, Getallen, Masker
from berichten.kern.feit import Feit
from berichten.regels.eigen.fte import fte_prices, is_fte
from berichten.regels.eigen.kaders import frame_of, rooms_of
from berichten.regels.eigen.verantwoording import billed_level
from berichten.standaard.waarden.berichten import Prestatie

# Plain numbers: this runs for every line, and members of an IntFlag are slow to add up.
_VERANTWOORDING, _MINUTEN, _GEZINSPLAN = int(Feit.VERANTWOORDING), int(Feit.MINUTEN), int(Feit.GEZINSPLAN)
_NIVEAU, _KADER, _GEBOORTEDATUM, _RUIMTE = int(Feit.NIVEAU), int(Feit.KADER), int(Feit.GEBOORTEDATUM), int(Feit.RUIMTE)
_FTE_PRIJS = int(Feit.FTE_PRIJS)
_NIETS_GELADEN = _VERANTWOORDING | _GEZINSPLAN | _KADER | _RUIMTE


def missing_facts(prestatie: Prestatie, dossier: Dossier) -> int:
    """The sum of the facts (`Feit`) that are not there for a debit line.

    Unit and level count only where there is something to hold them against.
    """
    toewijzing, feiten = dossier.toewijzing, dossier.kader.feiten
    ontbreekt = _GEBOORTEDATUM if toewijzing is None or toewijzing.geboortedatum is None else 0
    if not feiten.afspraken and not feiten.tellen:
        return ontbreekt | _missing_price(prestatie, dossier) | _NIETS_GELADEN
    return ontbreekt | _missing_about_product(prestatie, dossier) | _missing_about_people(prestatie, dossier)


def missing_facts_of_all(regels: Dossierkolommen) -> Getallen:
    """`missing_facts` of every line at once."""
    feiten = regels.feiten
    onbekend: Masker = regels.geboortedatum == np.datetime64(date.min)
    ontbreekt: Getallen = onbekend * _GEBOORTEDATUM | regels.once(_missing_about_product)
    if feiten.afspraken or feiten.verantwoording or feiten.per_maand:
        return ontbreekt | regels.numbers(_missing_about_people(*regel) for regel in regels.with_dossier())
    return ontbreekt | _VERANTWOORDING | _GEZINSPLAN


def _missing_price(prestatie: Prestatie, dossier: Dossier) -> int:
    return _FTE_PRIJS if is_fte(prestatie, dossier) and not fte_prices(prestatie, dossier) else 0


def _missing_about_product(prestatie: Prestatie, dossier: Dossier) -> int:
    """What of the facts is missing that go by the product and the first day of a line."""
    ontbreekt = _missing_price(prestatie, dossier)
    if frame_of(prestatie, dossier) is None:
        ontbreekt |= _KADER
    if not rooms_of(prestatie, dossier):
        ontbreekt |= _RUIMTE
    return ontbreekt


def _missing_about_people(prestatie: Prestatie, dossier: Dossier) -> int:
    feiten, ontbreekt = dossier.kader.feiten, 0
    zonder_records = feiten.verantwoording_of(prestatie) is None
    zonder_plan = feiten.afspraak_of(prestatie) is None
    if zonder_records:
        ontbreekt |= _VERANTWOORDING
    elif prestatie.eenheid not in (MINUUT, UUR):
        ontbreekt |= _MINUTEN
    if zonder_plan:
        ontbreekt |= _GEZINSPLAN
    if not (zonder_records and zonder_plan) and not billed_level(prestatie, dossier):
        ontbreekt |= _NIVEAU
    return ontbreekt
