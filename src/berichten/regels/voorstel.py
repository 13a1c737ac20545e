"""With which retourcode a person who rejects a held line tells it best, by the proposals that rules of the gemeente's own carry.

WJ001 has no codes for what a gemeente and its aanbieders agree on themselves, so most are the nearest that a JW325 can carry; what
is really the matter stands in the reason of the decision.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from berichten.regels import register

_OP_ID = {item.id: item.voorstel for item in register.ALLE if item.voorstel is not None}

AFWIJSCODES = frozenset(
    item.retourcode
    for item in (
        *register.PRESTATIE_REFERENTIE,
        *register.PRESTATIE_GROND,
        *register.PRESTATIE_DEBET,
        *register.PRESTATIE_EIGEN,
    )
    if item.retourcode
) | {item.retourcode for item in _OP_ID.values() if item.retourcode}
"""Codes that say something of one debit line: what a reviewer can tell an aanbieder with a rejection."""


@dataclass(frozen=True, slots=True)
class Codevoorstel:
    """A code with which a held line is rejected when nobody chooses one, and why that one."""

    retourcode: str
    regel: str
    reden: str


_EIGEN_CODE = "Deze code hoort bij de regel waardoor de gedeclareerde regel wacht."


def propose(bevindingen: Iterable[tuple[str, str | None]]) -> tuple[Codevoorstel, ...]:
    """Codes for the findings that hold a line, each a rule with its code or None; every code once, in their order.

    What carries a code of its own (the standard's, or the one that the gemeente chose) goes before the nearest code for another.
    """
    wachten = list(bevindingen)
    eigen = [Codevoorstel(code, regel, _reason(regel, code)) for regel, code in wachten if code]
    dichtbij = [_nearest(regel) for regel, code in wachten if not code]
    per_code: dict[str, Codevoorstel] = {}
    for item in eigen or dichtbij:
        if item is not None:
            per_code.setdefault(item.retourcode, item)
    return tuple(per_code.values())


def _nearest(regel: str) -> Codevoorstel | None:
    voorstel = _OP_ID.get(regel)
    return Codevoorstel(voorstel.retourcode, regel, voorstel.reden) if voorstel and voorstel.retourcode else None


def _reason(regel: str, code: str) -> str:
    voorstel = _OP_ID.get(regel)
    return voorstel.reden if voorstel and voorstel.retourcode == code else _EIGEN_CODE
