"""Handle a declaration: store its lines and book what is awarded; and answer a JW323 when no line is held."""

from berichten.beoordeling.declaratie import IN_ORDE, Bedragen, Declaratiebeoordeling, leave_unjudged, sum_bedragen
from berichten.beoordeling.kolommen import onschuld
from berichten.boeken.journaalposten import book_declaratie
from berichten.dossier.dossier import DeclaratieKader
from berichten.dossier.eigen_feiten import Grenzen
from berichten.instellingen import Instellingen
from berichten.kern.intussen import meanwhile
from berichten.opslag.berichten.declaraties import (
    book_awarded,
    copy_boekingen,
    copy_prestaties,
    insert_declaratie,
    load_kader,
    sum_journaal,
)
from berichten.processen.berichten.verzend_antwoord import compose_jw325, compose_jw325_header
from berichten.processen.werk.werk import BoekenFout, Verwerkt, Werk
from berichten.standaard.waarden.berichten import Declaratiebericht


def load_declaratie(werk: Werk, bericht: Declaratiebericht) -> DeclaratieKader:
    """What a JW323 and its lines are held against."""
    grenzen = limits_of(werk.werkplaats.instellingen)
    kader = load_kader(werk.verbinding, werk.rij.gemeente, bericht.header.afzender, bericht.declaratie, grenzen)
    kader.release = bericht.soort.release
    return kader


def limits_of(instellingen: Instellingen) -> Grenzen:
    """What the settings say of the gemeente's own rules."""
    return Grenzen(
        declaratie_termijn_maanden=instellingen.declaratie_termijn_maanden,
        dagdelen_per_dag=instellingen.dagdelen_per_dag,
        budget_procent=instellingen.budget_signaal_procent,
    )


def keep_declaratie(werk: Werk, bericht: Declaratiebericht, oordeel: Declaratiebeoordeling) -> Verwerkt:
    """Store, book and answer a JW323. Raises BoekenFout when the JW325 would state another total than the journal."""
    keep_lines(werk, bericht, oordeel)
    bedragen = sum_bedragen(oordeel)
    # The database books a large one for as long as we take to answer it.
    with meanwhile(lambda: _answer(werk, bericht, oordeel, bedragen), wel=_is_large(oordeel)) as take_answer:
        book(werk, bericht, oordeel, bedragen)
    beoordeeld = oordeel.status != "afgekeurd"
    return Verwerkt(oordeel.status, (IN_ORDE,), tuple(oordeel.bevindingen), bedragen, oordeel.codes, beoordeeld, take_answer())


def _is_large(oordeel: Declaratiebeoordeling) -> bool:
    return oordeel.declaratie.aantal_prestaties >= onschuld.VEEL


def _answer(werk: Werk, bericht: Declaratiebericht, oordeel: Declaratiebeoordeling, bedragen: Bedragen) -> bytes | None:
    """A JW325; None while lines wait for a decision."""
    if oordeel.status == "ter_beoordeling":
        return None
    return compose_jw325(werk.werkplaats, werk.rij, bericht, oordeel, bedragen)


def keep_lines(werk: Werk, bericht: Declaratiebericht, oordeel: Declaratiebeoordeling) -> None:
    """Store any declaration with its lines."""
    verbinding, rij, agb = werk.verbinding, werk.rij, bericht.header.afzender
    insert_declaratie(verbinding, rij, agb, oordeel.declaratie, nummer_gebruikt=oordeel.status != "afgekeurd")
    copy_prestaties(verbinding, rij, agb, oordeel)


def book(werk: Werk, bericht: Declaratiebericht, oordeel: Declaratiebeoordeling, bedragen: Bedragen) -> None:
    """Book what is awarded of any declaration whose lines are stored, and see that it comes to that."""
    verbinding, rij, agb = werk.verbinding, werk.rij, bericht.header.afzender
    if oordeel.toekenningen or not _is_large(oordeel):
        copy_boekingen(verbinding, rij, agb, book_declaratie(oordeel), werk.werkplaats.instellingen.nu())
    else:
        book_awarded(verbinding, rij, oordeel.declaratie.periode, werk.werkplaats.instellingen.nu())
    geboekt = sum_journaal(verbinding, rij)
    if geboekt != bedragen.toegekend:
        raise BoekenFout(f"bericht {rij.bericht_id}: journaal {geboekt} is niet gelijk aan toegekend {bedragen.toegekend}")


def keep_unjudged(werk: Werk, bericht: Declaratiebericht) -> Bedragen:
    """Keep a declaration whose message stopped at level 2 or at its header."""
    oordeel = leave_unjudged(bericht.declaratie)
    insert_declaratie(werk.verbinding, werk.rij, bericht.header.afzender, bericht.declaratie, nummer_gebruikt=False)
    copy_prestaties(werk.verbinding, werk.rij, bericht.header.afzender, oordeel)
    return sum_bedragen(oordeel)


def answer_declaratie_header(werk: Werk, bericht: Declaratiebericht, retourcodes: tuple[str, ...]) -> bytes:
    """A JW325 with a header only: for a message rejected before its Declaratie."""
    return compose_jw325_header(werk.werkplaats, werk.rij, bericht, retourcodes)
