"""A run of everything that knows a BSN leaves it in the tables and in what was asked for, and nowhere else.

A service with a database server of its own takes messages of every kind, good and bad, with a BSN where it does not belong;
questions, files and words with one; people of every role open every page, and write one in its forms; the database refuses rows
that hold one. Then everything that came out is searched: the log of the service and that of PostgreSQL, answers, pages, headers,
metrics, temporary and other files, what commands print, what the broker gets.
"""

import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import Connection, text
from typer.testing import CliRunner

from berichten.cli import app
from berichten.opslag.basis.verbinding import Opslag
from berichten.opslag.server.ingebed import embedded_postgres
from berichten.processen.basis.werkplaats import Werkplaats
from tests.api.dienst import GEDULD, Dienst, await_outcome, start_dienst
from tests.api.gevallen import STAD, list_slechte_bestanden, list_verkeerde_loketten
from tests.conftest import VANDAAG, Vertel
from tests.hulp.api.bsnspeurder import Speurder, Tijdelijk
from tests.hulp.api.paginas import ZOEKVELD
from tests.hulp.api.paginawandeling import open_page, walk_pages
from tests.hulp.api.partijen import Partij
from tests.hulp.api.wandeling import PADEN, ask, list_questions
from tests.hulp.bezoek import WACHTWOORD, Bezoek
from tests.hulp.bouwstenen import AGB, ANDER_BSN, BSN, GEMEENTE
from tests.hulp.declareer import Regel, declaratie, toewijzing
from tests.hulp.jw303 import Oud, jw303
from workers.bel import Bel

pytestmark = pytest.mark.timeout(900)
JAN = date(2026, 1, 1)
XML, CSV = {"Content-Type": "application/xml"}, {"Content-Type": "text/csv"}
ROLLEN = ("gemeente", "contractbeheer", "financien", "beheer")
_BSN_IN_XML = re.compile(rb"Bsn>\s*([0-9]{9})\s*<")
_VOL = re.compile(r"/(inhoud|antwoord|bsn)$")
"""What gives out a whole BSN, to who asked for just that."""


@dataclass(slots=True)
class Loop:
    """The run: a service of its own, keys for everybody, and what was seen."""

    map_: Path
    speurder: Speurder
    omgeving: dict[str, str]
    dienst: Dienst | None = None
    sleutels: dict[str, str] = field(default_factory=dict)
    standen: Counter[int] = field(default_factory=Counter)

    def command(self, *woorden: str, invoer: str = "") -> str:
        """A command as its user types it; what it prints is searched, but for answers to the message that he handed in."""
        with chdir(self.map_):
            gedaan = CliRunner().invoke(app, list(woorden), env=self.omgeving, input=invoer)
        assert gedaan.exception is None or isinstance(gedaan.exception, SystemExit), gedaan.exception
        zonder = "\n".join(regel for regel in gedaan.stdout.splitlines() if not regel.lstrip().startswith('"antwoord": '))
        self.speurder.add(f"berichten {woorden[0]}", f"{zonder}\n{gedaan.stderr}")
        return gedaan.stdout.strip()

    def ask(self, wie: str, methode: str, pad: str, **wat: Any) -> httpx.Response:
        """A question to the service; its answer is searched, with its headers."""
        assert self.dienst is not None
        with self.dienst.client(self.sleutels.get(wie, wie) or None) as client:
            antwoord = client.request(methode, pad, **wat)
        self.keep(antwoord)
        return antwoord

    def keep(self, antwoord: httpx.Response, getypt: str = "") -> None:
        """Search an answer: not where a whole BSN was asked for and given, nor what a trial writes for its sender.

        `getypt` is what somebody typed, which a page gives back as it was: in an address, or in a form that is not kept.
        """
        self.standen[antwoord.status_code] += 1
        koppen = "\n".join(f"{naam}: {waarde}" for naam, waarde in antwoord.headers.items())
        self.speurder.add("headers of answers", koppen)
        if antwoord.status_code == 200 and _VOL.search(antwoord.url.path):
            return
        inhoud = antwoord.content.replace(getypt.encode(), b"")
        if antwoord.status_code == 200 and antwoord.url.path.endswith("/proefberichten"):
            inhoud = json.dumps({**antwoord.json(), "antwoord": None}).encode()
        waar = "pages" if antwoord.headers.get("content-type", "").startswith("text/html") else "answers"
        self.speurder.add(waar if antwoord.status_code < 400 else "refusals", inhoud)


