"""Where an aanbieder begins: what waits for it, what went wrong lately, and what waits for the gemeente."""

from datetime import timedelta

from fastapi.responses import Response

from api.portaal.aanbieder.berichtwoorden import name_bericht, tell_stand
from api.portaal.schil.bladzij import Aanbieder
from api.portaal.schil.paginarouter import Paginarouter
from api.portaal.verzoeken.verzoekwoorden import name_verzoek, tell_aanbieder
from berichten.inzage.berichten.berichten import Bericht, Berichtfilter, list_berichten
from berichten.inzage.besluiten.besluiten import list_creditverzoeken
from berichten.inzage.besluiten.eerdere import list_vragen
from berichten.inzage.naslag.namen import find_namen
from berichten.inzage.signalen.signaallijst import list_signalen
from berichten.inzage.verzoeken.verzoeklijst import Verzoekfilter, list_verzoeken

router = Paginarouter()
_MEEST = 10
"""Of each; the rest stands in the lists."""
_VERS = timedelta(days=14)
"""For how long an answer to a request stands here."""
_RECENT = 50
"""Messages that are gone through for what went wrong."""


@router.get("/start")
def get_start(bladzij: Aanbieder) -> Response:
    """A few of each, newest first."""
    kijker, vandaag = bladzij.kijker, bladzij.vandaag
    recent = list_berichten(kijker, Berichtfilter(), _RECENT, None).regels
    mis = [item for item in recent if _went_wrong(item)]
    wacht = list_berichten(kijker, Berichtfilter(status="ter_beoordeling"), _RECENT, None).regels
    namen, sinds = find_namen(kijker), bladzij.werkplaats.instellingen.nu() - _VERS
    beantwoord = list_verzoeken(kijker, Verzoekfilter(beantwoord_vanaf=sinds), _MEEST, None).regels
    return bladzij.show(
        "aanbieder/start.html",
        titel="Vandaag",
        vragen=list_vragen(kijker, "aanbieder", _MEEST, None).regels,
        terug=list_creditverzoeken(kijker, _MEEST, None),
        beantwoord=[(item, name_verzoek(item, namen), tell_aanbieder(item)) for item in beantwoord],
        signalen=list_signalen(kijker, None, None, "open", _MEEST, None).regels,
        mis=[(item, name_bericht(item), tell_stand(item, vandaag)) for item in mis[:_MEEST]],
        wacht=[
            (item, name_bericht(item)) for item in sorted(wacht, key=lambda item: item.antwoord_uiterlijk_op or vandaag)[:_MEEST]
        ],
    )


def _went_wrong(bericht: Bericht) -> bool:
    return bericht.status in ("geweigerd", "afgekeurd") or bool(bericht.afgewezen_bedrag)
