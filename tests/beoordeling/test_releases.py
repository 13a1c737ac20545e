"""Archives of January 2021 to April 2023: messages of iJw 3.0 and 3.1 are read, judged and answered in their own release."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from lxml import etree

from berichten.beoordeling.release import as_of
from berichten.kern.houder import Sleutelhouder
from berichten.opslag.berichten.berichten import find_bericht
from berichten.processen.archief.bronnen import Invoer
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.ontvangst.ontvang_bericht import Geweigerd, Ontvangen, accept
from berichten.regels.regelboek import REGELBOEK
from berichten.regels.register import ALLE
from berichten.standaard.schema.schema import valideer_uitvoer
from berichten.standaard.uitleg.model import list_codes
from berichten.standaard.waarden.soorten import JW325, OP_NAMESPACE, SOORTEN, VAN_TOEN, find_antwoord
from tests.hulp.bouw import bouw, schemas
from tests.hulp.bouwstenen import AGB, BSN, GEMEENTE
from tests.hulp.een_bericht import process_file

Stuur = Callable[..., dict[str, Any]]
TOEWIJZING = {
    "ToewijzingNummer": 7001, "Toewijzingsdatum": "2022-04-20", "Ingangsdatum": "2022-05-01", "Einddatum": "2022-12-31",
    "Omvang": {"Volume": 3, "Eenheid": "04", "Frequentie": "2"},
}  # fmt: skip
LEVERING = {"ToewijzingNummer": 7001, "ToewijzingIngangsdatum": "2022-05-01", "Begindatum": "2022-05-02", "StatusAanlevering": "1"}
PERIODE = {"Begindatum": "2022-05-01", "Einddatum": "2022-05-31"}
PRESTATIE = {"ToewijzingNummer": 7001, "ProductPeriode": PERIODE, "GeleverdVolume": 4, "ProductTarief": 7560}
DECLARATIE = {"DeclaratiePeriode": PERIODE, "DeclaratieDagtekening": "2022-06-02"}


def header(nummer: str, dag: str = "2022-06-02") -> dict[str, Any]:
    return {"Header/BerichtIdentificatie": {"Identificatie": nummer, "Dagtekening": dag}}


@pytest.fixture
def stuur(werkplaats: Werkplaats, tmp_path: Path) -> Stuur:
    """Replays one message as `berichten verwerk` does; its answer comes along as `xml`."""

    def send(inhoud: bytes) -> dict[str, Any]:
        resultaat = process_file(werkplaats, Invoer("bericht.xml", inhoud), tmp_path)
        return {**resultaat, "xml": (tmp_path / resultaat["antwoord"]).read_bytes() if resultaat["antwoord"] else b""}

    return send


def allocate(stuur: Stuur, release: str) -> dict[str, Any]:
    return stuur(bouw("JW301", {**header("T1", "2022-04-20"), "ToegewezenProduct": TOEWIJZING}, release))


def check_answer(inhoud: bytes, soort: str, release: str) -> etree._Element:
    """The answer is of this kind and release in its namespace and its header, and valid."""
    wortel = etree.fromstring(inhoud)
    antwoord = OP_NAMESPACE[etree.QName(wortel).namespace or ""]
    assert (antwoord.naam, antwoord.release) == (soort, release)
    valideer_uitvoer(inhoud, antwoord, schemas())
    versie = [wortel[0].findtext(f"{{*}}{naam}") for naam in ("BerichtVersie", "BerichtSubversie")]
    assert ".".join(str(deel) for deel in versie) == release
    return wortel


@pytest.mark.parametrize("release", VAN_TOEN)
def test_every_kind_is_handled_and_answered_in_its_release(stuur: Stuur, release: str) -> None:
    uitkomst = allocate(stuur, release)
    assert uitkomst["status"] == "verwerkt", uitkomst["bevindingen"]
    check_answer(uitkomst["xml"], "JW302", release)
    start = stuur(bouw("JW305", {**header("S1"), "StartProduct": LEVERING}, release))
    assert start["status"] == "verwerkt", start["bevindingen"]
    check_answer(start["xml"], "JW306", release)
    einde = {"RedenBeeindiging": "31", "Einddatum": "2022-06-01"}
    stop = stuur(bouw("JW307", {**header("E1"), "StopProduct": LEVERING | einde}, release))
    assert stop["status"] == "verwerkt", stop["bevindingen"]
    check_answer(stop["xml"], "JW308", release)
    declaratie = stuur(bouw("JW323", {**header("D1"), "Declaratie": DECLARATIE, "Prestatie": PRESTATIE}, release))
    assert (declaratie["status"], declaratie["toegekendBedrag"]) == ("verwerkt", 4 * 7560), declaratie["bevindingen"]
    wortel = check_answer(declaratie["xml"], "JW325", release)
    assert wortel.findtext(".//{*}DeclaratieAntwoord/{*}RetourCodes/{*}RetourCode") == "8001"


@pytest.mark.parametrize("release", VAN_TOEN)
def test_rejection_goes_back_in_the_same_release(stuur: Stuur, release: str) -> None:
    """A line without allocation, a stop without start, an Identificatie used twice, and a level 2 fault."""
    allocate(stuur, release)
    vreemd = stuur(
        bouw("JW323", {**header("D1"), "Declaratie": DECLARATIE, "Prestatie": PRESTATIE | {"ToewijzingNummer": 9}}, release)
    )
    assert (vreemd["status"], vreemd["toegekendBedrag"]) == ("verwerkt", 0)
    assert check_answer(vreemd["xml"], "JW325", release).findtext(".//{*}Prestatie/{*}RetourCodes/{*}RetourCode") == "9338"
    los = LEVERING | {"RedenBeeindiging": "31", "Einddatum": "2022-06-01"}
    stop = stuur(bouw("JW307", {**header("E1"), "StopProduct": los}, release))
    assert stop["status"] == "afgekeurd"
    check_answer(stop["xml"], "JW308", release)
    fout = stuur(
        bouw("JW323", {**header("D2"), "Declaratie": DECLARATIE, "Prestatie": PRESTATIE | {"ProductTarief": None}}, release)
    )
    assert fout["retourcodes"] == ["0001"]
    check_answer(fout["xml"], "JW325", release)


def test_releases_follow_one_another_on_one_allocation(stuur: Stuur) -> None:
    """A JW301 of 3.0 is declared on in 3.1 and credited in 3.2, as it was in April 2022 and April 2023."""
    allocate(stuur, "3.0")
    eerste = stuur(bouw("JW323", {**header("D1"), "Declaratie": DECLARATIE, "Prestatie": PRESTATIE}, "3.1"))
    assert eerste["toegekendBedrag"] == 4 * 7560
    terug = {"ProductReferentie": {"ReferentieNummer": "C1", "VorigReferentieNummer": eerste["prestaties"][0]["referentienummer"]}}
    credit = PRESTATIE | terug | {"IngediendBedrag": {"DebetCredit": "C"}}
    later = {"DeclaratiePeriode": {"Begindatum": "2023-04-01", "Einddatum": "2023-04-30"}, "DeclaratieDagtekening": "2023-05-02"}
    later |= {"DeclaratieNummer": "DN2"}
    tweede = stuur(bouw("JW323", {**header("D2", "2023-05-02"), "Declaratie": later, "Prestatie": credit}))
    assert tweede["toegekendBedrag"] == -4 * 7560, tweede["bevindingen"]
    check_answer(tweede["xml"], "JW325", "3.2")


@pytest.mark.parametrize(("release", "verwacht"), [("3.0", []), ("3.1", []), ("3.2", ["TR414"])])
def test_rule_that_came_later_is_not_held_against_it(stuur: Stuur, release: str, verwacht: list[str]) -> None:
    """TR414 (a later stop ends no earlier) is new in 3.2."""
    allocate(stuur, release)
    stuur(bouw("JW305", {**header("S1"), "StartProduct": LEVERING}, release))
    tijdelijk = LEVERING | {"RedenBeeindiging": "20", "Einddatum": "2022-06-01"}
    assert stuur(bouw("JW307", {**header("E1"), "StopProduct": tijdelijk}, release))["status"] == "verwerkt"
    vroeger = LEVERING | {"RedenBeeindiging": "31", "Einddatum": "2022-05-20"}
    stop = stuur(bouw("JW307", {**header("E2"), "StopProduct": vroeger}, release))
    assert [item["regel"] for item in stop["bevindingen"]] == verwacht


@pytest.mark.parametrize(("release", "verwacht"), [("3.0", []), ("3.1", ["TR388"])])
def test_rule_of_3_1_is_not_held_against_3_0(stuur: Stuur, release: str, verwacht: list[str]) -> None:
    """TR388 (a line runs to the end of the month) is in no public source before 3.1."""
    allocate(stuur, release)
    half = PRESTATIE | {"ProductPeriode": {"Begindatum": "2022-05-01", "Einddatum": "2022-05-15"}}
    uitkomst = stuur(bouw("JW323", {**header("D1"), "Declaratie": DECLARATIE, "Prestatie": half}, release))
    assert [item["regel"] for item in uitkomst["bevindingen"] if item["gevolg"] == "afwijzen"] == verwacht


def test_namespace_that_names_its_release_twice_is_read_too(stuur: Stuur) -> None:
    inhoud = bouw("JW301", {**header("T1", "2022-04-20"), "ToegewezenProduct": TOEWIJZING}, "3.1").replace(
        b'/schema"', b'/schema/3_1"'
    )
    uitkomst = stuur(inhoud)
    assert uitkomst["status"] == "verwerkt"
    check_answer(uitkomst["xml"], "JW302", "3.1")
    assert stuur(inhoud)["herhaling"]


@pytest.mark.parametrize("release", VAN_TOEN)
def test_code_of_every_rule_existed_then(release: str) -> None:
    for antwoord in (find_antwoord(soort) for soort in SOORTEN if soort.release == release and soort.van_toen and soort.antwoord):
        bekend = list_codes(schemas().model(antwoord), "LDT_RetourCode")
        toen = [as_of(regel, release) for regel in ALLE if antwoord.naam == find_antwoord(JW_OP_ANTWOORD[antwoord.naam]).naam
                and JW_OP_ANTWOORD[antwoord.naam].naam in regel.berichten]  # fmt: skip
        assert {regel.retourcode for regel in toen if regel is not None and regel.retourcode} <= bekend.keys()


JW_OP_ANTWOORD = {soort.antwoord or "": soort for soort in SOORTEN if soort.antwoord and soort.release == JW325.release}


HOUDER = Sleutelhouder(GEMEENTE, "sleutel", "aanbieder", AGB)


def test_over_the_door_only_when_the_setting_says_so(werkplaats: Werkplaats) -> None:
    inhoud = bouw("JW323", {"Declaratie": DECLARATIE, "Prestatie": PRESTATIE, **header("D1")}, "3.1")
    dicht = accept(werkplaats, inhoud, HOUDER)
    assert isinstance(dicht, Geweigerd)
    assert dicht.fouten[0].melding.startswith(
        "Dit is een JW323 van iJw-release 3.1. Langs deze weg neemt de dienst release 3.2 aan:"
    )
    object.__setattr__(werkplaats, "instellingen", werkplaats.instellingen.model_copy(update={"oude_releases": True}))
    assert isinstance(accept(werkplaats, inhoud, HOUDER), Ontvangen)


def test_trial_installation_refuses_and_keeps_no_real_number(werkplaats: Werkplaats, stuur: Stuur) -> None:
    """Also in a message that is refused for another reason; the number itself is not told."""
    object.__setattr__(werkplaats, "instellingen", werkplaats.instellingen.model_copy(update={"proefomgeving": True}))
    assert allocate(stuur, "3.1")["status"] == "verwerkt"
    echt = bouw("JW305", {**header("S1"), "StartProduct": LEVERING, "Client": {"Bsn": "111222333"}})
    assert echt.replace(b"111222333", BSN.encode()) != echt
    for inhoud in (echt, echt.replace(b"BerichtVersie>3<", b"BerichtVersie>x<")):
        for uitkomst in (accept(werkplaats, inhoud, HOUDER), stuur(inhoud)):
            fouten = uitkomst.fouten if isinstance(uitkomst, Geweigerd) else ()
            melding = fouten[0].melding if fouten else uitkomst["fouten"][0]["melding"]  # type: ignore[index]
            assert "Dit is een proefomgeving" in melding
            assert "111222333" not in melding
            assert (uitkomst.bericht_id if isinstance(uitkomst, Geweigerd) else uitkomst["berichtId"]) is None  # type: ignore[index]
    with werkplaats.opslag.transaction() as verbinding:
        assert verbinding.exec_driver_sql("SELECT count(*) FROM bericht WHERE status = 'geweigerd'").scalar_one() == 0


def test_a_message_keeps_the_edition_of_the_rule_book_by_which_it_was_judged(stuur: Stuur, werkplaats: Werkplaats) -> None:
    verwerkt = allocate(stuur, "3.1")
    with werkplaats.opslag.transaction() as verbinding:
        rij = find_bericht(verbinding, GEMEENTE, UUID(verwerkt["berichtId"]))
    assert rij is not None
    assert rij.regelboek == REGELBOEK
