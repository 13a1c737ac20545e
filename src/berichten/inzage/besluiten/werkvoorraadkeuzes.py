"""What the work list can be narrowed by, and what a decision on many of its lines would come to, before it is taken."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from berichten.beoordeling.wachtend.verwijderd import AANGEHOUDEN_OP_VERWIJDERD
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.besluiten.werkvoorraad import Filter, Waarschuwing, narrow
from berichten.opslag.besluiten.werkvoorraad import Volgorde, list_aangehouden
from berichten.opslag.besluiten.werkvoorraadkeuzes import (
    Keuzerij,
    count_by_aanbieder,
    count_by_regel,
    count_op_verwijderde,
    count_open,
    list_gekozen,
)
from berichten.regels.kort import title_of
from berichten.regels.register import find_regel
from berichten.standaard.waarden.soorten import JW323

MEESTE_REGELS = 1000
"""Lines that one decision may be about."""


@dataclass(frozen=True, slots=True)
class Filterkeuze:
    """A value by which the work list can be narrowed, as it is called, with the held lines that fit it."""

    waarde: str
    tekst: str
    aantal: int


@dataclass(frozen=True, slots=True)
class Filterkeuzes:
    """By whom and by what lines are held now; what nothing waits for is left out."""

    aanbieders: list[Filterkeuze]
    regels: list[Filterkeuze]


@dataclass(frozen=True, slots=True)
class Aanbiederdeel:
    """What of a choice is one aanbieder's. Amount in eurocents."""

    agb: str
    naam: str | None
    aantal: int
    bedrag: int


@dataclass(frozen=True, slots=True)
class Bulkvooruitblik:
    """What one decision on all of these lines would come to. Amounts in eurocents."""

    aantal: int
    """Lines that are still held."""
    bedrag: int
    aanbieders: list[Aanbiederdeel]
    antwoorden: int
    """Declarations whose last held line this is: their JW325 leaves at once, and the decision cannot be replaced after it."""
    voor_tweede: int
    """Lines so large that a second person has to decide alike; they stay held until then."""
    niet_meer: list[int]
    """Ids that are not held any more, or not there."""


def list_filterkeuzes(kijker: Kijker) -> Filterkeuzes:
    """Three counts of what is held."""
    with kijker.transaction() as (verbinding, vermelding):
        vermelding.shows_nobody()
        aanbieders = count_by_aanbieder(verbinding, kijker.gemeente)
        regels = dict(count_by_regel(verbinding, kijker.gemeente))
        if weg := count_op_verwijderde(verbinding, kijker.gemeente):
            regels[AANGEHOUDEN_OP_VERWIJDERD.id] = weg
    return Filterkeuzes(
        [Filterkeuze(rij.agb, rij.naam or rij.agb, rij.aantal) for rij in aanbieders],
        [Filterkeuze(regel, _title(regel), aantal) for regel, aantal in sorted(regels.items())],
    )


def _title(regel_id: str) -> str:
    """In a few words; for a rule that has none its sentence."""
    regel = find_regel(regel_id, JW323.naam)
    return title_of(regel_id) or (regel.titel if regel else regel_id)


def choose_all(kijker: Kijker, zeef: Filter, waarschuwing: Waarschuwing | None, volgorde: Volgorde = "termijn") -> list[int]:
    """Ids of all lines that were asked for, as many as one decision may be about."""
    with kijker.transaction() as (verbinding, vermelding):
        gelezen = list_aangehouden(
            verbinding, kijker.gemeente, narrow(kijker, zeef, waarschuwing), None, MEESTE_REGELS, volgorde
        )  # fmt: skip
        vermelding.shows("werkvoorraad", (rij.bsn for rij in gelezen.regels))
    return [rij.prestatie_id for rij in gelezen.regels]


def preview_besluiten(kijker: Kijker, prestatie_ids: Sequence[int]) -> Bulkvooruitblik:
    """Two queries. Somebody may decide meanwhile; the decision itself looks again."""
    with kijker.transaction() as (verbinding, vermelding):
        rijen = list_gekozen(verbinding, kijker.gemeente, prestatie_ids)
        vermelding.shows("werkvoorraad", (rij.bsn for rij in rijen))
        wacht = [rij for rij in rijen if rij.uitkomst == "ter_beoordeling"]
        open_ = count_open(verbinding, kijker.gemeente, [rij.prestatie_id for rij in wacht])
    vanaf = kijker.instellingen.vier_ogen_vanaf
    groot = {rij.prestatie_id for rij in wacht if vanaf is not None and abs(rij.bedrag) >= vanaf}
    besloten = Counter(rij.bericht_id for rij in wacht if rij.prestatie_id not in groot)
    bekend = {rij.prestatie_id for rij in wacht}
    return Bulkvooruitblik(
        aantal=len(wacht),
        bedrag=sum(rij.bedrag for rij in wacht),
        aanbieders=_by_aanbieder(wacht),
        antwoorden=sum(besloten[stand.bericht_id] == stand.aangehouden for stand in open_),
        voor_tweede=len(groot),
        niet_meer=[nummer for nummer in prestatie_ids if nummer not in bekend],
    )


def _by_aanbieder(rijen: Sequence[Keuzerij]) -> list[Aanbiederdeel]:
    delen: defaultdict[str, list[Keuzerij]] = defaultdict(list)
    for rij in rijen:
        delen[rij.agb].append(rij)
    return [Aanbiederdeel(agb, deel[0].naam, len(deel), sum(rij.bedrag for rij in deel)) for agb, deel in sorted(delen.items())]
