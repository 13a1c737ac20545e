"""Findings on what is asked for against contract, norms and frames: VZ01, VZ02 and VZ08 (VERZOEKEN 9)."""

from datetime import date

from berichten.dossier.contract import EUROS, MINUUT, UUR, Contract
from berichten.dossier.eigen_feiten import Kader
from berichten.dossier.normbedrag import list_prijzen, make_normbedrag, read_norm
from berichten.dossier.verzoeken.verzoekfeiten import VerzoekFeiten
from berichten.dossier.verzoeken.wens import Wens, as_toewijzing
from berichten.dossier.volumes import most_in_all
from berichten.kern.kalender import count_maanden
from berichten.kern.regel import Gegevens, regel
from berichten.kern.tekst import datum, euro, getal, naam_eenheid
from berichten.regels.inhoud.inhoudsregel import tell_referentie
from berichten.regels.verzoeken.wensregel import AANGEVRAAGD, NIEUW, TE_WIJZIGEN, reden, wat, wensregel
from berichten.standaard.waarden.onderdelen import Product
from berichten.standaard.waarden.verzoeken import AangevraagdProduct, Wijzigingsverzoek

_TIJD = {MINUUT: 1, UUR: 60}
_BUITEN_CONTRACT = reden("4", "past niet binnen contract")


@wensregel(
    "VZ01", AANGEVRAAGD, TE_WIJZIGEN, NIEUW,
    element="Product",
    gevolg="beoordelen",
    bron="iJw 3.2, OP296",
    titel="De aanbieder heeft op de ingangsdatum een contract voor wat hij vraagt.",
    melding="{wat} gaat in op {ingangsdatum}. De aanbieder heeft op die dag geen contract voor {product}.{raamcontract}",
    doen="Kijk of er een contract komt. Zo niet, wijs het verzoek dan af.",
    voorstel=reden("3", "geen contract"),
)  # fmt: skip
def heeft_contract(wens: Wens, feiten: VerzoekFeiten) -> Gegevens | None:
    """Of a category any product in it will do, of a generic request any product at all. Who relies on a national contract need not
    have one here: then it is a signal only."""
    if not feiten.contract.heeft_contracten or contracted_codes(wens.product, feiten.contract, wens.ingangsdatum):
        return None
    landelijk = isinstance(wens.bron, AangevraagdProduct) and wens.bron.raamcontract
    return {
        **wat(wens), "ingangsdatum": wens.ingangsdatum, "product": _tell_product(wens.product),
        "raamcontract": " Hij beroept zich op een landelijk contract." if landelijk else "",
    }  # fmt: skip


@wensregel(
    "VZ02", AANGEVRAAGD, TE_WIJZIGEN, NIEUW,
    element="Omvang",
    gevolg="beoordelen",
    bron="iJw 3.2, OP296",
    titel="Wat de aanbieder vraagt, past binnen zijn contract: eenheid, tarief en einde.",
    melding="{wat} past niet binnen het contract: {oorzaken}.",
    doen="Overleg met de aanbieder of de contractmanager, of wijs het verzoek af.",
    voorstel=_BUITEN_CONTRACT,
)  # fmt: skip
def past_in_contract(wens: Wens, feiten: VerzoekFeiten) -> Gegevens | None:
    """Only of what there is a contract for. Euros have no tariff; minutes fit hours and hours minutes."""
    contract, dag = feiten.contract, wens.ingangsdatum
    codes = contracted_codes(wens.product, contract, dag)
    oorzaken = []
    if wens.product is not None and wens.product.code is not None and (codes or not contract.heeft_contracten):
        oorzaken += _tell_unit(wens, wens.product.code, contract)
    einde = max((contract.last_day(code, dag) for code in codes), default=None)
    if einde is not None and (wens.einddatum or date.max) > einde:
        loopt = "heeft geen einddatum" if wens.einddatum is None else f"loopt tot en met {datum(wens.einddatum)}"
        oorzaken.append(f"het contract eindigt op {datum(einde)} en de aanvraag {loopt}")
    return {**wat(wens), "oorzaken": oorzaken} if oorzaken else None


@regel(
    "VZ02",
    retourcode=None,
    niveau=4,
    klasse="Verzoek",
    berichten=("JW317",),
    gevolg="beoordelen",
    bron="iJw 3.2, OP296",
    titel="De aanbieder mag volgens zijn contract wijzigingen vragen.",
    melding="Volgens het contract vraagt deze aanbieder geen wijzigingen, maar hij deed dat met kenmerk {referentie}.",
    doen="Overleg met de aanbieder of de contractmanager, of wijs het verzoek af.",
    voorstel=_BUITEN_CONTRACT,
)
def mag_wijzigen(verzoek: Wijzigingsverzoek, feiten: VerzoekFeiten) -> Gegevens | None:
    """A request left unanswered would block the next, so it is answered and not rejected.

    No message tells which aanbieder has a role in changes: the gemeente says so, by `geen_rol` in `verzoekbeleid`.
    """
    return None if feiten.mag_wijzigen else {"referentie": tell_referentie(verzoek.referentie)}


