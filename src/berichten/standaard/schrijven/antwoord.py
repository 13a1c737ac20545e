"""Writers of the answers: JW302, 306, 308, 316, 318 and 320 (IV028) and JW325 (IV087).

They are bytes that OP192 allows: UTF-8, no BOM, CR/LF.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from berichten.standaard.schema.ontleder import make_parser
from berichten.standaard.schrijven.kop import begin_bericht
from berichten.standaard.waarden.berichten import Declaratie, Prestatie
from berichten.standaard.waarden.onderdelen import Header
from berichten.standaard.waarden.paden import numbered
from berichten.standaard.waarden.soorten import JW325, Berichtsoort, find_antwoord

Element = Any

_KLASSEN = frozenset(
    ("Client", "Relatie", "Contact", "ToegewezenProduct", "StartProduct", "StopProduct", "AangevraagdProduct", "Verzoek",
     "OngewijzigdProduct", "TeWijzigenProduct", "NieuwProduct", "Antwoord", "Woonplaatsbeginsel")
)  # fmt: skip
"""Classes that carry retourcodes in a JW302, JW306, JW308, JW316, JW318 or JW320."""
_T2, _T4 = "\t" * 2, "\t" * 4


@dataclass(frozen=True, slots=True)
class AntwoordHeader:
    """What the header of an answer says of the answer itself."""

    identificatie: str
    dagtekening: date
    basisschema_versie: str
    bericht_versie: str
    retourcodes: tuple[str, ...]
    """Empty only for a fully accepted message, and never in a JW325 or JW304 (IV028)."""


@dataclass(frozen=True, slots=True)
class DeclaratieAntwoord:
    """The part of a JW325 below its header. Amounts in signed eurocents."""

    declaratie: Declaratie
    toegekend: int
    retourcodes: tuple[str, ...]
    clienten: tuple["ClientAntwoord", ...]


@dataclass(frozen=True, slots=True)
class ClientAntwoord:
    """A client of whom lines go back, with those lines and the codes of each."""

    bsn: str
    retourcodes: tuple[str, ...]
    prestaties: tuple[tuple[Prestatie, tuple[str, ...]], ...]


def write_retour(
    inhoud: bytes, soort: Berichtsoort, header: AntwoordHeader, klassecodes: Mapping[str, tuple[str, ...]] | None
) -> bytes:
    """The answer to a message of one client (JW301, 305, 307, 315, 317) or a JW319, made from the message itself.

    `klassecodes` gives codes by path of a class; a class that it does not name is sound (0200). None returns the header only.
    """
    bron = etree.fromstring(inhoud, make_parser(entities=False, remove_comments=True, remove_pis=True))
    antwoord = find_antwoord(soort)
    doel = etree.Element(
        f"{{{antwoord.namespace}}}Bericht", nsmap={"ijw": antwoord.basis_namespace, antwoord.naam.lower(): antwoord.namespace}
    )
    van, ns = f"{{{soort.namespace}}}", f"{{{antwoord.namespace}}}"
    kop = _copy(bron[0], doel, van, ns)
    kop[0].text = antwoord.code
    _text(kop, f"{ns}IdentificatieRetour", header.identificatie)
    _text(kop, f"{ns}DagtekeningRetour", header.dagtekening.isoformat())
    _versie(kop, f"{ns}XsdVersieRetour", header, antwoord)
    _retourcodes(kop, ns, header.retourcodes)
    if klassecodes is not None:
        inhoud_antwoord = _copy(bron[1], doel, van, ns)
        _add_codes(inhoud_antwoord, f"Bericht/{etree.QName(bron[1]).localname}", ns, klassecodes)
    etree.indent(doel, "\t")
    return _as_file(doel)


def _copy(element: Element, ouder: Element, van: str, naar: str) -> Element:
    """The same elements under another namespace (in braces); those of the basisschema keep theirs."""
    kopie = etree.SubElement(ouder, element.tag.replace(van, naar))
    if len(element):
        for kind in element:
            _copy(kind, kopie, van, naar)
    else:
        kopie.text = element.text
    return kopie


def _add_codes(element: Element, pad: str, ns: str, klassecodes: Mapping[str, tuple[str, ...]]) -> None:
    """Give every class its codes, depth first: its own, or 0200."""
    namen = [kind.tag.rpartition("}")[2] for kind in element]
    gezien: dict[str, int] = {}
    for kind, naam in zip(list(element), namen, strict=True):
        gezien[naam] = gezien.get(naam, 0) + 1
        _add_codes(kind, f"{pad}/{numbered(naam, gezien[naam], namen.count(naam))}", ns, klassecodes)
    if element.tag.startswith(ns) and element.tag.removeprefix(ns) in _KLASSEN:
        _retourcodes(element, ns, klassecodes.get(pad, ("0200",)))


def _retourcodes(element: Element, ns: str, codes: Iterable[str]) -> None:
    codes = tuple(codes)
    if codes:
        omhullend = etree.SubElement(element, f"{ns}RetourCodes")
        for code in codes:
            _text(omhullend, f"{ns}RetourCode", code)


def _versie(element: Element, tag: str, header: AntwoordHeader, antwoord: Berichtsoort) -> None:
    versie = etree.SubElement(element, tag)
    _text(versie, f"{{{antwoord.basis_namespace}}}BasisschemaXsdVersie", header.basisschema_versie)
    _text(versie, f"{{{antwoord.basis_namespace}}}BerichtXsdVersie", header.bericht_versie)


def _text(element: Element, tag: str, tekst: str) -> None:
    etree.SubElement(element, tag).text = tekst


def _as_file(element: Element) -> bytes:
    tekst: bytes = etree.tostring(element, encoding="UTF-8", xml_declaration=False)
    return b'<?xml version="1.0" encoding="UTF-8"?>\r\n' + tekst.replace(b"\n", b"\r\n") + b"\r\n"


def write_jw325(van: Header, header: AntwoordHeader, antwoord: DeclaratieAntwoord | None, soort: Berichtsoort = JW325) -> bytes:
    """The answer to a JW323: Afzender and Ontvanger change places, rejected lines go back whole. `soort` tells of which release.

    Written as text, since all lines of a large declaration may have to go back. None leaves only the header.
    """
    delen = [_kop_325(van, header, soort)]
    if antwoord is not None:
        delen.append(_begin_antwoord(antwoord))
        if antwoord.clienten:
            delen.append("\t\t<jw325:Clienten>\n")
            delen += [_client(client) for client in antwoord.clienten]
            delen.append("\t\t</jw325:Clienten>\n")
        delen.append(_codes(antwoord.retourcodes, _T2) + "\t</jw325:DeclaratieAntwoord>\n")
    delen.append("</jw325:Bericht>\n")
    return "".join(delen).replace("\n", "\r\n").encode()


def _kop_325(van: Header, header: AntwoordHeader, soort: Berichtsoort) -> str:
    kop = Header(
        van.ontvanger, van.afzender, header.identificatie, header.dagtekening, header.basisschema_versie, header.bericht_versie
    )
    return f"""{begin_bericht(soort, kop)}\t\t<jw325:DeclaratieIdentificatie>
