"""One message of an aanbieder: what became of it and why, what can be done, its answer and its course."""

from typing import Any
from uuid import UUID

from fastapi.responses import Response

from api.basis.problemen import Probleem, raise_unless_found
from api.portaal.aanbieder.berichtwoorden import is_declaratie, name_bericht, tell_stand
from api.portaal.aanbieder.redenwoorden import UITKOMSTEN, make_blokken
from api.portaal.schil.bladzij import Aanbieder, Bladzij
from api.portaal.schil.opmaak import maand
from api.portaal.schil.paginarouter import Paginarouter
from berichten.inzage.berichten import berichten as inzage
from berichten.inzage.berichten.bevindingen import Bevinding, list_bevindingen
from berichten.inzage.berichten.declaraties import Declaratieoverzicht, find_declaratie
from berichten.inzage.besluiten.verloop import tell_bericht
from berichten.kern.taal import meervoud, telling
from berichten.standaard.waarden.soorten import OP_NAAM

router = Paginarouter()
ONBEKEND = "Dit bericht bestaat niet, of het is niet van u. Controleer het adres, of zoek met het zoekveld."
PER_KEER = 200
_BEZIG = "We controleren dit bericht. U mag deze bladzijde verlaten; u vindt het bericht terug in uw lijst met berichten."


@router.get("/berichten/{bericht_id}")
def get_bericht(bladzij: Aanbieder, bericht_id: UUID) -> Response:
    """A declaration by the reasons of it, any other message by what was found in it."""
    bericht = raise_unless_found(inzage.find_bericht(bladzij.kijker, bericht_id), ONBEKEND)
    if bericht.status in ("ontvangen", "in_behandeling"):
        return bladzij.show("aanbieder/bezig.html", titel=name_bericht(bericht), uitleg=_BEZIG)
    gedeeld = {
        "bericht": bericht,
        "naam": name_bericht(bericht),
        "stand": tell_stand(bericht, bladzij.vandaag),
        "antwoord": _answer_name(bericht),
        "verloop": list(reversed(tell_bericht(bladzij.kijker, bericht_id) or [])),
    }
    if is_declaratie(bericht):
        return _show_declaratie(bladzij, bericht_id, gedeeld)
    return _show_ander(bladzij, bericht_id, gedeeld)


@router.get("/berichten/{bericht_id}/antwoord")
def get_antwoord(bladzij: Aanbieder, bericht_id: UUID) -> Response:
    """The answer as a file with a name; a page that says why when there is none yet."""
    bericht = raise_unless_found(inzage.find_bericht(bladzij.kijker, bericht_id), ONBEKEND)
    return _send(inzage.find_antwoord(bladzij.kijker, bericht_id), f"{_answer_name(bericht)}_{bericht.identificatie}")


@router.get("/berichten/{bericht_id}/inhoud")
def get_inhoud(bladzij: Aanbieder, bericht_id: UUID) -> Response:
    """The message as it was sent."""
    bericht = raise_unless_found(inzage.find_bericht(bladzij.kijker, bericht_id), ONBEKEND)
    return _send(inzage.find_inhoud(bladzij.kijker, bericht_id), f"{bericht.soort}_{bericht.identificatie or bericht_id}")


def _show_declaratie(bladzij: Bladzij, bericht_id: UUID, gedeeld: dict[str, Any]) -> Response:
    overzicht = raise_unless_found(find_declaratie(bladzij.kijker, bericht_id), ONBEKEND)
    periode = overzicht.bericht.declaratie_periode
    bevindingen = _list_bevindingen(bladzij, bericht_id, None)
    afkeuringen = [item for item in bevindingen if item.gevolg == "afkeuren"]
    return bladzij.show(
        "aanbieder/declaratie.html",
        titel=f"{gedeeld['naam']}{f', {maand(periode.begindatum)}' if periode else ''}",
        samenvatting=tell_summary(overzicht),
        telling_van=[(*UITKOMSTEN[item.uitkomst], item) for item in overzicht.uitkomsten],
        aantal=sum(item.aantal for item in overzicht.uitkomsten),
        deels=[item for item in overzicht.uitkomsten if item.uitkomst == "toegekend" and item.toegekend != item.bedrag],
        # What rejected the whole message is told once, and not again with each line that was not judged for it.
        blokken=make_blokken([groep for groep in overzicht.redenen if groep.regel or not afkeuringen]),
        afkeuringen=afkeuringen,
        signalen=_group([item for item in bevindingen if item.gevolg == "signaal"]),
        **gedeeld,
    )


