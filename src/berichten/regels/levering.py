"""Rules on the start (JW305) and stop (JW307) of delivery."""

from berichten.regels.dossier import LeveringKader
from berichten.regels.kern import Feiten, regel
from berichten.standaard.berichten import StartProduct, StopProduct


@regel(
    "TR019",
    retourcode="9019",
    niveau=3,
    klasse="StartProduct of StopProduct",
    element="ToewijzingNummer",
    berichten=("JW305", "JW307"),
    gevolg="afkeuren",
    titel="Een start of stop hoort bij een toewijzing van de aanbieder.",
    melding="Bij ToewijzingNummer {toewijzingnummer} {oorzaak}.",
    doen="Neem het nummer over uit het toewijzingsbericht van de gemeente en stuur de melding opnieuw.",
)
def levering_bij_toewijzing(product: StartProduct | StopProduct, kader: LeveringKader) -> Feiten | None:
    """Task-based work has no ToewijzingNummer and is tied to the client only; a removed allocation cannot be started."""
    if product.toewijzingnummer is None:
        return None
    toewijzing = kader.toewijzingen.get(product.toewijzingnummer)
    if toewijzing is None:
        oorzaak = "is bij u geen toewijzing bekend"
    elif toewijzing.bsn != kader.bsn:
        oorzaak = "hoort een andere cliënt dan degene in dit bericht"
    elif toewijzing.verwijderd:
        oorzaak = "is de toewijzing door de gemeente verwijderd"
    else:
        return None
    return {"toewijzingnummer": product.toewijzingnummer, "oorzaak": oorzaak}
