"""Delivery records that come after a declaration: held lines are looked at once more, and leave when nothing is left to decide."""

from typing import Any

import pytest
from sqlalchemy import text

from berichten.beoordeling.besluit import Besluit
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.besluiten.beslis_prestatie import decide
from berichten.processen.besluiten.ontvang_verantwoording import Ontvangst, accept_records
from berichten.voorbeelden.stad.referentie import KOLOMMEN
from tests.beoordeling.test_eigen_regels import FEB, JAN, laad, minuten, plek  # noqa: F401
from tests.hulp.bouwstenen import AGB
from tests.hulp.declareer import Regel, declaratie, outcomes, send, toewijzing

GEMEENTE = "0484"


def records(werkplaats: Werkplaats, *regels: str, agb: str = AGB) -> Ontvangst:
    inhoud = "\n".join([KOLOMMEN["verantwoording"], *(f"{GEMEENTE};{agb};{regel}" for regel in regels)]) + "\n"
    return accept_records(werkplaats, GEMEENTE, AGB, inhoud.encode())


def lines(werkplaats: Werkplaats) -> dict[str, tuple[str, int, list[str]]]:
    """Outcome, number of the check and the rules found then, by reference."""
    with werkplaats.opslag.transaction() as verbinding:
        rijen = verbinding.execute(
            text(
                "SELECT referentienummer, uitkomst, hertoetsing, coalesce((SELECT array_agg(regel ORDER BY v.volgnummer)"
                " FROM bevinding v WHERE v.gemeente = p.gemeente AND v.prestatie_id = p.prestatie_id"
                " AND v.hertoetsing = p.hertoetsing), '{}') FROM prestatie p ORDER BY prestatie_id"
            )
        )
        return {rij[0]: (rij[1], rij[2], rij[3]) for rij in rijen}


def message(werkplaats: Werkplaats) -> dict[str, Any]:
    with werkplaats.opslag.transaction() as verbinding:
        rij = verbinding.execute(
            text(
                "SELECT status, toegekend_bedrag, te_beoordelen_bedrag, (SELECT sum(bedrag)::bigint FROM journaal) AS geboekt,"
                " EXISTS (SELECT FROM antwoord a WHERE a.bericht_id = b.bericht_id) AS beantwoord"
                " FROM bericht b WHERE soort = 'JW323'"
            )
        ).one()
        return dict(rij._mapping)


@pytest.fixture
def aangehouden(plek: Werkplaats) -> Werkplaats:  # noqa: F811
    """A is held for ninety minutes of no-show, B for records that miss an hour."""
    send(plek, toewijzing(502, Omvang={"Volume": 40, "Eenheid": "04", "Frequentie": "4"}))
    records(plek, "A;;;2026-01-10;510;direct;HBO;SKJ", "A;;;2026-01-17;90;no_show;HBO;SKJ", ";502;2026-01;;540;direct;HBO;SKJ")
    resultaat = send(plek, declaratie(JAN, [minuten("A", JAN, 600), minuten("B", JAN, 600, 502)]))
    assert outcomes(resultaat) == {"A": ("ter_beoordeling", ("DA01",)), "B": ("ter_beoordeling", ("DA06",))}
    return plek


def test_a_rejection_without_a_code_takes_the_nearest(aangehouden: Werkplaats) -> None:
    with aangehouden.opslag.transaction() as verbinding:
        nummers = verbinding.execute(text("SELECT prestatie_id FROM prestatie ORDER BY 1")).scalars().all()
    for nummer in nummers:
        uitkomst = decide(aangehouden, GEMEENTE, "k1", [Besluit(nummer, "afwijzen", "Te veel minuten: 90 te weinig geleverd.")])
        assert isinstance(uitkomst, tuple), uitkomst
    with aangehouden.opslag.transaction() as verbinding:
        rijen = verbinding.execute(text("SELECT uitkomst, retourcodes FROM prestatie ORDER BY prestatie_id")).all()
    assert [tuple(rij) for rij in rijen] == [("afgewezen", ["9321"])] * 2
    assert message(aangehouden)["beantwoord"]


