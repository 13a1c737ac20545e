"""What the aanbieder reads that has to be done about a line."""

from datetime import date

import pytest

from berichten.beoordeling.wachtend.wat_te_doen import advise_aanbieder

UITERLIJK = date(2026, 7, 14)
LATER = date(2026, 7, 15)
GEWOON = {"uiterlijk": UITERLIJK, "vandaag": UITERLIJK, "gevraagd": False, "terugvragen": False}


@pytest.mark.parametrize(
    ("uitkomst", "status", "velden", "fragmenten"),
    [
        ("ter_beoordeling", "ter_beoordeling", {}, ("uiterlijk op 14 juli 2026", "hoeft niets te doen")),
        ("ter_beoordeling", "ter_beoordeling", {"gevraagd": True}, ("heeft een vraag", "bij de opmerkingen")),
        ("ter_beoordeling", "ter_beoordeling", {"uiterlijk": None}, ("beoordeelt deze regel.",)),
        (
            "ter_beoordeling",
            "ter_beoordeling",
            {"vandaag": LATER},
            ("uiterlijk op 14 juli 2026 moeten", "niets opnieuw"),
        ),
        ("ter_beoordeling", "ter_beoordeling", {"vandaag": LATER, "gevraagd": True}, ("moeten", "haar vraag")),
        ("toegekend", "ter_beoordeling", {}, ("volgt zodra alle regels zijn beoordeeld",)),
        ("toegekend", "verwerkt", {}, ("De regel is toegekend. U hoeft niets te doen.",)),
        ("toegekend", "ter_beoordeling", {"terugvragen": True}, ("na het antwoord (JW325)", "VorigReferentieNummer R1")),
        ("toegekend", "verwerkt", {"terugvragen": True}, ("in uw volgende declaratie een creditregel", "VorigReferentieNummer R1")),
        ("afgewezen", "ter_beoordeling", {}, ("kan het besluit nog veranderen", "nieuw referentienummer")),
        ("afgewezen", "verwerkt", {}, ("De regel is afgewezen. Lees waarom.", "nieuw referentienummer")),
        ("niet_beoordeeld", "verwerkt", {}, ("Lees bij de regel waardoor",)),
        ("niet_beoordeeld", "afgekeurd", {}, ("stuur het bericht opnieuw in",)),
    ],
)
def test_it_says_what_to_do(uitkomst: str, status: str, velden: dict, fragmenten: tuple[str, ...]) -> None:
    raad = advise_aanbieder(
        uitkomst, status, "R1", **{"uiterlijk": UITERLIJK, "vandaag": UITERLIJK, "gevraagd": False, "terugvragen": False, **velden}
    )
    assert all(fragment in raad for fragment in fragmenten), raad
