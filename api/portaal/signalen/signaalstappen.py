"""Forms of the page of a signal: a step with a reason, and sharing it with its aanbieder."""

from datetime import date
from typing import Annotated

from fastapi import Form
from fastapi.responses import Response

from api.portaal.schil.bladzij import Bladzij, Contractbeheer, Melding
from api.portaal.schil.invoer import GEEN_DAG, parse_dag
from api.portaal.schil.paginarouter import Paginarouter
from api.portaal.signalen.signalenlijst import SignaalId, show_signaal
from berichten.kern.nietnu import NietNu
from berichten.processen.signalen.werk_bij import refresh_signalen
from berichten.processen.signalen.werk_casus_bij import refresh_casussignalen
from berichten.processen.signalen.zet_stap_signaal import WOORDEN, Gewenstestap, share_with_aanbieder, step_signaal

router = Paginarouter()


@router.post("/signalen/bijwerken")
def post_bijwerken(bladzij: Contractbeheer) -> Response:
    """As the night does it, those on families too."""
    refresh_casussignalen(*bladzij.acting())
    gedaan = refresh_signalen(*bladzij.acting())
    return bladzij.go("/portaal/signalen", Melding(f"De signalen zijn bijgewerkt tot vandaag. Nieuw: {gedaan.nieuw}."))


@router.post("/signalen/{signaal_id}/stap")
def post_signaalstap(
    bladzij: Contractbeheer,
    signaal_id: SignaalId,
    staat: Annotated[str, Form()] = "",
    reden: Annotated[str, Form()] = "",
    termijn: Annotated[str, Form()] = "",
) -> Response:
    """What cannot be done is told with what was filled in."""
    dag = _read_dag(termijn) if staat == "gesprek" else None
    if termijn and staat == "gesprek" and dag is None:
        return _refuse(bladzij, signaal_id, GEEN_DAG, staat, reden, termijn)
    if staat not in WOORDEN:
        return _refuse(bladzij, signaal_id, "Kies wat u met het signaal doet.", staat, reden, termijn)
    uitkomst = step_signaal(*bladzij.acting(), signaal_id, Gewenstestap(staat, reden.strip(), termijn=dag))
    if isinstance(uitkomst, NietNu):
        return _refuse(bladzij, signaal_id, uitkomst.melding, staat, reden, termijn)
    return bladzij.tell(uitkomst, f"Het signaal staat nu op: {WOORDEN[staat]}.", f"/portaal/signalen/{signaal_id}")


def _read_dag(tekst: str) -> date | None:
    try:
        return parse_dag(tekst.strip()) if tekst.strip() else None
    except ValueError:
        return None


def _refuse(bladzij: Bladzij, signaal_id: int, waarom: str, staat: str, reden: str, termijn: str) -> Response:
    melding = Melding(waarom, "error")
    return show_signaal(bladzij, signaal_id, 400, (melding,), staat=staat, reden=reden, termijn=termijn)


@router.post("/signalen/{signaal_id}/deling")
def post_signaaldeling(bladzij: Contractbeheer, signaal_id: SignaalId) -> Response:
    """From now on its aanbieder sees it."""
    gedeeld = share_with_aanbieder(*bladzij.acting(), signaal_id)
    return bladzij.tell(gedeeld, "De aanbieder ziet dit signaal nu en kan het verklaren.", f"/portaal/signalen/{signaal_id}")
