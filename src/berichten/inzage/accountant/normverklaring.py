"""A verklaring as it is shown: four norms, what they rest on, and the seal over the booking."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from berichten.rapporten.accountant.normen import Toetsnorm
from berichten.rapporten.accountant.verklaring import Regelverklaring, list_moments
from berichten.rapporten.accountant.zinnen import Getoetst, list_tested, tell_norm

Normnaam = Literal["recht", "omvang", "declaratie", "levering"]
Normwaarde = Literal["aangetoond", "besluit", "onzeker", "fout"]


@dataclass(frozen=True, slots=True)
class Normverklaring:
    """One norm. Amounts in eurocents."""

    norm: Normnaam
    waarde: Normwaarde
    zin: str
    fout_bedrag: int
    onzeker_bedrag: int
    regels: list[Getoetst]


@dataclass(frozen=True, slots=True)
class Feitmoment:
    """When a fact came to be known."""

    wat: str
    op: datetime | date


@dataclass(frozen=True, slots=True)
class Boekzegel:
    """The seal over all that was booked on a day; empty while that day is not sealed."""

    dag: date
    zegel: str | None


@dataclass(frozen=True, slots=True)
class Verklaring:
    """What can be shown of a line. Amounts in eurocents, each cent once in `fout_bedrag` and `onzeker_bedrag`."""

    prestatie_id: int
    referentienummer: str
    agb: str
    bedrag: int
    """Awarded, less what was credited and corrected."""
    waarde: Normwaarde
    fout_bedrag: int
    onzeker_bedrag: int
    peilmoment: datetime
    normen: list[Normverklaring]
    feiten: list[Feitmoment]
    zegel: Boekzegel


def show_verklaring(verklaring: Regelverklaring, op: datetime) -> Verklaring:
    """As it is shown."""
    regel = verklaring.regel
    return Verklaring(
        regel.prestatie_id, regel.referentienummer, regel.agb, regel.bedrag, _name(verklaring.waarde.naam), verklaring.fout,
        verklaring.onzeker, op, [_show_norm(verklaring, norm) for norm in Toetsnorm],
        [Feitmoment(item.wat, item.op) for item in list_moments(regel)], Boekzegel(regel.boekdag, regel.zegel),
    )  # fmt: skip


def _show_norm(verklaring: Regelverklaring, norm: Toetsnorm) -> Normverklaring:
    oordeel = verklaring.normen[norm]
    return Normverklaring(
        norm.value, _name(oordeel.waarde.naam), tell_norm(verklaring, norm), oordeel.fout, oordeel.onzeker,
        list_tested(verklaring.regel, norm),
    )  # fmt: skip


def _name(naam: str) -> Normwaarde:
    return naam  # type: ignore[return-value]
