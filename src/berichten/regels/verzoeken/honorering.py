"""Rules on what a JW301 says to a request: its ReferentieAanbieder closes one, and only one that is open (VERZOEKEN 8)."""

from berichten.dossier.dossier import ToewijzingKader
from berichten.dossier.verzoek import Verzoek
from berichten.kern.regel import Gegevens, regel
from berichten.regels.inhoud.inhoudsregel import tell_referentie
from berichten.standaard.waarden.berichten import ToegewezenProduct
from berichten.standaard.waarden.soorten import BEGIN_RELEASE

_JW301 = ("JW301",)
_KLASSE, _ELEMENT = "ToegewezenProduct", "ReferentieAanbieder"


@regel(
    "TR379",
    vanaf=BEGIN_RELEASE["3.2"],
    retourcode="9379",
    niveau=3,
    klasse=_KLASSE,
    element=_ELEMENT,
    berichten=_JW301,
    gevolg="afkeuren",
    titel="Een toewijzing noemt het kenmerk van het verzoek dat zij honoreert, en anders geen kenmerk.",
    melding="Toewijzing {toewijzingnummer} {wat}.",
    doen="{advies}",
)
def kenmerk_van_open_verzoek(product: ToegewezenProduct, kader: ToewijzingKader) -> Gegevens | None:
    """As the requests stood before the message, so that several products may bear one reference. The very version that was kept
    with it before may come again; a later one leaves it empty. Of a JW317 every product that it names bears it, the unchanged
    too. Requests of older releases are not read here, so their references are not known either."""
    referentie = product.referentie_aanbieder
    if referentie is not None and product.toewijzingnummer not in kader.herhaald:
        verzoek = kader.verzoeken.get(referentie)
        oorzaak = _tell_closed(verzoek, kader)
        if oorzaak:
            return {
                "toewijzingnummer": product.toewijzingnummer, "wat": f"noemt kenmerk {tell_referentie(referentie)}, maar {oorzaak}",
                "advies": "Laat ReferentieAanbieder leeg als de toewijzing geen verzoek honoreert, of neem het kenmerk precies "
                "over uit het verzoek, en stuur het bericht opnieuw.",
            }  # fmt: skip
    gemist = _missed(product, kader)
    if gemist is None:
        return None
    return {
        "toewijzingnummer": product.toewijzingnummer,
        "wat": f"staat in het verzoek om wijziging met kenmerk {tell_referentie(gemist.referentie)}, maar noemt dat kenmerk niet",
        "advies": "Zet het kenmerk bij elke toewijzing die het verzoek noemt, ook als die niet verandert, en stuur het bericht "
        "opnieuw.",
    }  # fmt: skip


def _tell_closed(verzoek: Verzoek | None, kader: ToewijzingKader) -> str:
    """Why a reference answers no request; empty when it does."""
    if verzoek is None or verzoek.bsn != kader.bsn:
        return "dat is geen verzoek van deze aanbieder voor deze cliënt"
    if verzoek.is_open:
        return ""
    return "dat verzoek is al toegewezen" if verzoek.toegewezen else "dat verzoek is al afgewezen"


def _missed(product: ToegewezenProduct, kader: ToewijzingKader) -> Verzoek | None:
    """The open JW317 that others of the message answer and that names this allocation too."""
    return next(
        (
            item
            for item in kader.verzoeken.values()
            if product.toewijzingnummer in item.genoemd
            and item.referentie != product.referentie_aanbieder
            and not _tell_closed(item, kader)
        ),
        None,
    )
