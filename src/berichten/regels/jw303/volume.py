"""Rules on volume, budget and tariff of a line of a JW303, and how much of a line they leave room for.

A declaration may be awarded in part, an invoice only whole or not at all (IV056, OP287). So the same reckoning serves twice: the
rules ask whether a line fits, and `find_room` what part of it does.
"""

from datetime import date

from berichten.dossier.contract import EUROS
from berichten.dossier.dossier import Dossier, Toekenning, Toewijzing, in_counting_unit
from berichten.dossier.volumes import MAAND, Maximum, counted, most_in_all, most_in_periode
from berichten.kern.kalender import begin_of_maand, count_maanden, einde_of_maand
from berichten.kern.regel import Gegevens, Regel, regel
from berichten.kern.tekst import euro
from berichten.regels.declaratie.tarief import tell_tarieven
from berichten.regels.declaratie.volume import (
    bedrag_past_in_budget,
    find_measure,
    tell_excess,
    volume_past_in_toewijzing,
)
from berichten.regels.jw303.jw303regel import BEDRAGEN, JW303, carry_over, is_maand
from berichten.standaard.waarden.jw303 import Jw303Prestatie

volume_past_in_alles: Regel = carry_over(volume_past_in_toewijzing, element=f"{BEDRAGEN}/GeleverdVolume", te_verminderen=True)
bedrag_past: Regel = carry_over(
    bedrag_past_in_budget,
    id="TR322",
    retourcode="9322",
    element=f"{BEDRAGEN}/DeclaratieFactuurBedrag",
    bron="iJw 3.0, TR322 en OP302",
    te_verminderen=True,
)


@regel(
    "TR321",
    retourcode="9321",
    niveau=3,
    klasse="Prestatie",
    element=f"{BEDRAGEN}/GeleverdVolume",
    berichten=JW303,
    titel="Het volume van een regel past binnen wat voor de declaratieperiode is toegewezen.",
    melding=("Toegewezen is {toegewezen} van {van} tot en met {tot}{berekening}. Deze regel vraagt {gevraagd}: {te_veel} te veel."),
    doen="Declareer hooguit het toegewezen volume, of vraag de gemeente om de toewijzing aan te passen.",
    bron="iJw 3.0, TR321",
    te_verminderen=True,
)
def volume_past_in_periode(prestatie: Jw303Prestatie, dossier: Dossier) -> Gegevens | None:
    """By the length of the declaration period, whichever method fills the ProductPeriode (IV062, IV063)."""
    toewijzing = find_measure(prestatie, dossier)
    if toewijzing is None:
        return None
    van, tot = find_periode(prestatie, dossier, toewijzing)
    te_veel = tell_excess(prestatie, toewijzing, most_in_declaratieperiode(toewijzing, van, tot))
    return te_veel and {**te_veel, "van": van, "tot": tot}


def find_periode(prestatie: Jw303Prestatie, dossier: Dossier, toewijzing: Toewijzing) -> tuple[date, date]:
    """The declaration period in which a line falls, as far as it can be known, cut by the allocation; both days inclusive.

    For a line of an earlier period that is its month when periods are months, else its own ProductPeriode.
    """
    periode = dossier.kader.declaratie.periode
    van, tot = prestatie.begindatum, prestatie.einddatum
    if periode.begindatum <= van and tot <= periode.einddatum:
        van, tot = periode.begindatum, periode.einddatum
    elif is_maand(periode.begindatum, periode.einddatum):
        van, tot = begin_of_maand(van), einde_of_maand(tot)
    gesneden = max(van, toewijzing.ingangsdatum), min(tot, toewijzing.einddatum or tot)
    return gesneden if gesneden[0] <= gesneden[1] else (prestatie.begindatum, prestatie.einddatum)


def most_in_declaratieperiode(toewijzing: Toewijzing, van: date, tot: date) -> Maximum | None:
    """Most for one declaration period, which need not be a month: a monthly volume counts for each month that it touches."""
    maximum = most_in_periode(toewijzing, van, tot)
    if maximum is None or maximum.frequentie != MAAND:
        return maximum
    maanden = count_maanden(van, tot)
    return Maximum(maanden * maximum.volume, maanden, MAAND)


@regel(
    "IV060",
    retourcode="0611",
    niveau=4,
    klasse="Prestatie",
    element=f"{BEDRAGEN}/ProductTarief",
    berichten=JW303,
    titel="Een regel rekent met een contractueel tarief, zo nodig per minuut afgerond, en vraagt niet meer dan volume maal tarief.",
    melding="{oorzaak}",
    doen="{herstel}",
    bron="iJw 3.0, IV032 (retourcode 0611) en IV060",
    zonder_toewijzing=True,
    te_verminderen=True,
)
def tarief_volgens_contract(prestatie: Jw303Prestatie, dossier: Dossier) -> Gegevens | None:
    """On the first day of the ProductPeriode. Minutes on an hourly tariff: the minute rate, rounded half up, times minutes.

    A tariff is not held against a contract that was not loaded; an amount is always held against volume, tariff and VAT.
    """
    contract, tarieven = dossier.kader.contract, agreed_rates(prestatie, dossier)
    if tarieven is not None and (not tarieven or prestatie.tarief not in (None, *tarieven)):
        afgesproken = tell_tarieven(
            contract, contract.tarieven(prestatie.code, prestatie.begindatum, dossier.ingang_for(prestatie))
        )
        eigen = "geen tarief" if prestatie.tarief is None else f"het tarief {euro(prestatie.tarief)} per eenheid"
        oorzaak = f"De regel heeft {eigen}. Voor product {prestatie.code} gold op dat moment {afgesproken}."
        herstel = "Declareer met het afgesproken tarief, of vraag de gemeente of uw contract klopt."
        return {"oorzaak": oorzaak, "herstel": herstel, "tarief": prestatie.tarief, "dag": prestatie.begindatum}
    hoogste = most_for_volume(prestatie, dossier)
    if hoogste is None or abs(prestatie.bedrag) <= hoogste:
        return None
    oorzaak = f"De regel vraagt {euro(abs(prestatie.bedrag))}, maar volume maal tarief met de btw is {euro(hoogste)}."
    herstel = "Verlaag het bedrag, of herstel volume en tarief. Reken bij minuten met het afgeronde minuuttarief."
    return {"oorzaak": oorzaak, "herstel": herstel, "bedrag": abs(prestatie.bedrag), "hoogste": hoogste}


