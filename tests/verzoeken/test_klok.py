"""The clocks of requests: what is told before and after a term, and what the service does of itself where that was set."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

import pytest

from berichten.opslag.verzoeken.verzoeklijst import find_verzoekrij
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.bewaking.bekijk_status import look_around
from berichten.processen.bewaking.meetwaarden import measure
from berichten.processen.verzoeken import verwerk_antwoord
from berichten.processen.verzoeken.beslis_verzoek import GenomenVerzoekbesluit
from berichten.processen.verzoeken.bewaak_verzoeken import Verzoekwaker
from tests.hulp.bouwstenen import GEMEENTE
from tests.hulp.declareer import send, toewijzing
from tests.hulp.gelogd import logs_of
from tests.hulp.verzoeken import aanvraag, beslis, retour, stand

LAATSTE_DAG = date(2026, 7, 7)
"""Five working days after 30 June 2026, a Tuesday."""


def on(werkplaats: Werkplaats, dag: date, **anders: str) -> Werkplaats:
    return replace(werkplaats, instellingen=werkplaats.instellingen.model_copy(update={"huidige_datum": dag, **anders}))


def told(werkplaats: Werkplaats, dag: date) -> tuple[int, int, int, int]:
    klokken = [klok for klok in Verzoekwaker(on(werkplaats, dag)).watch() if klok.gemeente == GEMEENTE]
    return (klokken[0].open, klokken[0].bijna_verlopen, klokken[0].verlopen, klokken[0].zonder_retour) if klokken else (0, 0, 0, 0)


def test_two_working_days_before_its_term_it_is_told_and_after_it_too(werkplaats: Werkplaats) -> None:
    send(werkplaats, aanvraag("A-1"))
    dagen = (date(2026, 7, 2), date(2026, 7, 3), LAATSTE_DAG, date(2026, 7, 8))
    assert [told(werkplaats, dag) for dag in dagen] == [(1, 0, 0, 0), (1, 1, 0, 0), (1, 1, 0, 0), (1, 0, 1, 0)]
    waker = Verzoekwaker(on(werkplaats, LAATSTE_DAG))
    assert waker.watch()
    assert waker.watch() == [], "once a day"


def test_what_is_investigated_has_eight_weeks_from_its_dagtekening_and_its_jw320_is_watched(werkplaats: Werkplaats) -> None:
    send(werkplaats, aanvraag("A-1"))
    onderzoek = beslis(werkplaats, "A-1", "in_onderzoek")
    assert isinstance(onderzoek, GenomenVerzoekbesluit)
    assert onderzoek.antwoord_id is not None
    assert told(werkplaats, date(2026, 7, 3)) == (1, 0, 0, 0)
    assert told(werkplaats, date(2026, 7, 8)) == (1, 0, 0, 1), "the JW320 is late"
    assert told(werkplaats, date(2026, 8, 10))[:3] == (1, 1, 0), "15 June and 56 days"
    assert told(werkplaats, date(2026, 8, 11))[:3] == (1, 0, 1)
    send(werkplaats, retour(werkplaats, onderzoek.antwoord_id))
    assert told(werkplaats, date(2026, 7, 8)) == (1, 0, 0, 0)


def test_where_it_was_set_the_last_day_says_of_what_nobody_touched_that_it_is_investigated_once(werkplaats: Werkplaats) -> None:
    send(werkplaats, aanvraag("A-1", "A-2"))
    beslis(werkplaats, "A-2", "honoreren")
    Verzoekwaker(on(werkplaats, date(2026, 7, 6), verzoek_bij_termijn="in_onderzoek")).watch()
    Verzoekwaker(on(werkplaats, LAATSTE_DAG)).watch()
    een = stand(werkplaats, "A-1")
    assert een is not None
    assert een.status == "ontvangen", "not yet, and not unless it was set"
    waker = Verzoekwaker(on(werkplaats, LAATSTE_DAG, verzoek_bij_termijn="in_onderzoek"))
    waker.watch()
    waker.watch()
    een, twee = stand(werkplaats, "A-1"), stand(werkplaats, "A-2")
    assert een is not None
    assert twee is not None
    assert (een.status, een.antwoorden) == ("in_onderzoek", ["2"])
    assert (twee.status, twee.antwoorden) == ("te_honoreren", [])


def test_who_runs_the_service_reads_it_in_status_and_figures(werkplaats: Werkplaats) -> None:
    send(werkplaats, aanvraag("A-1"))
    later = on(werkplaats, date(2026, 7, 8))
    assert "In gemeente 0484 is de termijn van 1 verzoek van aanbieders verlopen." in " ".join(
        item.melding for item in look_around(later)
    )
    cijfers = {item.naam: item.waarde for item in measure(later, GEMEENTE)}
    assert (cijfers["berichten_verzoeken_open"], cijfers["berichten_verzoeken_verlopen"]) == (1, 1)


def test_a_jw320_with_a_code_is_told_until_somebody_decides_again(werkplaats: Werkplaats, monkeypatch: pytest.MonkeyPatch) -> None:
    gemaild: list[str] = []
    monkeypatch.setattr(verwerk_antwoord, "announce_to_staff", lambda *waarden: gemaild.append(waarden[2]))
    send(werkplaats, aanvraag("A-1"))
    af = beslis(werkplaats, "A-1", "afwijzen", "3")
    assert isinstance(af, GenomenVerzoekbesluit)
    assert af.antwoord_id is not None
    with logs_of(verwerk_antwoord) as regels:
        send(werkplaats, retour(werkplaats, af.antwoord_id, "9355"))
    assert [(item["log_level"], item["verzoek"]) for item in regels if item["event"] == "antwoord_verworpen"] == [
        ("warning", str(af.verzoek_id))
    ]
    assert gemaild == [GEMEENTE]
    assert count_rejected(werkplaats) == 1
    assert "het antwoord (JW319) af met een JW320" in " ".join(item.melding for item in look_around(werkplaats))
    beslis(werkplaats, "A-1", "in_onderzoek", volgt_op=af.besluit_id)
    assert count_rejected(werkplaats) == 0


def test_a_jw320_with_a_code_after_the_jw301_closes_nothing_again_and_asks_for_nobody(werkplaats: Werkplaats) -> None:
    send(werkplaats, aanvraag("A-1"))
    onderzoek = beslis(werkplaats, "A-1", "in_onderzoek")
    assert isinstance(onderzoek, GenomenVerzoekbesluit)
    assert onderzoek.antwoord_id is not None
    send(werkplaats, toewijzing(5001, ReferentieAanbieder="A-1"))
    gesloten = closed_at(werkplaats, onderzoek.verzoek_id)
    with logs_of(verwerk_antwoord) as regels:
        send(werkplaats, retour(werkplaats, onderzoek.antwoord_id, "9360"))
    assert "antwoord_verworpen" not in {item["event"] for item in regels}
    assert closed_at(werkplaats, onderzoek.verzoek_id) == gesloten
    assert gesloten is not None
    assert count_rejected(werkplaats) == 0


def count_rejected(werkplaats: Werkplaats) -> float:
    return next(item.waarde for item in measure(werkplaats, GEMEENTE) if item.naam == "berichten_verzoeken_verworpen")


def closed_at(werkplaats: Werkplaats, verzoek_id: UUID) -> datetime | None:
    with werkplaats.opslag.transaction() as verbinding:
        rij = find_verzoekrij(verbinding, GEMEENTE, verzoek_id)
    assert rij is not None
    return rij.gesloten_op
