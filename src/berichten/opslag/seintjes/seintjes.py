"""Notices that wait to be mailed: one row for each person and cause, whatever happened since."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from berichten.opslag.basis.vraag import Opdracht, Vraag
from berichten.opslag.seintjes.seintjesadressen import Seintjesadres


@dataclass(frozen=True, slots=True)
class Seintjesstoring:
    """People of a gemeente whom no notice reaches: how many, since when, and by what the last failed."""

    gemeente: str
    personen: int
    pogingen: int
    """Of the one whom it failed most often."""
    storing: str


_MAG = """
    EXISTS (SELECT FROM persoon p WHERE p.gemeente = a.gemeente AND p.persoon_id = a.persoon_id AND p.geblokkeerd_op IS NULL
        AND (p.actief_tot IS NULL OR p.actief_tot >= %(d)s::date))
    AND EXISTS (SELECT FROM rol_toekenning r WHERE r.gemeente = a.gemeente AND r.persoon_id = a.persoon_id
        AND r.ingetrokken_op IS NULL AND r.van <= %(d)s::date
        AND (r.tot >= %(d)s::date OR (r.tot >= %(sinds)s::date AND EXISTS (SELECT FROM persoon_koppeling k
            WHERE k.gemeente = r.gemeente AND k.persoon_id = r.persoon_id))){rol})
"""
"""Whether a person is let in and has a role; of who logs in elsewhere, with roles for a day, the last one counts for a while."""
_ETMAAL = timedelta(days=1)
_ROL = " AND r.rol = %(rol)s AND (%(a)s::text[] IS NULL OR r.agb = ANY(%(a)s::text[]))"
_MELD = Opdracht(
    """
    INSERT INTO seintje (gemeente, persoon_id, aanleiding, ontstaan_op)
    SELECT a.gemeente, a.persoon_id, %(aanleiding)s, %(nu)s FROM seintjesadres a WHERE a.gemeente = %(g)s AND {mag}
        AND (%(wie)s::text[] IS NULL OR a.persoon_id = ANY(%(wie)s::text[]))
    ORDER BY a.persoon_id
    ON CONFLICT (gemeente, persoon_id, aanleiding) DO UPDATE SET ontstaan_op = excluded.ontstaan_op
    """,
    mag=_MAG,
    rol=_ROL,
)
_PAK = Vraag(
    Seintjesadres,
    """
    UPDATE seintjesadres SET volgende_op = %(terug)s FROM (
        SELECT a.gemeente AS g, a.persoon_id AS p FROM seintjesadres a
        WHERE (a.volgende_op IS NULL OR a.volgende_op <= %(nu)s) AND (a.laatst_op IS NULL OR a.laatst_op <= %(rust)s)
            AND EXISTS (SELECT FROM seintje s WHERE s.gemeente = a.gemeente AND s.persoon_id = a.persoon_id
                AND (s.aanleiding <> 'casus' OR a.laatst_op IS NULL OR a.laatst_op <= %(etmaal)s)) AND {mag}
        ORDER BY a.volgende_op NULLS FIRST, a.gemeente, a.persoon_id LIMIT 1 FOR UPDATE SKIP LOCKED
    ) AS eerste
    WHERE gemeente = eerste.g AND persoon_id = eerste.p RETURNING {kolommen}
    """,
    mag=_MAG,
    rol="",
)
_GEDAAN = Opdracht("DELETE FROM seintje WHERE gemeente = %(g)s AND persoon_id = %(p)s AND ontstaan_op <= %(nu)s")
_GELUKT = Opdracht(
    "UPDATE seintjesadres SET laatst_op = %(nu)s, pogingen = 0, volgende_op = NULL, storing = ''"
    " WHERE gemeente = %(g)s AND persoon_id = %(p)s"
)
_MISLUKT = Opdracht(
    "UPDATE seintjesadres SET pogingen = pogingen + 1, volgende_op = %(volgende)s, storing = %(storing)s"
    " WHERE gemeente = %(g)s AND persoon_id = %(p)s"
)
_OUD = Opdracht("DELETE FROM seintje WHERE ontstaan_op < %(voor)s")
_STORINGEN = Vraag(
    Seintjesstoring,
    """
    SELECT gemeente, count(*)::int AS personen, max(pogingen) AS pogingen,
        (array_agg(storing ORDER BY pogingen DESC))[1] AS storing
    FROM seintjesadres WHERE pogingen > 0 GROUP BY gemeente ORDER BY gemeente
    """,
)


@dataclass(frozen=True, slots=True)
class Wanneer:
    """A moment with its day, and the last day on which a role of somebody who logs in elsewhere may have ended."""

    nu: datetime
    dag: date
    sinds: date


def put_seintjes(
    verbinding: Connection,
    gemeente: str,
    aanleiding: str,
    rol: str,
    agbs: Collection[str] | None,
    wanneer: Wanneer,
    personen: Collection[str] | None = None,
) -> int:
    """Something is ready for people in this role, of these aanbieders if it is theirs; returns for how many who want to know.

    With `personen` for these of them.

    In the transaction in which it happens. People in one order, so that two of these never wait for each other.
    """
    waarden = {
        "g": gemeente, "aanleiding": aanleiding, "rol": rol, "a": None if agbs is None else sorted(agbs),
        "wie": None if personen is None else sorted(personen),
        "nu": wanneer.nu, "d": wanneer.dag, "sinds": wanneer.sinds,
    }  # fmt: skip
    return _MELD.run(verbinding, waarden)


def take_due(verbinding: Connection, wanneer: Wanneer, rust: datetime, terug: datetime) -> Seintjesadres | None:
    """Somebody for whom something waits, who got no mail since `rust` and whom nobody else is mailing: theirs until `terug`.

    For signals on families alone one mail a day.
    """
    waarden = {
        "nu": wanneer.nu, "d": wanneer.dag, "sinds": wanneer.sinds, "rust": rust, "etmaal": wanneer.nu - _ETMAAL, "terug": terug,
    }  # fmt: skip
    return _PAK.one(verbinding, waarden)


def mark_mailed(verbinding: Connection, wie: Seintjesadres, nu: datetime) -> None:
    """It was mailed; what came up after `nu` waits for the next one."""
    _GEDAAN.run(verbinding, {"g": wie.gemeente, "p": wie.persoon_id, "nu": nu})
    _GELUKT.run(verbinding, {"g": wie.gemeente, "p": wie.persoon_id, "nu": nu})


def mark_unmailed(verbinding: Connection, wie: Seintjesadres, volgende_op: datetime, storing: str) -> None:
    """It failed, by this kind of failure, and is tried again from then on."""
    _MISLUKT.run(verbinding, {"g": wie.gemeente, "p": wie.persoon_id, "volgende": volgende_op, "storing": storing})


def remove_seintjes(verbinding: Connection, voor: datetime) -> int:
    """What has waited since before this moment: a notice of old things helps nobody."""
    return _OUD.run(verbinding, {"voor": voor})


def list_storingen(verbinding: Connection) -> list[Seintjesstoring]:
    """By gemeente; empty when every last mail went well."""
    return _STORINGEN.all(verbinding)
