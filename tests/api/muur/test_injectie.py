"""SQL in every place where text may stand: each parameter of an address, query, header and body, each cell of a file, each element.

What is asked this way is refused or taken for the text that it is. Nothing fails, nothing of another comes out, nothing is changed.
"""

import json
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

import httpx
import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from tests.conftest import Vertel
from tests.hulp.api.partijen import Kijkt, Partij, Partijen
from tests.hulp.api.wandeling import AANWIJZERS, PADEN, read, resolve, schema_of
from tests.hulp.declareer import Regel, declaratie
from tests.hulp.eigenaar import as_owner

STRENGEN = [
    "' OR '1'='1", "' OR 1=1 --", "') OR ('1'='1", "')) OR 1=1 --", "1 OR 1=1", "1) OR (1=1", '" OR ""="', "%' OR '%'='", "%", "_",
    "\\' OR 1=1 --", "\\", "''", "'||(SELECT eigen_kenmerk FROM bericht LIMIT 1)||'",
    "' UNION SELECT eigen_kenmerk FROM bericht --", "' UNION ALL SELECT string_agg(tekst, ',') FROM opmerking --",
    "'; DROP TABLE opmerking CASCADE; --", "'; DELETE FROM bericht; --", "'; CREATE TABLE gelukt (); --",
    "1; CREATE TABLE gelukt ()", "'; SELECT set_config('berichten.agb', '42420002', false); --", "'; RESET ROLE; --",
    "'; SET ROLE postgres; --", "'; COMMIT; --",
    "$$; CREATE TABLE gelukt (); $$", "E'\\x27 OR 1=1", "\u02bc OR 1=1 --", "\uff07 OR 1=1 --", "{a,b}", '{"a": 1}',
    "%(g)s", "%s", "%%", "%(", ":agb", "{kolommen}", "{0.__class__}", "$1", "?", "/* */", "-- ", "CURRENT_USER", "0x27", "NULL",
]  # fmt: skip
"""Quotes closed in every way, other statements, settings of the wall, wildcards, and the markers of our own statements."""
_OM_DE = 12
"""A place is tried with one string of so many, and the next place with the next."""
_GELIJMD = (
    "SELECT eigen_kenmerk FROM bericht WHERE identificatie = '@'",
    "SELECT eigen_kenmerk FROM bericht WHERE (identificatie = '@')",
    "SELECT eigen_kenmerk FROM bericht WHERE identificatie LIKE '@' AND agb = '42420001'",
    "SELECT eigen_kenmerk FROM bericht WHERE volgnummer = @",
    "SELECT eigen_kenmerk FROM bericht WHERE (volgnummer = @)",
)
"""Statements that trust their text, which this house has not."""
_VERRAAD = ("psycopg", "sqlalchemy", "syntax error", "SQLSTATE", "Traceback", "pg_catalog")
_GOED: dict[str, Any] = {
    "besluit": "toekennen", "motivering": "x", "tekst": "x", "reden": "x", "iban": "NL91ABNA0417164300", "tenaamstelling": "x",
    "ingangsdatum": "2028-01-01", "datum": "2026-03-02", "minuten": 60, "soort": "direct", "niveau": "HBO", "registratie": "SKJ",
    "maand": "2026-03",
}  # fmt: skip
"""What is right for a field that has to be there; what points at something is the party's own."""
_ADRES = {"soort": "declaratiewijzen", "naam": "tabel1"}
_KOLOMMEN = {
    "/referentie/{soort}": "gemeente;agb;wijze;ingangsdatum;einddatum",
    "/verantwoordingen/bestand": "gemeente;agb;referentienummer;toewijzingnummer;maand;datum;minuten;soort;niveau;registratie",
    "/financien/rekeningen/bestand": "gemeente;agb;iban;tenaamstelling;ingangsdatum;einddatum",
    "/monitor/opgaven": "gemeente;nr;jaar;onderdeel;waarde;eenheid;bron",
    "/kwartaalrapporten/begroting": "gemeente;jaar;segment;maand;bedrag;soort;vastgesteld_op;besluit",
    "/kwartaalrapporten/kalender": "gemeente;document;periode;peildatum;gereed_op",
    "/kwartaalrapporten/facturen": "gemeente;leverancier;agb;factuurnummer;factuurdatum;zorg_van;zorg_tot;bedrag;segment;zorgvorm;"
    "toewijzingnummer;bbr_aanvraagnummer;status",
    "/kwartaalrapporten/jeugdigen": "gemeente;jaar;leeftijd_van;leeftijd_tot;aantal;peildatum;bron",
    "/instellingen": "gemeente;naam;waarde;vanaf;besluit",
    "/monitor/verwijzers": "gemeente;toewijzingnummer;verwijzer",
    "/financien/productieverantwoording": (
        "gemeente;agb;jaar;productcategorie;productcode;eenheid;volume;bedrag;verklaring;oordeel;datum"
    ),
}
"""The columns of each file that an operation takes."""
_ELEMENTEN = (
    "Identificatie",
    "DeclaratieNummer",
    "ReferentieNummer",
    "ProductCode",
    "ProductCategorie",
    "Afzender",
    "Bsn",
    "Eenheid",
)


