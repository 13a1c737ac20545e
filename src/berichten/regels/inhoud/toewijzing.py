"""Rules of level 2 on the allocations of a JW301: product, period, volume and budget must fit together.

Those that the standard asks of a request too serve there as well (`verzoek`).
"""

from datetime import date

from berichten.kern.regel import Gegevens
from berichten.kern.tekst import datum
from berichten.regels.inhoud.inhoudsregel import Inhoud, Product, Toewijsbaar, inhoudsregel, name
from berichten.standaard.waarden.berichten import ToegewezenProduct
from berichten.standaard.waarden.soorten import BEGIN_RELEASE

_JW301 = ("JW301",)
_KLASSE = "ToegewezenProduct"
_EINDE_OVERGANG = date(2020, 12, 31)
"""Last day of allocations to which the older, looser rules on volume apply."""
_FREQUENTIES = {"1": "per dag", "2": "per week", "4": "per maand", "6": "voor de hele periode"}
_VERVALLEN_FREQUENTIES = {"3": "per vier weken", "5": "per jaar"}
NIET_PER_DAG = {"14": "etmalen", "16": "dagdelen", "83": "euro's", "84": "stuks"}


@inhoudsregel(
    "CD079",
    klasse=_KLASSE,
    element="Product",
    berichten=_JW301,
    titel="Een toewijzing zonder product heeft een budget.",
    melding="Toewijzing {toewijzingnummer} heeft geen product en geen budget.",
    doen="Vul het product in, of het budget als de aanbieder het product zelf mag kiezen. Stuur het bericht daarna opnieuw.",
)
def product_of_budget(product: Product, _: Inhoud) -> Gegevens | None:
    """What is generic is limited by its budget only. A budget of nought is one."""
    return name(product) if product.product is None and product.budget is None else None


@inhoudsregel(
    "CD041",
    klasse=_KLASSE,
    element="Omvang",
    berichten=_JW301,
    titel="Een toewijzing op productcode heeft een omvang.",
    melding="Toewijzing {toewijzingnummer} noemt productcode {code}, maar geen omvang.",
    doen="Vul volume, eenheid en frequentie in en stuur het bericht opnieuw.",
)
def omvang_bij_code(product: Product, _: Inhoud) -> Gegevens | None:
    """What is specific says how much, whatever else it says."""
    code = None if product.product is None else product.product.code
    return {**name(product), "code": code} if code is not None and product.omvang is None else None


@inhoudsregel(
    "CD080",
    klasse=_KLASSE,
    element="Omvang",
    berichten=_JW301,
    titel="Een toewijzing zonder productcode heeft geen omvang.",
    melding="Toewijzing {toewijzingnummer} noemt geen productcode, maar wel een omvang. Na 31 december 2020 kan dat niet meer.",
    doen="Vul de productcode in, of vervang de omvang door een budget, en stuur het bericht opnieuw.",
)
def geen_omvang_zonder_code(product: Product, _: Inhoud) -> Gegevens | None:
    """What ends in 2020 or earlier may still have one."""
    zonder_code = product.product is None or product.product.code is None
    return name(product) if zonder_code and product.omvang is not None and after_2020(product.einddatum) else None


@inhoudsregel(
    "CD077",
    klasse=_KLASSE,
    element="Omvang",
    berichten=_JW301,
    titel="Een toewijzing met een budget heeft geen omvang.",
    melding="Toewijzing {toewijzingnummer} heeft een budget van {budget:euro} en daarnaast een omvang.",
    doen="Laat de omvang weg als het budget geldt, en stuur het bericht opnieuw.",
)
def geen_omvang_bij_budget(product: Toewijsbaar, _: Inhoud) -> Gegevens | None:
    """A budget or a volume, never both: this is the side of Omvang."""
    return _budget_and_omvang(product)


@inhoudsregel(
    "CD078",
    klasse=_KLASSE,
    element="Budget",
    berichten=_JW301,
    titel="Een toewijzing met een omvang heeft geen budget.",
    melding="Toewijzing {toewijzingnummer} heeft een omvang en daarnaast een budget van {budget:euro}.",
    doen="Laat het budget weg als de omvang geldt, en stuur het bericht opnieuw.",
)
def geen_budget_bij_omvang(product: Toewijsbaar, _: Inhoud) -> Gegevens | None:
    """A budget or a volume, never both: this is the side of Budget."""
    return _budget_and_omvang(product)


