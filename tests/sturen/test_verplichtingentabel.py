"""Obligations by group and where the year ends: parts add up to totals, and small counts do not show."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import astuple, replace
from datetime import date
from fractions import Fraction
from itertools import cycle
from random import Random
from types import FunctionType
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from berichten.rapporten.afscherming.optelling import Rijbesluit
from berichten.rapporten.sturen.jaareinde import find_year_end, make_jaareinde
from berichten.rapporten.sturen.verplichtingentabel import GROEPEN, Groepstand, add_up, make_verplichtingen
from berichten.rapporten.toewijzing import standkolommen
from berichten.rapporten.toewijzing.standen import Standen
from berichten.rapporten.toewijzing.standkolommen import Standkolommen, Uitkomstkolommen, reckon_all
from berichten.rapporten.toewijzing.toegewezen import HOOGSTE, Toegewezen
from berichten.rapporten.toewijzing.verplichting import (
    Besteding,
    Toewijzingstand,
    Vraagpunt,
    expected_in,
    find_zilvering,
    is_new_inflow,
    part_for,
    reckon,
)
from tests.hulp.monitoring.monitor import find_row
from tests.hulp.mutanten import list_functiemutanten, planted

VRAAG = Vraagpunt(2026, date(2026, 6, 30))
STAND = Toewijzingstand(
    1, "42420001", "45", None, date(2026, 1, 1), date(2026, 12, 31), None, Toegewezen(120_000),
    Besteding(50_000, 10_000, 50_000, 10_000, 0, date(2026, 5, 31)),
)  # fmt: skip


def town(*toewijzingen: Toewijzingstand, zonder: Besteding | None = None, gemeente: str = "0484") -> Standen:
    return Standen(gemeente, VRAAG, Standkolommen.of(toewijzingen, {1: "4", 2: "1A"}), zonder or Besteding())


def test_groups_are_told_in_their_order_with_the_total_from_its_own_cents() -> None:
    """Two allocations of 1,200.00 each; what is on none is a row of its own. 49 cents twice is 1 euro together."""
    ander = replace(STAND, toewijzingnummer=2, gebruik=replace(STAND.gebruik, gedeclareerd_jaar=49))
    totaal, groepen = add_up([town(STAND, ander, zonder=Besteding(49, gedeclareerd_jaar=49))])
    tabel = make_verplichtingen(totaal, groepen["segment"], "segment", VRAAG, Rijbesluit())
    assert [rij[0] for rij in tabel.rijen] == [
        "1A. Behandeling met verblijf",
        "4. Ambulante jeugdhulp",
        "Zonder toewijzing",
        "Totaal",
    ]
    gedeclareerd = tabel.kolommen.index("gedeclareerd_euro")
    assert [rij[gedeclareerd] for rij in tabel.rijen] == [0, 500, 0, 501]
    assert [rij[2] for rij in tabel.rijen] == ["≤5", "≤5", 0, "≤5"]
    onthouden = make_verplichtingen(totaal, groepen["segment"], "segment", VRAAG, Rijbesluit(onthouden=frozenset({"segment"})))
    assert [rij[2] for rij in onthouden.rijen] == ["-", "-", "-", "≤5"]


def test_the_year_ends_at_what_is_declared_held_expected_and_new() -> None:
    """600.00 in 151 days: in 365 it would be 60,000 x 365 / 151 = 145,033.1, but 600.00 is left of the budget: E = 600.00.

    What began after 30 June of last year declared 300.00 in that year, N; what began that day not. 500 + 100 + 600 + 300 = 1,500.
    """
    vorig = [
        replace(STAND, begin=dag, einddatum=date(2025, 12, 31), gebruik=Besteding(gedeclareerd_vorig=30_000))
        for dag in (date(2025, 6, 30), date(2025, 7, 1))
    ]
    einde = find_year_end(town(STAND, *vorig), 140_000)
    assert (einde.verwacht, einde.instroom, einde.prognose) == (60_000, 30_000, 150_000)
    rij = find_row(make_jaareinde([einde], VRAAG), gemeente="0484")
    assert (rij["prognose_euro"], rij["nog_te_ontvangen_euro"], rij["verschil_euro"], rij["kwaliteit"]) == (
        1500,
        700,
        100,
        "gewoon",
    )
    vroeg = [Vraagpunt(2026, dag) for dag in (date(2026, 2, 28), date(2026, 3, 1))]
    assert [find_row(make_jaareinde([einde], vraag), gemeente="0484")["kwaliteit"] for vraag in vroeg] == ["zwak", "gewoon"]


bedragen = st.integers(0, 10**6)
standen = st.builds(
    Toewijzingstand,
    st.integers(1, 3),
    st.sampled_from(["42420001", "42420002"]),
    st.sampled_from(["45", "50", "Generiek"]),
    st.none(),
    st.dates(date(2024, 6, 1), date(2027, 3, 1)),
    st.none() | st.dates(date(2025, 3, 1), date(2028, 1, 1)) | st.just(date.max),
    st.none() | st.dates(date(2025, 6, 1), date(2026, 12, 31)),
    st.builds(Toegewezen, st.none() | bedragen | st.just(HOOGSTE), groeit=st.booleans()),
    st.builds(
        Besteding, bedragen, bedragen, bedragen, bedragen, bedragen, st.none() | st.dates(date(2026, 1, 1), date(2026, 6, 30))
    ),
)


VELDEN = (
    "einde", "gesloten", "rest", "overschrijding", "verwacht", "toegewezen_jaar", "verwacht_jaar", "open", "vrijgevallen",
)  # fmt: skip
DEEL = {"45": Fraction(1, 3), "50": Fraction(10**25 + 1, 10**25 + 9)}
DAGEN = (date(2026, 2, 28), date(2026, 9, 30))


def reckon_one_by_one(lijst: list[Toewijzingstand], vraag: Vraagpunt, zilvering: Mapping[str, Fraction]) -> dict[str, Any]:
    """All that follows for these, by the sum of each."""
    uitkomsten = [reckon(stand, vraag, part_for(stand, zilvering)) for stand in lijst]
    velden = {veld: [getattr(item, veld) for item in uitkomsten] for veld in VELDEN}
    return {
        **{veld: [item.toordinal() if isinstance(item, date) else item or 0 for item in kolom] for veld, kolom in velden.items()},
        "raakt": [stand.touches(vraag) for stand in lijst],
        "nieuw": [is_new_inflow(stand, vraag) for stand in lijst],
        "in dagen": [expected_in(stand, item, vraag, *DAGEN) for stand, item in zip(lijst, uitkomsten, strict=True)],
        "zilvering": find_zilvering(lijst, vraag),
        "standen": lijst,
        "onbekend": 0,
    }


def reckon_by_columns(lijst: list[Toewijzingstand], vraag: Vraagpunt, zilvering: Mapping[str, Fraction]) -> dict[str, Any]:
    """The same by columns."""
    kolommen = Standkolommen.of(lijst, {})
    uit = reckon_all(kolommen, vraag, zilvering)
    return {
        **{veld: getattr(uit, veld).tolist() for veld in (*VELDEN, "raakt")},
        "nieuw": kolommen.are_new_inflow(vraag).tolist(),
        "in dagen": uit.expected_in(*DAGEN).tolist(),
        "zilvering": kolommen.find_zilvering(vraag),
        "standen": kolommen.list_standen(),
        "onbekend": int(kolommen.toegewezen[~kolommen.bepaald].sum()),
    }


@given(st.lists(standen, max_size=12), st.dates(date(2025, 6, 1), date(2027, 3, 1)), st.sampled_from([{}, DEEL]))
@settings(max_examples=50)
def test_columns_say_of_each_what_its_own_sum_says(
    lijst: list[Toewijzingstand], peildatum: date, zilvering: dict[str, Fraction]
) -> None:
    vraag = Vraagpunt(2026, peildatum)
    assert reckon_by_columns(lijst, vraag, zilvering) == reckon_one_by_one(lijst, vraag, zilvering)


PEILDATA = (date(2025, 6, 30), date(2026, 1, 31), date(2026, 6, 30), date(2027, 1, 1), date(2027, 3, 1))


def list_edges(vraag: Vraagpunt, kies: Random) -> list[Toewijzingstand]:
    """Allocations whose days lie on, before and after each day by which something is decided, with amounts of nothing, one cent
    and the most; and categories with just enough and just too few that closed, with nothing and one cent allocated."""
    grenzen = (vraag.eerste, vraag.laatste, vraag.dicht_voor, vraag.zilvering_na, vraag.vorig_jaar, date(2025, 1, 1), *DAGEN)
    randen = [around(dag, nummer) for dag in grenzen for nummer in (-1, 0, 1)]

    def money() -> int:
        return kies.choice((0, 0, 1, kies.randrange(10**6)))

    # One cent that is left, of which a third is expected: nothing.
    lijst = [replace(STAND, toegewezen=Toegewezen(1), gebruik=Besteding())]
    for nummer in range(300):
        begin = kies.choice(randen)
        om_begin = [around(begin, dagen) for dagen in (-1, 0, 1)]
        einddatum = kies.choice((None, date.max, *om_begin, *randen))
        stop = kies.choice((None, None, None, *om_begin, kies.choice(randen)))
        toegewezen = Toegewezen(kies.choice((None, 0, 1, HOOGSTE, kies.randrange(10**6))), groeit=kies.choice((False, True)))
        stand = Toewijzingstand(nummer, "42420001", kies.choice(("45", "50", "60")), None, begin, einddatum, stop,
                                toegewezen, Besteding())  # fmt: skip
        om_einde = [around(stand.end_in(vraag), dagen) for dagen in (-1, 0, 1)]
        laatste = kies.choice((None, None, *om_begin, *om_einde, kies.choice(randen)))
        lijst.append(replace(stand, gebruik=Besteding(money(), money(), money(), money(), money(), laatste)))
    for categorie, aantal, bedragen_ in (("nul", 12, (0,)), ("cent", 12, (1, *(0,) * 11)), ("tien", 10, (9,)), ("negen", 9, (9,))):
        dicht = replace(STAND, categorie=categorie, begin=date(2024, 1, 1), einddatum=around(vraag.dicht_voor, -1))
        lijst += [
            replace(dicht, toegewezen=Toegewezen(bedragen_[nummer % len(bedragen_)]), gebruik=Besteding(gedeclareerd=1))
            for nummer in range(aantal)
        ]
    return lijst


def around(dag: date, dagen: int) -> date:
    """So many days later, where there is a day after that."""
    return date.fromordinal(min(dag.toordinal() + dagen, date.max.toordinal() - 1))


EVEN_GOED = {
    "_in_days 1  =>  2": "days that are divided by two where there is one: it lies outside, so none of them counts",
    "_in_days geheel > 0  =>  geheel >= 0": "of no days the part is nothing",
    "_in_days 0  =>  1": "of one day: it lies inside, and all of it counts, or outside, and none does",
    "reckon_all 1  =>  2": "days so far where there are no lines: what is made of it is not taken",
    "reckon_all k.laatste > einde  =>  k.laatste >= einde": "billed up to the last day the pace expects nothing either",
    "_part_of_rest (deel > 0) & (k.laatste < k.begin)  =>  (deel > 0) | (k.laatste < k.begin)": "what has lines is not taken",
    "_part_of_rest deel > 0  =>  deel >= 0": "a part of nothing is nothing",
    "_part_of_rest k.laatste < k.begin  =>  k.laatste <= k.begin": "what has lines is not taken",
}
"""Mistakes that change no outcome, and why."""


def list_column_functions() -> Iterator[FunctionType]:
    """Every function and method of the columns that is written down."""
    klassen = (Standkolommen, Uitkomstkolommen)
    for item in (*vars(standkolommen).values(), *(item for klasse in klassen for item in vars(klasse).values())):
        functie = getattr(item, "__func__", None) or getattr(item, "fget", None) or item
        if isinstance(functie, FunctionType) and functie.__code__.co_filename == standkolommen.__file__:
            yield functie


def test_a_mistake_in_the_formulas_of_the_columns_is_noticed() -> None:
    """On the edges every one of them tells something else, but for those that change nothing."""
    kies = Random(1)
    vragen = [Vraagpunt(2026, peildatum) for peildatum in PEILDATA]
    zaken = [(list_edges(vraag, kies), vraag, zilvering) for vraag, zilvering in zip(vragen, cycle([DEEL, {}]), strict=False)]
    goed = [reckon_one_by_one(*zaak) for zaak in zaken]
    assert [reckon_by_columns(*zaak) for zaak in zaken] == goed

    def is_noticed() -> bool:
        with np.errstate(all="ignore"), suppress(Exception):
            return any(reckon_by_columns(*zaak) != uitkomst for zaak, uitkomst in zip(zaken, goed, strict=True))
        return True

    ongemerkt = []
    mutanten = list_functiemutanten(list_column_functions())
    for mutant in mutanten:
        with planted(mutant):
            if not is_noticed():
                ongemerkt.append(f"{mutant.functie.__name__} {mutant.teken}")
    assert len(mutanten) > 90
    assert sorted(set(ongemerkt)) == sorted(EVEN_GOED)


@given(st.lists(st.builds(town, standen, standen, gemeente=st.sampled_from(["0484", "0537"])), max_size=3))
@settings(max_examples=40)
def test_the_groups_of_every_grouping_add_up_to_the_total(steden: list[Standen]) -> None:
    totaal, groepen = add_up(steden)
    for naam in GROEPEN:
        samen = Groepstand()
        for groep in groepen[naam].values():
            samen.join(groep)
        assert astuple(samen) == astuple(totaal)
