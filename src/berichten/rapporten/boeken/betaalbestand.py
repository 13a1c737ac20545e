"""A payment run as a file for the bank (ISO 20022 pain.001.001.09) and as CSV. The same run always gives the same bytes."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO

from lxml import etree
from sepaxml import SepaTransfer
from sepaxml.validation import try_valid_xml

from berichten.boeken.betaling import Rekening
from berichten.klok import dutch_time

SCHEMA = "pain.001.001.09"
_KOP = ("kenmerk", "agb", "tenaamstelling", "iban", "bedrag", "uitvoeringsdatum", "omschrijving", "rekening")
_BUITEN_SEPA = re.compile(r"[^A-Za-z0-9/?:().,'+ -]")
"""What EPC's rules for SEPA do not let into a name; `&` becomes `+`, as banks themselves do."""
_FORMULE = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Betaling:
    """One credit transfer; `bedrag` in eurocents, more than 0."""

    agb: str
    rekening: Rekening
    bedrag: int
    kenmerk: str
    """End-to-end id."""
    omschrijving: str
    rekeningstand: str = ""
    """Whether the account was paid before: `als vorige keer`, `gewijzigd` or `eerste betaling`. In the CSV only."""


@dataclass(frozen=True, slots=True)
class Betaalbestand:
    """What a file says of the run as a whole."""

    naam: str
    """Id of the message and of its one batch."""
    gemaakt_op: datetime
    uitvoeringsdatum: date
    betaler: Rekening
    betalingen: Sequence[Betaling]


def write_pain001(bestand: Betaalbestand) -> bytes:
    """The run as one batch of SEPA credit transfers.

    Names are written in the characters that every bank takes. Raises sepaxml's ValidationError when the result does not fit the
    schema of ISO 20022.
    """
    betaler = bestand.betaler
    opdracht = SepaTransfer({"name": betaler.tenaamstelling, "IBAN": betaler.iban, "batch": True, "currency": "EUR"}, schema=SCHEMA)
    for betaling in bestand.betalingen:
        opdracht.add_payment(
            {
                "name": betaling.rekening.tenaamstelling,
                "IBAN": betaling.rekening.iban,
                "amount": betaling.bedrag,
                "execution_date": bestand.uitvoeringsdatum,
                "description": betaling.omschrijving,
                "endtoend_id": betaling.kenmerk,
            }
        )
    inhoud = _set_names(opdracht.export(validate=False), bestand)
    try_valid_xml(inhoud, SCHEMA)
    return inhoud


def _set_names(inhoud: bytes, bestand: Betaalbestand) -> bytes:
    """Our ids and moment in place of the library's, which differ at each call; of a bank, that its IBAN says enough."""
    boom = etree.fromstring(inhoud)
    ruimte = f"{{{etree.QName(boom).namespace}}}"
    eigen = {
        "MsgId": bestand.naam,
        "PmtInfId": bestand.naam,
        "CreDtTm": f"{dutch_time(bestand.gemaakt_op):%Y-%m-%dT%H:%M:%S}",
    }
    for naam, waarde in eigen.items():
        for element in boom.iter(f"{ruimte}{naam}"):
            element.text = waarde
    for element in boom.iter(f"{ruimte}Nm"):
        element.text = _BUITEN_SEPA.sub(" ", (element.text or "").replace("&", "+"))
    for bank in boom.iter(f"{ruimte}FinInstnId"):
        etree.SubElement(etree.SubElement(bank, f"{ruimte}Othr"), f"{ruimte}Id").text = "NOTPROVIDED"
    etree.indent(boom)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(boom, encoding="UTF-8") + b"\n"


def write_csv(bestand: Betaalbestand) -> bytes:
    """The same payments for a spreadsheet: semicolons, decimal comma, UTF-8 with BOM."""
    tekst = StringIO()
    schrijver = csv.writer(tekst, delimiter=";", lineterminator="\r\n")
    schrijver.writerow(_KOP)
    for item in bestand.betalingen:
        bedrag = f"{item.bedrag // 100},{item.bedrag % 100:02d}"
        naam, dag = _as_text(item.rekening.tenaamstelling), bestand.uitvoeringsdatum.isoformat()
        regel = (item.kenmerk, item.agb, naam, item.rekening.iban, bedrag, dag, item.omschrijving, item.rekeningstand)
        schrijver.writerow(regel)
    return tekst.getvalue().encode("utf-8-sig")


def _as_text(waarde: str) -> str:
    """A name that a spreadsheet would take for a formula stays a name."""
    return f"'{waarde}" if waarde.startswith(_FORMULE) else waarde
