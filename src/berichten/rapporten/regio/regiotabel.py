"""The pages of a region as tables: cost by member and in all; clients in all, and of the gemeente that asks. Pure; from cents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from berichten.kern.tekst import datum
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
Geteld = Cijfer | str | None
"""Clients of a row; NIET_TE_TONEN where nothing safe is left; None where they are not told of this row at all."""


@dataclass(slots=True)
class Lidcijfers:
    """Cents of one member, or of all together."""

    kosten: int = 0
    toen: int = 0
    aangehouden: int = 0
    verwacht: int = 0
    jaar: int = 0
    prognose: int = 0
    buiten: int = 0
    begroot: int | None = None
    """Of the year; of all together only where every member has one."""

    def add(self, ander: "Lidcijfers") -> None:
        """Those of another member too, but for the budget."""
        for veld in fields(self):
            if veld.name != "begroot":
                setattr(self, veld.name, getattr(self, veld.name) + getattr(ander, veld.name))


def make_regiotabel(
    regio: Regio, periode: Kwartaal, leden: Mapping[str, Lidcijfers], clienten: Mapping[str, Geteld], noten: Sequence[str]
) -> Tabel:
    """A row for each member in order, and the total. `clienten`: by gemeente, and of TOTAAL."""
    samen = Lidcijfers()
    for cijfers in leden.values():
        samen.add(cijfers)
    begroot = [item.begroot for item in leden.values() if item.begroot is not None]
    samen.begroot = sum(begroot) if len(begroot) == len(leden) else None
    rijen = [_row(code, name_of_gemeente(code), cijfers, clienten.get(code)) for code, cijfers in leden.items()]
    rijen.append(_row(TOTAAL, regio.naam, samen, clienten.get(TOTAAL)))
    zonder = [name_of_gemeente(code) for code, item in leden.items() if item.begroot is None]
    toelichting = [
        f"Regio {regio.naam}: de gemeenten die op {datum(periode.tot)} lid zijn, ook voor het vorige jaar.",
        *regio.wisselingen,
        "Cliënten worden alleen geteld van de hele regio en van uw eigen gemeente. Wie in twee gemeenten zorg had, telt een keer.",
        *([f"Er is geen begroting geladen van: {', '.join(zonder)}."] if zonder else []),
        *noten,
    ]
    return Tabel("regio-kwartaal", KOLOMMEN, tuple(rijen), tuple(toelichting))


def _row(code: str, naam: str, cijfers: Lidcijfers, geteld: Geteld) -> tuple[Waarde, ...]:
    verschil, begroot = cijfers.kosten - cijfers.toen, cijfers.begroot
    return (
        code, naam, euros(cijfers.kosten), euros(cijfers.toen), euros(verschil), percent(verschil, cijfers.toen),
        euros(cijfers.aangehouden), euros(cijfers.verwacht), euros(cijfers.jaar), euros(cijfers.prognose),
        None if begroot is None else euros(begroot), None if begroot is None else percent(cijfers.prognose - begroot, begroot),
        judge(cijfers.prognose, begroot, Uitlegsgrenzen()), euros(cijfers.buiten), *_count(geteld, cijfers.kosten),
    )  # fmt: skip


def _count(geteld: Geteld, kosten: int) -> tuple[Waarde, Waarde]:
    if isinstance(geteld, Cijfer):
        return show(geteld.aantal, geteld.teken), per_client(kosten, geteld.aantal, geteld.teken)
    return geteld, None if geteld is None else VERBORGEN_TEKST


def make_regioverplichtingen(regio: Regio, vraag: Vraagpunt, leden: Mapping[str, Groepstand]) -> Tabel:
    """What each member is bound to in a year, and all together; amounts and no counts of allocations."""
    totaal = Groepstand()
    for item in leden.values():
        totaal.join(item)
    rijen = [_bound(code, name_of_gemeente(code), item) for code, item in leden.items()]
    toelichting = (
        f"Regio {regio.naam}, over {vraag.jaar}, zoals bekend op {datum(vraag.peildatum)}.", *regio.wisselingen,
        "Toegewezen, gedeclareerd, aangehouden en nog verwacht zijn van het jaar; de andere bedragen van de hele toewijzing.",
    )  # fmt: skip
    return Tabel("regio-verplichtingen", VERPLICHTINGEN, (*rijen, _bound(TOTAAL, regio.naam, totaal)), toelichting)


def _bound(code: str, naam: str, item: Groepstand) -> tuple[Waarde, ...]:
    bedragen = (
        item.toegewezen, item.gedeclareerd, item.aangehouden, item.open, item.verwacht, item.vrijgevallen, item.overschrijding,
    )  # fmt: skip
    return (code, naam, *map(euros, bedragen))
