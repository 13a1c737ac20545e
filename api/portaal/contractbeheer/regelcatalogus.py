"""The rules that messages are held against: the gemeente's own with its policy and what waits by them, and the standard's."""

from collections import defaultdict

from fastapi.responses import Response

from api.portaal.schil.bladzij import Bladzij, Contractbeheer
from api.portaal.schil.invoer import Adresinvoer
from api.portaal.schil.paginarouter import Paginarouter
from berichten.dossier.beleid import EIGEN
from berichten.inzage.besluiten.werkvoorraadkeuzes import list_filterkeuzes
from berichten.inzage.naslag.namen import find_namen
from berichten.inzage.naslag.referentie import Rij, list_rijen
from berichten.processen.referentie.soorten import SOORTEN
from berichten.regels.catalogus import Catalogusregel, list_catalogus
from berichten.regels.regelboek import REGELBOEK

router = Paginarouter()
GEVOLGEN = {
    "afkeuren": "hele bericht afkeuren", "afwijzen": "afwijzen", "beoordelen": "een medewerker beslist", "signaal": "alleen melden",
    "uit": "staat uit",
}  # fmt: skip
_MEESTE = 1000


@router.get("/regels")
def get_regelcatalogus(bladzij: Contractbeheer) -> Response:
    """Its own rules first; with `soort` those of a kind of message."""
    invoer = Adresinvoer(bladzij.adres)
    alle = list_catalogus()
    soorten = tuple(sorted({soort for item in alle for soort in item.berichten}))
    soort, zoek = invoer.keuze("soort", soorten), invoer.tekst("tekst").casefold()
    wachten = {keuze.waarde: keuze.aantal for keuze in list_filterkeuzes(bladzij.kijker).regels}
    gekozen = [item for item in alle if _fits(item, soort, zoek)]
    return bladzij.show(
        "contractbeheer/regelcatalogus.html",
        titel="Regels",
        eigen=sorted((item for item in gekozen if item.regel.startswith(EIGEN)), key=lambda item: item.regel),
        standaard=[item for item in gekozen if not item.regel.startswith(EIGEN)],
        beleid=_policy(bladzij),
        namen=find_namen(bladzij.kijker),
        wachten=wachten,
        gevolgen=GEVOLGEN,
        regelboek=REGELBOEK,
        soorten=[("", "Alle berichten"), *((naam, naam) for naam in soorten)],
        soort=soort or "",
        invoer=invoer,
        meldingen=invoer.meldingen(),
    )


def _fits(item: Catalogusregel, soort: str | None, zoek: str) -> bool:
    tekst = f"{item.regel} {item.titel} {item.retourcode}".casefold()
    return (soort is None or soort in item.berichten) and zoek in tekst


def _policy(bladzij: Bladzij) -> dict[str, list[Rij]]:
    """What the gemeente laid down that holds today, by rule."""
    rijen = list_rijen(bladzij.kijker, SOORTEN["regelbeleid"].tabel, bladzij.vandaag, None, _MEESTE, None).regels
    per_regel: defaultdict[str, list[Rij]] = defaultdict(list)
    for rij in rijen:
        per_regel[str(rij["regel"])].append(rij)
    return per_regel
