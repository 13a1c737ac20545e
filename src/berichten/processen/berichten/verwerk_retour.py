"""Handle a JW302 or JW320, an answer that an aanbieder sends in: it is kept, judged by nobody, and uses no Identificatie up."""

from berichten.beoordeling.klassen import Klassebeoordeling
from berichten.opslag.berichten.retouren import insert_retour
from berichten.processen.verzoeken.verwerk_antwoord import take_retour
from berichten.processen.werk.werk import Verwerkt, Werk
from berichten.standaard.lezen.retour import Retourbericht
from berichten.standaard.waarden.soorten import JW319


def keep_retour(werk: Werk, bericht: Retourbericht, _oordeel: Klassebeoordeling) -> Verwerkt:
    """Keep what it says; a JW320 with a code undoes the JW319 that it answers."""
    insert_retour(werk.verbinding, werk.rij, bericht)
    if bericht.heen_soort == JW319.naam:
        take_retour(werk, bericht)
    return Verwerkt("verwerkt", bericht.retourcodes, identificatie_gebruikt=False)
