"""How much of an allocation is used: allocated, awarded, held and remaining, in its own unit and in cents, and by product code."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from berichten.dossier.contract import MINUUT, UUR
from berichten.dossier.dossier import Toewijzing, in_counting_unit
from berichten.dossier.normbedrag import list_prijzen, read_norm
from berichten.dossier.standaarden import budgetnormen
from berichten.dossier.volumes import counted, counting_unit, most_in_all
from berichten.opslag.basis.delen import BEDRAG, TEKEN, TELT_MEE, VOLUME
from berichten.opslag.basis.vraag import Vraag
from berichten.opslag.dossiers.contracten import load_contract
from berichten.rapporten.toewijzing.prognose import Advies, Prognose, make_advies, make_prognose, norm_of


@dataclass(slots=True)
class Productgebruik:
    """Use of one product code inside an allocation. Volumes in `eenheid` (hours counted in minutes), amounts in eurocents."""

    productcode: str
    eenheid: str
    toegekend_volume: int = 0
    aangehouden_volume: int = 0
    toegekend_bedrag: int = 0
    aangehouden_bedrag: int = 0


@dataclass(slots=True)
class Maandgebruik:
    """Use in one month of care. Volumes in the unit of the allocation (hours counted in minutes), amounts in eurocents."""

    maand: str
    """As 2026-04: of the first day of a line, as in the books."""
    toegekend_volume: int = 0
    aangehouden_volume: int = 0
    toegekend_bedrag: int = 0
    aangehouden_bedrag: int = 0


@dataclass(frozen=True, slots=True)
class Benutting:
    """Volumes in `eenheid` (minutes for an allocation in hours), amounts in eurocents; None is no limit.

    Percentages are of what was allocated, held lines included, rounded down: 100 says that nothing is left.
    """

    eenheid: str | None
    toegewezen_volume: int | None
    """Over the whole allocation; one without Einddatum up to today or the last line, whichever is later."""
    toegekend_volume: int
    aangehouden_volume: int
    resterend_volume: int | None
    percentage_volume: int | None
    budget: int | None
    toegekend_bedrag: int
    aangehouden_bedrag: int
    resterend_budget: int | None
    percentage_budget: int | None
    per_product: tuple[Productgebruik, ...]
    """By product code and unit."""
    per_maand: tuple[Maandgebruik, ...]
    """Old to new; months in which nothing was billed that counts are left out."""
    prognose: Prognose | None
    advies: Advies | None


@dataclass(frozen=True, slots=True)
class _Som:
    """Lines of one outcome, product code and unit in one month that end on one day, less what was credited."""

    maand: date
    uitkomst: str
    productcode: str
    eenheid: str
    einddatum: date
    volume: int
    bedrag: int
    aantal: int
    """Debit lines of which something counts, less their credits."""


_SOMMEN = Vraag(
    _Som,
    """
    SELECT date_trunc('month', begindatum::timestamp)::date AS maand, uitkomst, productcode, eenheid, einddatum,
        sum({teken} * {volume})::bigint AS volume, sum({bedrag})::bigint AS bedrag,
        coalesce(sum({teken}) FILTER (WHERE toegekend_volume IS NULL OR toegekend_volume > 0), 0)::int AS aantal
    FROM prestatie
    WHERE gemeente = %(g)s AND toewijzingnummer = %(n)s AND {telt_mee}
    GROUP BY 1, uitkomst, productcode, eenheid, einddatum
    ORDER BY productcode, eenheid
    """,
    teken=TEKEN,
    volume=VOLUME,
    bedrag=BEDRAG,
    telt_mee=TELT_MEE,
)


_CODES = Vraag(str, "SELECT DISTINCT productcode FROM pdc WHERE gemeente = %(g)s AND productcategorie = %(c)s")


def read_benutting(verbinding: Connection, gemeente: str, toewijzing: Toewijzing, vandaag: date) -> Benutting:
    """Reckoned from the lines themselves, as far as the transaction may see them; one query, five more for a norm with hours."""
    sommen = _SOMMEN.all(verbinding, {"g": gemeente, "n": toewijzing.toewijzingnummer})
    laatste = _last_day(sommen)
    maximum = most_in_all(toewijzing, max(vandaag, laatste or vandaag))
    toegewezen = None if maximum is None else counted(toewijzing, maximum.volume)
    volume = {uitkomst: _sum_volume(toewijzing, sommen, uitkomst) for uitkomst in ("toegekend", "ter_beoordeling")}
    bedrag = {uitkomst: sum(som.bedrag for som in sommen if som.uitkomst == uitkomst) for uitkomst in volume}
    gebruikt, besteed = sum(volume.values()), sum(bedrag.values())
    return Benutting(
        eenheid=counting_unit(toewijzing) or None,
        toegewezen_volume=toegewezen,
        toegekend_volume=volume["toegekend"],
        aangehouden_volume=volume["ter_beoordeling"],
        resterend_volume=None if toegewezen is None else toegewezen - gebruikt,
        percentage_volume=_percentage(gebruikt, toegewezen),
        budget=toewijzing.budget,
        toegekend_bedrag=bedrag["toegekend"],
        aangehouden_bedrag=bedrag["ter_beoordeling"],
        resterend_budget=None if toewijzing.budget is None else toewijzing.budget - besteed,
        percentage_budget=_percentage(besteed, toewijzing.budget),
        per_product=tuple(_by_product(sommen)),
        per_maand=tuple(_by_month(toewijzing, sommen)),
        prognose=make_prognose(toewijzing, besteed, laatste, gebruikt, toegewezen),
        advies=_read_advies(verbinding, gemeente, toewijzing),
    )


def _read_advies(verbinding: Connection, gemeente: str, toewijzing: Toewijzing) -> Advies | None:
    """With the prices of the Ingangsdatum, where the norm names hours or etmalen."""
    normen = budgetnormen(gemeente)
    budgetnorm = norm_of(toewijzing, normen)
    norm = read_norm(budgetnorm) if budgetnorm else None
    if norm is None or toewijzing.categorie is None:
        return make_advies(toewijzing, normen)
    codes = _CODES.all(verbinding, {"g": gemeente, "c": toewijzing.categorie})
    contract, ingang = load_contract(verbinding, gemeente, toewijzing.agb, codes), toewijzing.ingangsdatum
    return make_advies(toewijzing, normen, list_prijzen(contract, toewijzing.categorie, norm.eenheid, ingang, ingang))


def _last_day(sommen: Iterable[_Som]) -> date | None:
    """Latest end of a ProductPeriode of which a line stands; what was held and what was awarded count together."""
    per_dag: dict[date, int] = {}
    for som in sommen:
        per_dag[som.einddatum] = per_dag.get(som.einddatum, 0) + som.aantal
    return max((dag for dag, aantal in per_dag.items() if aantal > 0), default=None)


def _sum_volume(toewijzing: Toewijzing, sommen: Sequence[_Som], uitkomst: str) -> int:
    return sum(in_counting_unit(toewijzing, som.volume, som.eenheid) for som in sommen if som.uitkomst == uitkomst)


def _percentage(gebruikt: int, geheel: int | None) -> int | None:
    return gebruikt * 100 // geheel if geheel else None


def _by_product(sommen: Iterable[_Som]) -> list[Productgebruik]:
    """Hours and minutes of one code together, in minutes."""
    gevonden: dict[tuple[str, str], Productgebruik] = {}
    for som in sommen:
        eenheid, volume = (MINUUT, som.volume * 60) if som.eenheid == UUR else (som.eenheid, som.volume)
        product = gevonden.setdefault((som.productcode, eenheid), Productgebruik(som.productcode, eenheid))
        if som.uitkomst == "toegekend":
            product.toegekend_volume += volume
            product.toegekend_bedrag += som.bedrag
        else:
            product.aangehouden_volume += volume
            product.aangehouden_bedrag += som.bedrag
    return [gevonden[sleutel] for sleutel in sorted(gevonden)]


def _by_month(toewijzing: Toewijzing, sommen: Iterable[_Som]) -> list[Maandgebruik]:
    gevonden: dict[date, Maandgebruik] = {}
    for som in sommen:
        maand = gevonden.setdefault(som.maand, Maandgebruik(f"{som.maand:%Y-%m}"))
        volume = in_counting_unit(toewijzing, som.volume, som.eenheid)
        if som.uitkomst == "toegekend":
            maand.toegekend_volume += volume
            maand.toegekend_bedrag += som.bedrag
        else:
            maand.aangehouden_volume += volume
            maand.aangehouden_bedrag += som.bedrag
    return [gevonden[dag] for dag in sorted(gevonden)]
