"""No answer tells what exists elsewhere: what is another's is answered as what does not exist, on every operation that there is.

The operations, their parameters and their fields are taken from the published description, so that a new one is covered by itself.
A name that is new must be placed here: does it point at something (AANWIJZERS), or not (OVERIG)?
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from api.app import create_app
from berichten.instellingen import Instellingen
from tests.api.conftest import Loket
from tests.hulp.api.andermans import ELDERS, NERGENS, Eigenaar, add_geld, make_eigenaar, make_keys
from tests.hulp.bouw import bouw
from tests.hulp.bouwstenen import GEMEENTE
from tests.hulp.declareer import Regel, declaratie, toewijzing
from tests.hulp.eigenaar import as_owner
from tests.hulp.jw303 import Oud, jw303

BESCHRIJVING: dict[str, Any] = create_app(Instellingen()).openapi()
PADEN: dict[str, Any] = BESCHRIJVING["paths"]
AANWIJZERS = {
    naam: naam
    for naam in ("berichtId", "prestatieId", "toewijzingnummer", "referentienummer", "identificatie", "declaratienummer",
                 "eigenKenmerk", "agb", "bsn", "rekeningId", "blokkadeId", "runId", "iban", "verzoekId", "signaalId", "maatregelId",
                 "referentieAanbieder", "steekproefId", "casussignaalId")
} | {"Namens": "agb", "aanbieder": "agb", "prestatieIds": "prestatieId", "retourBerichtId": "berichtId",
     "nummers": "prestatieId", "signalen": "signaalId"}  # fmt: skip
"""What points at something of somebody, by the name that the value has in `Eigenaar.kent`."""
OVERIG = {
    "soort", "naam", "status", "ontvangenVanaf", "ontvangenTot", "retourcode", "regel", "paginaGrootte", "volgende",
    "uitkomst", "productcode", "categorie", "uiterlijkVanaf", "uiterlijkTot", "minBedrag", "waarschuwing", "geldigOp", "maand",
    "peildatum", "proef", "groepeer", "zorgvorm", "segment", "taakveld", "periode", "van", "tot", "periodesoort",
    "declaratiemaand", "zorgmaand", "geldend", "eigen", "vorm", "maxMaanden", "maxMinuten", "splits", "besluit", "motivering",
    "terugvragen", "volgtOp", "tekst", "reden", "tenaamstelling", "ingangsdatum", "einddatum", "uitvoeringsdatum",
    "verantwoordingen", "datum", "minuten", "niveau", "registratie", "contactnummer", "ingetrokken", "Eigen-Kenmerk",
    "If-None-Match", "vanaf", "door", "rol", "objectSoort", "objectId", "volgorde", "wachtOp",
    "verwijzer", "regio", "termijnVoor", "gemeente", "toelichting", "jaar", "kant", "staat", "termijn", "trede", "grond",
    "besluitdatum",
    "hersteltermijn", "zaaknummer", "zienswijzeOp", "geenZienswijze", "ingebrekestellingOp", "dwangsom", "dag", "kop", "zaad",
    "methode", "aantal", "jaarVan", "jaarTot", "antwoord", "ookBeantwoord", "versie",
    "rij", "actie", "eigenaar", "gereedOp", "effectVerwacht", "effectGemeten", "stand", "resultaat", "nr",
}  # fmt: skip
"""What points at nothing: choices, days, pages, and texts that a caller gives."""
VERPLICHT: dict[str, Any] = {
    "berichtId": NERGENS.kent["berichtId"], "soort": "declaratiewijzen", "naam": "tabel1", "bsn": NERGENS.kent["bsn"],
    "minuten": 60, "iban": NERGENS.kent["iban"], "ingangsdatum": "2027-01-01",
}  # fmt: skip
"""For what has to be there and is not asked about; else the example that the description gives, else 1."""
BESTANDEN = {
    "/verantwoordingen/bestand": "gemeente;agb;referentienummer;toewijzingnummer;maand;datum;minuten;soort;niveau;registratie\n"
    "0484;42420001;;{toewijzingnummer};2026-04;2026-04-02;60;direct;HBO;SKJ\n"
    "0484;42420001;{referentienummer};;;2026-04-02;60;direct;HBO;SKJ\n",
    "/referentie/{soort}": "gemeente;agb;wijze;ingangsdatum;einddatum\n{gemeente};{agb};factuur;2026-01-01;\n",
    "/financien/rekeningen/bestand": "gemeente;agb;iban;tenaamstelling;ingangsdatum;einddatum\n"
    "0484;{agb};{iban};Stichting Gelijk;2028-01-01;\n",
    "/financien/productieverantwoording": "gemeente;agb;jaar;productcategorie;productcode;eenheid;volume;bedrag;verklaring;oordeel;"
    "datum\n{gemeente};{agb};2026;45;45A48;04;1;7805;geen;;2026-06-01\n",
    "/monitor/opgaven": "gemeente;agb\n{gemeente};{agb}\n",
    "/monitor/verwijzers": "gemeente;agb\n{gemeente};{agb}\n",
    "/kwartaalrapporten/begroting": "gemeente;jaar\n{gemeente};2026\n",
    "/kwartaalrapporten/kalender": "gemeente;jaar\n{gemeente};2026\n",
    "/kwartaalrapporten/jeugdigen": "gemeente;jaar\n{gemeente};2026\n",
    "/instellingen": "gemeente;naam;waarde;vanaf;besluit\n{gemeente};s2_aantal;;2026-01-01;\n",
    "/kwartaalrapporten/facturen": "gemeente;leverancier\n{gemeente};Zorg\n",
}
"""For each operation that takes a file, one that points at something of another."""
_VERSCHILT = {"date", "etag", "content-length", "server"}
_VLUCHTIG = re.compile(
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:[0-9.:+-]+Z?|(?<=Id.: )\d+|\d{12}(?=</)"
)
"""What no two answers have alike: ids and moments of now, and the running number of an answering message."""


@dataclass(frozen=True, slots=True)
class Verzoek:
    """One request that points at something, by the field that does so."""

    methode: str
    pad: str
    veld: str
    naam: str
    """Under which `Eigenaar.kent` has the value."""
    plaats: str
    actie: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wereld:
    loket: Loket
    sleutels: dict[str, str]
    eigen: Eigenaar
    vreemd: dict[str, Eigenaar]
    """An aanbieder of the same gemeente, and one elsewhere."""


@pytest.fixture(scope="module")
def wereld(loket: Loket) -> Wereld:
    with as_owner(loket.werkplaats) as verbinding:
        # Or the contracts of the town would turn our lines down.
        for tabel in ("tarief", "contract", "bestedingsruimte", "kader", "pdc"):
            verbinding.execute(text(f"DELETE FROM {tabel}"))
    eigen = make_eigenaar(loket, GEMEENTE, "42420001", 1000, (3,))
    ander = make_eigenaar(loket, GEMEENTE, "42420002", 2000, (5, 7, 11))
    elders = make_eigenaar(loket, ELDERS, "42420003", 3000, (13, 17))
    sleutels = make_keys(loket, eigen)
    add_geld(loket, sleutels, eigen, "NL20INGB0001234567")
    add_geld(loket, make_keys(loket, elders), elders, "DE89370400440532013000")
    return Wereld(loket, sleutels, eigen, {"ander": ander, "elders": elders})


def list_requests() -> Iterator[Verzoek]:
    for pad, acties in PADEN.items():
        for methode, actie in acties.items():
            for item in actie.get("parameters", []):
                if item["name"] in AANWIJZERS:
                    yield Verzoek(methode, pad, item["name"], AANWIJZERS[item["name"]], item["in"], actie)
            for veld in fields_of(schema_of(actie)):
                if veld in AANWIJZERS:
                    yield Verzoek(methode, pad, veld, AANWIJZERS[veld], "body", actie)


def schema_of(actie: dict[str, Any]) -> dict[str, Any]:
    inhoud = actie.get("requestBody", {}).get("content", {}).get("application/json", {})
    return resolve(inhoud.get("schema", {}))


def resolve(schema: dict[str, Any]) -> dict[str, Any]:
    verwijzing = schema.get("$ref", "")
    gevonden: dict[str, Any] = BESCHRIJVING["components"]["schemas"][verwijzing.rpartition("/")[2]] if verwijzing else schema
    return gevonden


def fields_of(schema: dict[str, Any]) -> Iterator[str]:
    for naam, veld in schema.get("properties", {}).items():
        yield naam
        yield from fields_of(resolve(veld.get("items", {})))


VERZOEKEN = list(list_requests())


def test_every_parameter_and_field_is_placed() -> None:
    namen = {
        *(item["name"] for acties in PADEN.values() for actie in acties.values() for item in actie.get("parameters", [])),
        *(veld for acties in PADEN.values() for actie in acties.values() for veld in fields_of(schema_of(actie))),
    }
    assert namen - AANWIJZERS.keys() - OVERIG == set()
    bestanden = {
        pad for pad, acties in PADEN.items() if "text/csv" in acties.get("post", {}).get("requestBody", {}).get("content", {})
    }
    assert bestanden == BESTANDEN.keys()


def fill(schema: dict[str, Any], veld: str, waarde: Any) -> dict[str, Any]:
    """The smallest body in which this field has this value."""
    body: dict[str, Any] = {}
    for naam, item in schema.get("properties", {}).items():
        rij = resolve(item.get("items", {}))
        if naam == veld:
            body[naam] = [waarde] if item.get("type") == "array" else waarde
        elif "properties" in rij:
            body[naam] = [fill(rij, veld, waarde) | ({"maand": "2026-04"} if veld == "toewijzingnummer" else {})]
        elif naam in schema.get("required", []):
            body[naam] = VERPLICHT.get(naam, item.get("examples", item.get("enum", [1]))[0])
    return body


def ask(wereld: Wereld, wie: str, verzoek: Verzoek, waarde: Any) -> httpx.Response:
    pad, query = verzoek.pad, {}
    for item in verzoek.actie.get("parameters", []):
        zelf = item["name"] == verzoek.veld
        if item["in"] == "path":
            pad = pad.replace("{" + item["name"] + "}", str(waarde if zelf else VERPLICHT.get(item["name"], 1)))
        elif item["in"] == "query" and (zelf or item.get("required")):
            query[item["name"]] = str(waarde if zelf else VERPLICHT.get(item["name"], "2026-04"))
    kop = {"Namens": waarde} if verzoek.veld == "Namens" else {}
    inhoud = verzoek.actie.get("requestBody", {}).get("content", {})
    body: dict[str, Any] = {}
    if "application/json" in inhoud:
        body = {"json": fill(schema_of(verzoek.actie), verzoek.veld, waarde)}
    elif inhoud:
        body = {"content": b"x"}
        kop["Content-Type"] = next(iter(inhoud))
    with wereld.loket.dienst.client(wereld.sleutels[wie]) as client:
        return client.request(verzoek.methode, pad, params=query, headers=kop, **body)


def seen(antwoord: httpx.Response, *weg: Any) -> tuple[int, dict[str, str], str]:
    """What a caller learns from an answer, apart from what was asked."""
    koppen = {naam: hide(waarde, weg) for naam, waarde in antwoord.headers.items() if naam.lower() not in _VERSCHILT}
    tekst = antwoord.text
    if "json" in antwoord.headers.get("content-type", ""):
        tekst = json.dumps(json.loads(tekst), sort_keys=True)
    return antwoord.status_code, koppen, _VLUCHTIG.sub("~", hide(tekst, weg))


def where(een: object, ander: object) -> tuple[str, str]:
    """Both answers around the first place where they differ: whole answers are too long to compare by eye."""
    links, rechts = str(een), str(ander)
    plaats = next((i for i, (a, b) in enumerate(zip(links, rechts, strict=False)) if a != b), min(len(links), len(rechts)))
    return links[max(0, plaats - 80) : plaats + 80], rechts[max(0, plaats - 80) : plaats + 80]


def hide(tekst: str, weg: tuple[Any, ...]) -> str:
    namen = "|".join(re.escape(waarde) for waarde in sorted(map(str, weg), key=len, reverse=True))
    return re.sub(rf"(?<![0-9A-Za-z])({namen})(?![0-9A-Za-z])", "*", tekst)


@pytest.mark.parametrize("wie", ["aanbieder", "gemeente", "contractbeheer", "financien", "beheer"])
def test_what_is_anothers_is_answered_as_what_is_not_there(wereld: Wereld, wie: str) -> None:
    """Staff may see all of their own gemeente, so for them another's is what another gemeente has."""
    anders, gevonden = [], set()
    vreemd = wereld.vreemd if wie == "aanbieder" else {"elders": wereld.vreemd["elders"]}
    for verzoek in VERZOEKEN:
        nergens = NERGENS.kent[verzoek.naam]
        verwacht = seen(ask(wereld, wie, verzoek, nergens), nergens)
        for wiens, eigenaar in vreemd.items():
            waarde = eigenaar.kent.get(verzoek.naam, nergens)
            gezien = seen(ask(wereld, wie, verzoek, waarde), waarde)
            if gezien != verwacht:
                anders.append((verzoek.methode, verzoek.pad, verzoek.veld, wiens, gezien, verwacht))
        if verzoek.methode == "get" and verzoek.veld != "Namens":
            eigen = wereld.eigen.kent[verzoek.naam]
            if seen(ask(wereld, wie, verzoek, eigen), eigen) != verwacht:
                gevonden.add((verzoek.pad, verzoek.veld))
    assert anders == []
    # Or this would prove nothing: what is one's own is answered otherwise.
    assert len(gevonden) >= EIGEN[wie], gevonden


