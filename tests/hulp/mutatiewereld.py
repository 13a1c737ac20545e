"""A world in which the sound messages of `berichtbronnen` find their ground, and what must hold of whatever a mutant gets."""

import re
from typing import Any

from lxml import etree

from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.referentie.laad_referentie import load_referentie
from tests.hulp.bouw import bouw
from tests.hulp.bouwstenen import AGB, ANDER_BSN, GEMEENTE
from tests.hulp.declareer import send

UITKOMSTEN = ("afgekeurd", "ter_beoordeling", "verwerkt")
"""What a message that is valid comes to rest in."""
_CODES = ("45A48", "45A03", "45A04", "45A53")
REFERENTIE: dict[str, str] = {
    "aanbieders": f"gemeente;agb;naam\n{GEMEENTE};{AGB};Proefzorg\n",
    "pdc": "gemeente;productcode;omschrijving;productcategorie;eenheid;uitvoeringsvariant;zorgvorm;segment;opleidingsniveau;"
    "vereiste_registratie;taakveld;ingangsdatum;einddatum\n"
    + "".join(f"{GEMEENTE};{code};Begeleiding;45;04;inspanning;Begeleiding;4;;SKJ;6.72a;2018-01-01;\n" for code in _CODES),
    "contracten": "gemeente;agb;productcode;ingangsdatum;einddatum\n"
    + "".join(f"{GEMEENTE};{AGB};{code};2018-01-01;\n" for code in _CODES),
    "tarieven": "gemeente;agb;productcode;opleidingsniveau;eenheid;tarief;ingangsdatum;einddatum\n"
    + "".join(f"{GEMEENTE};{AGB};{code};HBO;04;7805;2018-01-01;\n" for code in _CODES),
    "kaders": "gemeente;kader;segment;zorgvorm;max_maanden;max_minuten;ingangsdatum;einddatum\n"
    f"{GEMEENTE};Begeleiding;4;;6;1200;2018-01-01;\n",
    "bestedingsruimte": "gemeente;agb;segment;periode_van;periode_tot;bedrag;soort\n"
    f"{GEMEENTE};{AGB};;2026-01-01;2026-12-31;200000;indicatief\n{GEMEENTE};{AGB};4;2026-01-01;2026-12-31;300000;plafond\n",
}


def furnish(werkplaats: Werkplaats) -> None:
    """Load reference data, and send allocations, starts, declarations and a JW303 that the sound messages lean on."""
    for soort, tekst in REFERENTIE.items():
        assert load_referentie(werkplaats, soort, tekst.encode()).fouten == [], soort
    for inhoud in _history():
        assert send(werkplaats, inhoud)["status"] in ("verwerkt", "ter_beoordeling"), inhoud.decode()


def _history() -> list[bytes]:
    nieuw = {"Toewijzingsdatum": "2025-12-15", "Ingangsdatum": "2026-01-01"}
    open_ = {**nieuw, "Product": {"Code": None}, "Omvang": None, "Budget": "500000", "ToewijzingNummer": "70002"}
    oud = {"ToewijzingNummer": "60001", "Toewijzingsdatum": "2019-12-15", "Ingangsdatum": "2020-01-01", "Einddatum": "2020-12-31"}
    eerder = {"ProductReferentie": {"ReferentieNummer": "EERDER1"}}
    maart = {"ProductPeriode": {"Begindatum": "2026-03-01", "Einddatum": "2026-03-31"}}
    return [
        bouw("JW301", {**_header("H1"), "ToegewezenProduct": nieuw}),
        bouw("JW301", {**_header("H2"), "ToegewezenProduct": {**open_, "Product": {"Categorie": "46", "Code": None}}}),
        bouw("JW301", {**_header("H3"), "Client": {"Bsn": ANDER_BSN}, "ToegewezenProduct": {**nieuw, "ToewijzingNummer": "70003"}}),
        bouw("JW301", {**_header("H4"), "ToegewezenProduct": oud}),
        bouw("JW305", {**_header("H5"), "StartProduct": {"Begindatum": "2026-04-01"}}),
        bouw("JW323", {**_header("H6"), "Declaratie": {"DeclaratieNummer": "EERDER"}, "Prestatie": {**eerder, **maart}}),
        bouw("JW303", {"Kop": {"DeclarantFactuurNummer": "EERDER"}, "Regel": eerder}),
    ]


def _header(identificatie: str) -> dict[str, Any]:
    return {"Header": {"BerichtIdentificatie": {"Identificatie": identificatie}}}


_KALE_CODE = re.compile(r"\b(TR|CD|CS|OP|IV|RS)[0-9]{2,3}\b")
_GAT = re.compile(r"[{}]|\bNone\b|  ")
_BSN = re.compile(r"(?<![0-9])9999[0-9]{5}(?![0-9])")


def faults_of(wat: dict[str, Any], antwoord: bytes | None) -> list[str]:
    """What is wrong with how a valid message was handled: a sentence that is none, or no answer where there must be one."""
    fouten = [] if wat["status"] in UITKOMSTEN else [f"status {wat['status']}"]
    if (antwoord is None) != (wat["status"] == "ter_beoordeling"):
        fouten.append("geen antwoord, of een te veel")
    if antwoord is not None:
        etree.fromstring(antwoord)
    if wat["status"] == "afgekeurd" and not wat["bevindingen"]:
        fouten.append("afgekeurd zonder reden")
    return fouten + [item["melding"] for item in wat["bevindingen"] if not is_whole_sentence(item["melding"])]


def is_whole_sentence(melding: str) -> bool:
    """Plain Dutch: what is wrong and what to do, without holes, bare codes or a Bsn."""
    begint = melding[0].isupper() or melding[0].isdigit()
    geheel = begint and melding.endswith(".") and len(melding) >= 40
    return geheel and not any(patroon.search(melding) for patroon in (_KALE_CODE, _GAT, _BSN))
