"""Frames that are about the same care in the same time: a course belongs to one frame, or it would be counted twice (table 5b)."""

from collections.abc import Iterable, Iterator
from datetime import date

from berichten.opslag.referentie.kaders import KomendKader

_ELK = None
"""In a key: rows with whatever value."""
_Sleutel = tuple[str, str | None, str | None]


def find_shared_kaders(rijen: Iterable[KomendKader]) -> Iterator[tuple[int, str]]:
    """Line and Dutch sentence for each row of a file about care that another frame is about on the same day.

    Frames by gemeente and first day, as `list_coming_kaders` gives them. Time grows as the number of rows: of what was seen, the
    one that lasts longest is kept for each kind of care.
    """
    gezien: dict[_Sleutel, KomendKader] = {}
    uit_bestand: dict[_Sleutel, KomendKader] = {}
    for kader in rijen:
        nieuw = kader.regelnummer is not None
        ander = _find_other(kader, gezien if nieuw else uit_bestand)
        if ander is not None:
            yield _tell(kader, ander)
        for stand in (gezien, uit_bestand) if nieuw else (gezien,):
            _keep(kader, stand)


def _find_other(kader: KomendKader, stand: dict[_Sleutel, KomendKader]) -> KomendKader | None:
    """A frame of another name that began before and still lasts."""
    for segment in (kader.segment, "") if kader.segment else (_ELK,):
        for vorm in (kader.zorgvorm.casefold(), "") if kader.zorgvorm else (_ELK,):
            ander = stand.get((kader.gemeente, segment, vorm))
            if ander is not None and _end(ander) >= kader.ingangsdatum and ander.kader != kader.kader:
                return ander
    return None


def _end(kader: KomendKader) -> date:
    return kader.einddatum or date.max


def _keep(kader: KomendKader, stand: dict[_Sleutel, KomendKader]) -> None:
    for segment in (kader.segment, _ELK):
        for vorm in (kader.zorgvorm.casefold(), _ELK):
            sleutel = kader.gemeente, segment, vorm
            if sleutel not in stand or _end(stand[sleutel]) < _end(kader):
                stand[sleutel] = kader


def _tell(kader: KomendKader, ander: KomendKader) -> tuple[int, str]:
    """At the line of the file that comes last."""
    laatste, eerste = (kader, ander) if (kader.regelnummer or 0) > (ander.regelnummer or 0) else (ander, kader)
    waar = f"op regel {eerste.regelnummer}" if eerste.regelnummer else "dat al is geladen"
    return laatste.regelnummer or 0, (
        f"Kader '{laatste.kader}' gaat over dezelfde hulp als kader '{eerste.kader}' {waar}, en een traject hoort bij één kader."
        " Geef een van beide een ander segment of een andere zorgvorm, of laat het ene eindigen voordat het andere begint."
    )