def _show_ander(bladzij: Bladzij, bericht_id: UUID, gedeeld: dict[str, Any]) -> Response:
    na = bladzij.adres.get("na")
    gevonden = raise_unless_found(
        list_bevindingen(bladzij.kijker, bericht_id, PER_KEER, na if na and na.isdecimal() and len(na) < 9 else None), ONBEKEND
    )
    return bladzij.show("aanbieder/bericht.html", titel=gedeeld["naam"], bevindingen=gevonden, **gedeeld)


def tell_summary(overzicht: Declaratieoverzicht) -> tuple[str, str]:
    """How many lines were awarded, and what there is to read below."""
    aantallen = {item.uitkomst: item.aantal for item in overzicht.uitkomsten}
    totaal = sum(aantallen.values())
    if overzicht.bericht.status == "afgekeurd":
        return "De hele declaratie is afgekeurd.", "Herstel wat hieronder staat en stuur de declaratie opnieuw."
    goed, fout, open_ = aantallen.get("toegekend", 0), aantallen.get("afgewezen", 0), aantallen.get("ter_beoordeling", 0)
    fout += aantallen.get("niet_beoordeeld", 0)
    delen = [f"{goed} van {telling(totaal, 'regel', 'regels')} {meervoud(goed, 'is', 'zijn')} toegekend."] if goed else []
    if not goed:
        delen.append("Er is nog geen regel toegekend." if open_ else "Er is geen regel toegekend.")
    if open_:
        delen.append(f"Over {telling(open_, 'regel', 'regels')} besluit de gemeente nog.")
    lees = f"{telling(fout, 'regel is', 'regels zijn')} afgewezen: hieronder leest u waarom, en wat u kunt doen." if fout else ""
    return " ".join(delen), lees


def _list_bevindingen(bladzij: Bladzij, bericht_id: UUID, na: str | None) -> list[Bevinding]:
    gevonden = list_bevindingen(bladzij.kijker, bericht_id, PER_KEER, na)
    return [] if gevonden is None else gevonden.regels


def _group(signalen: list[Bevinding]) -> list[tuple[Bevinding, int]]:
    """The first of each rule, and how many there are of it."""
    eerste: dict[str, Bevinding] = {}
    for item in signalen:
        eerste.setdefault(item.regel, item)
    return [(item, sum(ander.regel == regel for ander in signalen)) for regel, item in eerste.items()]


def _answer_name(bericht: inzage.Bericht) -> str:
    """`JW325`; empty for a message that gets no answer, or not yet."""
    if bericht.status not in ("verwerkt", "afgekeurd") or bericht.soort not in OP_NAAM:
        return ""
    return OP_NAAM[bericht.soort].antwoord or ""


def _send(stuk: inzage.Stuk | None, naam: str) -> Response:
    inhoud = raise_unless_found(stuk, ONBEKEND)
    if inhoud.inhoud is None:
        raise Probleem(404, inhoud.waarom)
    bestand = "".join(teken if teken.isascii() and (teken.isalnum() or teken in "-_") else "-" for teken in naam)
    kop = {"Content-Disposition": f'attachment; filename="{bestand}.xml"'}
    return Response(inhoud.inhoud, media_type="application/xml", headers=kop)
