"""Judging by columns gives what judging line by line gives, to the letter; and a twin that is wrong is found out."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from berichten.beoordeling import pijplijn
from berichten.beoordeling.declaratie import JW323_STAPPEN, Declaratiebeoordeling, begin
from berichten.beoordeling.kolommen import onschuld
from berichten.dossier import kolommen
from berichten.dossier.kolommen import Dossierkolommen
from berichten.kern.regel import Regel, Toets
from berichten.processen.berichten import verwerk_bericht
from berichten.regels.register import PRESTATIE_DEBET, PRESTATIE_EIGEN, PRESTATIE_GROND, PRESTATIE_REFERENTIE
from berichten.standaard.waarden.soorten import JW323
from berichten.voorbeelden.stad.archief import Archief, maak_archief, write_archief
from tests.conftest import Vertel
from tests.hulp.archief import ARCHIEF, furnish, replay
from tests.hulp.declaratiewereld import make_wereld
from tests.hulp.gevallen import check_geval, list_gevallen
from tests.hulp.gevallen import judge as judge_geval
from tests.hulp.mutanten import list_tweelingmutanten, planted

NOOIT = 10**9
WERELDEN = 80
REGELS = (*PRESTATIE_REFERENTIE, *PRESTATIE_GROND, *PRESTATIE_DEBET, *PRESTATIE_EIGEN)
MET_TWEELING = [regel for regel in REGELS if regel.onschuldig is not None]
GELIJK = attrgetter(
    "status", "bevindingen", "codes", "client_codes", "uitkomsten", "prestatie_codes", "toekenningen", "dubbel", "zonder_feiten"
)
Masker = np.ndarray[Any, np.dtype[np.bool_]]


@contextmanager
def columns_from(veel: int) -> Iterator[None]:
    """Judge by columns from so many lines on."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(onschuld, "VEEL", veel)
        yield


def judge(zaad: int, veel: int) -> Declaratiebeoordeling:
    """The declaration of a world, by columns from so many lines on."""
    wereld = make_wereld(zaad)
    with columns_from(veel):
        return begin(wereld.declaratie, wereld.kader, JW323_STAPPEN).finish()


def compare_werelden(zaden: range) -> tuple[int, int, int]:
    """Lines, those that were awarded, and those on which the two ways differ."""
    aantal = toegekend = anders = 0
    for zaad in zaden:
        een, twee = judge(zaad, NOOIT), judge(zaad, 0)
        aantal += len(een.uitkomsten)
        toegekend += een.uitkomsten.count("toegekend")
        anders += 0 if GELIJK(een) == GELIJK(twee) else len(een.uitkomsten)
    return aantal, toegekend, anders


def test_both_ways_give_the_same_to_the_letter(vertel: Vertel) -> None:
    aantal, toegekend, anders = compare_werelden(range(WERELDEN))
    vertel(f"kolommen en functies: {aantal} regels vergeleken, {toegekend} toegekend, {anders} verschillen")
    assert (anders, toegekend > aantal / 4) == (0, True)


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_a_million_lines_both_ways(vertel: Vertel) -> None:
    aantal, toegekend, anders = compare_werelden(range(6000))
    vertel(f"kolommen en functies: {aantal} regels vergeleken, {toegekend} toegekend, {anders} verschillen")
    assert (anders, aantal > 1_000_000) == (0, True)


def test_every_case_goes_the_same_by_columns() -> None:
    with columns_from(0):
        for geval in list_gevallen():
            if geval.soort == JW323.naam:
                check_geval(geval, judge_geval(geval))


class Proef:
    """Worlds as columns, and which lines of each broke which rule when they were judged one by one."""

    def __init__(self) -> None:
        self.kolommen = [Dossierkolommen(item.declaratie.prestaties, item.kader) for item in map(make_wereld, range(WERELDEN))]
        self.gebroken: list[dict[Toets, list[int]]] = [defaultdict(list) for _ in range(WERELDEN)]
        for zaad, boek in enumerate(self.gebroken):
            for item in judge(zaad, NOOIT).bevindingen:
                boek[item.regel.toets].append((item.plaats.volgnummer or 0) - 1)

    def masks(self, regel: Regel) -> Iterator[tuple[Masker, list[int]]]:
        """Whom the twin of a rule calls innocent in each world, and who broke the rule."""
        assert regel.onschuldig is not None
        for regels, boek in zip(self.kolommen, self.gebroken, strict=True):
            yield np.broadcast_to(regel.onschuldig(regels), len(regels.prestaties)), boek[regel.toets]

    def grows(self, regel: Regel, gaaf: list[Masker]) -> bool:
        """Whether the twin calls more lines innocent than it did."""
        return any((nu & ~toen).any() for (nu, _), toen in zip(self.masks(regel), gaaf, strict=True))

    def forget(self) -> None:
        """Which lines are alike is told anew."""
        for item in self.kolommen:
            for naam in ("_soorten", "_looptijden"):
                vars(item).pop(naam, None)

    def is_mild(self, regel: Regel) -> bool:
        """Whether the twin calls a line innocent that broke the rule; a twin that fails altogether would be noticed too."""
        try:
            return any(masker[schuldig].any() for masker, schuldig in self.masks(regel))
        except Exception:
            return True


