"""Rules of level 2 on what is asked for in a JW315 or JW317: product, period, volume and budget must fit together.

What the standard asks of an allocation too is judged by the rule on allocations (`toewijzing`), and told in words of its own.
"""

from dataclasses import dataclass
from typing import Any

from berichten.kern.regel import Gegevens, Regel, Toets
from berichten.kern.tekst import datum
from berichten.regels.inhoud import toewijzing
from berichten.regels.inhoud.inhoudsregel import Inhoud, Toewijsbaar, inhoudsregel, name, tell_referentie
from berichten.regels.inhoud.toewijzing import NIET_PER_DAG, after_2020
from berichten.standaard.waarden.verzoeken import AangevraagdProduct, NieuwProduct, Wijzigingsverzoek

_WIJZIGING = ("JW317",)
_NIEUW = "NieuwProduct"
_BEIDE = "TeWijzigenProduct of NieuwProduct"


@dataclass(frozen=True, slots=True)
class Paar:
    """One rule on what a JW315 and what a JW317 asks for: names of elements differ, judgement and sentences do not."""

    jw315: Regel
    jw317: Regel


def _gevraagd(
    toets: Toets,
    regel_315: str,
    regel_317: str = "",
    *,
    klasse_317: str = _BEIDE,
    element: str,
    titel: str,
    melding: str,
    doen: str,
) -> Paar:
    """A rule on both kinds, in the JW317 under a number of its own where the standard gave it one."""
    teksten: dict[str, Any] = {"titel": titel, "melding": melding, "doen": f"{doen} Stuur het bericht daarna opnieuw."}
    element_315 = f"Toewijzing{element}" if element == "Einddatum" else element
    aangevraagd = inhoudsregel(regel_315, klasse="AangevraagdProduct", element=element_315, berichten=("JW315",), **teksten)
    anders = inhoudsregel(regel_317 or regel_315, klasse=klasse_317, element=element, berichten=_WIJZIGING, **teksten)
    return Paar(aangevraagd(toets), anders(toets))


product_of_budget = _gevraagd(
    toewijzing.product_of_budget.toets,
    "CD079",
    klasse_317=_NIEUW,
    element="Product",
    titel="Wie geen product aanvraagt, vraagt een budget aan.",
    melding="{wat} noemt geen product en geen budget.",
    doen="Vul het product in, of het budget als u het product zelf mag kiezen.",
)
omvang_bij_code = _gevraagd(
    toewijzing.omvang_bij_code.toets,
    "CD041",
    klasse_317=_NIEUW,
    element="Omvang",
    titel="Wie een productcode aanvraagt, noemt de omvang.",
    melding="{wat} noemt productcode {code}, maar geen omvang.",
    doen="Vul volume, eenheid en frequentie in.",
)
geen_omvang_zonder_code = _gevraagd(
    toewijzing.geen_omvang_zonder_code.toets,
    "CD095",
    "CD096",
    klasse_317=_NIEUW,
    element="Omvang",
    titel="Wie geen productcode aanvraagt, noemt geen omvang.",
    melding="{wat} noemt geen productcode, maar wel een omvang. Na 31 december 2020 kan dat niet meer.",
    doen="Vul de productcode in, of vervang de omvang door een budget.",
)
geen_omvang_bij_budget = _gevraagd(
    toewijzing.geen_omvang_bij_budget.toets,
    "CD077",
    element="Omvang",
    titel="Wie een budget aanvraagt, noemt geen omvang.",
    melding="{wat} noemt een budget van {budget:euro} en daarnaast een omvang.",
    doen="Laat de omvang weg als het budget geldt.",
)
geen_budget_bij_omvang = _gevraagd(
    toewijzing.geen_budget_bij_omvang.toets,
    "CD078",
    element="Budget",
    titel="Wie een omvang aanvraagt, noemt geen budget.",
    melding="{wat} noemt een omvang en daarnaast een budget van {budget:euro}.",
    doen="Laat het budget weg als de omvang geldt.",
)
einddatum_bij_budget = _gevraagd(
    toewijzing.einddatum_bij_budget.toets,
    "CD075",
    element="Einddatum",
    titel="Wie een budget aanvraagt, noemt een einddatum.",
    melding="{wat} noemt een budget van {budget:euro}, maar geen einddatum.",
    doen="Vul de einddatum in.",
)
einddatum_bij_weekvolume = _gevraagd(
    toewijzing.einddatum_bij_weekvolume.toets,
    "CD076",
    element="Einddatum",
    titel="Wie een volume per week aanvraagt, noemt een einddatum.",
    melding="{wat} noemt een volume van {volume:getal} per week, maar geen einddatum.",
    doen="Vul de einddatum in.",
)
eindigt_na_ingang = _gevraagd(
    toewijzing.toewijzing_eindigt_na_ingang.toets,
    "CS003",
    element="Einddatum",
    titel="Wat wordt aangevraagd, eindigt niet voordat het ingaat.",
    melding="{wat} eindigt op {einddatum}, maar gaat pas in op {ingangsdatum}.",
    doen="Herstel de ingangsdatum of de einddatum.",
)


