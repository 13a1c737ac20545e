"""`berichten kopie`: the embedded database as a whole, copied while it works and set back to any moment."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from berichten.cli.basis.huis import read_settings, refuse_empty
from berichten.cli.basis.meldingen import scherm, stop
from berichten.cli.basis.nederlands import Opdrachten
from berichten.instellingen import Instellingen
from berichten.kern.taal import telling
from berichten.kern.tekst import datum
from berichten.klok import dutch_time, read_clock, read_iso_moment
from berichten.opslag.financien.nachtcontroles import list_gemeenten
from berichten.opslag.server.basiskopie import list_copies, make_copy, set_back
from berichten.processen.basis.werkplaats import open_werkplaats
from berichten.processen.bewaking.controleer_boeken import prove

kopie_app = Opdrachten("De ingebouwde database kopiëren, en terugzetten op elk gewenst moment.")
_GEEN_MAP = (
    "Zet BERICHTEN_KOPIE_MAP op een map op een andere schijf, en start de dienst opnieuw. Vanaf dan bewaart de database daar ook"
    " elke wijziging."
)
_ANDERE = (
    "Deze opdracht is voor de ingebouwde database, en BERICHTEN_DATABASE_URL noemt een andere. Gebruik 'berichten db kopie', of"
    " laat pgBackRest of Barman kopieën maken (docs/beheer.md)."
)


@kopie_app.command("maak")
def maak() -> None:
    """Maak een kopie van de hele database in BERICHTEN_KOPIE_MAP. De dienst mag doorwerken."""
    instellingen = read_settings()
    archief = _archief(instellingen)
    refuse_empty(instellingen)
    gemaakt = make_copy(instellingen.var, archief, read_clock)
    scherm.print(f"Geschreven: {gemaakt}", highlight=False, soft_wrap=True)


@kopie_app.command("toon")
def toon() -> None:
    """Laat zien welke kopieën er zijn."""
    kopieen = list_copies(_archief(read_settings()))
    for op, map_ in kopieen:
        scherm.print(f"{_moment(op)}  {map_}", highlight=False, soft_wrap=True)
    if not kopieen:
        scherm.print("Er is nog geen kopie. Maak er een met 'berichten kopie maak'.")


@kopie_app.command("herstel")
def herstel(
    naar: Annotated[Path, typer.Argument(help="Nieuwe map, die daarna BERICHTEN_VAR wordt", show_default=False)],
    tot: Annotated[
        str | None, typer.Option(help="Moment in Nederlandse tijd, als 2026-11-29T14:05; zonder: zo laat mogelijk")
    ] = None,
) -> None:
    """Zet de database in een nieuwe map terug zoals zij op een moment was, en bewijs dat de boeken sluiten."""
    instellingen = read_settings()
    begin = set_back(_archief(instellingen), naar, None if tot is None else _read_moment(tot))
    scherm.print(f"Begonnen met {begin}. De database gaat nu naar het gevraagde moment.", highlight=False, soft_wrap=True)
    # It does not write into the place that it comes from: what it becomes is for who looks at it to say.
    terug = instellingen.model_copy(update={"var": naar, "kopie_map": None})
    with open_werkplaats(terug) as werkplaats, werkplaats.opslag.transaction() as verbinding:
        uitslagen = [prove(verbinding, werkplaats, gemeente, 1).uitslag for gemeente in list_gemeenten(verbinding)]
    verschillen = sum(uitslag.verschillen for uitslag in uitslagen)
    if verschillen:
        stop(
            f"Teruggezet in {naar}, maar de boeken sluiten niet: {telling(verschillen, 'verschil', 'verschillen')}. Bekijk ze met"
            f" 'BERICHTEN_VAR={naar} berichten db controle' voordat u de dienst hierop start.",
            1,
        )
    vervolg = f"Start de dienst met BERICHTEN_VAR={naar}; die maakt eerst een nieuwe kopie."
    scherm.print(f"De boeken sluiten. {vervolg}", highlight=False, soft_wrap=True)


def _archief(instellingen: Instellingen) -> Path:
    if instellingen.database_url:
        stop(_ANDERE)
    if instellingen.kopie_map is None:
        stop(_GEEN_MAP)
    return instellingen.kopie_map


def _read_moment(tekst: str) -> datetime:
    try:
        return read_iso_moment(tekst)
    except ValueError:
        stop("Dit is geen moment. Schrijf het als 2026-11-29T14:05.")


def _moment(op: datetime) -> str:
    return f"{datum(op)}, {dutch_time(op):%H:%M:%S} uur"
