"""Readers: from the bytes of a message that is valid against its XSD to the values of `berichten`.

Names of elements stay in here. A declaration is read as a stream, since it may hold thirty thousand lines; the others have one
client and are read whole. XML allows dates that no calendar of ours can hold (year 12026, 24:00 hours); those come back as an
`Invoerfout`.
"""

import re
from collections.abc import Iterator
from datetime import date, time
from io import BytesIO
from typing import Any

from lxml import etree

from berichten.fouten import Invoerfout
from berichten.standaard import berichten as b
from berichten.standaard.soorten import JW301, JW305, JW323, Berichtsoort

_INTERN: Any = "internal"
"""How entities are resolved; never False: together with a schema that makes libxml2 pass over text that is not XML, such as a loose
ampersand, and lines would be lost. Entities can only come from a DOCTYPE, and `check_bestand` refuses those beforehand."""

_VRIJGEVEN = 256
"""A client's lines are let go in portions, so that memory does not grow with the lines of one client."""

Element = Any
"""An lxml element; lxml's classes are made at run time and tell a type checker nothing."""

_VREEMDE_DATUM = re.compile(rb">\s*(-?[0-9]{5,}-[0-9]{2}-[0-9]{2}|-[0-9]{4,}-[0-9]{2}-[0-9]{2}|24:00:00(\.0+)?)\s*<")


def find_unreadable_date(inhoud: bytes) -> Invoerfout | None:
    """A date or time that XML allows and no calendar holds: why a reader tripped over bytes that are valid."""
    gevonden = _VREEMDE_DATUM.search(inhoud)
    if gevonden is None:
        return None
    waarde = gevonden.group(1).decode("ascii")
    return Invoerfout(
        "",
        "XSD",
        f'"{waarde}" is geen datum of tijd die deze dienst kan lezen. Gebruik een jaar van vier cijfers en een tijd vóór 24 uur.',
        inhoud.count(b"\n", 0, gevonden.start()) + 1,
    )


def read_header(inhoud: bytes, soort: Berichtsoort) -> b.Header:
    """Only the header, without reading on."""
    for _, element in _events(inhoud, (_name(soort, "Header"),)):
        return _header(element)
    raise ValueError("bericht zonder header: eerst valideren tegen het XSD")


def read_bericht(inhoud: bytes, soort: Berichtsoort, schema: etree.XMLSchema | None = None) -> b.Bericht:
    """The whole message of one of the kinds that a sender may post.

    With `schema` the message is validated in the same pass. A message that is not valid then raises XMLSyntaxError, or one of
    TypeError, ValueError, AttributeError and IndexError when a reader trips over the fault before the schema speaks.
    """
    if soort is JW323:
        return read_declaratie(inhoud, schema)
    wortel = etree.fromstring(inhoud, _parser(schema))
    header, client = _header(wortel[0]), wortel[1]
    if soort is JW301:
        return b.Toewijzingsbericht(
            soort, header, _client(client), tuple(_toegewezen_product(item) for item in _children(client, "ToegewezenProducten"))
        )
    if soort is JW305:
        return b.Startbericht(
            soort, header, _client(client), tuple(_start_product(item) for item in _children(client, "StartProducten"))
        )
    return b.Stopbericht(soort, header, _client(client), tuple(_stop_product(item) for item in _children(client, "StopProducten")))


def read_declaratie(inhoud: bytes, schema: etree.XMLSchema | None = None) -> b.Declaratiebericht:
    """A JW323 in one pass that lets go of every element once it is read."""
    lezer = _DeclaratieLezer()
    for _, element in _events(inhoud, tuple(_name(JW323, tag) for tag in lezer.tags), schema):
        lezer.tags[element.tag.rpartition("}")[2]](element)
    return lezer.bericht()


