"""The rule on Product in an allocation, a start, a stop or a request, against the product list of the gemeente."""

from functools import partial

from berichten.dossier.dossier import LeveringKader, ToewijzingKader
from berichten.dossier.verzoeken.verzoekkader import VerzoekKader
from berichten.kern.regel import Gegevens, regel
from berichten.standaard.waarden.berichten import StartProduct, StopProduct, ToegewezenProduct
from berichten.standaard.waarden.verzoeken import AangevraagdProduct, NieuwProduct

Geleverd = ToegewezenProduct | StartProduct | StopProduct
Gevraagd = AangevraagdProduct | NieuwProduct


_code_en_categorie = partial(
    regel,
    "TR381",
    retourcode="S329",
    niveau=4,
    element="Product/Code",
    gevolg="afkeuren",
    titel="De productcode hoort in de productcategorie, volgens de productcodelijst van de gemeente.",
    melding="Productcode {code} hoort volgens de productcodelijst {plaats}, en niet bij categorie {categorie}.",
    doen="Controleer code en categorie in de productcodelijst van de gemeente en stuur het bericht opnieuw.",
)


@_code_en_categorie(klasse="ToegewezenProduct, StartProduct of StopProduct", berichten=("JW301", "JW305", "JW307"))
def code_hoort_bij_categorie(
    product: Geleverd | Gevraagd, kader: ToewijzingKader | LeveringKader | VerzoekKader
) -> Gegevens | None:
    """Whatever the dates in the list, as for a billed line. Not judged without a code, or without a list."""
    if product.product is None or product.product.code is None or not kader.contract.heeft_catalogus:
        return None
    code, categorie = product.product.code, product.product.categorie
    categorieen = kader.contract.categories_of(code)
    if categorie in categorieen:
        return None
    plaats = f"bij categorie {', '.join(sorted(categorieen))}" if categorieen else "nergens"
    return {"code": code, "plaats": plaats, "categorie": categorie}


gevraagde_code_hoort_bij_categorie = _code_en_categorie(klasse="AangevraagdProduct of NieuwProduct", berichten=("JW315", "JW317"))(
    code_hoort_bij_categorie.toets
)
