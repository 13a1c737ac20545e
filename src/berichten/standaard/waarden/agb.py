"""Checks on an AGB code and on the code of a gemeente. Pure."""


def is_agb(tekst: str) -> bool:
    """Whether this is an AGB code: eight digits."""
    return is_cijfers(tekst, 8)


def is_gemeentecode(tekst: str) -> bool:
    """Whether this is the code of a gemeente: four digits."""
    return is_cijfers(tekst, 4)


def is_cijfers(tekst: str, lengte: int) -> bool:
    """Whether this is so many digits, 0 to 9, and nothing else."""
    return len(tekst) == lengte and tekst.isascii() and tekst.isdigit()
