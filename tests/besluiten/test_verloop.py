"""The course of messages, lines and allocations in words, earlier decisions on lines alike, questions that wait for one side."""

import pytest

from berichten.inzage.berichten.toewijzingen import Toewijzingsprestatie, list_prestaties_op
from berichten.inzage.besluiten.eerdere import list_eerdere, list_vragen
from berichten.inzage.besluiten.verloop import Gebeurtenis, tell_bericht, tell_prestatie, tell_toewijzing
from berichten.kern.houder import Sleutelhouder
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.toegang.sleutels import make_sleutel
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.besluiten.plaats_opmerking import place_opmerking
from tests.hulp.besluiten import APR, FEB, JAN, MRT, REDEN, TARIEF, beslis, fill_town, genomen, prestatie_id, set_instelling, submit
from tests.hulp.bouw import bouw
from tests.hulp.bouwstenen import AGB, BSN, GEMEENTE
from tests.hulp.declareer import Regel, declaratie, send, toewijzing

ANDER = "42420002"
AANBIEDER = Sleutelhouder(GEMEENTE, "clerk", "aanbieder", AGB)
OMVANG = {"Volume": 12, "Eenheid": "04", "Frequentie": "4"}


@pytest.fixture
def anna(werkplaats: Werkplaats) -> Sleutelhouder:
    """A reviewer with a name."""
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        sleutel = make_sleutel(verbinding, GEMEENTE, "contractbeheer", None, werkplaats.instellingen.nu(), "Anna")
    return Sleutelhouder(GEMEENTE, sleutel.split(".")[1], "contractbeheer", None)


def words(gebeurd: list[Gebeurtenis] | None) -> list[tuple[str, str, str | None]]:
    """What is told, once it was found to go from old to new."""
    assert gebeurd is not None
    assert [item.op for item in gebeurd] == sorted(item.op for item in gebeurd)
    return [(item.soort, item.tekst, item.wie) for item in gebeurd]


def test_a_line_is_told_from_its_declaration_to_its_answer(werkplaats: Werkplaats, anna: Sleutelhouder) -> None:
    fill_town(werkplaats, 1)
    submit(werkplaats, Regel("A", 1, JAN, 2))
    nummer = prestatie_id(werkplaats, "A")
    place_opmerking(werkplaats, anna, nummer, "Was het kind er?")
    place_opmerking(werkplaats, AANBIEDER, nummer, "Ja.")
    genomen(beslis(werkplaats, "A", besluit="afwijzen", door=anna.sleutel_id))
    regel = words(tell_prestatie(werkplaats.seen_by(anna), nummer))
    assert regel[0][0] == "ontvangen"
    assert regel[1] == ("beoordeeld", "Vastgehouden: een beoordelaar van de gemeente beslist", None)
    assert regel[2:4] == [("vraag", "Was het kind er?", "Anna"), ("vraag", "Ja.", "de clerk")]
    assert regel[4][0] == "besluit"
    assert regel[4][1].startswith("Afgewezen met retourcode 0611 (")
    assert regel[4][1].endswith(f"). {REDEN}")
    assert regel[4][2] == "Anna"
    assert regel[5] == ("antwoord", "Antwoord (JW325) klaargezet", None)
    gezien = words(tell_prestatie(werkplaats.seen_by(AANBIEDER), nummer))
    assert [wie for *_, wie in gezien] == [None, None, "de gemeente", "de aanbieder", "de gemeente", None]


def test_a_proposal_is_for_staff_only(werkplaats: Werkplaats, anna: Sleutelhouder) -> None:
    fill_town(werkplaats, 1)
    bericht = submit(werkplaats, Regel("A", 1, JAN, 2))["berichtId"]
    groot = set_instelling(werkplaats, vier_ogen_vanaf=1)
    genomen(beslis(groot, "A", door=anna.sleutel_id))
    nummer = prestatie_id(werkplaats, "A")
    assert [soort for soort, *_ in words(tell_prestatie(werkplaats.seen_by(anna), nummer))] == [
        "ontvangen",
        "beoordeeld",
        "voorstel",
    ]
    assert [soort for soort, *_ in words(tell_prestatie(werkplaats.seen_by(AANBIEDER), nummer))] == ["ontvangen", "beoordeeld"]
    assert [soort for soort, *_ in words(tell_bericht(werkplaats.seen_by(AANBIEDER), bericht))] == ["ontvangen", "beoordeeld"]


