"""Rules on a request as a whole: its reference, its client, and for a JW317 all that the client has (VERZOEKEN 6)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from berichten.dossier.verzoeken.verzoekkader import VerzoekKader, is_current, product_of
from berichten.kern.regel import Gegevens, Regel, regel
from berichten.kern.taal import limit
from berichten.kern.tekst import datum
from berichten.regels.inhoud.inhoudsregel import tell_referentie
from berichten.regels.inhoud.overlap import find_overlaps
from berichten.standaard.waarden.onderdelen import Product
from berichten.standaard.waarden.soorten import JW315
from berichten.standaard.waarden.verzoeken import AangevraagdProduct, Wijzigingsverzoek

_JW315, _JW317 = ("JW315",), ("JW317",)
_OPNIEUW = "Stuur het bericht daarna opnieuw."


@regel(
    "TR304",
    retourcode="8187",
    niveau=3,
    klasse="Client",
    element="Bsn",
    berichten=_JW317,
    gevolg="afkeuren",
    titel="Een verzoek om wijziging gaat over een cliënt voor wie de aanbieder een toewijzing heeft of had.",
    melding="Voor deze cliënt is bij u geen toewijzing bekend. De rest van het verzoek is daarom niet beoordeeld.",
    doen="Controleer het Bsn. Is het juist, stuur dan een verzoek om toewijzing (JW315) in plaats van een verzoek om wijziging.",
)
def client_heeft_toewijzing(_: Wijzigingsverzoek, kader: VerzoekKader) -> Gegevens | None:
    """Also one that has ended or was taken back will do; else nothing below the client is judged (0233)."""
    return None if kader.toewijzingen else {}


def _open_verzoek(klasse: str, berichten: tuple[str, ...]) -> Regel:
    return regel(
        "TR374",
        retourcode="9374",
        niveau=3,
        klasse=klasse,
        berichten=berichten,
        gevolg="afkeuren",
        titel="Voor een cliënt loopt bij een aanbieder maar één verzoek tegelijk.",
        melding="Voor deze cliënt wacht nog een verzoek van u op antwoord van de gemeente: kenmerk {referenties}.",
        doen="Wacht op dat antwoord en stuur dit verzoek daarna opnieuw. Wilt u het eerdere verzoek niet meer, vraag de gemeente "
        "dan om het af te wijzen.",
    )(_has_open)


def _has_open(_: object, kader: VerzoekKader) -> Gegevens | None:
    """Open until a refusal or an allocation with its reference; never another aanbieder's. Each product of a JW315 is one."""
    if not kader.open:
        return None
    namen = [f"{tell_referentie(item.referentie)} ({_tell_soort(item.soort)} van {datum(item.dagtekening)})" for item in kader.open]
    return {"referenties": limit(namen), "aantal": len(namen)}


def _tell_soort(soort: str) -> str:
    return "verzoek om toewijzing" if soort == JW315.naam else "verzoek om wijziging"


geen_open_verzoek_bij_aanvraag = _open_verzoek("Client", _JW315)
geen_open_verzoek_bij_wijziging = _open_verzoek("Verzoek", _JW317)
"""The standard names no class: the client is at issue where nothing but products stands below it, else the request."""


def _kenmerk(klasse: str, berichten: tuple[str, ...]) -> Regel:
    return regel(
        "TR347",
        retourcode="9347",
        niveau=3,
        klasse=klasse,
        element="ReferentieAanbieder",
        berichten=berichten,
        gevolg="afkeuren",
        titel="Een aanbieder gebruikt een kenmerk voor maar één verzoek.",
        melding="Kenmerk {referentie} hebt u al gebruikt voor een eerder verzoek aan deze gemeente.",
        doen="Geef dit verzoek een nieuwe ReferentieAanbieder en stuur het bericht opnieuw.",
    )(_is_used)


def _is_used(verzoek: AangevraagdProduct | Wijzigingsverzoek, kader: VerzoekKader) -> Gegevens | None:
    """Of a request that was accepted, whatever became of it; case and spaces count."""
    return {"referentie": tell_referentie(verzoek.referentie)} if verzoek.referentie in kader.gebruikte_referenties else None


