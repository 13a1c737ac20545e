"""What today's facts would have made of what was decided: shown, and nothing changed."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from berichten.beoordeling.besluit import Besluit
from berichten.cli import app
from berichten.kern.houder import Sleutelhouder
from berichten.opslag.controle.steekproeven import list_drawn
from berichten.processen.accountant.herzie_steekproef import reconsider_sample
from berichten.processen.accountant.trek_steekproef import Steekproefwens, draw_steekproef, give_mandaat
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.besluiten.beslis_prestatie import decide
from berichten.processen.besluiten.herbeoordeel import Herbeoordeling, reconsider, tell_todo
from tests.beoordeling.test_eigen_regels import APR, FEB, JAN, MRT, laad, minuten, plek  # noqa: F401
from tests.hulp.bouwstenen import AGB
from tests.hulp.declareer import Regel, declaratie, outcomes, send, toewijzing
from tests.hulp.eigenaar import as_owner
from tests.hulp.jw303 import Oud, jw303, oude_toewijzing

_ALLES = "SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM {} t"
_TABELLEN = ("bericht", "prestatie", "journaal", "bevinding", "besluit", "toewijzing", "antwoord", "tarief", "declaratie")


def snapshot(werkplaats: Werkplaats) -> list[Any]:
    with werkplaats.opslag.transaction() as verbinding:
        return [verbinding.execute(text(_ALLES.format(tabel))).scalar() for tabel in _TABELLEN]


def reconsider_safely(werkplaats: Werkplaats) -> Herbeoordeling:
    """Reconsider, and see that it left everything as it was."""
    vooraf = snapshot(werkplaats)
    uitkomst = reconsider(werkplaats, "0484", AGB)
    assert snapshot(werkplaats) == vooraf
    return uitkomst


@pytest.fixture
def gevuld(plek: Werkplaats) -> Werkplaats:  # noqa: F811
    """Three months: sound lines, a rejected one, a credit and a line billed again."""
    send(plek, toewijzing(502, Omvang={"Volume": 40, "Eenheid": "04", "Frequentie": "4"}))
    send(plek, declaratie(JAN, [Regel("A", 500, JAN, 10), Regel("B", 501, JAN, 1)]))
    send(plek, declaratie(FEB, [Regel("C", 500, FEB, 41), minuten("D", FEB, 600, 502)]))
    send(plek, declaratie(MRT, [Regel("E", 500, MRT, 4), Regel("F", 500, JAN, 10, vorig="A"), Regel("G", 500, JAN, 9)]))
    return plek


def test_with_the_same_facts_nothing_would_change(gevuld: Werkplaats) -> None:
    uitkomst = reconsider_safely(gevuld)
    assert (uitkomst.berichten, uitkomst.veranderingen, uitkomst.verschil) == (5, (), 0)


def test_an_allocation_that_came_late(gevuld: Werkplaats) -> None:
    """A line on a number that was not known then: known now, but it came after; message order still decides."""
    assert send(gevuld, toewijzing(501))["status"] == "verwerkt"
    assert reconsider_safely(gevuld).veranderingen == ()


def test_a_tariff_that_came_late(gevuld: Werkplaats) -> None:
    laad(gevuld, "tarieven", f"{AGB};45A48;HBO;04;7900;2026-02-01;2026-02-28", f"{AGB};45A48;HBO;04;7805;2026-03-01;")
    uitkomst = reconsider_safely(gevuld)
    anders = {item.referentienummer: item for item in uitkomst.veranderingen}
    # C was rejected for its volume and would be for its tariff too; D was awarded at a tariff that did not hold.
    assert set(anders) == {"C", "D"}
    assert (anders["D"].staat, anders["D"].wordt, anders["D"].wordt_regels) == ("toegekend", "afgewezen", ["TR418"])
    assert uitkomst.verschil == -78050
    assert "crediteren" in tell_todo(anders["D"])
    assert "niets te doen" in tell_todo(anders["C"])


_NIETS_MEER = "Waarvan nu niets is toegekend (niet in dit bestand)"


def test_drawn_lines_have_in_their_verklaring_what_a_replay_would_reject_and_others_are_not_in_it(
    gevuld: Werkplaats, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """D, 600 minutes at 78.05 an hour (780.50), was awarded at a tariff that did not hold. Five samples of one line draw it too."""
    auditor = Sleutelhouder("0484", "accountant", "controle", None)
    give_mandaat(gevuld, auditor, (2026, 2026), gevuld.instellingen.vandaag(), "Jaarrekening")
    wensen = [Steekproefwens(zaad, "posten", 1, 2026, "Jaarrekening") for zaad in "abcde"]
    nummers = [draw_steekproef(gevuld, auditor, wens) for wens in wensen]
    with gevuld.opslag.transaction() as verbinding:
        getrokken = {list_drawn(verbinding, "0484", nummer)[0].referentienummer: nummer for nummer in nummers}
    laad(gevuld, "tarieven", f"{AGB};45A48;HBO;04;7900;2026-02-01;2026-02-28", f"{AGB};45A48;HBO;04;7805;2026-03-01;")
    vooraf = snapshot(gevuld)
    gevonden = {}
    for nummer in getrokken.values():
        _, rapport = reconsider_sample(gevuld, "0484", nummer)
        namen = [kolom.naam for kolom in rapport.kolommen]
        for rij in rapport.rijen:
            regel = dict(zip(namen, rij, strict=True))
            gevonden[regel["referentienummer"]] = (regel["waarde"], regel["fout"])
    assert snapshot(gevuld) == vooraf
    assert set(gevonden) == set(getrokken)
    assert {naam: wat for naam, wat in gevonden.items() if wat[0] == "fout"} == {"D": ("fout", 78_050)}
    monkeypatch.setenv("BERICHTEN_DATABASE_URL", gevuld.instellingen.database_url)
    woorden = ["herbeoordeel", "--proef", "--gemeente", "0484", "--steekproef", "999", "--uit", str(tmp_path / "uit")]
    weigering = CliRunner().invoke(app, woorden)
    assert (weigering.exit_code, "Steekproef 999 is er niet" in " ".join(weigering.output.split())) == (2, True)
    woorden[5] = str(getrokken["D"])
    gelukt = CliRunner().invoke(app, woorden)
    assert (gelukt.exit_code, f"{_NIETS_MEER}: 0" in gelukt.output) == (0, True)
    [bestand] = (tmp_path / "uit").iterdir()
    assert "afgewezen (TR418)" in bestand.read_text(encoding="utf-8-sig")
    # Once D is credited nothing of its sample is left to explain, and the file says so.
    send(gevuld, declaratie(APR, [Regel("H", 502, FEB, 600, 130, "01", vorig="D", bedrag=78_050)]))
    _, rapport = reconsider_sample(gevuld, "0484", getrokken["D"])
    assert (list(rapport.rijen), dict(rapport.verantwoording)[_NIETS_MEER]) == ([], "1")


_AANGEHOUDEN = """
    INSERT INTO bevinding (gemeente, bericht_id, volgnummer, agb, prestatie_id, regel, gevolg, niveau, klasse, pad, melding,
        gegevens, hertoetsing)
    SELECT gemeente, bericht_id, 900, agb, prestatie_id, 'DA10', 'beoordelen', 4, 'Prestatie', '', 'Het kader is op.',
        '{}', hertoetsing
    FROM prestatie WHERE referentienummer = 'HELD'