def test_records_that_explain_a_line_award_it(aangehouden: Werkplaats) -> None:
    ontvangst = records(aangehouden, ";502;2026-01;2026-01-30;60;indirect;HBO;SKJ")
    assert set(ontvangst.uitkomsten.values()) == {"toegekend"}
    assert lines(aangehouden) == {"A": ("ter_beoordeling", 0, ["DA01"]), "B": ("toegekend", 1, [])}
    bedragen = {"toegekend_bedrag": 78050, "te_beoordelen_bedrag": 78050, "geboekt": 78050}
    assert message(aangehouden) == {"status": "ter_beoordeling", **bedragen, "beantwoord": False}


def test_the_answer_leaves_with_the_last_line(aangehouden: Werkplaats) -> None:
    records(
        aangehouden,
        ";502;2026-01;2026-01-30;60;indirect;HBO;SKJ",
        "A;;;2026-01-17;0;no_show;HBO;SKJ",
        "A;;;2026-01-18;90;direct;HBO;SKJ",
    )
    assert {naam: regel[0] for naam, regel in lines(aangehouden).items()} == {"A": "toegekend", "B": "toegekend"}
    assert message(aangehouden)["beantwoord"] is True
    assert message(aangehouden)["geboekt"] == 156100


def test_records_that_explain_a_part_leave_the_line_held_with_the_new_numbers(aangehouden: Werkplaats) -> None:
    ontvangst = records(aangehouden, "A;;;2026-01-17;60;no_show;HBO;SKJ", "A;;;2026-01-18;30;niet_clientgebonden;HBO;SKJ")
    assert list(ontvangst.uitkomsten.values()) == ["ter_beoordeling"]
    assert lines(aangehouden)["A"] == ("ter_beoordeling", 1, ["DA01", "DA04"])
    with aangehouden.opslag.transaction() as verbinding:
        gegevens = (
            verbinding.execute(text("SELECT gegevens FROM bevinding WHERE hertoetsing = 1 ORDER BY volgnummer")).scalars().all()
        )
    assert [item["minuten"] for item in gegevens] == [60, 30]


def test_policy_may_reject_what_the_records_show(aangehouden: Werkplaats) -> None:
    laad(aangehouden, "regelbeleid", f"{AGB};DA04;afwijzen;0611;2026-01-01;")
    records(aangehouden, "A;;;2026-01-17;0;no_show;HBO;SKJ", "A;;;2026-01-18;90;niet_clientgebonden;HBO;SKJ")
    assert lines(aangehouden)["A"] == ("afgewezen", 1, ["DA04"])


def test_records_about_other_lines_change_nothing(aangehouden: Werkplaats) -> None:
    vooraf = lines(aangehouden)
    assert records(aangehouden, "C;;;2026-01-10;60;direct;HBO;SKJ", ";502;2026-02;;60;direct;HBO;SKJ").uitkomsten == {}
    assert lines(aangehouden) == vooraf


def test_a_line_on_which_somebody_proposed_something_is_theirs(aangehouden: Werkplaats) -> None:
    aangehouden = Werkplaats(
        aangehouden.instellingen.model_copy(update={"vier_ogen_vanaf": 1}),
        aangehouden.opslag,
        aangehouden.schemas,
        aangehouden.kluis,
    )
    with aangehouden.opslag.transaction() as verbinding:
        nummer = verbinding.execute(text("SELECT prestatie_id FROM prestatie WHERE referentienummer = 'B'")).scalar_one()
    decide(aangehouden, GEMEENTE, "k1", [Besluit(nummer, "toekennen", "Akkoord.")])
    assert records(aangehouden, ";502;2026-01;2026-01-30;60;indirect;HBO;SKJ").uitkomsten == {}
    assert lines(aangehouden)["B"][:2] == ("ter_beoordeling", 0)


