"""Five years of a town's messages: care before 2021 billed with JW303, later care with JW323. For replay, tests and bench.

Deterministic: the same arguments give the same bytes. Nobody in it exists.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from berichten.kern import kalender
from berichten.voorbeelden.berichten.oude_zorg import bill_with_jw303
from berichten.voorbeelden.berichten.samenstellen import Concept, Samensteller
from berichten.voorbeelden.fouten import berichten as berichtfouten
from berichten.voorbeelden.fouten import prestaties as regelfouten
from berichten.voorbeelden.fouten.archief import FACTUURFOUTEN, OUDE_REGELFOUTEN
from berichten.voorbeelden.model.leveringen import Administratie, bill_maanden, credit_lijnen
from berichten.voorbeelden.model.model import Aanbieder, Nummering, Verwachting, VoorbeeldBericht
from berichten.voorbeelden.model.namen import make_aanbieders, make_personen
from berichten.voorbeelden.stad.archiefplan import plan_archief
from berichten.voorbeelden.stad.referentie import KOLOMMEN, make_referentie
from berichten.voorbeelden.stad.stad import write_berichten, write_toebehoren

TOT = date(2022, 12, 1)
"""Last month of an archive unless told otherwise: two years of JW323 after three of JW303."""
MEESTE_JAREN = 7
"""After more years than these the oldest clients would be 23 (DA11)."""
_CLIENTEN_PER_AANBIEDER = 30
_CIJFERS = 6
_ZONDER_FEITEN = ("kaders", "verantwoording")
"""Reference files that an archive leaves empty: of care so long ago no delivery records were kept."""


@dataclass(frozen=True, slots=True)
class Archief:
    """Years of messages by month, in sending order, and what has to be loaded before them."""

    maanden: tuple[tuple[date, tuple[VoorbeeldBericht, ...]], ...]
    aanbieders: tuple[Aanbieder, ...]
    referentie: dict[str, str]
    """CSV text by name of the reference file, in the order in which they can be loaded."""
    verwachtingen: tuple[Verwachting, ...]
    """What should become of every planted mistake, in sending order; everything else is sound."""

    @property
    def berichten(self) -> Iterator[VoorbeeldBericht]:
        """Every message in sending order, which is the order of their file names."""
        return (bericht for _, berichten in self.maanden for bericht in berichten)


def maak_archief(*, clienten: int, jaren: int = 5, seed: int = 1, tot: date = TOT, fouten: bool = True) -> Archief:
    """Make the archive of a town of `clienten` clients over `jaren` whole years, the last month of them beginning on `tot`.

    Raises ValueError when `tot` is not the first of a month, for more years than `MEESTE_JAREN` or fewer than one, and for more
    clients than there are test BSNs.
    """
    if tot.day != 1 or clienten < 1 or not 1 <= jaren <= MEESTE_JAREN:
        raise ValueError(f"Geef de eerste dag van een maand, minstens één cliënt en 1 tot en met {MEESTE_JAREN} jaar.")
    rng = Random(seed)
    maanden = tuple(kalender.add_maanden(tot, nummer) for nummer in range(1 - 12 * jaren, 1))
    aanbieders = make_aanbieders(4 + clienten // _CLIENTEN_PER_AANBIEDER)
    personen = make_personen(rng, clienten + 1, maanden[0])
    nummering = Nummering()
    trajecten = plan_archief(rng, personen[:clienten], aanbieders, maanden, nummering)
    administratie = Administratie(maanden, trajecten, nummering)
    bill_maanden(rng, administratie)
    bill_with_jw303(rng, administratie)
    extra = _plant(administratie, personen[clienten].bsn, seed, 1 + clienten // 100) if fouten else ()
    credit_lijnen(rng, administratie)
    if fouten:
        regelfouten.plant_tweede_credit(administratie, 1 + clienten // 100)
    referentie = make_referentie(aanbieders, administratie)
    referentie |= {naam: f"{KOLOMMEN[naam]}\n" for naam in _ZONDER_FEITEN}
    return _number(administratie, extra, aanbieders, referentie)


def _plant(administratie: Administratie, vreemde: str, seed: int, aantal: int) -> tuple[berichtfouten.Extra, ...]:
    """Plant the mistakes of both kinds of declaration; each kind leaves the lines of the other alone."""
    regelfouten.plant_prestatiefouten(administratie, seed, aantal, OUDE_REGELFOUTEN, oud=True)
    regelfouten.plant_prestatiefouten(administratie, seed, aantal)
    regelfouten.plant_onbekende_client(administratie, vreemde, seed)
    oude = berichtfouten.take_lijnen(administratie, seed, FACTUURFOUTEN, oud=True)
    return (*oude, *berichtfouten.take_lijnen(administratie, seed))


def _compose_maand(samensteller: Samensteller, maand: date, extra: Sequence[berichtfouten.Extra]) -> Iterator[Concept]:
    """Make a month's messages in sending order; the wrong ones come last."""
    yield from samensteller.make_maand(maand)
    for een in extra:
        if een.sleutel[1] == maand:
            make = berichtfouten.make_foute_factuur if een.lijn.oud else berichtfouten.make_foute_declaratie
            yield make(een, samensteller)


def _number(
    administratie: Administratie,
    extra: Sequence[berichtfouten.Extra],
    aanbieders: tuple[Aanbieder, ...],
    referentie: dict[str, str],
) -> Archief:
    samensteller = Samensteller(administratie)
    verwachtingen: list[Verwachting] = []
    maanden = []
    nummer = 0
    for maand in administratie.maanden:
        berichten = []
        for concept in _compose_maand(samensteller, maand, extra):
            nummer += 1
            naam = f"{nummer:0{_CIJFERS}d}_{concept.soort}_{concept.afzender}_{concept.identificatie}.xml"
            namen = "; ".join(verwachting.fout for verwachting in concept.verwachtingen) or None
            berichten.append(VoorbeeldBericht(naam, concept.afzender, concept.soort, concept.inhoud, namen))
            verwachtingen.extend(replace(verwachting, bestand=naam) for verwachting in concept.verwachtingen)
        maanden.append((maand, tuple(berichten)))
    return Archief(tuple(maanden), aanbieders, referentie, tuple(verwachtingen))


def write_archief(archief: Archief, map: Path, *, zips: bool = False) -> int:
    """Write the messages, `<soort>.csv` for each reference file and `verwacht.json` into `map`, which is made if need be.

    Name order is sending order. With `zips` the messages of a month go into one ZIP, `2020-03.zip`; the same arguments give the
    same bytes. Returns the number of messages. Files of the same names are overwritten.
    """
    write_toebehoren(map, archief.referentie, archief.verwachtingen)
    for maand, berichten in archief.maanden:
        if zips:
            _write_zip(map / f"{maand:%Y-%m}.zip", berichten)
        else:
            write_berichten(map, berichten)
    return sum(len(berichten) for _, berichten in archief.maanden)


def _write_zip(pad: Path, berichten: Sequence[VoorbeeldBericht]) -> None:
    with ZipFile(pad, "w", ZIP_DEFLATED, compresslevel=6) as zip_:
        for bericht in berichten:
            zip_.writestr(ZipInfo(bericht.bestandsnaam), bericht.inhoud, ZIP_DEFLATED)
