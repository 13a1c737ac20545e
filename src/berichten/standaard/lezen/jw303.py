"""The reader of a JW303, a declaration or invoice of care before 2021, in release 3.0 or 2.3.

Elements are found by name: where XsdVersie stands in release 3.0 is not certain, and 2.3 has none.
"""

from lxml import etree

from berichten.standaard.lezen.velden import (
    Element,
    find_child,
    line_of,
    list_children,
    read_date,
    read_optional_int,
    read_required,
    read_text,
)
from berichten.standaard.schema.ontleder import make_parser
from berichten.standaard.schema.schema import GROOT, is_valid_stream
from berichten.standaard.waarden import jw303 as n
from berichten.standaard.waarden import onderdelen as o
from berichten.standaard.waarden.soorten import Berichtsoort

FACTUUR = ("450", "451")
"""BerichtCode of an invoice and of its answer; the others are those of a declaration."""
_KOP = "DeclaratieFactuurIdentificatie"


class OngeldigeJw303(ValueError):
    """The message is not valid against its schema; `schema.valideer` tells why."""


def read_jw303(inhoud: bytes, soort: Berichtsoort, schema: etree.XMLSchema | None = None) -> n.Jw303bericht:
    """Read a JW303; with `schema` validate it too.

    Raises XMLSyntaxError when it is not XML, OngeldigeJw303 when it is not valid, ValueError for a date beyond our calendar.
    """
    groot = len(inhoud) > GROOT
    parser = make_parser(remove_comments=True, remove_pis=True, remove_blank_text=groot)
    if schema is not None and groot and not is_valid_stream(inhoud, schema):
        raise OngeldigeJw303("niet geldig tegen het schema")
    wortel = etree.fromstring(inhoud, parser)
    if schema is not None and not groot and not schema.validate(wortel):
        raise OngeldigeJw303("niet geldig tegen het schema")
    header, clienten = wortel[0], wortel[1]
    return n.Jw303bericht(soort, _header(header), _nota(header, _clients(clienten)))


def _header(element: Element) -> o.Header:
    return o.Header(
        read_required(element, "Aanbieder"),
        read_required(element, "Gemeente"),
        read_required(element, _KOP, "DeclarantFactuurNummer"),
        read_date(read_required(element, _KOP, "FactuurDagtekening")),
        read_text(element, "XsdVersie", "BasisschemaXsdVersie") or "",
        read_text(element, "XsdVersie", "BerichtXsdVersie") or "",
    )


def _nota(header: Element, clienten: tuple[n.Jw303Client, ...]) -> n.Jw303Declaratie:
    bedragen = find_child(header, "DeclaratieFactuurBedragen")
    totaal = _bedrag(bedragen, "DeclaratieFactuurTotaalBedrag")
    if totaal is None:
        raise ValueError("DeclaratieFactuurTotaalBedrag ontbreekt: eerst valideren tegen het XSD")
    return n.Jw303Declaratie(
        declaratienummer=read_required(header, _KOP, "DeclarantFactuurNummer"),
        periode=_periode(find_child(find_child(header, _KOP), "DeclaratiePeriode")),
        dagtekening=read_date(read_required(header, _KOP, "FactuurDagtekening")),
        totaal_ingediend=totaal.centen,
        totaal_credit=totaal.credit,
        clienten=clienten,
        is_factuur=read_required(header, "BerichtCode") in FACTUUR,
        servicebureau=read_text(header, "Servicebureau"),
        betaling_aan=read_required(header, "BetalingAanID"),
        btw_nummer=read_text(header, _KOP, "BtwIDNummer"),
        valuta=read_required(header, _KOP, "ValutaCode"),
        btw_totaal=_bedrag(bedragen, "BtwTotaalBedrag"),
    )


def _clients(omhullend: Element) -> tuple[n.Jw303Client, ...]:
    clienten, volgnummer = [], 0
    for element in omhullend:
        bsn = read_required(element, "Bsn")
        regels = []
        for item in list_children(element, "Prestaties"):
            volgnummer += 1
            regels.append(_prestatie(item, volgnummer, bsn))
        geboren = o.Geboortedatum(
            read_date(read_required(element, "Geboortedatum", "Datum")), read_text(element, "Geboortedatum", "DatumGebruik")
        )
        clienten.append(n.Jw303Client(bsn, tuple(regels), line_of(element), geboren))
    return tuple(clienten)


def _prestatie(element: Element, volgnummer: int, bsn: str) -> n.Jw303Prestatie:
    delen = _by_name(element)
    periode, bedragen, referentie = (
        _by_name(delen[naam]) for naam in ("ProductPeriode", "IngediendeBedragPrestatie", "ProductReferentie")
    )
    bedrag = _read_bedrag(bedragen["DeclaratieFactuurBedrag"])
    return n.Jw303Prestatie(
        volgnummer,
        line_of(element),
        bsn,
        referentie["ReferentieNummer"].text,
        _text(referentie, "VorigReferentieNummer"),
        read_optional_int(_text(delen, "ToewijzingNummer")),
        delen["ProductCategorie"].text,
        delen["ProductCode"].text,
        read_date(periode["Begindatum"].text),
        read_date(periode["Einddatum"].text),
        int(bedragen["GeleverdVolume"].text),
        bedragen["Eenheid"].text,
        read_optional_int(_text(bedragen, "ProductTarief")),
        bedrag.centen,
        bedrag.credit,
        bedragen=n.Jw303Bedragen(
            _optional_bedrag(bedragen.get("BerekendBedrag")),
            _text(bedragen, "BtwVrijstellingIndicatie"),
            read_optional_int(_text(bedragen, "BtwPercentage")),
            _optional_bedrag(bedragen.get("BtwBedrag")),
        ),
    )


def _by_name(element: Element) -> dict[str, Element]:
    """Children by local name; in these classes none comes twice."""
    return {kind.tag.rpartition("}")[2]: kind for kind in element}


def _text(delen: dict[str, Element], naam: str) -> str | None:
    element = delen.get(naam)
    return None if element is None else element.text


def _periode(element: Element) -> o.Periode:
    return o.Periode(read_date(read_required(element, "Begindatum")), read_date(read_required(element, "Einddatum")))


def _bedrag(element: Element, naam: str) -> n.Bedrag | None:
    return _optional_bedrag(find_child(element, naam))


def _optional_bedrag(element: Element | None) -> n.Bedrag | None:
    return None if element is None else _read_bedrag(element)


def _read_bedrag(element: Element) -> n.Bedrag:
    """A CDT_(Totaal)BedragMetDC: the amount, then its mark."""
    centen, credit = int(element[0].text), element[1].text == "C"
    return n.Bedrag(-centen if credit else centen, credit)
