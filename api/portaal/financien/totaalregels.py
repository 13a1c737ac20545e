"""The lines behind a total, and one line with what was booked of it: the end of the way down from a sum."""

from typing import Annotated

from fastapi import Path
from fastapi.responses import Response

from api.basis.bestanden import send_report
from api.basis.problemen import Probleem
from api.portaal.financien.totaalvraag import UITKOMSTEN, Kenmerk, chips_of, read_gekozen, read_kenmerken, read_totaalvraag
from api.portaal.financien.totalen import list_bestanden, read_file_question, tell_stand
from api.portaal.schil.adres import Paginaadres
from api.portaal.schil.bladzij import Bladzij, Financien
from api.portaal.schil.invoer import Adresinvoer
from api.portaal.schil.lijst import PER_BLAD
from api.portaal.schil.paginarouter import Paginarouter
from berichten.inzage.besluiten.prestaties import find_prestatie
from berichten.inzage.geld.boeken import export_getelde_prestaties, list_getelde_prestaties, list_regelboekingen
from berichten.rapporten.boeken.boekvraag import Boekvraag
from berichten.rapporten.boeken.getelde_prestaties import MATEN
from berichten.rapporten.boeken.periode import Vraagfout
from berichten.rapporten.boeken.totalen import BEDRAGEN, add_up, report_totalen
from berichten.rapporten.uitvoer.namen import read_aanbiedernamen
from berichten.rapporten.uitvoer.vormen import VORMEN

router = Paginarouter()
_MATEN = {kolom.naam: kolom.kop for kolom in BEDRAGEN if kolom.naam in MATEN}
_KENMERKEN = ("aanbieder", "categorie", "productcode")
_SOORTEN = {"toekenning": "Toekenning", "creditering": "Creditering", "correctie": "Correctie"}


@router.get("/totalen/regels")
def get_totaalregels(bladzij: Financien) -> Response:
    """A page of lines; the sum above them is that of the total they are of."""
    invoer = Adresinvoer(bladzij.adres)
    vraag = read_totaalvraag(invoer, bladzij.bezoeker.gemeente, bladzij.werkplaats.instellingen.nu())
    maat = invoer.keuze("maat", tuple(_MATEN)) or "ingediend"
    na = invoer.code("na", "[0-9]{1,18}", "Deze bladzijde is er niet; u ziet de eerste.")
    lijst = list_getelde_prestaties(bladzij.kijker, vraag, PER_BLAD, na, maat)
    som, gekozen, namen = _sum(bladzij, vraag)
    return bladzij.show(
        "financien/totaalregels.html",
        titel=f"Regels: {_MATEN[maat].lower()}",
        invoer=invoer,
        lijst=lijst,
        som=som[maat],
        chips=chips_of(bladzij.adres, gekozen),
        aanbieders=namen,
        uitkomsten=UITKOMSTEN,
        terug=Paginaadres("/portaal/totalen", bladzij.adres.zonder("na").zonder("maat").vraag),
        bestanden=list_bestanden(bladzij.adres, "/totalen/regels"),
        stand_op=tell_stand(vraag),
        meldingen=invoer.meldingen(),
    )


@router.get("/totalen/regels/bestand/{vorm}")
def get_totaalregelsbestand(bladzij: Financien, vorm: str) -> Response:
    """The same lines, all of them, as a file."""
    vraag = read_file_question(bladzij, vorm)
    maat = Adresinvoer(bladzij.adres).keuze("maat", tuple(_MATEN))
    try:
        naam, make = export_getelde_prestaties(bladzij.kijker, vraag, maat)
    except Vraagfout as fout:
        raise Probleem(400, str(fout)) from fout
    return send_report(bladzij.kijker, VORMEN[vorm], naam, make)


@router.get("/totalen/regels/{prestatie_id}")
def get_totaalregel(bladzij: Financien, prestatie_id: Annotated[int, Path(ge=1, le=2**63 - 1)]) -> Response:
    """One line: what was asked, what was decided, and every entry of the journal."""
    regel = find_prestatie(bladzij.kijker, prestatie_id)
    if regel is None:
        raise Probleem(404, "Deze regel is er niet, of is niet van uw gemeente. Zoek hem op met het zoekveld.")
    with bladzij.kijker.transaction() as (verbinding, vermelding):
        vermelding.shows_nobody()
        kenmerken = read_kenmerken(
            verbinding, bladzij.bezoeker.gemeente, _KENMERKEN, [(regel.agb, regel.categorie, regel.productcode)]
        )[0]
    boekingen = list_regelboekingen(bladzij.kijker, prestatie_id)
    return bladzij.show(
        "financien/totaalregel.html",
        titel=f"Regel {regel.referentienummer}",
        regel=regel,
        kenmerken=kenmerken,
        boekingen=boekingen,
        som=sum(item.bedrag for item in boekingen),
        soorten=_SOORTEN,
        uitkomst=UITKOMSTEN[regel.uitkomst],
    )


def _sum(bladzij: Bladzij, vraag: Boekvraag) -> tuple[dict[str, int], tuple[Kenmerk, ...], dict[str, str]]:
    """The sums of the same question, what it is narrowed by, and the names of aanbieders."""
    with bladzij.kijker.transaction() as (verbinding, vermelding):
        vermelding.shows_nobody()
        sommen = add_up(report_totalen(verbinding, vraag.group_by(None)))
        return sommen, read_gekozen(verbinding, vraag), dict(read_aanbiedernamen(verbinding, vraag.gemeente))
