"""What was asked, decided and refused about the work of that month, so that the pages of an aanbieder have something to tell."""

from datetime import date
from typing import Literal

from berichten.beoordeling.besluit import Besluit, Besluitweigering
from berichten.demo.werkdag import at_nine
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.berichten.berichten import Berichtfilter, list_berichten
from berichten.inzage.besluiten.prestaties import Prestatiefilter, list_prestaties
from berichten.kern.houder import Sleutelhouder
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.berichten.verwerk_bericht import handle_stroom
from berichten.processen.besluiten.beslis_prestatie import BesluitGeweigerd, decide
from berichten.processen.besluiten.plaats_opmerking import place_opmerking
from berichten.processen.ontvangst.ontvang_bericht import accept
from berichten.voorbeelden.model.model import GEMEENTE
from berichten.voorbeelden.verhalen.werk import AANBIEDERS, make_werk

AGB = AANBIEDERS[0].agb
LAATST = date(2026, 6, 29)
_BRON = "VW90110617"
"""A declaration that is sent again with mistakes."""
_GEEN_SHOW = (
    "Op 19 mei kwam de cliënt niet. Die 90 minuten mag u niet declareren. Dien de regel opnieuw in met 270 minuten en een nieuw"
    " referentienummer."
)
_TERUG = "We kennen de regel toe. Vraag de 45 minuten overleg terug met een creditregel en declareer daarna 435 minuten."
_VRAAG = "In de verantwoording staan 720 minuten, u declareert er 780. Klopt de no-show van 12 mei?"
_EIGEN_VRAAG = "De cliënt kwam een half uur te laat en niet helemaal niet. Hoe leggen wij dat vast?"


def fill_verkeer(werkplaats: Werkplaats, beoordelaar: str = "demo-beoordelaar", aanbieder: str = "demo-aanbieder") -> None:
    """After `fill_werkmaand`: a question of each side, two decisions, a declaration rejected as a whole and a refused attempt.

    In the name of these two: a key or a person of contractbeheer, and one of the first aanbieder.
    """
    toen = at_nine(werkplaats, LAATST)
    wij = Sleutelhouder(GEMEENTE, beoordelaar, "contractbeheer", None, "S. de Boer")
    zij = Sleutelhouder(GEMEENTE, aanbieder, "aanbieder", AGB, AANBIEDERS[0].naam)
    _decide(toen, wij, "VW90110612", "DE0-MEI-10", "afwijzen", _GEEN_SHOW)
    _decide(toen, wij, "VW90110629", "DE0-MEI-05", "toekennen", _TERUG)
    _ask(toen, wij, "VW90110616", "DE0-MEI-06", _VRAAG)
    _ask(toen, zij, "VW90110617", "DE0-MEI-02", _EIGEN_VRAAG)
    for inhoud in (spoil_bericht(), repeat_bericht()):
        accept(toen, inhoud, zij, "mei-opnieuw.xml")
    handle_stroom(toen, GEMEENTE, AGB)


def spoil_bericht() -> bytes:
    """A declaration that is no valid message: a day as nobody writes it here, and a unit that there is not."""
    inhoud = _original()
    return inhoud.replace(b"Begindatum>2026-05-01", b"Begindatum>01-05-2026", 2).replace(b"Eenheid>01<", b"Eenheid>1<", 1)


def repeat_bericht() -> bytes:
    """The same declaration under another Identificatie: its number was used."""
    return _original().replace(b"Identificatie>VW90110617", b"Identificatie>VW90110617B", 1)


def _original() -> bytes:
    return next(item.bericht.inhoud for item in make_werk().berichten if item.bericht.bestandsnaam == f"JW323_{_BRON}.xml")


def _line(kijker: Kijker, declaratie: str, referentie: str) -> int:
    (bericht,) = list_berichten(kijker, Berichtfilter(declaratienummer=declaratie), 1, None).regels
    regels = list_prestaties(kijker, bericht.bericht_id, Prestatiefilter(), 100, None)
    return next(item.prestatie_id for item in (regels.regels if regels else ()) if item.referentienummer == referentie)


def _decide(
    werkplaats: Werkplaats,
    houder: Sleutelhouder,
    declaratie: str,
    referentie: str,
    besluit: Literal["toekennen", "afwijzen"],
    motivering: str,
) -> None:
    regel = _line(werkplaats.seen_by(houder), declaratie, referentie)
    code, terug = ("0611", False) if besluit == "afwijzen" else (None, True)
    gevolg = decide(werkplaats, GEMEENTE, houder.sleutel_id, [Besluit(regel, besluit, motivering, code, terug)])
    if isinstance(gevolg, BesluitGeweigerd):
        raise RuntimeError(str(gevolg.fouten))


def _ask(werkplaats: Werkplaats, houder: Sleutelhouder, declaratie: str, referentie: str, tekst: str) -> None:
    gevolg = place_opmerking(werkplaats, houder, _line(werkplaats.seen_by(houder), declaratie, referentie), tekst)
    if isinstance(gevolg, Besluitweigering):
        raise RuntimeError(gevolg.melding)
