"""Files that are not a message this service can read are refused before a parser builds anything, each with the right reason."""

import json
import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from berichten.fouten import Invoerfout
from berichten.standaard.schema import ontleder
from berichten.standaard.schema.aantallen import MAX_ATTRIBUTEN, MAX_LEEG, MAX_NAMEN, MAX_TAGS, MAX_VERWIJZINGEN
from berichten.standaard.schema.bestand import (
    MAX_BYTES,
    check_bestand,
    herken,
)
from berichten.standaard.schema.ontleder import make_parser, make_pull_parser
from berichten.standaard.schema.schema import Schemas, own_schemas_dir, valideer
from berichten.standaard.waarden.soorten import JW323, SOORTEN, Berichtsoort
from tests.standaard.kleine_berichten import klein_bericht

GOED = klein_bericht(JW323)
KOP, REST = GOED.split("\n", 1)
LACHJES = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def zip_file() -> bytes:
    inhoud = BytesIO()
    with zipfile.ZipFile(inhoud, "w") as archief:
        archief.writestr("bericht.xml", GOED)
    return inhoud.getvalue()


def long_declaration(codering: str, erna: bytes = b"") -> bytes:
    """With white space that means nothing, so that what it says of itself comes late."""
    return KOP.replace('1.0"', f'1.0"{" " * 600}').replace("UTF-8", codering).encode() + erna + REST.encode()


_SMOKKEL = b'<?x +AD8APgA8-!DOCTYPE Bericht [+ADw-!ENTITY a "999924217"+AD4-]+AD4APA-?y ?>'
"""In UTF-7 a processing instruction that ends, a DOCTYPE, and another one; in UTF-8 one that ends where it seems to."""