\t\t\t<ijw:Identificatie>{escape(van.identificatie)}</ijw:Identificatie>
\t\t\t<ijw:Dagtekening>{van.dagtekening}</ijw:Dagtekening>
\t\t</jw325:DeclaratieIdentificatie>
\t\t<jw325:XsdVersieDeclaratie>
\t\t\t<ijw:BasisschemaXsdVersie>{van.basisschema_versie}</ijw:BasisschemaXsdVersie>
\t\t\t<ijw:BerichtXsdVersie>{van.bericht_versie}</ijw:BerichtXsdVersie>
\t\t</jw325:XsdVersieDeclaratie>
{_codes(header.retourcodes, _T2)}\t</jw325:Header>
"""


def _begin_antwoord(antwoord: DeclaratieAntwoord) -> str:
    return (
        "\t<jw325:DeclaratieAntwoord>\n"
        f"\t\t<jw325:DeclaratieNummer>{antwoord.declaratie.declaratienummer}</jw325:DeclaratieNummer>\n"
        + _totaal("TotaalIngediendBedrag", antwoord.declaratie.totaal_ingediend)
        + _totaal("TotaalToegekendBedrag", antwoord.toegekend)
    )


def _totaal(naam: str, centen: int) -> str:
    return (
        f"\t\t<jw325:{naam}>\n\t\t\t<ijw:TotaalBedrag>{abs(centen)}</ijw:TotaalBedrag>\n"
        f"\t\t\t<ijw:DebetCredit>{'C' if centen < 0 else 'D'}</ijw:DebetCredit>\n\t\t</jw325:{naam}>\n"
    )


def _client(client: ClientAntwoord) -> str:
    regels = "".join(_prestatie(prestatie, codes) for prestatie, codes in client.prestaties)
    return (
        f"\t\t\t<jw325:Client>\n\t\t\t\t<jw325:Bsn>{client.bsn}</jw325:Bsn>\n\t\t\t\t<jw325:Prestaties>\n{regels}"
        f"\t\t\t\t</jw325:Prestaties>\n{_codes(client.retourcodes, _T4)}\t\t\t</jw325:Client>\n"
    )


def _prestatie(prestatie: Prestatie, codes: tuple[str, ...]) -> str:
    t = "\t" * 6
    vorig = prestatie.vorig_referentienummer
    return (
        f"\t\t\t\t\t<jw325:Prestatie>\n{t}<jw325:ProductReferentie>\n"
        f"{t}\t<ijw:ReferentieNummer>{escape(prestatie.referentienummer)}</ijw:ReferentieNummer>\n"
        + (f"{t}\t<ijw:VorigReferentieNummer>{escape(vorig)}</ijw:VorigReferentieNummer>\n" if vorig is not None else "")
        + f"{t}</jw325:ProductReferentie>\n"
        f"{t}<jw325:ToewijzingNummer>{prestatie.toewijzingnummer}</jw325:ToewijzingNummer>\n"
        f"{t}<jw325:ProductCategorie>{prestatie.categorie}</jw325:ProductCategorie>\n"
        f"{t}<jw325:ProductCode>{escape(prestatie.code)}</jw325:ProductCode>\n"
        f"{t}<jw325:ProductPeriode>\n{t}\t<ijw:Begindatum>{prestatie.begindatum}</ijw:Begindatum>\n"
        f"{t}\t<ijw:Einddatum>{prestatie.einddatum}</ijw:Einddatum>\n{t}</jw325:ProductPeriode>\n"
        f"{t}<jw325:GeleverdVolume>{prestatie.volume}</jw325:GeleverdVolume>\n"
        f"{t}<jw325:Eenheid>{prestatie.eenheid}</jw325:Eenheid>\n"
        + (f"{t}<jw325:ProductTarief>{prestatie.tarief}</jw325:ProductTarief>\n" if prestatie.tarief is not None else "")
        + f"{t}<jw325:IngediendBedrag>\n{t}\t<ijw:Bedrag>{abs(prestatie.bedrag)}</ijw:Bedrag>\n"
        f"{t}\t<ijw:DebetCredit>{'C' if prestatie.credit else 'D'}</ijw:DebetCredit>\n{t}</jw325:IngediendBedrag>\n"
        f"{_codes(codes, t)}\t\t\t\t\t</jw325:Prestatie>\n"
    )


def _codes(codes: tuple[str, ...], t: str) -> str:
    regels = "".join(f"{t}\t<jw325:RetourCode>{code}</jw325:RetourCode>\n" for code in codes)
    return f"{t}<jw325:RetourCodes>\n{regels}{t}</jw325:RetourCodes>\n"
