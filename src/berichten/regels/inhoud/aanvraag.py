"""Rules of level 2 that only a request for an allocation (JW315) has: its reference, its beschikking and who the referrer is."""

from berichten.kern.regel import Gegevens
from berichten.kern.tekst import datum
from berichten.regels.inhoud.inhoudsregel import Inhoud, inhoudsregel, name, tell_referentie
from berichten.standaard.waarden.verzoeken import AangevraagdProduct

_JW315 = ("JW315",)
_KLASSE = "AangevraagdProduct"
_VERWIJZERS = {
    "01": "gemeente",
    "02": "huisarts",
    "03": "jeugdarts",
    "04": "gecertificeerde instelling",
    "05": "medisch specialist",
    "06": "zelfverwijzer of geen verwijzer",
    "08": "rechter, officier van justitie of justitiële jeugdinrichting",
}
_HULPVERLENERS = ("02", "03", "04", "05")
"""Who has an AGB code: of these the code is given, or the name when that is not known (OP297)."""


@inhoudsregel(
    "TR383",
    klasse=_KLASSE,
    element="ReferentieAanbieder",
    berichten=_JW315,
    titel="Elk aangevraagd product heeft in het bericht een eigen kenmerk.",
    melding="Kenmerk {referentie} staat al eerder in het bericht, op regel {eerder} van het bestand.",
    doen="Geef elk aangevraagd product een eigen ReferentieAanbieder en stuur het bericht opnieuw.",
)
def kenmerk_is_eigen(product: AangevraagdProduct, inhoud: Inhoud) -> Gegevens | None:
    """White space around a reference and doubled in it does not make it another, but the earlier one counts as it was sent."""
    eerder = inhoud.zelfde_kenmerk.get(id(product))
    return None if eerder is None else {"referentie": tell_referentie(product.referentie), "eerder": eerder.regelnummer}


@inhoudsregel(
    "CD043",
    klasse=_KLASSE,
    element="BeschikkingIngangsdatum",
    berichten=_JW315,
    titel="Van een beschikking zijn nummer en ingangsdatum allebei ingevuld, of geen van beide.",
    melding="{wat} noemt {wel}, maar niet {niet}.",
    doen="Vul allebei in, of laat allebei weg, en stuur het bericht opnieuw.",
)
def beschikking_is_heel(product: AangevraagdProduct, _: Inhoud) -> Gegevens | None:
    """Number nought is a number."""
    nummer, ingang = product.beschikkingnummer, product.beschikking_ingangsdatum
    if (nummer is None) == (ingang is None):
        return None
    if ingang is None:
        return {**name(product), "wel": f"beschikking {nummer}", "niet": "wanneer die ingaat"}
    return {**name(product), "wel": f"een beschikking die ingaat op {datum(ingang)}", "niet": "haar nummer"}


@inhoudsregel(
    "CD066",
    klasse=_KLASSE,
    element="Verwijzer/Naam",
    berichten=_JW315,
    titel="Van een verwijzer met een AGB-code staat de naam er niet bij.",
    melding="{wat} noemt van de verwijzer ({soort}) de AGB-code en ook de naam.",
    doen="Laat de naam weg en stuur het bericht opnieuw.",
)
def geen_naam_bij_code(product: AangevraagdProduct, _: Inhoud) -> Gegevens | None:
    """The code says who it is."""
    verwijzer = product.verwijzer
    beide = verwijzer.zorgverlenercode is not None and verwijzer.naam is not None
    return _referrer(product) if beide and verwijzer.type in _HULPVERLENERS else None


@inhoudsregel(
    "CD067",
    klasse=_KLASSE,
    element="Verwijzer/Naam",
    berichten=_JW315,
    titel="Van een verwijzer is de AGB-code ingevuld, of anders de naam.",
    melding="{wat} noemt van de verwijzer ({soort}) geen AGB-code en geen naam.",
    doen="Vul de AGB-code van de verwijzer in, of de naam als u de code niet weet, en stuur het bericht opnieuw.",
)
def naam_zonder_code(product: AangevraagdProduct, _: Inhoud) -> Gegevens | None:
    """Of a family doctor, youth doctor, certified institution or specialist it must be known who it was."""
    verwijzer = product.verwijzer
    geen = verwijzer.zorgverlenercode is None and verwijzer.naam is None
    return _referrer(product) if geen and verwijzer.type in _HULPVERLENERS else None


@inhoudsregel(
    "CD068",
    klasse=_KLASSE,
    element="Verwijzer/ZorgverlenerCode",
    berichten=_JW315,
    titel="Alleen een verwijzer die hulpverlener is, heeft een AGB-code.",
    melding="{wat} noemt een AGB-code, maar de verwijzer is: {soort}. Daar hoort geen AGB-code bij.",
    doen="Laat de AGB-code weg, of herstel het soort verwijzer, en stuur het bericht opnieuw.",
)
def geen_code_zonder_hulpverlener(product: AangevraagdProduct, _: Inhoud) -> Gegevens | None:
    """A name may be given of all of them."""
    verwijzer = product.verwijzer
    return _referrer(product) if verwijzer.zorgverlenercode is not None and verwijzer.type not in _HULPVERLENERS else None


def _referrer(product: AangevraagdProduct) -> Gegevens:
    """Never the name or the code: they are of a person."""
    return {**name(product), "soort": _VERWIJZERS[product.verwijzer.type]}
