"""Our list of gemeenten holds every code of the list that comes with the standard, under the same name."""

import csv
from datetime import date
from pathlib import Path

from berichten.standaard.waarden.gemeenten import gemeenten, is_gemeentecode


def test_every_code_of_the_published_list_is_known(gedeeld: Path) -> None:
    with (gedeeld / "ijw-3.2/codelijsten/CBS_gemeentecodes.csv").open(encoding="utf-8", newline="") as bestand:
        rijen = list(csv.DictReader(bestand, delimiter=";"))
    peildatum = date.fromisoformat(rijen[0]["peildatum"])
    eigen = {code: item.naam for code, item in gemeenten().items() if is_gemeentecode(code, peildatum)}
    assert eigen == {rij["code"]: rij["omschrijving"] for rij in rijen}
