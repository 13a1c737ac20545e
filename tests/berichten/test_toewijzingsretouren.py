"""What an aanbieder answers to an allocation (JW302), or does not: on the list of who must look, until somebody dealt with it."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from berichten.dossier.verzoeken.verzoektermijnen import last_day_without_retour, retour_uiterlijk
from berichten.inzage.berichten.retourlijst import Openretour, Openretourfilter, list_afgeronde, list_retouren
from berichten.kern.houder import Sleutelhouder
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.berichten import verwerk_retour
from berichten.processen.berichten.rond_retour_af import Afronding, settle_retour
from berichten.processen.bewaking import bewaak_retouren
from berichten.processen.bewaking.bekijk_status import look_around
from berichten.processen.bewaking.bewaak_retouren import Retourwaker
from berichten.processen.bewaking.meetwaarden import measure
from tests.conftest import VANDAAG
from tests.hulp.bouwstenen import AGB, GEMEENTE
from tests.hulp.declareer import send, toewijzing
from tests.hulp.gelogd import logs_of
from tests.hulp.verzoeken import jw302

COLLEGA = Sleutelhouder(GEMEENTE, "test", "contractbeheer", None)
OP_TIJD, TE_LAAT = date(2026, 7, 3), date(2026, 7, 6)
"""Three working days after 30 June 2026, a Tuesday, and the next working day."""


def on(werkplaats: Werkplaats, dag: date) -> Werkplaats:
    return replace(werkplaats, instellingen=werkplaats.instellingen.model_copy(update={"huidige_datum": dag}))


def listed(werkplaats: Werkplaats, dag: date = VANDAAG, **zeef: str) -> list[Openretour]:
    return list_retouren(on(werkplaats, dag).seen_by(COLLEGA), Openretourfilter(**zeef), 50, None).regels


def test_the_last_day_in_time_is_the_third_working_day() -> None:
    for dag in (date(2026, 5, nummer) for nummer in range(1, 31)):
        laatste = last_day_without_retour(dag)
        assert retour_uiterlijk(laatste) < dag <= retour_uiterlijk(laatste + timedelta(days=1))


def test_a_rejected_allocation_waits_until_it_comes_again(werkplaats: Werkplaats) -> None:
    jw301 = toewijzing(5001)
    send(werkplaats, jw301)
    with logs_of(verwerk_retour) as gelogd:
        send(werkplaats, jw302(jw301, ToegewezenProduct="9379"))
    assert [regel["event"] for regel in gelogd] == ["toewijzing_afgekeurd"]
    (item,) = listed(werkplaats)
    assert (item.stand, item.toewijzingen, item.retourcodes, item.agb) == ("afgekeurd", [5001], ["9379"], AGB)
    assert item.client.endswith(jw301.partition(b"Bsn>")[2][6:9].decode())
    assert item.melding == (
        "De aanbieder keurde dit bericht op 30 juni 2026 af (JW302). Voor de aanbieder bestaat deze toewijzing niet. Zoek uit wat"
        " er mis is, en stuur een verbeterd JW301."
    )
    assert "9379" in item.retourcode_teksten
    assert listed(werkplaats, stand="zonder_antwoord") == []
    assert listed(werkplaats, agb="42420002") == []
    # Another allocation of the client changes nothing; a newer version of this one does.
    send(werkplaats, toewijzing(5002, Ingangsdatum="2026-05-01"))
    assert len(listed(werkplaats)) == 1
    send(werkplaats, toewijzing(5001, Toewijzingsdatum="2026-06-15", Einddatum="2026-10-31", RedenWijziging="12"))
    assert listed(werkplaats) == []


def test_a_fault_of_the_whole_message_waits_until_a_later_jw302_or_a_person_says_it_is_well(werkplaats: Werkplaats) -> None:
    eerste, tweede = toewijzing(5001), toewijzing(5002, Ingangsdatum="2026-03-01")
    for inhoud in (eerste, tweede):
        send(werkplaats, inhoud)
        send(werkplaats, jw302(inhoud, Header="9056"))
    assert [item.toewijzingen for item in listed(werkplaats)] == [[5001], [5002]]
    send(werkplaats, jw302(eerste))
    (over,) = listed(werkplaats)
    assert over.toewijzingen == [5002]
    leeg = settle_retour(werkplaats, COLLEGA, Afronding(over.bericht_id, "  ", over.retour_bericht_id))
    assert leeg is not None
    assert leeg.soort == "ongeldig"
    blind = settle_retour(werkplaats, COLLEGA, Afronding(over.bericht_id, "Gebeld.", None))
    assert blind is not None
    assert (blind.soort, listed(werkplaats)) == ("conflict", [over]), "another answer stands than was seen"
    gebeld = Afronding(over.bericht_id, "Gebeld: hij heeft de toewijzing.", over.retour_bericht_id)
    assert settle_retour(werkplaats, COLLEGA, gebeld) is None
    assert listed(werkplaats) == []
    nogmaals = settle_retour(werkplaats, COLLEGA, gebeld)
    assert nogmaals is not None
    assert nogmaals.soort == "onbekend"
    [afgerond] = list_afgeronde(werkplaats.seen_by(COLLEGA), 5)
    assert (afgerond.toewijzingen, afgerond.toelichting) == ([5002], "Gebeld: hij heeft de toewijzing.")
    send(on(werkplaats, OP_TIJD), jw302(tweede, Header="9056"))
    assert [item.toewijzingen for item in listed(werkplaats, OP_TIJD)] == [[5002]], "rejected once more"


def test_an_unanswered_jw301_is_told_after_three_working_days(werkplaats: Werkplaats) -> None:
    send(werkplaats, toewijzing(4999, bsn="999990019"))
    assert listed(werkplaats, TE_LAAT) == [], "nobody sends answers here yet"
    eerste = toewijzing(5001)
    send(werkplaats, eerste)
    send(werkplaats, jw302(eerste))
    send(werkplaats, toewijzing(5002, Ingangsdatum="2026-03-01"))
    assert listed(werkplaats, OP_TIJD) == []
    (item,) = listed(werkplaats, TE_LAAT)
    assert (item.stand, item.toewijzingen, item.retour_uiterlijk_op) == ("zonder_antwoord", [5002], OP_TIJD)
    assert item.melding.startswith("Het antwoord (JW302) had er uiterlijk 3 juli 2026 moeten zijn. Vraag de aanbieder")
    assert listed(werkplaats, date(2026, 8, 31)) == [], "after sixty days it is told no longer"
    waker = Retourwaker(on(werkplaats, TE_LAAT))
    with logs_of(bewaak_retouren) as gelogd:
        assert [(klok.afgekeurd, klok.zonder_antwoord) for klok in waker.watch() if klok.gemeente == GEMEENTE] == [(0, 1)]
        assert waker.watch() == []
    assert [(regel["event"], regel["zonder_antwoord"]) for regel in gelogd] == [("toewijzingsretouren", 1)]
    assert {meting.naam: meting.waarde for meting in measure(on(werkplaats, TE_LAAT), GEMEENTE)}[
        "berichten_toewijzingen_zonder_antwoord"
    ] == 1
    (gezegd,) = [item.melding for item in look_around(on(werkplaats, TE_LAAT)) if item.onderwerp == "toewijzing"]
    assert gezegd.startswith(f"In gemeente {GEMEENTE} kwam op 1 JW301 na drie werkdagen geen JW302.")
    assert settle_retour(on(werkplaats, TE_LAAT), COLLEGA, Afronding(item.bericht_id, "Gebeld.", None)) is None
    assert listed(werkplaats, TE_LAAT) == []


@pytest.mark.parametrize("nummer", [UUID(int=1)])
def test_what_is_not_on_the_list_cannot_be_dealt_with(werkplaats: Werkplaats, nummer: UUID) -> None:
    geweigerd = settle_retour(werkplaats, COLLEGA, Afronding(nummer, "Gebeld.", None))
    assert geweigerd is not None
    assert geweigerd.soort == "onbekend"
