"""Writer of a JW323, fast enough for a declaration of tens of thousands of lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from berichten.kern import kalender
from berichten.standaard.waarden.soorten import JW323
from berichten.voorbeelden.berichten.schrijver import Kop, Schrijver, finish_bericht, open_bericht
from berichten.voorbeelden.model.model import Lijn


@dataclass(frozen=True, slots=True)
class Declaratiekop:
    """What a declaration says of itself, besides its header."""

    kop: Kop
    declaratienummer: str
    maand: date
    """First day of the declaration month."""
    dagtekening: date
    afwijking: int = 0
    """Eurocents added to the total, for a mistake (TR358)."""


def write_jw323(declaratie: Declaratiekop, lijnen: Sequence[Lijn]) -> bytes:
    """Write a JW323. Lines are put together by client, in the order in which the clients first appear."""
    totaal = sum_bedragen(lijnen) + declaratie.afwijking
    with open_bericht(JW323, declaratie.kop) as s, s.element("Declaratie"):
        s.eigen("DeclaratieNummer", declaratie.declaratienummer)
        with s.element("DeclaratiePeriode"):
            s.basis("Begindatum", declaratie.maand)
            s.basis("Einddatum", kalender.einde_of_maand(declaratie.maand))
        s.eigen("DeclaratieDagtekening", declaratie.dagtekening)
        with s.element("TotaalIngediendBedrag"):
            s.basis("TotaalBedrag", abs(totaal))
            s.basis("DebetCredit", "C" if totaal < 0 else "D")
        with s.element("Clienten"):
            s.regels.extend(write_clienten(lijnen))
    return finish_bericht(JW323, s)


def sum_bedragen(lijnen: Sequence[Lijn]) -> int:
    """Add up the amounts in eurocents, credits off (TR358)."""
    return sum(-lijn.bedrag if lijn.credit else lijn.bedrag for lijn in lijnen)


def write_clienten(lijnen: Sequence[Lijn]) -> Iterator[str]:
    """Write the Client elements of a declaration, as pieces of text to be joined by CR/LF."""
    per_client: dict[str, list[Lijn]] = {}
    for lijn in lijnen:
        per_client.setdefault(lijn.bsn, []).append(lijn)
    for bsn, eigen in per_client.items():
        yield f"\t\t\t<jw323:Client>\r\n\t\t\t\t<jw323:Bsn>{bsn}</jw323:Bsn>\r\n\t\t\t\t<jw323:Prestaties>"
        yield from map(_write_prestatie, eigen)
        yield "\t\t\t\t</jw323:Prestaties>\r\n\t\t\t</jw323:Client>"


def _write_prestatie(lijn: Lijn) -> str:
    sjabloon = _prestatie_sjabloon(lijn.vorig is not None, lijn.tarief is not None)
    return sjabloon.format(lijn=lijn, richting="C" if lijn.credit else "D")


@lru_cache(maxsize=4)
def _prestatie_sjabloon(met_vorig: bool, met_tarief: bool) -> str:
    """Return the text of a Prestatie with places to fill in. References and codes are letters and digits: nothing to escape."""
    s = Schrijver("jw323", 5)
    with s.element("Prestatie"):
        with s.element("ProductReferentie"):
            s.basis("ReferentieNummer", "{lijn.referentie}")
            s.basis("VorigReferentieNummer", "{lijn.vorig}" if met_vorig else None)
        s.eigen("ToewijzingNummer", "{lijn.nummer}")
        s.eigen("ProductCategorie", "{lijn.categorie}")
        s.eigen("ProductCode", "{lijn.code}")
        with s.element("ProductPeriode"):
            s.basis("Begindatum", "{lijn.begin}")
            s.basis("Einddatum", "{lijn.eind}")
        s.eigen("GeleverdVolume", "{lijn.volume}")
        s.eigen("Eenheid", "{lijn.eenheid}")
        s.eigen("ProductTarief", "{lijn.tarief}" if met_tarief else None)
        with s.element("IngediendBedrag"):
            s.basis("Bedrag", "{lijn.bedrag}")
            s.basis("DebetCredit", "{richting}")
    return "\r\n".join(s.regels)
