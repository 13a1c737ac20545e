"""A whole town through the real pipeline: what was planted is found, and nothing else."""

from collections import Counter
from datetime import date
from pathlib import Path

from berichten.processen.archief.bronnen import Invoer
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.referentie.laad_referentie import SOORTEN, load_referentie
from berichten.regels.register import ALLE
from berichten.voorbeelden.stad.stad import maak_stad
from tests.hulp.een_bericht import process_file

GEREGISTREERD = {regel.id for regel in ALLE}


def test_every_planted_mistake_is_found_and_nothing_else(werkplaats: Werkplaats, tmp_path: Path) -> None:
    stad = maak_stad(clienten=24, maanden=4, seed=3, tot=date(2026, 5, 1))
    for soort, inhoud in stad.referentie.items():
        if soort in SOORTEN:
            assert not load_referentie(werkplaats, soort, inhoud.encode()).fouten
    gevonden: Counter[tuple[str, str]] = Counter()
    for bericht in stad.berichten:
        resultaat = process_file(werkplaats, Invoer(bericht.bestandsnaam, bericht.inhoud), tmp_path)
        if resultaat["status"] == "geweigerd":
            gevonden[bericht.bestandsnaam, "XSD"] += 1
        for item in resultaat["bevindingen"]:
            gevonden[bericht.bestandsnaam, item["regel"]] += item["gevolg"] != "signaal"
    verwacht = Counter(
        (item.bestand, regel) for item in stad.verwachtingen for regel in item.regels if regel in GEREGISTREERD or regel == "XSD"
    )
    assert +gevonden == verwacht
