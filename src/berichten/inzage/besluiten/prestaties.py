"""A billed line: what became of it and why, what was decided and said about it, and what the aanbieder is to do now."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from berichten.beoordeling.wachtend.niet_beoordeeld import Redenen, find_redenen
from berichten.beoordeling.wachtend.wat_te_doen import advise_aanbieder
from berichten.inzage.basis.bladzijde import Bladzijde, cut
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.basis.overname import take
from berichten.inzage.berichten.bevindingen import Bevinding, show_bevinding
from berichten.inzage.besluiten.besluiten import (
    Codevoorstel,
    Creditverzoek,
    Genomenbesluit,
    Opmerking,
    propose_codes,
    read_besluiten,
    show_besluit,
    show_opmerking,
)
from berichten.kern.feit import tell_missing
from berichten.opslag.berichten import prestaties as opslag
from berichten.opslag.berichten.berichten import Berichtrij, find_bericht
from berichten.opslag.berichten.bevindingen import Bevindingrij, list_stoppers
from berichten.opslag.berichten.declaraties import Prestatierij
from berichten.opslag.berichten.prestaties import Besluitrij, Opmerkingrij, count_opmerkingen
from berichten.opslag.berichten.zoeken import Prestatiefilter
from berichten.opslag.berichten.zoeken import list_prestaties as search
from berichten.opslag.besluiten.teruggevraagd import find_creditverzoeken
from berichten.rapporten.boeken.periode import Maandperiode
from berichten.rapporten.prestaties.prestatielijst import report_prestaties
from berichten.rapporten.prestaties.regelbevindingen import load_regelbevindingen
from berichten.rapporten.uitvoer.tabel import Rapport, file_name
from berichten.regels.register import untestable
from berichten.standaard.schema.retourcodes import tell_codes

__all__ = [
    "Declaratieprestatie", "NietTeToetsen", "Prestatie", "Prestatiedossier", "Prestatiefilter", "export_prestaties",
    "find_prestatie", "list_prestaties",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class NietTeToetsen:
    """One of the gemeente's own rules that could not be judged, and why."""

    regel: str
    reden: str


@dataclass(frozen=True, slots=True)
class Prestatie:
    """A billed line. Amounts in eurocents, credit negative; dates inclusive."""

    prestatie_id: int
    referentienummer: str
    vorig_referentienummer: str | None
    client: str
    """Only the last three digits of the Bsn."""
    toewijzingnummer: int | None
    categorie: str
    productcode: str
    begindatum: date
    einddatum: date
    volume: int
    eenheid: str
    tarief: int | None
    bedrag: int
    credit: bool
    uitkomst: str
    toegekend_bedrag: int
    """What of the amount is in the books: a line of a JW303 may be awarded in part."""
    retourcodes: list[str]
    bevindingen: list[Bevinding]
    niet_te_toetsen: list[NietTeToetsen]
    niet_beoordeeld_omdat: str | None
    """Which fault of the message or the client stopped this line."""

    @property
    def retourcode_teksten(self) -> dict[str, str]:
        """What the codes mean, by code."""
        return tell_codes(self.retourcodes)


@dataclass(frozen=True, slots=True)
class Declaratieprestatie(Prestatie):
    """A line in the list of a declaration."""

    besluit: Genomenbesluit | None
    """The decision that counts; a proposal does not."""
    creditverzoek: Creditverzoek | None
    aantal_opmerkingen: int


@dataclass(frozen=True, slots=True)
class Prestatiedossier(Prestatie):
    """A line with all that was decided and said about it."""

    bericht_id: UUID
    agb: str
    antwoord_uiterlijk_op: date | None
    besluiten: list[Genomenbesluit]
    """Oldest first; proposals only for staff."""
    opmerkingen: list[Opmerking]
    creditverzoek: Creditverzoek | None
    codevoorstellen: list[Codevoorstel]
    """With which it is rejected when nobody chooses a code; only for staff, while it is held."""
    wat_te_doen: str
    """What the aanbieder is to do now."""


def list_prestaties(
    kijker: Kijker, bericht_id: UUID, zeef: Prestatiefilter, grootte: int, volgende: str | None
) -> Bladzijde[Declaratieprestatie] | None:
    """Lines in the order of the message, a fixed number of queries; None when the message is not there, or another's."""
    gemeente = kijker.gemeente
    with kijker.transaction() as (verbinding, vermelding):
        bericht = find_bericht(verbinding, gemeente, bericht_id)
        if bericht is None:
            vermelding.shows_absent("bericht", bericht_id)
            return None
        bladzijde = cut(search(verbinding, bericht, zeef, int(volgende or 0), grootte + 1), grootte, lambda rij: rij.prestatie_id)
        nummers = [rij.prestatie_id for rij in bladzijde.regels]
        bevindingen = load_regelbevindingen(verbinding, gemeente, nummers)
        redenen = find_redenen(bericht.status, list_stoppers(verbinding, gemeente, bericht_id))
        besluiten = {nummer: _last_final(rijen) for nummer, rijen in read_besluiten(verbinding, kijker, nummers).items()}
        verzoeken = find_creditverzoeken(verbinding, gemeente, nummers)
        opmerkingen = count_opmerkingen(verbinding, gemeente, nummers)
        vermelding.shows("prestaties", (rij.bsn for rij in bladzijde.regels), bericht_id)
    namen = kijker.names_of(besluit.door for besluit in besluiten.values() if besluit)

    def show(rij: Prestatierij) -> Declaratieprestatie:
        nummer, besluit = rij.prestatie_id, besluiten.get(rij.prestatie_id)
        return take(
            Declaratieprestatie,
            rij,
            client=kijker.mask(rij.bsn),
            **_explain(rij, bevindingen.get(nummer, []), bericht.soort, redenen),
            besluit=besluit and show_besluit(besluit, namen),
            creditverzoek=verzoeken.get(nummer),
            aantal_opmerkingen=opmerkingen.get(nummer, 0),
        )

    return bladzijde.each(show)


