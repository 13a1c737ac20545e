"""Totals: grouped as asked, as of any day; each sum leads to the lines that it is of."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi.responses import Response

from api.basis.bestanden import send_report
from api.basis.problemen import Probleem
from api.portaal.financien.totaalvraag import (
    GROEPNAMEN,
    Kenmerk,
    chips_of,
    list_groepen,
    list_periodes,
    read_gekozen,
    read_kenmerken,
    read_totaalvraag,
)
from api.portaal.schil.adres import Paginaadres
from api.portaal.schil.bladzij import Bladzij, Financien
from api.portaal.schil.invoer import Adresinvoer
from api.portaal.schil.lijst import PER_BLAD, Lijststand, read_blad, read_orde
from api.portaal.schil.opmaak import datum
from api.portaal.schil.paginarouter import Paginarouter
from api.portaal.schil.tabelbestand import BESTANDSVORMEN, read_vorm
from berichten.processen.rapportage.boeken import TOTALEN
from berichten.rapporten.boeken.boekvraag import Boekvraag
from berichten.rapporten.boeken.getelde_prestaties import MATEN
from berichten.rapporten.boeken.periode import Vraagfout
from berichten.rapporten.boeken.totalen import BEDRAGEN, add_up, report_with_months
from berichten.rapporten.uitvoer.tabel import Rapport
from berichten.rapporten.uitvoer.vormen import VORMEN

router = Paginarouter()
STAVEN = tuple(kolom for kolom in BEDRAGEN if kolom.naam in ("nettoToegekend", "afgewezen", "teBeoordelen"))
"""Of what the bars of a month are made: together they are what was submitted."""
_ZELDZAAM = ("gecrediteerd", "correcties", "geblokkeerd")
_MEESTE_MAANDEN = 18


@dataclass(frozen=True, slots=True)
class Totaalrij:
    """A group with its sums, and the address of the lines behind each."""

    kenmerken: tuple[Kenmerk, ...]
    dieper: Paginaadres | None
    """The same question of this group alone, grouped by what comes next."""
    sommen: tuple[tuple[str, str, int, Paginaadres], ...]
    """Name, heading, amount (or number) and address."""


@dataclass(frozen=True, slots=True)
class Maandrij:
    """A month of the chart with the parts of its bar: heading, amount, and the address of the lines."""

    maand: date
    delen: list[tuple[str, int, Paginaadres]]


@router.get("/totalen")
def get_totalen(bladzij: Financien) -> Response:
    """A table by group, and a chart by month of the same question."""
    invoer = Adresinvoer(bladzij.adres)
    vraag = read_totaalvraag(invoer, bladzij.bezoeker.gemeente, bladzij.werkplaats.instellingen.nu())
    stand, rijen, totaal, maanden, gekozen = _reckon(bladzij, vraag, invoer)
    return bladzij.show(
        "financien/totalen.html",
        titel="Totalen",
        invoer=invoer,
        vraag=vraag,
        stand=stand,
        rijen=rijen,
        totaal=totaal,
        groepkoppen=[(naam, GROEPNAMEN[naam].capitalize()) for naam in vraag.groepeer],
        bedragen=[kolom for kolom in BEDRAGEN if kolom.naam in {naam for naam, *_ in totaal.sommen}],
        maanden=maanden,
        staven=STAVEN,
        chips=chips_of(bladzij.adres, gekozen),
        periodes=list_periodes(bladzij.vandaag, invoer.tekst("periode")),
        groepen=list_groepen(),
        bestanden=list_bestanden(bladzij.adres, "/totalen"),
        stand_op=tell_stand(vraag),
        meldingen=invoer.meldingen(),
    )


@router.get("/totalen/bestand/{vorm}")
def get_totalenbestand(bladzij: Financien, vorm: str) -> Response:
    """The same figures as the page has, as a file."""
    vraag = read_file_question(bladzij, vorm)
    return send_report(
        bladzij.kijker,
        VORMEN[vorm],
        TOTALEN.name_file(vraag),
        lambda verbinding: TOTALEN.make(verbinding, bladzij.werkplaats, vraag),
    )


def read_file_question(bladzij: Bladzij, vorm: str) -> Boekvraag:
    """What is asked as a file; 400 when it cannot be asked, 404 for a form that there is not."""
    read_vorm(vorm)
    invoer = Adresinvoer(bladzij.adres)
    vraag = read_totaalvraag(invoer, bladzij.bezoeker.gemeente, bladzij.werkplaats.instellingen.nu())
    if invoer.fouten:
        raise Probleem(400, " ".join(invoer.fouten.values()))
    return vraag


def list_bestanden(adres: Paginaadres, pad: str) -> list[tuple[str, Paginaadres]]:
    """The files of a page that was asked so."""
    return [(naam, Paginaadres(f"/portaal{pad}/bestand/{vorm}", adres.zonder("na").vraag)) for naam, vorm in BESTANDSVORMEN]


def tell_stand(vraag: Boekvraag) -> str:
    """As of when."""
    return "Stand van nu" if vraag.heden else f"Stand aan het eind van {datum(vraag.peilmoment)}"


def _reckon(bladzij: Bladzij, vraag: Boekvraag, invoer: Adresinvoer) -> tuple[Any, ...]:
    """Everything in one look at the books, so that table, chart and total agree."""
    with bladzij.kijker.transaction() as (verbinding, vermelding):
        vermelding.shows_nobody()
        try:
            rapport, per_maand = report_with_months(verbinding, vraag)
        except Vraagfout as fout:
            invoer.fouten["groepeer"] = str(fout)
            vraag = vraag.group_by(None)
            rapport, per_maand = report_with_months(verbinding, vraag)
        gevuld = _filled(rapport)
        stand, rijen = _take_page(bladzij.adres, vraag, rapport)
        breedte = len(vraag.groepeer)
        kenmerken = read_kenmerken(verbinding, vraag.gemeente, vraag.groepeer, [rij[:breedte] for rij in rijen])
        regels = [_as_row(bladzij.adres, vraag, item, rij[breedte:], gevuld) for item, rij in zip(kenmerken, rijen, strict=True)]
        maanden = _by_month(per_maand, bladzij.adres, vraag)
        gekozen = read_gekozen(verbinding, vraag)
    return stand, regels, _as_row(bladzij.adres, vraag, (), tuple(add_up(rapport).values()), gevuld), maanden, gekozen


def _filled(rapport: Rapport) -> set[str]:
    """Sums in which there is anything; those of what is rare are left out where there is nothing of it."""
    begin = len(rapport.kolommen) - len(BEDRAGEN)
    return {
        kolom.naam
        for plaats, kolom in enumerate(BEDRAGEN, begin)
        if kolom.naam not in _ZELDZAAM or any(rij[plaats] for rij in rapport.rijen)
    }


def _take_page(adres: Paginaadres, vraag: Boekvraag, rapport: Rapport) -> tuple[Lijststand, list[tuple[Any, ...]]]:
    """The rows of this page, in the order that was asked: that of the groups, unless by one of the sums."""
    alle = [tuple(rij) for rij in rapport.rijen]
    namen = [kolom.naam for kolom in rapport.kolommen]
    sorteer, richting = read_orde(adres, ("groep", *namen[len(vraag.groepeer) :]))
    if sorteer != "groep":
        alle.sort(key=lambda rij: rij[namen.index(sorteer)], reverse=richting == "af")
    stand = Lijststand(adres, sorteer, richting, read_blad(adres), len(alle))
    begin = (min(stand.blad, stand.bladen) - 1) * PER_BLAD
    return stand, alle[begin : begin + PER_BLAD]


def _as_row(
    adres: Paginaadres, vraag: Boekvraag, kenmerken: tuple[Kenmerk, ...], sommen: tuple[int, ...], gevuld: set[str]
) -> Totaalrij:
    deel = {item.groep: item.waarde for item in kenmerken}
    regels = _lines_of(adres, deel)
    return Totaalrij(
        kenmerken,
        _deeper(adres, vraag, deel) if deel else None,
        tuple(
            (kolom.naam, kolom.kop, som, regels.met(maat=kolom.naam if kolom.naam in MATEN else None))
            for kolom, som in zip(BEDRAGEN, sommen, strict=True)
            if kolom.naam in gevuld
        ),
    )


def _lines_of(adres: Paginaadres, deel: dict[str, str]) -> Paginaadres:
    """The page of lines, asked as this one is and of this group alone."""
    return Paginaadres("/portaal/totalen/regels", adres.vraag).met(groepeer=None, daarna=None, sorteer=None, richting=None, **deel)


def _deeper(adres: Paginaadres, vraag: Boekvraag, deel: dict[str, str]) -> Paginaadres | None:
    """Grouped by the first of what is neither fixed nor a group by now."""
    vast = {*deel, *vraag.filters}
    volgende = next((naam for naam in ("aanbieder", "categorie", "productcode", "zorgmaand", "uitkomst") if naam not in vast), None)
    return volgende and adres.met(groepeer=volgende, daarna=None, sorteer=None, richting=None, **deel)  # type: ignore[return-value]


def _by_month(rapport: Rapport, adres: Paginaadres, vraag: Boekvraag) -> list[Maandrij]:
    """The last months in which there is anything."""
    namen = [kolom.naam for kolom in rapport.kolommen]
    rijen = [dict(zip(namen, rij, strict=True)) for rij in rapport.rijen][-_MEESTE_MAANDEN:]
    return [
        Maandrij(
            rij[vraag.periodesoort],
            [
                (
                    kolom.kop,
                    rij[kolom.naam],
                    _lines_of(adres, {vraag.periodesoort: f"{rij[vraag.periodesoort]:%Y-%m}"}).met(maat=kolom.naam),
                )
                for kolom in STAVEN
            ],
        )
        for rij in rijen
    ]
