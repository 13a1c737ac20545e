"""Writer of the JW304, the answer to a JW303 (IV056), as bytes that OP192 allows: UTF-8, no BOM, CR/LF.

It is made from the JW303 itself, whose tree is used up by it, so that fields that nobody judges go back unchanged. It is of the
same release.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from berichten.standaard.lezen.jw303 import FACTUUR
from berichten.standaard.lezen.velden import Element, find_child, list_children
from berichten.standaard.schema.ontleder import make_parser
from berichten.standaard.schrijven.antwoord import AntwoordHeader
from berichten.standaard.waarden.soorten import Berichtsoort, find_antwoord

_DECLARATIE_RETOUR, _FACTUUR_RETOUR = "433", "451"
_HEEN_ALLEEN = ("DeclaratieFactuurBedragen", "XsdVersie")
"""Parts of the header that don't go back, or in another place."""


@dataclass(frozen=True, slots=True)
class PrestatieAntwoord:
    """A line that goes back: what is awarded of it, and its codes."""

    toegekend: int
    """Signed eurocents."""
    retourcodes: tuple[str, ...]
    """Empty for a line awarded in part without a reason to give."""


@dataclass(frozen=True, slots=True)
class Jw304Antwoord:
    """What a JW304 says of the message as a whole and of what is not awarded whole. Amounts in signed eurocents."""

    ingediend: int
    toegekend: int
    clienten: Mapping[int, tuple[str, ...]]
    """By index of the client, from 0: codes of every client with lines that go back."""
    prestaties: Mapping[int, PrestatieAntwoord]
    """By volgnummer in the message, from 1: the lines that go back."""


class _Schrijver:
    """Makes elements of the answer in its two namespaces."""

    def __init__(self, van: Berichtsoort) -> None:
        self.van, self.naar = van, find_antwoord(van)
        self.eigen, self.basis = f"{{{self.naar.namespace}}}", f"{{{self.naar.basis_namespace}}}"

    def root(self) -> Element:
        nsmap = {"ijw": self.naar.basis_namespace, self.naar.naam.lower(): self.naar.namespace}
        return etree.Element(f"{self.eigen}Bericht", nsmap=nsmap)

    def take(self, element: Element, ouder: Element) -> None:
        """The same element under the namespace of the answer. What is in it is of the basisschema, and moves as it is."""
        nieuw = etree.SubElement(ouder, element.tag.replace(f"{{{self.van.namespace}}}", self.eigen))
        nieuw.text = element.text
        nieuw.extend(list(element))

    def bedrag(self, ouder: Element, naam: str, deel: str, centen: int) -> None:
        """An amount with its mark; nothing is debit (CS325)."""
        element = etree.SubElement(ouder, f"{self.basis}{naam}")
        _text(element, f"{self.basis}{deel}", str(abs(centen)))
        _text(element, f"{self.basis}DebetCredit", "C" if centen < 0 else "D")

    def codes(self, ouder: Element, codes: tuple[str, ...]) -> None:
        """RetourCodes; nothing where there are none."""
        if codes:
            omhullend = etree.SubElement(ouder, f"{self.eigen}RetourCodes")
            for code in codes:
                _text(omhullend, f"{self.eigen}RetourCode", code)


def write_jw304(inhoud: bytes, soort: Berichtsoort, header: AntwoordHeader, antwoord: Jw304Antwoord) -> bytes:
    """The answer to the JW303 of kind (release) `soort` with these bytes. Of lines that are awarded whole nothing goes back."""
    parser = make_parser(remove_comments=True, remove_pis=True, remove_blank_text=True)
    bron = etree.fromstring(inhoud, parser)
    s = _Schrijver(soort)
    doel = s.root()
    _write_header(s, bron[0], doel, header, antwoord)
    if antwoord.prestaties:
        _write_clienten(s, bron[1], etree.SubElement(doel, f"{s.eigen}Clienten"), antwoord)
    etree.indent(doel, "\t")
    tekst: bytes = etree.tostring(doel, encoding="UTF-8", xml_declaration=False)
    return b'<?xml version="1.0" encoding="UTF-8"?>\r\n' + tekst.replace(b"\n", b"\r\n") + b"\r\n"


def _write_header(s: _Schrijver, bron: Element, doel: Element, header: AntwoordHeader, antwoord: Jw304Antwoord) -> None:
    kop = etree.SubElement(doel, f"{s.eigen}Header")
    for kind in bron:
        if kind.tag.rpartition("}")[2] not in _HEEN_ALLEEN:
            s.take(kind, kop)
    kop[0].text = _FACTUUR_RETOUR if kop[0].text in FACTUUR else _DECLARATIE_RETOUR
    versie = find_child(bron, "XsdVersie")
    if versie is not None:
        s.take(versie, kop)
    retour = etree.SubElement(kop, f"{s.eigen}RetourHeader")
    _text(retour, f"{s.basis}GemeenteReferentieNummer", header.identificatie)
    _text(retour, f"{s.basis}RetourDagtekening", header.dagtekening.isoformat())
    bedragen = etree.SubElement(kop, f"{s.eigen}RetourBedragen")
    s.bedrag(bedragen, "IngediendTotaalBedrag", "TotaalBedrag", antwoord.ingediend)
    s.bedrag(bedragen, "ToegekendTotaalBedrag", "TotaalBedrag", antwoord.toegekend)
    if header.basisschema_versie:
        eigen = etree.SubElement(kop, f"{s.eigen}XsdVersieRetour")
        _text(eigen, f"{s.basis}BasisschemaXsdVersie", header.basisschema_versie)
        _text(eigen, f"{s.basis}BerichtXsdVersie", header.bericht_versie)
    s.codes(kop, header.retourcodes)


def _write_clienten(s: _Schrijver, bron: Element, doel: Element, antwoord: Jw304Antwoord) -> None:
    """The clients with lines that go back, and of them only those lines."""
    volgnummer = 0
    for index, client in enumerate(bron):
        prestaties = list_children(client, "Prestaties")
        eerste, volgnummer = volgnummer + 1, volgnummer + len(prestaties)
        if index not in antwoord.clienten:
            continue
        kopie = etree.SubElement(doel, f"{s.eigen}Client")
        for kind in client:
            if kind.tag.rpartition("}")[2] != "Prestaties":
                s.take(kind, kopie)
        omhullend = etree.SubElement(kopie, f"{s.eigen}Prestaties")
        for nummer, prestatie in enumerate(prestaties, eerste):
            if nummer in antwoord.prestaties:
                _write_prestatie(s, prestatie, omhullend, antwoord.prestaties[nummer])
        s.codes(kopie, antwoord.clienten[index])


def _write_prestatie(s: _Schrijver, bron: Element, doel: Element, antwoord: PrestatieAntwoord) -> None:
    """The line unchanged, with what is awarded after its reference; both amounts of the gemeente are that (IV056)."""
    kopie = etree.SubElement(doel, f"{s.eigen}Prestatie")
    for kind in bron:
        s.take(kind, kopie)
        if kind.tag.rpartition("}")[2] == "ProductReferentie":
            toegekend = etree.SubElement(kopie, f"{s.eigen}ToegekendeBedragPrestatie")
            for naam in ("GemeenteBerekendBedrag", "ToegekendBedrag"):
                s.bedrag(toegekend, naam, "Bedrag", antwoord.toegekend)
    s.codes(kopie, antwoord.retourcodes)


def _text(element: Any, tag: str, tekst: str) -> None:
    etree.SubElement(element, tag).text = tekst
