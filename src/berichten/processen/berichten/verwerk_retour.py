"""Handle a JW302 or JW320, an answer that an aanbieder sends in: it is kept, judged by nobody, and uses no Identificatie up."""

from berichten.beoordeling.klassen import Klassebeoordeling
from berichten.opslag.berichten.retouren import insert_retour
from berichten.processen.werk.werk import Verwerkt, Werk
from berichten.standaard.lezen.retour import Retourbericht


def keep_retour(werk: Werk, bericht: Retourbericht, _oordeel: Klassebeoordeling) -> Verwerkt:
    """Keep what it says."""
    insert_retour(werk.verbinding, werk.rij, bericht)
    return Verwerkt("verwerkt", bericht.retourcodes, identificatie_gebruikt=False)
