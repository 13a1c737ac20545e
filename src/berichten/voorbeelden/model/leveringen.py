"""What is billed: lines for each provider and month, sound by construction, and credits with their re-billing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random

from berichten.kern import kalender
from berichten.voorbeelden.model.catalogus import OP_CODE, find_tarief
from berichten.voorbeelden.model.model import Lijn, Nummering, Stadstoewijzing, Traject
from berichten.voorbeelden.model.plan import MEESTE_MINUTEN
from berichten.voorbeelden.model.volumes import MINUTEN_PER_UUR, max_in_periode, max_in_totaal, max_mogelijk, round_half_up

Sleutel = tuple[str, date]
"""AGB code and first day of the declaration month."""


@dataclass(slots=True)
class Administratie:
    """The lines of every monthly declaration, and the numbers given out so far."""

    maanden: Sequence[date]
    trajecten: Sequence[Traject]
    nummering: Nummering
    lijnen: dict[Sleutel, list[Lijn]] = field(default_factory=dict)
    gebruikt: Counter[int] = field(default_factory=Counter)
    """Volume billed by allocation number, in the unit that it is billed in, over all months together."""
    gebonden: set[str] = field(default_factory=set)
    """References of lines that a planted mistake leans on, so that they must stay as they are."""


def bill_maanden(rng: Random, administratie: Administratie) -> None:
    """Bill every month of every allocation, within what is allocated."""
    for maand in administratie.maanden:
        for traject in administratie.trajecten:
            lijnen = _bill_maand(rng, traject, maand, administratie)
            administratie.gebruikt[traject.nummer] += sum(lijn.volume for lijn in lijnen)
            if lijnen:
                administratie.lijnen.setdefault((traject.eerste.agb, maand), []).extend(lijnen)


def _bill_maand(rng: Random, traject: Traject, maand: date, administratie: Administratie) -> list[Lijn]:
    if maand < kalender.begin_of_maand(traject.eerste.ingangsdatum) or (traject.laatste_maand or maand) < maand:
        return []
    toewijzing = traject.get_versie(maand)
    periode = cut_periode(toewijzing, maand)
    if periode is None:
        return []
    gebruikt = administratie.gebruikt[traject.nummer]
    volumes = [(code, _choose_volume(rng, toewijzing, code, *periode, gebruikt)) for code in toewijzing.codes]
    return [
        make_lijn(traject, toewijzing, code, *periode, volume, administratie.nummering.new_referentie())
        for code, volume in volumes
        if volume
    ]


def cut_periode(toewijzing: Stadstoewijzing, maand: date) -> tuple[date, date] | None:
    """Return the ProductPeriode of a month: the month cut by the allocation (TR387, TR388); None outside it."""
    begin = max(maand, toewijzing.ingangsdatum)
    eind = min(kalender.einde_of_maand(maand), toewijzing.einddatum or date.max)
    return (begin, eind) if begin <= eind else None


def _choose_volume(rng: Random, toewijzing: Stadstoewijzing, code: str, begin: date, eind: date, gebruikt: int) -> int:
    if toewijzing.omvang is None:
        return rng.randrange(120, MEESTE_MINUTEN + 1, 5)
    keer = MINUTEN_PER_UUR if toewijzing.in_minuten else 1
    meest = max_in_periode(toewijzing, begin, eind) * keer
    ruimte = max_in_totaal(toewijzing, eind) * keer - gebruikt
    mogelijk = max_mogelijk(billed_eenheid(toewijzing, code), begin, eind)
    meest = min(meest, meest if mogelijk is None else mogelijk)
    if toewijzing.omvang.frequentie == "6" and toewijzing.einddatum is not None:
        maanden = kalender.count_maanden(toewijzing.ingangsdatum, toewijzing.einddatum)
        meest = min(meest, max(1, meest // maanden))
    return max(0, min(ruimte, max(min(1, meest), round(meest * rng.uniform(0.55, 0.85)))))


def billed_eenheid(toewijzing: Stadstoewijzing, code: str) -> str:
    """Return the unit in which lines of this allocation are billed."""
    return "01" if toewijzing.in_minuten else OP_CODE[code].eenheid


def make_lijn(
    traject: Traject, toewijzing: Stadstoewijzing, code: str, begin: date, eind: date, volume: int, referentie: str
) -> Lijn:
    """Make a debit line at the contract's tariff."""
    product = OP_CODE[code]
    tarief, uurtarief = _find_tarieven(toewijzing, code, begin)
    lijn = Lijn(
        traject=traject,
        referentie=referentie,
        vorig=None,
        bsn=toewijzing.persoon.bsn,
        nummer=toewijzing.nummer,
        categorie=product.categorie,
        code=code,
        begin=begin,
        eind=eind,
        volume=volume,
        eenheid=billed_eenheid(toewijzing, code),
        tarief=tarief,
        bedrag=0,
        uurtarief=uurtarief,
    )
    return with_volume(lijn, volume)


def _find_tarieven(toewijzing: Stadstoewijzing, code: str, begin: date) -> tuple[int | None, int | None]:
    """Return ProductTarief, and the hourly tariff behind it for a line in minutes (TR346, IV081)."""
    product = OP_CODE[code]
    if product.eenheid == "83":
        return None, None
    niveau = toewijzing.niveau if toewijzing.niveau in dict(product.tarieven) else product.tarieven[0][0]
    tarief = find_tarief(toewijzing.agb, code, niveau, begin)
    if toewijzing.in_minuten and product.eenheid == "04":
        return round_half_up(tarief, MINUTEN_PER_UUR), tarief
    return tarief, None


def with_volume(lijn: Lijn, volume: int) -> Lijn:
    """Return the line with another volume and the amount that goes with it (TR346, CS339)."""
    if lijn.tarief is None:
        bedrag = volume
    elif lijn.uurtarief is not None:
        bedrag = round_half_up(lijn.uurtarief * volume, MINUTEN_PER_UUR)
    else:
        bedrag = volume * lijn.tarief
    return replace(lijn, volume=volume, bedrag=bedrag)


def credit_lijnen(rng: Random, administratie: Administratie) -> None:
    """Credit some sound lines in the next month's declaration, and bill them anew for a little less (OP366)."""
    for maand, volgende in zip(administratie.maanden, administratie.maanden[1:], strict=False):
        for (agb, van), lijnen in list(administratie.lijnen.items()):
            if van == maand:
                vrij = [lijn for lijn in lijnen if lijn.referentie not in administratie.gebonden]
                gekozen = _choose_to_credit(rng, vrij, maand)
                nieuw = [lijn for oud in gekozen for lijn in _correct(oud, administratie.nummering)]
                administratie.lijnen.setdefault((agb, volgende), []).extend(nieuw)


def _choose_to_credit(rng: Random, lijnen: Sequence[Lijn], maand: date) -> list[Lijn]:
    geschikt = [lijn for lijn in lijnen if lijn.fout is None and not lijn.credit and lijn.volume > 1 and lijn.begin >= maand]
    return rng.sample(geschikt, min(len(geschikt), 1 + len(geschikt) // 15))


def _correct(oud: Lijn, nummering: Nummering) -> tuple[Lijn, Lijn]:
    nieuw = with_volume(oud, oud.volume - max(1, oud.volume // 10))
    return make_credit(oud, nummering), replace(nieuw, referentie=nummering.new_referentie())


def make_credit(oud: Lijn, nummering: Nummering) -> Lijn:
    """Make the credit of a line: equal to it except for its references and direction (IV091)."""
    return replace(oud, referentie=nummering.new_referentie(), vorig=oud.referentie, credit=True)
