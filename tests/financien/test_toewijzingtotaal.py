"""What was used of allocations, added up by night: the same as the lines say, and what was changed by hand is found."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import count
from random import Random
from typing import Any

import pytest
from sqlalchemy import Connection, text
from typer.testing import CliRunner

from berichten.cli import app
from berichten.dossier.dossier import Gebruik
from berichten.dossier.eigen_feiten import Grenzen
from berichten.klok import read_clock
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.basis.vraag import Vraag
from berichten.opslag.dossiers import toewijzingtotalen
from berichten.opslag.dossiers.eigen_feiten import load_feiten
from berichten.opslag.dossiers.gebruik import load_eerder, load_gebruik
from berichten.opslag.dossiers.toewijzingen import load_toewijzingen
from berichten.opslag.financien.toewijzingsommen import begin_anew
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.bewaking.tel_gebruik import count_use
from berichten.processen.ontvangst.ontvang_bericht import Ontvangen, accept
from berichten.rapporten.boeken.aansluiting_sql import GEBRUIK
from berichten.standaard.waarden.berichten import Prestatie
from berichten.standaard.waarden.regelvelden import VELDEN, as_columns
from tests.beoordeling.test_eigen_regels import laad
from tests.beoordeling.test_trajecten import EERDER
from tests.hulp.besluiten import APR, FEB, JAN, MRT, beslis, fill_town, genomen, rows, scalar, submit
from tests.hulp.bouwstenen import AGB, BSN, GEMEENTE
from tests.hulp.declareer import Regel, declaratie
from tests.hulp.doorlopen import count_doorlopen
from tests.hulp.eigenaar import as_owner
from tests.hulp.geld.boeken import count_lines, verschillen

RUIM: dict[str, Any] = {"Omvang": {"Volume": 40, "Eenheid": "04", "Frequentie": "6"}}
_TELT = "SELECT count(*) FROM toewijzingtotaal WHERE bedrag <> 0"


def take_sums(patch: pytest.MonkeyPatch) -> None:
    """However few are asked for, and however many lines came since."""
    patch.setattr(toewijzingtotalen, "VEEL", 0)
    patch.setattr(toewijzingtotalen, "SINDSDIEN", 10**6)


def used(werkplaats: Werkplaats) -> dict[int, Gebruik]:
    """By the sums and the lines since, which is the same as by all lines."""
    with werkplaats.opslag.transaction() as verbinding, pytest.MonkeyPatch.context() as patch:
        toewijzingen = load_toewijzingen(verbinding, GEMEENTE, [700, 701], AGB)
        per_regel = load_gebruik(verbinding, GEMEENTE, toewijzingen)
        take_sums(patch)
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
                for veel, sindsdien in ((0, 10**6), (0, 0), (10**9, 0)):
                    monkeypatch.setattr(toewijzingtotalen, "VEEL", veel)
                    monkeypatch.setattr(toewijzingtotalen, "SINDSDIEN", sindsdien)
                    gebruik, debetten = load_eerder(verbinding, GEMEENTE, toewijzingen, velden)
                    gevonden.append(
                        (gebruik, Counter({sleutel: n for sleutel, n in debetten.items() if sleutel[:2] in gevraagd and n}))
                    )
                assert gevonden[0] == gevonden[1] == gevonden[2]
                assert gevonden[0][1] == {sleutel: n for sleutel, n in staan.items() if sleutel[:2] in gevraagd}
    with as_owner(werkplaats) as verbinding:
        assert GEBRUIK.all(verbinding, {"g": GEMEENTE}) == []
        assert scalar(werkplaats, _TELT) > 0


def test_sums_are_taken_only_where_few_lines_came_since(geteld: Werkplaats, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three lines came since: of two allocations they may be as many as twice `SINDSDIEN`."""
    tot = scalar(geteld, "SELECT tot FROM toewijzingstand")
    for veel, sindsdien, gevonden in ((3, 2, None), (2, 1, None), (2, 2, tot)):
        monkeypatch.setattr(toewijzingtotalen, "VEEL", veel)
        monkeypatch.setattr(toewijzingtotalen, "SINDSDIEN", sindsdien)
        with geteld.opslag.transaction() as verbinding:
            assert toewijzingtotalen.hold_sums_for(verbinding, GEMEENTE, 2) == gevonden
    with geteld.opslag.transaction(Login.BOEKER) as verbinding:
        begin_anew(verbinding, GEMEENTE)
        assert toewijzingtotalen.hold_sums_for(verbinding, GEMEENTE, 2) is None


