"""Quarterly reports on a page that prints as one: what must be explained, the explanation, actions, and establishing it."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

from fastapi import File, Path, UploadFile
from fastapi.responses import Response

from api.basis.problemen import Probleem
from api.geld.controlejaren import require_open_period
from api.portaal.schil.bladzij import Accounthouder, Begroter, Bladzij, Kwartaallezer, Melding
from api.portaal.schil.invoer import GEEN_DAG, load_upload, parse_dag
from api.portaal.schil.opmaak import getal, tell_waarde
from api.portaal.schil.paginarouter import Paginarouter
from api.portaal.schil.tabelbestand import BESTANDSVORMEN, send_file
from berichten.inzage.geld.factuurlijst import ROLLEN as FACTUURROLLEN
from berichten.inzage.geld.kwartaalrapporten import (
    STANDEN,
    Actiestap,
    Kwartaalblad,
    NieuweActie,
    as_tabel,
    find_kwartaal,
    list_kwartalen,
    name_of,
    tell_reserve,
)
from berichten.kern.kalender import add_maanden
from berichten.kern.nietnu import NietNu
from berichten.kern.taal import telling
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.kwartaal.laad_begroting import load_begroting
from berichten.processen.kwartaal.werk_kwartaal import (
    Rapporteur,
    Uitkomst,
    begin_actie,
    establish_kwartaal,
    make_concept,
    take_stap,
    write_tekst,
)
from berichten.rapporten.boeken.periode import Vraagfout
from berichten.rapporten.sturen.kwartaalperiode import Kwartaal, quarter_of, read_kwartaal

router = Paginarouter()
_LIJST = "/portaal/kwartaalrapporten"
Actienummer = Annotated[int, Path(ge=1, le=2**31 - 1)]
_SCHRIJFT, _BEGROOT = "contractbeheer", ("financien", "beheer")
_BEDRAG = "Dit is geen bedrag. Schrijf een bedrag in hele euro's, zoals 50000."


@router.get("/kwartaalrapporten")
def get_kwartaalrapporten(bladzij: Kwartaallezer) -> Response:
    """Which there are, and which come."""
    return show_lijst(bladzij, {})


@router.post("/kwartaalrapporten")
def post_kwartaalrapport(bladzij: Accounthouder) -> Response:
    """Make the concept of a period, or make it anew."""
    tekst = str(bladzij.formulier.get("periode", "")).strip()
    try:
        periode = read_kwartaal(tekst)
        dag = _read_dag(bladzij, "peildatum")
    except Vraagfout as fout:
        return show_lijst(bladzij, {"periode": str(fout)})
    except ValueError:
        return show_lijst(bladzij, {"peildatum": GEEN_DAG})
    uitkomst = make_concept(*_acting(bladzij), periode, dag)
    if isinstance(uitkomst, NietNu):
        return show_lijst(bladzij, {"periode": uitkomst.melding})
    return bladzij.go(f"{_LIJST}/{periode.naam}", Melding("Het concept is gemaakt. Leg uit wat eronder staat en stel het vast."))


@router.post("/kwartaalrapporten/begroting")
def post_begroting(bladzij: Begroter, bestand: Annotated[UploadFile | None, File()] = None) -> Response:
    """Load a budget or changes of it; a report that is still a concept has them when it is made anew."""
    werkplaats, gemeente, door = bladzij.acting()
    geladen = load_upload(bestand, lambda inhoud: load_begroting(werkplaats, inhoud, door, gemeente))
    if isinstance(geladen, str):
        return show_lijst(bladzij, {"bestand": geladen})
    return bladzij.go(_LIJST, Melding(f"Begroting geladen: {telling(geladen.regels, 'regel', 'regels')}."))


@router.get("/kwartaalrapporten/{periode}")
def get_kwartaalblad(bladzij: Kwartaallezer, periode: str) -> Response:
    """One report."""
    return _show(bladzij, _read(periode), {}, {})


@router.get("/kwartaalrapporten/{periode}/bestand/{vorm}")
def get_kwartaalbestand(bladzij: Kwartaallezer, periode: str, vorm: str) -> Response:
    """The same as a file."""
    gelezen = _read(periode)
    blad = _find(bladzij, gelezen)
    return send_file(bladzij, as_tabel(blad), gelezen.bereik(bladzij.bezoeker.gemeente), vorm, blad.kop.peildatum)


@router.post("/kwartaalrapporten/{periode}/teksten")
def post_tekst(bladzij: Accounthouder, periode: str) -> Response:
    """Explain one row."""
    gelezen, rij = _read(periode), str(bladzij.formulier.get("rij", ""))
    tekst = str(bladzij.formulier.get("tekst", ""))
    uitkomst = write_tekst(*_acting(bladzij), gelezen.naam, rij, tekst)
    return _tell(bladzij, gelezen, uitkomst, f"De uitleg bij {rij} is bewaard.", {f"tekst-{rij}": tekst}, f"tekst-{rij}")


@router.post("/kwartaalrapporten/{periode}/acties")
def post_actie(bladzij: Accounthouder, periode: str) -> Response:
    """Agree on an action."""
    gelezen = _read(periode)
    velden = {naam: str(bladzij.formulier.get(naam, "")).strip() for naam in ("rij", "actie", "eigenaar", "gereed_op", "effect")}
    fouten: dict[str, str] = {}
    effect = _read_euro(velden["effect"], fouten, "effect")
    try:
        dag = _read_dag(bladzij, "gereed_op")
    except ValueError:
        dag = None
    if dag is None:
        fouten["gereed_op"] = GEEN_DAG
    if fouten or dag is None:
        return _show(bladzij, gelezen, velden, fouten)
    nieuw = NieuweActie(velden["rij"], velden["actie"], velden["eigenaar"], dag, effect)
    uitkomst = begin_actie(*_acting(bladzij), gelezen.naam, nieuw)
    return _tell(bladzij, gelezen, uitkomst, "De actie staat erin, en in elk volgend rapport tot zij dicht is.", velden, "actie")


@router.post("/kwartaalrapporten/{periode}/acties/{nr}/stappen")
def post_stap(bladzij: Accounthouder, periode: str, nr: Actienummer) -> Response:
    """Move an action on."""
    gelezen = _read(periode)
    stand, resultaat = (str(bladzij.formulier.get(naam, "")).strip() for naam in ("stand", "resultaat"))
    fouten: dict[str, str] = {}
    gemeten = str(bladzij.formulier.get("gemeten", "")).strip()
    effect = _read_euro(gemeten, fouten, f"resultaat-{nr}")
    velden = {f"resultaat-{nr}": resultaat, f"gemeten-{nr}": gemeten}
    if fouten:
        return _show(bladzij, gelezen, velden, fouten)
    uitkomst = take_stap(*_acting(bladzij), gelezen.naam, nr, Actiestap(stand, resultaat, effect))
    return _tell(bladzij, gelezen, uitkomst, f"Actie {nr} staat nu op {stand}.", velden, f"resultaat-{nr}")


@router.post("/kwartaalrapporten/{periode}/vaststelling")
def post_vaststelling(bladzij: Accounthouder, periode: str) -> Response:
    """From now on it does not change."""
    gelezen = _read(periode)
    versie = str(bladzij.formulier.get("versie", ""))
    gezien = int(versie) if versie.isascii() and versie.isdigit() and len(versie) < 10 else 0
    uitkomst = establish_kwartaal(*_acting(bladzij), gelezen.naam, gezien)
    return _tell(bladzij, gelezen, uitkomst, "Het rapport is vastgesteld. De cijfers veranderen niet meer.", {}, "vaststelling")


def _acting(bladzij: Bladzij) -> tuple[Werkplaats, Rapporteur]:
    werkplaats, gemeente, door = bladzij.acting()
    return werkplaats, Rapporteur(gemeente, door)


def _read(periode: str) -> Kwartaal:
    try:
        return read_kwartaal(periode)
    except Vraagfout as fout:
        raise Probleem(404, "Dit rapport is er niet. Kies het uit de lijst.") from fout


def _read_dag(bladzij: Bladzij, naam: str) -> date | None:
    """Raises ValueError for what is no day."""
    tekst = str(bladzij.formulier.get(naam, "")).strip()
    return parse_dag(tekst) if tekst else None


def _read_euro(tekst: str, fouten: dict[str, str], naam: str) -> int | None:
    """Cents from whole euros; what is no amount is told at the field."""
    kaal = tekst.replace(".", "").removeprefix("€").strip()
    cijfers = kaal.removeprefix("-")
    if not kaal:
        return None
    if cijfers.isascii() and cijfers.isdigit() and len(cijfers) <= 11:
        return int(kaal) * 100
    fouten[naam] = _BEDRAG
    return None


def _find(bladzij: Bladzij, periode: Kwartaal) -> Kwartaalblad:
    require_open_period(bladzij.kijker, periode.van, periode.tot)
    blad = find_kwartaal(bladzij.kijker, periode.naam)
    if blad is None:
        raise Probleem(404, "Dit rapport is er niet. Kies het uit de lijst.")
    return blad


def _tell(bladzij: Bladzij, periode: Kwartaal, uitkomst: Uitkomst, gedaan: str, velden: dict[str, str], veld: str) -> Response:
    if uitkomst is None:
        raise Probleem(404, "Dit rapport is er niet. Kies het uit de lijst.")
    if isinstance(uitkomst, NietNu):
        return _show(bladzij, periode, velden, {veld: uitkomst.melding})
    return bladzij.go(f"{_LIJST}/{periode.naam}", Melding(gedaan))


def _show(bladzij: Bladzij, periode: Kwartaal, velden: dict[str, str], fouten: dict[str, str]) -> Response:
    blad = _find(bladzij, periode)
    cijfers = blad.cijfers
    return bladzij.show(
        "kwartaal/kwartaalblad.html",
        status=400 if fouten else 200,
        titel=f"{periode.tekst[:1].upper()}{periode.tekst[1:]}",
        periode=periode,
        blad=blad,
        kern=[{naam: tell_waarde(waarde) for naam, waarde in rij.items()} for rij in cijfers["kerncijfers"]],
        segmenten=[{naam: tell_waarde(waarde) for naam, waarde in rij.items()} for rij in cijfers["segmenten"]],
        indicatoren=[{naam: tell_waarde(waarde) for naam, waarde in rij.items()} for rij in cijfers["indicatoren"]],
        verplichtingen=[(rij["naam"], f"€ {getal(rij['euro'])}") for rij in cijfers["verplichtingen"]],
        signalen=[
            f"{rij['soort']} bij {telling(rij['aanbieders'], 'aanbieder', 'aanbieders')}" for rij in cijfers.get("signalen", ())
        ],
        plafonds=[
            f"{rij['soort']} bij {telling(rij['aanbieders'], 'aanbieder', 'aanbieders')}" for rij in cijfers.get("plafonds", ())
        ],
        betrokken=_name_all(cijfers.get("wie", ())),
        voorbehoud=tell_reserve(cijfers),
        bijgesteld=[{naam: tell_waarde(waarde) for naam, waarde in rij.items()} for rij in cijfers.get("bijgesteld", ())],
        keuzen=[(rij["rij"], rij["rij"]) for rij in cijfers["kerncijfers"]],
        rijen=[rij["rij"] for rij in cijfers["kerncijfers"]],
        standen=[(stand, stand) for stand in STANDEN],
        schrijft=blad.kop.status == "concept" and bladzij.bezoeker.rol == _SCHRIJFT,
        wie=bladzij.names_of([blad.kop.vastgesteld_door]),
        bestanden=[(woord, f"{_LIJST}/{periode.naam}/bestand/{vorm}") for woord, vorm in BESTANDSVORMEN],
        velden=velden,
        fouten=fouten,
        meldingen=(Melding("Er is niets bewaard. Hieronder staat waarom.", "warning"),) if fouten else (),
    )


def _name_all(rijen: Iterable[Any]) -> list[str]:
    """`S1: De Wilgen (42420001), De Eik (42420002)`, for each kind of signal or room."""
    per_soort: dict[str, list[str]] = {}
    for rij in rijen:
        per_soort.setdefault(rij["soort"], []).append(name_of(rij))
    return [f"{soort}: {', '.join(namen)}" for soort, namen in per_soort.items()]


def show_lijst(bladzij: Bladzij, fouten: dict[str, str]) -> Response:
    """All reports with the forms of this role; `fouten` by field."""
    lijst = list_kwartalen(bladzij.kijker)
    return bladzij.show(
        "kwartaal/kwartaallijst.html",
        status=400 if fouten else 200,
        titel="Kwartaalrapporten",
        lijst=lijst,
        voorstel=str(bladzij.formulier.get("periode", "")) or quarter_of(add_maanden(bladzij.vandaag, -3)),
        peildatum=str(bladzij.formulier.get("peildatum", "")),
        schrijft=bladzij.bezoeker.rol == _SCHRIJFT,
        begroot=bladzij.bezoeker.rol in _BEGROOT,
        facturen=bladzij.bezoeker.rol in FACTUURROLLEN,
        fouten=fouten,
        meldingen=(Melding("Er is niets bewaard. Hieronder staat waarom.", "warning"),) if fouten else (),
    )
