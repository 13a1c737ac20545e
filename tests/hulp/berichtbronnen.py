"""Sound messages of every kind, plain and full, to make mutants of. The people in them do not exist."""

from typing import Any

from tests.hulp.bouw import bouw
from tests.hulp.bouwstenen import ANDER_BSN

_TIJDELIJK = {"Soort": "04", "Periode": {"Begindatum": "2026-05-01", "Einddatum": "2026-06-30"}}
_VOOGD = {"Naam": {"NaamGebruik": "6"}, "Geboortedatum": {"Datum": "1900-01-01", "DatumGebruik": "3"}, "Contact": {"Soort": "02"}}
_BUDGET = {
    "ToewijzingNummer": "71002",
    "Product": {"Code": None},
    "Omvang": None,
    "Budget": "150000",
    "Ingangsdatum": "2027-01-01",
    "Einddatum": "2027-12-31",
}
_VERWIJDERD = {"ToewijzingNummer": "71003", "Product": {"Code": "45A04"}, "RedenWijziging": "13", "Einddatum": "2026-05-15"}
_GEWIJZIGD = {"RedenWijziging": "05", "ToewijzingNummer": "70001", "Ingangsdatum": "2026-01-01"}
_PER_WEEK = {"ToewijzingNummer": "71004", "Product": {"Code": "45A53"}, "Omvang": {"Frequentie": "2", "Eenheid": "14"}}
_START_WEG = {"StatusAanlevering": "3", "Begindatum": "2026-03-01"}
_ANDERE_CODE = {"ProductCode": "45A03", "ToewijzingNummer": "70002"}
_CREDIT = {"ProductReferentie": {"VorigReferentieNummer": "EERDER1"}, "IngediendBedrag": {"DebetCredit": "C"}}
_EUROS = {"Eenheid": "83", "ProductTarief": None, "GeleverdVolume": "5000", "IngediendBedrag": {"Bedrag": "5000"}}
_AANVRAAG_BUDGET = {
    "Product": {"Code": None},
    "BeschikkingNummer": "7001",
    "BeschikkingIngangsdatum": "2026-04-01",
    "ToewijzingIngangsdatum": "2027-01-01",
    "ToewijzingEinddatum": "2027-12-31",
    "Omvang": None,
    "Budget": "150000",
    "Verwijzer": {"Type": "08", "Naam": "Rechtbank Proef", "ZorgverlenerCode": None},
}
_AANVRAAG_ETMALEN = {"Product": {"Code": "45A53"}, "Omvang": {"Eenheid": "14"}, "Verwijzer": {"Type": "05"}}
_NIEUW_BUDGET = {
    "Product": {"Code": None},
    "GewensteIngangsdatum": "2027-01-01",
    "Einddatum": "2027-12-31",
    "Omvang": None,
    "Budget": "150000",
}

_CREDIT_303 = {
    "ProductReferentie": {"VorigReferentieNummer": "EERDER1"},
    "IngediendeBedragPrestatie": {"DeclaratieFactuurBedrag": {"DebetCredit": "C"}},
}

GEWOON: dict[str, dict[str, Any]] = {
    "JW301": {"ToegewezenProduct": {"ToewijzingNummer": "71001"}},
    "JW305": {"Client": {"Bsn": ANDER_BSN}, "StartProduct": {"ToewijzingNummer": "70003"}},
}
"""What a plain message has otherwise, so that it is new to who knows an allocation 70001 that has started."""
VOL: dict[str, dict[str, Any]] = {
    "JW301": {
        "Client": {
            "Geboortedatum": {"DatumGebruik": "1", "Datum": "2014-05-01"},
            "Naam": {"NaamGebruik": "4", "Geslachtsnaam": {"Voorvoegsel": "van"}, "Partnernaam": {"Achternaam": "Proef"}},
            "Communicatie": {"Vorm": "1", "Taal": "Fries"},
        },
        "Relatie": [{}, _VOOGD],
        "Contact": [{}, {"Soort": "02", "Telefoon": None}, _TIJDELIJK],
        "ToegewezenProduct": [
            {"RedenWijziging": "05"},
            _BUDGET,
            _VERWIJDERD,
            {"Product": {"Code": "45A53"}, "Omvang": {"Frequentie": "2", "Eenheid": "14"}},
        ],
    },
    "JW305": {
        "StartProduct": [
            {},
            {"ToewijzingNummer": "70002", "Begindatum": "2026-05-06"},
            _START_WEG,
        ]
    },
    "JW307": {"StopProduct": [{}, {"ToewijzingNummer": "70002", "Einddatum": "2026-05-06"}, {"RedenBeeindiging": "20"}]},
    "JW315": {
        "Client": {"Geboortedatum": {"DatumGebruik": "1", "Datum": "2014-05-01"}},
        "AangevraagdProduct": [{}, _AANVRAAG_BUDGET, _AANVRAAG_ETMALEN],
    },
    "JW317": {
        "OngewijzigdProduct": [{}, {}],
        "TeWijzigenProduct": [{}, {"Omvang": None, "Budget": "150000"}],
        "NieuwProduct": [{}, _NIEUW_BUDGET, {"Product": {"Code": "45A03"}}],
    },
    "JW319": {"Antwoord": {"VerzoekAntwoord": "2", "RedenAfwijzingVerzoek": None, "Woonplaatsbeginsel": None}},
    "JW323": {
        "Declaratie/Clienten/Client": [
            {"Prestaties": {"Prestatie": [{}, _ANDERE_CODE, _CREDIT]}},
            {"Bsn": ANDER_BSN, "Prestaties": {"Prestatie": [{"ToewijzingNummer": "70003"}, _EUROS]}},
        ]
    },
    "JW303": {
        "Regel": [
            {},
            {"ProductCode": "45A03", "ToewijzingNummer": None},
            _CREDIT_303,
        ]
    },
}
"""What a full message has besides the plain one."""


def plain_and_full(*soorten: str) -> list[bytes]:
    """A plain and a full sound message of each kind; a JW303 in both releases."""
    uitgaven = [(soort, release) for soort in soorten for release in (("2.3", None) if soort == "JW303" else (None,))]
    return [bouw(soort, boom, release) for soort, release in uitgaven for boom in (GEWOON.get(soort, {}), VOL[soort])]
