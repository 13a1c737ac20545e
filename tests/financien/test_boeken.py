"""The proof of the books: silent when they tie, and naming what was tampered with when they do not."""

import time
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from berichten.klok import dutch_day, end_of
from berichten.opslag.basis.kluis import Kluis
from berichten.opslag.basis.verbinding import Login, Opslag
from berichten.opslag.financien.nachtcontroles import find_nachtcontrole
from berichten.opslag.financien.zegels import last_seal, seal_days
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.bewaking import bewaak_boeken
from berichten.processen.bewaking.bewaak_boeken import Boekenwacht, Nacht, check_all, run_nightly
from berichten.processen.bewaking.meetwaarden import measure
from berichten.rapporten.boeken.aansluiting import CONTROLES
from tests.api.dienst import GEDULD
from tests.hulp.besluiten import (
    APR,
    FEB,
    JAN,
    MRT,
    TARIEF,
    beslis,
    fill_town,
    genomen,
    prestatie_id,
    rows,
    scalar,
    set_instelling,
    submit,
)
from tests.hulp.bouwstenen import GEMEENTE
from tests.hulp.declareer import Regel
from tests.hulp.eigenaar import as_owner
from tests.hulp.geld.boeken import STAF, knoei, recount, verschillen

_OMVANG = {"Volume": 40, "Eenheid": "04", "Frequentie": "6"}


@pytest.fixture
def boeken(werkplaats: Werkplaats) -> Werkplaats:
    """A of January awarded by a decision, B of February rejected by one, C of March awarded and credited by E, D awarded."""
    fill_town(werkplaats, 700, Omvang=_OMVANG)
    submit(werkplaats, Regel("A", 700, JAN, 2), Regel("B", 700, FEB, 3), Regel("C", 700, MRT, 1), Regel("D", 700, APR, 4))
    genomen(beslis(werkplaats, "A"))
    genomen(beslis(werkplaats, "B", besluit="afwijzen", retourcode="0611"))
    submit(werkplaats, Regel("E", 700, MRT, 1, vorig="C"))
    assert verschillen(werkplaats) == []
    return werkplaats


def gevonden(werkplaats: Werkplaats) -> set[tuple[str, str, str, str]]:
    """Check, what, expected and found of every difference."""
    return {(item.controle, item.wat, item.verwacht, item.gevonden) for item in verschillen(werkplaats)}


def wijzig(werkplaats: Werkplaats, referentie: str, wijziging: str) -> None:
    """Change the entry of the line with this reference."""
    knoei(werkplaats, f"UPDATE journaal SET {wijziging} WHERE prestatie_id = :p", p=prestatie_id(werkplaats, referentie))


def test_empty_books_tie(werkplaats: Werkplaats) -> None:
    assert verschillen(werkplaats) == []


def test_the_journal_refuses_change_by_those_without_all_rights(boeken: Werkplaats) -> None:
    for opdracht in ("UPDATE journaal SET bedrag = 1", "DELETE FROM journaal", "TRUNCATE journaal", "DELETE FROM journaalzegel"):
        with pytest.raises(DBAPIError, match="alleen om aan toe te voegen"), as_owner(boeken) as verbinding:
            verbinding.execute(text(opdracht))


def test_a_changed_amount_is_found_from_every_side(boeken: Werkplaats) -> None:
    wijzig(boeken, "D", "bedrag = bedrag + 1")
    hoort, er, alles = str(4 * TARIEF), str(4 * TARIEF + 1), 6 * TARIEF
    assert gevonden(boeken) == {
        ("declaratie", "toegekend volgens het journaal", str(alles + TARIEF), str(alles + TARIEF + 1)),
        ("regel", "bedrag in het journaal", hoort, er),
        ("totaal", "toegekend volgens het dagtotaal", er, hoort),
        ("antwoord", "toegekend volgens het antwoord", str(alles + TARIEF + 1), str(alles + TARIEF)),
        ("toewijzing", "benutting van de toewijzing", str(alles), str(alles + 1)),
        ("verplichting", "gedeclareerd", str(alles + 1), str(alles)),
    }
    plaatsen = {item.controle: item.plaats for item in verschillen(boeken)}
    assert f"regel {prestatie_id(boeken, 'D')}" in plaatsen["regel"]
    assert plaatsen["toewijzing"] == "toewijzing 700"
    assert plaatsen["antwoord"].startswith("bericht ")


