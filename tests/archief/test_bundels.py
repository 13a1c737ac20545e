"""Messages handled together, in step, leave what they leave one by one: every table, to the letter."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

import pytest

from berichten.instellingen import Instellingen
from berichten.processen.archief import verwerk_archief
from berichten.processen.basis.werkplaats import open_werkplaats
from tests.conftest import VANDAAG
from tests.hulp.archief import answers, read_result, replay, without_own
from tests.hulp.land import Land, load_land, maak_land
from tests.hulp.tabelinhoud import nameless, tables

TOT = date(2026, 3, 1)


@pytest.mark.parametrize("seed", [1, 2])
def test_random_towns_leave_the_same_in_every_table(seed: int, maak_database: Callable[[], str], tmp_path: Path) -> None:
    land = maak_land(gemeenten=3, clienten=14, maanden=2, seed=seed, tot=TOT)
    samen, apart = (replay_land(land, maak_database(), tmp_path / wijze, wijze) for wijze in ("samen", "apart"))
    assert samen.keys() == apart.keys()
    for tabel in samen:
        assert samen[tabel] == apart[tabel], tabel
    assert {"prestatie", "journaal", "levering", "toewijzing_versie", "antwoord", "bevinding", "inzagelog"} <= {
        tabel for tabel, rijen in samen.items() if rijen
    }
    uit, uit_apart = tmp_path / "samen" / "uit", tmp_path / "apart" / "uit"
    assert without_own(read_result(uit)) == without_own(read_result(uit_apart))
    assert [nameless(inhoud) for inhoud in answers(uit).values()] == [nameless(inhoud) for inhoud in answers(uit_apart).values()]


@pytest.mark.soak
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("seed", range(10, 30))
def test_many_random_towns(seed: int, maak_database: Callable[[], str], tmp_path: Path) -> None:
    land = maak_land(gemeenten=Random(seed).randint(1, 6), clienten=60, maanden=3, seed=seed, tot=TOT)
    samen, apart = (replay_land(land, maak_database(), tmp_path / wijze, wijze) for wijze in ("samen", "apart"))
    assert samen == apart


def replay_land(land: Land, url: str, map_: Path, wijze: str) -> dict[str, list[Any]]:
    """Every table after `verwerk`, in bundles or with each message by itself."""
    bron = map_ / "bron"
    bron.mkdir(parents=True)
    for nummer, bericht in enumerate(land.berichten):
        (bron / f"{nummer:05d}.xml").write_bytes(bericht.inhoud)
    instellingen = Instellingen(database_url=url, var=map_ / "var", sleutel="een", huidige_datum=VANDAAG)
    with open_werkplaats(instellingen) as werkplaats:
        load_land(werkplaats, land)
    # Whoever is to be taken together must not fall back; whoever by himself must not be together.
    weg = "_process_apart" if wijze == "samen" else "handle_bundle"
    with patch.object(verwerk_archief, weg, side_effect=RuntimeError("niet zo")):
        replay(instellingen, bron, map_ / "uit")
    with open_werkplaats(instellingen) as werkplaats:
        return tables(werkplaats)
