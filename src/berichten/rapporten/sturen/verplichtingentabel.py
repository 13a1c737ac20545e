"""Obligations by group: a table made of allocations as they stood. Pure; in whole euros, from cents."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields

import numpy as np

from berichten.kern.tekst import datum
from berichten.rapporten.afscherming.optelling import TOTAAL, Rijbesluit, Telling, mark
from berichten.rapporten.monitor.tabel import VERBORGEN_TEKST, Tabel, Waarde, euros, percent, show, sort_by
from berichten.rapporten.monitor.tabel1 import SEGMENTEN, segment_label
from berichten.rapporten.toewijzing.standen import Standen
from berichten.rapporten.toewijzing.standkolommen import number_keys, sum_by
from berichten.rapporten.toewijzing.verplichting import Vraagpunt

GROEPEN = ("categorie", "aanbieder", "segment", "gemeente")
"""What obligations can be grouped by."""
ZONDER = "Zonder toewijzing"
KOLOMMEN = (
    "groep", "jaar", "aantal_toewijzingen", "toegewezen_euro", "gedeclareerd_euro", "aangehouden_euro", "open_verplichting_euro",
    "nog_verwacht_euro", "vrijgevallen_euro", "overschrijding_euro", "zilvering_pct", "niet_te_bepalen",
)  # fmt: skip
_UITLEG = (
    "Toegewezen, gedeclareerd, aangehouden en nog verwacht zijn van het gevraagde jaar. De open verplichting, wat vrijvalt en de"
    " overschrijding zijn van de hele toewijzing.",
    "Gedeclareerd is wat is toegekend en niet gecrediteerd, naar de maand waarin de hulp is gegeven. Aangehouden wacht op een"
    " beoordeling en is geen kosten.",
    "Bij 'niet te bepalen' staat hoeveel toewijzingen geen budget of tarief hebben. In toegewezen en open tellen zij niet mee.",
)


_ZONDER_AANTAL = (
    "Aantallen staan alleen in de stand van vandaag: twee dagen naast elkaar zouden laten zien wat één toewijzing kost."
)


@dataclass(slots=True)
class Groepstand:
    """Sums of one group, in cents; the year's but for what is open, set free or beyond."""

    aantal: int = 0
    toegewezen: int = 0
    gedeclareerd: int = 0
    aangehouden: int = 0
    open: int = 0
    verwacht: int = 0
    vrijgevallen: int = 0
    overschrijding: int = 0
    gesloten_gedeclareerd: int = 0
    gesloten_toegewezen: int = 0
    onbepaald: int = 0

    def counts(self) -> Telling:
        """Allocations of which it can be told, of which it cannot, and together."""
        return self.aantal, self.onbepaald, self.aantal - self.onbepaald

    def join(self, ander: "Groepstand") -> None:
        """All of another group too."""
        for veld in fields(self):
            setattr(self, veld.name, getattr(self, veld.name) + getattr(ander, veld.name))


Groepstanden = Mapping[str, Mapping[str, Groepstand]]
"""By what is grouped by, then by the key of the group."""


def add_up(alle: Iterable[Standen]) -> tuple[Groepstand, Groepstanden]:
    """The total and every grouping of it, of one or more gemeenten; only allocations of the year that is asked."""
    totaal, per_groep = Groepstand(), {naam: defaultdict[str, Groepstand](Groepstand) for naam in GROEPEN}
    for standen in alle:
        # Allocations that are in the same group of every kind are added up once, and their sums as often as there are kinds.
        for (categorie, agb, segment), groep in _finest(standen):
            totaal.join(groep)
            for naam, sleutel in zip(GROEPEN, (categorie, agb, segment, standen.gemeente), strict=True):
                per_groep[naam][sleutel].join(groep)
        _add_without(standen, totaal, per_groep)
    return totaal, per_groep