def test_a_line_that_was_credited_says_so(werkplaats: Werkplaats, anna: Sleutelhouder) -> None:
    fill_town(werkplaats, 1)
    submit(werkplaats, Regel("A", 1, MRT, 2))
    submit(werkplaats, Regel("C", 1, MRT, 2, vorig="A"))
    regel = words(tell_prestatie(werkplaats.seen_by(anna), prestatie_id(werkplaats, "A")))
    assert [soort for soort, *_ in regel] == ["ontvangen", "beoordeeld", "antwoord", "credit"]
    assert regel[1][1] == "Toegekend"
    assert regel[3][1:] == (f"Gecrediteerd door regel C, € -{2 * TARIEF // 100},{2 * TARIEF % 100:02d}", "de aanbieder")


def test_a_message_counts_what_was_decided_together(werkplaats: Werkplaats, anna: Sleutelhouder) -> None:
    fill_town(werkplaats, 1, 2, 3)
    bericht = submit(werkplaats, Regel("A", 1, JAN, 2), Regel("B", 2, JAN, 1), Regel("C", 3, FEB, 1))["berichtId"]
    genomen(beslis(werkplaats, "A", "B", door=anna.sleutel_id))
    genomen(beslis(werkplaats, "C", besluit="afwijzen", retourcode="0611", door=anna.sleutel_id))
    verteld = words(tell_bericht(werkplaats.seen_by(anna), bericht))
    assert [soort for soort, *_ in verteld] == ["ontvangen", "beoordeeld", "besluit", "besluit", "antwoord"]
    assert verteld[2][1:] == ("2 regels toegekend, € 234,15", "Anna")
    assert verteld[3][1:] == ("1 regel afgewezen, € 78,05", "Anna")


def test_a_message_that_was_rejected_as_a_whole_says_so(werkplaats: Werkplaats) -> None:
    fill_town(werkplaats, 1)
    send(werkplaats, declaratie(APR, [Regel("A", 1, MRT, 1)], identificatie="DUBBEL"))
    bericht = send(werkplaats, declaratie(APR, [Regel("B", 1, MRT, 2)], identificatie="DUBBEL"))["berichtId"]
    verteld = words(tell_bericht(werkplaats.seen_by(AANBIEDER), bericht))
    assert verteld[1][1] == "Afgekeurd: het hele bericht moet opnieuw"


def test_an_allocation_is_told_by_its_versions_starts_and_declarations(werkplaats: Werkplaats, anna: Sleutelhouder) -> None:
    fill_town(werkplaats, 1, Omvang=OMVANG)
    start = {"ToewijzingNummer": 1, "Begindatum": "2026-01-12"}
    bericht = bouw("JW305", {"Client": {"Bsn": BSN, "StartProducten": {"StartProduct": start}}})
    assert send(werkplaats, bericht)["status"] == "verwerkt"
    submit(werkplaats, Regel("A", 1, MRT, 2), Regel("B", 1, APR, 20))
    send(werkplaats, toewijzing(1, Omvang={**OMVANG, "Volume": 20}, Toewijzingstijd="11:00:00"))
    verteld = words(tell_toewijzing(werkplaats.seen_by(anna), 1))
    assert [soort for soort, *_ in verteld] == ["versie", "levering", "declaratie", "versie"]
    assert verteld[0][1].startswith("Toegewezen: ")
    assert "12 uur per maand" in verteld[0][1]
    assert verteld[1][1:] == ("Start gemeld op 12 januari 2026", "de aanbieder")
    assert verteld[2][1].endswith(": 2 regels, € 1.717,10, waarvan € 156,10 is toegekend")
    assert verteld[3][1].startswith("Gewijzigd (versie 2): ")
    assert words(tell_toewijzing(werkplaats.seen_by(AANBIEDER), 1)) == verteld


def test_every_line_on_an_allocation_is_listed_whatever_became_of_it(werkplaats: Werkplaats, anna: Sleutelhouder) -> None:
    fill_town(werkplaats, 1, 2, Omvang=OMVANG)
    submit(werkplaats, Regel("A", 1, MRT, 2), Regel("VEEL", 1, APR, 20), Regel("ANDERS", 2, MRT, 1), Regel("WACHT", 1, JAN, 2))
    submit(werkplaats, Regel("C", 1, MRT, 2, vorig="A"))

    def listed(houder: Sleutelhouder, nummer: int = 1) -> list[tuple[str, str, int]] | None:
        regels: list[Toewijzingsprestatie] = []
        volgende = None
        while True:
            bladzijde = list_prestaties_op(werkplaats.seen_by(houder), nummer, 2, volgende)
            if bladzijde is None:
                return None
            regels, volgende = [*regels, *bladzijde.regels], bladzijde.volgende
            if volgende is None:
                return [(item.referentienummer, item.uitkomst, item.toegekend_bedrag) for item in regels]

    assert listed(anna) == [
        ("C", "afgewezen", 0), ("WACHT", "ter_beoordeling", 0), ("VEEL", "afgewezen", 0), ("A", "toegekend", 2 * TARIEF),
    ]  # fmt: skip
    assert listed(AANBIEDER) == listed(anna)
    assert listed(anna, 99) is None
    assert listed(Sleutelhouder(GEMEENTE, "x", "aanbieder", ANDER)) is None
    (eerste,) = list_prestaties_op(werkplaats.seen_by(anna), 2, 5, None).regels
    assert (eerste.referentienummer, eerste.retourcode_teksten) == ("ANDERS", {})
    assert eerste.declaratienummer


