"""Handle a JW319 that the gemeente sends in by itself, from its own back office, and the JW320 of the aanbieder on any of them."""

import structlog

from berichten.beoordeling.klassen import Klassebeoordeling
from berichten.dossier.verzoek import OPEN
from berichten.dossier.verzoeken.verzoekkader import AntwoordKader
from berichten.opslag.dossiers.verzoekkaders import load_antwoord_kader
from berichten.opslag.verzoeken.verzoekstappen import count_stappen, find_verzoekantwoord, set_retour
from berichten.processen.seintjes.meld_seintje import announce_to_aanbieders, announce_to_staff
from berichten.processen.verzoeken.zet_stap import keep_antwoord, next_stap, settle
from berichten.processen.werk.antwoorden import AFGEKEURD
from berichten.processen.werk.werk import Verwerkt, Werk
from berichten.standaard.lezen.retour import Retourbericht
from berichten.standaard.waarden.verzoeken import Verzoekantwoord

LOG = structlog.get_logger("verzoeken")


def load_verzoekantwoord(werk: Werk, bericht: Verzoekantwoord) -> AntwoordKader:
    """The request that it answers."""
    return load_antwoord_kader(werk.verbinding, werk.rij.gemeente, bericht, werk.werkplaats.instellingen.vandaag())


def keep_verzoekantwoord(werk: Werk, bericht: Verzoekantwoord, oordeel: Klassebeoordeling) -> Verwerkt:
    """When it is sound, keep what it says of the request. The JW320 that we make is not yet that of the aanbieder."""
    if oordeel.afgekeurd:
        return Verwerkt("afgekeurd", AFGEKEURD, oordeel.bevindingen)
    gemeente, verzoek = werk.rij.gemeente, werk.kader.verzoek
    stap = next_stap(werk.verbinding, gemeente, verzoek.verzoek_id)
    keep_antwoord(werk.verbinding, werk.werkplaats, gemeente, verzoek, werk.rij.bericht_id, bericht, None, stap)
    announce_to_aanbieders(werk.verbinding, werk.werkplaats, gemeente, "antwoord", [verzoek.agb])
    return Verwerkt("verwerkt", (), oordeel.bevindingen)


def take_retour(werk: Werk, bericht: Retourbericht) -> None:
    """Link a JW320 to the JW319 that it answers, the first that comes. With a code, that was never sent.

    The request is then where it was, and waits: staff are told. What a JW301 closed stays so, and what was asked in the meantime
    stays open beside it; that only shows with the request, and in the log.
    """
    verbinding, gemeente = werk.verbinding, werk.rij.gemeente
    antwoord = find_verzoekantwoord(verbinding, gemeente, werk.rij.agb or "", bericht.heen_identificatie)
    if antwoord is None or antwoord.retour_bericht_id is not None:
        return
    set_retour(verbinding, gemeente, antwoord, werk.rij.bericht_id, not bericht.aangenomen)
    if bericht.aangenomen:
        return
    stappen = count_stappen(verbinding, gemeente, antwoord.verzoek_id)
    status = settle(verbinding, werk.werkplaats, gemeente, antwoord.verzoek_id, stappen)
    if status in OPEN:
        LOG.warning("antwoord_verworpen", gemeente=gemeente, verzoek=str(antwoord.verzoek_id))
        announce_to_staff(verbinding, werk.werkplaats, gemeente, "vraag")
    else:
        LOG.info("antwoord_verworpen_na_afloop", gemeente=gemeente, verzoek=str(antwoord.verzoek_id))
