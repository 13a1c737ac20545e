"""Messages handled together, in step, leave what they leave one by one: every table, to the letter."""

import importlib
import pkgutil
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch
from uuid import UUID

import pytest
from sqlalchemy import select, text

from berichten.instellingen import Instellingen
from berichten.opslag import tabellen
from berichten.opslag.berichten.berichten import PRESTATIE_BITS
from berichten.opslag.tabellen.metadata import METADATA
from berichten.processen.archief import verwerk_archief
from berichten.processen.basis.werkplaats import Werkplaats, open_werkplaats
from berichten.processen.referentie.laad_referentie import SOORTEN, load_referentie
from tests.archief.test_archief import nameless
from tests.conftest import VANDAAG
from tests.hulp.archief import answers, read_result, replay, without_own
from tests.hulp.eigenaar import as_owner
from tests.hulp.land import Land, maak_land

for _module in pkgutil.iter_modules(tabellen.__path__):
    importlib.import_module(f"berichten.opslag.tabellen.{_module.name}")

TOT = date(2026, 3, 1)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")


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
        for soort, tekst in land.referentie.items():
            if soort in SOORTEN:
                assert not load_referentie(werkplaats, soort, tekst.encode()).fouten
    # Whoever is to be taken together must not fall back; whoever by himself must not be together.
    weg = "_process_apart" if wijze == "samen" else "handle_bundle"
    with patch.object(verwerk_archief, weg, side_effect=RuntimeError("niet zo")):
        replay(instellingen, bron, map_ / "uit")
    with open_werkplaats(instellingen) as werkplaats:
        return tables(werkplaats)


def tables(werkplaats: Werkplaats) -> dict[str, list[Any]]:
    """Rows of every table, without what differs between two runs: moments, numbers that we gave out."""
    inhoud = {}
    with as_owner(werkplaats) as verbinding:
        # Who looked is hidden from the owner too; this database is thrown away after the test.
        verbinding.execute(text("ALTER TABLE inzagelog NO FORCE ROW LEVEL SECURITY"))
        bericht = METADATA.tables["bericht"]
        nummers = verbinding.execute(select(bericht.c.gemeente, bericht.c.volgnummer, bericht.c.bericht_id, bericht.c.sha256)).all()
        bekend: dict[Any, str] = {}
        for rij in nummers:
            bekend |= {rij.bericht_id: rij.sha256.hex(), str(rij.bericht_id): rij.sha256.hex(), rij.volgnummer: rij.sha256.hex()}
        for tabel in METADATA.sorted_tables:
            rijen = [
                {naam: _neutral(tabel.name, naam, waarde, bekend, werkplaats) for naam, waarde in rij._mapping.items()}
                for rij in verbinding.execute(select(tabel))
            ]
            inhoud[tabel.name] = sorted(rijen, key=repr)
    return inhoud


def _neutral(tabel: str, naam: str, waarde: Any, bekend: dict[Any, str], werkplaats: Werkplaats) -> Any:
    if isinstance(waarde, datetime) or (isinstance(waarde, str) and _MOMENT.match(waarde)):
        return "moment"
    if isinstance(waarde, dict):
        return {sleutel: _neutral(tabel, naam, deel, bekend, werkplaats) for sleutel, deel in waarde.items()}
    if isinstance(waarde, UUID) or naam == "object_id":
        return bekend.get(waarde, "eigen")
    if isinstance(waarde, int) and (naam == "prestatie_id" or (tabel, naam) == ("bericht", "volgnummer")):
        return (bekend[waarde >> PRESTATIE_BITS], waarde % (1 << PRESTATIE_BITS)) if naam == "prestatie_id" else bekend[waarde]
    if tabel in ("antwoord", "bericht_inhoud") and naam == "inhoud":
        return nameless(werkplaats.kluis.unpack(waarde))
    if (tabel, naam) == ("antwoord", "identificatie"):
        return re.sub(r"^\d{12}$", "eigen", waarde)
    return waarde
