"""The JW301 that would honour a request, as a concept for the back office; it allocates nothing by itself."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Connection

from berichten.beoordeling.verzoeken.concept import Conceptproduct, draft_toewijzing, draft_wijziging
from berichten.dossier.verzoeken.verzoekkader import VerzoekKader
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.basis.overname import take
from berichten.inzage.verzoeken.verzoeklijst import Omvang, Product
from berichten.opslag.berichten.berichten import read_inhoud
from berichten.opslag.dossiers.verzoekkaders import load_verzoek_kader
from berichten.opslag.dossiers.verzoekstanden import load_op_referentie
from berichten.opslag.verzoeken.verzoeklijst import Verzoekrij, find_verzoekrij
from berichten.standaard.lezen.lezen import reread_bericht
from berichten.standaard.waarden import onderdelen
from berichten.standaard.waarden.verzoeken import Toewijzingsverzoek, Wijzigingsverzoek


@dataclass(frozen=True, slots=True)
class Conceptregel:
    """One ToegewezenProduct. Dates inclusive, budget in eurocents."""

    toewijzingnummer: int | None
    """None where the back office gives a new one."""
    referentie_aanbieder: str | None
    """None for an allocation that only rides along."""
    product: Product | None
    ingangsdatum: date
    einddatum: date | None
    omvang: Omvang | None
    budget: int | None
    reden_wijziging: str | None
    uitleg: str
    mens_beslist: bool


@dataclass(frozen=True, slots=True)
class Concept:
    """What the JW301 is to hold."""

    bericht_id: UUID
    """Message of the request."""
    agb: str
    client: str
    toegewezen_producten: list[Conceptregel]


@dataclass(frozen=True, slots=True)
class NietTeHonoreren:
    """Why there is no concept."""

    waarom: str


def find_concept(kijker: Kijker, verzoek_id: UUID) -> Concept | NietTeHonoreren | None:
    """Of a JW315 all its products that are to be honoured, of a JW317 all of it; None for a request that is not there."""
    with kijker.transaction() as (verbinding, vermelding):
        rij = find_verzoekrij(verbinding, kijker.gemeente, verzoek_id)
        if rij is None:
            vermelding.shows_absent("verzoek", verzoek_id)
            return None
        if rij.status != "te_honoreren":
            vermelding.shows("verzoek", [], verzoek_id)
            return NietTeHonoreren(_WAAROM[rij.status])
        vermelding.shows("verzoek", [rij.bsn], verzoek_id)
        bericht = read_verzoekbericht(kijker, verbinding, rij)
        kader = load_verzoek_kader(verbinding, kijker.gemeente, bericht, kijker.instellingen.vandaag())
        regels = draft_regels(bericht, list_te_honoreren(kijker, verbinding, bericht), kader)
    return Concept(rij.bericht_id, rij.agb, kijker.mask(rij.bsn), regels)


_WAAROM = {
    "ontvangen": "Over dit verzoek is nog niet besloten. Honoreer het eerst; dan staat hier wat u kunt toewijzen.",
    "in_onderzoek": "Dit verzoek is in onderzoek. Honoreer het eerst; dan staat hier wat u kunt toewijzen.",
    "toegewezen": "Dit verzoek is al gehonoreerd: de toewijzing (JW301) is er.",
    "afgewezen": "Dit verzoek is afgewezen. Er valt niets toe te wijzen.",
}


def list_te_honoreren(kijker: Kijker, verbinding: Connection, bericht: Toewijzingsverzoek | Wijzigingsverzoek) -> set[str]:
    """References of a message whose requests are to be honoured."""
    producten = bericht.aangevraagd if isinstance(bericht, Toewijzingsverzoek) else (bericht,)
    referenties = [item.referentie for item in producten]
    standen = load_op_referentie(verbinding, kijker.gemeente, bericht.header.afzender, referenties)
    return {referentie for referentie, stand in standen.items() if stand.status == "te_honoreren"}


def draft_regels(
    bericht: Toewijzingsverzoek | Wijzigingsverzoek, referenties: Collection[str], kader: VerzoekKader
) -> list[Conceptregel]:
    """Products of the JW301 that honours these references of a message."""
    if isinstance(bericht, Wijzigingsverzoek):
        producten = draft_wijziging(bericht, kader)
    else:
        producten = draft_toewijzing([item for item in bericht.aangevraagd if item.referentie in referenties], kader)
    return [_show(item) for item in producten]


def read_verzoekbericht(kijker: Kijker, verbinding: Connection, rij: Verzoekrij) -> Toewijzingsverzoek | Wijzigingsverzoek:
    """The message in which a request stands."""
    inhoud = read_inhoud(verbinding, kijker.gemeente, rij.bericht_id) or b""
    bericht = reread_bericht(kijker.kluis.unpack(inhoud), rij.soort)
    assert isinstance(bericht, Toewijzingsverzoek | Wijzigingsverzoek)
    return bericht


def _show(item: Conceptproduct) -> Conceptregel:
    return take(
        Conceptregel, item, referentie_aanbieder=item.referentie, product=show_product(item.product),
        omvang=show_omvang(item.omvang),
    )  # fmt: skip


def show_product(product: onderdelen.Product | None) -> Product | None:
    """A product of a message as it is shown."""
    return None if product is None else Product(product.categorie, product.code)


def show_omvang(omvang: onderdelen.Omvang | None) -> Omvang | None:
    """Omvang of a message as it is shown."""
    return None if omvang is None else Omvang(omvang.volume, omvang.eenheid, omvang.frequentie)
