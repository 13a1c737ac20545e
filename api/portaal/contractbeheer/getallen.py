"""The numbers behind a finding, side by side: what was billed, what was delivered, and what is too much."""

from dataclasses import dataclass

from api.portaal.schil.opmaak import euro, hoeveelheid
from berichten.beoordeling.wachtend.in_geding import at_stake
from berichten.inzage.berichten.bevindingen import Bevinding
from berichten.inzage.besluiten.prestaties import Prestatie

_TE_VEEL = {"DA01": "No-show", "DA04": "Niet-cliëntgebonden of afgezegd", "DA06": "Niet vastgelegd"}
_MINUTEN = "01"


@dataclass(frozen=True, slots=True)
class Getal:
    """A row: what it is, how much, what that comes to at the price of the line, and where it was found."""

    wat: str
    hoeveel: str
    bedrag: str
    bron: str


def list_getallen(bevinding: Bevinding, prestatie: Prestatie) -> list[Getal]:
    """Rows for a finding about minutes or about a level; none where the sentence has all there is."""
    gegevens, regel = bevinding.gegevens, f"JW323, regel {prestatie.referentienummer}"
    if bevinding.regel in _TE_VEEL:
        gedeclareerd, geleverd, te_veel = (gegevens[naam] for naam in ("gedeclareerd", "clientgebonden", "minuten"))
        return [
            Getal("Gedeclareerd", hoeveelheid(gedeclareerd, _MINUTEN), euro(prestatie.bedrag), regel),
            Getal("Cliëntgebonden geleverd", hoeveelheid(geleverd, _MINUTEN), "", "verantwoording"),
            Getal(_TE_VEEL[bevinding.regel], hoeveelheid(te_veel, _MINUTEN), euro(_stake(bevinding, prestatie)), "verantwoording"),
        ]
    if bevinding.regel in ("DA02", "DA03"):
        rijen = [
            Getal("Gedeclareerd niveau", gegevens["niveau"], euro(prestatie.bedrag), regel),
            Getal("Gevraagd niveau", gegevens["benodigd"], "", "gezinsplan"),
        ]
        stake = _stake(bevinding, prestatie)
        return rijen if stake == prestatie.bedrag else [*rijen, Getal("Verschil", "", euro(stake), "tarieven")]
    return []


def _stake(bevinding: Bevinding, prestatie: Prestatie) -> int:
    return at_stake(
        [(bevinding.regel, bevinding.gegevens)], bedrag=prestatie.bedrag, tarief=prestatie.tarief, eenheid=prestatie.eenheid
    )
