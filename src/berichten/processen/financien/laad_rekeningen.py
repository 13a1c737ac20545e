"""Propose many bank accounts with one file: all of it or, when anything is wrong, nothing. Another person confirms each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from berichten.boeken.betaling import Rekening, check_rekening
from berichten.fouten import Invoerfout
from berichten.opslag.financien.blokkades import lock_betalingen
from berichten.opslag.financien.rekeningen import EIGEN, Rekeningrij, insert_rekening, known_aanbieders, list_voorliggend
from berichten.opslag.referentie.referentie import Doeltabel
from berichten.processen.basis.handelingen import Handeling, note_done
from berichten.processen.basis.opdrachtgever import raise_unless_known
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.referentie.bestand import read_lines
from berichten.processen.referentie.rijen import Fouten, Rij, read_rows
from berichten.processen.referentie.soorten import Bestandskolom, Bestandsoort
from berichten.processen.referentie.waarden import read_agb, read_datum, read_gemeente, read_tekst
from berichten.standaard.waarden.iban import tidy_iban

NAAM = "rekeningen"


def _judge(rij: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    for kolom, melding in check_rekening(Rekening(tidy_iban(rij["iban"]), rij["tenaamstelling"])):
        yield kolom, f"is niet goed. {melding}"


_KOLOMMEN = (
    Bestandskolom("gemeente", read_gemeente, cijfers=4),
    Bestandskolom("agb", read_agb, leeg=EIGEN, cijfers=8),
    Bestandskolom("iban", read_tekst(60, nummer=True)),
    Bestandskolom("tenaamstelling", read_tekst(200)),
    Bestandskolom("ingangsdatum", read_datum),
    Bestandskolom("einddatum", read_datum, leeg=None),
)
BESTAND = Bestandsoort(
    NAAM,
    _KOLOMMEN,
    Doeltabel("betaalrekening", tuple(kolom.naam for kolom in _KOLOMMEN), ("gemeente", "agb"), "ingangsdatum", "einddatum"),
    toets=_judge,
)
"""Columns in order. No kind of reference data: rows are proposals, and one that begins later may overlap with an earlier one."""


@dataclass(frozen=True, slots=True)
class Lading:
    """What a file of accounts proposes, or everything that is wrong with it."""

    voorstellen: tuple[Rekeningrij, ...]
    ongewijzigd: int
    """Rows that say what already holds, or is proposed, on their first day."""
    fouten: Sequence[Invoerfout] = ()
    totaal: int = 0
    """Faults; the first thousand are in `fouten`."""


def load_rekeningen_bestand(
    werkplaats: Werkplaats, door: str, inhoud: bytes, *, gemeente: str | None = None, proef: bool = False
) -> Lading:
    """Propose the accounts of a file (CSV or XLSX) on behalf of `door`; an empty agb is the account of the gemeente itself.

    With `gemeente` a row of any other is a fault. With `proef` everything is tried and nothing is kept.
    """
    blad = read_lines(NAAM, BESTAND.kolommen, inhoud)
    if isinstance(blad, Invoerfout):
        return Lading((), 0, [blad], 1)
    fouten = Fouten(NAAM)
    rijen = read_rows(BESTAND, blad, fouten, lambda *_: None)
    _check_rows(rijen, gemeente, fouten)
    with _opened(werkplaats, proef) as verbinding:
        gemeenten = sorted({rij[0] for rij in rijen} if gemeente is None else {gemeente})
        for code in gemeenten:
            raise_unless_known(verbinding, werkplaats, code, door)
            lock_betalingen(verbinding, code)
            _check_known(verbinding, code, rijen, fouten)
        if fouten.totaal:
            return Lading((), 0, fouten.ordered(), fouten.totaal)
        voorstellen = [rij for code in gemeenten for rij in _propose(verbinding, werkplaats, code, door, rijen)]
        for code in gemeenten:
            note_done(verbinding, werkplaats, Handeling(code, door, "C", "rekening"))
        return Lading(tuple(voorstellen), len(rijen) - len(voorstellen))


def _opened(werkplaats: Werkplaats, proef: bool) -> AbstractContextManager[Connection]:
    return werkplaats.opslag.rehearsal() if proef else werkplaats.opslag.transaction()


def _check_rows(rijen: Sequence[Rij], gemeente: str | None, fouten: Fouten) -> None:
    gezien: dict[tuple[str, str, date], Rij] = {}
    for rij in rijen:
        if gemeente is not None and rij[0] != gemeente:
            melding = f"Kolom gemeente is {rij[0]}. U laadt hier alleen regels van gemeente {gemeente}. Haal de regel weg."
            fouten.add("gemeente", melding, rij[-1])
        eerste = gezien.setdefault((rij[0], rij[1], rij[4]), rij)
        if eerste is not rij:
            melding = f"Op regel {eerste[-1]} staat al een rekening met deze agb en ingangsdatum. Haal een van beide regels weg."
            fouten.add("ingangsdatum", melding, rij[-1])


def _check_known(verbinding: Connection, gemeente: str, rijen: Sequence[Rij], fouten: Fouten) -> None:
    eigen = [rij for rij in rijen if rij[0] == gemeente and rij[1] != EIGEN]
    bekend = known_aanbieders(verbinding, gemeente, {rij[1] for rij in eigen})
    for rij in eigen:
        if rij[1] not in bekend:
            melding = f"Kolom agb is {rij[1]}. Gemeente {gemeente} kent deze aanbieder niet. Controleer de AGB-code."
            fouten.add("agb", melding, rij[-1])


def _propose(
    verbinding: Connection, werkplaats: Werkplaats, gemeente: str, door: str, rijen: Sequence[Rij]
) -> Iterator[Rekeningrij]:
    """A proposal for each row that says something new, in the order of first days: a later row is held against an earlier one."""
    eigen = sorted((rij for rij in rijen if rij[0] == gemeente), key=lambda rij: (rij[1], rij[4]))
    stand: dict[str, list[tuple[date, Rekening, date | None]]] = {}
    for agb, dag, rekening, eind in list_voorliggend(verbinding, gemeente, {rij[1] for rij in eigen}):
        stand.setdefault(agb, []).append((dag, rekening, eind))
    nu = werkplaats.instellingen.nu()
    for _, agb, iban, naam, van, tot, _ in eigen:
        rekening = Rekening(tidy_iban(iban), naam)
        eerder = [item for item in stand.get(agb, ()) if item[0] <= van]
        if eerder and eerder[-1][1:] == (rekening, tot):
            continue
        stand.setdefault(agb, []).append((van, rekening, tot))
        stand[agb].sort(key=lambda item: item[0])
        yield insert_rekening(verbinding, gemeente, agb, rekening, (van, tot), door, nu)
