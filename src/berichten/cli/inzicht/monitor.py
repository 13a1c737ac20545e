"""Monitor reports on the command line, for the operator: of any set of gemeenten, also those that compare gemeenten."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from berichten.cli.basis.geladen import tell_geladen
from berichten.cli.basis.huis import open_house
from berichten.cli.basis.meldingen import scherm, stop
from berichten.cli.basis.nederlands import Opdrachten
from berichten.cli.basis.persoon import os_persoon
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.monitor.laad_indicator import load_indicatoren, load_verwijzers
from berichten.processen.monitor.rapporten import NIET_TE_TONEN, RAPPORTEN, AlleenPerJaar, Lezer, Monitorverzoek, NietTeBeschermen
from berichten.rapporten.boeken.periode import Vraagfout, read_peildag
from berichten.rapporten.monitor.bereik import read_bereik
from berichten.rapporten.monitor.tabel import Tabel, as_csv, as_rapport
from berichten.rapporten.monitor.tabel3b_4a import Vorm
from berichten.rapporten.sturen.verplichtingentabel import GROEPEN
from berichten.rapporten.uitvoer.als_xlsx import write_xlsx
from berichten.rapporten.uitvoer.vormen import VORMEN

monitor_app = Opdrachten("De monitor: tabellen en indicatoren, en wat daarvoor wordt opgegeven.")


@monitor_app.command("rapport")
def rapport(
    naam: Annotated[str, typer.Argument(help=", ".join(RAPPORTEN))],
    gemeente: Annotated[list[str], typer.Option(help="Gemeentecode; geef de optie vaker voor meer gemeenten samen")],
    uit: Annotated[Path, typer.Option(help="Bestand waarin het rapport komt")],
    periode: Annotated[str | None, typer.Option(help="2024, 2024-Q2, 2024-T2 (vier maanden) of 2024-10")] = None,
    van: Annotated[str | None, typer.Option(help="Eerste maand, bijvoorbeeld 2024-01")] = None,
    tot: Annotated[str | None, typer.Option(help="Laatste maand")] = None,
    formaat: Annotated[str, typer.Option(help=", ".join(VORMEN))] = "csv",
    vorm: Annotated[Vorm, typer.Option(help="Alleen bij tabel3b; publicatie2024 verraadt kleine aantallen")] = Vorm.VEILIG,
    jaren_terug: Annotated[int, typer.Option(min=0, max=2, help="Alleen bij verdeelsleutel: 2 of 0 jaar voor de periode")] = 0,
    groepeer: Annotated[str | None, typer.Option(help=f"Alleen bij verplichtingen: {', '.join(GROEPEN)}")] = None,
    peildatum: Annotated[str | None, typer.Option(help="Alleen bij verplichtingen: de stand aan het eind van deze dag")] = None,
) -> None:
    """Maak een rapport van de monitor. Wat te klein is om te tonen blijft verborgen, ook naast eerdere rapporten."""
    if naam not in RAPPORTEN or formaat not in VORMEN:
        stop(f"Onbekend rapport of formaat. Kies een rapport uit: {', '.join(RAPPORTEN)}; en een formaat uit: {', '.join(VORMEN)}.")
    with open_house() as werkplaats:
        keuzes = {"vorm": vorm, "jaren_terug": jaren_terug, "groepeer": groepeer}
        write_monitor(werkplaats, naam, gemeente, (periode, van, tot), uit.with_suffix(f".{formaat}"), peildatum, **keuzes)


def write_monitor(
    werkplaats: Werkplaats,
    naam: str,
    gemeenten: Sequence[str],
    periode: tuple[str | None, str | None, str | None],
    uit: Path,
    peildatum: str | None = None,
    **keuzes: Any,
) -> None:
    """Make a report over a period (or its first and last month) and write it to a file, in the form that its suffix names.

    `keuzes` are fields of Monitorverzoek; the period is this year when none is given.
    """
    jaar = None if any(periode) else str(werkplaats.instellingen.vandaag().year)
    try:
        bereik = read_bereik(gemeenten, jaar or periode[0], *periode[1:])
        verzoek = Monitorverzoek(bereik, peildatum=read_peildag(peildatum), **keuzes)
        tabel = RAPPORTEN[naam].make(Lezer(werkplaats), verzoek)
    except (Vraagfout, AlleenPerJaar) as fout:
        stop(str(fout))
    except NietTeBeschermen:
        stop(NIET_TE_TONEN)
    verantwoording = [("Gemeenten", ", ".join(gemeenten)), ("Periode", verzoek.bereik.describe())]
    write_tabel(tabel, uit.suffix.removeprefix("."), uit, verantwoording)
    scherm.print(f"Geschreven: {uit}", highlight=False, soft_wrap=True)


def write_tabel(tabel: Tabel, formaat: str, uit: Path, verantwoording: Sequence[tuple[str, str]]) -> None:
    """Write a report to a file in one of VORMEN; `verantwoording` says in a workbook what it is about."""
    if formaat == "xlsx":
        write_xlsx(as_rapport(tabel, verantwoording), uit)
    elif formaat == "csv":
        uit.write_bytes(as_csv(tabel))
    else:
        rijen = [dict(zip(tabel.kolommen, rij, strict=True)) for rij in tabel.rijen]
        uit.write_bytes(orjson.dumps({"naam": tabel.naam, "rijen": rijen}, default=float, option=orjson.OPT_INDENT_2))


@monitor_app.command("opgaven")
def opgaven(bestand: Annotated[Path, typer.Argument(help="CSV: gemeente;nr;jaar;onderdeel;waarde;eenheid;bron")]) -> None:
    """Laad indicatoren die niet uit berichten volgen. Bij één foute regel wordt niets geladen."""
    with open_house() as werkplaats:
        tell_geladen(load_indicatoren(werkplaats, bestand.read_bytes(), os_persoon()), "indicatoren", bestand)


@monitor_app.command("verwijzers")
def verwijzers(bestand: Annotated[Path, typer.Argument(help="CSV: gemeente;toewijzingnummer;verwijzer")]) -> None:
    """Laad wie naar de hulp van toewijzingen verwees. Bij één foute regel wordt niets geladen."""
    with open_house() as werkplaats:
        tell_geladen(load_verwijzers(werkplaats, bestand.read_bytes(), os_persoon()), "verwijzers", bestand)