kenmerk_nieuw_bij_aanvraag = _kenmerk("AangevraagdProduct", _JW315)
kenmerk_nieuw_bij_wijziging = _kenmerk("Verzoek", _JW317)


@regel(
    "TR349",
    retourcode="9349",
    niveau=3,
    klasse="Verzoek",
    berichten=_JW317,
    gevolg="afkeuren",
    titel="Een verzoek om wijziging noemt alle toewijzingen die de cliënt nu bij de aanbieder heeft.",
    melding="Het verzoek noemt {aantal:een lopende toewijzing|lopende toewijzingen} van deze cliënt niet: {nummers}.",
    doen="Zet elke lopende toewijzing in het verzoek: bij OngewijzigdeProducten als die zo blijft, anders bij TeWijzigenProducten. "
    f"{_OPNIEUW}",
)
def alle_toewijzingen_genoemd(verzoek: Wijzigingsverzoek, kader: VerzoekKader) -> Gegevens | None:
    """One that ends today is still current. Only what was current on the Dagtekening too: more the sender could not see (OP095)."""
    genoemd, _ = verzoek.genoemde_toewijzingen
    nummers = sorted(
        nummer
        for nummer, verloop in kader.toewijzingen.items()
        if nummer not in genoemd and is_current(verloop.nu, kader.vandaag) and kader.current_then(nummer) is not None
    )
    return {"nummers": limit(nummers), "aantal": len(nummers)} if nummers else None


@dataclass(frozen=True, slots=True)
class Gewenst:
    """A product of the situation that a JW317 asks for, with its period there."""

    product: Product | None
    ingangsdatum: date
    einddatum: date | None
    wat: str
    blijft: bool
    """Whether it is an allocation that stays as it is."""


@regel(
    "TR361",
    retourcode="9361",
    niveau=3,
    klasse="Verzoek",
    berichten=_JW317,
    gevolg="afkeuren",
    titel="In de gewenste situatie lopen twee toewijzingen voor hetzelfde product niet tegelijk.",
    melding="In dit verzoek {aantal:loopt|lopen} hetzelfde product tegelijk: {paren}.",
    doen=f"Laat de periodes op elkaar aansluiten, of noem elke toewijzing maar één keer. {_OPNIEUW}",
)
def product_niet_dubbel(verzoek: Wijzigingsverzoek, kader: VerzoekKader) -> Gegevens | None:
    """A change counts from the Ingangsdatum of its allocation: what goes before it stays allocated (IV093). Allocations that both
    stay as they are may overlap: they were allocated so. Those that TR350 or TR351 finds fault with are left out."""
    gewenst = list(list_gewenst(verzoek, kader))
    overlappend = find_overlaps(gewenst, lambda item: item.blijft)
    paren = [f"{item.wat} en {overlappend[id(item)].wat}" for item in gewenst if id(item) in overlappend]
    return {"paren": limit(paren), "aantal": len(paren)} if paren else None


def list_gewenst(verzoek: Wijzigingsverzoek, kader: VerzoekKader) -> Iterator[Gewenst]:
    """What the client is to have, as far as its allocations are known."""
    for blijvend in verzoek.ongewijzigd:
        toewijzing = kader.current_then(blijvend.toewijzingnummer)
        if toewijzing is not None:
            wat = f"toewijzing {blijvend.toewijzingnummer} (ongewijzigd)"
            yield Gewenst(product_of(toewijzing), toewijzing.ingangsdatum, toewijzing.einddatum, wat, True)
    for anders in verzoek.te_wijzigen:
        toewijzing = kader.current_then(anders.toewijzingnummer)
        if toewijzing is not None:
            begin, einde = toewijzing.ingangsdatum, anders.einddatum
            # An end before the beginning is no period; the number itself may still not be there twice.
            einde = None if einde is None else max(begin, einde)
            yield Gewenst(product_of(toewijzing), begin, einde, f"toewijzing {anders.toewijzingnummer} (te wijzigen)", False)
    for nieuw in verzoek.nieuw:
        wat = f"een nieuw product{'' if nieuw.product is None else f' {nieuw.product.code or nieuw.product.categorie}'}"
        yield Gewenst(nieuw.product, nieuw.ingangsdatum, nieuw.einddatum, f"{wat} vanaf {datum(nieuw.ingangsdatum)}", False)
