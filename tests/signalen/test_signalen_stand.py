"""Signals read from the database: what messages did, what people did with them, and who sees what."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from berichten.inzage.signalen.maatregellijst import list_maatregelen
from berichten.inzage.signalen.signaallijst import find_signaaldossier, list_signalen
from berichten.kern.houder import Sleutelhouder
from berichten.kern.nietnu import NietNu
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.signalen.maatregelen import Maatregelrij
from berichten.opslag.signalen.signalen import Signaalrij, list_open_signalen
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.bewaking.bewaak_boeken import run_nightly
from berichten.processen.kwartaal.laad_instellingen import Insteller, load_instellingen
from berichten.processen.referentie.laad_referentie import load_referentie
from berichten.processen.signalen import werk_bij
from berichten.processen.signalen.leg_maatregel_vast import NieuweMaatregel, judge_maatregel, register_maatregel, step_maatregel
from berichten.processen.signalen.werk_bij import Bijgewerkt, refresh_signalen
from berichten.processen.signalen.zet_stap_signaal import Gewenstestap, explain_signaal, share_with_aanbieder, step_signaal
from berichten.rapporten.signalen.vind import find_waarnemingen
from tests.hulp.besluiten import ANNA, BEN, prestatie_id
from tests.hulp.bouwstenen import AGB, ANDER_BSN, BSN, GEMEENTE
from tests.hulp.declareer import Regel, declaratie, send, toewijzing
from tests.hulp.verzoeken import aanvraag

MAANDEN = [date(2026, maand, 1) for maand in (1, 2, 3, 4, 5)]
UUR = 7_805
JULI = date(2026, 7, 15)


def budget(nummer: int, centen: int, bsn: str = BSN, **velden: Any) -> bytes:
    return toewijzing(nummer, bsn=bsn, Budget=centen, Product={"Categorie": "45", "Code": None}, Omvang=None, **velden)


def signals(werkplaats: Werkplaats) -> dict[tuple[str, str], Signaalrij]:
    with werkplaats.opslag.transaction() as verbinding:
        return {(rij.soort, rij.sleutel): rij for rij in list_open_signalen(verbinding, GEMEENTE)}


def in_july(werkplaats: Werkplaats) -> Werkplaats:
    """The same a fortnight later: June is over."""
    return replace(werkplaats, instellingen=werkplaats.instellingen.model_copy(update={"huidige_datum": JULI}))


@pytest.fixture
def met_budgetten(werkplaats: Werkplaats) -> Werkplaats:
    """Three budgets of 3 hours (234.15): two used up with March, one with two hours only."""
    for nummer in (1, 2, 3):
        send(werkplaats, budget(nummer, 3 * UUR))
    regels = [Regel(f"R{nummer}{maand.month}", nummer, maand, 1) for nummer in (1, 2, 3) for maand in MAANDEN[: 4 - nummer // 3]]
    for maand in MAANDEN[:4]:
        send(werkplaats, declaratie(maand, [regel for regel in regels if regel.maand == maand]))
    return werkplaats


def test_budgets_that_are_used_up_fire_once_and_stay_one_signal(met_budgetten: Werkplaats) -> None:
    """Allocations 1 and 2 reached 234.15 with March and had a line of April rejected (TR369); 3 had its third hour in March too.

    Three of three: S1. The night finds what was found on demand, and adds nothing.
    """
    assert refresh_signalen(met_budgetten, GEMEENTE, ANNA) == Bijgewerkt(1, 0, 0)
    [signaal] = signals(met_budgetten).values()
    assert (signaal.soort, signaal.teller, signaal.noemer, signaal.nummers, signaal.staat) == ("S1", 3, 3, [1, 2, 3], "nieuw")
    assert signaal.zin.startswith("Van 3 toewijzingen met een budget zijn er 3 te vroeg op of overschreden (100,0%).")
    assert (signaal.venster_van, signaal.venster_tot) == (date(2025, 6, 1), date(2026, 5, 31))
    run_nightly(met_budgetten)
    assert signals(met_budgetten)["S1", ""].signaal_id == signaal.signaal_id
    # Explained up to 31 March: that explains allocation 3, and no line of 1 and 2 that was rejected after it.
    for stap in (Gewenstestap("in_behandeling", "Besproken."), Gewenstestap("verklaard", "Mag.", tot=date(2026, 3, 31))):
        assert step_signaal(met_budgetten, GEMEENTE, ANNA, signaal.signaal_id, stap).staat == stap.staat
    dag, nu = met_budgetten.instellingen.vandaag(), met_budgetten.instellingen.nu()
    with met_budgetten.opslag.transaction() as verbinding:
        [daarna] = [item for item in find_waarnemingen(verbinding, GEMEENTE, dag, nu, 1)[1] if item.soort == "S1"]
    assert (daarna.nummers, daarna.gaat_af) == ((1, 2), False)


def test_nothing_follows_but_what_a_person_does_and_it_fires_again_only_for_what_is_new(met_budgetten: Werkplaats) -> None:
    """Two of three are explained: they do not count next time. A closed signal keeps its figures."""
    refresh_signalen(met_budgetten, GEMEENTE)
    nummer = signals(met_budgetten)["S1", ""].signaal_id

    def step(staat: str, **velden: Any) -> Any:
        return step_signaal(met_budgetten, GEMEENTE, ANNA, nummer, Gewenstestap(staat, "Besproken.", **velden))

    assert isinstance(step("verklaard"), NietNu), "eerst in behandeling"
    assert step("in_behandeling").staat == "in_behandeling"
    assert "Registreer eerst de maatregel" in step("maatregel").melding
    assert "hoort niet bij dit signaal" in step("verklaard", nummers=(9,)).melding
    assert "Kies zo'n dag" in step("verklaard", tot=date(2026, 6, 1)).melding
    assert step("gesprek", termijn=date(2026, 7, 10)).staat == "gesprek"
    # 15 July: the talk's term of 10 July is over (S10), and June is in the window too.
    juli = in_july(met_budgetten)
    assert refresh_signalen(juli, GEMEENTE).nieuw == 1
    afspraak = signals(juli)["S10", f"afspraak|{nummer}|2026-07-10"]
    assert "liep af op 10 juli 2026, 5 dagen geleden" in afspraak.zin
    assert step("verklaard", nummers=(1, 2)).staat == "verklaard"
    assert isinstance(step("afgesloten"), NietNu)
    # Only allocation 3 is left: one of three, and three are needed.
    assert refresh_signalen(juli, GEMEENTE).nieuw == 0
    assert ("S1", "") not in signals(juli)


def test_what_is_closed_while_the_night_reckons_stays_closed(met_budgetten: Werkplaats, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reckoning holds nobody up: a person explains all of it before its outcome is kept, and no second signal comes of that."""
    refresh_signalen(met_budgetten, GEMEENTE)
    nummer = signals(met_budgetten)["S1", ""].signaal_id

    def step(staat: str, **velden: Any) -> Any:
        return step_signaal(met_budgetten, GEMEENTE, ANNA, nummer, Gewenstestap(staat, "Besproken.", **velden))

    def find_and_be_late(*vraag: Any) -> Any:
        gevonden = find_waarnemingen(*vraag)
        assert step("verklaard", nummers=(1, 2, 3)).staat == "verklaard"
        return gevonden

    step("in_behandeling")
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(werk_bij, "find_waarnemingen", find_and_be_late)
        assert refresh_signalen(met_budgetten, GEMEENTE) == Bijgewerkt(0, 0, 0)
    assert ("S1", "") not in signals(met_budgetten)