@pytest.mark.parametrize(
    ("wijziging", "wat", "verwacht", "er"),
    [
        ("productcode = '45A03'", "productcode", "45A48", "45A03"),
        ("categorie = '46'", "categorie", "45", "46"),
        ("zorgmaand = '2026-05-01'", "zorgmaand", "2026-04-01", "2026-05-01"),
        ("declaratiemaand = '2026-05-01'", "declaratiemaand", "2026-04-01", "2026-05-01"),
        ("agb = '42420002'", "aanbieder", "42420001", "42420002"),
        ("toewijzingnummer = 701", "toewijzing", "700", "701"),
        ("soort = 'creditering'", "soort", "toekenning", "creditering"),
        ("rekening = 'kantine'", "rekening", "jeugdhulp", "kantine"),
        ("tegenrekening = 'kas'", "tegenrekening", "aanbieders", "kas"),
        ("bedrag = -bedrag", "teken van het bedrag", "positief", str(-4 * TARIEF)),
        ("geboekt_op = geboekt_op - interval '1 day'", "moment van boeken", "na ontvangst", "daarvoor"),
    ],
)
def test_every_changed_field_is_named(boeken: Werkplaats, wijziging: str, wat: str, verwacht: str, er: str) -> None:
    wijzig(boeken, "D", wijziging)
    assert ("boeking", wat, verwacht, er) in gevonden(boeken)
    boeking = next(item for item in verschillen(boeken) if item.controle == "boeking")
    assert f"regel {prestatie_id(boeken, 'D')}, boeking 1" in boeking.plaats


def test_a_deleted_entry_is_missed(boeken: Werkplaats) -> None:
    knoei(boeken, "DELETE FROM journaal WHERE prestatie_id = :p", p=prestatie_id(boeken, "D"))
    assert ("regel", "bedrag in het journaal", str(4 * TARIEF), "0") in gevonden(boeken)
    gemist = {"declaratie", "regel", "totaal", "antwoord", "toewijzing", "verplichting"}
    assert {item.controle for item in verschillen(boeken)} == gemist


def test_an_inserted_entry_is_found_with_and_without_a_line(boeken: Werkplaats) -> None:
    nieuw = (
        "INSERT INTO journaal SELECT gemeente, {}, {}, agb, bericht_id, NULL, {}, rekening, tegenrekening, {}, toewijzingnummer,"
        " categorie, productcode, zorgmaand, declaratiemaand, geboekt_op FROM journaal WHERE prestatie_id = :p AND boeking = 1"
    )
    knoei(
        boeken,
        nieuw.format("prestatie_id + 500", 1, "'toekenning'", 5),
        nieuw.format("prestatie_id", 2, "'correctie'", 7),
        p=prestatie_id(boeken, "D"),
    )
    er = gevonden(boeken)
    assert ("boeking", "regel", "een regel met dit nummer", "geen regel") in er
    assert ("regel", "bedrag in het journaal", str(4 * TARIEF), str(4 * TARIEF + 7)) in er
    assert ("besluit", "besluit van de correctie", "een besluit", "geen besluit") in er
    assert ("toewijzing", "benutting van de toewijzing", str(6 * TARIEF), str(6 * TARIEF + 12)) in er


def test_decisions_entries_and_outcomes_must_agree(boeken: Werkplaats) -> None:
    besluit = scalar(boeken, "SELECT besluit_id FROM journaal WHERE prestatie_id = :p", p=prestatie_id(boeken, "A"))
    wijzig(boeken, "A", "besluit_id = NULL")
    assert ("besluit", "besluit van de boeking", "een besluit", "geen besluit") in gevonden(boeken)
    wijzig(boeken, "A", "besluit_id = 99")
    assert ("besluit", "besluit van de boeking", "een definitief besluit over deze regel", "onbekend besluit 99") in gevonden(
        boeken
    )
    wijzig(boeken, "A", f"besluit_id = {besluit}")
    assert verschillen(boeken) == []
    wijzig(boeken, "D", f"besluit_id = {besluit}")
    assert [item.controle for item in verschillen(boeken)] == ["besluit"]
    knoei(boeken, "UPDATE besluit SET besluit = 'afwijzen', retourcode = '0611' WHERE besluit_id = :b", tabel="besluit", b=besluit)
    assert ("besluit", "uitkomst volgens het laatste besluit", "afgewezen", "toegekend") in gevonden(boeken)


