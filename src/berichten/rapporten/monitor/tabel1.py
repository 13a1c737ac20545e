"""Table 1: cost and unique clients by segment and zorgvorm. Pure."""

from berichten.rapporten.monitor.clienten import TOTAAL, Clientcijfers
from berichten.rapporten.monitor.tabel import OP_ZORGMAAND, Tabel, Waarde, euros, per_client, show, sort_by

SEGMENTEN = {
    "1A": "1A. Behandeling met verblijf",
    "1B": "1B. Gesloten verblijf",
    "2": "2. Wonen",
    "3": "3. Dagbehandeling en dagbesteding",
    "4": "4. Ambulante jeugdhulp",
    "5": "5. Onderwijs",
    "6": "6. Crisis",
    "7": "7. Veiligheid",
    "LTA": "LTA",
    "": "Niet ingedeeld",
}
"""Segments in the order and by the names of the region's report, which has no segment 5; last what the catalogue does not know."""
KOLOMMEN = ("productindeling", "niveau", "bedrag_euro", "unieke_clienten", "kosten_per_client")


def make_tabel1(cijfers: Clientcijfers) -> Tabel:
    """Each segment with its zorgvormen under it, and the total. A client counts once in a row, so rows do not add up."""
    rijen: list[tuple[Waarde, ...]] = []
    codes = list(SEGMENTEN)
    for segment in sorted({groep for soort, groep, _ in cijfers if soort == "segment"}, key=lambda code: sort_by(codes, code)):
        rijen.append((segment_label(segment), "segment", *_figures(cijfers, ("segment", segment, ""))))
        vormen = sorted((deel for soort, groep, deel in cijfers if (soort, groep) == ("zorgvorm", segment)), key=str.casefold)
        rijen += [(zorgvorm_label(segment, vorm), "zorgvorm", *_figures(cijfers, ("zorgvorm", segment, vorm))) for vorm in vormen]
    if TOTAAL in cijfers:
        rijen.append(("TOTAAL ALLE SEGMENTEN", "totaal", *_figures(cijfers, TOTAAL)))
    return Tabel("tabel1", KOLOMMEN, tuple(rijen), (OP_ZORGMAAND,))


def segment_label(segment: str) -> str:
    """A segment as the report names it."""
    return SEGMENTEN.get(segment, f"Segment {segment}")


def zorgvorm_label(segment: str, zorgvorm: str) -> str:
    """`S4 Basis GGZ`: a zorgvorm with its segment."""
    if not segment and not zorgvorm:
        return SEGMENTEN[""]
    return f"S{segment} {zorgvorm or 'zonder zorgvorm'}"


def _figures(cijfers: Clientcijfers, cel: tuple[str, str, str]) -> tuple[Waarde, ...]:
    cijfer = cijfers[cel]
    return (
        euros(cijfer.bedrag),
        show(cijfer.aantal, cijfer.teken),
        per_client(cijfer.bedrag, cijfer.aantal, cijfer.teken),
    )