@pytest.fixture(scope="module")
def proef() -> Proef:
    return Proef()


def test_nobody_is_called_innocent_who_is_guilty(proef: Proef) -> None:
    assert [regel.id for regel in MET_TWEELING if proef.is_mild(regel)] == []


def test_rules_without_a_twin_are_those_on_people() -> None:
    assert [regel.id for regel in REGELS if regel.onschuldig is None] == ["DA01", "DA04", "DA06", "DA05", "DA05", "DA02", "DA03"]


def test_every_rule_with_a_twin_is_broken_by_some_and_kept_by_others(proef: Proef) -> None:
    for regel in MET_TWEELING:
        assert any(schuldig for _, schuldig in proef.masks(regel)), f"{regel.id} wordt nergens gebroken"
        assert any(masker.any() for masker, _ in proef.masks(regel)), f"{regel.id} houdt iedereen verdacht"


AAN_DE_STRENGE_KANT = {"_is_younger", "_stays_within"}
"""Twins that leave a margin: a mistake may make them less strict and still right."""


def test_a_twin_with_a_mistake_in_it_is_found_out(proef: Proef) -> None:
    """A mistake that only makes it stricter costs time and nothing else, and is no matter of this test."""
    gemist, gevonden = [], set()
    for regel in MET_TWEELING:
        gaaf = [masker.copy() for masker, _ in proef.masks(regel)]
        for mutant in list_tweelingmutanten(regel):
            with planted(mutant):
                if proef.is_mild(regel):
                    gevonden.add(regel.id)
                elif proef.grows(regel, gaaf):
                    gemist.append(mutant)
    assert [mutant.naam for mutant in gemist if mutant.functie.__name__ not in AAN_DE_STRENGE_KANT] == []
    assert len(gevonden) >= 10


@pytest.mark.parametrize("naam", ["_SOORT", "_OMVANG"])
def test_each_field_that_makes_lines_alike_is_needed(proef: Proef, naam: str) -> None:
    """Without it lines that are not alike get the same answer."""
    velden = getattr(kolommen, naam).__reduce__()[1]
    gaaf = {regel.toets: [masker.copy() for masker, _ in proef.masks(regel)] for regel in MET_TWEELING}
    for weg in velden:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(kolommen, naam, attrgetter(*(veld for veld in velden if veld != weg)))
            proef.forget()
            assert any(proef.grows(regel, gaaf[regel.toets]) for regel in MET_TWEELING), f"zonder {weg} blijft alles gelijk"
    proef.forget()


def compare_archief(archief: Archief, database_url: str, map_: Path) -> tuple[int, int]:
    """Replay an archive in which each JW323 is judged both ways: lines, and messages on which they differ."""
    regels, anders = [], []

    def judge_both(bericht: Any, load_header: Callable[[], Any], load: Callable[[], Any]) -> Any:
        if bericht.soort.naam == JW323.naam:
            with columns_from(NOOIT):
                een = pijplijn.judge(bericht, load_header, load).finish()
            twee = pijplijn.judge(bericht, load_header, load).finish()
            regels.append(bericht.aantal_regels)
            if een != twee if isinstance(een, pijplijn.Afkeuring) else GELIJK(een) != GELIJK(twee):
                anders.append(bericht.header.identificatie)
        return pijplijn.judge(bericht, load_header, load)

    write_archief(archief, map_ / "archief")
    with columns_from(0), pytest.MonkeyPatch.context() as patch:
        patch.setattr(verwerk_bericht, "judge", judge_both)
        replay(furnish(database_url, map_, archief), map_ / "archief", map_ / "uit")
    return sum(regels), len(anders)


def test_an_archive_goes_the_same_both_ways(database_url: str, tmp_path: Path, vertel: Vertel) -> None:
    aantal, anders = compare_archief(ARCHIEF, database_url, tmp_path)
    vertel(f"kolommen en functies: {aantal} regels van een archief vergeleken, {anders} verschillen")
    assert (anders, aantal > 300) == (0, True)


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_towns_of_a_hundred_thousand_lines_go_the_same_both_ways(
    maak_database: Callable[[], str], tmp_path: Path, vertel: Vertel
) -> None:
    aantal = anders = 0
    for zaad in range(3):
        meer, mis = compare_archief(maak_archief(clienten=500, jaren=5, seed=zaad), maak_database(), tmp_path / str(zaad))
        aantal, anders = aantal + meer, anders + mis
    vertel(f"kolommen en functies: {aantal} regels van archieven vergeleken, {anders} verschillen")
    assert (anders, aantal > 50_000) == (0, True)
