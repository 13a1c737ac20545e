"""Two reckonings on cost alone, which tell of no client: the forecast of a year, and the division over gemeenten.

Forecast: this year's stand x last year's total / last year's stand at the same date. A stand is what declarations with a
DeclaratieDagtekening up to that day hold of care in that year, awarded minus credited: the region counts by invoice date, and an
archive that is replayed later has the same stands.

How sure that is follows from how much this year's months differ among one another from last year's (`find_marge`).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import sqrt
from typing import NamedTuple

from sqlalchemy import Connection

from berichten.kern.kalender import add_maanden
from berichten.kern.rekenen import divide, share_out
from berichten.opslag.basis.vraag import Vraag
from berichten.rapporten.monitor.bereik import Bereik, year_of
from berichten.rapporten.monitor.tabel import OP_ZORGMAAND, Tabel, Waarde, euros, sort_by
from berichten.rapporten.monitor.tabel1 import SEGMENTEN, segment_label

OP_FACTUURDATUM = (
    "Een stand telt de hulp uit declaraties waarvan de DeclaratieDagtekening (de factuurdatum) uiterlijk op die dag valt, ook als"
    " de gemeente ze later boekte. Zo telt de regio ook."
)
"""What a stand counts, for under the table."""
NIET_TE_BEPALEN = "niet te bepalen"
"""In place of a forecast where last year had nothing at this date."""
_PROGNOSE_KOLOMMEN = (
    "segment", "stand_euro", "vorig_jaar_stand_euro", "vorig_jaar_totaal_euro", "prognose_euro", "prognose_laag_euro",
    "prognose_hoog_euro", "verschil_met_vorig_jaar_euro",
)  # fmt: skip
_MINSTE_MAANDEN = 3
_HEEL = 10_000
"""Hundredths of a percent."""
_T90 = (0.0, 3.078, 1.886, 1.638, 1.533, 1.476, 1.440, 1.415, 1.397, 1.383, 1.372, 1.363)
"""Ninth decile of Student's t by degrees of freedom: eight in ten lie between minus this and this."""


@dataclass(frozen=True, slots=True)
class Maandstand:
    """Cents of care in one month of the year: this year so far, last year at the same date, and all of last year as known now."""

    maand: int
    """1 to 12; 0 for all of them."""
    nu: int
    toen: int
    vorig_jaar: int


@dataclass(frozen=True, slots=True)
class Segmentstand:
    """The months of one segment in which there is anything."""

    segment: str
    maanden: tuple[Maandstand, ...]

    @property
    def geheel(self) -> Maandstand:
        """Of the year."""
        return _add(0, self.maanden)


def _add(maand: int, standen: Iterable[Maandstand]) -> Maandstand:
    alle = list(standen)
    return Maandstand(maand, *(sum(getattr(item, veld) for item in alle) for veld in ("nu", "toen", "vorig_jaar")))


def _add_months(standen: Sequence[Segmentstand]) -> tuple[Maandstand, ...]:
    """Of all segments together, by month."""
    alle = [item for stand in standen for item in stand.maanden]
    return tuple(_add(maand, (item for item in alle if item.maand == maand)) for maand in sorted({item.maand for item in alle}))


class _Cel(NamedTuple):
    segment: str
    maand: int
    nu: int
    toen: int
    vorig_jaar: int


_OP_SPREIDING = (
    "Laag en hoog: als de maanden die nog komen evenveel van elkaar verschillen als de maanden tot nu toe, komt het jaar in acht"
    " van de tien gevallen daartussen uit. Dat verschil is de groei van elke maand ten opzichte van dezelfde maand vorig jaar. Met"
    f" minder dan {_MINSTE_MAANDEN} maanden is het niet te bepalen. Nieuwe tarieven of beleid zitten er niet in."
)
"""How the band was reckoned, for under the table."""


class _Kosten(NamedTuple):
    gemeente: str
    bedrag: int


_STANDEN = Vraag(
    _Cel,
    """
    SELECT coalesce(pdc.segment, '') AS segment, extract(month FROM j.zorgmaand)::int AS maand,
        coalesce(sum(j.bedrag) FILTER (WHERE j.zorgmaand >= %(van)s AND d.dagtekening <= %(nu)s), 0)::bigint AS nu,
        coalesce(sum(j.bedrag) FILTER (WHERE j.zorgmaand < %(van)s AND d.dagtekening <= %(toen)s), 0)::bigint AS toen,
        coalesce(sum(j.bedrag) FILTER (WHERE j.zorgmaand < %(van)s AND d.dagtekening <= %(nu)s), 0)::bigint AS vorig_jaar
    FROM journaal j
    JOIN prestatie p ON p.gemeente = j.gemeente AND p.prestatie_id = j.prestatie_id
    JOIN declaratie d ON d.gemeente = p.gemeente AND d.bericht_id = p.bericht_id
    LEFT JOIN pdc ON pdc.gemeente = j.gemeente AND pdc.productcode = j.productcode
        AND p.begindatum BETWEEN pdc.ingangsdatum AND coalesce(pdc.einddatum, 'infinity')
    WHERE j.gemeente = ANY(%(gemeenten)s) AND j.zorgmaand BETWEEN %(vorig)s AND %(tot)s
    GROUP BY 1, 2 ORDER BY 1, 2
    """,
)
_KOSTEN = Vraag(
    _Kosten,
    """
    SELECT gemeente, sum(toegekend + gecrediteerd + correcties)::bigint AS bedrag FROM boektotaal
    WHERE gemeente = ANY(%(gemeenten)s) AND zorgmaand BETWEEN %(van)s AND %(tot)s GROUP BY gemeente
    """,
)


