"""Rules on volume and budget: what a line asks against what its allocation allows and what was used of it."""

from berichten.dossier.contract import MINUUT, UUR
from berichten.dossier.dossier import Dossier, Toewijzing, in_counting_unit
from berichten.dossier.volumes import Maximum, counted, counting_unit, most_in_all, most_in_periode
from berichten.kern.regel import Gegevens, regel
from berichten.kern.tekst import hoeveelheid
from berichten.standaard.waarden.berichten import Prestatie


@regel(
    "TR321",
    retourcode="9321",
    niveau=3,
    klasse="Prestatie",
    element="GeleverdVolume",
    berichten=("JW323",),
    titel="Het volume van een regel past binnen wat voor die periode is toegewezen.",
    melding="Toegewezen is {toegewezen} in deze periode{berekening}. Deze regel vraagt {gevraagd}: {te_veel} te veel.",
    doen="Declareer hooguit het toegewezen volume, of vraag de gemeente om de toewijzing aan te passen.",
)
def volume_past_in_periode(prestatie: Prestatie, dossier: Dossier) -> Gegevens | None:
    """Each line by itself: unit and Frequentie of the allocation against the ProductPeriode (IV076, IV077, IV078)."""
    toewijzing = dossier.toewijzing
    if toewijzing is None or not is_same_measure(toewijzing, prestatie.eenheid):
        return None
    maximum = most_in_periode(toewijzing, prestatie.begindatum, prestatie.einddatum)
    if maximum is None:
        return None
    gevraagd = in_counting_unit(toewijzing, prestatie.volume, prestatie.eenheid)
    te_veel = gevraagd - counted(toewijzing, maximum.volume)
    if te_veel <= 0:
        return None
    return {**tell_maximum(toewijzing, maximum), "gevraagd": tell_volume(prestatie), "te_veel": tell_counted(toewijzing, te_veel)}


@regel(
    "TR322",
    retourcode="9322",
    niveau=3,
    klasse="Prestatie",
    element="GeleverdVolume",
    berichten=("JW323",),
    titel="Alle regels op een toewijzing passen samen binnen wat in totaal is toegewezen.",
    melding=(
        "Toegewezen is in totaal {toegewezen}{berekening}. Eerder toegekend of in beoordeling: {eerder}."
        " Deze regel vraagt {gevraagd}: {te_veel} te veel."
    ),
    doen="Declareer hooguit wat er over is, of vraag de gemeente om de toewijzing aan te passen.",
)
def volume_past_in_toewijzing(prestatie: Prestatie, dossier: Dossier) -> Gegevens | None:
    """Over the whole allocation: lines awarded or held and not credited, and this one. Rejected lines do not count."""
    toewijzing = dossier.toewijzing
    if toewijzing is None or not is_same_measure(toewijzing, prestatie.eenheid):
        return None
    tot = prestatie.einddatum
    if toewijzing.einddatum is None:
        tot = max(tot, dossier.gebruik.last_day() or tot)
    maximum = most_in_all(toewijzing, tot)
    if maximum is None:
        return None
    gevraagd = in_counting_unit(toewijzing, prestatie.volume, prestatie.eenheid)
    eerder = dossier.gebruik.volume
    te_veel = eerder + gevraagd - counted(toewijzing, maximum.volume)
    if te_veel <= 0:
        return None
    return {
        **tell_maximum(toewijzing, maximum),
        "eerder": tell_counted(toewijzing, eerder),
        "gevraagd": tell_volume(prestatie),
        "te_veel": tell_counted(toewijzing, te_veel),
    }


@regel(
    "TR369",
    retourcode="9369",
    niveau=3,
    klasse="Prestatie",
    element="IngediendBedrag",
    berichten=("JW323",),
    titel="Alle regels op een toewijzing passen samen binnen haar budget.",
    melding=(
        "Het budget van deze toewijzing is {budget:euro}. Eerder toegekend of in beoordeling: {eerder:euro}."
        " Deze regel vraagt {gevraagd:euro}: {te_veel:euro} te veel. Over is nog {over:euro}."
    ),
    doen="Declareer hooguit wat er over is, of vraag de gemeente om het budget aan te passen.",
)
def bedrag_past_in_budget(prestatie: Prestatie, dossier: Dossier) -> Gegevens | None:
    """Amounts in cents. The standard sums GeleverdVolume, which is money only for unit 83; amounts are what a budget is of."""
    toewijzing = dossier.toewijzing
    if toewijzing is None or toewijzing.budget is None:
        return None
    eerder = dossier.gebruik.bedrag
    te_veel = eerder + prestatie.bedrag - toewijzing.budget
    if te_veel <= 0:
        return None
    return {
        "budget": toewijzing.budget,
        "eerder": eerder,
        "gevraagd": prestatie.bedrag,
        "te_veel": te_veel,
        # A budget may have been lowered below what was awarded from it.
        "over": max(0, toewijzing.budget - eerder),
    }


def is_same_measure(toewijzing: Toewijzing, eenheid: str) -> bool:
    """Whether a billed unit can be counted against the allocation's: equal, or minutes on hours (TR341)."""
    return eenheid == toewijzing.eenheid or (toewijzing.eenheid == UUR and eenheid == MINUUT)


def tell_maximum(toewijzing: Toewijzing, maximum: Maximum) -> dict[str, str]:
    """The maximum and how it was reckoned: `12 uur`, ` (4 weken × 3 uur)`."""
    eenheid = toewijzing.eenheid or ""
    berekening = f" ({maximum.keer} × {hoeveelheid(toewijzing.volume or 0, eenheid)})" if maximum.keer else ""
    return {"toegewezen": hoeveelheid(maximum.volume, eenheid), "berekening": berekening}


def tell_volume(prestatie: Prestatie) -> str:
    """What a line asks: `21 uur`."""
    return hoeveelheid(prestatie.volume, prestatie.eenheid)


def tell_counted(toewijzing: Toewijzing, volume: int) -> str:
    """A counted volume told in hours where it is whole hours, else in the unit in which it was counted."""
    if toewijzing.eenheid == UUR and volume % 60 == 0:
        return hoeveelheid(volume // 60, UUR)
    return hoeveelheid(volume, counting_unit(toewijzing))
