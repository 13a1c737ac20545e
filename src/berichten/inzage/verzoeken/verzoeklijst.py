"""Lists of requests: those that wait by their term, and all of them by receipt."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from berichten.beoordeling.verzoeken.verzoekbevindingen import proposed_reden
from berichten.beoordeling.wachtend.termijn import last_warned
from berichten.dossier.verzoek import OPEN
from berichten.instellingen import Instellingen
from berichten.inzage.basis.bladzijde import Bladzijde, WijzerFout, cut
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.basis.overname import take
from berichten.opslag.verzoeken import verzoeklijst as opslag
from berichten.opslag.verzoeken.verzoeklijst import (
    Ontvangstwijzer,
    Termijnwijzer,
    Verzoekbevindingrij,
    Verzoekfilter,
    Verzoekrij,
    load_intrekkingen,
    load_uitkomsten,
    load_verzoekbevindingen,
)

__all__ = ["Omvang", "Product", "Verwijzer", "Verzoek", "Verzoekfilter", "Volgorde", "list_verzoeken", "show_verzoek", "warn_of"]

Volgorde = Literal["termijn", "ontvangst"]
"""By the day on which something must be sent, for open requests only; or the last to come in first."""


@dataclass(frozen=True, slots=True)
class Verwijzer:
    """Who referred the client (JW315): kind (COD327), and the name or the AGB code of a person."""

    type: str
    naam: str | None
    zorgverlenercode: str | None


@dataclass(frozen=True, slots=True)
class Product:
    """Category, and the code where one is given."""

    categorie: str
    code: str | None


@dataclass(frozen=True, slots=True)
class Omvang:
    """Volume in whole units for each Frequentie."""

    volume: int
    eenheid: str
    frequentie: str


@dataclass(frozen=True, slots=True)
class Verzoek:
    """A request as it stands. Days inclusive, budget in eurocents, of the Bsn only the last three digits.

    Product, dates, omvang and budget are those of an AangevraagdProduct; a JW317 has its products in the message.
    """

    verzoek_id: UUID
    soort: str
    referentie_aanbieder: str
    agb: str
    client: str
    status: str
    bericht_id: UUID
    dagtekening: date
    ontvangen_op: datetime
    reactie_uiterlijk_op: date
    besluit_uiterlijk_op: date
    woonplaats_uiterlijk_op: date | None
    termijn: date | None
    """Day by which the gemeente must send something now; None once the request is closed."""
    waarschuwing: str | None
    """`bijna_verlopen` or `verlopen`."""
    gesloten_op: datetime | None
    verwijzer: Verwijzer | None
    product: Product | None
    ingangsdatum: date | None
    einddatum: date | None
    omvang: Omvang | None
    budget: int | None
    reden_verzoek: str | None
    """RedenVerzoek of a JW317 (WJ758)."""
    voorgestelde_reden: str | None
    """Reason of refusal (WJ759) of the first finding that asks for a person, else of the first that has one; for staff only."""
    intrekking_gevraagd: bool
    """The aanbieder asked to have it refused."""
    woonplaats_waarschuwing: str | None
    """`bijna_verlopen` or `verlopen`: the day to refuse it on domicile (OP359), while nobody found that the client is of here; for
    staff only, of an open JW315."""


def list_verzoeken(
    kijker: Kijker, zeef: Verzoekfilter, grootte: int, volgende: str | None, volgorde: Volgorde = "ontvangst"
) -> Bladzijde[Verzoek]:
    """A page of requests: an aanbieder's own, staff those of their gemeente; a fixed number of queries. Raises WijzerFout.

    `volgorde` termijn gives open requests only, whose term ends first at the top. Commentaar is in no list.
    """
    if kijker.houder.agb is not None:
        zeef = replace(zeef, agb=kijker.houder.agb)
    op_termijn = volgorde == "termijn" or zeef.termijn_voor is not None
    with kijker.transaction() as (verbinding, vermelding):
        if op_termijn:
            rijen = opslag.list_op_termijn(verbinding, kijker.gemeente, zeef, _read_termijn(volgende), grootte + 1)
            bladzijde = cut(rijen, grootte, lambda rij: f"{rij.termijn}_{rij.ontvangen_op.isoformat()}_{rij.verzoek_id}")
        else:
            rijen = opslag.list_op_ontvangst(verbinding, kijker.gemeente, zeef, _read_ontvangst(volgende), grootte + 1)
            bladzijde = cut(rijen, grootte, lambda rij: f"{rij.ontvangen_op.isoformat()}_{rij.verzoek_id}")
        ids = [rij.verzoek_id for rij in bladzijde.regels]
        intrekkingen = load_intrekkingen(verbinding, kijker.gemeente, ids)
        bevindingen = load_verzoekbevindingen(verbinding, kijker.gemeente, ids) if kijker.houder.medewerker else {}
        uitkomsten = load_uitkomsten(verbinding, kijker.gemeente, ids) if kijker.houder.medewerker else {}
        vermelding.shows("verzoeken", (rij.bsn for rij in bladzijde.regels))
    return bladzijde.each(
        lambda rij: show_verzoek(
            kijker, rij, bevindingen.get(rij.verzoek_id, []), rij.verzoek_id in intrekkingen, uitkomsten.get(rij.verzoek_id)
        )
    )


def _read_termijn(volgende: str | None) -> Termijnwijzer | None:
    if not volgende:
        return None
    try:
        termijn, ontvangen, nummer = volgende.split("_")
        return Termijnwijzer(date.fromisoformat(termijn), datetime.fromisoformat(ontvangen), UUID(nummer))
    except ValueError as fout:
        raise WijzerFout(volgende) from fout


def _read_ontvangst(volgende: str | None) -> Ontvangstwijzer | None:
    if not volgende:
        return None
    try:
        ontvangen, nummer = volgende.split("_")
        return Ontvangstwijzer(datetime.fromisoformat(ontvangen), UUID(nummer))
    except ValueError as fout:
        raise WijzerFout(volgende) from fout


def show_verzoek(
    kijker: Kijker, rij: Verzoekrij, bevindingen: list[Verzoekbevindingrij], intrekking: bool, uitkomst: str | None
) -> Verzoek:
    """A row as this holder sees it; `uitkomst` is what was last found of the domicile."""
    is_open = rij.status in OPEN
    return take(
        Verzoek,
        rij,
        referentie_aanbieder=rij.referentie,
        client=kijker.mask(rij.bsn),
        termijn=rij.termijn if is_open else None,
        waarschuwing=warn_of(rij.termijn, kijker.instellingen) if is_open else None,
        verwijzer=Verwijzer(rij.verwijzer_type, rij.verwijzer_naam, rij.verwijzer_code) if rij.verwijzer_type else None,
        product=Product(rij.categorie, rij.productcode) if rij.categorie else None,
        omvang=None if rij.volume is None else Omvang(rij.volume, rij.eenheid or "", rij.frequentie or ""),
        voorgestelde_reden=proposed_reden((item.gevolg, item.reden) for item in bevindingen),
        intrekking_gevraagd=intrekking,
        woonplaats_waarschuwing=_warn_of_woonplaats(kijker, rij, uitkomst) if is_open else None,
    )


def _warn_of_woonplaats(kijker: Kijker, rij: Verzoekrij, uitkomst: str | None) -> str | None:
    if rij.woonplaats_uiterlijk_op is None or uitkomst == "ja" or not kijker.houder.medewerker:
        return None
    return warn_of(rij.woonplaats_uiterlijk_op, kijker.instellingen)


def warn_of(termijn: date, instellingen: Instellingen) -> str | None:
    """How a term of an open request stands today: `verlopen` after its last day, `bijna_verlopen` shortly before."""
    vandaag = instellingen.vandaag()
    if termijn < vandaag:
        return "verlopen"
    return "bijna_verlopen" if termijn <= last_warned(vandaag, instellingen.waarschuw_werkdagen) else None
