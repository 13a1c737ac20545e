"""Writer of a JW303 of iJw 3.0: declaration (432) and invoice (450) for care before 2021."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from berichten.kern import kalender
from berichten.standaard.waarden.soorten import JW303
from berichten.voorbeelden.berichten.schrijver import Schrijver, finish_bericht, write_client
from berichten.voorbeelden.model.model import GEMEENTE, Lijn
from berichten.voorbeelden.model.volumes import round_half_up

_BASISSCHEMA_VERSIE = "1.2.0"
_XSD_VERSIE = "1.0.2"
"""What the model of iJw 3.0 says of its schemas."""
_HEEL = 10_000
"""A hundred percent, in hundredths of a percent."""


@dataclass(frozen=True, slots=True)
class Factuurkop:
    """What a JW303 says of itself."""

    code: str
    """432 for a declaration, 450 for an invoice (COD002)."""
    agb: str
    servicebureau: str | None
    """AGB code of the servicebureau that sends it and is paid; None when the provider does both."""
    btw_nummer: str | None
    """BtwIDNummer of a provider that owes VAT on some of its care."""
    nummer: str
    """DeclarantFactuurNummer, at most twelve letters and digits."""
    maand: date
    """First day of the DeclaratiePeriode, a month."""
    dagtekening: date
    afwijking: int = 0
    """Eurocents added to the total, for a mistake (TR312)."""


def write_jw303(kop: Factuurkop, lijnen: Sequence[Lijn]) -> bytes:
    """Write a JW303. Lines are put together by client, in the order in which the clients first appear."""
    s = Schrijver("jw303", 1)
    with s.element("Header"):
        _write_header(s, kop, lijnen)
    with s.element("Clienten"):
        s.regels.extend(_write_clienten(lijnen))
    return finish_bericht(JW303, s)


def calculate_btw(lijn: Lijn) -> int:
    """Return the VAT in cents that is contained in a line's amount; CS323 leaves no room for VAT on top of it."""
    percentage = lijn.oud.btw_percentage if lijn.oud else None
    return 0 if percentage is None else round_half_up(lijn.bedrag * percentage, _HEEL + percentage)


def _write_header(s: Schrijver, kop: Factuurkop, lijnen: Sequence[Lijn]) -> None:
    versie, subversie = JW303.release.split(".")
    s.eigen("BerichtCode", kop.code)
    s.eigen("BerichtVersie", versie)
    s.eigen("BerichtSubversie", subversie)
    s.eigen("Gemeente", GEMEENTE)
    s.eigen("Servicebureau", kop.servicebureau)
    s.eigen("Aanbieder", kop.agb)
    s.eigen("BetalingAanID", "02" if kop.servicebureau is None else "01")
    with s.element("DeclaratieFactuurIdentificatie"):
        with s.element("DeclaratiePeriode", "ijw"):
            s.basis("Begindatum", kop.maand)
            s.basis("Einddatum", kalender.einde_of_maand(kop.maand))
        s.basis("DeclarantFactuurNummer", kop.nummer)
        s.basis("FactuurDagtekening", kop.dagtekening)
        s.basis("BtwIDNummer", kop.btw_nummer)
        s.basis("ValutaCode", "EUR")
    with s.element("DeclaratieFactuurBedragen"):
        _write_totaal(s, "DeclaratieFactuurTotaalBedrag", _sum(lijnen, lambda lijn: lijn.bedrag) + kop.afwijking)
        if any(lijn.oud and lijn.oud.btw_percentage is not None for lijn in lijnen):
            _write_totaal(s, "BtwTotaalBedrag", _sum(lijnen, calculate_btw))
    with s.element("XsdVersie"):
        s.basis("BasisschemaXsdVersie", _BASISSCHEMA_VERSIE)
        s.basis("BerichtXsdVersie", _XSD_VERSIE)


def _sum(lijnen: Sequence[Lijn], bedrag: Callable[[Lijn], int]) -> int:
    """Add up an amount of every line, credits off (TR312, TR313)."""
    return sum(-bedrag(lijn) if lijn.credit else bedrag(lijn) for lijn in lijnen)


def _write_totaal(s: Schrijver, naam: str, totaal: int) -> None:
    with s.element(naam, "ijw"):
        s.basis("TotaalBedrag", abs(totaal))
        s.basis("DebetCredit", "C" if totaal < 0 else "D")


def _write_clienten(lijnen: Sequence[Lijn]) -> Iterator[str]:
    per_client: dict[str, list[Lijn]] = {}
    for lijn in lijnen:
        per_client.setdefault(lijn.bsn, []).append(lijn)
    for bsn, eigen in per_client.items():
        s = Schrijver("jw303", 3)
        persoon = eigen[0].traject.eerste.persoon
        write_client(s, persoon, bsn)
        yield "\t\t<jw303:Client>"
        yield from s.regels
        yield "\t\t\t<jw303:Prestaties>"
        yield from map(_write_prestatie, eigen)
        yield "\t\t\t</jw303:Prestaties>\r\n\t\t</jw303:Client>"


def _write_prestatie(lijn: Lijn) -> str:
    oud = lijn.oud
    sjabloon = _sjabloon(
        lijn.vorig is not None,
        lijn.tarief is not None,
        oud is None or not oud.zonder_nummer,
        oud is not None and oud.vrijstelling is not None,
        oud is not None and oud.btw_percentage is not None,
    )
    return sjabloon.format(lijn=lijn, richting="C" if lijn.credit else "D", btw=calculate_btw(lijn))


@lru_cache(maxsize=32)
def _sjabloon(met_vorig: bool, met_tarief: bool, met_nummer: bool, met_indicatie: bool, met_btw: bool) -> str:
    """Return the text of a Prestatie with places to fill in. References and codes are letters and digits: nothing to escape."""
    s = Schrijver("jw303", 4)
    with s.element("Prestatie"):
        s.eigen("ToewijzingNummer", "{lijn.nummer}" if met_nummer else None)
        s.eigen("ProductCategorie", "{lijn.categorie}")
        s.eigen("ProductCode", "{lijn.code}")
        with s.element("ProductPeriode"):
            s.basis("Begindatum", "{lijn.begin}")
            s.basis("Einddatum", "{lijn.eind}")
        with s.element("IngediendeBedragPrestatie"):
            s.basis("GeleverdVolume", "{lijn.volume}")
            s.basis("Eenheid", "{lijn.eenheid}")
            if met_tarief:
                s.basis("ProductTarief", "{lijn.tarief}")
                _write_bedrag(s, "BerekendBedrag", "{lijn.bedrag}")
            s.basis("BtwVrijstellingIndicatie", "{lijn.oud.vrijstelling}" if met_indicatie else None)
            if met_btw:
                s.basis("BtwPercentage", "{lijn.oud.btw_percentage}")
                _write_bedrag(s, "BtwBedrag", "{btw}")
            _write_bedrag(s, "DeclaratieFactuurBedrag", "{lijn.bedrag}")
        with s.element("ProductReferentie"):
            s.basis("ReferentieNummer", "{lijn.referentie}")
            s.basis("VorigReferentieNummer", "{lijn.vorig}" if met_vorig else None)
    return "\r\n".join(s.regels)


def _write_bedrag(s: Schrijver, naam: str, bedrag: str) -> None:
    with s.element(naam, "ijw"):
        s.basis("Bedrag", bedrag)
        s.basis("DebetCredit", "{richting}")
