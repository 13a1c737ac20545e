"""The rule on Product in an allocation, a start or a stop, against the product list of the gemeente."""

from berichten.dossier.dossier import LeveringKader, ToewijzingKader
from berichten.kern.regel import Gegevens, regel
from berichten.standaard.waarden.berichten import StartProduct, StopProduct, ToegewezenProduct


@regel(
    "TR381",
    retourcode="S329",
    niveau=4,
    klasse="ToegewezenProduct, StartProduct of StopProduct",
    element="Product/Code",
    berichten=("JW301", "JW305", "JW307"),
    gevolg="afkeuren",
    titel="De productcode hoort in de productcategorie, volgens de productcodelijst van de gemeente.",
    melding="Productcode {code} hoort volgens de productcodelijst {plaats}, en niet bij categorie {categorie}.",
    doen="Controleer code en categorie in de productcodelijst van de gemeente en stuur het bericht opnieuw.",
)
def code_hoort_bij_categorie(
    product: ToegewezenProduct | StartProduct | StopProduct, kader: ToewijzingKader | LeveringKader
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
