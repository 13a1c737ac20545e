"""Import reference files (CSV as the contract lays down): every wrong line is named, and nothing is loaded unless all is right.

Rows of the file take the place of loaded rows with the same key; rows that the file does not mention stay. History is kept in
periods, which may not overlap for the same subject: neither inside a file nor with what is loaded.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from berichten.fouten import Invoerfout
from berichten.opslag.referentie import Overlap, Verschil, compare_rows, find_overlaps, load_known, merge_rows, stage_rows
from berichten.processen.referentie_bestand import read_lines
from berichten.processen.referentie_lezen import STAP, Fouten, Rij, Voortgang, check_codes, check_together, read_rows
from berichten.processen.referentie_soorten import SOORTEN, Bestandsoort
from berichten.processen.werkplaats import Werkplaats
from berichten.regels.tekst import datum
from berichten.standaard.schema import Schemas
from berichten.standaard.soorten import JW325
from berichten.standaard.uitleg_model import Waardetype, walk_types

__all__ = ["SOORTEN", "Inlezing", "load_referentie"]

_BEKEND = {
    "agb": ("aanbieder", "Gemeente {gemeente} kent die aanbieder niet. Laad eerst de aanbieders, of verbeter de code."),
    "productcode": (
        "pdc",
        "De pdc van gemeente {gemeente} kent die code niet. Laad eerst de pdc, of verbeter de code.",
    ),
}
_NIET_IN_LIJST = {
    "LDT_RetourCode": "Dat is geen retourcode (WJ001) waarmee een regel kan worden afgewezen. Kies een code uit die lijst.",
    "LDT_ProductCategorie": "Die productcategorie kent de standaard niet (JZ020). Kies een code uit die lijst.",
}
_GEEN_AFWIJZING = "0200"
"""The one code of WJ001 that says that nothing is wrong."""


@dataclass(frozen=True, slots=True)
class Inlezing:
    """What a file holds and what is wrong with it. Rows are loaded only when there are no faults."""

    rijen: list[Rij]
    fouten: list[Invoerfout]
    """The first thousand, by line; `totaal` counts all."""
    totaal: int
    verschil: Verschil | None = None
    """What the file changes; None when it has faults."""


def load_referentie(
    werkplaats: Werkplaats, soort: str, inhoud: bytes, *, proef: bool = False, meld: Voortgang = lambda *_: None
) -> Inlezing:
    """Load a file, all of it or, when anything is wrong, nothing. With `proef` everything is tried and nothing is kept.

    Raises KeyError for a kind that is not in SOORTEN.
    """
    bestandsoort = SOORTEN[soort]
    regels = read_lines(soort, [kolom.naam for kolom in bestandsoort.kolommen], inhoud)
    if isinstance(regels, Invoerfout):
        return Inlezing([], [regels], 1)
    fouten = Fouten(soort)
    rijen = read_rows(bestandsoort, regels, fouten, meld)
    check_together(bestandsoort, rijen, fouten)
    _check_lists(werkplaats.schemas, bestandsoort, rijen, fouten)
    opslag = werkplaats.opslag
    with opslag.rehearsal() if proef else opslag.transaction() as verbinding:
        verschil = _store(verbinding, bestandsoort, rijen, fouten, meld)
    return Inlezing(rijen, fouten.ordered(), fouten.totaal, verschil)


def _store(verbinding: Connection, soort: Bestandsoort, rijen: list[Rij], fouten: Fouten, meld: Voortgang) -> Verschil | None:
    """Hold the rows against what is loaded, and merge them when nothing in the file is wrong."""
    gemeenten = {rij[0] for rij in rijen}
    for kolom in soort.bekend:
        tabel, raad = _BEKEND[kolom]
        check_codes(soort, rijen, kolom, load_known(verbinding, tabel, kolom, gemeenten), raad, fouten)
    stage_rows(verbinding, soort.tabel, _announce(rijen, meld))
    if soort.tabel.van:
        for overlap in find_overlaps(verbinding, soort.tabel):
            fouten.add(soort.tabel.van, _overlap_fault(soort, overlap), overlap.regelnummer)
    if fouten.totaal:
        return None
    verschil = compare_rows(verbinding, soort.tabel)
    merge_rows(verbinding, soort.tabel)
    return verschil


def _announce(rijen: Sequence[Rij], meld: Voortgang) -> Iterator[Rij]:
    for begin in range(0, len(rijen), STAP):
        meld("Opslaan", begin, len(rijen))
        yield from rijen[begin : begin + STAP]
    meld("Opslaan", len(rijen), len(rijen))


def _overlap_fault(soort: Bestandsoort, overlap: Overlap) -> str:
    """The loaded period, and how to end whichever of the two begins first."""
    eind = f"tot en met {datum(overlap.geladen_tot)}" if overlap.geladen_tot else "zonder einde"
    geladen = f"De periode overlapt met wat is geladen: van {datum(overlap.geladen_van)} {eind}."
    eerste_is_geladen = overlap.geladen_van < overlap.van
    dag = datum(max(overlap.geladen_van, overlap.van) - timedelta(days=1))
    if eerste_is_geladen:
        return f"{geladen} Zet die eerdere regel ook in dit bestand, met {soort.tabel.tot} uiterlijk {dag}."
    return f"{geladen} Geef deze regel als {soort.tabel.tot} uiterlijk {dag}."


def _check_lists(schemas: Schemas, soort: Bestandsoort, rijen: Sequence[Rij], fouten: Fouten) -> None:
    """Codes of the standard, as the answer to a declaration can hold them."""
    for kolom, typenaam in soort.lijst.items():
        codes = _codes_of(schemas, typenaam)
        check_codes(soort, rijen, kolom, {rij[0]: codes for rij in rijen}, _NIET_IN_LIJST[typenaam], fouten)


def _codes_of(schemas: Schemas, typenaam: str) -> set[str]:
    typen = (onderdeel.type for onderdeel in walk_types(schemas.model(JW325)))
    lijst = next(type_ for type_ in typen if isinstance(type_, Waardetype) and type_.naam == typenaam)
    return set(lijst.codes) - {_GEEN_AFWIJZING}
