"""Care of 2020 that two providers of a present-day town bill late: a declaration and an invoice, both JW303."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from berichten.kern import kalender
from berichten.voorbeelden.berichten.oude_zorg import LAATSTE_MAAND_JW303, bill_with_jw303, new_factuurkop
from berichten.voorbeelden.berichten.samenstellen import Concept, expect, make_factuur, make_toewijzingsberichten
from berichten.voorbeelden.fouten.archief import TR303
from berichten.voorbeelden.model.leveringen import Administratie, bill_maanden
from berichten.voorbeelden.model.model import Aanbieder, Nummering, Persoon, Traject
from berichten.voorbeelden.model.namen import list_bsns, make_persoon
from berichten.voorbeelden.model.pakketten import Pakketdeel
from berichten.voorbeelden.model.plan import Clientplan, plan_traject

EERSTE_JAAR = LAATSTE_MAAND_JW303.year
_MAANDEN = tuple(kalender.add_maanden(LAATSTE_MAAND_JW303, nummer) for nummer in (-2, -1, 0))
_DELEN = (
    Pakketdeel(("45A03",), 3, "04", "2", "kort", niveau="HBO"),
    Pakketdeel(("45A52",), 150, "01", "2", "half"),
    Pakketdeel(("50A01",), 2, "82", "4", "half"),
)


def make_nagekomen(
    seed: int, aanbieders: Sequence[Aanbieder], personen: Sequence[Persoon], nummering: Nummering
) -> Iterator[Concept]:
    """Make the allocations of two clients, and then a JW303 of each of the first two providers.

    The first one declares (432), the second one invoices (450) and has one line on a number that was never given out.
    """
    rng = Random(f"{seed}:nagekomen")
    trajecten = tuple(_plan(rng, aanbieders[:2], _find_others(rng, personen), nummering))
    administratie = Administratie(_MAANDEN, trajecten, nummering)
    bill_maanden(rng, administratie)
    bill_with_jw303(rng, administratie)
    yield from make_toewijzingsberichten(trajecten, _MAANDEN[0], nummering)
    for nummer, aanbieder in enumerate(aanbieders[:2]):
        yield _make_factuur(aanbieder.agb, administratie, fout=nummer == 1)


def _find_others(rng: Random, personen: Sequence[Persoon]) -> tuple[Persoon, ...]:
    bezet = {persoon.bsn for persoon in personen}
    vrij = (bsn for bsn in list_bsns() if bsn not in bezet)
    return tuple(make_persoon(rng, next(vrij), date(EERSTE_JAAR, 1, 1)) for _ in range(2))


def _plan(rng: Random, aanbieders: Sequence[Aanbieder], personen: Sequence[Persoon], nummering: Nummering) -> Iterator[Traject]:
    for aanbieder, persoon in zip(aanbieders, personen, strict=True):
        plan = Clientplan(persoon, _MAANDEN[0], _MAANDEN[0] - timedelta(days=10), (aanbieder, aanbieder), _DELEN)
        yield from (plan_traject(rng, plan, deel, next(nummering.toewijzingen)) for deel in _DELEN)


def _make_factuur(agb: str, administratie: Administratie, fout: bool) -> Concept:
    """Put the lines of all months into one message of the last month."""
    lijnen = [lijn for maand in _MAANDEN for lijn in administratie.lijnen[agb, maand]]
    if fout:
        plaats = next(plaats for plaats, lijn in enumerate(lijnen) if lijn.oud and not lijn.oud.zonder_nummer)
        lijnen[plaats] = replace(lijnen[plaats], nummer=next(administratie.nummering.onbekende), fout=TR303)
    kop = new_factuurkop((agb, _MAANDEN[-1]), administratie.nummering)
    return make_factuur(kop, lijnen, tuple(expect(lijn.fout, lijn) for lijn in lijnen if lijn.fout))
