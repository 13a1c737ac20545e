"""One journey: a family doctor refers, policy honours, the back office allocates what was drafted, care starts and is declared, and
the table of referrers counts it; each with a mouse, without a script and by keyboard, and the same by API beside it."""

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import expect

from berichten.instellingen import Instellingen
from berichten.processen.basis.werkplaats import open_werkplaats
from berichten.voorbeelden.model.namen import list_bsns
from tests.browser.test_verhaal_aanbieder import send
from tests.conftest import VANDAAG, fresh_database
from tests.hulp.declareer import Regel, declaratie, start, toewijzing
from tests.hulp.declareer import send as deliver
from tests.hulp.portaal.balie import Portaalbalie, running_portaal
from tests.hulp.portaal.venster import Venster
from tests.hulp.verzoeken import aanvraag, add_beleid, jw302

ARTS = {"Type": "02", "Naam": None, "ZorgverlenerCode": "01012345"}
JUNI = date(2026, 6, 1)


@pytest.fixture(scope="module")
def gemeente(server: str, sjabloon: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portaalbalie]:
    """A portal of a gemeente that honours what a family doctor asks for and a contract covers."""
    with fresh_database(server, sjabloon) as url:
        instellingen = Instellingen(
            database_url=url, var=tmp_path_factory.mktemp("gemeente"), huidige_datum=VANDAAG, veeg_seconden=60, lokaal_inloggen=True
        )
        with open_werkplaats(instellingen) as werkplaats:
            add_beleid(werkplaats)
            with running_portaal(instellingen, werkplaats) as balie:
                yield balie


def cost_of_doctors(gemeente: Portaalbalie) -> int:
    """Whole euros in the row Huisarts of table 4a, by API."""
    rijen = gemeente.api("financien", "/monitor/tabellen/tabel4a?periode=2026").json()["rijen"]
    return sum(rij["bedragEuro"] for rij in rijen if rij["verwijzer"] == "Huisarts")


def test_from_a_family_doctors_referral_to_the_table_of_referrers(gemeente: Portaalbalie, venster: Venster, wijze: int) -> None:
    referentie, nummer, bsn, eerst = f"REIS{wijze}", 2101 + wijze, list_bsns()[90 + wijze], cost_of_doctors(gemeente)
    hand = venster.take(gemeente, "aanbieder", wijze)
    vraag = aanvraag(referentie, bsn=bsn, Verwijzer=ARTS, ToewijzingIngangsdatum=VANDAAG, ToewijzingEinddatum="2026-12-31")
    send(hand, "verzoek.xml", vraag, "Verstuur")
    hand.press("link", "Verzoeken")
    rij = hand.blad.get_by_role("row").filter(has_text=referentie)
    expect(rij).to_contain_text("Toewijzing volgt")
    ander = venster.take(gemeente, "contractbeheer", wijze)
    ander.search(referentie)
    expect(ander.blad.get_by_text("De dienst, naar beleid van de gemeente,")).to_be_visible()
    expect(ander.blad.get_by_text("met AGB-code, elke aanbieder, elk product; geldig vanaf 1 januari 2026")).to_be_visible()
    blad = ander.blad.get_by_role("group", name="Concept van de toewijzing").get_by_role("row").filter(has_text="nieuw nummer")
    expect(blad).to_contain_text("31 december 2026")
    verzoek = ander.blad.url.rpartition("/")[2]
    (concept,) = gemeente.api("gemeente", f"/verzoeken/{verzoek}/concept-toewijzing").json()["toegewezenProducten"]
    gegeven = toewijzing(
        nummer,
        bsn=bsn,
        ReferentieAanbieder=concept["referentieAanbieder"],
        Ingangsdatum=concept["ingangsdatum"],
        Einddatum=concept["einddatum"],
        Omvang={naam.capitalize(): waarde for naam, waarde in concept["omvang"].items()},
        Toewijzingsdatum="2026-06-15",
    )
    assert deliver(gemeente.werkplaats, gegeven)["status"] == "verwerkt"
    hand.press("link", "Vandaag")
    antwoord = hand.blad.get_by_role("group", name="Antwoord op uw verzoeken").get_by_role("row").filter(has_text=referentie)
    expect(antwoord).to_contain_text("Toegewezen")
    send(hand, "ontvangen.xml", jw302(gegeven), "Verstuur")
    send(hand, "start.xml", start(nummer, VANDAAG, bsn=bsn, toegewezen=VANDAAG), "Verstuur")
    geleverd = declaratie(JUNI, [Regel(f"R{referentie}", nummer, VANDAAG, 1, bsn=bsn)])
    send(hand, "juni.xml", geleverd.replace(b"Dagtekening>2026-06-15<", b"Dagtekening>2026-06-30<"), "Verstuur")
    expect(hand.blad.get_by_role("heading", name="Alle regels zijn toegekend")).to_be_visible()
    assert cost_of_doctors(gemeente) == eerst + 78
    geld = venster.take(gemeente, "financien", wijze)
    geld.press("link", "Monitor")
    geld.press("link", "Kosten en cliënten per verwijzer")
    expect(geld.blad.get_by_role("row").filter(has_text="Huisarts").first).to_contain_text(str(eerst + 78))
