"""Readers: from the bytes of a message to the values of `berichten`. Names of elements stay in the readers.

A declaration is read in portions (`lezen_declaratie`), since it may hold thirty thousand lines; the others have one client and are
read whole. XML allows dates that no calendar can hold (year 12026, 24:00 hours) and thousands of noughts before a number; a reader
raises ValueError for those, and `kalender` tells which it was.
"""

from lxml import etree

from berichten.fouten import Invoerfout
from berichten.standaard.lezen.declaratie import OngeldigError, read_declaratie
from berichten.standaard.lezen.jw303 import read_jw303
from berichten.standaard.lezen.retour import Inzending, read_retour
from berichten.standaard.lezen.snellezer import read_quickly
from berichten.standaard.lezen.velden import (
    Element,
    find_child,
    line_of,
    list_children,
    read_date,
    read_header,
    read_omvang,
    read_optional_date,
    read_optional_int,
    read_product,
    read_required,
    read_text,
    read_time,
)
from berichten.standaard.lezen.verzoeken import read_toewijzingsverzoek, read_verzoekantwoord, read_wijzigingsverzoek
from berichten.standaard.schema.bestand import herken
from berichten.standaard.schema.naamruimte import plain_namespaces
from berichten.standaard.schema.ontleder import make_parser
from berichten.standaard.schema.schema import GROOT, is_valid_stream
from berichten.standaard.waarden import berichten as b
from berichten.standaard.waarden import onderdelen as o
from berichten.standaard.waarden.soorten import (
    ANTWOORDEN_VAN_AANBIEDER,
    JW301,
    JW303,
    JW305,
    JW315,
    JW317,
    JW319,
    JW323,
    Berichtsoort,
)


def read_bericht(inhoud: bytes, soort: Berichtsoort, schema: etree.XMLSchema | None = None) -> Inzending:
    """The whole message of one of the kinds that are read; with `schema` it is validated too.

    Raises XMLSyntaxError when it is not XML, OngeldigError when it is not valid, ValueError for a date beyond our calendar.
    """
    if soort.naam == JW323.naam:
        snel = read_quickly(inhoud, soort) if schema is None and len(inhoud) > GROOT else None
        return snel or read_declaratie(inhoud, soort, schema)
    if soort.naam == JW303.naam:
        return read_jw303(inhoud, soort, schema)
    groot = len(inhoud) > GROOT
    parser = make_parser(remove_comments=True, remove_pis=True, remove_blank_text=schema is None or groot)
    if schema is not None and groot and not is_valid_stream(inhoud, schema):
        raise OngeldigError("niet geldig tegen het schema")
    wortel = etree.fromstring(inhoud, parser)
    if schema is not None and not groot and not schema.validate(wortel):
        raise OngeldigError("niet geldig tegen het schema")
    if soort.naam in ANTWOORDEN_VAN_AANBIEDER:
        return read_retour(wortel, soort)
    if soort.naam == JW315.naam:
        return read_toewijzingsverzoek(wortel, soort, _client(wortel[1]))
    if soort.naam == JW317.naam:
        return read_wijzigingsverzoek(wortel, soort)
    if soort.naam == JW319.naam:
        return read_verzoekantwoord(wortel, soort)
    header, client = read_header(wortel[0]), wortel[1]
    if soort.naam == JW301.naam:
        producten = tuple(_toegewezen_product(item) for item in list_children(client, "ToegewezenProducten"))
        return b.Toewijzingsbericht(soort, header, _client(client), producten)
    if soort.naam == JW305.naam:
        gestart = tuple(_start_product(item) for item in list_children(client, "StartProducten"))
        return b.Startbericht(soort, header, _client(client), gestart)
    gestopt = tuple(_stop_product(item) for item in list_children(client, "StopProducten"))
    return b.Stopbericht(soort, header, _client(client), gestopt)


