"""The defaults that come with the service: loaded whole, for any gemeente, beside what it has set itself."""

import re
from datetime import date

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from berichten.cli import app
from berichten.dossier import standaarden
from berichten.dossier.fte import fte_bedrag_dagen
from berichten.kern.feit import NIVEAUS
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.referentie.laad_referentie import SOORTEN, Inlezing, load_referentie, load_standaard
from tests.referentie.test_laad_referentie import HELE_KOP, KOP, counts, laad, read_all

AANTALLEN = {"pdc": 17, "tarieven": 17, "kaders": 5, "regelbeleid": 15}


def told(delen: dict[str, Inlezing]) -> dict[str, tuple[int, int]]:
    """New and left out, by kind; nothing may be wrong."""
    assert [inlezing.fouten for inlezing in delen.values()] == [[]] * len(delen)
    return {soort: (counts(inlezing)[0], inlezing.overgeslagen) for soort, inlezing in delen.items()}


def query(werkplaats: Werkplaats, vraag: str) -> list[tuple]:
    with werkplaats.opslag.transaction() as verbinding:
        return [tuple(rij) for rij in verbinding.execute(text(vraag))]


@pytest.mark.parametrize("gemeente", ["0484", "0626"])
def test_the_set_of_alphen_loads_for_any_gemeente_and_again_changes_nothing(werkplaats: Werkplaats, gemeente: str) -> None:
    assert told(load_standaard(werkplaats, "alphen", gemeente)) == {soort: (aantal, 0) for soort, aantal in AANTALLEN.items()}
    eerste = read_all(werkplaats)
    assert {tabel: len(rijen) for tabel, rijen in eerste.items() if rijen} == AANTALLEN
    assert {rij[0] for rij in query(werkplaats, "SELECT gemeente FROM kader UNION SELECT gemeente FROM tarief")} == {gemeente}
    assert told(load_standaard(werkplaats, "alphen", gemeente)) == {soort: (0, aantal) for soort, aantal in AANTALLEN.items()}
    assert read_all(werkplaats) == eerste


def test_a_try_keeps_nothing(werkplaats: Werkplaats) -> None:
    assert told(load_standaard(werkplaats, "alphen", "0484", proef=True))["tarieven"] == (17, 0)
    assert not any(read_all(werkplaats).values())


def test_what_the_gemeente_set_itself_stays(werkplaats: Werkplaats) -> None:
    laad(werkplaats, "regelbeleid", "0484;;DA07;uit;;2025-01-01;2025-12-31\n0626;;DA08;uit;;2025-01-01;\n")
    laad(werkplaats, "kaders", "0484;4 Basis GGZ;4;Basis GGZ;12;;2020-01-01;\n")
    geladen = told(load_standaard(werkplaats, "alphen", "0484"))
    assert (geladen["regelbeleid"], geladen["kaders"]) == ((14, 1), (4, 1))
    assert query(werkplaats, "SELECT gevolg FROM regelbeleid WHERE gemeente = '0484' AND regel = 'DA07'") == [("uit",)]
    assert query(werkplaats, "SELECT max_maanden, max_minuten FROM kader WHERE kader = '4 Basis GGZ'") == [(12, None)]


@pytest.mark.parametrize(
    ("eigen", "blijft_weg"),
    [
        ("S4 Individuele begeleiding;4;Begeleiding individueel;6;3120", {"4 Individuele begeleiding"}),
        ("Begeleiding;4;begeleiding INDIVIDUEEL;6;3120", {"4 Individuele begeleiding"}),
        ("Heel segment 4;4;;12;", {"4 Individuele begeleiding", "4 Basis GGZ"}),
        ("Gesloten, kort;1B;Gesloten verblijf;3;", {"1B Gesloten jeugdhulp"}),
        ("Wonen;2;Begeleiding individueel;12;", set()),
    ],
)
def test_a_frame_for_the_same_care_is_not_loaded_beside_one_of_the_gemeente(
    werkplaats: Werkplaats, eigen: str, blijft_weg: set[str]
) -> None:
    """Whatever it is called: two frames for the same care would count each course twice (table 5b)."""
    laad(werkplaats, "kaders", f"0484;{eigen};2023-01-01;\n")
    load_standaard(werkplaats, "alphen", "0626")
    assert told(load_standaard(werkplaats, "alphen", "0484"))["kaders"] == (5 - len(blijft_weg), len(blijft_weg))
    geladen = {naam for (naam,) in query(werkplaats, "SELECT kader FROM kader WHERE gemeente = '0484'")}
    alle = {naam for (naam,) in query(werkplaats, "SELECT kader FROM kader WHERE gemeente = '0626'")}
    assert geladen == {eigen.partition(";")[0]} | alle - blijft_weg


