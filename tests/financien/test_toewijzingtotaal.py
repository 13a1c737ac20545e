"""What was used of allocations, added up by night: the same as the lines say, and what was changed by hand is found."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import count
from random import Random
from typing import Any

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from berichten.cli import app
from berichten.dossier.dossier import Gebruik
from berichten.klok import read_clock
from berichten.opslag.dossiers import toewijzingtotalen
from berichten.opslag.dossiers.gebruik import load_eerder, load_gebruik
from berichten.opslag.dossiers.toewijzingen import load_toewijzingen
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.bewaking.tel_gebruik import count_use
from berichten.processen.ontvangst.ontvang_bericht import Ontvangen, accept
from berichten.rapporten.boeken.aansluiting_sql import GEBRUIK
from tests.beoordeling.test_trajecten import EERDER
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
        ("laatste_begin = laatste_begin - 1", "laatste begin"), ("productcode = '45A03'", "bedrag"), ("zorgjaar = 2025", "uren"),
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


NUMMERS = range(700, 708)
_MAANDEN = (JAN, FEB, MRT, APR)
_STAAN = """
    SELECT toewijzingnummer, begindatum, einddatum, categorie, productcode, sum(CASE WHEN credit THEN -1 ELSE 1 END)
    FROM prestatie WHERE uitkomst IN ('toegekend', 'ter_beoordeling') GROUP BY 1, 2, 3, 4, 5
"""
_WIJZIG = text("""
    UPDATE prestatie p SET uitkomst = anders.uitkomst, toegekend_volume = deel, toegekend_bedrag = deel
    FROM (SELECT prestatie_id, uitkomst, CASE WHEN uitkomst = 'toegekend' AND prestatie_id % 2 = 0 THEN 0 END AS deel FROM (
        SELECT prestatie_id, (ARRAY['toegekend', 'ter_beoordeling', 'afgewezen'])[1 + prestatie_id * :keer % 3] AS uitkomst
        FROM prestatie) AS nu) AS anders
    WHERE anders.prestatie_id = p.prestatie_id AND p.prestatie_id % 5 = :keer % 5
""")


def _line(toeval: Random, nummer: int) -> dict[str, Any]:
    """As one may stand after years: a credit of what is not there too, refused, held, awarded for nothing."""
    uitkomst = toeval.choice(("toegekend", "ter_beoordeling", "afgewezen"))
    return {
        "id": nummer, "agb": AGB, "bsn": "999900006", "nummer": toeval.choice(NUMMERS), "code": toeval.choice(("45A48", "45A49")),
        "dag": toeval.choice(_MAANDEN), "volume": toeval.randrange(9), "eenheid": toeval.choice(("01", "04", "16")),
        "credit": toeval.random() < 0.3, "uitkomst": uitkomst,
        "toegekend": toeval.choice((None, 0)) if uitkomst == "toegekend" else None,
    }  # fmt: skip


def test_sums_say_what_lines_say_whatever_became_of_them(werkplaats: Werkplaats, monkeypatch: pytest.MonkeyPatch) -> None:
    """Use and standing debits (TR389) by sums, by lines and by hand: some added up, some not, some changed after that."""
    fill_town(werkplaats, *NUMMERS, **RUIM)
    toeval, nummers = Random("staan"), count(1 << 30)
    for keer in range(6):
        with as_owner(werkplaats) as verbinding:
            verbinding.execute(EERDER, [_line(toeval, next(nummers)) for _ in range(12)])
            verbinding.execute(_WIJZIG, {"keer": keer})
        if keer % 2:
            count_lines(werkplaats)
        with werkplaats.opslag.transaction() as verbinding:
            toewijzingen = load_toewijzingen(verbinding, GEMEENTE, NUMMERS, AGB)
            staan = {rij[:5]: rij[5] for rij in rows(werkplaats, _STAAN) if rij[5]}
            for begin in range(len(_MAANDEN)):
                gevraagd = [(nummer, toeval.choice(_MAANDEN[begin:])) for nummer in NUMMERS]
                velden: Any = dict(zip(("toewijzingnummer", "begindatum"), zip(*gevraagd, strict=True), strict=True))
                gevonden = []
                for veel in (0, 10**9):
                    monkeypatch.setattr(toewijzingtotalen, "VEEL", veel)
                    gebruik, debetten = load_eerder(verbinding, GEMEENTE, toewijzingen, velden)
                    gevonden.append(
                        (gebruik, Counter({sleutel: n for sleutel, n in debetten.items() if sleutel[:2] in gevraagd and n}))
                    )
                assert gevonden[0] == gevonden[1]
                assert gevonden[0][1] == {sleutel: n for sleutel, n in staan.items() if sleutel[:2] in gevraagd}
    with as_owner(werkplaats) as verbinding:
        assert GEBRUIK.all(verbinding, {"g": GEMEENTE}) == []
        assert scalar(werkplaats, _TELT) > 0
