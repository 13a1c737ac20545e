"""Add up lines by allocation, some at a time, up to a line that the night sets further.

What changes a line that was counted changes its sums in the same statement: a trigger sees to that (migration 0039).
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection

from berichten.dossier.contract import UUR
from berichten.opslag.basis.delen import BEDRAG, IN_DE_RIJ, MINUTEN, SLOT, TEKEN, TELT_MEE, VOLUME
from berichten.opslag.basis.vraag import Opdracht, Vraag
from berichten.opslag.berichten.berichten import PRESTATIE_BITS
from berichten.opslag.dossiers.toewijzingtotalen import name_slot

RUST = timedelta(hours=1)
"""So long after a line was seen no line with a lower number comes in any more, but of messages that wait."""
IN_EENS = 100_000
"""Lines that are added up in one go: who changes a line meanwhile waits for that."""


class _Stap(NamedTuple):
    """Lines after the first number and up to the second, both of prestatie_id."""

    tot: int
    naar: int | None


SOMMEN = """
    SELECT gemeente, agb, coalesce(toewijzingnummer, -1) AS toewijzingnummer, productcode,
        extract(year FROM begindatum)::int AS zorgjaar, sum({bedrag})::bigint AS bedrag,
        coalesce(sum({teken} * {volume}) FILTER (WHERE eenheid = '{uur}'), 0)::bigint AS uren,
        coalesce(sum({teken} * {volume}) FILTER (WHERE eenheid <> '{uur}'), 0)::bigint AS overig,
        coalesce(sum({volume} * {minuten}) FILTER (WHERE NOT credit), 0)::bigint AS debetminuten,
        min(begindatum) FILTER (WHERE toegekend_volume IS NULL OR toegekend_volume > 0) AS eerste,
        max(einddatum) FILTER (WHERE {bedrag} > 0) AS laatste, max(einddatum) FILTER (WHERE {bedrag} < 0) AS laatste_eraf,
        max(begindatum) AS laatste_begin
    FROM prestatie WHERE gemeente = %(g)s AND {telt_mee} AND {welke}
    GROUP BY 1, 2, 3, 4, 5
"""
"""What `toewijzingtotaal` must be, from lines; `welke` says of which of those that count."""
SOMDELEN = {"bedrag": BEDRAG, "teken": TEKEN, "volume": VOLUME, "minuten": MINUTEN, "telt_mee": TELT_MEE, "uur": UUR}
_NEEM_SLOT = Vraag(bool, "SELECT pg_try_advisory_xact_lock(hashtextextended(%(slot)s, 0))")
_ZIE = Opdracht(
    """
    INSERT INTO toewijzingstand AS s (gemeente, gezien, gezien_op)
    SELECT %(g)s, coalesce(max(prestatie_id), 0), %(nu)s FROM prestatie WHERE gemeente = %(g)s
    ON CONFLICT (gemeente) DO UPDATE SET grens = s.gezien, gezien = excluded.gezien, gezien_op = excluded.gezien_op
    WHERE s.gezien_op <= %(voor)s
    """
)
_STAP = Vraag(
    _Stap,
    """
    SELECT s.tot, (SELECT max(prestatie_id) FROM (
        SELECT prestatie_id FROM prestatie WHERE gemeente = s.gemeente AND prestatie_id > s.tot AND prestatie_id <= s.grens
            AND prestatie_id < coalesce((SELECT min(volgnummer) FROM bericht
                WHERE gemeente = s.gemeente AND soort IN ('JW303', 'JW323') AND {in_de_rij}) << {bits}, s.grens + 1)
        ORDER BY prestatie_id LIMIT %(n)s) AS volgende) AS naar
    FROM toewijzingstand s WHERE s.gemeente = %(g)s
    """,
    in_de_rij=IN_DE_RIJ,
    bits=PRESTATIE_BITS,
)
_TEL = Opdracht(
    """
    INSERT INTO toewijzingtotaal AS t SELECT * FROM ({sommen}) AS som ORDER BY 1, 2, 3, 4, 5
    ON CONFLICT (toewijzingnummer, gemeente, agb, productcode, zorgjaar) DO UPDATE SET
        bedrag = t.bedrag + excluded.bedrag, uren = t.uren + excluded.uren, overig = t.overig + excluded.overig,
        debetminuten = t.debetminuten + excluded.debetminuten, eerste = least(t.eerste, excluded.eerste),
        laatste = greatest(t.laatste, excluded.laatste), laatste_eraf = greatest(t.laatste_eraf, excluded.laatste_eraf),
        laatste_begin = greatest(t.laatste_begin, excluded.laatste_begin)
    """,
    sommen=SOMMEN,
    welke="prestatie_id > %(tot)s AND prestatie_id <= %(naar)s",
    **SOMDELEN,
)
_WACHT = Opdracht(SLOT)
_LEEG = Opdracht(
    """
    UPDATE toewijzingtotaal SET bedrag = 0, uren = 0, overig = 0, debetminuten = 0,
        eerste = NULL, laatste = NULL, laatste_eraf = NULL, laatste_begin = date '0001-01-01'
    WHERE gemeente = %(g)s
    """
)
_ZET = Opdracht("UPDATE toewijzingstand SET tot = %(naar)s WHERE gemeente = %(g)s")


def look_ahead(verbinding: Connection, gemeente: str, nu: datetime) -> None:
    """Note which line is the last, and let those be added up that were noted an hour ago or longer."""
    _ZIE.run(verbinding, {"g": gemeente, "nu": nu, "voor": nu - RUST})


def begin_anew(verbinding: Connection, gemeente: str) -> None:
    """Put every sum at nothing, and no line at added up: whoever asks looks at the lines until `add_up` has done them.

    Waits until nobody works with the sums, and keeps who would from them until the transaction ends.
    """
    _WACHT.run(verbinding, {"slot": name_slot(gemeente)})
    _ZET.run(verbinding, {"g": gemeente, "naar": 0})
    _LEEG.run(verbinding, {"g": gemeente})


def add_up(verbinding: Connection, gemeente: str, hoogstens: int = IN_EENS) -> bool | None:
    """Add up so many lines that may be; whether there were any, None while somebody works with the sums.

    In a transaction of its own, since it holds up who changes lines.
    """
    if not _NEEM_SLOT.read(verbinding, {"slot": name_slot(gemeente)}):
        return None
    stap = _STAP.one(verbinding, {"g": gemeente, "n": hoogstens})
    if stap is None or stap.naar is None:
        return False
    _TEL.run(verbinding, {"g": gemeente, "tot": stap.tot, "naar": stap.naar})
    _ZET.run(verbinding, {"g": gemeente, "naar": stap.naar})
    return True
