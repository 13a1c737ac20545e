"""Planted mistakes for which a whole message is turned down. Each has a message of its own, so that the good ones stay good."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from berichten.voorbeelden.berichten.declaratie import Declaratiekop
from berichten.voorbeelden.berichten.oude_zorg import new_factuurkop
from berichten.voorbeelden.berichten.regie import write_jw301, write_jw305
from berichten.voorbeelden.berichten.samenstellen import (
    Concept,
    Samensteller,
    expect,
    make_declaratie,
    make_factuur,
    new_declaratiekop,
)
from berichten.voorbeelden.berichten.schrijver import Kop
from berichten.voorbeelden.fouten.archief import TR312, TR324, XSD_303
from berichten.voorbeelden.fouten.prestaties import list_kandidaten
from berichten.voorbeelden.model.leveringen import Administratie, Sleutel
from berichten.voorbeelden.model.model import GEMEENTE, GeplanteFout, Lijn, Persoon, Traject

VERRE_TOEKOMST = date(2099, 12, 31)
_WEINIG_LIJNEN = 4
"""A declaration that has no more lines than this keeps them all."""

XSD = GeplanteFout("bericht voldoet niet aan het schema", "XSD", 1, "Bericht", None, "geweigerd")
TR358 = GeplanteFout("totaalbedrag klopt niet", "TR358", 2, "Bericht", "0001", "afgekeurd")
TR056 = GeplanteFout("identificatie al gebruikt", "TR056", 3, "Header", "9056", "afgekeurd")
TR135 = GeplanteFout("dagtekening in de toekomst", "TR135", 4, "Header", "8848", "afgekeurd")
TR333 = GeplanteFout("declaratienummer al gebruikt", "TR333", 3, "Declaratie", "9333", "afgekeurd")
TR019 = GeplanteFout("start zonder bekende toewijzing", "TR019", 3, "StartProduct", "9019", "afgewezen")
TR332 = GeplanteFout("toewijzingnummer al van een andere cliënt", "TR332", 3, "ToegewezenProduct", "9332", "afgewezen")
DECLARATIEFOUTEN = (XSD, TR358, TR056, TR135, TR333)


@dataclass(frozen=True, slots=True)
class Extra:
    """A line that was taken out of its regular declaration, to be sent apart in a wrong one."""

    fout: GeplanteFout
    sleutel: Sleutel
    lijn: Lijn


def take_lijnen(
    administratie: Administratie, seed: int, fouten: Sequence[GeplanteFout] = DECLARATIEFOUTEN, *, oud: bool = False
) -> tuple[Extra, ...]:
    """Take one sound line for each wrong declaration out of the regular ones, where those have lines to spare."""
    return tuple(extra for fout in fouten for extra in _take_lijn(administratie, fout, seed, oud))


def _take_lijn(administratie: Administratie, fout: GeplanteFout, seed: int, oud: bool) -> Iterator[Extra]:
    for sleutel, plaats, lijn in list_kandidaten(administratie, f"{seed}:{fout.regel}", oud=oud):
        if sum((buur.oud is not None) == oud for buur in administratie.lijnen[sleutel]) > _WEINIG_LIJNEN:
            del administratie.lijnen[sleutel][plaats]
            yield Extra(fout, sleutel, lijn)
            return


def make_foute_declaratie(extra: Extra, samensteller: Samensteller) -> Concept:
    """Make the wrong JW323; it follows the regular one of the same provider and month."""
    regulier = samensteller.koppen[extra.sleutel]
    lijn = replace(extra.lijn, eenheid="99") if extra.fout is XSD else extra.lijn
    kop = _spoil_kop(extra.fout, new_declaratiekop(extra.sleutel, samensteller.administratie.nummering), regulier)
    return make_declaratie(kop, (lijn,), (expect(extra.fout),))


def make_foute_factuur(extra: Extra, samensteller: Samensteller) -> Concept:
    """Make the wrong JW303; it follows the regular one of the same provider and month."""
    kop = new_factuurkop(extra.sleutel, samensteller.administratie.nummering)
    lijn = replace(extra.lijn, eenheid="99") if extra.fout is XSD_303 else extra.lijn
    if extra.fout is TR312:
        kop = replace(kop, afwijking=100)
    if extra.fout is TR324:
        kop = replace(kop, nummer=samensteller.factuurkoppen[extra.sleutel].nummer)
    return make_factuur(kop, (lijn,), (expect(extra.fout),))


def _spoil_kop(fout: GeplanteFout, kop: Declaratiekop, regulier: Declaratiekop) -> Declaratiekop:
    if fout is TR358:
        return replace(kop, afwijking=100)
    if fout is TR056:
        return replace(kop, kop=replace(kop.kop, identificatie=regulier.kop.identificatie))
    if fout is TR135:
        return replace(kop, kop=replace(kop.kop, dagtekening=VERRE_TOEKOMST))
    if fout is TR333:
        return replace(kop, declaratienummer=regulier.declaratienummer)
    return kop


def make_start_zonder_toewijzing(traject: Traject, samensteller: Samensteller) -> Concept:
    """TR019: a JW305 on a number that was never given out."""
    nummering = samensteller.administratie.nummering
    start = traject.starts[0]
    onbekend = replace(traject.eerste, nummer=next(nummering.onbekende))
    kop = Kop(onbekend.agb, nummering.new_identificatie(), start + timedelta(days=1))
    verwachting = expect(TR019, toewijzingnummer=onbekend.nummer)
    return Concept("JW305", kop.agb, kop.identificatie, write_jw305(kop, ((onbekend, start),)), (verwachting,))


def make_dubbel_nummer(traject: Traject, ander: Persoon, samensteller: Samensteller) -> Concept:
    """TR332: a JW301 that gives another client a number that is taken."""
    toewijzing = replace(traject.eerste, persoon=ander)
    kop = Kop(toewijzing.agb, samensteller.administratie.nummering.new_identificatie(), toewijzing.toewijzingsdatum)
    verwachting = expect(TR332, toewijzingnummer=toewijzing.nummer)
    return Concept("JW301", GEMEENTE, kop.identificatie, write_jw301(kop, (toewijzing,)), (verwachting,))
