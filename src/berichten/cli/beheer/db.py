"""`berichten db`: the database and the proof of the books."""

from berichten.cli.basis.huis import open_house
from berichten.cli.basis.meldingen import scherm
from berichten.cli.basis.nederlands import Opdrachten
from berichten.cli.inzicht.rapport import controle

db_app = Opdrachten("De database bijwerken en bewijzen dat de boeken sluiten.")
db_app.command("controle")(controle)


@db_app.command("upgrade")
def db_upgrade() -> None:
    """Breng de database naar de nieuwste indeling."""
    with open_house(beheer=True):
        scherm.print("De database is bijgewerkt.")
