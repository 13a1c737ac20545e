"""Sound messages as nested values by element name: what `bouw` starts from. The people in them do not exist.

A text with `{n}` gets the number of its element in the message, so that repeated classes differ in their keys. `{bedrag}`,
`{totaal}` and `{richting}` are worked out from the lines, so that a case need only name what it is about.
"""

from typing import Any

Boom = dict[str, Any]

GEMEENTE, AGB = "0484", "42420001"
BSN, ANDER_BSN = "999900006", "999900018"

_GEBOORTEDATUM = {"Datum": "2014-05-06"}
_CLIENT: Boom = {
    "Bsn": BSN,
    "Geboortedatum": _GEBOORTEDATUM,
    "Geslacht": "1",
    "Naam": {"Geslachtsnaam": {"Achternaam": "Voorbeeld"}, "Voornamen": "Sem", "Voorletters": "S"},
}
_CONTACT: Boom = {
    "Soort": "01",
    "Adres": {
        "Huis": {"Huisnummer": "12"},
        "Postcode": "2401AA",
        "Straatnaam": "Proefstraat",
        "Plaatsnaam": "Alphen aan den Rijn",
        "LandCode": "NL",
    },
    "Telefoon": {"Telefoon01": {"Telefoonnummer": "0172000111", "Landnummer": "0031"}},
}
_RELATIE: Boom = {
    "Nummer": "{n}",
    "Soort": "10",
    "Geboortedatum": {"Datum": "1984-03-02"},
    "Naam": {"Geslachtsnaam": {"Achternaam": "Voorbeeld"}, "Voornamen": "Noor", "NaamGebruik": "1"},
    "Contact": _CONTACT,
}
_PRESTATIE: Boom = {
    "ProductReferentie": {"ReferentieNummer": "REF{n}"},
    "ToewijzingNummer": "70001",
    "ProductCategorie": "45",
    "ProductCode": "45A48",
    "ProductPeriode": {"Begindatum": "2026-04-01", "Einddatum": "2026-04-30"},
    "GeleverdVolume": "10",
    "Eenheid": "04",
    "ProductTarief": "7805",
    "IngediendBedrag": {"Bedrag": "{bedrag}", "DebetCredit": "D"},
}
_REGEL_303: Boom = {
    "ToewijzingNummer": "60001",
    "ProductCategorie": "45",
    "ProductCode": "45A48",
    "ProductPeriode": {"Begindatum": "2020-04-01", "Einddatum": "2020-04-30"},
    "IngediendeBedragPrestatie": {
        "GeleverdVolume": "10",
        "Eenheid": "04",
        "ProductTarief": "7805",
        "BerekendBedrag": {"Bedrag": "{berekend}", "DebetCredit": "{kant}"},
        "DeclaratieFactuurBedrag": {"Bedrag": "{bedrag}", "DebetCredit": "D"},
    },
    "ProductReferentie": {"ReferentieNummer": "OUD{n}"},
}
_AANGEVRAAGD: Boom = {
    "ReferentieAanbieder": "VERZOEK{n}",
    "Product": {"Categorie": "45", "Code": "45A48"},
    "ToewijzingIngangsdatum": "2026-06-01",
    "ToewijzingEinddatum": "2026-12-31",
    "Omvang": {"Volume": "4", "Eenheid": "04", "Frequentie": "2"},
    "Verwijzer": {"Type": "02", "ZorgverlenerCode": "01000001"},
}
_TE_WIJZIGEN: Boom = {
    "ToewijzingNummer": "7100{n}",
    "GewensteIngangsdatum": "2026-06-01",
    "Einddatum": "2026-12-31",
    "Omvang": {"Volume": "6", "Eenheid": "04", "Frequentie": "2"},
}
_NIEUW: Boom = {
    "Product": {"Categorie": "45", "Code": "45A53"},
    "GewensteIngangsdatum": "2026-06-01",
    "Einddatum": "2026-12-31",
    "Omvang": {"Volume": "4", "Eenheid": "14", "Frequentie": "2"},
}
_TOTAAL = {"TotaalBedrag": "{totaal}", "DebetCredit": "{richting}"}
_SLEUTEL = {
    "ToewijzingNummer": "70001",
    "Product": {"Categorie": "45", "Code": "45A48"},
    "ToewijzingIngangsdatum": "2026-01-01",
    "Begindatum": "2026-04-01",
}


def _header(code: str, *, van_gemeente: bool = False) -> Boom:
    return {
        "BerichtCode": code,
        "BerichtVersie": "3",
        "BerichtSubversie": "2",
        "Afzender": GEMEENTE if van_gemeente else AGB,
        "Ontvanger": AGB if van_gemeente else GEMEENTE,
        "BerichtIdentificatie": {"Identificatie": "BERICHT1", "Dagtekening": "2026-05-06"},
        "XsdVersie": {"BasisschemaXsdVersie": "0.1.0", "BerichtXsdVersie": "0.1.0"},
    }


