"""What lies beside a request on the desk of who decides: what there is already, what is asked instead, contract, age, earlier ones.

For staff only. Commentaar of the aanbieder is read here and nowhere else: it stands in no list, log or export.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import Connection

from berichten.dossier.contract import Contract
from berichten.dossier.dossier import Toewijzing as Dossiertoewijzing
from berichten.dossier.verzoeken.verzoekfeiten import VerzoekFeiten
from berichten.dossier.verzoeken.verzoekkader import VerzoekKader, is_current, product_of
from berichten.dossier.verzoeken.wens import classify, omvang_of
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.verzoeken.verzoekconcept import (
    Conceptregel,
    draft_regels,
    list_te_honoreren,
    read_verzoekbericht,
    show_omvang,
    show_product,
)
from berichten.inzage.verzoeken.verzoeklijst import Omvang, Product
from berichten.kern.kalender import age_on
from berichten.klok import dutch_day
from berichten.opslag.berichten.berichten import read_inhoud
from berichten.opslag.dossiers.verzoekkaders import load_verzoek_feiten, load_verzoek_kader
from berichten.opslag.verzoeken.verzoeklijst import Verzoekfilter, Verzoekrij, find_verzoekrij, list_op_ontvangst
from berichten.rapporten.toewijzing.benutting import Benutting, read_benutting
from berichten.standaard.lezen.commentaar import read_commentaar
from berichten.standaard.waarden.verzoeken import AangevraagdProduct, NieuwProduct, Toewijzingsverzoek, Wijzigingsverzoek

Wat = Literal["gevraagd", "nieuw", "blijft", "einddatum", "omvang", "budget"]
"""What is asked of one product: a first allocation, one besides, nothing, or which part of the allocation is to change."""
_MEEST_EERDER = 20


@dataclass(frozen=True, slots=True)
class Stand:
    """One side of a change. Dates inclusive, budget in eurocents."""

    ingangsdatum: date
    einddatum: date | None
    omvang: Omvang | None
    budget: int | None


@dataclass(frozen=True, slots=True)
class Afspraak:
    """What was agreed on a product with this aanbieder, on the day on which it is to begin."""

    heeft_contract: bool | None
    """None where the gemeente has loaded no contracts, or the product is a whole category."""
    tarieven: list[tuple[int, str]]
    """Eurocents, and the unit in which they count."""


@dataclass(frozen=True, slots=True)
class Gevraagd:
    """One product of a request: as it is now and as it is asked."""

    wat: Wat
    toewijzingnummer: int | None
    product: Product | None
    nu: Stand | None
    straks: Stand | None
    """None for an allocation that stays as it is."""
    afspraak: Afspraak


@dataclass(frozen=True, slots=True)
class Lopend:
    """An allocation of this aanbieder for this client that has not ended, with what is used of it."""

    toewijzingnummer: int
    product: Product | None
    stand: Stand
    gebruik: Benutting
    """Awarded, held and left, in the unit of the allocation and in eurocents."""


@dataclass(frozen=True, slots=True)
class Eerder:
    """Another request for this client, of whichever aanbieder."""

    verzoek_id: UUID
    referentie_aanbieder: str
    agb: str
    soort: str
    status: str
    ontvangen_op: datetime


@dataclass(frozen=True, slots=True)
class Verzoekblad:
    """All of it."""

    leeftijd: int | None
    """Of the client in years, on the first day that is asked for; None when the birth date is not known to the day."""
    leeftijd_op: date | None
    commentaar: tuple[str, ...]
    gevraagd: list[Gevraagd]
    lopend: list[Lopend]
    eerder: list[Eerder]
    """Newest first."""
    concept: list[Conceptregel]
    """What the JW301 would hold, also before it is decided: of a JW315 this product and all others that are to be honoured, with
    what rides along."""


def find_verzoekblad(kijker: Kijker, verzoek_id: UUID) -> Verzoekblad | None:
    """None when it is not there, or another gemeente's."""
    with kijker.transaction() as (verbinding, vermelding):
        rij = find_verzoekrij(verbinding, kijker.gemeente, verzoek_id)
        if rij is None:
            vermelding.shows_absent("verzoek", verzoek_id)
            return None
        vermelding.shows("verzoek", [rij.bsn], verzoek_id)
        bericht = read_verzoekbericht(kijker, verbinding, rij)
        kader = load_verzoek_kader(verbinding, kijker.gemeente, bericht, kijker.instellingen.vandaag())
        feiten = load_verzoek_feiten(verbinding, kijker.gemeente, bericht, kader, dutch_day(rij.ontvangen_op))
        gevraagd = _list_gevraagd(bericht, rij, feiten)
        dag = min((item.straks.ingangsdatum for item in gevraagd if item.straks), default=None)
        return Verzoekblad(
            leeftijd=age_on(feiten.geboortedatum, dag) if feiten.geboortedatum and dag else None,
            leeftijd_op=dag,
            commentaar=_read_commentaar(kijker, verbinding, rij),
            gevraagd=gevraagd,
            lopend=_list_lopend(kijker, verbinding, kader),
            eerder=_list_eerder(kijker, verbinding, rij),
            concept=draft_regels(bericht, {rij.referentie, *list_te_honoreren(kijker, verbinding, bericht)}, kader),
        )


