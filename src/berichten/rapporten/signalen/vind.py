"""Every signal of a gemeente on a day: read once from each source, and reckoned aanbieder by aanbieder."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeVar

from sqlalchemy import Connection

from berichten.opslag.signalen.bronnen_gesteld import (
    list_alle_ruimtes,
    list_in_stop,
    list_papieren,
    list_termijnen,
    list_verantwoord,
    list_with_care,
)
from berichten.opslag.signalen.bronnen_geteld import list_afgewezen, list_budgetten, list_ingediend, list_starts, list_treffers
from berichten.opslag.signalen.signalen import list_afgedaan
from berichten.rapporten.ingesteld.instelstand import Instelstand, read_instelstand
from berichten.rapporten.monitor.stromen import START_BINNEN_DAGEN
from berichten.rapporten.signalen.drempels import Drempel, find_drempels
from berichten.rapporten.signalen.gesteld import (
    Dossierstuk,
    Ruimtegebruik,
    Termijn,
    signal_papieren,
    signal_productieverantwoording,
    signal_resultaat,
    signal_ruimte,
    signal_stop,
    signal_termijn,
)
from berichten.rapporten.signalen.geteld import (
    REGELS_BIJ,
    Afgewezenregel,
    Budgetgebruik,
    Ingediend,
    signal_afgewezen,
    signal_budget,
    signal_regels,
    signal_starts,
    signal_te_laat,
)
from berichten.rapporten.signalen.waarneming import Afgedaan, Geval, Venster, Waarneming, window_before
from berichten.rapporten.toewijzing.standen import read_standen_op
from berichten.rapporten.toewijzing.verplichting import Vraagpunt


class _VanAanbieder(Protocol):
    @property
    def agb(self) -> str: ...


_R = TypeVar("_R", bound=_VanAanbieder)
_NIETS = Ingediend(0, 0)


@dataclass(frozen=True, slots=True)
class _Bron:
    """What every signal is reckoned with."""

    verbinding: Connection
    gemeente: str
    venster: Venster
    drempels: dict[str, Drempel]
    stand: Instelstand
    afgedaan: Afgedaan


def find_waarnemingen(
    verbinding: Connection, gemeente: str, dag: date, moment: datetime, termijn: int
) -> tuple[Venster, list[Waarneming]]:
    """What every signal says on this day, also of whom it does not fire; a fixed number of queries. `termijn`: of `Vraagpunt`.

    What was explained or closed is left out.
    """
    afgedaan = Afgedaan()
    for agb, soort, sleutel, nummers, tot in list_afgedaan(verbinding, gemeente):
        afgedaan.add(agb, soort, sleutel, nummers, tot)
    stand = read_instelstand(verbinding, gemeente, dag, moment)
    bron = _Bron(verbinding, gemeente, window_before(dag), find_drempels(stand), stand, afgedaan)
    gevonden = [
        *_of_budgets(bron),
        *_of_lines(bron),
        *_of_starts(bron),
        *_of_room(bron, moment, termijn),
        *_of_papers(bron),
        *_of_accounts(bron),
        *_of_terms(bron),
        *_of_stops(bron),
    ]
    return bron.venster, [item for item in gevonden if not afgedaan.has(item, bron.venster)]


def _of_budgets(bron: _Bron) -> Iterator[Waarneming]:
    rijen = list_budgetten(bron.verbinding, bron.gemeente, bron.venster.van, bron.venster.tot)
    for agb, eigen in _group_by_agb(rijen).items():
        standen = [
            Budgetgebruik(rij.nummer, rij.budget, rij.einde, rij.gebruikt, rij.bereikt_op, rij.laatst_op, rij.afgewezen_op)
            for rij in eigen
        ]
        yield signal_budget(agb, standen, bron.afgedaan.of(agb, "S1"), bron.drempels["S1"])


def _of_lines(bron: _Bron) -> Iterator[Waarneming]:
    waar = bron.verbinding, bron.gemeente, bron.venster.van, bron.venster.tot
    alles = {rij.agb: Ingediend(rij.regels, rij.bedrag) for rij in list_ingediend(*waar)}
    treffers = list_treffers(*waar, [regel for regels in REGELS_BIJ.values() for regel in regels])
    for agb, eigen in _group_by_agb(treffers).items():
        per_soort = {
            soort: [Geval(rij.nummer, rij.dag) for rij in eigen if not set(regels).isdisjoint(rij.regels)]
            for soort, regels in REGELS_BIJ.items()
        }
        ingediend = alles.get(agb, _NIETS)
        yield signal_te_laat(agb, per_soort["S2"], ingediend, bron.afgedaan.of(agb, "S2"), bron.drempels["S2"])
        for soort in ("S4", "S5"):
            yield signal_regels(agb, soort, per_soort[soort], ingediend, bron.afgedaan.of(agb, soort), bron.drempels[soort])
    for agb, afgewezen in _group_by_agb(list_afgewezen(*waar)).items():
        regels = [Afgewezenregel(rij.nummer, rij.dag, rij.bedrag) for rij in afgewezen]
        yield signal_afgewezen(agb, regels, alles.get(agb, _NIETS), bron.afgedaan.of(agb, "S3"), bron.drempels["S3"])


def _of_starts(bron: _Bron) -> Iterator[Waarneming]:
    venster = bron.venster
    rijen = list_starts(bron.verbinding, bron.gemeente, venster.van, venster.tot, venster.peildatum, START_BINNEN_DAGEN)
    for agb, eigen in _group_by_agb(rijen).items():
        te_laat = [Geval(rij.nummer, rij.ingangsdatum) for rij in eigen if not rij.op_tijd]
        yield signal_starts(agb, len(eigen), te_laat, bron.afgedaan.of(agb, "S6"), bron.drempels["S6"], START_BINNEN_DAGEN)


def _of_room(bron: _Bron, moment: datetime, termijn: int) -> Iterator[Waarneming]:
    """What is expected still is E of the year that runs (M28), of room that lasts until its end or longer."""
    dag = bron.venster.peildatum
    ruimtes = list_alle_ruimtes(bron.verbinding, bron.gemeente, dag, dag, moment)
    verwacht = _expected(bron, moment, termijn) if ruimtes else {}
    for rij in ruimtes:
        heel = rij.periode_tot is None or rij.periode_tot >= date(dag.year, 12, 31)
        deel = verwacht.get((rij.agb, rij.segment), 0) if heel else 0
        gebruik = Ruimtegebruik(rij.segment, rij.soort, rij.periode_van, rij.bedrag, rij.gebruikt, deel)
        if (gevonden := signal_ruimte(rij.agb, gebruik, bron.drempels["S7"])) is not None:
            yield gevonden


def _expected(bron: _Bron, moment: datetime, termijn: int) -> dict[tuple[str, str], int]:
    """By aanbieder and segment, and of all its segments together (empty)."""
    vraag = Vraagpunt(bron.venster.peildatum.year, bron.venster.peildatum, termijn)
    standen = read_standen_op(bron.verbinding, bron.gemeente, vraag, moment)
    sommen: dict[tuple[str, str], int] = {}
    for stand in standen.toewijzingen:
        bedrag = standen.reckon(stand).verwacht_jaar or 0
        for segment in {"", standen.segmenten.get(stand.toewijzingnummer, "")}:
            sommen[stand.agb, segment] = sommen.get((stand.agb, segment), 0) + bedrag
    return sommen


def _of_papers(bron: _Bron) -> Iterator[Waarneming]:
    dag = bron.venster.peildatum
    for agb, rijen in _group_by_agb(list_papieren(bron.verbinding, bron.gemeente, dag)).items():
        stukken = [
            Dossierstuk(
                rij.soort, rij.kenmerk, rij.naam, rij.van, rij.tot, rij.toestemming_op, rij.omzet, rij.resultaat, rij.waarde
            )
            for rij in rijen
        ]
        yield from signal_papieren(agb, stukken, rijen[0].contract_loopt, dag, bron.drempels["S8"])
        norm = bron.stand["resultaat_norm"].waarde
        if isinstance(norm, int) and rijen[0].contract_loopt:
            yield from signal_resultaat(agb, stukken, norm, dag, bron.drempels["S8"])


def _of_accounts(bron: _Bron) -> Iterator[Waarneming]:
    dag = bron.venster.peildatum
    zorg = list_with_care(bron.verbinding, bron.gemeente, dag.year - 1)
    verantwoord = list_verantwoord(bron.verbinding, bron.gemeente, dag.year - 1)
    yield from signal_productieverantwoording(zorg, verantwoord, dag, bron.drempels["S9"])


def _of_terms(bron: _Bron) -> Iterator[Waarneming]:
    dag = bron.venster.peildatum
    for rij in list_termijnen(bron.verbinding, bron.gemeente, dag):
        gevonden = signal_termijn(Termijn(rij.agb, rij.wat, rij.nummer, rij.termijn), dag, bron.drempels["S10"])
        if gevonden is not None:
            yield gevonden


def _of_stops(bron: _Bron) -> Iterator[Waarneming]:
    for agb, rijen in _group_by_agb(list_in_stop(bron.verbinding, bron.gemeente)).items():
        for nummer in dict.fromkeys(rij.maatregel_id for rij in rijen):
            nieuw = [Geval(rij.nummer, rij.dag) for rij in rijen if rij.maatregel_id == nummer]
            van = next(rij.van for rij in rijen if rij.maatregel_id == nummer)
            yield signal_stop(agb, nummer, van, nieuw, bron.afgedaan.of(agb, "DA22"), bron.drempels["DA22"])


def _group_by_agb(rijen: Sequence[_R]) -> dict[str, list[_R]]:
    """Rows by aanbieder, in their order."""
    groepen: dict[str, list[_R]] = {}
    for rij in rijen:
        groepen.setdefault(rij.agb, []).append(rij)
    return groepen
