"""What the pages of a region share: a table of it in words, and as a file."""

from typing import NamedTuple

from fastapi.responses import Response

from api.basis.problemen import Probleem
from api.geld.monitor import write_bestand
from api.portaal.schil.adres import Paginaadres
from api.portaal.schil.bladzij import Bladzij
from api.portaal.schil.opmaak import tell_waarde
from berichten.processen.regio.reken_regio import Regiovraag, list_eigen_regios
from berichten.rapporten.boeken.periode import Vraagfout
from berichten.rapporten.monitor.bereik import Bereik
from berichten.rapporten.monitor.tabel import Tabel
from berichten.rapporten.uitvoer.vormen import VORMEN


class Regiokolom(NamedTuple):
    """A column as a page shows it."""

    naam: str
    kop: str
    getal: bool = True


def ask_as(bladzij: Bladzij) -> Regiovraag:
    """In the name of this visitor; of who is in more than one region that of the address."""
    return Regiovraag(bladzij.bezoeker.gemeente, bladzij.bezoeker.rol, regio=bladzij.adres.get("regio") or None)


def list_keuzen(bladzij: Bladzij) -> list[tuple[str, str]]:
    """Regions to choose from; none for who is in one, and has nothing to choose."""
    namen = list_eigen_regios(bladzij.werkplaats, bladzij.bezoeker.gemeente)
    return [(naam, naam) for naam in namen] if len(namen) > 1 else []


def with_regio(bladzij: Bladzij, pad: str, **vraag: str) -> str:
    """An address of the region that was chosen."""
    return str(Paginaadres(pad).met(**vraag, regio=bladzij.adres.get("regio")))


def show_rows(tabel: Tabel, kolommen: tuple[Regiokolom, ...]) -> list[list[str]]:
    """Of these columns, in words."""
    plekken = [tabel.kolommen.index(kolom.naam) for kolom in kolommen]
    return [[tell_waarde(rij[plek]) for plek in plekken] for rij in tabel.rijen]


def send_file(bladzij: Bladzij, tabel: Tabel, bereik: Bereik, vorm: str) -> Response:
    """404 for a form that there is not."""
    bestand = write_bestand(tabel, bereik, VORMEN[vorm], bladzij.vandaag) if vorm in VORMEN else None
    if bestand is None:
        raise Probleem(404, "In deze vorm is er geen bestand. Kies Excel of CSV.")
    return bestand


def refuse(fout: Vraagfout) -> Probleem:
    """What cannot be asked, in place of a file."""
    return Probleem(400, str(fout))