class _DeclaratieLezer:
    """Collects a declaration from its elements, in the order in which they end."""

    def __init__(self) -> None:
        self.tags = {
            "Prestatie": self.prestatie,
            "Bsn": self.bsn,
            "Client": self.client,
            "Header": self.header,
            "DeclaratieNummer": self.nummer,
            "DeclaratiePeriode": self.periode,
            "DeclaratieDagtekening": self.dagtekening,
            "TotaalIngediendBedrag": self.totaal,
        }
        self._clienten: list[b.DeclaratieClient] = []
        self._prestaties: list[b.Prestatie] = []
        self._volgnummer = 0
        self._datums: dict[str, date] = {}
        self._teksten: dict[str, str] = {}

    def header(self, element: Element) -> None:
        self._header = _header(element)

    def nummer(self, element: Element) -> None:
        self._nummer = element.text

    def periode(self, element: Element) -> None:
        self._periode = b.Periode(_date(element[0].text), _date(element[1].text))

    def dagtekening(self, element: Element) -> None:
        self._dagtekening = _date(element.text)

    def totaal(self, element: Element) -> None:
        self._totaal = _signed(element)
        self._totaal_credit = element[1].text == "C"

    def bsn(self, element: Element) -> None:
        self._bsn = element.text
        self._bsn_regel = element.sourceline

    def prestatie(self, element: Element) -> None:
        self._volgnummer += 1
        referentie, toewijzing, categorie, code, periode, volume, eenheid, *rest = element
        bedrag = rest[-1]
        credit = bedrag[1].text == "C"
        centen = int(bedrag[0].text)
        teksten = self._teksten
        self._prestaties.append(
            b.Prestatie(
                self._volgnummer,
                element.sourceline,
                self._bsn,
                referentie[0].text,
                referentie[1].text if len(referentie) > 1 else None,
                int(toewijzing.text),
                teksten.setdefault(categorie.text, categorie.text),
                teksten.setdefault(code.text, code.text),
                self._date(periode[0].text),
                self._date(periode[1].text),
                int(volume.text),
                teksten.setdefault(eenheid.text, eenheid.text),
                int(rest[0].text) if len(rest) == 2 else None,
                -centen if credit else centen,
                credit,
            )
        )
        if len(self._prestaties) % _VRIJGEVEN == 0:
            del element.getparent()[:-1]

    def client(self, element: Element) -> None:
        self._clienten.append(b.DeclaratieClient(self._bsn, tuple(self._prestaties), self._bsn_regel))
        self._prestaties = []
        _let_go(element)

    def bericht(self) -> b.Declaratiebericht:
        declaratie = b.Declaratie(
            self._nummer, self._periode, self._dagtekening, self._totaal, tuple(self._clienten), self._totaal_credit
        )
        return b.Declaratiebericht(JW323, self._header, declaratie)

    def _date(self, tekst: str) -> date:
        """Dates repeat from line to line: each text is read once."""
        gelezen = self._datums.get(tekst)
        if gelezen is None:
            gelezen = self._datums[tekst] = _date(tekst)
        return gelezen


def _let_go(element: Element) -> None:
    """Free an element that was read, and the siblings before it."""
    element.clear()
    ouder = element.getparent()
    while element.getprevious() is not None:
        del ouder[0]


# resolve_entities=_INTERN and never False: together with a schema, False makes libxml2 pass over text that is not XML, such as a
# loose ampersand, and lines would be lost. Entities can only come from a DOCTYPE, and `check_bestand` refuses those beforehand.
def _parser(schema: etree.XMLSchema | None) -> etree.XMLParser:
    return etree.XMLParser(
        schema=schema, resolve_entities=_INTERN, no_network=True, remove_comments=True, remove_pis=True, remove_blank_text=True
    )


def _events(inhoud: bytes, tags: tuple[str, ...], schema: etree.XMLSchema | None = None) -> Iterator[tuple[str, Element]]:
    yield from etree.iterparse(
        BytesIO(inhoud),
        tag=tags,
        schema=schema,
        resolve_entities=_INTERN,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )


def _name(soort: Berichtsoort, tag: str) -> str:
    return f"{{{soort.namespace}}}{tag}"


def _find(element: Element, naam: str) -> Element | None:
    """The child of this local name, in whichever namespace."""
    return next((kind for kind in element if kind.tag.rpartition("}")[2] == naam), None)


def _text(element: Element, *pad: str) -> str | None:
    """Text of the element at a path of local names; None where a step is absent."""
    for naam in pad:
        element = _find(element, naam)
        if element is None:
            return None
    tekst: str | None = element.text
    return tekst


def _required(element: Element, *pad: str) -> str:
    tekst = _text(element, *pad)
    if tekst is None:
        raise ValueError(f"{'/'.join(pad)} ontbreekt: eerst valideren tegen het XSD")
    return tekst


def _children(element: Element, naam: str) -> list[Element]:
    omhullend = _find(element, naam)
    return [] if omhullend is None else list(omhullend)


def _date(tekst: str) -> date:
    return date.fromisoformat(tekst.strip())


def _time(tekst: str) -> time:
    """A time as it stands; libxml2 lets a time zone through that the standard does not have, and it is left out."""
    return time.fromisoformat(tekst.strip()).replace(tzinfo=None)


def _optional_date(tekst: str | None) -> date | None:
    return None if tekst is None else _date(tekst)


