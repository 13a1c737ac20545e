"""Requests of an aanbieder as they stand, by reference, by client or by number."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import Connection

from berichten.dossier.verzoek import Verzoek
from berichten.opslag.basis.vraag import Vraag

OPEN = "status IN ('ontvangen', 'in_onderzoek', 'te_honoreren')"
"""Of a request that waits for the gemeente, as the indexes have it."""
_ANTWOORDEN = """ARRAY(SELECT a.antwoord FROM verzoek_antwoord a WHERE a.gemeente = verzoek.gemeente
    AND a.verzoek_id = verzoek.verzoek_id AND NOT a.verworpen ORDER BY a.stap)"""
_TOEGEWEZEN = """ARRAY(SELECT t.toewijzingnummer FROM verzoek_toewijzing t WHERE t.gemeente = verzoek.gemeente
    AND t.verzoek_id = verzoek.verzoek_id ORDER BY 1)"""
_DELEN = {
    "verzoek": "SELECT verzoek_id, soort, referentie, agb, bsn, status, dagtekening, ontvangen_op, ingangsdatums, genoemd,"
    " {antwoorden} AS antwoorden, {toegewezen} AS toewijzingen FROM verzoek WHERE gemeente = %(g)s",
    "antwoorden": _ANTWOORDEN,
    "toegewezen": _TOEGEWEZEN,
    "open": OPEN,
}
_OP_REFERENTIE = Vraag(Verzoek, "{verzoek} AND agb = %(a)s AND referentie = ANY(%(r)s::text[])", **_DELEN)
_OPEN_OF_GEBRUIKT = Vraag(
    Verzoek,
    "{verzoek} AND agb = %(a)s AND (referentie = ANY(%(r)s::text[]) OR (bsn = %(b)s AND {open})) ORDER BY ontvangen_op, verzoek_id",
    **_DELEN,
)
_DAGEN = Vraag(date, "SELECT unnest(ingangsdatums) FROM verzoek WHERE gemeente = %(g)s AND agb = %(a)s AND referentie = %(r)s")
_EEN = Vraag(Verzoek, "{verzoek} AND verzoek_id = %(v)s", **_DELEN)


def load_op_referentie(verbinding: Connection, gemeente: str, agb: str, referenties: Collection[str]) -> dict[str, Verzoek]:
    """Requests of an aanbieder by ReferentieAanbieder, as sent; those that are not there are absent. No query for none."""
    if not referenties:
        return {}
    gevonden = _OP_REFERENTIE.all(verbinding, {"g": gemeente, "a": agb, "r": sorted(referenties)})
    return {item.referentie: item for item in gevonden}


def load_open_of_gebruikt(verbinding: Connection, gemeente: str, agb: str, bsn: str, referenties: Collection[str]) -> list[Verzoek]:
    """Requests of an aanbieder that are open for this client, or that have one of these references; the oldest first."""
    return _OPEN_OF_GEBRUIKT.all(verbinding, {"g": gemeente, "a": agb, "b": bsn, "r": sorted(referenties)})


def load_gevraagde_dagen(verbinding: Connection, gemeente: str, agb: str, referentie: str) -> list[date]:
    """Days on which the gemeente of a request may have been in use (TR378); none for one that is not there."""
    return _DAGEN.all(verbinding, {"g": gemeente, "a": agb, "r": referentie})


def find_verzoek(verbinding: Connection, gemeente: str, verzoek_id: UUID) -> Verzoek | None:
    """One request, as far as the transaction may see it."""
    return _EEN.one(verbinding, {"g": gemeente, "v": verzoek_id})
