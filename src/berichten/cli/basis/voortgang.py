"""How long work is shown on the screen: a bar while it runs, a table when it is done."""

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from berichten.kern.tekst import euro
from berichten.processen.archief.resultaat import Overzicht

_TABELBREEDTE = 140
_BALKBREEDTE = 120


def wide() -> Console:
    """A screen wide enough for a table with amounts, also where nobody says how wide it is."""
    return Console(width=max(Console().width, _TABELBREEDTE))


def load_progress() -> Progress:
    """On the error stream, as for `verwerk`; gone when the work is done."""
    kolommen = ("{task.description}", BarColumn(), MofNCompleteColumn(), "regels", TimeElapsedColumn())
    return Progress(*kolommen, console=Console(stderr=True), transient=True)


def progress() -> Progress:
    """Counts and rates on the error stream, so that the standard output holds the outcome only."""
    return Progress(
        "{task.description}",
        BarColumn(),
        MofNCompleteColumn(),
        "berichten,",
        _Regels(),
        TimeElapsedColumn(),
        console=Console(stderr=True, width=max(Console(stderr=True).width, _BALKBREEDTE)),
    )


class _Regels(ProgressColumn):
    """Lines handled, and how many a second."""

    def render(self, task: Task) -> Text:
        regels: int = task.fields["regels"]
        return Text(f"{regels} regels, {regels / max(task.elapsed or 0.0, 0.001):.0f} regels per seconde")


def summarise(overzicht: Overzicht) -> Table:
    """What became of the messages, by kind and status."""
    tabel = Table(title="Verwerkt")
    for kop in ("bericht", "status"):
        tabel.add_column(kop)
    for kop in ("berichten", "herhaald", "regels", "ingediend", "toegekend", "afgewezen", "ter beoordeling"):
        tabel.add_column(kop, justify="right")
    for (soort, status), telling in sorted(overzicht.tellingen.items()):
        bedragen = [euro(bedrag) if any(telling.bedragen) else "" for bedrag in telling.bedragen]
        tabel.add_row(soort, status, str(telling.berichten), str(telling.herhalingen), str(telling.regels), *bedragen)
    return tabel
