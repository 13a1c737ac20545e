"""Requests as people read them: lists by term or by receipt, and all that belongs to one; a fixed number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from berichten.opslag.basis.rijvorm import as_values
from berichten.opslag.basis.vraag import Vraag, Zoekvraag


@dataclass(frozen=True, slots=True)
class Verzoekrij:
    """A request as the database keeps it. Days inclusive, budget in eurocents."""

    verzoek_id: UUID
    soort: str
    referentie: str
    agb: str
    bsn: str
    status: str
    bericht_id: UUID
    volgnummer: int
    dagtekening: date
    ontvangen_op: datetime
    reactie_uiterlijk_op: date
    besluit_uiterlijk_op: date
    woonplaats_uiterlijk_op: date | None
    termijn: date
    """Day by which the gemeente must send something now, while the request is open."""
    gesloten_op: datetime | None
    verwijzer_type: str | None
    verwijzer_naam: str | None
    verwijzer_code: str | None
    categorie: str | None
    productcode: str | None
    ingangsdatum: date | None
    einddatum: date | None
    volume: int | None
    eenheid: str | None
    frequentie: str | None
    budget: int | None
    reden_verzoek: str | None


@dataclass(frozen=True, slots=True)
class Verzoekfilter:
    """Which requests to show; what is None does not matter."""

    status: str | None = None
    soort: str | None = None
    agb: str | None = None
    verwijzer: str | None = None
    """Kind of referrer (COD327)."""
    termijn_voor: date | None = None
    """Open, and something must be sent before this day."""
    bsn: str | None = None
    referentie: str | None = None
    """How its ReferentieAanbieder begins, whatever the case of its letters."""
    beantwoord_vanaf: datetime | None = None
    """Answered since then: closed, or said to be under investigation."""


class Termijnwijzer(NamedTuple):
    """Place of a request in the list by term."""

    termijn: date
    ontvangen_op: datetime
    verzoek_id: UUID


class Ontvangstwijzer(NamedTuple):
    """Place of a request in the list by receipt."""

    ontvangen_op: datetime
    verzoek_id: UUID


_OPEN = "v.status IN ('ontvangen', 'in_onderzoek', 'te_honoreren')"
_VOORWAARDEN = {
    **{naam: f"v.{naam} = %({naam})s" for naam in ("status", "soort", "agb", "bsn")},
    "verwijzer": "v.verwijzer_type = %(verwijzer)s",
    "termijn_voor": "v.termijn < %(termijn_voor)s",
    "referentie": "starts_with(lower(v.referentie), lower(%(referentie)s))",
    "beantwoord_vanaf": "(v.gesloten_op >= %(beantwoord_vanaf)s OR EXISTS (SELECT FROM verzoek_antwoord w WHERE w.gemeente ="
    " v.gemeente AND w.verzoek_id = v.verzoek_id AND NOT w.verworpen AND w.gemaakt_op >= %(beantwoord_vanaf)s))",
}
_OP_TERMIJN = Zoekvraag(
    Verzoekrij,
    "SELECT {kolommen} FROM verzoek v WHERE v.gemeente = %(g)s AND {open}{waar}"
    " ORDER BY v.termijn, v.ontvangen_op, v.verzoek_id LIMIT %(n)s",
    {
        **_VOORWAARDEN,
        "na": "(v.termijn, v.ontvangen_op, v.verzoek_id) > (%(termijn)s::date, %(ontvangen_op)s::timestamptz, %(na)s::uuid)",
    },
    bron="v",
    open=_OPEN,
)
_OP_ONTVANGST = Zoekvraag(
    Verzoekrij,
    "SELECT {kolommen} FROM verzoek v WHERE v.gemeente = %(g)s{waar} ORDER BY v.ontvangen_op DESC, v.verzoek_id DESC LIMIT %(n)s",
    {**_VOORWAARDEN, "na": "(v.ontvangen_op, v.verzoek_id) < (%(ontvangen_op)s::timestamptz, %(na)s::uuid)"},
    bron="v",
)
_EEN = Vraag(Verzoekrij, "SELECT {kolommen} FROM verzoek WHERE gemeente = %(g)s AND verzoek_id = %(v)s")


def list_op_termijn(
    verbinding: Connection, gemeente: str, zeef: Verzoekfilter, na: Termijnwijzer | None, aantal: int
) -> list[Verzoekrij]:
    """Open requests by the day on which something must be sent, those after `na`, as far as the transaction may see them."""
    return _search(_OP_TERMIJN, verbinding, gemeente, zeef, na, aantal)


def list_op_ontvangst(
    verbinding: Connection, gemeente: str, zeef: Verzoekfilter, na: Ontvangstwijzer | None, aantal: int
) -> list[Verzoekrij]:
    """Requests from new to old, those before `na`, as far as the transaction may see them."""
    return _search(_OP_ONTVANGST, verbinding, gemeente, zeef, na, aantal)


def _search(
    vraag: Zoekvraag[Verzoekrij],
    verbinding: Connection,
    gemeente: str,
    zeef: Verzoekfilter,
    na: Termijnwijzer | Ontvangstwijzer | None,
    aantal: int,
) -> list[Verzoekrij]:
    plaats: dict[str, Any] = {} if na is None else {**na._asdict(), "na": na.verzoek_id}
    gevraagd = {naam: waarde for naam, waarde in as_values(zeef).items() if waarde is not None}
    return vraag.with_conditions({*gevraagd, *plaats}).all(verbinding, {**gevraagd, **plaats, "g": gemeente, "n": aantal})


def find_verzoekrij(verbinding: Connection, gemeente: str, verzoek_id: UUID) -> Verzoekrij | None:
    """One request, as far as the transaction may see it."""
    return _EEN.one(verbinding, {"g": gemeente, "v": verzoek_id})


@dataclass(frozen=True, slots=True)
class Verzoekbevindingrij:
    """What struck the gemeente in a request; readers of an aanbieder see none."""

    verzoek_id: UUID
    regel: str
    gevolg: str
    reden: str | None
    toewijzingnummer: int | None
    melding: str


@dataclass(frozen=True, slots=True)
class Verzoekbesluitrij:
    """A decision on a request."""

    besluit_id: int
    besluit: str
    reden: str | None
    woonplaats: str | None
    op_verzoek: bool
    motivering: str
    beleid: dict[str, Any] | None
    door: str
    genomen_op: datetime


@dataclass(frozen=True, slots=True)
class Verzoekantwoordrij:
    """A JW319 on a request, with its JW320."""

    bericht_id: UUID
    antwoord: str
    reden: str | None
    woonplaats: str | None
    besluit_id: int | None
    gemaakt_op: datetime
    retour_uiterlijk_op: date
    retour_bericht_id: UUID | None
    verworpen: bool


@dataclass(frozen=True, slots=True)
class Verzoektoewijzingrij:
    """An allocation that grants a request, and the JW301 that gave it."""

    toewijzingnummer: int
    bericht_id: UUID


@dataclass(frozen=True, slots=True)
class Woonplaatsrij:
    """What somebody found of the domicile of the client."""

    uitkomst: str
    woonplaats: str | None
    door: str
    genoteerd_op: datetime


@dataclass(frozen=True, slots=True)
class Intrekkingrij:
    """That the aanbieder wants its request refused, and why."""

    verzoek_id: UUID
    toelichting: str
    gevraagd_op: datetime


class _Uitkomst(NamedTuple):
    verzoek_id: UUID
    uitkomst: str


_UITKOMSTEN = Vraag(
    _Uitkomst,
    "SELECT DISTINCT ON (verzoek_id) verzoek_id, uitkomst FROM verzoek_woonplaats"
    " WHERE gemeente = %(g)s AND verzoek_id = ANY(%(v)s::uuid[]) ORDER BY verzoek_id, volgnummer DESC",
)
_WELKE = "WHERE gemeente = %(g)s AND verzoek_id = %(v)s"
_BEVINDINGEN = Vraag(
    Verzoekbevindingrij,
    "SELECT {kolommen} FROM verzoek_bevinding WHERE gemeente = %(g)s AND verzoek_id = ANY(%(v)s::uuid[])"
    " ORDER BY verzoek_id, volgnummer",
)
_INTREKKINGEN = Vraag(
    Intrekkingrij,
    "SELECT {kolommen} FROM verzoek_intrekking WHERE gemeente = %(g)s AND verzoek_id = ANY(%(v)s::uuid[])",
)
_BESLUITEN = Vraag(Verzoekbesluitrij, "SELECT {kolommen} FROM verzoek_besluit {welke} ORDER BY stap", welke=_WELKE)
_ANTWOORDEN = Vraag(Verzoekantwoordrij, "SELECT {kolommen} FROM verzoek_antwoord {welke} ORDER BY stap", welke=_WELKE)
_TOEWIJZINGEN = Vraag(
    Verzoektoewijzingrij, "SELECT {kolommen} FROM verzoek_toewijzing {welke} ORDER BY toewijzingnummer", welke=_WELKE
)
_WOONPLAATSEN = Vraag(Woonplaatsrij, "SELECT {kolommen} FROM verzoek_woonplaats {welke} ORDER BY volgnummer", welke=_WELKE)


def load_verzoekbevindingen(
    verbinding: Connection, gemeente: str, verzoek_ids: Sequence[UUID]
) -> dict[UUID, list[Verzoekbevindingrij]]:
    """What struck the gemeente, by request; for staff, since the reader of an aanbieder may not ask."""
    per_verzoek: defaultdict[UUID, list[Verzoekbevindingrij]] = defaultdict(list)
    for rij in _BEVINDINGEN.all(verbinding, {"g": gemeente, "v": list(verzoek_ids)}):
        per_verzoek[rij.verzoek_id].append(rij)
    return per_verzoek


def load_intrekkingen(verbinding: Connection, gemeente: str, verzoek_ids: Sequence[UUID]) -> dict[UUID, Intrekkingrij]:
    """Requests that their aanbieder wants refused."""
    return {rij.verzoek_id: rij for rij in _INTREKKINGEN.all(verbinding, {"g": gemeente, "v": list(verzoek_ids)})}


def list_verzoekbesluiten(verbinding: Connection, gemeente: str, verzoek_id: UUID) -> list[Verzoekbesluitrij]:
    """Decisions on a request, old to new."""
    return _BESLUITEN.all(verbinding, {"g": gemeente, "v": verzoek_id})


def list_verzoekantwoorden(verbinding: Connection, gemeente: str, verzoek_id: UUID) -> list[Verzoekantwoordrij]:
    """Each JW319 on a request, old to new."""
    return _ANTWOORDEN.all(verbinding, {"g": gemeente, "v": verzoek_id})


def list_verzoektoewijzingen(verbinding: Connection, gemeente: str, verzoek_id: UUID) -> list[Verzoektoewijzingrij]:
    """Allocations that grant a request, by number."""
    return _TOEWIJZINGEN.all(verbinding, {"g": gemeente, "v": verzoek_id})


def list_woonplaatsen(verbinding: Connection, gemeente: str, verzoek_id: UUID) -> list[Woonplaatsrij]:
    """What was found of the client's domicile, old to new; for staff."""
    return _WOONPLAATSEN.all(verbinding, {"g": gemeente, "v": verzoek_id})


def load_uitkomsten(verbinding: Connection, gemeente: str, verzoek_ids: Sequence[UUID]) -> dict[UUID, str]:
    """What was last found of the client's domicile, by request; for staff."""
    return dict(_UITKOMSTEN.all(verbinding, {"g": gemeente, "v": list(verzoek_ids)}))
