"""What the access log can say that was shown or done, and how a client is told of it."""

from typing import Literal, get_args

Actie = Literal["C", "R", "U", "D", "E"]
"""Made, read, changed, removed, taken out as a file (NEN 7513)."""
Objectsoort = Literal[
    "antwoord",
    "bericht",
    "berichten",
    "besluit",
    "besluiten",
    "betaalbestand",
    "betaalrun",
    "bevindingen",
    "blokkade",
    "creditverzoeken",
    "declaratie",
    "gebruiker",
    "handeling",
    "herbeoordeling",
    "indicatoren",
    "inhoud",
    "inzagelog",
    "inzageverslag",
    "intrekking",
    "inzending",
    "maatregel",
    "machtiging",
    "opmerking",
    "opmerkingen",
    "prestatie",
    "prestaties",
    "referentie",
    "rekening",
    "rol",
    "sessie",
    "signaal",
    "signalen",
    "sleutel",
    "toewijzing",
    "toewijzingen",
    "totaalregels",
    "verantwoordingen",
    "verwerking",
    "verwijzers",
    "verzoek",
    "verzoekbesluit",
    "verzoeken",
    "werkpunt",
    "werkpunten",
    "werkvoorraad",
    "woonplaats",
]
_OBJECTEN: dict[Objectsoort, str] = {
    "antwoord": "een antwoordbericht aan een aanbieder, met uw gegevens",
    "bericht": "de stand van een bericht waarin uw gegevens staan",
    "berichten": "een lijst met berichten",
    "besluit": "een besluit over een gedeclareerde regel van uw hulp",
    "besluiten": "eerdere besluiten over regels als een andere, met een regel van uw hulp",
    "betaalbestand": "een bestand met betalingen aan aanbieders",
    "betaalrun": "een betaling aan aanbieders",
    "bevindingen": "wat er in een bericht is gevonden",
    "blokkade": "een blokkade op een betaling, voor een regel van uw hulp",
    "creditverzoeken": "de lijst met regels die de gemeente terugvraagt, met een regel over uw hulp",
    "declaratie": "een declaratie in het kort, met een regel van uw hulp",
    "gebruiker": "een account van een medewerker",
    "handeling": "een handeling in de dienst",
    "herbeoordeling": "een lijst van regels die nu anders zouden uitvallen, met een regel van uw hulp",
    "indicatoren": "cijfers die de gemeente zelf opgeeft",
    "inhoud": "een bericht zoals het binnenkwam, met uw gegevens",
    "inzagelog": "de lijst van wie uw gegevens heeft gezien",
    "inzageverslag": "een overzicht zoals dit, van wie uw gegevens heeft gezien",
    "intrekking": "de wens van een aanbieder om zijn verzoek voor uw hulp niet door te laten gaan",
    "inzending": "een ingestuurd bericht",
    "maatregel": "een maatregel bij een aanbieder",
    "machtiging": "een machtiging van een aanbieder",
    "opmerking": "een vraag of antwoord over een gedeclareerde regel van uw hulp",
    "opmerkingen": "vragen en antwoorden over een gedeclareerde regel van uw hulp",
    "prestatie": "een gedeclareerde regel van uw hulp",
    "prestaties": "de regels van een declaratie, met een regel van uw hulp",
    "referentie": "een lijst met producten, contracten of tarieven",
    "rekening": "een bankrekening van een aanbieder",
    "rol": "een rol van een medewerker",
    "sessie": "het in- of uitloggen van een medewerker",
    "signaal": "iets wat over een aanbieder opvalt, met regels of toewijzingen",
    "signalen": "wat over aanbieders opvalt",
    "sleutel": "een sleutel waarmee software toegang heeft",
    "toewijzing": "uw toewijzing",
    "toewijzingen": "een lijst met toewijzingen, ook die van u",
    "totaalregels": "de regels achter een financieel totaal, met een regel van uw hulp",
    "verantwoordingen": "de tijd die een aanbieder verantwoordt, met tijd voor uw hulp",
    "verwerking": "een bericht met uw gegevens, verwerkt door de dienst en de uitkomst daarvan",
    "verwijzers": "wie naar jeugdhulp verwees",
    "verzoek": "een verzoek van een aanbieder om hulp aan u toe te wijzen of te wijzigen",
    "verzoekbesluit": "een besluit over een verzoek om hulp aan u toe te wijzen of te wijzigen",
    "verzoeken": "een lijst met verzoeken om hulp, ook die voor u",
    "werkpunt": "een melding dat uw toewijzing later is ingekort",
    "werkpunten": "de lijst met toewijzingen die later zijn ingekort, ook die van u",
    "werkvoorraad": "de lijst met regels die op een besluit wachten, met een regel van uw hulp",
    "woonplaats": "welke gemeente volgens een medewerker verantwoordelijk is voor uw hulp",
}
_ACTIES: dict[Actie, str] = {
    "C": "vastgelegd", "R": "bekeken", "U": "gewijzigd", "D": "verwijderd", "E": "als bestand meegenomen",
}  # fmt: skip
_MET_BSN = ", met uw volledige burgerservicenummer"
_MET_NUMMER = ("toewijzing",)
"""Of which a client knows the number; other numbers are ours alone."""
OBJECTSOORTEN: tuple[Objectsoort, ...] = get_args(Objectsoort)


def tell_object(soort: str, object_id: str, actie: str, *, met_bsn: bool = False) -> str:
    """`uw toewijzing 484000001 bekeken`: what happened, as a client is told it."""
    wat = _OBJECTEN.get(soort, "uw gegevens")  # type: ignore[call-overload]
    nummer = f" {object_id}" if soort in _MET_NUMMER and object_id else ""
    return f"{wat}{nummer} {_ACTIES[actie]}{_MET_BSN if met_bsn else ''}"  # type: ignore[index]
