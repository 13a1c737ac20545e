"""Every report of a gemeente or region, once: its name, what it is, who may have it, how it is made. For API, command line, portal.

What a question is about differs: the books are asked by `Vraag`, the monitor by `Verzoek`. In which forms: `uitvoer/vormen.py`.
"""

from berichten.processen.monitor.rapporten import RAPPORTEN as MONITORRAPPORTEN
from berichten.processen.monitor.rapporten import Monitorrapport
from berichten.processen.rapportage.boeken import BOEKRAPPORTEN, Boekrapport
from berichten.processen.rapportage.regiorapporten import REGIORAPPORTEN, Regiorapport

Rapport = Boekrapport | Monitorrapport | Regiorapport

_ALLE: tuple[Rapport, ...] = (*BOEKRAPPORTEN, *MONITORRAPPORTEN.values(), *REGIORAPPORTEN)
CATALOGUS = {item.naam: item for item in _ALLE}
"""By name, in the order in which they are listed."""
