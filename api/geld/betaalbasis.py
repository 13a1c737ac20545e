"""What the resources about payments share: who may use them, how they page, and what a refusal becomes."""

from typing import Annotated, Any, TypeVar

from fastapi import Depends, Query

from api.basis.problemen import Probleem
from api.deur.toegang import require
from berichten.boeken.betaling import Betaalweigering
from berichten.kern.houder import Sleutelhouder

T = TypeVar("T")

Financien = Annotated[Sleutelhouder, Depends(require("financien"))]
Betaler = Annotated[Sleutelhouder, Depends(require("financien", mens=True))]
"""Who does something with money: a person."""
Agb = Annotated[str | None, Query(pattern="^[0-9]{8}$", description="Alleen van deze aanbieder")]
Nummer = Annotated[str | None, Query(pattern="^[0-9]{1,18}$", description="Uit het vorige antwoord")]
Grootte = Annotated[int, Query(alias="paginaGrootte", ge=1, le=500)]
NIET_NU: dict[int | str, dict[str, Any]] = {409: {}}
"""What an operation that may come at the wrong moment can answer besides."""
ZONDER_INHOUD: dict[int | str, dict[str, Any]] = {400: {}, 413: {}, 415: {}, **NIET_NU}
"""The same for a POST that takes no body."""


def raise_unless_done(uitkomst: T | Betaalweigering | None, onbekend: str) -> T:
    """404 for what is not there, 409 with the reason for what cannot be done now."""
    if uitkomst is None:
        raise Probleem(404, onbekend)
    if isinstance(uitkomst, Betaalweigering):
        raise Probleem(409, uitkomst.melding)
    return uitkomst
