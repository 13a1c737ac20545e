"""Write the JW325: at once when a declaration was handled, or later, when the last of its held lines has been decided."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from berichten.beoordeling.declaratie import IN_ORDE, TECHNISCH, Bedragen, Declaratiebeoordeling, conclude, sum_bedragen
from berichten.opslag.berichten.berichten import Berichtrij, insert_antwoord, read_inhoud
from berichten.opslag.berichten.declaraties import Prestatierij
from berichten.opslag.berichten.zoeken import Prestatiefilter, list_prestaties
from berichten.opslag.besluiten.besluiten import Tussenstand, load_clientcodes, mark_answered
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.werk.antwoorden import answer_identificatie, compose_header
from berichten.processen.werk.werk import BoekenFout
from berichten.standaard.lezen.lezen import reread_bericht
from berichten.standaard.schema.schema import valideer_uitvoer
from berichten.standaard.schrijven.antwoord import ClientAntwoord, DeclaratieAntwoord, write_jw325
from berichten.standaard.uitleg.model import Onderdeel, list_codes
from berichten.standaard.waarden.berichten import Declaratie, Declaratiebericht, Prestatie
from berichten.standaard.waarden.paden import client_pad
from berichten.standaard.waarden.soorten import JW325, find_antwoord


def send_jw325(verbinding: Connection, werkplaats: Werkplaats, stand: Tussenstand) -> None:
    """Answer a declaration of which no line is held any more, from the message itself and what the database says of its lines.

    A few queries for each declaration and not for all at once, since a message may be 25 MB. Raises BoekenFout when the answer
    would state another total than the journal.
    """
    werkplaats, rij = werkplaats.at_one_moment(), stand.bericht
    bericht = reread_bericht(werkplaats.kluis.unpack(read_inhoud(verbinding, rij.gemeente, rij.bericht_id) or b""), rij.soort)
    if not isinstance(bericht, Declaratiebericht):
        raise TypeError(f"bericht {rij.bericht_id} is geen declaratie")
    prestaties = list_prestaties(verbinding, rij, Prestatiefilter())
    beoordeling = restore_beoordeling(bericht.declaratie, prestaties, load_clientcodes(verbinding, rij.gemeente, rij.bericht_id))
    bedragen = sum_bedragen(beoordeling)
    if beoordeling.status != "verwerkt" or bedragen.toegekend != stand.geboekt:
        raise BoekenFout(f"bericht {rij.bericht_id}: journaal {stand.geboekt}, antwoord {bedragen.toegekend}, {beoordeling.status}")
    antwoord = compose_jw325(werkplaats, rij, bericht, beoordeling, bedragen)
    nu = werkplaats.instellingen.nu()
    insert_antwoord(verbinding, rij, rij.agb or "", JW325.naam, answer_identificatie(rij), werkplaats.kluis.pack(antwoord), nu)
    mark_answered(verbinding, rij, beoordeling.codes)


def restore_beoordeling(
    declaratie: Declaratie, prestaties: Sequence[Prestatierij], clientcodes: Iterable[tuple[str, str]]
) -> Declaratiebeoordeling:
    """What became of a declaration, from what was stored of it; `clientcodes` are paths of what was wrong with clients."""
    beoordeling = Declaratiebeoordeling(declaratie)
    for nummer, prestatie in enumerate(prestaties, 1):
        beoordeling.uitkomsten.append(prestatie.uitkomst)  # type: ignore[arg-type]
        if prestatie.retourcodes:
            beoordeling.prestatie_codes[nummer] = tuple(prestatie.retourcodes)
    index_van = {client_pad(index, declaratie): index for index in range(len(declaratie.clienten))}
    for pad, code in clientcodes:
        # A finding on a client names the element that is wrong, one step below the client.
        index = index_van[pad] if pad in index_van else index_van[pad.rpartition("/")[0]]
        beoordeling.client_codes[index] = tuple(dict.fromkeys((*beoordeling.client_codes.get(index, ()), code)))
    conclude(beoordeling)
    return beoordeling


def compose_jw325(
    werkplaats: Werkplaats,
    rij: Berichtrij,
    bericht: Declaratiebericht,
    beoordeling: Declaratiebeoordeling,
    bedragen: Bedragen,
) -> bytes:
    """The answer: only what is rejected goes back, whole (TR342)."""
    soort = find_antwoord(bericht.soort)
    clienten = () if beoordeling.status == "afgekeurd" else _returned(bericht.declaratie, beoordeling)
    if soort.van_toen:
        clienten = tuple(_in_codes_of_then(client, werkplaats.schemas.model(soort)) for client in clienten)
    antwoord = DeclaratieAntwoord(bericht.declaratie, bedragen.toegekend, beoordeling.codes, clienten)
    return _write(werkplaats, rij, bericht, (IN_ORDE,), antwoord)


def compose_jw325_header(
    werkplaats: Werkplaats, rij: Berichtrij, bericht: Declaratiebericht, retourcodes: tuple[str, ...]
) -> bytes:
    """The answer to a message rejected before its Declaratie: a header only."""
    return _write(werkplaats, rij, bericht, retourcodes, None)


def _write(
    werkplaats: Werkplaats,
    rij: Berichtrij,
    bericht: Declaratiebericht,
    retourcodes: tuple[str, ...],
    antwoord: DeclaratieAntwoord | None,
) -> bytes:
    soort = find_antwoord(bericht.soort)
    inhoud = write_jw325(bericht.header, compose_header(werkplaats, soort, rij, retourcodes), antwoord, soort)
    valideer_uitvoer(inhoud, soort, werkplaats.schemas)
    return inhoud


def _in_codes_of_then(client: ClientAntwoord, model: Onderdeel) -> ClientAntwoord:
    """A person may reject a line with a code that its release did not have yet: that goes back as 0001."""
    bekend = list_codes(model, "LDT_RetourCode")
    prestaties = tuple(
        (prestatie, tuple(dict.fromkeys(code if code in bekend else TECHNISCH for code in codes)))
        for prestatie, codes in client.prestaties
    )
    return replace(client, prestaties=prestaties)


def _returned(declaratie: Declaratie, beoordeling: Declaratiebeoordeling) -> tuple[ClientAntwoord, ...]:
    """Clients with lines that are not awarded, and those lines with their codes."""
    per_client: defaultdict[int, list[tuple[Prestatie, tuple[str, ...]]]] = defaultdict(list)
    for index, prestatie in declaratie.choose([uitkomst != "toegekend" for uitkomst in beoordeling.uitkomsten]):
        per_client[index].append((prestatie, beoordeling.prestatie_codes[prestatie.volgnummer]))
    return tuple(
        ClientAntwoord(declaratie.clienten[index].bsn, beoordeling.client_codes.get(index, (IN_ORDE,)), tuple(regels))
        for index, regels in per_client.items()
    )
