"""Import reference files (CSV as the contract lays down): every wrong line is named, and nothing is loaded unless all is right.

Rows of the file take the place of loaded rows with the same key; rows that the file does not mention stay. History is kept in
periods, which may not overlap for the same subject: neither inside a file nor with what is loaded.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from berichten.dossier import standaarden
from berichten.fouten import Invoerfout
from berichten.kern.tekst import datum
from berichten.opslag.referentie.contacten import replace_contacten
from berichten.opslag.referentie.kaders import list_coming_kaders
from berichten.opslag.referentie.referentie import (
    Overlap,
    Verschil,
    compare_rows,
    drop_known,
    find_overlaps,
    load_known,
    merge_rows,
    stage_rows,
)
from berichten.processen.basis.handelingen import Handeling, note_done
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.referentie.bestand import read_lines
from berichten.processen.referentie.kaders import find_shared_kaders
from berichten.processen.referentie.rijen import STAP, Fouten, Rij, Voortgang, check_codes, check_together, read_rows
from berichten.processen.referentie.soorten import SOORTEN, Bestandsoort
from berichten.standaard.schema.schema import Schemas
from berichten.standaard.uitleg.model import list_codes
from berichten.standaard.waarden.soorten import JW325

__all__ = [
    "SOORTEN", "Gelezen", "Inlezing", "Verschil", "load_referentie", "load_standaard", "open_load", "parse_referentie",
    "store_referentie",
]  # fmt: skip

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
    overgeslagen: int = 0
    """Rows of a set of defaults about something of which the gemeente has loaded a row itself."""


@dataclass(frozen=True, slots=True)
class Gelezen:
    """A file as far as it can be judged without what is loaded."""

    soort: Bestandsoort
    rijen: list[Rij]
    fouten: Fouten
    meld: Voortgang


class _NietsBewaren(Exception):
    """Ends a transaction in which something turned out to be wrong."""


def load_referentie(
    werkplaats: Werkplaats,
    soort: str,
    inhoud: bytes,
    *,
    gemeente: str | None = None,
    proef: bool = False,
    meld: Voortgang = lambda *_: None,
) -> Inlezing:
    """Load a file, all of it or, when anything is wrong, nothing. With `proef` everything is tried and nothing is kept.

    With `gemeente` a row of any other gemeente is a fault, and of what that gemeente has loaded nothing is told. Raises KeyError
    for a kind that is not in SOORTEN.
    """
    gelezen = parse_referentie(werkplaats.schemas, soort, inhoud, meld, gemeente)
    if isinstance(gelezen, Inlezing):
        return gelezen
    with open_load(werkplaats, proef) as verbinding:
        inlezing = store_referentie(verbinding, gelezen)
        if inlezing.verschil is not None:
            note_loaded(verbinding, werkplaats, soort, gelezen)
        return inlezing


def load_standaard(werkplaats: Werkplaats, naam: str, gemeente: str, *, proef: bool = False) -> dict[str, Inlezing]:
    """Load a set of defaults in one transaction; what the gemeente has loaded itself about the same thing stays and goes first.

    Gives what was loaded by kind. When a file has faults it comes last and nothing is kept. Raises KeyError for an unknown set.
    """
    standaarden.STANDAARDEN[naam]
    uitkomst: dict[str, Inlezing] = {}
    try:
        with open_load(werkplaats, proef) as verbinding:
            for soort in standaarden.SOORTEN:
                bestand = standaarden.read_referentie(naam, soort, gemeente)
                gelezen = parse_referentie(werkplaats.schemas, soort, bestand, lambda *_: None, gemeente)
                if isinstance(gelezen, Gelezen):
                    note_loaded(verbinding, werkplaats, soort, gelezen)
                    gelezen = store_referentie(verbinding, gelezen, aanvullen=True)
                uitkomst[soort] = gelezen
                if uitkomst[soort].verschil is None:
                    raise _NietsBewaren
    except _NietsBewaren:
        pass
    return uitkomst


def note_loaded(verbinding: Connection, werkplaats: Werkplaats, soort: str, gelezen: Gelezen) -> None:
    """In the access log of each gemeente that the file has rows of."""
    for gemeente in sorted({rij[0] for rij in gelezen.rijen}):
        note_done(verbinding, werkplaats, Handeling(gemeente, "", "U", "referentie", soort))


def open_load(werkplaats: Werkplaats, proef: bool) -> AbstractContextManager[Connection]:
    """The transaction in which something is loaded; with `proef` nothing of it is kept."""
    return werkplaats.opslag.rehearsal() if proef else werkplaats.opslag.transaction()


def parse_referentie(schemas: Schemas, soort: str, inhoud: bytes, meld: Voortgang, gemeente: str | None) -> Gelezen | Inlezing:
    """The rows that are right in themselves and with each other; an Inlezing when the file as a whole cannot be read."""
    bestandsoort = SOORTEN[soort]
    blad = read_lines(soort, bestandsoort.kolommen, inhoud)
    if isinstance(blad, Invoerfout):
        return Inlezing([], [blad], 1)
    fouten = Fouten(soort)
    rijen = read_rows(bestandsoort, blad, fouten, meld)
    if gemeente is not None:
        rijen = _keep_own(rijen, gemeente, fouten)
    check_together(bestandsoort, rijen, fouten)
    _check_lists(schemas, bestandsoort, rijen, fouten)
    return Gelezen(bestandsoort, rijen, fouten, meld)


def _keep_own(rijen: list[Rij], gemeente: str, fouten: Fouten) -> list[Rij]:
    for rij in rijen:
        if rij[0] != gemeente:
            melding = f"Kolom gemeente is {rij[0]}. U laadt hier alleen regels van gemeente {gemeente}. Haal de regel weg."
            fouten.add("gemeente", melding, rij[-1])
    return [rij for rij in rijen if rij[0] == gemeente]


def store_referentie(verbinding: Connection, gelezen: Gelezen, *, aanvullen: bool = False) -> Inlezing:
    """Hold the rows against what is loaded, and merge them when nothing in the file is wrong."""
    soort, rijen, fouten = gelezen.soort, gelezen.rijen, gelezen.fouten
    gemeenten = {rij[0] for rij in rijen}
    for kolom in soort.bekend:
        tabel, raad = _BEKEND[kolom]
        check_codes(soort, rijen, kolom, load_known(verbinding, tabel, kolom, gemeenten), raad, fouten)
    if soort.contacten:
        verschil = None if fouten.totaal else replace_contacten(verbinding, soort.tabel, _announce(rijen, gelezen.meld))
        return Inlezing(rijen, fouten.ordered(), fouten.totaal, verschil)
    stage_rows(verbinding, soort.tabel, _announce(rijen, gelezen.meld))
    overgeslagen = drop_known(verbinding, soort.tabel) if aanvullen else 0
    if soort.tabel.van:
        for overlap in find_overlaps(verbinding, soort.tabel):
            fouten.add(soort.tabel.van, _overlap_fault(soort, overlap), overlap.regelnummer)
    if soort is SOORTEN["kaders"]:
        for regelnummer, melding in find_shared_kaders(list_coming_kaders(verbinding)):
            fouten.add("kader", melding, regelnummer)
    verschil = None
    if not fouten.totaal:
        verschil = compare_rows(verbinding, soort.tabel)
        merge_rows(verbinding, soort.tabel)
    return Inlezing(rijen, fouten.ordered(), fouten.totaal, verschil, overgeslagen)


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
        codes = set(list_codes(schemas.model(JW325), typenaam)) - {_GEEN_AFWIJZING}
        check_codes(soort, rijen, kolom, {rij[0]: codes for rij in rijen}, _NIET_IN_LIJST[typenaam], fouten)
