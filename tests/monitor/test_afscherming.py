"""No count of 1 to 5 can be told from all that is shown: an attacker with a solver tries, on many random tables."""

import random
from collections import defaultdict
from collections.abc import Mapping
from itertools import combinations
from typing import Any

import pytest

from berichten.opslag.financien.monitor import Getoond
from berichten.processen.monitor.publiceer import Publicatie, decide
from berichten.rapporten.afscherming.momenten import Dagstand, Getoondemomenten, hide_steps
from berichten.rapporten.afscherming.optelling import TOTAAL, Rijbesluit, Telling, list_shown, mark, protect_rows
from berichten.rapporten.afscherming.overlap import NietTeBeschermen, Teken, Verband, limits, protect, union_of
from berichten.rapporten.monitor.bereik import Bereik, read_bereik
from berichten.rapporten.monitor.clienten import Cel, cell_name
from tests.hulp.monitoring.aanvaller import Aanvaller

ALLE = (1, 5)
GEMEENTEN = ("0484", "0537")
EXPORTS = ((1, 6), (1, 3), (4, 6), (1, 1), (2, 2), (3, 3), (2, 4), (1, 5))
"""First and last months of 2024."""


def test_one_small_row_hides_the_smallest_other() -> None:
    """Three who are nowhere else would follow from the total; with the ten hidden they do not."""
    aantallen = {"T": 33, "a": 20, "b": 10, "c": 3}
    tekens = protect(aantallen, [*union_of("T", ["a", "b", "c"])])
    assert tekens == {"T": Teken.GETAL, "a": Teken.GETAL, "b": Teken.VERBORGEN, "c": Teken.KLEIN}


def test_of_a_past_day_no_count_is_shown_that_differs_by_a_few_from_another_and_of_today_each_is() -> None:
    """106 of 15 April beside the 100 that was shown, and beside what there is today; the same day again is the same answer."""

    def show(aantal: int, dag: str, nu: int | None, *, eerder: set[int], op_dag: set[tuple[str, int]] | None = None) -> bool:
        stand = Dagstand(dag, None if nu is None else {"T": nu})
        gezien = {"T": Getoondemomenten(eerder, op_dag or set())}
        return hide_steps({"T": aantal}, {"T": Teken.GETAL}, stand, gezien)["T"] is Teken.GETAL

    assert [show(aantal, "2026-04-15", 200, eerder={100}) for aantal in (94, 95, 99, 100, 101, 105, 106)] == [
        True, False, False, True, False, False, True,
    ]  # fmt: skip
    assert [show(106, "2026-04-15", nu, eerder={100}) for nu in (106, 107, 111, 112)] == [True, False, False, True]
    assert show(106, "2026-04-15", 107, eerder={100}, op_dag={("2026-04-15", 106)})
    assert not show(106, "2026-04-15", 200, eerder={100}, op_dag={("2026-04-14", 104)})
    assert show(101, "", None, eerder={100}), "wat vandaag anders is, mag worden getoond"
    assert not show(101, "", None, eerder={200}, op_dag={("2026-04-15", 100)}), "ook niet naast een eerdere dag"


def test_clients_in_several_rows_may_make_hiding_needless() -> None:
    """The total is so far below the sum that the small row may hold anyone."""
    assert protect({"T": 30, "a": 20, "b": 15, "c": 3}, [*union_of("T", ["a", "b", "c"])])["b"] is Teken.GETAL


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    assert set(protect({"T": 16, "a": 6, "b": 10, "c": 0}, [*union_of("T", ["a", "b", "c"])]).values()) == {Teken.GETAL}


def test_what_was_hidden_stays_hidden() -> None:
    tekens = protect({"T": 40, "a": 20, "b": 20}, [*union_of("T", ["a", "b"])], eerder_verborgen={"b"})
    assert tekens["b"] is Teken.VERBORGEN


def test_what_is_known_already_is_no_good_to_hide() -> None:
    """Last month the total was 30: twenty and ten. Whoever kept that export knows the ten, so now the total has to go."""
    tekens = protect({"T": 33, "a": 20, "b": 10, "c": 3}, [*union_of("T", ["a", "b", "c"])], bekend={"a", "b"})
    assert (tekens["T"], tekens["b"]) == (Teken.VERBORGEN, Teken.GETAL)


