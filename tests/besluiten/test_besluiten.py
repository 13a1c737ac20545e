"""Decisions on held lines: what each changes, to the cent, in line, books, sums and JW325."""

from typing import Any

import pytest

from berichten.processen.basis.werkplaats import Werkplaats
from tests.hulp.besluiten import (
    ANNA,
    BEN,
    FEB,
    JAN,
    MRT,
    REDEN,
    TARIEF,
    beslis,
    fill_town,
    genomen,
    geweigerd,
    prestatie_id,
    read_jw325,
    rows,
    scalar,
    set_instelling,
    staat,
    submit,
)
from tests.hulp.declareer import Regel, outcomes, send, toewijzing
from tests.hulp.eigenaar import as_owner

A, B, C = Regel("A", 700, JAN, 4), Regel("B", 700, FEB, 5), Regel("C", 700, MRT, 6)
BEDRAG = {"A": 4 * TARIEF, "B": 5 * TARIEF, "C": 6 * TARIEF}
ALLES = sum(BEDRAG.values())


@pytest.fixture
def stad(werkplaats: Werkplaats) -> Werkplaats:
    """Allocation 700; lines of January and February are held."""
    fill_town(werkplaats, 700)
    return werkplaats


def journaal(werkplaats: Werkplaats, referentie: str) -> list[tuple[int, str, int]]:
    """Entries of a line, by number."""
    return rows(
        werkplaats,
        "SELECT boeking, soort, bedrag FROM journaal WHERE prestatie_id = :p ORDER BY boeking",
        p=prestatie_id(werkplaats, referentie),
    )


def regel(werkplaats: Werkplaats, referentie: str) -> tuple[str, list[str] | None]:
    """Outcome and codes of a line."""
    vraag = "SELECT uitkomst, retourcodes FROM prestatie WHERE prestatie_id = :p"
    return rows(werkplaats, vraag, p=prestatie_id(werkplaats, referentie))[0]


def test_held_lines_wait_and_the_rest_is_awarded(stad: Werkplaats) -> None:
    resultaat = submit(stad, A, B, C)
    assert outcomes(resultaat) == {
        "A": ("ter_beoordeling", ("DA07",)),
        "B": ("ter_beoordeling", ("DA07",)),
        "C": ("toegekend", ()),
    }
    assert staat(stad, resultaat["berichtId"]) == ("ter_beoordeling", ALLES, BEDRAG["C"], 0, BEDRAG["A"] + BEDRAG["B"])


def test_awarding_all_sends_a_jw325_without_lines(stad: Werkplaats) -> None:
    bericht = submit(stad, A, B, C)["berichtId"]
    genomen(beslis(stad, "A"))
    assert staat(stad, bericht) == ("ter_beoordeling", ALLES, BEDRAG["A"] + BEDRAG["C"], 0, BEDRAG["B"])
    genomen(beslis(stad, "B", door=BEN))
    assert staat(stad, bericht) == ("verwerkt", ALLES, ALLES, 0, 0)
    assert journaal(stad, "A") == [(1, "toekenning", BEDRAG["A"])]
    assert regel(stad, "A") == ("toegekend", None)
    antwoord = read_jw325(stad, bericht)
    assert [item.text for item in antwoord.iterfind("{*}DeclaratieAntwoord/{*}RetourCodes/{*}RetourCode")] == ["8001"]
    assert antwoord.find(".//{*}Client") is None
    assert scalar(stad, "SELECT declaratie_retourcodes FROM bericht WHERE bericht_id = :b", b=bericht) == ["8001"]


def test_an_entry_points_to_its_decision_and_has_the_months_of_its_line(stad: Werkplaats) -> None:
    submit(stad, A)
    (besluit,) = genomen(beslis(stad, "A"))
    vraag = "SELECT besluit_id, agb, toewijzingnummer, productcode, zorgmaand::text, declaratiemaand::text FROM journaal"
    assert rows(stad, vraag) == [(besluit.besluit_id, "42420001", 700, "45A48", "2026-01-01", "2026-04-01")]
    vraag = "SELECT besluit, definitief, door, motivering, bedrag FROM besluit"
    assert rows(stad, vraag) == [("toekennen", True, ANNA, REDEN, BEDRAG["A"])]


def test_a_rejected_line_goes_back_with_the_proposed_code(stad: Werkplaats) -> None:
    bericht = submit(stad, A, C)["berichtId"]
    genomen(beslis(stad, "A", besluit="afwijzen"))
    assert staat(stad, bericht) == ("verwerkt", BEDRAG["A"] + BEDRAG["C"], BEDRAG["C"], BEDRAG["A"], 0)
    assert regel(stad, "A") == ("afgewezen", ["0611"])
    assert journaal(stad, "A") == []
    antwoord = read_jw325(stad, bericht)
    assert [item.text for item in antwoord.iterfind(".//{*}Prestatie/{*}RetourCodes/{*}RetourCode")] == ["0611"]
    assert [item.text for item in antwoord.iterfind("{*}DeclaratieAntwoord/{*}RetourCodes/{*}RetourCode")] == ["0200"]


