"""What staff and the aanbieder read of requests: their terms, the thread, and nothing of another's."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from api.portaal.verzoeken.verzoekwoorden import tell_gebruik, tell_waarom
from berichten.beoordeling.verzoeken.verzoekbesluit import Verzoekweigering
from berichten.inzage.basis.bladzijde import WijzerFout
from berichten.inzage.verzoeken.aandachtspunten import count_aandachtspunten
from berichten.inzage.verzoeken.verzoekbestand import export_verzoeken
from berichten.inzage.verzoeken.verzoekblad import find_verzoekblad
from berichten.inzage.verzoeken.verzoekdossier import Verzoekdossier, find_verzoek
from berichten.inzage.verzoeken.verzoeklijst import Verzoekfilter, list_verzoeken
from berichten.kern.houder import Sleutelhouder
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.verzoeken.beslis_verzoek import GenomenVerzoekbesluit
from berichten.processen.verzoeken.vul_verzoek_aan import ask_intrekking, note_woonplaats
from tests.conftest import VANDAAG
from tests.hulp.bouwstenen import AGB, GEMEENTE
from tests.hulp.declareer import Regel, declaratie, send, toewijzing
from tests.hulp.verzoeken import aanvraag, antwoord, beslis, retour, stand

STAF = Sleutelhouder(GEMEENTE, "anna", "contractbeheer", None)
EIGEN = Sleutelhouder(GEMEENTE, "clerk", "aanbieder", AGB)
ANDER = Sleutelhouder(GEMEENTE, "x", "aanbieder", "42420002")


def read(werkplaats: Werkplaats, houder: Sleutelhouder, referentie: str) -> Verzoekdossier | None:
    verzoek = stand(werkplaats, referentie)
    assert verzoek is not None
    return find_verzoek(werkplaats.seen_by(houder), verzoek.verzoek_id)


def test_the_list_by_term_shows_what_is_open_page_by_page_and_another_aanbieder_nothing(werkplaats: Werkplaats) -> None:
    send(werkplaats, aanvraag("A-1", "A-2", "A-3"))
    beslis(werkplaats, "A-2", "afwijzen", "3")
    beslis(werkplaats, "A-3", "in_onderzoek")
    kijker = werkplaats.seen_by(STAF)
    eerste = list_verzoeken(kijker, Verzoekfilter(), 1, None, "termijn")
    tweede = list_verzoeken(kijker, Verzoekfilter(), 1, eerste.volgende, "termijn")
    assert [item.referentie_aanbieder for item in (*eerste.regels, *tweede.regels)] == ["A-1", "A-3"]
    assert eerste.regels[0].termijn == date(2026, 7, 7), "five working days from receipt on 30 June"
    assert tweede.regels[0].termijn == date(2026, 8, 10), "eight weeks from the Dagtekening, once it is investigated"
    assert tweede.volgende is None
    assert len(list_verzoeken(kijker, Verzoekfilter(), 10, None).regels) == 3
    assert [item.status for item in list_verzoeken(kijker, Verzoekfilter(status="afgewezen"), 10, None).regels] == ["afgewezen"]
    assert list_verzoeken(kijker, Verzoekfilter(termijn_voor=VANDAAG), 10, None).regels == []
    assert len(list_verzoeken(werkplaats.seen_by(EIGEN), Verzoekfilter(), 10, None).regels) == 3
    assert list_verzoeken(werkplaats.seen_by(ANDER), Verzoekfilter(), 10, None).regels == []
    assert read(werkplaats, ANDER, "A-1") is None
    with pytest.raises(WijzerFout):
        list_verzoeken(kijker, Verzoekfilter(), 10, "onzin", "termijn")


def test_the_thread_holds_all_that_was_said_and_the_aanbieder_reads_the_motivering(werkplaats: Werkplaats) -> None:
    send(werkplaats, aanvraag("A-1"))
    onderzoek = beslis(werkplaats, "A-1", "in_onderzoek", motivering="Wij zoeken uit waar de cliënt woont.")
    assert isinstance(onderzoek, GenomenVerzoekbesluit)
    beslis(werkplaats, "A-1", "honoreren", volgt_op=onderzoek.besluit_id)
    send(werkplaats, toewijzing(5001, ReferentieAanbieder="A-1"))
    staf, eigen = read(werkplaats, STAF, "A-1"), read(werkplaats, EIGEN, "A-1")
    assert staf is not None
    assert eigen is not None
    assert [item.besluit for item in staf.besluiten] == ["in_onderzoek", "honoreren"]
    assert eigen.besluiten[0].motivering == "Wij zoeken uit waar de cliënt woont."
    assert {item.door for item in eigen.besluiten} == {None}
    assert [item.antwoord for item in staf.antwoorden] == ["2"]
    assert [item.toewijzingnummer for item in staf.toewijzingen] == [5001]
    assert (staf.status, staf.termijn, staf.mogelijk, staf.redenen) == ("toegewezen", None, [], {})


def test_domicile_and_the_wish_to_withdraw_move_nothing_and_mark_the_refusal(werkplaats: Werkplaats) -> None:
    send(werkplaats, aanvraag("A-1"))
    nummer = stand(werkplaats, "A-1").verzoek_id
    assert note_woonplaats(werkplaats, STAF, nummer, "nee", "0537") is None
    assert isinstance(note_woonplaats(werkplaats, STAF, nummer, "nee", GEMEENTE), Verzoekweigering)
    assert isinstance(ask_intrekking(werkplaats, ANDER, nummer, "Vergissing."), Verzoekweigering)
    assert ask_intrekking(werkplaats, EIGEN, nummer, "Vergissing, cliënt gaat elders heen.") is None
    nogmaals = ask_intrekking(werkplaats, EIGEN, nummer, "Vergissing.")
    assert isinstance(nogmaals, Verzoekweigering)
    assert nogmaals.soort == "conflict"
    staf, eigen = read(werkplaats, STAF, "A-1"), read(werkplaats, EIGEN, "A-1")
    assert staf is not None
    assert eigen is not None
    assert (staf.status, staf.intrekking_gevraagd) == ("ontvangen", True)
    assert [(item.uitkomst, item.gemeente) for item in staf.woonplaats] == [("nee", "0537")]
    assert eigen.woonplaats == []
    assert staf.mogelijk == ["honoreren", "in_onderzoek", "afwijzen"]
    assert set(staf.redenen) == set("123456789")
    beslis(werkplaats, "A-1", "afwijzen", "7")
    na = read(werkplaats, STAF, "A-1")
    assert na is not None
    assert na.besluiten[-1].op_verzoek_van_aanbieder


def test_a_refusal_of_the_back_office_is_told_by_its_jw319_and_not_by_what_was_decided_before(werkplaats: Werkplaats) -> None:
    send(werkplaats, aanvraag("A-1"))
    beslis(werkplaats, "A-1", "honoreren", motivering="Akkoord.")
    eerst = read(werkplaats, EIGEN, "A-1")
    assert eerst is not None
    assert (eerst.geldend_besluit and eerst.geldend_besluit.motivering, eerst.geldend_antwoord) == ("Akkoord.", None)
    send(werkplaats, antwoord("A-1", "1", "3"))
    dan = read(werkplaats, EIGEN, "A-1")
    assert dan is not None
    assert (dan.status, dan.geldend_besluit, dan.geldend_antwoord and dan.geldend_antwoord.reden) == ("afgewezen", None, "3")


def test_the_motivering_of_a_refusal_that_was_never_sent_stands_no_longer(werkplaats: Werkplaats) -> None:
    send(werkplaats, aanvraag("A-1"))
    af = beslis(werkplaats, "A-1", "afwijzen", "3", motivering="Geen contract.")
    assert isinstance(af, GenomenVerzoekbesluit)
    assert af.antwoord_id is not None
    eerst = read(werkplaats, EIGEN, "A-1")
    assert eerst is not None
    assert eerst.geldend_besluit is not None
    send(werkplaats, retour(werkplaats, af.antwoord_id, "9355"))
    dan = read(werkplaats, EIGEN, "A-1")
    assert dan is not None
    assert (dan.status, dan.geldend_besluit, dan.geldend_antwoord) == ("ontvangen", None, None)
    assert (tell_waarom(dan.antwoorden[0].reden, None), tell_waarom("8", "0537")[-8:]) == (", want er is geen contract", " Katwijk")


@pytest.mark.parametrize(("dag", "te_laat"), [(date(2026, 7, 14), False), (date(2026, 7, 15), True)])
def test_a_refusal_on_domicile_after_fourteen_days_is_marked_late(werkplaats: Werkplaats, dag: date, te_laat: bool) -> None:
    send(werkplaats, aanvraag("A-1"))
    later = replace(werkplaats, instellingen=werkplaats.instellingen.model_copy(update={"huidige_datum": dag}))
    beslis(later, "A-1", "afwijzen", "8", "0537")
    for houder in (STAF, EIGEN):
        dossier = read(werkplaats, houder, "A-1")
        assert dossier is not None
        assert dossier.woonplaats_te_laat is te_laat


def test_one_is_found_by_how_its_reference_begins_and_an_answer_by_when_it_came(werkplaats: Werkplaats) -> None:
    send(werkplaats, aanvraag("Map-1", "Map-2", "map_3", Commentaar="Alleen voor wie beslist."))
    kijker = werkplaats.seen_by(STAF)

    def found(**zeef: Any) -> set[str]:
        return {item.referentie_aanbieder for item in list_verzoeken(kijker, Verzoekfilter(**zeef), 10, None).regels}

    assert found(referentie="map-") == {"Map-1", "Map-2"}
    assert found(referentie="MAP_") == {"map_3"}, "a sign of a pattern is a letter like any"
    assert found(referentie="ap-1") == set()
    sinds = werkplaats.instellingen.nu() - timedelta(days=14)
    assert found(beantwoord_vanaf=sinds) == set()
    beslis(werkplaats, "Map-2", "in_onderzoek")
    beslis(werkplaats, "map_3", "afwijzen", "3")
    assert found(beantwoord_vanaf=sinds) == {"Map-2", "map_3"}
    assert found(beantwoord_vanaf=werkplaats.instellingen.nu() + timedelta(minutes=1)) == set()
    _, maak = export_verzoeken(kijker, Verzoekfilter(), "ontvangst")
    with werkplaats.opslag.transaction() as verbinding:
        bestand = maak(verbinding)
    assert {rij[1] for rij in bestand.rijen} == {"Map-1", "Map-2", "map_3"}
    assert "Alleen voor wie beslist." not in repr(bestand)


def test_who_decides_is_warned_before_the_day_of_domicile_until_somebody_found_the_client_is_of_here(
    werkplaats: Werkplaats,
) -> None:
    """Fourteen days from 30 June, two working days before it, and only where nobody said yes."""
    send(werkplaats, aanvraag("A-1", "A-2"))

    def warned(dag: date, houder: Sleutelhouder = STAF) -> list[str | None]:
        op = replace(werkplaats, instellingen=werkplaats.instellingen.model_copy(update={"huidige_datum": dag}))
        lijst = list_verzoeken(op.seen_by(houder), Verzoekfilter(), 10, None).regels
        return [item.woonplaats_waarschuwing for item in sorted(lijst, key=lambda item: item.referentie_aanbieder)]

    def counted(dag: date) -> int:
        op = replace(werkplaats, instellingen=werkplaats.instellingen.model_copy(update={"huidige_datum": dag}))
        return count_aandachtspunten(op.seen_by(STAF)).woonplaats

    vroeg, dichtbij, laatste, erna = (date(2026, 7, dag) for dag in (9, 10, 14, 15))
    assert [warned(dag) for dag in (vroeg, dichtbij, laatste, erna)] == [
        [None, None], ["bijna_verlopen"] * 2, ["bijna_verlopen"] * 2, ["verlopen"] * 2,
    ]  # fmt: skip
    assert [counted(dag) for dag in (vroeg, dichtbij, laatste, erna)] == [0, 2, 2, 0]
    assert warned(dichtbij, EIGEN) == [None, None]
    eerste, tweede = (stand(werkplaats, referentie) for referentie in ("A-1", "A-2"))
    assert eerste is not None
    assert tweede is not None
    note_woonplaats(werkplaats, STAF, eerste.verzoek_id, "onbekend")
    note_woonplaats(werkplaats, STAF, eerste.verzoek_id, "ja")
    note_woonplaats(werkplaats, STAF, tweede.verzoek_id, "nee", "0537")
    assert (warned(dichtbij), counted(dichtbij)) == ([None, "bijna_verlopen"], 1)


def test_the_page_of_who_decides_tells_what_is_awarded_held_and_left_and_drafts_all_that_is_to_be_honoured(
    werkplaats: Werkplaats,
) -> None:
    per_geheel = {"Volume": 40, "Eenheid": "04", "Frequentie": "6"}
    send(werkplaats, toewijzing(5001, Einddatum="2026-12-31", Omvang=per_geheel))
    assert send(werkplaats, declaratie(date(2026, 3, 1), [Regel("R1", 5001, date(2026, 3, 1), 10)]))["toegekendBedrag"] == 78050
    send(werkplaats, aanvraag("A-1", "A-2", Product={"Categorie": "45", "Code": "45A03"}))
    beslis(werkplaats, "A-2", "honoreren")
    verzoek = stand(werkplaats, "A-1")
    assert verzoek is not None
    blad = find_verzoekblad(werkplaats.seen_by(STAF), verzoek.verzoek_id)
    assert blad is not None
    (lopend,) = blad.lopend
    assert [tell_gebruik(lopend.gebruik, deel) for deel in ("toegekend", "aangehouden", "resterend")] == [
        "10\u00a0uur", "0\u00a0uur", "30\u00a0uur",
    ]  # fmt: skip
    assert [(item.referentie_aanbieder, item.toewijzingnummer) for item in blad.concept] == [
        ("A-1", None), ("A-2", None), (None, 5001),
    ]  # fmt: skip
