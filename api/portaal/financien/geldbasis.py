"""What pages about payments share: names for who is paid and who did what, and what becomes of a refusal."""

from collections.abc import Iterable

from starlette.responses import Response

from api.basis.problemen import Probleem
from api.portaal.schil.adres import Paginaadres
from api.portaal.schil.bladzij import Bladzij, Melding
from berichten.inzage.aanbieders.namen import name_aanbieders
from berichten.kern.nietnu import NietNu
from berichten.processen.basis.werkplaats import Werkplaats

UITKOMSTEN_BETALING = {
    "betalen": "Wordt betaald",
    "doorschuiven": "Schuift door: door credits is er niets te goed",
    "zonder_rekening": "Wordt niet betaald: er is geen bankrekening bevestigd",
    "geblokkeerd": "Wordt niet betaald: geblokkeerd",
}
"""What a run does with an aanbieder."""


def acting(bladzij: Bladzij) -> tuple[Werkplaats, str, str]:
    """With what, for which gemeente and in whose name something is done."""
    houder = bladzij.bezoeker.houder
    return bladzij.werkplaats.asked_by(houder), houder.gemeente, houder.sleutel_id


def names_of(bladzij: Bladzij, door: Iterable[str | None]) -> dict[str, str]:
    """Who is behind each value of a column `door`."""
    return bladzij.kijker.names_of({item for item in door if item})


def read_aanbieders(bladzij: Bladzij) -> dict[str, str]:
    """What the gemeente calls each aanbieder, by AGB code."""
    return name_aanbieders(bladzij.kijker)


def tell(bladzij: Bladzij, uitkomst: object, gedaan: str, naar: Paginaadres | str) -> Response:
    """Back to a page that says what was done, or why it was not; 404 for what is not there."""
    if uitkomst is None:
        raise Probleem(404, "Dit nummer is er niet, of het is niet van uw gemeente. Kies het uit de lijst.")
    if isinstance(uitkomst, NietNu):
        return bladzij.go(naar, Melding(uitkomst.melding, "error"))
    return bladzij.go(naar, Melding(gedaan))
