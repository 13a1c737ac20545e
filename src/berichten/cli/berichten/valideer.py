"""`berichten valideer`: levels 1 and 2 of files, without a database."""

from typing import Any

import typer

from berichten.cli.basis.huis import read_settings
from berichten.cli.basis.meldingen import print_fouten, scherm
from berichten.cli.basis.uitvoer import AlsJson, Bestanden, print_json, tell_passed
from berichten.fouten import Invoerfout
from berichten.kern.taal import foutental
from berichten.processen.archief.bronnen import list_files, read_file
from berichten.processen.basis.werkplaats import open_schemas
from berichten.processen.ontvangst.controleer_bericht import Controle, check_message


def valideer(bestanden: Bestanden, als_json: AlsJson = False) -> None:
    """Controleer berichten op niveau 1 en 2, zonder database. Uitgang 1 als er iets geweigerd wordt."""
    schemas = open_schemas(read_settings())
    lijst = list_files(bestanden)
    uitkomsten = [
        (invoer.bestand, check_message(invoer.inhoud, schemas)) for bron in lijst for invoer in read_file(bron.pad, bron.naam)
    ]
    if als_json:
        print_json([{"bestand": bestand, **_controle_json(controle)} for bestand, controle in uitkomsten])
    else:
        for bestand, controle in uitkomsten:
            _print_controle(bestand, controle)
    tell_passed(lijst.overgeslagen)
    raise typer.Exit(1 if any(controle.totaal for _, controle in uitkomsten) else 0)


def _controle_json(controle: Controle) -> dict[str, Any]:
    return {
        "soort": controle.soort,
        "goed": controle.totaal == 0,
        "aantalFouten": controle.totaal,
        "fouten": [_fout_json(fout) for fout in controle.fouten],
    }


def _fout_json(fout: Invoerfout) -> dict[str, Any]:
    return {"pad": fout.pad, "regel": fout.regel, "melding": fout.melding, "regelnummer": fout.regelnummer}


def _print_controle(bestand: str, controle: Controle) -> None:
    if not controle.totaal:
        scherm.print(f"[green]goed[/]      {bestand} ({controle.soort})", highlight=False)
        return
    scherm.print(f"[red]geweigerd[/] {bestand}: {foutental(controle.totaal)}", highlight=False)
    print_fouten(controle.fouten)
