"""Rules on volume and budget: what a line asks against what its allocation allows and what was used of it."""

from collections.abc import Callable
from datetime import date

import numpy as np

from berichten.dossier.contract import MINUUT, UUR
from berichten.dossier.dossier import Dossier, Toewijzing, in_counting_unit
from berichten.dossier.kolommen import ONBEPERKT, Dossierkolommen, Getallen, Masker
from berichten.dossier.volumes import Maximum, counted, most_in_all, most_in_periode, tell_counted
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
    onschuldig=lambda r: r.geteld <= _most(r, most_in_periode),
)
def volume_past_in_periode(prestatie: Prestatie, dossier: Dossier) -> Gegevens | None:
    """Each line by itself: unit and Frequentie of the allocation against the ProductPeriode (IV076, IV077, IV078)."""
    toewijzing = find_measure(prestatie, dossier)
    if toewijzing is None:
        return None
    return tell_excess(prestatie, toewijzing, most_in_periode(toewijzing, prestatie.begindatum, prestatie.einddatum))


def _fits_together(regels: Dossierkolommen) -> Masker:
    """All lines on the allocation fit, each by the days up to its own end: others can only make those more."""
    alles = regels.used("volume") + regels.total(regels.geteld, regels.op_toewijzing)
    past = alles <= _most(regels, lambda toewijzing, _, einde: most_in_all(toewijzing, einde))
    return regels.together(past, regels.op_toewijzing)


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
    onschuldig=_fits_together,
)
def volume_past_in_toewijzing(prestatie: Prestatie, dossier: Dossier) -> Gegevens | None:
    """Over the whole allocation: lines awarded or held and not credited, and this one. Rejected lines do not count."""
    toewijzing = find_measure(prestatie, dossier)
    if toewijzing is None:
        return None
    tot = prestatie.einddatum
    if toewijzing.einddatum is None:
        tot = max(tot, dossier.gebruik.last_day() or tot)
    eerder = dossier.gebruik.volume
    te_veel = tell_excess(prestatie, toewijzing, most_in_all(toewijzing, tot), eerder)
    return te_veel and {**te_veel, "eerder": tell_counted(toewijzing.eenheid, eerder)}


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
    onschuldig=lambda r: (r.budget < 0) | (r.used("bedrag") + r.total(r.bedrag, r.op_toewijzing) <= r.budget),
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


def _most(regels: Dossierkolommen, reckon: Callable[[Toewijzing, date, date], Maximum | None]) -> Getallen:
    """The counted volume that a maximum comes to for each line."""

    def ask(prestatie: Prestatie, toewijzing: Toewijzing) -> int:
        maximum = reckon(toewijzing, prestatie.begindatum, prestatie.einddatum)
        return ONBEPERKT if maximum is None else counted(toewijzing, maximum.volume)

    return np.where(regels.meetbaar, regels.once_allocated(ask), ONBEPERKT)


def find_measure(prestatie: Prestatie, dossier: Dossier) -> Toewijzing | None:
    """The allocation, if the billed unit can be counted against its own: equal, or minutes on hours (TR341)."""
    toewijzing = dossier.toewijzing
    if toewijzing is None or prestatie.eenheid == toewijzing.eenheid:
        return toewijzing
    return toewijzing if (toewijzing.eenheid, prestatie.eenheid) == (UUR, MINUUT) else None


def tell_excess(prestatie: Prestatie, toewijzing: Toewijzing, maximum: Maximum | None, eerder: int = 0) -> Gegevens | None:
    """How far a line goes beyond a maximum of which `eerder` (counting units) was used; None when it fits or nothing limits it.

    With the maximum and how it was reckoned: `12 uur`, ` (4 × 3 uur)`; `over` is what would have fitted.
    """
    if maximum is None:
        return None
    gevraagd = in_counting_unit(toewijzing, prestatie.volume, prestatie.eenheid)
    te_veel = eerder + gevraagd - counted(toewijzing, maximum.volume)
    if te_veel <= 0:
        return None
    eenheid = toewijzing.eenheid or ""
    return {
        "toegewezen": hoeveelheid(maximum.volume, eenheid),
        "berekening": f" ({maximum.keer} × {hoeveelheid(toewijzing.volume or 0, eenheid)})" if maximum.keer else "",
        "gevraagd": hoeveelheid(prestatie.volume, prestatie.eenheid),
        "te_veel": tell_counted(toewijzing.eenheid, te_veel),
        "over": tell_counted(toewijzing.eenheid, max(0, gevraagd - te_veel)),
    }
