"""Replaying an archive of messages into an empty database, and what came of it."""

import json
from pathlib import Path
from typing import Any

from sqlalchemy import text

from berichten.instellingen import Instellingen
from berichten.processen.archief.bronnen import list_files
from berichten.processen.archief.resultaat import Overzicht
from berichten.processen.archief.verwerk_archief import process_files
from berichten.processen.basis.werkplaats import Werkplaats, open_werkplaats
from berichten.processen.referentie.laad_referentie import SOORTEN, load_referentie
from berichten.voorbeelden.stad.archief import Archief, maak_archief
from tests.conftest import VANDAAG

ARCHIEF = maak_archief(clienten=8, jaren=5, seed=4)
"""Some hundreds of messages, three years of JW303 and two of JW323."""
_EIGEN = ("berichtId", "herhaling")
"""What differs between two runs of the same messages."""
_INHOUD = """
    SELECT count(*), coalesce(sum(bedrag), 0) FROM journaal
    UNION ALL SELECT count(*), count(DISTINCT identificatie) FROM antwoord
    UNION ALL SELECT count(*), sum(length(uitkomst)) FROM prestatie
    UNION ALL SELECT count(*), sum(versie) FROM toewijzing_versie
    UNION ALL SELECT count(*), count(verwijderd_door) FROM levering
    UNION ALL SELECT count(*), sum(niveau) FROM bevinding
    UNION ALL SELECT count(*), count(verwerkt_op) FROM bericht
"""


def furnish(database_url: str, map_: Path, archief: Archief = ARCHIEF) -> Instellingen:
    """Settings for an empty database, in which the reference files of the archive are loaded."""
    instellingen = Instellingen(database_url=database_url, var=map_ / "var", huidige_datum=VANDAAG)
    with open_werkplaats(instellingen) as werkplaats:
        _load(werkplaats, archief)
    return instellingen


def _load(werkplaats: Werkplaats, archief: Archief) -> None:
    for soort, tekst in archief.referentie.items():
        if soort in SOORTEN:
            assert not load_referentie(werkplaats, soort, tekst.encode()).fouten


def replay(instellingen: Instellingen, bron: Path, uit: Path) -> Overzicht:
    with open_werkplaats(instellingen) as werkplaats:
        return process_files(werkplaats, list_files([bron]), uit, lambda _: None)


def read_result(uit: Path) -> list[dict[str, Any]]:
    inhoud: dict[str, list[dict[str, Any]]] = json.loads((uit / "resultaat.json").read_bytes())
    assert list(inhoud) == ["berichten", "overgeslagen"]
    return inhoud["berichten"]


def without_own(berichten: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Outcomes without what differs between two runs."""
    return [{naam: waarde for naam, waarde in item.items() if naam not in _EIGEN} for item in berichten]


def contents(instellingen: Instellingen) -> list[tuple[int, int]]:
    """What the tables hold, in counts and sums."""
    with open_werkplaats(instellingen) as werkplaats, werkplaats.opslag.transaction() as verbinding:
        return [(rij[0], rij[1]) for rij in verbinding.execute(text(_INHOUD))]


def answers(uit: Path) -> dict[str, bytes]:
    return {pad.name: pad.read_bytes() for pad in sorted(uit.glob("*.antwoord.xml"))}
