"""One rule in the portal: what it says, what another consequence would have done to last month, and the change of it."""

import html
from collections.abc import Iterator
from datetime import date

import pytest

from berichten.demo.werkdag import fill_werkmaand
from berichten.instellingen import Instellingen
from berichten.processen.basis.werkplaats import open_werkplaats
from tests.conftest import VANDAAG
from tests.hulp.besluiten import rows
from tests.hulp.portaal.balie import Portaalbalie, running_portaal
from tests.hulp.portaal.tabel import read_centen, read_tabellen

_PAD = "/portaal/regels/DA01"
_AF = {"gevolg": "afwijzen", "retourcode": "0611", "agb": "", "vanaf": "1-7-2026"}
_RIJEN = "SELECT gevolg, retourcode, agb, ingangsdatum, einddatum FROM regelbeleid WHERE regel = 'DA01' ORDER BY agb, ingangsdatum"
_WACHT = """
    SELECT count(*), sum(p.bedrag) FROM prestatie p
    WHERE EXISTS (SELECT FROM bevinding v WHERE v.gemeente = p.gemeente
        AND v.prestatie_id = p.prestatie_id AND v.regel = 'DA01' AND v.gevolg = 'beoordelen')
"""


@pytest.fixture(scope="module")
def balie(module_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portaalbalie]:
    """With a month of work."""
    instellingen = Instellingen(
        database_url=module_database, var=tmp_path_factory.mktemp("regel"), huidige_datum=VANDAAG, veeg_seconden=60,
        lokaal_inloggen=True,
    )  # fmt: skip
    with open_werkplaats(instellingen) as werkplaats:
        fill_werkmaand(werkplaats)
        with running_portaal(instellingen, werkplaats, "42429011") as balie:
            yield balie


def test_a_rule_tells_what_it_says_and_what_follows(balie: Portaalbalie) -> None:
    with balie.client("contractbeheer") as client:
        eigen = html.unescape(client.get(_PAD).text)
        assert "Een medewerker beslist" in eigen
        assert "Voorbeeld van wat de aanbieder leest" in eigen
        assert f"{_PAD}/proef" in eigen
        standaard = client.get("/portaal/regels/TR321").text
        assert "Deze regel komt uit de standaard" in standaard
        assert "/proef" not in standaard
        assert client.get("/portaal/regels/XX999").status_code == 404
        assert client.post("/portaal/regels/TR321/gevolg", None, **_AF).status_code == 400


def test_a_finding_on_a_request_is_read_by_the_gemeente_alone_and_never_rejects(balie: Portaalbalie) -> None:
    with balie.client("contractbeheer") as client:
        pagina = html.unescape(client.get("/portaal/regels/VZ01").text)
        assert "Voorbeeld van wat u leest" in pagina
        assert "De regel wordt afgewezen" not in pagina
        antwoord = client.post("/portaal/regels/VZ01/gevolg", None, **_AF)
    assert antwoord.status_code == 400
    assert "Kies wat er moet volgen" in antwoord.text
    assert rows(balie.werkplaats, _RIJEN.replace("DA01", "VZ01")) == []


def test_the_preview_counts_the_lines_of_the_last_month_and_keeps_nothing(balie: Portaalbalie) -> None:
    voor = rows(balie.werkplaats, _RIJEN)
    with balie.client("contractbeheer") as client:
        client.get(_PAD)
        pagina = client.post(f"{_PAD}/proef", None, **_AF)
    assert pagina.status_code == 200
    tabel = next(tabel for tabel in read_tabellen(pagina.text) if tabel.koppen[:2] == ["Was", "Zou zijn"])
    rij = next(rij for rij in tabel.rijen if rij[:2] == ["Wacht op een besluit", "Afgewezen"])
    aantal, bedrag = rows(balie.werkplaats, _WACHT)[0]
    assert (int(rij[2]), read_centen(rij[3])) == (aantal, bedrag)
    assert aantal
    assert rows(balie.werkplaats, _RIJEN) == voor


def test_what_is_wrong_stands_at_the_field(balie: Portaalbalie) -> None:
    with balie.client("contractbeheer") as client:
        client.get(_PAD)
        for velden, veld in (
            ({"gevolg": ""}, "gevolg"),
            ({"retourcode": ""}, "retourcode"),
            ({"retourcode": "0200"}, "gevolg"),
            ({"agb": "12"}, "agb"),
            ({"agb": "99999999"}, "gevolg"),
            ({"vanaf": "ooit"}, "vanaf"),
        ):
            for deel in ("proef", "gevolg"):
                fout = client.post(f"{_PAD}/{deel}", None, **_AF | velden)
                assert (fout.status_code, f'id="{veld}-fout"' in fout.text or f'"{veld}-fout"' in fout.text) == (400, True)


def test_a_change_ends_what_held_and_stands_in_the_log(balie: Portaalbalie) -> None:
    with balie.client("contractbeheer") as client:
        client.get(_PAD)
        antwoord = client.post(f"{_PAD}/gevolg", None, **_AF)
        pagina = html.unescape(client.get(antwoord.headers["Location"]).text)
        assert "geldt bij DA01: de regel wordt afgewezen" in pagina
        client.post(f"{_PAD}/gevolg", None, **_AF | {"gevolg": "signaal", "vanaf": "1-10-2026"})
        client.post(f"{_PAD}/gevolg", None, **_AF | {"gevolg": "uit", "vanaf": "1-8-2026"})
    rijen = [rij for rij in rows(balie.werkplaats, _RIJEN) if not rij[2]]
    assert [(rij[0], rij[3], rij[4]) for rij in rijen][-3:] == [
        ("afwijzen", date(2026, 7, 1), date(2026, 7, 31)),
        ("uit", date(2026, 8, 1), date(2026, 9, 30)),
        ("signaal", date(2026, 10, 1), None),
    ]
    gelogd = rows(
        balie.werkplaats,
        "SELECT DISTINCT door, actie, object_id FROM inzagelog WHERE object_soort = 'referentie' AND gebeurtenis LIKE '%/gevolg'",
    )
    assert gelogd == [(balie.monsters["persoon_contractbeheer"], "U", "regelbeleid")]


def test_only_who_keeps_the_contracts_changes_it(balie: Portaalbalie) -> None:
    for wie in ("financien", "beheer", "aanbieder", "gemeente"):
        with balie.client(wie) as client:
            assert client.get(_PAD).status_code == 403
            assert client.post(f"{_PAD}/gevolg", None, **_AF).status_code == 403
