"""What waits for a decision: held lines, the oldest deadline first, and awarded lines that the gemeente wants to see credited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from berichten.dossier.dossier import VERWIJDERD
from berichten.opslag.basis.delen import P_GECREDITEERD, P_HEEFT_REGEL, P_WACHT
from berichten.opslag.basis.rijvorm import shape_of
from berichten.opslag.basis.vraag import Vraag, Zoekvraag
from berichten.opslag.berichten.berichten import PRESTATIE_BITS

Wijzer = tuple[date, int]
"""Deadline and prestatie_id of a held line: where it stands in the list."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which held lines to show; what is None does not matter."""

    agb: str | None = None
    regel: str | None = None
    """Id of a rule of which a finding was kept."""
    bericht_id: UUID | None = None
    min_bedrag: int | None = None
    """Cents that the line asks, debit or credit, at least."""
    uiterlijk_van: date | None = None
    uiterlijk_tot: date | None = None
    """Deadlines between these dates, both inclusive."""
    retourcode: str | None = None
    """Proposed for a rejection, or of a finding."""
    productcode: str | None = None
    categorie: str | None = None
    toewijzingnummer: int | None = None
    bsn: str | None = None
    op_verwijderde: Literal[True] | None = None
    """Only lines whose allocation was removed."""


_VERWIJDERD = (
    "EXISTS (SELECT FROM toewijzing t WHERE t.gemeente = p.gemeente"
    " AND t.toewijzingnummer = p.toewijzingnummer AND t.reden_wijziging = %(weg)s)"
)
_VOORWAARDEN = {
    "agb": "p.agb = %(agb)s",
    "min_bedrag": "abs(p.bedrag) >= %(min_bedrag)s",
    "regel": P_HEEFT_REGEL,
    "op_verwijderde": _VERWIJDERD,
    "bericht_id": "p.prestatie_id >> {bits} ="
    " (SELECT volgnummer FROM bericht WHERE gemeente = %(g)s AND bericht_id = %(bericht_id)s)",
    **{naam: f"p.{naam} = %({naam})s" for naam in ("productcode", "categorie", "toewijzingnummer", "bsn")},
    "retourcode": "(%(retourcode)s = ANY(p.retourcodes) OR EXISTS (SELECT FROM bevinding v WHERE v.gemeente = p.gemeente"
    " AND v.prestatie_id = p.prestatie_id AND v.retourcode = %(retourcode)s AND v.hertoetsing = p.hertoetsing))",
    "uiterlijk_van": "b.uiterlijk >= %(uiterlijk_van)s",
    "uiterlijk_tot": "b.uiterlijk <= %(uiterlijk_tot)s",
}
_AANGEHOUDEN = """
    WITH aangehouden AS MATERIALIZED (
        SELECT p.gemeente, p.prestatie_id, p.bedrag, b.bericht_id, b.uiterlijk
        FROM prestatie p CROSS JOIN LATERAL (
            SELECT bericht_id, antwoord_uiterlijk_op AS uiterlijk FROM bericht
            WHERE bericht.gemeente = p.gemeente AND bericht.volgnummer = p.prestatie_id >> {bits} LIMIT 1
        ) AS b
        WHERE {wacht}
"""
"""Begins with the small index of held lines, and looks up the message of each: LIMIT keeps the planner, which knows nothing of the
numbers inside a prestatie_id, from comparing all lines with all messages. Conditions and the closing bracket follow."""


@dataclass(frozen=True, slots=True)
class Aangehouden:
    """A held line as its reviewer sees it. Amounts in signed eurocents, dates inclusive."""

    prestatie_id: int
    bericht_id: UUID
    agb: str
    aanbieder: str | None
    """Name, where the gemeente has loaded one."""
    bsn: str
    referentienummer: str
    toewijzingnummer: int | None
    categorie: str
    productcode: str
    begindatum: date
    einddatum: date
    volume: int
    eenheid: str
    tarief: int | None
    bedrag: int
    retourcodes: list[str] | None
    """Proposed for a rejection."""
    uiterlijk: date
    """By when the JW325 has to leave."""
    voorstel_id: int | None
    """The decision that waits for a second person, if there is one."""
    voorstel: str | None
    voorstel_retourcode: str | None
    voorstel_terugvragen: bool | None
    voorstel_motivering: str | None
    voorstel_door: str | None
    voorstel_op: datetime | None

    @property
    def wijzer(self) -> Wijzer:
        return self.uiterlijk, self.prestatie_id


