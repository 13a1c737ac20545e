"""Segments and indicators of a region as tables. Pure; from cents and counts of each member."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from berichten.kern.tekst import datum
from berichten.rapporten.monitor.tabel import VERBORGEN_TEKST, Tabel, Waarde
from berichten.rapporten.regio.ledenlijst import Regio
from berichten.rapporten.sturen.kwartaalbegroting import MAANDEN, NIET_VERDEELD, Begroting
from berichten.rapporten.sturen.kwartaalcijfers import Indicatorrij, Segmentrij, make_segmenten
from berichten.standaard.waarden.gemeenten import name_of_gemeente

SEGMENTKOLOMMEN = (
    "segment", "kosten_euro", "kosten_dit_jaar_euro", "begroot_jaar_euro", "uitputting_pct", "prognose_jaar_euro",
)  # fmt: skip
INDICATORKOLOMMEN = ("nr", "indicator", "maat", "eenheid", "waarde", "vorig_jaar")


@dataclass(slots=True)
class Segmentsom:
    """Cents by segment of one member, or of all together."""

    kosten: dict[str, int] = field(default_factory=dict)
    jaar: dict[str, int] = field(default_factory=dict)
    """This and what follows is empty of a member that left before the peildatum."""
    rest: dict[str, int] = field(default_factory=dict)
    begroting: Begroting | None = None
    buiten: tuple[int, int] = (0, 0)
    """Of the period and of the year."""


def add_segmenten(leden: Iterable[Segmentsom], blijvers: Iterable[Segmentsom], jaar: int) -> list[Segmentrij]:
    """Of all members the cost of the period; of those that stayed (`blijvers`) the year, its forecast and its budget."""
    alle, gebleven = list(leden), list(blijvers)
    buiten = sum(item.buiten[0] for item in alle), sum(item.buiten[1] for item in gebleven)
    rijen = make_segmenten(
        _sum(item.kosten for item in alle), _sum(item.jaar for item in gebleven), _sum(item.rest for item in gebleven),
        join_budgets([item.begroting for item in gebleven], jaar), {}, None, buiten,
    )  # fmt: skip
    return [rij for rij in rijen if rij.kosten or rij.kosten_jaar or rij.begroot or rij.prognose]


def _sum(delen: Iterable[Mapping[str, int]]) -> dict[str, int]:
    som: defaultdict[str, int] = defaultdict(int)
    for deel in delen:
        for naam, bedrag in deel.items():
            som[naam] += bedrag
    return dict(som)


def join_budgets(begrotingen: Sequence[Begroting | None], jaar: int) -> Begroting:
    """Of all together, where each has one; by segment only where each has divided all of its own."""
    bekend = [item for item in begrotingen if item is not None and item.bekend]
    if not bekend or len(bekend) < len(begrotingen):
        return Begroting(jaar, {})
    verdeeld = all(NIET_VERDEELD not in item.per_segment for item in bekend)
    per_segment: dict[str, list[int]] = {}
    for item in bekend:
        for naam, maanden in item.per_segment.items():
            som = per_segment.setdefault(naam if verdeeld else NIET_VERDEELD, [0] * MAANDEN)
            som[:] = [een + ander for een, ander in zip(som, maanden, strict=True)]
    return Begroting(jaar, {naam: tuple(maanden) for naam, maanden in per_segment.items()})


def make_regiosegmenten(regio: Regio, rijen: Sequence[Segmentrij], weg: Mapping[str, date], zonder: Sequence[str]) -> Tabel:
    """`weg`: members that left before the peildatum, with their last day; `zonder`: members that loaded no budget."""
    cellen = tuple(
        (rij.segment, rij.kosten, rij.kosten_jaar, rij.begroot, rij.uitputting_pct, rij.prognose) for rij in rijen
    )  # fmt: skip
    toelichting = (
        f"{regio.titel}, alle gemeenten samen.",
        *regio.wisselingen,
        *_tell_left(weg, "Het jaar, de prognose en de begroting zijn van de andere gemeenten samen."),
        *([f"Er is geen begroting geladen van: {', '.join(map(name_of_gemeente, zonder))}."] if zonder else []),
        "De begroting staat per segment als elke gemeente de hare heeft verdeeld. Cliënten staan er per segment niet in.",
    )
    return Tabel("regio-segmenten", SEGMENTKOLOMMEN, cellen, toelichting)


def _tell_left(weg: Mapping[str, date], zin: str) -> list[str]:
    namen = [f"{name_of_gemeente(code)} is na {datum(dag)} geen lid meer." for code, dag in weg.items()]
    return [*namen, zin] if namen else []


def hide_told(samen: Sequence[Indicatorrij], zonder_een: Iterable[Sequence[Indicatorrij]]) -> list[Indicatorrij]:
    """What a region shows of itself, where no member can take its own from it and be left with a small group.

    `zonder_een`: the same rows of the region without one member, for each of them.
    """
    andere = list(zonder_een)

    def safe(plek: int, naam: str) -> Waarde:
        verborgen = any(getattr(rijen[plek], naam) == VERBORGEN_TEKST for rijen in andere)
        return VERBORGEN_TEKST if verborgen else getattr(samen[plek], naam)

    return [replace(rij, waarde=safe(plek, "waarde"), vorig_jaar=safe(plek, "vorig_jaar")) for plek, rij in enumerate(samen)]


def make_regioindicatoren(regio: Regio, rijen: Sequence[Indicatorrij], weg: Mapping[str, date]) -> Tabel:
    """What was uploaded by a member is not in it: percents of members do not add up."""
    cellen = tuple((rij.nr, rij.indicator, rij.maat, rij.eenheid, rij.waarde, rij.vorig_jaar) for rij in rijen)
    toelichting = (
        f"{regio.titel}, alle gemeenten samen; een traject is van één gemeente.",
        *_tell_left(weg, "De indicatoren zijn van de andere gemeenten samen."),
        "Een streepje staat waar het cijfer over een kleine groep zou gaan, ook als een gemeente haar eigen cijfers eraf haalt.",
    )
    return Tabel("regio-indicatoren", INDICATORKOLOMMEN, cellen, toelichting)
