"""What a quarterly report tells of aanbieders: under which reserve it stands, whose room is used up, and who sees their names."""

from dataclasses import replace
from datetime import date

import pytest

from berichten.inzage.geld.kwartaalrapporten import as_tabel, find_kwartaal, tell_reserve
from berichten.kern.houder import Sleutelhouder
from berichten.opslag.basis.verbinding import Login
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.kwartaal.laad_begroting import load_kalender
from berichten.processen.kwartaal.reken_kwartaal import reckon_kwartaal
from berichten.processen.kwartaal.volg_kalender import Kalendervolger
from berichten.processen.monitor.publiceer import Lezer
from berichten.processen.referentie.laad_referentie import load_referentie
from berichten.processen.signalen.werk_bij import refresh_signalen
from berichten.rapporten.sturen.kwartaalperiode import read_kwartaal
from tests.hulp.besluiten import beslis, hold_early_months
from tests.hulp.bouwstenen import AGB, GEMEENTE
from tests.hulp.declareer import Regel, declaratie, send, toewijzing

JANUARI, FEBRUARI, MAART, APRIL = (date(2026, maand, 1) for maand in (1, 2, 3, 4))
Q1 = read_kwartaal("2026-Q1")


@pytest.fixture
def tot_en_met_februari(werkplaats: Werkplaats) -> Werkplaats:
    """A budget of 4,000.00 for 2026; ten hours at 78.05 of January and ten of February wait for a person."""
    hold_early_months(werkplaats)
    send(werkplaats, toewijzing(1, Budget=400_000, Einddatum="2026-12-31", Product={"Categorie": "45", "Code": None}, Omvang=None))
    for maand in (JANUARI, FEBRUARI):
        send(werkplaats, declaratie(maand, [Regel(f"R{maand.month}", 1, maand, 10)]))
    assert load_referentie(werkplaats, "aanbieders", f"gemeente;agb;naam\n0484;{AGB};De Wilgen\n".encode()).fouten == []
    ruimten = "0484;;;2026-01-01;2026-12-31;156100;plafond\n0484;;;2026-01-01;2026-12-31;156101;indicatief\n"
    kop = "gemeente;agb;segment;periode_van;periode_tot;bedrag;soort\n"
    assert load_referentie(werkplaats, "bestedingsruimte", f"{kop}{ruimten}".encode()).fouten == []
    return werkplaats


def test_the_calendar_names_who_has_not_billed_the_last_month_and_what_is_expected_of_it(tot_en_met_februari: Werkplaats) -> None:
    """1,561.00 in 59 days; till 31 December 156,100 x 365 / 59 = 965,703, of which 4,000.00 - 1,561.00 = 2,439.00 is left.

    That lies over the 306 days from 1 March: March has 243,900 x 31 / 306 = 24,708.8, so 247. The ceiling of 1,561.00 is reached,
    the room of 1,561.01 is not. Contract management reads whose it is, finance only how many.
    """
    werkplaats = tot_en_met_februari
    kop = "gemeente;document;periode;peildatum;gereed_op\n"
    load_kalender(werkplaats, f"{kop}0484;kwartaalrapport;2026-Q1;2026-06-30;2026-07-20\n".encode(), "wie")
    refresh_signalen(werkplaats, GEMEENTE)
    morgen = werkplaats.instellingen.model_copy(update={"huidige_datum": date(2026, 7, 1)})
    later = replace(werkplaats, instellingen=morgen)
    assert Kalendervolger(later).watch() == 1
    bladen = {
        rol: find_kwartaal(later.seen_by(Sleutelhouder(GEMEENTE, "wie", rol, None)), "2026-Q1")
        for rol in ("contractbeheer", "financien")
    }
    eigen, ander = bladen["contractbeheer"], bladen["financien"]
    assert eigen is not None
    assert ander is not None
    voorbehoud = [{"agb": AGB, "naam": "De Wilgen", "maand": "maart 2026", "verwacht": 247}]
    assert eigen.cijfers["voorbehoud"] == ander.cijfers["voorbehoud"] == voorbehoud
    assert tell_reserve(eigen.cijfers) == (
        "Onder voorbehoud. De maand ervoor declareerden zij wel, over maart 2026 nog niet: De Wilgen (42420001), naar verwachting"
        " € 247,00."
    )
    assert eigen.cijfers["plafonds"] == [{"soort": "bestedingsruimte", "aanbieders": 0}, {"soort": "plafond", "aanbieders": 1}]
    assert [(rij["blok"], rij["soort"], rij["agb"]) for rij in eigen.cijfers["wie"]] == [
        ("plafonds", "plafond", AGB), ("signalen", "S7", AGB),
    ]  # fmt: skip
    assert ander.cijfers["wie"] == []
    namen = [rij for rij in as_tabel(eigen).rijen if rij[0] in ("voorbehoud", "plafonds")]
    assert [rij[:3] for rij in namen] == [
        ("voorbehoud", AGB, 247), ("plafonds", "bestedingsruimte", 0), ("plafonds", "plafond", 1), ("plafonds", "plafond", AGB),
    ]  # fmt: skip
    # A day later January is decided on and March billed: as it was known on 30 June nothing is otherwise; on 1 July March is there.
    beslis(later, "R1", besluit="toekennen")
    send(later, declaratie(MAART, [Regel("R3", 1, MAART, 1)]))
    lezer = Lezer(later, Login.SCHRIJVER)
    toen, nu = (reckon_kwartaal(lezer, GEMEENTE, Q1, dag) for dag in (date(2026, 6, 30), date(2026, 7, 1)))
    assert (toen["voorbehoud"], toen["plafonds"], toen["wie"]) == tuple(
        eigen.cijfers[blok] for blok in ("voorbehoud", "plafonds", "wie")
    )
    assert (nu["voorbehoud"], [rij["aanbieders"] for rij in nu["plafonds"]]) == ([], [1, 1])


def test_care_after_the_period_uses_no_room_of_it(tot_en_met_februari: Werkplaats) -> None:
    """Of 1,561.01 there is 1,561.00 used: 78.05 of April leaves it so at the end of March, 78.05 of March does not."""
    lezer, stand = Lezer(tot_en_met_februari, Login.SCHRIJVER), []
    for maand in (APRIL, MAART):
        send(tot_en_met_februari, declaratie(APRIL, [Regel(f"R{maand.month}", 1, maand, 1)]))
        cijfers = reckon_kwartaal(lezer, GEMEENTE, Q1, tot_en_met_februari.instellingen.vandaag())
        stand.append([(rij["soort"], rij["aanbieders"]) for rij in cijfers["plafonds"]])
    assert stand == [[("bestedingsruimte", op), ("plafond", 1)] for op in (0, 1)]
