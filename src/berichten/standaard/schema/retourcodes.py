"""What a retourcode (WJ001) says: no code stands before a reader without its text."""

from collections.abc import Iterable
from functools import lru_cache

from berichten.standaard.schema.codelijsten import read_codelijsten
from berichten.standaard.schema.schema import own_schemas_dir
from berichten.standaard.waarden.soorten import JW303, JW323

_LIJST = "retourcode"


@lru_cache(maxsize=1)
def _texts() -> dict[str, str]:
    """The texts of iJw 3.2, and of the codes that only iJw 3.0 has."""
    oud, nieuw = (read_codelijsten(own_schemas_dir(), soort.release)[_LIJST].codes for soort in (JW303, JW323))
    return {**oud, **nieuw}


def tell_code(code: str | None) -> str | None:
    """The text of a code; None for none, and for one that no list has."""
    return _texts().get(code or "")


def tell_codes(codes: Iterable[str | None]) -> dict[str, str]:
    """The texts of these codes, by code."""
    return {code: tekst for code in codes if code and (tekst := tell_code(code))}
