"""Uploads for the monitor, and its reports on the command line."""

from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from berichten.cli import app
from berichten.cli.inzicht.monitor import monitor_app
from berichten.klok import dutch_day
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.monitor.laad_indicator import load_indicatoren, load_verwijzers
from berichten.processen.monitor.rapporten import RAPPORTEN, Lezer, Monitorverzoek
from berichten.rapporten.monitor.bereik import read_bereik
from tests.hulp.eigenaar import as_owner
from tests.hulp.monitoring.monitor import GEMEENTE, Regel, Zorg, find_row

GOED = """gemeente;nr;jaar;onderdeel;waarde;eenheid;bron
0484;10;2024;Team Noord;7,5;score;MTO 2024
0484;11;2024;Klachten;3;aantal;CRM
"""


def test_uploaded_figures_stand_among_the_indicators(werkplaats: Werkplaats) -> None:
    """With their source; a count of 3 is small here too. Loaded again, a figure takes the place of the one before."""
    assert load_indicatoren(werkplaats, GOED.encode(), "sleutel").regels == 2
    assert load_indicatoren(werkplaats, GOED.replace("7,5", "8").encode(), "sleutel").regels == 2
    tabel = RAPPORTEN["indicatoren"].make(Lezer(werkplaats), Monitorverzoek(read_bereik([GEMEENTE], "2024")))
    assert find_row(tabel, nr=10) | {"indicator": ""} == {
        "nr": 10, "indicator": "", "splitsing": "onderdeel", "groep": "Team Noord", "maat": "opgave", "waarde": 8,
        "eenheid": "score", "aantal": None, "bron": "MTO 2024",
    }  # fmt: skip
    assert find_row(tabel, nr=11)["waarde"] == "≤5"
    with werkplaats.opslag.transaction() as verbinding:
        door = verbinding.execute(text("SELECT DISTINCT geladen_door, geladen_op FROM monitor_opgave")).one()
    assert (door[0], dutch_day(door[1])) == ("sleutel", werkplaats.instellingen.vandaag())


@pytest.mark.parametrize(
    ("was", "wordt", "kolom", "melding"),
    [
        ("0484;10", "0484;6", "nr", "volgt uit de berichten"),
        ("7,5", "zeven", "waarde", "Schrijf een getal"),
        ("7,5", "7,555", "waarde", "twee cijfers achter de komma"),
        ("Klachten;3", "Klachten;3,5", "waarde", "heel getal"),
        ("0484;10", "0537;10", "gemeente", "alleen regels van 0484"),
        (";MTO 2024", ";", "bron", "is leeg"),
        ("2024;Team", "1024;Team", "jaar", "van 2000 tot en met 2100"),
    ],
)
def test_a_wrong_line_loads_nothing(werkplaats: Werkplaats, was: str, wordt: str, kolom: str, melding: str) -> None:
    geladen = load_indicatoren(werkplaats, GOED.replace(was, wordt).encode(), "sleutel", GEMEENTE)
    assert [(fout.pad, melding in fout.melding) for fout in geladen.fouten] == [(kolom, True)]
    with werkplaats.opslag.transaction() as verbinding:
        assert verbinding.execute(text("SELECT count(*) FROM monitor_opgave")).scalar_one() == 0


def test_referrers_are_those_of_the_report(werkplaats: Werkplaats) -> None:
    kop = "gemeente;toewijzingnummer;verwijzer\n"
    assert load_verwijzers(werkplaats, f"{kop}0484;1;Huisarts\n".encode(), "sleutel").regels == 1
    for naam in ("Justitiele", "Justitiële", "Justitie\u0308le"):
        assert load_verwijzers(werkplaats, f"{kop}0484;3;Rechter, OvJ, {naam} jeugdinrichting\n".encode(), "sleutel").regels == 1
        with werkplaats.opslag.transaction() as verbinding:
            vraag = text("SELECT verwijzer FROM verwijzing WHERE toewijzingnummer = 3")
            assert verbinding.execute(vraag).scalar_one() == "Rechter, OvJ, Justitiele jeugdinrichting"
    [fout] = load_verwijzers(werkplaats, f"{kop}0484;2;huisarts\n".encode(), "sleutel").fouten
    assert fout.melding.endswith("Schrijf het precies zo: Huisarts.")
    [fout] = load_verwijzers(werkplaats, b"gemeente;verwijzer\n", "sleutel").fouten
    assert "toewijzingnummer ontbreekt" in fout.melding


def test_the_operator_gets_every_report_as_a_file(werkplaats: Werkplaats, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By command, in each format, the one that compares gemeenten too; and uploads."""
    zorg = Zorg()
    zorg.regels += [Regel(client, 1000, product=zorg.product("4", "Basis GGZ")) for client in range(20)]
    with as_owner(werkplaats) as verbinding:
        zorg.save(verbinding)
    monkeypatch.setenv("BERICHTEN_DATABASE_URL", werkplaats.instellingen.database_url)
    opgave = tmp_path / "opgave.csv"
    opgave.write_text(GOED, encoding="utf-8")
    assert "2 regels geladen" in run_cli("opgaven", str(opgave))
    for naam in RAPPORTEN:
        for formaat in ("csv", "xlsx", "json"):
            uit = tmp_path / f"{naam}.{formaat}"
            run_cli("rapport", naam, "--gemeente", GEMEENTE, "--periode", "2024", "--formaat", formaat, "--uit", str(uit))
            assert uit.stat().st_size > 20
    *_, totaal, voetnoot = (tmp_path / "tabel1.csv").read_text(encoding="utf-8-sig").splitlines()
    assert totaal == "TOTAAL ALLE SEGMENTEN;totaal;200;20;10"
    assert "de maand waarin de hulp is gegeven" in voetnoot
    gelopen = CliRunner().invoke(
        app, ["rapport", "tabel1", "--periode", "2024", "--formaat", "csv,json", "--uit", str(tmp_path / "uit")]
    )
    assert gelopen.exit_code == 0, gelopen.output
    for formaat in ("csv", "json"):
        [geschreven] = (tmp_path / "uit").glob(f"tabel1-{GEMEENTE}-2024*-stand-*.{formaat}")
        assert geschreven.read_bytes() == (tmp_path / f"tabel1.{formaat}").read_bytes()


def run_cli(*woorden: str) -> str:
    gelopen = CliRunner().invoke(monitor_app, list(woorden))
    assert gelopen.exit_code == 0, gelopen.output
    return gelopen.output
