"""Rules on the header of any message: a fault here stops everything after it."""

from berichten.regels.dossier import HeaderKader
from berichten.regels.kern import Feiten, regel
from berichten.standaard.berichten import Header

_HEEN = ("JW301", "JW305", "JW307", "JW323")


@regel(
    "TR135",
    retourcode="8848",
    niveau=4,
    klasse="Header",
    element="BerichtIdentificatie/Dagtekening",
    berichten=_HEEN,
    gevolg="afkeuren",
    titel="De dagtekening van een bericht ligt niet in de toekomst.",
    melding="De dagtekening is {dagtekening}, maar het is vandaag {vandaag}.",
    doen="Zet de juiste dagtekening in het bericht en stuur het opnieuw.",
)
def dagtekening_niet_in_toekomst(header: Header, kader: HeaderKader) -> Feiten | None:
    """A message may be dated today at the latest, in the gemeente's own time."""
    if header.dagtekening > kader.vandaag:
        return {"dagtekening": header.dagtekening, "vandaag": kader.vandaag}
    return None


@regel(
    "TR056",
    retourcode="9056",
    niveau=3,
    klasse="Header",
    element="BerichtIdentificatie/Identificatie",
    berichten=_HEEN,
    gevolg="afkeuren",
    titel="Een afzender gebruikt een Identificatie per berichtsoort maar één keer.",
    melding="Identificatie {identificatie} is al gebruikt voor een ander bericht, dat op {ontvangen_op} binnenkwam.",
    doen="Geef dit bericht een nieuwe Identificatie en stuur het opnieuw.",
)
def identificatie_uniek(header: Header, kader: HeaderKader) -> Feiten | None:
    """Same Identificatie, other content. The same bytes again never come here: they are the same message."""
    if kader.eerder_ontvangen_op is not None:
        return {"identificatie": header.identificatie, "ontvangen_op": kader.eerder_ontvangen_op}
    return None