BASIS: dict[str, Boom] = {
    "JW301": {
        "Header": _header("436", van_gemeente=True),
        "Client": {
            **_CLIENT,
            "Naam": {**_CLIENT["Naam"], "NaamGebruik": "1"},
            "Contactgegevens": {"Contact": _CONTACT},
            "ToegewezenProducten": {
                "ToegewezenProduct": {
                    "ToewijzingNummer": "7000{n}",
                    "Product": {"Categorie": "45", "Code": "45A48"},
                    "Toewijzingsdatum": "2026-05-01",
                    "Toewijzingstijd": "10:15:00",
                    "Ingangsdatum": "2026-05-15",
                    "Einddatum": "2026-12-31",
                    "Omvang": {"Volume": "20", "Eenheid": "04", "Frequentie": "4"},
                }
            },
        },
    },
    "JW305": {
        "Header": _header("438"),
        "Client": {**_CLIENT, "StartProducten": {"StartProduct": {**_SLEUTEL, "StatusAanlevering": "1"}}},
    },
    "JW307": {
        "Header": _header("440"),
        "Client": {
            **_CLIENT,
            "StopProducten": {
                "StopProduct": {
                    **_SLEUTEL,
                    "RedenBeeindiging": "02",
                    "Einddatum": "2026-04-30",
                    "StatusAanlevering": "1",
                }
            },
        },
    },
    "JW315": {
        "Header": _header("446"),
        "Client": {**_CLIENT, "AangevraagdeProducten": {"AangevraagdProduct": _AANGEVRAAGD}},
    },
    "JW317": {
        "Header": _header("486"),
        "Client": {
            "Bsn": BSN,
            "Verzoek": {
                "ReferentieAanbieder": "VERZOEK1",
                "RedenVerzoek": "1",
                "OngewijzigdeProducten": {"OngewijzigdProduct": {"ToewijzingNummer": "7000{n}"}},
                "TeWijzigenProducten": {"TeWijzigenProduct": _TE_WIJZIGEN},
                "NieuweProducten": {"NieuwProduct": _NIEUW},
            },
        },
    },
    "JW319": {
        "Header": _header("488", van_gemeente=True),
        "Antwoord": {
            "ReferentieAanbieder": "VERZOEK1",
            "VerzoekAntwoord": "1",
            "RedenAfwijzingVerzoek": "8",
            "Woonplaatsbeginsel": {"Gemeente": "0537"},
        },
    },
    "JW323": {
        "Header": _header("490"),
        "Declaratie": {
            "DeclaratieNummer": "DECL1",
            "DeclaratiePeriode": {"Begindatum": "2026-04-01", "Einddatum": "2026-04-30"},
            "DeclaratieDagtekening": "2026-05-06",
            "TotaalIngediendBedrag": _TOTAAL,
            "Clienten": {"Client": {"Bsn": BSN, "Prestaties": {"Prestatie": _PRESTATIE}}},
        },
    },
    "JW303": {
        "Header": {
            "BerichtCode": "432",
            "BerichtVersie": "3",
            "BerichtSubversie": "0",
            "Gemeente": GEMEENTE,
            "Aanbieder": AGB,
            "BetalingAanID": "02",
            "DeclaratieFactuurIdentificatie": {
                "DeclaratiePeriode": {"Begindatum": "2020-04-01", "Einddatum": "2020-04-30"},
                "DeclarantFactuurNummer": "NOTA1",
                "FactuurDagtekening": "2020-05-06",
                "ValutaCode": "EUR",
            },
            "DeclaratieFactuurBedragen": {"DeclaratieFactuurTotaalBedrag": _TOTAAL},
            "XsdVersie": {"BasisschemaXsdVersie": "1.2.0", "BerichtXsdVersie": "1.0.2"},
        },
        "Clienten": {"Client": {**_CLIENT, "Prestaties": {"Prestatie": _REGEL_303}}},
    },
}
"""By kind of message: one client, one product class or line, nothing wrong with it."""

WEGGELATEN: dict[str, Boom] = {
    "Relatie": _RELATIE,
    "Omvang": {"Volume": "20", "Eenheid": "04", "Frequentie": "4"},
    "Product": {"Categorie": "45"},
    "Adres": _CONTACT["Adres"],
    "Contact": _CONTACT,
    "Telefoon": _CONTACT["Telefoon"],
    "BtwTotaalBedrag": {"TotaalBedrag": "{btw}", "DebetCredit": "{btwrichting}"},
    "BtwBedrag": {"DebetCredit": "{kant}"},
}
"""What an element that the base does not hold starts from, once a case names it."""

KORT: dict[str, str] = {
    "Prestatie": "Declaratie/Clienten/Client/Prestaties/Prestatie",
    "ToegewezenProduct": "Client/ToegewezenProducten/ToegewezenProduct",
    "StartProduct": "Client/StartProducten/StartProduct",
    "StopProduct": "Client/StopProducten/StopProduct",
    "AangevraagdProduct": "Client/AangevraagdeProducten/AangevraagdProduct",
    "Verwijzer": "Client/AangevraagdeProducten/AangevraagdProduct/Verwijzer",
    "Verzoek": "Client/Verzoek",
    "OngewijzigdProduct": "Client/Verzoek/OngewijzigdeProducten/OngewijzigdProduct",
    "TeWijzigenProduct": "Client/Verzoek/TeWijzigenProducten/TeWijzigenProduct",
    "NieuwProduct": "Client/Verzoek/NieuweProducten/NieuwProduct",
    "Relatie": "Client/Relaties/Relatie",
    "Contact": "Client/Contactgegevens/Contact",
    "Dagtekening": "Header/BerichtIdentificatie/Dagtekening",
    "Regel": "Clienten/Client/Prestaties/Prestatie",
    "Kop": "Header/DeclaratieFactuurIdentificatie",
    "Totaal": "Header/DeclaratieFactuurBedragen/DeclaratieFactuurTotaalBedrag",
    "BtwTotaal": "Header/DeclaratieFactuurBedragen/BtwTotaalBedrag",
}
"""Short names, at the outermost level, of what cases name most."""