EIGEN = {"aanbieder": 1, "gemeente": 1, "contractbeheer": 1, "financien": 1, "beheer": 0}


def messages(van: Eigenaar, eigen: Eigenaar, nummer: int) -> dict[str, bytes]:
    """What the aanbieder could send to find out whether something of `van` exists, each once."""
    kent, bsn, maand, mijn = van.kent, eigen.kent["bsn"], date(2026, 2, 1), eigen.kent["toewijzingnummer"]

    def declare(*regels: Regel, identificatie: str | None = None) -> bytes:
        return declaratie(date(2026, 5, 1), list(regels), agb=eigen.agb, identificatie=identificatie or f"A{nummer}")

    def regel(toewijzing: int, van_wie: str, referentie: str = "", vorig: str | None = None) -> Regel:
        return Regel(referentie or f"V{nummer}", toewijzing, maand, 1, bsn=van_wie, vorig=vorig)

    product = {"ToewijzingNummer": kent["toewijzingnummer"]}
    kop = {"Afzender": eigen.agb, "BerichtIdentificatie": {"Identificatie": f"A{nummer}", "Dagtekening": "2026-06-15"}}
    # With its client too the standard has a JW303 go back with 9311 (TR311): who sends that number and that Bsn knows both.
    oud = Oud(f"V{nummer}", kent["toewijzingnummer"], maand=date(2020, 4, 1), volume=1, bsn=bsn)
    return {
        "allocation with its client": declare(regel(kent["toewijzingnummer"], kent["bsn"])),
        "allocation with own client": declare(regel(kent["toewijzingnummer"], bsn)),
        "own allocation with its client": declare(regel(mijn, kent["bsn"])),
        "credit of its line": declare(regel(mijn, bsn, vorig=kent["referentienummer"])),
        "its reference": declare(regel(mijn, bsn, referentie=kent["referentienummer"])),
        "its identificatie and declaratienummer": declare(regel(mijn, bsn), identificatie=kent["identificatie"]),
        "start on its allocation": bouw("JW305", {"Header": kop, "Client": {"Bsn": kent["bsn"]}, "StartProduct": product}),
        "stop on its allocation": bouw("JW307", {"Header": kop, "Client": {"Bsn": kent["bsn"]}, "StopProduct": product}),
        "old care": jw303(date(2020, 4, 1), [oud], nummer=f"A{nummer}"),
    }