def test_what_the_message_says_of_itself_must_agree_with_its_lines(boeken: Werkplaats) -> None:
    with as_owner(boeken) as verbinding:
        verbinding.execute(text("ALTER TABLE bericht DROP CONSTRAINT bericht_check"))
        verbinding.execute(
            text("UPDATE bericht SET afgewezen_bedrag = 1, aantal_regels = 9 WHERE soort = 'JW323' AND aantal_regels = 4")
        )
    assert gevonden(boeken) == {
        ("declaratie", "ingediend = toegekend + afgewezen + te beoordelen", str(10 * TARIEF), str(7 * TARIEF + 1)),
        ("declaratie", "aantal regels", "9", "4"),
        ("declaratie", "afgewezen volgens de regels", str(3 * TARIEF), "1"),
    }


def test_an_answer_that_is_gone_changed_or_locked_is_found(boeken: Werkplaats) -> None:
    with as_owner(boeken) as verbinding:
        (eerste, _), (tweede, inhoud) = verbinding.execute(
            text("SELECT a.bericht_id, a.inhoud FROM antwoord a JOIN bericht b USING (gemeente, bericht_id)"
                 " WHERE b.soort = 'JW323' ORDER BY b.volgnummer")
        ).all()  # fmt: skip
        vervalst = boeken.kluis.unpack(bytes(inhoud)).replace(f">{TARIEF}<".encode(), b">1<", 2)
        verbinding.execute(text("DELETE FROM antwoord WHERE bericht_id = :b"), {"b": eerste})
        verbinding.execute(
            text("UPDATE antwoord SET inhoud = :i WHERE bericht_id = :b"), {"b": tweede, "i": boeken.kluis.pack(vervalst)}
        )
    assert gevonden(boeken) == {
        ("antwoord", "antwoord", "een antwoord", "nog geen antwoord"),
        ("antwoord", "ingediend volgens het antwoord", str(-TARIEF), "-1"),
        ("antwoord", "toegekend volgens het antwoord", str(-TARIEF), "-1"),
    }
    met_sleutel = Kluis("een andere sleutel dan toen").pack(vervalst)
    with as_owner(boeken) as verbinding:
        verbinding.execute(text("UPDATE antwoord SET inhoud = :i WHERE bericht_id = :b"), {"b": tweede, "i": met_sleutel})
    assert "onleesbaar" in {item.gevonden for item in verschillen(boeken)}


def seal(werkplaats: Werkplaats, dagen: int = 1, sleutel: str = "") -> int:
    """Seal all that was booked before so many days from now."""
    nu = werkplaats.instellingen.nu()
    with werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
        return seal_days(verbinding, GEMEENTE, dutch_day(nu) + timedelta(days=dagen), sleutel, nu)


def test_a_change_that_ties_everywhere_breaks_the_seal(boeken: Werkplaats) -> None:
    assert (seal(boeken), seal(boeken)) == (1, 0)
    assert verschillen(boeken) == []
    # The whole line is changed with its entry and its total: nothing but the seal remembers.
    wijzig(boeken, "D", "productcode = '45A03'")
    knoei(
        boeken, "UPDATE prestatie SET productcode = '45A03' WHERE prestatie_id = :p", tabel="prestatie", p=prestatie_id(boeken, "D")
    )
    recount(boeken)
    (verschil,) = verschillen(boeken)
    assert (verschil.controle, verschil.wat) == ("zegel", "verzegelde boekingen")
    assert verschil.gevonden == f"3 boekingen, samen {7 * TARIEF}, met andere gegevens"
    nummer = scalar(boeken, "SELECT prestatie_id >> 20 FROM prestatie WHERE prestatie_id = :p", p=prestatie_id(boeken, "D"))
    assert verschil.plaats == f"dag {boeken.instellingen.vandaag()}, bericht nummer {nummer}"


