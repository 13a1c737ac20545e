"""`berichten db`: the database and the proof of the books."""

from berichten.cli.huis import open_house
from berichten.cli.nederlands import Opdrachten
from berichten.cli.rapport import controle
from berichten.scherm import scherm

db_app = Opdrachten("De database bijwerken en bewijzen dat de boeken sluiten.")
db_app.command("controle")(controle)


@db_app.command("upgrade")
def db_upgrade() -> None:
    """Breng de database naar de nieuwste indeling."""
    with open_house():
        scherm.print("De database is bijgewerkt.")
