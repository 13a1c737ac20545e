"""Rules of level 2 on the start (JW305) and stop (JW307) of delivery."""

from berichten.kern.regel import Gegevens
from berichten.regels.inhoud.inhoudsregel import Inhoud, inhoudsregel
from berichten.standaard.waarden.berichten import StartProduct, StopProduct

_STATUSSEN = {"2": "wijziging", "9": "ongewijzigd"}


@inhoudsregel(
    "CS058",
    klasse="StartProduct of StopProduct",
    element="StatusAanlevering",
    berichten=("JW305", "JW307"),
    titel="Een start of stop is een eerste aanlevering of een verwijdering.",
    melding="StatusAanlevering is {status} ({betekenis}). Een start of stop kunt u alleen aanleveren (1) of verwijderen (3).",
    doen="Verwijder de eerdere melding met status 3 en lever de juiste aan met status 1.",
)
def status_is_nieuw_of_verwijderd(product: StartProduct | StopProduct, _: Inhoud) -> Gegevens | None:
    """The schema knows two more codes, that other messages used once."""
    status = product.status_aanlevering
    return None if status in ("1", "3") else {"status": status, "betekenis": _STATUSSEN.get(status, "onbekende status")}


@inhoudsregel(
    "TR018",
    klasse="StopProduct",
    element="Einddatum",
    berichten=("JW307",),
    titel="Hulp stopt niet voordat zij begonnen is.",
    melding="De hulp stopt volgens de melding op {einddatum}, maar begint pas op {begindatum}.",
    doen="Herstel de begindatum of de einddatum en stuur de melding opnieuw.",
)
def stop_na_begin(product: StopProduct, _: Inhoud) -> Gegevens | None:
    """Care may begin and end on the same day."""
    if product.einddatum < product.begindatum:
        return {"begindatum": product.begindatum, "einddatum": product.einddatum}
    return None


@inhoudsregel(
    "TR134",
    klasse="StartProduct",
    element="Begindatum",
    berichten=("JW305",),
    titel="Een start is niet later dan de dagtekening van het bericht.",
    melding="De hulp begint volgens de melding op {begindatum}, maar de dagtekening van het bericht is {dagtekening}.",
    doen="Meld een start op de dag zelf of daarna. Herstel de begindatum of wacht tot die dag, en stuur de melding opnieuw.",
)
def start_niet_na_dagtekening(product: StartProduct, inhoud: Inhoud) -> Gegevens | None:
    """The day of the message itself is allowed. Also of a removal: what it takes back was a start."""
    if product.begindatum > inhoud.dagtekening:
        return {"begindatum": product.begindatum, "dagtekening": inhoud.dagtekening}
    return None


@inhoudsregel(
    "TR134",
    klasse="StopProduct",
    element="Einddatum",
    berichten=("JW307",),
    titel="Een stop is niet later dan de dagtekening van het bericht.",
    melding="De hulp stopt volgens de melding op {einddatum}, maar de dagtekening van het bericht is {dagtekening}.",
    doen="Meld een stop op de dag zelf of daarna. Herstel de einddatum of wacht tot die dag, en stuur de melding opnieuw.",
)
def stop_niet_na_dagtekening(product: StopProduct, inhoud: Inhoud) -> Gegevens | None:
    """By Einddatum; the day of the message itself is allowed."""
    if product.einddatum > inhoud.dagtekening:
        return {"einddatum": product.einddatum, "dagtekening": inhoud.dagtekening}
    return None
