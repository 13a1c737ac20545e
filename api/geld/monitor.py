"""The monitor: tables and indicators in which no small group of clients can be found, and uploads for what no message tells."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path as Pad
from tempfile import TemporaryDirectory
from typing import Annotated, Any, Literal, TypeVar

from fastapi import Depends, Path, Query, Request, Response
from pydantic.alias_generators import to_camel

from api.basis.accept import Mediatype
from api.basis.modellen import Model
from api.basis.problemen import Probleem
from api.basis.route import Router
from api.berichten.invoerbestand import ALS_TABEL
from api.deur.toegang import Plaats, require
from api.geld.controlejaren import require_open_period
from api.naslag.laden import Lading, load_tabel
from berichten.inzage.accountant.getrokken import without_last_year
from berichten.kern.houder import Sleutelhouder
from berichten.processen.basis.geweigerd import log_geweigerd
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.monitor.laad_indicator import load_indicatoren, load_verwijzers
from berichten.processen.monitor.rapporten import (
    MET_REGIO,
    NIET_TE_TONEN,
    RAPPORTEN,
    ROLLEN,
    AlleenPerJaar,
    Lezer,
    Monitorrapport,
    Monitorverzoek,
    NietTeBeschermen,
    OnbekendKader,
)
from berichten.rapporten.boeken.periode import Maandperiode as Maanden
from berichten.rapporten.boeken.periode import Vraagfout, read_peildag
from berichten.rapporten.monitor.bereik import Bereik, read_bereik
from berichten.rapporten.monitor.tabel import Tabel, Waarde, as_csv, as_rapport
from berichten.rapporten.monitor.tabel3b_4a import Vorm
from berichten.rapporten.uitvoer.als_csv import MEDIATYPE as CSV
from berichten.rapporten.uitvoer.als_xlsx import MEDIATYPE as XLSX
from berichten.rapporten.uitvoer.als_xlsx import write_xlsx
from berichten.rapporten.uitvoer.tabel import file_name

T = TypeVar("T")

router = Router(prefix="/monitor", tags=["monitor"])

_INDICATOREN, _VERPLICHTINGEN = "indicatoren", "verplichtingen"
TABELLEN = {
    naam: item for naam, item in RAPPORTEN.items() if naam not in (_INDICATOREN, _VERPLICHTINGEN) and not item.alle_gemeenten
}
"""What a key can ask for: what compares gemeenten is for the operator, because a key sees one gemeente."""

Kijker = Annotated[Sleutelhouder, Depends(require(*ROLLEN))]
Kostenkijker = Annotated[Sleutelhouder, Depends(require(*MET_REGIO))]
"""Who may ask for a table, of which some are in amounts only."""
Schrijver = Annotated[Sleutelhouder, Depends(require("contractbeheer", "beheer"))]
Periode = Annotated[
    str | None,
    Query(description="Een jaar (2024), kwartaal (2024-Q2), vier maanden (2024-T2) of maand (2024-10); leeg is dit jaar"),
]
Maand = Annotated[str | None, Query(description="Eerste of laatste maand (2024-10), in plaats van een periode")]
Peildatum = Annotated[
    str | None, Query(description="De stand aan het einde van deze dag, bij verplichtingen, zonder tijd; leeg is nu", max_length=40)
]
Groepering = Literal["categorie", "aanbieder", "segment", "gemeente"]
Grenzen = Annotated[
    list[Annotated[str, Query(pattern="^.{1,200}:[0-9]{1,6}$")]],
    Query(description="Naam van het kader, dubbele punt, de andere grens"),
]
ALS_BESTAND: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {
            CSV: {"schema": {"type": "string"}},
            XLSX: {"schema": {"type": "string", "format": "binary"}},
        }
    },
    409: {},
}


class Tabelnaam(Model):
    """Een tabel die gevraagd kan worden."""

    naam: str
    omschrijving: str


class Tabelnamen(Model):
    """Alle tabellen."""

    tabellen: list[Tabelnaam]


class Monitortabel(Model):
    """Een tabel. Een aantal van 1 tot en met 5 staat er als '≤5', en wat dat zou verraden als '-'. Bedragen in euro's."""

    naam: str
    van: date
    tot: date
    kolommen: list[str]
    rijen: list[dict[str, int | float | str | None]]
    toelichting: list[str]


@router.get(
    "/tabellen",
    response_model=Tabelnamen,
    summary="Welke tabellen er zijn",
    description="Elke naam kan worden gebruikt in /monitor/tabellen/{naam}.",
)
def get_tabellen(houder: Kostenkijker) -> Tabelnamen:
    """Those that this role may ask for, by name."""
    eigen = [item for item in TABELLEN.values() if houder.rol in item.rollen]
    return Tabelnamen(tabellen=[Tabelnaam(naam=item.naam, omschrijving=item.omschrijving) for item in eigen])


