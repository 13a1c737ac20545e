"""Rules on the class Declaratie of a JW323."""

from berichten.dossier.dossier import DeclaratieKader
from berichten.kern.regel import Gegevens, regel
from berichten.standaard.waarden.berichten import Declaratie


@regel(
    "TR333",
    retourcode="9333",
    niveau=3,
    klasse="Declaratie",
    element="DeclaratieNummer",
    berichten=("JW323",),
    gevolg="afkeuren",
    titel="Een aanbieder gebruikt een DeclaratieNummer maar één keer.",
    melding="DeclaratieNummer {declaratienummer} is al gebruikt voor een eerdere declaratie.",
    doen="Geef de declaratie een nieuw DeclaratieNummer en een nieuwe Identificatie, en stuur haar opnieuw.",
)
def declaratienummer_uniek(declaratie: Declaratie, kader: DeclaratieKader) -> Gegevens | None:
    """A number counts as used once a declaration that bears it has been judged line by line."""
    if kader.declaratienummer_gebruikt:
        return {"declaratienummer": declaratie.declaratienummer}
    return None


@regel(
    "TR318",
    retourcode="8214",
    niveau=3,
    klasse="Declaratie",
    element="DeclaratiePeriode",
    berichten=("JW323",),
    gevolg="afkeuren",
    titel="Declaraties volgen elkaar op: niet over een maand voor de laatst gedeclareerde.",
    melding="Deze declaratie gaat over {periode:maand}, maar u heeft al gedeclareerd over {laatste:maand}.",
    doen="Neem de regels op in een declaratie over {laatste:maand} of later; regels mogen over eerdere maanden gaan.",
)
def periode_niet_terug(declaratie: Declaratie, kader: DeclaratieKader) -> Gegevens | None:
    """The same month as the latest one handled, or a later one; months without care may be skipped (OP284, IV090)."""
    if kader.laatste_periode is not None and declaratie.periode.begindatum < kader.laatste_periode:
        return {"periode": declaratie.periode.begindatum, "laatste": kader.laatste_periode}
    return None