def test_an_aanbieder_sees_and_explains_what_was_shared_and_no_more(met_budgetten: Werkplaats) -> None:
    refresh_signalen(met_budgetten, GEMEENTE)
    nummer = signals(met_budgetten)["S1", ""].signaal_id
    eigen = met_budgetten.seen_by(Sleutelhouder(GEMEENTE, "wilg", "aanbieder", AGB))
    ander = met_budgetten.seen_by(Sleutelhouder(GEMEENTE, "berk", "aanbieder", "42420002"))
    staf = met_budgetten.seen_by(Sleutelhouder(GEMEENTE, ANNA, "contractbeheer", None))

    def explain(agb: str) -> Any:
        return explain_signaal(met_budgetten, GEMEENTE, agb, "wilg", nummer, "De zorg liep anders dan gepland.", (1,))

    assert list_signalen(eigen, None, None, "alle", 9, None).regels == []
    assert explain(AGB) is None
    assert isinstance(share_with_aanbieder(met_budgetten, GEMEENTE, ANNA, nummer), Signaalrij)
    assert isinstance(share_with_aanbieder(met_budgetten, GEMEENTE, ANNA, nummer), NietNu)
    step_signaal(met_budgetten, GEMEENTE, ANNA, nummer, Gewenstestap("in_behandeling", "Ik bel hen."))
    assert [item.signaal_id for item in list_signalen(eigen, None, None, "open", 9, None).regels] == [nummer]
    assert isinstance(explain(AGB), Signaalrij)
    assert (explain("42420002"), find_signaaldossier(ander, nummer)) == (None, None)
    zelf, wij = find_signaaldossier(eigen, nummer), find_signaaldossier(staf, nummer)
    assert zelf is not None
    assert wij is not None
    assert ([item.reden for item in wij.stappen], zelf.stappen) == (["Ik bel hen."], [])
    assert zelf.verklaringen == wij.verklaringen
    assert [item.nummers for item in zelf.verklaringen] == [[1]]
    # An explanation is no decision: it still fires.
    assert refresh_signalen(met_budgetten, GEMEENTE).gebleven == 1