@pytest.fixture(scope="module")
def loop(tmp_path_factory: pytest.TempPathFactory) -> Loop:
    """All of it, once."""
    map_ = tmp_path_factory.mktemp("nergens")
    tijdelijk = map_ / "tijdelijk"
    tijdelijk.mkdir()
    bsns = {BSN, ANDER_BSN}.union(*(_read_bsns(bericht.inhoud) for bericht in STAD.berichten))
    omgeving = {
        "BERICHTEN_DATABASE_URL": "", "BERICHTEN_VAR": str(map_ / "var"), "BERICHTEN_HUIDIGE_DATUM": VANDAAG.isoformat(),
        "BERICHTEN_VEEG_SECONDEN": "0.2", "BERICHTEN_SLEUTEL_VERZOEKEN": "0", "BERICHTEN_ADRES_VERZOEKEN": "0",
        "BERICHTEN_LOKAAL_INLOGGEN": "true", "TMPDIR": str(tijdelijk),
    }  # fmt: skip
    run = Loop(map_, Speurder(bsns), omgeving)
    with Tijdelijk(tijdelijk, run.speurder) as gekeken:
        run.dienst = start_dienst(omgeving, map_ / "dienst.log")
        try:
            _make_keys(run)
            _load(run)
            _send(run)
            _refuse(run)
            _ask_with_bsn(run)
            _tell_with_bsn(run)
            kent = _know(run)
            _read(run, kent)
            _browse(run, kent)
            _break_database(run)
            _command(run)
            run.ask("beheer", "GET", "/metrics")
        finally:
            run.dienst.stop()
    run.speurder.add("names of temporary files", "\n".join(gekeken.namen))
    _collect(run)
    return run


def _read_bsns(inhoud: bytes) -> set[str]:
    return {bsn.decode() for bsn in _BSN_IN_XML.findall(inhoud)}


def _make_keys(run: Loop) -> None:
    for rol in ROLLEN:
        run.sleutels[rol] = run.command("sleutel", "maak", "--rol", rol, "--gemeente", GEMEENTE, "--naam", f"Piet {rol}")
    for item in STAD.aanbieders:
        run.sleutels[item.agb] = run.command("sleutel", "maak", "--rol", "aanbieder", "--agb", item.agb, "--gemeente", GEMEENTE)
    run.sleutels[GEMEENTE] = run.sleutels["gemeente"]
    run.command("sleutel", "maak", "--rol", "beheer", "--gemeente", GEMEENTE, "--naam", BSN)
    run.command("sleutel", "lijst")


def _load(run: Loop) -> None:
    """Reference files, and the same with a BSN in the place of every value."""
    for soort, tekst in STAD.referentie.items():
        adres = f"/referentie/{soort}"
        if adres.rpartition("/")[2] in ("verantwoording", "rekeningen"):
            continue
        run.ask("beheer", "POST", adres, content=tekst.encode(), headers=CSV)
        kop, rij = [*tekst.splitlines(), "", ""][:2]
        velden = rij.split(";")
        # An amount of so many cents is an amount.
        for plaats in (plek for plek, naam in enumerate(kop.split(";")) if naam != "bedrag"):
            fout = ";".join([*velden[:plaats], BSN, *velden[plaats + 1 :]])
            run.ask("beheer", "POST", adres, content=f"{kop}\n{fout}\n".encode(), headers=CSV)
        run.ask("beheer", "POST", adres, content=f"{kop};{BSN}\n{rij};{BSN}\n".encode(), headers=CSV)