def test_a_row_that_is_known_already_hides_no_other() -> None:
    """The larger row beside it has changed since, and is hidden instead; where none has, the total is."""
    rijen = {"kader": {"a": (40,), "b": (20,), "c": (3,)}}
    assert protect_rows((63,), rijen).verborgen == {("kader", "b"), ("kader", "c")}
    bekend = {("kader", "b"): 20, ("kader", "a"): 39}
    assert protect_rows((63,), rijen, bekend=bekend).verborgen == {("kader", "a"), ("kader", "c")}
    besluit = protect_rows((63,), rijen, bekend=bekend | {("kader", "a"): 40})
    assert (besluit.totaal_verborgen, besluit.verborgen) == (True, frozenset({("kader", "c")}))


def test_a_split_in_which_nothing_can_hide_the_small_row_is_withheld() -> None:
    """The other split stays; what is remembered of both says so."""
    splitsingen = {"specialisme": {"x": (9,), "y": (4,)}, "aanbieder": {"een": (13,)}}
    besluit = protect_rows((13,), splitsingen)
    assert (besluit.totaal_verborgen, besluit.verborgen, besluit.onthouden) == (False, frozenset(), frozenset({"specialisme"}))
    assert dict(list_shown(besluit, (13,), splitsingen)) == {
        (TOTAAL, TOTAAL): 13, ("specialisme", "*"): None, ("aanbieder", "een"): 13,
    }  # fmt: skip
    assert protect_rows(
        (40,), {"specialisme": {"x": (20,), "y": (20,)}, "aanbieder": {"een": (40,)}}, {("specialisme", "*")}
    ).onthouden


def test_a_hidden_row_is_not_given_back_by_its_own_parts() -> None:
    """Hiding segment b does not help while its zorgvormen stand there: their sum bounds it."""
    verbanden = [*union_of("T", ["a", "b", "c"]), *union_of("b", ["b1", "b2"])]
    tekens = protect({"T": 33, "a": 20, "b": 10, "c": 3, "b1": 6, "b2": 7}, verbanden)
    aanvaller = Aanvaller(
        {naam: limits(teken, {"T": 33, "a": 20, "b": 10, "b1": 6, "b2": 7}.get(naam)) for naam, teken in tekens.items()}
    )
    aanvaller.learn_union("T", ["a", "b", "c"])
    aanvaller.learn_union("b", ["b1", "b2"])
    assert aanvaller.range_of("c") == ALLE


def test_what_was_published_before_may_make_it_impossible() -> None:
    """The year had 11 and its first half 6, so its second half has 5 at least."""
    with pytest.raises(NietTeBeschermen):
        protect({"h2": 5}, [Verband("jaar", ("h1", "h2")), Verband("h2", ("jaar",))], vast={"jaar": (11, 11), "h1": (6, 6)})


def draw_unions(dobbel: random.Random) -> tuple[dict[str, int], dict[tuple[str, str], list[str]]]:
    """All tables of one period: segments with zorgvormen, aanbieders and referrers, over the same clients."""
    alle = set(range(dobbel.randint(2, 120)))
    aantallen = {"T": len(alle)}
    delen: dict[tuple[str, str], list[str]] = {}
    for soort, groepen in (("segment", 5), ("aanbieder", 6), ("verwijzer", 4)):
        for naam, leden in draw_groups(dobbel, "T", soort, alle, groepen, aantallen, delen).items():
            if soort == "segment" and dobbel.random() < 0.7:
                draw_groups(dobbel, naam, "zorgvorm", leden, dobbel.randint(1, 4), aantallen, delen)
    return aantallen, delen


def draw_groups(
    dobbel: random.Random,
    geheel: str,
    soort: str,
    clienten: set[int],
    hoeveel: int,
    aantallen: dict[str, int],
    delen: dict[tuple[str, str], list[str]],
) -> dict[str, set[int]]:
    """Divide clients over groups of uneven size; some are in two."""
    gewicht, dubbel = [dobbel.random() ** 3 + 0.01 for _ in range(hoeveel)], dobbel.choice((0.0, 0.1, 0.5))
    groepen: dict[str, set[int]] = {}
    for client in clienten:
        for nummer in dobbel.choices(range(hoeveel), gewicht, k=1 + (dobbel.random() < dubbel)):
            groepen.setdefault(f"{geheel}.{soort}{nummer}", set()).add(client)
    aantallen |= {naam: len(leden) for naam, leden in groepen.items()}
    delen[geheel, soort] = list(groepen)
    return groepen


