"""What the pages of a region share: a table of it in words, and as a file."""

from decimal import Decimal
from typing import NamedTuple

from fastapi.responses import Response

from api.basis.problemen import Probleem
from api.geld.monitor import write_bestand
from api.portaal.schil.bladzij import Bladzij
from api.portaal.schil.opmaak import LEEG, getal
from berichten.processen.regio.reken_regio import Regiovraag
from berichten.rapporten.boeken.periode import Vraagfout
from berichten.rapporten.monitor.bereik import Bereik
from berichten.rapporten.monitor.tabel import Tabel, Waarde
from berichten.rapporten.uitvoer.vormen import VORMEN


class Regiokolom(NamedTuple):
    """A column as a page shows it."""

    naam: str
    kop: str
    getal: bool = True


def ask_as(bladzij: Bladzij) -> Regiovraag:
    """In the name of this visitor; of who is in more than one region that of the address."""
    return Regiovraag(bladzij.bezoeker.gemeente, bladzij.bezoeker.rol, regio=bladzij.adres.get("regio") or None)


def show_rows(tabel: Tabel, kolommen: tuple[Regiokolom, ...]) -> list[list[str]]:
    """Of these columns, in words."""
    plekken = [tabel.kolommen.index(kolom.naam) for kolom in kolommen]
    return [[_cell(rij[plek]) for plek in plekken] for rij in tabel.rijen]


def _cell(waarde: Waarde) -> str:
    if waarde is None or waarde == "":
        return LEEG
    if isinstance(waarde, int):
        return getal(waarde)
    return str(waarde).replace(".", ",") if isinstance(waarde, Decimal) else waarde


def send_file(bladzij: Bladzij, tabel: Tabel, bereik: Bereik, vorm: str) -> Response:
    """404 for a form that there is not."""
    bestand = write_bestand(tabel, bereik, VORMEN[vorm], bladzij.vandaag) if vorm in VORMEN else None
    if bestand is None:
        raise Probleem(404, "In deze vorm is er geen bestand. Kies Excel of CSV.")
    return bestand


def refuse(fout: Vraagfout) -> Probleem:
    """What cannot be asked, in place of a file."""
    return Probleem(400, str(fout))
