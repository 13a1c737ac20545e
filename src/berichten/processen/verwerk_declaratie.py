"""Handle a JW323: judge its lines against their allocations, book what is awarded, and answer when no line is held."""

from sqlalchemy import Connection

from berichten.beoordeling import (
    IN_ORDE,
    Bedragen,
    Declaratiebeoordeling,
    begin_declaratie,
    conclude_declaratie,
    judge_lines,
    sum_bedragen,
)
from berichten.boekhouding import book_declaratie
from berichten.opslag.berichten import Berichtrij
from berichten.opslag.declaraties import copy_boekingen, copy_prestaties, insert_declaratie, load_kader, sum_journaal
from berichten.processen.antwoorden import compose_header
from berichten.processen.werkplaats import Werkplaats
from berichten.regels.kern import Bevinding
from berichten.standaard.antwoord import ClientAntwoord, DeclaratieAntwoord, write_jw325
from berichten.standaard.berichten import Declaratie, Declaratiebericht
from berichten.standaard.schema import valideer_uitvoer
from berichten.standaard.soorten import JW325

Uitslag = tuple[str, tuple[str, ...], tuple[Bevinding, ...], Bedragen, tuple[str, ...], bool, bytes | None]


class BoekenFout(RuntimeError):
    """Books and answer do not tie: nothing of the message is committed."""


def handle_declaratie(verbinding: Connection, werkplaats: Werkplaats, rij: Berichtrij, bericht: Declaratiebericht) -> Uitslag:
    """Judge and book a declaration. Raises BoekenFout when the JW325 would state another total than the journal."""
    declaratie, agb = bericht.declaratie, bericht.header.afzender
    kader = load_kader(verbinding, rij.gemeente, agb, declaratie)
    beoordeling = begin_declaratie(declaratie, kader)
    beoordeeld = beoordeling.status != "afgekeurd"
    insert_declaratie(verbinding, rij, agb, declaratie, nummer_gebruikt=beoordeeld)
    copy_prestaties(verbinding, rij, agb, judge_lines(declaratie, kader, beoordeling), beoordeling)
    conclude_declaratie(beoordeling)
    bedragen = sum_bedragen(declaratie, beoordeling)
    copy_boekingen(verbinding, rij, agb, book_declaratie(declaratie, beoordeling), werkplaats.instellingen.nu())
    check_books(verbinding, rij, bedragen)
    antwoord = None
    if beoordeling.status != "ter_beoordeling":
        antwoord = _compose_jw325(werkplaats, rij, bericht, beoordeling, bedragen)
    return (
        beoordeling.status, (IN_ORDE,), tuple(beoordeling.bevindingen), bedragen, beoordeling.declaratie_codes, beoordeeld, antwoord
    )  # fmt: skip


def keep_unjudged(verbinding: Connection, rij: Berichtrij, bericht: Declaratiebericht) -> None:
    """Keep a declaration whose message stopped at level 2 or at its header: its lines are not judged and use nothing up."""
    declaratie, agb = bericht.declaratie, bericht.header.afzender
    prestaties = [prestatie for client in declaratie.clienten for prestatie in client.prestaties]
    insert_declaratie(verbinding, rij, agb, declaratie, nummer_gebruikt=False)
    niets = Declaratiebeoordeling("afgekeurd", uitkomsten=["niet_beoordeeld"] * len(prestaties))
    copy_prestaties(verbinding, rij, agb, prestaties, niets)


def check_books(verbinding: Connection, rij: Berichtrij, bedragen: Bedragen) -> None:
    """Raise BoekenFout unless the journal got just what the answer states as awarded."""
    geboekt = sum_journaal(verbinding, rij)
    if geboekt != bedragen.toegekend:
        raise BoekenFout(f"bericht {rij.bericht_id}: journaal {geboekt} is niet gelijk aan toegekend {bedragen.toegekend}")


def _compose_jw325(
    werkplaats: Werkplaats,
    rij: Berichtrij,
    bericht: Declaratiebericht,
    beoordeling: Declaratiebeoordeling,
    bedragen: Bedragen,
) -> bytes:
    """The answer: only what is rejected goes back, whole (TR342)."""
    clienten = () if beoordeling.status == "afgekeurd" else _returned(bericht.declaratie, beoordeling)
    antwoord = DeclaratieAntwoord(bericht.declaratie, bedragen.toegekend, beoordeling.declaratie_codes, clienten)
    inhoud = write_jw325(bericht.header, compose_header(werkplaats, JW325, rij, (IN_ORDE,)), antwoord)
    valideer_uitvoer(inhoud, JW325, werkplaats.schemas)
    return inhoud


def _returned(declaratie: Declaratie, beoordeling: Declaratiebeoordeling) -> tuple[ClientAntwoord, ...]:
    """Clients with lines that are not awarded, and those lines with their codes."""
    terug = []
    for index, client in enumerate(declaratie.clienten):
        regels = tuple(
            (prestatie, beoordeling.prestatie_codes[prestatie.volgnummer])
            for prestatie in client.prestaties
            if beoordeling.uitkomsten[prestatie.volgnummer - 1] != "toegekend"
        )
        if regels:
            terug.append(ClientAntwoord(client.bsn, beoordeling.client_codes.get(index, (IN_ORDE,)), regels))
    return tuple(terug)
