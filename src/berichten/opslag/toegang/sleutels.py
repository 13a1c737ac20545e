"""API keys. Of a key only a hash is kept; its text tells in which gemeente to look.

A key is a person's or a system's. A person's works as long as that person has its role; where two people are asked for, people are
compared and not keys: `load_personen`.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection

from berichten.kern.houder import Sleutelfout, Sleutelhouder
from berichten.klok import dutch_day
from berichten.opslag.basis.rijvorm import columns
from berichten.opslag.basis.vraag import Opdracht, Vraag

ROLLEN = ("aanbieder", "gemeente", "contractbeheer", "financien", "beheer", "controle", "privacy", "regio", "lokaal_team")
GELDIG_DAGEN = 365
"""Days that a key works unless it is said otherwise."""
_GEBRUIK_OM_DE = timedelta(hours=1)
"""How exactly it is kept when a key was last used: a write for every request would cost more than the request."""
_NIEMAND = hashlib.sha256(b"").digest()
"""Stands for the secret of a key that is not there, so that looking takes as long; no secret is empty."""


@dataclass(frozen=True, slots=True)
class NieuweSleutel:
    """Whose a key becomes and until when it works."""

    naam: str = ""
    """Shown to staff at what is done with it."""
    eigenaar: str = ""
    """The person or system; empty: as `naam`."""
    geldig_tot: date | None = None
    """Its last day; None: GELDIG_DAGEN from today."""
    door: str = ""
    """Who makes it."""
    systeem_id: str | None = None
    """The system whose it is; None: a person's, who is looked up by the name of the owner."""


@dataclass(frozen=True, slots=True)
class Sleutelrij:
    """A key as the list shows it."""

    gemeente: str
    sleutel_id: str
    rol: str
    agb: str | None
    naam: str
    """Who uses it; may be empty."""
    eigenaar: str
    aangemaakt_op: datetime
    geldig_tot: date
    laatst_gebruikt_op: datetime | None
    ingetrokken_op: datetime | None
    systeem: str | None
    """Name of the system whose it is; None for a person's."""


class _Gevonden(NamedTuple):
    houder: Sleutelhouder
    geheim_sha256: bytes
    geldig_tot: date
    laatst_gebruikt_op: datetime | None


class _Persoon(NamedTuple):
    wie: str
    persoon: str


_NIEUW = Opdracht("""
    INSERT INTO api_sleutel
        (gemeente, sleutel_id, geheim_sha256, rol, agb, aangemaakt_op, naam, eigenaar, geldig_tot, aangemaakt_door, systeem_id,
        persoon_id)
    VALUES (%(g)s, %(id)s, %(geheim)s, %(rol)s, %(agb)s, %(nu)s, %(naam)s, %(eigenaar)s, %(tot)s, %(door)s, %(systeem)s::text,
        (SELECT persoon_id FROM persoon WHERE gemeente = %(g)s AND kale_naam(naam) = kale_naam(nullif(%(eigenaar)s, ''))
            AND %(systeem)s::text IS NULL))
""")
_EEN = Vraag(
    _Gevonden,
    """
    SELECT {houder}, geheim_sha256, geldig_tot, laatst_gebruikt_op
    FROM (SELECT *, systeem_id IS NOT NULL AS systeem FROM api_sleutel) AS s
    WHERE gemeente = %(g)s AND sleutel_id = %(id)s AND ingetrokken_op IS NULL
        AND (persoon_id IS NULL OR EXISTS (SELECT FROM rol_toekenning t JOIN persoon p USING (gemeente, persoon_id)
            WHERE t.gemeente = s.gemeente AND t.persoon_id = s.persoon_id AND t.rol = s.rol AND t.agb IS NOT DISTINCT FROM s.agb
            AND t.ingetrokken_op IS NULL AND NOT t.wacht AND %(d)s BETWEEN t.van AND t.tot
            AND p.geblokkeerd_op IS NULL AND coalesce(p.actief_tot >= %(d)s, true)))
        AND (systeem_id IS NULL OR EXISTS (SELECT FROM systeem y
            WHERE y.gemeente = s.gemeente AND y.systeem_id = s.systeem_id AND y.ingetrokken_op IS NULL))
    """,
    houder=columns(Sleutelhouder, naar="houder"),
)
_GEBRUIKT = Opdracht("""
    UPDATE api_sleutel SET laatst_gebruikt_op = %(nu)s WHERE (gemeente, sleutel_id) IN (SELECT gemeente, sleutel_id
        FROM api_sleutel WHERE gemeente = %(g)s AND sleutel_id = %(id)s FOR NO KEY UPDATE SKIP LOCKED)
""")
_NIET_WACHTEN = Opdracht("SELECT set_config('synchronous_commit', 'off', true)")
_PERSONEN = Vraag(_Persoon, "SELECT wie, persoon_van(%(g)s, wie) AS persoon FROM unnest(%(wie)s::text[]) AS wie")
_TREK_IN = Opdracht(
    "UPDATE api_sleutel SET ingetrokken_op = %(nu)s, ingetrokken_door = %(door)s"
    " WHERE sleutel_id = %(id)s AND ingetrokken_op IS NULL"
)


