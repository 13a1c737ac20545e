"""From a total to its lines: every line that counts in it, with what of it counts where."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Connection

from berichten.opslag.basis import vraag as sql
from berichten.opslag.berichten.berichten import PRESTATIE_BITS, lines_of
from berichten.rapporten.boeken.boekvraag import CATALOGUS, ONBEKEND, Boekvraag, conditions, uses_catalogue, values
from berichten.rapporten.boeken.periode import Vraagfout
from berichten.rapporten.boeken.totalen import BEDRAGEN, list_blocked
from berichten.rapporten.boeken.totalen_sql import CATALOGUSRIJ, STAND
from berichten.rapporten.uitvoer.tabel import Kolom, Rapport


@dataclass(frozen=True, slots=True)
class GeteldePrestatie:
    """A line as it stood at the moment; amounts in cents, credit negative. They add up to the totals of the same name."""

    prestatie_id: int
    bericht_id: UUID
    aanbieder: str
    bsn: str
    referentienummer: str
    toewijzingnummer: int | None
    categorie: str
    productcode: str
    begindatum: date
    einddatum: date
    volume: int
    eenheid: str
    uitkomst: str
    ingediend: int
    toegekend: int
    gecrediteerd: int
    correcties: int
    netto_toegekend: int
    afgewezen: int
    te_beoordelen: int
    betaalbaar: int
    geblokkeerd: int


KOLOMMEN = (
    Kolom("prestatieId", "Prestatie"), Kolom("aanbieder", "Aanbieder"), Kolom("referentienummer", "Referentienummer"),
    Kolom("toewijzingnummer", "Toewijzing"), Kolom("categorie", "Categorie"), Kolom("productcode", "Productcode"),
    Kolom("begindatum", "Begindatum"), Kolom("einddatum", "Einddatum"), Kolom("volume", "Volume", "aantal"),
    Kolom("eenheid", "Eenheid"), Kolom("uitkomst", "Uitkomst"), *(kolom for kolom in BEDRAGEN if kolom.soort == "geld"),
)  # fmt: skip
MEESTE_REGELS = 100_000
"""Lines in one file."""

# Message by message, so that a page is full long before the last line was looked at, and messages of others are passed over whole.
_REGELS = """
    SELECT p.gemeente, p.prestatie_id, p.bericht_id, p.agb, p.bsn, p.referentienummer, p.toewijzingnummer, p.categorie,
        p.productcode, p.begindatum, p.einddatum, p.volume, p.eenheid, p.uitkomst, p.bedrag, b.volgnummer,
        date_trunc('month', p.begindatum::timestamp)::date AS zorgmaand,
        date_trunc('month', d.begindatum::timestamp)::date AS declaratiemaand
    FROM bericht b
    JOIN declaratie d ON d.gemeente = b.gemeente AND d.bericht_id = b.bericht_id
    JOIN prestatie p ON p.gemeente = b.gemeente AND {regels}
    WHERE b.gemeente = %(g)s AND b.verwerkt_op <= %(t)s AND b.volgnummer >= %(na)s >> {bits} AND p.prestatie_id > %(na)s
"""
MATEN = {
    "ingediend": "r.bedrag",
    "toegekend": "boek.toegekend",
    "gecrediteerd": "boek.gecrediteerd",
    "correcties": "boek.correcties",
    "nettoToegekend": "stand.netto",
    "afgewezen": "CASE WHEN stand.uitkomst = 'ter_beoordeling' THEN 0 ELSE r.bedrag - stand.netto END",
    "teBeoordelen": "CASE WHEN stand.uitkomst = 'ter_beoordeling' THEN r.bedrag ELSE 0 END",
    "betaalbaar": "CASE WHEN blok.dicht THEN 0 ELSE stand.netto END",
    "geblokkeerd": "CASE WHEN blok.dicht THEN stand.netto ELSE 0 END",
}
"""What of a line counts in each sum, by the name of the sum."""
_VELDEN = {"nettoToegekend": "netto_toegekend", "teBeoordelen": "te_beoordelen"}
_ALLEEN_DICHT = " AND (b.agb = ANY(cast(%(agbs)s AS text[])) OR p.prestatie_id = ANY(cast(%(regels)s AS bigint[])))"
"""Most is not blocked: to find a page of what is, nothing else is looked at."""
_GETELDE_PRESTATIES = """
    SELECT r.prestatie_id, r.bericht_id, r.agb AS aanbieder, r.bsn, r.referentienummer, r.toewijzingnummer, r.categorie,
        r.productcode, r.begindatum, r.einddatum, r.volume, r.eenheid, stand.uitkomst, {maten}
    FROM (SELECT * FROM ({prestaties}{van_aanbieder}) AS alle WHERE true{binnen}) AS r
    {stand} {catalogus}
    CROSS JOIN LATERAL (
        SELECT r.agb = ANY(cast(%(agbs)s AS text[])) OR r.prestatie_id = ANY(cast(%(regels)s AS bigint[])) AS dicht
    ) AS blok
    WHERE true{buiten}
    ORDER BY r.volgnummer, r.prestatie_id LIMIT %(n)s
