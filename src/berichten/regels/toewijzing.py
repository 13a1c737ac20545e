"""Rules on the allocations of a JW301."""

from berichten.regels.dossier import ToewijzingKader
from berichten.regels.kern import Feiten, regel
from berichten.standaard.berichten import ToegewezenProduct


@regel(
    "TR332",
    retourcode="9332",
    niveau=3,
    klasse="ToegewezenProduct",
    element="ToewijzingNummer",
    berichten=("JW301",),
    gevolg="afkeuren",
    titel="Elke toewijzing van een gemeente heeft een eigen nummer.",
    melding="ToewijzingNummer {toewijzingnummer} is al gebruikt met: {anders}.",
    doen="Geef deze toewijzing een nieuw nummer en stuur het bericht opnieuw.",
)
def toewijzingnummer_uniek(product: ToegewezenProduct, kader: ToewijzingKader) -> Feiten | None:
    """Client, aanbieder, product and Ingangsdatum belong to the number; a newer version may change other fields (OP033x1)."""
    bekend = kader.toewijzingen.get(product.toewijzingnummer)
    if bekend is None:
        return None
    categorie, code = (product.product.categorie, product.product.code) if product.product else (None, None)
    anders = [
        naam
        for naam, gelijk in (
            ("een andere cliënt", bekend.bsn == kader.bsn),
            ("een andere aanbieder", bekend.agb == kader.agb),
            ("een ander product", (bekend.categorie, bekend.productcode) == (categorie, code)),
            ("een andere ingangsdatum", bekend.ingangsdatum == product.ingangsdatum),
        )
        if not gelijk
    ]
    return {"toewijzingnummer": product.toewijzingnummer, "anders": anders} if anders else None
