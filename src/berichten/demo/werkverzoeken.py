"""Requests of the first aanbieder in that month: granted, refused on domicile, under investigation, and two that wait; and two
allocations that did not arrive well, of which one was rejected (JW302)."""

from dataclasses import replace
from datetime import date

from berichten.beoordeling.verzoeken.verzoekbesluit import Verzoekbesluit, Verzoekweigering
from berichten.demo.werkdag import at_nine, send_bericht
from berichten.inzage.verzoeken.verzoeklijst import Verzoekfilter, list_verzoeken
from berichten.kern.houder import Sleutelhouder
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.verzoeken.beslis_verzoek import decide_verzoek
from berichten.processen.verzoeken.vul_verzoek_aan import note_woonplaats
from berichten.standaard.schrijven.antwoord import AntwoordHeader, write_retour
from berichten.standaard.waarden.onderdelen import Omvang
from berichten.standaard.waarden.soorten import JW301
from berichten.voorbeelden.berichten.regie import write_jw301
from berichten.voorbeelden.berichten.schrijver import Kop
from berichten.voorbeelden.berichten.verzoek import Zorgvraag, grant_jw301, write_jw315, write_jw317
from berichten.voorbeelden.model.model import GEMEENTE, Stadstoewijzing
from berichten.voorbeelden.verhalen.bouw import BEGELEIDING, BEHANDELING, plan_zorg
from berichten.voorbeelden.verhalen.werk import AANBIEDERS, MEI

_WILGEN = AANBIEDERS[0]
_EERSTE = 480_480
"""Of clients who have no allocation yet."""
_LOPEND = 480_408
"""An allocation of that month of which more is asked."""
_KATWIJK = "0537"
_GEHONOREERD = "De huisarts heeft verwezen en het past binnen het contract."
_ELDERS = (
    "Volgens de BRP stond de cliënt voor het verblijf ingeschreven in Katwijk. Die gemeente is akkoord en verwacht uw verzoek."
)
_ONDERZOEK = "Wij zoeken uit of een groepsaanbod dichter bij huis ook kan. U hoort dit voor eind juli."
_PERIODE = "9379"
"""Code with which the aanbieder rejects an allocation: the reference in it is of no request that is open."""
_COMMENTAAR = "De school vraagt om een start direct na de zomervakantie."


def fill_verzoeken(werkplaats: Werkplaats, beoordelaar: str = "demo-beoordelaar") -> None:
    """After `fill_werkmaand`, in the name of this key or person of contractbeheer. Raises RuntimeError for what is refused."""
    wij = Sleutelhouder(GEMEENTE, beoordelaar, "contractbeheer", None, "S. de Boer")
    _ask(werkplaats, date(2026, 6, 17), 0, "VW-ONDERZOEK", "05", "01023456", code=BEHANDELING)
    _ask(werkplaats, date(2026, 6, 18), 1, "VW-WOONPLAATS", "04")
    _decide(werkplaats, wij, date(2026, 6, 22), "VW-ONDERZOEK", Verzoekbesluit("in_onderzoek", _ONDERZOEK))
    _refuse_elders(werkplaats, wij, date(2026, 6, 22), "VW-WOONPLAATS")
    gewenst = _ask(werkplaats, date(2026, 6, 22), 2, "VW-HUISARTS", "02", "01012345")
    _decide(werkplaats, wij, date(2026, 6, 23), "VW-HUISARTS", Verzoekbesluit("honoreren", _GEHONOREERD))
    gegeven = replace(gewenst, toewijzingsdatum=date(2026, 6, 24))
    kop = Kop(_WILGEN.agb, f"VT{gegeven.nummer}", gegeven.toewijzingsdatum)
    # Nobody answers this one, and three working days later that is told.
    _reject_an_allocation(werkplaats)
    send_bericht(at_nine(werkplaats, gegeven.toewijzingsdatum), grant_jw301(kop, gegeven, "VW-HUISARTS"))
    _ask(werkplaats, date(2026, 6, 24), 3, "VW-JEUGDARTS", "03", "01034567", commentaar=_COMMENTAAR)
    lopend = plan_zorg(_WILGEN, _LOPEND, BEGELEIDING, MEI, date(2026, 12, 31)).eerste
    meer = write_jw317(
        Kop(_WILGEN.agb, "VV317", date(2026, 6, 26)), "VW-MEER", lopend, date(2026, 7, 15), Omvang(20, "04", "4")
    )  # fmt: skip
    send_bericht(at_nine(werkplaats, date(2026, 6, 26)), meer)


def _reject_an_allocation(werkplaats: Werkplaats) -> None:
    """The day before, so that answers are watched from then on."""
    gegeven = plan_zorg(_WILGEN, _EERSTE + 9, BEGELEIDING, date(2026, 7, 1), date(2026, 12, 31), omvang=Omvang(4, "04", "2")).eerste
    dag = date(2026, 6, 23)
    jw301 = write_jw301(Kop(_WILGEN.agb, f"VT{gegeven.nummer}", dag), [replace(gegeven, toewijzingsdatum=dag)])
    send_bericht(at_nine(werkplaats, dag), jw301)
    fout = {"Bericht/Client/ToegewezenProducten/ToegewezenProduct": (_PERIODE,)}
    send_bericht(
        at_nine(werkplaats, dag), write_retour(jw301, JW301, AntwoordHeader("VR302", dag, "1.0.0", "1.0.0", ("0200",)), fout)
    )


def _ask(
    werkplaats: Werkplaats,
    dag: date,
    nummer: int,
    referentie: str,
    verwijzertype: str,
    zorgverlenercode: str | None = None,
    *,
    code: str = BEGELEIDING,
    commentaar: str | None = None,
) -> Stadstoewijzing:
    """Ask for four hours a week in the second half of the year; what is asked for, as if it were allocated."""
    omvang = Omvang(4, "04", "2")
    gewenst = plan_zorg(_WILGEN, _EERSTE + nummer, code, date(2026, 7, 1), date(2026, 12, 31), omvang=omvang).eerste
    naam = None if zorgverlenercode else "Jeugdbescherming Rijnland"
    vraag = Zorgvraag(referentie, gewenst, verwijzertype, zorgverlenercode, naam, commentaar)
    send_bericht(at_nine(werkplaats, dag), write_jw315(Kop(_WILGEN.agb, f"VV315{nummer}", dag), [vraag]))
    return gewenst


def _decide(werkplaats: Werkplaats, wij: Sleutelhouder, dag: date, referentie: str, besluit: Verzoekbesluit) -> None:
    toen = at_nine(werkplaats, dag)
    alle = list_verzoeken(toen.seen_by(wij), Verzoekfilter(agb=_WILGEN.agb), 100, None).regels
    verzoek = next(item for item in alle if item.referentie_aanbieder == referentie)
    if besluit.besluit == "honoreren" and verzoek.status == "te_honoreren":
        return  # by policy of the town, as soon as it came
    if besluit.gemeente:
        note_woonplaats(toen, wij, verzoek.verzoek_id, "nee", besluit.gemeente)
    gevolg = decide_verzoek(toen, GEMEENTE, wij.sleutel_id, verzoek.verzoek_id, besluit)
    if isinstance(gevolg, Verzoekweigering):
        raise RuntimeError(gevolg.melding)


def _refuse_elders(werkplaats: Werkplaats, wij: Sleutelhouder, dag: date, referentie: str) -> None:
    """For another gemeente, after its domicile was looked up."""
    _decide(werkplaats, wij, dag, referentie, Verzoekbesluit("afwijzen", _ELDERS, "8", _KATWIJK))
