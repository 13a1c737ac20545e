"""Tables of a page as files: in which forms, and a table of figures as one."""

from datetime import date

from fastapi.responses import Response

from api.basis.problemen import Probleem
from api.geld.monitor import write_bestand
from api.portaal.schil.bladzij import Bladzij
from berichten.rapporten.monitor.bereik import Bereik
from berichten.rapporten.monitor.tabel import Tabel
from berichten.rapporten.uitvoer.vormen import VORMEN

BESTANDSVORMEN = (("Excel", "xlsx"), ("CSV", "csv"))
"""In which form a page is to be had as a file: as people call it, and as the address does."""


def read_vorm(vorm: str) -> str:
    """The media type of a form in an address; 404 for one that there is not."""
    if vorm not in {naam for _, naam in BESTANDSVORMEN}:
        raise Probleem(404, "In deze vorm is er geen bestand. Kies Excel of CSV.")
    return VORMEN[vorm]


def send_file(bladzij: Bladzij, tabel: Tabel, bereik: Bereik, vorm: str, dag: date | None = None) -> Response:
    """A table over these months, as it stands on `dag` or today; 404 for a form that there is not."""
    bestand = write_bestand(tabel, bereik, read_vorm(vorm), dag or bladzij.vandaag)
    if bestand is None:
        raise TypeError("CSV en XLSX zijn bestanden")
    return bestand
