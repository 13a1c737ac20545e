"""Who reads: every operation and every page, by every role, and forms with a BSN in their words."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any
from unittest.mock import patch

from tests.hulp.api.paginas import ZOEKVELD
from tests.hulp.api.paginawandeling import open_page, walk_pages
from tests.hulp.api.partijen import Partij
from tests.hulp.api.wandeling import ask_all, list_questions
from tests.hulp.bezoek import WACHTWOORD, Bezoek
from tests.hulp.bouwstenen import AGB, ANDER_BSN, BSN, GEMEENTE
from tests.hulp.bsn.bsnloop import JAN, ROLLEN, Loop
from tests.hulp.declareer import Regel, declaratie

TWEEDE = "tweede"
"""Another user of the machine."""
EIGEN = "zeven rode fietsen varen"
"""The password that each person chooses."""


def know_objects(run: Loop) -> dict[str, Any]:
    """Something of everything that can be asked for."""
    kent = {
        "berichtId": run.ask("gemeente", "GET", "/berichten?soort=JW323").json()["berichten"][-1]["berichtId"],
        "toewijzingnummer": 1, "agb": AGB, "referentienummer": "A", "identificatie": "J", "declaratienummer": "D",
        "eigenKenmerk": "x", "bsn": BSN, "rekeningId": 1, "blokkadeId": 1, "runId": 1, "iban": "NL91ABNA0417164300",
        "persoonId": "0", "sleutelId": "0", "toekenningId": 1, "verzoekId": "9f1c2d3e-0000-4000-8000-000000000000", "signaalId": 1,
        "maatregelId": 1, "steekproefId": 1, "casussignaalId": 1,
    }  # fmt: skip
    regels = run.ask("gemeente", "GET", f"/declaraties/{kent['berichtId']}/prestaties").json()["prestaties"]
    return kent | {"prestatieId": regels[0]["prestatieId"]}


def read_operations(run: Loop, kent: dict[str, Any]) -> None:
    """Every operation that reads, in every form, by every role that may; and searches by a BSN, with one that is none."""
    assert run.dienst is not None
    for wie in (*ROLLEN, AGB):
        with run.dienst.client(run.sleutels[wie]) as client:
            for _, antwoord in ask_all(client, list_questions(kent), ieder=run.ieder):
                run.keep(antwoord)
    for wie in ("gemeente", "beheer"):
        for bsn in (BSN, "123456789"):
            run.ask(wie, "POST", "/inzagelog/zoekopdrachten", json={"bsn": bsn})
            run.ask(wie, "POST", "/toewijzingen/zoekopdrachten", json={"bsn": bsn})
    run.ask("contractbeheer", "POST", "/toewijzingen/1/bsn", json={"reden": "De cliënt belt"})


def browse_pages(run: Loop, kent: dict[str, Any]) -> None:
    """Every page as every role sees it, searches and addresses with a BSN too; and forms with one in their words."""
    assert run.dienst is not None
    for nummer, gebruiker in enumerate((getpass.getuser(), TWEEDE)):
        # Who types a command that takes two people has to be one of them.
        naam = f"machine{nummer}@voorbeeld.nl"
        opties = ("--gemeente", GEMEENTE, "--naam", f"Machine {nummer}", "--inlognaam", naam, "--rol", "gemeente", "--zelf")
        run.command("gebruiker", "maak", *opties, invoer=f"{WACHTWOORD}\n")
        with Bezoek(run.dienst.adres) as bezoek:
            _enter(bezoek, naam)
        with patch("getpass.getuser", return_value=gebruiker):
            run.command("gebruiker", "koppel", naam, "--machine", invoer=f"{EIGEN}\n")
    with visit_as(run, "aanbieder", "--agb", AGB) as bezoek:
        bezoek.get("/portaal/versturen")
        inhoud = declaratie(JAN, [Regel("P", 1, JAN, 1), Regel("Q", 97, JAN, 1, bsn=ANDER_BSN)], identificatie="P")
        zending = bezoek.send_file("/portaal/versturen", "bestand", inhoud)
        run.keep(zending)
        partij = Partij(GEMEENTE, AGB, 0, kent | {"zendingId": zending.headers["Location"].rpartition("/")[2]})
        _open_pages(run, bezoek, partij)
        _write(run, bezoek, f"/portaal/berichten/{kent['berichtId']}/regels/{kent['prestatieId']}", "tekst")
        run.keep(bezoek.post(f"/portaal/versturen/{partij.kent['zendingId']}"))
    for rol in ROLLEN:
        with visit_as(run, rol) as bezoek:
            _open_pages(run, bezoek, partij)
            _write(run, bezoek, f"/portaal/prestaties/{kent['prestatieId']}/opmerkingen", "opmerking")
            _write(run, bezoek, f"/portaal/prestaties/{kent['prestatieId']}/besluit", "motivering", keuze="toekennen")
            for doe, van in (("zoek", ""), ("verslag", ""), ("zoek", "ooit")):
                run.keep(bezoek.post("/portaal/inzage/client", None, bsn=BSN, eerste=van, doe=doe))


@contextmanager
def visit_as(run: Loop, rol: str, *meer: str) -> Iterator[Bezoek]:
    """A person of this role, logged in."""
    assert run.dienst is not None
    naam = f"{rol}@voorbeeld.nl"
    opties = ("--gemeente", GEMEENTE, "--naam", f"Persoon {rol}", "--inlognaam", naam, "--rol", rol, *meer, "--zelf")
    run.command("gebruiker", "maak", *opties, invoer=f"{WACHTWOORD}\n")
    # Somebody else confirms a role that takes two people.
    with patch("getpass.getuser", return_value=TWEEDE):
        for regel in run.command("gebruiker", "wachtend", "--gemeente", GEMEENTE).splitlines()[1:]:
            run.command("gebruiker", "bevestig", "--gemeente", GEMEENTE, regel.split()[0])
    with Bezoek(run.dienst.adres) as bezoek:
        _enter(bezoek, naam)
        yield bezoek


def _enter(bezoek: Bezoek, naam: str) -> None:
    """Log in for the first time, and choose a password."""
    assert bezoek.log_in(naam).status_code == 303
    bezoek.get("/portaal/wachtwoord")
    assert bezoek.post("/portaal/wachtwoord", None, huidig=WACHTWOORD, nieuw=EIGEN, herhaald=EIGEN).status_code == 303


def _open_pages(run: Loop, bezoek: Bezoek, partij: Partij) -> None:
    for _, antwoord in walk_pages([partij], partial(open_page, bezoek), ieder=run.ieder):
        run.keep(antwoord, f"{ZOEKVELD}={BSN}")


def _write(run: Loop, bezoek: Bezoek, pad: str, veld: str, **rest: str) -> None:
    zin = f"Het gaat om {BSN}"
    run.keep(bezoek.post(pad, None, **{veld: zin, **rest}), zin)
