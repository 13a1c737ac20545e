"""One client, one aanbieder: JW301, JW305 and JW307 in a few words, sent through the real pipeline as real XML."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from lxml import etree
from sqlalchemy import text

from berichten.processen.verwerk_archief import Invoer, process_file
from berichten.processen.werkplaats import Werkplaats
from berichten.standaard.berichten import Omvang, Product
from berichten.standaard.kalender import einde_of_maand
from berichten.standaard.soorten import JW305, JW307
from berichten.voorbeelden.model import GEMEENTE, Lijn, Persoon, Toewijzing, Traject
from berichten.voorbeelden.xml_basis import Kop, Schrijver, finish_bericht, open_bericht, write_client, write_product
from berichten.voorbeelden.xml_declaratie import Declaratiekop, write_jw323
from berichten.voorbeelden.xml_schrijven import write_jw301

__all__ = ["AGB", "BSN", "GEMEENTE", "Levering", "Regie", "Uitkomst", "antwoordcodes", "start", "stop", "toewijzing"]

AGB, BSN, CODE = "42420001", "999900006", "45A04"
DAGTEKENING = date(2026, 6, 1)
UREN_PER_WEEK = Omvang(3, "04", "2")
_PERSOON = Persoon(
    BSN, date(2014, 5, 6), "1", "Sem", "Voorbeeld", None, "Noor", date(1984, 3, 2), "Dorpsstraat", 12, "2401AA", "0172000111",
    None, False,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Levering:
    """A StartProduct or StopProduct as a test states it."""

    soort: str
    nummer: int | None
    code: str
    ingang: date | None
    begindatum: date
    einddatum: date | None
    reden: str | None
    status: str


@dataclass(frozen=True, slots=True)
class Uitkomst:
    """What became of a message."""

    identificatie: str
    inhoud: bytes
    antwoord: bytes
    status: str
    regels: list[str]
    """Of every finding, in order."""
    signalen: list[str]
    meldingen: list[str]
    uitkomsten: list[str]
    """Of each product class."""


def start(
    nummer: int | None, begindatum: date, *, status: str = "1", code: str = CODE, ingang: date | None = date(2026, 1, 5)
) -> Levering:
    return Levering("JW305", nummer, code, ingang if nummer else None, begindatum, None, None, status)


def stop(
    nummer: int | None, begindatum: date, einddatum: date, reden: str = "31", *, status: str = "1", code: str = CODE
) -> Levering:
    return Levering("JW307", nummer, code, date(2026, 1, 5) if nummer else None, begindatum, einddatum, reden, status)


def toewijzing(
    nummer: int,
    *,
    ingangsdatum: date = date(2026, 1, 5),
    einddatum: date | None = date(2026, 12, 31),
    reden: str | None = None,
    datum: date = date(2026, 1, 2),
    tijd: time = time(9, 0),
    omvang: Omvang | None = UREN_PER_WEEK,
    code: str = CODE,
    bsn: str = BSN,
) -> Toewijzing:
    return Toewijzing(
        nummer, replace(_PERSOON, bsn=bsn), AGB, Product("45", code), omvang, None, datum, tijd, ingangsdatum, einddatum, reden,
        (code,), "", False,
    )  # fmt: skip


class Regie:
    """Sends messages, each with an Identificatie of its own unless the test gives one."""

    def __init__(self, werkplaats: Werkplaats) -> None:
        self.werkplaats = werkplaats
        self._nummers = count(1)

    def stuur(
        self,
        soort: str,
        *klassen: Levering | Toewijzing,
        agb: str = AGB,
        gemeente: str = GEMEENTE,
        identificatie: str | None = None,
    ) -> Uitkomst:
        """Send one message with these classes and return what became of it."""
        kop = Kop(agb, identificatie or f"R{next(self._nummers)}", DAGTEKENING)
        inhoud = write_jw301(kop, klassen) if soort == "JW301" else _write_levering(soort, kop, klassen)
        return self.stuur_inhoud(inhoud.replace(f">{GEMEENTE}<".encode(), f">{gemeente}<".encode()), kop.identificatie)

    def declareer(self, nummer: int, referentie: str, *, credit_van: str | None = None, maand: date = date(2026, 2, 1)) -> Uitkomst:
        """Declare four hours in a month, or credit them."""
        lijn = Lijn(
            Traject((), (), (), None), referentie, credit_van, BSN, nummer, "45", CODE, maand, einde_of_maand(maand), 4, "04", 7560,
            4 * 7560, None, credit_van is not None,
        )  # fmt: skip
        kop = Kop(AGB, f"R{next(self._nummers)}", DAGTEKENING)
        inhoud = write_jw323(Declaratiekop(kop, f"D{kop.identificatie}", date(2026, 5, 1), DAGTEKENING), [lijn])
        return self.stuur_inhoud(inhoud, kop.identificatie)

    def voer_uit(self, opdracht: str) -> None:
        """Change the database behind the service's back."""
        with self.werkplaats.opslag.transaction() as verbinding:
            verbinding.execute(text(opdracht))

    def stuur_inhoud(self, inhoud: bytes, identificatie: str = "") -> Uitkomst:
        """Send a message as it is."""
        with TemporaryDirectory() as naam:
            resultaat = process_file(self.werkplaats, Invoer("bericht.xml", inhoud), Path(naam))
            antwoord = (Path(naam) / resultaat["antwoord"]).read_bytes() if resultaat["antwoord"] else b""
        bevindingen = resultaat["bevindingen"]
        fouten = [item for item in bevindingen if item["gevolg"] != "signaal"]
        return Uitkomst(
            identificatie,
            inhoud,
            antwoord,
            resultaat["status"],
            [item["regel"] for item in fouten],
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


def antwoordcodes(uitkomst: Uitkomst) -> dict[str, list[str]]:
    """Codes in the answer by class; empty for a message that was accepted whole."""
    codes: dict[str, list[str]] = {}
    boom = etree.ElementTree(etree.fromstring(uitkomst.antwoord))
    for omhullend in boom.iter("{*}RetourCodes"):
        naam = boom.getpath(omhullend.getparent()).rpartition(":")[2]
        codes[naam] = [code.text for code in omhullend]
    return codes


def _write_levering(soort: str, kop: Kop, klassen: Sequence[Levering]) -> bytes:
    bericht, naam = (JW305, "StartProduct") if soort == "JW305" else (JW307, "StopProduct")
    with open_bericht(bericht, kop) as s, s.element("Client"):
        write_client(s, _PERSOON)
        with s.element(f"{naam[:-7]}Producten"):
            for klasse in klassen:
                with s.element(naam):
                    _write_klasse(s, klasse)
    return finish_bericht(bericht, s)


def _write_klasse(s: Schrijver, klasse: Levering) -> None:
    s.eigen("ToewijzingNummer", klasse.nummer)
    write_product(s, Product("45", klasse.code))
    s.eigen("ToewijzingIngangsdatum", klasse.ingang)
    s.eigen("Begindatum", klasse.begindatum)
    s.eigen("RedenBeeindiging", klasse.reden)
    s.eigen("Einddatum", klasse.einddatum)
    s.eigen("StatusAanlevering", klasse.status)
