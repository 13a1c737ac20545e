"""Frames as they will stand once the staged rows are merged."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from berichten.opslag.basis.vraag import Vraag
from berichten.opslag.referentie.referentie import KLAAR


class KomendKader(NamedTuple):
    """A frame as it will stand; both dates are inclusive."""

    gemeente: str
    kader: str
    segment: str
    zorgvorm: str
    ingangsdatum: date
    einddatum: date | None
    regelnummer: int | None
    """Its line in the file; None for a row that is loaded and stays."""


def list_coming_kaders(verbinding: Connection) -> list[KomendKader]:
    """By gemeente and first day."""
    return Vraag(
        KomendKader,
        """
        SELECT {kolommen} FROM {klaar}
        UNION ALL
        SELECT gemeente, kader, segment, zorgvorm, ingangsdatum, einddatum, NULL FROM kader k
        WHERE gemeente IN (SELECT gemeente FROM {klaar})
            AND NOT EXISTS (SELECT FROM {klaar} n
                WHERE (n.gemeente, n.kader, n.ingangsdatum) = (k.gemeente, k.kader, k.ingangsdatum))
        ORDER BY gemeente, ingangsdatum, regelnummer
        """,
        klaar=KLAAR,
    ).all(verbinding)