@inhoudsregel(
    "CD075",
    klasse=_KLASSE,
    element="Einddatum",
    berichten=_JW301,
    titel="Een toewijzing met een budget heeft een einddatum.",
    melding="Toewijzing {toewijzingnummer} heeft een budget van {budget:euro}, maar geen einddatum.",
    doen="Vul de einddatum in en stuur het bericht opnieuw.",
)
def einddatum_bij_budget(product: Toewijsbaar, _: Inhoud) -> Gegevens | None:
    """A budget is for a period, so that must be known; also of a budget of nought."""
    if product.budget is None or product.einddatum is not None:
        return None
    return {**name(product), "budget": product.budget}


@inhoudsregel(
    "CD076",
    klasse=_KLASSE,
    element="Einddatum",
    berichten=_JW301,
    titel="Een toewijzing met een volume per week heeft een einddatum.",
    melding="Toewijzing {toewijzingnummer} heeft een volume van {volume:getal} per week, maar geen einddatum.",
    doen="Vul de einddatum in en stuur het bericht opnieuw.",
)
def einddatum_bij_weekvolume(product: Toewijsbaar, _: Inhoud) -> Gegevens | None:
    """The weeks that an allocation holds are counted up to its end."""
    omvang = product.omvang
    if omvang is None or omvang.frequentie != "2" or product.einddatum is not None:
        return None
    return {**name(product), "volume": omvang.volume}


@inhoudsregel(
    "TR134",
    klasse=_KLASSE,
    element="Toewijzingsdatum",
    berichten=_JW301,
    titel="Een toewijzing is niet later afgegeven dan de dagtekening van het bericht.",
    melding="Toewijzing {toewijzingnummer} is afgegeven op {toewijzingsdatum}, na de dagtekening van het bericht: {dagtekening}.",
    doen="Herstel de toewijzingsdatum of de dagtekening en stuur het bericht opnieuw.",
)
def toegewezen_voor_dagtekening(product: ToegewezenProduct, inhoud: Inhoud) -> Gegevens | None:
    """The day of the message itself is allowed. Ingangsdatum and Einddatum may lie ahead."""
    if product.toewijzingsdatum <= inhoud.dagtekening:
        return None
    return {**name(product), "toewijzingsdatum": product.toewijzingsdatum, "dagtekening": inhoud.dagtekening}


@inhoudsregel(
    "CS003",
    klasse=_KLASSE,
    element="Einddatum",
    berichten=_JW301,
    titel="Een toewijzing eindigt niet voordat zij ingaat.",
    melding="Toewijzing {toewijzingnummer} eindigt op {einddatum}, maar gaat pas in op {ingangsdatum}.",
    doen="Herstel de ingangsdatum of de einddatum en stuur het bericht opnieuw.",
)
def toewijzing_eindigt_na_ingang(product: Toewijsbaar, _: Inhoud) -> Gegevens | None:
    """One day is allowed."""
    if product.einddatum is None or product.einddatum >= product.ingangsdatum:
        return None
    return _periode(product)


@inhoudsregel(
    "CS335",
    vanaf=BEGIN_RELEASE["3.1"],
    klasse=_KLASSE,
    element="RedenWijziging",
    berichten=_JW301,
    titel="Een verwijderde toewijzing eindigt op haar ingangsdatum.",
    melding="Toewijzing {toewijzingnummer} is verwijderd (RedenWijziging 13), maar gaat in op {ingangsdatum} en {einde}.",
    doen="Maak de einddatum gelijk aan de ingangsdatum, of kies een andere reden, en stuur het bericht opnieuw.",
)
def verwijderd_op_ingangsdatum(product: ToegewezenProduct, _: Inhoud) -> Gegevens | None:
    """A removed allocation never was: it keeps no days but the one."""
    if product.reden_wijziging != "13" or product.einddatum == product.ingangsdatum:
        return None
    einde = "heeft geen einddatum" if product.einddatum is None else f"eindigt op {datum(product.einddatum)}"
    return {**_periode(product), "einde": einde}


