"""A clerk of an aanbieder at work, and the reviewer at the other side; each with a mouse, without a script and by keyboard."""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from playwright.sync_api import expect

from berichten.instellingen import Instellingen
from berichten.processen.basis.werkplaats import open_werkplaats
from berichten.processen.besluiten.ontvang_verantwoording import accept_records
from berichten.voorbeelden.model.namen import list_bsns
from berichten.voorbeelden.stad.referentie import KOLOMMEN
from tests.conftest import VANDAAG, fresh_database
from tests.hulp.besluiten import APR, JAN, MRT, fill_town, submit
from tests.hulp.bezoek import WACHTWOORD
from tests.hulp.bouwstenen import AGB, GEMEENTE
from tests.hulp.declareer import Regel, declaratie, toewijzing
from tests.hulp.declareer import send as deliver
from tests.hulp.portaal.balie import Portaalbalie, running_portaal
from tests.hulp.portaal.hand import MANIEREN, Hand
from tests.hulp.portaal.venster import Venster
from tests.hulp.verzoeken import aanvraag

_TOEWIJZINGEN = (1001, 1002, 1003)
"""One for each way to work, so that the stories do not meet."""


@pytest.fixture(scope="module")
def dorp(server: str, sjabloon: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portaalbalie]:
    """A portal in which nothing happened but that allocations were given, a line was rejected and one line a story waits."""
    with fresh_database(server, sjabloon) as url:
        instellingen = Instellingen(
            database_url=url, var=tmp_path_factory.mktemp("dorp"), huidige_datum=VANDAAG, veeg_seconden=60, lokaal_inloggen=True
        )
        with open_werkplaats(instellingen) as werkplaats:
            fill_town(werkplaats, *_TOEWIJZINGEN)
            for nummer in _TOEWIJZINGEN:
                submit(werkplaats, Regel(f"VRAAG{nummer}", nummer, JAN, 10))
            submit(werkplaats, Regel("TEVEEL", 1001, MRT, 31))
            with running_portaal(instellingen, werkplaats) as balie:
                yield balie


def send(hand: Hand, naam: str, inhoud: bytes, knop: str) -> None:
    """From any page: choose a file, and send it once it was tried."""
    hand.press("link", "Versturen")
    hand.choose_file(naam, inhoud)
    hand.press("button", "Controleer bestand")
    expect(hand.blad.get_by_text("Er is nog niets verstuurd.", exact=True)).to_be_visible()
    hand.press("button", knop)
    expect(hand.blad.get_by_role("status").first).to_contain_text("Uw bericht is verstuurd.")
    while hand.blad.get_by_text("Een ogenblik.").count():
        # A page with a script looks again by itself, and then the link is gone.
        with suppress(PlaywrightTimeout):
            hand.press("link", "Kijk of het klaar is")


def test_rejected_read_why_mended_and_accepted(dorp: Portaalbalie, venster: Venster, wijze: int) -> None:
    nummer = _TOEWIJZINGEN[wijze]
    hand = venster.take(dorp, "aanbieder", wijze)
    send(hand, "april.xml", declaratie(APR, [Regel(f"FOUT{nummer}", nummer, APR, 30)]), "Verstuur toch")
    expect(hand.blad.get_by_text("Er is geen regel toegekend.")).to_be_visible()
    rij = hand.blad.get_by_role("row").filter(has_text=f"FOUT{nummer}")
    expect(rij).to_contain_text(re.compile("30.uur.*20.uur"))
    expect(hand.blad.get_by_text("Wat u kunt doen:")).to_be_visible()
    send(hand, "april-2.xml", declaratie(APR, [Regel(f"GOED{nummer}", nummer, APR, 20)]), "Verstuur")
    expect(hand.blad.get_by_role("heading", name="Alle regels zijn toegekend")).to_be_visible()


