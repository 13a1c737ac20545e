"""Readers of requests: JW315, JW317 and JW319, from the tree of a message that is valid."""

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
)
from berichten.standaard.waarden import verzoeken as v
from berichten.standaard.waarden.berichten import Client
from berichten.standaard.waarden.soorten import Berichtsoort

_JA = "1"


def read_toewijzingsverzoek(wortel: Element, soort: Berichtsoort, client: Client) -> v.Toewijzingsverzoek:
    """A JW315. Raises ValueError for a date beyond our calendar."""
    aangevraagd = tuple(_aangevraagd(item) for item in list_children(wortel[1], "AangevraagdeProducten"))
    return v.Toewijzingsverzoek(soort, read_header(wortel[0]), client, aangevraagd)


def read_wijzigingsverzoek(wortel: Element, soort: Berichtsoort) -> v.Wijzigingsverzoek:
    """A JW317. Raises ValueError for a date beyond our calendar."""
    client = wortel[1]
    verzoek = find_child(client, "Verzoek")
    return v.Wijzigingsverzoek(
        soort,
        read_header(wortel[0]),
        v.Verzoekclient(read_required(client, "Bsn"), line_of(client)),
        read_required(verzoek, "ReferentieAanbieder"),
        tuple(_ongewijzigd(item) for item in list_children(verzoek, "OngewijzigdeProducten")),
        tuple(_te_wijzigen(item) for item in list_children(verzoek, "TeWijzigenProducten")),
        tuple(_nieuw(item) for item in list_children(verzoek, "NieuweProducten")),
        line_of(verzoek),
        read_required(verzoek, "RedenVerzoek"),
    )


def read_verzoekantwoord(wortel: Element, soort: Berichtsoort) -> v.Verzoekantwoord:
    """A JW319. Raises ValueError for a date beyond our calendar."""
    antwoord = wortel[1]
    return v.Verzoekantwoord(
        soort,
        read_header(wortel[0]),
        read_required(antwoord, "ReferentieAanbieder"),
        read_required(antwoord, "VerzoekAntwoord"),
        read_text(antwoord, "RedenAfwijzingVerzoek"),
        read_text(antwoord, "Woonplaatsbeginsel", "Gemeente"),
        line_of(antwoord),
    )


def _aangevraagd(element: Element) -> v.AangevraagdProduct:
    return v.AangevraagdProduct(
        read_required(element, "ReferentieAanbieder"),
        read_optional_int(read_text(element, "BeschikkingNummer")),
        read_optional_date(read_text(element, "BeschikkingIngangsdatum")),
        read_product(element),
        read_date(read_required(element, "ToewijzingIngangsdatum")),
        read_optional_date(read_text(element, "ToewijzingEinddatum")),
        read_omvang(element),
        read_optional_int(read_text(element, "Budget")),
        _verwijzer(element),
        line_of(element),
        read_text(element, "Raamcontract") == _JA,
    )


def _verwijzer(element: Element) -> v.Verwijzer:
    return v.Verwijzer(
        read_required(element, "Verwijzer", "Type"),
        read_text(element, "Verwijzer", "Naam"),
        read_text(element, "Verwijzer", "ZorgverlenerCode"),
    )


def _ongewijzigd(element: Element) -> v.OngewijzigdProduct:
    nummer = read_required(element, "ToewijzingNummer")
    return v.OngewijzigdProduct(int(nummer), nummer, line_of(element))


def _te_wijzigen(element: Element) -> v.TeWijzigenProduct:
    nummer = read_required(element, "ToewijzingNummer")
    return v.TeWijzigenProduct(
        int(nummer),
        nummer,
        read_date(read_required(element, "GewensteIngangsdatum")),
        read_optional_date(read_text(element, "Einddatum")),
        read_omvang(element),
        read_optional_int(read_text(element, "Budget")),
        line_of(element),
    )


def _nieuw(element: Element) -> v.NieuwProduct:
    return v.NieuwProduct(
        read_product(element),
        read_date(read_required(element, "GewensteIngangsdatum")),
        read_optional_date(read_text(element, "Einddatum")),
        read_omvang(element),
        read_optional_int(read_text(element, "Budget")),
        line_of(element),
    )
