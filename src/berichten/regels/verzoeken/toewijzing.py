"""Rules on the allocations that a JW317 names: are they there, and may they become what is asked (VERZOEKEN 6).

They are judged as they stood on the Dagtekening: what came while the request waited makes no sound one unsound (OP095).
"""

from berichten.dossier.dossier import Toewijzing
from berichten.dossier.verzoeken.verzoekkader import VerzoekKader, was_taken_back
from berichten.dossier.verzoeken.wens import omvang_of
from berichten.dossier.volumes import TOTAAL
from berichten.kern.regel import Gegevens, Regel, regel
from berichten.kern.tekst import datum
from berichten.regels.inhoud.toewijzing import after_2020
from berichten.standaard.waarden.verzoeken import OngewijzigdProduct, TeWijzigenProduct

_JW317 = ("JW317",)
_KLASSE = "TeWijzigenProduct"


def _lopend(regel_id: str, klasse: str) -> Regel:
    return regel(
        regel_id,
        retourcode=f"9{regel_id[2:]}",
        niveau=3,
        klasse=klasse,
        element="ToewijzingNummer",
        berichten=_JW317,
        gevolg="afkeuren",
        titel="Een verzoek om wijziging noemt alleen toewijzingen die de cliënt bij de aanbieder heeft.",
        melding="Toewijzing {toewijzingnummer} {oorzaak}.",
        doen="Laat deze toewijzing weg, of herstel het nummer, en stuur het bericht opnieuw.",
    )(_is_gone)


def _is_gone(product: OngewijzigdProduct | TeWijzigenProduct, kader: VerzoekKader) -> Gegevens | None:
    """Unknown, ended, taken back, of another client or of another aanbieder; what begins later is current already."""
    nummer = product.toewijzingnummer
    if kader.current_then(nummer) is not None:
        return None
    verloop = kader.toewijzingen.get(nummer)
    return {"toewijzingnummer": nummer, "oorzaak": _tell_gone(None if verloop is None else verloop.toen, kader)}


def _tell_gone(toewijzing: Toewijzing | None, kader: VerzoekKader) -> str:
    """Of what is another's no more is told than of what does not exist."""
    if toewijzing is None:
        return f"was op {datum(kader.dagtekening)} bij u niet bekend voor deze cliënt"
    if was_taken_back(toewijzing):
        return "is door de gemeente verwijderd"
    return f"is geëindigd op {datum(toewijzing.einddatum or kader.dagtekening)}"


ongewijzigde_loopt = _lopend("TR350", "OngewijzigdProduct")
te_wijzigen_loopt = _lopend("TR351", _KLASSE)


@regel(
    "TR357",
    retourcode="9357",
    niveau=3,
    klasse=_KLASSE,
    element="GewensteIngangsdatum",
    berichten=_JW317,
    gevolg="afkeuren",
    titel="Een wijziging gaat in na de dag van het verzoek, of geldt vanaf het begin van de toewijzing.",
    melding="De wijziging van toewijzing {toewijzingnummer} zou ingaan op {gewenst}. Dat is niet na de dagtekening, {dagtekening}, "
    "en niet de ingangsdatum van de toewijzing, {ingangsdatum}.",
    doen="Kies een latere GewensteIngangsdatum, of die van de toewijzing zelf, en stuur het bericht opnieuw.",
)
def wijziging_later_of_vanaf_begin(product: TeWijzigenProduct, kader: VerzoekKader) -> Gegevens | None:
    """The day of the message itself is too early."""
    toewijzing = _allocation(product, kader)
    if product.ingangsdatum > kader.dagtekening or product.ingangsdatum == toewijzing.ingangsdatum:
        return None
    return {**_begin(product, toewijzing), "dagtekening": kader.dagtekening}


