"""Where the use of an allocation is heading, and what is usual for a budget like it. Pure; amounts in cents, days inclusive."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from berichten.dossier.dossier import Toewijzing
from berichten.dossier.normbedrag import Normbedrag, make_normbedrag, read_norm
from berichten.dossier.standaarden import Budgetnorm
from berichten.kern.kalender import add_maanden, count_dagen
from berichten.kern.taal import telling
from berichten.kern.tekst import datum, euro

_LOOPTIJD = re.compile(r"([0-9]+) (weken|week|maanden|maand|jaar)")
_MAANDEN = {"maand": 1, "maanden": 1, "jaar": 12}


@dataclass(frozen=True, slots=True)
class Prognose:
    """The use so far, carried on evenly: as much a day until Einddatum as from Ingangsdatum to the last day that was billed."""

    tot_en_met: date
    """Last day of the last ProductPeriode that counts."""
    dagen: int
    """Days from Ingangsdatum to that day."""
    einddatum: date | None
    bedrag: int | None
    """Use at Einddatum, rounded half up; None without Einddatum."""
    budget_op: date | None
    """First day on which the whole budget is used; None when that is after Einddatum, or when there is no budget."""
    volume_op: date | None
    """The same of the volume that is allocated over the whole time; None for an allocation without Einddatum."""
    uitleg: str


@dataclass(frozen=True, slots=True)
class Advies:
    """What is usual for the category of an allocation. Advice on it, never a ground to refuse anything."""

    categorie: str
    naam: str
    intensiteit: str
    budget_gebaseerd_op: str
    gebruikelijke_looptijd: str
    gebruikelijke_einddatum: date
    """Last day of an allocation that begins on this Ingangsdatum and lasts as long as is usual."""
    looptijd: str
    """`langer`, `gelijk`, `korter`, or `open` for an allocation without Einddatum."""
    tekst: str
    normbedrag: Normbedrag


def make_prognose(
    toewijzing: Toewijzing, besteed: int, laatste: date | None, volume: int = 0, toegewezen: int | None = None
) -> Prognose | None:
    """The forecast from cents used up to and including `laatste`; None while nothing counts. `volume` of `toegewezen` is used, both
    in the unit in which the allocation is counted."""
    if laatste is None or laatste < toewijzing.ingangsdatum:
        return None
    begin, einde = toewijzing.ingangsdatum, toewijzing.einddatum
    dagen = count_dagen(begin, laatste)
    bedrag = None if einde is None else _carry_on(besteed, dagen, count_dagen(begin, max(einde, laatste)))
    uiterlijk = None if einde is None else max(einde, laatste)
    op = _find_last_day(begin, besteed, dagen, toewijzing.budget, uiterlijk)
    vol = None if einde is None else _find_last_day(begin, volume, dagen, toegewezen, uiterlijk)
    uitleg = _explain(toewijzing, besteed, laatste, dagen, bedrag, op)
    if vol is not None:
        uitleg += f" In dit tempo is het toegewezen volume op {datum(vol)} op."
    return Prognose(laatste, dagen, einde, bedrag, op, vol, uitleg)


def _carry_on(besteed: int, dagen: int, alle_dagen: int) -> int:
    """Rounded half up once, also where more was credited than awarded."""
    return (2 * besteed * alle_dagen + dagen) // (2 * dagen)


def _find_last_day(begin: date, gebruikt: int, dagen: int, geheel: int | None, uiterlijk: date | None) -> date | None:
    """The day on which even use reaches the whole; None when it never does, not by `uiterlijk`, or not within the calendar."""
    if not geheel or gebruikt <= 0:
        return None
    nodig = -(-geheel * dagen // gebruikt)
    if nodig > (date.max - begin).days:
        return None
    dag = begin + timedelta(days=nodig - 1)
    return None if uiterlijk is not None and dag > uiterlijk else dag


def _explain(toewijzing: Toewijzing, besteed: int, laatste: date, dagen: int, bedrag: int | None, op: date | None) -> str:
    zinnen = [
        f"Van {datum(toewijzing.ingangsdatum)} tot en met {datum(laatste)} ({telling(dagen, 'dag', 'dagen')})"
        f" is {euro(besteed)} gebruikt."
    ]
    if bedrag is not None and toewijzing.einddatum is not None:
        zinnen.append(f"Met evenveel per dag is dat op {datum(toewijzing.einddatum)} {euro(bedrag)}.")
    if toewijzing.budget is not None:
        zinnen.append(f"Het budget is {euro(toewijzing.budget)}.")
    if op is not None:
        zinnen.append(f"In dit tempo is het budget op {datum(op)} op. Overleg op tijd met het gezin en het lokale team.")
    return " ".join(zinnen)


def norm_of(toewijzing: Toewijzing, normen: dict[str, Budgetnorm]) -> Budgetnorm | None:
    """The norm for an allocation by category; None for one with a product code, and for a category without norm."""
    return normen.get(toewijzing.categorie or "") if toewijzing.productcode is None else None


def make_advies(toewijzing: Toewijzing, normen: dict[str, Budgetnorm], prijzen: Iterable[int] = ()) -> Advies | None:
    """Advice by the norm for an allocation; `prijzen` are cents of an hour or etmaal in the contract (`list_prijzen`)."""
    norm = norm_of(toewijzing, normen)
    if norm is None:
        return None
    gebruikelijk = usual_end(toewijzing.ingangsdatum, norm.looptijd)
    looptijd = _compare(toewijzing.einddatum, gebruikelijk)
    einde = max(toewijzing.einddatum or gebruikelijk, toewijzing.ingangsdatum)
    bedrag = make_normbedrag(read_norm(norm), toewijzing.ingangsdatum, einde, toewijzing.budget, prijzen)
    return Advies(
        toewijzing.categorie or "", norm.naam, norm.intensiteit, norm.budget_gebaseerd_op, norm.looptijd, gebruikelijk, looptijd,
        f"{_advise(norm, looptijd, toewijzing.einddatum, gebruikelijk)} {bedrag.uitleg}", bedrag,
    )  # fmt: skip


def usual_end(begin: date, looptijd: str) -> date:
    """Last day of a period of so many weeks, months or years. Raises ValueError for a text that is no such period."""
    gevonden = _LOOPTIJD.fullmatch(looptijd)
    if gevonden is None:
        raise ValueError("looptijd is geen aantal weken, maanden of jaren")
    aantal, maat = int(gevonden[1]), gevonden[2]
    na = add_maanden(begin, aantal * _MAANDEN[maat]) if maat in _MAANDEN else begin + timedelta(weeks=aantal)
    return na - timedelta(days=1)


def _compare(einddatum: date | None, gebruikelijk: date) -> str:
    if einddatum is None:
        return "open"
    return "gelijk" if einddatum == gebruikelijk else "langer" if einddatum > gebruikelijk else "korter"


def _advise(norm: Budgetnorm, looptijd: str, einddatum: date | None, gebruikelijk: date) -> str:
    zinnen = [f"Voor {norm.naam} (categorie {norm.categorie}) is een looptijd van {norm.looptijd} gebruikelijk."]
    if einddatum is None:
        zinnen.append(f"Deze toewijzing heeft geen einddatum; gebruikelijk is tot en met {datum(gebruikelijk)}.")
    elif looptijd == "gelijk":
        zinnen.append("Deze toewijzing duurt even lang.")
    else:
        zinnen.append(f"Deze toewijzing duurt {looptijd}: tot en met {datum(einddatum)} in plaats van {datum(gebruikelijk)}.")
    zinnen.append(f"Waarop het budget gewoonlijk is gebaseerd: {norm.budget_gebaseerd_op}. Intensiteit: {norm.intensiteit}.")
    return " ".join(zinnen)
