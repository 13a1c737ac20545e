"""Decisions on requests: what may be decided when, the JW319 that tells it, and the JW320 on that."""

from uuid import UUID

import pytest
from lxml import etree

from berichten.beoordeling.verzoeken.verzoekbesluit import Verzoekweigering
from berichten.opslag.berichten.berichten import find_bericht, read_inhoud
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.verzoeken.beslis_verzoek import GenomenVerzoekbesluit
from tests.hulp.bouwstenen import AGB, GEMEENTE
from tests.hulp.declareer import send, toewijzing
from tests.hulp.verzoeken import aanvraag, antwoord, beslis, retour, stand


def taken(uitkomst: GenomenVerzoekbesluit | Verzoekweigering) -> GenomenVerzoekbesluit:
    assert isinstance(uitkomst, GenomenVerzoekbesluit), uitkomst
    return uitkomst


def refused(uitkomst: GenomenVerzoekbesluit | Verzoekweigering) -> Verzoekweigering:
    assert isinstance(uitkomst, Verzoekweigering), uitkomst
    return uitkomst


def values(werkplaats: Werkplaats, bericht_id: UUID) -> dict[str, str]:
    """The elements with text of a message that is kept, by name."""
    with werkplaats.opslag.transaction() as verbinding:
        rij = find_bericht(verbinding, GEMEENTE, bericht_id)
        assert rij is not None
        assert (rij.soort, rij.status, rij.agb) == ("JW319", "verwerkt", AGB)
        inhoud = werkplaats.kluis.unpack(read_inhoud(verbinding, GEMEENTE, bericht_id) or b"")
    return {etree.QName(item).localname: item.text or "" for item in etree.fromstring(inhoud).iter() if not len(item)}


def test_investigated_then_refused_on_domicile_sends_two_jw319(werkplaats: Werkplaats) -> None:
    send(werkplaats, aanvraag("A-1", "A-2"))
    onderzoek = taken(beslis(werkplaats, "A-1", "in_onderzoek"))
    assert onderzoek.status == "in_onderzoek"
    assert onderzoek.antwoord_id is not None
    assert values(werkplaats, onderzoek.antwoord_id)["VerzoekAntwoord"] == "2"
    af = taken(beslis(werkplaats, "A-1", "afwijzen", "8", "0537", volgt_op=onderzoek.besluit_id))
    assert af.antwoord_id is not None
    waarden = values(werkplaats, af.antwoord_id)
    assert (waarden["ReferentieAanbieder"], waarden["RedenAfwijzingVerzoek"], waarden["Gemeente"]) == ("A-1", "8", "0537")
    assert (waarden["Afzender"], waarden["Ontvanger"]) == (GEMEENTE, AGB)
    een, twee = stand(werkplaats, "A-1"), stand(werkplaats, "A-2")
    assert een is not None
    assert twee is not None
    assert (een.status, een.antwoorden, twee.status) == ("afgewezen", ["2", "1"], "ontvangen")


def test_what_is_honoured_sends_nothing_and_may_be_taken_back_until_the_jw301(werkplaats: Werkplaats) -> None:
    send(werkplaats, aanvraag("A-1"))
    ja = taken(beslis(werkplaats, "A-1", "honoreren"))
    assert (ja.status, ja.antwoord_id) == ("te_honoreren", None)
    assert "al op te honoreren" in refused(beslis(werkplaats, "A-1", "honoreren", volgt_op=ja.besluit_id)).melding
    onderzoek = taken(beslis(werkplaats, "A-1", "in_onderzoek", volgt_op=ja.besluit_id))
    assert onderzoek.status == "in_onderzoek"
    opnieuw = taken(beslis(werkplaats, "A-1", "honoreren", volgt_op=onderzoek.besluit_id))
    tweede = refused(beslis(werkplaats, "A-1", "in_onderzoek", volgt_op=opnieuw.besluit_id))
    assert tweede.soort == "conflict"
    send(werkplaats, toewijzing(5001, ReferentieAanbieder="A-1"))
    na = refused(beslis(werkplaats, "A-1", "afwijzen", "3", volgt_op=opnieuw.besluit_id))
    assert na.soort == "conflict"
    assert "al gehonoreerd" in na.melding


@pytest.mark.parametrize(
    ("besluit", "reden", "gemeente", "melding"),
    [
        ("afwijzen", None, None, "hoort een reden"),
        ("afwijzen", "0", None, "lijst WJ759"),
        ("afwijzen", "8", None, "hoort de gemeente"),
        ("afwijzen", "8", GEMEENTE, "uw eigen gemeente"),
        ("afwijzen", "8", "9999", "bestaat vandaag niet"),
        ("afwijzen", "3", "0537", "alleen bij reden 8"),
        ("honoreren", "3", None, "alleen bij afwijzen"),
    ],
)
def test_a_decision_in_the_wrong_form_is_told_and_changes_nothing(
    werkplaats: Werkplaats, besluit: str, reden: str | None, gemeente: str | None, melding: str
) -> None:
    send(werkplaats, aanvraag("A-1"))
    weigering = refused(beslis(werkplaats, "A-1", besluit, reden, gemeente))  # type: ignore[arg-type]
    assert weigering.soort == "ongeldig"
    assert melding in weigering.melding
    een = stand(werkplaats, "A-1")
    assert een is not None
    assert een.status == "ontvangen"


def test_a_jw319_that_its_jw320_rejects_was_never_sent(werkplaats: Werkplaats) -> None:
    """The request is where it was; what was rejected may be sent again."""
    send(werkplaats, aanvraag("A-1"))
    ja = taken(beslis(werkplaats, "A-1", "honoreren"))
    onderzoek = taken(beslis(werkplaats, "A-1", "in_onderzoek", volgt_op=ja.besluit_id))
    assert onderzoek.antwoord_id is not None
    send(werkplaats, retour(werkplaats, onderzoek.antwoord_id, "9355"))
    een = stand(werkplaats, "A-1")
    assert een is not None
    assert (een.status, een.antwoorden) == ("te_honoreren", [])
    opnieuw = taken(beslis(werkplaats, "A-1", "in_onderzoek", volgt_op=onderzoek.besluit_id))
    assert opnieuw.antwoord_id is not None
    send(werkplaats, retour(werkplaats, opnieuw.antwoord_id))
    een = stand(werkplaats, "A-1")
    assert een is not None
    assert (een.status, een.antwoorden) == ("in_onderzoek", ["2"])


def test_a_jw319_of_the_back_office_leaves_no_room_for_a_second_answer(werkplaats: Werkplaats) -> None:
    send(werkplaats, aanvraag("A-1"))
    send(werkplaats, antwoord("A-1", "1", "3"))
    assert "al afgewezen" in refused(beslis(werkplaats, "A-1", "honoreren")).melding
    tweede = send(werkplaats, antwoord("A-1", "2"))
    assert tweede["verzoeken"][0]["retourcodes"] == ["9360", "9365"]
