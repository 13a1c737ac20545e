"""Judging by columns gives what judging line by line gives, to the letter; and a twin that is wrong is found out."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import cycle
from operator import attrgetter
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from sqlalchemy import Connection

from berichten.beoordeling import pijplijn
from berichten.beoordeling.declaratie import JW323_STAPPEN, Declaratiebeoordeling, begin
from berichten.dossier import kolommen
from berichten.dossier.eigen_feiten import Grenzen, Ruimte
from berichten.dossier.kolommen import Dossierkolommen
from berichten.instellingen import Instellingen
from berichten.opslag.berichten.declaraties import load_kader
from berichten.processen.basis.werkplaats import open_werkplaats
from berichten.processen.berichten import verwerk_bericht
from berichten.regels.eigen import kaders
from berichten.regels.eigen.kaders import rooms_of
from berichten.regels.register import PRESTATIE_DEBET, PRESTATIE_EIGEN, PRESTATIE_GROND, PRESTATIE_REFERENTIE
from berichten.standaard.lezen.lezen import read_bericht
from berichten.standaard.waarden.berichten import Declaratiebericht
from berichten.standaard.waarden.soorten import JW323
from berichten.voorbeelden.stad.archief import Archief, maak_archief, write_archief
from berichten.voorbeelden.stad.groot import groot_jw323, referentie_groot
from tests.bench.groot import load_allocations, load_references
from tests.conftest import Vertel
from tests.hulp.archief import ARCHIEF, furnish, replay
from tests.hulp.declaratiewereld import Lot, Wereld, make_wereld, spoil_line
from tests.hulp.gevallen import check_geval, list_gevallen
from tests.hulp.gevallen import judge as judge_geval
from tests.hulp.tweelingproef import NOOIT, Tweelingproef, Zaak, columns_from

WERELDEN = 80
SOORTEN = ("indicatief", "plafond")
REGELS = (*PRESTATIE_REFERENTIE, *PRESTATIE_GROND, *PRESTATIE_DEBET, *PRESTATIE_EIGEN)
MET_TWEELING = [regel for regel in REGELS if regel.onschuldig is not None]
GELIJK = attrgetter(
    "status", "bevindingen", "codes", "client_codes", "uitkomsten", "prestatie_codes", "toekenningen", "dubbel", "zonder_feiten"
)


def judge(zaad: int, veel: int) -> Declaratiebeoordeling:
    """The declaration of a world, by columns from so many lines on."""
    wereld = make_wereld(zaad)
    with columns_from(veel):
        return begin(wereld.declaratie, wereld.kader, JW323_STAPPEN)


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
def test_half_a_million_lines_of_random_worlds_both_ways(vertel: Vertel) -> None:
    aantal, toegekend, anders = compare_werelden(range(3300))
    vertel(f"kolommen en functies: {aantal} regels vergeleken, {toegekend} toegekend, {anders} verschillen")
    assert (anders, aantal > 500_000) == (0, True)


def compare_groot(verbinding: Connection, inhoud: bytes, zaden: range) -> tuple[int, int, int]:
    """Lines of a large declaration, those that were awarded, and declarations that differ; each time other lines are spoiled."""
    aantal = toegekend = anders = 0
    for zaad in zaden:
        rng, bericht = Lot(zaad), read_bericht(inhoud, JW323)
        assert isinstance(bericht, Declaratiebericht)
        for regel in bericht.declaratie.prestaties:
            spoil_line(rng, regel)
        uitslagen = []
        for veel in (NOOIT, 0):
            kader = load_kader(verbinding, bericht.header.ontvanger, bericht.header.afzender, bericht.declaratie, Grenzen())
            with columns_from(veel):
                uitslagen.append(begin(bericht.declaratie, kader, JW323_STAPPEN))
        een, twee = uitslagen
        aantal, toegekend = aantal + len(een.uitkomsten), toegekend + een.uitkomsten.count("toegekend")
        anders += GELIJK(een) != GELIJK(twee)
    return aantal, toegekend, anders


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_a_million_lines_of_large_declarations_both_ways(instellingen: Instellingen, vertel: Vertel) -> None:
    toewijzingen, inhoud = groot_jw323(prestaties=31_000, seed=1)
    with open_werkplaats(instellingen) as werkplaats:
        load_references(werkplaats, referentie_groot())
        load_allocations(werkplaats, [item.inhoud for item in toewijzingen])
        with werkplaats.opslag.transaction() as verbinding:
            aantal, toegekend, anders = compare_groot(verbinding, inhoud, range(34))
    vertel(f"kolommen en functies: {aantal} regels van grote declaraties vergeleken, {toegekend} toegekend, {anders} verschillen")
    assert (anders, aantal > 1_000_000) == (0, True)


def test_every_case_goes_the_same_by_columns() -> None:
    with columns_from(0):
        for geval in list_gevallen():
            if geval.soort == JW323.naam:
                check_geval(geval, judge_geval(geval))


def _try_wereld(zaad: int) -> Zaak:
    wereld = make_wereld(zaad)
    return Zaak(Dossierkolommen(wereld.declaratie.prestaties, wereld.kader), judge(zaad, NOOIT).bevindingen)


@pytest.fixture(scope="module")
def proef() -> Tweelingproef:
    return Tweelingproef(map(_try_wereld, range(WERELDEN)))


def test_nobody_is_called_innocent_who_is_guilty(proef: Tweelingproef) -> None:
    assert [regel.id for regel in MET_TWEELING if proef.is_mild(regel)] == []
    assert proef.list_unused(MET_TWEELING) == []


def test_every_rule_on_a_debit_line_has_a_twin() -> None:
    assert [regel.id for regel in REGELS if regel.onschuldig is None] == []


AAN_DE_STRENGE_KANT = ("_is_younger", "_stays_within")
"""Twins that leave a margin: a mistake may make them less strict and still right."""


def test_a_twin_with_a_mistake_in_it_is_found_out(proef: Tweelingproef) -> None:
    ongemerkt = proef.list_unnoticed(MET_TWEELING)
    assert [naam for naam in ongemerkt if not any(functie in naam for functie in AAN_DE_STRENGE_KANT)] == []


@pytest.mark.parametrize("naam", ["_SOORT", "_OMVANG"])
def test_each_field_that_makes_lines_alike_is_needed(proef: Tweelingproef, naam: str) -> None:
    """Without it lines that are not alike get the same answer."""
    velden = getattr(kolommen, naam)
    gaaf = {regel.toets: proef.copy_masks(regel) for regel in MET_TWEELING}
    for weg in velden:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(kolommen, naam, tuple(veld for veld in velden if veld != weg))
            _forget(proef)
            assert any(proef.grows(regel, gaaf[regel.toets]) for regel in MET_TWEELING), f"zonder {weg} blijft alles gelijk"
    _forget(proef)


def _forget(proef: Tweelingproef) -> None:
    """Which lines are alike is told anew."""
    for zaak in proef.zaken:
        for naam in ("_soorten", "_looptijden"):
            vars(zaak.kolommen).pop(naam, None)


def _make_wereld_with_rooms(aantal: int) -> Wereld:
    """A world in which care comes out of so many rooms, each of two months, and some of them too small."""
    wereld = make_wereld(1)
    maanden = [date(2025 + nummer // 12, nummer % 12 + 1, 1) for nummer in range(24)]
    ruimtes = [
        Ruimte(("", "4", "5")[nummer % 3], maanden[nummer % 20], maanden[nummer % 20 + 2], bedrag, SOORTEN[nummer % 2])
        for nummer, bedrag in zip(range(aantal), cycle((10**12, 10_000, 900_000)), strict=False)
    ]
    feiten = replace(wereld.kader.feiten, ruimtes=tuple(ruimtes))
    return Wereld(wereld.declaratie, replace(wereld.kader, feiten=feiten))


@pytest.mark.parametrize("soort", SOORTEN)
def test_of_many_rooms_each_kind_of_line_is_asked_once(soort: str, monkeypatch: pytest.MonkeyPatch) -> None:
    wereld = _make_wereld_with_rooms(200)
    kolommen_ = Dossierkolommen(wereld.declaratie.prestaties, wereld.kader)
    gevraagd: defaultdict[int, int] = defaultdict(int)
    for item, dossier in kolommen_.with_dossier():
        for ruimte in rooms_of(item, dossier):
            gevraagd[id(ruimte)] += 0 if item.credit else item.bedrag
    verwacht = [
        all(ruimte.soort != soort or gevraagd[id(ruimte)] <= ruimte.bedrag for ruimte in rooms_of(item, dossier))
        for item, dossier in kolommen_.with_dossier()
    ]
    vraag = Mock(side_effect=rooms_of)
    monkeypatch.setattr(kaders, "rooms_of", vraag)
    assert kaders._leaves_room(kolommen_, soort).tolist() == verwacht
    assert set(verwacht) == {True, False}
    assert vraag.call_count <= len(wereld.declaratie.prestaties)


def compare_archief(archief: Archief, database_url: str, map_: Path) -> tuple[int, int]:
    """Replay an archive in which each JW323 is judged both ways: lines, and messages on which they differ."""
    regels, anders = [], []

    def judge_both(bericht: Any, load_header: Callable[[], Any], load: Callable[[], Any]) -> Any:
        if bericht.soort.naam == JW323.naam:
            with columns_from(NOOIT):
                een = pijplijn.judge(bericht, load_header, load)
            twee = pijplijn.judge(bericht, load_header, load)
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
