"""Things of which a page shows one, by the name that stands in the address of a `Paginastand`."""

from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.berichten.berichten import Berichtfilter, list_berichten
from berichten.inzage.besluiten.prestaties import Prestatiefilter, list_prestaties
from berichten.inzage.geld.betaalruns import list_betaalruns
from berichten.kern.houder import Sleutelhouder
from berichten.processen.basis.werkplaats import Werkplaats
from tests.hulp.bouwstenen import GEMEENTE

_DECLARATIES = {
    "gemengd": "VW90110618", "afgewezen": "VW90110612", "toegekend": "VW90110626", "wachtend": "VW90110616", "terug": "VW90110629",
}  # fmt: skip
_REGELS = {
    "regel_gevraagd": "DE0-MEI-06", "regel_afgewezen": "DE0-MEI-10", "regel_terug": "DE0-MEI-05", "regel_goed": "DE0-MEI-01",
    "regel_wacht": "DE0-MEI-02",
}  # fmt: skip


def find_monsters(werkplaats: Werkplaats, agb: str) -> dict[str, str]:
    """Ids by name, as this aanbieder finds them; empty for a town that has none of them."""
    kijker = werkplaats.seen_by(Sleutelhouder(GEMEENTE, "monsters", "aanbieder", agb, ""))
    zeven = {naam: Berichtfilter(declaratienummer=nummer) for naam, nummer in _DECLARATIES.items()}
    zeven |= {
        "geweigerd": Berichtfilter(status="geweigerd"),
        "afgekeurd": Berichtfilter(status="afgekeurd"),
        "toewijzing": Berichtfilter(soort="JW301"),
    }
    berichten = {naam: _first(kijker, zeef) for naam, zeef in zeven.items()}
    return {naam: gevonden for naam, gevonden in berichten.items() if gevonden} | _lines(kijker) | _runs(werkplaats)


def _runs(werkplaats: Werkplaats) -> dict[str, str]:
    """The last payment run of each kind."""
    kijker = werkplaats.seen_by(Sleutelhouder(GEMEENTE, "monsters", "financien", None, ""))
    naam = {"voorstel": "run_wacht", "goedgekeurd": "run_klaar", "ingetrokken": "run_weg"}
    return {naam[run.status]: str(run.run_id) for run in reversed(list_betaalruns(kijker, 100, None).regels)}


def _first(kijker: Kijker, zeef: Berichtfilter) -> str:
    return next((str(bericht.bericht_id) for bericht in list_berichten(kijker, zeef, 1, None).regels), "")


def _lines(kijker: Kijker) -> dict[str, str]:
    """Lines by name."""
    gevonden = {}
    for bericht in list_berichten(kijker, Berichtfilter(soort="JW323"), 100, None).regels:
        regels = list_prestaties(kijker, bericht.bericht_id, Prestatiefilter(), 100, None)
        for regel in regels.regels if regels and bericht.status != "afgekeurd" else ():
            for naam, referentie in _REGELS.items():
                if regel.referentienummer == referentie:
                    gevonden[naam] = str(regel.prestatie_id)
    return gevonden
