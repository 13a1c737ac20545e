"""Quarterly reports, tables of four months and of the year in any order, laid beside each other: no small count can be told."""

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import combinations, count, pairwise

import pytest

from berichten.opslag.basis.verbinding import Toegang
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.kwartaal.laad_jeugdigen import load_jeugdigen
from berichten.processen.kwartaal.reken_kerncijfers import NIET_TE_TONEN
from berichten.processen.kwartaal.reken_kwartaal import reckon_kwartaal
from berichten.processen.monitor.rapporten import RAPPORTEN, Lezer, Monitorverzoek, NietTeBeschermen
from berichten.processen.regio.laad_regio import load_regio
from berichten.processen.regio.reken_regio import Regiovraag, report_regio
from berichten.rapporten.monitor.bereik import read_bereik
from berichten.rapporten.monitor.clienten import read_clienten
from berichten.rapporten.monitor.tabel import Waarde
from berichten.rapporten.monitor.tabel1 import segment_label
from berichten.rapporten.sturen.kwartaalperiode import read_kwartaal
from tests.hulp.eigenaar import as_owner
from tests.hulp.monitoring.aanvaller import HOOG, Aanvaller
from tests.hulp.monitoring.monitor import GEMEENTE, Regel, Zorg
from tests.monitor.test_monitor_aanval import draw_town

KOP = "gemeente;jaar;leeftijd_van;leeftijd_tot;aantal;peildatum;bron\n"
MAANDEN = {
    **{f"2024-Q{n}": frozenset(range(3 * n - 2, 3 * n + 1)) for n in range(1, 5)},
    **{f"2024-T{n}": frozenset(range(4 * n - 3, 4 * n + 1)) for n in range(1, 4)},
    "2024": frozenset(range(1, 13)),
}
ALLEN = "Totaal"
AGES = ("onder 18", "onder 23", "18 en ouder")
SHARES = {"aandeel jeugdigen": AGES[0], "aandeel jeugdigen tot 23 jaar": AGES[1]}
DUIZEND = f"{KOP}0484;2024;0;17;1000;2024-01-01;CBS\n0484;2024;0;22;1000;2024-01-01;CBS\n".encode()
"""Of a thousand jeugdigen a percent with one decimal tells exactly how many had care."""
Grenzen = dict[str, tuple[int, int]]


@pytest.mark.parametrize("zaad", range(2))
def test_quarters_four_months_and_the_year_tell_no_small_count(werkplaats: Werkplaats, zaad: int) -> None:
    """Whatever was asked first, of all, by segment and by age: any of 1 to 5 fits each count that shows as such.

    Of what does not show at all at least two values are left.
    """
    dobbel = random.Random(zaad)
    with as_owner(werkplaats) as verbinding:
        draw_town(dobbel).save(verbinding)
    assert load_jeugdigen(werkplaats, DUIZEND, "wie").regels == 2
    perioden = list(MAANDEN)
    dobbel.shuffle(perioden)
    gezien: dict[str, dict[str, Waarde]] = {periode: read(werkplaats, periode) for periode in perioden}
    namen = sorted({naam for cellen in gezien.values() for naam in cellen})
    aanvaller = Aanvaller({f"{periode} {naam}": bounds(cellen, naam) for periode, cellen in gezien.items() for naam in namen})
    for periode in perioden:
        aanvaller.learn_union(f"{periode} {ALLEN}", [f"{periode} {naam}" for naam in namen if naam not in (ALLEN, *AGES)])
        learn_ages(aanvaller, periode, namen)
    for geheel, dekking in covers():
        for naam in namen:
            aanvaller.learn_part(f"{geheel} {naam}", [f"{periode} {naam}" for periode in dekking])
    for naam, aantal in true_counts(werkplaats).items():
        if 1 <= aantal <= 5:
            periode, _, wat = naam.partition(" ")
            laagste, hoogste = aanvaller.range_of(naam)
            if gezien[periode].get(wat) == "≤5":
                assert (laagste, hoogste) == (1, 5), (naam, gezien)
            assert laagste < hoogste, (naam, gezien)