def _optional_int(tekst: str | None) -> int | None:
    return None if tekst is None else int(tekst)


def _signed(element: Element) -> int:
    """A CDT_(Totaal)BedragMetDC in cents, negative for credit."""
    centen = int(element[0].text)
    return -centen if element[1].text == "C" else centen


def _header(element: Element) -> b.Header:
    return b.Header(
        _required(element, "Afzender"),
        _required(element, "Ontvanger"),
        _required(element, "BerichtIdentificatie", "Identificatie"),
        _date(_required(element, "BerichtIdentificatie", "Dagtekening")),
        _required(element, "XsdVersie", "BasisschemaXsdVersie"),
        _required(element, "XsdVersie", "BerichtXsdVersie"),
    )


def _client(element: Element) -> b.Client:
    geboren = _geboortedatum(element)
    if geboren is None:
        raise ValueError("Geboortedatum ontbreekt: eerst valideren tegen het XSD")
    communicatie = _find(element, "Communicatie")
    return b.Client(
        _required(element, "Bsn"),
        geboren,
        _naam(element),
        element.sourceline,
        None if communicatie is None else b.Communicatie(_required(communicatie, "Vorm"), _text(communicatie, "Taal")),
        tuple(_relatie(item) for item in _children(element, "Relaties")),
        tuple(_contact(item) for item in _children(element, "Contactgegevens")),
    )


def _geboortedatum(element: Element) -> b.Geboortedatum | None:
    datum = _text(element, "Geboortedatum", "Datum")
    return None if datum is None else b.Geboortedatum(_date(datum), _text(element, "Geboortedatum", "DatumGebruik"))


def _naam(element: Element) -> b.Naam:
    return b.Naam(
        _required(element, "Naam", "Geslachtsnaam", "Achternaam"),
        _text(element, "Naam", "Partnernaam", "Achternaam"),
        _text(element, "Naam", "NaamGebruik"),
    )


def _relatie(element: Element) -> b.Relatie:
    contact = _find(element, "Contact")
    return b.Relatie(
        _required(element, "Nummer"), _geboortedatum(element), _naam(element), _contact(contact), element.sourceline
    )  # fmt: skip


def _contact(element: Element) -> b.Contact:
    adres, periode = _find(element, "Adres"), _find(element, "Periode")
    return b.Contact(
        _required(element, "Soort"),
        None if adres is None else b.Adres(_find(adres, "Huis") is not None, _text(adres, "Postcode"), _text(adres, "LandCode")),
        _find(element, "Telefoon") is not None,
        None
        if periode is None
        else b.OpenPeriode(_optional_date(_text(periode, "Begindatum")), _optional_date(_text(periode, "Einddatum"))),
        element.sourceline,
    )


def _product(element: Element) -> b.Product | None:
    categorie = _text(element, "Product", "Categorie")
    return None if categorie is None else b.Product(categorie, _text(element, "Product", "Code"))


def _toegewezen_product(element: Element) -> b.ToegewezenProduct:
    volume = _text(element, "Omvang", "Volume")
    return b.ToegewezenProduct(
        int(_required(element, "ToewijzingNummer")),
        _text(element, "ReferentieAanbieder"),
        _product(element),
        _date(_required(element, "Toewijzingsdatum")),
        _time(_required(element, "Toewijzingstijd")),
        _date(_required(element, "Ingangsdatum")),
        _optional_date(_text(element, "Einddatum")),
        _text(element, "RedenWijziging"),
        None
        if volume is None
        else b.Omvang(int(volume), _required(element, "Omvang", "Eenheid"), _required(element, "Omvang", "Frequentie")),
        _optional_int(_text(element, "Budget")),
        element.sourceline,
    )


def _start_product(element: Element) -> b.StartProduct:
    return b.StartProduct(
        _optional_int(_text(element, "ToewijzingNummer")),
        _product(element),
        _optional_date(_text(element, "ToewijzingIngangsdatum")),
        _date(_required(element, "Begindatum")),
        _required(element, "StatusAanlevering"),
        element.sourceline,
    )


def _stop_product(element: Element) -> b.StopProduct:
    return b.StopProduct(
        _optional_int(_text(element, "ToewijzingNummer")),
        _product(element),
        _optional_date(_text(element, "ToewijzingIngangsdatum")),
        _date(_required(element, "Begindatum")),
        _date(_required(element, "Einddatum")),
        _required(element, "RedenBeeindiging"),
        _required(element, "StatusAanlevering"),
        element.sourceline,
    )
