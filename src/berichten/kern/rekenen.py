"""Whole amounts that are rounded, spread over time, or divided over parties, so that parts add up. Pure; amounts in cents."""

from collections.abc import Iterable, Sequence


def divide(teller: int, noemer: int) -> int:
    """Rounded to a whole number, halves away from zero. `noemer` is positive."""
    teken = -1 if teller < 0 else 1
    return teken * round_up(abs(teller), noemer)


def round_up(teller: int, noemer: int) -> int:
    """Rounded to a whole number, halves up. `noemer` is positive."""
    return (2 * teller + noemer) // (2 * noemer)


def part_between(bedrag: int, voor: int, tot: int, geheel: int) -> int:
    """What of an amount falls after the first `voor` and within the first `tot` of `geheel` equal pieces, days for instance.

    Cumulative rounding: parts that lie end to end add up to the amount, however they are cut. Nothing of no pieces.
    """
    return round_up(bedrag * tot, geheel) - round_up(bedrag * voor, geheel) if geheel > 0 else 0


def spread(bedrag: int, gewichten: Iterable[int]) -> list[int]:
    """An amount over periods that follow each other, by their weights (days), with cumulative rounding."""
    gewogen = list(gewichten)
    geheel, tot, delen = sum(gewogen), 0, []
    for gewicht in gewogen:
        delen.append(part_between(bedrag, tot, tot + gewicht, geheel))
        tot += gewicht
    return delen


def share_out(bedrag: int, gewichten: Sequence[int]) -> list[int]:
    """An amount over parties by largest remainder: each rounded down, then one more for the largest fractions.

    Of equal fractions the first party gets it, so put them in order of their code. A negative weight counts as nothing; where all
    weigh nothing, nobody gets anything.
    """
    gewogen = [max(0, gewicht) for gewicht in gewichten]
    geheel = sum(gewogen)
    if geheel == 0:
        return [0] * len(gewogen)
    delen = [gewicht * bedrag // geheel for gewicht in gewogen]
    resten = sorted(range(len(gewogen)), key=lambda plaats: (-(gewogen[plaats] * bedrag % geheel), plaats))
    for plaats in resten[: bedrag - sum(delen)]:
        delen[plaats] += 1
    return delen
