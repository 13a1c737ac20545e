"""How many requests and allocations ask for somebody today, for above the list with which a day begins."""

from dataclasses import dataclass

from berichten.beoordeling.wachtend.termijn import last_warned
from berichten.inzage.basis.kijker import Kijker
from berichten.opslag.retouren.retourstand import Retourgrens, count_openstaand
from berichten.opslag.verzoeken.verzoekklok import Verzoekklok, count_verzoektermijnen


@dataclass(frozen=True, slots=True)
class Aandachtspunten:
    """Counts; clients are in none of them."""

    verlopen: int
    """Requests whose term has run out."""
    bijna_verlopen: int
    woonplaats: int
    """Of which the day to refuse on domicile is near, and nobody found that the client is of here."""
    verworpen: int
    """Of which the aanbieder rejected the JW319, and nobody did anything since."""
    afgekeurd: int
    """JW301 that the aanbieder rejected."""
    zonder_antwoord: int
    """JW301 without a JW302 after three working days."""


def count_aandachtspunten(kijker: Kijker) -> Aandachtspunten:
    """Of the gemeente of this member of staff; two queries."""
    vandaag = kijker.instellingen.vandaag()
    with kijker.transaction() as (verbinding, vermelding):
        klokken = count_verzoektermijnen(verbinding, vandaag, last_warned(vandaag, kijker.instellingen.waarschuw_werkdagen))
        (retouren,) = count_openstaand(verbinding, [kijker.gemeente], Retourgrens.on(vandaag))
        vermelding.shows("verzoeken", ())
    klok = next((item for item in klokken if item.gemeente == kijker.gemeente), Verzoekklok(kijker.gemeente, 0, 0, 0, 0))
    return Aandachtspunten(
        klok.verlopen, klok.bijna_verlopen, klok.woonplaats, klok.verworpen, retouren.afgekeurd, retouren.zonder_antwoord
    )
