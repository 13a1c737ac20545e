"""Days by which the gemeente answers a request (VERZOEKEN 2). Pure; Dutch days in, and the last day that is in time out.

The day of receipt does not count, the last day does; what comes in on a day that is no working day has the next one as day 1.
"""

from datetime import date, timedelta

from berichten.kern.kalender import add_werkdagen

REACTIE_WERKDAGEN = 5
BESLUIT_DAGEN = 56
"""Eight weeks. A last day that is a Sunday or a holiday stays so: the sources name no legal term that would move it."""
WOONPLAATS_DAGEN = 14
RETOUR_WERKDAGEN = 3


def reactie_uiterlijk(ontvangen: date) -> date:
    """First reaction: a JW301 or JW319 within five working days of receipt (OP274, OP346)."""
    return add_werkdagen(ontvangen, REACTIE_WERKDAGEN)


def besluit_uiterlijk(dagtekening: date) -> date:
    """Decision after an investigation: eight weeks after the Dagtekening of the request (OP274, OP346)."""
    return dagtekening + timedelta(days=BESLUIT_DAGEN)


def woonplaats_uiterlijk(ontvangen: date) -> date:
    """Refusal because another gemeente is responsible: fourteen days after receipt (OP359). Later is possible, and marked late."""
    return ontvangen + timedelta(days=WOONPLAATS_DAGEN)


def retour_uiterlijk(verstuurd: date) -> date:
    """JW302 on a JW301, or JW320 on a JW319, of the aanbieder to whom it went on this day: three working days (OP090)."""
    return add_werkdagen(verstuurd, RETOUR_WERKDAGEN)


def last_day_without_retour(vandaag: date) -> date:
    """The latest day of which the answer of the aanbieder to what was sent then is late today."""
    dag = vandaag
    while retour_uiterlijk(dag) >= vandaag:
        dag -= timedelta(days=1)
    return dag