def _list_gevraagd(bericht: Toewijzingsverzoek | Wijzigingsverzoek, rij: Verzoekrij, feiten: VerzoekFeiten) -> list[Gevraagd]:
    contract = feiten.contract
    if isinstance(bericht, Toewijzingsverzoek):
        return [_new("gevraagd", item, contract) for item in bericht.aangevraagd if item.referentie == rij.referentie]
    bekend = {nummer: verloop.nu for nummer, verloop in feiten.kader.toewijzingen.items()}
    wijzigt = []
    for item in bericht.te_wijzigen:
        nu = bekend[item.toewijzingnummer]
        straks = Stand(item.ingangsdatum, item.einddatum, show_omvang(item.omvang), item.budget)
        wat: Wat = "einddatum" if classify(item, nu) == "einddatum" else "budget" if item.budget != nu.budget else "omvang"
        if classify(item, nu) == "geen":
            wat = "blijft"
        wijzigt.append(_change(wat, nu, straks, contract))
    return [
        *wijzigt,
        *(_new("nieuw", item, contract) for item in bericht.nieuw),
        *(_change("blijft", bekend[item.toewijzingnummer], None, contract) for item in bericht.ongewijzigd),
    ]


def _new(wat: Wat, item: AangevraagdProduct | NieuwProduct, contract: Contract) -> Gevraagd:
    product = show_product(item.product)
    straks = Stand(item.ingangsdatum, item.einddatum, show_omvang(item.omvang), item.budget)
    return Gevraagd(wat, None, product, None, straks, _agreed(product, item.ingangsdatum, contract))


def _change(wat: Wat, nu: Dossiertoewijzing, straks: Stand | None, contract: Contract) -> Gevraagd:
    product, dag = show_product(product_of(nu)), (straks or _now(nu)).ingangsdatum
    return Gevraagd(wat, nu.toewijzingnummer, product, _now(nu), straks, _agreed(product, dag, contract))


def _now(toewijzing: Dossiertoewijzing) -> Stand:
    return Stand(toewijzing.ingangsdatum, toewijzing.einddatum, show_omvang(omvang_of(toewijzing)), toewijzing.budget)


def _agreed(product: Product | None, dag: date, contract: Contract) -> Afspraak:
    if product is None or product.code is None:
        return Afspraak(None, [])
    kent = contract.heeft_contracten or contract.heeft_tarieven
    tarieven = sorted({(item.tarief, contract.unit_of(item)) for item in contract.tarieven(product.code, dag)})
    return Afspraak(not contract.is_outside(product.code, dag) if kent else None, tarieven)


def _list_lopend(kijker: Kijker, verbinding: Connection, kader: VerzoekKader) -> list[Lopend]:
    """A few queries for each, of which a client has a handful at one aanbieder."""
    return [
        Lopend(
            nummer,
            show_product(product_of(verloop.nu)),
            _now(verloop.nu),
            read_benutting(verbinding, kijker.gemeente, verloop.nu, kader.vandaag),
        )
        for nummer, verloop in sorted(kader.toewijzingen.items())
        if is_current(verloop.nu, kader.vandaag)
    ]


def _list_eerder(kijker: Kijker, verbinding: Connection, rij: Verzoekrij) -> list[Eerder]:
    alle = list_op_ontvangst(verbinding, kijker.gemeente, Verzoekfilter(bsn=rij.bsn), None, _MEEST_EERDER + 1)
    return [
        Eerder(item.verzoek_id, item.referentie, item.agb, item.soort, item.status, item.ontvangen_op)
        for item in alle
        if item.verzoek_id != rij.verzoek_id
    ]


def _read_commentaar(kijker: Kijker, verbinding: Connection, rij: Verzoekrij) -> tuple[str, ...]:
    inhoud = read_inhoud(verbinding, kijker.gemeente, rij.bericht_id) or b""
    return read_commentaar(kijker.kluis.unpack(inhoud), rij.volgnummer)
