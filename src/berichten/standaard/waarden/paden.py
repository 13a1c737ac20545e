"""Paths of classes inside a message, as findings and answers name them: a number only where there is more than one."""

from berichten.standaard.waarden.berichten import Client, Declaratie, Prestatie
from berichten.standaard.waarden.soorten import Berichtsoort

VERZOEK_PAD = "Bericht/Client/Verzoek"
"""Path of what a JW317 asks as a whole."""
ANTWOORD_PAD = "Bericht/Antwoord"
WOONPLAATS_PAD = f"{ANTWOORD_PAD}/Woonplaatsbeginsel"


def numbered(naam: str, nummer: int, aantal: int) -> str:
    """`Client` when it is the only one, else `Client[2]`."""
    return naam if aantal == 1 else f"{naam}[{nummer}]"


def product_pad(soort: Berichtsoort, nummer: int, aantal: int) -> str:
    """Path of the n-th product class (from 1) of a kind that has such classes; what they stand in has their plural for a name."""
    return f"Bericht/Client/{soort.productklasse}en/{numbered(soort.productklasse, nummer, aantal)}"


_OMHULSELS = {
    "AangevraagdProduct": "Client/AangevraagdeProducten",
    "OngewijzigdProduct": "Client/Verzoek/OngewijzigdeProducten",
    "TeWijzigenProduct": "Client/Verzoek/TeWijzigenProducten",
    "NieuwProduct": "Client/Verzoek/NieuweProducten",
}


def gevraagd_pad(klasse: str, nummer: int, aantal: int) -> str:
    """Path of the n-th product (from 1) of its class in a JW315 or JW317."""
    return f"Bericht/{_OMHULSELS[klasse]}/{numbered(klasse, nummer, aantal)}"


def relatie_pad(nummer: int, client: Client) -> str:
    """Path of the n-th relation (from 1) of the client of a JW301; its Contact is below it."""
    return f"Bericht/Client/Relaties/{numbered('Relatie', nummer, len(client.relaties))}"


def contact_pad(nummer: int, client: Client) -> str:
    """Path of the n-th Contact (from 1) of the client of a JW301."""
    return f"Bericht/Client/Contactgegevens/{numbered('Contact', nummer, len(client.contacten))}"


def client_pad(index: int, declaratie: Declaratie) -> str:
    """Path of a client of a declaration; `index` counts from 0. A JW303 has no class Declaratie."""
    return f"{declaratie.pad}/Clienten/{numbered('Client', index + 1, len(declaratie.clienten))}"


def prestatie_pad(prestatie: Prestatie, index: int, declaratie: Declaratie) -> str:
    """Path of a line; `index` is that of its client, from 0."""
    regels = declaratie.clienten[index].prestaties
    nummer = prestatie.volgnummer - regels[0].volgnummer + 1
    return f"{client_pad(index, declaratie)}/Prestaties/{numbered('Prestatie', nummer, len(regels))}"
