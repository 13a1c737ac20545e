"""`berichten inzage`: who saw the data of a client, as an answer to that client's own question (AVG, article 15)."""

import sys
from collections.abc import Callable
from datetime import date, datetime
from getpass import getpass
from pathlib import Path
from typing import Annotated

import typer

from berichten.cli.basis.huis import open_house
from berichten.cli.basis.meldingen import scherm, stop
from berichten.cli.basis.persoon import os_houder
from berichten.inzage.toegang.inzageverslag import Inzageverslag, read_inzageverslag
from berichten.klok import begin_of, end_of, read_iso_dag
from berichten.rapporten.uitvoer.als_csv import write_csv
from berichten.standaard.waarden.bsn import is_bsn
from berichten.standaard.waarden.gemeenten import gemeenten

_VORMEN = ("tekst", "csv")


def inzage(
    gemeente: Annotated[str, typer.Option(help="Gemeentecode van vier cijfers")],
    formaat: Annotated[str, typer.Option(help="tekst (een brief) of csv (een tabel)")] = "tekst",
    vanaf: Annotated[str | None, typer.Option(help="Eerste dag, als 2026-01-01; weglaten is vanaf het begin")] = None,
    tot: Annotated[str | None, typer.Option(help="Laatste dag, als 2026-12-31; weglaten is tot nu")] = None,
    zonder_namen: Annotated[bool, typer.Option("--zonder-namen", help="Noem van medewerkers alleen de functie")] = False,
    uit: Annotated[Path | None, typer.Option(help="Bestand om te schrijven; weglaten toont het op het scherm")] = None,
) -> None:
    """Laat zien wie de gegevens van een cliënt zag, als antwoord op een inzageverzoek. De opdracht vraagt zelf om het Bsn."""
    if formaat not in _VORMEN:
        stop(f"Onbekend formaat '{formaat}'. Kies uit: {', '.join(_VORMEN)}.")
    if gemeente not in gemeenten():
        stop("Deze gemeentecode bestaat niet. Geef de vier cijfers van de gemeente, zoals 0484.")
    van, einde = _read_moment(vanaf, begin_of), _read_moment(tot, end_of)
    bsn = _ask_bsn()
    with open_house() as werkplaats:
        kijker = werkplaats.seen_by(os_houder(gemeente))
        verslag = read_inzageverslag(kijker, bsn, van, einde, met_namen=not zonder_namen)
    inhoud = _as_bytes(verslag, formaat)
    if uit is None:
        sys.stdout.buffer.write(inhoud)
        return
    uit.write_bytes(inhoud)
    scherm.print(f"Geschreven: {uit}", highlight=False, markup=False, soft_wrap=True)


def _ask_bsn() -> str:
    """Never from the command itself, which the machine keeps and shows to others: typed unseen, or from the standard input."""
    bsn = (getpass("Burgerservicenummer (u ziet niet wat u typt): ") if sys.stdin.isatty() else sys.stdin.readline()).strip()
    if not is_bsn(bsn):
        stop("Dit is geen burgerservicenummer. Geef de negen cijfers, zonder punten of spaties.")
    return bsn


def _read_moment(tekst: str | None, of_day: Callable[[date], datetime]) -> datetime | None:
    try:
        return None if tekst is None else of_day(read_iso_dag(tekst))
    except ValueError:
        stop(f"'{tekst}' is geen dag. Schrijf een dag als 2026-01-01.")


def _as_bytes(verslag: Inzageverslag, formaat: str) -> bytes:
    return verslag.as_tekst().encode() if formaat == "tekst" else b"".join(write_csv(verslag.as_rapport()))