STOP = NieuweMaatregel(
    AGB, 4, "clientenstop", "kwaliteit", "Na het toezicht.", date(2026, 6, 1), date(2026, 6, 1), geen_zienswijze="Er is spoed.",
    hersteltermijn=date(2026, 6, 20),
)  # fmt: skip


@pytest.mark.parametrize(
    ("anders", "melding"),
    [
        ({"trede": 3}, "hoort niet bij trede 3"),
        ({"geen_zienswijze": ""}, "Awb 4:8"),
        ({"trede": 5, "soort": "ontbinding"}, "ingebrekestelling"),
        ({"trede": 5, "soort": "ontbinding", "ingebrekestelling_op": date(2026, 6, 2)}, "na het besluit"),
        ({"zienswijze_op": date(2026, 6, 2)}, "na het besluit"),
        ({"tot": date(2026, 5, 31)}, "ligt voor de eerste"),
        ({"trede": 3, "soort": "waarschuwing", "segment": "4"}, "alleen bij een cliëntenstop"),
        ({"toelichting": " "}, "leeg"),
    ],
)
def test_a_measure_needs_what_its_step_asks(anders: dict[str, Any], melding: str) -> None:
    assert judge_maatregel(STOP) is None
    assert melding in (judge_maatregel(replace(STOP, **anders)) or "")


def test_a_stop_holds_when_a_second_confirms_and_tells_of_new_clients_only(met_budgetten: Werkplaats) -> None:
    """From 1 June. On 2 June a new allocation for a client who was there (BSN) is none of it; one for another client is DA22.

    Its term to mend of 20 June is over on 30 June: S10, until it was mended.
    """
    ander = register_maatregel(met_budgetten, GEMEENTE, ANNA, replace(STOP, signalen=(12,)))
    assert isinstance(ander, NietNu)
    assert "Signaal 12 is er niet" in ander.melding
    maatregel = register_maatregel(met_budgetten, GEMEENTE, ANNA, STOP)
    assert isinstance(maatregel, Maatregelrij)
    dag = date(2026, 6, 15)
    send(met_budgetten, toewijzing(8, Toewijzingsdatum="2026-06-02", Ingangsdatum="2026-06-02"))
    send(met_budgetten, toewijzing(9, bsn=ANDER_BSN, Toewijzingsdatum="2026-06-02", Ingangsdatum="2026-06-02"))
    refresh_signalen(met_budgetten, GEMEENTE)
    assert not maatregel.holds_on(dag)
    assert not {soort for soort, _ in signals(met_budgetten)} & {"DA22", "S10"}

    def step(soort: str, door: str = BEN) -> Any:
        return step_maatregel(met_budgetten, GEMEENTE, door, maatregel.maatregel_id, soort)

    assert "bevestigt haar eerst" in step("gedeeld").melding
    assert "Vraag een collega" in step("bevestigd", ANNA).melding
    assert step("bevestigd").holds_on(dag)
    # What this aanbieder asks for now: a person decides where the client is a new one, and reason 4 is proposed.
    send(met_budgetten, aanvraag("NIEUW", bsn=ANDER_BSN))
    send(met_budgetten, aanvraag("BEKEND"))
    with met_budgetten.opslag.transaction() as verbinding:
        gevonden_bij = verbinding.execute(text(
            "SELECT v.referentie, b.gevolg, b.reden FROM verzoek_bevinding b JOIN verzoek v USING (gemeente, verzoek_id)"
            " WHERE b.regel = 'VZ15'"
        )).all()  # fmt: skip
    assert [tuple(rij) for rij in gevonden_bij] == [("NIEUW", "beoordelen", "4")]
    refresh_signalen(met_budgetten, GEMEENTE)
    gevonden = signals(met_budgetten)
    assert gevonden["DA22", str(maatregel.maatregel_id)].nummers == [9]
    assert gevonden["S10", f"maatregel|{maatregel.maatregel_id}|2026-06-20"].gaat_af
    assert step("hersteld").herstel_op == date(2026, 6, 30)
    refresh_signalen(met_budgetten, GEMEENTE)
    assert not signals(met_budgetten)["S10", f"maatregel|{maatregel.maatregel_id}|2026-06-20"].gaat_af
    eigen = met_budgetten.seen_by(Sleutelhouder(GEMEENTE, "wilg", "aanbieder", AGB))
    assert list_maatregelen(eigen, None, 9, None).regels == []
    step("gedeeld")
    assert [item.naam for item in list_maatregelen(eigen, None, 9, None).regels] == ["cliëntenstop"]


