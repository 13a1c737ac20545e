"""TR378 and CS300: a gemeente that was merged away still answers for its allocations (0501, until 31 December 2022)."""

from pathlib import Path
from typing import Any

import pytest

from berichten.processen.archief.bronnen import Invoer
from berichten.processen.basis.werkplaats import Werkplaats
from tests.hulp.bouw import bouw
from tests.hulp.een_bericht import process_file

OPGEGAAN = "0501"
JUNI = {"Begindatum": "2022-06-01", "Einddatum": "2022-06-30"}
LATER = {"Begindatum": "2023-02-01", "Einddatum": "2023-02-28"}
CREDIT = {"ProductReferentie": {"ReferentieNummer": "C1", "VorigReferentieNummer": "D1"}, "IngediendBedrag": {"DebetCredit": "C"}}


@pytest.fixture
def stuur(werkplaats: Werkplaats, tmp_path: Path) -> Any:
    """Send one message for the gemeente that is gone."""

    def send(soort: str, afwijkingen: dict[str, Any], nummer: str) -> dict[str, Any]:
        kant = "Afzender" if soort == "JW301" else "Ontvanger"
        kop = {kant: OPGEGAAN, "BerichtIdentificatie": {"Identificatie": nummer}}
        inhoud = bouw(soort, {"Header": kop, **afwijkingen})
        return process_file(werkplaats, Invoer(f"{nummer}.xml", inhoud), tmp_path)

    return send


def _toewijzing(ingang: str) -> dict[str, Any]:
    return {"ToegewezenProduct": {"Toewijzingsdatum": "2022-02-20", "Ingangsdatum": ingang, "Einddatum": "2023-12-31"}}


def _declaratie(nummer: str, periode: dict[str, str], prestatie: dict[str, Any]) -> dict[str, Any]:
    declaratie = {"DeclaratieNummer": nummer, "DeclaratiePeriode": periode}
    return {"Declaratie": declaratie, "Prestatie": {"ProductPeriode": JUNI, **prestatie}}


def test_declared_and_credited_on_an_allocation_of_before(stuur: Any) -> None:
    assert stuur("JW301", _toewijzing("2022-03-01"), "T1")["status"] == "verwerkt"
    debet = stuur("JW323", _declaratie("DN1", JUNI, {"ProductReferentie": {"ReferentieNummer": "D1"}}), "B1")
    credit = stuur("JW323", _declaratie("DN2", LATER, CREDIT), "B2")
    assert [(item["status"], item["toegekendBedrag"]) for item in (debet, credit)] == [("verwerkt", 78050), ("verwerkt", -78050)]


def test_started_and_stopped_by_number_only(stuur: Any) -> None:
    stuur("JW301", _toewijzing("2022-03-01"), "T1")
    start = {"ToewijzingIngangsdatum": None, "Begindatum": "2022-04-01"}
    assert stuur("JW305", {"StartProduct": start}, "S1")["status"] == "verwerkt"
    assert stuur("JW307", {"StopProduct": {**start, "Einddatum": "2023-03-31"}}, "S2")["status"] == "verwerkt"


def test_refused_without_an_allocation_of_before(stuur: Any) -> None:
    onbekend = stuur("JW323", _declaratie("DN1", JUNI, {}), "B1")
    assert (onbekend["status"], onbekend["retourcodes"]) == ("afgekeurd", ["S300"])
    assert stuur("JW301", _toewijzing("2023-01-01"), "T1")["retourcodes"] == ["S300"]


def test_an_old_message_that_corrects_care_of_before(werkplaats: Werkplaats, tmp_path: Path) -> None:
    """A period after the merger, about an allocation from before it: 0236 ended on 31 December 2018."""
    kop = {"Afzender": "0236", "BerichtIdentificatie": {"Identificatie": "T1", "Dagtekening": "2018-01-02"}}
    product = {
        "ToewijzingNummer": "60001",
        "Toewijzingsdatum": "2018-01-02",
        "Ingangsdatum": "2018-01-01",
        "Einddatum": "2020-12-31",
    }
    toewijzing = bouw("JW301", {"Header": kop, "ToegewezenProduct": product})
    nota = bouw("JW303", {"Header": {"Gemeente": "0236"}, "Regel": {"ToewijzingNummer": None}})
    uitkomsten = [process_file(werkplaats, Invoer(f"{nr}.xml", inhoud), tmp_path) for nr, inhoud in enumerate((toewijzing, nota))]
    assert [item["status"] for item in uitkomsten] == ["verwerkt", "verwerkt"]
