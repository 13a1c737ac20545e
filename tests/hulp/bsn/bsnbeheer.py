"""What who runs the service does: keys, commands with files of his own, and a database that refuses rows."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, text

from berichten.opslag.basis.verbinding import Opslag
from berichten.opslag.server.ingebed import embedded_postgres
from tests.api.dienst import GEDULD, await_outcome
from tests.api.gevallen import STAD
from tests.hulp.bouwstenen import AGB, BSN, GEMEENTE
from tests.hulp.bsn.bsnloop import JAN, ROLLEN, XML, Loop
from tests.hulp.declareer import Regel, declaratie, toewijzing


def make_keys(run: Loop) -> None:
    for rol in ROLLEN:
        run.sleutels[rol] = run.command("sleutel", "maak", "--rol", rol, "--gemeente", GEMEENTE, "--naam", f"Piet {rol}")
    for item in STAD.aanbieders:
        run.sleutels[item.agb] = run.command("sleutel", "maak", "--rol", "aanbieder", "--agb", item.agb, "--gemeente", GEMEENTE)
    run.sleutels[GEMEENTE] = run.sleutels["gemeente"]
    run.command("sleutel", "maak", "--rol", "beheer", "--gemeente", GEMEENTE, "--naam", BSN)
    run.command("sleutel", "lijst")


def break_database(run: Loop) -> None:
    """The database refuses rows that hold a BSN, one by one and by COPY: PostgreSQL would quote them."""
    with _as_owner_of(run) as verbinding:
        for tabel in ("prestatie", "toewijzing", "levering"):
            verbinding.execute(text(f"ALTER TABLE {tabel} ADD CONSTRAINT vol CHECK (bsn = '') NOT VALID"))
    run.ask(GEMEENTE, "POST", "/berichten", content=toewijzing(7), headers=XML)
    antwoord = run.ask(AGB, "POST", "/berichten", content=declaratie(JAN, [Regel("Z", 1, JAN, 1)]), headers=XML)
    assert antwoord.status_code == 202
    assert run.dienst is not None
    _await_failure(run.map_)
    with _as_owner_of(run) as verbinding:
        for tabel in ("prestatie", "toewijzing", "levering"):
            verbinding.execute(text(f"ALTER TABLE {tabel} DROP CONSTRAINT vol"))
        vragen = verbinding.execute(text("SELECT query FROM pg_stat_activity")).fetchall()
    run.speurder.add("pg_stat_activity", "\n".join(str(rij[0]) for rij in vragen))
    with run.dienst.client(run.sleutels["gemeente"]) as client:
        await_outcome(client, antwoord.json()["berichtId"])


def run_commands(run: Loop) -> None:
    """What the operator types, with files of his own."""
    (run.map_ / "in").mkdir()
    for naam, inhoud in {
        "goed.xml": toewijzing(8), "kapot.xml": f"<a>{BSN}</a>".encode(), "bsn.xml": toewijzing(9)[:-9],
        "declaratie.xml": declaratie(JAN, [Regel("Y", 8, JAN, 1), Regel("X", 98, JAN, 1)]), f"{BSN}.txt": BSN.encode(),
    }.items():  # fmt: skip
        (run.map_ / "in" / naam).write_bytes(inhoud)
    bestanden = ("in/goed.xml", "in/kapot.xml", "in/bsn.xml", "in/declaratie.xml")
    for opdracht, *rest in (("valideer",), ("valideer", "--json"), ("proef",), ("verwerk", "--uit", "uit")):
        run.command(opdracht, *bestanden, *rest)
    (run.map_ / "fout.csv").write_text(f"gemeente;agb;naam\n{BSN};{BSN};{BSN}\n")
    for woorden in (
        ("laad", "aanbieders", "fout.csv"), ("status",), ("rapport", "totalen", "--formaat", "csv,xlsx,json"),
        ("rapport", "journaal", "--formaat", "csv"), ("herbeoordeel", "--proef", "--gemeente", GEMEENTE, "--agb", AGB),
        ("db", "controle"), ("monitor", "tabel1"), ("sleutel", "intrek", BSN), ("machtiging", "intrek", "999"),
    ):  # fmt: skip
        run.command(*woorden)
    run.command("inzage", "--gemeente", GEMEENTE, invoer=f"{BSN}\n")
    run.command("inzage", "--gemeente", GEMEENTE, "--formaat", "csv", "--uit", "inzage.csv", invoer=f"{BSN}\n")
    run.command("inzage", "--gemeente", GEMEENTE, invoer=f"{BSN}1\n")


@contextmanager
def _as_owner_of(run: Loop) -> Iterator[Connection]:
    """The owner of the tables, on the server that the service runs on."""
    with embedded_postgres(run.map_ / "var") as url:
        opslag = Opslag(url)
        with opslag.transaction() as verbinding:
            yield verbinding
        opslag.close()


def _await_failure(map_: Path) -> None:
    """Until the service, or who works for it, tells that it could not handle one."""
    uiterlijk = time.monotonic() + GEDULD
    while not any("verwerken_mislukt" in log.read_text() for log in map_.glob("*.log")):
        assert time.monotonic() < uiterlijk
        time.sleep(0.05)
