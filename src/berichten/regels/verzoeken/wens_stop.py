"""Finding on what is asked for while the aanbieder may take no new clients: VZ15 (STUREN 5)."""

from datetime import date, timedelta

from berichten.dossier.contract import Contract
from berichten.dossier.dossier import Toewijzing
from berichten.dossier.verzoeken.verzoekfeiten import Clientenstop, VerzoekFeiten
from berichten.dossier.verzoeken.verzoekkader import is_current, product_of
from berichten.dossier.verzoeken.wens import Wens
from berichten.kern.regel import Gegevens
from berichten.regels.verzoeken.wens_contract import contracted_codes
from berichten.regels.verzoeken.wensregel import AANGEVRAAGD, reden, wat, wensregel
from berichten.standaard.waarden.onderdelen import Product


@wensregel(
    "VZ15", AANGEVRAAGD,
    element="Product",
    gevolg="beoordelen",
    bron="Alphen aan den Rijn, inkoopdocument 2024, par. 9.4",
    titel="Tijdens een cliëntenstop vraagt een aanbieder geen hulp voor nieuwe cliënten.",
    melding="{wat} kwam op {ontvangen} binnen. Sinds {van} geldt voor deze aanbieder een cliëntenstop{waarvoor}, en deze cliënt had"
    " op de dag ervoor nog geen hulp bij hem{eronder}.",
    doen="Kijk of de hulp ergens anders kan. Zo ja, wijs het verzoek dan af.",
    voorstel=reden("4", "past niet binnen contract"),
)  # fmt: skip
def geen_clientenstop(wens: Wens, feiten: VerzoekFeiten) -> Gegevens | None:
    """Who had an allocation here (that falls under the stop, or names no product) on the day before it began is no new client. A
    stop of one category or segment says nothing of a request that names no product in it."""
    eigen = [verloop.nu for verloop in feiten.kader.toewijzingen.values()]
    for stop in feiten.stops:
        if stop.holds_on(feiten.ontvangen) and _covers(stop, wens.product, wens, feiten.contract):
            ervoor = stop.van - timedelta(days=1)
            had = [product_of(item) for item in eigen if _ran_on(item, ervoor)]
            if not any(product is None or _covers(stop, product, wens, feiten.contract) for product in had):
                waarvoor = f" voor categorie {stop.categorie}" if stop.categorie else ""
                waarvoor += f" voor segment {stop.segment}" if stop.segment else ""
                eronder = " die daaronder valt" if waarvoor else ""
                return {**wat(wens), "ontvangen": feiten.ontvangen, "van": stop.van, "waarvoor": waarvoor, "eronder": eronder}
    return None


def _ran_on(toewijzing: Toewijzing, dag: date) -> bool:
    return toewijzing.ingangsdatum <= dag and is_current(toewijzing, dag)


def _covers(stop: Clientenstop, product: Product | None, wens: Wens, contract: Contract) -> bool:
    """Whether a stop is about a product; of a category without code about any product in the contract that comes under it."""
    if stop.categorie and (product is None or product.categorie != stop.categorie):
        return False
    if not stop.segment:
        return True
    dag = wens.ingangsdatum
    codes = {product.code} if product is not None and product.code else contracted_codes(product, contract, dag)
    gevonden = (contract.product_on(code, dag) for code in codes)
    return product is not None and any(item is not None and item.segment == stop.segment for item in gevonden)
