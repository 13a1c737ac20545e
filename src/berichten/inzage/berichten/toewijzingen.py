"""An allocation: as it stands, how it came to be so, whether delivery has started, what is used, and what fell out of it."""

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from sqlalchemy import Connection

from berichten.dossier import dossier
from berichten.dossier.buiten_toewijzing import find_outside
from berichten.dossier.dossier import StaandePrestatie
from berichten.dossier.leveringen import Leveringen
from berichten.dossier.normbedrag import Normbedrag
from berichten.inzage.basis.bladzijde import Bladzijde, cut
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.basis.overname import take
from berichten.opslag.berichten.prestaties import Toewijzingregel, list_op_toewijzing
from berichten.opslag.berichten.zoeken import Toewijzingfilter
from berichten.opslag.berichten.zoeken import list_toewijzingen as search
from berichten.opslag.dossiers import toewijzingen as opslag
from berichten.opslag.dossiers.buiten_toewijzing import load_staand
from berichten.opslag.dossiers.leveringen import list_leveringen
from berichten.rapporten.toewijzing.benutting import Benutting, Maandgebruik, Productgebruik, read_benutting
from berichten.rapporten.toewijzing.prognose import Advies, Prognose
from berichten.rapporten.toewijzing.standen import Toewijzingverplichting, read_verplichtingen_op
from berichten.rapporten.toewijzing.verplichting import Vraagpunt
from berichten.standaard.schema.retourcodes import tell_codes

