"""Frames as they will stand once the staged rows are merged."""

from typing import Any

from sqlalchemy import Connection, text

from berichten.opslag.referentie.referentie import KLAAR

_STRAKS = text(f"""
    SELECT gemeente, kader, segment, zorgvorm, ingangsdatum, einddatum, regelnummer FROM {KLAAR}
    UNION ALL
    SELECT gemeente, kader, segment, zorgvorm, ingangsdatum, einddatum, NULL FROM kader k
    WHERE gemeente IN (SELECT gemeente FROM {KLAAR})
        AND NOT EXISTS (SELECT FROM {KLAAR} n WHERE (n.gemeente, n.kader, n.ingangsdatum) = (k.gemeente, k.kader, k.ingangsdatum))
    ORDER BY gemeente, ingangsdatum, regelnummer
""")  # noqa: S608


def list_coming_kaders(verbinding: Connection) -> list[tuple[Any, ...]]:
    """Gemeente, name, segment, zorgvorm, first and last day, and line in the file: None for a row that is loaded and stays.

    By gemeente and first day.
    """
    return [tuple(rij) for rij in verbinding.execute(_STRAKS)]
