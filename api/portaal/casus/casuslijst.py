"""What stands out in the care of families as a list and as a file, and what of decisions and evaluations is not in order."""

from fastapi.responses import Response

from api.portaal.schil.bladzij import Casuskijker
from api.portaal.schil.invoer import Adresinvoer
from api.portaal.schil.lijst import PER_BLAD, Lijststand, read_blad
from api.portaal.schil.paginarouter import Paginarouter
from berichten.inzage.aanbieders.namen import name_aanbieders
from berichten.inzage.signalen.casussignalen import ANTWOORDEN, as_tabel, list_casussignalen
from berichten.inzage.signalen.dossierpunten import KOPPEN, list_dossierpunten
from berichten.rapporten.monitor.tabel import as_csv
from berichten.rapporten.signalen.casus import CASUSTITELS
from berichten.rapporten.uitvoer.als_csv import MEDIATYPE

router = Paginarouter()
_KANTEN = ("open", "alle")
_MEEST = 200
"""Points that a page names; the API gives all."""


@router.get("/casussignalen")
def get_casuslijst(bladzij: Casuskijker) -> Response:
    """What waits for an answer, whose term ends first before others; with what was answered when the address asks for it."""
    invoer = Adresinvoer(bladzij.adres)
    kant = invoer.keuze("stand", _KANTEN) or "open"
    soort = invoer.keuze("soort", tuple(CASUSTITELS)) or ""
    alle = [item for item in list_casussignalen(bladzij.kijker, ook_beantwoord=kant == "alle") if not soort or item.soort == soort]
    stand = Lijststand(bladzij.adres, "", "op", read_blad(bladzij.adres), len(alle))
    van = (stand.blad - 1) * PER_BLAD
    return bladzij.show(
        "casus/casuslijst.html",
        titel="Signalen over gezinnen",
        regels=alle[van : van + PER_BLAD],
        stand=stand,
        kant=kant,
        soort=soort,
        titels=CASUSTITELS,
        antwoorden=ANTWOORDEN,
        waarschuw=bladzij.werkplaats.instellingen.waarschuw_werkdagen,
        meldingen=invoer.meldingen(),
    )


@router.get("/casussignalen/bestand")
def get_casusbestand(bladzij: Casuskijker) -> Response:
    """All of them, to hand on; the log says that they left as a file."""
    regels = list_casussignalen(bladzij.kijker, als_bestand=True)
    kop = {"Content-Disposition": 'attachment; filename="casussignalen.csv"'}
    return Response(as_csv(as_tabel(regels)), media_type=f"{MEDIATYPE}; charset=utf-8", headers=kop)


@router.get("/dossierpunten")
def get_dossierpuntenpagina(bladzij: Casuskijker) -> Response:
    """By heading, the oldest first."""
    invoer = Adresinvoer(bladzij.adres)
    kop = invoer.keuze("kop", tuple(KOPPEN)) or ""
    return bladzij.show(
        "casus/dossierpunten.html",
        titel="Beschikkingen en evaluaties",
        lijst=list_dossierpunten(bladzij.kijker, kop or None, None, _MEEST),
        kop=kop,
        koppen=KOPPEN,
        meest=_MEEST,
        aanbieders=name_aanbieders(bladzij.kijker),
        meldingen=invoer.meldingen(),
    )
