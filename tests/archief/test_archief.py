"""Five years of messages replayed: the same outcomes by whatever way they come, and however often the way is broken off."""

import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import text

from berichten.instellingen import Instellingen
from berichten.processen.archief import verwerk_archief
from berichten.processen.basis.werkplaats import open_werkplaats
from berichten.processen.berichten.verwerk_bericht import handle_bericht
from berichten.voorbeelden.stad.archief import write_archief
from tests.conftest import VANDAAG, own_environment
from tests.hulp.archief import ARCHIEF, answers, contents, furnish, read_result, replay, without_own
from tests.hulp.tabelinhoud import nameless

AANTAL = sum(1 for _ in ARCHIEF.berichten)
Plek = Callable[[], Instellingen]
"""Makes, at each call, settings for an empty database that is ready for the archive."""


@pytest.fixture(scope="module")
def map_(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive as a folder of files."""
    pad = tmp_path_factory.mktemp("archief")
    assert write_archief(ARCHIEF, pad) == AANTAL
    return pad


@pytest.fixture
def nieuwe_plek(maak_database: Callable[[], str], tmp_path: Path) -> Plek:
    return lambda: furnish(maak_database(), tmp_path)


def test_every_planted_mistake_is_found_and_nothing_else(nieuwe_plek: Plek, map_: Path, tmp_path: Path) -> None:
    overzicht = replay(nieuwe_plek(), map_, tmp_path / "uit")
    gevonden = Counter(
        (item["bestand"], bevinding["regel"])
        for item in read_result(tmp_path / "uit")
        for bevinding in [*item["bevindingen"], *([{"regel": "XSD", "gevolg": ""}] if item["status"] == "geweigerd" else [])]
        if bevinding["gevolg"] != "signaal"
    )
    verwacht = Counter((item.bestand, regel) for item in ARCHIEF.verwachtingen for regel in item.regels)
    assert gevonden == verwacht
    assert {"TR303", "TR312", "TR324", "TR338", "TR358", "XSD"} <= {regel for _, regel in verwacht}
    assert (overzicht.berichten, overzicht.wachtend) == (AANTAL, 0)
    assert {soort for soort, _ in overzicht.tellingen} == {"JW301", "JW303", "JW305", "JW307", "JW323"}
    assert sum(telling.bedragen[0] for telling in overzicht.tellingen.values()) == sum(
        sum(telling.bedragen[1:]) for telling in overzicht.tellingen.values()
    )


def test_run_twice_nothing_changes(nieuwe_plek: Plek, map_: Path, tmp_path: Path) -> None:
    instellingen, uit = nieuwe_plek(), tmp_path / "uit"
    replay(instellingen, map_, uit)
    eerst, eerste_antwoorden, eerste_inhoud = read_result(uit), answers(uit), contents(instellingen)
    replay(instellingen, map_, uit)
    daarna = read_result(uit)
    assert contents(instellingen) == eerste_inhoud
    assert answers(uit) == eerste_antwoorden
    assert without_own(daarna) == without_own(eerst)
    assert [item["berichtId"] for item in daarna] == [item["berichtId"] for item in eerst]
    assert [item["herhaling"] for item in daarna] == [item["status"] != "geweigerd" for item in daarna]
    assert not any(item["herhaling"] for item in eerst)


def test_zips_and_folders_give_the_same(nieuwe_plek: Plek, map_: Path, tmp_path: Path) -> None:
    zips = tmp_path / "zips"
    write_archief(ARCHIEF, zips, zips=True)
    assert len(list(zips.glob("*.zip"))) == 60
    uit_map, uit_zips = tmp_path / "uit-map", tmp_path / "uit-zips"
    replay(nieuwe_plek(), map_, uit_map)
    replay(nieuwe_plek(), zips, uit_zips)
    per_map, per_zip = without_own(read_result(uit_map)), without_own(read_result(uit_zips))
    for item in per_zip:
        maand, _, item["bestand"] = item["bestand"].partition("/")
        assert item["antwoord"] in (None, f"{maand}-{item['bestand'].removesuffix('.xml')}.antwoord.xml")
        item["antwoord"] = item["antwoord"] and item["antwoord"].removeprefix(f"{maand}-")
    assert per_zip == per_map
    assert [nameless(inhoud) for _, inhoud in sorted(answers(uit_zips).items())] == [
        nameless(inhoud) for _, inhoud in sorted(answers(uit_map).items())
    ]


def test_killed_again_and_again_it_ends_the_same(nieuwe_plek: Plek, map_: Path, tmp_path: Path) -> None:
    rustig, gestoord = nieuwe_plek(), nieuwe_plek()
    replay(rustig, map_, tmp_path / "rustig")
    uit = tmp_path / "gestoord"
    for deel in (0.2, 0.5, 0.8):
        kill_halfway(gestoord, map_, uit, round(deel * AANTAL))
        assert not (uit / "resultaat.json").exists()
    process = start_replay(gestoord, map_, uit)
    assert process.wait(timeout=120) == 0
    assert without_own(read_result(uit)) == without_own(read_result(tmp_path / "rustig"))
    assert not any(item["herhaling"] for item in read_result(uit))
    assert contents(gestoord) == contents(rustig)
    assert answers(uit).keys() == answers(tmp_path / "rustig").keys()
    assert sorted(pad.name for pad in uit.iterdir() if pad.name.startswith(".")) == []


def start_replay(instellingen: Instellingen, bron: Path, uit: Path) -> subprocess.Popen[bytes]:
    """`berichten verwerk` in a process of its own."""
    omgeving = {
        "BERICHTEN_DATABASE_URL": instellingen.database_url,
        "BERICHTEN_VAR": str(instellingen.var),
        "BERICHTEN_HUIDIGE_DATUM": VANDAAG.isoformat(),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "berichten.cli", "verwerk", str(bron), "--uit", str(uit)],
        env=own_environment() | omgeving,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def kill_halfway(instellingen: Instellingen, bron: Path, uit: Path, berichten: int) -> None:
    """Start a replay and SIGKILL it as soon as so many messages are in the database."""
    proces = start_replay(instellingen, bron, uit)
    with open_werkplaats(instellingen) as werkplaats:
        while proces.poll() is None:
            with werkplaats.opslag.transaction() as verbinding:
                if verbinding.execute(text("SELECT count(*) FROM bericht")).scalar_one() >= berichten:
                    break
            time.sleep(0.005)
    proces.send_signal(signal.SIGKILL)
    assert proces.wait() == -signal.SIGKILL, "the replay was over before it could be killed"


def test_a_failure_of_ours_holds_its_own_stream_only(
    nieuwe_plek: Plek, map_: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A message that cannot be handled keeps its place; its stream waits for it, all others go on, and later all is made good."""
    instellingen, uit = nieuwe_plek(), tmp_path / "uit"
    ziek = next(bericht for bericht in ARCHIEF.berichten if bericht.soort == "JW305")
    with monkeypatch.context() as lap:
        break_handling(lap, ziek.inhoud)
        overzicht = replay(instellingen, map_, uit)
    wachtend = [item["bestand"] for item in read_result(uit) if item["status"] in ("ontvangen", "in_behandeling")]
    assert overzicht.wachtend == len(wachtend)
    assert wachtend[0] == ziek.bestandsnaam
    assert {naam.split("_")[2] for naam in wachtend if "JW301" not in naam} == {ziek.afzender}
    assert len(wachtend) < AANTAL / 2
    assert replay(instellingen, map_, uit).wachtend == 0
    goed = nieuwe_plek()
    replay(goed, map_, tmp_path / "goed")
    assert without_own(read_result(uit)) == without_own(read_result(tmp_path / "goed"))


def break_handling(lap: pytest.MonkeyPatch, inhoud: bytes) -> None:
    """Let every attempt to handle the message with these bytes fail."""
    echt = handle_bericht
    ziek = inhoud.partition(b"Identificatie>")[2].partition(b"<ijw:Identificatie>")[2].partition(b"<")[0].decode()

    def handle(verbinding: Any, werkplaats: Any, rij: Any, *rest: Any, **gegeven: Any) -> Any:
        if rij.identificatie == ziek:
            raise RuntimeError("stuk")
        return echt(verbinding, werkplaats, rij, *rest, **gegeven)

    lap.setattr("berichten.processen.bundels.samen_verwerken.handle_bericht", handle)
    lap.setattr("berichten.processen.berichten.verwerk_bericht.handle_bericht", handle)


def test_the_same_bytes_twice_in_one_folder_are_one_message(
    nieuwe_plek: Plek, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one transaction, without falling back to one by one."""
    bron, uit = tmp_path / "bron", tmp_path / "uit"
    bron.mkdir()
    een, ander = (bericht.inhoud for bericht, _ in zip(ARCHIEF.berichten, range(2), strict=False))
    for naam, inhoud in {"1.xml": een, "2.xml": ander, "3.xml": een, "4.xml": ander}.items():
        (bron / naam).write_bytes(inhoud)
    instellingen = nieuwe_plek()
    monkeypatch.delattr(verwerk_archief, "_process_one")
    replay(instellingen, bron, uit)
    eerste, tweede, derde, vierde = read_result(uit)
    assert (derde["berichtId"], vierde["berichtId"]) == (eerste["berichtId"], tweede["berichtId"])
    assert [item["herhaling"] for item in (eerste, tweede, derde, vierde)] == [False, False, True, True]
    assert without_own([derde | {"bestand": "", "antwoord": ""}]) == without_own([eerste | {"bestand": "", "antwoord": ""}])
    assert contents(instellingen)[-1] == (2, 2)


def test_messages_in_subfolders_and_a_broken_zip(nieuwe_plek: Plek, tmp_path: Path) -> None:
    bron, uit = tmp_path / "bron", tmp_path / "uit"
    (bron / "b").mkdir(parents=True)
    eerste, tweede = (bericht for bericht, _ in zip(ARCHIEF.berichten, range(2), strict=False))
    (bron / "b" / "een.xml").write_bytes(eerste.inhoud)
    with ZipFile(bron / "a.zip", "w") as zip_:
        zip_.writestr("een.xml", tweede.inhoud)
    (bron / "kapot.zip").write_bytes(b"PK\x03\x04 en verder niets")
    (bron / "lees.txt").write_text("geen bericht")
    replay(nieuwe_plek(), bron, uit)
    uitkomsten = [(item["bestand"], item["status"], item["antwoord"]) for item in read_result(uit)]
    assert uitkomsten == [
        ("a.zip/een.xml", "verwerkt", "a.zip-een.antwoord.xml"),
        ("b/een.xml", "verwerkt", "b-een.antwoord.xml"),
        ("kapot.zip", "geweigerd", None),
    ]
