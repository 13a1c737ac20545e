"""What a reviewer keeps beside the work: who opened which line, and views of a list by name."""

from datetime import timedelta

import pytest

from berichten.inzage.besluiten.werkblad import Weergave, list_bekeken, list_weergaven
from berichten.kern.houder import Sleutelhouder
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.toegang.sleutels import make_sleutel
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.besluiten.werkblad import MEESTE_WEERGAVEN, drop_weergave, mark_bekeken, save_weergave
from tests.hulp.besluiten import JAN, MRT, fill_town, prestatie_id, set_instelling, submit
from tests.hulp.bouwstenen import AGB, BSN, GEMEENTE
from tests.hulp.declareer import Regel

PAGINA = "werkvoorraad"
FILTER = "agb=42420001&volgorde=bedrag"


@pytest.fixture
def mensen(werkplaats: Werkplaats) -> tuple[Sleutelhouder, Sleutelhouder]:
    """Two reviewers with names."""
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        sleutels = [
            make_sleutel(verbinding, GEMEENTE, "contractbeheer", None, werkplaats.instellingen.nu(), naam)
            for naam in ("Anna", "Ben")
        ]
    anna, ben = (Sleutelhouder(GEMEENTE, sleutel.split(".")[1], "contractbeheer", None) for sleutel in sleutels)
    return anna, ben


def test_a_colleague_sees_who_opened_a_line(werkplaats: Werkplaats, mensen: tuple[Sleutelhouder, Sleutelhouder]) -> None:
    anna, ben = mensen
    fill_town(werkplaats, 1, 2)
    submit(werkplaats, Regel("A", 1, JAN, 1), Regel("B", 2, MRT, 1))
    a, b = prestatie_id(werkplaats, "A"), prestatie_id(werkplaats, "B")
    assert mark_bekeken(werkplaats, anna, a)
    assert mark_bekeken(werkplaats, anna, a)
    gezien = list_bekeken(werkplaats.seen_by(ben), [a, b])
    assert {nummer: item.door for nummer, item in gezien.items()} == {a: "Anna"}
    assert list_bekeken(werkplaats.seen_by(anna), [a, b]) == {}
    # A line that was awarded at once waits for nobody, and an aanbieder is no colleague.
    assert not mark_bekeken(werkplaats, anna, b)
    assert not mark_bekeken(werkplaats, Sleutelhouder(GEMEENTE, "clerk", "aanbieder", AGB), a)
    assert not mark_bekeken(werkplaats, Sleutelhouder("0518", "x", "contractbeheer", None), a)
    later = set_instelling(werkplaats, stilgezet_op=werkplaats.instellingen.nu() + timedelta(days=8))
    assert list_bekeken(later.seen_by(ben), [a]) == {}
    assert list_bekeken(werkplaats.seen_by(Sleutelhouder(GEMEENTE, "clerk", "aanbieder", AGB)), [a]) == {}


def test_views_are_a_persons_own(werkplaats: Werkplaats, mensen: tuple[Sleutelhouder, Sleutelhouder]) -> None:
    anna, ben = mensen
    assert save_weergave(werkplaats, anna, PAGINA, "  Mijn   aanbieders ", FILTER) is None
    assert save_weergave(werkplaats, anna, PAGINA, "alles", "") is None
    assert save_weergave(werkplaats, anna, PAGINA, "alles", "volgorde=maand") is None
    assert save_weergave(werkplaats, anna, "berichten", "anders", "") is None
    assert list_weergaven(werkplaats.seen_by(anna), PAGINA) == [
        Weergave("alles", "volgorde=maand"), Weergave("Mijn aanbieders", FILTER),
    ]  # fmt: skip
    assert list_weergaven(werkplaats.seen_by(ben), PAGINA) == []
    clerk = Sleutelhouder(GEMEENTE, "clerk", "aanbieder", AGB)
    assert save_weergave(werkplaats, clerk, "berichten", "van mij", "status=verwerkt") is None
    assert list_weergaven(werkplaats.seen_by(clerk), "berichten") == [Weergave("van mij", "status=verwerkt")]
    assert list_weergaven(werkplaats.seen_by(clerk), PAGINA) == []
    assert not drop_weergave(werkplaats, ben, PAGINA, "alles")
    assert drop_weergave(werkplaats, anna, PAGINA, "alles")
    assert [item.naam for item in list_weergaven(werkplaats.seen_by(anna), PAGINA)] == ["Mijn aanbieders"]


@pytest.mark.parametrize(
    ("naam", "vraag", "woord"),
    [
        ("", "", "naam"), ("x" * 61, "", "60"), ("a\0b", "", "gewone tekens"), (f"Kind {BSN}", "", "burgerservicenummer"),
        ("kind", f"zoek={BSN}", "burgerservicenummer"), ("lang", "a" * 2001, "te lang"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_told(
    werkplaats: Werkplaats, mensen: tuple[Sleutelhouder, Sleutelhouder], naam: str, vraag: str, woord: str
) -> None:
    assert woord in (save_weergave(werkplaats, mensen[0], PAGINA, naam, vraag) or "")
    assert list_weergaven(werkplaats.seen_by(mensen[0]), PAGINA) == []


def test_there_is_an_end_to_what_is_kept(werkplaats: Werkplaats, mensen: tuple[Sleutelhouder, Sleutelhouder]) -> None:
    anna, _ = mensen
    for nummer in range(MEESTE_WEERGAVEN):
        assert save_weergave(werkplaats, anna, PAGINA, f"nr {nummer}", "") is None
    assert "Verwijder er eerst een" in (save_weergave(werkplaats, anna, PAGINA, "nog een", "") or "")
    assert save_weergave(werkplaats, anna, PAGINA, "nr 0", FILTER) is None
