"""The figures of a quarterly report: key figures beside last year and budget, segments, indicators. Pure; from cents, as shown.

A figure is a whole number (euros, or clients), a percent with one decimal, a text (`≤5`, `-`, or from which day it is known), or
None where there is none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from berichten.kern.rekenen import divide
from berichten.kern.tekst import datum
from berichten.rapporten.ingesteld.instelstand import Instelstand
from berichten.rapporten.monitor.clienten import Cijfer
from berichten.rapporten.monitor.tabel import VERBORGEN_TEKST, Waarde, euros, per_client, percent, sort_by
from berichten.rapporten.monitor.tabel1 import SEGMENTEN, segment_label
from berichten.rapporten.sturen.kwartaalbegroting import NIET_VERDEELD, Begroting

NOG_NIET = "nog niet te bepalen"
OP_KOERS, LET_OP, BIJSTUREN = "op koers", "let op", "bijsturen"
BUITEN_BERICHTEN, SAMEN = "Buiten berichten", "Totaal met facturen buiten berichten"
MINSTE_NOEMER, GROOTSTE_KLEIN = 20, 5
"""A percent of people or lines is over no fewer than so many, and no part of it is one of 1 to 5."""


@dataclass(frozen=True, slots=True)
class Uitlegsgrenzen:
    """From where something has to be explained, in percents; a gemeente sets them (`instelcatalogus.py`)."""

    verschil: Decimal
    """Beyond which a difference with last year asks for an explanation."""
    op_koers: Decimal
    """Up to which a forecast is on course; both may be above or below budget."""
    let_op: Decimal

    @classmethod
    def of(cls, stand: Instelstand) -> "Uitlegsgrenzen":
        """As the gemeente set them."""
        return cls(stand.percent("kwartaal_uitleg"), stand.percent("kwartaal_op_koers"), stand.percent("kwartaal_let_op"))


@dataclass(frozen=True, slots=True)
class Kernrij:
    """One row of the key figures, as it is shown."""

    rij: str
    """Name of the row: what an explanation and an action hang on."""
    eenheid: str
    """`euro`, `clienten` or `pct`."""
    deze_periode: Waarde
    vorig_jaar_toen: Waarde = None
    verschil: Waarde = None
    verschil_pct: Waarde = None
    vorig_jaar_nu: Waarde = None
    begroot: Waarde = None
    afwijking: Waarde = None
    afwijking_pct: Waarde = None
    oordeel: str = ""

    def must_explain(self, grenzen: Uitlegsgrenzen) -> bool:
        """Whether a report without words on this row cannot be established."""
        groot = isinstance(self.verschil_pct, Decimal) and abs(self.verschil_pct) > grenzen.verschil
        return groot or self.oordeel == BIJSTUREN


@dataclass(frozen=True, slots=True)
class Segmentrij:
    """One segment: cost of the period, of the year beside its budget, and where it ends."""

    segment: str
    kosten: int
    kosten_jaar: int
    begroot: Waarde
    uitputting_pct: Waarde
    prognose: int
    clienten: Waarde


@dataclass(frozen=True, slots=True)
class Indicatorrij:
    """One indicator over the period, and over the same period of the year before as it is known now."""

    nr: int
    indicator: str
    maat: str
    eenheid: str
    waarde: Waarde
    vorig_jaar: Waarde


def judge(prognose: int, begroot: int | None, grenzen: Uitlegsgrenzen) -> str:
    """A forecast beside the budget of its year, in cents; empty without budget. By the percent as it is shown."""
    pct = None if begroot is None else percent(prognose - begroot, begroot)
    if pct is None:
        return ""
    return OP_KOERS if abs(pct) <= grenzen.op_koers else LET_OP if abs(pct) <= grenzen.let_op else BIJSTUREN


def make_bedragrij(rij: str, deze: int, toen: int, nu: int | None, begroot: int | None = None, oordeel: str = "") -> Kernrij:
    """From cents: differences from the cents, not from what is shown of them."""
    over = None if begroot is None else deze - begroot
    return Kernrij(
        rij, "euro", euros(deze), euros(toen), euros(deze - toen), percent(deze - toen, toen), _euros(nu), _euros(begroot),
        _euros(over), None if begroot is None or over is None else percent(over, begroot), oordeel,
    )  # fmt: skip


def make_clientrij(rij: str, deze: Waarde, toen: Waarde, nu: Waarde) -> Kernrij:
    """From counts as they may be shown. Of last year's two no small difference is shown: it would tell who came in later."""
    if isinstance(toen, int) and isinstance(nu, int) and 0 < abs(toen - nu) <= GROOTSTE_KLEIN:
        nu = VERBORGEN_TEKST
    if not (isinstance(deze, int) and isinstance(toen, int)):
        return Kernrij(rij, "clienten", deze, toen, vorig_jaar_nu=nu)
    return Kernrij(rij, "clienten", deze, toen, deze - toen, percent(deze - toen, toen), nu)