def test_the_database_refuses_one_who_confirms_alone_and_a_step_that_is_changed(met_budgetten: Werkplaats) -> None:
    maatregel = register_maatregel(met_budgetten, GEMEENTE, ANNA, STOP)
    assert isinstance(maatregel, Maatregelrij)
    zelf = (
        "INSERT INTO maatregel_stap (gemeente, maatregel_id, stap, agb, soort, dag, reden, door, gezet_op)"
        " VALUES ('0484', :m, 1, :a, 'bevestigd', '2026-06-30', '', :wie, now())"
    )
    for wie in (ANNA, "systeem:x"):
        with pytest.raises(DBAPIError), met_budgetten.opslag.transaction() as verbinding:
            verbinding.execute(text(zelf), {"m": maatregel.maatregel_id, "a": AGB, "wie": wie})
    with pytest.raises(DBAPIError, match="een tweede"), met_budgetten.opslag.transaction() as verbinding:
        verbinding.execute(text("UPDATE maatregel SET geldig_op = now()"))
    with pytest.raises(DBAPIError), met_budgetten.opslag.transaction(Login.BOEKER) as verbinding:
        verbinding.execute(text("UPDATE signaal SET staat = 'afgesloten'"))


def test_lines_starts_and_room_are_counted_from_messages(werkplaats: Werkplaats) -> None:
    """At 78.05 an hour: A 2 hours of January, declared on 30 April (DA07); B 3 hours of April; X 2 hours on none: rejected;
    Y 1 hour, rejected because allocation 2 was not there yet, and Y2 the same hour, awarded once it was.

    S2: 1 of 5 lines. S3: X only, 156.10 of 156.10 + 234.15 + 156.10 + 78.05 + 78.05 = 702.45: 22.2 %. S6: 0 of 2 allocations of 1
    January began in time. S7: A, B and Y2 are 468.30 of 400.00: 117.1 %.
    """
    drempels = "".join(f"0484;{soort}_aantal;1;2026-01-01;\n" for soort in ("s2", "s3", "s4", "s6"))
    load_instellingen(werkplaats, f"gemeente;naam;waarde;vanaf;besluit\n{drempels}".encode(), Insteller(ANNA))
    ruimte = "gemeente;agb;segment;periode_van;periode_tot;bedrag;soort\n0484;;;2026-01-01;2026-12-31;40000;indicatief\n"
    assert load_referentie(werkplaats, "bestedingsruimte", ruimte.encode()).fouten == []
    april = MAANDEN[3]
    send(werkplaats, toewijzing(1))
    lijnen = [Regel("A", 1, MAANDEN[0], 2), Regel("B", 1, april, 3), Regel("X", 799999, april, 2), Regel("Y", 2, april, 1)]
    send(werkplaats, declaratie(april, lijnen))
    send(werkplaats, toewijzing(2))
    send(werkplaats, declaratie(april, [Regel("Y2", 2, april, 1)]))
    refresh_signalen(werkplaats, GEMEENTE)
    gevonden = {soort: (rij.teller, rij.noemer) for (soort, _), rij in signals(werkplaats).items()}
    assert gevonden == {"S2": (1, 5), "S3": (15_610, 70_245), "S6": (0, 2), "S7": (46_830, 40_000)}
    assert signals(werkplaats)["S2", ""].nummers == [prestatie_id(werkplaats, "A")]
    assert signals(werkplaats)["S6", ""].nummers == [1, 2]
