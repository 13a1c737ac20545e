"""What the resources about payments share: who may use them, and how they page."""

from typing import Annotated, Any

from fastapi import Depends, Query

from api.basis.problemen import NIET_NU
from api.deur.toegang import require
from berichten.kern.houder import Sleutelhouder

Financien = Annotated[Sleutelhouder, Depends(require("financien"))]
Betaler = Annotated[Sleutelhouder, Depends(require("financien", mens=True))]
"""Who does something with money: a person."""
Agb = Annotated[str | None, Query(pattern="^[0-9]{8}$", description="Alleen van deze aanbieder")]
Nummer = Annotated[str | None, Query(pattern="^[0-9]{1,18}$", description="Uit het vorige antwoord")]
Grootte = Annotated[int, Query(alias="paginaGrootte", ge=1, le=500)]
ZONDER_INHOUD: dict[int | str, dict[str, Any]] = {400: {}, 413: {}, 415: {}, **NIET_NU}
"""What a POST that takes no body, and may come at the wrong moment, can answer besides."""