@regel(
    "TR373",
    retourcode="9373",
    niveau=3,
    klasse=_KLASSE,
    element="GewensteIngangsdatum",
    berichten=_JW317,
    gevolg="afkeuren",
    titel="Een ander budget, of een ander volume voor de hele periode, geldt vanaf het begin van de toewijzing.",
    melding="U vraagt voor toewijzing {toewijzingnummer} {wat} vanaf {gewenst}, maar zo'n wijziging geldt altijd voor de hele "
    "toewijzing, vanaf {ingangsdatum}.",
    doen="Vul als GewensteIngangsdatum de ingangsdatum van de toewijzing in en stuur het bericht opnieuw.",
)
def geheel_vanaf_begin(product: TeWijzigenProduct, kader: VerzoekKader) -> Gegevens | None:
    """A budget that is added or left out differs too. With an equal one another day is let pass: there is no code for it."""
    toewijzing = _allocation(product, kader)
    if product.ingangsdatum == toewijzing.ingangsdatum:
        return None
    if product.budget != toewijzing.budget:
        return {**_begin(product, toewijzing), "wat": "een ander budget"}
    gevraagd = product.omvang
    if toewijzing.frequentie != TOTAAL or gevraagd is None or gevraagd == omvang_of(toewijzing):
        return None
    return {**_begin(product, toewijzing), "wat": "een andere omvang voor de hele periode"}


@regel(
    "TR412",
    retourcode="9412",
    niveau=3,
    klasse=_KLASSE,
    element="Omvang",
    berichten=_JW317,
    gevolg="afkeuren",
    titel="Een toewijzing zonder productcode krijgt geen omvang.",
    melding="U vraagt een omvang voor toewijzing {toewijzingnummer}, maar die heeft geen productcode.",
    doen="Laat de omvang weg, of vraag een ander budget, en stuur het bericht opnieuw.",
)
def geen_omvang_zonder_code(product: TeWijzigenProduct, kader: VerzoekKader) -> Gegevens | None:
    """What ends in 2020 or earlier may still have one."""
    return _superfluous(product) if _allocation(product, kader).productcode is None else None


@regel(
    "TR375",
    retourcode="9375",
    niveau=3,
    klasse=_KLASSE,
    element="Omvang",
    berichten=_JW317,
    gevolg="afkeuren",
    titel="Een toewijzing zonder product krijgt geen omvang.",
    melding="U vraagt een omvang voor toewijzing {toewijzingnummer}, maar die heeft geen product: alleen het budget begrenst haar.",
    doen="Laat de omvang weg, of vraag een ander budget, en stuur het bericht opnieuw.",
)
def geen_omvang_zonder_product(product: TeWijzigenProduct, kader: VerzoekKader) -> Gegevens | None:
    """Then there is no code either, so both rules say so."""
    return _superfluous(product) if _allocation(product, kader).categorie is None else None


@regel(
    "TR411",
    retourcode="9411",
    niveau=3,
    klasse=_KLASSE,
    element="Omvang",
    berichten=_JW317,
    gevolg="afkeuren",
    titel="Een toewijzing met een productcode houdt een omvang.",
    melding="U vraagt geen omvang voor toewijzing {toewijzingnummer}, maar die heeft productcode {code}.",
    doen="Vul in welke omvang u wilt, ook als die gelijk blijft, en stuur het bericht opnieuw.",
)
def omvang_bij_code(product: TeWijzigenProduct, kader: VerzoekKader) -> Gegevens | None:
    """A specific allocation always says how much."""
    code = _allocation(product, kader).productcode
    if code is None or product.omvang is not None:
        return None
    return {"toewijzingnummer": product.toewijzingnummer, "code": code}


def _allocation(product: TeWijzigenProduct, kader: VerzoekKader) -> Toewijzing:
    """The allocation that is to change; these rules come after the one that asks whether there is one."""
    toewijzing = kader.current_then(product.toewijzingnummer)
    assert toewijzing is not None
    return toewijzing


def _superfluous(product: TeWijzigenProduct) -> Gegevens | None:
    if product.omvang is None or not after_2020(product.einddatum):
        return None
    return {"toewijzingnummer": product.toewijzingnummer}


def _begin(product: TeWijzigenProduct, toewijzing: Toewijzing) -> dict[str, object]:
    return {
        "toewijzingnummer": product.toewijzingnummer, "gewenst": product.ingangsdatum, "ingangsdatum": toewijzing.ingangsdatum,
    }  # fmt: skip
