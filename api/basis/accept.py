"""Which of the forms of an answer the caller likes best, by the Accept header (RFC 9110, 12.5.1)."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import Depends, Request

from api.basis.problemen import Probleem


def choose(accept: str | None, vormen: Sequence[str]) -> str | None:
    """The media type of `vormen` that the header prefers, the first of equals; None when it takes none of them.

    A named type goes before a wider one (`text/*`, `*/*`). Without a header, or an empty one, the first form.
    """
    if not accept or not accept.strip():
        return vormen[0]
    bereiken = [_read_range(deel) for deel in accept.split(",") if deel.strip()]
    gewogen = [(_weigh(vorm, bereiken), -nummer) for nummer, vorm in enumerate(vormen)]
    gewicht, nummer = max(gewogen)
    return vormen[-nummer] if gewicht > 0 else None


def raise_unless_served(gekozen: str | None, vormen: Sequence[str]) -> None:
    """406 that names the forms there are."""
    if gekozen is None:
        raise Probleem(406, f"In deze vorm kan de dienst niet antwoorden. Kies in de header Accept uit: {', '.join(vormen)}.")


def _read_range(deel: str) -> tuple[str, float]:
    soort, *rest = (item.strip().lower() for item in deel.split(";"))
    gewicht = next((item.removeprefix("q=").strip() for item in rest if item.startswith("q=")), "1")
    try:
        return soort, min(max(float(gewicht), 0.0), 1.0)
    except ValueError:
        return soort, 1.0


def _weigh(vorm: str, bereiken: Sequence[tuple[str, float]]) -> float:
    """The weight of the narrowest range that the form falls in."""
    for bereik in (vorm, f"{vorm.partition('/')[0]}/*", "*/*"):
        for soort, gewicht in bereiken:
            if soort == bereik:
                return gewicht
    return 0.0


async def chosen(request: Request) -> str:
    """The form in which an operation is to answer; the first it has when the caller takes none, which is refused elsewhere."""
    vormen: Sequence[str] = request.scope["route"].vormen
    return choose(request.headers.get("accept"), vormen) or vormen[0]


Mediatype = Annotated[str, Depends(chosen)]