def test_a_line_without_proposal_needs_a_code_that_a_jw325_can_carry(stad: Werkplaats) -> None:
    bericht = submit(stad, B)["berichtId"]
    assert "Kies een retourcode" in geweigerd(beslis(stad, "B", besluit="afwijzen"), "ongeldig")
    for code in ("0200", "8001", "0233", "0001", "9999"):
        assert "Kies een andere code" in geweigerd(beslis(stad, "B", besluit="afwijzen", retourcode=code), "ongeldig")
    assert staat(stad, bericht)[0] == "ter_beoordeling"
    genomen(beslis(stad, "B", besluit="afwijzen", retourcode="9307"))
    assert regel(stad, "B") == ("afgewezen", ["9307"])
    assert staat(stad, bericht) == ("verwerkt", BEDRAG["B"], 0, BEDRAG["B"], 0)


@pytest.mark.parametrize(
    ("velden", "fragment"),
    [
        ({"motivering": "  "}, "leeg"),
        ({"motivering": "x" * 2001}, "2001 tekens"),
        ({"motivering": "Zie 999900006 in het dossier."}, "burgerservicenummer"),
        ({"motivering": "Zie 9999.00.006."}, "burgerservicenummer"),
        ({"motivering": "nul\x00teken"}, "geen gewone tekst"),
        ({"retourcode": "0611"}, "alleen bij afwijzen"),
        ({"besluit": "afwijzen", "terugvragen": True}, "alleen bij een regel die u toekent"),
    ],
)
def test_what_cannot_be_decided_in_that_form(stad: Werkplaats, velden: dict, fragment: str) -> None:
    submit(stad, A)
    assert fragment in geweigerd(beslis(stad, "A", **velden), "ongeldig")
    assert scalar(stad, "SELECT count(*) FROM besluit") == 0


def test_nine_digits_that_are_no_bsn_may_be_in_a_reason(stad: Werkplaats) -> None:
    submit(stad, A)
    genomen(beslis(stad, "A", motivering="Zie zaak 123456789, besproken op 12-03-2026.\nAkkoord."))


def test_a_line_awarded_by_the_service_is_not_held(stad: Werkplaats) -> None:
    submit(stad, A, C)
    assert "niet aangehouden: bij het verwerken is hij al toegekend" in geweigerd(
        beslis(stad, "C", besluit="afwijzen", retourcode="0611")
    )


def test_unknown_lines_and_lines_of_a_rejected_message(stad: Werkplaats) -> None:
    afgekeurd = submit(stad, A, Regel("A", 700, MRT, 1))
    assert afgekeurd["status"] == "afgekeurd"
    nummer = scalar(stad, "SELECT min(prestatie_id) FROM prestatie")
    with as_owner(stad) as verbinding:
        verbinding.exec_driver_sql("UPDATE prestatie SET referentie_gebruikt = true WHERE prestatie_id = %s", (nummer,))
    assert "Het hele bericht van deze regel is afgekeurd" in geweigerd(beslis(stad, "A"))
    assert "bestaat niet" in geweigerd(beslis(stad, "A", prestatie_id=1), "onbekend")


def test_a_decision_is_followed_by_another_as_long_as_the_answer_has_not_left(stad: Werkplaats) -> None:
    bericht = submit(stad, A, B, C)["berichtId"]
    (eerste,) = genomen(beslis(stad, "A"))
    reden = geweigerd(beslis(stad, "A", besluit="afwijzen", retourcode="0611", door=BEN))
    assert "al besloten: de anna koos op 30 juni 2026 voor toekennen." in reden
    assert f"volgtOp {eerste.besluit_id}" in reden
    anders: dict[str, Any] = {"besluit": "afwijzen", "retourcode": "9307", "door": BEN}
    (tweede,) = genomen(beslis(stad, "A", volgt_op=eerste.besluit_id, **anders))
    assert staat(stad, bericht) == ("ter_beoordeling", ALLES, BEDRAG["C"], BEDRAG["A"], BEDRAG["B"])
    assert journaal(stad, "A") == [(1, "toekenning", BEDRAG["A"]), (2, "correctie", -BEDRAG["A"])]
    geweigerd(beslis(stad, "A", volgt_op=eerste.besluit_id))
    genomen(beslis(stad, "A", volgt_op=tweede.besluit_id))
    assert journaal(stad, "A")[2] == (3, "correctie", BEDRAG["A"])
    genomen(beslis(stad, "B", besluit="afwijzen", retourcode="0611"))
    assert staat(stad, bericht) == ("verwerkt", ALLES, BEDRAG["A"] + BEDRAG["C"], BEDRAG["B"], 0)
    assert "al verstuurd" in geweigerd(beslis(stad, "A", besluit="afwijzen", retourcode="0611", volgt_op=tweede.besluit_id))
    assert scalar(stad, "SELECT count(*) FROM besluit") == 4