@dataclass(frozen=True, slots=True)
class Plek:
    """One place of an operation where text may stand."""

    methode: str
    pad: str
    waar: str
    """path, query, header, body, bestand or element."""
    naam: str
    actie: dict[str, Any]


def list_places() -> Iterator[Plek]:
    for pad, acties in PADEN.items():
        for methode, actie in acties.items():
            for item in actie.get("parameters", []):
                # Namens is one dependency for all: two operations stand for it.
                if item["name"] != "If-None-Match" and (item["name"] != "Namens" or pad in ("/berichten", "/regels")):
                    yield Plek(methode, pad, item["in"], item["name"], actie)
            for veld in _text_fields(schema_of(actie)):
                yield Plek(methode, pad, "body", veld, actie)
            if pad in _KOLOMMEN and methode == "post":
                yield from (Plek(methode, pad, "bestand", kolom, actie) for kolom in _KOLOMMEN[pad].split(";"))
    yield from (Plek("post", "/proefberichten", "element", naam, {}) for naam in _ELEMENTEN)


def _text_fields(schema: dict[str, Any]) -> Iterator[str]:
    for naam, veld in schema.get("properties", {}).items():
        rij = resolve(veld.get("items", {}))
        if "properties" in rij:
            yield from _text_fields(rij)
        else:
            yield naam


PLEKKEN = list(list_places())


def test_every_file_has_its_columns_here() -> None:
    soort = "text/csv"
    assert {pad for pad, acties in PADEN.items() if soort in str(acties.get("post", {}).get("requestBody", ""))} == _KOLOMMEN.keys()


def build(plek: Plek, streng: str, partij: Partij) -> httpx.Request:
    """The request with this text in this place, and what is the party's own in every other."""
    pad, query, kop, inhoud = plek.pad, {}, {}, b""
    for item in plek.actie.get("parameters", []):
        zelf = item["name"] == plek.naam and plek.waar == item["in"]
        eigen = str(partij.kent.get(AANWIJZERS.get(item["name"], ""), _ADRES.get(item["name"], "2026")))
        if item["in"] == "path":
            pad = pad.replace("{" + item["name"] + "}", _quote(streng) if zelf else eigen)
        elif item["in"] == "query" and (zelf or item.get("required")):
            query[item["name"]] = streng if zelf else eigen
        elif zelf:
            kop[item["name"]] = streng.encode("ascii", "ignore").decode().strip()
    if plek.waar == "element":
        inhoud, kop["Content-Type"] = _message(partij, plek.naam, streng), "application/xml"
    elif plek.pad in _KOLOMMEN and plek.methode == "post":
        inhoud, kop["Content-Type"] = _file(plek, streng, partij), "text/csv"
    elif schema_of(plek.actie):
        inhoud, kop["Content-Type"] = json.dumps(_body(schema_of(plek.actie), plek, streng, partij)).encode(), "application/json"
    elif "requestBody" in plek.actie:
        inhoud, kop["Content-Type"] = _message(partij), "application/xml"
    return httpx.Request(plek.methode.upper(), f"http://dienst/v1{pad}", params=query, headers=kop, content=inhoud)