def make_sleutel(
    verbinding: Connection,
    gemeente: str,
    rol: str,
    agb: str | None,
    nu: datetime,
    naam: str = "",
    nieuw: NieuweSleutel | None = None,
) -> str:
    """Make a key; its text is shown once and kept nowhere. With a decision `naam` tells staff who took it."""
    wie = nieuw or NieuweSleutel(naam)
    sleutel_id, geheim = secrets.token_hex(6), secrets.token_urlsafe(32)
    _NIEUW.run(
        verbinding,
        {"g": gemeente, "id": sleutel_id, "geheim": _digest(geheim), "rol": rol, "agb": agb, "nu": nu, "naam": wie.naam,
         "eigenaar": wie.eigenaar or wie.naam, "tot": wie.geldig_tot or dutch_day(nu) + timedelta(days=GELDIG_DAGEN),
         "door": wie.door, "systeem": wie.systeem_id},
    )  # fmt: skip
    return f"{gemeente}.{sleutel_id}.{geheim}"


def find_sleutelhouders(verbinding: Connection, sleutels: Sequence[str], nu: datetime) -> list[Sleutelhouder | Sleutelfout]:
    """Who holds each of these keys at this moment, or why it does not work, in one query. Notes, to the hour, that it was used."""
    gesplitst = [_split(sleutel) for sleutel in sleutels]
    waar = [
        {"g": gemeente.replace("\0", ""), "id": sleutel_id.replace("\0", ""), "d": dutch_day(nu)}
        for gemeente, sleutel_id, _ in gesplitst
    ]
    gevonden = _EEN.all_each(verbinding, waar)
    return [_recognise(verbinding, next(iter(rijen), None), *delen, nu) for rijen, delen in zip(gevonden, gesplitst, strict=True)]


def _split(sleutel: str) -> tuple[str, str, str]:
    """Gemeente, id and secret; empty what is not there."""
    gemeente, sleutel_id, geheim, *_ = *sleutel.split(".", 2), "", ""
    return gemeente, sleutel_id, geheim


def _recognise(
    verbinding: Connection, rij: _Gevonden | None, gemeente: str, sleutel_id: str, geheim: str, nu: datetime
) -> Sleutelhouder | Sleutelfout:
    goed = hmac.compare_digest(_NIEMAND if rij is None else rij.geheim_sha256, _digest(geheim))
    if rij is None or not goed:
        return Sleutelfout.ONBEKEND
    if rij.geldig_tot < dutch_day(nu):
        return Sleutelfout.VERLOPEN
    if rij.laatst_gebruikt_op is None or rij.laatst_gebruikt_op <= nu - _GEBRUIK_OM_DE:
        _note_use(verbinding, gemeente, sleutel_id, nu)
    return rij.houder


def _note_use(verbinding: Connection, gemeente: str, sleutel_id: str, nu: datetime) -> None:
    """Whoever else is noting it already, does it: nobody waits here, nor for the disk or a standby. Lost, it is noted again."""
    _NIET_WACHTEN.run(verbinding)
    _GEBRUIKT.run(verbinding, {"g": gemeente, "id": sleutel_id, "nu": nu})


def load_personen(verbinding: Connection, gemeente: str, wie: Iterable[str]) -> dict[str, str]:
    """The person behind each value of a column `door` (a sleutel_id, or `persoon:` with a name). Equal text: one person."""
    return {rij.wie: rij.persoon for rij in _PERSONEN.all(verbinding, {"g": gemeente, "wie": sorted(set(wie))})}


def same_person(verbinding: Connection, gemeente: str, een: str, ander: str) -> bool:
    """Whether two values of a column `door` are one person."""
    return len(set(load_personen(verbinding, gemeente, (een, ander)).values())) == 1


def list_sleutels(verbinding: Connection) -> list[Sleutelrij]:
    """Every key, without its secret."""
    return _ALLE.all(verbinding)


_ALLE = Vraag(
    Sleutelrij,
    """
    SELECT {kolommen} FROM (SELECT k.*, y.naam AS systeem FROM api_sleutel k LEFT JOIN systeem y USING (gemeente, systeem_id)) AS s
    ORDER BY gemeente, aangemaakt_op, sleutel_id
    """,
)


def revoke_sleutel(verbinding: Connection, sleutel_id: str, nu: datetime, door: str = "") -> bool:
    """Withdraw a key; False when there is none with this id that still works."""
    return _TREK_IN.run(verbinding, {"id": sleutel_id, "nu": nu, "door": door}) > 0


def _digest(geheim: str) -> bytes:
    return hashlib.sha256(geheim.encode(errors="surrogateescape")).digest()
