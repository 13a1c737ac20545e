"""Handle messages: judge, book, answer and store, all in one transaction for each message.

Everything between one gemeente and one aanbieder is one stream, handled in order of arrival (message order decides). A bell for a
stream may ring too often or, by a crash, not at all: who comes takes what waits, and the sweeper rings again.
"""

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from berichten.beoordeling.besluit import DIENST
from berichten.beoordeling.pijplijn import Afkeuring, judge
from berichten.dossier.dossier import DeclaratieKader, HeaderKader
from berichten.kern.regel import Bevinding
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.berichten.berichten import (
    PRESTATIE_BITS,
    Berichtrij,
    earlier_received,
    finish_bericht,
    insert_antwoord,
    is_waiting,
    mark_failure,
    measure_inhoud,
    next_waiting,
    try_lock_stroom,
)
from berichten.opslag.berichten.bevindingen import Bevindingrij, copy_bevindingen
from berichten.opslag.dossiers.toewijzingen import load_ingangsdatums
from berichten.opslag.dossiers.verzoekstanden import load_gevraagde_dagen
from berichten.opslag.wacht.serverklok import KlokWijktAf, check_clock
from berichten.processen.basis.handelingen import Handeling, note_done
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.berichten.soorten import BEHANDELINGEN
from berichten.processen.seintjes.meld_seintje import announce_to_aanbieders
from berichten.processen.werk.antwoorden import answer_identificatie
from berichten.processen.werk.werk import Verwerkt, Werk
from berichten.regels.header.header import is_known_gemeente
from berichten.regels.regelboek import REGELBOEK
from berichten.standaard.lezen.retour import Inzending
from berichten.standaard.waarden.soorten import OP_NAAM
from berichten.standaard.waarden.verzoeken import Verzoekantwoord


def handle_stroom(werkplaats: Werkplaats, gemeente: str, agb: str, groot: int | None = None) -> int:
    """Handle all that waits between this gemeente and this aanbieder; returns the number of messages handled.

    With `groot` it stops before a message of more than so many packed bytes.
    Raises KlokWijktAf before anything is done with a wrong clock, and what handling raised, after noting it on the message, which
    keeps its place: the messages behind it wait for it.
    """
    aantal = 0
    while True:
        try:
            gedaan = _handle_next(werkplaats, gemeente, agb, groot)
        except KlokWijktAf:
            raise
        except Exception as storing:
            with werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
                mark_failure(verbinding, gemeente, agb, type(storing).__name__)
            raise
        if gedaan:
            aantal += 1
            continue
        # A message may have come while we held the stream, and its bell found us busy: look once more without the lock.
        with werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
            if not is_waiting(verbinding, gemeente, agb) or gedaan is None:
                return aantal


def _handle_next(werkplaats: Werkplaats, gemeente: str, agb: str, groot: int | None) -> bool | None:
    """Handle the message that waits longest. False when none waits.

    None when it is not for us: another worker has the stream, or it is too large.
    """
    with werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
        check_clock(verbinding, werkplaats.instellingen.nu_buiten())
        if not try_lock_stroom(verbinding, gemeente, agb):
            return None
        rij = next_waiting(verbinding, gemeente, agb)
        if rij is None:
            return False
        if groot is not None and measure_inhoud(verbinding, gemeente, rij.bericht_id) > groot:
            return None
        handle_bericht(verbinding, werkplaats, rij)
    return True


def handle_bericht(
    verbinding: Connection,
    werkplaats: Werkplaats,
    rij: Berichtrij,
    inhoud: bytes | None = None,
    *,
    bericht: Inzending | None = None,
    nooit_gebruikt: bool = False,
) -> Verwerkt:
    """Judge one message and store all that follows from it, inside the open transaction.

    Who has its bytes at hand, or what was read from them, gives those; who knows that its Identificatie was never used says so.
    """
    werkplaats = werkplaats.at_one_moment(rij.ontvangen_op)
    werk = Werk(verbinding, werkplaats, rij, inhoud)
    bericht = bericht or werkplaats.gelezen.take(rij.bericht_id) or werk.read()
    verwerkt = _handle(werk, bericht, nooit_gebruikt)
    _store(verbinding, werkplaats, rij, bericht, verwerkt)
    if isinstance(werk.kader, DeclaratieKader):
        werk.kader.let_go()
    return verwerkt


def _handle(werk: Werk, bericht: Inzending, nooit_gebruikt: bool) -> Verwerkt:
    """Judge it, keep what came of it, and answer."""
    soort = BEHANDELINGEN[bericht.soort.naam]

    def load() -> Any:
        werk.kader = soort.load(werk, bericht)
        return werk.kader

    oordeel = judge(bericht, lambda: _load_header_kader(werk, bericht, nooit_gebruikt), load)
    if isinstance(oordeel, Afkeuring):
        bedragen = soort.keep_rejected(werk, bericht)
        antwoord = soort.answer_rejected(werk, bericht, oordeel.retourcodes)
        return Verwerkt("afgekeurd", oordeel.retourcodes, oordeel.bevindingen, bedragen, (), False, antwoord)
    verwerkt = soort.keep(werk, bericht, oordeel)
    return replace(verwerkt, antwoord=verwerkt.antwoord or soort.answer(werk, bericht, oordeel, verwerkt))


def _load_header_kader(werk: Werk, bericht: Inzending, nooit_gebruikt: bool) -> HeaderKader:
    """Days on which the gemeente may have been in use (TR378) are looked up in allocations only where nothing else helps."""
    vandaag, dagen = werk.werkplaats.instellingen.vandaag(), bericht.peildatums
    eerder = None if nooit_gebruikt else earlier_received(werk.verbinding, werk.rij)
    if not is_known_gemeente(bericht.header, vandaag, dagen):
        rij = werk.rij
        dagen = (*dagen, *load_ingangsdatums(werk.verbinding, rij.gemeente, rij.agb or "", *bericht.genoemde_toewijzingen))
        if isinstance(bericht, Verzoekantwoord):
            dagen = (*dagen, *load_gevraagde_dagen(werk.verbinding, rij.gemeente, rij.agb or "", bericht.referentie))
    return HeaderKader(vandaag, eerder, dagen)


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
        aantal_regels=bericht.aantal_regels,
        bedragen=verwerkt.bedragen,
        retourcodes=verwerkt.retourcodes,
        declaratie_retourcodes=verwerkt.declaratie_codes,
        regelboek=REGELBOEK,
    )
    # The service does this for nobody, whoever rang.
    handeling = Handeling(rij.gemeente, DIENST, "C", "verwerking", rij.bericht_id)
    note_done(verbinding, werkplaats, handeling, bericht.bsns)
    if verwerkt.antwoord is not None:
        soort = OP_NAAM[rij.soort].antwoord or ""
        identificatie = answer_identificatie(rij)
        insert_antwoord(verbinding, rij, agb, soort, identificatie, werkplaats.kluis.pack(verwerkt.antwoord), nu)
        announce_to_aanbieders(verbinding, werkplaats, rij.gemeente, "antwoord", [agb])


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