__all__ = [
    "Advies", "Benutting", "Buiten", "BuitenPrestatie", "Levering", "Maandgebruik", "Normbedrag", "Productgebruik", "Prognose",
    "Toewijzing", "Toewijzingdossier", "Toewijzingfilter", "Toewijzingsprestatie", "Toewijzingverplichting", "Versie",
    "find_toewijzing", "list_prestaties_op", "list_toewijzingen",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Toewijzing:
    """An allocation as it stands; dates inclusive, budget in eurocents, of the Bsn only the last three digits."""

    toewijzingnummer: int
    agb: str
    client: str
    categorie: str | None
    productcode: str | None
    ingangsdatum: date
    einddatum: date | None
    reden_wijziging: str | None
    volume: int | None
    eenheid: str | None
    frequentie: str | None
    budget: int | None
    toewijzingsdatum: date
    toewijzingstijd: time
    versie: int


@dataclass(frozen=True, slots=True)
class Versie:
    """What one JW301 said of an allocation."""

    versie: int
    bericht_id: UUID
    einddatum: date | None
    reden_wijziging: str | None
    volume: int | None
    eenheid: str | None
    frequentie: str | None
    budget: int | None
    toewijzingsdatum: date
    toewijzingstijd: time


@dataclass(frozen=True, slots=True)
class Levering:
    """A start that was reported, or a stop when it has an Einddatum."""

    begindatum: date
    einddatum: date | None
    reden_beeindiging: str | None


@dataclass(frozen=True, slots=True)
class BuitenPrestatie:
    """An awarded line that does not fit the allocation as it is now. Amount in eurocents."""

    prestatie_id: int
    referentienummer: str
    begindatum: date
    einddatum: date
    bedrag: int
    regels: list[str]
    """Rules of the standard by which it would be rejected now."""


@dataclass(frozen=True, slots=True)
class Buiten:
    """What fell out of an allocation that became shorter or less; it stays awarded."""

    aantal: int
    bedrag: int
    regels: list[BuitenPrestatie]


@dataclass(frozen=True, slots=True)
class Toewijzingsprestatie:
    """A line that was billed on an allocation, whatever became of it. Amounts in eurocents, credit negative; dates inclusive."""

    prestatie_id: int
    bericht_id: UUID
    declaratienummer: str | None
    referentienummer: str
    productcode: str
    begindatum: date
    einddatum: date
    volume: int
    eenheid: str
    bedrag: int
    credit: bool
    uitkomst: str
    toegekend_bedrag: int
    retourcodes: list[str]

    @property
    def retourcode_teksten(self) -> dict[str, str]:
        """What the codes mean, by code."""
        return tell_codes(self.retourcodes)


@dataclass(frozen=True, slots=True)
class Toewijzingdossier(Toewijzing):
    """An allocation with its history."""

    versies: list[Versie]
    """Old to new."""
    stand: str
    """Of the delivery."""
    leveringen: list[Levering]
    benutting: Benutting
    verplichting: Toewijzingverplichting | None
    """For staff; None for one that was removed, and for an aanbieder."""
    buiten_toewijzing: Buiten


def list_toewijzingen(kijker: Kijker, zeef: Toewijzingfilter, grootte: int, volgende: str | None) -> Bladzijde[Toewijzing]:
    """By number: an aanbieder's own, staff those of their gemeente."""
    with kijker.transaction() as (verbinding, vermelding):
        rijen = search(verbinding, kijker.gemeente, zeef, int(volgende or -1), grootte + 1)
        bladzijde = cut(rijen, grootte, lambda rij: rij.toewijzingnummer)
        vermelding.shows("toewijzingen", (rij.bsn for rij in bladzijde.regels))
    return bladzijde.each(lambda rij: take(Toewijzing, rij, client=kijker.mask(rij.bsn)))


def find_toewijzing(kijker: Kijker, toewijzingnummer: int) -> Toewijzingdossier | None:
    """None when it is not there, or another's."""
    gemeente = kijker.gemeente
    with kijker.transaction() as (verbinding, vermelding):
        rij = opslag.find_toewijzing(verbinding, gemeente, toewijzingnummer)
        if rij is None:
            vermelding.shows_absent("toewijzing", toewijzingnummer)
            return None
        vermelding.shows("toewijzing", [rij.bsn], toewijzingnummer)
        versies = opslag.list_versies(verbinding, gemeente, toewijzingnummer)
        leveringen = list_leveringen(verbinding, gemeente, rij.agb, rij.bsn)
        benutting = read_benutting(verbinding, gemeente, rij, kijker.instellingen.vandaag())
        verplichting = _read_verplichting(kijker, verbinding, toewijzingnummer)
        staand = load_staand(verbinding, gemeente, (toewijzingnummer,)).get(toewijzingnummer, [])
    gemeld = [item for item in leveringen if item.toewijzingnummer == toewijzingnummer]
    return take(
        Toewijzingdossier,
        rij,
        client=kijker.mask(rij.bsn),
        versies=[Versie(**{naam: versie[naam] for naam in Versie.__slots__}) for versie in versies],
        stand=Leveringen(gemeld).stand(toewijzingnummer),
        leveringen=[take(Levering, item) for item in gemeld],
        benutting=benutting,
        verplichting=verplichting,
        buiten_toewijzing=_outside(rij, staand),
    )


def _read_verplichting(kijker: Kijker, verbinding: Connection, toewijzingnummer: int) -> Toewijzingverplichting | None:
    """What it binds the gemeente to, this year and now; that is between the gemeente and its books."""
    if not kijker.houder.medewerker:
        return None
    instellingen = kijker.instellingen
    vandaag = instellingen.vandaag()
    vraag = Vraagpunt(vandaag.year, vandaag, instellingen.declaratie_termijn_maanden)
    gevonden = read_verplichtingen_op(verbinding, kijker.gemeente, [toewijzingnummer], vraag, instellingen.nu())
    return gevonden.get(toewijzingnummer)


def list_prestaties_op(
    kijker: Kijker, toewijzingnummer: int, grootte: int, volgende: str | None
) -> Bladzijde[Toewijzingsprestatie] | None:
    """Lines billed on an allocation, the last that came in first; None when it is not there, or another's."""
    with kijker.transaction() as (verbinding, vermelding):
        rij = opslag.find_toewijzing(verbinding, kijker.gemeente, toewijzingnummer)
        if rij is None:
            vermelding.shows_absent("toewijzing", toewijzingnummer)
            return None
        vermelding.shows("toewijzing", [rij.bsn], toewijzingnummer)
        voor = int(volgende) if volgende else None
        regels = list_op_toewijzing(verbinding, kijker.gemeente, rij.agb, toewijzingnummer, voor, grootte + 1)
    return cut(regels, grootte, lambda item: item.regel.prestatie_id).each(_show_line)


def _show_line(item: Toewijzingregel) -> Toewijzingsprestatie:
    return take(
        Toewijzingsprestatie,
        item.regel,
        bericht_id=item.bericht_id,
        declaratienummer=item.declaratienummer,
        toegekend_bedrag=item.regel.toegekend,
        retourcodes=item.regel.retourcodes or [],
    )


def _outside(rij: dossier.Toewijzing, staand: list[StaandePrestatie]) -> Buiten:
    regels = [take(BuitenPrestatie, item.prestatie, regels=list(item.regels)) for item in find_outside(rij, staand)]
    return Buiten(len(regels), sum(item.bedrag for item in regels), regels)
