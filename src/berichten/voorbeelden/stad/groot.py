"""One big declaration with the allocations that it leans on, for measuring."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from berichten.kern import kalender
from berichten.voorbeelden.berichten.declaratie import write_clienten, write_jw323
from berichten.voorbeelden.berichten.samenstellen import make_toewijzingsberichten, new_declaratiekop
from berichten.voorbeelden.fouten.prestaties import Maker, make_ander_tarief, make_onbekend_nummer, make_te_veel
from berichten.voorbeelden.model.leveringen import Administratie, bill_maanden
from berichten.voorbeelden.model.model import Lijn, Nummering, Traject, VoorbeeldBericht
from berichten.voorbeelden.model.namen import make_aanbieders, make_personen
from berichten.voorbeelden.model.pakketten import Pakketdeel
from berichten.voorbeelden.model.plan import Clientplan, plan_traject
from berichten.voorbeelden.stad.referentie import make_referentie

GRENS = 25 * 1024 * 1024
"""The largest message that the national exchange takes, in bytes (OP179)."""
_OMHULSEL = 4096
"""Bytes kept free for header, totals and closing tags."""
_FOUTEN = 0.02
"""Part of the lines that gets a mistake."""
_MAKERS: tuple[Maker, ...] = (make_onbekend_nummer, make_te_veel, make_ander_tarief)
"""Taken in turn; a line that does not lend itself to one gets a later one, or an unknown number."""
_DELEN = (
    Pakketdeel(("45A03", "45A04", "45A48"), looptijd="jaar", soort="aspecifiek", in_minuten=True),
    Pakketdeel(("42A01",), 40, "84", "4", "jaar"),
    Pakketdeel(("41A05",), 30, "16", "4", "jaar"),
)
_RUIMTE = 100_000_000_000
"""Cents a year: a sound declaration stays within what its aanbieder may spend."""
_LIJNEN_PER_MAAND = sum(len(deel.codes) for deel in _DELEN)


def groot_jw323(
    *, prestaties: int, seed: int, tot: date = date(2026, 3, 1), maanden: int = 1, grens: int = GRENS
) -> tuple[list[VoorbeeldBericht], bytes]:
    """Make the JW301s, and one JW323 of `prestaties` lines or of as many as fit below `grens` bytes.

    Each client has three allocations and five lines a month (the last one maybe fewer), billed for `maanden` months of which the
    last begins on `tot`; lines of earlier months come late, and may be signalled for it (DA07).
    Of the lines 2% have a mistake for which only the line is rejected: unknown allocation, too much, wrong tariff.

    Raises ValueError for more lines than there are test BSNs to bear them.
    """
    rng = Random(seed)
    administratie = _bill(rng, prestaties, tot, maanden)
    lijnen = _fit(_spoil(rng, _join(administratie)[:prestaties], administratie), grens)
    kop = new_declaratiekop((lijnen[0].traject.eerste.agb, tot), administratie.nummering)
    nodig = {lijn.traject.nummer for lijn in lijnen}
    trajecten = [traject for traject in administratie.trajecten if traject.nummer in nodig]
    concepten = make_toewijzingsberichten(trajecten, administratie.maanden[0], administratie.nummering)
    berichten = [
        VoorbeeldBericht(f"{nummer:05d}_{c.soort}_{c.afzender}_{c.identificatie}.xml", c.afzender, c.soort, c.inhoud, None)
        for nummer, c in enumerate(concepten, 1)
    ]
    return berichten, write_jw323(kop, lijnen)


def referentie_groot(*, tot: date = date(2026, 3, 1), maanden: int = 1) -> dict[str, str]:
    """Make the reference files that go with `groot_jw323`: provider, products, contracts, tariffs, and room for all of it."""
    administratie = Administratie(_list_maanden(tot, maanden), (), Nummering())
    return make_referentie(make_aanbieders(1), administratie, bestedingsruimte=_RUIMTE)


def count_passende_prestaties(*, seed: int = 1, grens: int = GRENS) -> int:
    """Count the lines of the largest declaration of `groot_jw323` that stays below `grens` bytes."""
    meeste = grens // 800
    _, inhoud = groot_jw323(prestaties=meeste, seed=seed, grens=grens)
    return inhoud.count(b"<jw323:Prestatie>")


def _list_maanden(tot: date, maanden: int) -> tuple[date, ...]:
    return tuple(kalender.add_maanden(tot, nummer) for nummer in range(1 - maanden, 1))


def _bill(rng: Random, prestaties: int, tot: date, maanden: int) -> Administratie:
    reeks = _list_maanden(tot, maanden)
    aanbieder = make_aanbieders(1)[0]
    nummering = Nummering()
    clienten = -(-prestaties // (_LIJNEN_PER_MAAND * maanden))
    personen = make_personen(rng, clienten, reeks[0])
    vooraf = reeks[0] - timedelta(days=14)
    plannen = (Clientplan(persoon, reeks[0], vooraf, (aanbieder, aanbieder), _DELEN) for persoon in personen)
    trajecten: Sequence[Traject] = [
        plan_traject(rng, plan, deel, next(nummering.toewijzingen)) for plan in plannen for deel in plan.delen
    ]
    administratie = Administratie(reeks, trajecten, nummering)
    bill_maanden(rng, administratie)
    return administratie


def _join(administratie: Administratie) -> list[Lijn]:
    """Put the lines of all months together, client by client, so that a shorter message needs fewer allocations."""
    alle = (lijn for lijnen in administratie.lijnen.values() for lijn in lijnen)
    return sorted(alle, key=lambda lijn: lijn.nummer)


def _spoil(rng: Random, lijnen: Sequence[Lijn], administratie: Administratie) -> list[Lijn]:
    bedorven = list(lijnen)
    plaatsen = rng.sample(range(len(lijnen)), round(len(lijnen) * _FOUTEN))
    for keer, plaats in enumerate(plaatsen):
        goed = lijnen[plaats]
        sleutel = (goed.traject.eerste.agb, kalender.begin_of_maand(goed.begin))
        makers = (*_MAKERS[keer % len(_MAKERS) :], make_onbekend_nummer)
        pogingen = (make(goed, sleutel, administratie) for make in makers)
        bedorven[plaats] = next(poging for poging in pogingen if poging is not None)
    return bedorven


def _fit(lijnen: Sequence[Lijn], grens: int) -> list[Lijn]:
    """Keep the first lines that together stay below `grens` bytes; the last client may lose some of its lines."""
    omvang, passend = _OMHULSEL, []
    vorige = ""
    for lijn in lijnen:
        stukken = list(write_clienten((lijn,)))
        omvang += len(stukken[1]) + 2
        if lijn.bsn != vorige:
            omvang += len(stukken[0]) + len(stukken[2]) + 4
        if omvang >= grens:
            break
        vorige = lijn.bsn
        passend.append(lijn)
    return passend
