"""Level 2: every fault that a message shows by itself. One of them rejects the whole message (IV032).

Pure. Classes are judged in the order of the message, and every fault of each is told.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from berichten.beoordeling.kolommen.verdachten import find_client_suspects, find_inhoud_suspects
from berichten.kern.regel import Bevinding, Plaats, Regel, Toets, check, is_sound
from berichten.regels import register
from berichten.regels.inhoud.inhoudsregel import (
    Inhoud,
    read_aanvragen,
    read_antwoord,
    read_declaratie,
    read_levering,
    read_toewijzing,
    read_wijziging,
)
from berichten.regels.jw303.jw303regel import read_jw303_inhoud
from berichten.standaard.waarden.berichten import (
    Client,
    Declaratie,
    Declaratiebericht,
    Prestatie,
    Startbericht,
    StartProduct,
    Stopbericht,
    StopProduct,
    ToegewezenProduct,
    Toewijzingsbericht,
)
from berichten.standaard.waarden.jw303 import Jw303bericht
from berichten.standaard.waarden.paden import (
    ANTWOORD_PAD,
    VERZOEK_PAD,
    WOONPLAATS_PAD,
    client_pad,
    contact_pad,
    gevraagd_pad,
    prestatie_pad,
    product_pad,
    relatie_pad,
)
from berichten.standaard.waarden.verzoeken import (
    AangevraagdProduct,
    NieuwProduct,
    OngewijzigdProduct,
    TeWijzigenProduct,
    Toewijzingsverzoek,
    Verzoekantwoord,
    Verzoekclient,
    Wijzigingsverzoek,
)

Gevraagd = AangevraagdProduct | OngewijzigdProduct | TeWijzigenProduct | NieuwProduct


def check_toewijzing(bericht: Toewijzingsbericht) -> list[Bevinding]:
    """A JW301: its client with relations and contacts, and its allocations."""
    inhoud, client = read_toewijzing(bericht), bericht.client
    bevindingen = check((*register.INHOUD_PERSOON, *register.INHOUD_CLIENT), client, inhoud, _client_plaats(client))
    bevindingen += _check_relaties(client, inhoud)
    bevindingen += _check_contacten(client, inhoud)
    return bevindingen + _check_producten(register.INHOUD_TOEGEWEZEN_PRODUCT, bericht, inhoud)


def check_start(bericht: Startbericht) -> list[Bevinding]:
    """A JW305."""
    return _check_levering(register.INHOUD_START, bericht)


def check_stop(bericht: Stopbericht) -> list[Bevinding]:
    """A JW307."""
    return _check_levering(register.INHOUD_STOP, bericht)


def check_toewijzingsverzoek(bericht: Toewijzingsverzoek) -> list[Bevinding]:
    """A JW315."""
    inhoud, client = read_aanvragen(bericht), bericht.client
    bevindingen = check(register.INHOUD_PERSOON, client, inhoud, _client_plaats(client))
    return bevindingen + _check_gevraagd(register.INHOUD_AANGEVRAAGD_PRODUCT, bericht.aangevraagd, inhoud)


def check_wijzigingsverzoek(bericht: Wijzigingsverzoek) -> list[Bevinding]:
    """A JW317."""
    inhoud, client = read_wijziging(bericht), bericht.client
    verzoek = Plaats("Verzoek", VERZOEK_PAD, bericht.regelnummer)
    return [
        *check(register.INHOUD_VERZOEKCLIENT, client, inhoud, _client_plaats(client)),
        *check(register.INHOUD_VERZOEK, bericht, inhoud, verzoek),
        *_check_gevraagd(register.INHOUD_ONGEWIJZIGD_PRODUCT, bericht.ongewijzigd, inhoud),
        *_check_gevraagd(register.INHOUD_TE_WIJZIGEN_PRODUCT, bericht.te_wijzigen, inhoud),
        *_check_gevraagd(register.INHOUD_NIEUW_PRODUCT, bericht.nieuw, inhoud),
    ]


def check_verzoekantwoord(bericht: Verzoekantwoord) -> list[Bevinding]:
    """A JW319."""
    inhoud = read_antwoord(bericht)
    woonplaats = Plaats("Woonplaatsbeginsel", WOONPLAATS_PAD, bericht.regelnummer)
    return [
        *check(register.INHOUD_ANTWOORD, bericht, inhoud, Plaats("Antwoord", ANTWOORD_PAD, bericht.regelnummer)),
        *check(register.INHOUD_WOONPLAATSBEGINSEL, bericht, inhoud, woonplaats),
    ]


def check_declaratie(bericht: Declaratiebericht) -> list[Bevinding]:
    """A JW323."""
    return _check_declaratie(bericht.declaratie, read_declaratie(bericht), _JW323)


def check_jw303(bericht: Jw303bericht) -> list[Bevinding]:
    """A JW303."""
    return _check_declaratie(bericht.declaratie, read_jw303_inhoud(bericht), _JW303)


def _check_levering(regels: tuple[Regel, ...], bericht: Startbericht | Stopbericht) -> list[Bevinding]:
    inhoud, client = read_levering(bericht), bericht.client
    return check(register.INHOUD_PERSOON, client, inhoud, _client_plaats(client)) + _check_producten(regels, bericht, inhoud)


def _check_gevraagd(regels: tuple[Regel, ...], producten: Sequence[Gevraagd], inhoud: Inhoud) -> list[Bevinding]:
    bevindingen: list[Bevinding] = []
    for nummer, product in enumerate(producten, 1):
        klasse = type(product).__name__
        plaats = Plaats(klasse, gevraagd_pad(klasse, nummer, len(producten)), product.regelnummer, nummer)
        bevindingen += check(regels, product, inhoud, plaats)
    return bevindingen


def _client_plaats(client: Client | Verzoekclient) -> Plaats:
    return Plaats("Client", "Bericht/Client", client.regelnummer)


def _check_relaties(client: Client, inhoud: Inhoud) -> list[Bevinding]:
    bevindingen: list[Bevinding] = []
    for nummer, relatie in enumerate(client.relaties, 1):
        pad = relatie_pad(nummer, client)
        bevindingen += check(register.INHOUD_RELATIE, relatie, inhoud, Plaats("Relatie", pad, relatie.regelnummer))
        plaats = Plaats("Contact", f"{pad}/Contact", relatie.contact.regelnummer)
        bevindingen += check(register.INHOUD_CONTACT, relatie.contact, inhoud, plaats)
    return bevindingen


def _check_contacten(client: Client, inhoud: Inhoud) -> list[Bevinding]:
    bevindingen: list[Bevinding] = []
    for nummer, contact in enumerate(client.contacten, 1):
        plaats = Plaats("Contact", contact_pad(nummer, client), contact.regelnummer)
        bevindingen += check(register.INHOUD_CONTACT, contact, inhoud, plaats)
    return bevindingen


def _check_producten(
    regels: tuple[Regel, ...], bericht: Toewijzingsbericht | Startbericht | Stopbericht, inhoud: Inhoud
) -> list[Bevinding]:
    bevindingen: list[Bevinding] = []
    producten: tuple[ToegewezenProduct | StartProduct | StopProduct, ...] = bericht.producten
    for nummer, product in enumerate(producten, 1):
        pad = product_pad(bericht.soort, nummer, len(producten))
        bevindingen += check(regels, product, inhoud, Plaats(type(product).__name__, pad, product.regelnummer, nummer))
    return bevindingen


@dataclass(frozen=True, slots=True)
class _Inhoudsregels:
    """The rules of level 2 on a kind of declaration."""

    kop: tuple[Regel, ...]
    kop_plaats: Plaats
    client: tuple[Regel, ...]
    prestatie: tuple[tuple[Regel, Toets], ...]
    """With their functions looked up once: the loop over a line runs a hundred thousand times for a large declaration."""


def _with_toets(regels: tuple[Regel, ...]) -> tuple[tuple[Regel, Toets], ...]:
    return tuple((item, item.toets) for item in regels)


_JW323 = _Inhoudsregels(
    register.INHOUD_DECLARATIE,
    Plaats("Declaratie", "Bericht/Declaratie"),
    register.INHOUD_DECLARATIE_CLIENT,
    _with_toets(register.INHOUD_PRESTATIE),
)
_JW303 = _Inhoudsregels(
    register.JW303_INHOUD,
    Plaats("Header", "Bericht/Header"),
    register.JW303_INHOUD_CLIENT,
    _with_toets(register.JW303_INHOUD_PRESTATIE),
)


def _check_declaratie(declaratie: Declaratie, inhoud: Inhoud, regels: _Inhoudsregels) -> list[Bevinding]:
    bevindingen = check(regels.kop, declaratie, inhoud, regels.kop_plaats)
    verdacht = find_inhoud_suspects(declaratie, inhoud, (item for item, _ in regels.prestatie))
    te_beoordelen: defaultdict[int, list[Prestatie]] = defaultdict(list)
    for index, prestatie in declaratie.choose(verdacht):
        te_beoordelen[index].append(prestatie)
    verdachte_clienten = find_client_suspects(declaratie, inhoud, regels.client)
    for index, client in enumerate(declaratie.clienten):
        if verdachte_clienten[index] and not is_sound(regels.client, client, inhoud):
            plaats = Plaats("Client", client_pad(index, declaratie), client.regelnummer)
            bevindingen += check(regels.client, client, inhoud, plaats)
        if index in te_beoordelen:
            bevindingen += _check_prestaties(te_beoordelen[index], index, declaratie, inhoud, regels.prestatie)
    return bevindingen


def _check_prestaties(
    prestaties: Iterable[Prestatie], index: int, declaratie: Declaratie, inhoud: Inhoud, regels: tuple[tuple[Regel, Toets], ...]
) -> list[Bevinding]:
    """The hot path: a place is made only for a line at fault."""
    bevindingen = []
    for prestatie in prestaties:
        for item, toets in regels:
            gegevens = toets(prestatie, inhoud)
            if gegevens is not None:
                pad = prestatie_pad(prestatie, index, declaratie)
                plaats = Plaats("Prestatie", pad, prestatie.regelnummer, prestatie.volgnummer)
                bevindingen.append(Bevinding(item, plaats, gegevens))
    return bevindingen
