"""Loading a file of what no message tells: read, loaded off the event loop, and told; 400 with every fault."""

from collections.abc import Callable

from fastapi import Request
from fastapi.concurrency import run_in_threadpool

from api.basis.modellen import Model
from api.basis.problemen import Probleem
from api.berichten.invoerbestand import read_tabel
from berichten.kern.houder import Sleutelhouder
from berichten.kern.taal import foutental, herstel
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.referentie.opgave import Geladen


class Lading(Model):
    """Hoeveel regels er zijn geladen."""

    regels: int


Lader = Callable[[Werkplaats, bytes, str, str], Geladen]
"""Loads the bytes of a file; by whom, and of which gemeente."""


async def load_tabel(request: Request, werkplaats: Werkplaats, houder: Sleutelhouder, load: Lader) -> Lading:
    """How many lines of the file that was sent are loaded; 400 with every fault."""
    return Lading(regels=(await load_or_refuse(request, werkplaats, houder, load)).regels)


async def load_or_refuse(request: Request, werkplaats: Werkplaats, houder: Sleutelhouder, load: Lader) -> Geladen:
    """The same, with what the loader had to say of it."""
    inhoud = await read_tabel(request)
    geladen = await run_in_threadpool(load, werkplaats.asked_by(houder), inhoud, houder.sleutel_id, houder.gemeente)
    if geladen.fouten:
        detail = f"Er is niets geladen: {foutental(geladen.totaal)}. {herstel(geladen.totaal)} en stuur het bestand opnieuw."
        raise Probleem(400, detail, geladen.fouten, aantalFouten=geladen.totaal)
    return geladen
