"""What the service does not know is refused by name, everywhere, with the nearest name that it does know."""

from typing import Any

import httpx
import pytest

from api.app import create_app
from berichten.instellingen import Instellingen
from tests.api.conftest import Loket

PADEN: dict[str, Any] = create_app(Instellingen()).openapi()["paths"]
VOORBEELDEN = {
    "berichtId": "9f1c2d3e-0000-4000-8000-000000000000", "soort": "kaders", "naam": "tabel1", "toewijzingnummer": "1",
}  # fmt: skip
MAANDEN = ("periode", "van", "tot", "zorgmaand", "declaratiemaand")
VOORBEELD = dict.fromkeys(MAANDEN, "2026-04") | {"peildatum": "2026-04-30", "groepeer": "aanbieder"}
BEWERKINGEN = [(methode, pad, actie) for pad, acties in PADEN.items() for methode, actie in acties.items()]
each_operation = pytest.mark.parametrize(
    ("methode", "pad", "actie"), BEWERKINGEN, ids=[f"{methode} {pad}" for methode, pad, _ in BEWERKINGEN]
)


def call(loket: Loket, methode: str, pad: str, actie: dict[str, Any], query: str, body: Any = None) -> httpx.Response:
    """The operation with any key that may use it."""
    for item in actie.get("parameters", []):
        if item["in"] == "path":
            pad = pad.replace("{" + item["name"] + "}", VOORBEELDEN.get(item["name"], "1"))
    soorten = list(actie.get("requestBody", {}).get("content", {}))
    inhoud = {"json": body} if body is not None or soorten == ["application/json"] else {}
    kop = {"Content-Type": soorten[0]} if soorten and not inhoud else {}
    for wie in ("financien", "contractbeheer", "beheer", "gemeente", "controle", "lokaal_team", aanbieder(loket)):
        with loket.client(wie) as client:
            antwoord = client.request(methode, f"{pad}?{query}", headers=kop, json=(body or {}) if inhoud else None)
        if antwoord.status_code != 403:
            return antwoord
    raise AssertionError(f"nobody may {methode} {pad}")


def aanbieder(loket: Loket) -> str:
    return next(wie for wie in loket.sleutels if len(wie) == 8 and wie.isdigit())


@each_operation
def test_an_unknown_parameter_is_refused_everywhere(loket: Loket, methode: str, pad: str, actie: dict[str, Any]) -> None:
    antwoord = call(loket, methode, pad, actie, "onzinnigheid=1")
    assert antwoord.status_code == 400, antwoord.text
    assert antwoord.headers["content-type"] == "application/problem+json"
    (fout,) = [item for item in antwoord.json()["fouten"] if item["pad"] == "query.onzinnigheid"]
    assert fout["melding"].startswith("'onzinnigheid' kent de dienst hier niet.")


@each_operation
def test_a_parameter_may_be_given_once(loket: Loket, methode: str, pad: str, actie: dict[str, Any]) -> None:
    enkel = [p for p in actie.get("parameters", []) if p["in"] == "query" and p["schema"].get("type") != "array"]
    for item in enkel:
        waarde = VOORBEELD.get(item["name"], "x")
        antwoord = call(loket, methode, pad, actie, f"{item['name']}={waarde}&{item['name']}={waarde}")
        assert antwoord.status_code == 400, antwoord.text
        assert any("meer dan één keer" in fout["melding"] for fout in antwoord.json()["fouten"]), item["name"]


@each_operation
def test_a_zero_byte_reaches_no_database(loket: Loket, methode: str, pad: str, actie: dict[str, Any]) -> None:
    for item in actie.get("parameters", []):
        if item["in"] == "query":
            antwoord = call(loket, methode, pad, actie, f"{item['name']}=%00")
            assert antwoord.status_code == 400, f"{item['name']}: {antwoord.text}"


@each_operation
def test_an_unknown_field_is_refused_everywhere(loket: Loket, methode: str, pad: str, actie: dict[str, Any]) -> None:
    if "application/json" not in actie.get("requestBody", {}).get("content", {}):
        return
    antwoord = call(loket, methode, pad, actie, "", {"onzinnigVeld": 1})
    assert antwoord.status_code == 400, antwoord.text
    assert "body.onzinnigVeld" in [item["pad"] for item in antwoord.json()["fouten"]]


