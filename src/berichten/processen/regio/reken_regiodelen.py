"""Segments and indicators of a region over all its members, as each member's own quarterly report has them."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import TypeVar

from sqlalchemy import Connection

from berichten.opslag.kwartaal.begrotingen import list_begroting
from berichten.opslag.kwartaal.facturen import list_facturen
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.kwartaal.lees_kwartaal import Indicatortellingen, Kwartaalvraag, read_counts
from berichten.processen.kwartaal.reken_indicatoren import list_gemeten
from berichten.processen.regio.regiovraag import Vraag, find_asked, moment_of, read_dag
from berichten.rapporten.monitor.bereik import Bereik
from berichten.rapporten.monitor.stromen import Prestatietijden, Starts, Uitgestroomd, read_aandelen
from berichten.rapporten.monitor.tabel import Tabel
from berichten.rapporten.regio.ledenlijst import Regio
from berichten.rapporten.regio.regiodelen import (
    Segmentsom,
    add_segmenten,
    hide_told,
    make_regioindicatoren,
    make_regiosegmenten,
)
from berichten.rapporten.sturen.buitenberichten import spread_facturen, sum_between
from berichten.rapporten.sturen.kwartaalbegroting import value_budget
from berichten.rapporten.sturen.kwartaalperiode import Kwartaal, a_year_before
from berichten.rapporten.sturen.kwartaalstanden import add_kosten, read_maandkosten
from berichten.rapporten.sturen.kwartaalverplichting import sum_obligations
from berichten.rapporten.toewijzing.standen import read_standen_op
from berichten.rapporten.toewijzing.verplichting import Vraagpunt

T = TypeVar("T", Uitgestroomd, Starts, Prestatietijden)


def report_regiosegmenten(werkplaats: Werkplaats, vraag: Vraag, periode: Kwartaal) -> Tabel:
    """By segment: cost of the period and of the year, beside the budget, and the forecast. Raises Vraagfout."""
    dag = read_dag(werkplaats, vraag, periode)
    with werkplaats.opslag.transaction() as verbinding:
        regio = find_asked(verbinding, werkplaats, vraag, periode.van, periode.tot)
        weg = _list_left(regio, dag)
        leden = {code: _read_segments(verbinding, werkplaats, code, periode, weg.get(code, dag)) for code in regio.leden}
    blijvers = {code: item for code, item in leden.items() if code not in weg}
    zonder = [code for code, item in blijvers.items() if item.begroting is None or not item.begroting.bekend]
    return make_regiosegmenten(regio, add_segmenten(leden.values(), blijvers.values(), periode.jaar), weg, zonder)


def report_regioindicatoren(werkplaats: Werkplaats, vraag: Vraag, periode: Kwartaal) -> Tabel:
    """Over the members that have not left by the peildatum. Raises Vraagfout."""
    dag = read_dag(werkplaats, vraag, periode)
    moment, termijn = moment_of(werkplaats, dag), werkplaats.instellingen.declaratie_termijn_maanden
    with werkplaats.opslag.transaction() as verbinding:
        regio = find_asked(verbinding, werkplaats, vraag, periode.van, periode.tot)
        weg = _list_left(regio, dag)
        vragen = [Kwartaalvraag(code, periode, dag, moment, termijn) for code in regio.leden if code not in weg]
        tellingen = [read_counts(verbinding, item) for item in vragen]
        bereik = Bereik(tuple(item.gemeente for item in vragen), periode.van, periode.tot)
        aandelen = read_aandelen(verbinding, bereik, moment)
    samen = Kwartaalvraag("", periode, dag, moment, termijn)
    rijen = list_gemeten(samen, join_counts(tellingen), aandelen)
    zonder_een = [
        list_gemeten(samen, join_counts([*tellingen[:plek], *tellingen[plek + 1 :]]), aandelen) for plek in range(len(tellingen))
    ]
    return make_regioindicatoren(regio, hide_told(rijen, zonder_een), weg)


def _list_left(regio: Regio, dag: date) -> dict[str, date]:
    """Members that are none any more on this day, with their last one."""
    return {code: laatste for code in regio.leden if (laatste := regio.last_day_of(code, dag))}


def _read_segments(verbinding: Connection, werkplaats: Werkplaats, gemeente: str, periode: Kwartaal, dag: date) -> Segmentsom:
    moment, jaar = moment_of(werkplaats, dag), periode.jaar
    dit = date(jaar, 1, 1), date(jaar, 12, 31)
    kosten = read_maandkosten(verbinding, gemeente, *dit, (dag, a_year_before(dag)))
    namen = {item.segment for item in kosten}
    punt = Vraagpunt(jaar, dag, werkplaats.instellingen.declaratie_termijn_maanden)
    som = sum_obligations(read_standen_op(verbinding, gemeente, punt, moment), [])
    buiten = spread_facturen(list_facturen(verbinding, [gemeente], *dit, moment), *dit)
    return Segmentsom(
        {naam: add_kosten(kosten, periode.van, periode.tot, naam)[0] for naam in namen},
        {naam: add_kosten(kosten, *dit, naam)[0] for naam in namen},
        dict(som.rest_van_jaar),
        value_budget(list_begroting(verbinding, gemeente, [jaar], moment), jaar, dag),
        (sum_between(buiten, periode.van, periode.tot), sum_between(buiten, *dit)),
    )


def join_counts(tellingen: Sequence[Indicatortellingen]) -> Indicatortellingen:
    """Of several gemeenten together; none of them counts nothing."""
    return Indicatortellingen(
        [_add(Uitgestroomd(0, 0, 0, 0, 0, 0, 0), [item.trajecten[plek] for item in tellingen]) for plek in range(3)],
        [_add(Starts(0, 0), [item.starts[plek] for item in tellingen]) for plek in range(2)],
        [_add(Prestatietijden(0, 0), [item.tijden[plek] for item in tellingen]) for plek in range(2)],
        [],
    )


def _add(nul: T, delen: Sequence[T]) -> T:
    return type(nul)(*(sum(getattr(deel, veld.name) for deel in delen) for veld in fields(nul)))
