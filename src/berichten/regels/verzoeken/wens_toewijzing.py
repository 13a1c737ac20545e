"""Findings on what is asked for against what the client has: VZ03, VZ06, VZ07, VZ10 and VZ11 (VERZOEKEN 9)."""

from datetime import date, timedelta

from berichten.dossier.dossier import Gebruik, Toewijzing
from berichten.dossier.verzoeken.verzoekfeiten import VerzoekFeiten
from berichten.dossier.verzoeken.verzoekkader import is_current, product_of
from berichten.dossier.verzoeken.wens import Wens, as_toewijzing, classify
from berichten.dossier.volumes import TOTAAL, counted, counting_unit, most_in_all, tell_counted
from berichten.kern.regel import Gegevens
from berichten.kern.taal import limit
from berichten.kern.tekst import datum, euro, naam_eenheid
from berichten.regels.inhoud.overlap import is_same_product
from berichten.regels.verzoeken.wensregel import AANGEVRAAGD, NIEUW, TE_WIJZIGEN, reden, wat, wensregel
from berichten.standaard.waarden.verzoeken import TeWijzigenProduct

_ANDERE_AANVRAAG = reden("1", "geen wijziging, maar een nieuwe aanvraag")
_MAATREGEL = ("jeugdbescherming", "jeugdreclassering")
"""In the name or zorgvorm of a product of a protection or probation measure."""


@wensregel(
    "VZ03", AANGEVRAAGD,
    element="ToewijzingIngangsdatum",
    gevolg="beoordelen",
    bron="iJw 3.2, OP307 en OP347",
    titel="Een aanbieder vraagt geen toewijzing voor wat de cliënt al bij hem heeft.",
    melding="{wat} overlapt met wat de cliënt bij deze aanbieder al heeft voor hetzelfde product: toewijzing {nummers}.",
    doen="Vraag de aanbieder om een verzoek om wijziging, of wijs deze aanvraag af.",
    voorstel=reden("6", "stapeling"),
)  # fmt: skip
def niet_al_toegewezen(wens: Wens, feiten: VerzoekFeiten) -> Gegevens | None:
    """Allocations that are current on the day of judging, with a day in common."""
    nummers = sorted(
        verloop.nu.toewijzingnummer
        for verloop in feiten.kader.toewijzingen.values()
        if is_current(verloop.nu, feiten.kader.vandaag)
        and is_same_product(wens.product, product_of(verloop.nu))
        and _overlaps(wens, verloop.nu)
    )
    return {**wat(wens), "nummers": limit(nummers)} if nummers else None


@wensregel(
    "VZ06", TE_WIJZIGEN,
    gevolg="beoordelen",
    bron="iJw 3.2, OP345 en UP031",
    titel="Een wijziging laat ruimte voor wat al is toegekend of nog wordt beoordeeld.",
    melding="{wat} laat te weinig over voor wat al is gedeclareerd: {oorzaken}.",
    doen="Overleg met de aanbieder over een hoger aantal of een latere datum, of wijs het verzoek af.",
    voorstel=reden("7", "zorginhoudelijke afkeur"),
)  # fmt: skip
def laat_ruimte(wens: Wens, feiten: VerzoekFeiten) -> Gegevens | None:
    """Wanted budget, or total where the change is from the Ingangsdatum on or of the end alone, against what counts; and the last
    day against the last ProductPeriode that was awarded. Of what is split the old part keeps its volume, and ends the day before
    the new one begins."""
    toewijzing = wens.toewijzing
    if toewijzing is None or not isinstance(wens.bron, TeWijzigenProduct):
        return None
    gebruik = feiten.gebruik.get(toewijzing.toewijzingnummer) or Gebruik()
    laatste = feiten.laatste_dagen.get(toewijzing.toewijzingnummer)
    splitst = classify(wens.bron, toewijzing) == "splitsing"
    oorzaken = _tell_budget(wens, gebruik)
    if not splitst:
        oorzaken += _tell_total(wens, toewijzing, gebruik, laatste)
    einde = wens.ingangsdatum - timedelta(days=1) if splitst else wens.einddatum
    if laatste is not None and einde is not None and einde < laatste:
        oorzaken.append(f"de toewijzing zou eindigen op {datum(einde)}, en er is hulp toegekend tot en met {datum(laatste)}")
    return {**wat(wens), "oorzaken": oorzaken} if oorzaken else None


def _tell_budget(wens: Wens, gebruik: Gebruik) -> list[str]:
    budget = wens.bron.budget
    if budget is None or budget >= gebruik.bedrag:
        return []
    return [f"het gevraagde budget is {euro(budget)}, en {euro(gebruik.bedrag)} is toegekend of wordt beoordeeld"]


def _tell_total(wens: Wens, toewijzing: Toewijzing, gebruik: Gebruik, laatste: date | None) -> list[str]:
    """A total in hours fits what was counted in minutes; of other units no two can be held against each other."""
    omvang, nieuw = wens.bron.omvang, as_toewijzing(wens)
    if omvang is None or not _has_total(wens, toewijzing):
        return []
    if counting_unit(nieuw) != counting_unit(toewijzing):
        if not gebruik.volume:
            return []
        geteld = tell_counted(toewijzing.eenheid, gebruik.volume)
        return [f"gevraagd is in {naam_eenheid(omvang.eenheid)}, en {geteld} is al toegekend of wordt beoordeeld"]
    maximum = most_in_all(nieuw, wens.einddatum or laatste or wens.ingangsdatum)
    if maximum is None or counted(nieuw, maximum.volume) >= gebruik.volume:
        return []
    gevraagd = tell_counted(nieuw.eenheid, counted(nieuw, maximum.volume))
    geteld = tell_counted(toewijzing.eenheid, gebruik.volume)
    return [f"gevraagd is in totaal {gevraagd}, en {geteld} is toegekend of wordt beoordeeld"]


