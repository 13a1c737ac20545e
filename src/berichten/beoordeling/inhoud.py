"""Level 2: every fault that a message shows by itself. One of them rejects the whole message (IV032).

Pure, like `beoordeling`. Classes are judged in the order of the message, and every fault of each is told.
"""

from berichten.beoordeling.release import of_its_time
from berichten.kern.regel import Bevinding, Plaats, Regel, Toets, check
from berichten.regels import register
from berichten.regels.inhoud.inhoudsregel import Inhoud, read_inhoud
from berichten.regels.jw303.jw303regel import NotaInhoud, read_nota_inhoud
from berichten.standaard.waarden.berichten import (
    Bericht,
    Client,
    Declaratie,
    Declaratiebericht,
    DeclaratieClient,
    Startbericht,
    StartProduct,
    Stopbericht,
    StopProduct,
    ToegewezenProduct,
    Toewijzingsbericht,
)
from berichten.standaard.waarden.jw303 import Nota, Notabericht
from berichten.standaard.waarden.paden import client_pad, contact_pad, prestatie_pad, product_pad, relatie_pad

_PRODUCTREGELS: dict[str, tuple[Regel, ...]] = {
    "JW301": register.INHOUD_TOEGEWEZEN_PRODUCT,
    "JW305": register.INHOUD_START,
    "JW307": register.INHOUD_STOP,
}
_PRESTATIE: tuple[tuple[Regel, Toets], ...] = tuple((item, item.toets) for item in register.INHOUD_PRESTATIE)
_NOTA_PRESTATIE: tuple[tuple[Regel, Toets], ...] = tuple((item, item.toets) for item in register.NOTA_INHOUD_PRESTATIE)
"""With their functions looked up once: the loop over a line runs a hundred thousand times for a large declaration."""


def check_inhoud(bericht: Bericht) -> list[Bevinding]:
    """Every fault on level 2 by the rules of the message's release, in message order."""
    return of_its_time(_check_all(bericht), bericht.soort.release)


def _check_all(bericht: Bericht) -> list[Bevinding]:
    if isinstance(bericht, Notabericht):
        return _check_nota(bericht.declaratie, read_nota_inhoud(bericht))
    inhoud = read_inhoud(bericht)
    if isinstance(bericht, Declaratiebericht):
        return _check_declaratie(bericht.declaratie, inhoud)
    plaats = Plaats("Client", "Bericht/Client", bericht.client.regelnummer)
    bevindingen = check(register.INHOUD_PERSOON, bericht.client, inhoud, plaats)
    if isinstance(bericht, Toewijzingsbericht):
        bevindingen += check(register.INHOUD_CLIENT, bericht.client, inhoud, plaats)
        bevindingen += _check_relaties(bericht.client, inhoud)
        bevindingen += _check_contacten(bericht.client, inhoud)
    return bevindingen + _check_producten(bericht, inhoud)


def _check_nota(nota: Nota, inhoud: NotaInhoud) -> list[Bevinding]:
    bevindingen = check(register.NOTA_INHOUD, nota, inhoud, Plaats("Header", "Bericht/Header"))
    for index, client in enumerate(nota.clienten):
        plaats = Plaats("Client", client_pad(index, nota), client.regelnummer)
        bevindingen += check(register.NOTA_INHOUD_CLIENT, client, inhoud, plaats)
        bevindingen += _check_prestaties(client, index, nota, inhoud, _NOTA_PRESTATIE)
    return bevindingen


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


def _check_producten(bericht: Toewijzingsbericht | Startbericht | Stopbericht, inhoud: Inhoud) -> list[Bevinding]:
    bevindingen: list[Bevinding] = []
    producten: tuple[ToegewezenProduct | StartProduct | StopProduct, ...] = bericht.producten
    regels, aantal = _PRODUCTREGELS[bericht.soort.naam], len(producten)
    for nummer, product in enumerate(producten, 1):
        pad = product_pad(bericht.soort, nummer, aantal)
        bevindingen += check(regels, product, inhoud, Plaats(type(product).__name__, pad, product.regelnummer, nummer))
    return bevindingen


def _check_declaratie(declaratie: Declaratie, inhoud: Inhoud) -> list[Bevinding]:
    bevindingen = check(register.INHOUD_DECLARATIE, declaratie, inhoud, Plaats("Declaratie", "Bericht/Declaratie"))
    for index, client in enumerate(declaratie.clienten):
        plaats = Plaats("Client", client_pad(index, declaratie), client.regelnummer)
        bevindingen += check(register.INHOUD_DECLARATIE_CLIENT, client, inhoud, plaats)
        bevindingen += _check_prestaties(client, index, declaratie, inhoud, _PRESTATIE)
    return bevindingen


def _check_prestaties(
    client: DeclaratieClient, index: int, declaratie: Declaratie, inhoud: Inhoud, regels: tuple[tuple[Regel, Toets], ...]
) -> list[Bevinding]:
    """The hot path: a place is made only for a line at fault."""
    bevindingen = []
    for prestatie in client.prestaties:
        for item, toets in regels:
            feiten = toets(prestatie, inhoud)
            if feiten is not None:
                pad = prestatie_pad(prestatie, index, declaratie)
                plaats = Plaats("Prestatie", pad, prestatie.regelnummer, prestatie.volgnummer)
                bevindingen.append(Bevinding(item, plaats, feiten))
    return bevindingen
