"""A walk past every operation of the description, as one who looks: which requests there are to ask, and what an answer holds.

Parameters are filled in by their name; whatever has a set of values is asked with each of them.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx

from api.app import create_app
from berichten.instellingen import Instellingen

BESCHRIJVING: dict[str, Any] = create_app(Instellingen()).openapi()
PADEN: dict[str, Any] = BESCHRIJVING["paths"]
BEWERKINGEN = [(methode, pad) for pad, acties in PADEN.items() for methode in acties]
LEZEND = {"/declaraties/{berichtId}/prestaties/zoekopdrachten", "/beoordelingen/zoekopdrachten", "/toewijzingen/zoekopdrachten"}
"""Operations with POST that change nothing."""
AANWIJZERS = {
    naam: naam
    for naam in ("berichtId", "prestatieId", "toewijzingnummer", "referentienummer", "identificatie", "declaratienummer",
                 "eigenKenmerk", "agb", "bsn", "rekeningId", "blokkadeId", "runId", "iban", "zendingId",
                 "persoonId", "sleutelId", "toekenningId", "verzoekId", "signaalId", "maatregelId",
                 "steekproefId", "casussignaalId")
} | {"aanbieder": "agb", "prestatieIds": "prestatieId"}  # fmt: skip
"""What points at something of somebody, by the name under which a party has it."""
KEUZES = {
    "groepeer": ("gemeente,aanbieder", "aanbieder,zorgmaand,productcode,uitkomst", "declaratiemaand,categorie,zorgvorm"),
    "periode": ("2026", "2026-03"),
    "naam": tuple(f"tabel{naam}" for naam in ("1", "3b", "4a", "5b")),
    "soort": ("aanbieders", "declaratiewijzen", "regelbeleid"),
}
"""Values of parameters that the description gives none of; of `soort` only where it stands in the address."""
_PADKEUZES = {
    "/codelijsten/{naam}": ("retourcode",),
    "/kwartaalrapporten/{periode}": ("2026-Q1",),
    "/regio/indicatoren/{periode}": ("2026-Q1",),
    "/regio/kwartaalrapporten/{periode}": ("2026-Q1",),
    "/regio/segmenten/{periode}": ("2026-Q1",),
}
"""Where an address takes other values than those."""
_MET_INHOUD = {
    "/berichten/{berichtId}/antwoord": "beantwoord",
    "/prestaties/{prestatieId}/verklaring": "besloten",
    "/verzoeken/{verzoekId}/concept-toewijzing": "gehonoreerd",
    "/financien/betaalruns/{runId}/betaalbestand": "goedgekeurd",
}
"""Where there is nothing to read of what a party has by the ordinary name: what it has by this one."""
_ALTIJD = {"periode": "2026", "productcode": "45A48", "minBedrag": 1}
"""For what has to be there and points at nobody."""
_GELD = "eurocenten"
NIET_VOOR_ROL = "Hiervoor is een van deze rollen nodig"
"""Stands in what the door says to a role that may not ask this."""


@dataclass(frozen=True, slots=True)
class Vraag:
    """One request."""

    methode: str
    pad: str
    query: tuple[tuple[str, str], ...] = ()
    vorm: str = "*/*"
    body: str = ""
    """JSON."""
    bewerking: str = ""
    """The path as it is described."""


@dataclass(slots=True)
class Gelezen:
    """What an answer holds."""

    status: int
    vorm: str
    tekst: str
    bedragen: list[int] = field(default_factory=list)


def schema_of(actie: dict[str, Any]) -> dict[str, Any]:
    """Of the JSON that an operation takes; empty when it takes none."""
    inhoud = actie.get("requestBody", {}).get("content", {}).get("application/json", {})
    return resolve(inhoud.get("schema", {}))


def resolve(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema itself, when it is named."""
    verwijzing = schema.get("$ref", "")
    gevonden: dict[str, Any] = BESCHRIJVING["components"]["schemas"][verwijzing.rpartition("/")[2]] if verwijzing else schema
    return gevonden


def list_questions(kent: dict[str, Any]) -> Iterator[Vraag]:
    """Everything that can be read, asked without filter, with each filter that points at this party, and with each choice."""
    for pad, acties in PADEN.items():
        if "get" in acties:
            yield from _list_reads(pad, acties["get"], kent)
        if pad in LEZEND:
            yield from _list_searches(pad, acties["post"], kent)


def list_pointing(kent: dict[str, Any]) -> list[Vraag]:
    """Those of them that point at this party, and not at any."""
    overal = set(list_questions(dict.fromkeys(kent, "0")))
    return [vraag for vraag in list_questions(kent) if vraag not in overal]


def _list_reads(pad: str, actie: dict[str, Any], kent: dict[str, Any]) -> Iterator[Vraag]:
    parameters = actie.get("parameters", [])
    vormen = [*actie["responses"]["200"].get("content", {"*/*": {}})]
    vast = tuple(
        (item["name"], str(_ALTIJD[item["name"]])) for item in parameters if item["in"] == "query" and item.get("required")
    )
    for adres in _fill_path(pad, kent):
        for vorm in vormen:
            yield Vraag("GET", adres, vast, vorm, bewerking=pad)
        for item in parameters:
            if item["in"] == "query":
                for waarde in _values_of(item, kent):
                    yield Vraag("GET", adres, (*vast, (item["name"], waarde)), vormen[0], bewerking=pad)