def _has_total(wens: Wens, toewijzing: Toewijzing) -> bool:
    """Whether what is asked for holds for the whole allocation, and tells how much that is in all."""
    if wens.bron.omvang is not None and wens.bron.omvang.frequentie == TOTAAL:
        return True
    if wens.ingangsdatum == toewijzing.ingangsdatum:
        return True
    # A change of the end alone is one from the Ingangsdatum on, whichever date it names (VERZOEKEN 8).
    alleen_einde = isinstance(wens.bron, TeWijzigenProduct) and classify(wens.bron, toewijzing) == "einddatum"
    return alleen_einde and wens.einddatum is not None


@wensregel(
    "VZ07", TE_WIJZIGEN,
    element="GewensteIngangsdatum",
    gevolg="beoordelen",
    bron="iJw 3.2, IV092",
    titel="Een wijziging gaat in binnen de looptijd van de toewijzing.",
    melding="{wat} zou ingaan op {ingangsdatum}, maar de toewijzing {loopt}.",
    doen="Vraag de aanbieder om dit als nieuw product aan te vragen, of overleg over een andere datum.",
    voorstel=_ANDERE_AANVRAAG,
)  # fmt: skip
def binnen_looptijd(wens: Wens, _: VerzoekFeiten) -> Gegevens | None:
    """No code of the standard says so."""
    toewijzing = wens.toewijzing
    if toewijzing is None or toewijzing.ingangsdatum <= wens.ingangsdatum <= (toewijzing.einddatum or date.max):
        return None
    begon = wens.ingangsdatum < toewijzing.ingangsdatum
    loopt = f"gaat pas in op {datum(toewijzing.ingangsdatum)}" if begon else f"eindigt op {datum(toewijzing.einddatum or date.max)}"
    return {**wat(wens), "ingangsdatum": wens.ingangsdatum, "loopt": loopt}


@wensregel(
    "VZ07", TE_WIJZIGEN,
    element="Budget",
    gevolg="signaal",
    bron="iJw 3.2, IV093",
    titel="Een verzoek over een budget geldt vanaf het begin van de toewijzing.",
    melding="{wat} laat het budget gelijk en zou ingaan op {ingangsdatum}. Een budget geldt altijd vanaf {begin}.",
    doen="Ga ervan uit dat de aanbieder de hele toewijzing bedoelt, of vraag het na.",
    voorstel=_ANDERE_AANVRAAG,
)  # fmt: skip
def budget_vanaf_begin(wens: Wens, _: VerzoekFeiten) -> Gegevens | None:
    """With another budget TR373 rejects it; with an equal one there is no code."""
    toewijzing = wens.toewijzing
    if toewijzing is None or toewijzing.budget is None or wens.bron.budget != toewijzing.budget:
        return None
    if wens.ingangsdatum == toewijzing.ingangsdatum:
        return None
    return {**wat(wens), "ingangsdatum": wens.ingangsdatum, "begin": toewijzing.ingangsdatum}


@wensregel(
    "VZ10", AANGEVRAAGD, TE_WIJZIGEN, NIEUW,
    element="Product",
    gevolg="signaal",
    bron="Keuze van de dienst bij iJw 3.2, OP307",
    titel="De cliënt heeft in dezelfde categorie nog geen hulp van een andere aanbieder.",
    melding="{wat} valt in categorie {categorie}. Daarin heeft de cliënt ook hulp van {aanbieders}.",
    doen="Kijk of de hulp elkaar aanvult. Deel deze gegevens niet met de aanbieder.",
)  # fmt: skip
def niet_bij_ander(wens: Wens, feiten: VerzoekFeiten) -> Gegevens | None:
    """For the eyes of the gemeente only. Current on the day of judging, and with a day in common."""
    if wens.product is None:
        return None
    anderen = [
        item
        for item in feiten.van_anderen
        if item.categorie == wens.product.categorie and is_current(item, feiten.kader.vandaag) and _overlaps(wens, item)
    ]
    namen = [f"aanbieder {item.agb} (toewijzing {item.toewijzingnummer})" for item in anderen]
    return {**wat(wens), "categorie": wens.product.categorie, "aanbieders": limit(namen)} if namen else None


@wensregel(
    "VZ11", TE_WIJZIGEN, NIEUW,
    element="Product",
    gevolg="signaal",
    bron="Protocol gecertificeerde instellingen",
    titel="Een maatregel van jeugdbescherming of jeugdreclassering wordt met een verzoek om toewijzing gevraagd.",
    melding="{wat} gaat over {omschrijving}. Een gecertificeerde instelling vraagt dat met een verzoek om toewijzing (JW315).",
    doen="Vraag de aanbieder om een verzoek om toewijzing. Daarbij wordt alleen het woonplaatsbeginsel onderzocht.",
    voorstel=_ANDERE_AANVRAAG,
)  # fmt: skip
def geen_maatregel(wens: Wens, feiten: VerzoekFeiten) -> Gegevens | None:
    """By what the catalogue calls the product."""
    code = wens.product and wens.product.code
    product = feiten.contract.product_on(code, wens.ingangsdatum) if code else None
    if product is None or not product.tells(*_MAATREGEL):
        return None
    return {**wat(wens), "omschrijving": product.omschrijving or product.zorgvorm}


def _overlaps(wens: Wens, toewijzing: Toewijzing) -> bool:
    """Whether what is asked for and an allocation have a day in common."""
    begint_eerder = wens.ingangsdatum <= (toewijzing.einddatum or date.max)
    return begint_eerder and toewijzing.ingangsdatum <= (wens.einddatum or date.max)