def test_a_first_award_after_a_rejection_is_a_first_entry(stad: Werkplaats) -> None:
    submit(stad, A, B)
    (eerste,) = genomen(beslis(stad, "A", besluit="afwijzen"))
    assert journaal(stad, "A") == []
    genomen(beslis(stad, "A", volgt_op=eerste.besluit_id))
    assert journaal(stad, "A") == [(1, "toekenning", BEDRAG["A"])]


def test_a_rejection_is_not_undone_when_its_room_was_used_meanwhile(stad: Werkplaats) -> None:
    """Rejected hours are free again; who then awards them after all would award more than was allocated."""
    send(stad, toewijzing(701, Omvang={"Volume": 10, "Eenheid": "04", "Frequentie": "6"}))
    submit(stad, Regel("P", 701, JAN, 10), B)
    (eerste,) = genomen(beslis(stad, "P", besluit="afwijzen"))
    assert outcomes(submit(stad, Regel("R", 701, MRT, 10)))["R"][0] == "toegekend"
    assert "andere regels op dezelfde toewijzing" in geweigerd(beslis(stad, "P", volgt_op=eerste.besluit_id))


def test_all_or_nothing(stad: Werkplaats) -> None:
    bericht = submit(stad, A, B, C)["berichtId"]
    uitkomst = beslis(stad, "A", "B", "C")
    assert "niet aangehouden" in geweigerd(uitkomst)
    assert [fout.pad for fout in uitkomst.fouten] == [str(prestatie_id(stad, "C"))]
    assert staat(stad, bericht) == ("ter_beoordeling", ALLES, BEDRAG["C"], 0, BEDRAG["A"] + BEDRAG["B"])
    assert scalar(stad, "SELECT count(*) FROM besluit") == 0
    assert "meer dan eens" in geweigerd(beslis(stad, "A", "A"), "ongeldig")
    assert len(genomen(beslis(stad, "A", "B"))) == 2
    assert staat(stad, bericht) == ("verwerkt", ALLES, ALLES, 0, 0)


def test_many_lines_of_several_aanbieders_at_once(stad: Werkplaats) -> None:
    ander = "42420002"
    send(stad, toewijzing(800, agb=ander))
    eigen = submit(stad, A, B)["berichtId"]
    van_ander = submit(stad, Regel("Z", 800, JAN, 2), agb=ander)["berichtId"]
    genomen(beslis(stad, "A", "B", "Z", besluit="afwijzen", retourcode="9307"))
    assert staat(stad, eigen)[0] == "verwerkt"
    assert staat(stad, van_ander) == ("verwerkt", 2 * TARIEF, 0, 2 * TARIEF, 0)


def test_clients_and_lines_that_were_wrong_at_once_keep_their_codes(stad: Werkplaats) -> None:
    """The JW325 that leaves later holds what it would have held at once: codes of clients, of lines not judged, of rejections."""
    vreemd = "999900018"
    bericht = submit(stad, A, Regel("X", 700, MRT, 1, bsn=vreemd), Regel("Y", 999, MRT, 3))["berichtId"]
    genomen(beslis(stad, "A"))
    assert staat(stad, bericht)[0] == "verwerkt"
    clienten = list(read_jw325(stad, bericht).iterfind(".//{*}Client"))
    codes = [
        (
            [code.text for code in client.iterfind("{*}RetourCodes/{*}RetourCode")],
            [code.text for code in client.iterfind(".//{*}Prestatie/{*}RetourCodes/{*}RetourCode")],
        )
        for client in clienten
    ]
    assert codes == [(["0200"], ["9338"]), (["8187"], ["0233"])]


def test_credit_of_a_line_waits_until_its_answer_has_left(stad: Werkplaats) -> None:
    submit(stad, A, B)
    credit = Regel("CA", 700, JAN, 4, vorig="A")
    assert outcomes(submit(stad, credit)) == {"CA": ("afgewezen", ("TR323",))}
    genomen(beslis(stad, "A"))
    assert submit(stad, Regel("CA2", 700, JAN, 4, vorig="A"))["prestaties"][0]["retourcodes"] == ["8017"]
    genomen(beslis(stad, "B"))
    assert outcomes(submit(stad, Regel("CA3", 700, JAN, 4, vorig="A")))["CA3"] == ("toegekend", ())


