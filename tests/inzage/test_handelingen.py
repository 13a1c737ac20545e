"""Who did what, and who was refused: in the log of the act itself, so that neither goes without the other."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from berichten.beoordeling.besluit import DIENST, Besluit
from berichten.boeken.betaling import Rekening
from berichten.inzage.toegang.inzagelog import Logfilter, list_inzagen
from berichten.kern.houder import Herkomst, Sleutelhouder
from berichten.kern.nietnu import NietNu
from berichten.opslag.toegang.inzagelog import Logregel, list_logregels_of
from berichten.opslag.toegang.logsleutel import pseudonym
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.besluiten.beslis_prestatie import decide
from berichten.processen.besluiten.plaats_opmerking import place_opmerking
from berichten.processen.financien.beoordeel_rekening import confirm_rekening
from berichten.processen.financien.keur_betaalrun import withdraw
from berichten.processen.financien.leg_rekening_vast import NieuweRekening, record_rekening
from berichten.processen.financien.maak_betaalrun import propose_run
from berichten.processen.financien.stel_blokkade import Doel, lift_blokkade, set_blokkade
from berichten.processen.ontvangst.ontvang_bericht import Verboden, accept
from tests.hulp.besluiten import REDEN, fill_town, prestatie_id, submit
from tests.hulp.bouwstenen import AGB, BSN, GEMEENTE
from tests.hulp.declareer import Regel, toewijzing
from tests.hulp.eigenaar import as_owner

ANNA = Sleutelhouder(GEMEENTE, "anna", "contractbeheer", None, herkomst=Herkomst("POST /proef", "127.0.0.1", "ab" * 16))
FIN = Sleutelhouder(GEMEENTE, "fin", "financien", None)
BEHEER = Sleutelhouder(GEMEENTE, "k9", "beheer", None)
JAN = date(2026, 1, 1)
IBAN = "NL91ABNA0417164300"


@pytest.fixture
def stad(werkplaats: Werkplaats) -> Werkplaats:
    """One held line, which Anna is to decide on."""
    fill_town(werkplaats, 1)
    submit(werkplaats, Regel("A", 1, JAN, 1))
    return werkplaats.asked_by(ANNA)


def _log(werkplaats: Werkplaats, soort: str) -> list[tuple[str, str, str, str, int]]:
    """Newest first: act, outcome, who, in which role, how many clients."""
    kijker = werkplaats.seen_by(BEHEER)
    gevonden = list_inzagen(kijker, Logfilter(object_soort=soort), 100, None).regels
    return [(rij.actie, rij.uitkomst, rij.door, rij.rol, rij.aantal) for rij in gevonden]


def _of_client(werkplaats: Werkplaats, soort: str) -> list[Logregel]:
    with werkplaats.opslag.transaction() as verbinding:
        rijen = list_logregels_of(verbinding, GEMEENTE, pseudonym(werkplaats.logsleutel, GEMEENTE, BSN))
    return [rij for rij in rijen if rij.object_soort == soort]


def _decide(stad: Werkplaats, nummer: int, **velden: Any) -> object:
    return decide(
        stad, GEMEENTE, "anna", [Besluit(**{"prestatie_id": nummer, "besluit": "toekennen", "motivering": REDEN, **velden})]
    )


def test_a_decision_is_in_the_log_of_its_client_with_the_request(stad: Werkplaats) -> None:
    nummer = prestatie_id(stad, "A")
    _decide(stad, nummer)
    (rij,) = _of_client(stad, "besluit")
    assert (rij.actie, rij.door, rij.rol, rij.object_id) == ("C", "anna", "contractbeheer", str(nummer))
    assert (rij.gebeurtenis, rij.bron, rij.spoor) == ("POST /proef", "127.0.0.1", "ab" * 16)


def test_a_decision_that_is_refused_is_in_the_log_with_what_was_said(stad: Werkplaats) -> None:
    _decide(stad, prestatie_id(stad, "A"), motivering=" ")
    _decide(stad, 1 << 40)
    assert _log(stad, "besluit") == [
        ("C", "niet_gevonden", "anna", "contractbeheer", 0), ("C", "geweigerd", "anna", "contractbeheer", 0),
    ]  # fmt: skip


def test_a_decision_of_the_service_is_nobodys(stad: Werkplaats) -> None:
    decide(stad, GEMEENTE, DIENST, [Besluit(prestatie_id(stad, "A"), "toekennen", REDEN)])
    assert _log(stad, "besluit") == [("C", "getoond", DIENST, DIENST, 1)]


def test_handling_a_message_is_one_row_with_its_clients(stad: Werkplaats) -> None:
    assert _log(stad, "verwerking") == [("C", "getoond", DIENST, DIENST, 1)] * 2


def test_without_a_log_nothing_is_decided(stad: Werkplaats) -> None:
    nummer = prestatie_id(stad, "A")
    with as_owner(stad) as verbinding:
        verbinding.execute(text("ALTER TABLE inzagelog ADD CONSTRAINT vol CHECK (false) NOT VALID"))
    with pytest.raises(DBAPIError):
        _decide(stad, nummer)
    with stad.opslag.transaction() as verbinding:
        assert verbinding.execute(text("SELECT count(*) FROM besluit")).scalar_one() == 0


def test_a_remark_is_in_the_log_of_its_client(stad: Werkplaats) -> None:
    nummer = prestatie_id(stad, "A")
    place_opmerking(stad, ANNA, nummer, "Waarom?")
    place_opmerking(stad, ANNA, 1 << 40, "Waarom?")
    assert len(_of_client(stad, "opmerking")) == 1
    assert [rij[1] for rij in _log(stad, "opmerking")] == ["niet_gevonden", "getoond"]


def test_steps_with_money_are_in_the_log_refused_or_not(stad: Werkplaats) -> None:
    """Who may not confirm what he proposed himself is refused, and that is known."""
    stad = stad.asked_by(FIN)
    rij = record_rekening(stad, GEMEENTE, "fin", NieuweRekening(AGB, Rekening(IBAN, "Stichting Zorg"), JAN, None))
    assert not isinstance(rij, list)
    assert isinstance(confirm_rekening(stad, GEMEENTE, "fin", rij.rekening_id), NietNu)
    assert confirm_rekening(stad, GEMEENTE, "fin", 1 << 40) is None
    assert [item[:4] for item in _log(stad, "rekening")] == [
        ("U", "niet_gevonden", "fin", "financien"), ("U", "geweigerd", "fin", "financien"), ("C", "getoond", "fin", "financien"),
    ]  # fmt: skip
    assert isinstance(propose_run(stad, GEMEENTE, "fin"), NietNu)
    assert withdraw(stad, GEMEENTE, "fin", 1 << 40) is None
    assert [item[:3] for item in _log(stad, "betaalrun")] == [("U", "niet_gevonden", "fin"), ("C", "geweigerd", "fin")]


def test_a_block_on_a_line_is_in_the_log_of_its_client(stad: Werkplaats) -> None:
    stad = stad.asked_by(FIN)
    gesteld = set_blokkade(stad, GEMEENTE, "fin", Doel(None, prestatie_id(stad, "A")), REDEN)
    assert gesteld is not None
    assert not isinstance(gesteld, NietNu)
    lift_blokkade(stad, GEMEENTE, "fin", gesteld.blokkade_id)
    lift_blokkade(stad, GEMEENTE, "fin", gesteld.blokkade_id)
    assert [rij.actie for rij in _of_client(stad, "blokkade")] == ["C", "U"]
    assert [rij[1] for rij in _log(stad, "blokkade")] == ["geweigerd", "getoond", "getoond"]


def test_who_sends_is_in_the_log_and_who_sends_for_another_without_a_mandate_too(werkplaats: Werkplaats) -> None:
    accept(werkplaats, toewijzing(1), Sleutelhouder(GEMEENTE, "g", "gemeente", None))
    assert isinstance(accept(werkplaats, toewijzing(2), Sleutelhouder(GEMEENTE, "a", "aanbieder", AGB)), Verboden)
    assert [rij[1:4] for rij in _log(werkplaats, "inzending")] == [
        ("geweigerd", "a", "aanbieder"), ("getoond", "g", "gemeente"),
    ]  # fmt: skip


def test_reference_data_is_in_the_log_of_its_gemeente(stad: Werkplaats) -> None:
    assert {rij[:2] for rij in _log(stad, "referentie")} == {("U", "getoond")}