ONVEILIG = (
    ("leeg bestand", b"", "leeg", None),
    ("alleen spaties en regels", b" \r\n\t\n", "leeg", None),
    ("groter dan 25 MB", GOED.encode() + b" " * MAX_BYTES, "25,0 MB; hoogstens 25 MB", None),
    ("ZIP", zip_file(), "ZIP-bestand", None),
    ("lege ZIP", b"PK\x05\x06" + bytes(18), "leeg ZIP-bestand", None),
    ("gzip", b"\x1f\x8b\x08\x00abc", "gzip", None),
    ("PNG", b"\x89PNG\r\n\x1a\n" + bytes(50), "afbeelding (PNG)", None),
    ("JPEG", b"\xff\xd8\xff\xe0" + bytes(50), "afbeelding (JPEG)", None),
    ("PDF", b"%PDF-1.7\n%\xe2\xe3", "PDF-bestand", None),
    ("oud Excel", b"\xd0\xcf\x11\xe0\xa1\xb1" + bytes(50), "Word- of Excel", None),
    ("nultekens in de tekst", GOED.replace("B1", "B\x001").encode(), "nulteken", 9),
    ("UTF-16 met BOM", GOED.encode("utf-16"), "UTF-16", None),
    ("UTF-16 zonder BOM", GOED.encode("utf-16-le"), "UTF-16", None),
    ("UTF-32", GOED.encode("utf-32"), "UTF-16 of UTF-32", None),
    ("UTF-8 met BOM", GOED.encode("utf-8-sig"), "BOM", None),
    ("latin-1-bytes", GOED.replace("DN001", "DNé").encode("latin-1"), "geen UTF-8 is (byte E9)", 16),
    ("half teken aan het eind", GOED.encode() + "é".encode()[:1], "geen UTF-8 is (byte C3)", GOED.count("\n") + 1),
    ("declaratie ISO-8859-1", GOED.replace("UTF-8", "ISO-8859-1").encode(), 'codering "ISO-8859-1"', 1),
    ("declaratie UTF-7", GOED.replace("UTF-8", "UTF-7").encode(), 'codering "UTF-7"', 1),
    ("declaratie met enkele aanhalingstekens", GOED.replace('"UTF-8"', "'windows-1252'").encode(), "windows-1252", 1),
    ("XML 1.1", GOED.replace('version="1.0"', 'version="1.1"').encode(), 'XML-versie "1.1"', 1),
    ("lange declaratie ISO-8859-1", long_declaration("ISO-8859-1"), "begint met <?xml en houdt niet op", 1),
    ("lange declaratie UTF-7 en een DOCTYPE daarin", long_declaration("UTF-7", _SMOKKEL), "begint met <?xml en houdt niet op", 1),
    ("lange declaratie van versie 1.1", long_declaration("UTF-8").replace(b"1.0", b"1.1"), "begint met <?xml en houdt niet op", 1),
    ("declaratie met twee coderingen", GOED.replace("?>", " encoding='UTF-7'?>", 1).encode(), 'codering "UTF-7"', 1),
    ("declaratie zonder einde", GOED.replace("?>", "", 1).encode(), "begint met <?xml en houdt niet op", 1),
    ("HTML", b"\n<!DOCTYPE HTML>\n<html><body>Fout 500</body></html>", "webpagina", None),
    ("HTML zonder doctype", b"<html><head/></html>", "webpagina", None),
    ("JSON-object", json.dumps({"bericht": 1}).encode(), "JSON", None),
    ("JSON-lijst", b"[1, 2]", "JSON", None),
    ("EI met vaste velden", b"0131901024242000100000000\r\n0200001\r\n", "vaste velden", None),
    ("CSV", b"bsn;toewijzing;bedrag\r\n1;2;3\r\n", "CSV", None),
    ("gewone tekst", b"Geachte gemeente,\n", "geen XML", None),
    ("DOCTYPE", f"{KOP}\n<!DOCTYPE b:Bericht>\n{REST}".encode(), "DOCTYPE", 2),
    ("DOCTYPE na commentaar", f"{KOP}<!-- x -->\n<?doel x?>\n<!DOCTYPE b:Bericht []>{REST}".encode(), "DOCTYPE", 3),
    ("DOCTYPE zonder XML-regel", f"<!DOCTYPE b:Bericht [<!ELEMENT a ANY>]>{REST}".encode(), "DOCTYPE", 1),
    (
        "miljard keer lachen",
        f'{KOP}<!DOCTYPE a [<!ENTITY l0 "ha">{LACHJES}]>{REST.replace(">B1<", ">&l9;<")}'.encode(),
        "DOCTYPE",
        1,
    ),
    ("externe entiteit", f'{KOP}<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>{REST}'.encode(), "DOCTYPE", 1),
    ("DOCTYPE na een schijnbaar kort commentaar", f"<!--><a>--><!DOCTYPE a []>{REST}".encode(), "DOCTYPE", 1),
    ("alleen een XML-regel", KOP.encode(), "geen element", 1),
    ("commentaar zonder einde", f"{KOP}<!-- <b:Bericht>".encode(), "geen element", 1),
    ("tekst voor het bericht", f"{KOP}\nzie bijlage\n{REST}".encode(), "geen element", 2),
    ("veel te veel elementen", b"<a>" + b"<b/>" * MAX_TAGS + b"</a>", "meer elementen", None),
    ("veel te veel lege elementen", b"<a>" + b"<b/>" * (MAX_LEEG + 1) + b"</a>", "lege elementen", None),
    ("veel te veel verwijzingen", b"<a>" + b"&#65;" * (MAX_VERWIJZINGEN + 1) + b"</a>", "verwijzingen", None),
    ("veel te veel CDATA", b"<a>" + b"<![CDATA[x]]>" * (MAX_VERWIJZINGEN + 1) + b"</a>", "CDATA", None),
    ("te veel namen", b"<a>" + b"".join(b"<b%d></b%d>" % (i, i) for i in range(MAX_NAMEN)) + b"</a>", "verschillende namen", None),
    (
        "te veel namen van attributen",
        b"<a " + b"".join(b"b%d = '' " % i for i in range(MAX_NAMEN + 1)) + b"/>",
        "verschillende namen",
        None,
    ),
    ("veel te veel attributen", b"<a " + b'b="" ' * (MAX_ATTRIBUTEN + 1) + b"/>", "meer elementen of attributen", None),
)


