"""A coherent sample town: providers, clients, allocations, deliveries, declarations and named mistakes.

Deterministic: the same arguments give the same bytes. Nobody in it exists.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from random import Random

from berichten.kern import kalender
from berichten.voorbeelden.berichten.samenstellen import Concept, Samensteller
from berichten.voorbeelden.fouten import berichten as berichtfouten
from berichten.voorbeelden.fouten import prestaties as regelfouten
from berichten.voorbeelden.model.leveringen import Administratie, bill_maanden, credit_lijnen
from berichten.voorbeelden.model.model import Aanbieder, Nummering, Persoon, Verwachting, VoorbeeldBericht
from berichten.voorbeelden.model.namen import make_aanbieders, make_personen
from berichten.voorbeelden.model.plan import plan_trajecten
from berichten.voorbeelden.stad.nagekomen import EERSTE_JAAR, make_nagekomen
from berichten.voorbeelden.stad.referentie import make_referentie
from berichten.voorbeelden.stad.verzoekverkeer import make_verzoeken

_VREEMDEN = 2
"""People who have no allocation: one who is billed for, one who is given somebody else's number."""


@dataclass(frozen=True, slots=True)
class Stad:
    """A sample town: its messages in sending order, and what has to be loaded before them."""

    berichten: tuple[VoorbeeldBericht, ...]
    aanbieders: tuple[Aanbieder, ...]
    referentie: dict[str, str]
    """CSV text by name of the reference file, in the order in which they can be loaded."""
    verwachtingen: tuple[Verwachting, ...]
    """What should become of every planted mistake, in sending order; everything else is sound."""