class _Rij(NamedTuple):
    aantal: int
    bedrag: int
    regel: Aangehouden | None
    """There is a row with the totals also when there are no lines."""


_HERKOMST = {
    "aanbieder": "aanbieder.naam", "uiterlijk": "gekozen.uiterlijk", "voorstel_id": "v.besluit_id", "voorstel": "v.besluit",
    "voorstel_retourcode": "v.retourcode", "voorstel_terugvragen": "v.terugvragen", "voorstel_motivering": "v.motivering",
    "voorstel_door": "v.door", "voorstel_op": "v.genomen_op",
}  # fmt: skip
"""Columns of a held line that are not those of the line itself."""
_REGELS = """
    SELECT totaal.aantal, totaal.bedrag, {regel}
    FROM (SELECT count(*) AS aantal, coalesce(sum(bedrag), 0)::bigint AS bedrag FROM aangehouden) AS totaal
    LEFT JOIN (
        SELECT gemeente, prestatie_id, uiterlijk FROM aangehouden
        WHERE %(dag)s::date IS NULL OR (uiterlijk, prestatie_id) > (%(dag)s, %(na)s) ORDER BY uiterlijk, prestatie_id LIMIT %(n)s
    ) AS gekozen ON true
    LEFT JOIN prestatie p ON p.gemeente = gekozen.gemeente AND p.prestatie_id = gekozen.prestatie_id
    LEFT JOIN aanbieder ON aanbieder.gemeente = p.gemeente AND aanbieder.agb = p.agb
    LEFT JOIN LATERAL (SELECT * FROM besluit WHERE besluit.gemeente = p.gemeente AND besluit.prestatie_id = p.prestatie_id
        ORDER BY besluit_id DESC LIMIT 1) AS v ON true
    ORDER BY gekozen.uiterlijk, gekozen.prestatie_id
"""
_DELEN: dict[str, Any] = {"bits": PRESTATIE_BITS, "wacht": P_WACHT}
_LIJST = Zoekvraag(
    _Rij,
    "{aangehouden} AND p.gemeente = %(g)s{waar}) {regels}",
    _VOORWAARDEN,
    aangehouden=_AANGEHOUDEN,
    regels=_REGELS,
    regel=", ".join(f'{_HERKOMST.get(naam, f"p.{naam}")} AS "regel.{naam}"' for naam in shape_of(Aangehouden).kolommen),
    **_DELEN,
)


@dataclass(frozen=True, slots=True)
class Bladzijde:
    """A page of the work list; the totals are those of the whole list."""

    regels: list[Aangehouden]
    aantal: int
    bedrag: int


def list_aangehouden(
    verbinding: Connection, gemeente: str, zeef: Filter, na: Wijzer | None = None, aantal: int | None = None
) -> Bladzijde:
    """Held lines that come after `na`, the oldest deadline first, as far as the transaction may see them; one query."""
    dag, nummer = na or (None, None)
    rijen = _LIJST.all(verbinding, zeef, {"g": gemeente, "dag": dag, "na": nummer, "n": aantal, "weg": VERWIJDERD})
    return Bladzijde([rij.regel for rij in rijen if rij.regel is not None], rijen[0].aantal, rijen[0].bedrag)


class OpVerwijderde(NamedTuple):
    """A held line whose allocation is gone."""

    prestatie_id: int
    regelnummer: int
    """Line of the file on which it stands."""
    toewijzingnummer: int
    toewijzingsdatum: date
    """Of the version that removed it."""


_OP_VERWIJDERDE = Vraag(
    OpVerwijderde,
    """
    SELECT p.prestatie_id, p.regelnummer, p.toewijzingnummer, t.toewijzingsdatum FROM prestatie p
    JOIN toewijzing t USING (gemeente, toewijzingnummer) WHERE p.gemeente = %(g)s AND p.prestatie_id = ANY(%(p)s::bigint[])
        AND {wacht} AND NOT p.credit AND t.reden_wijziging = %(weg)s
    """,
    wacht=P_WACHT,
)


def list_op_verwijderde(verbinding: Connection, gemeente: str, prestatie_ids: Sequence[int]) -> list[OpVerwijderde]:
    """Those of these lines that are held, debit, and on an allocation that was removed since; one query."""
    return _OP_VERWIJDERDE.all(verbinding, {"g": gemeente, "p": list(prestatie_ids), "weg": VERWIJDERD})


