"""What the pages of a region share: its tables in words over a period that is chosen, each to be had as a file."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from fastapi.responses import Response

from api.basis.problemen import Probleem
from api.portaal.schil.adres import Paginaadres
from api.portaal.schil.bladzij import Bladzij
from api.portaal.schil.langwerk import Bezig
from api.portaal.schil.opmaak import tell_waarde
from api.portaal.schil.tabelbestand import BESTANDSVORMEN
from berichten.processen.regio.reken_regio import Regiovraag, list_eigen_regios
from berichten.rapporten.boeken.periode import Vraagfout
from berichten.rapporten.monitor.tabel import Tabel

REGIO = "/portaal/regio"


class Regiokolom(NamedTuple):
    """A column as a page shows it."""

    naam: str
    kop: str
    getal: bool = True


class Regiotabel(NamedTuple):
    """A table on a page of a region."""

    kop: str
    kolommen: tuple[Regiokolom, ...]
    """Those that the page shows; the file has all."""
    make: Callable[[Regiovraag], Tabel]
    deel: str = ""
    """Which one it is, in the address of its file; empty for the one by gemeente."""


class Regioblad(NamedTuple):
    """A page over a period that is chosen."""

    titel: str
    pad: str
    veld: str
    """Of the address, in which the choice stands; `label` is what it is called."""
    label: str
    keuzen: Sequence[str]
    gekozen: str
    verder: tuple[str, str]
    """Words and address of the other page."""


def show_regio(bladzij: Bladzij, blad: Regioblad, tabellen: Sequence[Regiotabel], weigering: str = "") -> Response:
    """First the table by gemeente, of which the last row is the region; what cannot be asked is told in their place."""
    gemaakt: list[Tabel] | Bezig = []
    try:
        vraag = ask_as(bladzij)
        if not weigering:
            gemaakt = bladzij.work(f"{blad.pad} {vraag} {blad.gekozen}", lambda: [tabel.make(vraag) for tabel in tabellen])
    except Vraagfout as fout:
        weigering = str(fout)
    if isinstance(gemaakt, Bezig):
        kruimels = [] if blad.pad == REGIO else [("Regio", REGIO)]
        return bladzij.show("schil/langwerk.html", titel="Regio", bezig=gemaakt, kruimels=kruimels)
    return bladzij.show(
        "regio/regiotabel.html",
        titel=blad.titel,
        blad=blad,
        keuzen=[(item, item) for item in blad.keuzen],
        weigering=weigering,
        delen=[_tell(bladzij, blad, *deel) for deel in zip(tabellen, gemaakt, strict=False)],
        regios=list_keuzen(bladzij),
        regio=bladzij.adres.get("regio") or "",
        verder=(blad.verder[0], with_regio(bladzij, blad.verder[1])),
    )


def _tell(bladzij: Bladzij, blad: Regioblad, tabel: Regiotabel, gemaakt: Tabel) -> dict[str, Any]:
    vraag = {blad.veld: blad.gekozen} | ({"deel": tabel.deel} if tabel.deel else {})
    return {
        "kop": tabel.kop,
        "kolommen": tabel.kolommen,
        "rijen": _show_rows(gemaakt, tabel.kolommen),
        "toelichting": gemaakt.toelichting,
        "bestanden": [(woord, with_regio(bladzij, f"{blad.pad}/bestand/{vorm}", **vraag)) for woord, vorm in BESTANDSVORMEN],
    }


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


def _show_rows(tabel: Tabel, kolommen: tuple[Regiokolom, ...]) -> list[list[str]]:
    """Of these columns, in words."""
    plekken = [tabel.kolommen.index(kolom.naam) for kolom in kolommen]
    return [[tell_waarde(rij[plek]) for plek in plekken] for rij in tabel.rijen]


def refuse(fout: Vraagfout) -> Probleem:
    """What cannot be asked, in place of a file."""
    return Probleem(400, str(fout))
