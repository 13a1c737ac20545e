"""Bank accounts by file, as `berichten laad rekeningen` proposes them."""

from pathlib import Path

import structlog
import typer

from berichten.cli.basis.huis import open_house
from berichten.cli.basis.meldingen import print_fouten, scherm
from berichten.cli.basis.persoon import os_persoon
from berichten.kern.taal import foutental, telling
from berichten.logboek import configure_logging
from berichten.processen.financien.laad_rekeningen import load_rekeningen_bestand

LOG = structlog.get_logger(__name__)


def propose_rekeningen(bestand: Path, *, proef: bool) -> None:
    """Propose the accounts of a file in the name of the user of this machine; ends the command with 1 when anything is wrong."""
    inhoud = bestand.read_bytes()
    with open_house() as werkplaats:
        lading = load_rekeningen_bestand(werkplaats, os_persoon(), inhoud, proef=proef)
    if lading.totaal:
        scherm.print(f"Niets voorgesteld: {foutental(lading.totaal)} in {bestand}.", style="red", highlight=False, markup=False)
        print_fouten(lading.fouten)
        raise typer.Exit(1)
    nieuw = len(lading.voorstellen)
    scherm.print(f"rekeningen: nieuw {nieuw}, ongewijzigd {lading.ongewijzigd}", highlight=False)
    if proef:
        scherm.print("Dit was een proef; er is niets bewaard.")
        return
    configure_logging()
    LOG.info("rekeningen_voorgesteld", door=os_persoon(), nieuw=nieuw, ongewijzigd=lading.ongewijzigd)
    if nieuw:
        scherm.print(
            f"{telling(nieuw, 'rekening', 'rekeningen')} voorgesteld. Laat een ander bevestigen wat klopt; eerder wordt niets"
            " gebruikt.",
            highlight=False,
        )
