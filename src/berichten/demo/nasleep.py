"""What people did before the demo begins, so that every page has something on it: by the same use cases as ever, and only once.

A month of work, questions and decisions, requests in every state, a payment run that was paid and one that waits, blocks, room
to spend that runs out, a night in which the books were checked, samples of an accountant, and a message that cannot be handled.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

from berichten.beoordeling.besluit import Besluit
from berichten.boeken.betaling import Rekening
from berichten.demo.betaaldag import BEGIN, Geldmensen, confirm_account, fill_betalingen
from berichten.demo.inwoners import TEAMLID
from berichten.demo.sturen.casuswerk import fill_casus
from berichten.demo.sturen.controlejaar import fill_controle
from berichten.demo.sturen.werksignalen import fill_signalen, limit_spending
from berichten.demo.werkdag import at_nine, fill_werkmaand
from berichten.demo.werkverkeer import LAATST, fill_verkeer
from berichten.demo.werkverzoeken import fill_verzoeken
from berichten.klok import begin_of
from berichten.opslag.basis.kluis import Kluis
from berichten.opslag.besluiten.werkvoorraad import Filter, list_aangehouden
from berichten.opslag.financien.betalingen import list_runs
from berichten.opslag.financien.blokkades import Blokkade
from berichten.opslag.referentie.aanbieders import list_bekende_aanbieders
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.besluiten.beslis_prestatie import decide
from berichten.processen.bewaking.bewaak_boeken import run_nightly
from berichten.processen.financien.stel_blokkade import Doel, lift_blokkade, set_blokkade
from berichten.processen.ontvangst.ontvang_bericht import accept
from berichten.processen.referentie.laad_referentie import load_referentie
from berichten.standaard.waarden.onderdelen import Omvang
from berichten.voorbeelden.model.model import GEMEENTE, Aanbieder
from berichten.voorbeelden.verhalen.bouw import BEGELEIDING, open_zorg, plan_zorg
from berichten.voorbeelden.verhalen.werk import AANBIEDERS, MEI

_WILGEN, _ZUID, _HORIZON = (item.agb for item in AANBIEDERS)
_ZONDER_REKENING = "42429003"
_MET_STORING = Aanbieder("42429014", "Zorggroep Rijnstroom")


def add_nasleep(werkplaats: Werkplaats, ids: dict[str, str]) -> None:
    """Do it all, in the name of who logs in (`add_inwoners`); an installation that has a payment run had it before."""
    with werkplaats.opslag.transaction() as verbinding:
        if list_runs(verbinding, GEMEENTE, None, 1):
            return
    fill_werkmaand(werkplaats)
    fill_verkeer(werkplaats, ids["contractbeheer"], ids["aanbieder"])
    fill_verzoeken(werkplaats, ids["contractbeheer"])
    _ask_back(werkplaats, ids["contractbeheer"])
    limit_spending(werkplaats)
    _pay(werkplaats, Geldmensen(ids["gijs"], ids["hanna"], ids["financien"], ids["financien2"]))
    run_nightly(_at(werkplaats, begin_of(werkplaats.instellingen.vandaag()) + timedelta(hours=2, minutes=10)))
    fill_signalen(werkplaats, ids["contractbeheer"])
    fill_controle(werkplaats, ids["beheer"], ids["accountant"])
    fill_casus(werkplaats, ids["contractbeheer"], TEAMLID)
    _lose_key(werkplaats)


def _at(werkplaats: Werkplaats, moment: datetime) -> Werkplaats:
    return replace(werkplaats, instellingen=werkplaats.instellingen.model_copy(update={"stilgezet_op": moment}))


def _ask_back(werkplaats: Werkplaats, door: str) -> None:
    """Of another aanbieder too, so that the list has more than one."""
    with werkplaats.opslag.transaction() as verbinding:
        regel = list_aangehouden(verbinding, GEMEENTE, Filter(_ZUID)).regels[-1]
    motivering = "Wij betalen nu, zodat de hulp doorgaat. Crediteer deze regel en declareer alleen wat is geleverd."
    decide(werkplaats, GEMEENTE, door, [Besluit(regel.prestatie_id, "toekennen", motivering, terugvragen=True)])


def _pay(werkplaats: Werkplaats, mensen: Geldmensen) -> None:
    """One aanbieder has no account yet, one is blocked, and one was blocked and is to be freed."""
    with werkplaats.opslag.transaction() as verbinding:
        aanbieders = list_bekende_aanbieders(verbinding, GEMEENTE)
    for item in aanbieders:
        if item.agb not in (_WILGEN, _ZUID, _HORIZON, _ZONDER_REKENING):
            rekening = Rekening(make_iban("RABO", int(item.agb)), item.naam or "Zorgaanbieder")
            confirm_account(at_nine(werkplaats, BEGIN), mensen, item.agb, rekening)
    fill_betalingen(werkplaats, mensen)
    laatst = at_nine(werkplaats, LAATST)
    gesteld = set_blokkade(laatst, GEMEENTE, mensen.bevestigt, Doel("42420003"), "De jaarverantwoording over 2025 ontbreekt nog.")
    if isinstance(gesteld, Blokkade):
        lift_blokkade(laatst, GEMEENTE, mensen.bevestigt, gesteld.blokkade_id)


def _lose_key(werkplaats: Werkplaats) -> None:
    """A message that was kept under another key than the one at hand: its stream stands still until a person looks."""
    kop = f"gemeente;agb;naam\n{GEMEENTE};{_MET_STORING.agb};{_MET_STORING.naam}\n"
    load_referentie(werkplaats, "aanbieders", kop.encode())
    zorg = plan_zorg(_MET_STORING, 480_700, BEGELEIDING, MEI, date(2026, 12, 31), omvang=Omvang(16, "04", "4"))
    bericht, _ = open_zorg([zorg])
    accept(replace(at_nine(werkplaats, LAATST), kluis=Kluis("een eerdere sleutel")), bericht.inhoud, None)


def make_iban(bank: str, nummer: int) -> str:
    """A Dutch account number with the check digits that belong to it (ISO 13616); of no real account."""
    rekening = f"{bank}{nummer:010d}"
    cijfers = "".join(str(int(teken, 36)) for teken in f"{rekening}NL00")
    return f"NL{98 - int(cijfers) % 97:02d}{rekening}"
