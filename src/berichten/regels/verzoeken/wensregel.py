"""What the gemeente's own findings on a request have in common (VERZOEKEN 9): they tell who decides, and never reject.

Each may propose a reason of refusal (WJ759). A check that lacks its facts flags nothing.
"""

from collections.abc import Callable
from typing import Literal

from berichten.dossier.verzoeken.wens import Wens
from berichten.kern.regel import Regel, Toets, Voorstel, regel
from berichten.regels.inhoud.inhoudsregel import name
from berichten.standaard.waarden.verzoeken import TeWijzigenProduct

GEEN_VOORSTEL = Voorstel(None, "Dit is alleen een signaal; hierbij hoort geen reden van afwijzing.")
AANGEVRAAGD, TE_WIJZIGEN, NIEUW = "AangevraagdProduct", "TeWijzigenProduct", "NieuwProduct"
_BERICHTEN = {AANGEVRAAGD: "JW315", TE_WIJZIGEN: "JW317", NIEUW: "JW317"}


def wensregel(
    regel_id: str,
    *klassen: str,
    gevolg: Literal["beoordelen", "signaal"],
    titel: str,
    melding: str,
    doen: str,
    bron: str,
    voorstel: Voorstel = GEEN_VOORSTEL,
    element: str = "",
) -> Callable[[Toets], Regel]:
    """A finding on one product that is asked for, in these classes."""
    return regel(
        regel_id, retourcode=None, niveau=4, klasse=" of ".join(", ".join(klassen).rsplit(", ", 1)), element=element,
        berichten=tuple(dict.fromkeys(_BERICHTEN[klasse] for klasse in klassen)), gevolg=gevolg, titel=titel, melding=melding,
        doen=doen, bron=bron, voorstel=voorstel,
    )  # fmt: skip


def reden(code: str, naam: str) -> Voorstel:
    """The reason of refusal that fits."""
    return Voorstel(None, f"Wijst u het verzoek hierom af, dan past reden {code} ({naam}).", code)


def wat(wens: Wens) -> dict[str, object]:
    """What a sentence begins with, and of a change the number of its allocation."""
    gegevens = name(wens.bron)
    return {**gegevens, "toewijzingnummer": wens.bron.toewijzingnummer} if isinstance(wens.bron, TeWijzigenProduct) else gegevens
