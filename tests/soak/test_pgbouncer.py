"""Two services behind a PgBouncer in transaction mode, on fewer connections than they have threads: no error, and nobody's rows."""

import os
import pwd
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, make_url, text

from berichten.fouten import Bedieningsfout
from berichten.instellingen import Instellingen
from berichten.opslag.basis.verbinding import Logins
from berichten.opslag.server.ingebed import embedded_postgres
from berichten.opslag.server.logins import open_logins
from berichten.processen.basis.werkplaats import open_werkplaats
from berichten.voorbeelden.model.model import GEMEENTE
from berichten.voorbeelden.stad.stad import maak_stad
from tests.api.dienst import Dienst, await_outcome, free_port, post, prepare, running_dienst
from tests.conftest import VANDAAG, Vertel
from tests.hulp.programmas import await_true, find_program, listens, running_program
from tests.soak.test_kill import Verzending, as_uitkomst, check_books, sum_journaal, undisturbed

AANTAL = 700
LEZINGEN = 600
_INI = """
[databases]
* = host=/proc/self/cwd port=5432
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = {lijst}
pool_mode = transaction
default_pool_size = 2
max_client_conn = 400
"""


@contextmanager
def pgbouncer(logins: Logins, eigenaar: str, map_: Path) -> Iterator[int]:
    """The port of a pooler before the server of these logins, with two connections for each login."""
    data = map_ / "var/postgres/data"
    wie = pwd.getpwuid(data.stat().st_uid).pw_name
    port = free_port()
    # The server's user may not walk to the socket; it is put there.
    socket = Path(str(make_url(logins.boeker).query["host"]))
    with tempfile.TemporaryDirectory() as eigen:
        ini, lijst = Path(eigen) / "pgbouncer.ini", Path(eigen) / "lijst.txt"
        ini.write_text(_INI.format(port=port, lijst=lijst))
        urls = [make_url(url) for url in (*asdict(logins).values(), eigenaar)]
        lijst.write_text("".join(f'"{url.username}" "{url.password}"\n' for url in urls))
        for pad in (Path(eigen), ini, lijst):
            os.chown(pad, data.stat().st_uid, data.stat().st_gid)
        with running_program([find_program("pgbouncer"), str(ini)], map_ / "pgbouncer.log", als=wie, map_=socket):
            await_true(lambda: listens(port), "pgbouncer")
            yield port


@pytest.mark.soak
@pytest.mark.timeout(900)
def test_two_services_behind_a_pooler(tmp_path: Path, vertel: Vertel) -> None:
    stad = maak_stad(clienten=240, maanden=6, seed=9, tot=VANDAAG.replace(month=5, day=1))
    berichten = stad.berichten[:AANTAL]
    var, geheim = tmp_path / "var", tmp_path / "geheim"
    geheim.write_text("een lange toevallige tekst van veertig tekens")
    with ExitStack() as open_:
        url = open_.enter_context(embedded_postgres(var))
        instellingen = Instellingen(database_url=url, database_geheim=geheim, var=var, huidige_datum=VANDAAG)
        werkplaats = open_.enter_context(open_werkplaats(instellingen))
        sleutels = prepare(werkplaats, stad)
        port = open_.enter_context(pgbouncer(werkplaats.opslag.logins, url, tmp_path))
        boeker = make_url(werkplaats.opslag.logins.boeker)
        door = boeker.set(host="127.0.0.1", port=port, query={}).render_as_string(hide_password=False)
        omgeving = {
            "BERICHTEN_DATABASE_URL": door,
            "BERICHTEN_DATABASE_GEHEIM": str(geheim),
            "BERICHTEN_HUIDIGE_DATUM": VANDAAG.isoformat(),
            "BERICHTEN_VAR": str(var),
        }
        diensten = [open_.enter_context(running_dienst(omgeving, tmp_path / f"dienst{nr}.log")) for nr in (1, 2)]
        verzending = Verzending()

        def send(nummer: int) -> None:
            bericht = berichten[nummer]
            with diensten[nummer % 2].client(sleutels[bericht.afzender]) as client:
                antwoord = post(client, bericht.inhoud)
            assert antwoord.status_code in (200, 202, 400), antwoord.text
            verzending.berichten[bericht.bestandsnaam] = bericht, antwoord.json()

        for nummer in range(AANTAL):
            send(nummer)
        uitkomsten = {}
        for naam, (bericht, ontvangst) in verzending.berichten.items():
            with diensten[0].client(sleutels[bericht.afzender]) as client:
                uitkomsten[naam] = as_uitkomst(await_outcome(client, ontvangst["berichtId"]))
        with werkplaats.opslag.transaction() as verbinding:
            check_books(verbinding, verzending)
            geboekt = sum_journaal(verbinding)
        vreemd = read_as_everyone(
            diensten, {agb: sleutel for agb, sleutel in sleutels.items() if agb.isdigit() and agb != GEMEENTE}
        )
        fouten = sum(log.read_text().count('"level": "error"') for log in tmp_path.glob("dienst*.log"))
        with pytest.raises(Bedieningsfout, match="PgBouncer"):
            open_logins(make_url(url).set(host="127.0.0.1", port=port, query={}).render_as_string(hide_password=False), geheim, var)
        verwacht, verwacht_geboekt = undisturbed(make_database(url), tmp_path / "rustig", stad, berichten)
    vertel(f"\npgbouncer: {AANTAL} berichten over twee diensten, {LEZINGEN} lezingen: {vreemd} vreemde rijen, {fouten} fouten")
    assert (uitkomsten, geboekt) == (verwacht, verwacht_geboekt)
    assert (vreemd, fouten) == (0, 0)


def read_as_everyone(diensten: list[Dienst], sleutels: dict[str, str]) -> int:
    """How many messages anybody saw that are not its own; everybody reads at once."""

    def read(nummer: int) -> int:
        agb, sleutel = list(sleutels.items())[nummer % len(sleutels)]
        with diensten[nummer % 2].client(sleutel) as client:
            antwoord = client.get("/berichten", params={"paginaGrootte": 20}).raise_for_status().json()
        assert antwoord["berichten"], agb
        return sum(agb not in (item["afzender"], item["ontvanger"]) for item in antwoord["berichten"])

    with ThreadPoolExecutor(24) as lezers:
        return sum(lezers.map(read, range(LEZINGEN)))


def make_database(url: str) -> str:
    """One more database on the same server."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as verbinding:
        verbinding.execute(text("CREATE DATABASE rustig"))
    return make_url(url).set(database="rustig").render_as_string(hide_password=False)