@pytest.mark.parametrize(("situatie", "inhoud", "melding", "regel"), ONVEILIG, ids=[geval[0] for geval in ONVEILIG])
def test_unsafe_file_is_refused(situatie: str, inhoud: bytes, melding: str, regel: int | None) -> None:
    fout = check_bestand(inhoud)
    assert fout is not None
    assert melding in fout.melding
    assert (fout.pad, fout.regelnummer) == ("", regel)
    assert fout.regel == ("OP179" if situatie.startswith("groter") else "OP192")


VEILIG = (
    ("zonder XML-regel", REST),
    ("codering in kleine letters", GOED.replace("UTF-8", "utf-8")),
    ("zonder codering", GOED.replace(' encoding="UTF-8"', "")),
    ("regeleinden CR LF", GOED.replace("\n", "\r\n")),
    ("commentaar en instructie vooraf", f"{KOP}\n<!-- <!DOCTYPE x> --><?doel x?>\n{REST}"),
    ("DOCTYPE als tekst in een waarde", GOED.replace(">B1<", "><![CDATA[<!DOCTYPE]]><")),
    ("letters met accenten en emoji", GOED.replace(">B1<", ">é ỳ 😀<")),
)


@pytest.mark.parametrize(("situatie", "tekst"), VEILIG, ids=[geval[0] for geval in VEILIG])
def test_good_file_passes_and_is_recognised(situatie: str, tekst: str) -> None:
    inhoud = tekst.encode()
    assert check_bestand(inhoud) is None
    assert herken(inhoud) == JW323


def test_what_a_file_says_of_its_encoding_changes_nothing_for_a_parser() -> None:
    """Were a declaration to pass that says otherwise, the bytes would still be read as they were looked at."""
    anders = GOED.replace("UTF-8", "ISO-8859-1").replace(">B1<", ">é<").encode()
    for wortel in (etree.fromstring(anders, make_parser()), _feed(anders)):
        tekst = etree.tostring(wortel, encoding="unicode")
        assert "é" in tekst
        assert "Ã" not in tekst


def _feed(inhoud: bytes) -> Any:
    lezer = make_pull_parser("end")
    lezer.feed(inhoud)
    return lezer.close()


def test_parsers_of_messages_are_made_in_one_place() -> None:
    kamers = Path(ontleder.__file__).parents[1]
    zelf = [
        pad.name
        for pad in kamers.glob("*/*.py")
        if re.search(r"etree\.(XML\w*Parser|iterparse|XML)\(|etree\.fromstring\([^(,]*\)", pad.read_text(encoding="utf-8"))
    ]
    # These read schemas, which are ours.
    assert sorted(zelf) == ["codelijsten.py", "model.py", "ontleder.py", "schema.py"]


def test_character_over_the_edge_of_a_block_is_read_whole() -> None:
    voor, na = GOED.split(">B1<")
    for schuif in range(4):
        vulling = " " * (1024 * 1024 - len(voor) - len("<!---->") - schuif)
        inhoud = f"{voor}><!--{vulling}😀-->B1<{na}".encode()
        assert check_bestand(inhoud) is None
        kapot = inhoud.replace("😀".encode(), "😀".encode()[:3])
        fout = check_bestand(kapot)
        assert fout is not None
        assert fout.regelnummer == 9


def test_bad_byte_in_a_later_block_has_its_line() -> None:
    regels = "\n".join(["é" * 500] * 3000).encode()
    fout = check_bestand(b"<a>" + regels + b"\n\xff</a>")
    assert fout is not None
    assert (fout.regelnummer, "byte FF" in fout.melding) == (3001, True)


@pytest.mark.parametrize("soort", SOORTEN, ids=lambda soort: f"{soort.naam} {soort.release}")
def test_every_kind_is_recognised(soort: Berichtsoort) -> None:
    assert herken(klein_bericht(soort).encode()) == soort


