"""Every kind of schema fault gets the right place and a sentence that names the true fault."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from berichten.fouten import Invoerfout
from berichten.standaard.schema.schema import Schemas, own_schemas_dir, valideer, valideer_uitvoer
from berichten.standaard.uitleg.model import Klasse, walk_types
from berichten.standaard.uitleg.typen import CODELIJSTEN, VERWACHT
from berichten.standaard.uitleg.uitleg import MAX_FOUTEN, MAX_GETELD
from berichten.standaard.uitleg.waarde import expected
from berichten.standaard.waarden.soorten import JW301, JW303, JW303_2_3, JW305, JW323, OP_NAAM, SOORTEN, Berichtsoort
from tests.standaard.geplante_fouten import OPBOUW, WAARDEN, Geval
from tests.standaard.kleine_berichten import klein_bericht

SCHEMAS = Schemas(own_schemas_dir())
GEVALLEN = WAARDEN + OPBOUW
XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'


def faults(tekst: str, soort: Berichtsoort) -> tuple[Invoerfout, ...]:
    return valideer(tekst.encode(), soort, SCHEMAS).fouten


def change(soort: Berichtsoort, oud: str, nieuw: str, aantal: int = 1) -> str:
    bericht = klein_bericht(soort)
    assert oud in bericht
    return bericht.replace(oud, nieuw, aantal)


def naam(geval: Geval) -> str:
    return f"{geval.soort} {geval.situatie}"


@pytest.mark.parametrize("soort", SOORTEN, ids=lambda soort: f"{soort.naam} {soort.release}")
def test_small_message_is_valid(soort: Berichtsoort) -> None:
    assert faults(klein_bericht(soort), soort) == ()
    valideer_uitvoer(klein_bericht(soort).encode(), soort, SCHEMAS)


@pytest.mark.parametrize("geval", GEVALLEN, ids=naam)
def test_fault_is_told_once_at_its_place(geval: Geval) -> None:
    soort = OP_NAAM[geval.soort]
    uitkomst = valideer(change(soort, geval.oud, geval.nieuw, geval.keer).encode(), soort, SCHEMAS)
    eerste = uitkomst.fouten[0]
    assert (eerste.pad, eerste.regel) == (geval.pad, "XSD")
    assert geval.melding in eerste.melding
    assert uitkomst.totaal == len(uitkomst.fouten) == geval.aantal


@pytest.mark.parametrize("geval", WAARDEN, ids=naam)
def test_line_is_that_of_the_element(geval: Geval) -> None:
    tekst = change(OP_NAAM[geval.soort], geval.oud, geval.nieuw)
    regel = faults(tekst, OP_NAAM[geval.soort])[0].regelnummer
    assert regel is not None
    assert f"{geval.pad.rsplit('/', 1)[-1].split('[')[0]}>" in tekst.splitlines()[regel - 1]


def test_eighty_kinds_of_fault_over_all_kinds_of_message() -> None:
    assert len({geval.situatie for geval in GEVALLEN}) >= 80
    assert {geval.soort for geval in GEVALLEN} == set(OP_NAAM)


def test_missing_element_is_told_at_the_line_of_what_stands_there_instead() -> None:
    tekst = change(JW323, "<b:Ontvanger>0484</b:Ontvanger>\n", "")
    regel = faults(tekst, JW323)[0].regelnummer
    assert regel is not None
    assert "<b:BerichtIdentificatie>" in tekst.splitlines()[regel - 1]


def test_faults_behind_a_missing_element_are_told_too() -> None:
    tekst = change(JW323, "<b:BerichtVersie>3</b:BerichtVersie>", "").replace(">0484<", ">484<")
    tekst = tekst.replace(">1250<", ">12,50<")
    assert [fout.pad.rsplit("/", 1)[-1] for fout in faults(tekst, JW323)] == ["Header", "Ontvanger"] + ["ProductTarief"] * 4


def test_lines_without_their_wrapper_are_one_fault_and_are_looked_into() -> None:
    tekst = klein_bericht(JW323).replace("<b:Prestaties>", "").replace("</b:Prestaties>", "").replace(">4<", ">vier<", 1)
    eerste, tweede, derde = faults(tekst, JW323)
    assert eerste.melding.startswith("Prestatie staat los in Client; Prestaties hoort eromheen.")
    assert tweede.melding.startswith('GeleverdVolume is "vier"')
    assert derde.pad == "Bericht/Declaratie/Clienten/Client[2]/Prestatie[1]"


def test_path_has_no_number_where_an_element_stands_alone() -> None:
    tekst = re.sub(r"<b:Client>\n<b:Bsn>999900018.*</b:Client>\n", "", klein_bericht(JW323), flags=re.DOTALL)
    tekst = tekst.replace(">04<", ">x<")
    assert [fout.pad for fout in faults(tekst, JW323)] == [
        f"Bericht/Declaratie/Clienten/Client/Prestaties/Prestatie[{nummer}]/Eenheid" for nummer in (1, 2)
    ]


def test_wrong_kind_of_message_is_told() -> None:
    assert "Bericht staat in namespace" in faults(klein_bericht(JW305), JW323)[0].melding


def test_comment_inside_a_value_changes_nothing() -> None:
    tekst = change(JW323, ">0484<", "><!-- x -->04<?x y?>84<")
    assert faults(tekst, JW323) == ()
    assert [fout.pad for fout in faults(tekst.replace(">DN001<", ">D-1<"), JW323)] == ["Bericht/Declaratie/DeclaratieNummer"]


def test_schema_location_and_own_type_are_no_faults() -> None:
    tekst = change(JW323, "<b:Eenheid>", f'<b:Eenheid {XSI} xsi:type="i:LDT_Eenheid">')
    tekst = tekst.replace("<b:Bericht ", f'<b:Bericht {XSI} xsi:schemaLocation="urn:x x.xsd" ')
    assert faults(tekst, JW323) == ()
    assert [fout.pad for fout in faults(tekst.replace(">DN001<", ">D-1<"), JW323)] == ["Bericht/Declaratie/DeclaratieNummer"]


GEHEIM = (
    ("Bsn", "999900006", "99990000612"),
    ("Achternaam", "Voorbeeld", "Wintersdorp" * 20),
    ("Voornamen", "Anna", "Wilhelmina" * 30),
    ("Voorletters", "A", "W.I."),
    ("Datum", "2012-03-04", "2012-02-31"),
    ("Straatnaam", "Proefstraat", "Geheimzinnigeplantsoenlaan"),
    ("Postcode", "2400AA", "2400 WXYZQ"),
    ("Emailadres", "anna@voorbeeld.nl", "anna" * 30),
    ("Telefoonnummer", "0172123456", "+31172654321"),
    ("Commentaar", "Geen bijzonderheden", "<b>zeer vertrouwelijk</b>"),
)


@pytest.mark.parametrize(("element", "goed", "fout"), GEHEIM, ids=[regel[0] for regel in GEHEIM])
def test_personal_value_is_not_repeated(element: str, goed: str, fout: str) -> None:
    gevonden = faults(change(JW301, f"{element}>{goed}<", f"{element}>{fout}<", -1), JW301)
    assert gevonden
    assert all(fout not in str(regel) and fout[:9] not in str(regel) for regel in gevonden)


@pytest.mark.parametrize("fout", ["NL999900006B1", "BTW 999900006", "NL9999000060B01", "nl999900006b01"])
def test_btw_number_may_hold_a_bsn_and_is_not_repeated(fout: str) -> None:
    (regel,) = faults(change(JW303, ">NL999900006B01<", f">{fout}<"), JW303)
    assert regel.pad.endswith("DeclaratieFactuurIdentificatie/BtwIDNummer")
    assert "999900006" not in regel.melding
    assert "negen cijfers, de letter B" in regel.melding


@pytest.mark.parametrize("plaats", [">10072<", ">45A03<", ">R00<", ">0484<"])
def test_bsn_in_the_wrong_element_is_masked(plaats: str) -> None:
    gevonden = faults(change(JW323, plaats, ">BSN-van-een-kind:999900031<"), JW323)
    assert "******031" in gevonden[0].melding
    assert "999900031" not in str(gevonden)


def test_long_value_and_long_name_are_cut() -> None:
    lang = "x" * 50_000
    tekst = change(JW323, ">0484<", f">{lang}<").replace("<b:Eenheid>", f"<b:{lang}/><b:Eenheid>", 1)
    assert all(len(fout.melding) < 400 and len(fout.pad) < 200 for fout in faults(tekst, JW323))


XML_FOUTEN = (
    ("afgebroken", lambda tekst: tekst[:900], "houdt op voordat alle elementen zijn gesloten"),
    ("verkeerd gesloten", lambda tekst: tekst.replace("</b:Afzender>", "</b:Ontvanger>"), "gesloten met een andere naam"),
    ("onbekende entiteit", lambda tekst: tekst.replace(">B1<", ">&euro;<"), "&amp;"),
    ("los en-teken", lambda tekst: tekst.replace(">B1<", ">A & B<"), "&amp;"),
    ("en-teken zonder puntkomma", lambda tekst: tekst.replace(">B1<", ">&lt<"), "puntkomma"),
    ("los kleiner-dan", lambda tekst: tekst.replace(">B1<", ">1 < 2<"), "&lt;"),
    ("besturingsteken", lambda tekst: tekst.replace(">B1<", ">B\x011<"), "besturingsteken"),
    ("verwijzing naar besturingsteken", lambda tekst: tekst.replace(">B1<", ">B&#2;<"), "besturingsteken"),
    ("dubbel attribuut", lambda tekst: tekst.replace("<b:Header>", '<b:Header a="1" a="2">'), "twee keer"),
    ("attribuut zonder aanhalingstekens", lambda tekst: tekst.replace("<b:Header>", "<b:Header a=1>"), "aanhalingstekens"),
    ("attribuut zonder waarde", lambda tekst: tekst.replace("<b:Header>", "<b:Header a>"), "geen waarde"),
    ("onbekend voorvoegsel", lambda tekst: tekst.replace("b:Header>", "q:Header>"), "voorvoegsel"),
    ("twee berichten achter elkaar", lambda tekst: tekst + "<a/>", "Zet één bericht in een bestand"),
    ("teken 1A na het bericht", lambda tekst: tekst + "\x1a", "Na het einde van het bericht staat iets dat er niet hoort"),
    ("tekst na het bericht", lambda tekst: tekst + "\nklaar", "Na het einde van het bericht staat iets dat er niet hoort"),
    ("halve eindtag", lambda tekst: tekst.rstrip()[:-4], "houdt op voordat alle elementen zijn gesloten"),
    ("CDATA open", lambda tekst: tekst.replace(">B1<", "><![CDATA[B1<"), "CDATA"),
    ("CDATA-einde los", lambda tekst: tekst.replace(">B1<", ">]]><"), "]]&gt;"),
    ("te diep", lambda tekst: tekst.replace(">B1<", ">" + "<i:Identificatie>" * 300), "te groot"),
    ("te lange waarde", lambda tekst: tekst.replace(">B1<", ">" + "x" * 10_100_000 + "<"), "te groot"),
)


@pytest.mark.parametrize(("situatie", "bederf", "melding"), XML_FOUTEN, ids=[geval[0] for geval in XML_FOUTEN])
def test_broken_xml_is_explained(situatie: str, bederf: Callable[[str], str], melding: str) -> None:
    uitkomst = valideer(bederf(klein_bericht(JW323)).encode(), JW323, SCHEMAS)
    assert uitkomst.totaal == 1
    assert melding in uitkomst.fouten[0].melding
    assert uitkomst.fouten[0].regelnummer
    assert f"Regel {uitkomst.fouten[0].regelnummer}: " in uitkomst.fouten[0].melding


def test_hundred_faults_are_told_and_all_are_counted() -> None:
    basis = klein_bericht(JW323)
    regel = re.search(r"<b:Prestatie>.*?</b:Prestatie>", basis, re.DOTALL)
    assert regel
    fout = regel[0].replace(">04<", ">x<").replace("<b:ProductCode>45A03</b:ProductCode>\n", "")
    uitkomst = valideer(basis.replace(regel[0], fout * 400, 1).encode(), JW323, SCHEMAS)
    assert (len(uitkomst.fouten), uitkomst.totaal) == (100, 800)
    assert [fout.pad for fout in uitkomst.fouten[:2]] == [
        "Bericht/Declaratie/Clienten/Client[1]/Prestaties/Prestatie[1]",
        "Bericht/Declaratie/Clienten/Client[1]/Prestaties/Prestatie[1]/Eenheid",
    ]


def test_counting_stops_at_a_thousand() -> None:
    basis = klein_bericht(JW323)
    regel = re.search(r"<b:Prestatie>.*?</b:Prestatie>", basis, re.DOTALL)
    assert regel
    uitkomst = valideer(basis.replace(regel[0], regel[0].replace(">04<", ">x<") * 3000, 1).encode(), JW323, SCHEMAS)
    assert (len(uitkomst.fouten), uitkomst.totaal) == (MAX_FOUTEN, MAX_GETELD)
    assert [fout.pad.rpartition("/")[0].rpartition("/")[2] for fout in uitkomst.fouten] == [
        f"Prestatie[{nummer}]" for nummer in range(1, MAX_FOUTEN + 1)
    ]


def test_more_elements_than_a_message_can_hold_are_told_in_one_sentence() -> None:
    uitkomst = valideer(change(JW323, "<b:Afzender>", f"{'<b:Vreemd></b:Vreemd>' * 100_001}<b:Afzender>").encode(), JW323, SCHEMAS)
    assert [(fout.pad, "elementen; zoveel kunnen er" in fout.melding) for fout in uitkomst.fouten] == [("Bericht/Header", True)]


def test_line_number_beyond_65535_is_exact() -> None:
    tekst = change(JW323, "<b:Clienten>\n", "<b:Clienten>" + "\n" * 70_000).replace(">04<", ">x<")
    for fout in faults(tekst, JW323):
        assert fout.regelnummer is not None
        assert "<b:Eenheid>x<" in tekst.split("\n")[fout.regelnummer - 1]


def test_hundreds_of_unknown_names_are_told_together() -> None:
    vreemd = "".join(f"<b:Vreemd{nummer}/>" for nummer in range(400))
    uitkomst = valideer(change(JW323, "<b:Afzender>", f"{vreemd}<b:Afzender>").encode(), JW323, SCHEMAS)
    assert "bevat daarna nog 380 andere elementen" in uitkomst.fouten[-1].melding
    assert uitkomst.totaal == 21


@pytest.mark.parametrize("soort", SOORTEN, ids=lambda soort: f"{soort.naam} {soort.release}")
def test_every_simple_type_has_its_dutch_description(soort: Berichtsoort) -> None:
    for onderdeel in walk_types(SCHEMAS.model(soort)):
        if isinstance(onderdeel.type, Klasse):
            assert onderdeel.type.onderdelen, f"{onderdeel.naam} is not read from the schema"
            continue
        tabel = CODELIJSTEN if onderdeel.type.codes else VERWACHT
        assert onderdeel.type.naam in tabel, f"{onderdeel.naam}: {onderdeel.type.naam}"
        assert "None" not in expected(onderdeel.type)


MET_VERSIES = tuple(soort for soort in SOORTEN if soort.release != "2.3")


@pytest.mark.parametrize("soort", MET_VERSIES, ids=lambda soort: f"{soort.naam} {soort.release}")
def test_schema_states_its_versions(soort: Berichtsoort) -> None:
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", versie) for versie in SCHEMAS.versies(soort))


def test_release_without_xsd_versions_states_none() -> None:
    assert "XsdVersie" not in klein_bericht(JW303_2_3)
    with pytest.raises(ValueError, match="BasisschemaXsdVersie"):
        SCHEMAS.versies(JW303_2_3)


def test_own_output_that_is_wrong_raises_without_its_content() -> None:
    with pytest.raises(RuntimeError, match=r"JW305.*Bsn: SCHEMAV.* op regel") as fout:
        valideer_uitvoer(change(JW305, ">999900006<", ">9999000060<").encode(), JW305, SCHEMAS)
    assert "99990000" not in str(fout.value)
    with pytest.raises(RuntimeError, match="geen XML"):
        valideer_uitvoer(klein_bericht(JW305)[:500].encode(), JW305, SCHEMAS)


def test_schema_that_is_not_read_whole_still_gives_place_and_element(tmp_path: Path) -> None:
    map_ = tmp_path / "ijw" / "3.2"
    map_.mkdir(parents=True)
    (map_ / "jw305.xsd").write_text(
        f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{JW305.namespace}" '
        'elementFormDefault="qualified"><xs:element name="Bericht"><xs:complexType><xs:choice>'
        '<xs:element name="Een" type="xs:integer"/><xs:element name="Twee" type="xs:integer"/>'
        "</xs:choice></xs:complexType></xs:element></xs:schema>"
    )
    schemas = Schemas(tmp_path)
    inhoud = f'<b:Bericht xmlns:b="{JW305.namespace}">\n<b:Twee>x</b:Twee></b:Bericht>'.encode()
    uitkomst = valideer(inhoud, JW305, schemas)
    assert (uitkomst.fouten[0].pad, uitkomst.fouten[0].regelnummer) == ("Twee", 2)
    assert "voldoet niet aan het schema van JW305" in uitkomst.fouten[0].melding
    with pytest.raises(ValueError, match="BasisschemaXsdVersie"):
        schemas.versies(JW305)


def test_missing_schema_is_our_own_failure(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"jw323\.xsd"):
        Schemas(tmp_path).schema(JW323)


def test_threads_share_one_set_of_schemas() -> None:
    schemas = Schemas(own_schemas_dir())
    goed = klein_bericht(JW323).encode()
    slecht = change(JW323, ">04<", ">x<", -1).encode()
    with ThreadPoolExecutor(8) as draden:
        uitkomsten = list(draden.map(lambda inhoud: valideer(inhoud, JW323, schemas).totaal, [goed, slecht] * 40))
    assert uitkomsten == [0, 4] * 40