"""
_GECORRIGEERD = """
    INSERT INTO journaal (gemeente, agb, bericht_id, prestatie_id, boeking, soort, rekening, tegenrekening, bedrag,
        toewijzingnummer, categorie, productcode, zorgmaand, declaratiemaand, geboekt_op)
    SELECT gemeente, agb, bericht_id, prestatie_id, 2, 'correctie', rekening, tegenrekening, -18050, toewijzingnummer, categorie,
        productcode, zorgmaand, declaratiemaand, geboekt_op
    FROM journaal WHERE prestatie_id = (SELECT prestatie_id FROM prestatie WHERE referentienummer = 'LESS')
"""


def test_a_drawn_line_is_wrong_for_what_stands_awarded_above_what_the_rules_would_award_now(
    plek: Werkplaats,  # noqa: F811
) -> None:
    """Three lines of ten hours at 78.05 (780.50); at 60.00, loaded late, each comes to 600.00: 180.50 too much was awarded.

    What the rules said before does not matter: of one that they held and a person awarded whole it is as much, and of one that was
    corrected to 600.00 nothing. No message of today brings those two about: their books are written here.
    """
    send(plek, oude_toewijzing(600))
    dagen = [date(2020, maand, 1) for maand in (2, 3, 4)]
    regels = [Oud(naam, 600, maand=dag) for naam, dag in zip(("PLAIN", "HELD", "LESS"), dagen, strict=True)]
    assert {wat for wat, _ in outcomes(send(plek, jw303(dagen[-1], regels))).values()} == {"toegekend"}
    with as_owner(plek) as verbinding:
        assert verbinding.execute(text(_AANGEHOUDEN)).rowcount == verbinding.execute(text(_GECORRIGEERD)).rowcount == 1
    auditor = Sleutelhouder("0484", "accountant", "controle", None)
    give_mandaat(plek, auditor, (2020, 2020), plek.instellingen.vandaag(), "Jaarrekening")
    nummer = draw_steekproef(plek, auditor, Steekproefwens("a", "posten", 3, 2020, "Jaarrekening"))
    laad(plek, "tarieven", ";45A48;HBO;04;6000;2020-01-01;2020-12-31", ";45A48;HBO;04;7805;2021-01-01;")
    _, rapport = reconsider_sample(plek, "0484", nummer)
    rijen = [dict(zip([kolom.naam for kolom in rapport.kolommen], rij, strict=True)) for rij in rapport.rijen]
    assert {rij["referentienummer"]: (rij["bedrag"], rij["fout"]) for rij in rijen} == {
        "PLAIN": (78_050, 18_050), "HELD": (78_050, 18_050), "LESS": (60_000, 0),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("woorden", "zin"),
    [
        (["--steekproef", "12", "--json"], "Kies --formaat json in plaats van --json."),
        (["--agb", AGB, "--formaat", "csv"], "Laat --formaat en --uit weg, of kies --json."),
        (["--agb", AGB, "--json", "--uit", "map"], "Laat --formaat en --uit weg, of kies --json."),
        (["--steekproef", "12", "--formaat", "pdf"], "Onbekend formaat 'pdf'."),
    ],
)
def test_a_choice_that_would_not_be_followed_is_refused_with_what_to_choose(woorden: list[str], zin: str) -> None:
    """Before anything is opened: no database is needed to say so."""
    geweigerd = CliRunner().invoke(app, ["herbeoordeel", "--proef", "--gemeente", "0484", *woorden])
    assert (geweigerd.exit_code, zin in " ".join(geweigerd.output.split())) == (2, True), geweigerd.output


def test_records_that_came_late(gevuld: Werkplaats) -> None:
    laad(gevuld, "verantwoording", f"{AGB};E;;;2026-03-10;240;direct;HBO;SKJ", f"{AGB};D;;;2026-02-10;500;direct;HBO;geen")
    anders = {item.referentienummer: item.wordt_regels for item in reconsider_safely(gevuld).veranderingen}
    assert anders == {"D": ["DA06", "DA05"]}


def test_held_lines_keep_the_outcome_that_people_gave_them(plek: Werkplaats) -> None:  # noqa: F811
    laad(plek, "gezinsplanafspraken", "500;HBO;nee;2026-01-01;")
    assert outcomes(send(plek, declaratie(JAN, [Regel("A", 500, JAN, 40, tarief=11160)])))["A"][0] == "ter_beoordeling"
    assert reconsider_safely(plek).veranderingen == ()
    laad(plek, "gezinsplanafspraken", "500;WO;nee;2026-01-01;")
    (anders,) = reconsider_safely(plek).veranderingen
    assert (anders.was, anders.wordt, anders.wordt_bedrag) == ("ter_beoordeling", "toegekend", 446400)


def _decide(werkplaats: Werkplaats, referentie: str, besluit: Any, **rest: Any) -> None:
    with werkplaats.opslag.transaction() as verbinding:
        vraag = text("SELECT prestatie_id FROM prestatie WHERE referentienummer = :r")
        nummer = verbinding.execute(vraag, {"r": referentie}).scalar_one()
    genomen = decide(werkplaats, "0484", "k1", [Besluit(nummer, besluit, "Zo besloten.", **rest)])
    assert isinstance(genomen, tuple)


def test_decisions_count_from_the_moment_at_which_they_were_taken(plek: Werkplaats) -> None:  # noqa: F811
    """A decision frees or uses room, and lets the JW325 leave: lines after it were judged on that, lines before it were not."""
    laad(plek, "gezinsplanafspraken", "500;HBO;nee;2026-01-01;")
    laad(plek, "bestedingsruimte", f"{AGB};;2026-01-01;2026-12-31;300000;plafond")
    te_duur = [Regel("A", 500, JAN, 10, tarief=11160)]
    assert outcomes(send(plek, declaratie(JAN, te_duur)))["A"][0] == "ter_beoordeling"
    te_vroeg = Regel("B", 500, JAN, 10, 11160, vorig="A")
    assert outcomes(send(plek, declaratie(FEB, [te_vroeg, Regel("C", 500, FEB, 20)])))["C"] == ("toegekend", ())
    _decide(plek, "A", "toekennen")
    # The award of A counts, so that D is over the ceiling; then A is credited, which could not be done before.
    assert outcomes(send(plek, declaratie(MRT, [Regel("D", 500, MRT, 6)])))["D"][1] == ("DA12",)
    _decide(plek, "D", "afwijzen", retourcode="9369")
    terug = Regel("E", 500, JAN, 10, 11160, vorig="A")
    assert outcomes(send(plek, declaratie(APR, [terug, Regel("F", 500, APR, 18)]))) == {
        "E": ("toegekend", ()),
        "F": ("toegekend", ()),
    }
    assert reconsider_safely(plek).veranderingen == ()


def test_a_number_of_another_aanbieder_is_still_not_ones_own(gevuld: Werkplaats) -> None:
    """The other's JW301 is not in this stream, but that it has the number is why ours was turned down."""
    assert send(gevuld, toewijzing(900, agb="42420009"))["status"] == "verwerkt"
    assert send(gevuld, toewijzing(900))["status"] == "afgekeurd"
    assert outcomes(send(gevuld, declaratie(APR, [Regel("X", 900, APR, 1)])))["X"] == ("afgewezen", ("TR338",))
    assert reconsider_safely(gevuld).veranderingen == ()