def test_the_moment_of_an_entry_is_sealed_too(boeken: Werkplaats) -> None:
    seal(boeken)
    wijzig(boeken, "E", "geboekt_op = geboekt_op - interval '1 microsecond'")
    assert {item.controle for item in verschillen(boeken)} == {"zegel"}


def test_entries_slipped_into_or_out_of_a_sealed_day_are_found(boeken: Werkplaats) -> None:
    seal(boeken)
    wijzig(boeken, "E", "geboekt_op = geboekt_op + interval '2 days'")
    assert ("zegel", "geen boekingen") in {(item.controle, item.gevonden) for item in verschillen(boeken)}


def test_who_makes_fingerprints_fit_still_has_no_key(boeken: Werkplaats) -> None:
    sleutel = "alleen de dienst kent deze"
    met_sleutel = replace(boeken, instellingen=boeken.instellingen.model_copy(update={"sleutel": sleutel}))
    seal(boeken, sleutel=sleutel)
    assert verschillen(met_sleutel) == []
    wijzig(boeken, "E", "geboekt_op = geboekt_op - interval '1 microsecond'")
    knoei(boeken, "DELETE FROM journaalzegel_bericht", tabel="journaalzegel_bericht")
    knoei(boeken, "DELETE FROM journaalzegel", tabel="journaalzegel")
    seal(boeken, sleutel="een geraden sleutel")
    assert [(item.controle, item.wat) for item in verschillen(met_sleutel)] == [("zegel", "zegel van de dag")]


def test_the_chain_holds_days_together(boeken: Werkplaats) -> None:
    wijzig(boeken, "E", "geboekt_op = geboekt_op + interval '1 day'")
    knoei(boeken, "UPDATE antwoord SET gemaakt_op = gemaakt_op + interval '1 day'", tabel="antwoord")
    recount(boeken)
    assert (seal(boeken), seal(boeken, 2)) == (1, 1)
    assert verschillen(boeken) == []
    knoei(
        boeken,
        "UPDATE journaalzegel SET zegel = sha256('iets') WHERE dag = (SELECT min(dag) FROM journaalzegel)",
        tabel="journaalzegel",
    )
    assert [item.wat for item in verschillen(boeken)] == ["zegel van de dag", "zegel van de dag"]


def gemeten(werkplaats: Werkplaats) -> float | None:
    metingen = {item.naam: item.waarde for item in measure(werkplaats, GEMEENTE)}
    return metingen.get("berichten_aansluiting_verschillen")


def test_the_night_checks_seals_keeps_and_raises_the_metric(boeken: Werkplaats) -> None:
    nacht = end_of(boeken.instellingen.vandaag()) + timedelta(hours=3)
    eerst, later = (set_instelling(boeken, stilgezet_op=nacht + timedelta(minutes=m)) for m in (0, 1))
    assert run_nightly(eerst) == 0
    assert gemeten(boeken) == 0
    with boeken.opslag.transaction(STAF) as verbinding:
        dag, zegel = last_seal(verbinding, GEMEENTE) or (None, b"")
    assert (dag, len(zegel)) == (boeken.instellingen.vandaag(), 32)
    wijzig(boeken, "D", "bedrag = bedrag + 1")
    # Amount seen from six sides, and the seal.
    assert run_nightly(later) == 7
    assert gemeten(boeken) == 7
    with boeken.opslag.transaction(STAF) as verbinding:
        laatste = find_nachtcontrole(verbinding, GEMEENTE)
    assert laatste is not None
    assert laatste.verschillen == 7
    per_controle = rows(boeken, "SELECT per_controle FROM boekencontrole ORDER BY gedraaid_op")
    assert [set(item[0]) for item in per_controle] == [set(CONTROLES)] * 2
    assert per_controle[1][0]["zegel"] == 1


def await_check(werkplaats: Werkplaats) -> None:
    uiterlijk = time.monotonic() + GEDULD
    while scalar(werkplaats, "SELECT count(*) FROM boekencontrole") == 0 and time.monotonic() < uiterlijk:
        time.sleep(0.02)


