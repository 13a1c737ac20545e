"""Allocations and declarations in a few words, sent through the real pipeline."""

import time
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from lxml import etree

from berichten.kern.kalender import einde_of_maand
from berichten.opslag.berichten.berichten import Berichtrij, find_bericht, read_antwoord
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.berichten.beschrijf_bericht import describe_bericht
from berichten.processen.berichten.verwerk_bericht import handle_stroom
from berichten.processen.ontvangst.ontvang_bericht import Ontvangen, accept
from tests.hulp.bouw import bouw
from tests.hulp.bouwstenen import AGB, BSN

_nummers = count(1)


@dataclass(frozen=True, slots=True)
class Regel:
    """One line to bill; its period runs from `maand` to the end of that month, or to `einde`."""

    referentie: str
    toewijzing: int
    maand: date
    volume: int
    tarief: int | None = 7805
    eenheid: str = "04"
    code: str = "45A48"
    vorig: str | None = None
    bsn: str = BSN
    bedrag: int | None = None
    einde: date | None = None


def toewijzing(nummer: int, *, agb: str = AGB, bsn: str = BSN, identificatie: str | None = None, **velden: Any) -> bytes:
    """A JW301 with one allocation of 45A48 from 2026-01-01; `velden` are elements of ToegewezenProduct that differ."""
    product = {"ToewijzingNummer": nummer, "Ingangsdatum": "2026-01-01", "Toewijzingsdatum": "2025-12-15", **velden}
    return bouw(
        "JW301",
        {
            "Header": {"Ontvanger": agb, **_identity(identificatie)},
            "Client": {"Bsn": bsn, "ToegewezenProducten": {"ToegewezenProduct": product}},
        },
    )


def start(nummer: int, dag: date, *, agb: str = AGB, bsn: str = BSN, toegewezen: date = date(2026, 1, 1)) -> bytes:
    """A JW305: care under an allocation of 45A48, which is from `toegewezen` on, begins on this day."""
    product = {"ToewijzingNummer": nummer, "ToewijzingIngangsdatum": toegewezen, "Begindatum": dag}
    kop = {"Identificatie": f"T{next(_nummers)}", "Dagtekening": dag}
    return bouw(
        "JW305",
        {
            "Header": {"Afzender": agb, "BerichtIdentificatie": kop},
            "Client": {"Bsn": bsn, "StartProducten": {"StartProduct": product}},
        },
    )


def declaratie(maand: date, regels: list[Regel], *, agb: str = AGB, identificatie: str | None = None) -> bytes:
    """A JW323 over `maand`, dated on its last day, with these lines, grouped by client in order of first appearance."""
    per_client: dict[str, list[dict[str, Any]]] = {}
    for regel in regels:
        per_client.setdefault(regel.bsn, []).append(_prestatie(regel))
    kop = _identity(identificatie)
    return bouw(
        "JW323",
        {
            "Header": {"Afzender": agb, **kop},
            "Declaratie": {
                "DeclaratieNummer": f"D{kop['BerichtIdentificatie']['Identificatie']}",
                "DeclaratiePeriode": {"Begindatum": maand, "Einddatum": einde_of_maand(maand)},
                "DeclaratieDagtekening": einde_of_maand(maand),
                "Clienten": {"Client": [{"Bsn": bsn, "Prestaties": {"Prestatie": lijst}} for bsn, lijst in per_client.items()]},
            },
        },
    )


def _identity(identificatie: str | None) -> dict[str, Any]:
    """Every message another Identificatie, dated so that any month of early 2026 may be declared."""
    return {"BerichtIdentificatie": {"Identificatie": identificatie or f"T{next(_nummers)}", "Dagtekening": "2026-06-15"}}


def _prestatie(regel: Regel) -> dict[str, Any]:
    bedrag: dict[str, Any] = {"DebetCredit": "C" if regel.vorig else "D"}
    if regel.bedrag is not None:
        bedrag["Bedrag"] = regel.bedrag
    return {
        "ProductReferentie": {"ReferentieNummer": regel.referentie, "VorigReferentieNummer": regel.vorig},
        "ToewijzingNummer": regel.toewijzing,
        "ProductCode": regel.code,
        "ProductPeriode": {"Begindatum": regel.maand, "Einddatum": regel.einde or einde_of_maand(regel.maand)},
        "GeleverdVolume": regel.volume,
        "Eenheid": regel.eenheid,
        "ProductTarief": regel.tarief,
        "IngediendBedrag": bedrag,
    }


def send(werkplaats: Werkplaats, inhoud: bytes) -> dict[str, Any]:
    """Receive and handle a message; what became of it, with the answer as an element tree under `antwoord`."""
    ontvangen = accept(werkplaats, inhoud, None)
    assert isinstance(ontvangen, Ontvangen), ontvangen
    _handle(werkplaats, ontvangen.rij)
    with werkplaats.opslag.transaction() as verbinding:
        rij = find_bericht(verbinding, ontvangen.rij.gemeente, ontvangen.rij.bericht_id)
        assert rij is not None
        antwoord = read_antwoord(verbinding, rij.gemeente, rij.bericht_id)
        beschrijving = describe_bericht(verbinding, werkplaats, rij)
    return {**beschrijving, "antwoord": etree.fromstring(werkplaats.kluis.unpack(antwoord)) if antwoord else None}


def _handle(werkplaats: Werkplaats, ontvangen: Berichtrij) -> None:
    """Handle it; where a service runs beside the test its sweeper may be at it already, and is waited for."""
    for _ in range(200):
        handle_stroom(werkplaats, ontvangen.gemeente, ontvangen.agb or "")
        with werkplaats.opslag.transaction() as verbinding:
            rij = find_bericht(verbinding, ontvangen.gemeente, ontvangen.bericht_id)
        if rij is not None and rij.status not in ("ontvangen", "in_behandeling"):
            return
        time.sleep(0.1)


def outcomes(resultaat: dict[str, Any]) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Outcome and rules of each line by its reference."""
    return {item["referentienummer"]: (item["uitkomst"], tuple(item["regels"])) for item in resultaat["prestaties"]}


def returned_total(antwoord: etree._Element) -> tuple[int, int, int]:
    """Submitted, awarded and the sum of the returned lines of a JW325, in signed cents (TR342)."""

    def signed(element: etree._Element) -> int:
        return int(element[0].text or "") * (-1 if element[1].text == "C" else 1)

    ingediend, toegekend = (next(antwoord.iter(f"{{*}}{naam}")) for naam in ("TotaalIngediendBedrag", "TotaalToegekendBedrag"))
    regels = sum(signed(item) for item in antwoord.iterfind(".//{*}IngediendBedrag"))
    return signed(ingediend), signed(toegekend), regels
