"""The monitor: its tables by name, each with a chart, in which no small group of clients can be found; and the same as a file."""

from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from fastapi.responses import Response

from api.basis.problemen import Probleem
from api.portaal.schil.bladzij import Bladzij, Financien, Melding
from api.portaal.schil.invoer import Adresinvoer
from api.portaal.schil.langwerk import Bezig
from api.portaal.schil.opmaak import tell_waarde
from api.portaal.schil.paginarouter import Paginarouter
from api.portaal.schil.tabelbestand import BESTANDSVORMEN, read_vorm, send_file
from berichten.processen.monitor.rapporten import (
    NIET_TE_TONEN,
    RAPPORTEN,
    AlleenPerJaar,
    Lezer,
    Monitorverzoek,
    NietTeBeschermen,
)
from berichten.rapporten.boeken.periode import Vraagfout
from berichten.rapporten.monitor.bereik import Bereik, read_bereik
from berichten.rapporten.monitor.jaarprognose import NIET_TE_BEPALEN
from berichten.rapporten.monitor.tabel import Tabel, Waarde
from berichten.rapporten.sturen.verplichtingentabel import GROEPEN

router = Paginarouter()
TABELLEN = {naam: item for naam, item in RAPPORTEN.items() if not item.alle_gemeenten}
_TITELS = {
    "tabel1": "Kosten en cliënten per zorgvorm", "tabel3b": "Kosten en cliënten van 18 jaar en ouder",
    "tabel4a": "Kosten en cliënten per verwijzer", "tabel5b": "Trajecten binnen en buiten de kaders",
    "indicatoren": "Indicatoren", "unieke-clienten": "Manieren om cliënten te tellen", "jaarprognose": "Prognose van het jaar",
    "verplichtingen": "Verplichtingen", "verplichtingenprognose": "Prognose uit toewijzingen",
    "signalen": "Signalen en maatregelen",
}  # fmt: skip
_MEESTE_STAVEN = 8


class _Keuzes(NamedTuple):
    """What may be chosen beside the year."""

    groepeer: str | None
    peildatum: date | None


@router.get("/monitor")
def get_monitor(bladzij: Financien) -> Response:
    """Which tables there are, and what each tells."""
    lijst = [(naam, _TITELS.get(naam, naam), item.omschrijving) for naam, item in TABELLEN.items()]
    return bladzij.show("financien/monitor.html", titel="Monitor", lijst=lijst)


@router.get("/monitor/{tabel}")
def get_monitortabel(bladzij: Financien, tabel: str) -> Response:
    """A table of a year, which may take long; one of which the answer would tell too much is refused with the reason."""
    invoer = Adresinvoer(bladzij.adres)
    titel = _TITELS[_require(tabel)]
    jaar = _read_jaar(bladzij, invoer)
    gemaakt: Tabel | Bezig | None
    try:
        bereik = _bereik(bladzij, jaar)
        keuzes = _read_keuzes(bladzij, tabel, invoer)
        wat = f"{tabel} {_address(jaar, invoer)}"
        gemaakt, weigering = bladzij.work(wat, lambda: _make(bladzij, tabel, bereik, keuzes)), ""
    except (Vraagfout, AlleenPerJaar) as fout:
        gemaakt, weigering = None, str(fout)
    except NietTeBeschermen:
        gemaakt, weigering = None, NIET_TE_TONEN
    if isinstance(gemaakt, Bezig):
        return bladzij.show("schil/langwerk.html", titel=titel, bezig=gemaakt, kruimels=[("Monitor", "/portaal/monitor")])
    return bladzij.show(
        "financien/monitortabel.html",
        titel=titel,
        naam=tabel,
        jaar=jaar,
        jaren=[(str(item), str(item)) for item in range(bladzij.vandaag.year, bladzij.vandaag.year - 5, -1)],
        weigering=weigering,
        tabel=gemaakt,
        koppen=[_head(kolom) for kolom in gemaakt.kolommen] if gemaakt else [],
        rijen=[[_cell(waarde) for waarde in rij] for rij in gemaakt.rijen] if gemaakt else [],
        staven=_bars(gemaakt) if gemaakt else None,
        verwacht=_bands(gemaakt) if gemaakt and tabel == "jaarprognose" else [],
        bestanden=[(woord, f"/portaal/monitor/{tabel}/bestand/{vorm}?{_address(jaar, invoer)}") for woord, vorm in BESTANDSVORMEN],
        invoer=invoer,
        groepen=[(naam, naam.capitalize()) for naam in GROEPEN] if tabel == _OP_GROEP else [],
        op_dag=tabel in _OP_EEN_DAG,
        meldingen=invoer.meldingen() if not weigering else (Melding("Deze tabel is niet gemaakt.", "warning"),),
    )