@pytest.mark.parametrize("zaad", [0, *(pytest.param(zaad, marks=pytest.mark.soak) for zaad in range(1, 12))])
def test_no_two_days_tell_what_a_few_clients_cost(werkplaats: Werkplaats, zaad: int) -> None:
    """A quarter as of each day of a month, in any order and some of them twice, by report and by region, beside the table of today.

    Before, 100 and 101 clients on two days, with 8,000 and 15,777 euro, told what one child cost.
    """
    dobbel = random.Random(zaad)
    zorg, client, dagen = Zorg(), count(), [date(2024, 4, nummer) for nummer in range(10, 22)]
    codes = [zorg.product(segment, "Zorg") for segment in ("2", "4")]
    for dag in dagen:
        for _ in range(60 if dag == dagen[0] else dobbel.choice((0, 1, 1, 2, 5, 6, 7))):
            geboekt = datetime(dag.year, dag.month, dag.day, 10, tzinfo=UTC)
            wat = Regel(next(client), dobbel.randrange(5_000, 900_000), date(2024, 2, 1), dobbel.choice(codes), geboekt=geboekt)
            zorg.regels.append(wat)
    with as_owner(werkplaats) as verbinding:
        zorg.save(verbinding)
    assert load_regio(werkplaats, b"regio;gemeente;van;tot;mandaat;besluit\nHR;0484;2020-01-01;;rapport;R\n", "wie").regels == 1
    getoond: dict[str, dict[date, set[int]]] = defaultdict(lambda: defaultdict(set))
    verborgen = 0
    for dag in dobbel.choices([*dagen, werkplaats.instellingen.vandaag()], k=18):
        for naam, aantal in ask_as_of(werkplaats, dag, dobbel.random() < 0.3).items():
            verborgen += aantal == "-"
            if isinstance(aantal, int):
                getoond[naam][dag].add(aantal)
    for naam, per_dag in getoond.items():
        assert all(len(aantallen) == 1 for aantallen in per_dag.values()), (naam, per_dag)
        aantallen = sorted({aantal for waarden in per_dag.values() for aantal in waarden})
        assert all(ander - een > 5 for een, ander in pairwise(aantallen)), (naam, aantallen)
    assert verborgen
    assert any(len(set().union(*per_dag.values())) > 1 for per_dag in getoond.values())


def ask_as_of(werkplaats: Werkplaats, dag: date, door_de_regio: bool) -> dict[str, Waarde]:
    """Clients of the first quarter as of a day: in all and by segment from the report, in all from the region."""
    periode = read_kwartaal("2024-Q1")
    if door_de_regio:
        tabel = report_regio(werkplaats, Regiovraag(GEMEENTE, "financien", dag), periode)
        return {ALLEN: tabel.rijen[-1][tabel.kolommen.index("clienten")]}
    cijfers = reckon_kwartaal(Lezer(werkplaats, Toegang(GEMEENTE, None)), GEMEENTE, periode, dag)
    [alle] = [rij["deze_periode"] for rij in cijfers["kerncijfers"] if rij["rij"] == "cliënten"]
    segmenten = {rij["segment"]: rij["clienten"] for rij in cijfers["segmenten"] if rij["segment"] != ALLEN}
    per_client = [rij["deze_periode"] for rij in cijfers["kerncijfers"] if rij["rij"] == "kosten per cliënt"]
    assert (per_client == ["-"]) == (alle == "-")
    delen = {rij["rij"]: rij["deze_periode"] for rij in cijfers["kerncijfers"]}
    return {ALLEN: alle, **segmenten, **{naam: delen[naam] for naam in ("instroom", "uitstroom")}}


def learn_ages(aanvaller: Aanvaller, periode: str, namen: list[str]) -> None:
    """A percent of jeugdigen is a number of them; who is not yet 18 is not yet 23, and who is neither is an adult."""
    jonger, jong, volwassen = (f"{periode} {naam}" for naam in AGES)
    aanvaller.learn_part(jonger, [jong])
    aanvaller.learn_part(jong, [f"{periode} {ALLEN}"])
    aanvaller.learn_part(volwassen, [f"{periode} {ALLEN}"])
    aanvaller.learn_part(f"{periode} {ALLEN}", [jonger, volwassen])


