"""Who had a hand in what a payment run pays, and whether its accounts are those that were paid before."""

from dataclasses import dataclass

from sqlalchemy import Connection, text

from berichten.boeken.betaling import Rekening


@dataclass(frozen=True, slots=True)
class Aandeel:
    """Somebody recorded or confirmed an account of a run, or had a hand in lifting a block on something in it."""

    wat: str
    """`rekening` or `blokkade`."""
    agb: str
    """Empty for the account of the gemeente itself."""
    door: str


_AANDELEN = text("""
    WITH run AS (
        SELECT gemeente, run_id, iban, tenaamstelling FROM betaalrun WHERE gemeente = :g AND run_id = :r
    ), opdracht AS (
        SELECT o.agb, o.iban, o.tenaamstelling FROM betaalopdracht o JOIN run USING (gemeente, run_id) WHERE o.uitkomst = 'betalen'
        UNION ALL SELECT '', iban, tenaamstelling FROM run
    ), gezien AS (
        SELECT opdracht.agb, (SELECT max(r.goedgekeurd_op) FROM betaalrun r
            LEFT JOIN betaalopdracht o ON o.gemeente = r.gemeente AND o.run_id = r.run_id AND o.agb = opdracht.agb
                AND o.uitkomst = 'betalen'
            WHERE r.gemeente = :g AND r.status = 'goedgekeurd'
                AND (o.iban, o.tenaamstelling) = (opdracht.iban, opdracht.tenaamstelling)
                OR opdracht.agb = '' AND r.gemeente = :g AND r.status = 'goedgekeurd'
                AND (r.iban, r.tenaamstelling) = (opdracht.iban, opdracht.tenaamstelling)) AS op
        FROM opdracht
    ), rekening AS (
        SELECT b.agb, b.vastgelegd_door, oordeel.door AS beoordeeld_door
        FROM betaalrekening b
        JOIN opdracht ON (opdracht.agb, opdracht.iban, opdracht.tenaamstelling) = (b.agb, b.iban, b.tenaamstelling)
        JOIN gezien ON gezien.agb = b.agb
        LEFT JOIN rekeningoordeel oordeel ON oordeel.gemeente = b.gemeente AND oordeel.rekening_id = b.rekening_id
        WHERE b.gemeente = :g AND oordeel.oordeel = 'bevestigd' AND (gezien.op IS NULL OR oordeel.gegeven_op > gezien.op)
    ), blokkade AS (
        SELECT b.blokkade_id, b.agb, b.opgeheven_door FROM betaalblokkade b
        JOIN gezien ON gezien.agb = b.agb
        WHERE b.gemeente = :g AND b.opgeheven_op IS NOT NULL AND (b.prestatie_id IS NULL
            AND (gezien.op IS NULL OR b.opgeheven_op > gezien.op) OR EXISTS (SELECT FROM betaalregel l
            WHERE l.gemeente = :g AND l.run_id = :r AND l.agb = b.agb AND l.prestatie_id = b.prestatie_id))
    )
    SELECT DISTINCT wat, agb, door FROM (
        SELECT 'rekening' AS wat, agb, vastgelegd_door AS door FROM rekening
        UNION ALL SELECT 'rekening', agb, beoordeeld_door FROM rekening
        UNION ALL SELECT 'blokkade', agb, opgeheven_door FROM blokkade
        UNION ALL SELECT 'blokkade', agb, s.door FROM blokkade JOIN opheffingsstap s ON s.gemeente = :g
            AND s.blokkade_id = blokkade.blokkade_id
    ) AS alles WHERE door IS NOT NULL ORDER BY wat DESC, agb, door
""")


def list_aandelen(verbinding: Connection, gemeente: str, run_id: int) -> list[Aandeel]:
    """Everybody who touched an account or a lifted block of this run.

    An account that an approved run has paid since was looked at by a third person then, and counts no more; nor does a block on an
    aanbieder that was lifted before such a run. Who set a block held money back, and may approve.
    """
    rijen = verbinding.execute(_AANDELEN, {"g": gemeente, "r": run_id})
    return [Aandeel(wat=rij.wat, agb=rij.agb, door=rij.door) for rij in rijen]


_VORIGE = text("""
    SELECT DISTINCT ON (o.agb) o.agb, o.iban, o.tenaamstelling FROM betaalopdracht o JOIN betaalrun r USING (gemeente, run_id)
    WHERE o.gemeente = :g AND o.uitkomst = 'betalen' AND r.status = 'goedgekeurd' AND r.run_id <> :r
        AND (r.goedgekeurd_op, r.run_id) < (SELECT coalesce(goedgekeurd_op, 'infinity'), run_id FROM betaalrun
            WHERE gemeente = :g AND run_id = :r)
        AND o.agb IN (SELECT agb FROM betaalopdracht WHERE gemeente = :g AND run_id = :r AND uitkomst = 'betalen')
    ORDER BY o.agb, r.goedgekeurd_op DESC, r.run_id DESC
""")


def load_vorige_rekeningen(verbinding: Connection, gemeente: str, run_id: int) -> dict[str, Rekening]:
    """To which account and name each aanbieder of a run was paid the last time; who was never paid is not in it.

    The last time is that of the last approval before that of this run, or of all while this one is a proposal.
    """
    rijen = verbinding.execute(_VORIGE, {"g": gemeente, "r": run_id})
    return {rij.agb: Rekening(rij.iban, rij.tenaamstelling) for rij in rijen}
