"""Invoices outside the messages: the list of a year, the same as a file, and loading them."""

from collections.abc import Sequence
from typing import Annotated, Literal

from fastapi import Depends, File, UploadFile
from fastapi.responses import Response

from api.basis.bestanden import send_report
from api.portaal.kwartaal.kwartaalpagina import show_lijst
from api.portaal.schil.bladzij import Bladzij, Melding, for_roles
from api.portaal.schil.invoer import Adresinvoer, load_upload
from api.portaal.schil.lijst import PER_BLAD, Lijststand, read_blad
from api.portaal.schil.paginarouter import Paginarouter
from api.portaal.schil.tabelbestand import BESTANDSVORMEN
from berichten.inzage.geld.factuurlijst import ROLLEN, UITLEG, export_facturen, list_facturen_van
from berichten.kern.taal import telling
from berichten.processen.kwartaal.laad_facturen import load_facturen
from berichten.rapporten.monitor.trajecten import EERSTE_ZORG
from berichten.rapporten.uitvoer.vormen import VORMEN

router = Paginarouter()
Factuurlader = Annotated[Bladzij, Depends(for_roles(*ROLLEN))]
LIJST = "/portaal/kwartaalrapporten/facturen"
_GENOEMD = 3
"""Warnings that are told in full; the rest is counted."""


@router.get("/kwartaalrapporten/facturen")
def get_factuurpagina(bladzij: Factuurlader) -> Response:
    """With care in this year, unless another is chosen."""
    jaar, invoer = _read_jaar(bladzij)
    alle = list_facturen_van(bladzij.kijker, jaar)
    stand = Lijststand(bladzij.adres, "", "op", read_blad(bladzij.adres), len(alle))
    van = (stand.blad - 1) * PER_BLAD
    return bladzij.show(
        "kwartaal/factuurlijst.html",
        titel="Facturen",
        facturen=alle[van : van + PER_BLAD],
        stand=stand,
        jaar=jaar,
        jaren=[(item, item) for item in _list_jaren(bladzij)],
        uitleg=UITLEG,
        bestanden=[(woord, f"{LIJST}/bestand.{vorm}?jaar={jaar}") for woord, vorm in BESTANDSVORMEN],
        meldingen=invoer.meldingen(),
    )


@router.get("/kwartaalrapporten/facturen/bestand.{vorm}")
def get_factuurbestand(bladzij: Factuurlader, vorm: Literal["csv", "xlsx"]) -> Response:
    """The whole list of the year."""
    jaar, _ = _read_jaar(bladzij)
    return send_report(bladzij.kijker, VORMEN[vorm], *export_facturen(bladzij.kijker, jaar))


@router.post("/kwartaalrapporten/facturen")
def post_factuurbestand(bladzij: Factuurlader, facturen: Annotated[UploadFile | None, File()] = None) -> Response:
    """All of the file, or nothing; what looks like an awarded line is told."""
    werkplaats, gemeente, door = bladzij.acting()
    geladen = load_upload(facturen, lambda inhoud: load_facturen(werkplaats, inhoud, door, gemeente))
    if isinstance(geladen, str):
        return show_lijst(bladzij, {"facturen": geladen})
    return bladzij.go(LIJST, _tell(geladen.regels, geladen.waarschuwingen))


def _tell(regels: int, waarschuwingen: Sequence[str]) -> Melding:
    tekst = f"Facturen geladen: {telling(regels, 'regel', 'regels')}."
    if not waarschuwingen:
        return Melding(tekst)
    rest = len(waarschuwingen) - _GENOEMD
    delen = [tekst, *waarschuwingen[:_GENOEMD], *([f"En nog {telling(rest, 'regel', 'regels')}."] if rest > 0 else [])]
    return Melding(" ".join(delen), "warning")


def _list_jaren(bladzij: Bladzij) -> list[str]:
    """Of care: the next year, and back to the first that the gemeente pays for."""
    return [str(jaar) for jaar in range(bladzij.vandaag.year + 1, EERSTE_ZORG.year - 1, -1)]


def _read_jaar(bladzij: Bladzij) -> tuple[int, Adresinvoer]:
    invoer = Adresinvoer(bladzij.adres)
    return int(invoer.keuze("jaar", tuple(_list_jaren(bladzij))) or bladzij.vandaag.year), invoer
