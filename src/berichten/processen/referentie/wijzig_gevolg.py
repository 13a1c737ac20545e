"""What follows from a rule, from a day on: the policy row that held until then ends the day before, and history stays."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from berichten.dossier.beleid import Beleidsregel
from berichten.dossier.contract import is_valid_on
from berichten.kern.kalender import ALTIJD
from berichten.opslag.dossiers.beleid import load_beleid
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.referentie.laad_referentie import Inlezing, load_referentie

_DAG = timedelta(days=1)
_KOP = "gemeente;agb;regel;gevolg;retourcode;ingangsdatum;einddatum"


def change_gevolg(werkplaats: Werkplaats, gemeente: str, nieuw: Beleidsregel, *, proef: bool = False) -> Inlezing:
    """Let this follow from its first day on, until a row that was laid down for later; with `proef` nothing is kept.

    Goes the way of a reference file, so it is judged and noted as one: what is wrong stands in `fouten`.
    """
    with werkplaats.opslag.transaction() as verbinding:
        geladen = load_beleid(verbinding, gemeente, nieuw.agb).regels
    eerder = [item for item in geladen if (item.agb, item.regel) == (nieuw.agb, nieuw.regel)]
    regels = "".join(_write(gemeente, item) for item in _fit(eerder, nieuw))
    return load_referentie(werkplaats, "regelbeleid", f"{_KOP}\n{regels}".encode(), gemeente=gemeente, proef=proef)


def _fit(eerder: list[Beleidsregel], nieuw: Beleidsregel) -> Iterator[Beleidsregel]:
    """The new row, and the one before it as it ends."""
    begin = nieuw.ingangsdatum
    for item in eerder:
        if item.ingangsdatum < begin and is_valid_on(item.ingangsdatum, item.einddatum, begin):
            yield replace(item, einddatum=begin - _DAG)
    later = [item.ingangsdatum for item in eerder if item.ingangsdatum > begin]
    yield replace(nieuw, einddatum=min(later) - _DAG if later else None)


def _write(gemeente: str, item: Beleidsregel) -> str:
    """A line of a reference file."""
    velden = (gemeente, item.agb, item.regel, item.gevolg, item.retourcode, _day(item.ingangsdatum), _day(item.einddatum))
    return ";".join(velden) + "\n"


def _day(dag: date | None) -> str:
    return "" if dag in (None, ALTIJD) else dag.isoformat()
