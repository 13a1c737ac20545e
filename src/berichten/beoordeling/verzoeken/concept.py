"""The JW301 that honours a request, as a concept for the back office (VERZOEKEN 8). Pure; it allocates nothing by itself.

New numbers are left open: the back office gives them. What the standard leaves to a person is shown with what it is now, and why.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from berichten.dossier.dossier import Toewijzing
from berichten.dossier.verzoeken.verzoekkader import VerzoekKader, is_current, product_of
from berichten.dossier.verzoeken.wens import classify, omvang_of
from berichten.kern.tekst import datum
from berichten.standaard.waarden.onderdelen import Omvang, Product
from berichten.standaard.waarden.verzoeken import AangevraagdProduct, OngewijzigdProduct, TeWijzigenProduct, Wijzigingsverzoek

GEWIJZIGD = "12"
"""RedenWijziging of an allocation that changes because it was asked for."""

_BLIJFT = "Deze toewijzing verandert niet."
_WEG = "Hier beslist een mens: deze toewijzing is sinds het verzoek geëindigd of verwijderd."
_RIJDT_MEE = "Deze toewijzing loopt ook. Zij hoort in het bericht, zonder kenmerk."
_GEHEEL = "Budget of totaal verandert onder hetzelfde nummer, vanaf de ingangsdatum."
_EINDDATUM = "Alleen de einddatum verandert, onder hetzelfde nummer. Zolang de toewijzing loopt, is dat verplicht."
_OUD_DEEL = "Deze toewijzing eindigt met haar oude omvang, op de dag voor de wijziging."
_NIEUW_DEEL = "Dit is het vervolg van toewijzing {nummer} met de nieuwe omvang, onder een nieuw nummer."
_NIEUW = "Dit product is nieuw en krijgt een nieuw nummer."
_VOORBIJ = (
    " De gevraagde datum is voorbij. Spreek een andere datum af met de aanbieder als dat nodig is; alleen datums mogen anders."
)


@dataclass(frozen=True, slots=True)
class Conceptproduct:
    """One ToegewezenProduct of the concept. Dates inclusive, budget in eurocents."""

    toewijzingnummer: int | None
    """None where the back office gives a new one."""
    referentie: str | None
    """ReferentieAanbieder of the request that it honours; None for what only rides along (OP087)."""
    product: Product | None
    ingangsdatum: date
    einddatum: date | None
    omvang: Omvang | None
    budget: int | None
    reden_wijziging: str | None
    uitleg: str
    """What becomes of it, in Dutch."""
    mens_beslist: bool = False
    """Whether the standard does not say what becomes of it: then these are the values as they are now."""


def draft_toewijzing(verzoeken: Sequence[AangevraagdProduct], kader: VerzoekKader) -> list[Conceptproduct]:
    """For the products of one JW315 that are to be honoured: as asked, and the client's other current allocations here."""
    nieuw = [
        Conceptproduct(
            None, item.referentie, item.product, item.ingangsdatum, item.einddatum, item.omvang, item.budget, None,
            _NIEUW + _passed(item.ingangsdatum, kader),
        )
        for item in verzoeken
    ]  # fmt: skip
    return [*nieuw, *_along(kader, set())]


def draft_wijziging(verzoek: Wijzigingsverzoek, kader: VerzoekKader) -> list[Conceptproduct]:
    """For a JW317: all that it names and asks with its reference, and what came since without."""
    concept: list[Conceptproduct] = []
    toegewezen: tuple[OngewijzigdProduct | TeWijzigenProduct, ...] = (*verzoek.ongewijzigd, *verzoek.te_wijzigen)
    for item in toegewezen:
        nu = kader.toewijzingen[item.toewijzingnummer].nu
        if not is_current(nu, kader.vandaag):
            concept.append(replace(_unchanged(nu, verzoek.referentie, _WEG), mens_beslist=True))
        elif isinstance(item, TeWijzigenProduct):
            concept += _change(item, nu, verzoek.referentie, kader)
        else:
            concept.append(_unchanged(nu, verzoek.referentie))
    concept += [
        Conceptproduct(
            None, verzoek.referentie, item.product, item.ingangsdatum, item.einddatum, item.omvang, item.budget, None,
            _NIEUW + _passed(item.ingangsdatum, kader),
        )
        for item in verzoek.nieuw
    ]  # fmt: skip
    genoemd, _ = verzoek.genoemde_toewijzingen
    return [*concept, *_along(kader, genoemd)]