def read(werkplaats: Werkplaats, periode: str) -> dict[str, Waarde]:
    """Counts of clients as a reader sees them: of a quarter in its report, of other periods in table 1."""
    lezer = Lezer(werkplaats, Toegang(GEMEENTE, None))
    vraag = Monitorverzoek(read_bereik([GEMEENTE], periode))
    if "Q" in periode:
        cijfers = reckon_kwartaal(lezer, GEMEENTE, read_kwartaal(periode), werkplaats.instellingen.vandaag())
        [alle] = [rij["deze_periode"] for rij in cijfers["kerncijfers"] if rij["rij"] == "cliënten"]
        delen = {rij["rij"]: rij["deze_periode"] for rij in cijfers["kerncijfers"]}
        jong = {naam: "?" if delen[rij] == "-" else round(10 * delen[rij]) for rij, naam in SHARES.items()}
        segmenten = {rij["segment"]: rij["clienten"] for rij in cijfers["segmenten"] if rij["segment"] != ALLEN}
        return {ALLEN: alle} | segmenten | jong | read_adults(lezer, vraag)
    try:
        tabel = RAPPORTEN["tabel1"].make(lezer, vraag)
    except NietTeBeschermen:
        return {ALLEN: "?"}
    cellen = {ALLEN if rij[1] == "totaal" else str(rij[0]): rij[3] for rij in tabel.rijen if rij[1] != "zorgvorm"}
    return cellen | dict.fromkeys(AGES[:2], "?") | read_adults(lezer, vraag)


def read_adults(lezer: Lezer, vraag: Monitorverzoek) -> dict[str, Waarde]:
    """The total of table 3b; no row is nobody."""
    try:
        rijen = RAPPORTEN["tabel3b"].make(lezer, vraag).rijen
        return {AGES[2]: rijen[-1][2] if rijen else 0}
    except NietTeBeschermen:
        return {AGES[2]: "?"}


def bounds(cellen: dict[str, Waarde], naam: str) -> tuple[int, int]:
    """What a reader knows of a count; a segment that has no row had nobody, unless nothing could be had."""
    waarde = cellen.get(naam, "?" if cellen[ALLEN] in ("?", NIET_TE_TONEN) else 0)
    if isinstance(waarde, int):
        return waarde, waarde
    return {"≤5": (1, 5), "-": (6, HOOG), "?": (0, HOOG), NIET_TE_TONEN: (0, HOOG)}[str(waarde)]


def covers() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every period with each set of others of which its months are part, and which is not larger than it need be."""
    for geheel, maanden in MAANDEN.items():
        andere = [periode for periode in MAANDEN if periode != geheel and MAANDEN[periode] & maanden]
        for aantal in range(1, 5):
            for dekking in combinations(andere, aantal):
                kleiner = (set(dekking) - {weg} for weg in dekking)
                if covered(maanden, dekking) and not any(covered(maanden, rest) for rest in kleiner):
                    yield geheel, dekking


def covered(maanden: frozenset[int], perioden: set[str] | tuple[str, ...]) -> bool:
    return maanden <= frozenset[int]().union(*(MAANDEN[periode] for periode in perioden))


def true_counts(werkplaats: Werkplaats) -> dict[str, int]:
    echt: dict[str, int] = {}
    with werkplaats.opslag.transaction() as verbinding:
        for periode in MAANDEN:
            cellen = read_clienten(verbinding, read_bereik([GEMEENTE], periode))
            echt |= {
                f"{periode} {label(soort, groep)}": aantal
                for (soort, groep, _), (_, aantal) in cellen.items()
                if soort in ("totaal", "segment", "jeugd", "volwassen")
            }
    return echt


def label(soort: str, groep: str) -> str:
    """As a reader names it."""
    vast = {"totaal": ALLEN, "volwassen": AGES[2], "jeugd": f"onder {groep}"}
    return vast.get(soort) or segment_label(groep)
