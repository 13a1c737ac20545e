"""What part of an fte costs: the price of an fte a year, in proportion to the part and to the time."""

from datetime import date
from fractions import Fraction

from berichten.kern.kalender import count_dagen

_VOL = 100
"""Hundredths of a whole fte."""


def fte_bedrag(jaarbedrag: int, honderdsten: int, maanden: int) -> int:
    """Cents for a part of an fte during whole months: `jaarbedrag` is cents for one fte a year, 50 hundredths is half an fte.

    Multiplied first and rounded half up once. Raises ValueError for a negative number.
    """
    return _part(jaarbedrag, honderdsten, Fraction(maanden, 12))


def fte_bedrag_dagen(jaarbedrag: int, honderdsten: int, begin: date, einde: date) -> int:
    """The same for a period, both days inclusive: each day is one of the 365 or 366 of its year.

    Raises ValueError for a negative number, and for a period that ends before it begins.
    """
    if einde < begin:
        raise ValueError("de periode eindigt voordat zij begint")
    jaren = Fraction(0)
    for jaar in range(begin.year, einde.year + 1):
        eerste, laatste = date(jaar, 1, 1), date(jaar, 12, 31)
        jaren += Fraction(count_dagen(max(begin, eerste), min(einde, laatste)), count_dagen(eerste, laatste))
    return _part(jaarbedrag, honderdsten, jaren)


def _part(jaarbedrag: int, honderdsten: int, jaren: Fraction) -> int:
    if jaarbedrag < 0 or honderdsten < 0 or jaren < 0:
        raise ValueError("bedrag, deel en tijd mogen niet negatief zijn")
    return int(jaarbedrag * honderdsten * jaren / _VOL + Fraction(1, 2))
