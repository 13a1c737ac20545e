"""Reckon the pages of a region over all its members: cost and obligations by gemeente, clients of the region as one.

Who asks is of one gemeente, and row security keeps rows to it. So the figures are read by the service itself, over the members that
`regio_gemeente` names, and nothing of a client, line or allocation leaves.
"""

from datetime import date, datetime

from sqlalchemy import Connection

from berichten.opslag.financien.verplichtingen import read_held
from berichten.opslag.kwartaal.begrotingen import list_begroting
from berichten.opslag.kwartaal.facturen import list_facturen
from berichten.opslag.kwartaal.regioleden import list_leden
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.monitor.publiceer import Lezer, publish_clienten, publish_total
from berichten.processen.regio.regiovraag import (
    ROLLEN,
    Operatorvraag,
    Regiovraag,
    Vraag,
    find_asked,
    list_members,
    moment_of,
    read_dag,
)
from berichten.rapporten.afscherming.overlap import NietTeBeschermen, Teken
from berichten.rapporten.ingesteld.instelstand import read_instelstand
from berichten.rapporten.monitor.bereik import Bereik
from berichten.rapporten.monitor.clienten import TOTAAL as ALLE_CLIENTEN
from berichten.rapporten.monitor.clienten import Cijfer
from berichten.rapporten.monitor.tabel import Tabel
from berichten.rapporten.regio.ledenlijst import Regio, list_regios
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
from berichten.rapporten.sturen.kwartaalcijfers import Uitlegsgrenzen
from berichten.rapporten.sturen.kwartaalperiode import Kwartaal, a_year_before
from berichten.rapporten.sturen.kwartaalstanden import add_kosten, read_maandkosten
from berichten.rapporten.sturen.kwartaalverplichting import sum_obligations
from berichten.rapporten.sturen.verplichtingentabel import add_up
from berichten.rapporten.toewijzing.standen import read_standen_op
from berichten.rapporten.toewijzing.verplichting import Vraagpunt

__all__ = [
    "ROLLEN", "Operatorvraag", "Regiovraag", "list_eigen_regios", "list_members", "report_regio", "report_regioverplichtingen",
]  # fmt: skip


def report_regio(werkplaats: Werkplaats, vraag: Vraag, periode: Kwartaal) -> Tabel:
    """The quarter of a region. Raises Vraagfout for a period that is not over, and for who is in no region."""
    dag = read_dag(werkplaats, vraag, periode)
    moment = moment_of(werkplaats, dag)
    with werkplaats.opslag.transaction() as verbinding:
        regio = find_asked(verbinding, werkplaats, vraag, periode.van, periode.tot)
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


def report_regioverplichtingen(werkplaats: Werkplaats, vraag: Vraag, jaar: int) -> Tabel:
    """What each member is bound to. Of the members on the last day of the year, or today if that comes first."""
    dag = read_dag(werkplaats, vraag)
    termijn = werkplaats.instellingen.declaratie_termijn_maanden
    punt = Vraagpunt(jaar, dag, termijn)
    with werkplaats.opslag.transaction() as verbinding:
        laatste = min(punt.laatste, werkplaats.instellingen.vandaag())
        regio = find_asked(verbinding, werkplaats, vraag, min(punt.eerste, laatste), laatste)
        weg = {code: dag_uit for code in regio.leden if (dag_uit := regio.last_day_of(code, dag))}
        leden = {}
        for code in regio.leden:
            tot = weg.get(code, dag)
            standen = read_standen_op(verbinding, code, Vraagpunt(jaar, tot, termijn), moment_of(werkplaats, tot))
            leden[code] = add_up([standen])[0]
    return make_regioverplichtingen(regio, punt, leden, weg)


def list_eigen_regios(werkplaats: Werkplaats, gemeente: str) -> list[str]:
    """Names of the regions that this gemeente is in today."""
    with werkplaats.opslag.transaction() as verbinding:
        return list_regios(list_leden(verbinding, gemeente), gemeente, werkplaats.instellingen.vandaag())


def _reckon_member(
    verbinding: Connection, werkplaats: Werkplaats, gemeente: str, periode: Kwartaal, dag: date, uit: date | None
) -> Lidcijfers:
    """One member, as its own quarterly report has it; of one that left, as known then (`uit`) and without the year."""
    dag = dag if uit is None else uit
    moment = moment_of(werkplaats, dag)
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
        grenzen=Uitlegsgrenzen.of(read_instelstand(verbinding, gemeente, dag, moment)),
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
