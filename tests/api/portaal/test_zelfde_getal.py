"""The same figure wherever it is shown: page, JSON, CSV and XLSX, of declarations and of allocations, by amount and by count."""

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pytest

from berichten.demo.werkdag import fill_werkmaand
from berichten.demo.werkverkeer import fill_verkeer
from berichten.instellingen import Instellingen
from berichten.processen.basis.werkplaats import open_werkplaats
from tests.conftest import VANDAAG
from tests.hulp.bezoek import Bezoek
from tests.hulp.portaal.balie import Portaalbalie, running_portaal
from tests.hulp.portaal.tabel import read_centen, read_tabellen

AGB = "42429011"
_WOORDEN = {
    "Toegekend": "toegekend", "Afgewezen": "afgewezen", "Wacht op besluit": "ter_beoordeling", "Niet beoordeeld": "niet_beoordeeld",
}  # fmt: skip
Telling = dict[str, tuple[int, int]]
"""Lines and cents by outcome."""


@pytest.fixture(scope="module")
def balie(module_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portaalbalie]:
    """With a month of work, some of it decided on."""
    instellingen = Instellingen(
        database_url=module_database, var=tmp_path_factory.mktemp("getal"), huidige_datum=VANDAAG, veeg_seconden=60,
        lokaal_inloggen=True,
    )  # fmt: skip
    with open_werkplaats(instellingen) as werkplaats:
        fill_werkmaand(werkplaats)
        fill_verkeer(werkplaats)
        with running_portaal(instellingen, werkplaats, AGB) as balie:
            yield balie


def _add_up(regels: Iterable[Mapping[str, Any]], uitkomst: str, bedrag: Callable[[Mapping[str, Any]], int]) -> Telling:
    aantallen: Counter[str] = Counter()
    bedragen: Counter[str] = Counter()
    for regel in regels:
        wat = str(regel[uitkomst]).lower().replace(" ", "_")
        aantallen[wat] += 1
        bedragen[wat] += bedrag(regel)
    return {wat: (aantal, bedragen[wat]) for wat, aantal in aantallen.items()}


def _read_csv(inhoud: bytes) -> list[dict[str, str]]:
    """The rows, without what adds them up."""
    return [rij for rij in csv.DictReader(StringIO(inhoud.decode("utf-8-sig")), delimiter=";") if rij["Uitkomst"]]


def _read_xlsx(inhoud: bytes) -> list[dict[str, Any]]:
    rijen = [[cel.value for cel in rij] for rij in openpyxl.load_workbook(BytesIO(inhoud))["Gegevens"].iter_rows()]
    kop = next(plaats for plaats, rij in enumerate(rijen) if "Uitkomst" in rij)
    gelezen = [dict(zip((str(naam) for naam in rijen[kop]), rij, strict=True)) for rij in rijen[kop + 1 :]]
    return [rij for rij in gelezen if rij["Uitkomst"]]


@pytest.mark.parametrize("nummer", ["VW90110612", "VW90110617", "VW90110618", "VW90110622", "VW90110629"])
def test_a_declaration_has_the_same_counts_and_amounts_everywhere(balie: Portaalbalie, nummer: str) -> None:
    (bericht,) = balie.api("contractbeheer", f"/berichten?declaratienummer={nummer}&soort=JW323&agb={AGB}").json()["berichten"][:1]
    pad = f"/declaraties/{bericht['berichtId']}"
    kort = balie.api("contractbeheer", pad).json()
    json = {item["uitkomst"]: (item["aantal"], item["bedrag"]) for item in kort["uitkomsten"]}
    assert json
    regels = balie.api("contractbeheer", f"{pad}/prestaties?paginaGrootte=500").json()["prestaties"]
    assert _add_up(regels, "uitkomst", lambda regel: regel["bedrag"]) == json
    with balie.client("contractbeheer") as client:
        pagina = client.get(f"/portaal{pad}").text
        assert _read_page(pagina) == json
        assert _add_up(_list_shown(pagina), "Uitkomst", lambda rij: read_centen(rij["Bedrag"])) == json
        als_csv = _read_csv(client.get(f"/portaal{pad}/bestand.csv").content)
        assert _add_up(als_csv, "Uitkomst", lambda rij: read_centen(rij["Bedrag"])) == json
        als_xlsx = _read_xlsx(client.get(f"/portaal{pad}/bestand.xlsx").content)
        assert _add_up(als_xlsx, "Uitkomst", lambda rij: round(rij["Bedrag"] * 100)) == json
    assert bericht["ingediendBedrag"] == sum(bedrag for _, bedrag in json.values())


