"""What staff and the aanbieder read of requests: their terms, the thread, and nothing of another's."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from api.portaal.verzoeken.verzoekwoorden import tell_waarom
from berichten.beoordeling.verzoeken.verzoekbesluit import Verzoekweigering
from berichten.inzage.basis.bladzijde import WijzerFout
from berichten.inzage.verzoeken.verzoekdossier import Verzoekdossier, find_verzoek
from berichten.inzage.verzoeken.verzoeklijst import Verzoekfilter, list_verzoeken
from berichten.kern.houder import Sleutelhouder
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.verzoeken.beslis_verzoek import GenomenVerzoekbesluit
from berichten.processen.verzoeken.vul_verzoek_aan import ask_intrekking, note_woonplaats
from tests.conftest import VANDAAG
from tests.hulp.bouwstenen import AGB, GEMEENTE
from tests.hulp.declareer import send, toewijzing
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
    assert eerste.regels[0].termijn == eerste.regels[0].reactie_uiterlijk_op == date(2026, 7, 7)
    assert tweede.regels[0].termijn == date(2026, 6, 15) + timedelta(days=56)
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
