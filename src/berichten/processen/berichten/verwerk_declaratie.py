"""Handle a JW323: judge its lines against their allocations, book what is awarded, and answer when no line is held."""

from sqlalchemy import Connection

from berichten.beoordeling.declaratie import (
    IN_ORDE,
    Bedragen,
    Declaratiebeoordeling,
    begin_declaratie,
    conclude_declaratie,
    judge_lines,
    sum_bedragen,
)
from berichten.boeken.journaalposten import book_declaratie
from berichten.dossier.eigen_feiten import Grenzen
from berichten.instellingen import Instellingen
from berichten.kern.regel import Bevinding
from berichten.opslag.berichten.berichten import Berichtrij
from berichten.opslag.berichten.declaraties import copy_boekingen, copy_prestaties, insert_declaratie, load_kader, sum_journaal
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.berichten.verzend_antwoord import BoekenFout, compose_jw325
from berichten.standaard.waarden.berichten import Declaratiebericht

Uitslag = tuple[str, tuple[str, ...], tuple[Bevinding, ...], Bedragen, tuple[str, ...], bool, bytes | None]


def handle_declaratie(verbinding: Connection, werkplaats: Werkplaats, rij: Berichtrij, bericht: Declaratiebericht) -> Uitslag:
    """Judge and book a declaration. Raises BoekenFout when the JW325 would state another total than the journal."""
    declaratie, agb = bericht.declaratie, bericht.header.afzender
    kader = load_kader(verbinding, rij.gemeente, agb, declaratie, limits_of(werkplaats.instellingen))
    kader.release = bericht.soort.release
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
        antwoord = compose_jw325(werkplaats, rij, bericht, beoordeling, bedragen)
    return (
        beoordeling.status, (IN_ORDE,), tuple(beoordeling.bevindingen), bedragen, beoordeling.declaratie_codes, beoordeeld, antwoord
    )  # fmt: skip


def limits_of(instellingen: Instellingen) -> Grenzen:
    """What the settings say of the gemeente's own rules."""
    return Grenzen(
        declaratie_termijn_maanden=instellingen.declaratie_termijn_maanden,
        dagdelen_per_dag=instellingen.dagdelen_per_dag,
        budget_procent=instellingen.budget_signaal_procent,
    )


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