def reread_bericht(inhoud: bytes, naam: str) -> Inzending:
    """A message that was accepted before, of the kind with this name; which release it is shows in the message itself.

    Raises ValueError for bytes that are no message.
    """
    soort = herken(inhoud)
    if isinstance(soort, Invoerfout) or soort.naam != naam:
        raise ValueError(f"bewaard bericht {naam} is niet te herkennen")
    return read_bericht(plain_namespaces(inhoud), soort)


def _client(element: Element) -> b.Client:
    geboren = _geboortedatum(element)
    if geboren is None:
        raise ValueError("Geboortedatum ontbreekt: eerst valideren tegen het XSD")
    communicatie = find_child(element, "Communicatie")
    return b.Client(
        read_required(element, "Bsn"),
        geboren,
        _naam(element),
        line_of(element),
        None if communicatie is None else o.Communicatie(read_required(communicatie, "Vorm"), read_text(communicatie, "Taal")),
        tuple(_relatie(item) for item in list_children(element, "Relaties")),
        tuple(_contact(item) for item in list_children(element, "Contactgegevens")),
    )


def _geboortedatum(element: Element) -> o.Geboortedatum | None:
    datum = read_text(element, "Geboortedatum", "Datum")
    return None if datum is None else o.Geboortedatum(read_date(datum), read_text(element, "Geboortedatum", "DatumGebruik"))


def _naam(element: Element) -> o.Naam:
    return o.Naam(
        read_required(element, "Naam", "Geslachtsnaam", "Achternaam"),
        read_text(element, "Naam", "Partnernaam", "Achternaam"),
        read_text(element, "Naam", "NaamGebruik"),
    )


def _relatie(element: Element) -> o.Relatie:
    contact = find_child(element, "Contact")
    return o.Relatie(
        read_required(element, "Nummer"), _geboortedatum(element), _naam(element), _contact(contact), line_of(element)
    )  # fmt: skip


def _contact(element: Element) -> o.Contact:
    return o.Contact(
        read_required(element, "Soort"),
        _adres(find_child(element, "Adres")),
        find_child(element, "Telefoon") is not None,
        _open_periode(find_child(element, "Periode")),
        line_of(element),
    )


def _adres(element: Element | None) -> o.Adres | None:
    if element is None:
        return None
    return o.Adres(find_child(element, "Huis") is not None, read_text(element, "Postcode"), read_text(element, "LandCode"))


def _open_periode(element: Element | None) -> o.OpenPeriode | None:
    if element is None:
        return None
    begin, einde = (read_optional_date(read_text(element, naam)) for naam in ("Begindatum", "Einddatum"))
    return o.OpenPeriode(begin, einde)


def _toegewezen_product(element: Element) -> b.ToegewezenProduct:
    return b.ToegewezenProduct(
        int(read_required(element, "ToewijzingNummer")),
        read_text(element, "ReferentieAanbieder"),
        read_product(element),
        read_date(read_required(element, "Toewijzingsdatum")),
        read_time(read_required(element, "Toewijzingstijd")),
        read_date(read_required(element, "Ingangsdatum")),
        read_optional_date(read_text(element, "Einddatum")),
        read_text(element, "RedenWijziging"),
        read_omvang(element),
        read_optional_int(read_text(element, "Budget")),
        line_of(element),
    )


def _start_product(element: Element) -> b.StartProduct:
    return b.StartProduct(
        read_optional_int(read_text(element, "ToewijzingNummer")),
        read_product(element),
        read_optional_date(read_text(element, "ToewijzingIngangsdatum")),
        read_date(read_required(element, "Begindatum")),
        read_required(element, "StatusAanlevering"),
        line_of(element),
    )


def _stop_product(element: Element) -> b.StopProduct:
    return b.StopProduct(
        read_optional_int(read_text(element, "ToewijzingNummer")),
        read_product(element),
        read_optional_date(read_text(element, "ToewijzingIngangsdatum")),
        read_date(read_required(element, "Begindatum")),
        read_date(read_required(element, "Einddatum")),
        read_required(element, "RedenBeeindiging"),
        read_required(element, "StatusAanlevering"),
        line_of(element),
    )
