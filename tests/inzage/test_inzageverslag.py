"""A client asks who saw his data: the list for who keeps watch, and the report in his own language."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from typer.testing import CliRunner

from berichten.cli import app
from berichten.inzage.basis.objecten import OBJECTSOORTEN, tell_object
from berichten.inzage.berichten import toewijzingen
from berichten.inzage.toegang.inzagelog import Logfilter, list_inzagen
from berichten.inzage.toegang.inzageverslag import read_inzageverslag
from berichten.kern.houder import Herkomst, Sleutelhouder
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.toegang.sleutels import NieuweSleutel, make_sleutel
from berichten.processen.basis.werkplaats import Werkplaats
from tests.hulp.bouwstenen import AGB, ANDER_BSN, BSN, GEMEENTE
from tests.hulp.declareer import Regel, declaratie, send, toewijzing
from tests.hulp.sleutels import find_sleutelhouder

BEHEER = Sleutelhouder(GEMEENTE, "k9", "beheer", None)
AANBIEDER = Sleutelhouder(GEMEENTE, "k2", "aanbieder", AGB)


@pytest.fixture
def medewerker(werkplaats: Werkplaats) -> Sleutelhouder:
    """Contractbeheer with a name."""
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        nu = werkplaats.instellingen.nu()
        nieuw = NieuweSleutel("Sanne de Wit", "Sanne de Wit")
        sleutel = make_sleutel(verbinding, GEMEENTE, "contractbeheer", None, nu, nieuw=nieuw)
        houder = find_sleutelhouder(verbinding, sleutel, nu)
    assert isinstance(houder, Sleutelhouder)
    return houder


@pytest.fixture
def bekeken(werkplaats: Werkplaats, medewerker: Sleutelhouder) -> Werkplaats:
    """Two clients; of the first contractbeheer saw an allocation, and both stood in the list of an aanbieder."""
    send(werkplaats, toewijzing(1))
    send(werkplaats, toewijzing(2, bsn=ANDER_BSN))
    send(werkplaats, declaratie(date(2026, 1, 1), [Regel("A", 1, date(2026, 1, 1), 1)]))
    toewijzingen.find_toewijzing(werkplaats.seen_by(medewerker), 1)
    toewijzingen.list_toewijzingen(werkplaats.seen_by(AANBIEDER), toewijzingen.Toewijzingfilter(), 10, None)
    return werkplaats


def _tell(werkplaats: Werkplaats, bsn: str, **opties: Any) -> str:
    return read_inzageverslag(werkplaats.seen_by(BEHEER), bsn, None, None, **{"met_namen": True, **opties}).as_tekst()


def test_a_client_reads_who_in_which_function_when_what_and_why(bekeken: Werkplaats) -> None:
    tekst = _tell(bekeken, BSN)
    assert "4 keer bekeken of verwerkt" in tekst
    assert "30 juni 2026 om" in tekst
    assert "Sanne de Wit (contractbeheer van de gemeente)" in tekst
    assert f"de aanbieder met AGB-code {AGB} (jeugdhulpaanbieder)" in tekst
    assert "Uw toewijzing 1 bekeken." in tekst
    assert "Een lijst met toewijzingen, ook die van u bekeken." in tekst
    assert "de dienst (automatisch, zonder dat iemand keek)" in tekst
    assert "Uitvoering jeugdhulp: declaraties en toewijzingen." in tekst


def test_a_client_reads_when_a_servicebureau_looked_for_its_aanbieder(bekeken: Werkplaats) -> None:
    toewijzingen.find_toewijzing(bekeken.seen_by(replace(AANBIEDER, machtiging=7)), 1)
    zin = f"de aanbieder met AGB-code {AGB}, door een servicebureau dat daarvoor is gemachtigd (jeugdhulpaanbieder)"
    assert [zin in _tell(bekeken, bsn) for bsn in (BSN, ANDER_BSN)] == [True, False]


def test_it_holds_no_bsn_and_no_word_of_ours(bekeken: Werkplaats, medewerker: Sleutelhouder) -> None:
    tekst = _tell(bekeken, BSN)
    assert "******" in tekst
    assert not re.search(rf"{BSN}|{medewerker.sleutel_id}|GET |/v1|contractbeheer\)|[a-z]_[a-z]|[0-9a-f]{{8}}-", tekst)


def test_without_names_staff_are_a_function(bekeken: Werkplaats) -> None:
    tekst = _tell(bekeken, BSN, met_namen=False)
    assert "Sanne" not in tekst
    assert "een medewerker (contractbeheer van de gemeente)" in tekst


def test_of_a_client_whom_nobody_saw_that_is_said(werkplaats: Werkplaats) -> None:
    assert "heeft niemand in deze dienst uw gegevens bekeken" in _tell(werkplaats, BSN)


def test_the_report_itself_is_a_look(bekeken: Werkplaats) -> None:
    _tell(bekeken, BSN)
    assert "Een overzicht zoals dit, van wie uw gegevens heeft gezien als bestand meegenomen." in _tell(bekeken, BSN)
    assert "2 keer bekeken" in _tell(bekeken, ANDER_BSN)


def test_a_period_leaves_out_what_was_before_and_after(bekeken: Werkplaats) -> None:
    nu, kijker = bekeken.instellingen.nu(), bekeken.seen_by(BEHEER)
    dag = timedelta(days=1)
    assert [len(read_inzageverslag(kijker, ANDER_BSN, van, tot, met_namen=True).regels) for van, tot in (
        (nu - dag, nu + dag), (None, nu - dag), (nu + dag, None),
    )] == [2, 0, 0]  # fmt: skip


def test_every_object_has_words_for_a_client() -> None:
    zinnen = {tell_object(soort, "", "R") for soort in OBJECTSOORTEN}
    assert len(zinnen) == len(OBJECTSOORTEN)
    assert not any("_" in zin for zin in zinnen)


def test_who_keeps_watch_sees_all_looks_page_by_page_and_is_seen_himself(bekeken: Werkplaats) -> None:
    kijker, gezien, volgende = bekeken.seen_by(BEHEER), [], None
    while True:
        bladzijde = list_inzagen(kijker, Logfilter(uitkomst="getoond"), 1, volgende)
        gezien += bladzijde.regels
        volgende = bladzijde.volgende
        if volgende is None:
            break
    assert [(rij.object_soort, rij.aantal) for rij in gezien] == [
        ("toewijzingen", 2), ("toewijzing", 1), *[("verwerking", 1)] * 3,
    ]  # fmt: skip
    assert [rij.object_soort for rij in list_inzagen(kijker, Logfilter(), 2, None).regels] == ["inzagelog", "inzagelog"]
    assert [rij.naam for rij in gezien[1:3]] == ["Sanne de Wit", "de dienst"]


ZEVEN: dict[str, tuple[Callable[[Werkplaats, Sleutelhouder], Logfilter], list[str]]] = {
    "wie": (lambda _, medewerker: Logfilter(door=medewerker.sleutel_id), ["toewijzing"]),
    "rol": (lambda *_: Logfilter(rol="aanbieder"), ["toewijzingen"]),
    "wat": (lambda *_: Logfilter(object_soort="toewijzing", object_id="1"), ["toewijzing"]),
    "uitkomst": (lambda *_: Logfilter(uitkomst="geweigerd"), []),
    "vanaf": (lambda werk, _: Logfilter(vanaf=werk.instellingen.nu() + timedelta(hours=1)), []),
    "tot": (lambda werk, _: Logfilter(tot=werk.instellingen.nu() - timedelta(hours=1)), []),
}


@pytest.mark.parametrize("zeef", ZEVEN)
def test_a_filter_shows_what_it_says(bekeken: Werkplaats, medewerker: Sleutelhouder, zeef: str) -> None:
    maak, verwacht = ZEVEN[zeef]
    gevonden = list_inzagen(bekeken.seen_by(BEHEER), maak(bekeken, medewerker), 10, None)
    assert [rij.object_soort for rij in gevonden.regels] == verwacht


def test_who_asks_about_a_client_finds_the_looks_that_showed_it(bekeken: Werkplaats) -> None:
    gevonden = [list_inzagen(bekeken.seen_by(BEHEER), Logfilter(), 10, None, bsn=bsn).regels for bsn in (BSN, ANDER_BSN)]
    assert [[rij.object_soort for rij in rijen] for rijen in gevonden] == [
        ["toewijzingen", "toewijzing", "verwerking", "verwerking"], ["toewijzingen", "verwerking"],
    ]  # fmt: skip


def test_the_looks_of_another_gemeente_are_not_there(bekeken: Werkplaats) -> None:
    elders = Sleutelhouder("0363", "k8", "beheer", None, herkomst=Herkomst("GET /v1/inzagelog"))
    assert list_inzagen(bekeken.seen_by(elders), Logfilter(), 10, None).regels == []
    assert list_inzagen(bekeken.seen_by(elders), Logfilter(), 10, None, bsn=BSN).regels == []


@pytest.fixture
def opdracht(bekeken: Werkplaats, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    monkeypatch.setenv("BERICHTEN_DATABASE_URL", bekeken.instellingen.database_url)
    monkeypatch.setenv("BERICHTEN_VAR", str(bekeken.instellingen.var))
    monkeypatch.setenv("BERICHTEN_HUIDIGE_DATUM", str(bekeken.instellingen.vandaag()))
    return lambda *woorden, bsn=BSN: CliRunner().invoke(app, ["inzage", "--gemeente", GEMEENTE, *woorden], input=f"{bsn}\n")


def test_the_command_writes_the_same_as_a_letter_and_as_a_table(opdracht: Callable[..., Any], tmp_path: Any) -> None:
    brief, tabel = opdracht(), opdracht("--formaat", "csv", "--uit", str(tmp_path / "uit.csv"))
    assert (brief.exit_code, tabel.exit_code) == (0, 0)
    assert "Wie heeft uw gegevens gezien?" in brief.output
    rijen = list(csv.DictReader(io.StringIO((tmp_path / "uit.csv").read_text(encoding="utf-8-sig")), delimiter=";"))
    assert [rij["Wie"] for rij in rijen[:4]] == ["de dienst", "de dienst", "Sanne de Wit", f"de aanbieder met AGB-code {AGB}"]
    assert rijen[4]["In welke functie"] == "beheer van de dienst"
    assert all(all(rij.values()) for rij in rijen)
    assert BSN not in brief.output + (tmp_path / "uit.csv").read_text()


@pytest.mark.parametrize(
    ("woorden", "bsn", "melding"),
    [
        ((), "123456789", "geen burgerservicenummer"),
        (("--formaat", "pdf"), BSN, "Kies uit: tekst, csv"),
        (("--vanaf", "1-1-2026"), BSN, "Schrijf een dag als"),
        (("--gemeente", "9999"), BSN, "gemeentecode bestaat niet"),
    ],
)
def test_the_command_says_what_is_wrong(opdracht: Callable[..., Any], woorden: tuple[str, ...], bsn: str, melding: str) -> None:
    gedaan = opdracht(*woorden, bsn=bsn)
    assert gedaan.exit_code == 2
    assert melding in gedaan.output
    assert bsn not in gedaan.output
