"""Five years of help: every client gets a package a year, without the units that came in 2021."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from berichten.kern import kalender
from berichten.voorbeelden.model.model import Aanbieder, Nummering, Persoon, Traject
from berichten.voorbeelden.model.pakketten import Pakketdeel
from berichten.voorbeelden.model.plan import Clientplan, plan_traject

_KANS = 0.85
"""That a client gets help in a given year."""
ARCHIEFPAKKETTEN: tuple[tuple[Pakketdeel, ...], ...] = (
    (
        Pakketdeel(("45A03",), 3, "04", "2", "jaar"),
        Pakketdeel(("50A02",), 85_000, "83", "4", "half"),
    ),
    (
        Pakketdeel(("45A48",), 8, "04", "4", "jaar", niveau="HBO", in_minuten=True, verloop="pauze"),
        Pakketdeel(("41A05",), 4, "16", "2", "jaar"),
        Pakketdeel(("50A01",), 6, "82", "6", "half"),
    ),
    (
        Pakketdeel(("45A04",), looptijd="half", soort="aspecifiek", midden=True, in_minuten=True, wijziging="verhoogd"),
        Pakketdeel(("54001",), 90, "04", "6", "jaar", niveau="WO", in_minuten=True),
    ),
    (
        Pakketdeel(("45A04", "54001"), looptijd="jaar", soort="generiek", in_minuten=True),
        Pakketdeel(("44A09",), 7, "14", "2", "half", tweede_aanbieder=True, verloop="vroeg"),
        Pakketdeel(("45A52",), 150, "01", "2", "half", tweede_aanbieder=True, midden=True),
    ),
    (
        Pakketdeel(("41A05",), 16, "16", "4", "jaar"),
        Pakketdeel(("50A02",), 480_000, "83", "6", "half"),
        Pakketdeel(("45A48",), 6, "04", "4", "half", wijziging="verwijderd"),
    ),
    (
        Pakketdeel(("54002",), looptijd="jaar", soort="aspecifiek", in_minuten=True),
        Pakketdeel(("45A52",), 3600, "01", "6", "half", wijziging="verhoogd"),
        Pakketdeel(("50A01",), 2, "82", "4", "jaar"),
    ),
    (
        Pakketdeel(("43A12",), 26, "14", "4", "half"),
        Pakketdeel(("53001",), 10, "01", "1", "jaar"),
    ),
    (
        Pakketdeel(("53001",), 240, "01", "4", "kort", wijziging="verlengd"),
        Pakketdeel(("41A05",), 140, "16", "6", "half", midden=True),
        Pakketdeel(("50A02",), 19_500, "83", "2", "half"),
    ),
    (
        Pakketdeel(("45A04", "45A48"), looptijd="jaar", soort="aspecifiek", in_minuten=True),
        Pakketdeel(("50A01",), 1, "82", "1", "half"),
        Pakketdeel(("44A09",), 150, "14", "6", "half", tweede_aanbieder=True, verloop="pauze_einde"),
    ),
    (
        Pakketdeel(("46A01",), 20, "04", "4", "crisis", midden=True),
        Pakketdeel(("54001",), looptijd="jaar", soort="aspecifiek", in_minuten=True, tweede_aanbieder=True),
    ),
)
"""None lasts longer than a year from its first month, so that the packages of one client never overlap (TR302)."""


def plan_archief(
    rng: Random, personen: Sequence[Persoon], aanbieders: Sequence[Aanbieder], maanden: Sequence[date], nummering: Nummering
) -> tuple[Traject, ...]:
    """Plan all allocations of all years; `maanden` holds the first days of the months to be billed, whole years of them."""
    plannen = (plan for nummer, persoon in enumerate(personen) for plan in _plan_jaren(rng, persoon, nummer, aanbieders, maanden))
    return tuple(plan_traject(rng, plan, deel, next(nummering.toewijzingen)) for plan in plannen for deel in plan.delen)


def _plan_jaren(
    rng: Random, persoon: Persoon, nummer: int, aanbieders: Sequence[Aanbieder], maanden: Sequence[date]
) -> Iterator[Clientplan]:
    """Plan one client: each year on the same date, maybe, the next package with the same provider."""
    # Of every package some begin in the very first month, so that a small town's first JW303s hold something.
    eerste = 0 if nummer < len(ARCHIEFPAKKETTEN) else rng.randrange(12)
    eigen, tweede = aanbieders[nummer % len(aanbieders)], aanbieders[(nummer + 1) % len(aanbieders)]
    for jaar, plaats in enumerate(range(eerste, len(maanden), 12)):
        if jaar and rng.random() > _KANS:
            continue
        begin = kalender.add_maanden(maanden[0], plaats)
        delen = ARCHIEFPAKKETTEN[(nummer + jaar) % len(ARCHIEFPAKKETTEN)]
        yield Clientplan(persoon, begin, begin - timedelta(days=rng.randint(8, 24)), (eigen, tweede), delen)
