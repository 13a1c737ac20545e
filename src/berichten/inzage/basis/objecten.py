"""What the access log can say that was shown or done, and how a client is told of it."""

from typing import Literal, get_args

Actie = Literal["C", "R", "U", "D", "E"]
"""Made, read, changed, removed, taken out as a file (NEN 7513)."""
Objectsoort = Literal[
    "antwoord", "bericht", "berichten", "besluiten", "bevindingen", "creditverzoeken", "declaratie", "handeling", "inhoud",
    "inzagelog", "inzageverslag", "opmerkingen", "prestatie", "prestaties", "sessie", "toewijzing", "toewijzingen",
    "totaalregels", "werkpunten", "werkvoorraad",
]  # fmt: skip
_OBJECTEN: dict[Objectsoort, str] = {
    "antwoord": "een antwoordbericht aan een aanbieder, met uw gegevens",
    "bericht": "de stand van een bericht waarin uw gegevens staan",
    "berichten": "een lijst met berichten",
    "besluiten": "eerdere besluiten over regels als een andere, met een regel van uw hulp",
    "bevindingen": "wat er in een bericht is gevonden",
    "creditverzoeken": "de lijst met regels die de gemeente terugvraagt, met een regel over uw hulp",
    "declaratie": "een declaratie in het kort, met een regel van uw hulp",
    "handeling": "een handeling in de dienst",
    "inhoud": "een bericht zoals het binnenkwam, met uw gegevens",
    "inzagelog": "de lijst van wie uw gegevens heeft gezien",
    "inzageverslag": "een overzicht zoals dit, van wie uw gegevens heeft gezien",
    "opmerkingen": "vragen en antwoorden over een gedeclareerde regel van uw hulp",
    "prestatie": "een gedeclareerde regel van uw hulp",
    "prestaties": "de regels van een declaratie, met een regel van uw hulp",
    "sessie": "het in- of uitloggen van een medewerker",
    "toewijzing": "uw toewijzing",
    "toewijzingen": "een lijst met toewijzingen, ook die van u",
    "totaalregels": "de regels achter een financieel totaal, met een regel van uw hulp",
    "werkpunten": "de lijst met toewijzingen die later zijn ingekort, ook die van u",
    "werkvoorraad": "de lijst met regels die op een besluit wachten, met een regel van uw hulp",
}
_ACTIES: dict[Actie, str] = {
    "C": "vastgelegd", "R": "bekeken", "U": "gewijzigd", "D": "verwijderd", "E": "als bestand meegenomen",
}  # fmt: skip
_MET_BSN = ", met uw volledige burgerservicenummer"
_MET_NUMMER = ("toewijzing",)
"""Of which a client knows the number; other numbers are ours alone."""
OBJECTSOORTEN: tuple[str, ...] = get_args(Objectsoort)


def tell_object(soort: str, object_id: str, actie: str, *, met_bsn: bool = False) -> str:
    """`uw toewijzing 484000001 bekeken`: what happened, as a client is told it."""
    wat = _OBJECTEN.get(soort, "uw gegevens")  # type: ignore[call-overload]
    nummer = f" {object_id}" if soort in _MET_NUMMER and object_id else ""
    return f"{wat}{nummer} {_ACTIES[actie]}{_MET_BSN if met_bsn else ''}"  # type: ignore[index]