@router.get(
    "/tabellen/{naam}",
    response_model=Monitortabel,
    summary="Een tabel van de monitor",
    description="Over een periode van hele maanden; tabel5b en unieke-clienten over een kalenderjaar. Als JSON, of als CSV of XLSX"
    " volgens de header Accept. Met 'maxMaanden' of 'maxMinuten' rekent tabel5b door wat er met andere grenzen buiten de kaders zou"
    " vallen. Met 'peildatum' is verplichtingenprognose die van een eerdere dag. De vorm 'publicatie2024' van tabel3b is die van"
    " het regionale rapport: daaruit zijn kleine aantallen af te leiden, en daarom is zij er alleen voor de rol beheer. De rol"
    " regio krijgt alleen tabellen zonder aantallen. De rol controle krijgt alleen jaren waarover de controle open is.",
    responses=ALS_BESTAND,
)
def get_tabel(
    werkplaats: Plaats,
    houder: Kostenkijker,
    mediatype: Mediatype,
    naam: Annotated[str, Path(description="Naam van de tabel", json_schema_extra={"enum": list(TABELLEN)})],
    periode: Periode = None,
    van: Maand = None,
    tot: Maand = None,
    peildatum: Peildatum = None,
    vorm: Vorm = Vorm.VEILIG,
    max_maanden: Annotated[Grenzen, Query(alias="maxMaanden")] = [],  # noqa: B006
    max_minuten: Annotated[Grenzen, Query(alias="maxMinuten")] = [],  # noqa: B006
) -> Response | Monitortabel:
    """404 that names the tables for another name; 403 for a form that gives small counts away, unless to beheer."""
    if naam not in TABELLEN:
        raise Probleem(404, f"Deze tabel bestaat niet. Kies uit: {', '.join(TABELLEN)}.")
    if houder.rol not in TABELLEN[naam].rollen:
        log_geweigerd(werkplaats, houder, "rol")
        raise Probleem(403, "In deze tabel staan aantallen cliënten. Voor uw rol zijn er alleen tabellen met bedragen.")
    if vorm is Vorm.PUBLICATIE2024 and houder.rol != "beheer":
        log_geweigerd(werkplaats, houder, "rol")
        raise Probleem(403, "Uit deze vorm zijn kleine aantallen af te leiden. Alleen een sleutel met de rol beheer krijgt haar.")
    bereik = _read_bereik(werkplaats, houder, periode, van, tot)
    maxima = _read_maxima(max_maanden, max_minuten)
    verzoek = Monitorverzoek(bereik, vorm=vorm, maxima=maxima, peildatum=_read_peildag(peildatum))
    return as_asked(_make(TABELLEN[naam], werkplaats, houder, verzoek), bereik, mediatype, werkplaats.instellingen.vandaag())


@router.get(
    "/indicatoren",
    response_model=Monitortabel,
    summary="De veertien indicatoren van de monitor",
    description="Over een kalenderjaar. Wat uit berichten volgt is berekend (2 tot en met 7, 9, 13 en 14); de andere indicatoren"
    " geeft de gemeente zelf op. Als JSON, of als CSV of XLSX volgens de header Accept.",
    responses=ALS_BESTAND,
)
def get_indicatoren(
    werkplaats: Plaats,
    houder: Kijker,
    mediatype: Mediatype,
    periode: Periode = None,
    splits: Literal["totaal", "specialisme", "aanbieder", "onderdeel"] | None = None,
) -> Response | Monitortabel:
    """All splits, or one."""
    bereik = _read_bereik(werkplaats, houder, periode, None, None)
    tabel = _make(RAPPORTEN[_INDICATOREN], werkplaats, houder, Monitorverzoek(bereik, splits=splits))
    return as_asked(tabel, bereik, mediatype, werkplaats.instellingen.vandaag())


@router.get(
    "/verplichtingen",
    response_model=Monitortabel,
    summary="Waar de gemeente nog aan vastzit",
    description="Per groep wat er in het jaar is toegewezen en gedeclareerd, wat er nog open staat en wat daarvan wordt verwacht,"
    " zoals het was aan het einde van de peildatum. Als JSON, of als CSV of XLSX volgens de header Accept.",
    responses=ALS_BESTAND,
)
def get_verplichtingen(
    werkplaats: Plaats,
    houder: Kijker,
    mediatype: Mediatype,
    jaar: Annotated[int | None, Query(ge=2015, le=2100, description="Kalenderjaar; leeg is dit jaar")] = None,
    peildatum: Peildatum = None,
    groepeer: Annotated[Groepering, Query(description="Waarop wordt gegroepeerd")] = "categorie",
) -> Response | Monitortabel:
    """As of the end of the peildatum, or now; of a past day without counts."""
    bereik = _read_bereik(werkplaats, houder, str(jaar or werkplaats.instellingen.vandaag().year), None, None)
    verzoek = Monitorverzoek(bereik, groepeer=groepeer, peildatum=_read_peildag(peildatum))
    tabel = _make(RAPPORTEN[_VERPLICHTINGEN], werkplaats, houder, verzoek)
    return as_asked(tabel, bereik, mediatype, werkplaats.instellingen.vandaag())