def test_what_turns_out_wrong_takes_all_of_it_back(werkplaats: Werkplaats, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standaarden, "SOORTEN", ("pdc", "kaders", "contracten"))
    with pytest.raises(FileNotFoundError):
        load_standaard(werkplaats, "alphen", "0484")
    monkeypatch.setattr(standaarden, "read_referentie", lambda _, soort, gemeente: f"{KOP[soort]}\n{gemeente};niet goed\n".encode())
    delen = load_standaard(werkplaats, "alphen", "0484")
    assert list(delen) == ["pdc"]
    assert delen["pdc"].totaal == 1
    assert not any(read_all(werkplaats).values())


def test_prices_of_an_fte_and_of_care_for_adults(werkplaats: Werkplaats) -> None:
    load_standaard(werkplaats, "alphen", "0484")
    prijzen = query(
        werkplaats,
        "SELECT p.opleidingsniveau, t.tarief, p.eenheid = t.eenheid, p.opleidingsniveau = t.opleidingsniveau"
        " FROM pdc p JOIN tarief t USING (gemeente, productcode, ingangsdatum) WHERE p.zorgvorm = 'Fte-financiering'"
        " ORDER BY t.tarief",
    )
    # WO without a plus has no price of its own in the source.
    assert [rij[0] for rij in prijzen] == [niveau for niveau in NIVEAUS if niveau != "WO"]
    assert {rij[2:] for rij in prijzen} == {(True, True)}
    assert (prijzen[0][1], prijzen[-1][1]) == (7_150_000, 22_340_000)
    assert fte_bedrag_dagen(prijzen[2][1], 50, date(2026, 1, 1), date(2026, 1, 31)) == 357_500
    volwassen = query(
        werkplaats,
        "SELECT p.productcode, p.eenheid, t.tarief FROM pdc p JOIN tarief t USING (gemeente, productcode)"
        " WHERE p.omschrijving LIKE '%18+%' ORDER BY 1",
    )
    assert [(code, tarief) for code, _, tarief in volwassen] == [
        ("18B01", 6918), ("18H01", 30940), ("18S01", 6986), ("18S02", 23233), ("18S03", 37870), ("18V01", 5397), ("18V02", 10794),
        ("18V03", 21588),
    ]  # fmt: skip
    assert {eenheid for code, eenheid, _ in volwassen if code != "18B01"} == {"84"}


def test_the_files_have_the_columns_of_the_importer() -> None:
    for soort in standaarden.SOORTEN:
        kop, *regels = standaarden.read_referentie("alphen", soort, "0484").decode().splitlines()
        assert kop in (KOP[soort], HELE_KOP[soort])
        assert all(regel.startswith("0484;") for regel in regels)
    assert set(standaarden.SOORTEN) < set(SOORTEN)


def test_loading_a_file_of_ones_own_after_the_defaults_works_as_ever(werkplaats: Werkplaats) -> None:
    load_standaard(werkplaats, "alphen", "0484")
    eigen = "0484;;DA07;uit;;2024-01-01;\n"
    assert counts(load_referentie(werkplaats, "regelbeleid", f"{KOP['regelbeleid']}\n{eigen}".encode())) == (0, 1, 0)


def test_the_command_says_what_it_did(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BERICHTEN_DATABASE_URL", database_url)

    def run(*opties: str) -> tuple[int, str]:
        uitslag = CliRunner().invoke(app, ["laad-standaard", *opties])
        return uitslag.exit_code, re.sub(r"\s+", " ", uitslag.output)

    uitgang, tekst = run("alphen", "--proef")
    assert (uitgang, "kaders: nieuw 5" in tekst, "er is niets bewaard" in tekst) == (0, True, True)
    uitgang, tekst = run("alphen")
    assert (uitgang, "geladen voor gemeente 0484" in tekst, "Laad ook uw eigen pdc" in tekst) == (0, True, True)
    uitgang, tekst = run("alphen")
    assert (uitgang, "5 overgeslagen" in tekst) == (0, True)
    assert run("gouda")[0] == run("alphen", "--gemeente", "9999")[0] == 2