def test_lines_that_share_their_records_are_looked_at_together(plek: Werkplaats) -> None:  # noqa: F811
    send(plek, toewijzing(503, Product={"Categorie": "45", "Code": None}, Omvang=None, Budget=900000))
    records(plek, ";503;2026-01;;300;direct;HBO;SKJ")
    eerste = send(plek, declaratie(JAN, [minuten("A", JAN, 400, 503)]))
    tweede = send(plek, declaratie(FEB, [minuten("B", JAN, 200, 503, "45A49")], identificatie="TWEEDE"))
    assert (outcomes(eerste)["A"][1], outcomes(tweede)["B"][1]) == (("DA06",), ("DA06",))
    records(plek, ";503;2026-01;2026-01-20;150;indirect;HBO;SKJ")
    stand = lines(plek)
    assert {naam: regel[0] for naam, regel in stand.items()} == {"A": "toegekend", "B": "ter_beoordeling"}
    with plek.opslag.transaction() as verbinding:
        gegevens = verbinding.execute(text("SELECT gegevens FROM bevinding WHERE hertoetsing = 1")).scalars().all()
    assert [item["minuten"] for item in gegevens if "minuten" in item] == [150]


@pytest.mark.parametrize(
    ("regel", "agb", "fragment"),
    [
        ("A;;;2026-01-10;10;direct;HBO;SKJ", "42420009", "uw eigen AGB-code"),
        ("A;;;2026-01-10;1441;direct;HBO;SKJ", AGB, "1440 minuten van een dag"),
        ("A;;;2026-01-10;10;reistijd;HBO;SKJ", AGB, "soort"),
    ],
)
def test_with_one_fault_nothing_is_kept(aangehouden: Werkplaats, regel: str, agb: str, fragment: str) -> None:
    laad(aangehouden, "aanbieders", "42420009;Een ander")
    send(aangehouden, toewijzing(900, agb="42420009"))
    with aangehouden.opslag.transaction() as verbinding:
        vooraf = verbinding.execute(text("SELECT count(*) FROM verantwoording")).scalar_one()
    goed = f"{GEMEENTE};{AGB};;502;2026-01;2026-01-30;60;indirect;HBO;SKJ"
    inhoud = "\n".join([KOLOMMEN["verantwoording"], goed, f"{GEMEENTE};{agb};{regel}"]) + "\n"
    ontvangst = accept_records(aangehouden, GEMEENTE, AGB, inhoud.encode())
    assert [fout.regelnummer for fout in ontvangst.inlezing.fouten] == [3]
    assert fragment in ontvangst.inlezing.fouten[0].melding
    with aangehouden.opslag.transaction() as verbinding:
        assert verbinding.execute(text("SELECT count(*) FROM verantwoording")).scalar_one() == vooraf
    assert lines(aangehouden)["B"][:2] == ("ter_beoordeling", 0)


def test_a_line_that_is_awarded_already_stays_so(plek: Werkplaats) -> None:  # noqa: F811
    send(plek, declaratie(JAN, [Regel("A", 500, JAN, 10)]))
    assert records(plek, "A;;;2026-01-10;10;direct;HBO;SKJ").uitkomsten == {}
    assert lines(plek)["A"] == ("toegekend", 0, [])


def test_a_line_whose_allocation_was_removed_stays_held(aangehouden: Werkplaats) -> None:
    weg = toewijzing(502, RedenWijziging="13", Einddatum="2026-01-01", Toewijzingsdatum="2026-06-01",
                     Omvang={"Volume": 40, "Eenheid": "04", "Frequentie": "4"})  # fmt: skip
    assert send(aangehouden, weg)["status"] == "verwerkt"
    ontvangst = records(aangehouden, ";502;2026-01;2026-01-30;60;indirect;HBO;SKJ")
    assert list(ontvangst.uitkomsten.values()) == ["ter_beoordeling"]
    assert lines(aangehouden)["B"] == ("ter_beoordeling", 1, [])
    assert message(aangehouden)["geboekt"] is None
