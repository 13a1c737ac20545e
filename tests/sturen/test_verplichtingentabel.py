"""Obligations by group and where the year ends: parts add up to totals, and small counts do not show."""

from dataclasses import astuple, replace
from datetime import date
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from berichten.rapporten.afscherming.optelling import Rijbesluit
from berichten.rapporten.sturen.jaareinde import find_year_end, make_jaareinde
from berichten.rapporten.sturen.verplichtingentabel import GROEPEN, Groepstand, add_up, make_verplichtingen
from berichten.rapporten.toewijzing.standen import Standen
from berichten.rapporten.toewijzing.standkolommen import Standkolommen, reckon_all
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
    st.builds(Toegewezen, st.none() | bedragen | st.just(HOOGSTE)),
    st.builds(
        Besteding, bedragen, bedragen, bedragen, bedragen, bedragen, st.none() | st.dates(date(2026, 1, 1), date(2026, 6, 30))
    ),
)


VELDEN = (
    "einde", "gesloten", "rest", "overschrijding", "verwacht", "toegewezen_jaar", "verwacht_jaar", "open", "vrijgevallen",
)  # fmt: skip
veel = st.lists(standen, max_size=12)
DEEL = {"45": Fraction(2, 3), "50": Fraction(10**25 + 1, 10**25 + 9)}


@given(veel, st.dates(date(2025, 6, 1), date(2027, 3, 1)), st.sampled_from([{}, DEEL]))
@settings(max_examples=50)
def test_columns_say_of_each_what_its_own_sum_says(
    lijst: list[Toewijzingstand], peildatum: date, zilvering: dict[str, Fraction]
) -> None:
    vraag = Vraagpunt(2026, peildatum)
    kolommen = Standkolommen.of(lijst, {})
    assert kolommen.list_standen() == lijst
    assert kolommen.find_zilvering(vraag) == find_zilvering(lijst, vraag)
    alle = [kolommen] if len(lijst) < 2 else [kolommen, Standkolommen.of(lijst * 10, {})]
    assert alle[-1].find_zilvering(vraag) == find_zilvering(lijst * (10 if len(alle) > 1 else 1), vraag)
    uit = reckon_all(kolommen, vraag, zilvering)
    een_voor_een = [reckon(stand, vraag, part_for(stand, zilvering)) for stand in lijst]
    for veld in VELDEN:
        eigen = [getattr(item, veld) for item in een_voor_een]
        assert getattr(uit, veld).tolist() == [item.toordinal() if isinstance(item, date) else item or 0 for item in eigen], veld
    assert uit.raakt.tolist() == [stand.touches(vraag) for stand in lijst]
    assert kolommen.are_new_inflow(vraag).tolist() == [is_new_inflow(stand, vraag) for stand in lijst]
    dagen = (date(2026, 2, 28), date(2026, 9, 30))
    delen = [expected_in(stand, item, *dagen) for stand, item in zip(lijst, een_voor_een, strict=True)]
    assert uit.expected_in(*dagen).tolist() == delen


@given(st.lists(st.builds(town, standen, standen, gemeente=st.sampled_from(["0484", "0537"])), max_size=3))
@settings(max_examples=40)
def test_the_groups_of_every_grouping_add_up_to_the_total(steden: list[Standen]) -> None:
    totaal, groepen = add_up(steden)
    for naam in GROEPEN:
        samen = Groepstand()
        for groep in groepen[naam].values():
            samen.join(groep)
        assert astuple(samen) == astuple(totaal)
