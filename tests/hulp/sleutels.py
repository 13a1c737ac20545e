"""Whom a key lets in, of one key."""

from datetime import datetime

from sqlalchemy import Connection

from berichten.kern.houder import Sleutelfout, Sleutelhouder
from berichten.opslag.toegang.sleutels import find_sleutelhouders


def find_sleutelhouder(verbinding: Connection, sleutel: str, nu: datetime) -> Sleutelhouder | Sleutelfout:
    """Who holds it at this moment, or why it does not work."""
    return find_sleutelhouders(verbinding, [sleutel], nu)[0]
