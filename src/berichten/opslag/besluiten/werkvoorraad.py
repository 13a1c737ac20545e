"""What waits for a decision: held lines, the oldest deadline first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from berichten.dossier.dossier import VERWIJDERD
from berichten.opslag.basis.delen import P_HEEFT_REGEL, P_WACHT
from berichten.opslag.basis.rijvorm import shape_of
from berichten.opslag.basis.vraag import Vraag, Zoekvraag
from berichten.opslag.berichten.berichten import PRESTATIE_BITS

Volgorde = Literal["termijn", "bedrag", "maand", "aanbieder", "ingediend"]
Wijzer = tuple[date | int | str, int]
"""Where a held line stands in the list: the value by which that is ordered, and its prestatie_id."""
VOLGORDEN: dict[Volgorde, tuple[str, str]] = {
    "termijn": ("b.uiterlijk", "date"),
    "bedrag": ("-abs(p.bedrag)", "bigint"),
    "maand": ("p.begindatum", "date"),
    "aanbieder": ("p.agb", "text"),
    "ingediend": ("p.prestatie_id", "bigint"),
}
"""By what a list is ordered, as SQL with its type: the oldest deadline, the largest amount, the oldest care or the first that came
in stands first. Equals go in the order in which they came in."""


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
_VAN_BERICHT = """
    FROM prestatie p CROSS JOIN LATERAL (
        SELECT bericht_id, antwoord_uiterlijk_op AS uiterlijk FROM bericht
        WHERE bericht.gemeente = p.gemeente AND bericht.volgnummer = p.prestatie_id >> {bits} LIMIT 1
    ) AS b
