"""One person moves no money: whatever is tried in whatever order, two people saw an account that is paid."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from berichten.boeken.betaling import Rekening
from berichten.kern.nietnu import NietNu
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.financien.betalingen import Betaalrunrij
from berichten.opslag.financien.rekeningen import Rekeningrij
from berichten.opslag.toegang.sleutels import NieuweSleutel, make_sleutel
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.financien.beoordeel_rekening import confirm_rekening, withdraw_rekening
from berichten.processen.financien.keur_betaalrun import approve, withdraw
from berichten.processen.financien.leg_rekening_vast import NieuweRekening, record_rekening
from berichten.processen.financien.maak_betaalrun import propose_run
from berichten.processen.financien.stel_blokkade import lift_blokkade
from tests.hulp.bouwstenen import AGB, GEMEENTE
from tests.hulp.geld.betaal import BLOKKEERT, IBANS, KEURT, MAAKT, TARIEF, Kas

NIEUW = ("NL20INGB0001234567", "NL91ABNA0417164300")
MENSEN = ("an", "bo", "cor")


@pytest.fixture
def kas(werkplaats: Werkplaats) -> Kas:
    return Kas(werkplaats)


def propose(kas: Kas, door: str, iban: str = NIEUW[0]) -> Rekeningrij:
    rekening = NieuweRekening(AGB, Rekening(iban, "Stichting Het Pad"), date(2026, 6, 1), None)
    rij = record_rekening(kas.werkplaats, GEMEENTE, door, rekening)
    assert isinstance(rij, Rekeningrij)
    return rij


def confirm(kas: Kas, door: str, rij: Rekeningrij) -> Rekeningrij | NietNu | None:
    return confirm_rekening(kas.werkplaats, GEMEENTE, door, rij.rekening_id)


def paid_to(kas: Kas, run: Betaalrunrij) -> list[str]:
    with kas.werkplaats.opslag.transaction() as verbinding:
        vraag = text("SELECT iban FROM betaalopdracht WHERE run_id = :r AND uitkomst = 'betalen'")
        return list(verbinding.execute(vraag, {"r": run.run_id}).scalars())


def test_an_account_is_used_when_another_person_has_confirmed_it(kas: Kas) -> None:
    kas.declareer(2)
    rij = propose(kas, "an")
    run = kas.stel_voor()
    assert paid_to(kas, run) == [IBANS[AGB]]
    kas.trek_in(run)
    assert isinstance(confirm(kas, "an", rij), NietNu)
    bevestigd = confirm(kas, "bo", rij)
    assert isinstance(bevestigd, Rekeningrij)
    assert bevestigd.status == "bevestigd"
    assert isinstance(confirm(kas, "cor", rij), NietNu)
    assert paid_to(kas, kas.stel_voor()) == [NIEUW[0]]


def test_a_rejected_account_is_never_used(kas: Kas) -> None:
    kas.declareer(2)
    rij = propose(kas, "an")
    assert isinstance(withdraw_rekening(kas.werkplaats, GEMEENTE, "an", rij.rekening_id), Rekeningrij)
    assert isinstance(confirm(kas, "bo", rij), NietNu)
    assert paid_to(kas, kas.stel_voor()) == [IBANS[AGB]]


def test_who_touched_the_account_does_not_approve_its_first_payment(kas: Kas) -> None:
    kas.declareer(2)
    assert kas.betaal() == {AGB: 2 * TARIEF}
    confirm(kas, "bo", propose(kas, "an"))
    kas.declareer(3)
    run = kas.stel_voor()
    for wie in ("an", "bo"):
        weigering = approve(kas.werkplaats, GEMEENTE, wie, run.run_id)
        assert isinstance(weigering, NietNu)
        assert f"rekening van aanbieder {AGB}" in weigering.melding
    assert isinstance(kas.keur(run), Betaalrunrij)
    kas.declareer(1)
    assert isinstance(approve(kas.werkplaats, GEMEENTE, "an", kas.stel_voor().run_id), Betaalrunrij)


def test_a_block_is_lifted_by_two_who_do_not_approve_what_it_held(kas: Kas) -> None:
    (regel,) = kas.declareer(2)
    kas.declareer(1)
    kas.betaal()
    (regel,) = kas.declareer(4)
    blokkade = kas.blokkeer(regel)
    lift_blokkade(kas.werkplaats, GEMEENTE, "an", blokkade.blokkade_id)
    assert isinstance(kas.stel_voor(), NietNu)
    assert isinstance(lift_blokkade(kas.werkplaats, GEMEENTE, "an", blokkade.blokkade_id), NietNu)
    lift_blokkade(kas.werkplaats, GEMEENTE, "bo", blokkade.blokkade_id)
    run = kas.stel_voor()
    for wie in ("an", "bo"):
        weigering = approve(kas.werkplaats, GEMEENTE, wie, run.run_id)
        assert isinstance(weigering, NietNu)
        assert "blokkade" in weigering.melding
    assert isinstance(kas.keur(run), Betaalrunrij)


def test_who_set_a_block_that_was_lifted_may_approve(kas: Kas) -> None:
    """A block holds money back: nobody gains by setting one."""
    (regel,) = kas.declareer(2)
    blokkade = kas.blokkeer(regel)
    kas.hef_op(blokkade)
    assert isinstance(approve(kas.werkplaats, GEMEENTE, BLOKKEERT, kas.stel_voor().run_id), Betaalrunrij)


@pytest.mark.parametrize("anders", ["ans de  wit", "Ans de Wit.", "Ans-de Wit", "ÁNS DE WIT", "Ans\u00a0de Wit\u200b"])
def test_two_keys_of_one_person_are_one(kas: Kas, anders: str) -> None:
    kas.declareer(2)
    nu = kas.werkplaats.instellingen.nu()
    with kas.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        een, ander = (
            make_sleutel(verbinding, GEMEENTE, "financien", None, nu, nieuw=NieuweSleutel(eigenaar=naam)).split(".")[1]
            for naam in ("Ans de Wit", anders)
        )
    rij = propose(kas, een)
    assert isinstance(confirm(kas, ander, rij), NietNu)
    run = propose_run(kas.werkplaats, GEMEENTE, een)
    assert isinstance(run, Betaalrunrij)
    assert isinstance(approve(kas.werkplaats, GEMEENTE, ander, run.run_id), NietNu)
    assert isinstance(approve(kas.werkplaats, GEMEENTE, KEURT, run.run_id), Betaalrunrij)


def test_of_two_who_confirm_at_once_one_is_told_that_it_was_done(kas: Kas) -> None:
    kas.declareer(1)
    rij = propose(kas, MAAKT)
    with ThreadPoolExecutor(2) as ploeg:
        uitkomsten = list(ploeg.map(lambda wie: confirm(kas, wie, rij), ("an", "bo")))
    assert sorted(type(uitkomst).__name__ for uitkomst in uitkomsten) == ["NietNu", "Rekeningrij"]


STAP = st.tuples(
    st.sampled_from(("stel_rekening", "bevestig", "maak_run", "keur", "trek_in", "declareer")),
    st.sampled_from(MENSEN),
    st.integers(0, 3),
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stappen=st.lists(STAP, min_size=4, max_size=14))
def test_no_payment_leaves_to_an_account_that_fewer_than_two_people_touched(kas: Kas, stappen: list[tuple[str, str, int]]) -> None:
    kas.declareer(1)
    rekeningen: list[Rekeningrij] = []
    run: Betaalrunrij | NietNu | None = None
    for stap, wie, keuze in stappen:
        if stap == "stel_rekening":
            rekeningen.append(propose(kas, wie, NIEUW[keuze % 2]))
        elif stap == "bevestig" and rekeningen:
            confirm(kas, wie, rekeningen[keuze % len(rekeningen)])
        elif stap == "declareer":
            kas.declareer(1)
        elif stap == "maak_run":
            uitkomst = propose_run(kas.werkplaats, GEMEENTE, wie)
            run = uitkomst if isinstance(uitkomst, Betaalrunrij) else run
        elif isinstance(run, Betaalrunrij):
            (approve if stap == "keur" else withdraw)(kas.werkplaats, GEMEENTE, wie, run.run_id)
    with kas.werkplaats.opslag.transaction() as verbinding:
        betaald = verbinding.execute(
            text("""
                SELECT r.gemaakt_door, r.goedgekeurd_door, array(SELECT b.vastgelegd_door || '+' || o.door FROM betaalrekening b
                    JOIN rekeningoordeel o USING (gemeente, rekening_id) WHERE o.oordeel = 'bevestigd' AND b.agb = p.agb
                    AND b.iban = p.iban AND b.tenaamstelling = p.tenaamstelling AND o.gegeven_op <= r.gemaakt_op)
                FROM betaalrun r JOIN betaalopdracht p USING (gemeente, run_id)
                WHERE r.status = 'goedgekeurd' AND p.uitkomst = 'betalen'
            """)
        ).all()
    for maakte, keurde, handen in betaald:
        assert maakte != keurde
        assert handen
        assert all(len(set(hand.split("+"))) == 2 for hand in handen)
    if isinstance(run, Betaalrunrij):
        withdraw(kas.werkplaats, GEMEENTE, MAAKT, run.run_id)
    assert kas.verschillen() == []
