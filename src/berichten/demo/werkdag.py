"""Fills an installation with the work of a month, each message on its own day; used by the demo and by the tests of the portal."""

from dataclasses import replace
from datetime import date, timedelta

from berichten.klok import begin_of
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.berichten.verwerk_bericht import handle_stroom
from berichten.processen.besluiten.ontvang_verantwoording import accept_records
from berichten.processen.ontvangst.ontvang_bericht import Ontvangen, accept
from berichten.processen.referentie.laad_referentie import load_referentie
from berichten.voorbeelden.model.model import GEMEENTE
from berichten.voorbeelden.verhalen.werk import GEGEVEN, make_werk


def fill_werkmaand(werkplaats: Werkplaats) -> None:
    """Loads, records and sends it; what was sent before is not sent again. Raises RuntimeError for what is refused."""
    werk = make_werk()
    for soort, inhoud in werk.referentie.items():
        _raise_for(load_referentie(werkplaats, soort, inhoud.encode()).fouten)
    for item in werk.berichten:
        if item.dag == GEGEVEN:
            send_bericht(at_nine(werkplaats, item.dag), item.bericht.inhoud)
    for agb, inhoud in werk.verantwoording.items():
        _raise_for(accept_records(at_nine(werkplaats, GEGEVEN), GEMEENTE, agb, inhoud.encode()).inlezing.fouten)
    for item in werk.berichten:
        if item.dag != GEGEVEN:
            send_bericht(at_nine(werkplaats, item.dag), item.bericht.inhoud)


def at_nine(werkplaats: Werkplaats, dag: date) -> Werkplaats:
    """The same parts at nine in the morning of a day."""
    negen = begin_of(dag) + timedelta(hours=9)
    return replace(werkplaats, instellingen=werkplaats.instellingen.model_copy(update={"stilgezet_op": negen}))


def send_bericht(werkplaats: Werkplaats, inhoud: bytes) -> None:
    """Send one message and have it handled. Raises RuntimeError when it is refused."""
    uitkomst = accept(werkplaats, inhoud, None)
    if not isinstance(uitkomst, Ontvangen):
        raise RuntimeError(type(uitkomst).__name__)
    handle_stroom(werkplaats, uitkomst.rij.gemeente, uitkomst.rij.agb or "")


def _raise_for(fouten: object) -> None:
    if fouten:
        raise RuntimeError(str(fouten))
