"""Reference files: right ones are loaded with their history; of wrong ones every line and column is named, and nothing loaded."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from sqlalchemy import Connection, text
from typer.testing import CliRunner

from berichten.cli import app
from berichten.instellingen import Instellingen
from berichten.opslag.basis.verbinding import Login, Toegang
from berichten.opslag.referentie import referentie
from berichten.opslag.referentie.referentie import Overlap, find_overlaps, merge_rows, stage_rows
from berichten.processen.basis.werkplaats import Werkplaats, open_werkplaats
from berichten.processen.referentie.laad_referentie import SOORTEN, Inlezing, load_referentie
from berichten.voorbeelden.model.model import GEMEENTE
from berichten.voorbeelden.stad.stad import maak_stad
from tests.hulp.doorlopen import count_doorlopen

GEVALLEN = yaml.safe_load((Path(__file__).parent / "foute_bestanden.yaml").read_text(encoding="utf-8"))
KOP = {naam: ";".join(kolom.naam for kolom in soort.kolommen if not kolom.later) for naam, soort in SOORTEN.items()}
HELE_KOP = {naam: ";".join(kolom.naam for kolom in soort.kolommen) for naam, soort in SOORTEN.items()}
AANBIEDERS = "0484;42420001;Jeugdhulp De Brug\n0484;42420002;Jeugdhulp Het Pad\n"
PDC = "".join(f"0484;{code};Hulp;45;04;inspanning;;4;;SKJ;6.72a;2021-01-01;\n" for code in ("45A03", "45A04"))
TARIEF_2025 = "0484;;45A03;HBO;04;7500;2025-01-01;2025-12-31\n"
CONTRACTEN = "0484;42420001;45A03;2025-01-01;2025-06-30\n0484;42420001;45A03;2025-10-01;\n"


def laad(werkplaats: Werkplaats, soort: str, regels: str, **opties: Any) -> Inlezing:
    """Load lines below the right header."""
    return load_referentie(werkplaats, soort, f"{KOP[soort]}\n{regels}".encode(), **opties)


def prepare(werkplaats: Werkplaats) -> None:
    """What foute_bestanden.yaml says is loaded."""
    for soort, regels in (("aanbieders", AANBIEDERS), ("pdc", PDC), ("tarieven", TARIEF_2025), ("contracten", CONTRACTEN)):
        assert laad(werkplaats, soort, regels).fouten == []


def read_all(werkplaats: Werkplaats) -> dict[str, list[Any]]:
    """Every row of every reference table."""
    with werkplaats.opslag.transaction() as verbinding:
        return {naam: rows(verbinding, soort.tabel.naam) for naam, soort in SOORTEN.items()}


def rows(verbinding: Connection, tabel: str) -> list[Any]:
    return sorted(map(repr, verbinding.execute(text(f"SELECT * FROM {tabel}"))))


def counts(inlezing: Inlezing) -> tuple[int, int, int]:
    """New, changed, unchanged; the file must be right."""
    assert inlezing.fouten == []
    assert inlezing.verschil is not None
    return inlezing.verschil.nieuw, inlezing.verschil.gewijzigd, inlezing.verschil.ongewijzigd


@pytest.fixture(scope="module")
def gevuld(module_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Werkplaats]:
    """A database for all wrong files together: not one of them may leave anything."""
    with open_werkplaats(Instellingen(database_url=module_database, var=tmp_path_factory.mktemp("gevuld"))) as werkplaats:
        prepare(werkplaats)
        yield werkplaats


@pytest.mark.parametrize("geval", GEVALLEN, ids=[f"{geval['soort']}: {geval['naam']}" for geval in GEVALLEN])
def test_a_wrong_file_is_named_by_line_and_column_and_leaves_nothing(gevuld: Werkplaats, geval: dict[str, Any]) -> None:
    vooraf = read_all(gevuld)
    tekst = geval["bestand"] if "bestand" in geval else f"{KOP[geval['soort']]}\n{geval['regels']}"
    inlezing = load_referentie(gevuld, geval["soort"], tekst.encode(geval.get("tekenset", "utf-8")))
    gevonden = [(fout.regelnummer, fout.pad, fout.melding) for fout in inlezing.fouten]
    assert [plaats for *plaats, _ in gevonden] == [plaats for *plaats, _ in geval["fouten"]], gevonden
    for (_, kolom, melding), (*_, deel) in zip(gevonden, geval["fouten"], strict=True):
        assert deel in melding
        assert melding.endswith(".") or melding.endswith(HELE_KOP[geval["soort"]])
        assert kolom in melding or "," in kolom or "periode" in melding
    assert inlezing.verschil is None
    assert inlezing.totaal == len(gevonden)
    assert read_all(gevuld) == vooraf


def test_there_are_at_least_fifty_wrong_files_and_each_has_a_name_of_its_own() -> None:
    assert len({geval["naam"] for geval in GEVALLEN}) == len(GEVALLEN) >= 50
    assert {geval["soort"] for geval in GEVALLEN} == set(SOORTEN)


def test_the_sample_town_loads_and_loading_it_again_changes_nothing(werkplaats: Werkplaats) -> None:
    stad = maak_stad(clienten=24, maanden=4, seed=3, tot=date(2026, 5, 1))
    assert list(stad.referentie) == list(SOORTEN)
    for soort, tekst in stad.referentie.items():
        aantal = tekst.count("\n") - 1
        assert counts(load_referentie(werkplaats, soort, tekst.encode())) == (aantal, 0, 0)
    eerste = read_all(werkplaats)
    for soort, tekst in stad.referentie.items():
        aantal = len(eerste[soort])
        assert aantal > 0
        assert counts(load_referentie(werkplaats, soort, tekst.replace("\n", "\r\n").encode())) == (0, 0, aantal)
    assert read_all(werkplaats) == eerste


def test_a_row_with_a_known_key_takes_its_place_and_others_stay(werkplaats: Werkplaats) -> None:
    prepare(werkplaats)
    inlezing = laad(werkplaats, "tarieven", "0484;;45A03;HBO;04;7600;2025-01-01;2025-12-31\n0484;;45A03;WO;04;9500;2025-01-01;\n")
    assert counts(inlezing) == (1, 1, 0)
    assert inlezing.verschil is not None
    (wijziging,) = inlezing.verschil.wijzigingen
    assert (wijziging.regelnummer, wijziging.waarden) == (2, (("tarief", 7500, 7600),))
    assert counts(laad(werkplaats, "tarieven", "0484;;45A04;WO;04;9900;2025-01-01;\n")) == (1, 0, 0)
    assert len(read_all(werkplaats)["tarieven"]) == 3


def test_a_price_gets_a_successor_when_its_period_is_closed_in_the_same_file(werkplaats: Werkplaats) -> None:
    laad(werkplaats, "tarieven", "0484;;45A03;HBO;04;7500;2025-01-01;\n")
    opvolger = "0484;;45A03;HBO;04;7800;2026-01-01;\n"
    assert laad(werkplaats, "tarieven", opvolger).totaal == 1
    assert counts(laad(werkplaats, "tarieven", f"0484;;45A03;HBO;04;7500;2025-01-01;2025-12-31\n{opvolger}")) == (1, 1, 0)


def test_one_code_may_have_prices_for_levels_units_and_aanbieders_side_by_side(werkplaats: Werkplaats) -> None:
    prepare(werkplaats)
    sleutels = product(("", "42420001"), ("", "MBO", "HBO+/WO"), ("", "01", "04"))
    regels = "".join(f"0484;{agb};45A04;{niveau};{eenheid};7500;2025-01-01;\n" for agb, niveau, eenheid in sleutels)
    assert counts(laad(werkplaats, "tarieven", regels)) == (18, 0, 0)


@pytest.mark.parametrize("soort", SOORTEN)
def test_a_file_with_only_a_header_is_right_and_changes_nothing(werkplaats: Werkplaats, soort: str) -> None:
    assert counts(laad(werkplaats, soort, "")) == (0, 0, 0)


def test_without_catalogue_and_aanbieders_any_code_is_taken(werkplaats: Werkplaats) -> None:
    assert counts(laad(werkplaats, "contracten", "0484;42429999;45A99;2026-01-01;\n")) == (1, 0, 0)


def test_another_gemeente_is_not_held_to_our_catalogue(werkplaats: Werkplaats) -> None:
    prepare(werkplaats)
    assert counts(laad(werkplaats, "contracten", "0363;42429999;45A99;2026-01-01;\n")) == (1, 0, 0)


def test_agreements_and_records_may_come_before_what_they_are_about(werkplaats: Werkplaats) -> None:
    prepare(werkplaats)
    assert counts(laad(werkplaats, "gezinsplanafspraken", "0484;999999999;WO+++;ja;2026-01-01;\n")) == (1, 0, 0)
    regels = "0484;42420001;RN77;;;2026-02-05;60;direct;HBO;SKJ\n0484;42420001;;300001;2026-02;;600;groep;;geen\n"
    assert counts(laad(werkplaats, "verantwoording", regels)) == (2, 0, 0)
    assert counts(laad(werkplaats, "verantwoording", regels)) == (0, 0, 2)
    assert counts(laad(werkplaats, "verantwoording", regels.replace(";60;", ";0;"))) == (0, 1, 1)


def test_quotes_and_semicolons_in_a_value(werkplaats: Werkplaats) -> None:
    assert counts(laad(werkplaats, "aanbieders", '0484;42420003;"De ""Brug""; Alphen"\n')) == (1, 0, 0)
    with werkplaats.opslag.transaction() as verbinding:
        assert verbinding.execute(text("SELECT naam FROM aanbieder")).scalar_one() == 'De "Brug"; Alphen'


def test_a_rehearsal_tells_the_same_and_keeps_nothing(werkplaats: Werkplaats) -> None:
    prepare(werkplaats)
    vooraf = read_all(werkplaats)
    regels = TARIEF_2025.replace("7500", "7600")
    assert counts(laad(werkplaats, "tarieven", regels, proef=True)) == (0, 1, 0)
    assert read_all(werkplaats) == vooraf
    assert counts(laad(werkplaats, "tarieven", regels)) == (0, 1, 0)


def test_of_very_many_faults_the_first_thousand_are_told_and_all_are_counted(werkplaats: Werkplaats) -> None:
    inlezing = laad(werkplaats, "aanbieders", "0484;4242;De Brug\n" * 1500)
    assert (len(inlezing.fouten), inlezing.totaal) == (1000, 1500)
    assert [fout.regelnummer for fout in inlezing.fouten] == list(range(2, 1002))


def test_a_line_without_end_is_not_taken_apart(werkplaats: Werkplaats) -> None:
    """24 MB of semicolons on one line took 1.8 GB; the line is named and nothing of it is split."""
    uitslag = load_referentie(werkplaats, "aanbieders", b"gemeente;agb;naam\n" + b"x;" * 20_000)
    assert isinstance(uitslag, Inlezing)
    (fout,) = uitslag.fouten
    assert (fout.regelnummer, "langer dan 10000 tekens" in fout.melding) == (2, True)


def test_a_large_file_tells_how_far_it_is(werkplaats: Werkplaats) -> None:
    """Many enough that looking each row up by walking the whole file would not end."""
    codes = [f"{nummer:05d}" for nummer in range(5000)]
    regels = "".join(f"0484;;{code};{niveau};04;7500;2025-01-01;\n" for code in codes for niveau in ("MBO", "HBO", "WO", ""))
    stappen: list[tuple[str, int, int]] = []
    assert counts(laad(werkplaats, "tarieven", regels, meld=lambda *stap: stappen.append(stap))) == (20_000, 0, 0)
    assert counts(laad(werkplaats, "tarieven", regels)) == (0, 0, 20_000)
    assert laad(werkplaats, "tarieven", regels.replace("2025-", "2026-")).totaal == 20_000
    for stap in ("Lezen", "Opslaan"):
        gedaan = [aantal for naam, aantal, _ in stappen if naam == stap]
        assert gedaan == sorted(gedaan)
        assert len(gedaan) >= 20
    assert stappen[-1] == ("Opslaan", 20_000, 20_000)


def test_a_file_of_which_every_line_is_wrong_is_not_read_to_its_end(werkplaats: Werkplaats) -> None:
    """More lines than a file of ours can have are refused unread; before, 25 MB of them took 23 s and 0.8 GB at the door."""
    for regels in ("x\n", "\n"):
        (fout,) = laad(werkplaats, "aanbieders", regels * 1_000_000).fouten
        assert "meer dan 1.000.000 regels" in fout.melding
    stappen: list[int] = []
    inlezing = laad(werkplaats, "aanbieders", "x\n" * 200_000, meld=lambda _, gedaan, __: stappen.append(gedaan))
    assert (inlezing.totaal, len(inlezing.fouten), max(stappen)) == (10_001, 1_001, 10_000)
    laatste = inlezing.fouten[-1]
    assert (laatste.regelnummer, laatste.melding) == (
        10_002, "Vanaf deze regel is niet verder gelezen: er zijn al 10.000 fouten. Herstel eerst die.",
    )  # fmt: skip


def test_overlaps_with_what_is_loaded_are_those_that_looking_at_every_two_finds(werkplaats: Werkplaats) -> None:
    """The earliest loaded period for each line; what the file replaces does not count, and other allocations do not.

    Loaded on even days and staged on odd ones: no more rows are gone through than there are, a few times. Before, 16,000 took 49 s.
    """
    tabel, toeval, begin = SOORTEN["casusregie"].tabel, Random(5), date(2024, 1, 1)

    def put(verbinding: Connection, rijen: list[tuple[int, date, date | None]]) -> None:
        genummerd = enumerate(rijen, 2)
        stage_rows(verbinding, tabel, [("0484", wie, "Zuid", "gi", van, tot, nummer) for nummer, (wie, van, tot) in genummerd])

    geladen: list[tuple[int, date, date | None]] = []
    for wie in range(1, 16):
        dag = begin
        for _ in range(20):
            van = dag + timedelta(days=toeval.randrange(1, 9))
            dag = van + timedelta(days=toeval.randrange(6))
            geladen.append((wie, van, dag))
        geladen.append((wie, dag + timedelta(days=30), None))
    nieuw = [(wie, van, toeval.choice((tot, None, van))) for wie, van, tot in toeval.sample(geladen, 40)]
    for _ in range(300):
        van = begin + timedelta(days=toeval.randrange(260))
        nieuw.append((toeval.randrange(1, 18), van, toeval.choice((None, van + timedelta(days=toeval.randrange(5))))))
    vervangen = {(wie, van) for wie, van, _ in nieuw}
    verwacht = []
    for nummer, (wie, van, tot) in enumerate(nieuw, 2):
        blijft = [(v, t) for w, v, t in geladen if w == wie and (w, v) not in vervangen]
        raakt = [(v, t) for v, t in blijft if v <= (tot or date.max) and van <= (t or date.max)]
        verwacht += [Overlap(nummer, van, *min(raakt))] if raakt else []
    assert len(verwacht) > 100
    with werkplaats.opslag.rehearsal() as verbinding:
        put(verbinding, geladen)
        merge_rows(verbinding, tabel)
        put(verbinding, nieuw)
        assert find_overlaps(verbinding, tabel) == verwacht
    dagen = [begin + timedelta(days=nummer) for nummer in range(1200)]
    with werkplaats.opslag.rehearsal() as verbinding:
        put(verbinding, [(1, dag, dag) for dag in dagen[::2]])
        merge_rows(verbinding, tabel)
        put(verbinding, [(1, dag, dag) for dag in dagen[1::2]])
        assert find_overlaps(verbinding, tabel) == []
        assert count_doorlopen(verbinding, referentie._overlaps(tabel)) < 20 * len(dagen)


def test_a_number_of_nine_digits_is_never_repeated(werkplaats: Werkplaats) -> None:
    (fout,) = laad(werkplaats, "aanbieders", "0484;999900006;De Brug\n").fouten
    assert "999900006" not in fout.melding
    assert "******006" in fout.melding


def test_an_aanbieder_sees_its_own_rows_and_what_holds_for_all(werkplaats: Werkplaats) -> None:
    prepare(werkplaats)
    laad(werkplaats, "gezinsplanafspraken", "0484;300001;HBO;nee;2026-01-01;\n0484;300002;HBO;nee;2026-01-01;\n")
    laad(werkplaats, "kaders", "0484;Verblijf;1A;;9;;2026-01-01;\n")
    for soort, regel in (
        ("verantwoording", "0484;{};RN1;;;2026-02-05;60;direct;HBO;SKJ\n"),
        ("bestedingsruimte", "0484;{};;2026-01-01;2026-12-31;100;plafond\n"),
        ("regelbeleid", "0484;{};DA01;uit;;2026-01-01;\n"),
    ):
        assert laad(werkplaats, soort, regel.format("42420001") + regel.format("42420002")).fouten == []
    laad(werkplaats, "regelbeleid", "0484;;DA02;signaal;;2026-01-01;\n")
    add_toewijzing(werkplaats, 300001, "42420001")
    tabellen = ("gezinsplanafspraak", "kader", "verantwoording", "bestedingsruimte", "regelbeleid")
    assert seen(werkplaats, Toegang(GEMEENTE, "42420001"), tabellen) == [1, 1, 1, 1, 2]
    assert seen(werkplaats, Toegang(GEMEENTE, "42420009"), tabellen) == [0, 1, 0, 0, 1]
    assert seen(werkplaats, Toegang(GEMEENTE, None), tabellen) == [2, 1, 2, 2, 3]
    assert seen(werkplaats, Toegang("0363", None), tabellen) == [0, 0, 0, 0, 0]


def add_toewijzing(werkplaats: Werkplaats, nummer: int, agb: str) -> None:
    opdracht = (
        "INSERT INTO toewijzing (gemeente, toewijzingnummer, agb, bsn, ingangsdatum, toewijzingsdatum, toewijzingstijd, versie)"
        " VALUES ('0484', :nummer, :agb, '999900006', '2026-01-01', '2026-01-01', '12:00', 1)"
    )
    with werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
        verbinding.execute(text(opdracht), {"nummer": nummer, "agb": agb})


def seen(werkplaats: Werkplaats, toegang: Toegang, tabellen: tuple[str, ...]) -> list[int]:
    with werkplaats.opslag.transaction(toegang) as verbinding:
        return [verbinding.execute(text(f"SELECT count(*) FROM {tabel}")).scalar_one() for tabel in tabellen]


def test_the_command_shows_the_difference_and_ends_with_1_on_faults(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BERICHTEN_DATABASE_URL", database_url)
    bestand = tmp_path / "tarieven.csv"

    def run(regels: str, *opties: str) -> tuple[int, str]:
        bestand.write_text(f"{KOP['tarieven']}\n{regels}", encoding="utf-8")
        uitslag = CliRunner().invoke(app, ["laad", "tarieven", str(bestand), *opties])
        return uitslag.exit_code, re.sub(r"\s+", " ", uitslag.stdout)

    uitgang, tekst = run(TARIEF_2025, "--proef")
    assert (uitgang, "nieuw 1, gewijzigd 0" in tekst, "er is niets bewaard" in tekst) == (0, True, True)
    uitgang, tekst = run(TARIEF_2025)
    assert (uitgang, "nieuw 1, gewijzigd 0" in tekst, "1 regel geladen" in tekst) == (0, True, True)
    uitgang, tekst = run(TARIEF_2025.replace("7500", "7600"))
    assert (uitgang, "tarief van 7500 naar 7600" in tekst) == (0, True)
    uitgang, tekst = run(TARIEF_2025.replace("7500", "75,00"))
    assert (uitgang, "Niets geladen: 1 fout in" in tekst, "regel 2: Kolom tarief" in tekst) == (1, True, True)


@pytest.mark.parametrize(
    ("regels", "gemeld"),
    [
        ("0484;Begeleiding;4;;9;;2026-07-01;\n", []),
        ("0484;Begeleiding;4;;9;;2026-06-30;\n", [2]),
        ("0484;Begeleiding;4;Begeleiding;9;;2026-01-01;\n", []),
        ("0484;Begeleiding;4;BASIS ggz;9;;2026-01-01;\n", [2]),
        ("0484;Alles;;;9;;2026-01-01;2026-06-30\n", [2]),
        ("0484;Alles;;;9;;2025-01-01;2025-12-31\n", []),
        ("0626;Alles;;;9;;2026-01-01;\n", []),
        ("0484;GGZ;5;Basis GGZ;9;;2026-01-01;2026-06-30\n0484;Begeleiding;4;Basis GGZ;9;;2026-06-30;\n", []),
        ("0484;Lang;1A;;9;;2026-01-01;\n0484;Kort;1A;Verblijf;9;;2026-03-01;2026-03-31\n0484;Los;2;;9;;2026-01-01;\n", [3]),
    ],
)
def test_two_frames_for_the_same_care_are_refused(werkplaats: Werkplaats, regels: str, gemeld: list[int]) -> None:
    """A course belongs to one frame; the loaded one is only replaced by a row of its own name and first day."""
    laad(werkplaats, "kaders", "0484;GGZ;4;Basis GGZ;9;;2026-01-01;2026-06-30\n")
    inlezing = laad(werkplaats, "kaders", regels)
    assert [(fout.regelnummer, "gaat over dezelfde hulp als" in fout.melding) for fout in inlezing.fouten] == [
        (nummer, True) for nummer in gemeld
    ]
    assert (inlezing.verschil is None) == bool(gemeld)
