"""Rules on the class Declaratie of a JW323."""

from berichten.regels.dossier import DeclaratieKader
from berichten.regels.kern import Feiten, regel
from berichten.standaard.berichten import Declaratie


@regel(
    "TR358",
    retourcode="0001",
    niveau=2,
    klasse="Declaratie",
    element="TotaalIngediendBedrag",
    berichten=("JW323",),
    gevolg="afkeuren",
    titel="Het totaal van een declaratie is de som van haar regels: debet erbij, credit eraf.",
    melding="Het totaal van de declaratie is {totaal:euro}, maar de regels tellen op tot {som:euro}: {verschil:euro} verschil.",
    doen="Herstel het totaal of de regels en stuur de declaratie opnieuw met een nieuwe Identificatie.",
)
def totaal_is_som(declaratie: Declaratie, _: object) -> Feiten | None:
    """Amounts are signed cents, so the sum of the lines takes credit into account."""
    som = sum(prestatie.bedrag for client in declaratie.clienten for prestatie in client.prestaties)
    if som != declaratie.totaal_ingediend:
        return {"totaal": declaratie.totaal_ingediend, "som": som, "verschil": abs(declaratie.totaal_ingediend - som)}
    return None


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
def declaratienummer_uniek(declaratie: Declaratie, kader: DeclaratieKader) -> Feiten | None:
    """A number counts as used once a declaration that bears it has been judged line by line."""
    if kader.declaratienummer_gebruikt:
        return {"declaratienummer": declaratie.declaratienummer}
    return None
