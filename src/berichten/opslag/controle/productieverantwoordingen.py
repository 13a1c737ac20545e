"""What aanbieders account for by year and product, and what our own books say of the same care."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from berichten.opslag.basis.kopie import add_rows
from berichten.opslag.basis.vraag import Vraag
from berichten.opslag.tabellen.sturen.controle import productieverantwoording

CONTROLEVERKLARING, GOEDKEUREND = "controleverklaring", "goedkeurend"


@dataclass(frozen=True, slots=True)
class Productieregel:
    """What an aanbieder accounts for of one product in a year of care. Amount in cents."""

    agb: str
    jaar: int
    productcategorie: str
    productcode: str
    eenheid: str
    volume: int
    bedrag: int
    verklaring: str
    """`controleverklaring`, `bestuursverklaring` or `geen`."""
    oordeel: str
    """`goedkeurend`, `beperking`, `oordeelonthouding` or `afkeurend`; empty without a controleverklaring."""
    datum: date

    @property
    def goedgekeurd(self) -> bool:
        """Whether an accountant approved of it."""
        return self.verklaring == CONTROLEVERKLARING and self.oordeel == GOEDKEUREND


PRODUCTIE = ("gemeente", *(veld.name for veld in fields(Productieregel)))

_GELDEND = Vraag(
    Productieregel,
    """
    SELECT {kolommen} FROM (
        SELECT DISTINCT ON (agb, jaar, productcategorie, productcode, eenheid) * FROM productieverantwoording
        WHERE gemeente = %(g)s AND geladen_op <= %(t)s AND (%(j)s::int IS NULL OR jaar = %(j)s)
            AND (%(a)s::text IS NULL OR agb = %(a)s)
        ORDER BY agb, jaar, productcategorie, productcode, eenheid, geladen_op DESC
    ) AS laatste ORDER BY agb, jaar, productcategorie, productcode, eenheid
    """,
)


def list_productie(
    verbinding: Connection, gemeente: str, moment: datetime, jaar: int | None = None, agb: str | None = None
) -> list[Productieregel]:
    """What held by the moment: of one aanbieder, year, product and unit the last that was loaded."""
    return _GELDEND.all(verbinding, {"g": gemeente, "t": moment, "j": jaar, "a": agb})


def add_productie(verbinding: Connection, rijen: Iterable[Sequence[Any]], door: str, nu: datetime) -> None:
    """Keep rows in the order of PRODUCTIE; `door`: who loaded them. Nothing that was loaded before is changed."""
    add_rows(verbinding, productieverantwoording, PRODUCTIE, rijen, {"geladen_door": door, "geladen_op": nu})


@dataclass(frozen=True, slots=True)
class Eigenboeken:
    """What our books say of one product of an aanbieder in a year of care. Amounts in cents."""

    agb: str
    productcategorie: str
    productcode: str
    eenheid: str
    toegekend: int
    aangehouden: int
    afgewezen: int
    """Rejected debit lines whose care was not handed in anew."""
    teruggevraagd: int
    """Part of what is awarded."""


_EIGEN = Vraag(
    Eigenboeken,
    """
    SELECT r.agb, r.categorie AS productcategorie, r.productcode, r.eenheid,
        coalesce(sum(geld.netto), 0)::bigint AS toegekend,
        coalesce(sum(r.bedrag) FILTER (WHERE stand.wacht), 0)::bigint AS aangehouden,
        coalesce(sum(r.bedrag) FILTER (
            WHERE r.uitkomst = 'afgewezen' AND NOT r.credit AND NOT stand.wacht AND NOT stand.opnieuw
        ), 0)::bigint AS afgewezen,
        coalesce(sum(geld.netto) FILTER (WHERE stand.terug), 0)::bigint AS teruggevraagd
    FROM prestatie r
    JOIN bericht b ON b.gemeente = r.gemeente AND b.bericht_id = r.bericht_id AND b.verwerkt_op <= %(t)s
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(j.bedrag), 0) AS netto FROM journaal j
        WHERE j.gemeente = r.gemeente AND j.prestatie_id = r.prestatie_id AND j.geboekt_op <= %(t)s
    ) AS geld
    LEFT JOIN LATERAL (
        SELECT s.terugvragen FROM besluit s WHERE s.gemeente = r.gemeente AND s.prestatie_id = r.prestatie_id AND s.definitief
            AND s.genomen_op <= %(t)s ORDER BY s.besluit_id DESC LIMIT 1
    ) AS laatste ON true
    CROSS JOIN LATERAL (
        SELECT geld.netto = 0 AND laatste IS NULL AND (r.uitkomst = 'ter_beoordeling' OR EXISTS (
                SELECT FROM besluit s WHERE s.gemeente = r.gemeente AND s.prestatie_id = r.prestatie_id AND s.definitief)) AS wacht,
            EXISTS (SELECT FROM prestatie n WHERE n.gemeente = r.gemeente AND n.toewijzingnummer = r.toewijzingnummer
                AND n.agb = r.agb AND n.productcode = r.productcode AND n.begindatum = r.begindatum AND NOT n.credit
                AND n.uitkomst IN ('toegekend', 'ter_beoordeling')) AS opnieuw,
            coalesce(laatste.terugvragen, false) AND NOT EXISTS (SELECT FROM prestatie c WHERE c.gemeente = r.gemeente
                AND c.agb = r.agb AND c.credit AND c.soort = r.soort AND c.vorig_referentienummer = r.referentienummer
                AND c.uitkomst = 'toegekend') AS terug
    ) AS stand
    WHERE r.gemeente = %(g)s AND (%(a)s::text IS NULL OR r.agb = %(a)s) AND r.begindatum >= %(van)s AND r.begindatum <= %(tot)s
    GROUP BY 1, 2, 3, 4
    """,
)


def list_eigen_boeken(verbinding: Connection, gemeente: str, agb: str | None, jaar: int, moment: datetime) -> list[Eigenboeken]:
    """Of one aanbieder or of all, care of the year, by the moment."""
    waarden = {"g": gemeente, "a": agb, "van": date(jaar, 1, 1), "tot": date(jaar, 12, 31), "t": moment}
    return _EIGEN.all(verbinding, waarden)
