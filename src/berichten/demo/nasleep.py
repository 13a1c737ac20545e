"""What people did with a month of work before the demo begins, so that every page has something on it.

Questions on held lines, accounts, a payment run that waits for a second person, a block, a credit that was asked for, and room to
spend that runs out. Done by the same use cases as ever, and only once.
"""

from datetime import date

from berichten.beoordeling.besluit import Besluit
from berichten.boeken.betaling import Rekening
from berichten.kern.houder import OPDRACHTREGEL, Sleutelhouder
from berichten.opslag.besluiten.werkvoorraad import Aangehouden, Filter, list_aangehouden
from berichten.opslag.financien.betalingen import list_runs
from berichten.opslag.referentie.aanbieders import Aanbiedernaam, list_bekende_aanbieders
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.besluiten.beslis_prestatie import decide
from berichten.processen.besluiten.plaats_opmerking import place_opmerking
from berichten.processen.financien.beoordeel_rekening import confirm_rekening
from berichten.processen.financien.leg_rekening_vast import NieuweRekening, record_rekening
from berichten.processen.financien.maak_betaalrun import propose_run
from berichten.processen.financien.stel_blokkade import Doel, set_blokkade
from berichten.processen.referentie.laad_referentie import load_referentie
from berichten.voorbeelden.model.model import GEMEENTE
from berichten.voorbeelden.verhalen.werk import AANBIEDERS

_WILGEN, _ZUID, _HORIZON = (item.agb for item in AANBIEDERS)
_ANS, _BO, _DANI = f"{OPDRACHTREGEL}Ans de Wit", f"{OPDRACHTREGEL}Bo Smit", f"{OPDRACHTREGEL}Dani Visser"
_LEGT_VAST, _BEVESTIGT = f"{OPDRACHTREGEL}Gijs Dekker", f"{OPDRACHTREGEL}Hanna Vos"
"""Who had a hand in accounts approves no run."""
_EERSTE_DAG = date(2026, 1, 1)
_RUIMTE = 1_250_000
"""Eurocents that De Wilgen may spend this year; most of it is used."""
_VRAGEN = (
    ("In uw verantwoording staat minder tijd dan in uw declaratie. Kunt u nagaan welke minuten ontbreken?", ""),
    ("Was het kind bij deze afspraak aanwezig?", "Nee, het gezin meldde zich een uur van tevoren af."),
)
"""What is asked about the first held lines, and what is answered."""


def add_nasleep(werkplaats: Werkplaats) -> None:
    """Do it all; an installation that has a payment run had it before."""
    with werkplaats.opslag.transaction() as verbinding:
        if list_runs(verbinding, GEMEENTE, None, 1):
            return
        aanbieders = list_bekende_aanbieders(verbinding, GEMEENTE)
        wilgen, zuid = (list_aangehouden(verbinding, GEMEENTE, Filter(agb)).regels for agb in (_WILGEN, _ZUID))
    _ask(werkplaats, wilgen)
    _ask_back(werkplaats, zuid[-1])
    _limit_spending(werkplaats)
    _pay(werkplaats, aanbieders)


def _ask(werkplaats: Werkplaats, regels: list[Aangehouden]) -> None:
    beoordelaar = Sleutelhouder(GEMEENTE, _ANS, "contractbeheer", None)
    aanbieder = Sleutelhouder(GEMEENTE, _DANI, "aanbieder", _WILGEN)
    for regel, (vraag, antwoord) in zip(regels, _VRAGEN, strict=False):
        place_opmerking(werkplaats, beoordelaar, regel.prestatie_id, vraag)
        if antwoord:
            place_opmerking(werkplaats, aanbieder, regel.prestatie_id, antwoord)


def _ask_back(werkplaats: Werkplaats, regel: Aangehouden) -> None:
    motivering = "Wij betalen nu, zodat de hulp doorgaat. Crediteer deze regel en declareer alleen wat is geleverd."
    decide(werkplaats, GEMEENTE, _ANS, [Besluit(regel.prestatie_id, "toekennen", motivering, terugvragen=True)])


def _limit_spending(werkplaats: Werkplaats) -> None:
    kop = "gemeente;agb;segment;periode_van;periode_tot;bedrag;soort"
    rij = f"{GEMEENTE};{_WILGEN};;2026-01-01;2026-12-31;{_RUIMTE};indicatief"
    load_referentie(werkplaats, "bestedingsruimte", f"{kop}\n{rij}\n".encode())


def _pay(werkplaats: Werkplaats, aanbieders: list[Aanbiedernaam]) -> None:
    """One aanbieder has no account yet, and one is blocked: a run shows both."""
    gemeente = NieuweRekening(None, Rekening(make_iban("BNGH", 1), "Gemeente Alphen aan den Rijn"), _EERSTE_DAG, None)
    rekeningen = [
        NieuweRekening(item.agb, Rekening(make_iban("RABO", int(item.agb)), item.naam or "Zorgaanbieder"), _EERSTE_DAG, None)
        for item in aanbieders
        if item.agb != _ZUID
    ]
    for nieuw in (gemeente, *rekeningen):
        rij = record_rekening(werkplaats, GEMEENTE, _LEGT_VAST, nieuw)
        if not isinstance(rij, list):
            confirm_rekening(werkplaats, GEMEENTE, _BEVESTIGT, rij.rekening_id)
    set_blokkade(werkplaats, GEMEENTE, _BEVESTIGT, Doel(_HORIZON), "De jaarverantwoording over 2025 is nog niet ontvangen.")
    propose_run(werkplaats, GEMEENTE, _BO)


def make_iban(bank: str, nummer: int) -> str:
    """A Dutch account number with the check digits that belong to it (ISO 13616); of no real account."""
    rekening = f"{bank}{nummer:010d}"
    cijfers = "".join(str(int(teken, 36)) for teken in f"{rekening}NL00")
    return f"NL{98 - int(cijfers) % 97:02d}{rekening}"
