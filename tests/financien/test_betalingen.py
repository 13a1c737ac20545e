"""What a payment run takes and leaves: blocks, credits, corrections, carry-over, and the four eyes that approve it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from berichten.kern.nietnu import NietNu
from berichten.opslag.financien.betalingen import Betaalrunrij
from berichten.opslag.financien.blokkades import Blokkade
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.financien.maak_betaalrun import GEEN_EIGEN_REKENING, propose_run
from tests.api.deur.test_aantal_opdrachten import counted
from tests.conftest import VANDAAG
from tests.hulp.besluiten import APR, JAN, beslis, fill_town, genomen, submit
from tests.hulp.bouwstenen import AGB, GEMEENTE
from tests.hulp.declareer import Regel
from tests.hulp.eigenaar import as_owner
from tests.hulp.geld.betaal import ANDER, BEVESTIGT, BLOKKEERT, KEURT, MAAKT, TARIEF, Kas

TABELLEN = ("betaalblokkade", "betaalrun", "betaalregel", "betaalrekening", "betaalopdracht", "betaalbestand")


@pytest.fixture
def kas(werkplaats: Werkplaats) -> Kas:
    return Kas(werkplaats)


def melding(uitkomst: object) -> str:
    """The words of a refusal."""
    assert isinstance(uitkomst, NietNu), uitkomst
    return uitkomst.melding


def test_a_run_pays_every_aanbieder_what_was_awarded_and_only_once(kas: Kas) -> None:
    kas.declareer(4, 2)
    kas.declareer(3, agb=ANDER)
    run = kas.stel_voor()
    assert (run.status, run.totaal_bedrag, run.aantal_betalingen, run.aantal_boekingen) == ("voorstel", 9 * TARIEF, 2, 3)
    assert run.uitvoeringsdatum == date(2026, 7, 1)
    assert kas.opdrachten(run, "betalen") == {AGB: 6 * TARIEF, ANDER: 3 * TARIEF}
    assert "niets te betalen" in melding(kas.stel_voor())
    assert kas.keur(run).status == "goedgekeurd"
    assert "niets te betalen" in melding(kas.stel_voor())
    assert kas.verschillen() == []


def test_a_blocked_line_waits_until_the_block_is_lifted(kas: Kas) -> None:
    eerste, _ = kas.declareer(4, 2)
    blokkade = kas.blokkeer(eerste)
    assert (blokkade.agb, blokkade.prestatie_id, blokkade.ingesteld_door) == (AGB, eerste, BLOKKEERT)
    assert kas.betaal() == {AGB: 2 * TARIEF}
    opgeheven = kas.hef_op(blokkade)
    assert (opgeheven.opgeheven_door, opgeheven.opgeheven_op is not None) == (BEVESTIGT, True)
    assert kas.betaal() == {AGB: 4 * TARIEF}
    assert "al opgeheven" in melding(kas.hef_op(blokkade))


def test_a_blocked_aanbieder_gets_nothing_and_others_do(kas: Kas) -> None:
    kas.declareer(4)
    kas.declareer(3, agb=ANDER)
    blokkade = kas.blokkeer(agb=AGB)
    run = kas.stel_voor()
    assert kas.opdrachten(run, "geblokkeerd") == {AGB: 0}
    assert kas.opdrachten(run, "betalen") == {ANDER: 3 * TARIEF}
    kas.hef_op(blokkade)
    assert kas.betaal() == {AGB: 4 * TARIEF}


def test_the_credit_of_a_blocked_line_does_not_come_off_other_money(kas: Kas) -> None:
    eerste, _ = kas.declareer(4, 2)
    blokkade = kas.blokkeer(eerste)
    kas.crediteer(eerste)
    assert kas.betaal() == {AGB: 2 * TARIEF}
    kas.hef_op(blokkade)
    assert kas.betaal() == {}
    kas.declareer(1)
    assert kas.betaal() == {AGB: TARIEF}


def test_a_credit_after_payment_comes_off_the_next_run(kas: Kas) -> None:
    eerste, _ = kas.declareer(4, 2)
    assert kas.betaal() == {AGB: 6 * TARIEF}
    kas.crediteer(eerste)
    kas.declareer(5)
    assert kas.betaal() == {AGB: TARIEF}


def test_a_correction_after_payment_is_paid_by_itself(kas: Kas) -> None:
    (regel,) = kas.declareer(4)
    assert kas.betaal() == {AGB: 4 * TARIEF}
    kas.corrigeer(regel, 250)
    run = kas.stel_voor()
    assert kas.boekingen(run) == {(regel, 2)}
    assert kas.keur(run).totaal_bedrag == 250


def test_what_comes_to_less_than_nothing_is_carried_over(kas: Kas) -> None:
    (regel,) = kas.declareer(4)
    assert kas.betaal() == {AGB: 4 * TARIEF}
    kas.crediteer(regel)
    assert "door credits niets te goed: 1" in melding(kas.stel_voor())
    kas.declareer(3, agb=ANDER)
    run = kas.stel_voor()
    assert kas.opdrachten(run, "doorschuiven") == {AGB: -4 * TARIEF}
    assert kas.keur(run).totaal_bedrag == 3 * TARIEF
    kas.declareer(6)
    assert kas.betaal() == {AGB: 2 * TARIEF}


def test_an_aanbieder_without_account_waits_for_one(kas: Kas) -> None:
    kas.declareer(4)
    kas.declareer(3, agb=ANDER)
    kas.leg_rekening_vast(AGB, "NL02RABO0123456789", date(2026, 1, 1), date(2026, 6, 30))
    run = kas.stel_voor()
    assert kas.opdrachten(run, "zonder_rekening") == {AGB: 4 * TARIEF}
    assert kas.keur(run).totaal_bedrag == 3 * TARIEF
    kas.leg_rekening_vast(AGB, "NL91ABNA0417164300", date(2026, 7, 1))
    assert kas.betaal() == {AGB: 4 * TARIEF}


def test_without_an_account_of_its_own_a_gemeente_cannot_pay(werkplaats: Werkplaats) -> None:
    assert propose_run(werkplaats, GEMEENTE, MAAKT) is GEEN_EIGEN_REKENING


def test_awarded_lines_wait_until_the_last_held_line_of_their_declaration_is_decided(kas: Kas) -> None:
    fill_town(kas.werkplaats, 900, Omvang={"Volume": 40, "Eenheid": "04", "Frequentie": "6"})
    resultaat = submit(kas.werkplaats, Regel("KA", 900, JAN, 4), Regel("KB", 900, APR, 2))
    assert (resultaat["status"], resultaat["toegekendBedrag"]) == ("ter_beoordeling", 2 * TARIEF)
    assert "niets te betalen" in melding(kas.stel_voor())
    genomen(beslis(kas.werkplaats, "KA"))
    assert kas.betaal() == {AGB: 6 * TARIEF}


def test_a_run_takes_what_stood_at_its_moment_and_no_more(kas: Kas) -> None:
    begin = kas.werkplaats.instellingen.nu()
    kas.declareer(4)
    tussen = kas.werkplaats.instellingen.nu()
    kas.declareer(3)
    assert "niets te betalen" in melding(kas.stel_voor(peildatum=begin))
    run = kas.stel_voor(peildatum=tussen)
    assert (run.totaal_bedrag, run.peildatum) == (4 * TARIEF, tussen)
    assert kas.stel_voor().totaal_bedrag == 3 * TARIEF


def test_a_moment_to_come_counts_as_now(kas: Kas) -> None:
    kas.declareer(4)
    assert kas.stel_voor(peildatum=datetime(2027, 1, 1, tzinfo=UTC)).peildatum <= kas.werkplaats.instellingen.nu()


def test_the_maker_may_not_approve(kas: Kas) -> None:
    kas.declareer(4)
    run = kas.stel_voor()
    assert "collega" in melding(kas.keur(run, door=MAAKT))
    gekeurd = kas.keur(run)
    assert (gekeurd.goedgekeurd_door, gekeurd.status) == (KEURT, "goedgekeurd")
    assert "al goedgekeurd" in melding(kas.keur(run))
    assert "al goedgekeurd" in melding(kas.trek_in(run))


def test_a_withdrawn_proposal_gives_its_lines_back(kas: Kas) -> None:
    kas.declareer(4)
    run = kas.stel_voor()
    weg = kas.trek_in(run)
    assert (weg.status, weg.ingetrokken_door) == ("ingetrokken", MAAKT)
    assert "ingetrokken" in melding(kas.keur(run))
    nieuw = kas.stel_voor()
    assert kas.boekingen(nieuw) == kas.boekingen(run)
    assert kas.keur(nieuw).totaal_bedrag == 4 * TARIEF
    assert kas.verschillen() == []


@pytest.mark.parametrize("alles", [True, False])
def test_a_block_after_the_proposal_stops_its_approval(kas: Kas, alles: bool) -> None:
    (regel,) = kas.declareer(4)
    run = kas.stel_voor()
    blokkade = kas.blokkeer(agb=AGB) if alles else kas.blokkeer(regel)
    assert AGB in melding(kas.keur(run))
    kas.hef_op(blokkade)
    assert kas.keur(run).totaal_bedrag == 4 * TARIEF


def test_another_account_after_the_proposal_stops_its_approval(kas: Kas) -> None:
    kas.declareer(4)
    run = kas.stel_voor()
    kas.leg_rekening_vast(AGB, "NL20INGB0001234567", VANDAAG)
    assert f"bankrekening van aanbieder {AGB}" in melding(kas.keur(run))
    kas.trek_in(run)
    assert kas.betaal() == {AGB: 4 * TARIEF}
    run = kas.stel_voor() if kas.declareer(1) else None
    assert isinstance(run, Betaalrunrij)
    kas.leg_rekening_vast("", "NL20INGB0001234567", VANDAAG)
    assert "bankrekening van de gemeente" in melding(kas.keur(run))


def test_a_proposal_that_lay_waiting_is_paid_today_at_the_earliest(kas: Kas) -> None:
    kas.declareer(4)
    run = kas.stel_voor(uitvoeringsdatum=VANDAAG - timedelta(days=5))
    assert kas.keur(run).uitvoeringsdatum == VANDAAG


def test_what_cannot_be_blocked(kas: Kas) -> None:
    (regel,) = kas.declareer(4)
    assert isinstance(kas.blokkeer(regel), Blokkade)
    assert "staat er al" in melding(kas.blokkeer(regel))
    assert kas.blokkeer(regel + 1) is None
    assert kas.blokkeer(regel, agb=ANDER) is None
    assert kas.blokkeer(agb="42429999") is None
    (betaald,) = kas.declareer(2)
    assert kas.betaal() == {AGB: 2 * TARIEF}
    assert "goedgekeurde betaalrun" in melding(kas.blokkeer(betaald))


def test_a_line_with_a_correction_still_open_can_be_blocked(kas: Kas) -> None:
    (regel,) = kas.declareer(4)
    assert kas.betaal() == {AGB: 4 * TARIEF}
    kas.corrigeer(regel, 250)
    assert isinstance(kas.blokkeer(regel), Blokkade)
    assert kas.betaal() == {}


def test_any_number_of_lines_takes_the_same_number_of_statements(kas: Kas) -> None:
    aantallen = []
    for volumes in ((1,), (1,) * 12):
        kas.declareer(*volumes)
        kas.declareer(*volumes, agb=ANDER)
        with counted() as opdrachten:
            assert kas.betaal() == {AGB: sum(volumes) * TARIEF, ANDER: sum(volumes) * TARIEF}
        aantallen.append(len(opdrachten))
    assert aantallen[0] == aantallen[1] < 40


@pytest.mark.parametrize(
    "opdracht",
    [
        "UPDATE betaalblokkade SET reden = 'anders'",
        "UPDATE betaalblokkade SET opgeheven_op = NULL, opgeheven_door = NULL",
        "UPDATE betaalrun SET status = 'voorstel', goedgekeurd_op = NULL, goedgekeurd_door = NULL",
        "UPDATE betaalregel SET bedrag = 1, levend = false",
        "UPDATE {} SET gemeente = '0001'",
        "DELETE FROM {}",
        "TRUNCATE {} CASCADE",
    ],
)
def test_what_was_recorded_of_payments_stays(kas: Kas, opdracht: str) -> None:
    """Not even the owner of the tables changes it by an ordinary statement."""
    eerste, _ = kas.declareer(4, 2)
    kas.hef_op(kas.blokkeer(eerste))
    kas.betaal()
    for zin in dict.fromkeys(opdracht.format(tabel) for tabel in TABELLEN):
        with pytest.raises(DatabaseError, match="alleen om aan toe te voegen"), as_owner(kas.werkplaats) as verbinding:
            verbinding.execute(text(zin))


def test_what_was_declared_before_the_first_month_was_paid_elsewhere(kas: Kas) -> None:
    kas.declareer(4)
    alle = kas.werkplaats.instellingen
    kas.werkplaats = replace(kas.werkplaats, instellingen=alle.model_copy(update={"betalen_vanaf": date(2026, 6, 1)}))
    assert "niets te betalen" in melding(kas.stel_voor())
    kas.werkplaats = replace(kas.werkplaats, instellingen=alle.model_copy(update={"betalen_vanaf": date(2026, 5, 1)}))
    assert kas.betaal() == {AGB: 4 * TARIEF}
