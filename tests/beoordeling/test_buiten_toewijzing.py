"""An allocation that becomes shorter or lower after lines were awarded: told, shown, listed, and nothing undone by itself."""

from typing import Any
from uuid import UUID

from sqlalchemy import text

from berichten.opslag.berichten.bevindingen import list_bevindingen
from berichten.opslag.dossiers.buiten_toewijzing import close_werkpunten, list_werkpunten
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.besluiten.herbeoordeel import reconsider
from tests.beoordeling.test_eigen_regels import FEB, JAN, MRT, plek  # noqa: F401
from tests.hulp.bouwstenen import AGB
from tests.hulp.declareer import Regel, declaratie, outcomes, send, toewijzing

_UREN = {"Volume": 40, "Eenheid": "04", "Frequentie": "4"}


def shorten(werkplaats: Werkplaats, einde: str, dag: str = "2026-06-10", **velden: Any) -> dict[str, Any]:
    """A newer version of allocation 500 with an end (RedenWijziging 05)."""
    return send(
        werkplaats,
        toewijzing(500, Toewijzingsdatum=dag, Einddatum=einde, RedenWijziging="05", Omvang=_UREN, **velden),
    )


def signals(werkplaats: Werkplaats, resultaat: dict) -> list[dict]:
    with werkplaats.opslag.transaction() as verbinding:
        alle = list_bevindingen(verbinding, "0484", UUID(resultaat["berichtId"]))
        return [item.gegevens for _, item in alle if item.regel == "DA17"]


def open_items(werkplaats: Werkplaats) -> list[tuple[int, int, int]]:
    with werkplaats.opslag.transaction() as verbinding:
        return [(item.toewijzingnummer, item.aantal, item.bedrag) for item in list_werkpunten(verbinding, "0484", 0, 50)]


def test_a_shorter_allocation_names_what_falls_outside(plek: Werkplaats) -> None:  # noqa: F811
    send(plek, declaratie(JAN, [Regel("A", 500, JAN, 10)]))
    send(plek, declaratie(MRT, [Regel("B", 500, FEB, 4), Regel("C", 500, MRT, 2), Regel("D", 500, MRT, 2, code="45A49")]))
    resultaat = shorten(plek, "2026-02-28")
    assert resultaat["status"] == "verwerkt"
    [gegevens] = signals(plek, resultaat)
    assert (gegevens["aantal"], gegevens["bedrag"], gegevens["regels"]) == (
        1,
        2 * 7805,
        ["C (begint buiten de toewijzing, eindigt na de toewijzing)"],
    )
    assert open_items(plek) == [(500, 1, 2 * 7805)]
    # Nothing was undone: the line stands in the books.
    with plek.opslag.transaction() as verbinding:
        vraag = text("SELECT sum(bedrag) FROM journaal WHERE toewijzingnummer = 500")
        assert verbinding.execute(vraag).scalar_one() == (10 + 4 + 2) * 7805


def test_the_same_version_again_and_a_longer_one_say_nothing(plek: Werkplaats) -> None:  # noqa: F811
    send(plek, declaratie(MRT, [Regel("C", 500, MRT, 2)]))
    shorten(plek, "2026-02-28")
    assert signals(plek, shorten(plek, "2026-02-28")) == []
    assert signals(plek, shorten(plek, "2026-03-31", dag="2026-06-11")) == []
    assert len(open_items(plek)) == 1


def test_a_credited_line_is_not_outside(plek: Werkplaats) -> None:  # noqa: F811
    send(plek, declaratie(FEB, [Regel("B", 500, FEB, 4)]))
    send(plek, declaratie(MRT, [Regel("X", 500, FEB, 4, vorig="B")]))
    assert signals(plek, shorten(plek, "2026-01-31")) == []


def test_looking_again_names_the_line(plek: Werkplaats) -> None:  # noqa: F811
    assert outcomes(send(plek, declaratie(MRT, [Regel("B", 500, FEB, 4), Regel("C", 500, MRT, 2)])))["C"] == ("toegekend", ())
    shorten(plek, "2026-03-30")
    uitkomst = reconsider(plek, "0484", AGB)
    [anders] = uitkomst.veranderingen
    assert (anders.referentienummer, anders.staat, anders.wordt, anders.wordt_regels) == ("C", "toegekend", "afgewezen", ["TR308"])
    assert uitkomst.verschil == -2 * 7805


def test_a_person_closes_it_with_a_reason(plek: Werkplaats) -> None:  # noqa: F811
    send(plek, declaratie(MRT, [Regel("C", 500, MRT, 2)]))
    shorten(plek, "2026-02-28")
    with plek.opslag.transaction() as verbinding:
        nu = plek.instellingen.nu()
        assert close_werkpunten(verbinding, "0484", 500, "k1", "De aanbieder crediteert in juli.", nu) == 1
        assert close_werkpunten(verbinding, "0484", 500, "k1", "Nog eens.", nu) == 0
        assert verbinding.execute(text("SELECT gesloten_door, reden FROM buiten_toewijzing")).one() == (
            "k1",
            "De aanbieder crediteert in juli.",
        )
    assert open_items(plek) == []
