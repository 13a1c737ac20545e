"""Delivery records as contacts: equal ones count each, the same file again changes nothing, nothing is forgotten."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.besluiten.ontvang_verantwoording import accept_records
from berichten.processen.referentie.laad_referentie import SOORTEN, Inlezing, load_referentie
from tests.beoordeling.test_eigen_regels import JAN, minuten, plek  # noqa: F401
from tests.besluiten.test_verantwoording import lines
from tests.hulp.bouwstenen import AGB
from tests.hulp.declareer import declaratie, outcomes, send, toewijzing

KOP = ";".join(kolom.naam for kolom in SOORTEN["verantwoording"].kolommen)
DIRECT = "R1;;;2026-01-15;{};direct;HBO;SKJ;{};"


def load(werkplaats: Werkplaats, *regels: str) -> Inlezing:
    inhoud = "\n".join([KOP, *(f"0484;{AGB};{regel}" for regel in regels)]) + "\n"
    return load_referentie(werkplaats, "verantwoording", inhoud.encode())


def counts(inlezing: Inlezing) -> tuple[int, int, int, int]:
    """New, changed, unchanged, withdrawn; the file must be right."""
    assert [fout.melding for fout in inlezing.fouten] == []
    assert inlezing.verschil is not None
    verschil = inlezing.verschil
    return verschil.nieuw, verschil.gewijzigd, verschil.ongewijzigd, verschil.ingetrokken


def minutes(werkplaats: Werkplaats, tabel: str = "verantwoording") -> list[int]:
    with werkplaats.opslag.transaction() as verbinding:
        return list(verbinding.execute(text(f"SELECT minuten FROM {tabel} ORDER BY 1")).scalars())


def test_two_contacts_of_one_day_by_equal_people_are_two(werkplaats: Werkplaats) -> None:
    for tijden in ((60, 45), (60, 60)):
        regels = [DIRECT.format(tijd, "") for tijd in tijden]
        load(werkplaats, *regels)
        assert minutes(werkplaats) == sorted(tijden)
        assert counts(load(werkplaats, *regels)) == (0, 0, 2, 0)
        assert minutes(werkplaats) == sorted(tijden)


def test_they_carry_the_line_that_bills_both(plek: Werkplaats) -> None:  # noqa: F811
    load(plek, DIRECT.format(60, ""), DIRECT.format(45, ""))
    assert outcomes(send(plek, declaratie(JAN, [minuten("R1", JAN, 105)]))) == {"R1": ("toegekend", ())}


def test_a_file_states_all_contacts_of_a_line_day_kind_and_people(werkplaats: Werkplaats) -> None:
    load(werkplaats, DIRECT.format(60, ""), DIRECT.format(45, ""), DIRECT.format(45, "").replace("15", "16", 1))
    assert counts(load(werkplaats, DIRECT.format(50, ""), DIRECT.format(60, ""))) == (0, 1, 1, 0)
    assert minutes(werkplaats) == [45, 50, 60]
    assert counts(load(werkplaats, DIRECT.format(60, ""))) == (0, 0, 1, 1)
    assert minutes(werkplaats) == [45, 60]
    assert minutes(werkplaats, "verantwoording_eerder") == [45, 50]


def test_a_contact_with_a_number_is_known_by_it(werkplaats: Werkplaats) -> None:
    load(werkplaats, DIRECT.format(60, ""), DIRECT.format(60, "C1"), DIRECT.format(60, "C2"))
    inlezing = load(werkplaats, "R2;;;2026-01-16;30;direct;WO;BIG;C2;")
    assert counts(inlezing) == (0, 1, 0, 0)
    assert inlezing.verschil is not None
    (wijziging,) = inlezing.verschil.wijzigingen
    assert [naam for naam, *_ in wijziging.waarden] == ["referentienummer", "datum", "minuten", "niveau", "registratie"]
    assert minutes(werkplaats) == [30, 60, 60]
    assert counts(load(werkplaats, DIRECT.format(75, ""))) == (0, 1, 0, 0)
    assert minutes(werkplaats) == [30, 60, 75]


def test_a_contact_of_one_number_may_have_minutes_of_several_kinds(werkplaats: Werkplaats) -> None:
    samen = [DIRECT.format(60, "C1"), DIRECT.format(15, "C1").replace("direct", "indirect")]
    assert counts(load(werkplaats, *samen)) == (2, 0, 0, 0)
    assert counts(load(werkplaats, samen[0])) == (0, 0, 1, 1)


def test_contacts_are_withdrawn_with_or_without_a_number(werkplaats: Werkplaats) -> None:
    load(werkplaats, DIRECT.format(60, ""), DIRECT.format(60, ""), DIRECT.format(30, "C1"), DIRECT.format(20, "C2"))
    assert counts(load(werkplaats, DIRECT.format(60, "") + "ja")) == (0, 0, 0, 2)
    assert counts(load(werkplaats, DIRECT.format(1, "C1") + "ja")) == (0, 0, 0, 1)
    assert counts(load(werkplaats, DIRECT.format(1, "C1") + "ja")) == (0, 0, 0, 0)
    assert minutes(werkplaats) == [20]
    assert minutes(werkplaats, "verantwoording_eerder") == [30, 60, 60]


def test_one_number_for_two_contacts_is_a_fault(werkplaats: Werkplaats) -> None:
    twee = load(werkplaats, DIRECT.format(60, "C1"), DIRECT.format(60, "C1"), DIRECT.format(60, "C1").replace("R1", "R2"))
    assert [(fout.regelnummer, fout.pad) for fout in twee.fouten] == [(3, "contactnummer"), (4, "contactnummer")]
    assert "met dezelfde gegevens op regel 2" in twee.fouten[0].melding
    assert "bij een andere regel of dag" in twee.fouten[1].melding
    assert minutes(werkplaats) == []


def test_columns_that_came_later_may_be_left_out(werkplaats: Werkplaats) -> None:
    oud = KOP.removesuffix(";contactnummer;ingetrokken")
    inhoud = f"{oud}\n0484;{AGB};R1;;;2026-01-15;60;direct;HBO;SKJ\n".encode()
    assert counts(load_referentie(werkplaats, "verantwoording", inhoud)) == (1, 0, 0, 0)
    assert counts(load(werkplaats, DIRECT.format(60, ""))) == (0, 0, 1, 0)


def test_a_line_whose_contact_moves_away_is_looked_at_too(plek: Werkplaats) -> None:  # noqa: F811
    """Contact 7 was put with line A by mistake: without it, A misses an hour, and B has what it lacked."""

    def accept(*regels: str) -> dict[int, str]:
        inhoud = "\n".join([KOP, *(f"0484;{AGB};{regel};" for regel in regels)]) + "\n"
        return accept_records(plek, "0484", AGB, inhoud.encode()).uitkomsten

    accept("A;;;2026-01-10;540;direct;HBO;SKJ;", "A;;;2026-01-11;30;direct;HBO;SKJ;7", "B;;;2026-01-10;570;direct;HBO;SKJ;")
    send(plek, toewijzing(502, Omvang={"Volume": 40, "Eenheid": "04", "Frequentie": "4"}))
    bericht = send(plek, declaratie(JAN, [minuten("A", JAN, 600), minuten("B", JAN, 600, 502)]))
    assert {naam: uitkomst for naam, (uitkomst, _) in outcomes(bericht).items()} == dict.fromkeys("AB", "ter_beoordeling")
    assert len(accept("B;;;2026-01-11;30;direct;HBO;SKJ;7")) == 2
    assert {naam: regel[:2] for naam, regel in lines(plek).items()} == {"A": ("ter_beoordeling", 1), "B": ("toegekend", 1)}


KIES = st.sampled_from
RIJ = st.tuples(KIES(["R1", "R2"]), KIES(["15", "16"]), KIES([30, 60]), KIES(["", "", "C1"]))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bestanden=st.lists(st.lists(RIJ, min_size=1, max_size=6), min_size=1, max_size=3))
def test_whatever_came_before_a_file_holds_what_it_says(werkplaats: Werkplaats, bestanden: list[list[Any]]) -> None:
    """The groups that the last file names hold exactly its rows, and sending it twice is sending it once."""
    for bestand in bestanden:
        # One number stands for one contact of one line and day.
        vast = [("R1", "15", 30, "C1") if rij[3] else rij for rij in bestand]
        rijen = [rij for plaats, rij in enumerate(vast) if not rij[3] or vast.index(rij) == plaats]
        regels = [f"{ref};;;2026-01-{dag};{tijd};direct;HBO;SKJ;{nummer};" for ref, dag, tijd, nummer in rijen]
        counts(load(werkplaats, *regels))
        assert counts(load(werkplaats, *regels)) == (0, 0, len(rijen), 0)
        with werkplaats.opslag.transaction() as verbinding:
            staat = verbinding.execute(
                text("SELECT referentienummer, to_char(datum, 'DD'), minuten, contactnummer FROM verantwoording")
            ).all()
        groepen = {rij[3] or rij[:2] for rij in rijen}
        assert sorted(map(tuple, (rij for rij in staat if (rij[3] or tuple(rij[:2])) in groepen))) == sorted(rijen)