"""
_AANGEHOUDEN = """
    WITH aangehouden AS MATERIALIZED (
        SELECT p.gemeente, p.prestatie_id, p.bedrag, b.bericht_id, b.uiterlijk, {sleutel} AS sleutel
        {van_bericht} WHERE {wacht}
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
    product: str | None
    """What the catalogue calls it in the month of care."""
    begindatum: date
    einddatum: date
    volume: int
    eenheid: str
    tarief: int | None
    bedrag: int
    retourcodes: list[str] | None
    """Proposed for a rejection."""
    ingediend_op: datetime
    uiterlijk: date
    """By when the JW325 has to leave."""
    sleutel: str
    """By what the list is ordered, as text."""
    voorstel_id: int | None
    """The decision that waits for a second person, if there is one."""
    voorstel: str | None
    voorstel_retourcode: str | None
    voorstel_terugvragen: bool | None
    voorstel_motivering: str | None
    voorstel_door: str | None
    voorstel_op: datetime | None


class _Rij(NamedTuple):
    aantal: int
    bedrag: int
    regel: Aangehouden | None
    """There is a row with the totals also when there are no lines."""


_HERKOMST = {
    "aanbieder": "aanbieder.naam", "product": "pdc.omschrijving", "ingediend_op": "bericht.ontvangen_op",
    "uiterlijk": "gekozen.uiterlijk", "sleutel": "gekozen.sleutel::text", "voorstel_id": "v.besluit_id", "voorstel": "v.besluit",
    "voorstel_retourcode": "v.retourcode", "voorstel_terugvragen": "v.terugvragen", "voorstel_motivering": "v.motivering",
    "voorstel_door": "v.door", "voorstel_op": "v.genomen_op",
}  # fmt: skip
"""Columns of a held line that are not those of the line itself."""
_REGELS = """
    SELECT totaal.aantal, totaal.bedrag, {regel}
    FROM (SELECT count(*) AS aantal, coalesce(sum(bedrag), 0)::bigint AS bedrag FROM aangehouden) AS totaal
    LEFT JOIN (
        SELECT gemeente, prestatie_id, bericht_id, uiterlijk, sleutel FROM aangehouden
        WHERE %(vanaf)s::{type} IS NULL OR (sleutel, prestatie_id) > (%(vanaf)s, %(na)s) ORDER BY sleutel, prestatie_id LIMIT %(n)s
    ) AS gekozen ON true
    LEFT JOIN prestatie p ON p.gemeente = gekozen.gemeente AND p.prestatie_id = gekozen.prestatie_id
    LEFT JOIN bericht ON bericht.gemeente = gekozen.gemeente AND bericht.bericht_id = gekozen.bericht_id
    LEFT JOIN LATERAL (SELECT omschrijving FROM pdc WHERE pdc.gemeente = p.gemeente AND pdc.productcode = p.productcode
        AND p.begindatum BETWEEN pdc.ingangsdatum AND coalesce(pdc.einddatum, 'infinity')
        ORDER BY pdc.ingangsdatum DESC LIMIT 1) AS pdc ON true
    LEFT JOIN aanbieder ON aanbieder.gemeente = p.gemeente AND aanbieder.agb = p.agb
    LEFT JOIN LATERAL (SELECT * FROM besluit WHERE besluit.gemeente = p.gemeente AND besluit.prestatie_id = p.prestatie_id
        ORDER BY besluit_id DESC LIMIT 1) AS v ON true
    ORDER BY gekozen.sleutel, gekozen.prestatie_id
"""
_DELEN: dict[str, Any] = {"van_bericht": _VAN_BERICHT, "bits": PRESTATIE_BITS, "wacht": P_WACHT}
_GEVRAAGD = "{aangehouden} AND p.gemeente = %(g)s{waar})"
_LIJSTEN = {
    volgorde: Zoekvraag(
        _Rij,
        f"{_GEVRAAGD} {{regels}}",
        _VOORWAARDEN,
        aangehouden=_AANGEHOUDEN,
        regels=_REGELS,
        regel=", ".join(f'{_HERKOMST.get(naam, f"p.{naam}")} AS "regel.{naam}"' for naam in shape_of(Aangehouden).kolommen),
        sleutel=sleutel,
        type=soort,
        **_DELEN,
    )
    for volgorde, (sleutel, soort) in VOLGORDEN.items()
}


@dataclass(frozen=True, slots=True)
class Bladzijde:
    """A page of the work list; the totals are those of the whole list."""

    regels: list[Aangehouden]
    aantal: int
    bedrag: int


def list_aangehouden(
    verbinding: Connection,
    gemeente: str,
    zeef: Filter,
    na: Wijzer | None = None,
    aantal: int | None = None,
    volgorde: Volgorde = "termijn",
) -> Bladzijde:
    """Held lines that come after `na`, in this order, as far as the transaction may see them; one query."""
    vanaf, nummer = na or (None, None)
    waarden = {"g": gemeente, "vanaf": vanaf, "na": nummer, "n": aantal, "weg": VERWIJDERD}
    rijen = _LIJSTEN[volgorde].all(verbinding, zeef, waarden)
    return Bladzijde([rij.regel for rij in rijen if rij.regel is not None], rijen[0].aantal, rijen[0].bedrag)


@dataclass(frozen=True, slots=True)
class Buren:
    """Where a line stands among those that were asked for, and which stand beside it."""

    voor: int
    """How many come before it."""
    aantal: int
    erbij: bool
    """Whether it is one of them itself: not, when it was decided on meanwhile."""
    vorige: int | None
    volgende: int | None
    """Both a prestatie_id."""


_BUREN = """
    , doel AS (SELECT {sleutel} AS sleutel, p.prestatie_id {van_bericht} WHERE p.gemeente = %(g)s AND p.prestatie_id = %(p)s)
    SELECT count(*) FILTER (WHERE (a.sleutel, a.prestatie_id) < (d.sleutel, d.prestatie_id)) AS voor,
        count(a.prestatie_id) AS aantal, coalesce(bool_or(a.prestatie_id = d.prestatie_id), false) AS erbij,
        (SELECT prestatie_id FROM aangehouden WHERE (sleutel, prestatie_id) < (d.sleutel, d.prestatie_id)
            ORDER BY sleutel DESC, prestatie_id DESC LIMIT 1) AS vorige,
        (SELECT prestatie_id FROM aangehouden WHERE (sleutel, prestatie_id) > (d.sleutel, d.prestatie_id)
            ORDER BY sleutel, prestatie_id LIMIT 1) AS volgende
    FROM doel d LEFT JOIN aangehouden a ON true GROUP BY d.sleutel, d.prestatie_id
"""
_PLAATSEN = {
    volgorde: Zoekvraag(
        Buren,
        f"{_GEVRAAGD} {{buren}}",
        _VOORWAARDEN,
        aangehouden=_AANGEHOUDEN,
        buren=_BUREN,
        sleutel=sleutel,
        **_DELEN,
    )
    for volgorde, (sleutel, _) in VOLGORDEN.items()
}


def find_buren(verbinding: Connection, gemeente: str, zeef: Filter, volgorde: Volgorde, prestatie_id: int) -> Buren | None:
    """Of a line, held or not; None when it is not there, or not to be seen. One query."""
    waarden = {"g": gemeente, "p": prestatie_id, "weg": VERWIJDERD}
    return next(iter(_PLAATSEN[volgorde].all(verbinding, zeef, waarden)), None)


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
    sleutel="NULL",
    verwijderd=_VERWIJDERD,
    **_DELEN,
)


def list_verlopen(verbinding: Connection, vandaag: date) -> list[Verlopen]:
    """Declarations whose deadline has passed, with their held lines; of any gemeente.

    Lines whose allocation was removed meanwhile are left out: those are for a person.
    """
    return _VERLOPEN.all(verbinding, {"vandaag": vandaag, "weg": VERWIJDERD})
