"""A ZIP with messages at the door: what is answered when several come at once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from api.basis.afgeleid import shows
from api.basis.modellen import Fout, Model
from api.basis.problemen import Probleem
from berichten.fouten import Invoerfout
from berichten.inzage.berichten import berichten as inzage
from berichten.processen.ontvangst.ontvang_bericht import Geweigerd, Ontvangen, Verboden
from berichten.processen.ontvangst.ontvang_zip import Zipdeel
from berichten.standaard.deur.toelating import STORING
from berichten.standaard.deur.zipbestand import check_zip


@shows(inzage.Bericht, retourcode_teksten="Wat de retourcodes van het bericht betekenen, per code.")
class Zipbericht(Model):
    """Een bericht uit een ZIP-bestand: aangenomen, of geweigerd met de fouten erbij."""

    bericht_id: UUID | None
    ontvangen_op: datetime | None
    bestand: str
    herhaling: bool
    fouten: list[Fout]


class Zipontvangst(Model):
    """De berichten van een ZIP-bestand, op volgorde van hun naam."""

    berichten: list[Zipbericht]


_GEWEIGERD: dict[str, Any] = {
    **dict.fromkeys(inzage.Bericht.__slots__),
    "soort": "onbekend",
    "richting": "inkomend",
    "status": "geweigerd",
    "retourcodes": [],
    "declaratie_retourcodes": [],
    "retourcode_teksten": {},
}
"""A message that was refused and not kept."""


def raise_unless_good(inhoud: bytes) -> None:
    """A ZIP that cannot be read, or that holds too much, becomes a problem."""
    fout = check_zip(inhoud)
    if fout is not None:
        raise Probleem(400, fout.melding, [fout])


def tell_zip(delen: Sequence[Zipdeel]) -> Zipontvangst:
    """The outcome of every message; a problem when none was taken: ours (500) where we failed at any."""
    ontvangst = Zipontvangst(berichten=[_tell(deel) for deel in delen])
    if not any(isinstance(deel.uitkomst, Ontvangen) for deel in delen):
        status, zin = _tell_none(delen)
        raise Probleem(
            status,
            zin,
            [_name(deel.bestand, fout) for deel in delen for fout in _faults(deel)],
            berichten=[bericht.model_dump(mode="json", by_alias=True) for bericht in ontvangst.berichten],
        )
    return ontvangst


def _tell_none(delen: Sequence[Zipdeel]) -> tuple[int, str]:
    """Status and sentence of a ZIP of which nothing was taken."""
    aantal, mislukt = len(delen), sum(deel.mislukt for deel in delen)
    if mislukt == aantal:
        return 500, "De fout ligt bij ons en is vastgelegd. Stuur het ZIP-bestand later opnieuw."
    if mislukt:
        return 500, (
            f"Geen van de {aantal} berichten in dit ZIP-bestand is aangenomen. Bij {mislukt} daarvan ligt de fout bij ons; die is"
            f" vastgelegd. Herstel de fouten in de andere berichten en stuur het ZIP-bestand later opnieuw. Fouten met regel"
            f" {STORING} hoeft u niet te herstellen."
        )
    return 403 if all(isinstance(deel.uitkomst, Verboden) for deel in delen) else 400, (
        f"{'Het ene bericht' if aantal == 1 else f'Elk van de {aantal} berichten'} in dit ZIP-bestand is geweigerd."
        " Bij elke fout staat in welk bestand hij zit."
        " Herstel de fouten en stuur het ZIP-bestand opnieuw."
    )


def _tell(deel: Zipdeel) -> Zipbericht:
    velden = _GEWEIGERD if deel.rij is None else _fields(inzage.show_bericht(deel.rij))
    herhaling = isinstance(deel.uitkomst, Ontvangen) and deel.uitkomst.herhaling
    fouten = [Fout.of(fout) for fout in _faults(deel)]
    return Zipbericht.of({**velden, "bestand": deel.bestand, "herhaling": herhaling, "fouten": fouten})


def _fields(bericht: inzage.Bericht) -> dict[str, Any]:
    return {naam: getattr(bericht, naam) for naam in (*inzage.Bericht.__slots__, "retourcode_teksten")}


def _faults(deel: Zipdeel) -> Sequence[Invoerfout]:
    if isinstance(deel.uitkomst, Geweigerd):
        return deel.uitkomst.fouten
    return [deel.uitkomst.fout] if isinstance(deel.uitkomst, Verboden) else []


def _name(bestand: str, fout: Invoerfout) -> Invoerfout:
    """The fault with the name of its file before its path."""
    return Invoerfout(f"{bestand}/{fout.pad}", fout.regel, fout.melding, fout.regelnummer)