def _read_page(pagina: str) -> Telling:
    """What the table of outcomes says, which adds up to its own foot."""
    tabel = next(tabel for tabel in read_tabellen(pagina) if tabel.koppen == ["Uitkomst", "Regels", "Bedrag"])
    gelezen = {_WOORDEN[uitkomst]: (int(aantal), read_centen(bedrag)) for uitkomst, aantal, bedrag in tabel.rijen}
    som = (sum(aantal for aantal, _ in gelezen.values()), sum(bedrag for _, bedrag in gelezen.values()))
    assert (int(tabel.voet[1]), read_centen(tabel.voet[2])) == som
    return gelezen


def _list_shown(pagina: str) -> list[dict[str, str]]:
    """The lines that the page shows, by the heads of their table."""
    tabel = next(tabel for tabel in read_tabellen(pagina) if {"Uitkomst", "Bedrag", "Product"} <= set(tabel.koppen))
    rijen = [dict(zip(tabel.koppen, rij, strict=True)) for rij in tabel.rijen]
    return [{**rij, "Uitkomst": _WOORDEN[rij["Uitkomst"]]} for rij in rijen]


def test_an_allocation_has_the_same_use_everywhere(balie: Portaalbalie) -> None:
    """Of each allocation of this aanbieder: its page, the API, the lines behind the totals, and the work list as a file."""
    nummers = [item["toewijzingnummer"] for item in balie.api("contractbeheer", f"/toewijzingen?agb={AGB}").json()["toewijzingen"]]
    assert len(nummers) > 10
    with balie.client("financien") as client:
        netto = _sum_of(client.get("/portaal/totalen/regels/bestand/csv").content, "Netto toegekend")
        wacht = _sum_of(client.get("/portaal/totalen/regels/bestand/csv").content, "Te beoordelen")
    with balie.client("contractbeheer") as client:
        in_werk = _sum_of(client.get("/portaal/werkvoorraad/bestand.csv").content, "Ingediend")
        for nummer in nummers:
            gebruik = balie.api("contractbeheer", f"/toewijzingen/{nummer}").json()["benutting"]
            assert (gebruik["toegekendBedrag"], gebruik["aangehoudenBedrag"]) == (netto[str(nummer)], wacht[str(nummer)])
            assert in_werk[str(nummer)] == gebruik["aangehoudenBedrag"]
            assert _read_allocation(client, nummer) == (gebruik["toegekendBedrag"], gebruik["aangehoudenBedrag"])


def _sum_of(inhoud: bytes, kolom: str) -> Counter[str]:
    """Cents of a column by number of the allocation."""
    som: Counter[str] = Counter()
    for rij in csv.DictReader(StringIO(inhoud.decode("utf-8-sig")), delimiter=";"):
        som[rij["Toewijzing"]] += read_centen(rij[kolom])
    return som


def _read_allocation(client: Bezoek, nummer: int) -> tuple[int, int]:
    """Cents awarded and held, added up from the lines on the page of an allocation."""
    tabellen = read_tabellen(client.get(f"/portaal/toewijzingen/{nummer}").text)
    rijen = next((tabel.rijen for tabel in tabellen if tabel.koppen[:2] == ["Regel", "Declaratie"]), [])
    som = {woord: sum(read_centen(rij[-1]) for rij in rijen if rij[-2] == woord) for woord in _WOORDEN}
    return som["Toegekend"], som["Wacht op besluit"]
