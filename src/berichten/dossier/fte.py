"""What part of an fte costs: the price of an fte a year, in proportion to the part and to the time; a month is a twelfth."""

from datetime import date
from fractions import Fraction

from berichten.kern.kalender import begin_of_maand, count_dagen, count_maanden, einde_of_maand

_VOL = 100
"""Hundredths of a whole fte."""


def fte_bedrag_dagen(jaarbedrag: int, honderdsten: int, begin: date, einde: date) -> int:
    """Cents for a part of an fte in a period, both days inclusive: `jaarbedrag` is cents for one fte a year, 50 hundredths is half
    an fte, and a day is its share of the twelfth that its month is, so that days add up to it.

    Multiplied first and rounded half up once. Raises ValueError for a negative number, and for a period that ends before it begins.
    """
    jaren = _years(begin, einde)
    if jaarbedrag < 0 or honderdsten < 0:
        raise ValueError("bedrag en deel mogen niet negatief zijn")
    return int(jaarbedrag * honderdsten * jaren / _VOL + Fraction(1, 2))


def whole_hundredths(jaarbedrag: int, bedrag: int, begin: date, einde: date) -> int:
    """The most whole hundredths of an fte that cost no more than `bedrag` cents in a period, both days inclusive.

    Raises ValueError for a price that is not positive, and as `fte_bedrag_dagen`.
    """
    if jaarbedrag <= 0 or bedrag < 0:
        raise ValueError("de prijs moet positief zijn en het bedrag niet negatief")
    deel = int(Fraction(bedrag * _VOL) / (jaarbedrag * _years(begin, einde)))
    # An amount that was rounded down is a little less than its part.
    return deel + 1 if fte_bedrag_dagen(jaarbedrag, deel + 1, begin, einde) <= bedrag else deel


def _years(begin: date, einde: date) -> Fraction:
    if einde < begin:
        raise ValueError("de periode eindigt voordat zij begint")
    maanden = Fraction(count_maanden(begin, einde))
    maanden -= Fraction((begin - begin_of_maand(begin)).days, count_dagen(begin_of_maand(begin), einde_of_maand(begin)))
    maanden -= Fraction((einde_of_maand(einde) - einde).days, count_dagen(begin_of_maand(einde), einde_of_maand(einde)))
    return maanden / 12
