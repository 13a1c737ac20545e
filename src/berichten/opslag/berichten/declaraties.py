"""Declarations, their lines and the journal: loaded with a fixed number of queries, written with COPY."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import repeat
from typing import NamedTuple

from sqlalchemy import Connection

from berichten.beoordeling.declaratie import Declaratiebeoordeling
from berichten.boeken.journaalposten import KOSTEN, SCHULD, Boeking
from berichten.dossier.dossier import DeclaratieKader, EerderePrestatie
from berichten.dossier.eigen_feiten import Grenzen
from berichten.opslag.basis.delen import TELT_MEE
from berichten.opslag.basis.kopie import add_rows
from berichten.opslag.basis.vraag import Opdracht, Vraag
from berichten.opslag.berichten.berichten import PRESTATIE_BITS, Berichtrij
from berichten.opslag.dossiers.contracten import load_contract
from berichten.opslag.dossiers.eigen_feiten import load_feiten
from berichten.opslag.dossiers.gebruik import load_eerder
from berichten.opslag.dossiers.toewijzingen import known_bsns, load_toewijzingen
from berichten.opslag.tabellen.declaraties import journaal, prestatie
from berichten.standaard.waarden.berichten import Declaratie
from berichten.standaard.waarden.onderdelen import Periode
from berichten.standaard.waarden.regelvelden import VELDEN, Velden
from berichten.standaard.waarden.soorten import JW323


def load_kader(verbinding: Connection, gemeente: str, agb: str, declaratie: Declaratie, grenzen: Grenzen) -> DeclaratieKader:
    """Everything that a declaration and its lines are held against; a fixed number of queries."""
    velden = declaratie.each_field()
    nummers = set(velden["toewijzingnummer"]) - {None}
    toewijzingen = load_toewijzingen(verbinding, gemeente, nummers, agb)
    eerdere = load_eerdere(verbinding, gemeente, agb, JW323.naam, velden)
    eerder = load_eerder(verbinding, gemeente, toewijzingen, velden)
    gebruikt, laatste = _earlier_declarations(verbinding, gemeente, agb, declaratie.declaratienummer)
    return DeclaratieKader(
        agb=agb,
        declaratie=declaratie,
        declaratienummer_gebruikt=gebruikt,
        laatste_periode=laatste,
        bekende_bsns=known_bsns(verbinding, gemeente, agb, [client.bsn for client in declaratie.clienten], toewijzingen.values()),
        toewijzingen=toewijzingen,
        contract=load_contract(verbinding, gemeente, agb, velden["code"]),
        eerdere_prestaties=eerdere,
        gecrediteerd=load_gecrediteerd(verbinding, gemeente, agb, JW323.naam, velden),
        referenties=set(eerdere),
        gebruik=eerder.gebruik,
        debetten=eerder.debetten,
        feiten=load_feiten(verbinding, gemeente, agb, velden, grenzen),
    )


class _Eerder(NamedTuple):
    gebruikt: bool
    laatste: date | None


_EERDER = Vraag(
    _Eerder,
    """
    SELECT EXISTS (SELECT FROM declaratie WHERE gemeente = %(g)s AND agb = %(a)s AND declaratienummer = %(n)s AND soort = %(s)s
            AND nummer_gebruikt) AS gebruikt,
        (SELECT max(begindatum) FROM declaratie WHERE gemeente = %(g)s AND agb = %(a)s AND soort = %(s)s AND nummer_gebruikt)
            AS laatste
    """,
)
_EERDERE = Vraag(
    EerderePrestatie,
    """
    SELECT p.referentienummer, p.toewijzingnummer, p.bsn, p.categorie, p.productcode AS code, p.begindatum, p.einddatum, p.volume,
        p.eenheid, p.tarief, p.bedrag, p.credit, p.uitkomst,
        EXISTS (SELECT FROM antwoord a WHERE a.gemeente = p.gemeente AND a.bericht_id = p.bericht_id) AS antwoord_verzonden,
        p.toegekend_volume, p.toegekend_bedrag
    FROM prestatie p
    WHERE p.gemeente = %(g)s AND p.agb = %(a)s AND p.referentienummer = ANY(%(r)s::text[]) AND p.soort = %(s)s
        AND p.referentie_gebruikt
    """,
)
_GECREDITEERD = Vraag(
    str,
    """
    SELECT vorig_referentienummer FROM prestatie WHERE gemeente = %(g)s AND agb = %(a)s
        AND vorig_referentienummer = ANY(%(v)s::text[]) AND soort = %(s)s AND credit AND {telt_mee}
    """,
    telt_mee=TELT_MEE,
)
_NIEUW = Opdracht(
    "INSERT INTO declaratie (gemeente, bericht_id, agb, soort, declaratienummer, begindatum, einddatum, dagtekening,"
    " nummer_gebruikt) VALUES (%(g)s, %(b)s, %(a)s, %(soort)s, %(nummer)s, %(begin)s, %(eind)s, %(dagtekening)s, %(gebruikt)s)"
)
_GEBOEKT = Vraag(
    int,
    "SELECT coalesce(sum(bedrag), 0)::bigint FROM journaal WHERE gemeente = %(g)s AND boeking = 1"
    " AND prestatie_id > %(van)s AND prestatie_id < %(tot)s",
)


def _earlier_declarations(verbinding: Connection, gemeente: str, agb: str, declaratienummer: str) -> _Eerder:
    """Whether the number was used before (TR333), and the first day of the latest month declared (TR318)."""
    return _EERDER.read(verbinding, {"g": gemeente, "a": agb, "n": declaratienummer, "s": JW323.naam})


def load_eerdere(verbinding: Connection, gemeente: str, agb: str, soort: str, velden: Velden) -> dict[str, EerderePrestatie]:
    """Lines handled before, of this kind of message, whose reference occurs in these, as own or as previous reference."""
    # Each once, in the order of the message: sorting thirty thousand of them costs as much as looking them up.
    genoemd = dict.fromkeys((*velden["referentienummer"], *velden["vorig_referentienummer"]))
    genoemd.pop(None, None)
    rijen = _EERDERE.all(verbinding, {"g": gemeente, "a": agb, "r": list(genoemd), "s": soort})
    return {rij.referentienummer: rij for rij in rijen}


def load_gecrediteerd(verbinding: Connection, gemeente: str, agb: str, soort: str, velden: Velden) -> set[str]:
    """Previous references of these lines that have a credit already, awarded or held, in this kind of message."""
    vorige = sorted(set(velden["vorig_referentienummer"]) - {None})
    if not vorige:
        return set()
    return set(_GECREDITEERD.all(verbinding, {"g": gemeente, "a": agb, "v": vorige, "s": soort}))


def insert_declaratie(verbinding: Connection, bericht: Berichtrij, agb: str, declaratie: Declaratie, nummer_gebruikt: bool) -> None:
    """Store the declaration itself."""
    _NIEUW.put(
        verbinding,
        {"g": bericht.gemeente, "b": bericht.bericht_id, "a": agb, "soort": bericht.soort, "nummer": declaratie.declaratienummer,
         "begin": declaratie.periode.begindatum, "eind": declaratie.periode.einddatum,
         "dagtekening": declaratie.dagtekening, "gebruikt": nummer_gebruikt},
    )  # fmt: skip


_ZEGT = ("productcode" if veld == "code" else veld for veld in VELDEN)
_PRESTATIE = (*_ZEGT, "prestatie_id", "uitkomst", "retourcodes", "referentie_gebruikt", "zonder_feiten")
"""What a line says by itself, and what became of it."""
_DEELS = ("toegekend_volume", "toegekend_bedrag")
"""Of a JW303: what counts of a line when not all does. A JW323 has nothing to say there."""


def copy_prestaties(verbinding: Connection, bericht: Berichtrij, agb: str, beoordeling: Declaratiebeoordeling) -> None:
    """Store lines with what became of them.

    A line that was judged uses its reference, unless that was used before (TR314).
    """
    basis, uitkomsten = bericht.volgnummer << PRESTATIE_BITS, beoordeling.uitkomsten
    nummers = range(1, len(uitkomsten) + 1)
    codes = {nummer: list(eigen) for nummer, eigen in beoordeling.prestatie_codes.items()}
    gebruikt = [uitkomst != "niet_beoordeeld" for uitkomst in uitkomsten]
    for nummer in beoordeling.dubbel:
        gebruikt[nummer - 1] = False
    geworden: list[Iterable[object]] = [
        range(basis + 1, basis + 1 + len(uitkomsten)),
        uitkomsten,
        map(codes.get, nummers),
        gebruikt,
        map(beoordeling.zonder_feiten.get, nummers, repeat(0)),
    ]
    kolommen = _PRESTATIE
    if bericht.soort != JW323.naam:
        kolommen = (*_PRESTATIE, *_DEELS)
        deels = [beoordeling.toekenningen.get(nummer) for nummer in nummers]
        geworden += [(deel and deel.volume for deel in deels), (deel and deel.bedrag for deel in deels)]
    rijen = zip(*beoordeling.declaratie.each_field().values(), *geworden, strict=True)
    vast = {"gemeente": bericht.gemeente, "bericht_id": bericht.bericht_id, "agb": agb, "soort": bericht.soort}
    add_rows(verbinding, prestatie, kolommen, rijen, vast)


_JOURNAAL = (
    "prestatie_id", "soort", "bedrag", "toewijzingnummer", "categorie", "productcode", "zorgmaand", "declaratiemaand", "boeking",
)  # fmt: skip
_BOEK = Opdracht(
    """
    INSERT INTO journaal (gemeente, agb, bericht_id, prestatie_id, boeking, soort, rekening, tegenrekening, bedrag,
        toewijzingnummer, categorie, productcode, zorgmaand, declaratiemaand, geboekt_op)
    SELECT gemeente, agb, bericht_id, prestatie_id, 1, CASE WHEN credit THEN 'creditering' ELSE 'toekenning' END, '{kosten}',
        '{schuld}', bedrag, toewijzingnummer, categorie, productcode, date_trunc('month', begindatum::timestamp)::date,
        date_trunc('month', %(periode)s::timestamp)::date, %(op)s
    FROM prestatie WHERE gemeente = %(g)s AND prestatie_id > %(van)s AND prestatie_id < %(tot)s AND uitkomst = 'toegekend'
    ORDER BY prestatie_id
    """,
    kosten=KOSTEN,
    schuld=SCHULD,
)


def copy_boekingen(
    verbinding: Connection, bericht: Berichtrij, agb: str, boekingen: Iterable[Boeking], geboekt_op: datetime
) -> None:
    """Add entries to the journal."""
    basis = bericht.volgnummer << PRESTATIE_BITS
    vast = {
        "gemeente": bericht.gemeente, "agb": agb, "bericht_id": bericht.bericht_id, "rekening": KOSTEN, "tegenrekening": SCHULD,
        "geboekt_op": geboekt_op,
    }  # fmt: skip
    rijen = (
        (basis | b.prestatie.volgnummer, b.soort, b.bedrag, b.prestatie.toewijzingnummer, b.prestatie.categorie, b.prestatie.code,
         b.zorgmaand, b.declaratiemaand, b.boeking)
        for b in boekingen
    )  # fmt: skip
    add_rows(verbinding, journaal, _JOURNAAL, rijen, vast)


def book_awarded(verbinding: Connection, bericht: Berichtrij, periode: Periode, geboekt_op: datetime) -> None:
    """The entries of `book_declaratie` where nothing is awarded in part, made of the lines where they stand."""
    _BOEK.run(verbinding, {"g": bericht.gemeente, **_place_of(bericht), "periode": periode.begindatum, "op": geboekt_op})


def sum_journaal(verbinding: Connection, bericht: Berichtrij) -> int:
    """What the journal got when this message was handled, in cents; later corrections are not in it."""
    return _GEBOEKT.read(verbinding, {"g": bericht.gemeente, **_place_of(bericht)})


def _place_of(bericht: Berichtrij) -> dict[str, int]:
    """Between which numbers those of its lines lie."""
    basis = bericht.volgnummer << PRESTATIE_BITS
    return {"van": basis, "tot": basis + (1 << PRESTATIE_BITS)}


@dataclass(frozen=True, slots=True)
class Prestatierij:
    """A billed line as the database keeps it."""

    prestatie_id: int
    referentienummer: str
    vorig_referentienummer: str | None
    bsn: str
    toewijzingnummer: int | None
    categorie: str
    productcode: str
    begindatum: date
    einddatum: date
    volume: int
    eenheid: str
    tarief: int | None
    bedrag: int
    credit: bool
    uitkomst: str
    retourcodes: list[str] | None
    toegekend_bedrag: int | None
    """Eurocents, signed, that count when that is not all of `bedrag`: only for a line of a JW303."""
    zonder_feiten: int
    """The facts (`Feit`) that were missing when the gemeente's own rules were checked."""
    regelnummer: int | None = None
    """Line of the file on which it stands."""

    @property
    def toegekend(self) -> int:
        """Eurocents, signed, that stand in the books for this line."""
        if self.uitkomst != "toegekend":
            return 0
        return self.bedrag if self.toegekend_bedrag is None else self.toegekend_bedrag