def maak_stad(
    *,
    clienten: int,
    maanden: int,
    seed: int,
    tot: date,
    fouten: bool = True,
    nagekomen: bool = False,
    vergeven: int = 0,
    verzoeken: bool = False,
) -> Stad:
    """Make a town of `clienten` clients that bills `maanden` months, the last of them beginning on `tot`.

    Everything is dated before the end of the month after `tot`, but for the planted Dagtekening in the future. With ten clients
    and three months every variant of an allocation and every named mistake occurs; a smaller town has those that fit. With
    `nagekomen` two providers first bill care of 2020 with a JW303, a declaration and an invoice. `vergeven` numbers of each series
    are left to another town. With `verzoeken` one provider asks for allocations at the end, and each request gets another answer.

    Raises ValueError when `tot` is not the first of a month, when a number is not positive, or for more clients than test BSNs.
    """
    if tot.day != 1 or clienten < 1 or maanden < 1:
        raise ValueError("Geef de eerste dag van een maand en minstens één cliënt en één maand.")
    rng = Random(seed)
    reeks = tuple(kalender.add_maanden(tot, nummer) for nummer in range(1 - maanden, 1))
    aanbieders = make_aanbieders(2 + clienten // 12)
    personen = make_personen(rng, clienten + _VREEMDEN, tot)
    nummering = Nummering()
    nummering.skip(vergeven)
    trajecten = plan_trajecten(rng, personen[:clienten], aanbieders, reeks, nummering)
    administratie = Administratie(reeks, trajecten, nummering)
    bill_maanden(rng, administratie)
    extra = _plant(rng, administratie, personen[clienten], seed, 1 + clienten // 100) if fouten else ()
    if not fouten:
        credit_lijnen(rng, administratie)
    concepten = tuple(_compose(administratie, extra, personen[-1] if fouten else None))
    if verzoeken:
        concepten += tuple(make_verzoeken(seed, administratie, personen, tot, fouten=fouten))
    if not nagekomen:
        return _number(concepten, aanbieders, make_referentie(aanbieders, administratie))
    oud = tuple(make_nagekomen(seed, aanbieders, personen, nummering))
    return _number((*oud, *concepten), aanbieders, make_referentie(aanbieders, administratie, EERSTE_JAAR))


def _plant(rng: Random, administratie: Administratie, vreemde: Persoon, seed: int, aantal: int) -> tuple[berichtfouten.Extra, ...]:
    """Plant the mistakes. Credits come in between: a line with a mistake is never credited, a second credit needs a first."""
    regelfouten.plant_prestatiefouten(administratie, seed, aantal)
    regelfouten.plant_gemeentefouten(administratie, seed)
    regelfouten.plant_onbekende_client(administratie, vreemde.bsn, seed)
    extra = berichtfouten.take_lijnen(administratie, seed)
    credit_lijnen(rng, administratie)
    regelfouten.plant_tweede_credit(administratie, aantal)
    return extra


def _compose(administratie: Administratie, extra: Sequence[berichtfouten.Extra], dubbel: Persoon | None) -> Iterator[Concept]:
    """Make all messages in sending order; the wrong ones come last in their month. `dubbel` is None in a town without mistakes."""
    samensteller = Samensteller(administratie)
    for maand in administratie.maanden:
        yield from samensteller.make_maand(maand)
        if dubbel is not None and maand == administratie.maanden[0]:
            traject = administratie.trajecten[0]
            yield berichtfouten.make_start_zonder_toewijzing(traject, samensteller)
            yield berichtfouten.make_dubbel_nummer(traject, dubbel, samensteller)
        for een in extra:
            if een.sleutel[1] == maand:
                yield berichtfouten.make_foute_declaratie(een, samensteller)


def _number(concepten: Sequence[Concept], aanbieders: tuple[Aanbieder, ...], referentie: dict[str, str]) -> Stad:
    breedte = max(4, len(str(len(concepten))))
    berichten: list[VoorbeeldBericht] = []
    verwachtingen: list[Verwachting] = []
    for nummer, concept in enumerate(concepten, 1):
        naam = f"{nummer:0{breedte}d}_{concept.soort}_{concept.afzender}_{concept.identificatie}.xml"
        namen = "; ".join(verwachting.fout for verwachting in concept.verwachtingen) or None
        berichten.append(VoorbeeldBericht(naam, concept.afzender, concept.soort, concept.inhoud, namen))
        verwachtingen.extend(replace(verwachting, bestand=naam) for verwachting in concept.verwachtingen)
    return Stad(tuple(berichten), aanbieders, referentie, tuple(verwachtingen))


def write_stad(stad: Stad, map: Path) -> list[Path]:
    """Write the messages, `<soort>.csv` for each reference file and `verwacht.json` into `map`, which is made if need be.

    Returns the paths of the messages in sending order, which is their name order. Files of the same names are overwritten.
    """
    write_toebehoren(map, stad.referentie, stad.verwachtingen)
    return write_berichten(map, stad.berichten)


def write_toebehoren(map: Path, referentie: dict[str, str], verwachtingen: Iterable[Verwachting]) -> None:
    """Write what goes with messages: the reference files, and what should become of each planted mistake."""
    map.mkdir(parents=True, exist_ok=True)
    for naam, tekst in referentie.items():
        (map / f"{naam}.csv").write_text(tekst, encoding="utf-8", newline="\n")
    (map / "verwacht.json").write_text(_list_verwacht(verwachtingen), encoding="utf-8")


def write_berichten(map: Path, berichten: Iterable[VoorbeeldBericht]) -> list[Path]:
    """Write each message to a file of its own; returns their paths."""
    paden = []
    for bericht in berichten:
        pad = map / bericht.bestandsnaam
        pad.write_bytes(bericht.inhoud)
        paden.append(pad)
    return paden


def _list_verwacht(verwachtingen: Iterable[Verwachting]) -> str:
    per_bestand: dict[str, list[dict[str, object]]] = {}
    for verwachting in verwachtingen:
        velden = asdict(verwachting)
        per_bestand.setdefault(velden.pop("bestand"), []).append(velden)
    return json.dumps(per_bestand, ensure_ascii=False, indent=2) + "\n"
