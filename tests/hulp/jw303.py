"""Allocations of before 2021, and JW303s on them, in a few words; sent through the real pipeline by `declareer.send`."""

from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from lxml import etree
from sqlalchemy import text

from berichten.kern.kalender import einde_of_maand
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.standaard.schema.schema import valideer_uitvoer
from berichten.standaard.waarden.soorten import JW304, JW304_2_3, OP_NAMESPACE
from tests.hulp.bouw import bouw, schemas
from tests.hulp.bouwstenen import AGB, BSN
from tests.hulp.declareer import toewijzing

APRIL, MEI, JUNI = date(2020, 4, 1), date(2020, 5, 1), date(2020, 6, 1)
DECLARATIE, FACTUUR = "432", "450"
TARIEF = 7805
_nummers = count(1)


@dataclass(frozen=True, slots=True)
class Oud:
    """One line of a JW303; a month is given by its first day. `toewijzing` None: the line names no number."""

    referentie: str
    toewijzing: int | None
    maand: date = APRIL
    volume: int = 10
    tarief: int | None = TARIEF
    eenheid: str = "04"
    code: str = "45A48"
    vorig: str | None = None
    bsn: str = BSN
    bedrag: int | None = None
    btw: int | None = None
    """Cents of VAT in the amount; the line is then not exempt."""
    vrijgesteld: bool = True
    """Whether a line without VAT says so; in an invoice it must."""
    eind: date | None = None
    berekend: bool = True
    """Whether the line says what volume times tariff is; its amount may not be more than that."""


def oude_toewijzing(nummer: int, **velden: Any) -> bytes:
    """A JW301 with an allocation of 45A48 over 2020, of twenty hours a month."""
    return toewijzing(
        nummer, **{"Ingangsdatum": "2020-01-01", "Einddatum": "2020-12-31", "Toewijzingsdatum": "2019-12-15", **velden}
    )


def jw303(maand: date, regels: list[Oud], *, code: str = DECLARATIE, release: str = "3.0", **kop: Any) -> bytes:
    """A JW303 over `maand` with these lines, grouped by client; `kop` are elements of the header that differ."""
    per_client: dict[str, list[dict[str, Any]]] = {}
    for regel in regels:
        per_client.setdefault(regel.bsn, []).append(_line(regel))
    met_btw = any(regel.btw is not None for regel in regels)
    identificatie = {
        "DeclaratiePeriode": {"Begindatum": maand, "Einddatum": einde_of_maand(maand)},
        "DeclarantFactuurNummer": kop.pop("nummer", None) or f"N{next(_nummers)}",
        "FactuurDagtekening": "2021-01-15",
        "BtwIDNummer": "NL001234567B01" if met_btw else None,
    }
    header = {
        "BerichtCode": code,
        "Aanbieder": AGB,
        "DeclaratieFactuurIdentificatie": identificatie,
        "DeclaratieFactuurBedragen": {"BtwTotaalBedrag": {}} if met_btw else {},
        **kop,
    }
    clienten = [{"Bsn": bsn, "Prestaties": {"Prestatie": lijst}} for bsn, lijst in per_client.items()]
    return bouw("JW303", {"Header": header, "Clienten": {"Client": clienten}}, release)


def _line(regel: Oud) -> dict[str, Any]:
    kant = "C" if regel.vorig else "D"
    bedragen: dict[str, Any] = {
        "GeleverdVolume": regel.volume,
        "Eenheid": regel.eenheid,
        "ProductTarief": regel.tarief,
        "BtwVrijstellingIndicatie": "2" if regel.btw is not None else "1" if regel.vrijgesteld else None,
        "DeclaratieFactuurBedrag": {"DebetCredit": kant, **({} if regel.bedrag is None else {"Bedrag": regel.bedrag})},
    }
    if not regel.berekend:
        bedragen["BerekendBedrag"] = None
    if regel.btw is not None:
        bedragen |= {"BtwPercentage": 2100, "BtwBedrag": {"Bedrag": regel.btw, "DebetCredit": kant}}
    return {
        "ToewijzingNummer": regel.toewijzing,
        "ProductCode": regel.code,
        "ProductPeriode": {"Begindatum": regel.maand, "Einddatum": regel.eind or einde_of_maand(regel.maand)},
        "IngediendeBedragPrestatie": bedragen,
        "ProductReferentie": {"ReferentieNummer": regel.referentie, "VorigReferentieNummer": regel.vorig},
    }


def totals(antwoord: etree._Element) -> tuple[int, int, int]:
    """Submitted, awarded, and what the lines that went back lack, in signed cents (TR320)."""
    ingediend, toegekend = (
        _signed(antwoord.find(f".//{{*}}RetourBedragen/{{*}}{naam}")) for naam in ("IngediendTotaalBedrag", "ToegekendTotaalBedrag")
    )
    tekort = sum(
        _signed(regel.find(".//{*}DeclaratieFactuurBedrag")) - _signed(regel.find(".//{*}ToegekendBedrag"))
        for regel in antwoord.iterfind(".//{*}Prestatie")
    )
    return ingediend, toegekend, tekort


def read_jw304(resultaat: dict[str, Any]) -> dict[str, Any]:
    """A JW304 as plain values, after it was found valid and its totals right (TR320)."""
    wortel = resultaat["antwoord"]
    soort = OP_NAMESPACE[etree.QName(wortel).namespace]
    assert soort in (JW304, JW304_2_3)
    valideer_uitvoer(etree.tostring(wortel), soort, schemas())
    ingediend, toegekend, tekort = totals(wortel)
    assert ingediend - toegekend == tekort or not wortel.findall("{*}Clienten")
    assert (ingediend, toegekend) == (resultaat["ingediendBedrag"], resultaat["toegekendBedrag"])
    return {
        "code": wortel.findtext(".//{*}BerichtCode"),
        "nummer": wortel.findtext(".//{*}DeclarantFactuurNummer"),
        "bedragen": (ingediend, toegekend),
        "codes": _codes(wortel[0]),
        "clienten": {client.findtext("{*}Bsn"): _client(client) for client in wortel.iterfind(".//{*}Client")},
    }


def _client(client: Any) -> tuple[list[str], dict[str, tuple[int, list[str]]]]:
    regels = {
        regel.findtext(".//{*}ReferentieNummer"): (_toegekend(regel), _codes(regel)) for regel in client.iterfind(".//{*}Prestatie")
    }
    return _codes(client), regels


def _toegekend(regel: Any) -> int:
    berekend, toegekend = regel.find("{*}ToegekendeBedragPrestatie")
    assert [item.text for item in berekend] == [item.text for item in toegekend]
    return int(toegekend[0].text) * (-1 if toegekend[1].text == "C" else 1)


def _codes(element: Any) -> list[str]:
    return [code.text for code in element.findall("{*}RetourCodes/{*}RetourCode")]


def journal_total(werkplaats: Werkplaats) -> int:
    """All that the books owe, corrections included."""
    with werkplaats.opslag.transaction() as verbinding:
        return int(verbinding.execute(text("SELECT coalesce(sum(bedrag), 0) FROM journaal")).scalar_one())


def _signed(element: Any) -> int:
    return int(element[0].text) * (-1 if element[1].text == "C" else 1)