"""


def list_getelde_prestaties(
    verbinding: Connection, vraag: Boekvraag, na: int, aantal: int, maat: str | None = None
) -> list[GeteldePrestatie]:
    """Lines after prestatie_id `na`, in order; the filters of the question are the values of a group of its total.

    With `maat`, one of MATEN, only lines of which something counts in that sum.
    """
    agbs, regels = list_blocked(verbinding, vraag)
    if maat == "geblokkeerd" and not agbs and not regels:
        return []
    opdracht = sql.Vraag(
        GeteldePrestatie,
        _GETELDE_PRESTATIES,
        maten=", ".join(f"({som})::bigint AS {_VELDEN.get(naam, naam)}" for naam, som in MATEN.items()),
        prestaties=_REGELS,
        regels=lines_of("b", "p"),
        bits=PRESTATIE_BITS,
        van_aanbieder=(" AND b.agb = %(f_aanbieder)s" if "aanbieder" in vraag.filters else "")
        + (_ALLEEN_DICHT if maat == "geblokkeerd" else ""),
        binnen=conditions(vraag),
        stand=STAND,
        catalogus=f"LEFT JOIN LATERAL ({CATALOGUSRIJ.format(bron='r')}) AS indeling ON true" if uses_catalogue(vraag) else "",
        buiten=_outer_conditions(vraag) + (f" AND ({MATEN[maat]}) <> 0" if maat else ""),
    )
    return opdracht.all(verbinding, {**values(vraag), "na": na, "n": aantal, "agbs": agbs, "regels": regels})


def list_for_file(verbinding: Connection, vraag: Boekvraag, maat: str | None = None) -> list[GeteldePrestatie]:
    """All lines, or those of one sum. Raises Vraagfout for more than one file holds."""
    rijen = list_getelde_prestaties(verbinding, vraag, 0, MEESTE_REGELS + 1, maat)
    if len(rijen) > MEESTE_REGELS:
        raise Vraagfout("Dit zijn te veel regels voor één bestand. Kies een kortere periode, of minder aanbieders.")
    return rijen


def report_regels(vraag: Boekvraag, rijen: Sequence[GeteldePrestatie]) -> Rapport:
    """The lines as a table, without whom they are of."""
    return Rapport(
        "totaalregels",
        "Regels achter een totaal",
        KOLOMMEN,
        [
            (
                rij.prestatie_id, rij.aanbieder, rij.referentienummer, rij.toewijzingnummer, rij.categorie, rij.productcode,
                f"{rij.begindatum:%d-%m-%Y}", f"{rij.einddatum:%d-%m-%Y}", rij.volume, rij.eenheid, rij.uitkomst, rij.ingediend,
                rij.toegekend, rij.gecrediteerd, rij.correcties, rij.netto_toegekend, rij.afgewezen, rij.te_beoordelen,
                rij.betaalbaar, rij.geblokkeerd,
            )
            for rij in rijen
        ],
        vraag.describe(),
        totaalrij=True,
    )  # fmt: skip


def _outer_conditions(vraag: Boekvraag) -> str:
    namen = {naam: f"coalesce(nullif(indeling.{naam}, ''), '{ONBEKEND}')" for naam in CATALOGUS} | {"uitkomst": "stand.uitkomst"}
    return "".join(f" AND {namen[naam]} = %(f_{naam})s" for naam in vraag.buitenom)
