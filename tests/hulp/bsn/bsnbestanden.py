"""What is sent: messages and files of every kind, good ones and bad ones, and words with a BSN where it does not belong."""

import re
from datetime import date

from tests.api.dienst import await_outcome
from tests.api.gevallen import STAD, list_slechte_bestanden, list_verkeerde_loketten
from tests.hulp.api.wandeling import PADEN
from tests.hulp.bouwstenen import AGB, ANDER_BSN, BSN, GEMEENTE
from tests.hulp.bsn.bsnloop import CSV, JAN, XML, Loop
from tests.hulp.declareer import Regel, declaratie, toewijzing
from tests.hulp.jw303 import Oud, jw303

_BEDRAGEN = ("bedrag", "omzet", "resultaat", "waarde")
_BSN_IN_XML = re.compile(rb"Bsn>\s*([0-9]{9})\s*<")


def read_bsns(inhoud: bytes) -> set[str]:
    return {bsn.decode() for bsn in _BSN_IN_XML.findall(inhoud)}


def load_files(run: Loop) -> None:
    """Reference files, and the same with a BSN in the place of every value."""
    for soort, tekst in STAD.referentie.items():
        adres = f"/referentie/{soort}"
        if adres.rpartition("/")[2] in ("verantwoording", "rekeningen"):
            continue
        wie = "contractbeheer" if soort == "casusregie" else "beheer"
        run.ask(wie, "POST", adres, content=tekst.encode(), headers=CSV)
        kop, rij = [*tekst.splitlines(), "", ""][:2]
        velden = rij.split(";")
        # An amount of so many cents is an amount.
        for plaats in (plek for plek, naam in enumerate(kop.split(";")) if naam not in _BEDRAGEN):
            fout = ";".join([*velden[:plaats], BSN, *velden[plaats + 1 :]])
            run.ask(wie, "POST", adres, content=f"{kop}\n{fout}\n".encode(), headers=CSV)
        run.ask(wie, "POST", adres, content=f"{kop};{BSN}\n{rij};{BSN}\n".encode(), headers=CSV)


def send_messages(run: Loop) -> None:
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


def send_bad_files(run: Loop) -> None:
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


def ask_with_bsn(run: Loop) -> None:
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


def tell_with_bsn(run: Loop) -> None:
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