@router.post(
    "/opgaven",
    response_model=Lading,
    summary="Laad indicatoren die niet uit berichten volgen",
    description="CSV of XLSX met de kolommen gemeente;nr;jaar;onderdeel;waarde;eenheid;bron (UTF-8, puntkomma's, kopregel). Een"
    " cijfer voor hetzelfde nummer, jaar en onderdeel vervangt het vorige. Bij één foute regel wordt niets geladen.",
    openapi_extra=ALS_TABEL,
)
async def post_opgaven(request: Request, werkplaats: Plaats, houder: Schrijver) -> Lading:
    """Remembers who loaded it and when."""
    return await load_tabel(request, werkplaats, houder, load_indicatoren)


@router.post(
    "/verwijzers",
    response_model=Lading,
    summary="Laad wie naar de hulp van een toewijzing verwees",
    description="CSV of XLSX met de kolommen gemeente;toewijzingnummer;verwijzer (UTF-8, puntkomma's, kopregel), zonder Bsn."
    " Wie niet wordt opgegeven staat in tabel4a als 'Niet bekend'. Bij één foute regel wordt niets geladen.",
    openapi_extra=ALS_TABEL,
)
async def post_verwijzers(request: Request, werkplaats: Plaats, houder: Schrijver) -> Lading:
    """One referrer for an allocation; a later one takes its place."""
    return await load_tabel(request, werkplaats, houder, load_verwijzers)


def _read_bereik(werkplaats: Werkplaats, houder: Sleutelhouder, periode: str | None, van: str | None, tot: str | None) -> Bereik:
    if not (periode or van or tot):
        periode = str(werkplaats.instellingen.vandaag().year)
    bereik = _or_problem(lambda: read_bereik([houder.gemeente], periode, van, tot))
    require_open_period(werkplaats.seen_by(houder), bereik.van, bereik.tot)
    return bereik


def _read_peildag(peildatum: str | None) -> date | None:
    return _or_problem(lambda: read_peildag(peildatum))


def _read_maxima(maanden: Sequence[str], minuten: Sequence[str]) -> dict[str, tuple[int | None, int | None]]:
    per_maand, per_minuut = (
        {naam: int(grens) for naam, _, grens in (item.rpartition(":") for item in lijst)} for lijst in (maanden, minuten)
    )
    return {naam: (per_maand.get(naam), per_minuut.get(naam)) for naam in {*per_maand, *per_minuut}}


def _make(rapport: Monitorrapport, werkplaats: Werkplaats, houder: Sleutelhouder, verzoek: Monitorverzoek) -> Tabel:
    kijker = werkplaats.seen_by(houder)
    tabel = _or_problem(lambda: rapport.make(Lezer(werkplaats, kijker.toegang), verzoek))
    return without_last_year(kijker, tabel, verzoek.bereik.van.year)


def _or_problem(vraag: Callable[[], T]) -> T:
    """The answer; 400 for a question that cannot be answered, 409 for one of which the answer would tell too much."""
    try:
        return vraag()
    except (Vraagfout, AlleenPerJaar, OnbekendKader) as fout:
        raise Probleem(400, str(fout)) from fout
    except NietTeBeschermen as fout:
        raise Probleem(409, NIET_TE_TONEN) from fout


def as_asked(tabel: Tabel, bereik: Bereik, mediatype: str, vandaag: date) -> Response | Monitortabel:
    """JSON, unless CSV or a workbook is asked for."""
    bestand = write_bestand(tabel, bereik, mediatype, vandaag)
    if bestand is not None:
        return bestand
    namen = [to_camel(naam) for naam in tabel.kolommen]
    return Monitortabel(
        naam=tabel.naam,
        van=bereik.van,
        tot=bereik.tot,
        kolommen=namen,
        rijen=[dict(zip(namen, map(_as_json, rij), strict=True)) for rij in tabel.rijen],
        toelichting=list(tabel.toelichting),
    )


def write_bestand(tabel: Tabel, bereik: Bereik, mediatype: str, dag: date) -> Response | None:
    """The table as CSV or as a workbook; None when neither is asked for. `dag`: of which day it is the stand."""
    if mediatype == CSV:
        return Response(as_csv(tabel), media_type=CSV, headers=_as_file(tabel, bereik, dag, "csv"))
    if mediatype == XLSX:
        with TemporaryDirectory() as map_:
            bestand = Pad(map_) / "tabel.xlsx"
            write_xlsx(as_rapport(tabel, [("Gemeente", ", ".join(bereik.gemeenten)), ("Periode", bereik.describe())]), bestand)
            return Response(bestand.read_bytes(), media_type=XLSX, headers=_as_file(tabel, bereik, dag, "xlsx"))
    return None


def _as_file(tabel: Tabel, bereik: Bereik, vandaag: date, soort: str) -> dict[str, str]:
    naam = file_name(tabel.naam, "_".join(bereik.gemeenten), Maanden(bereik.van, bereik.tot).bestandsdeel, vandaag)
    return {"Content-Disposition": f'attachment; filename="{naam}.{soort}"'}


def _as_json(waarde: Waarde) -> int | float | str | None:
    return float(waarde) if isinstance(waarde, Decimal) else waarde