def test_the_watch_runs_once_a_night_and_remembers_an_alarm(boeken: Werkplaats) -> None:
    wijzig(boeken, "D", "bedrag = bedrag + 1")
    wacht = Boekenwacht(boeken)
    assert wacht.watch() is True
    await_check(boeken)
    wacht.stop()
    assert wacht.watch() is False
    assert gemeten(boeken) == 6
    # After a restart: no new check, and the alarm stands.
    assert Boekenwacht(boeken).watch() is False
    assert gemeten(boeken) == 6


def test_two_services_check_and_seal_once_a_night(boeken: Werkplaats) -> None:
    wachten = []
    for uur in (3, 4, 27):
        nacht = end_of(boeken.instellingen.vandaag()) + timedelta(hours=uur)
        huis = set_instelling(boeken, stilgezet_op=nacht)
        # The second begins while the first is at it, and so saw no check before it looked.
        ronde = [Boekenwacht(huis), Boekenwacht(huis)]
        for wacht in ronde:
            wacht.watch()
        wachten += ronde
        for wacht in ronde:
            wacht.stop()
        run_nightly(huis, sinds=nacht - timedelta(hours=2))
    assert [len(wachten), scalar(boeken, "SELECT count(*) FROM boekencontrole")] == [6, 2]
    assert scalar(boeken, "SELECT count(*) - count(DISTINCT dag) FROM journaalzegel") == 0


def test_two_services_do_not_check_at_once(boeken: Werkplaats) -> None:
    with boeken.opslag.transaction() as slot:
        slot.execute(text("SELECT pg_advisory_xact_lock(4842027)"))
        assert check_all(boeken, lambda: False, None) == Nacht(0, volledig=False)
    assert scalar(boeken, "SELECT count(*) FROM boekencontrole") == 0


def test_who_found_another_at_it_looks_again(boeken: Werkplaats, monkeypatch: pytest.MonkeyPatch) -> None:
    """That other may be gone before it comes to the end: the night is not over before each gemeente was checked."""
    monkeypatch.setattr(bewaak_boeken, "_OPNIEUW", 0.0)
    wacht = Boekenwacht(boeken)
    with boeken.opslag.transaction() as slot:
        slot.execute(text("SELECT pg_advisory_xact_lock(4842027)"))
        assert wacht.watch() is True
        assert wacht._thread is not None
        wacht._thread.join(GEDULD)
    assert wacht.watch() is True
    wacht.stop()


def test_one_gemeente_that_fails_does_not_keep_the_others_from_being_checked(
    boeken: Werkplaats, monkeypatch: pytest.MonkeyPatch
) -> None:
    eerder = bewaak_boeken._check_gemeente
    gezien: list[str] = []

    def fail_first(huis: Werkplaats, gemeente: str, sinds: Any) -> int | None:
        gezien.append(gemeente)
        if len(gezien) == 1:
            raise RuntimeError("dit lukt niet")
        return eerder(huis, GEMEENTE, sinds)

    monkeypatch.setattr(bewaak_boeken, "_check_gemeente", fail_first)
    monkeypatch.setattr(bewaak_boeken, "list_gemeenten", lambda _: ["0001", GEMEENTE])
    assert check_all(boeken, lambda: False, None) == Nacht(0, volledig=False)
    assert scalar(boeken, "SELECT count(*) FROM boekencontrole") == 1


def test_a_check_has_one_connection_and_waits_for_no_other(boeken: Werkplaats) -> None:
    """Behind a pooler that lends few, who holds one while it asks for another is waited for by all, and waits itself."""
    opslag = Opslag(boeken.opslag.logins, verbindingen=1)
    try:
        assert run_nightly(replace(boeken, opslag=opslag)) == 0
    finally:
        opslag.close()
    assert scalar(boeken, "SELECT count(*) FROM boekencontrole") == 1


def test_a_failing_check_does_not_stop_the_watch(boeken: Werkplaats, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> int:
        raise RuntimeError("de database is even weg")

    monkeypatch.setattr(bewaak_boeken, "check_all", fail)
    wacht = Boekenwacht(boeken)
    assert wacht.watch() is True
    wacht.stop()
    assert scalar(boeken, "SELECT count(*) FROM boekencontrole") == 0