def make_per_client(rij: str, deze: Cijfer | None, toen: Cijfer | None, nu: Cijfer | None) -> Kernrij:
    """From cents and clients of each; differences from those too, not from whole euros. `-` beside a count that is not shown."""
    dit, dat, intussen = (VERBORGEN_TEKST if item is None else per_client(item.bedrag, item.aantal, item.teken)
                          for item in (deze, toen, nu))  # fmt: skip
    if deze is None or toen is None or VERBORGEN_TEKST in (dit, dat):
        return Kernrij(rij, "euro", dit, dat, vorig_jaar_nu=intussen)
    # a / n - b / m is (a x m - b x n) / (n x m), and of b / m that is the part (a x m - b x n) / (b x n).
    verschil = deze.bedrag * toen.aantal - toen.bedrag * deze.aantal
    return Kernrij(
        rij,
        "euro",
        dit,
        dat,
        divide(verschil, 100 * deze.aantal * toen.aantal),
        percent(verschil, toen.bedrag * deze.aantal),
        intussen,
    )


def show_share(deel: int, geheel: int) -> Waarde:
    """A whole percent without what it is over, where no small group can be told from it; else `-`."""
    rest = geheel - deel
    veilig = geheel >= MINSTE_NOEMER and all(item == 0 or item > GROOTSTE_KLEIN for item in (deel, rest))
    return divide(100 * deel, geheel) if veilig else VERBORGEN_TEKST


def known_from(dag: date, peildatum: date) -> str | None:
    """`nog niet te bepalen, vanaf 1 november 2026`; None when it is known on the peildatum."""
    return f"{NOG_NIET}, vanaf {datum(dag)}" if peildatum < dag else None


def make_segmenten(
    kosten: Mapping[str, int],
    kosten_jaar: Mapping[str, int],
    rest: Mapping[str, int],
    begroting: Begroting,
    clienten: Mapping[str, Waarde],
    zonder: Waarde = 0,
    buiten: tuple[int, int] = (0, 0),
) -> list[Segmentrij]:
    """By segment of the catalogue, in its order; what is budgeted for none is a row of its own. Cents in, whole euros out.

    `rest`: what comes to the cost of the year to make its forecast. `zonder`: what stands for clients of a segment that has none.
    `buiten`: what was paid outside the messages, of the period and of its year; a row of its own below the total that ties.
    """
    begroot = {naam: begroting.of_year(naam) for naam in begroting.per_segment if naam != NIET_VERDEELD}
    codes = list(SEGMENTEN)
    namen = sorted({*kosten, *kosten_jaar, *rest, *begroot}, key=lambda code: sort_by(codes, code))
    rijen = [
        Segmentrij(
            segment_label(naam), euros(kosten.get(naam, 0)), euros(kosten_jaar.get(naam, 0)), _euros(begroot.get(naam)),
            _used(kosten_jaar.get(naam, 0), begroot.get(naam)), euros(kosten_jaar.get(naam, 0) + rest.get(naam, 0)),
            clienten.get(naam, zonder),
        )
        for naam in namen
    ]  # fmt: skip
    onverdeeld = begroting.of_year(NIET_VERDEELD)
    if onverdeeld is not None:
        rijen.append(Segmentrij("Niet verdeeld", 0, 0, euros(onverdeeld), None, 0, 0))
    alles, jaar = sum(kosten.values()), sum(kosten_jaar.values())
    totaal = begroting.of_year()
    rijen.append(
        Segmentrij("Totaal", euros(alles), euros(jaar), _euros(totaal), _used(jaar, totaal), euros(jaar + sum(rest.values())), None)
    )
    if any(buiten):
        deze, dit_jaar = buiten
        prognose = euros(jaar + sum(rest.values()) + dit_jaar)
        rijen.append(Segmentrij(BUITEN_BERICHTEN, euros(deze), euros(dit_jaar), None, None, euros(dit_jaar), None))
        alles, jaar = alles + deze, jaar + dit_jaar
        rijen.append(Segmentrij(SAMEN, euros(alles), euros(jaar), _euros(totaal), _used(jaar, totaal), prognose, None))
    return rijen


def _used(kosten: int, begroot: int | None) -> Waarde:
    return None if begroot is None else percent(kosten, begroot)


def _euros(centen: int | None) -> int | None:
    return None if centen is None else euros(centen)


def list_to_explain(rijen: Sequence[Kernrij], grenzen: Uitlegsgrenzen) -> list[str]:
    """Names of the rows on which something has to be written."""
    return [rij.rij for rij in rijen if rij.must_explain(grenzen)]
