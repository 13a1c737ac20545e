"""`berichten voorbeeld`: a made-up town."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from berichten.cli.basis.meldingen import scherm, stop
from berichten.kern.taal import telling
from berichten.voorbeelden.stad.archief import TOT as ARCHIEF_TOT
from berichten.voorbeelden.stad.archief import maak_archief, write_archief
from berichten.voorbeelden.stad.stad import maak_stad, write_stad

_STAD_TOT = date(2026, 5, 1)


def voorbeeld(
    map_: Annotated[Path, typer.Option("--map", help="Map waarin de stad wordt geschreven")],
    clienten: Annotated[int, typer.Option(help="Aantal cliënten")] = 20,
    maanden: Annotated[int, typer.Option(help="Aantal maanden, niet bij een archief")] = 3,
    seed: Annotated[int, typer.Option(help="Welke stad: hetzelfde getal maakt dezelfde")] = 1,
    tot: Annotated[str | None, typer.Option(help="Laatste declaratiemaand; gewoonlijk 2026-05, bij een archief 2022-12")] = None,
    fouten: Annotated[bool, typer.Option("--fouten/--no-fouten", help="Met ingebouwde fouten, of zonder")] = True,
    archief: Annotated[bool, typer.Option("--archief", help="Jaren aan berichten; zorg van vóór 2021 als JW303")] = False,
    jaren: Annotated[int, typer.Option(help="Aantal jaren, alleen bij een archief")] = 5,
    zips: Annotated[bool, typer.Option("--zips", help="Elke maand in een ZIP, alleen bij een archief")] = False,
) -> None:
    """Maak een verzonnen stad: berichten en referentiebestanden die bij elkaar passen."""
    laatste = _read_maand(tot)
    try:
        if archief:
            oud = maak_archief(clienten=clienten, jaren=jaren, seed=seed, tot=laatste or ARCHIEF_TOT, fouten=fouten)
            aantal = write_archief(oud, map_, zips=zips)
        else:
            stad = maak_stad(
                clienten=clienten, maanden=maanden, seed=seed, tot=laatste or _STAD_TOT, fouten=fouten, nagekomen=True,
                verzoeken=True,
            )  # fmt: skip
            aantal = len(write_stad(stad, map_))
    except ValueError as fout:
        stop(str(fout))
    scherm.print(f"{telling(aantal, 'bericht', 'berichten')} geschreven in {map_}.", highlight=False)


def _read_maand(tekst: str | None) -> date | None:
    """First day of a month written as 2026-05."""
    try:
        return None if tekst is None else date.fromisoformat(f"{tekst}-01")
    except ValueError:
        stop(f"'{tekst}' is geen maand. Schrijf een maand als 2026-05.")