def other(naam: str, release: str = "3_2", standaard: str = "ijw", element: str = "Bericht") -> str:
    return f'<x:{element} xmlns:x="http://www.istandaarden.nl/{standaard}/{release}/{naam}/schema"/>'


ONBEKEND = (
    ("release 2.4", other("jw301", "2_4"), "Dit is een JW301 van iJw-release 2.4."),
    ("release 4.0", other("jw305", "4_0"), "Vraag uw softwareleverancier om berichten van release 3.2"),
    ("JW301 van 2.3", other("jw301", "2_3"), "Dit is een JW301 van iJw-release 2.3. Deze dienst leest release 3.2."),
    (
        "JW303 van 3.1",
        other("jw303", "3_1"),
        "release 2.3 en 3.0. Vraag uw softwareleverancier om berichten van release 3.0",
    ),
    ("JW303 van 3.2", other("jw303"), "zorg vanaf 1 januari 2021 declareert u met een JW323 van release 3.2"),
    ("JW303 van 2.4", other("jw303", "2_4"), "Dit is een JW303 van iJw-release 2.4. Deze dienst leest release 2.3 en 3.0."),
    ("JW304 van 2.2", other("jw304", "2_2"), "Dit is een JW304 van iJw-release 2.2. Deze dienst leest release 2.3 en 3.0."),
    ("JW315 van 3.0", other("jw315", "3_0"), "Dit is een JW315 van iJw-release 3.0. Deze dienst leest release 3.2."),
    ("onbekende soort van 2.3", other("jw399", "2_3"), "onbekend iJw-bericht: JW399 van release 2.3. Deze dienst leest"),
    ("jeugd-ggz", other("jw321", "2_3"), "Dit is een JW321 (declaratie van jeugd-ggz per behandeltraject) van iJw-release 2.3"),
    ("deel van een JW303", other("jw303", "3_0", element="Clienten"), "een deel van een JW303: het begint met Clienten"),
    ("iWmo-declaratie", other("wmo303", "2_3", "iwmo"), "een iWmo-bericht (Wmo): WMO303 van release 2.3"),
    (
        "welke berichten wel",
        other("jw999"),
        "leest JW301, JW305, JW307, JW323, JW315, JW317 en JW319 van release 3.2 en JW303 van release 2.3 en 3.0.",
    ),
    ("JW319 van 3.1", other("jw319", "3_1"), "Deze dienst leest release 3.2. Vraag uw softwareleverancier"),
    ("onbekende soort", other("jw999"), "Dit is een onbekend iJw-bericht: JW999 van release 3.2"),
    ("iWmo", other("wmo323", standaard="iwmo"), "een iWmo-bericht (Wmo): WMO323 van release 3.2"),
    ("iWlz", other("aw317", "2_0", "iwlz"), "een iWlz-bericht (Wlz)"),
    ("wat dan wel", other("aw317", "2_0", "iwlz"), "jeugdhulp, vraag uw softwareleverancier dan om een iJw-bericht"),
    ("andere standaard", other("x1", standaard="ixyz"), "standaard ixyz"),
    ("deel van een bericht", other("jw323", element="Header"), "Dit is een deel van een JW323: het begint met Header"),
    ("zonder namespace", "<Bericht/>", "Bericht staat niet in een namespace"),
    ("onbekend voorvoegsel", "<b:Bericht/>", "Bericht staat niet in een namespace"),
    ("vreemde namespace", '<Bericht xmlns="urn:x"/>', 'Bericht staat in namespace "urn:x"'),
    ("hoofdletters in de namespace", other("JW323"), "Verwacht: een namespace als http://www.istandaarden.nl/ijw/3_2/jw323/"),
    ("envelop", '<s:Envelope xmlns:s="urn:soap"><s:Body/></s:Envelope>', "bericht in een envelop"),
    ("ander XML-bestand", "<factuur/>", "het begint met factuur in plaats van met Bericht"),
)


