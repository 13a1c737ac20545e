"""`berichten db`: the database, its copy and the proof of the books."""

from pathlib import Path
from typing import Annotated

import structlog
import typer

from berichten.cli.basis.huis import open_house
from berichten.cli.basis.meldingen import scherm, stop
from berichten.cli.basis.nederlands import Opdrachten
from berichten.cli.basis.persoon import os_persoon
from berichten.cli.inzicht.rapport import controle
from berichten.logboek import configure_logging
from berichten.opslag.financien.nachtcontroles import list_gemeenten
from berichten.opslag.server.reservekopie import copy_database
from berichten.processen.bewaking.tel_gebruik import recount_use

LOG = structlog.get_logger("boeken")
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


@db_app.command("tel-gebruik")
def db_tel_gebruik(
    gemeente: Annotated[str | None, typer.Option(help="Gemeentecode; anders alle gemeenten in de boeken")] = None,
) -> None:
    """Tel uit de regels opnieuw op wat er van elke toewijzing is gebruikt: als 'db controle' daar een verschil vindt (gebruik).

    De dienst mag doorwerken. De boeken zelf veranderen niet.
    """
    with open_house() as werkplaats:
        with werkplaats.opslag.transaction() as verbinding:
            bekend = list_gemeenten(verbinding)
        if gemeente is not None and gemeente not in bekend:
            stop(f"Gemeente '{gemeente}' staat niet in de boeken. Daarin staan: {', '.join(bekend) or 'nog geen'}.")
        configure_logging()
        for code in [gemeente] if gemeente else bekend:
            recount_use(werkplaats, code)
            LOG.info("gebruik_opnieuw_opgeteld", gemeente=code, door=os_persoon())
            scherm.print(f"Gemeente {code}: opnieuw opgeteld. Controleer het met 'berichten db controle'.", highlight=False)