@inhoudsregel(
    "CS336",
    vanaf=BEGIN_RELEASE["3.1"],
    klasse=_KLASSE,
    element="RedenWijziging",
    berichten=_JW301,
    titel="RedenWijziging 01 (administratieve correctie) is vervallen.",
    melding="Toewijzing {toewijzingnummer} heeft RedenWijziging 01 (administratieve correctie). Die reden is vervallen.",
    doen="Kies een andere reden, bijvoorbeeld 13 (verwijderd) of 14 (herstel van een invoerfout), en stuur het bericht opnieuw.",
)
def reden_niet_vervallen(product: ToegewezenProduct, _: Inhoud) -> Gegevens | None:
    """The schema still knows the code, for the sake of old messages."""
    return name(product) if product.reden_wijziging == "01" else None


@inhoudsregel(
    "CS338",
    klasse=_KLASSE,
    element="Omvang/Frequentie",
    berichten=_JW301,
    titel="Etmalen, dagdelen, euro's en stuks zijn per week, per maand of voor de hele periode toegewezen.",
    melding="Toewijzing {toewijzingnummer} wijst {eenheid} {frequentie} toe. Dat kan na 31 december 2020 niet meer.",
    doen="Kies Frequentie 2 (per week), 4 (per maand) of 6 (voor de hele periode) en stuur het bericht opnieuw.",
)
def frequentie_past_bij_eenheid(product: ToegewezenProduct, _: Inhoud) -> Gegevens | None:
    """Units 14, 16, 83 and 84 are not allocated by the day."""
    omvang = product.omvang
    if (
        omvang is None
        or omvang.eenheid not in NIET_PER_DAG
        or not after_2020(product.einddatum)
        or omvang.frequentie in ("2", "4", "6")
    ):
        return None
    frequentie = _FREQUENTIES.get(omvang.frequentie, f"met frequentie {omvang.frequentie}")
    return {**name(product), "eenheid": NIET_PER_DAG[omvang.eenheid], "frequentie": frequentie}


@inhoudsregel(
    "CS104",
    klasse=_KLASSE,
    element="Omvang/Frequentie",
    berichten=_JW301,
    bron="iJw 3.0, CS104",
    titel="Per vier weken of per jaar wordt na 2020 niet meer toegewezen.",
    melding="Toewijzing {toewijzingnummer} wijst {frequentie} toe. Dat kan na 31 december 2020 niet meer.",
    doen="Kies Frequentie 1, 2, 4 of 6 en stuur het bericht opnieuw.",
)
def frequentie_van_voor_2021(product: ToegewezenProduct, _: Inhoud) -> Gegevens | None:
    """Only the schema of 3.0 has these two; later ones refuse them."""
    if product.omvang is None or product.omvang.frequentie not in _VERVALLEN_FREQUENTIES or not after_2020(product.einddatum):
        return None
    return {**name(product), "frequentie": _VERVALLEN_FREQUENTIES[product.omvang.frequentie]}


@inhoudsregel(
    "TR302",
    klasse=_KLASSE,
    element="Product",
    berichten=_JW301,
    titel="Hetzelfde product is niet dubbel toegewezen in dezelfde periode.",
    melding="Toewijzing {toewijzingnummer} gaat in op {ingangsdatum}, maar toewijzing {ander} voor hetzelfde product {loopt}.",
    doen="Laat de periodes op elkaar aansluiten, of laat een van de toewijzingen weg, en stuur het bericht opnieuw.",
)
def product_niet_gestapeld(product: ToegewezenProduct, inhoud: Inhoud) -> Gegevens | None:
    """OP259: by code; a category covers the codes in it, and an allocation without product covers all. Removed ones don't count."""
    ander = inhoud.overlappend.get(id(product))
    if ander is None:
        return None
    loopt = "loopt dan nog en heeft geen einddatum" if ander.einddatum is None else f"loopt tot en met {datum(ander.einddatum)}"
    return {**name(product), "ingangsdatum": product.ingangsdatum, "ander": ander.toewijzingnummer, "loopt": loopt}


def _periode(product: Toewijsbaar) -> dict[str, object]:
    return {**name(product), "ingangsdatum": product.ingangsdatum, "einddatum": product.einddatum}


def _budget_and_omvang(product: Toewijsbaar) -> Gegevens | None:
    if product.budget is None or product.omvang is None:
        return None
    return {**name(product), "budget": product.budget}


def after_2020(einddatum: date | None) -> bool:
    """Whether something ends after the older, looser rules on volume, or has no end."""
    return einddatum is None or einddatum > _EINDE_OVERGANG
