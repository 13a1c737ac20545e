"""Refused attempts: the same bytes once, so many a day, and removed in time; what was taken is never removed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from berichten.kern.houder import Sleutelhouder
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.berichten.weigeringen import remove_old
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.bewaking.ruim_weigeringen_op import Opruimer
from berichten.processen.ontvangst.ontvang_bericht import Geweigerd, Ontvangen, accept
from berichten.voorbeelden.model.model import GEMEENTE
from tests.hulp.besluiten import scalar
from tests.hulp.bouw import bouw
from tests.hulp.bouwstenen import AGB

HOUDER = Sleutelhouder(GEMEENTE, "test", "aanbieder", AGB)


def refuse(werkplaats: Werkplaats, inhoud: bytes, houder: Sleutelhouder = HOUDER) -> Geweigerd:
    uitkomst = accept(werkplaats, inhoud, houder)
    assert isinstance(uitkomst, Geweigerd)
    return uitkomst


def attempts(werkplaats: Werkplaats) -> int:
    return int(scalar(werkplaats, "SELECT count(*) FROM bericht WHERE status = 'geweigerd'"))


def test_the_same_bytes_of_one_sender_are_one_attempt(werkplaats: Werkplaats) -> None:
    ander = replace(HOUDER, agb="42420002")
    keren = [refuse(werkplaats, b"<Jw303Declaratie/>").keren for _ in range(3)]
    refuse(werkplaats, b"<Jw303Declaratie/>", ander)
    assert (keren, attempts(werkplaats)) == ([1, 2, 3], 2)


def test_after_the_quota_every_fault_is_told_and_nothing_is_kept(werkplaats: Werkplaats) -> None:
    krap = replace(werkplaats, instellingen=werkplaats.instellingen.model_copy(update={"weigeringen_per_dag": 2}))
    uitkomsten = [refuse(krap, f"<Jw303Declaratie{nummer}/>".encode()) for nummer in range(4)]
    assert [uitkomst.bericht_id is None for uitkomst in uitkomsten] == [False, False, True, True]
    assert all(uitkomst.fouten for uitkomst in uitkomsten)
    assert attempts(werkplaats) == 2
    assert isinstance(accept(krap, bouw("JW323"), replace(HOUDER, agb=AGB)), Ontvangen)


def test_of_a_large_attempt_the_faults_are_kept_and_not_the_bytes(werkplaats: Werkplaats) -> None:
    uitkomst = refuse(werkplaats, b"<Jw303Declaratie>" + b" " * 1024 * 1024 + b"</Jw303Declaratie>")
    vraag = "SELECT count(*) FROM {} WHERE bericht_id = :b"
    assert scalar(werkplaats, vraag.format("bericht_inhoud"), b=uitkomst.bericht_id) == 0
    assert scalar(werkplaats, vraag.format("bevinding"), b=uitkomst.bericht_id) == 1


def test_old_attempts_are_removed_and_messages_stay(werkplaats: Werkplaats) -> None:
    genomen = accept(werkplaats, bouw("JW323"), HOUDER)
    assert isinstance(genomen, Ontvangen)
    refuse(werkplaats, b"<Jw303Declaratie/>")
    morgen = werkplaats.instellingen.nu() + timedelta(days=1)
    with werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
        assert remove_old(verbinding, werkplaats.instellingen.nu() - timedelta(days=1), 10) == 0
        assert remove_old(verbinding, morgen, 10) == 1
    assert attempts(werkplaats) == 0
    assert scalar(werkplaats, "SELECT count(*) FROM bericht") == 1


def test_the_sweeper_keeps_what_is_younger_than_the_setting(werkplaats: Werkplaats) -> None:
    refuse(werkplaats, b"<Jw303Declaratie/>")
    assert Opruimer(werkplaats).clean() == 0
    later = werkplaats.instellingen.huidige_datum
    assert later is not None
    instellingen = werkplaats.instellingen.model_copy(update={"huidige_datum": later + timedelta(days=31)})
    assert Opruimer(replace(werkplaats, instellingen=instellingen)).clean() == 1


def test_findings_of_a_message_that_was_taken_cannot_be_removed(werkplaats: Werkplaats) -> None:
    genomen = accept(werkplaats, bouw("JW323"), HOUDER)
    assert isinstance(genomen, Ontvangen)
    with werkplaats.opslag.transaction() as verbinding:
        verbinding.execute(
            text(
                "INSERT INTO bevinding"
                " (gemeente, bericht_id, volgnummer, agb, regel, gevolg, niveau, klasse, pad, melding, gegevens)"
                " VALUES (:g, :b, 1, :a, 'TR101', 'signaal', 2, 'Bericht', '', 'x', '{}')"
            ),
            {"g": GEMEENTE, "b": genomen.rij.bericht_id, "a": AGB},
        )
    with pytest.raises(DBAPIError, match="nooit gewijzigd"), werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
        verbinding.execute(text("DELETE FROM bevinding"))
