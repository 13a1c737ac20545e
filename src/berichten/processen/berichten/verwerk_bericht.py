"""Handle messages: judge, book, answer and store, all in one transaction for each message.

Everything between one gemeente and one aanbieder is one stream, handled in order of arrival (message order decides). A bell for a
stream may ring too often or, by a crash, not at all: who comes takes what waits, and the sweeper rings again.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from berichten.beoordeling.declaratie import Afkeuring, Bedragen, check_header, reject_header, reject_inhoud, rejected_bedragen
from berichten.beoordeling.inhoud import check_inhoud
from berichten.beoordeling.jw303 import check_nota_header
from berichten.dossier.dossier import HeaderKader
from berichten.kern.regel import Bevinding
from berichten.opslag.berichten.berichten import (
    PRESTATIE_BITS,
    Berichtrij,
    Bevindingrij,
    copy_bevindingen,
    earlier_received,
    finish_bericht,
    insert_antwoord,
    is_waiting,
    mark_failure,
    next_waiting,
    read_inhoud,
    try_lock_stroom,
)
from berichten.opslag.berichten.retouren import insert_retour
from berichten.opslag.dossiers.toewijzingen import load_ingangsdatums
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.berichten.antwoorden import answer_identificatie, compose_header, compose_retour, count_regels
from berichten.processen.berichten.verwerk_declaratie import handle_declaratie, keep_unjudged
from berichten.processen.berichten.verwerk_jw303 import compose_jw304_header, handle_nota, keep_unjudged_nota
from berichten.processen.berichten.verwerk_levering import handle_levering
from berichten.processen.berichten.verwerk_toewijzing import handle_toewijzing
from berichten.regels.header.header import is_known_gemeente, named_toewijzingen, reference_dates
from berichten.standaard.lezen.lezen import reread_bericht
from berichten.standaard.lezen.retour import Inzending, Retourbericht
from berichten.standaard.schema.schema import valideer_uitvoer
from berichten.standaard.schrijven.antwoord import write_jw325
from berichten.standaard.waarden.berichten import Bericht, Declaratiebericht, Toewijzingsbericht
from berichten.standaard.waarden.jw303 import Notabericht
from berichten.standaard.waarden.soorten import OP_NAAM, find_antwoord


@dataclass(frozen=True, slots=True)
class Verwerkt:
    """What became of a message, as it is stored."""

    status: str
    retourcodes: tuple[str, ...]
    bevindingen: tuple[Bevinding, ...]
    bedragen: Bedragen | None = None
    declaratie_codes: tuple[str, ...] = ()
    identificatie_gebruikt: bool = True
    antwoord: bytes | None = None
    """The answer message; None while lines wait for a decision."""


def handle_stroom(werkplaats: Werkplaats, gemeente: str, agb: str) -> int:
    """Handle all that waits between this gemeente and this aanbieder; returns the number of messages handled.

    Raises what handling raised, after noting it on the message, which keeps its place: the messages behind it wait for it.
    """
    aantal = 0
    while True:
        try:
            gedaan = _handle_next(werkplaats, gemeente, agb)
        except Exception as storing:
            with werkplaats.opslag.transaction() as verbinding:
                mark_failure(verbinding, gemeente, agb, type(storing).__name__)
            raise
        if gedaan:
            aantal += 1
            continue
        # A message may have come while we held the stream, and its bell found us busy: look once more without the lock.
        with werkplaats.opslag.transaction() as verbinding:
            if not is_waiting(verbinding, gemeente, agb) or gedaan is None:
                return aantal


def _handle_next(werkplaats: Werkplaats, gemeente: str, agb: str) -> bool | None:
    """Handle the message that waits longest. False when none waits; None when another worker has the stream."""
    with werkplaats.opslag.transaction() as verbinding:
        if not try_lock_stroom(verbinding, gemeente, agb):
            return None
        rij = next_waiting(verbinding, gemeente, agb)
        if rij is None:
            return False
        handle_bericht(verbinding, werkplaats, rij)
    return True


def handle_bericht(
    verbinding: Connection, werkplaats: Werkplaats, rij: Berichtrij, inhoud: bytes | None = None, *, nooit_gebruikt: bool = False
) -> Verwerkt:
    """Judge one message and store all that follows from it, inside the open transaction.

    Who has its bytes at hand gives them, and who knows that its Identificatie was never used says so.
    """
    werkplaats = werkplaats.at_one_moment()
    bericht = werkplaats.leestafel.take(rij.bericht_id)
    if inhoud is None and (bericht is None or not isinstance(bericht, Declaratiebericht) or isinstance(bericht, Notabericht)):
        inhoud = werkplaats.kluis.unpack(read_inhoud(verbinding, rij.gemeente, rij.bericht_id) or b"")
    bericht = bericht or reread_bericht(inhoud or b"", rij.soort)
    if isinstance(bericht, Retourbericht):
        insert_retour(verbinding, rij, bericht)
        verwerkt = Verwerkt("verwerkt", bericht.retourcodes, (), identificatie_gebruikt=False)
        _store(verbinding, werkplaats, rij, bericht, verwerkt)
        return verwerkt
    eerder = None if nooit_gebruikt else earlier_received(verbinding, rij)
    verwerkt = _judge(verbinding, werkplaats, rij, bericht, inhoud, eerder)
    _store(verbinding, werkplaats, rij, bericht, verwerkt)
    return verwerkt


def _judge(
    verbinding: Connection, werkplaats: Werkplaats, rij: Berichtrij, bericht: Bericht, inhoud: bytes | None, eerder: datetime | None
) -> Verwerkt:
    """The levels one after the other; what is sound on all of them is taken over. `eerder`: see `earlier_received`."""
    fouten = check_inhoud(bericht)
    if fouten:
        return _reject(verbinding, werkplaats, rij, bericht, inhoud, reject_inhoud(fouten))
    vandaag = werkplaats.instellingen.vandaag()
    kader = HeaderKader(vandaag, eerder, _reference_dates(verbinding, rij, bericht, vandaag))
    fouten = check_nota_header(bericht.header, kader) if isinstance(bericht, Notabericht) else check_header(bericht.header, kader)
    if fouten:
        return _reject(verbinding, werkplaats, rij, bericht, inhoud, reject_header(fouten))
    if isinstance(bericht, Notabericht):
        return Verwerkt(*handle_nota(verbinding, werkplaats, rij, bericht, inhoud or b""))
    if isinstance(bericht, Declaratiebericht):
        return Verwerkt(*handle_declaratie(verbinding, werkplaats, rij, bericht))
    if isinstance(bericht, Toewijzingsbericht):
        beoordeling = handle_toewijzing(verbinding, rij, bericht, werkplaats.instellingen.nu())
    else:
        beoordeling = handle_levering(verbinding, rij, bericht)
    antwoord = compose_retour(werkplaats, rij, bericht, inhoud or b"", beoordeling)
    status = "afgekeurd" if beoordeling.afgekeurd else "verwerkt"
    codes = ("0200",) if beoordeling.afgekeurd else ()
    return Verwerkt(status, codes, beoordeling.bevindingen, antwoord=antwoord)


def _reference_dates(verbinding: Connection, rij: Berichtrij, bericht: Bericht, vandaag: date) -> tuple[date, ...]:
    """Days on which the gemeente may have been in use (TR378). Allocations are looked up only where nothing else helps."""
    dagen = reference_dates(bericht)
    if is_known_gemeente(bericht.header, vandaag, dagen):
        return dagen
    return (*dagen, *load_ingangsdatums(verbinding, rij.gemeente, rij.agb or "", *named_toewijzingen(bericht)))


def _reject(
    verbinding: Connection,
    werkplaats: Werkplaats,
    rij: Berichtrij,
    bericht: Bericht,
    inhoud: bytes | None,
    afkeuring: Afkeuring,
) -> Verwerkt:
    """A message that stops at level 2 or at its header: the header goes back, and the message uses nothing up."""
    bedragen = None
    if isinstance(bericht, Notabericht):
        keep_unjudged_nota(verbinding, rij, bericht)
        bedragen = rejected_bedragen(bericht.declaratie)
        antwoord = compose_jw304_header(werkplaats, rij, bericht, inhoud or b"", afkeuring.retourcodes)
    elif isinstance(bericht, Declaratiebericht):
        keep_unjudged(verbinding, rij, bericht)
        bedragen = rejected_bedragen(bericht.declaratie)
        soort = find_antwoord(bericht.soort)
        kop = compose_header(werkplaats, soort, rij, afkeuring.retourcodes)
        antwoord = write_jw325(bericht.header, kop, None, soort)
        valideer_uitvoer(antwoord, soort, werkplaats.schemas)
    else:
        antwoord = compose_retour(werkplaats, rij, bericht, inhoud or b"", afkeuring)
    return Verwerkt(
        "afgekeurd",
        afkeuring.retourcodes,
        afkeuring.bevindingen,
        bedragen,
        identificatie_gebruikt=False,
        antwoord=antwoord,
    )


def _store(verbinding: Connection, werkplaats: Werkplaats, rij: Berichtrij, bericht: Inzending, verwerkt: Verwerkt) -> None:
    """Keep outcome, findings and answer."""
    nu = werkplaats.instellingen.nu()
    basis = rij.volgnummer << PRESTATIE_BITS
    agb = rij.agb or ""
    copy_bevindingen(verbinding, rij.gemeente, rij.bericht_id, rij.agb, (_as_row(item, basis) for item in verwerkt.bevindingen))
    finish_bericht(
        verbinding,
        rij,
        status=verwerkt.status,
        verwerkt_op=nu,
        identificatie_gebruikt=verwerkt.identificatie_gebruikt,
        aantal_regels=count_regels(bericht),
        bedragen=verwerkt.bedragen,
        retourcodes=verwerkt.retourcodes,
        declaratie_retourcodes=verwerkt.declaratie_codes,
    )
    if verwerkt.antwoord is not None:
        soort = OP_NAAM[rij.soort].antwoord or ""
        identificatie = answer_identificatie(rij)
        insert_antwoord(verbinding, rij, agb, soort, identificatie, werkplaats.kluis.pack(verwerkt.antwoord), nu)


def _as_row(item: Bevinding, basis: int) -> Bevindingrij:
    volgnummer = item.plaats.volgnummer
    is_prestatie = item.plaats.klasse == "Prestatie"
    return Bevindingrij(
        item.regel.id,
        item.regel.retourcode,
        item.regel.gevolg,
        item.regel.niveau,
        item.plaats.klasse,
        item.pad,
        item.melding,
        dict(item.gegevens),
        item.plaats.regelnummer,
        prestatie_id=basis | volgnummer if is_prestatie and volgnummer else None,
        product_volgnummer=None if is_prestatie else volgnummer,
    )
