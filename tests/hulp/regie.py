"""One client, one aanbieder: allocations, starts, stops and lines in a few words, sent through the real pipeline as real XML."""

from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from lxml import etree
from sqlalchemy import text

from berichten.processen.archief.bronnen import Invoer
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.standaard.waarden.soorten import OP_NAAM
from tests.hulp.bouw import bouw
from tests.hulp.bouwstenen import AGB, BSN, GEMEENTE
from tests.hulp.een_bericht import process_file
from tests.hulp.eigenaar import as_owner

UREN_PER_WEEK = (3, "04", "2")
"""Volume, Eenheid and Frequentie."""


@dataclass(frozen=True, slots=True)
class Klasse:
    """A product class of a message: what differs from the sound one."""

    soort: str
    velden: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Uitkomst:
    """What became of a message."""

    identificatie: str
    inhoud: bytes
    antwoord: bytes
    status: str
    regels: list[str]
    """Of every finding but the signals, in order."""
    signalen: list[str]
    meldingen: list[str]
    uitkomsten: list[str]
    """Of each product class."""


def toewijzing(
    nummer: int, *, code: str = "45A48", omvang: tuple[int, str, str] = UREN_PER_WEEK, eind: str = "2026-12-31", **velden: object
) -> Klasse:
    """An allocation of 2026, given on 2 January 2026."""
    volume, eenheid, frequentie = omvang
    basis = {
        "ToewijzingNummer": nummer, "Product": {"Code": code}, "Toewijzingsdatum": "2026-01-02", "Ingangsdatum": "2026-01-05",
        "Einddatum": eind, "Omvang": {"Volume": volume, "Eenheid": eenheid, "Frequentie": frequentie},
    }  # fmt: skip
    return Klasse("JW301", basis | velden)


def start(nummer: int | None, begin: date, *, status: str = "1", ingang: str = "2026-01-05") -> Klasse:
    """A start; without number it is task-based."""
    return Klasse("JW305", _delivery(nummer, begin, status, ingang))


def stop(nummer: int | None, begin: date, eind: date, reden: str = "31", *, status: str = "1", code: str = "45A48") -> Klasse:
    """A stop, by default a definitive one."""
    velden = {"RedenBeeindiging": reden, "Einddatum": eind, "Product": {"Code": code}}
    return Klasse("JW307", _delivery(nummer, begin, status, "2026-01-05") | velden)


def _delivery(nummer: int | None, begin: date, status: str, ingang: str) -> dict[str, Any]:
    return {
        "ToewijzingNummer": nummer, "ToewijzingIngangsdatum": ingang if nummer else None, "Begindatum": begin,
        "StatusAanlevering": status,
    }  # fmt: skip


class Regie:
    """Sends messages, each with an Identificatie of its own unless the test gives one."""

    def __init__(self, werkplaats: Werkplaats) -> None:
        self.werkplaats = werkplaats
        self._nummers = count(1)

    def stuur(
        self, *klassen: Klasse, agb: str = AGB, bsn: str = BSN, gemeente: str = GEMEENTE, identificatie: str | None = None
    ) -> Uitkomst:
        """Send one message with these classes, all of one kind, and return what became of it."""
        soort = klassen[0].soort
        afzender, ontvanger = (gemeente, agb) if soort == "JW301" else (agb, gemeente)
        kop = {"Afzender": afzender, "Ontvanger": ontvanger}
        return self._send(
            soort,
            {"Header": kop, "Client": {"Bsn": bsn}, OP_NAAM[soort].productklasse: [klasse.velden for klasse in klassen]},
            identificatie,
        )

    def declareer(self, nummer: int, referentie: str, *, credit_van: str | None = None) -> Uitkomst:
        """Declare four hours of February 2026, or credit them."""
        prestatie = {
            "ProductReferentie": {"ReferentieNummer": referentie, "VorigReferentieNummer": credit_van},
            "ToewijzingNummer": nummer,
            "ProductPeriode": {"Begindatum": "2026-02-01", "Einddatum": "2026-02-28"},
            "GeleverdVolume": 4,
            "ProductTarief": 7560,
            "IngediendBedrag": {"DebetCredit": "D" if credit_van is None else "C"},
        }
        return self._send("JW323", {"Declaratie": {"DeclaratieNummer": f"D{referentie}"}, "Prestatie": prestatie}, None)

    def _send(self, soort: str, afwijkingen: dict[str, Any], identificatie: str | None) -> Uitkomst:
        identificatie = identificatie or f"R{next(self._nummers)}"
        inhoud = bouw(soort, {"Header/BerichtIdentificatie/Identificatie": identificatie, **afwijkingen})
        with TemporaryDirectory() as naam:
            resultaat = process_file(self.werkplaats, Invoer("bericht.xml", inhoud), Path(naam))
            antwoord = (Path(naam) / resultaat["antwoord"]).read_bytes() if resultaat["antwoord"] else b""
        bevindingen = resultaat["bevindingen"]
        return Uitkomst(
            identificatie,
            inhoud,
            antwoord,
            resultaat["status"],
            [item["regel"] for item in bevindingen if item["gevolg"] != "signaal"],
            [item["regel"] for item in bevindingen if item["gevolg"] == "signaal"],
            [item["melding"] for item in bevindingen],
            [item["uitkomst"] for item in resultaat["producten"]],
        )

    def tel(self, tabel: str, voorwaarde: str = "true") -> int:
        """Rows of a table."""
        with self.werkplaats.opslag.transaction() as verbinding:
            return verbinding.execute(text(f"SELECT count(*) FROM {tabel} WHERE {voorwaarde}")).scalar_one()

    def tel_leveringen(self) -> int:
        """Starts and stops that stand."""
        return self.tel("levering", "verwijderd_door IS NULL")

    def voer_uit(self, opdracht: str) -> None:
        """Change the database behind the service's back."""
        with as_owner(self.werkplaats) as verbinding:
            verbinding.execute(text(opdracht))


def antwoordcodes(uitkomst: Uitkomst) -> dict[str, list[str]]:
    """Codes in the answer by class; empty for a message that was accepted whole."""
    codes: dict[str, list[str]] = {}
    boom = etree.ElementTree(etree.fromstring(uitkomst.antwoord))
    for omhullend in boom.iter("{*}RetourCodes"):
        klasse = omhullend.getparent()
        assert klasse is not None
        codes[boom.getpath(klasse).rpartition(":")[2]] = [str(code.text) for code in omhullend]
    return codes
