"""What each simple type of iJw expects, in Dutch, and which values may not be repeated in a text.

Keyed by type name, so that a schema of the publisher with the same names gets the same sentences. Limits come from the
schema: ``{minimum}``, ``{maximum}`` and ``{max_lengte}`` are filled in from the type's facets.
"""

VERWACHT: dict[str, str] = {
    "LDT_AgbCode": "acht cijfers (AGB-code van de aanbieder)",
    "LDT_Bedrag": "een heel getal in eurocenten van {minimum} tot en met {maximum}",
    "LDT_BerichtCode": "in een JW303 code 432 (declaratie) of 450 (factuur), in een JW304 code 433 of 451",
    "LDT_BerichtSubversie": "het tweede getal van de release",
    "LDT_BerichtVersie": "het eerste getal van de release",
    "LDT_BtwIDNummer": "NL, negen cijfers, de letter B en twee cijfers, zonder punten of spaties",
    "LDT_Budget": "een heel getal in eurocenten van {minimum} tot en met {maximum}",
    "LDT_BurgerServicenummer": "negen cijfers (burgerservicenummer), met voorloopnullen",
    "LDT_Commentaar": "tekst met ten minste één teken dat geen spatie is",
    "LDT_Datum": "een datum als 2026-04-30 (jaar-maand-dag)",
    "LDT_Emailadres": "een e-mailadres van hoogstens {max_lengte} tekens",
    "LDT_Gemeente": "vier cijfers (gemeentecode)",
    "LDT_GemeenteReferentieNummer": "een kenmerk van hoogstens {max_lengte} tekens",
    "LDT_Huisletter": "één letter",
    "LDT_Huisnummer": "een heel getal van {minimum} tot en met {maximum}, zonder letter of toevoeging",
    "LDT_HuisnummerToevoeging": "hoogstens {max_lengte} tekens",
    "LDT_IdentificatieBericht": "een kenmerk van hoogstens {max_lengte} tekens",
    "LDT_IdentificatieDeclaratie": "een kenmerk van hoogstens {max_lengte} letters en cijfers, zonder spaties",
    "LDT_Landnummer": "een landnummer van hoogstens {max_lengte} tekens, bijvoorbeeld 0031",
    "LDT_Naam": "een naam van hoogstens {max_lengte} tekens",
    "LDT_NaamVerwijzer": "een naam van hoogstens {max_lengte} tekens",
    "LDT_Nummer": "een heel getal van {minimum} tot en met {maximum}",
    "LDT_Organisatienaam": "een naam van hoogstens {max_lengte} tekens",
    "LDT_Percentage": "een heel getal in honderdsten van een procent, van {minimum} tot en met {maximum} (2100 is 21%)",
    "LDT_Persoonsid": "een nummer of kenmerk van hoogstens {max_lengte} tekens",
    "LDT_Plaatsnaam": "een plaatsnaam van hoogstens {max_lengte} tekens",
    "LDT_Postcode": "een postcode van hoogstens {max_lengte} tekens",
    "LDT_ProductCode": "een productcode van hoogstens {max_lengte} tekens",
    "LDT_Referentie": "een kenmerk van hoogstens {max_lengte} tekens",
    "LDT_ReferentieNummer": "een kenmerk van hoogstens {max_lengte} tekens",
    "LDT_RelatieVolgorde": "een heel getal van {minimum} tot en met {maximum}",
    "LDT_Straatnaam": "een straatnaam van hoogstens {max_lengte} tekens; kort een langere naam af",
    "LDT_Taal": "een taal van hoogstens {max_lengte} tekens",
    "LDT_Telefoonnummer": "hoogstens {max_lengte} cijfers, zonder spaties, streepjes of plusteken",
    "LDT_Tijd": "een tijd als 14:05:00 (uren:minuten:seconden, zonder tijdzone)",
    "LDT_TotaalBedrag": "een heel getal in eurocenten van {minimum} tot en met {maximum}",
    "LDT_Versie": "drie getallen met punten ertussen, bijvoorbeeld 1.0.0",
    "LDT_Volume": "een heel getal van {minimum} tot en met {maximum}",
    "LDT_Voorletters": "hoogstens {max_lengte} letters, zonder punten en spaties",
    "LDT_Voorvoegsel": "een voorvoegsel van hoogstens {max_lengte} tekens",
}
"""Types with free values: what is expected, to follow ``verwacht:``. Of BerichtCode all messages but two allow one value only."""