def test_decisions_on_lines_alike_are_remembered(werkplaats: Werkplaats, anna: Sleutelhouder) -> None:
    fill_town(werkplaats, 1, 2, 4)
    send(werkplaats, toewijzing(3, agb=ANDER))
    submit(werkplaats, Regel("VREEMD", 3, JAN, 1), agb=ANDER)
    submit(werkplaats, Regel("A", 1, JAN, 2), Regel("B", 2, JAN, 3), Regel("C", 4, FEB, 1), Regel("D", 2, FEB, 1))
    kijker, nummer = werkplaats.seen_by(anna), prestatie_id(werkplaats, "D")
    assert list_eerdere(kijker, nummer) == []
    (eerst,) = genomen(beslis(werkplaats, "A", door=anna.sleutel_id))
    genomen(beslis(werkplaats, "VREEMD"))
    genomen(beslis(werkplaats, "A", besluit="afwijzen", retourcode="0611", volgt_op=eerst.besluit_id, door=anna.sleutel_id))
    genomen(beslis(werkplaats, "B", door="dienst"))
    gevonden = list_eerdere(kijker, nummer)
    assert gevonden is not None
    assert [(item.referentienummer, item.besluit, item.door) for item in gevonden] == [
        ("A", "afwijzen", "Anna"), ("VREEMD", "toekennen", "de anna"),
    ]  # fmt: skip
    assert (gevonden[0].client, gevonden[0].regel, gevonden[0].motivering) == ("******006", "DA07", REDEN)
    assert gevonden[0].retourcode_tekst
    assert list_eerdere(werkplaats.seen_by(Sleutelhouder("0518", "x", "contractbeheer", None)), nummer) is None


def test_a_question_waits_for_who_did_not_speak_last(werkplaats: Werkplaats, anna: Sleutelhouder) -> None:
    fill_town(werkplaats, 1, 2, 4)
    send(werkplaats, toewijzing(3, agb=ANDER))
    submit(werkplaats, Regel("VREEMD", 3, JAN, 1), agb=ANDER)
    submit(werkplaats, Regel("A", 1, JAN, 2), Regel("B", 2, JAN, 3), Regel("C", 4, JAN, 1))
    for naam in ("VREEMD", "A", "B"):
        place_opmerking(werkplaats, anna, prestatie_id(werkplaats, naam), f"Wat is {naam}?")
    place_opmerking(werkplaats, AANBIEDER, prestatie_id(werkplaats, "B"), "Dat is B.")

    def waiting(houder: Sleutelhouder, wacht_op: str | None, agb: str | None = None) -> list[tuple[str, int, str]]:
        eerste = list_vragen(werkplaats.seen_by(houder), wacht_op, 1, None, agb)  # type: ignore[arg-type]
        alles, volgende = list(eerste.regels), eerste.volgende
        while volgende:
            verder = list_vragen(werkplaats.seen_by(houder), wacht_op, 1, volgende, agb)  # type: ignore[arg-type]
            alles, volgende = [*alles, *verder.regels], verder.volgende
        return [(item.referentienummer, item.aantal, item.tekst) for item in alles]

    assert waiting(anna, "aanbieder") == [("VREEMD", 1, "Wat is VREEMD?"), ("A", 1, "Wat is A?")]
    assert waiting(anna, "gemeente") == [("B", 2, "Dat is B.")]
    assert waiting(anna, None, AGB) == [("A", 1, "Wat is A?"), ("B", 2, "Dat is B.")]
    assert waiting(AANBIEDER, "aanbieder") == [("A", 1, "Wat is A?")]
    genomen(beslis(werkplaats, "A"))
    assert waiting(AANBIEDER, "aanbieder") == []


def test_another_is_told_nothing(werkplaats: Werkplaats, anna: Sleutelhouder) -> None:
    fill_town(werkplaats, 1)
    bericht = submit(werkplaats, Regel("A", 1, JAN, 2))["berichtId"]
    nummer = prestatie_id(werkplaats, "A")
    for houder in (Sleutelhouder(GEMEENTE, "x", "aanbieder", ANDER), Sleutelhouder("0518", "y", "contractbeheer", None)):
        kijker = werkplaats.seen_by(houder)
        assert tell_bericht(kijker, bericht) is tell_prestatie(kijker, nummer) is tell_toewijzing(kijker, 1) is None
