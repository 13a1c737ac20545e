"""A declaration at a glance: every line counts once, under its outcome and under the reason that decided."""

import pytest

from berichten.inzage.berichten.declaraties import Declaratieoverzicht, find_declaratie
from berichten.kern.houder import Sleutelhouder
from berichten.processen.basis.werkplaats import Werkplaats
from tests.hulp.besluiten import APR, FEB, JAN, MRT, REDEN, TARIEF, beslis, fill_town, genomen, prestatie_id, submit
from tests.hulp.bouwstenen import AGB, GEMEENTE
from tests.hulp.declareer import Regel, declaratie, send

OMVANG = {"Volume": 12, "Eenheid": "04", "Frequentie": "4"}
AANBIEDER = Sleutelhouder(GEMEENTE, "clerk", "aanbieder", AGB)


@pytest.fixture
def bericht_id(werkplaats: Werkplaats) -> object:
    """One line awarded, two for more than the allocation holds, one on an allocation that is not there, three held of January."""
    fill_town(werkplaats, 1, 2, 3, 4, 5, Omvang=OMVANG)
    regels = [Regel("GOED", 1, MRT, 12), Regel("VEEL1", 2, MRT, 14), Regel("VEEL2", 3, APR, 20), Regel("WEG", 99, MRT, 1)]
    wacht = [Regel("WACHT1", 1, JAN, 2), Regel("WACHT2", 2, JAN, 3), Regel("WACHT3", 4, FEB, 4)]
    return submit(werkplaats, *regels, *wacht)["berichtId"]


def view(werkplaats: Werkplaats, bericht_id: object, houder: Sleutelhouder = AANBIEDER) -> Declaratieoverzicht:
    """The glance, once its parts were found to add up to the message."""
    gezien = find_declaratie(werkplaats.seen_by(houder), bericht_id)  # type: ignore[arg-type]
    assert gezien is not None
    bericht = gezien.bericht
    per_uitkomst = {item.uitkomst: (item.aantal, item.bedrag) for item in gezien.uitkomsten}
    assert sum(item.aantal for item in gezien.uitkomsten) == bericht.aantal_regels
    assert sum(item.bedrag for item in gezien.uitkomsten) == bericht.ingediend_bedrag
    assert sum(item.toegekend for item in gezien.uitkomsten) == bericht.toegekend_bedrag
    for uitkomst in per_uitkomst.keys() - {"toegekend"}:
        groepen = [item for item in gezien.redenen if item.uitkomst == uitkomst]
        assert (sum(item.aantal for item in groepen), sum(item.bedrag for item in groepen)) == per_uitkomst[uitkomst]
    assert per_uitkomst.get("afgewezen", (0, 0))[1] + per_uitkomst.get("niet_beoordeeld", (0, 0))[1] == bericht.afgewezen_bedrag
    return gezien


def test_every_line_counts_once_under_the_reason_that_decided(werkplaats: Werkplaats, bericht_id: object) -> None:
    gezien = view(werkplaats, bericht_id)
    assert [(item.uitkomst, item.aantal) for item in gezien.uitkomsten] == [
        ("toegekend", 1), ("afgewezen", 3), ("ter_beoordeling", 3),
    ]  # fmt: skip
    wacht, veel, weg = gezien.redenen
    assert (wacht.regel, wacht.aantal, wacht.bedrag, wacht.besloten) == ("DA07", 3, 9 * TARIEF, False)
    assert (veel.regel, veel.aantal, veel.bedrag, veel.besloten) == ("TR321", 2, 34 * TARIEF, False)
    assert (weg.aantal, [item.referentienummer for item in weg.regels]) == (1, ["WEG"])
    assert veel.titel.endswith(".")
    assert veel.retourcode_tekst
    eerste = veel.regels[0]
    assert (eerste.referentienummer, eerste.client, eerste.bedrag) == ("VEEL1", "******006", 14 * TARIEF)
    assert "14 uur" in (eerste.melding or "")
    assert "12 uur" in str(dict(eerste.gegevens))
    assert eerste.motivering is None
    assert "{" not in wacht.wat_te_doen + veel.wat_te_doen + weg.wat_te_doen


def test_what_somebody_decided_stands_apart_with_what_was_said(werkplaats: Werkplaats, bericht_id: object) -> None:
    genomen(beslis(werkplaats, "WACHT1", besluit="afwijzen"))
    genomen(beslis(werkplaats, "WACHT2"))
    gezien = view(werkplaats, bericht_id)
    (besloten,) = [item for item in gezien.redenen if item.besloten]
    assert (besloten.uitkomst, besloten.regel, besloten.retourcode, besloten.aantal) == ("afgewezen", "DA07", "0611", 1)
    assert [(item.prestatie_id, item.motivering) for item in besloten.regels] == [(prestatie_id(werkplaats, "WACHT1"), REDEN)]
    assert [item.aantal for item in gezien.redenen if item.uitkomst == "ter_beoordeling"] == [1]


def test_lines_of_a_message_that_was_rejected_as_a_whole_say_why(werkplaats: Werkplaats) -> None:
    fill_town(werkplaats, 1)
    eerder = declaratie(APR, [Regel("EEN", 1, MRT, 1)], identificatie="DUBBEL")
    assert send(werkplaats, eerder)["status"] == "verwerkt"
    bericht = send(werkplaats, declaratie(APR, [Regel("TWEE", 1, MRT, 2)], identificatie="DUBBEL"))
    assert bericht["status"] == "afgekeurd"
    (groep,) = view(werkplaats, bericht["berichtId"]).redenen
    assert (groep.uitkomst, groep.regel, groep.aantal, groep.bedrag) == ("niet_beoordeeld", None, 1, 2 * TARIEF)
    assert "Het hele bericht is afgekeurd" in (groep.regels[0].melding or "")


def test_another_sees_nothing_of_it(werkplaats: Werkplaats, bericht_id: object) -> None:
    for houder in (Sleutelhouder(GEMEENTE, "x", "aanbieder", "42420002"), Sleutelhouder("0518", "y", "contractbeheer", None)):
        assert find_declaratie(werkplaats.seen_by(houder), bericht_id) is None  # type: ignore[arg-type]
