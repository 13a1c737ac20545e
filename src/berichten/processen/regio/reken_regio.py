"""Reckon the pages of a region over all its members: cost and obligations by gemeente, clients of the region as one.

Who asks is of one gemeente, and row security keeps rows to it. So the figures are read by the service itself, over the members that
`regio_gemeente` names, and nothing of a client, line or allocation leaves.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from berichten.klok import end_of
from berichten.opslag.financien.verplichtingen import read_held
from berichten.opslag.kwartaal.begrotingen import list_begroting
from berichten.opslag.kwartaal.facturen import list_facturen
from berichten.opslag.kwartaal.regioleden import list_leden, list_leden_of, list_regionamen
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.kwartaal.reken_kwartaal import limits_of
from berichten.processen.monitor.publiceer import Lezer, publish_clienten, publish_total
from berichten.rapporten.afscherming.overlap import NietTeBeschermen, Teken
from berichten.rapporten.boeken.periode import Vraagfout
from berichten.rapporten.ingesteld.instelstand import read_instelstand
from berichten.rapporten.monitor.bereik import Bereik
from berichten.rapporten.monitor.clienten import TOTAAL as ALLE_CLIENTEN
from berichten.rapporten.monitor.clienten import Cijfer
from berichten.rapporten.monitor.tabel import Tabel
from berichten.rapporten.regio.ledenlijst import Regio, find_by_name, find_regio, gather, list_regios
from berichten.rapporten.regio.regiotabel import (
    NIET_TE_TONEN,
    TOTAAL,
    Geteld,
    Lidcijfers,
    make_regiotabel,
    make_regioverplichtingen,
)
from berichten.rapporten.sturen.buitenberichten import spread_facturen, sum_between
from berichten.rapporten.sturen.kwartaalbegroting import value_budget
from berichten.rapporten.sturen.kwartaalperiode import Kwartaal, a_year_before, require_peildatum
from berichten.rapporten.sturen.kwartaalstanden import add_kosten, read_maandkosten
from berichten.rapporten.sturen.kwartaalverplichting import sum_obligations
from berichten.rapporten.sturen.verplichtingentabel import add_up
from berichten.rapporten.toewijzing.standen import read_standen_op
from berichten.rapporten.toewijzing.verplichting import Vraagpunt

ROLLEN = ("regio", "financien")
"""Who may ask: people of the region, and finance of a member, as members share one budget."""


@dataclass(frozen=True, slots=True)
class Regiovraag:
    """Who asks, of which gemeente and in which role; as known at the end of which day, today unless told; of which region."""

    gemeente: str
    rol: str
    peildatum: date | None = None
    regio: str | None = None


@dataclass(frozen=True, slots=True)
class Operatorvraag:
    """What the operator asks, of a region by name or of gemeenten; as known at the end of which day, today unless told."""

    peildatum: date | None = None
    regio: str = ""
    leden: tuple[str, ...] = ()
    """Where this is filled, `regio` is not looked at."""


def report_regio(werkplaats: Werkplaats, vraag: Regiovraag | Operatorvraag, periode: Kwartaal) -> Tabel:
    """The quarter of a region. Raises Vraagfout for a period that is not over, and for who is in no region."""
    dag = _read_dag(werkplaats, vraag)
    if dag <= periode.tot:
        raise Vraagfout("Deze periode is dan nog niet voorbij. Kies een latere peildatum of een eerdere periode.")
    moment = _moment_of(werkplaats, dag)
    with werkplaats.opslag.transaction() as verbinding:
        regio = _find(verbinding, werkplaats, vraag, periode.van, periode.tot)
        leden = {
            code: _reckon_member(verbinding, werkplaats, code, periode, dag, regio.last_day_of(code, dag)) for code in regio.leden
        }
    clienten: dict[str, Geteld] = {TOTAAL: _count_region(werkplaats, regio, periode, moment)}
    if isinstance(vraag, Regiovraag) and vraag.rol != "regio":
        clienten[vraag.gemeente] = _count_own(werkplaats, vraag.gemeente, periode, moment)
    noten = (
        [f"Bij '{NIET_TE_TONEN}' zijn kleine aantallen af te leiden uit wat al eerder is getoond."]
        if NIET_TE_TONEN in clienten.values()
        else []
    )
    return make_regiotabel(regio, periode, leden, clienten, noten)


def report_regioverplichtingen(werkplaats: Werkplaats, vraag: Regiovraag | Operatorvraag, jaar: int) -> Tabel:
    """What each member is bound to. Of the members on the last day of the year, or today if that comes first."""
    dag = _read_dag(werkplaats, vraag)
    termijn = werkplaats.instellingen.declaratie_termijn_maanden
    punt = Vraagpunt(jaar, dag, termijn)
    with werkplaats.opslag.transaction() as verbinding:
        laatste = min(punt.laatste, werkplaats.instellingen.vandaag())
        regio = _find(verbinding, werkplaats, vraag, min(punt.eerste, laatste), laatste)
        weg = {code: dag_uit for code in regio.leden if (dag_uit := regio.last_day_of(code, dag))}
        leden = {}
        for code in regio.leden:
            tot = weg.get(code, dag)
            standen = read_standen_op(verbinding, code, Vraagpunt(jaar, tot, termijn), _moment_of(werkplaats, tot))
            leden[code] = add_up([standen])[0]
    return make_regioverplichtingen(regio, punt, leden, weg)


def list_eigen_regios(werkplaats: Werkplaats, gemeente: str) -> list[str]:
    """Names of the regions that this gemeente is in today."""
    with werkplaats.opslag.transaction() as verbinding:
        return list_regios(list_leden(verbinding, gemeente), gemeente, werkplaats.instellingen.vandaag())


def _moment_of(werkplaats: Werkplaats, dag: date) -> datetime:
    """The end of a day, or now."""
    return min(werkplaats.instellingen.nu(), end_of(dag))


def list_members(werkplaats: Werkplaats, naam: str, van: date, tot: date) -> tuple[str, ...]:
    """Gemeenten of a region on the last day of a period, for the operator. Raises Vraagfout for a region that has none."""
    with werkplaats.opslag.transaction() as verbinding:
        return _find_named(verbinding, naam, van, tot).leden


def _read_dag(werkplaats: Werkplaats, vraag: Regiovraag | Operatorvraag) -> date:
    vandaag = werkplaats.instellingen.vandaag()
    if vraag.peildatum is not None and vraag.peildatum > vandaag:
        raise Vraagfout("Die peildatum is nog niet geweest. Kies vandaag of een eerdere dag.")
    return require_peildatum(vraag.peildatum or vandaag)


def _find(verbinding: Connection, werkplaats: Werkplaats, vraag: Regiovraag | Operatorvraag, van: date, tot: date) -> Regio:
    if isinstance(vraag, Operatorvraag):
        return gather(vraag.leden) if vraag.leden else _find_named(verbinding, vraag.regio, van, tot)
    rijen = list_leden(verbinding, vraag.gemeente)
    return find_regio(rijen, vraag.gemeente, van, tot, werkplaats.instellingen.vandaag(), vraag.regio)


def _find_named(verbinding: Connection, naam: str, van: date, tot: date) -> Regio:
    return find_by_name(list_leden_of(verbinding, naam), naam, van, tot, list_regionamen(verbinding))


def _reckon_member(
    verbinding: Connection, werkplaats: Werkplaats, gemeente: str, periode: Kwartaal, dag: date, uit: date | None
) -> Lidcijfers:
    """One member, as its own quarterly report has it; of one that left, as known then (`uit`) and without the year."""
    dag = dag if uit is None else uit
    moment = _moment_of(werkplaats, dag)
    vorig, jaar = periode.shift(-1), periode.jaar
    dit = (date(jaar, 1, 1), date(jaar, 12, 31))
    kosten = read_maandkosten(verbinding, gemeente, date(vorig.jaar, 1, 1), dit[1], (dag, a_year_before(dag)))
    punt = Vraagpunt(jaar, dag, werkplaats.instellingen.declaratie_termijn_maanden)
    som = sum_obligations(read_standen_op(verbinding, gemeente, punt, moment), [(periode.van, periode.tot)])
    gehouden = read_held(verbinding, gemeente, moment)
    buiten = spread_facturen(list_facturen(verbinding, [gemeente], *dit, moment), *dit)
    dit_jaar = add_kosten(kosten, *dit)[0]
    return Lidcijfers(
        kosten=add_kosten(kosten, periode.van, periode.tot)[0],
        toen=add_kosten(kosten, vorig.van, vorig.tot)[1],
        aangehouden=sum(bedrag for maand, bedrag in gehouden.items() if periode.van <= maand <= periode.tot),
        verwacht=som.verwacht_in[0],
        buiten=sum_between(buiten, periode.van, periode.tot),
        jaar=None if uit else dit_jaar,
        prognose=None if uit else dit_jaar + sum(som.rest_van_jaar.values()),
        begroot=None if uit else value_budget(list_begroting(verbinding, gemeente, [jaar], moment), jaar, dag).of_year(),
        grenzen=limits_of(read_instelstand(verbinding, gemeente, dag, moment)),
        laatste_dag=uit,
    )


def _count_region(werkplaats: Werkplaats, regio: Regio, periode: Kwartaal, moment: datetime) -> Geteld:
    if len(regio.leden) == 1:
        return _count_own(werkplaats, regio.leden[0], periode, moment)
    try:
        return publish_total(Lezer(werkplaats), Bereik(regio.leden, periode.van, periode.tot), moment)
    except NietTeBeschermen:
        return NIET_TE_TONEN


def _count_own(werkplaats: Werkplaats, gemeente: str, periode: Kwartaal, moment: datetime) -> Geteld:
    try:
        return publish_clienten(Lezer(werkplaats), periode.bereik(gemeente), moment).get(ALLE_CLIENTEN, Cijfer(0, 0, Teken.GETAL))
    except NietTeBeschermen:
        return NIET_TE_TONEN