RELEASES = ("2.0", "2.1", "2.2", "2.3", "2.4", "3.0", "3.1", "3.2", "3.3", "4.0")
NAMEN = (*tuple(f"jw{nummer}" for nummer in (*range(301, 309), *range(315, 324), 325)), "jw303d", "jw303f", "jw304d", "jw304f")


@pytest.mark.parametrize("twee_keer", [False, True], ids=["release once", "release twice"])
@pytest.mark.parametrize("release", RELEASES)
def test_every_kind_of_every_release_is_named(release: str, twee_keer: bool) -> None:
    """The namespaces of 2.0 and 2.1 end with the release once more; iWmo had the same ones."""
    deel = release.replace(".", "_")
    einde = f"/{deel}" if twee_keer else ""
    for standaard in ("ijw", "iwmo", "iwlz"):
        for naam in NAMEN if standaard == "ijw" else [naam.replace("jw", "wmo") for naam in NAMEN]:
            soort = herken(f'<Bericht xmlns="http://www.istandaarden.nl/{standaard}/{deel}/{naam}/schema{einde}"/>'.encode())
            if isinstance(soort, Invoerfout):
                kaal = re.sub("(?<=[34])[DF]$", "", naam.upper()) if standaard == "ijw" else naam.upper()
                assert f"{kaal} " in soort.melding
                assert f"release {release}." in soort.melding
                assert "onbekend" not in soort.melding
            else:
                assert (soort.naam.lower(), soort.release) == (naam, release)


def test_message_of_2_1_is_told_what_to_do() -> None:
    inhoud = b'<j:Bericht xmlns:j="http://www.istandaarden.nl/ijw/2_1/jw303/schema/2_1"><j:Header/></j:Bericht>'
    fout = herken(inhoud)
    assert isinstance(fout, Invoerfout)
    assert fout.melding.startswith("Dit is een JW303 van iJw-release 2.1. Deze dienst leest release 2.3 en 3.0. Vraag uw ")


@pytest.mark.parametrize(("situatie", "tekst", "melding"), ONBEKEND, ids=[geval[0] for geval in ONBEKEND])
def test_other_message_is_named_with_what_to_do(situatie: str, tekst: str, melding: str) -> None:
    inhoud = f"{KOP}\n{tekst}".encode()
    assert check_bestand(inhoud) is None
    fout = herken(inhoud)
    assert isinstance(fout, Invoerfout)
    assert melding in fout.melding
    assert (fout.regel, fout.regelnummer) == ("XSD", 2)


def test_recognition_reads_no_further_than_the_root() -> None:
    assert herken(REST.encode()[:200] + b"<") == JW323
    assert herken(GOED.replace("<b:Header>", "<b:Header").encode()) == JW323


@pytest.mark.parametrize("tekst", ["<b:Bericht", "<1>", '<Bericht a="1" a="2"/>'])
def test_broken_root_is_explained(tekst: str) -> None:
    fout = herken(tekst.encode())
    assert isinstance(fout, Invoerfout)
    assert fout.regel == "OP192"


def test_names_in_the_answer_are_cut_and_masked() -> None:
    fout = herken(f'<BSN999900006{"x" * 5000} xmlns="urn:{"y" * 5000}"/>'.encode())
    assert isinstance(fout, Invoerfout)
    assert len(fout.melding) < 300
    assert "999900006" not in fout.melding + fout.pad


@pytest.mark.parametrize("geval", ONVEILIG, ids=lambda geval: geval[0])
def test_validation_does_not_let_an_unsafe_file_in(geval: tuple[str, bytes, str, int | None]) -> None:
    uitkomst = valideer(geval[1], JW323, Schemas(own_schemas_dir()))
    assert (uitkomst.fouten, uitkomst.totaal) == ((check_bestand(geval[1]),), 1)


def test_a_file_of_four_bytes_is_a_whole_file() -> None:
    """The parser waits for a fifth byte."""
    fout = herken(b"<a/>")
    assert isinstance(fout, Invoerfout)
    assert fout.melding.startswith("Dit is geen iJw-bericht: het begint met a")
