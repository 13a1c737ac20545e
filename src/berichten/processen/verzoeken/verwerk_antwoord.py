"""Handle a JW319 that the gemeente sends in by itself, from its own back office: it moves the request as a decision here would."""

from berichten.beoordeling.klassen import Klassebeoordeling
from berichten.dossier.verzoeken.verzoekkader import AntwoordKader
from berichten.opslag.dossiers.verzoekkaders import load_antwoord_kader
from berichten.processen.verzoeken.zet_stap import keep_antwoord, next_stap
from berichten.processen.werk.antwoorden import AFGEKEURD
from berichten.processen.werk.werk import Verwerkt, Werk
from berichten.standaard.waarden.verzoeken import Verzoekantwoord


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
    return Verwerkt("verwerkt", (), oordeel.bevindingen)
