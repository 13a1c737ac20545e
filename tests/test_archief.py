"""Five years of messages replayed: the same outcomes by whatever way they come, and however often the way is broken off."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from lxml import etree
from sqlalchemy import text

from berichten.instellingen import Instellingen
from berichten.processen import verwerk_bundel
from berichten.processen.invoer import list_files
from berichten.processen.laad_referentie import SOORTEN, load_referentie
from berichten.processen.resultaat import Overzicht
from berichten.processen.verwerk_archief import process_files
from berichten.processen.werkplaats import Werkplaats, open_werkplaats
from berichten.voorbeelden.archief import Archief, maak_archief, write_archief
from tests.api.dienst import await_outcome, post, prepare, running_dienst
from tests.conftest import VANDAAG

ARCHIEF = maak_archief(clienten=8, jaren=5, seed=4)
"""Some hundreds of messages, three years of JW303 and two of JW323."""
AANTAL = sum(1 for _ in ARCHIEF.berichten)
_EIGEN = ("berichtId", "herhaling")
"""What differs between two runs of the same messages."""
_STAAT = ("soort", "identificatie", "status", "retourcodes", "declaratieRetourcodes")
_BEDRAGEN = ("ingediendBedrag", "toegekendBedrag", "afgewezenBedrag", "teBeoordelenBedrag")
_INHOUD = """
    SELECT count(*), coalesce(sum(bedrag), 0) FROM journaal
    UNION ALL SELECT count(*), count(DISTINCT identificatie) FROM antwoord
    UNION ALL SELECT count(*), sum(length(uitkomst)) FROM prestatie
    UNION ALL SELECT count(*), sum(versie) FROM toewijzing_versie
    UNION ALL SELECT count(*), count(verwijderd_door) FROM levering
    UNION ALL SELECT count(*), sum(niveau) FROM bevinding
    UNION ALL SELECT count(*), count(verwerkt_op) FROM bericht
"""


@pytest.fixture(scope="module")
def map_(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive as a folder of files."""
    pad = tmp_path_factory.mktemp("archief")
    assert write_archief(ARCHIEF, pad) == AANTAL
    return pad


@pytest.fixture
def nieuwe_plek(maak_database: Callable[[], str], tmp_path: Path) -> Callable[[], Instellingen]:
    """Makes, at each call, settings for an empty database in which the archive's reference files are loaded."""

    def make() -> Instellingen:
        instellingen = Instellingen(database_url=maak_database(), var=tmp_path / "var", huidige_datum=VANDAAG)
        with open_werkplaats(instellingen) as werkplaats:
            load(werkplaats, ARCHIEF)
        return instellingen

    return make


def load(werkplaats: Werkplaats, archief: Archief) -> None:
    for soort, tekst in archief.referentie.items():
        if soort in SOORTEN:
            assert not load_referentie(werkplaats, soort, tekst.encode()).fouten


def replay(instellingen: Instellingen, bron: Path, uit: Path) -> Overzicht:
    with open_werkplaats(instellingen) as werkplaats:
        return process_files(werkplaats, list_files([bron]), uit, lambda _: None)


def read_result(uit: Path) -> list[dict[str, Any]]:
    inhoud: dict[str, list[dict[str, Any]]] = json.loads((uit / "resultaat.json").read_bytes())
    assert list(inhoud) == ["berichten"]
    return inhoud["berichten"]