def test_a_question_is_asked_and_answered(dorp: Portaalbalie, venster: Venster, wijze: int) -> None:
    referentie = f"VRAAG{_TOEWIJZINGEN[wijze]}"
    hand = venster.take(dorp, "aanbieder", wijze)
    hand.search(referentie)
    hand.fill("Uw vraag of toelichting", "Welk stuk mist u nog?")
    hand.press("button", "Verstuur vraag")
    expect(hand.blad.get_by_role("status").first).to_contain_text("Uw bericht aan de gemeente is bewaard")
    ander = venster.take(dorp, "contractbeheer", wijze)
    ander.search(referentie)
    expect(ander.blad.get_by_role("listitem").filter(has_text="Welk stuk mist u nog?").first).to_be_visible()
    ander.fill("Antwoord of vraag verder", "Het verslag van januari. Hebt u dat?")
    ander.press("button", "Plaats bericht")
    expect(ander.blad.get_by_role("status").first).to_contain_text("De aanbieder kan het lezen")
    hand.press("link", "Vandaag")
    expect(hand.blad.get_by_role("row").filter(has_text=referentie)).to_contain_text("Het verslag van januari.")
    hand.press("link", referentie)
    hand.fill("Uw antwoord", "Ja, het is gisteren verstuurd.")
    hand.press("button", "Verstuur antwoord")
    expect(hand.blad.locator("ol.gesprek > li")).to_have_count(3)


def test_a_no_show_is_held_decided_on_and_read(dorp: Portaalbalie, venster: Venster, wijze: int, tmp_path: Path) -> None:
    """All of the one line of a declaration: when it is decided on, the JW325 leaves."""
    referentie = f"NOSHOW{_TOEWIJZINGEN[wijze]}"
    record(dorp, f"{referentie};;;2026-03-10;510;direct;HBO;SKJ", f"{referentie};;;2026-03-17;90;no_show;HBO;SKJ")
    hand = venster.take(dorp, "aanbieder", wijze)
    regel = Regel(referentie, _TOEWIJZINGEN[wijze], MRT, 600, tarief=130, eenheid="01", bedrag=78050)
    send(hand, "maart.xml", declaratie(APR, [regel]), "Verstuur toch")
    expect(hand.blad.get_by_text("Er is nog geen regel toegekend. Over 1 regel besluit de gemeente nog.")).to_be_visible()
    declaratie_ = hand.blad.url
    ander = venster.take(dorp, "contractbeheer", wijze)
    ander.search(referentie)
    expect(ander.blad.get_by_role("row").filter(has_text="No-show")).to_be_visible()
    ander.press("radio", "Afwijzen")
    ander.fill("Motivering", "Op 17 maart kwam de cliënt niet. Dien 510 minuten in.")
    ander.press("button", "Leg besluit vast")
    expect(ander.blad.get_by_role("status").first).to_contain_text("het antwoord (JW325) staat klaar")
    hand.blad.goto(declaratie_)
    expect(hand.blad.get_by_text("De beoordelaar schreef:")).to_be_visible()
    expect(hand.blad.get_by_role("row").filter(has_text=referentie)).to_contain_text("Dien 510 minuten in.")
    with hand.blad.expect_download() as gehaald:
        hand.press("link", "JW325 (XML)")
    gehaald.value.save_as(tmp_path / "jw325.xml")
    # Lines that were awarded do not come back in a JW325.
    assert f"ReferentieNummer>{referentie}<" in (tmp_path / "jw325.xml").read_text(encoding="utf-8")


def record(dorp: Portaalbalie, *regels: str) -> None:
    """Delivery records of the aanbieder."""
    inhoud = "\n".join([KOLOMMEN["verantwoording"], *(f"{GEMEENTE};{AGB};{regel}" for regel in regels)])
    assert accept_records(dorp.werkplaats, GEMEENTE, AGB, inhoud.encode()).inlezing.fouten == []