def find_prestatie(kijker: Kijker, prestatie_id: int) -> Prestatiedossier | None:
    """All that the holder may know of a line; None when it is not there, or another's."""
    gemeente = kijker.gemeente
    with kijker.transaction() as (verbinding, vermelding):
        gevonden = opslag.find_prestatie(verbinding, gemeente, prestatie_id)
        if gevonden is None:
            vermelding.shows_absent("prestatie", prestatie_id)
            return None
        rij, bericht = gevonden
        bevindingen = load_regelbevindingen(verbinding, gemeente, [prestatie_id]).get(prestatie_id, [])
        redenen = find_redenen(bericht.status, list_stoppers(verbinding, gemeente, bericht.bericht_id))
        besluiten = read_besluiten(verbinding, kijker, [prestatie_id]).get(prestatie_id, [])
        opmerkingen = opslag.list_opmerkingen(verbinding, gemeente, prestatie_id)
        verzoek = find_creditverzoeken(verbinding, gemeente, [prestatie_id]).get(prestatie_id)
        vermelding.shows("prestatie", [rij.bsn], prestatie_id)
    namen = kijker.names_of([*(item.door for item in besluiten), *(item.door for item in opmerkingen)])
    return take(
        Prestatiedossier,
        rij,
        client=kijker.mask(rij.bsn),
        **_explain(rij, bevindingen, bericht.soort, redenen),
        bericht_id=bericht.bericht_id,
        agb=bericht.agb or "",
        antwoord_uiterlijk_op=bericht.antwoord_uiterlijk_op,
        besluiten=[show_besluit(item, namen) for item in besluiten],
        opmerkingen=[show_opmerking(item, namen) for item in opmerkingen],
        creditverzoek=verzoek,
        codevoorstellen=propose_codes(bevindingen) if rij.uitkomst == "ter_beoordeling" and kijker.houder.medewerker else [],
        wat_te_doen=_advise(rij, bericht, kijker.instellingen.vandaag(), opmerkingen, verzoek is not None),
    )


def export_prestaties(
    kijker: Kijker, bericht_id: UUID, zeef: Prestatiefilter
) -> tuple[str, Callable[[Connection], Rapport]] | None:
    """Name (without ending) and maker of the lines as a file; None when the message is not there, or another's."""
    with kijker.transaction() as (verbinding, vermelding):
        bericht = find_bericht(verbinding, kijker.gemeente, bericht_id)
        if bericht is None:
            vermelding.shows_absent("bericht", bericht_id)
            return None
        # Kept before the file begins: of one that breaks off half, half was seen.
        vermelding.shows("prestaties", (rij.bsn for rij in search(verbinding, bericht, zeef)), bericht_id, actie="E")
    maanden = Maandperiode(bericht.declaratie_begindatum, bericht.declaratie_einddatum).bestandsdeel
    naam = file_name("prestaties", kijker.gemeente, maanden, kijker.instellingen.vandaag())
    return naam, lambda verbinding: report_prestaties(verbinding, bericht, zeef, kijker.mask)


def _explain(rij: Prestatierij, bevindingen: Sequence[Bevindingrij], soort: str, redenen: Redenen) -> dict[str, Any]:
    """What is shown of a line otherwise than it is kept."""
    gemist = untestable(rij.zonder_feiten)
    return {
        "toegekend_bedrag": rij.toegekend,
        "retourcodes": rij.retourcodes or [],
        "bevindingen": [show_bevinding(item, soort) for item in bevindingen],
        "niet_te_toetsen": [NietTeToetsen(regel, tell_missing(feiten)) for regel, feiten in gemist.items()],
        "niet_beoordeeld_omdat": redenen.find(rij.regelnummer) if rij.uitkomst == "niet_beoordeeld" else None,
    }


def _last_final(besluiten: list[Besluitrij]) -> Besluitrij | None:
    return next((besluit for besluit in reversed(besluiten) if besluit.definitief), None)


def _advise(rij: Prestatierij, bericht: Berichtrij, vandaag: date, opmerkingen: list[Opmerkingrij], terugvragen: bool) -> str:
    return advise_aanbieder(
        rij.uitkomst,
        bericht.status,
        rij.referentienummer,
        uiterlijk=bericht.antwoord_uiterlijk_op,
        vandaag=vandaag,
        gevraagd=bool(opmerkingen) and opmerkingen[-1].van == "gemeente",
        terugvragen=terugvragen,
    )