def test_a_decision_on_a_line_that_was_credited_meanwhile_is_refused(stad: Werkplaats) -> None:
    submit(stad, A)
    genomen(beslis(stad, "A"))
    submit(stad, Regel("CA", 700, JAN, 4, vorig="A"))
    for velden in ({"terugvragen": True}, {"besluit": "afwijzen", "retourcode": "0611"}, {}):
        assert "inmiddels gecrediteerd" in geweigerd(beslis(stad, "A", **velden))


def test_asking_back_opens_a_request_that_the_credit_line_closes(stad: Werkplaats) -> None:
    bericht = submit(stad, A, C)["berichtId"]
    genomen(beslis(stad, "A", terugvragen=True))
    assert staat(stad, bericht) == ("verwerkt", BEDRAG["A"] + BEDRAG["C"], BEDRAG["A"] + BEDRAG["C"], 0, 0)
    assert "nog open" in geweigerd(beslis(stad, "A", terugvragen=True, door=BEN))
    genomen(beslis(stad, "C", terugvragen=True, door=BEN))
    assert journaal(stad, "C") == [(1, "toekenning", BEDRAG["C"])]
    assert staat(stad, bericht)[2] == BEDRAG["A"] + BEDRAG["C"]


def test_removal_of_its_allocation_proposes_9384(stad: Werkplaats) -> None:
    bericht = submit(stad, B)["berichtId"]
    weg = {"Einddatum": "2026-01-01", "RedenWijziging": "13", "Toewijzingstijd": "11:00:00"}
    assert send(stad, toewijzing(700, **weg))["status"] == "verwerkt"
    genomen(beslis(stad, "B", besluit="afwijzen"))
    assert regel(stad, "B") == ("afgewezen", ["9384"])
    assert staat(stad, bericht) == ("verwerkt", BEDRAG["B"], 0, BEDRAG["B"], 0)


@pytest.fixture
def vier_ogen(stad: Werkplaats) -> Werkplaats:
    """From what line B costs on, two people decide."""
    return set_instelling(stad, vier_ogen_vanaf=BEDRAG["B"])


def test_a_large_amount_waits_for_a_second_person(vier_ogen: Werkplaats) -> None:
    bericht = submit(vier_ogen, A, B)["berichtId"]
    (klein,) = genomen(beslis(vier_ogen, "A"))
    assert klein.definitief
    (voorstel,) = genomen(beslis(vier_ogen, "B"))
    assert (voorstel.definitief, voorstel.uitkomst) == (False, "ter_beoordeling")
    assert staat(vier_ogen, bericht) == ("ter_beoordeling", BEDRAG["A"] + BEDRAG["B"], BEDRAG["A"], 0, BEDRAG["B"])
    assert "andere medewerker" in geweigerd(beslis(vier_ogen, "B"))
    genomen(beslis(vier_ogen, "B", door=BEN))
    assert staat(vier_ogen, bericht)[0] == "verwerkt"
    vraag = "SELECT definitief, bevestigt, door FROM besluit ORDER BY besluit_id"
    assert rows(vier_ogen, vraag)[1:] == [(False, None, ANNA), (True, voorstel.besluit_id, BEN)]


def test_another_decision_of_the_second_person_is_a_new_proposal(vier_ogen: Werkplaats) -> None:
    submit(vier_ogen, A, B)
    anders: dict[str, Any] = {"besluit": "afwijzen", "retourcode": "0611"}
    genomen(beslis(vier_ogen, "B"))
    (tegen,) = genomen(beslis(vier_ogen, "B", door=BEN, **anders))
    assert not tegen.definitief
    assert not genomen(beslis(vier_ogen, "B", besluit="afwijzen", retourcode="9307"))[0].definitief
    genomen(beslis(vier_ogen, "B", door=BEN, **anders))
    (klaar,) = genomen(beslis(vier_ogen, "B", **anders))
    assert (klaar.definitief, klaar.uitkomst) == (True, "afgewezen")


def test_a_second_thought_about_a_large_amount_needs_two_people_too(vier_ogen: Werkplaats) -> None:
    bericht = submit(vier_ogen, A, B)["berichtId"]
    genomen(beslis(vier_ogen, "B"))
    (eerste,) = genomen(beslis(vier_ogen, "B", door=BEN))
    anders: dict[str, Any] = {"besluit": "afwijzen", "retourcode": "0611", "volgt_op": eerste.besluit_id}
    genomen(beslis(vier_ogen, "B", **anders))
    assert regel(vier_ogen, "B") == ("toegekend", None)
    genomen(beslis(vier_ogen, "B", door=BEN, **anders))
    assert staat(vier_ogen, bericht) == ("ter_beoordeling", BEDRAG["A"] + BEDRAG["B"], 0, BEDRAG["B"], BEDRAG["A"])
    assert journaal(vier_ogen, "B") == [(1, "toekenning", BEDRAG["B"]), (2, "correctie", -BEDRAG["B"])]