def test_why_and_what_to_do_within_three_clicks_of_log_in(dorp: Portaalbalie, venster: Venster, wijze: int) -> None:
    """The click that logs in is not one of them."""
    blad = venster.open(dorp, "", javascript=MANIEREN[wijze] != "zonder script")
    blad.goto("/portaal/")
    hand = Hand(blad, toetsenbord=MANIEREN[wijze] == "toetsenbord")
    hand.fill("Inlognaam", "aanbieder@voorbeeld.nl")
    hand.fill("Wachtwoord", WACHTWOORD)
    hand.press("button", "Log in")
    hand.kliks = 0
    afgewezen = blad.get_by_role("group", name="Afgewezen of geweigerd").get_by_role("row").filter(has_text="€ 2.419,55")
    hand.press_in(afgewezen, "link", "Declaratie")
    expect(blad.get_by_role("row").filter(has_text="TEVEEL")).to_contain_text(re.compile("31.uur.*20.uur"))
    expect(blad.get_by_text("Wat u kunt doen:")).to_be_visible()
    assert hand.kliks <= 3


def test_asked_for_by_a_family_doctors_referral_honoured_and_declared(dorp: Portaalbalie, venster: Venster, wijze: int) -> None:
    """The back office takes what the service drafts, and sends it with the reference of the aanbieder."""
    referentie, nummer, bsn = f"HUISARTS{wijze}", 2001 + wijze, list_bsns()[80 + wijze]
    hand = venster.take(dorp, "aanbieder", wijze)
    vraag = aanvraag(referentie, bsn=bsn, ToewijzingIngangsdatum="2026-03-01", ToewijzingEinddatum="2026-05-31")
    send(hand, "verzoek.xml", vraag, "Verstuur")
    hand.press("link", "Verzoeken")
    rij = hand.blad.get_by_role("row").filter(has_text=referentie)
    expect(rij).to_contain_text("Nog geen besluit")
    ander = venster.take(dorp, "contractbeheer", wijze)
    ander.press("link", "Verzoeken")
    ander.press_in(ander.blad.get_by_role("row").filter(has_text=referentie), "link", "45A48")
    expect(ander.blad.get_by_text("huisarts, AGB-code 01000001")).to_be_visible()
    verzoek = ander.blad.url.rpartition("/")[2]
    ander.press("radio", "Honoreren")
    ander.fill("Motivering", "De huisarts verwees en het past in het contract.")
    ander.press("button", "Leg besluit vast")
    expect(ander.blad.get_by_role("status").first).to_contain_text("Het verzoek is gehonoreerd")
    (concept,) = dorp.api("gemeente", f"/verzoeken/{verzoek}/concept-toewijzing").json()["toegewezenProducten"]
    assert (concept["referentieAanbieder"], concept["toewijzingnummer"]) == (referentie, None)
    omvang = {naam.capitalize(): waarde for naam, waarde in concept["omvang"].items()}
    dagen = {"Ingangsdatum": concept["ingangsdatum"], "Einddatum": concept["einddatum"]}
    gegeven = toewijzing(nummer, bsn=bsn, ReferentieAanbieder=referentie, Omvang=omvang, Toewijzingsdatum="2026-06-15", **dagen)
    assert deliver(dorp.werkplaats, gegeven)["status"] == "verwerkt"
    hand.press("link", "Verzoeken")
    expect(rij).to_contain_text("Toegewezen")
    hand.press_in(rij, "link", "45A48")
    expect(hand.blad.get_by_text("De huisarts verwees en het past in het contract.")).to_be_visible()
    expect(hand.blad.get_by_role("link", name=f"Toewijzing {nummer}")).to_be_visible()
    send(hand, "maart.xml", declaratie(APR, [Regel(f"GEVRAAGD{wijze}", nummer, MRT, 4, bsn=bsn)]), "Verstuur")
    expect(hand.blad.get_by_role("heading", name="Alle regels zijn toegekend")).to_be_visible()
