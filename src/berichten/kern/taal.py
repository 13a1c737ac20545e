"""Dutch that follows from a number: one place for singular and plural, so that no sentence says `1 regels`."""

from collections.abc import Sequence


def meervoud(aantal: int, een: str, meer: str) -> str:
    """The words that go with this number: `een` for exactly one, else `meer`."""
    return een if aantal == 1 else meer


def telling(aantal: int, een: str, meer: str) -> str:
    """`1 fout`, `12.345 fouten`: the number, with points between thousands, and its noun."""
    return f"{aantal:,}".replace(",", ".") + f" {meervoud(aantal, een, meer)}"


def limit(namen: Sequence[object], hoogstens: int = 10) -> list[str]:
    """The first of these names, and behind them how many more there are: `a`, `b`, `en nog 3`."""
    over = len(namen) - hoogstens
    return [*map(str, namen[:hoogstens]), *([f"en nog {over}"] if over > 0 else [])]


def foutental(aantal: int) -> str:
    """`1 fout`, `12 fouten`."""
    return telling(aantal, "fout", "fouten")


def herstel(aantal: int) -> str:
    """How the advice to mend so many faults begins."""
    return meervoud(aantal, "Herstel die", "Herstel ze")
