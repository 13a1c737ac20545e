"""The messages of an aanbieder, newest first: how each stands, and what comes next."""

import re
from datetime import date, timedelta

from fastapi.responses import Response

from api.portaal.aanbieder.berichtwoorden import SOORTKEUZES, STATUSSEN, name_bericht, tell_stand
from api.portaal.schil.adres import Paginaadres
from api.portaal.schil.bladzij import Aanbieder
from api.portaal.schil.invoer import Adresinvoer
from api.portaal.schil.opmaak import datum
from api.portaal.schil.paginarouter import Paginarouter
from berichten.inzage.basis.bladzijde import Bladzijde
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.berichten.berichten import Bericht, Berichtfilter, list_berichten
from berichten.klok import begin_of

router = Paginarouter()
PER_KEER = 25


@router.get("/berichten")
def get_berichten(bladzij: Aanbieder) -> Response:
    """A page of messages; a pointer that was never given out begins the list again."""
    invoer = Adresinvoer(bladzij.adres)
    zeef = read_zeef(invoer)
    lijst = _list(bladzij.kijker, zeef, invoer.tekst("na") or None)
    return bladzij.show(
        "aanbieder/berichtenlijst.html",
        titel="Berichten",
        lijst=[(item, name_bericht(item), tell_stand(item, bladzij.vandaag)) for item in lijst.regels],
        volgende=lijst.volgende,
        invoer=invoer,
        soorten=SOORTKEUZES,
        statussen=list(STATUSSEN.items()),
        chips=_chips(bladzij.adres, zeef),
        meldingen=invoer.meldingen(),
    )


def read_zeef(invoer: Adresinvoer) -> Berichtfilter:
    """What an address asks of the list; days are whole days here."""
    vanaf, tot = _read_dag(invoer, "vanaf"), _read_dag(invoer, "tot")
    return Berichtfilter(
        soort=invoer.keuze("soort", tuple(code for code, _ in SOORTKEUZES)),
        status=invoer.keuze("status", tuple(STATUSSEN)),
        ontvangen_vanaf=begin_of(vanaf) if vanaf else None,
        ontvangen_tot=begin_of(tot + timedelta(days=1)) - timedelta(microseconds=1) if tot else None,
        retourcode=invoer.code("retourcode", "[0-9A-Z]{4}", "Een retourcode heeft vier tekens."),
        regel=invoer.code("regel", "[A-Z]{2,20}[0-9]{0,4}", "Kies een regel van de bladzijde met uitleg."),
    )


def _read_dag(invoer: Adresinvoer, naam: str) -> date | None:
    """A day on which a message may have come in; one far from now is no filter."""
    dag = invoer.dag(naam)
    if dag is not None and not 2000 <= dag.year <= 2100:
        invoer.fouten[naam] = "Op deze dag waren er geen berichten. Controleer het jaar."
        return None
    return dag


def _list(kijker: Kijker, zeef: Berichtfilter, na: str | None) -> Bladzijde[Bericht]:
    wijzer = na if na and re.fullmatch("[0-9]{1,18}", na) else None
    return list_berichten(kijker, zeef, PER_KEER, wijzer)


def _chips(adres: Paginaadres, zeef: Berichtfilter) -> list[tuple[str, Paginaadres]]:
    """The filters that are on in words, each with the address without it."""
    aan = [
        ("soort", zeef.soort and dict(SOORTKEUZES)[zeef.soort]),
        ("status", zeef.status and STATUSSEN[zeef.status]),
        ("vanaf", zeef.ontvangen_vanaf and f"ontvangen vanaf {datum(zeef.ontvangen_vanaf)}"),
        ("tot", zeef.ontvangen_tot and f"ontvangen tot en met {datum(zeef.ontvangen_tot)}"),
        ("retourcode", zeef.retourcode and f"met retourcode {zeef.retourcode}"),
        ("regel", zeef.regel and f"met regel {zeef.regel}"),
    ]
    return [(woorden, adres.zonder(naam).zonder("na")) for naam, woorden in aan if woorden]
