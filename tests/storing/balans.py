"""The balance after a run: what was let in is there once and answered, and the books tie and are sealed."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection, text

from berichten.opslag.basis.verbinding import Login
from berichten.opslag.financien.nachtcontroles import list_gemeenten
from berichten.opslag.wacht.wachtrij import measure_streams
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.bewaking.bewaak_boeken import run_nightly
from tests.storing.zenders import Grootboek


def await_rest(werkplaats: Werkplaats, seconden: float) -> float:
    """Wait until nothing waits any more; how long that took."""
    begin = time.monotonic()
    while time.monotonic() - begin < seconden:
        with werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
            if not measure_streams(verbinding):
                return time.monotonic() - begin
        time.sleep(0.5)
    raise AssertionError(f"na {seconden:.0f} s wachten nog berichten")


def check(werkplaats: Werkplaats, boek: Grootboek, omgeving: Mapping[str, str]) -> list[str]:
    """Everything that does not tie; empty when all is well."""
    with werkplaats.opslag.transaction() as verbinding:
        mis = list(_compare(verbinding, boek))
        gemeenten = list_gemeenten(verbinding)
    # The next day seals this one, and what was sealed is held against the books.
    morgen = werkplaats.instellingen.model_copy(update={"huidige_datum": werkplaats.instellingen.vandaag() + timedelta(days=1)})
    verschillen = run_nightly(replace(werkplaats, instellingen=morgen))
    mis += [f"{verschillen} verschillen in de boeken"] if verschillen else []
    opdracht = [sys.executable, "-m", "berichten.cli", "db", "controle"]
    uitslag = subprocess.run(opdracht, env={**os.environ, **omgeving}, capture_output=True, text=True, check=False)
    mis += [f"db controle: {uitslag.stdout[-800:]}{uitslag.stderr[-800:]}"] if uitslag.returncode else []
    print(f"boeken van {len(gemeenten)} gemeenten gecontroleerd: {uitslag.stderr.strip().splitlines()[-1:]}", flush=True)
    return [*mis, *boek.anders]


def _compare(verbinding: Connection, boek: Grootboek) -> list[str]:
    def value(vraag: str) -> int:
        return int(verbinding.execute(text(vraag)).scalar_one() or 0)

    ingelaten = {bericht for bericht in boek.ontvangen.values() if bericht is not None}
    bewaard = verbinding.execute(text("SELECT bericht_id::text FROM bericht WHERE status <> 'geweigerd'")).scalars().all()
    paren = [
        ("berichten kwijt", len(ingelaten - set(bewaard)), 0),
        ("berichten die niemand stuurde", len(set(bewaard) - ingelaten), 0),
        ("berichten dubbel", len(bewaard) - len(set(bewaard)), 0),
        ("berichten die nog wachten", value("SELECT count(*) FROM bericht WHERE status IN ('ontvangen', 'in_behandeling')"), 0),
        (
            "antwoorden",
            value("SELECT count(*) FROM antwoord"),
            value("SELECT count(*) FROM bericht WHERE status IN ('verwerkt', 'afgekeurd')"),
        ),
        (
            "boekingen dubbel",
            value("SELECT count(*) - count(DISTINCT (gemeente, prestatie_id)) FROM journaal WHERE soort <> 'correctie'"),
            0,
        ),
        ("journaal en berichten", value("SELECT sum(bedrag) FROM journaal"), value("SELECT sum(toegekend_bedrag) FROM bericht")),
        (
            "journaal en regels",
            value("SELECT sum(bedrag) FROM journaal"),
            value("SELECT sum(bedrag) FROM prestatie WHERE uitkomst = 'toegekend'"),
        ),
        (
            "regels",
            value("SELECT count(*) FROM prestatie"),
            value("SELECT sum(aantal_regels) FROM bericht WHERE soort = 'JW323'"),
        ),
    ]
    print(f"geboekt {value('SELECT sum(bedrag) FROM journaal')} cent, {value('SELECT count(*) FROM prestatie')} regels", flush=True)
    return [f"{wat}: {een} en {ander}" for wat, een, ander in paren if een != ander]