VERWACHT_ELEMENT: dict[str, str] = {
    "DeclarantFactuurNummer": "een nummer van hoogstens {max_lengte} letters en cijfers, zonder spaties of streepjes",
    "Servicebureau": "acht cijfers die met 98 beginnen (AGB-code van het servicebureau), of 00000000",
}
"""Elements that allow less than their type, where the sentence of the type would mislead."""

CODELIJSTEN: dict[str, str] = {
    "LDT_AanduidingWoonadres": "aanduiding woonadres (NUM061)",
    "LDT_AdresSoort": "soort adres (COD757)",
    "LDT_BetalingAanID": "betaling aan (COD833)",
    "LDT_BtwVrijstellingIndicatie": "btw-vrijstelling (WMO106)",
    "LDT_Communicatievorm": "communicatievorm (COD747)",
    "LDT_DatumGebruik": "datumgebruik (COD170)",
    "LDT_DebetCredit": "debet of credit (COD043)",
    "LDT_Eenheid": "eenheid (WJ756)",
    "LDT_Frequentie": "frequentie (WMO757)",
    "LDT_Geslacht": "geslacht (COD046)",
    "LDT_JaNee": "ja of nee (COD260)",
    "LDT_JuridischeStatus": "juridische status (WJ232)",
    "LDT_LandCode": "landcodes (COD032)",
    "LDT_NaamGebruik": "naamgebruik (COD700)",
    "LDT_ProductCategorie": "productcategorieën (JZ020)",
    "LDT_RedenAfwijzingVerzoek": "reden afwijzing verzoek (WJ759)",
    "LDT_RedenBeeindiging": "reden beëindiging (JZ588)",
    "LDT_RedenVerzoek": "reden verzoek (WJ758)",
    "LDT_RedenWijziging": "reden wijziging toewijzing (JZ002)",
    "LDT_RetourCode": "retourcodes (WJ001)",
    "LDT_SoortRelatie": "soort relatie (COD472)",
    "LDT_StatusAanlevering": "status aanlevering (COD467)",
    "LDT_TypeVerwijzer": "soort verwijzer (COD327)",
    "LDT_ValutaCode": "valuta (COD363)",
    "LDT_VerzoekAntwoord": "antwoord op een verzoek (WJ760)",
    "LDT_WettelijkeVertegenwoordiging": "wettelijke vertegenwoordiging (WJ003)",
}
"""Types with a closed list of codes: the list's name and its number in the standard."""

BSN_TYPE = "LDT_BurgerServicenummer"
BEDRAG_TYPES = frozenset({"LDT_Bedrag", "LDT_Budget", "LDT_TotaalBedrag"})

GEHEIME_TYPES = frozenset(
    {
        "LDT_BtwIDNummer",
        "LDT_Commentaar",
        "LDT_Emailadres",
        "LDT_Huisletter",
        "LDT_Huisnummer",
        "LDT_HuisnummerToevoeging",
        "LDT_Naam",
        "LDT_NaamVerwijzer",
        "LDT_Organisatienaam",
        "LDT_Persoonsid",
        "LDT_Plaatsnaam",
        "LDT_Postcode",
        "LDT_Straatnaam",
        "LDT_Taal",
        "LDT_Telefoonnummer",
        "LDT_Voorletters",
        "LDT_Voorvoegsel",
    }
)
"""Who somebody is or where to find them: only the length of such a value is told. Until 2020 the btw number of somebody
working alone held the BSN."""

GEHEIME_ELEMENTEN = frozenset({"Datum"})
"""Elements that are personal though their type is not: the date inside Geboortedatum."""