@pytest.mark.parametrize(
    ("wie", "vraag", "naam", "bedoeld"),
    [
        ("financien", "/financien/totalen?period=2026-04", "period", "periode"),
        ("financien", "/financien/journaal?Peildatum=2026-04-30", "Peildatum", "peildatum"),
        ("contractbeheer", "/beoordelingen?min_bedrag=3", "min_bedrag", "minBedrag"),
        ("contractbeheer", "/berichten?paginagrote=3", "paginagrote", "paginaGrootte"),
    ],
)
def test_the_nearest_name_is_proposed(loket: Loket, wie: str, vraag: str, naam: str, bedoeld: str) -> None:
    with loket.client(wie) as client:
        antwoord = client.get(vraag)
    assert antwoord.status_code == 400
    assert antwoord.json()["fouten"] == [
        {
            "pad": f"query.{naam}",
            "regel": "VERZOEK",
            "melding": f"'{naam}' kent de dienst hier niet. Bedoelt u '{bedoeld}'?",
            "regelnummer": None,
        }
    ]


def test_a_misspelt_field_makes_no_account_without_end(loket: Loket) -> None:
    rekening = {
        "agb": aanbieder(loket), "iban": "NL91ABNA0417164300", "tenaamstelling": "Stichting Zorg", "ingangsdatum": "2026-01-01",
        "eindDatum": "2026-12-31",
    }  # fmt: skip
    with loket.client("financien") as client:
        antwoord = client.post("/financien/rekeningen", json=rekening)
        (fout,) = antwoord.json()["fouten"]
        assert (antwoord.status_code, fout["pad"]) == (400, "body.eindDatum")
        assert fout["melding"] == "'eindDatum' kent de dienst hier niet. Bedoelt u 'einddatum'?"


def test_a_field_that_stands_twice_is_not_guessed_at(loket: Loket) -> None:
    """JSON leaves open which of the two holds: here it would have been the account of the second."""
    rekening = f'{{"agb": "{aanbieder(loket)}", "iban": "NL91ABNA0417164300", "iban": "NL20INGB0001234567",'
    rekening += ' "tenaamstelling": "Stichting Zorg", "ingangsdatum": "2026-01-01"}'
    with loket.client("financien") as client:
        antwoord = client.post("/financien/rekeningen", content=rekening, headers={"Content-Type": "application/json"})
    (fout,) = antwoord.json()["fouten"]
    assert (antwoord.status_code, fout["pad"]) == (400, "body.iban")
    assert fout["melding"] == "'iban' staat meer dan één keer in de inhoud. Geef deze waarde één keer."


@pytest.mark.parametrize("inhoud", [b"[" * 100_000, b'{"agb": "\xff"}', b"{"], ids=["deep", "no UTF-8", "broken"])
def test_what_is_no_json_is_told_so(loket: Loket, inhoud: bytes) -> None:
    with loket.client("financien") as client:
        antwoord = client.post("/financien/rekeningen", content=inhoud, headers={"Content-Type": "application/json"})
    assert antwoord.status_code == 400
    assert [fout["melding"] for fout in antwoord.json()["fouten"]] == [
        "Deze inhoud is geen JSON. Controleer haakjes, komma's en aanhalingstekens."
    ]