_OP_GROEP, _OP_EEN_DAG = "verplichtingen", ("verplichtingen", "verplichtingenprognose")


def _read_keuzes(bladzij: Bladzij, tabel: str, invoer: Adresinvoer) -> _Keuzes:
    """What tables of obligations are grouped by, and as of which day they are told."""
    dag = invoer.dag("peildatum") if tabel in _OP_EEN_DAG else None
    return _Keuzes(invoer.keuze("groepeer", GROEPEN) if tabel == _OP_GROEP else None, dag)


def _address(jaar: str, invoer: Adresinvoer) -> str:
    keuzes = {naam: waarde for naam in ("groepeer", "peildatum") if (waarde := invoer.tekst(naam))}
    return urlencode({"jaar": jaar, **keuzes})


@router.get("/monitor/{tabel}/bestand/{vorm}")
def get_monitorbestand(bladzij: Financien, tabel: str, vorm: str) -> Response:
    """The same table as a file."""
    _require(tabel)
    read_vorm(vorm)
    invoer = Adresinvoer(bladzij.adres)
    bereik = _bereik(bladzij, _read_jaar(bladzij, invoer))
    try:
        gemaakt = _make(bladzij, tabel, bereik, _read_keuzes(bladzij, tabel, invoer))
    except (Vraagfout, AlleenPerJaar) as fout:
        raise Probleem(400, str(fout)) from fout
    except NietTeBeschermen as fout:
        raise Probleem(409, NIET_TE_TONEN) from fout
    return send_file(bladzij, gemaakt, bereik, vorm)


def _require(tabel: str) -> str:
    if tabel not in TABELLEN:
        raise Probleem(404, "Deze tabel is er niet. Kies er een uit de monitor.")
    return tabel


def _read_jaar(bladzij: Bladzij, invoer: Adresinvoer) -> str:
    return invoer.code("jaar", "20[0-9]{2}", "Een jaar heeft vier cijfers, zoals 2026.") or str(bladzij.vandaag.year)


def _bereik(bladzij: Bladzij, jaar: str) -> Bereik:
    return read_bereik([bladzij.bezoeker.gemeente], jaar)


def _make(bladzij: Bladzij, tabel: str, bereik: Bereik, keuzes: _Keuzes) -> Tabel:
    verzoek = Monitorverzoek(bereik, groepeer=keuzes.groepeer, peildatum=keuzes.peildatum)
    return TABELLEN[tabel].make(Lezer(bladzij.werkplaats, bladzij.kijker.toegang), verzoek)


def _head(kolom: str) -> str:
    """`kosten_euro` as people read it."""
    woorden = (
        kolom.removesuffix("_euro")
        .removesuffix("_pct")
        .replace("_", " ")
        .replace("clienten", "cliënten")
        .replace("client", "cliënt")
    )
    woorden = woorden.replace("cliëntën", "cliënten").replace("cliëntent", "cliënten")
    return f"{woorden[:1].upper()}{woorden[1:]}" + (" (€)" if kolom.endswith("_euro") else " (%)" if kolom.endswith("_pct") else "")


def _cell(waarde: Waarde) -> tuple[str, bool]:
    """A cell in words, and whether it is a figure."""
    return tell_waarde(waarde), not isinstance(waarde, str) or waarde in ("≤5", "-", NIET_TE_BEPALEN)


def _bands(tabel: Tabel) -> list[tuple[str, *tuple[int | None, ...]]]:
    """Of each segment its name, the stand, and low, expected and high where they could be told."""
    plekken = [tabel.kolommen.index(f"{naam}_euro") for naam in ("stand", "prognose_laag", "prognose", "prognose_hoog")]
    rijen = [(str(rij[0]), [rij[plek] for plek in plekken]) for rij in tabel.rijen if rij[0] != "Totaal"]
    return [(naam, *(waarde if isinstance(waarde, int) else None for waarde in waarden)) for naam, waarden in rijen]


def _bars(tabel: Tabel) -> tuple[str, list[tuple[str, list[int]]]] | None:
    """The first column of amounts or counts that is a number in every row, as bars; None where there is nothing to compare."""
    # Only the finest level: a bar beside those that add up to it would count twice.
    rijen = [rij for rij in tabel.rijen if not str(rij[0]).lower().startswith("totaal") and "segment" not in rij][:_MEESTE_STAVEN]
    for plaats, kolom in enumerate(tabel.kolommen):
        waarden = [rij[plaats] for rij in rijen]
        if kolom.endswith("_euro") and len(rijen) > 1 and all(isinstance(waarde, int) for waarde in waarden):
            return _head(kolom), [(str(rij[0]), [int(rij[plaats] or 0)]) for rij in rijen]
    return None
