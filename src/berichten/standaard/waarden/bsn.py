"""Checks on a burgerservicenummer (BSN), and the only form in which one may be shown in a list, log or error text."""

import re
from operator import mul

BEDEKT = "******"
"""What is shown of a Bsn to who may see nothing of it."""
GEWICHTEN = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_VAN_NULLEN = ord("0") * sum(GEWICHTEN)
_NEGEN_CIJFERS = re.compile(r"(?<![0-9])(?:[0-9][ .-]?){8}[0-9](?![0-9])")
_VOLGNUMMER = re.compile(r"(?<![0-9])00[0-9]{7}(?![0-9])")


def is_bsn(tekst: str) -> bool:
    """Tell whether `tekst` is nine digits that pass the elfproef. Nine zeros are no BSN."""
    return passes_elfproef(tekst) and tekst != "000000000"


def passes_elfproef(tekst: str) -> bool:
    """Tell whether nine digits, weighted, add up to a multiple of eleven (iJw 3.2, CS002); nine zeros do."""
    if len(tekst) != 9 or not (tekst.isascii() and tekst.isdigit()):
        return False
    # The characters themselves: each is 48 more than its digit, and six thousand clients are looked at of one declaration.
    som: int = sum(map(mul, tekst.encode(), GEWICHTEN)) - _VAN_NULLEN
    return som % 11 == 0


def mask_bsn(tekst: str) -> str:
    """Return `tekst` with only its last three characters readable: ``******123``.

    The stars are always six, and a text of three characters or less shows nothing at all: a wrong value may hold part of a BSN.
    """
    return BEDEKT + (tekst[-3:] if len(tekst) > 3 else "")


def names_bsn(naam: str) -> bool:
    """The same for the name of a file or the mark of a message, where a running number such as B000000012 is none: no BSN begins
    with 00."""
    return holds_bsn(_VOLGNUMMER.sub("", naam))


def holds_bsn(tekst: str) -> bool:
    """Tell whether a free text holds a number that could be a BSN, also when it is written with dots, dashes or spaces."""
    return any(is_bsn(re.sub("[^0-9]", "", gevonden)) for gevonden in _NEGEN_CIJFERS.findall(tekst))


def cover(nummer: str) -> str:
    """A number that somebody chose as it stands; masked when it could be a BSN."""
    return mask_bsn(nummer) if holds_bsn(nummer) else nummer
