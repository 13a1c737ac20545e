"""All of the run, once, and then everything that came out of it."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from tests.api.dienst import start_dienst
from tests.api.gevallen import STAD
from tests.conftest import VANDAAG
from tests.hulp.api.bsnspeurder import Speurder, Tijdelijk
from tests.hulp.bouwstenen import ANDER_BSN, BSN
from tests.hulp.bsn.bsnbeheer import break_database, make_keys, run_commands
from tests.hulp.bsn.bsnbestanden import ask_with_bsn, load_files, read_bsns, send_bad_files, send_messages, tell_with_bsn
from tests.hulp.bsn.bsnlezers import browse_pages, know_objects, read_operations
from tests.hulp.bsn.bsnloop import Loop, collect_files


def _alone(_: dict[str, str]) -> AbstractContextManager[None]:
    return nullcontext()


def go_round(map_: Path, broker_url: str = "", beside: Callable[[dict[str, str]], AbstractContextManager[None]] = _alone) -> Loop:
    """The run with all that was seen; its files lie in this folder. `beside` gives what runs along with the same
    settings. Over a broker, in the long tests, everybody asks everything in every form."""
    tijdelijk = map_ / "tijdelijk"
    tijdelijk.mkdir()
    bsns = {BSN, ANDER_BSN}.union(*(read_bsns(bericht.inhoud) for bericht in STAD.berichten))
    omgeving = {
        "BERICHTEN_DATABASE_URL": "", "BERICHTEN_VAR": str(map_ / "var"), "BERICHTEN_HUIDIGE_DATUM": VANDAAG.isoformat(),
        "BERICHTEN_VEEG_SECONDEN": "0.2", "BERICHTEN_SLEUTEL_VERZOEKEN": "0", "BERICHTEN_ADRES_VERZOEKEN": "0",
        "BERICHTEN_LOKAAL_INLOGGEN": "true", "TMPDIR": str(tijdelijk), "BERICHTEN_BROKER_URL": broker_url,
    }  # fmt: skip
    run = Loop(map_, Speurder(bsns), omgeving, ieder=bool(broker_url))
    with Tijdelijk(tijdelijk, run.speurder) as gekeken:
        run.dienst = start_dienst(omgeving, map_ / "dienst.log")
        try:
            with beside(omgeving):
                _do_all(run)
        finally:
            run.dienst.stop()
    run.speurder.add("names of temporary files", "\n".join(gekeken.namen))
    collect_files(run)
    return run


def _do_all(run: Loop) -> None:
    make_keys(run)
    load_files(run)
    send_messages(run)
    send_bad_files(run)
    ask_with_bsn(run)
    tell_with_bsn(run)
    kent = know_objects(run)
    read_operations(run, kent)
    browse_pages(run, kent)
    break_database(run)
    run_commands(run)
    run.ask("beheer", "GET", "/metrics")