def _send(run: Loop) -> None:
    """A town's messages of every kind, one of each also as a trial; and a JW303."""
    gezien = set()
    for bericht in STAD.berichten:
        if bericht.soort not in gezien:
            run.ask(bericht.afzender, "POST", "/proefberichten", content=bericht.inhoud, headers=XML)
        gezien.add(bericht.soort)
        run.ask(bericht.afzender, "POST", "/berichten", content=bericht.inhoud, headers=XML)
    eigen = [toewijzing(1), toewijzing(2, bsn=ANDER_BSN)]
    eigen_agb = [
        declaratie(JAN, [Regel("A", 1, JAN, 1), Regel("B", 99, JAN, 1, bsn=ANDER_BSN)]),
        jw303(date(2020, 12, 1), [Oud("O", 1)]),
    ]
    for wie, inhoud in [*((GEMEENTE, item) for item in eigen), *((AGB, item) for item in eigen_agb)]:
        antwoord = run.ask(wie, "POST", "/berichten", content=inhoud, headers=XML)
        assert antwoord.status_code == 202, antwoord.text
    assert run.dienst is not None
    with run.dienst.client(run.sleutels["gemeente"]) as client:
        await_outcome(client, antwoord.json()["berichtId"])


def _refuse(run: Loop) -> None:
    """Everything that can be wrong with a file, a BSN in odd places among it, sent and tried."""
    for geval in list_slechte_bestanden(STAD):
        for adres in ("/berichten", "/proefberichten"):
            run.ask(geval.wie, "POST", adres, content=geval.inhoud, headers=XML)
    for geval in list_verkeerde_loketten(STAD):
        if len(geval.inhoud) < 1_000_000:
            run.ask(
                geval.wie,
                geval.methode,
                geval.pad,
                content=geval.inhoud,
                headers={"Content-Type": geval.soort} if geval.soort else {},
            )


def _ask_with_bsn(run: Loop) -> None:
    """Who puts a BSN in an address, a header, a parameter or a name is refused, or finds nothing."""
    for pad, acties in PADEN.items():
        for methode, actie in acties.items():
            adres = re.sub(r"\{\w+\}", BSN, pad)
            run.ask("contractbeheer", methode.upper(), adres, params={item["name"]: BSN for item in actie.get("parameters", [])})
            run.ask("financien", methode.upper(), adres, params={BSN: BSN}, json={BSN: BSN, "bsn": BSN, "reden": f"om {BSN}"})
    for kop in ("Eigen-Kenmerk", "Namens", "Accept", "If-None-Match", "User-Agent", "Authorization", "Content-Type", "X-Eigen"):
        run.ask(AGB, "POST", "/berichten", content=toewijzing(3), headers={**XML, kop: BSN})
    run.ask(f"{GEMEENTE}.{BSN}.{BSN}", "GET", "/berichten")
    run.ask(AGB, "GET", f"/{BSN}/berichten")


def _tell_with_bsn(run: Loop) -> None:
    """Words and numbers that people give, with a BSN in them."""
    berichten = run.ask("contractbeheer", "GET", "/beoordelingen").json()["beoordelingen"]
    nummer = berichten[0]["prestatieId"] if berichten else 1
    zin = f"Het gaat om {BSN[:4]}.{BSN[4:6]}.{BSN[6:]} en {BSN}"
    for adres, inhoud in {
        f"/prestaties/{nummer}/beoordelingen": {"besluit": "toekennen", "motivering": zin},
        f"/prestaties/{nummer}/opmerkingen": {"tekst": zin},
        f"/prestaties/{nummer}/bsn": {"reden": zin},
        "/beoordelingen": {"prestatieIds": [nummer], "besluit": "toekennen", "motivering": "Goed"},
        "/beoordelingen/toewijzingen/afsluitingen": {"toewijzingnummer": 1, "reden": zin},
    }.items():
        run.ask("contractbeheer", "POST", adres, json=inhoud)
    run.ask("financien", "POST", "/financien/blokkades", json={"prestatieId": int(BSN), "reden": zin})
    for _ in range(2):
        run.ask("financien", "POST", "/financien/blokkades", json={"agb": AGB, "reden": "Onderzoek"})
    run.ask(
        "financien",
        "POST",
        "/financien/rekeningen",
        json={"iban": f"NL00{BSN}", "tenaamstelling": zin, "ingangsdatum": "2026-07-01"},
    )
    minuten = {"referentienummer": BSN, "datum": "2026-03-02", "minuten": 60, "soort": "direct", "contactnummer": BSN}
    run.ask(AGB, "POST", "/verantwoordingen", json={"verantwoordingen": [{**minuten, "niveau": BSN}]})


