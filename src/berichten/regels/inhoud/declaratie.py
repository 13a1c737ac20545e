"""Rules of level 2 on the class Declaratie of a JW323."""

from datetime import date

from berichten.kern.kalender import begin_of_maand, einde_of_maand
from berichten.kern.regel import Gegevens
from berichten.regels.inhoud.inhoudsregel import Inhoud, inhoudsregel
from berichten.standaard.waarden.berichten import Declaratie

_JW323 = ("JW323",)
EERSTE_DAG = date(2021, 1, 1)
"""First day of care that a JW323 may bill; older care goes by JW303."""


@inhoudsregel(
    "TR134",
    klasse="Declaratie",
    element="DeclaratiePeriode/Begindatum",
    berichten=_JW323,
    titel="De declaratieperiode begint niet na de dagtekening van het bericht.",
    melding="De declaratieperiode begint op {begindatum}, maar de dagtekening van het bericht is {dagtekening}.",
    doen="Declareer een maand pas als die voorbij is.",
)
def declaratieperiode_begonnen(declaratie: Declaratie, inhoud: Inhoud) -> Gegevens | None:
    """The day of the message itself is allowed."""
    if declaratie.periode.begindatum > inhoud.dagtekening:
        return {"begindatum": declaratie.periode.begindatum, "dagtekening": inhoud.dagtekening}
    return None


@inhoudsregel(
    "TR137",
    klasse="Declaratie",
    element="DeclaratiePeriode/Einddatum",
    berichten=_JW323,
    titel="De declaratieperiode eindigt na haar begin en niet na de dagtekening van het bericht.",
    melding="De declaratieperiode loopt tot en met {einddatum}, maar {oorzaak} {grens}.",
    doen="Herstel de declaratieperiode. Declareer een maand pas als die voorbij is.",
)
def declaratieperiode_voorbij(declaratie: Declaratie, inhoud: Inhoud) -> Gegevens | None:
    """The last day may be the day of the message."""
    return check_einde(declaratie.periode.begindatum, declaratie.periode.einddatum, inhoud.dagtekening)


def check_einde(begindatum: date, einddatum: date, dagtekening: date) -> Gegevens | None:
    """TR137 for any period: it ends on its first day or later, and on the day of the message or earlier."""
    if einddatum < begindatum:
        return {"einddatum": einddatum, "oorzaak": "begint pas op", "grens": begindatum}
    if einddatum > dagtekening:
        return {"einddatum": einddatum, "oorzaak": "de dagtekening van het bericht is", "grens": dagtekening}
    return None


@inhoudsregel(
    "CS100",
    klasse="Declaratie",
    element="DeclaratiePeriode/Begindatum",
    berichten=_JW323,
    titel="Een JW323 gaat over maanden vanaf januari 2021.",
    melding="De declaratieperiode begint op {begindatum}, en dat is voor 1 januari 2021.",
    doen="Herstel de periode. Hulp van voor 2021 declareert u met een JW303.",
)
def declaratieperiode_vanaf_2021(declaratie: Declaratie, _: Inhoud) -> Gegevens | None:
    """By Begindatum; a period that ends before it begins is TR137."""
    begin = declaratie.periode.begindatum
    return {"begindatum": begin} if begin < EERSTE_DAG else None


@inhoudsregel(
    "CS340",
    klasse="Declaratie",
    element="DeclaratiePeriode",
    berichten=_JW323,
    titel="De declaratieperiode is precies één kalendermaand.",
    melding="De declaratieperiode loopt van {begindatum} tot en met {einddatum}. Dat is niet precies één kalendermaand.",
    doen="Declareer per kalendermaand: van de eerste tot en met de laatste dag. Stuur de declaratie daarna opnieuw.",
)
def declaratieperiode_is_maand(declaratie: Declaratie, _: Inhoud) -> Gegevens | None:
    """From the first to the last day of the same month."""
    begin, einde = declaratie.periode.begindatum, declaratie.periode.einddatum
    if begin == begin_of_maand(begin) and einde == einde_of_maand(begin):
        return None
    return {"begindatum": begin, "einddatum": einde}


@inhoudsregel(
    "CS325",
    klasse="Declaratie",
    element="TotaalIngediendBedrag/DebetCredit",
    berichten=_JW323,
    titel="Een totaal van nul is een debetbedrag.",
    melding="Het totaal van de declaratie is {totaal:euro} en is aangeduid als credit (C).",
    doen="Duid een totaal van nul aan als debet (D) en stuur de declaratie opnieuw.",
)
def totaal_nul_is_debet(declaratie: Declaratie, _: Inhoud) -> Gegevens | None:
    """Debit and credit lines may cancel out."""
    return {"totaal": 0} if declaratie.totaal_credit and declaratie.totaal_ingediend == 0 else None


@inhoudsregel(
    "TR358",
    klasse="Declaratie",
    element="TotaalIngediendBedrag",
    berichten=_JW323,
    titel="Het totaal van een declaratie is de som van haar regels: debet erbij, credit eraf.",
    melding="Het totaal van de declaratie is {totaal:euro}, maar de regels tellen op tot {som:euro}: {verschil:euro} verschil.",
    doen="Herstel het totaal of de regels en stuur de declaratie opnieuw met een nieuwe Identificatie.",
)
def totaal_is_som(declaratie: Declaratie, _: Inhoud) -> Gegevens | None:
    """Amounts are signed cents, so the sum of the lines takes credit into account."""
    som = sum(declaratie.each_field()["bedrag"])
    if som != declaratie.totaal_ingediend:
        return {"totaal": declaratie.totaal_ingediend, "som": som, "verschil": abs(declaratie.totaal_ingediend - som)}
    return None
