"""Handle a JW303: judge its lines against their allocations, book what is awarded, and answer with a JW304."""

from dataclasses import replace

from sqlalchemy import Connection

from berichten.beoordeling.declaratie import IN_ORDE, Bedragen
from berichten.beoordeling.jw303 import Notabeoordeling, judge_nota, returned_lines, sum_nota
from berichten.boeken.journaalposten import book_nota
from berichten.opslag.berichten.berichten import Berichtrij
from berichten.opslag.berichten.declaraties import copy_boekingen, insert_declaratie
from berichten.opslag.berichten.jw303 import copy_nota_prestaties, load_nota_kader
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.berichten.antwoorden import compose_header
from berichten.processen.berichten.verwerk_declaratie import Uitslag, check_books
from berichten.standaard.schema.schema import valideer_uitvoer
from berichten.standaard.schrijven.jw304 import NotaAntwoord, PrestatieAntwoord, write_jw304
from berichten.standaard.waarden.jw303 import Notabericht
from berichten.standaard.waarden.soorten import find_antwoord


def handle_nota(verbinding: Connection, werkplaats: Werkplaats, rij: Berichtrij, bericht: Notabericht, inhoud: bytes) -> Uitslag:
    """Judge, book and answer a JW303 with these bytes.

    Raises BoekenFout when the JW304 would state another total than the journal.
    """
    agb = bericht.header.afzender
    nota, kader = load_nota_kader(verbinding, rij.gemeente, agb, bericht.declaratie)
    beoordeling = judge_nota(nota, kader)
    beoordeeld = beoordeling.status != "afgekeurd"
    bedragen = sum_nota(nota, beoordeling)
    insert_declaratie(verbinding, rij, agb, nota, nummer_gebruikt=beoordeeld)
    copy_nota_prestaties(verbinding, rij, agb, nota, beoordeling)
    copy_boekingen(verbinding, rij, agb, book_nota(nota, beoordeling), werkplaats.instellingen.nu())
    check_books(verbinding, rij, bedragen)
    antwoord = _compose(werkplaats, rij, replace(bericht, declaratie=nota), inhoud, beoordeling, bedragen)
    return (
        beoordeling.status, beoordeling.header_codes, tuple(beoordeling.bevindingen), bedragen, (), beoordeeld, antwoord
    )  # fmt: skip


def keep_unjudged_nota(verbinding: Connection, rij: Berichtrij, bericht: Notabericht) -> None:
    """Keep a JW303 that stopped at level 2 or at its header: its lines are not judged and use nothing up."""
    nota, agb = bericht.declaratie, bericht.header.afzender
    aantal = sum(len(client.prestaties) for client in nota.clienten)
    insert_declaratie(verbinding, rij, agb, nota, nummer_gebruikt=False)
    niets = Notabeoordeling("afgekeurd", uitkomsten=["niet_beoordeeld"] * aantal)
    copy_nota_prestaties(verbinding, rij, agb, nota, niets)


def compose_jw304_header(
    werkplaats: Werkplaats, rij: Berichtrij, bericht: Notabericht, inhoud: bytes, retourcodes: tuple[str, ...], toegekend: int = 0
) -> bytes:
    """A JW304 with a header only: for a message rejected as a whole."""
    antwoord = NotaAntwoord(bericht.declaratie.totaal_ingediend, toegekend, {}, {})
    return _write(werkplaats, rij, bericht, inhoud, retourcodes, antwoord)


def _compose(
    werkplaats: Werkplaats,
    rij: Berichtrij,
    bericht: Notabericht,
    inhoud: bytes,
    beoordeling: Notabeoordeling,
    bedragen: Bedragen,
) -> bytes:
    """Only what is not awarded whole goes back (TR320); of a message rejected as a whole nothing."""
    if beoordeling.status == "afgekeurd":
        return compose_jw304_header(werkplaats, rij, bericht, inhoud, beoordeling.header_codes)
    terug = returned_lines(bericht.declaratie, beoordeling)
    clienten = {
        index: beoordeling.client_codes.get(index, (IN_ORDE,))
        for index, client in enumerate(bericht.declaratie.clienten)
        if any(prestatie.volgnummer in terug for prestatie in client.prestaties)
    }
    regels = {nummer: PrestatieAntwoord(centen, beoordeling.prestatie_codes.get(nummer, ())) for nummer, centen in terug.items()}
    antwoord = NotaAntwoord(bedragen.ingediend, bedragen.toegekend, clienten, regels)
    return _write(werkplaats, rij, bericht, inhoud, beoordeling.header_codes, antwoord)


def _write(
    werkplaats: Werkplaats,
    rij: Berichtrij,
    bericht: Notabericht,
    inhoud: bytes,
    retourcodes: tuple[str, ...],
    antwoord: NotaAntwoord,
) -> bytes:
    soort = find_antwoord(bericht.soort)
    geschreven = write_jw304(inhoud, bericht.soort, compose_header(werkplaats, soort, rij, retourcodes), antwoord)
    valideer_uitvoer(geschreven, soort, werkplaats.schemas)
    return geschreven
