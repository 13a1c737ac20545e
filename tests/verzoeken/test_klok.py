"""The clocks of requests: what is told before and after a term, and what the service does of itself where that was set."""

from dataclasses import replace
from datetime import date

from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.bewaking.bekijk_status import look_around
from berichten.processen.bewaking.meetwaarden import measure
from berichten.processen.verzoeken.beslis_verzoek import GenomenVerzoekbesluit
from berichten.processen.verzoeken.bewaak_verzoeken import Verzoekwaker
from tests.hulp.bouwstenen import GEMEENTE
from tests.hulp.declareer import send
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
