"""Declarations, their lines and the journal: loaded with a fixed number of queries, written with COPY."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, text

from berichten.beoordeling.declaratie import Declaratiebeoordeling
from berichten.boeken.journaalposten import KOSTEN, SCHULD, Boeking
from berichten.dossier.dossier import DeclaratieKader, EerderePrestatie
from berichten.dossier.eigen_feiten import Grenzen
from berichten.opslag.basis.kopie import copy_rows
from berichten.opslag.berichten.berichten import PRESTATIE_BITS, Berichtrij
from berichten.opslag.dossiers.contracten import load_contract
from berichten.opslag.dossiers.eigen_feiten import load_feiten
from berichten.opslag.dossiers.gebruik import load_debetten, load_gebruik
from berichten.opslag.dossiers.toewijzingen import known_bsns, load_toewijzingen
from berichten.standaard.waarden.berichten import Declaratie, Prestatie
from berichten.standaard.waarden.soorten import JW323


def load_kader(verbinding: Connection, gemeente: str, agb: str, declaratie: Declaratie, grenzen: Grenzen) -> DeclaratieKader:
    """Everything that a declaration and its lines are held against; a fixed number of queries."""
    prestaties = [prestatie for client in declaratie.clienten for prestatie in client.prestaties]
    nummers = (item.toewijzingnummer for item in prestaties if item.toewijzingnummer is not None)
    toewijzingen = load_toewijzingen(verbinding, gemeente, nummers, agb)
    eerdere = load_eerdere(verbinding, gemeente, agb, JW323.naam, prestaties)
    gebruikt, laatste = _earlier_declarations(verbinding, gemeente, agb, declaratie.declaratienummer)
    return DeclaratieKader(
        agb=agb,
        declaratie=declaratie,
        declaratienummer_gebruikt=gebruikt,
        laatste_periode=laatste,
        bekende_bsns=known_bsns(verbinding, gemeente, agb, (client.bsn for client in declaratie.clienten)),
        toewijzingen=toewijzingen,
        contract=load_contract(verbinding, gemeente, agb, (item.code for item in prestaties)),
        eerdere_prestaties=eerdere,
        gecrediteerd=load_gecrediteerd(verbinding, gemeente, agb, JW323.naam, prestaties),
        referenties=set(eerdere),
        gebruik=load_gebruik(verbinding, gemeente, toewijzingen),
        debetten=load_debetten(verbinding, gemeente, toewijzingen, (item.begindatum for item in prestaties)),
        feiten=load_feiten(verbinding, gemeente, agb, prestaties, grenzen),
    )


def _earlier_declarations(verbinding: Connection, gemeente: str, agb: str, declaratienummer: str) -> tuple[bool, date | None]:
    """Whether the number was used before (TR333), and the first day of the latest month declared (TR318)."""
    rij = verbinding.execute(
        text(
            "SELECT EXISTS (SELECT FROM declaratie WHERE gemeente = :g AND agb = :a AND declaratienummer = :n"
            " AND soort = :s AND nummer_gebruikt), (SELECT max(begindatum) FROM declaratie WHERE gemeente = :g AND agb = :a"
            " AND soort = :s AND nummer_gebruikt)"
        ),
        {"g": gemeente, "a": agb, "n": declaratienummer, "s": JW323.naam},
    ).one()
    return rij[0], rij[1]


def load_eerdere(
    verbinding: Connection, gemeente: str, agb: str, soort: str, prestaties: Sequence[Prestatie]
) -> dict[str, EerderePrestatie]:
    """Lines handled before, of this kind of message, whose reference occurs in these, as own or as previous reference."""
    genoemd = {item.referentienummer for item in prestaties}
    genoemd.update(item.vorig_referentienummer for item in prestaties if item.vorig_referentienummer is not None)
    rijen = verbinding.execute(
        text("""
            SELECT p.referentienummer, p.toewijzingnummer, p.bsn, p.categorie, p.productcode, p.begindatum, p.einddatum, p.volume,
                p.eenheid, p.tarief, p.bedrag, p.credit, p.uitkomst,
                EXISTS (SELECT FROM antwoord a WHERE a.gemeente = p.gemeente AND a.bericht_id = p.bericht_id),
                p.toegekend_volume, p.toegekend_bedrag
            FROM prestatie p
            WHERE p.gemeente = :g AND p.agb = :a AND p.referentienummer = ANY(:r) AND p.soort = :s AND p.referentie_gebruikt
        """),
        {"g": gemeente, "a": agb, "r": sorted(genoemd), "s": soort},
    )
    return {rij[0]: EerderePrestatie(*rij) for rij in rijen}


def load_gecrediteerd(verbinding: Connection, gemeente: str, agb: str, soort: str, prestaties: Sequence[Prestatie]) -> set[str]:
    """Previous references of these lines that have a credit already, awarded or held, in this kind of message."""
    vorige = sorted({item.vorig_referentienummer for item in prestaties if item.vorig_referentienummer is not None})
    if not vorige:
        return set()
    return set(
        verbinding.execute(
            text(
                "SELECT vorig_referentienummer FROM prestatie WHERE gemeente = :g AND agb = :a"
                " AND vorig_referentienummer = ANY(:v) AND soort = :s AND credit AND uitkomst IN ('toegekend', 'ter_beoordeling')"
            ),
            {"g": gemeente, "a": agb, "v": vorige, "s": soort},
        ).scalars()
    )


def insert_declaratie(verbinding: Connection, bericht: Berichtrij, agb: str, declaratie: Declaratie, nummer_gebruikt: bool) -> None:
    """Store the declaration itself."""
    verbinding.execute(
        text(
            "INSERT INTO declaratie (gemeente, bericht_id, agb, soort, declaratienummer, begindatum, einddatum, dagtekening,"
            " nummer_gebruikt) VALUES (:g, :b, :a, :soort, :nummer, :begin, :eind, :dagtekening, :gebruikt)"
        ),
        {"g": bericht.gemeente, "b": bericht.bericht_id, "a": agb, "soort": bericht.soort, "nummer": declaratie.declaratienummer,
         "begin": declaratie.periode.begindatum, "eind": declaratie.periode.einddatum,
         "dagtekening": declaratie.dagtekening, "gebruikt": nummer_gebruikt},
    )  # fmt: skip


_PRESTATIE = {
    "gemeente": "text", "prestatie_id": "int8", "bericht_id": "uuid", "agb": "text", "bsn": "text", "referentienummer": "text",
    "vorig_referentienummer": "text", "toewijzingnummer": "int8", "categorie": "text", "productcode": "text",
    "begindatum": "date", "einddatum": "date", "volume": "int4", "eenheid": "text", "tarief": "int4", "bedrag": "int8",
    "credit": "bool", "uitkomst": "text", "retourcodes": "text[]", "referentie_gebruikt": "bool", "regelnummer": "int4",
    "zonder_feiten": "int2",
}  # fmt: skip


_DEELS = {"soort": "text", "toegekend_volume": "int4", "toegekend_bedrag": "int8"}
"""Of a JW303: what counts of a line when not all does. A JW323 has nothing to say there."""


def copy_prestaties(verbinding: Connection, bericht: Berichtrij, agb: str, beoordeling: Declaratiebeoordeling) -> None:
    """Store lines as they are judged, each with the outcome that stands by then.

    A line that was judged uses its reference, unless that was used before (TR314).
    """
    basis, gemeente, bericht_id = bericht.volgnummer << PRESTATIE_BITS, bericht.gemeente, bericht.bericht_id
    uitkomsten, codes, dubbel = beoordeling.uitkomsten, beoordeling.prestatie_codes, beoordeling.dubbel
    zonder_feiten, toekenningen = beoordeling.zonder_feiten, beoordeling.toekenningen
    deelbaar = bericht.soort != JW323.naam

    def rows() -> Iterable[tuple[object, ...]]:
        for p in beoordeling.regels:
            nummer = p.volgnummer
            uitkomst = uitkomsten[nummer - 1]
            eigen = codes.get(nummer)
            rij = (
                gemeente, basis | nummer, bericht_id, agb, p.bsn, p.referentienummer, p.vorig_referentienummer,
                p.toewijzingnummer, p.categorie, p.code, p.begindatum, p.einddatum, p.volume, p.eenheid, p.tarief, p.bedrag,
                p.credit, uitkomst, eigen and list(eigen), uitkomst != "niet_beoordeeld" and nummer not in dubbel, p.regelnummer,
                zonder_feiten.get(nummer, 0),
            )  # fmt: skip
            if deelbaar:
                deel = toekenningen.get(nummer)
                yield (*rij, bericht.soort, deel and deel.volume, deel and deel.bedrag)
            else:
                yield rij

    copy_rows(verbinding, "prestatie", {**_PRESTATIE, **_DEELS} if deelbaar else _PRESTATIE, rows())


_JOURNAAL = {
    "gemeente": "text", "agb": "text", "bericht_id": "uuid", "prestatie_id": "int8", "soort": "text", "rekening": "text",
    "tegenrekening": "text", "bedrag": "int8", "toewijzingnummer": "int8", "categorie": "text", "productcode": "text",
    "zorgmaand": "date", "declaratiemaand": "date", "geboekt_op": "timestamptz", "boeking": "int2",
}  # fmt: skip


def copy_boekingen(
    verbinding: Connection, bericht: Berichtrij, agb: str, boekingen: Iterable[Boeking], geboekt_op: datetime
) -> None:
    """Add entries to the journal."""
    basis, gemeente, bericht_id = bericht.volgnummer << PRESTATIE_BITS, bericht.gemeente, bericht.bericht_id
    copy_rows(
        verbinding,
        "journaal",
        _JOURNAAL,
        (
            (gemeente, agb, bericht_id, basis | b.prestatie.volgnummer, b.soort, KOSTEN, SCHULD, b.bedrag,
             b.prestatie.toewijzingnummer, b.prestatie.categorie, b.prestatie.code, b.zorgmaand, b.declaratiemaand, geboekt_op,
             b.boeking)
            for b in boekingen
        ),
    )  # fmt: skip


def sum_journaal(verbinding: Connection, bericht: Berichtrij) -> int:
    """What the journal got when this message was handled, in cents; later corrections are not in it."""
    basis = bericht.volgnummer << PRESTATIE_BITS
    return int(
        verbinding.execute(
            text(
                "SELECT coalesce(sum(bedrag), 0) FROM journaal WHERE gemeente = :g AND boeking = 1"
                " AND prestatie_id > :van AND prestatie_id < :tot"
            ),
            {"g": bericht.gemeente, "van": basis, "tot": basis + (1 << PRESTATIE_BITS)},
        ).scalar_one()
    )


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