@pytest.mark.parametrize(
    ("vraag", "melding"),
    [
        ("/berichten?status=af", "Deze waarde kan hier niet. Kies uit: 'ontvangen', 'in_behandeling', 'geweigerd', 'afgekeurd',"
         " 'ter_beoordeling' of 'verwerkt'."),
        ("/berichten?ontvangenTot=9999-12-31", "Dit is geen moment. Schrijf een dag als 2026-04-30, of een moment als"
         " 2026-04-30T12:00:00+02:00."),
        ("/berichten?ontvangenVanaf=2026-02-30", "Dit is geen datum. Schrijf een dag als 2026-04-30."),
        ("/berichten?agb=4242", "Een AGB-code heeft acht cijfers, zoals 42420001."),
        ("/berichten?regel=TR999", "Deze regel is er niet. Kies een regel uit /v1/regels, zoals TR307."),
        ("/berichten?regel=tr307", "Een regel heeft hoofdletters en cijfers, zoals TR307. Zie /v1/regels."),
        ("/verantwoordingen?maand=2026-00", "Dit is geen maand. Schrijf een maand als 2026-04."),
    ],
)  # fmt: skip
def test_a_value_in_another_form_is_told_its_form(loket: Loket, vraag: str, melding: str) -> None:
    with loket.client("contractbeheer") as client:
        assert [fout["melding"] for fout in client.get(vraag).json()["fouten"]] == [melding]


def test_a_field_deep_in_a_list_is_named_with_its_place(loket: Loket) -> None:
    regel = {"toewijzingnummer": 1, "maand": "2026-04", "minuten": 60, "soort": "direct", "nivo": "HBO"}
    with loket.client(aanbieder(loket)) as client:
        antwoord = client.post("/verantwoordingen", json={"verantwoordingen": [regel]})
    assert antwoord.status_code == 400
    assert [(f["pad"], f["melding"]) for f in antwoord.json()["fouten"]] == [
        ("body.verantwoordingen.0.nivo", "'nivo' kent de dienst hier niet. Bedoelt u 'niveau'?")
    ]


def test_everything_is_told_at_once(loket: Loket) -> None:
    with loket.client("contractbeheer") as client:
        fouten = client.get("/beoordelingen?paginaGrootte=nee&reegl=TR307&onzin=1").json()["fouten"]
    assert {fout["pad"] for fout in fouten} == {"query.paginaGrootte", "query.reegl", "query.onzin"}


def test_the_key_is_looked_at_first(loket: Loket) -> None:
    with loket.dienst.client() as client:
        assert client.get("/berichten?onzin=1").status_code == 401
    with loket.client("beheer") as client:
        assert client.get("/financien/totalen?onzin=1").status_code == 403


def test_a_number_that_may_be_a_bsn_is_not_repeated(loket: Loket) -> None:
    with loket.client("contractbeheer") as client:
        antwoord = client.get("/toewijzingen?bsn999990019=1&<b>=2")
    assert antwoord.status_code == 400
    assert "999990019" not in antwoord.text
    assert "<b>" not in antwoord.text


@pytest.mark.parametrize("dag", ["0", "1754006400", "2026-4-1", "2026-02-30", "20260401", "2026-04-01T00:00:00"])
def test_a_day_is_written_as_a_day(loket: Loket, dag: str) -> None:
    with loket.client("contractbeheer") as client:
        antwoord = client.get(f"/referentie/kaders?peildatum={dag}")
    assert antwoord.status_code == 400
    assert [fout["pad"] for fout in antwoord.json()["fouten"]] == ["query.peildatum"]


@pytest.mark.parametrize(
    ("veld", "waarde"), [("minuten", True), ("minuten", "60"), ("toewijzingnummer", "1"), ("datum", 0), ("datum", "20260401")]
)
def test_a_value_is_taken_as_it_stands(loket: Loket, veld: str, waarde: Any) -> None:
    """JSON knows numbers, texts and truth; one is not read for another."""
    regel = {"toewijzingnummer": 1, "maand": "2026-04", "minuten": 60, "soort": "direct", veld: waarde}
    with loket.client(aanbieder(loket)) as client:
        antwoord = client.post("/verantwoordingen", json={"verantwoordingen": [regel]})
    assert antwoord.status_code == 400
    assert [fout["pad"] for fout in antwoord.json()["fouten"]] == [f"body.verantwoordingen.0.{veld}"]


def test_an_operation_without_a_body_takes_none(loket: Loket) -> None:
    with loket.client("financien") as client:
        antwoord = client.post("/financien/betaalruns/1/goedkeuring", json={"bedrag": 1})
        assert (antwoord.status_code, [f["pad"] for f in antwoord.json()["fouten"]]) == (400, ["body"])
        assert client.post("/financien/betaalruns/1/goedkeuring", json={}).status_code == 404
