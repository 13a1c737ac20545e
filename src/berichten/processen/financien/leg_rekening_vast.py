"""Record the bank account of an aanbieder, or that of the gemeente itself."""

from dataclasses import dataclass
from datetime import date

from berichten.boeken.betaling import Rekening, check_rekening
from berichten.fouten import Invoerfout
from berichten.opslag.financien.blokkades import knows_aanbieder, lock_betalingen
from berichten.opslag.financien.rekeningen import EIGEN, Rekeningrij, insert_rekening
from berichten.processen.basis.handelingen import Handeling, note_done, note_refused
from berichten.processen.basis.werkplaats import Werkplaats


@dataclass(frozen=True, slots=True)
class NieuweRekening:
    """An account and the days, both inclusive, on which it is used; without `agb` the gemeente pays from it."""

    agb: str | None
    rekening: Rekening
    ingangsdatum: date
    einddatum: date | None


def record_rekening(werkplaats: Werkplaats, gemeente: str, door: str, nieuw: NieuweRekening) -> Rekeningrij | list[Invoerfout]:
    """Keep the account, or tell everything that is wrong with it.

    It takes the place of the one before it from its first day on; the same first day again replaces what was said of that day.
    """
    fouten = [Invoerfout(veld, "VERZOEK", melding) for veld, melding in check_rekening(nieuw.rekening)]
    if nieuw.einddatum is not None and nieuw.einddatum < nieuw.ingangsdatum:
        fouten.append(Invoerfout("einddatum", "VERZOEK", "De einddatum ligt voor de ingangsdatum. Verbeter een van beide."))
    with werkplaats.opslag.transaction() as verbinding:
        if nieuw.agb is not None and not knows_aanbieder(verbinding, gemeente, nieuw.agb):
            fouten.append(Invoerfout("agb", "VERZOEK", "De gemeente kent deze aanbieder niet. Controleer de AGB-code."))
        if fouten:
            note_refused(verbinding, werkplaats, Handeling(gemeente, door, "C", "rekening"), fouten[0].melding)
            return fouten
        lock_betalingen(verbinding, gemeente)
        periode = (nieuw.ingangsdatum, nieuw.einddatum)
        nu = werkplaats.instellingen.nu()
        rij = insert_rekening(verbinding, gemeente, nieuw.agb or EIGEN, nieuw.rekening, periode, door, nu)
        note_done(verbinding, werkplaats, Handeling(gemeente, door, "C", "rekening", rij.rekening_id))
        return rij
