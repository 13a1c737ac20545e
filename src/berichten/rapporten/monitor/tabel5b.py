"""Table 5b: courses within and beyond the frames for duration and size; with other maxima a what-if. Pure."""

from collections.abc import Sequence

from berichten.kern.rekenen import divide
from berichten.rapporten.afscherming.optelling import TOTAAL, Rijbesluit, Telling, mark
from berichten.rapporten.afscherming.overlap import KLEIN_TOT
from berichten.rapporten.monitor.tabel import KLEIN_TEKST, OP_ZORGMAAND, VERBORGEN_TEKST, Tabel, Waarde, show, sort_by
from berichten.rapporten.monitor.tabel1 import SEGMENTEN
from berichten.rapporten.monitor.trajecten import Kaderstand

SPLITSING = "kader"
_VOLGORDE = ("Behandeling met verblijf", "Gesloten jeugdhulp", "Dagbehandeling & besteding", "Individuele begeleiding", "Basis GGZ")
"""Frames of one segment in the order of the region's report; others after them."""
KOLOMMEN = ("segment", "naam", "trajecten_totaal", "kosten_totaal", "trajecten_buiten_kader", "kosten_buiten_kader")
WAT_ALS = (
    "Dit is een doorrekening met andere grenzen. De aantallen zijn afgerond op tientallen: uit het verschil tussen twee"
    " doorrekeningen zou anders af te leiden zijn hoe lang het traject van één jeugdige duurt."
)


def count_courses(stand: Kaderstand) -> Telling:
    """Within, beyond, and together: all of them counts that may not be small."""
    return stand.binnen, stand.buiten, stand.binnen + stand.buiten


def total_courses(standen: Sequence[Kaderstand]) -> Telling:
    """The same over all frames."""
    binnen, buiten = sum(item.binnen for item in standen), sum(item.buiten for item in standen)
    return binnen, buiten, binnen + buiten


def make_tabel5b(standen: Sequence[Kaderstand], besluit: Rijbesluit) -> Tabel:
    """By frame, with the maxima that are loaded. Cost in euros, rounded to thousands as in the region's report."""
    rijen = [
        _row(item.segment, item.kader, item, count_courses(item), besluit.hides(SPLITSING, item.kader))
        for item in _ordered(standen)
    ]
    if standen:
        totaal = _sum(standen)
        rijen.append(_row("TOTAAL", "", totaal, total_courses(standen), besluit.hides(TOTAAL, TOTAAL)))
    return Tabel("tabel5b", KOLOMMEN, tuple(rijen), (OP_ZORGMAAND,))


def make_wat_als(standen: Sequence[Kaderstand], besluit: Rijbesluit) -> Tabel:
    """By frame, with other maxima: counts to tens, so that no two of these tables tell of a small group; no total.

    `besluit` is that of the table with the loaded maxima: what is hidden there is hidden here.
    """
    rijen = tuple(
        (
            item.segment,
            item.kader,
            _tens(item.binnen + item.buiten, besluit.hides(SPLITSING, item.kader)),
            _thousands(item.kosten),
            _tens(item.buiten, besluit.hides(SPLITSING, item.kader)),
            _thousands(item.kosten_buiten),
        )
        for item in _ordered(standen)
    )
    return Tabel("tabel5b", KOLOMMEN, rijen, (WAT_ALS, OP_ZORGMAAND))


def _row(segment: str, naam: str, stand: Kaderstand, telling: Telling, verborgen: bool) -> tuple[Waarde, ...]:
    _, buiten, alle = telling
    return (
        segment,
        naam,
        show(alle, mark(alle, verborgen)),
        _thousands(stand.kosten),
        show(buiten, mark(buiten, verborgen)),
        _thousands(stand.kosten_buiten),
    )


def _ordered(standen: Sequence[Kaderstand]) -> list[Kaderstand]:
    codes = list(SEGMENTEN)
    return sorted(standen, key=lambda item: (sort_by(codes, item.segment), sort_by(_VOLGORDE, item.kader)))


def _sum(standen: Sequence[Kaderstand]) -> Kaderstand:
    velden = ("binnen", "buiten", "kosten", "kosten_buiten")
    return Kaderstand("", "TOTAAL", *(sum(getattr(item, veld) for item in standen) for veld in velden))


def _thousands(centen: int) -> int:
    return divide(centen, 100_000) * 1000


def _tens(aantal: int, verborgen: bool) -> Waarde:
    if aantal <= KLEIN_TOT:
        return KLEIN_TEKST
    return VERBORGEN_TEKST if verborgen else divide(aantal, 10) * 10