def _quote(streng: str) -> str:
    return "".join(f"%{byte:02X}" for byte in streng.encode())


def _message(partij: Partij, element: str = "", streng: str = "") -> bytes:
    """A declaration of the party, with this text in the first of these elements."""
    regel = Regel("RINJ", partij.kent["toewijzingnummer"], date(2026, 3, 1), 1, bsn=partij.kent["bsn"], tarief=partij.tarief)
    bericht = declaratie(date(2026, 5, 1), [regel], agb=partij.agb, identificatie="INJ").decode()
    if not element:
        return bericht.encode()
    begin, naam, rest = bericht.partition(f"{element}>")
    return f"{begin}{naam}{escape(streng)}{rest[rest.index('<') :]}".encode()


def _file(plek: Plek, streng: str, partij: Partij) -> bytes:
    kop = _KOLOMMEN[plek.pad]
    eigen = {"gemeente": partij.gemeente, **_GOED, **partij.kent, "wijze": "factuur", "nr": 10, "jaar": 2026, "waarde": "7,5"}
    cellen = [streng if naam == plek.naam and plek.waar == "bestand" else str(eigen.get(naam, "")) for naam in kop.split(";")]
    return f"{kop}\n{';'.join(chr(34) + cel.replace(chr(34), chr(34) * 2) + chr(34) for cel in cellen)}\n".encode()


def _body(schema: dict[str, Any], plek: Plek, streng: str, partij: Partij) -> dict[str, Any]:
    body: dict[str, Any] = {}
    for naam, veld in schema.get("properties", {}).items():
        rij, lijst = resolve(veld.get("items", {})), veld.get("type") == "array"
        if "properties" in rij:
            body[naam] = [_body(rij, plek, streng, partij)]
        elif naam == plek.naam and plek.waar == "body":
            body[naam] = [streng] if lijst else streng
        elif naam in schema.get("required", []):
            waarde = partij.kent.get(AANWIJZERS.get(naam, ""), _GOED.get(naam, 1))
            body[naam] = [waarde] if lijst else waarde
    return body


@pytest.fixture(scope="module")
def lijnen(allen: Partijen) -> Iterator[dict[Kijkt, httpx.Client]]:
    """An open connection of the first party and of each of the staff of its gemeente."""
    eigen = allen.partijen[0]
    with ExitStack() as open_:
        yield {
            kijker: open_.enter_context(allen.client(kijker))
            for kijker in sorted(allen.kijkers, key=lambda kijker: kijker.agb is None)
            if kijker.gemeente == eigen.gemeente and kijker.agb in (None, eigen.agb)
        }


def send_over(client: httpx.Client, verzoek: httpx.Request) -> httpx.Response:
    koppen = {naam: waarde for naam, waarde in verzoek.headers.items() if naam != "host"}
    return client.request(
        verzoek.method, verzoek.url.raw_path.decode().removeprefix("/v1"), headers=koppen, content=verzoek.content
    )


def who_may(lijnen: dict[Kijkt, httpx.Client], partij: Partij, plek: Plek, bekend: dict[tuple[str, str], Kijkt]) -> Kijkt:
    """The aanbieder itself, or else the first of the staff who may do this; of an operation that is known the same as before."""
    wat = plek.methode, plek.pad
    if wat not in bekend:
        bekend[wat] = _find_who_may(lijnen, partij, plek)
    return bekend[wat]


def _find_who_may(lijnen: dict[Kijkt, httpx.Client], partij: Partij, plek: Plek) -> Kijkt:
    return next(kijker for kijker in lijnen if send_over(lijnen[kijker], build(plek, "x", partij)).status_code != 403)