def _know(run: Loop) -> dict[str, Any]:
    """Something of everything that can be asked for."""
    kent = {
        "berichtId": run.ask("gemeente", "GET", "/berichten?soort=JW323").json()["berichten"][-1]["berichtId"],
        "toewijzingnummer": 1, "agb": AGB, "referentienummer": "A", "identificatie": "J", "declaratienummer": "D",
        "eigenKenmerk": "x", "bsn": BSN, "rekeningId": 1, "blokkadeId": 1, "runId": 1, "iban": "NL91ABNA0417164300",
        "persoonId": "0", "sleutelId": "0",
    }  # fmt: skip
    regels = run.ask("gemeente", "GET", f"/declaraties/{kent['berichtId']}/prestaties").json()["prestaties"]
    return kent | {"prestatieId": regels[0]["prestatieId"]}


def _read(run: Loop, kent: dict[str, Any]) -> None:
    """Every operation that reads, in every form, by every role; and searches by a BSN, with one that is none."""
    assert run.dienst is not None
    for wie in (*ROLLEN, AGB):
        with run.dienst.client(run.sleutels[wie]) as client:
            for vraag in list_questions(kent):
                run.keep(ask(client, vraag))
    for wie in ("gemeente", "beheer"):
        for bsn in (BSN, "123456789"):
            run.ask(wie, "POST", "/inzagelog/zoekopdrachten", json={"bsn": bsn})
            run.ask(wie, "POST", "/toewijzingen/zoekopdrachten", json={"bsn": bsn})
    run.ask("contractbeheer", "POST", "/toewijzingen/1/bsn", json={"reden": "De cliënt belt"})


def _browse(run: Loop, kent: dict[str, Any]) -> None:
    """Every page as every role sees it, searches and addresses with a BSN too; and forms with one in their words."""
    assert run.dienst is not None
    with _visit(run, "aanbieder", "--agb", AGB) as bezoek:
        bezoek.get("/portaal/versturen")
        inhoud = declaratie(JAN, [Regel("P", 1, JAN, 1), Regel("Q", 97, JAN, 1, bsn=ANDER_BSN)], identificatie="P")
        zending = bezoek.send_file("/portaal/versturen", "bestand", inhoud)
        run.keep(zending)
        partij = Partij(GEMEENTE, AGB, 0, kent | {"zendingId": zending.headers["Location"].rpartition("/")[2]})
        _open_pages(run, bezoek, partij)
        _write(run, bezoek, f"/portaal/berichten/{kent['berichtId']}/regels/{kent['prestatieId']}", "tekst")
        run.keep(bezoek.post(f"/portaal/versturen/{partij.kent['zendingId']}"))
    for rol in ROLLEN:
        with _visit(run, rol) as bezoek:
            _open_pages(run, bezoek, partij)
            _write(run, bezoek, f"/portaal/prestaties/{kent['prestatieId']}/opmerkingen", "opmerking")
            _write(run, bezoek, f"/portaal/prestaties/{kent['prestatieId']}/besluit", "motivering", keuze="toekennen")
            for doe, van in (("zoek", ""), ("verslag", ""), ("zoek", "ooit")):
                run.keep(bezoek.post("/portaal/inzage/client", None, bsn=BSN, eerste=van, doe=doe))


@contextmanager
def _visit(run: Loop, rol: str, *meer: str) -> Iterator[Bezoek]:
    """A person of this role, logged in."""
    assert run.dienst is not None
    naam = f"{rol}@voorbeeld.nl"
    opties = ("--gemeente", GEMEENTE, "--naam", f"Persoon {rol}", "--inlognaam", naam, "--rol", rol, *meer, "--zelf")
    run.command("gebruiker", "maak", *opties, invoer=f"{WACHTWOORD}\n")
    with Bezoek(run.dienst.adres) as bezoek:
        assert bezoek.log_in(naam).status_code == 303
        yield bezoek