@dataclass(frozen=True, slots=True)
class Creditverzoek:
    """An awarded line that the gemeente asked the aanbieder to credit, and that is not credited yet."""

    besluit_id: int
    prestatie_id: int
    bericht_id: UUID
    agb: str
    referentienummer: str
    bedrag: int
    motivering: str
    gevraagd_op: datetime


_CREDITVERZOEKEN = """
    SELECT b.besluit_id, p.prestatie_id, p.bericht_id, p.agb, p.referentienummer, p.bedrag, b.motivering,
        b.genomen_op AS gevraagd_op
    FROM besluit b JOIN prestatie p USING (gemeente, prestatie_id)
    WHERE b.gemeente = %(g)s AND b.definitief AND b.terugvragen AND p.uitkomst = 'toegekend' AND {welke}
        AND NOT EXISTS (SELECT FROM besluit later WHERE later.gemeente = b.gemeente AND later.prestatie_id = b.prestatie_id
            AND later.definitief AND later.besluit_id > b.besluit_id)
        AND NOT {gecrediteerd}
    ORDER BY b.besluit_id LIMIT %(n)s
"""
_OPEN_NA, _OPEN_VAN = (
    Vraag(Creditverzoek, _CREDITVERZOEKEN, welke=welke, gecrediteerd=P_GECREDITEERD)
    for welke in ("b.besluit_id > %(na)s", "b.prestatie_id = ANY(%(p)s::bigint[])")
)


def list_creditverzoeken(verbinding: Connection, gemeente: str, na: int, aantal: int) -> list[Creditverzoek]:
    """Open requests in the order in which they were made, those after besluit_id `na`, as far as the transaction may see them."""
    return _OPEN_NA.all(verbinding, {"g": gemeente, "na": na, "n": aantal})


def find_creditverzoeken(verbinding: Connection, gemeente: str, prestatie_ids: Sequence[int]) -> dict[int, Creditverzoek]:
    """The open request on each of these lines that has one."""
    rijen = _OPEN_VAN.all(verbinding, {"g": gemeente, "p": list(prestatie_ids), "n": None})
    return {rij.prestatie_id: rij for rij in rijen}


@dataclass(frozen=True, slots=True)
class Termijnstand:
    """How many declarations of a gemeente wait for a decision, and for how many of them time is running out or has run out."""

    gemeente: str
    te_beoordelen: int
    bijna_verlopen: int
    verlopen: int


_TERMIJNEN = Vraag(
    Termijnstand,
    """
    SELECT gemeente, count(*) AS te_beoordelen, count(*) FILTER (WHERE antwoord_uiterlijk_op BETWEEN %(v)s AND %(t)s)
            AS bijna_verlopen, count(*) FILTER (WHERE antwoord_uiterlijk_op < %(v)s) AS verlopen
    FROM bericht WHERE status = 'ter_beoordeling' GROUP BY gemeente
    """,
)


class Verlopen(NamedTuple):
    """A declaration whose deadline has passed, with its held lines."""

    gemeente: str
    bericht_id: UUID
    uiterlijk: date
    prestatie_ids: list[int]


_VERLOPEN = Vraag(
    Verlopen,
    """
    {aangehouden} AND b.uiterlijk < %(vandaag)s AND NOT {verwijderd})
    SELECT gemeente, bericht_id, uiterlijk, array_agg(prestatie_id ORDER BY prestatie_id) AS prestatie_ids FROM aangehouden
    GROUP BY 1, 2, 3 ORDER BY 3, 2
    """,
    aangehouden=_AANGEHOUDEN,
    verwijderd=_VERWIJDERD,
    **_DELEN,
)


def count_termijnen(verbinding: Connection, vandaag: date, gewaarschuwd_tot: date) -> list[Termijnstand]:
    """By gemeente; deadlines from `vandaag` to `gewaarschuwd_tot`, both inclusive, are near."""
    return _TERMIJNEN.all(verbinding, {"v": vandaag, "t": gewaarschuwd_tot})


def list_verlopen(verbinding: Connection, vandaag: date) -> list[Verlopen]:
    """Declarations whose deadline has passed, with their held lines; of any gemeente.

    Lines whose allocation was removed meanwhile are left out: those are for a person.
    """
    return _VERLOPEN.all(verbinding, {"vandaag": vandaag, "weg": VERWIJDERD})