@pytest.mark.parametrize("zaad", range(80))
def test_no_small_count_of_clients_can_be_told(zaad: int) -> None:
    """All tables of one period at once: every count of 1 to 5 may be any of 1 to 5."""
    aantallen, delen = draw_unions(random.Random(zaad))
    verbanden = [verband for (geheel, _), namen in delen.items() for verband in union_of(geheel, namen)]
    tekens = protect(aantallen, verbanden)
    aanvaller = Aanvaller({naam: limits(teken, aantallen[naam]) for naam, teken in tekens.items()})
    for (geheel, _), namen in delen.items():
        aanvaller.learn_union(geheel, namen)
    for naam, aantal in aantallen.items():
        assert (tekens[naam] is Teken.KLEIN) == (1 <= aantal <= 5)
        if 1 <= aantal <= 5:
            assert aanvaller.range_of(naam) == ALLE


Zorg = dict[tuple[str, int], list[tuple[int, str, str, str]]]
"""Client, segment, zorgvorm and aanbieder, by gemeente and month."""


def draw_care(dobbel: random.Random) -> Zorg:
    """Half a year of care in two gemeenten; most clients stay for some months, a few move."""
    zorg: Zorg = defaultdict(list)
    for client in range(dobbel.randint(5, 40)):
        begin = dobbel.randint(1, 6)
        for _ in range(dobbel.choice((1, 1, 2))):
            gemeente, segment = dobbel.choice(GEMEENTEN), dobbel.choice(("1A", "4", "4"))
            wat = (client, segment, f"vorm {dobbel.randint(1, 2)}", f"4242000{dobbel.choice((1, 1, 2))}")
            for maand in range(begin, min(6, begin + dobbel.randint(0, 4)) + 1):
                zorg[gemeente, maand].append(wat)
    return zorg


def count_care(zorg: Zorg, bereik: Bereik) -> dict[Cel, int]:
    """Unique clients of an export, by cell."""
    leden: dict[Cel, set[int]] = defaultdict(set)
    for gemeente, maand in bereik.delen:
        for client, segment, vorm, agb in zorg[gemeente, maand.month]:
            for cel in (("totaal", "", ""), ("segment", segment, ""), ("zorgvorm", segment, vorm), ("aanbieder", agb, "")):
                leden[cel].add(client)
    return {cel: len(clienten) for cel, clienten in leden.items()}


def attack_exports(getoond: Mapping[Bereik, Publicatie], klein: Mapping[str, int]) -> None:
    """With everything that was ever shown: within each export its unions, and between exports every set that covers another."""
    cellen = {naam for publicatie in getoond.values() for naam in publicatie}
    bekend = {
        f"{bereik.naam} {cel}": limits(Teken(publicatie[cel].teken), publicatie[cel].aantal) if cel in publicatie else (0, 0)
        for bereik, publicatie in getoond.items()
        for cel in cellen
    }
    aanvaller = Aanvaller(bekend)
    for bereik, publicatie in getoond.items():
        delen: dict[tuple[str, str], list[str]] = defaultdict(list)
        for _, soort, groep, vorm in (naam.split("\t") for naam in publicatie):
            if soort != "totaal":
                boven = cell_name(("segment", groep, "") if soort == "zorgvorm" else ("totaal", "", ""))
                delen[boven, soort].append(f"{bereik.naam} {cell_name((soort, groep, vorm))}")
        for (boven, _), namen in delen.items():
            aanvaller.learn_union(f"{bereik.naam} {boven}", namen)
        for hoeveel in range(1, len(getoond)):
            for dekking in combinations([item for item in getoond if item != bereik], hoeveel):
                if bereik.delen <= frozenset().union(*(item.delen for item in dekking)):
                    for cel in cellen:
                        aanvaller.learn_part(f"{bereik.naam} {cel}", [f"{item.naam} {cel}" for item in dekking])
    for naam in klein:
        assert aanvaller.range_of(naam) == ALLE, naam


