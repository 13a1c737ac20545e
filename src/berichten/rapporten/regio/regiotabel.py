"""The pages of a region as tables: cost by member and in all; clients in all, and of the gemeente that asks. Pure; from cents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from berichten.kern.tekst import datum
from berichten.rapporten.ingesteld.instelstand import STANDAARD
from berichten.rapporten.monitor.clienten import Cijfer
from berichten.rapporten.monitor.tabel import VERBORGEN_TEKST, Tabel, Waarde, euros, per_client, percent, show
from berichten.rapporten.regio.ledenlijst import Regio
from berichten.rapporten.sturen.kwartaalcijfers import Uitlegsgrenzen, judge
from berichten.rapporten.sturen.kwartaalperiode import Kwartaal
from berichten.rapporten.sturen.verplichtingentabel import Groepstand
from berichten.rapporten.toewijzing.verplichting import Vraagpunt
from berichten.standaard.waarden.gemeenten import name_of_gemeente

NIET_TE_TONEN = "niet te tonen"
KOLOMMEN = (
    "gemeente", "naam", "kosten_euro", "vorig_jaar_toen_euro", "verschil_euro", "verschil_pct", "aangehouden_euro",
    "nog_verwacht_euro", "kosten_dit_jaar_euro", "prognose_jaar_euro", "begroot_jaar_euro", "afwijking_pct", "oordeel",
    "buiten_berichten_euro", "clienten", "kosten_per_client",
)  # fmt: skip
VERPLICHTINGEN = (
    "gemeente", "naam", "toegewezen_euro", "gedeclareerd_euro", "aangehouden_euro", "open_verplichting_euro", "nog_verwacht_euro",
    "vrijgevallen_euro", "overschrijding_euro",
)  # fmt: skip
TOTAAL = "Totaal"
_OVER_CLIENTEN = "Cliënten worden alleen geteld van de hele regio{en}. Wie in twee gemeenten zorg had, telt een keer."
Geteld = Cijfer | str | None
"""Clients of a row; NIET_TE_TONEN where nothing safe is left; None where they are not told of this row at all."""


GEWONE_GRENZEN = Uitlegsgrenzen.of(STANDAARD)


@dataclass(slots=True)
class Lidcijfers:
    """Cents of one member, or of all together."""

    kosten: int = 0
    toen: int = 0
    aangehouden: int = 0
    verwacht: int = 0
    buiten: int = 0
    jaar: int | None = 0
    """This and the two after it are None of a member that left before the peildatum; all together is of those that are left."""
    prognose: int | None = 0
    begroot: int | None = None
    """Of the year; of all together only where every member has one."""
    grenzen: Uitlegsgrenzen = GEWONE_GRENZEN
    """By which its forecast is judged, as the gemeente set them; of all together the ordinary ones."""
    laatste_dag: date | None = None
    """Of a member that left before the peildatum: up to which day its figures are known."""

    def add(self, ander: "Lidcijfers") -> None:
        """Those of another member too, but for the budget."""
        for naam in ("kosten", "toen", "aangehouden", "verwacht", "buiten", "jaar", "prognose"):
            setattr(self, naam, getattr(self, naam) + (getattr(ander, naam) or 0))


def make_regiotabel(
    regio: Regio, periode: Kwartaal, leden: Mapping[str, Lidcijfers], clienten: Mapping[str, Geteld], noten: Sequence[str]
) -> Tabel:
    """A row for each member in order, and the total. `clienten`: by gemeente, and of TOTAAL."""
    samen = Lidcijfers()
    for cijfers in leden.values():
        samen.add(cijfers)
    blijvers = {code: item for code, item in leden.items() if item.laatste_dag is None}
    begroot = [item.begroot for item in blijvers.values() if item.begroot is not None]
    samen.begroot = sum(begroot) if blijvers and len(begroot) == len(blijvers) else None
    rijen = [_row(code, name_of_gemeente(code), cijfers, clienten.get(code)) for code, cijfers in leden.items()]
    rijen.append(_row(TOTAAL, regio.naam, samen, clienten.get(TOTAAL)))
    zonder = [name_of_gemeente(code) for code, item in blijvers.items() if item.begroot is None]
    weg = {code: item.laatste_dag for code, item in leden.items() if item.laatste_dag is not None}
    toelichting = [
        f"{regio.titel}: de gemeenten die op {datum(periode.tot)} lid zijn, ook voor het vorige jaar."
        if regio.rijen
        else f"{regio.titel}, ook voor het vorige jaar.",
        *regio.wisselingen,
        *_tell_left(weg),
        *(["Het jaar, de prognose en de begroting van het totaal zijn van de andere gemeenten samen."] if weg else []),
        _OVER_CLIENTEN.format(en=" en van uw eigen gemeente" if clienten.keys() - {TOTAAL} else ""),
        *([f"Er is geen begroting geladen van: {', '.join(zonder)}."] if zonder else []),
        *noten,
    ]
    return Tabel("regio-kwartaal", KOLOMMEN, tuple(rijen), tuple(toelichting))


def _tell_left(weg: Mapping[str, date]) -> list[str]:
    return [
        f"{name_of_gemeente(code)} is na {datum(dag)} geen lid meer: de cijfers zijn zoals toen bekend."
        for code, dag in weg.items()
    ]


def _row(code: str, naam: str, cijfers: Lidcijfers, geteld: Geteld) -> tuple[Waarde, ...]:
    verschil, prognose, begroot = cijfers.kosten - cijfers.toen, cijfers.prognose, cijfers.begroot
    over = None if prognose is None or begroot is None else prognose - begroot
    return (
        code, naam, euros(cijfers.kosten), euros(cijfers.toen), euros(verschil), percent(verschil, cijfers.toen),
        euros(cijfers.aangehouden), euros(cijfers.verwacht), _euros(cijfers.jaar), _euros(prognose),
        _euros(begroot), None if over is None or begroot is None else percent(over, begroot),
        "" if prognose is None else judge(prognose, begroot, cijfers.grenzen), euros(cijfers.buiten),
        *_count(geteld, cijfers.kosten),
    )  # fmt: skip


def _euros(centen: int | None) -> int | None:
    return None if centen is None else euros(centen)


def _count(geteld: Geteld, kosten: int) -> tuple[Waarde, Waarde]:
    if isinstance(geteld, Cijfer):
        return show(geteld.aantal, geteld.teken), per_client(kosten, geteld.aantal, geteld.teken)
    return geteld, None if geteld is None else VERBORGEN_TEKST


def make_regioverplichtingen(regio: Regio, vraag: Vraagpunt, leden: Mapping[str, Groepstand], weg: Mapping[str, date]) -> Tabel:
    """What each member is bound to in a year, and all together; amounts and no counts of allocations.

    `weg`: of members that left before the peildatum the last day, up to which theirs are known.
    """
    totaal = Groepstand()
    for item in leden.values():
        totaal.join(item)
    rijen = [_bound(code, name_of_gemeente(code), item) for code, item in leden.items()]
    toelichting = (
        f"{regio.titel}, over {vraag.jaar}, zoals bekend op {datum(vraag.peildatum)}.", *regio.wisselingen, *_tell_left(weg),
        "Toegewezen, gedeclareerd, aangehouden en nog verwacht zijn van het jaar; de andere bedragen van de hele toewijzing.",
    )  # fmt: skip
    return Tabel("regio-verplichtingen", VERPLICHTINGEN, (*rijen, _bound(TOTAAL, regio.naam, totaal)), toelichting)


def _bound(code: str, naam: str, item: Groepstand) -> tuple[Waarde, ...]:
    bedragen = (
        item.toegewezen, item.gedeclareerd, item.aangehouden, item.open, item.verwacht, item.vrijgevallen, item.overschrijding,
    )  # fmt: skip
    return (code, naam, *map(euros, bedragen))