def without_own(berichten: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Outcomes without what differs between two runs."""
    return [{naam: waarde for naam, waarde in item.items() if naam not in _EIGEN} for item in berichten]


def contents(instellingen: Instellingen) -> list[tuple[int, int]]:
    """What the tables hold, in counts and sums."""
    with open_werkplaats(instellingen) as werkplaats, werkplaats.opslag.transaction() as verbinding:
        return [(rij[0], rij[1]) for rij in verbinding.execute(text(_INHOUD))]


def answers(uit: Path) -> dict[str, bytes]:
    return {pad.name: pad.read_bytes() for pad in sorted(uit.glob("*.antwoord.xml"))}


def test_every_planted_mistake_is_found_and_nothing_else(
    nieuwe_plek: Callable[[], Instellingen], map_: Path, tmp_path: Path
) -> None:
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


def test_over_http_and_by_replay_the_outcomes_are_the_same(
    nieuwe_plek: Callable[[], Instellingen], map_: Path, tmp_path: Path
) -> None:
    replay(nieuwe_plek(), map_, tmp_path / "uit")
    geheel = {item["bestand"]: item for item in read_result(tmp_path / "uit")}
    over_http = dict(send_all(nieuwe_plek(), tmp_path))
    assert over_http.keys() == geheel.keys()
    for naam, (staat, antwoord) in over_http.items():
        eigen = geheel[naam]
        assert [staat[veld] for veld in _STAAT] == [eigen[veld] for veld in _STAAT], naam
        assert [staat[veld] for veld in _BEDRAGEN] == [eigen[veld] for veld in _BEDRAGEN], naam
        assert (antwoord is None) == (eigen["antwoord"] is None), naam
        if antwoord is not None:
            assert strip_identificatie(antwoord) == strip_identificatie((tmp_path / "uit" / eigen["antwoord"]).read_bytes()), naam


def send_all(instellingen: Instellingen, tmp_path: Path) -> Iterator[tuple[str, tuple[dict[str, Any], bytes | None]]]:
    """Post every message and wait for it: its state and its answer, by file name."""
    omgeving = {
        "BERICHTEN_DATABASE_URL": instellingen.database_url,
        "BERICHTEN_VAR": str(instellingen.var),
        "BERICHTEN_HUIDIGE_DATUM": VANDAAG.isoformat(),
    }
    with open_werkplaats(instellingen) as werkplaats:
        sleutels = prepare(werkplaats, ARCHIEF)
    with running_dienst(omgeving, tmp_path / "dienst.log") as dienst:
        clients = {wie: dienst.client(sleutel) for wie, sleutel in sleutels.items()}
        for bericht in ARCHIEF.berichten:
            client = clients[bericht.afzender]
            staat = await_outcome(client, post(client, bericht.inhoud).json()["berichtId"])
            antwoord = client.get(f"/berichten/{staat['berichtId']}/antwoord")
            yield bericht.bestandsnaam, (staat, antwoord.content if antwoord.status_code == 200 else None)
        for client in clients.values():
            client.close()


def strip_identificatie(antwoord: bytes) -> list[tuple[str, str | None]]:
    """An answer without the number that we give it: over HTTP attempts that were refused are numbered too."""
    return [
        (str(el.tag), el.text)
        for el in etree.fromstring(antwoord).iter()
        if etree.QName(el).localname not in ("Identificatie", "IdentificatieRetour", "GemeenteReferentieNummer")
    ]


def test_run_twice_nothing_changes(nieuwe_plek: Callable[[], Instellingen], map_: Path, tmp_path: Path) -> None:
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


def test_zips_and_folders_give_the_same(nieuwe_plek: Callable[[], Instellingen], map_: Path, tmp_path: Path) -> None:
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
    assert [inhoud for _, inhoud in sorted(answers(uit_zips).items())] == [inhoud for _, inhoud in sorted(answers(uit_map).items())]


def test_killed_again_and_again_it_ends_the_same(nieuwe_plek: Callable[[], Instellingen], map_: Path, tmp_path: Path) -> None:
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
    eigen = {naam: waarde for naam, waarde in os.environ.items() if not naam.startswith("BERICHTEN_")}
    omgeving = {
        "BERICHTEN_DATABASE_URL": instellingen.database_url,
        "BERICHTEN_VAR": str(instellingen.var),
        "BERICHTEN_HUIDIGE_DATUM": VANDAAG.isoformat(),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "berichten.cli", "verwerk", str(bron), "--uit", str(uit)],
        env=eigen | omgeving,
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
    nieuwe_plek: Callable[[], Instellingen], map_: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
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
    echt = verwerk_bundel.handle_bericht
    ziek = inhoud.partition(b"Identificatie>")[2].partition(b"<ijw:Identificatie>")[2].partition(b"<")[0].decode()

    def handle(verbinding: Any, werkplaats: Any, rij: Any, *rest: Any) -> Any:
        if rij.identificatie == ziek:
            raise RuntimeError("stuk")
        return echt(verbinding, werkplaats, rij, *rest)

    lap.setattr("berichten.processen.verwerk_bundel.handle_bericht", handle)
    lap.setattr("berichten.processen.verwerk_bericht.handle_bericht", handle)


def test_messages_in_subfolders_and_a_broken_zip(nieuwe_plek: Callable[[], Instellingen], tmp_path: Path) -> None:
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


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_a_hundred_thousand_lines(maak_database: Callable[[], str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The whole archive of a town: every planted mistake found and nothing else, the books tie, and again changes nothing."""
    archief = maak_archief(clienten=940, jaren=5, seed=1)
    write_archief(archief, tmp_path / "archief", zips=True)
    instellingen = Instellingen(database_url=maak_database(), var=tmp_path / "var", huidige_datum=VANDAAG)
    with open_werkplaats(instellingen) as werkplaats:
        load(werkplaats, archief)
    overzicht = replay(instellingen, tmp_path / "archief", tmp_path / "uit")
    eerst = contents(instellingen)
    assert overzicht.regels >= 100_000
    assert overzicht.wachtend == 0
    gevonden = Counter(
        (item["bestand"].partition("/")[2], bevinding["regel"])
        for item in read_result(tmp_path / "uit")
        for bevinding in item["bevindingen"]
        if bevinding["gevolg"] != "signaal"
    )
    verwacht = Counter((item.bestand, regel) for item in archief.verwachtingen for regel in item.regels if regel != "XSD")
    assert gevonden == verwacht
    herhaald = replay(instellingen, tmp_path / "archief", tmp_path / "uit")
    assert contents(instellingen) == eerst
    with capsys.disabled():
        print(f"\n{overzicht.berichten} berichten, {overzicht.regels} regels; opnieuw: {herhaald.berichten} berichten")
