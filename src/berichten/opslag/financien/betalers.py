"""Who had a hand in what a payment run pays, and whether its accounts are those that were paid before."""

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection

from berichten.boeken.betaling import Rekening
from berichten.opslag.basis.rijvorm import columns
from berichten.opslag.basis.vraag import Vraag


@dataclass(frozen=True, slots=True)
class Aandeel:
    """Somebody recorded or confirmed an account of a run, or had a hand in lifting a block on something in it."""

    wat: str
    """`rekening` or `blokkade`."""
    agb: str
    """Empty for the account of the gemeente itself."""
    door: str


_AANDELEN = Vraag(
    Aandeel,
    """
    WITH run AS (
        SELECT gemeente, run_id, iban, tenaamstelling FROM betaalrun WHERE gemeente = %(g)s AND run_id = %(r)s
    ), opdracht AS (
        SELECT o.agb, o.iban, o.tenaamstelling FROM betaalopdracht o JOIN run USING (gemeente, run_id) WHERE o.uitkomst = 'betalen'
        UNION ALL SELECT '', iban, tenaamstelling FROM run
    ), gezien AS (
        SELECT opdracht.agb, (SELECT max(r.goedgekeurd_op) FROM betaalrun r
            LEFT JOIN betaalopdracht o ON o.gemeente = r.gemeente AND o.run_id = r.run_id AND o.agb = opdracht.agb
                AND o.uitkomst = 'betalen'
            WHERE r.gemeente = %(g)s AND r.status = 'goedgekeurd'
                AND (o.iban, o.tenaamstelling) = (opdracht.iban, opdracht.tenaamstelling)
                OR opdracht.agb = '' AND r.gemeente = %(g)s AND r.status = 'goedgekeurd'
                AND (r.iban, r.tenaamstelling) = (opdracht.iban, opdracht.tenaamstelling)) AS op
        FROM opdracht
    ), rekening AS (
        SELECT b.agb, b.vastgelegd_door, oordeel.door AS beoordeeld_door
        FROM betaalrekening b
        JOIN opdracht ON (opdracht.agb, opdracht.iban, opdracht.tenaamstelling) = (b.agb, b.iban, b.tenaamstelling)
        JOIN gezien ON gezien.agb = b.agb
        LEFT JOIN rekeningoordeel oordeel ON oordeel.gemeente = b.gemeente AND oordeel.rekening_id = b.rekening_id
        WHERE b.gemeente = %(g)s AND oordeel.oordeel = 'bevestigd' AND (gezien.op IS NULL OR oordeel.gegeven_op > gezien.op)
    ), blokkade AS (
        SELECT b.blokkade_id, b.agb, b.opgeheven_door FROM betaalblokkade b
        JOIN gezien ON gezien.agb = b.agb
        WHERE b.gemeente = %(g)s AND b.opgeheven_op IS NOT NULL AND (b.prestatie_id IS NULL
            AND (gezien.op IS NULL OR b.opgeheven_op > gezien.op) OR EXISTS (SELECT FROM betaalregel l
            WHERE l.gemeente = %(g)s AND l.run_id = %(r)s AND l.agb = b.agb AND l.prestatie_id = b.prestatie_id))
    )
    SELECT DISTINCT wat, agb, door FROM (
        SELECT 'rekening' AS wat, agb, vastgelegd_door AS door FROM rekening
        UNION ALL SELECT 'rekening', agb, beoordeeld_door FROM rekening
        UNION ALL SELECT 'blokkade', agb, opgeheven_door FROM blokkade
        UNION ALL SELECT 'blokkade', agb, s.door FROM blokkade JOIN opheffingsstap s ON s.gemeente = %(g)s
            AND s.blokkade_id = blokkade.blokkade_id
    ) AS alles WHERE door IS NOT NULL ORDER BY wat DESC, agb, door
    """,
)


def list_aandelen(verbinding: Connection, gemeente: str, run_id: int) -> list[Aandeel]:
    """Everybody who touched an account or a lifted block of this run.

    An account that an approved run has paid since was looked at by a third person then, and counts no more; nor does a block on an
    aanbieder that was lifted before such a run. Who set a block held money back, and may approve.
    """
    return _AANDELEN.all(verbinding, {"g": gemeente, "r": run_id})


class _Betaald(NamedTuple):
    agb: str
    rekening: Rekening


_VORIGE = Vraag(
    _Betaald,
    """
    SELECT DISTINCT ON (o.agb) o.agb, {rekening} FROM betaalopdracht o JOIN betaalrun r USING (gemeente, run_id)
    WHERE o.gemeente = %(g)s AND o.uitkomst = 'betalen' AND r.status = 'goedgekeurd' AND r.run_id <> %(r)s
        AND (r.goedgekeurd_op, r.run_id) < (SELECT coalesce(goedgekeurd_op, 'infinity'), run_id FROM betaalrun
            WHERE gemeente = %(g)s AND run_id = %(r)s)
        AND o.agb IN (SELECT agb FROM betaalopdracht WHERE gemeente = %(g)s AND run_id = %(r)s AND uitkomst = 'betalen')
    ORDER BY o.agb, r.goedgekeurd_op DESC, r.run_id DESC
    """,
    rekening=columns(Rekening, "o", "rekening"),
)


def load_vorige_rekeningen(verbinding: Connection, gemeente: str, run_id: int) -> dict[str, Rekening]:
    """To which account and name each aanbieder of a run was paid the last time; who was never paid is not in it.

    The last time is that of the last approval before that of this run, or of all while this one is a proposal.
    """
    return {rij.agb: rij.rekening for rij in _VORIGE.all(verbinding, {"g": gemeente, "r": run_id})}
