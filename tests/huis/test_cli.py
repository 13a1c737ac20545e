"""The command line as its users meet it: in Dutch, quick to explain itself, and without a traceback whatever it is given."""

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from berichten.cli import OPDRACHTEN, app, load_command
from berichten.cli.basis.nederlands import first_sentence
from berichten.opslag.toegang.machtigingen import find_machtiging
from berichten.processen.archief.bronnen import list_files
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.bewaking.bekijk_status import look_around
from tests.conftest import own_environment
from tests.hulp.besluiten import APR, fill_town, set_instelling, submit
from tests.hulp.declareer import Regel
from tests.hulp.eigenaar import as_owner

ENGELS = re.compile(
    r"\b(Usage|Options|Arguments|Commands|Show this|exit|required|default|COMMAND|ARGS|TEXT|INTEGER|PATH|Error|Invalid|Missing|"
    r"No such|Try|Did you mean|Aborted|Traceback|Input should)\b"
)


@pytest.fixture
def opdracht(werkplaats: Werkplaats, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """The command line on the database of this test."""
    instellingen = werkplaats.instellingen
    monkeypatch.setenv("BERICHTEN_DATABASE_URL", instellingen.database_url)
    monkeypatch.setenv("BERICHTEN_VAR", str(instellingen.var))
    monkeypatch.setenv("BERICHTEN_HUIDIGE_DATUM", str(instellingen.vandaag()))
    return run


def run(*woorden: Any) -> Any:
    return CliRunner().invoke(app, [str(woord) for woord in woorden])


def _paden() -> Iterator[tuple[str, ...]]:
    yield ()
    for naam in OPDRACHTEN:
        yield (naam,)
        for deel in getattr(load_command(naam), "commands", {}):
            yield naam, deel


@pytest.mark.parametrize("pad", list(_paden()), ids=" ".join)
def test_help_is_dutch_and_says_what_everything_is_for(pad: tuple[str, ...]) -> None:
    uitkomst = run(*pad, "--help")
    assert uitkomst.exit_code == 0, uitkomst.output
    assert ENGELS.findall(uitkomst.output) == []
    assert uitkomst.output.startswith("Gebruik: ")
    regels = [regel for regel in uitkomst.output.splitlines() if regel.startswith("  ")]
    assert [regel for regel in regels if re.fullmatch(r"  \S+( [A-Z|]+)?", regel) and len(regel) < 30] == []


def test_the_list_of_commands_tells_what_each_says_itself() -> None:
    assert {naam: plek.uitleg for naam, plek in OPDRACHTEN.items()} == {
        naam: first_sentence(load_command(naam).help or "") for naam in OPDRACHTEN
    }


def test_help_loads_nothing_that_it_does_not_need() -> None:
    """What keeps it quick: none of the houses behind the commands is entered."""
    code = (
        "import sys; from typer.testing import CliRunner; from berichten.cli import app;"
        " assert CliRunner().invoke(app, ['--help']).exit_code == 0;"
        " print([x for x in ('sqlalchemy', 'fastapi', 'lxml', 'pydantic_settings', 'berichten.regels') if x in sys.modules])"
    )
    gedaan = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert gedaan.stdout.strip() == "[]"


def test_the_version() -> None:
    assert run("--version").output == f"berichten {version('berichten')}\n"


@pytest.mark.parametrize(
    ("woorden", "zin"),
    [
        (("verwerkt",), "Bedoelt u verwerk?"),
        (("zomaar-iets-anders",), "bestaat niet. Bekijk wat er is met"),
        (("verwerk",), "geef PADEN op"),
        (("verwerk", "--zomaar"), "De optie --zomaar bestaat niet"),
        (("dienst", "--port", "zeven"), "De waarde van --port GETAL klopt niet: geef een heel getal"),
        (("sleutel", "maak"), "geef --rol TEKST op"),
        (("sleutel", "maak", "--rol"), "waarde te veel of te weinig"),
        (("valideer", "er-is-niets.xml"), "er-is-niets.xml is er niet"),
        (("laad", "tarieven", "er-is-niets.csv"), "er-is-niets.csv is er niet"),
        (("monitor", "rapport", "tabel3b", "--gemeente", "0484", "--uit", "x", "--vorm", "mooi"), "kies uit"),
        (("regels", "teveel"), "meer op de regel"),
    ],
)
def test_what_was_typed_wrong_is_refused_in_dutch_with_what_to_type(woorden: tuple[str, ...], zin: str) -> None:
    uitkomst = run(*woorden)
    assert uitkomst.exit_code == 2
    assert zin in uitkomst.output
    assert ENGELS.findall(uitkomst.output) == []


@pytest.mark.parametrize(
    ("naam", "waarde", "zin"),
    [
        ("HUIDIGE_DATUM", "gisteren", "geen goede waarde: BERICHTEN_HUIDIGE_DATUM"),
        ("WORKERS", "veel", "geen goede waarde: BERICHTEN_WORKERS"),
        ("DATABASE_URL", "geen adres", "is geen adres van een database"),
        ("DATABASE_URL", "postgresql://127.0.0.1:1/niets", "De database is niet bereikbaar"),
        ("DATABASE_URL", "mysql+niets://127.0.0.1/niets", "is geen adres van een database"),
    ],
)
def test_a_setting_that_is_no_good_is_named(monkeypatch: pytest.MonkeyPatch, naam: str, waarde: str, zin: str) -> None:
    monkeypatch.setenv(f"BERICHTEN_{naam}", waarde)
    uitkomst = run("sleutel", "lijst")
    assert (uitkomst.exit_code, zin in uitkomst.output) == (2, True), uitkomst.output


def test_mandate_is_given_shown_and_withdrawn(opdracht: Callable[..., Any], werkplaats: Werkplaats) -> None:
    geef = ("machtiging", "geef", "--gemeente", "0484", "--gemachtigde", "98000001", "--agb", "42420002", "--begin")
    gegeven = opdracht(*geef, "2026-01-01", "--eind", "2026-12-31")
    assert (gegeven.exit_code, "is gegeven" in gegeven.output) == (0, True), gegeven.output
    nummer = re.search("Machtiging ([0-9]+)", gegeven.output)[1]  # type: ignore[index]
    regels = opdracht("machtiging", "lijst").output.splitlines()
    assert any("98000001" in regel and "42420002" in regel for regel in regels)
    with werkplaats.opslag.transaction() as verbinding:
        assert find_machtiging(verbinding, "0484", "98000001", "42420002", werkplaats.instellingen.vandaag())
    assert opdracht("machtiging", "intrek", nummer).exit_code == 0
    with werkplaats.opslag.transaction() as verbinding:
        assert find_machtiging(verbinding, "0484", "98000001", "42420002", werkplaats.instellingen.vandaag()) is None
    assert "geen geldende machtiging" in opdracht("machtiging", "intrek", nummer).output
    for fout, zin in (("2026-13-01", "is geen dag"), ("2026-W01-4", "is geen dag"), ("2027-01-01", "begint pas op")):
        geweigerd = opdracht(*geef, fout, "--eind", "2026-12-31")
        assert (geweigerd.exit_code, zin in geweigerd.output) == (2, True), geweigerd.output


def _damaged(map_: Path) -> list[Path]:
    """Files as they come out of a broken disk, a wrong programme or a wrong hand."""
    inhoud = {
        "leeg.xml": b"",
        "nullen.xml": bytes(2000),
        "half.xml": b"<?xml version='1.0'?><Bericht><Header>",
        "tekst.xml": "geen bericht, wel Ƹ̵̡Ӝ̵̨̄Ʒ".encode(),
        "doctype.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>",
        "utf16.xml": "<x/>".encode("utf-16"),
        "geen.zip": b"PK\x03\x04" + bytes(50),
        "einde.zip": b"PK\x05\x06" + bytes(18),
    }
    for naam, bytes_ in inhoud.items():
        (map_ / naam).write_bytes(bytes_)
    for naam, soort in (("deflate.zip", ZIP_DEFLATED), ("lzma.zip", ZIP_LZMA)):
        with ZipFile(map_ / naam, "w", soort) as archief:
            archief.writestr("bericht.xml", b"<x>" + os.urandom(500) + b"</x>")
        heel = bytearray((map_ / naam).read_bytes())
        heel[60:120] = bytes(60)
        (map_ / f"kapot-{naam}").write_bytes(heel)
    return sorted(map_.iterdir())


@pytest.mark.parametrize("naam", ["valideer", "proef", "verwerk"])
def test_damaged_files_are_refused_by_every_command_and_never_end_it(
    opdracht: Callable[..., Any], tmp_path: Path, naam: str
) -> None:
    bron, uit = tmp_path / "bron", tmp_path / "uit"
    bron.mkdir()
    paden = _damaged(bron)
    uitkomst = opdracht(naam, *paden, *(("--uit", uit) if naam == "verwerk" else ()))
    assert "Traceback" not in uitkomst.output
    assert uitkomst.exit_code == (0 if naam == "verwerk" else 1), uitkomst.output
    if naam == "verwerk":
        assert {item["status"] for item in json.loads((uit / "resultaat.json").read_bytes())["berichten"]} == {"geweigerd"}
    for bestand in paden:
        assert run("laad", "tarieven", bestand).exit_code == 1


def test_folders_and_files_that_are_not_what_they_should_be(opdracht: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("")
    for woorden in (
        ("verwerk", tmp_path / "weg"),
        ("verwerk", tmp_path, "--uit", tmp_path / "bestand"),
        ("rapport", "totalen", "--uit", tmp_path / "bestand"),
        ("laad", "tarieven", tmp_path),
        ("monitor", "opgaven", tmp_path),
        ("voorbeeld", "--map", tmp_path / "bestand" / "dieper"),
    ):
        uitkomst = opdracht(*woorden)
        assert (uitkomst.exit_code, "Traceback" in uitkomst.output) == (2, False), uitkomst.output
        assert "ging iets mis" not in uitkomst.output


def _folder(map_: Path) -> Path:
    """One message, one ZIP under another name, and everything else that lies in such a folder."""
    map_.mkdir()
    (map_ / "bericht.xml").write_text("<x/>")
    with ZipFile(map_ / "maart.bak", "w") as archief:
        archief.writestr("een.xml", "<x/>")
        archief.writestr("__MACOSX/._een.xml", "Mac")
    with ZipFile(map_ / "lijst.xlsx", "w") as archief:
        archief.writestr("[Content_Types].xml", "<x/>")
    (map_ / "leesmij.txt").write_text("lees mij")
    (map_ / "ander.bericht").write_text("<x/>")
    (map_ / "leeg.csv").write_text("")
    (map_ / "weg.xml").symlink_to(map_ / "er-is-niets.xml")
    (map_ / "dieper").mkdir()
    (map_ / "dieper" / "Thumbs.db").write_bytes(b"\xd0\xcf\x11\xe0")
    return map_


OVERGESLAGEN = {
    "lijst.xlsx": "document",
    "leesmij.txt": "geen XML- of ZIP-bestand",
    "ander.bericht": "eindigt niet op .xml",
    "leeg.csv": "leeg",
    "weg.xml": "er niet is",
    "dieper/Thumbs.db": "geen XML- of ZIP-bestand",
    "maart.bak/__MACOSX/._een.xml": "toegevoegd",
    "antwoorden/oud.antwoord.xml": "resultaten",
}


def test_verwerk_names_every_file_that_it_passes_over_and_why(opdracht: Callable[..., Any], tmp_path: Path) -> None:
    bron = _folder(tmp_path / "bron")
    uit = bron / "antwoorden"
    uit.mkdir()
    (uit / "oud.antwoord.xml").write_text("<x/>")
    uitkomst = opdracht("verwerk", bron, "--uit", uit)
    resultaat = json.loads((uit / "resultaat.json").read_bytes())
    assert [item["bestand"] for item in resultaat["berichten"]] == ["bericht.xml", "maart.bak/een.xml"]
    redenen = {item["bestand"]: item["reden"] for item in resultaat["overgeslagen"]}
    assert redenen.keys() == OVERGESLAGEN.keys()
    for naam, deel in OVERGESLAGEN.items():
        assert deel in redenen[naam]
        assert f"{naam}: {redenen[naam]}" in uitkomst.output
    assert "8 bestanden zijn overgeslagen" in uitkomst.output


def test_a_file_that_is_named_is_taken_whatever_it_is_called(tmp_path: Path) -> None:
    bron = _folder(tmp_path / "bron")
    lijst = list_files([bron / "leesmij.txt", bron / "ander.bericht"])
    assert [item.naam for item in lijst] == ["ander.bericht", "leesmij.txt"]
    assert lijst.overgeslagen == []


def test_a_file_that_may_not_be_read_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "geheim.xml").write_text("<x/>")
    monkeypatch.setattr(os, "access", lambda pad, _: Path(pad).name != "geheim.xml")
    (over,) = list_files([tmp_path]).overgeslagen
    assert (over.bestand, over.reden) == ("geheim.xml", "U hebt geen rechten om dit te lezen.")


def _goed(map_: Path) -> list[Path]:
    assert run("voorbeeld", "--map", map_, "--clienten", 2, "--maanden", 1, "--no-fouten").exit_code == 0
    return sorted((map_ / "berichten").glob("*.xml")) or sorted(map_.rglob("*.xml"))


def test_proef_takes_a_zip_and_exits_1_when_something_would_be_refused(opdracht: Callable[..., Any], tmp_path: Path) -> None:
    berichten = [pad for pad in _goed(tmp_path / "stad") if b"JW301" in pad.name.upper().encode() or b"jw301" in pad.read_bytes()]
    with ZipFile(tmp_path / "goed.bestand", "w") as archief:
        archief.writestr("a.xml", berichten[0].read_bytes())
    goed = opdracht("proef", tmp_path / "goed.bestand")
    assert goed.exit_code == 0, goed.output
    assert [item["bestand"] for item in json.loads(goed.stdout)["berichten"]] == ["goed.bestand/a.xml"]
    with ZipFile(tmp_path / "fout.bestand", "w") as archief:
        archief.writestr("a.xml", berichten[0].read_bytes())
        archief.writestr("b.xml", b"<x/>")
    fout = opdracht("proef", tmp_path / "fout.bestand")
    assert fout.exit_code == 1
    assert [item["status"] for item in json.loads(fout.stdout)["berichten"]] == ["verwerkt", "geweigerd"]


def test_status_is_quiet_when_all_is_well(opdracht: Callable[..., Any]) -> None:
    uitkomst = opdracht("status")
    assert uitkomst.exit_code == 0, uitkomst.output
    assert "Er wacht geen bericht op verwerking." in uitkomst.output


def _execute(werkplaats: Werkplaats, *opdrachten: str, **waarden: Any) -> None:
    with as_owner(werkplaats) as verbinding:
        for opdracht in opdrachten:
            verbinding.execute(text(opdracht), waarden)


_VAST = "UPDATE bericht SET status = 'in_behandeling', storing = 'BoekenFout', pogingen = 3 WHERE soort = 'JW301'"
_SLUIT_NIET = (
    "INSERT INTO boekencontrole (gemeente, gedraaid_op, verschillen, per_controle)"
    " SELECT gemeente, :op, 2, '{}' FROM bericht LIMIT 1"
)


def test_status_names_what_asks_for_a_person(werkplaats: Werkplaats, opdracht: Callable[..., Any]) -> None:
    fill_town(werkplaats, 700)
    submit(werkplaats, Regel("A", 700, APR, 4))
    _execute(werkplaats, _VAST)
    _execute(werkplaats, _SLUIT_NIET, op=werkplaats.instellingen.nu() - timedelta(hours=3))
    uitkomst = opdracht("status")
    assert uitkomst.exit_code == 1
    assert "staan stil bij JW301" in uitkomst.output
    assert "mislukte 3 keer, het laatst door BoekenFout" in uitkomst.output
    assert "sloten niet op" in uitkomst.output
    gelijk = json.loads(opdracht("status", "--json").stdout)
    assert [item["melding"] for item in gelijk] == [item.melding for item in look_around(werkplaats)]


def test_status_tells_in_the_netherlands_time_of_messages_that_nobody_takes_up(werkplaats: Werkplaats) -> None:
    fill_town(werkplaats, 700)
    op = datetime(2026, 6, 30, 22, 5, tzinfo=UTC)
    _execute(werkplaats, "UPDATE bericht SET status = 'ontvangen', ontvangen_op = :op", op=op)
    laat = set_instelling(werkplaats, stilgezet_op=datetime(2026, 6, 30, 23, 0, tzinfo=UTC))
    melding = next(item.melding for item in look_around(laat) if item.onderwerp == "stroom")
    assert "sinds 1 juli 2026, 00:05 uur" in melding
    assert "niemand pakt het op" in melding


def test_the_module_is_the_command(tmp_path: Path) -> None:
    gedaan = subprocess.run(
        [sys.executable, "-m", "berichten.cli", "valideer", str(tmp_path / "weg.xml")],
        capture_output=True, text=True, env=own_environment(), check=False,
    )  # fmt: skip
    assert (gedaan.returncode, gedaan.stdout) == (2, "")
    assert "is er niet. Controleer de naam en de map." in gedaan.stderr


def test_a_port_that_is_taken_or_is_none_is_told_before_anything_starts() -> None:
    with socket.create_server(("127.0.0.1", 0)) as bezet:
        uitkomst = run("dienst", "--port", bezet.getsockname()[1])
    assert (uitkomst.exit_code, "bezet" in uitkomst.output) == (2, True)
    uitkomst = run("dienst", "--port", 99_999)
    assert uitkomst.exit_code == 2
    assert "65535" in uitkomst.output
    assert not ENGELS.search(uitkomst.output)


def test_a_report_of_a_gemeente_that_is_in_no_books_is_no_empty_report(opdracht: Callable[..., Any], tmp_path: Path) -> None:
    uitkomst = opdracht("rapport", "totalen", "--gemeente", "0485", "--uit", tmp_path)
    assert uitkomst.exit_code == 2
    assert "'0485' staat niet in de boeken" in uitkomst.output
    assert list(tmp_path.iterdir()) == []
