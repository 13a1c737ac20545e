"""API keys. Of a key only a hash is kept; its text tells in which gemeente to look."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text

ROLLEN = ("aanbieder", "gemeente", "contractbeheer", "financien", "beheer")


@dataclass(frozen=True, slots=True)
class Sleutelhouder:
    """Who holds a key: one aanbieder (with AGB code), or staff of the gemeente in a role."""

    gemeente: str
    sleutel_id: str
    rol: str
    agb: str | None


@dataclass(frozen=True, slots=True)
class Sleutelrij:
    """A key as the list shows it."""

    gemeente: str
    sleutel_id: str
    rol: str
    agb: str | None
    naam: str
    """Who uses it; may be empty."""
    aangemaakt_op: datetime
    ingetrokken_op: datetime | None


def make_sleutel(verbinding: Connection, gemeente: str, rol: str, agb: str | None, nu: datetime, naam: str = "") -> str:
    """Make a key; its text is shown once and kept nowhere. With a decision `naam` tells staff who took it."""
    sleutel_id, geheim = secrets.token_hex(6), secrets.token_urlsafe(32)
    verbinding.execute(
        text(
            "INSERT INTO api_sleutel (gemeente, sleutel_id, geheim_sha256, rol, agb, aangemaakt_op, naam)"
            " VALUES (:g, :id, :geheim, :rol, :agb, :nu, :naam)"
        ),
        {"g": gemeente, "id": sleutel_id, "geheim": _digest(geheim), "rol": rol, "agb": agb, "nu": nu, "naam": naam},
    )
    return f"{gemeente}.{sleutel_id}.{geheim}"


def find_sleutelhouder(verbinding: Connection, sleutel: str) -> Sleutelhouder | None:
    """Who holds this key; None when it is not a key of ours or was withdrawn."""
    delen = sleutel.split(".")
    if len(delen) != 3:
        return None
    rij = verbinding.execute(
        text(
            "SELECT gemeente, sleutel_id, rol, agb, geheim_sha256 FROM api_sleutel"
            " WHERE gemeente = :g AND sleutel_id = :id AND ingetrokken_op IS NULL"
        ),
        {"g": delen[0], "id": delen[1]},
    ).one_or_none()
    if rij is None or not hmac.compare_digest(bytes(rij.geheim_sha256), _digest(delen[2])):
        return None
    return Sleutelhouder(rij.gemeente, rij.sleutel_id, rij.rol, rij.agb)


def list_sleutels(verbinding: Connection) -> list[Sleutelrij]:
    """Every key, without its secret."""
    rijen = verbinding.execute(
        text(f"SELECT {', '.join(Sleutelrij.__slots__)} FROM api_sleutel ORDER BY gemeente, aangemaakt_op")  # noqa: S608
    )
    return [Sleutelrij(*rij) for rij in rijen]


def revoke_sleutel(verbinding: Connection, sleutel_id: str, nu: datetime) -> bool:
    """Withdraw a key; False when there is none with this id that still works."""
    gedaan = verbinding.execute(
        text("UPDATE api_sleutel SET ingetrokken_op = :nu WHERE sleutel_id = :id AND ingetrokken_op IS NULL"),
        {"id": sleutel_id, "nu": nu},
    )
    return gedaan.rowcount > 0


def _digest(geheim: str) -> bytes:
    return hashlib.sha256(geheim.encode()).digest()
