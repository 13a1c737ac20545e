"""What an allocation is worth in money: its budget, else its volume at the tariffs of its days. Pure; amounts in cents."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from berichten.dossier.contract import EUROS, MINUUT, UUR, Contract, Tarief, is_valid_on
from berichten.dossier.dossier import Toewijzing
from berichten.dossier.eigen_feiten import Afspraak
from berichten.dossier.volumes import TOTAAL, Maximum, counted, most_in_all
from berichten.kern.kalender import count_dagen
from berichten.kern.rekenen import round_up

_DAG = timedelta(days=1)
_DEEL = 60
"""Prices are reckoned in sixtieths of a cent, so that the minute of an hourly tariff is a whole number of them."""


@dataclass(frozen=True, slots=True)
class Toegewezen:
    """What is allocated in cents; None when no budget and no tariff tells it (`niet te bepalen`)."""

    bedrag: int | None
    onzeker: bool = False
    """Whether the tariff had to be chosen: of several levels without an agreement, or of another day (`tarief onzeker`)."""
    groeit: bool = False
    """Whether it is more the longer it runs: a volume a day, week or month without Einddatum."""


ONBEKEND = Toegewezen(None)
HOOGSTE = 10**12
"""Cents (ten billion euros) above which a volume is no agreement on money but a way to say that there is no bound."""


def value(
    toewijzing: Toewijzing,
    einde: date,
    contract: Contract,
    afspraken: Sequence[Afspraak] = (),
    bekend: "Bekendeprijzen | None" = None,
) -> Toegewezen:
    """Over the whole allocation, one without Einddatum up to `einde`, inclusive.

    Budget if there is one. Else the most volume that it allows (TR322) times the tariff of each day, averaged over all days and
    rounded half up once; a volume in euros (unit 83) is money already. `afspraken` are those of this allocation; `bekend` keeps
    sums for the next one of the same contract and days. More than `HOOGSTE` tells nothing.
    """
    if toewijzing.budget is not None:
        return Toegewezen(toewijzing.budget)
    maximum = most_in_all(toewijzing, einde)
    if maximum is None:
        return ONBEKEND
    groeit = toewijzing.einddatum is None and maximum.frequentie != TOTAAL
    return replace(_value_volume(toewijzing, maximum, einde, contract, afspraken, bekend), groeit=groeit)


def _value_volume(
    toewijzing: Toewijzing,
    maximum: Maximum,
    einde: date,
    contract: Contract,
    afspraken: Sequence[Afspraak],
    bekend: "Bekendeprijzen | None",
) -> Toegewezen:
    if toewijzing.eenheid == EUROS:
        return _bounded(maximum.volume)
    begin, laatste = toewijzing.ingangsdatum, toewijzing.einddatum or einde
    dagen = count_dagen(begin, laatste)
    if toewijzing.productcode is None or dagen == 0:
        return ONBEKEND
    gevraagd = (toewijzing.productcode, toewijzing.eenheid or "", begin, laatste)
    prijs = (
        sum_prices(contract, *gevraagd, afspraken)
        if afspraken or bekend is None
        else bekend.ask(toewijzing.agb, contract, *gevraagd)
    )
    if prijs is None:
        return ONBEKEND
    return _bounded(round_up(counted(toewijzing, maximum.volume) * prijs.som, _DEEL * dagen), prijs.onzeker)


def _bounded(bedrag: int, onzeker: bool = False) -> Toegewezen:
    return Toegewezen(bedrag, onzeker) if bedrag <= HOOGSTE else ONBEKEND


@dataclass(frozen=True, slots=True)
class Prijssom:
    """The price of one counted unit, added up over all days, in sixtieths of a cent."""

    som: int
    onzeker: bool


class Bekendeprijzen:
    """Sums of prices that were reckoned before, of one gemeente: many allocations run over the same days."""

    def __init__(self) -> None:
        self._sommen: dict[tuple[str, str, str, date, date], Prijssom | None] = {}

    def ask(self, agb: str, contract: Contract, code: str, eenheid: str, begin: date, einde: date) -> Prijssom | None:
        """As `sum_prices`, without agreements."""
        sleutel = agb, code, eenheid, begin, einde
        if sleutel not in self._sommen:
            self._sommen[sleutel] = sum_prices(contract, code, eenheid, begin, einde)
        return self._sommen[sleutel]


def sum_prices(
    contract: Contract, code: str, eenheid: str, begin: date, einde: date, afspraken: Sequence[Afspraak] = ()
) -> Prijssom | None:
    """From the first to the last day of an allocation, both inclusive; None when no day of it has a price.

    A day without a price has that of the last day before it that had one, else of the first one after: next year's tariffs are
    often not loaded yet. That makes the sum uncertain, as does a choice between levels.
    """
    som, onzeker = 0, False
    vorige: int | None = None
    zonder = 0
    dagen = _cut(contract, code, begin, einde, afspraken)
    for eerste, laatste in zip(dagen, [*(dag - _DAG for dag in dagen[1:]), einde], strict=True):
        aantal = count_dagen(eerste, laatste)
        prijs, gekozen = _price(contract, code, eenheid, eerste, begin, afspraken)
        onzeker = onzeker or gekozen or prijs is None
        if prijs is None and vorige is None:
            zonder += aantal
            continue
        if prijs is not None:
            som, zonder, vorige = som + prijs * zonder, 0, prijs
        som += (vorige or 0) * aantal
    return None if vorige is None else Prijssom(som, onzeker)


def _cut(contract: Contract, code: str, begin: date, einde: date, afspraken: Sequence[Afspraak]) -> list[date]:
    """First days of the pieces of a period in which one price holds."""
    perioden = [
        *((rij.ingangsdatum, rij.einddatum) for rij in contract.contractregels if rij.productcode == code),
        *((rij.ingangsdatum, rij.einddatum) for rij in contract.tariefregels if rij.productcode == code),
        *((rij.ingangsdatum, rij.einddatum) for rij in afspraken),
    ]
    knippen = {begin, *(van for van, _ in perioden), *(tot + _DAG for _, tot in perioden if tot is not None)}
    return sorted(dag for dag in knippen if begin <= dag <= einde)


def _price(
    contract: Contract, code: str, eenheid: str, dag: date, ingang: date, afspraken: Sequence[Afspraak]
) -> tuple[int | None, bool]:
    """Sixtieths of a cent for one counted unit, and whether it had to be chosen: the highest of several that are possible."""
    prijzen = {
        (tarief.opleidingsniveau, prijs)
        for tarief in contract.tarieven(code, dag, ingang)
        if (prijs := _per_unit(contract.unit_of(tarief), tarief, eenheid)) is not None
    }
    if not prijzen:
        return None, False
    niveau = next((item.benodigd_niveau for item in afspraken if is_valid_on(item.ingangsdatum, item.einddatum, dag)), None)
    afgesproken = {prijs for eigen, prijs in prijzen if niveau and eigen == niveau}
    mogelijk = afgesproken or {prijs for _, prijs in prijzen}
    return max(mogelijk), len(mogelijk) > 1


def _per_unit(eigen: str, tarief: Tarief, eenheid: str) -> int | None:
    """A price in sixtieths of a cent for one counted unit (minutes for hours); None when it is of another unit."""
    if eigen in ("", eenheid):
        return tarief.tarief * (1 if eenheid == UUR else _DEEL)
    if {eigen, eenheid} == {MINUUT, UUR}:
        return tarief.tarief * (1 if eigen == UUR else _DEEL)
    return None