def _finest(standen: Standen) -> Iterator[tuple[tuple[str, str, str], Groepstand]]:
    """Sums by category, aanbieder and segment at once."""
    k, u = standen.kolommen, standen.uitkomsten
    nummers, sleutels = number_keys(list(zip(k.categorie, k.agb, k.segment, strict=True)))
    een = np.ones_like(k.begin)
    dicht = u.gesloten & k.bepaald
    kolommen = {
        "aantal": een, "toegewezen": u.toegewezen_jaar, "gedeclareerd": k.gedeclareerd_jaar, "aangehouden": k.aangehouden_jaar,
        "open": u.open, "verwacht": u.verwacht_jaar, "vrijgevallen": u.vrijgevallen, "overschrijding": u.overschrijding,
        "gesloten_gedeclareerd": np.where(dicht, k.gedeclareerd, 0), "gesloten_toegewezen": np.where(dicht, k.toegewezen, 0),
        "onbepaald": np.where(k.bepaald, 0, een),
    }  # fmt: skip
    sommen = {veld: sum_by(nummers[u.raakt], len(sleutels), kolom[u.raakt]).tolist() for veld, kolom in kolommen.items()}
    for plek, sleutel in enumerate(sleutels):
        if sommen["aantal"][plek]:
            yield sleutel, Groepstand(**{veld: som[plek] for veld, som in sommen.items()})


def _add_without(standen: Standen, totaal: Groepstand, per_groep: Mapping[str, defaultdict[str, Groepstand]]) -> None:
    """Care on no allocation is of no category, aanbieder or segment here."""
    zonder = standen.zonder
    if zonder.gedeclareerd_jaar or zonder.aangehouden_jaar:
        for groep in (totaal, *(per_groep[naam][standen.gemeente if naam == "gemeente" else ZONDER] for naam in GROEPEN)):
            groep.gedeclareerd += zonder.gedeclareerd_jaar
            groep.aangehouden += zonder.aangehouden_jaar


def make_verplichtingen(
    totaal: Groepstand, groepen: Mapping[str, Groepstand], groepeer: str, vraag: Vraagpunt, besluit: Rijbesluit | None
) -> Tabel:
    """A row for each group, and the total. Amounts tell of no client; a small count of allocations is not shown, and none at all
    without a decision.
    """
    onthouden = besluit is None or groepeer in besluit.onthouden
    namen = {sleutel: segment_label(sleutel) if groepeer == "segment" and sleutel != ZONDER else sleutel for sleutel in groepen}
    rijen = [
        _row(namen[sleutel], groepen[sleutel], vraag, besluit is not None and besluit.hides(groepeer, sleutel), onthouden)
        for sleutel in sorted(groepen, key=_order_of(groepeer))
    ]
    rijen.append(_row("Totaal", totaal, vraag, besluit is not None and besluit.hides(TOTAAL, TOTAAL), besluit is None))
    noten = (
        f"Toewijzingstand aan het einde van {datum(vraag.peildatum)}.",
        *_UITLEG,
        *((_ZONDER_AANTAL,) if besluit is None else ()),
    )
    return Tabel("verplichtingen", KOLOMMEN, tuple(rijen), noten)


def _order_of(groepeer: str) -> Callable[[str], tuple[bool, tuple[int, str]]]:
    codes = list(SEGMENTEN) if groepeer == "segment" else []
    return lambda sleutel: (sleutel == ZONDER, sort_by(codes, sleutel))


def _row(naam: str, groep: Groepstand, vraag: Vraagpunt, verborgen: bool, onthouden: bool = False) -> tuple[Waarde, ...]:
    """With `onthouden` no count at all is shown."""
    aantal, onbepaald = (
        VERBORGEN_TEKST if onthouden else show(item, mark(item, verborgen)) for item in (groep.aantal, groep.onbepaald)
    )
    return (
        naam, vraag.jaar, aantal, euros(groep.toegewezen), euros(groep.gedeclareerd),
        euros(groep.aangehouden), euros(groep.open), euros(groep.verwacht), euros(groep.vrijgevallen), euros(groep.overschrijding),
        percent(groep.gesloten_gedeclareerd, groep.gesloten_toegewezen), onbepaald,
    )  # fmt: skip
