"""What a message is called, how it stands and what comes next, in words that need no code list."""

from dataclasses import dataclass
from datetime import date

from api.portaal.schil.opmaak import datum, termijn
from berichten.inzage.berichten.berichten import Bericht
from berichten.standaard.waarden.soorten import ANTWOORDEN_VAN_AANBIEDER, INZENDINGEN, JW303, JW323, OP_NAAM

DECLARATIES = (JW323.naam, JW303.naam)
"""Kinds of message with lines and amounts."""
SOORTKEUZES = [(naam, f"{OP_NAAM[naam].omschrijving.capitalize()} ({naam})") for naam in INZENDINGEN]
STATUSSEN = {
    "ontvangen": "Ontvangen",
    "in_behandeling": "Wordt gecontroleerd",
    "geweigerd": "Geweigerd",
    "afgekeurd": "Helemaal afgekeurd",
    "ter_beoordeling": "Wacht op de gemeente",
    "verwerkt": "Verwerkt",
}
_KLEUREN = {"geweigerd": "rood", "afgekeurd": "rood", "ter_beoordeling": "oranje", "verwerkt": "groen"}
_VOLLEDIG = "8001"
_VERVOLG = {
    "ontvangen": "We controleren het bericht. Ververs de bladzijde over een minuut.",
    "in_behandeling": "We controleren het bericht. Ververs de bladzijde over een minuut.",
    "geweigerd": "Herstel de fouten en stuur het bestand opnieuw.",
    "afgekeurd": "Herstel de fouten en stuur het hele bericht opnieuw.",
}


@dataclass(frozen=True, slots=True)
class Berichtstand:
    """How a message stands: a few words, the colour of their badge, and what happens next."""

    tekst: str
    kleur: str
    vervolg: str


def name_bericht(bericht: Bericht) -> str:
    """`Declaratie D2026-04`, `Toewijzing T1001`."""
    if bericht.status == "geweigerd":
        return " ".join(filter(None, ["Geweigerd bestand", bericht.eigen_kenmerk]))
    wat = "Declaratie" if bericht.soort in DECLARATIES else OP_NAAM[bericht.soort].omschrijving.capitalize()
    return " ".join(filter(None, [wat, bericht.declaratienummer or bericht.identificatie]))


def is_declaratie(bericht: Bericht) -> bool:
    """Whether it has lines that were judged one by one."""
    return bericht.soort in DECLARATIES and bericht.status != "geweigerd"


def tell_stand(bericht: Bericht, vandaag: date) -> Berichtstand:
    """How it stands today."""
    if bericht.status == "verwerkt" and bericht.soort in DECLARATIES:
        return _tell_declaratie(bericht)
    tekst, kleur = STATUSSEN[bericht.status], _KLEUREN.get(bericht.status, "blauw")
    return Berichtstand(tekst, kleur, _VERVOLG.get(bericht.status) or _tell_answer(bericht, vandaag))


def _tell_declaratie(bericht: Bericht) -> Berichtstand:
    """What was awarded of a declaration that was answered."""
    if _VOLLEDIG in bericht.declaratie_retourcodes or (bericht.soort == JW303.naam and not bericht.afgewezen_bedrag):
        return Berichtstand("Alles toegekend", "groen", f"U hoeft niets te doen. Het antwoord ({_answer_of(bericht)}) staat klaar.")
    if not bericht.toegekend_bedrag:
        return Berichtstand("Niets toegekend", "rood", "Lees waarom, en wat u kunt doen.")
    return Berichtstand("Deels toegekend", "oranje", "Lees wat is afgewezen, en wat u kunt doen.")


def _tell_answer(bericht: Bericht, vandaag: date) -> str:
    if bericht.soort in ANTWOORDEN_VAN_AANBIEDER:
        return "De gemeente heeft uw antwoord gelezen."
    uiterlijk = bericht.antwoord_uiterlijk_op
    if bericht.status == "verwerkt" or uiterlijk is None:
        return f"Het antwoord ({_answer_of(bericht)}) staat klaar."
    if uiterlijk < vandaag:
        return f"Het antwoord had er op {datum(uiterlijk)} moeten zijn."
    return f"Antwoord uiterlijk {datum(uiterlijk)} ({termijn(uiterlijk, vandaag)})."


def _answer_of(bericht: Bericht) -> str:
    return OP_NAAM[bericht.soort].antwoord or ""