@wensregel(
    "VZ08", AANGEVRAAGD, TE_WIJZIGEN, NIEUW,
    element="Budget",
    gevolg="signaal",
    bron="Alphen aan den Rijn, inkoopdocument 2024, par. 8; task force Holland Rijnland, tabel 5a",
    titel="Wat de aanbieder vraagt, blijft binnen de budgetnorm van de categorie en het kader voor het product.",
    melding="{wat} is meer dan gebruikelijk: {oorzaken}.",
    doen="Vraag de aanbieder of het lokale team waarom zoveel nodig is.",
    voorstel=reden("2", "past niet binnen budget"),
)  # fmt: skip
def past_in_budget(wens: Wens, feiten: VerzoekFeiten) -> Gegevens | None:
    """A norm only where its words name a quantity and a tariff is known; of frames the narrowest that holds for the product."""
    oorzaken = [*_tell_norm(wens, feiten), *_tell_frame(wens, feiten)]
    return {**wat(wens), "oorzaken": oorzaken} if oorzaken else None


def contracted_codes(product: Product | None, contract: Contract, dag: date) -> frozenset[str]:
    """Product codes in the contract on a day that come under what is asked for."""
    return contract.contracted(None, None, dag) if product is None else contract.contracted(product.categorie, product.code, dag)


def _tell_product(product: Product | None) -> str:
    if product is None:
        return "enig product"
    return f"een product in categorie {product.categorie}" if product.code is None else f"product {product.code}"


def _tell_unit(wens: Wens, code: str, contract: Contract) -> list[str]:
    omvang, dag = wens.bron.omvang, wens.ingangsdatum
    if omvang is None or omvang.eenheid == EUROS:
        return []
    if contract.heeft_tarieven and not contract.tarieven(code, dag):
        return [f"voor product {code} is op {datum(dag)} geen tarief afgesproken"]
    eenheden = contract.units(code, dag)
    if not eenheden or omvang.eenheid in eenheden or (omvang.eenheid in _TIJD and eenheden & _TIJD.keys()):
        return []
    mag = " of ".join(naam_eenheid(item) for item in sorted(eenheden))
    return [f"de aanvraag is in {naam_eenheid(omvang.eenheid)}, en product {code} gaat in {mag}"]


def _tell_norm(wens: Wens, feiten: VerzoekFeiten) -> list[str]:
    budget, einde = wens.bron.budget, wens.einddatum
    if budget is None or einde is None or wens.product is None or wens.product.categorie not in feiten.normen:
        return []
    norm, dag = read_norm(feiten.normen[wens.product.categorie]), wens.ingangsdatum
    begin = dag if wens.toewijzing is None else wens.toewijzing.ingangsdatum
    prijzen = [] if norm is None else list_prijzen(feiten.contract, wens.product.categorie, norm.eenheid, dag, dag)
    bedrag = make_normbedrag(norm, begin, einde, budget, prijzen)
    if bedrag.vergelijking != "hoger" or bedrag.bedrag_tot is None:
        return []
    return [f"het budget van {euro(budget)} is hoger dan de norm, die op hoogstens {euro(bedrag.bedrag_tot)} uitkomt"]


def _tell_frame(wens: Wens, feiten: VerzoekFeiten) -> list[str]:
    kader, einde = _frame_of(wens, feiten), wens.einddatum
    if kader is None:
        return []
    oorzaken = []
    if kader.max_maanden is not None and einde is not None and count_maanden(wens.ingangsdatum, einde) > kader.max_maanden:
        maanden = count_maanden(wens.ingangsdatum, einde)
        oorzaken.append(f"de aanvraag loopt over {maanden} maanden, en het kader ‘{kader.kader}’ geeft er {kader.max_maanden}")
    minuten = _asked_minutes(wens)
    if kader.max_minuten is not None and minuten > kader.max_minuten:
        meest = getal(kader.max_minuten)
        oorzaken.append(f"de aanvraag komt op {getal(minuten)} minuten, en het kader ‘{kader.kader}’ geeft er {meest}")
    return oorzaken


def _frame_of(wens: Wens, feiten: VerzoekFeiten) -> Kader | None:
    code, dag = wens.product and wens.product.code, wens.ingangsdatum
    product = feiten.contract.product_on(code, dag) if code else None
    if product is None:
        return None
    passend = (item for item in feiten.kaders if item.fits(product.segment, product.zorgvorm, dag))
    return min(passend, key=lambda item: item.smal, default=None)


def _asked_minutes(wens: Wens) -> int:
    """Minutes over the whole period asked for; 0 when it is not in time, or has no end."""
    omvang, einde = wens.bron.omvang, wens.einddatum
    if omvang is None or einde is None or omvang.eenheid not in _TIJD:
        return 0
    maximum = most_in_all(as_toewijzing(wens), einde)
    return maximum.volume * _TIJD[omvang.eenheid] if maximum else 0
