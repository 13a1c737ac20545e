"""Send a file in two steps: it is tried first, and the same file is sent when somebody says so."""

from dataclasses import dataclass
from uuid import UUID

from fastapi import Request
from fastapi.responses import Response
from starlette.background import BackgroundTask
from starlette.datastructures import UploadFile

from api.basis.problemen import raise_unless_found
from api.portaal.aanbieder.berichtwoorden import Berichtstand, name_bericht
from api.portaal.aanbieder.redenwoorden import STRAKS, Redenblok, make_blokken
from api.portaal.schil.adres import make_adres
from api.portaal.schil.bladzij import Aanbieder, Bladzij, Melding
from api.portaal.schil.paginarouter import Paginarouter
from berichten.fouten import Invoerfout
from berichten.kern.taal import foutental, meervoud, telling
from berichten.processen.berichten.proef_bericht import Zendingproef
from berichten.processen.versturen.verstuur_zending import NogBezigError, send_zending
from berichten.processen.versturen.zet_klaar import Conceptzending, find_conceptzending, is_large, keep_zending, try_zending

router = Paginarouter()
_WEG = "Dit bestand is er niet meer. We bewaren een bestand dat niet is verstuurd hooguit 24 uur. Kies het bestand opnieuw."
_GEEN_BESTAND = "Kies eerst een bestand: een bericht als XML, of een ZIP-bestand met berichten."
_VERSTUURD = "Uw bericht is verstuurd."
_NOG_BEZIG = "Dit bestand wordt nog verstuurd. Bekijk deze bladzijde over een minuut opnieuw; u hoeft niets opnieuw te versturen."
_AL_VERSTUURD = "Dit bestand was al verstuurd. Er is niets dubbel verstuurd."
_NIET_ALLES = "Nog niet alles is ontvangen. Onderaan staat wat u kunt doen."
_STATUS = {
    "verwerkt": Berichtstand("Wordt verwerkt", "groen", "Er is niets mis mee."),
    "ter_beoordeling": Berichtstand("Wordt verwerkt", "groen", "Over een deel besluit de gemeente."),
    "afgekeurd": Berichtstand("Wordt helemaal afgekeurd", "rood", "Herstel wat hieronder staat en kies het bestand opnieuw."),
    "geweigerd": Berichtstand("Wordt geweigerd", "rood", "Herstel elke fout en kies het bestand opnieuw."),
    "verboden": Berichtstand("Kunt u niet versturen", "rood", "Lees hieronder waarom."),
    "ontvangen": Berichtstand("Is al verstuurd", "blauw", ""),
    "in_behandeling": Berichtstand("Is al verstuurd", "blauw", ""),
}
"""By the status that a message would get."""


@dataclass(frozen=True, slots=True)
class Proefdeel:
    """A message of the file as its try is shown."""

    proef: Zendingproef
    naam: str
    stand: Berichtstand
    samenvatting: str
    blokken: list[Redenblok]
    telling_van: list[tuple[str, str, object]]
    aantal: int


@router.get("/versturen")
def get_versturen(bladzij: Aanbieder) -> Response:
    """Choose a file."""
    return _show_keuze(bladzij)


@router.post("/versturen")
def post_versturen(bladzij: Aanbieder) -> Response:
    """Try it: at once when it is small, else while its page tells how far it is."""
    bestand = bladzij.formulier.get("bestand")
    if not isinstance(bestand, UploadFile) or not bestand.filename:
        return _show_keuze(bladzij, _GEEN_BESTAND)
    inhoud, houder = bestand.file.read(), bladzij.bezoeker.houder
    gevolg = keep_zending(bladzij.werkplaats, houder, bestand.filename, inhoud)
    if isinstance(gevolg, Invoerfout):
        return _show_keuze(bladzij, gevolg.melding)
    antwoord = bladzij.go(make_adres(f"/versturen/{gevolg}"))
    if is_large(inhoud):
        antwoord.background = BackgroundTask(try_zending, bladzij.werkplaats, houder, gevolg)
    else:
        try_zending(bladzij.werkplaats, houder, gevolg)
    return antwoord


@router.get("/versturen/{zending_id}")
def get_zending(bladzij: Aanbieder, zending_id: UUID) -> Response:
    """How far it is: tried, still being tried, or sent."""
    zending = raise_unless_found(find_conceptzending(bladzij.werkplaats, bladzij.bezoeker.houder, zending_id), _WEG)
    if zending.verzonden is not None:
        stand = "is nog niet helemaal verstuurd" if zending.mislukt else "is verstuurd"
        return bladzij.show("aanbieder/verstuurd.html", titel=f"{zending.bestandsnaam} {stand}", zending=zending)
    if zending.proef is None:
        return bladzij.show(
            "aanbieder/bezig.html",
            titel=f"We controleren {zending.bestandsnaam}",
            uitleg="Bij een groot bestand duurt dat even. U mag deze bladzijde verlaten en later terugkomen: er wordt niets"
            " verstuurd voordat u dat zegt.",
        )
    return _show_proef(bladzij, zending)


