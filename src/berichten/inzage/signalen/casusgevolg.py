"""What came of an answer on the care of a family: what care cost in the six months before it, and in the six after (M32)."""

from dataclasses import dataclass
from datetime import date

from berichten.inzage.basis.kijker import Kijker
from berichten.kern.kalender import add_maanden
from berichten.kern.rechten import LOKAAL_TEAM
from berichten.kern.taal import telling
from berichten.kern.tekst import euro, maand
from berichten.klok import dutch_day
from berichten.opslag.basis.verbinding import Toegang
from berichten.opslag.signalen.casusbronnen import add_kosten_op, add_kosten_van
from berichten.opslag.signalen.casussignaalrijen import find_casussignaalrij

_MAANDEN = 6


@dataclass(frozen=True, slots=True)
class Casusgevolg:
    """Awarded care in cents, by month of care: of the six before that of the answer, and of those after it that are over."""

    antwoordmaand: date
    voor: int
    na: int
    na_maanden: int

    @property
    def zin(self) -> str:
        """The same in words."""
        eerste, laatste = maand(add_maanden(self.antwoordmaand, -_MAANDEN)), maand(add_maanden(self.antwoordmaand, -1))
        voor = f"Van {eerste} tot en met {laatste} is {euro(self.voor)} toegekend."
        if not self.na_maanden:
            return f"{voor} Wat erna kwam is nog niet te zeggen: daarvoor moet eerst een hele maand voorbij zijn."
        return f"{voor} In {telling(self.na_maanden, 'hele maand', 'hele maanden')} na het antwoord was dat {euro(self.na)}."


def find_gevolg(kijker: Kijker, casussignaal_id: int) -> Casusgevolg | None:
    """Of the last answer: all care of the client, for a local team the care on its own allocations; None without an answer.

    Who asks was shown the signal itself before (`find_casussignaal`).
    """
    gemeente = kijker.gemeente
    with kijker.transaction() as (verbinding, vermelding):
        vermelding.shows_nobody()
        rij = find_casussignaalrij(verbinding, gemeente, casussignaal_id)
    if rij is None or rij.beantwoord_op is None:
        return None
    antwoordmaand = dutch_day(rij.beantwoord_op).replace(day=1)
    deze_maand = kijker.instellingen.vandaag().replace(day=1)
    over = (deze_maand.year - antwoordmaand.year) * 12 + deze_maand.month - antwoordmaand.month - 1
    na_maanden = max(0, min(_MAANDEN, over))
    vakken = [
        (add_maanden(antwoordmaand, -_MAANDEN), add_maanden(antwoordmaand, -1)),
        (add_maanden(antwoordmaand, 1), add_maanden(antwoordmaand, na_maanden)),
    ]
    # The wall was asked above; costs are read from the books, which a team does not see.
    with kijker.transaction(Toegang(gemeente, None)) as (verbinding, vermelding):
        vermelding.shows_nobody()
        voor, na = (
            add_kosten_op(verbinding, gemeente, rij.toewijzingen, van, tot)
            if kijker.houder.rol == LOKAAL_TEAM
            else add_kosten_van(verbinding, gemeente, rij.bsn, van, tot)
            for van, tot in vakken
        )
    return Casusgevolg(antwoordmaand, voor, na, na_maanden)