def forecast(nu: int, toen: int, vorig_jaar: int) -> int | None:
    """Cents that the year will cost at last year's pace; None when last year had nothing at this date."""
    return divide(nu * vorig_jaar, toen) if toen > 0 else None


def forecast_total(standen: Sequence[Segmentstand]) -> int | None:
    """The forecast of all segments together, in cents; None when it cannot be told."""
    geheel = _add(0, _add_months(standen))
    return forecast(geheel.nu, geheel.toen, geheel.vorig_jaar)


def find_marge(maanden: Sequence[Maandstand]) -> int | None:
    """Cents to either side of the forecast between which the year ends in eight cases of ten; None with too few months to tell.

    The growth of each month (this year's stand / last year's) lies around that of all months together. Its spread, weighted by last
    year's amounts, is that of what is still to come: of each month by itself, and of the growth that all have in common, which is
    known from so many months only.
    """
    bekend = [maand for maand in maanden if maand.toen > 0]
    aantal = len(bekend)
    if aantal < _MINSTE_MAANDEN:
        return None
    toen = sum(maand.toen for maand in bekend)
    groei = sum(maand.nu for maand in bekend) / toen
    spreiding = sum(maand.toen * (maand.nu / maand.toen - groei) ** 2 for maand in bekend) / toen * aantal / (aantal - 1)
    rest = [maand.vorig_jaar - maand.toen for maand in maanden]
    fout = sqrt(spreiding * (sum(bedrag**2 for bedrag in rest) + sum(rest) ** 2 / aantal))
    return round(_T90[aantal - 1] * fout)


def read_standen(verbinding: Connection, bereik: Bereik, peildatum: date) -> list[Segmentstand]:
    """By segment, for the calendar year in which `bereik` begins, as declared up to and including `peildatum`."""
    jaar, vorig = year_of(bereik, 0), year_of(bereik, -1)
    waarden = {
        "gemeenten": list(bereik.gemeenten),
        "van": jaar.van,
        "tot": jaar.tot,
        "vorig": vorig.van,
        "nu": peildatum,
        "toen": add_maanden(peildatum, -12),
    }
    per_segment: defaultdict[str, list[Maandstand]] = defaultdict(list)
    for cel in _STANDEN.all(verbinding, waarden):
        per_segment[cel.segment].append(Maandstand(cel.maand, cel.nu, cel.toen, cel.vorig_jaar))
    return [Segmentstand(segment, tuple(maanden)) for segment, maanden in per_segment.items()]


def make_prognose(standen: Sequence[Segmentstand], peildatum: date) -> Tabel:
    """By segment, and the total forecast as a whole: the sum of the segments' forecasts would differ."""
    codes = list(SEGMENTEN)
    rijen = [_forecast_row(segment_label(item.segment), item) for item in sorted(standen, key=lambda s: sort_by(codes, s.segment))]
    if standen:
        rijen.append(_forecast_row("Totaal", Segmentstand("", _add_months(standen))))
    uitleg = (
        f"Stand van dit jaar op {peildatum:%d-%m-%Y}, maal het totaal van vorig jaar, gedeeld door de stand van vorig jaar op"
        " dezelfde datum. Het totaal is op zichzelf berekend en kan dus verschillen van de som van de segmenten."
    )
    return Tabel("jaarprognose", _PROGNOSE_KOLOMMEN, tuple(rijen), (uitleg, _OP_SPREIDING, OP_FACTUURDATUM))


def _forecast_row(naam: str, stand: Segmentstand) -> tuple[Waarde, ...]:
    geheel = stand.geheel
    prognose, marge = forecast(geheel.nu, geheel.toen, geheel.vorig_jaar), find_marge(stand.maanden)
    bekend = (euros(geheel.nu), euros(geheel.toen), euros(geheel.vorig_jaar))
    if prognose is None:
        return (naam, *bekend, *[NIET_TE_BEPALEN] * 4)
    laag, hoog = (NIET_TE_BEPALEN, NIET_TE_BEPALEN) if marge is None else (euros(prognose - marge), euros(prognose + marge))
    return (naam, *bekend, euros(prognose), laag, hoog, euros(prognose - geheel.vorig_jaar))


def read_kosten(verbinding: Connection, bereik: Bereik) -> dict[str, int]:
    """Cents of care in the period by gemeente, 0 for one that has none."""
    rijen = _KOSTEN.all(verbinding, {"gemeenten": list(bereik.gemeenten), "van": bereik.van, "tot": bereik.tot})
    return dict.fromkeys(bereik.gemeenten, 0) | {rij.gemeente: rij.bedrag for rij in rijen}


def make_verdeelsleutel(kosten: dict[str, int], jaar: int) -> Tabel:
    """Each gemeente's part of the realised cost of one year, in percents with two decimals that add up to 100 exactly."""
    delen = dict(zip(kosten, share_out(_HEEL, list(kosten.values())), strict=True))
    rijen: list[tuple[Waarde, ...]] = [
        (gemeente, jaar, euros(kosten[gemeente]), Decimal(delen[gemeente]) / 100) for gemeente in sorted(kosten)
    ]
    rijen.append(("Totaal", jaar, euros(sum(kosten.values())), Decimal(sum(delen.values())) / 100))
    return Tabel("verdeelsleutel", ("gemeente", "jaar", "kosten_euro", "aandeel_procent"), tuple(rijen), (OP_ZORGMAAND,))