def _change(anders: TeWijzigenProduct, nu: Toewijzing, referentie: str, kader: VerzoekKader) -> Iterator[Conceptproduct]:
    """What one TeWijzigenProduct becomes: a row of the table for each way in which an allocation can change."""
    vast = (nu.toewijzingnummer, referentie, product_of(nu), nu.ingangsdatum)
    verandering = classify(anders, nu)
    if verandering == "geen":
        yield _unchanged(nu, referentie)
    elif verandering == "geheel":
        yield Conceptproduct(*vast, anders.einddatum, anders.omvang, anders.budget, GEWIJZIGD, _GEHEEL)
    elif verandering == "einddatum":
        yield Conceptproduct(*vast, anders.einddatum, omvang_of(nu), nu.budget, GEWIJZIGD, _EINDDATUM)
    elif verandering == "splitsing":
        laatste, passed = anders.ingangsdatum - timedelta(days=1), _passed(anders.ingangsdatum, kader)
        yield Conceptproduct(*vast, laatste, omvang_of(nu), nu.budget, GEWIJZIGD, _OUD_DEEL + passed)
        uitleg = _NIEUW_DEEL.format(nummer=nu.toewijzingnummer)
        yield Conceptproduct(
            None, referentie, product_of(nu), anders.ingangsdatum, anders.einddatum, anders.omvang, anders.budget, None, uitleg
        )
    else:
        uitleg = f"Hier beslist een mens: {_tell_person(anders, nu)}."
        yield Conceptproduct(*vast, nu.einddatum, omvang_of(nu), nu.budget, None, uitleg, mens_beslist=True)


def _tell_person(anders: TeWijzigenProduct, nu: Toewijzing) -> str:
    omvang = omvang_of(nu)
    if omvang is None or anders.omvang is None:
        return "een omvang kan geen budget worden, en een budget geen omvang"
    if anders.ingangsdatum == nu.ingangsdatum:
        return f"een andere omvang vanaf de ingangsdatum ({datum(nu.ingangsdatum)}) laat geen oud deel over om te beëindigen"
    if not nu.ingangsdatum < anders.ingangsdatum <= (nu.einddatum or date.max):
        return f"de gevraagde datum ({datum(anders.ingangsdatum)}) valt buiten de toewijzing"
    return "onder hetzelfde nummer mogen eenheid en frequentie niet veranderen"


def _unchanged(nu: Toewijzing, referentie: str | None, uitleg: str = _BLIJFT) -> Conceptproduct:
    return Conceptproduct(
        nu.toewijzingnummer, referentie, product_of(nu), nu.ingangsdatum, nu.einddatum, omvang_of(nu), nu.budget, None, uitleg
    )  # fmt: skip


def _along(kader: VerzoekKader, genoemd: set[int]) -> list[Conceptproduct]:
    """The client's other allocations of this aanbieder that are current today, by number."""
    lopend = (verloop.nu for _, verloop in sorted(kader.toewijzingen.items()))
    return [
        _unchanged(nu, None, _RIJDT_MEE)
        for nu in lopend
        if nu.toewijzingnummer not in genoemd and is_current(nu, kader.vandaag)
    ]  # fmt: skip


def _passed(dag: date, kader: VerzoekKader) -> str:
    return _VOORBIJ if dag <= kader.vandaag else ""
