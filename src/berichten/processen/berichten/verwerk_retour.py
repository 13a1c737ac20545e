"""Handle a JW302 or JW320, an answer that an aanbieder sends in: it is kept, judged by nobody, and uses no Identificatie up."""

import structlog

from berichten.beoordeling.klassen import Klassebeoordeling
from berichten.opslag.retouren.retouren import insert_retour
from berichten.processen.seintjes.meld_seintje import announce_to_staff
from berichten.processen.verzoeken.verwerk_antwoord import take_retour
from berichten.processen.werk.werk import Verwerkt, Werk
from berichten.standaard.lezen.retour import Retourbericht
from berichten.standaard.waarden.soorten import JW319

LOG = structlog.get_logger("retouren")


def keep_retour(werk: Werk, bericht: Retourbericht, _oordeel: Klassebeoordeling) -> Verwerkt:
    """Keep what it says; a JW320 with a code undoes the JW319 that it answers, and of a JW302 with a code staff are told."""
    insert_retour(werk.verbinding, werk.rij, bericht)
    if bericht.heen_soort == JW319.naam:
        take_retour(werk, bericht)
    elif not bericht.aangenomen:
        LOG.warning("toewijzing_afgekeurd", gemeente=werk.rij.gemeente, bericht=str(werk.rij.bericht_id))
        announce_to_staff(werk.verbinding, werk.werkplaats, werk.rij.gemeente, "vraag")
    return Verwerkt("verwerkt", bericht.retourcodes, identificatie_gebruikt=False)
