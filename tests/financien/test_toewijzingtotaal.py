"""What was used of allocations, added up by night: the same as the lines say, and what was changed by hand is found."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from berichten.cli import app
from berichten.dossier.dossier import Gebruik
from berichten.klok import read_clock
from berichten.opslag.dossiers import toewijzingtotalen
from berichten.opslag.dossiers.gebruik import load_gebruik
from berichten.opslag.dossiers.toewijzingen import load_toewijzingen
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.bewaking.tel_gebruik import count_use
from berichten.processen.ontvangst.ontvang_bericht import Ontvangen, accept
from berichten.rapporten.boeken.aansluiting_sql import GEBRUIK
from tests.hulp.besluiten import APR, FEB, JAN, MRT, beslis, fill_town, genomen, rows, scalar, submit
from tests.hulp.bouwstenen import AGB, GEMEENTE
from tests.hulp.declareer import Regel, declaratie
from tests.hulp.eigenaar import as_owner
from tests.hulp.geld.boeken import count_lines, verschillen

RUIM: dict[str, Any] = {"Omvang": {"Volume": 40, "Eenheid": "04", "Frequentie": "6"}}
_TELT = "SELECT count(*) FROM toewijzingtotaal WHERE bedrag <> 0"


def used(werkplaats: Werkplaats) -> dict[int, Gebruik]:
    """By the sums and the lines since, which is the same as by all lines."""
    with werkplaats.opslag.transaction() as verbinding, pytest.MonkeyPatch.context() as patch:
        toewijzingen = load_toewijzingen(verbinding, GEMEENTE, [700, 701], AGB)
        per_regel = load_gebruik(verbinding, GEMEENTE, toewijzingen)
        patch.setattr(toewijzingtotalen, "VEEL", 0)
        opgeteld = load_gebruik(verbinding, GEMEENTE, toewijzingen)
        assert opgeteld == per_regel
        return opgeteld


@pytest.fixture
def geteld(werkplaats: Werkplaats) -> Werkplaats:
    """Two hours awarded and one held on 700, all added up; three and a credit of one on 701 that were not yet."""
    fill_town(werkplaats, 700, 701, **RUIM)
    submit(werkplaats, Regel("A", 700, APR, 2), Regel("W", 700, FEB, 1))
    count_lines(werkplaats)
    submit(werkplaats, Regel("B", 701, MRT, 1), Regel("C", 701, APR, 2))
    submit(werkplaats, Regel("D", 701, MRT, 1, vorig="B"))
    assert scalar(werkplaats, _TELT) > 0
    return werkplaats


def test_use_is_the_same_before_and_after_a_night(geteld: Werkplaats) -> None:
    voor = used(geteld)
    assert [item.volume // 60 for item in voor.values()] == [3, 2]
    count_lines(geteld)
    assert used(geteld) == voor
    assert scalar(geteld, "SELECT max(prestatie_id) FROM prestatie") == scalar(geteld, "SELECT tot FROM toewijzingstand")
    assert verschillen(geteld) == []


def test_a_decision_on_a_line_that_was_added_up_counts_at_once(geteld: Werkplaats) -> None:
    genomen(beslis(geteld, "W", besluit="afwijzen", retourcode="0611"))
    assert used(geteld)[700].volume == 2 * 60
    assert rows(geteld, "SELECT uren, laatste_eraf FROM toewijzingtotaal WHERE toewijzingnummer = 700") == [
        (2, FEB.replace(day=28))
    ]
    assert verschillen(geteld) == []


def test_lines_of_today_and_after_a_message_that_waits_are_not_added_up(werkplaats: Werkplaats) -> None:
    fill_town(werkplaats, 700, **RUIM)
    submit(werkplaats, Regel("A", 700, JAN, 2))
    nu = read_clock()
    count_use(werkplaats, GEMEENTE, nu)
    count_use(werkplaats, GEMEENTE, nu + timedelta(minutes=59))
    assert scalar(werkplaats, _TELT) == 0
    eerste = scalar(werkplaats, "SELECT max(prestatie_id) FROM prestatie")
    # One of another stream waits; what came after it is of a higher number and stays out.
    assert isinstance(accept(werkplaats, declaratie(APR, [Regel("X", 701, FEB, 1)], agb="42420009"), None), Ontvangen)
    submit(werkplaats, Regel("B", 700, MRT, 2))
    for uren in (1, 2, 3):
        count_use(werkplaats, GEMEENTE, nu + timedelta(hours=uren))
    assert scalar(werkplaats, "SELECT tot FROM toewijzingstand") == eerste
    assert replace(used(werkplaats)[700], bedrag=0) == Gebruik(4 * 60, 0)
    assert verschillen(werkplaats) == []


def test_a_sum_that_is_not_that_of_its_lines_is_found(geteld: Werkplaats) -> None:
    knoeien = (
        ("bedrag = bedrag + 1", "bedrag"), ("uren = 0", "uren"), ("overig = 1", "ander volume"), ("debetminuten = 0", "minuten"),
        ("eerste = eerste + 1", "eerste dag"), ("laatste = laatste - 1", "laatste dag"), ("laatste = laatste + 1", "laatste dag"),
        ("productcode = '45A03'", "bedrag"), ("zorgjaar = 2025", "uren"),
    )  # fmt: skip
    with as_owner(geteld) as verbinding:
        for opdracht, wat in knoeien:
            with verbinding.begin_nested() as punt:
                verbinding.execute(text(f"UPDATE toewijzingtotaal SET {opdracht} WHERE toewijzingnummer = 700"))
                anders = GEBRUIK.all(verbinding, {"g": GEMEENTE})
                punt.rollback()
            assert (700, wat) in {(rij.toewijzingnummer, rij.wat.partition(" van ")[0]) for rij in anders}
        assert GEBRUIK.all(verbinding, {"g": GEMEENTE}) == []


def test_a_sum_that_is_off_is_mended_by_the_command_that_the_check_names(
    geteld: Werkplaats, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By hand an hour too many, and a row under another code: both are as the lines say afterwards, with the same use."""
    monkeypatch.setenv("BERICHTEN_DATABASE_URL", geteld.instellingen.database_url)
    voor = used(geteld)
    with as_owner(geteld) as verbinding:
        verbinding.execute(text("UPDATE toewijzingtotaal SET uren = uren + 1"))
        verbinding.execute(text("UPDATE toewijzingtotaal SET productcode = '45A03' WHERE toewijzingnummer = 700"))
    gevonden = CliRunner().invoke(app, ["db", "controle"])
    assert (gevonden.exit_code, "herstelt u met 'berichten db tel-gebruik'" in " ".join(gevonden.output.split())) == (1, True)
    hersteld = CliRunner().invoke(app, ["db", "tel-gebruik", "--gemeente", GEMEENTE])
    assert hersteld.exit_code == 0, hersteld.output
    assert verschillen(geteld) == []
    assert used(geteld) == voor
    assert scalar(geteld, "SELECT sum(uren) FROM toewijzingtotaal") == 3
    onbekend = CliRunner().invoke(app, ["db", "tel-gebruik", "--gemeente", "9999"])
    assert (onbekend.exit_code, GEMEENTE in onbekend.output) == (2, True)
