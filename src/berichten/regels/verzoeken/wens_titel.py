"""Findings on the ground of what is asked for: VZ04, VZ05 and VZ09 (VERZOEKEN 9)."""

from berichten.dossier.verzoeken.verzoekfeiten import VerzoekFeiten
from berichten.dossier.verzoeken.wens import Wens, classify
from berichten.kern.kalender import age_on
from berichten.kern.regel import Gegevens, Voorstel
from berichten.regels.eigen.kaders import VOLWASSEN, VOOR_VOLWASSENEN
from berichten.regels.verzoeken.wens_contract import contracted_codes
from berichten.regels.verzoeken.wensregel import AANGEVRAAGD, NIEUW, TE_WIJZIGEN, reden, wat, wensregel
from berichten.standaard.waarden.verzoeken import AangevraagdProduct, TeWijzigenProduct

_GEMEENTE, _GEEN, _RECHTER = "01", "06", "08"
"""Referrers (COD327): the gemeente, none, and a court or who carries out what it ordered."""
_ONDER_HETZELFDE_NUMMER = ("geen", "geheel", "einddatum")


@wensregel(
    "VZ04", AANGEVRAAGD, TE_WIJZIGEN, NIEUW,
    element="Product",
    gevolg="beoordelen",
    bron="Jeugdwet, artikel 1.1; task force Holland Rijnland, jeugdhulp na 18 jaar",
    titel="Hulp vanaf 18 jaar heeft een 18+-tarief of is verlengde jeugdhulp.",
    melding="{wat} gaat in op {ingangsdatum}. De cliënt is dan {leeftijd} jaar, en dit is geen hulp voor 18 jaar en ouder.",
    doen="Kijk of verlengde jeugdhulp of hulp uit een andere wet past, of wijs het verzoek af.",
    voorstel=reden("9", "leeftijdsgrens is bereikt"),
)  # fmt: skip
def jonger_dan_18(wens: Wens, feiten: VerzoekFeiten) -> Gegevens | None:
    """Not where the birth date is not known to the day. Of a category any contracted product in it for who is 18 will do."""
    dag = wens.ingangsdatum
    if feiten.geboortedatum is None or age_on(feiten.geboortedatum, dag) < VOLWASSEN:
        return None
    codes = contracted_codes(wens.product, feiten.contract, dag)
    if wens.product is not None and wens.product.code is not None:
        codes = frozenset((wens.product.code,))
    producten = (feiten.contract.product_on(code, dag) for code in codes)
    if any(item is not None and item.tells(*VOOR_VOLWASSENEN) for item in producten):
        return None
    return {**wat(wens), "ingangsdatum": dag, "leeftijd": age_on(feiten.geboortedatum, dag)}


@wensregel(
    "VZ05", AANGEVRAAGD, TE_WIJZIGEN, NIEUW,
    gevolg="beoordelen",
    bron="Alphen aan den Rijn, inkoopdocument 2024, par. 10.3",
    titel="Wat wordt gevraagd, gaat niet in voordat het verzoek er is.",
    melding="{wat} gaat in op {ingangsdatum}, maar het verzoek kwam pas op {ontvangen} binnen.",
    doen="Ga na of een besluit met terugwerkende kracht hier is afgesproken, en spreek anders een latere datum af.",
    voorstel=Voorstel(None, "Hierbij past geen eigen reden van afwijzing. Noem het in de motivering als u het verzoek afwijst."),
)  # fmt: skip
def niet_met_terugwerkende_kracht(wens: Wens, feiten: VerzoekFeiten) -> Gegevens | None:
    """Normal for what a court ordered, and for a change of the whole allocation: that counts from its Ingangsdatum."""
    if wens.ingangsdatum >= feiten.ontvangen:
        return None
    if isinstance(wens.bron, AangevraagdProduct) and wens.bron.verwijzer.type == _RECHTER:
        return None
    if _changes_the_whole(wens):
        return None
    return {**wat(wens), "ingangsdatum": wens.ingangsdatum, "ontvangen": feiten.ontvangen}


def _changes_the_whole(wens: Wens) -> bool:
    """Whether this is a change from the Ingangsdatum of its allocation on that keeps the number, as IV093 has it."""
    if wens.toewijzing is None or not isinstance(wens.bron, TeWijzigenProduct):
        return False
    return wens.ingangsdatum == wens.toewijzing.ingangsdatum and classify(wens.bron, wens.toewijzing) in _ONDER_HETZELFDE_NUMMER


@wensregel(
    "VZ09", AANGEVRAAGD,
    element="Verwijzer/Type",
    gevolg="signaal",
    bron="iJw 3.2, OP307",
    titel="Een cliënt komt bij een aanbieder met een verwijzing of een beschikking.",
    melding="{wat} noemt {verwijzer} en geen beschikking. Zo blijkt niet dat de cliënt recht op deze hulp heeft.",
    doen="Vraag de aanbieder naar de verwijzing, of kijk of de gemeente een beschikking gaf.",
    voorstel=reden("7", "zorginhoudelijke afkeur"),
)  # fmt: skip
def heeft_titel(wens: Wens, _: VerzoekFeiten) -> Gegevens | None:
    """Who refers himself, or is sent by the gemeente, needs an open beschikking."""
    product = wens.bron
    if not isinstance(product, AangevraagdProduct) or product.beschikkingnummer is not None:
        return None
    verwijzers = {_GEEN: "geen verwijzer", _GEMEENTE: "de gemeente als verwijzer"}
    verwijzer = verwijzers.get(product.verwijzer.type)
    return None if verwijzer is None else {**wat(wens), "verwijzer": verwijzer}