@router.post("/versturen/{zending_id}")
def post_zending(request: Request, bladzij: Aanbieder, zending_id: UUID) -> Response:
    """Send it once; who asks again is shown what became of it, and where we failed it is sent again."""
    houder = bladzij.bezoeker.houder
    try:
        verzonden = send_zending(bladzij.werkplaats, houder, zending_id)
    except NogBezigError:
        return bladzij.go(make_adres(f"/versturen/{zending_id}"), Melding(_NOG_BEZIG, "info"))
    except Exception:
        # Some of it may have come in before.
        request.app.state.bel.ring(houder.gemeente, houder.agb or "")
        raise
    if verzonden is None:
        raise_unless_found(find_conceptzending(bladzij.werkplaats, houder, zending_id), _WEG)
        return bladzij.go(make_adres(f"/versturen/{zending_id}"), Melding(_AL_VERSTUURD, "info"))
    if any(item.aangenomen and not item.herhaling for item in verzonden) and houder.agb:
        request.app.state.bel.ring(houder.gemeente, houder.agb)
    if len(verzonden) == 1 and verzonden[0].aangenomen:
        return bladzij.go(make_adres(f"/berichten/{verzonden[0].bericht_id}"), Melding(_VERSTUURD))
    melding = Melding(_NIET_ALLES, "warning") if any(item.mislukt for item in verzonden) else None
    return bladzij.go(make_adres(f"/versturen/{zending_id}"), melding)


def _show_keuze(bladzij: Bladzij, fout: str = "") -> Response:
    return bladzij.show("aanbieder/versturen.html", status=400 if fout else 200, titel="Berichten versturen", fout=fout)


def _show_proef(bladzij: Bladzij, zending: Conceptzending) -> Response:
    delen = [_tell(proef) for proef in zending.proef or ()]
    goed = [deel for deel in delen if deel.proef.status not in ("geweigerd", "verboden")]
    fout = any(deel.proef.status in ("geweigerd", "verboden", "afgekeurd") or deel.blokken for deel in delen)
    return bladzij.show(
        "aanbieder/proef.html",
        titel=f"Controle van {zending.bestandsnaam}",
        zending=zending,
        delen=delen,
        goed=len(goed),
        knoptekst="Verstuur toch" if fout else "Verstuur",
    )


def _tell(proef: Zendingproef) -> Proefdeel:
    uitkomsten, redenen = (proef.overzicht.uitkomsten, proef.overzicht.redenen) if proef.overzicht else ([], [])
    return Proefdeel(
        proef,
        naam=name_bericht(proef.bericht) if proef.bericht else proef.bestand,
        stand=_STATUS[proef.status],
        samenvatting=_summarise(proef),
        # What rejects the whole message is told once, and not again with each line that is not judged for it.
        blokken=make_blokken([groep for groep in redenen if groep.regel or proef.status != "afgekeurd"], STRAKS),
        telling_van=[(*STRAKS[item.uitkomst], item) for item in uitkomsten],
        aantal=sum(item.aantal for item in uitkomsten),
    )


def _summarise(proef: Zendingproef) -> str:
    """In a sentence what would become of it."""
    if proef.status == "geweigerd":
        meer = "" if proef.totaal <= len(proef.fouten) else f" De eerste {len(proef.fouten)} staan hieronder."
        return f"Dit bestand heeft {foutental(proef.totaal)} en is geen geldig bericht.{meer}"
    if proef.overzicht is None or proef.status == "afgekeurd":
        return ""
    aantallen = {item.uitkomst: item.aantal for item in proef.overzicht.uitkomsten}
    fout, goed = aantallen.get("afgewezen", 0) + aantallen.get("niet_beoordeeld", 0), aantallen.get("toegekend", 0)
    zinnen = [f"{telling(goed, 'regel', 'regels')} {meervoud(goed, 'wordt', 'worden')} toegekend"]
    if fout:
        zinnen.append(f"{fout} {meervoud(fout, 'wordt', 'worden')} afgewezen")
    if wacht := aantallen.get("ter_beoordeling", 0):
        zinnen.append(f"{wacht} {meervoud(wacht, 'gaat', 'gaan')} naar een beoordelaar van de gemeente")
    return " · ".join(zinnen) + "."
