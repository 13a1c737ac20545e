"""Conditions on lines that many statements share, each with its name: said once, so that no two of them drift apart."""

TELT_MEE = "uitkomst IN ('toegekend', 'ter_beoordeling')"
"""A line counts against its allocation: awarded, or held for a person."""
WACHT = "uitkomst = 'ter_beoordeling'"
"""A line waits for a decision."""


def narrowest_kader(gemeente: str, segment: str, zorgvorm: str, dag: str) -> str:
    """The one frame (`kader`) of care on a day, as `Kader.smal` orders them; the arguments are SQL."""
    return (
        "SELECT k.kader FROM kader k"  # noqa: S608
        f" WHERE k.gemeente = {gemeente} AND {dag} BETWEEN k.ingangsdatum AND coalesce(k.einddatum, 'infinity')"
        f" AND k.segment IN ('', {segment}) AND lower(k.zorgvorm) IN ('', lower({zorgvorm}))"
        " ORDER BY k.zorgvorm <> '' DESC, k.segment <> '' DESC, k.kader COLLATE \"C\" LIMIT 1"
    )
