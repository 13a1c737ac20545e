"""An accountant at work in the demo town: the year that may be controlled, a sample of lines and one of money."""

from datetime import timedelta

from berichten.kern.houder import Sleutelhouder
from berichten.processen.accountant.trek_steekproef import Steekproefwens, draw_steekproef, give_mandaat
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.voorbeelden.model.model import GEMEENTE

_WAARVOOR = "Controle van de jaarrekening"


def fill_controle(werkplaats: Werkplaats, beheer: str, accountant: str) -> None:
    """After the month of work. Raises TeGroot where fewer than six lines were awarded this year."""
    vandaag = werkplaats.instellingen.vandaag()
    waarvoor = f"{_WAARVOOR} {vandaag.year}"
    beheerder = Sleutelhouder(GEMEENTE, beheer, "beheer", None)
    controleur = Sleutelhouder(GEMEENTE, accountant, "controle", None)
    give_mandaat(werkplaats, beheerder, (vandaag.year, vandaag.year), vandaag + timedelta(days=180), waarvoor)
    draw_steekproef(werkplaats, controleur, Steekproefwens("proef", "posten", 3, vandaag.year, waarvoor))
    draw_steekproef(werkplaats, controleur, Steekproefwens(f"{vandaag.year}-A", "geldeenheden", 6, vandaag.year, waarvoor))
