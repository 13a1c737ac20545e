"""What part of the jeugdigen of a gemeente had care: clients of an age beside those who live there on 1 January. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from berichten.opslag.kwartaal.inwoners import Leeftijdsgroep
from berichten.rapporten.afscherming.overlap import Teken, is_klein
from berichten.rapporten.monitor.clienten import Clientcijfers, age_cell
from berichten.rapporten.monitor.tabel import VERBORGEN_TEKST, Waarde, percent
from berichten.rapporten.sturen.kwartaalcijfers import GROOTSTE_KLEIN, MINSTE_NOEMER, Kernrij

GROEPEN = {"aandeel jeugdigen": 18, "aandeel jeugdigen tot 23 jaar": 23}
"""Rows of a report, and the age that nobody in them has yet."""


@dataclass(frozen=True, slots=True)
class Jeugdaandeel:
    """Clients of an age, how their number may be shown, and how many of that age there are; None where nobody told it."""

    clienten: int
    teken: Teken
    jeugdigen: int | None

    def show(self) -> Waarde:
        """Percents with one decimal; `-` where it would tell of few, as the percent tells the number of clients."""
        if self.jeugdigen is None:
            return None
        groot = self.jeugdigen >= MINSTE_NOEMER and not 0 < self.jeugdigen - self.clienten <= GROOTSTE_KLEIN
        if self.teken is not Teken.GETAL or not groot or self.clienten > self.jeugdigen:
            return VERBORGEN_TEKST
        return percent(self.clienten, self.jeugdigen)


def find_share(cijfers: Clientcijfers, jonger_dan: int, jeugdigen: int | None) -> Jeugdaandeel:
    """Of the clients that are counted beside all others of a period."""
    cijfer = cijfers.get(age_cell(jonger_dan))
    return Jeugdaandeel(0, Teken.GETAL, jeugdigen) if cijfer is None else Jeugdaandeel(cijfer.aantal, cijfer.teken, jeugdigen)


def count_jeugdigen(groepen: Iterable[Leeftijdsgroep], gemeente: str, jaar: int, jonger_dan: int) -> int | None:
    """How many are younger than this, of groups that follow on each other from 0; None where they leave a gap or go beyond.

    Where there is more than one way (0 to 17, and each age by itself) the one with the group that was loaded last counts; of what
    was loaded at once the widest group goes first.
    """
    nieuwste = sorted(
        (item for item in groepen if (item.gemeente, item.jaar) == (gemeente, jaar)),
        key=lambda item: (item.geladen_op, item.leeftijd_tot - item.leeftijd_van),
        reverse=True,
    )

    @cache
    def fill(van: int, tot: int) -> int | None:
        if van == tot:
            return 0
        for groep in nieuwste:
            if van <= groep.leeftijd_van and groep.leeftijd_tot < tot:
                ervoor, erna = fill(van, groep.leeftijd_van), fill(groep.leeftijd_tot + 1, tot)
                if ervoor is not None and erna is not None:
                    return ervoor + groep.aantal + erna
        return None

    return fill(0, jonger_dan)


def make_aandeelrij(rij: str, deze: Jeugdaandeel | None, toen: Jeugdaandeel | None, nu: Jeugdaandeel | None) -> Kernrij:
    """Beside last year's: the difference in percent points, of what is shown. None where counts cannot be told at all.

    Of last year's two no small difference is shown: it would tell how few came in later.
    """
    getoond: list[Waarde] = [VERBORGEN_TEKST if item is None else item.show() for item in (deze, toen, nu)]
    if toen is not None and nu is not None and is_klein(abs(toen.clienten - nu.clienten)):
        getoond[2] = VERBORGEN_TEKST
    this, then, now = getoond
    verschil = this - then if isinstance(this, Decimal) and isinstance(then, Decimal) else None
    return Kernrij(rij, "pct", this, then, verschil, vorig_jaar_nu=now)
