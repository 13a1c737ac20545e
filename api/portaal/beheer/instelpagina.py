"""What the gemeente sets for its steering: what holds, since when and who set it; change one, or load a file."""

from datetime import date
from typing import Annotated

from fastapi import File, UploadFile
from fastapi.responses import Response

from api.portaal.schil.bladzij import Bladzij, Insteller, Kwartaallezer, Melding
from api.portaal.schil.invoer import load_upload, parse_dag
from api.portaal.schil.paginarouter import Paginarouter
from berichten.inzage.geld.instellijst import list_instellingen, settable_by
from berichten.kern.taal import telling
from berichten.processen.kwartaal import laad_instellingen

router = Paginarouter()
_PAD = "/instellingen"
_LIJST = f"/portaal{_PAD}"
_VELDEN = ("naam", "waarde", "vanaf", "besluit")


@router.get(_PAD)
def get_instelpagina(bladzij: Kwartaallezer) -> Response:
    """All of it, and a form for what this role sets."""
    return _show(bladzij, {})


@router.post(_PAD)
def post_instelling(bladzij: Insteller) -> Response:
    """Set one, from a day on."""
    velden = {naam: str(bladzij.formulier.get(naam, "")).strip() for naam in _VELDEN}
    nieuw = laad_instellingen.NieuweInstelling(velden["naam"], velden["waarde"], _read_dag(velden["vanaf"]), velden["besluit"])
    fouten = laad_instellingen.set_instelling(bladzij.handelend, nieuw, _acting(bladzij))
    if fouten:
        return _show(bladzij, fouten, velden)
    return bladzij.go(_LIJST, Melding("De instelling is bewaard. Wat er eerst gold, blijft ernaast staan."))


@router.post(f"{_PAD}/bestand")
def post_instelbestand(bladzij: Insteller, bestand: Annotated[UploadFile | None, File()] = None) -> Response:
    """Load a file of them."""
    wie = _acting(bladzij)
    geladen = load_upload(bestand, lambda inhoud: laad_instellingen.load_instellingen(bladzij.handelend, inhoud, wie))
    if isinstance(geladen, str):
        return _show(bladzij, {"bestand": geladen})
    return bladzij.go(_LIJST, Melding(f"Geladen: {telling(geladen.regels, 'instelling', 'instellingen')}."))


def _acting(bladzij: Bladzij) -> laad_instellingen.Insteller:
    houder = bladzij.bezoeker.houder
    return laad_instellingen.Insteller(houder.sleutel_id, houder.gemeente, houder.rol)


def _read_dag(tekst: str) -> date | None:
    try:
        return parse_dag(tekst)
    except ValueError:
        return None


def _show(bladzij: Bladzij, fouten: dict[str, str], velden: dict[str, str] | None = None) -> Response:
    regels = list_instellingen(bladzij.kijker)
    eigen = set(settable_by(bladzij.bezoeker.rol))
    return bladzij.show(
        "beheer/instelpagina.html",
        status=400 if fouten else 200,
        titel="Instellingen",
        regels=regels,
        keuzen=[("", "Kies een instelling"), *((regel.naam, regel.betekenis) for regel in regels if regel.naam in eigen)],
        mag_instellen=bool(eigen),
        velden=velden or {},
        fouten=fouten,
        meldingen=(Melding("Er is niets bewaard. Hieronder staat waarom.", "warning"),) if fouten else (),
    )