_VREEMD = text("""
    INSERT INTO prestatie (gemeente, prestatie_id, bericht_id, agb, bsn, referentienummer, toewijzingnummer, categorie, productcode,
        begindatum, einddatum, volume, eenheid, bedrag, credit, uitkomst, referentie_gebruikt, regelnummer, soort)
    SELECT :g, (1::bigint << 40) + n, gen_random_uuid(), :agb, '999900006', 'VREEMD' || n, 5000 + n % 2000, '45', '45A48',
        date '2026-02-01', date '2026-02-28', 1, '01', 100, false, 'toegekend', true, 1, 'JW323'
    FROM generate_series(1, 20000) AS n
""")


def test_a_declaration_passes_no_lines_of_others_while_the_sums_are_at_nothing_or_behind(
    geteld: Werkplaats, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of twenty thousand lines of other allocations, for use and for frames (DA10); also while the sums lag behind them."""
    laad(geteld, "pdc", "45A48;Begeleiding;45;04;inspanning;Begeleiding individueel;4;;SKJ;5.2;2020-01-01;")
    laad(geteld, "kaders", "Begeleiding;4;;24;90000;2020-01-01;")
    monkeypatch.setattr(toewijzingtotalen, "VEEL", 2)
    with as_owner(geteld) as verbinding:
        verbinding.execute(_VREEMD, {"g": GEMEENTE, "agb": AGB})
        verbinding.execute(text("ANALYZE prestatie"))
        verbinding.execute(text("ANALYZE toewijzing"))
    assert scalar(geteld, "SELECT tot FROM toewijzingstand") > 0
    assert passed(geteld) < 2000
    with geteld.opslag.transaction(Login.BOEKER) as verbinding:
        begin_anew(verbinding, GEMEENTE)
    assert passed(geteld) < 2000
    take_sums(monkeypatch)
    with as_owner(geteld) as verbinding:
        verbinding.execute(text("UPDATE toewijzingstand SET tot = 1"))
    assert passed(geteld) > 2 * 20_000


def passed(werkplaats: Werkplaats) -> int:
    """Rows that the statements go through by which a declaration on 700 and 701 is held against use and frames."""
    regels = [Prestatie(n, n, BSN, f"N{n}", None, 699 + n, "45", "45A48", APR, APR, 1, "01", 1, 100, credit=False) for n in (1, 2)]
    gevraagd: list[tuple[Vraag[Any], Any]] = []
    with werkplaats.opslag.transaction() as verbinding, pytest.MonkeyPatch.context() as patch:
        for naam in ("all", "columns"):
            echt = getattr(Vraag, naam)

            def ask(self: Vraag[Any], verbinding: Connection, waarden: Any = None, *, echt: Any = echt) -> Any:
                gevraagd.append((self, waarden))
                return echt(self, verbinding, waarden)

            patch.setattr(Vraag, naam, ask)
        load_gebruik(verbinding, GEMEENTE, load_toewijzingen(verbinding, GEMEENTE, [700, 701], AGB))
        load_feiten(verbinding, GEMEENTE, AGB, as_columns(regels, VELDEN), Grenzen())
    with werkplaats.opslag.transaction() as verbinding:
        return sum(count_doorlopen(verbinding, vraag, waarden) for vraag, waarden in gevraagd)
