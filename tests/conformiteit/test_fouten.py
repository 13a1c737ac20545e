"""Cases found from outside, in `../shared/fouten`: what was expected of them is what they get."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from berichten.instellingen import Instellingen
from berichten.processen.archief.bronnen import list_files
from berichten.processen.archief.verwerk_archief import process_files
from berichten.processen.basis.werkplaats import open_werkplaats
from berichten.processen.referentie.laad_referentie import load_referentie

SOORTEN = ("aanbieders", "pdc", "contracten", "tarieven", "declaratiewijzen")
"""Reference files in the order in which they must be loaded."""


def replay(
    database_url: str, tmp_path: Path, vandaag: date, referentie: Path | None, berichten: list[Path]
) -> list[dict[str, Any]]:
    """What `berichten verwerk` says of each message, after these reference files were loaded."""
    instellingen = Instellingen(database_url=database_url, var=tmp_path / "var", huidige_datum=vandaag)
    with open_werkplaats(instellingen) as werkplaats:
        for soort in SOORTEN if referentie is not None else ():
            bestand = Path(referentie or "") / f"{soort}.csv"
            if bestand.is_file():
                assert load_referentie(werkplaats, soort, bestand.read_bytes()).fouten == []
        process_files(werkplaats, list_files(berichten), tmp_path / "uit", lambda _: None)
    uitkomsten: list[dict[str, Any]] = json.loads((tmp_path / "uit" / "resultaat.json").read_bytes())["berichten"]
    return uitkomsten


def test_every_fault_of_a_line_is_told_though_its_allocation_is_unknown(gedeeld: Path, database_url: str, tmp_path: Path) -> None:
    map_ = gedeeld / "fouten" / "regels" / "1_nummer_onbekend_verzwijgt_andere_fouten"
    *_, declaratie = replay(database_url, tmp_path, date(2026, 6, 15), map_ / "referentie", [map_ / "berichten"])
    assert {item["referentienummer"]: (item["retourcodes"], item["regels"]) for item in declaratie["prestaties"]} == {
        "R1": (["9338", "0611"], ["TR338", "TR418"]),
        "R2": (["9338", "9346"], ["TR338", "TR346"]),
        "R3": (["9338", "S329"], ["TR338", "TR381"]),
        "R4": (["8187", "0611"], ["TR304", "TR418"]),
        "R5": (["9384", "0611"], ["TR384", "TR418"]),
    }


def test_a_declaration_period_that_does_not_follow_is_refused(gedeeld: Path, database_url: str, tmp_path: Path) -> None:
    map_ = gedeeld / "fouten" / "regels" / "4_jw303_periode_sluit_niet_aan"
    _, *eerder, laatste = replay(database_url, tmp_path, date(2021, 2, 15), map_ / "referentie", [map_ / "berichten"])
    assert [(item["status"], item["retourcodes"]) for item in eerder] == [("verwerkt", ["8001"])] * 4
    assert (laatste["status"], laatste["retourcodes"], laatste["toegekendBedrag"]) == ("afgekeurd", ["8214"], 0)


@pytest.mark.parametrize("vandaag", [date(2022, 7, 5), date(2026, 7, 1)], ids=["voor de herindeling", "erna"])
def test_a_gemeente_that_was_merged_still_gets_declarations(
    gedeeld: Path, database_url: str, tmp_path: Path, vandaag: date
) -> None:
    berichten = sorted((gedeeld / "fouten" / "buiten").glob("X02-*.xml"))
    toewijzing, declaratie = replay(database_url, tmp_path, vandaag, None, berichten)
    assert (toewijzing["status"], declaratie["status"]) == ("verwerkt", "verwerkt")
    assert declaratie["declaratieRetourcodes"] == ["8001"]
    assert declaratie["toegekendBedrag"] == declaratie["ingediendBedrag"] > 0
