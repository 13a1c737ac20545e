"""What went before the months of the demo: a year and two months of the same town, each message on its own day.

So the monitor has a last year to compare with, and a trend has points.
"""

import re
from datetime import date

from berichten.demo.werkdag import at_nine, send_bericht
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.referentie.laad_referentie import load_referentie
from berichten.voorbeelden.stad.stad import maak_stad

_DAGTEKENING = re.compile(rb"Dagtekening>(\d{4}-\d\d-\d\d)<")
_VERGEVEN = 100_000
"""Numbers of the town at the counter."""


def fill_eerder(werkplaats: Werkplaats) -> None:
    """Before the town at the counter, whose prices and contracts have to be loaded: they hold for these months too."""
    stad = maak_stad(clienten=20, maanden=14, seed=11, tot=date(2026, 2, 1), fouten=False, vergeven=_VERGEVEN)
    load_referentie(werkplaats, "gezinsplanafspraken", stad.referentie["gezinsplanafspraken"].encode())
    for bericht in stad.berichten:
        (dag,) = _DAGTEKENING.findall(bericht.inhoud)[:1]
        send_bericht(at_nine(werkplaats, date.fromisoformat(dag.decode())), bericht.inhoud)
