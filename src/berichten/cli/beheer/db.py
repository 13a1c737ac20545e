"""`berichten db`: the database, its copy and the proof of the books."""

from pathlib import Path
from typing import Annotated

import typer

from berichten.cli.basis.huis import open_house
from berichten.cli.basis.meldingen import scherm
from berichten.cli.basis.nederlands import Opdrachten
from berichten.cli.inzicht.rapport import controle
from berichten.opslag.server.reservekopie import copy_database

db_app = Opdrachten("De database bijwerken, kopiëren, en bewijzen dat de boeken sluiten.")
db_app.command("controle")(controle)


@db_app.command("upgrade")
def db_upgrade() -> None:
    """Breng de database naar de nieuwste indeling."""
    with open_house(beheer=True):
        scherm.print("De database is bijgewerkt.")


@db_app.command("kopie")
def db_kopie(bestand: Annotated[Path, typer.Argument(help="Het bestand dat wordt gemaakt", show_default=False)]) -> None:
    """Maak een kopie van de hele database, om met pg_restore terug te zetten. De dienst mag doorwerken."""
    with open_house() as werkplaats:
        copy_database(werkplaats.opslag.logins.kopie, bestand)
    scherm.print(f"Geschreven: {bestand}", highlight=False, soft_wrap=True)