def _per_dag(product: Toewijsbaar, _: Inhoud) -> Gegevens | None:
    """Units 14, 16, 83 and 84 are not allocated by the day; 01, 04 and 82 may be."""
    omvang = product.omvang
    if omvang is None or omvang.frequentie != "1" or omvang.eenheid not in NIET_PER_DAG or not after_2020(product.einddatum):
        return None
    return {**name(product), "eenheid": NIET_PER_DAG[omvang.eenheid]}


frequentie_past_bij_eenheid = _gevraagd(
    _per_dag,
    "CS343",
    "CS338",
    element="Omvang/Frequentie",
    titel="Etmalen, dagdelen, euro's en stuks worden per week, per maand of voor de hele periode aangevraagd.",
    melding="{wat} vraagt {eenheid} per dag. Dat kan na 31 december 2020 niet meer.",
    doen="Kies Frequentie 2 (per week), 4 (per maand) of 6 (voor de hele periode).",
)


def _stapelt(product: AangevraagdProduct | NieuwProduct, inhoud: Inhoud) -> Gegevens | None:
    """OP347, only within the message and the class: by code; a category covers the codes in it, and no product covers all."""
    ander = inhoud.overlappend.get(id(product))
    if ander is None:
        return None
    loopt = "heeft geen einddatum" if ander.einddatum is None else f"loopt tot en met {datum(ander.einddatum)}"
    return {**name(product), "ingangsdatum": product.ingangsdatum, "eerder": ander.regelnummer, "loopt": loopt}


product_niet_gestapeld = _gevraagd(
    _stapelt,
    "TR386",
    "TR410",
    klasse_317=_NIEUW,
    element="Product",
    titel="Hetzelfde product wordt in één bericht niet dubbel aangevraagd in dezelfde periode.",
    melding="{wat} gaat in op {ingangsdatum}, maar een eerder begonnen aanvraag van hetzelfde product (regel {eerder}) {loopt}.",
    doen="Laat de periodes op elkaar aansluiten, of laat een van beide weg.",
)


@inhoudsregel(
    "TR380",
    klasse=_NIEUW,
    element="GewensteIngangsdatum",
    berichten=_WIJZIGING,
    titel="Een nieuw product gaat pas na de dagtekening van het bericht in.",
    melding="{wat} gaat in op {ingangsdatum}, maar de dagtekening van het bericht is {dagtekening}.",
    doen="Kies een dag na de dagtekening en stuur het bericht opnieuw.",
)
def gaat_in_na_dagtekening(product: NieuwProduct, inhoud: Inhoud) -> Gegevens | None:
    """The day of the message itself is too early. Not asked of what is to be changed."""
    if product.ingangsdatum > inhoud.dagtekening:
        return None
    return {**name(product), "ingangsdatum": product.ingangsdatum, "dagtekening": inhoud.dagtekening}


@inhoudsregel(
    "TR352",
    klasse="Verzoek",
    berichten=_WIJZIGING,
    titel="Een verzoek om wijziging noemt minstens één toewijzing die er al is.",
    melding="Het verzoek met kenmerk {referentie} noemt geen enkele toewijzing die er al is.",
    doen="Noem alle lopende toewijzingen van deze cliënt. Heeft u er nog geen, stuur dan een verzoek om toewijzing (JW315).",
)
def gaat_over_toewijzing(verzoek: Wijzigingsverzoek, _: Inhoud) -> Gegevens | None:
    """One that stays as it is will do."""
    return None if verzoek.ongewijzigd or verzoek.te_wijzigen else {"referentie": tell_referentie(verzoek.referentie)}


@inhoudsregel(
    "TR353",
    klasse="Verzoek",
    berichten=_WIJZIGING,
    titel="Een verzoek om wijziging vraagt om minstens één wijziging of nieuw product.",
    melding="Het verzoek met kenmerk {referentie} vraagt geen wijziging en geen nieuw product. Gelijk blijven: {aantal}.",
    doen="Neem op wat er moet veranderen of bijkomen, en stuur het bericht opnieuw. Verandert er niets, dan is geen verzoek nodig.",
)
def vraagt_iets(verzoek: Wijzigingsverzoek, _: Inhoud) -> Gegevens | None:
    """Without anything to change there is nothing to ask."""
    if verzoek.te_wijzigen or verzoek.nieuw:
        return None
    return {"referentie": tell_referentie(verzoek.referentie), "aantal": len(verzoek.ongewijzigd)}