def test_a_message_that_names_what_is_anothers_is_answered_as_one_that_names_nothing(wereld: Wereld) -> None:
    weg = (*range(9000, 9003), "DA9000", "DA9001", "DA9002", "A9000", "A9001", "A9002", "V9000", "V9001", "V9002")
    antwoorden: dict[str, list[tuple[int, dict[str, str], str]]] = {}
    with wereld.loket.dienst.client(wereld.sleutels["aanbieder"]) as client:
        for nummer, van in enumerate((NERGENS, *wereld.vreemd.values()), 9000):
            for naam, bericht in messages(van, wereld.eigen, nummer).items():
                antwoord = client.post("/proefberichten", content=bericht, headers={"Content-Type": "application/xml"})
                antwoorden.setdefault(naam, []).append(seen(antwoord, *van.herkenbaar, *weg))
    assert [naam for naam, (verwacht, *_) in antwoorden.items() if verwacht[0] != 200] == []
    anders = [
        (naam, *where(item, verwacht)) for naam, (verwacht, *gezien) in antwoorden.items() for item in gezien if item != verwacht
    ]
    assert anders == []


def test_a_gemeente_that_allocates_under_a_number_of_another_gemeente_is_not_told(wereld: Wereld) -> None:
    antwoorden = []
    with wereld.loket.dienst.client(wereld.sleutels["gemeente"]) as client:
        for nummer, van in enumerate((NERGENS, wereld.vreemd["elders"])):
            bericht = toewijzing(van.kent["toewijzingnummer"], agb="42420001", bsn=van.kent["bsn"], identificatie=f"G{nummer}")
            antwoord = client.post("/proefberichten", content=bericht, headers={"Content-Type": "application/xml"})
            antwoorden.append(seen(antwoord, *van.herkenbaar, f"G{nummer}"))
    assert antwoorden[1] == antwoorden[0], where(*antwoorden)
    assert antwoorden[0][0] == 200


@pytest.mark.parametrize("pad", BESTANDEN)
def test_a_file_that_names_what_is_anothers_is_answered_as_one_that_names_nothing(wereld: Wereld, pad: str) -> None:
    for wie, sleutel in wereld.sleutels.items():
        vreemd = wereld.vreemd.values() if wie == "aanbieder" else [wereld.vreemd["elders"]]
        antwoorden = []
        with wereld.loket.dienst.client(sleutel) as client:
            for van in (NERGENS, *vreemd):
                tekst = BESTANDEN[pad].format(**{"gemeente": van.gemeente, "iban": NERGENS.kent["iban"], **van.kent})
                adres = pad.replace("{soort}", "declaratiewijzen")
                antwoord = client.post(adres, content=tekst.encode(), headers={"Content-Type": "text/csv"})
                antwoorden.append(seen(antwoord, van.gemeente, *van.herkenbaar))
        assert [item for item in antwoorden if item != antwoorden[0]] == [], (wie, antwoorden[0])