def _open_pages(run: Loop, bezoek: Bezoek, partij: Partij) -> None:
    for _, antwoord in walk_pages([partij], partial(open_page, bezoek)):
        run.keep(antwoord, f"{ZOEKVELD}={BSN}")


def _write(run: Loop, bezoek: Bezoek, pad: str, veld: str, **rest: str) -> None:
    zin = f"Het gaat om {BSN}"
    run.keep(bezoek.post(pad, None, **{veld: zin, **rest}), zin)


def _break_database(run: Loop) -> None:
    """The database refuses rows that hold a BSN, one by one and by COPY: PostgreSQL would quote them."""
    with _as_owner(run) as verbinding:
        for tabel in ("prestatie", "toewijzing", "levering"):
            verbinding.execute(text(f"ALTER TABLE {tabel} ADD CONSTRAINT vol CHECK (bsn = '') NOT VALID"))
    run.ask(GEMEENTE, "POST", "/berichten", content=toewijzing(7), headers=XML)
    antwoord = run.ask(AGB, "POST", "/berichten", content=declaratie(JAN, [Regel("Z", 1, JAN, 1)]), headers=XML)
    assert antwoord.status_code == 202
    assert run.dienst is not None
    _await_failure(run.dienst.logboek)
    with _as_owner(run) as verbinding:
        for tabel in ("prestatie", "toewijzing", "levering"):
            verbinding.execute(text(f"ALTER TABLE {tabel} DROP CONSTRAINT vol"))
        vragen = verbinding.execute(text("SELECT query FROM pg_stat_activity")).fetchall()
    run.speurder.add("pg_stat_activity", "\n".join(str(rij[0]) for rij in vragen))
    with run.dienst.client(run.sleutels["gemeente"]) as client:
        await_outcome(client, antwoord.json()["berichtId"])


def _command(run: Loop) -> None:
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


def _collect(run: Loop) -> None:
    """What stayed on disk: all but the tables themselves, what the test wrote, and answers to the operator's own messages."""
    var = run.map_ / "var"
    run.speurder.add_files(
        run.map_, (var / "postgres" / "data", run.map_ / "in", run.map_ / "fout.csv", *run.map_.glob("uit/*.xml"))
    )


@contextmanager
def _as_owner(run: Loop) -> Iterator[Connection]:
    """The owner of the tables, on the server that the service runs on."""
    with embedded_postgres(run.map_ / "var") as url:
        opslag = Opslag(url)
        with opslag.transaction() as verbinding:
            yield verbinding
        opslag.close()


def _await_failure(logboek: Path) -> None:
    uiterlijk = time.monotonic() + GEDULD
    while "verwerken_mislukt" not in logboek.read_text():
        assert time.monotonic() < uiterlijk
        time.sleep(0.05)


def test_a_whole_run_leaves_no_bsn_but_in_the_tables(loop: Loop, vertel: Vertel) -> None:
    gevonden = loop.speurder.search()
    vertel(
        f"BSN: {len(loop.speurder.bsns)} BSNs in {loop.standen.total()} answers and {len(loop.speurder.gevonden)} places"
        f" ({loop.speurder.omvang // 1000} kB): found {len(gevonden)} times"
    )
    for plek in gevonden:
        vertel(f"BSN found: {plek}")
    assert gevonden == []


def test_the_run_did_what_it_was_to_do(loop: Loop) -> None:
    """Or finding nothing would prove nothing."""
    assert {200, 201, 202, 400, 401, 403, 404, 405, 409, 415} <= set(loop.standen)
    assert {"file dienst.log", "file var/postgres/server.log", "temporary files", "refusals", "answers", "pages"} <= set(
        loop.speurder.gevonden
    )
    assert b"verwerken_mislukt" in loop.speurder.gevonden["file dienst.log"]


def test_what_goes_to_the_broker_names_a_stream_and_nobody(werkplaats: Werkplaats) -> None:
    bel = Bel(werkplaats)
    bel.ring(GEMEENTE, AGB)
    gestuurd = [bel.broker.queues[naam].get_nowait() for naam in bel.broker.queues if bel.broker.queues[naam].qsize()]
    assert [json.loads(bericht)["args"] for bericht in gestuurd] == [[GEMEENTE, AGB]]