@regel(
    "IV056",
    retourcode=None,
    niveau=3,
    klasse="Prestatie",
    element=f"{BEDRAGEN}/DeclaratieFactuurBedrag",
    berichten=JW303,
    gevolg="signaal",
    titel="Een regel van een declaratie kan voor een deel worden toegekend.",
    melding="Van de gevraagde {gevraagd:euro} is {toegekend:euro} toegekend; {verschil:euro} is afgewezen.",
    doen="Verwerk het toegekende bedrag. Bent u het er niet mee eens, neem dan contact op met de gemeente.",
    bron="iJw 3.0, IV056 en IV057",
)
def deels_toegekend(prestatie: Jw303Prestatie, toekenning: Toekenning) -> Gegevens | None:
    """Says what became of a line that is awarded for less than it asks; why is told by the rules that brought it down."""
    if toekenning.beantwoord == prestatie.bedrag:
        return None
    verschil = prestatie.bedrag - toekenning.beantwoord
    return {"gevraagd": prestatie.bedrag, "toegekend": toekenning.beantwoord, "verschil": verschil}


def agreed_rates(prestatie: Jw303Prestatie, dossier: Dossier) -> frozenset[int] | None:
    """Cents for one unit that a line may bear; None where there is nothing to hold it against."""
    contract = dossier.kader.contract
    if prestatie.eenheid == EUROS or not contract.heeft_tarieven:
        return None
    ingang = dossier.ingang_for(prestatie)
    if contract.price_day(prestatie.code, prestatie.begindatum, ingang) is None:
        return None
    return contract.rates(prestatie.code, prestatie.begindatum, prestatie.eenheid, ingang)


def own_rate(prestatie: Jw303Prestatie, dossier: Dossier) -> int | None:
    """Cents for one unit as the line reckons: its tariff, one for euros, else the highest that is agreed; None when unknown."""
    if prestatie.eenheid == EUROS:
        return 1
    return prestatie.tarief if prestatie.tarief is not None else max(agreed_rates(prestatie, dossier) or (), default=None)


def most_for_volume(prestatie: Jw303Prestatie, dossier: Dossier) -> int | None:
    """Cents that the line may ask for its volume. VAT is in every amount of a declaration (IV073); on an invoice, of which the
    standard does not say it, VAT that the line states may come on top."""
    tarief, btw = own_rate(prestatie, dossier), prestatie.bedragen.btw
    if tarief is None:
        return None
    return prestatie.volume * tarief + (abs(btw.centen) if btw is not None and dossier.kader.is_factuur else 0)


def find_room(prestatie: Jw303Prestatie, dossier: Dossier) -> Toekenning | None:
    """The most that can be awarded of a debit line of a declaration; None when that is nothing.

    Volume, tariff and amount are brought down to what fits, and the amount in the same proportion, so that a discount or VAT in it
    stays what it was; then to what is left of the budget. The line itself must be right in all else.
    """
    eigen, afgesproken = own_rate(prestatie, dossier), agreed_rates(prestatie, dossier)
    mag = eigen
    if afgesproken is not None:
        mag = max((item for item in afgesproken if eigen is not None and item <= eigen), default=None)
        if mag is None:
            return None
    volume = _room_in_volume(prestatie, dossier)
    gevraagd, mogelijk = prestatie.volume * (eigen or 1), volume * (mag or 1)
    if gevraagd <= 0:
        return None
    hoogste = most_for_volume(prestatie, dossier)
    basis = prestatie.bedrag if hoogste is None else min(prestatie.bedrag, hoogste)
    bedrag = (2 * basis * mogelijk + gevraagd) // (2 * gevraagd)
    toewijzing = dossier.toewijzing
    if toewijzing is not None and toewijzing.budget is not None:
        bedrag = min(bedrag, toewijzing.budget - dossier.gebruik.bedrag)
    return Toekenning(volume, bedrag, bedrag) if bedrag > 0 else None


def _room_in_volume(prestatie: Jw303Prestatie, dossier: Dossier) -> int:
    """Volume, in whole units of the line, that fits in its period and in what is left of the allocation."""
    toewijzing = find_measure(prestatie, dossier)
    if toewijzing is None:
        return prestatie.volume
    in_periode = most_in_declaratieperiode(toewijzing, *find_periode(prestatie, dossier, toewijzing))
    tot = max(prestatie.einddatum, dossier.gebruik.last_day() or prestatie.einddatum)
    in_alles = most_in_all(toewijzing, tot)
    een = in_counting_unit(toewijzing, 1, prestatie.eenheid)
    ruimte = [prestatie.volume]
    if in_periode is not None:
        ruimte.append(counted(toewijzing, in_periode.volume) // een)
    if in_alles is not None:
        ruimte.append((counted(toewijzing, in_alles.volume) - dossier.gebruik.volume) // een)
    return max(0, min(ruimte))