def count_rows(verbinding: Connection) -> dict[str, int]:
    """Rows of every table."""
    vraag = "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace ORDER BY 1"
    namen = verbinding.execute(text(vraag)).scalars().all()
    tellingen = " UNION ALL ".join(f"SELECT '{naam}', count(*) FROM {naam}" for naam in namen)
    return {naam: int(aantal) for naam, aantal in verbinding.execute(text(tellingen))}


@pytest.mark.parametrize("stap", [_OM_DE, pytest.param(1, marks=pytest.mark.soak)])
def test_nothing_foreign_comes_out_and_nothing_fails(
    allen: Partijen, lijnen: dict[Kijkt, httpx.Client], vertel: Vertel, stap: int
) -> None:
    """Every string in many places and every place with many strings; all of them in all with `make soak`."""
    partij = allen.partijen[0]
    with as_owner(allen.loket.werkplaats) as verbinding:
        vooraf = count_rows(verbinding)
    fout, aantal, bekend = [], 0, dict[tuple[str, str], Kijkt]()
    for nummer, plek in enumerate(PLEKKEN):
        kijker = who_may(lijnen, partij, plek, bekend)
        vreemd = [spoor for item in allen.partijen if not kijker.may_see(item) for spoor in item.sporen]
        for streng in STRENGEN[nummer % stap :: stap]:
            gelezen = read(send_over(lijnen[kijker], build(plek, streng, partij)))
            aantal += 1
            mis = [spoor for spoor in (*vreemd, *_VERRAAD) if spoor in gelezen.tekst]
            mis += [f"{bedrag} cent" for bedrag in gelezen.bedragen if bedrag % kijker.factor]
            if mis or gelezen.status >= 500:
                fout.append((kijker.naam, plek.methode, plek.pad, plek.naam, streng, gelezen.status, mis))
    vertel(f"Injection: {len(PLEKKEN)} places, {len(STRENGEN)} strings, {aantal} requests, none of which gave anything of another")
    assert fout == []
    with as_owner(allen.loket.werkplaats) as verbinding:
        daarna = count_rows(verbinding)
    assert daarna.keys() == vooraf.keys()
    assert [naam for naam in vooraf if daarna[naam] < vooraf[naam]] == []


def test_what_is_said_is_kept_as_it_was_said(allen: Partijen) -> None:
    partij = allen.partijen[1]
    kijker = allen.staff(partij.gemeente, "contractbeheer")
    adres = f"/prestaties/{partij.kent['prestatieId']}/opmerkingen"
    gezegd = [streng for streng in STRENGEN if streng.strip()]
    with allen.client(kijker) as client:
        for streng in gezegd:
            assert client.post(adres, json={"tekst": streng}).status_code == 201, streng
        teksten = [item["tekst"] for item in client.get(adres).json()["opmerkingen"]]
    assert teksten[-len(gezegd) :] == [streng.strip() for streng in gezegd]


def test_these_strings_do_break_a_query_that_is_glued_together(allen: Partijen) -> None:
    """Or the test above would prove little: each of many gets more out of, or more done by, a statement that trusts its text."""
    gelukt = 0
    for streng in STRENGEN:
        gelukt += any(broke_out(allen, vraag.replace("@", streng.replace("%", "%%"))) for vraag in _GELIJMD)
    assert gelukt >= 12


def broke_out(allen: Partijen, vraag: str) -> bool:
    """Whether this statement tells what it was not asked, or makes or takes a table. All of it is taken back."""
    gelukt = False
    with suppress(_Terug, DBAPIError), as_owner(allen.loket.werkplaats) as verbinding:
        rijen = verbinding.exec_driver_sql(vraag)
        uit = rijen.fetchall() if rijen.returns_rows else []
        # Only what writes has a number.
        schreef = verbinding.execute(text("SELECT pg_current_xact_id_if_assigned() IS NOT NULL")).scalar_one()
        gelukt = schreef or any("MERK" in str(rij) for rij in uit)
        raise _Terug
    return gelukt


class _Terug(Exception):
    """Takes a transaction back."""