def _fill_path(pad: str, kent: dict[str, Any]) -> Iterator[str]:
    namen, adres, anders = re.findall(r"\{(\w+)\}", pad), pad, kent.get(_MET_INHOUD.get(pad, ""))
    keuze = next((naam for naam in namen if naam in KEUZES), None)
    for naam in namen:
        if naam in AANWIJZERS:
            adres = adres.replace("{" + naam + "}", str(anders or kent[AANWIJZERS[naam]]))
    waarden = _PADKEUZES.get(pad) or (KEUZES[keuze] if keuze else ("",))
    yield from (adres.replace("{" + str(keuze) + "}", waarde) for waarde in waarden)


def _values_of(item: dict[str, Any], kent: dict[str, Any]) -> Iterator[str]:
    naam, schema = item["name"], item["schema"]
    vormen = [resolve(schema), *(resolve(deel) for deel in schema.get("anyOf", []))]
    if naam in AANWIJZERS:
        yield str(kent[AANWIJZERS[naam]])
    elif naam in KEUZES and naam != "soort":
        yield from KEUZES[naam]
    elif any(vorm.get("type") == "boolean" for vorm in vormen):
        yield from ("true", "false")
    else:
        yield from (str(waarde) for vorm in vormen for waarde in vorm.get("enum", ()))


def _list_searches(pad: str, actie: dict[str, Any], kent: dict[str, Any]) -> Iterator[Vraag]:
    velden = schema_of(actie).get("properties", {})
    for adres in _fill_path(pad, kent):
        for veld, vorm in velden.items():
            if veld in AANWIJZERS:
                waarde = kent[AANWIJZERS[veld]]
                lijf = json.dumps({veld: [waarde] if vorm.get("type") == "array" else waarde})
                yield Vraag("POST", adres, body=lijf, bewerking=pad)
        yield Vraag("POST", adres, body="{}", bewerking=pad)


def ask(client: httpx.Client, vraag: Vraag) -> httpx.Response:
    """The answer to a question."""
    inhoud: dict[str, Any] = {"content": vraag.body} if vraag.body else {}
    kop = {"Accept": vraag.vorm} | ({"Content-Type": "application/json"} if vraag.body else {})
    return client.request(vraag.methode, vraag.pad, params=dict(vraag.query), headers=kop, **inhoud)


def ask_all(client: httpx.Client, vragen: Iterable[Vraag], *, ieder: bool = False) -> Iterator[tuple[Vraag, httpx.Response]]:
    """The answers; of an operation that is not for this role only the first, unless `ieder`: the door refuses it whatever is asked
    of it."""
    geweigerd: set[tuple[str, str]] = set()
    for vraag in vragen:
        if (vraag.methode, vraag.bewerking) not in geweigerd:
            antwoord = ask(client, vraag)
            if not ieder and antwoord.status_code == 403 and NIET_VOOR_ROL in antwoord.json()["detail"]:
                geweigerd.add((vraag.methode, vraag.bewerking))
            yield vraag, antwoord


def read(antwoord: httpx.Response) -> Gelezen:
    """All text of an answer, headers and what is packed in a workbook too, and every amount that it names."""
    vorm = antwoord.headers.get("content-type", "").partition(";")[0]
    koppen = "\n".join(f"{naam}: {waarde}" for naam, waarde in antwoord.headers.items() if naam not in _EIGEN_KOPPEN)
    if vorm.endswith("sheet"):
        with zipfile.ZipFile(io.BytesIO(antwoord.content)) as boek:
            tekst = "\n".join(boek.read(naam).decode() for naam in sorted(boek.namelist()) if naam.startswith("xl/"))
    else:
        tekst = antwoord.text
    gelezen = Gelezen(antwoord.status_code, vorm, f"{koppen}\n{tekst}")
    if vorm == "application/json":
        gelezen.bedragen.extend(_amounts(json.loads(antwoord.text)))
    return gelezen


_EIGEN_KOPPEN = ("date", "content-length", "etag", "last-modified")


GELDVELDEN = {
    naam
    for schema in BESCHRIJVING["components"]["schemas"].values()
    for naam, veld in schema.get("properties", {}).items()
    if _GELD in veld.get("description", "")
}
"""Fields that hold cents, by what the description says of them."""


def _amounts(waarde: Any, naam: str = "") -> Iterator[int]:
    if isinstance(waarde, dict):
        for veld, deel in waarde.items():
            if veld != "prognose":  # What is to be expected is reckoned by day: no multiple of anything.
                yield from _amounts(deel, veld)
    elif isinstance(waarde, list):
        for deel in waarde:
            yield from _amounts(deel, naam)
    elif isinstance(waarde, int) and naam in GELDVELDEN and not isinstance(waarde, bool):
        yield waarde
