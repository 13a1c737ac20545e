"""Where a year ends, by what is allocated beside what was invoiced. Pure; in whole euros, from cents."""

from collections.abc import Sequence
from dataclasses import dataclass

from berichten.kern.tekst import datum
from berichten.rapporten.monitor.tabel import Tabel, Waarde, euros
from berichten.rapporten.sturen.verplichtingentabel import add_up
from berichten.rapporten.toewijzing.standen import Standen
from berichten.rapporten.toewijzing.verplichting import Vraagpunt

KOLOMMEN_JAAREINDE = (
    "gemeente", "jaar", "gedeclareerd_euro", "aangehouden_euro", "nog_verwacht_euro", "nieuwe_instroom_euro", "prognose_euro",
    "nog_te_ontvangen_euro", "prognose_factuurdatum_euro", "verschil_euro", "kwaliteit",
)  # fmt: skip
_UITLEG = (
    "De prognose is gedeclareerd, aangehouden, nog verwacht en nieuwe instroom samen. Nieuwe instroom is wat vorig jaar nog werd"
    " gedeclareerd op toewijzingen die begonnen na deze dag van vorig jaar.",
    "Nog te ontvangen is wat aangehouden is en nog wordt verwacht over de hulp van dit jaar.",
)


@dataclass(frozen=True, slots=True)
class Jaareinde:
    """Where the year of one gemeente ends, in cents; the forecast by invoice date is None when it cannot be told."""

    gemeente: str
    gedeclareerd: int
    aangehouden: int
    verwacht: int
    instroom: int
    op_factuurdatum: int | None

    @property
    def prognose(self) -> int:
        return self.gedeclareerd + self.aangehouden + self.verwacht + self.instroom


def find_year_end(standen: Standen, op_factuurdatum: int | None) -> Jaareinde:
    """D, H and E of the year, and what may still come in."""
    totaal, _ = add_up([standen])
    kolommen = standen.kolommen
    instroom = int(kolommen.gedeclareerd_vorig[kolommen.are_new_inflow(standen.vraag)].sum())
    return Jaareinde(standen.gemeente, totaal.gedeclareerd, totaal.aangehouden, totaal.verwacht, instroom, op_factuurdatum)


def make_jaareinde(jaareinden: Sequence[Jaareinde], vraag: Vraagpunt) -> Tabel:
    """A row for each gemeente; before 1 March both forecasts are weak."""
    zwak = vraag.peildatum < vraag.eerste.replace(month=3)
    rijen = tuple(_year_end_row(item, vraag, "zwak" if zwak else "gewoon") for item in jaareinden)
    return Tabel(
        "verplichtingenprognose",
        KOLOMMEN_JAAREINDE,
        rijen,
        (f"Toewijzingstand aan het einde van {datum(vraag.peildatum)}.", *_UITLEG),
    )


def _year_end_row(item: Jaareinde, vraag: Vraagpunt, kwaliteit: str) -> tuple[Waarde, ...]:
    ernaast = None if item.op_factuurdatum is None else euros(item.op_factuurdatum)
    verschil = None if item.op_factuurdatum is None else euros(item.prognose - item.op_factuurdatum)
    return (
        item.gemeente, vraag.jaar, euros(item.gedeclareerd), euros(item.aangehouden), euros(item.verwacht), euros(item.instroom),
        euros(item.prognose), euros(item.aangehouden + item.verwacht), ernaast, verschil, kwaliteit,
    )  # fmt: skip
