"""Moments in UTC at which the day in the Netherlands is another than in UTC, or is about to be."""

from datetime import UTC, datetime

NACHTEN = {
    "een gewone nacht in de zomer": "2026-07-15",
    "een gewone nacht in de winter": "2026-11-28",
    "de zomertijd eindigt": "2026-10-24",
    "oudejaarsavond": "2026-12-31",
    "eind februari": "2027-02-28",
    "de zomertijd begint": "2027-03-27",
    "de dag voor schrikkeldag": "2028-02-28",
    "schrikkeldag": "2028-02-29",
}
"""The evening of each, by its date."""
DAG_ERNA = {
    "2026-07-15": "2026-07-16", "2026-11-28": "2026-11-29", "2026-10-24": "2026-10-25", "2026-12-31": "2027-01-01",
    "2027-02-28": "2027-03-01", "2027-03-27": "2027-03-28", "2028-02-28": "2028-02-29", "2028-02-29": "2028-03-01",
}  # fmt: skip


def list_moments() -> list[tuple[str, datetime]]:
    """22:30, 23:30 and 00:30 UTC of every night, with the day in the Netherlands; in summer that begins at 22:00 UTC."""
    momenten = []
    for avond in NACHTEN.values():
        ochtend = DAG_ERNA[avond]
        zomer = avond in ("2026-07-15", "2026-10-24")
        for dag, tijd, hier in (
            (avond, "22:30", ochtend if zomer else avond),
            (avond, "23:30", ochtend),
            (ochtend, "00:30", ochtend),
        ):
            momenten.append((hier, datetime.fromisoformat(f"{dag}T{tijd}").replace(tzinfo=UTC)))
    return momenten