@pytest.mark.parametrize("zaad", range(30))
def test_exports_of_periods_and_gemeenten_that_overlap_tell_no_more(zaad: int) -> None:
    """In any order; what cannot be published beside the others is refused."""
    dobbel = random.Random(zaad)
    zorg = draw_care(dobbel)
    getoond: dict[Any, Any] = {}
    klein: dict[Any, Any] = {}
    for _ in range(5):
        wie = dobbel.choice((GEMEENTEN[:1], GEMEENTEN[:1], GEMEENTEN[1:], GEMEENTEN))
        van, tot = dobbel.choice(EXPORTS)
        bereik = read_bereik(wie, None, f"2024-{van:02}", f"2024-{tot:02}")
        aantallen = {cell_name(cel): aantal for cel, aantal in count_care(zorg, bereik).items()}
        try:
            tekens = decide(bereik, aantallen, getoond)
        except NietTeBeschermen:
            continue
        getoond[bereik] = {
            naam: Getoond(",".join(wie), bereik.van, bereik.tot, naam, teken, aantallen[naam] if teken is Teken.GETAL else None)
            for naam, teken in tekens.items()
        }
        klein |= {f"{bereik.naam} {naam}": aantal for naam, aantal in aantallen.items() if 1 <= aantal <= 5}
    attack_exports(getoond, klein)


def draw_rows(dobbel: random.Random, soorten: int) -> tuple[Telling, dict[str, dict[str, Telling]]]:
    """Things of a few kinds over two splits that both add up to the total; each row also tells the sum of its kinds."""
    dingen = [dobbel.choices(range(soorten), [1, 0.3, 0.1][:soorten])[0] for _ in range(dobbel.randint(1, 150))]
    splitsingen = {}
    for naam, groepen in (("specialisme", 5), ("aanbieder", 7))[: dobbel.choice((1, 2))]:
        gewicht = [dobbel.random() ** 3 + 0.005 for _ in range(groepen)]
        rijen: dict[str, list[int]] = {}
        for ding in dingen:
            rijen.setdefault(f"{naam}{dobbel.choices(range(groepen), gewicht)[0]}", [0] * soorten)[ding] += 1
        splitsingen[naam] = {sleutel: (*tellers, sum(tellers)) for sleutel, tellers in rijen.items()}
    tellers = [dingen.count(soort) for soort in range(soorten)]
    return (*tellers, sum(tellers)), splitsingen


def attack_rows(
    totaal: Telling, splitsingen: Mapping[str, Mapping[str, Telling]], besluit: Rijbesluit
) -> tuple[Aanvaller, list[str]]:
    """What a reader knows of rows that add up, and the names of the small counts."""
    grenzen: dict[str, Any] = {}
    klein: list[str] = []
    som: list[Any] = []
    alle = {TOTAAL: {TOTAAL: totaal}, **{naam: rijen for naam, rijen in splitsingen.items() if naam not in besluit.onthouden}}
    for naam, rijen in alle.items():
        for sleutel, telling in rijen.items():
            verborgen = besluit.hides(naam, sleutel)
            namen = [f"{sleutel}.{nummer}" for nummer in range(len(telling))]
            grenzen |= {cel: limits(mark(aantal, verborgen), aantal) for cel, aantal in zip(namen, telling, strict=True)}
            klein += [cel for cel, aantal in zip(namen, telling, strict=True) if 1 <= aantal <= 5]
            som.append((namen[-1], namen[:-1]))
        if naam != TOTAAL:
            som += [(f"{TOTAAL}.{nummer}", [f"{sleutel}.{nummer}" for sleutel in rijen]) for nummer in range(len(totaal))]
    aanvaller = Aanvaller(grenzen)
    for geheel, delen in som:
        aanvaller.learn_sum(geheel, delen)
    return aanvaller, klein


@pytest.mark.parametrize("soorten", [1, 2, 3])
@pytest.mark.parametrize("zaad", range(30))
def test_no_small_count_can_be_told_where_rows_add_up(zaad: int, soorten: int) -> None:
    """Courses, starts and lines, with what part of them is beyond or late: no small count is certain, in either split."""
    totaal, splitsingen = draw_rows(random.Random(1000 * soorten + zaad), soorten)
    aanvaller, klein = attack_rows(totaal, splitsingen, protect_rows(totaal, splitsingen))
    for naam in klein:
        laagste, hoogste = aanvaller.range_of(naam)
        assert laagste < hoogste, naam


def test_without_hiding_the_attacker_wins() -> None:
    """Proof that the attacker can do something."""
    aanvaller = Aanvaller({"T": (33, 33), "a": (20, 20), "b": (10, 10), "c": (1, 5)})
    aanvaller.learn_union("T", ["a", "b", "c"])
    assert aanvaller.range_of("c") == (3, 5)
    totaal, rijen = (40, 3, 43), {"kader": {"x": (30, 0, 30), "y": (10, 3, 13)}}
    aanvaller, _ = attack_rows(totaal, rijen, Rijbesluit(verborgen=frozenset({("kader", "y")})))
    assert aanvaller.range_of("y.1") == (3, 3)
