"""Accounts by file: all or nothing, a fault for each line and column, and every row a proposal for a second person."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from berichten.kern.nietnu import NietNu
from berichten.opslag.financien.betalingen import Betaalrunrij
from berichten.opslag.financien.rekeningen import Rekeningrij
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.financien.beoordeel_rekening import confirm_rekening
from berichten.processen.financien.keur_betaalrun import CSV, unpack_bestand
from berichten.processen.financien.laad_rekeningen import Lading, load_rekeningen_bestand
from berichten.processen.financien.stel_blokkade import lift_blokkade
from tests.hulp.bouwstenen import AGB, GEMEENTE
from tests.hulp.geld.betaal import ANDER, BEVESTIGT, EIGEN_IBAN, IBANS, Kas
from tests.referentie.test_rekenprogramma import workbook

KOP = "gemeente;agb;iban;tenaamstelling;ingangsdatum;einddatum"
NIEUW = "NL20 INGB 0001 2345 67"


@pytest.fixture
def kas(werkplaats: Werkplaats) -> Kas:
    kas = Kas(werkplaats)
    kas.declareer(1)
    kas.declareer(1, agb=ANDER)
    return kas


def laad(kas: Kas, *regels: str, door: str = "an", **rest: object) -> Lading:
    inhoud = "\n".join((KOP, *regels, "")).encode()
    return load_rekeningen_bestand(kas.werkplaats, door, inhoud, **rest)  # type: ignore[arg-type]


def same(agb: str = AGB) -> str:
    """What holds already."""
    naam, iban = (f"Aanbieder {agb}", IBANS[agb]) if agb else ("Gemeente Alphen aan den Rijn", EIGEN_IBAN)
    return f"{GEMEENTE};{agb};{iban};{naam};2026-01-01;"


def test_a_row_that_says_something_new_is_a_proposal_of_who_loaded_it(kas: Kas) -> None:
    lading = laad(kas, same(""), f"{GEMEENTE};{AGB};{NIEUW};Stichting Het Pad;2026-06-01;2026-12-31", same(ANDER))
    assert (lading.totaal, lading.ongewijzigd, len(lading.voorstellen)) == (0, 2, 1)
    (rij,) = lading.voorstellen
    assert (rij.agb, rij.iban, rij.status, rij.vastgelegd_door) == (AGB, "NL20INGB0001234567", "voorstel", "an")
    assert isinstance(confirm_rekening(kas.werkplaats, GEMEENTE, "an", rij.rekening_id), NietNu)
    weer = laad(kas, f"{GEMEENTE};{AGB};{NIEUW};Stichting Het Pad;2026-06-01;2026-12-31", door="bo")
    assert (weer.voorstellen, weer.ongewijzigd) == ((), 1)
    bevestigd = confirm_rekening(kas.werkplaats, GEMEENTE, "bo", rij.rekening_id)
    assert isinstance(bevestigd, Rekeningrij)
    assert bevestigd.status == "bevestigd"


def test_a_workbook_does_as_well(kas: Kas) -> None:
    inhoud = workbook(KOP.split(";"), [GEMEENTE, AGB, NIEUW, "Stichting Het Pad", "2026-06-01", None])
    lading = load_rekeningen_bestand(kas.werkplaats, "an", inhoud, gemeente=GEMEENTE)
    assert (lading.fouten, len(lading.voorstellen)) == ((), 1)


@pytest.mark.parametrize(
    ("regel", "kolom", "woorden"),
    [
        (f"{GEMEENTE};{AGB};NL20INGB0001234568;Naam;2026-06-01;", "iban", "controle van dit IBAN"),
        (f"{GEMEENTE};{AGB};{NIEUW};;2026-06-01;", "tenaamstelling", "is leeg"),
        (f"{GEMEENTE};{AGB};{NIEUW};Naam;1-6-2026;", "ingangsdatum", "2026-06-01"),
        (f"{GEMEENTE};{AGB};{NIEUW};Naam;2026-06-01;2026-05-31", "einddatum", "vóór ingangsdatum"),
        (f"{GEMEENTE};42429999;{NIEUW};Naam;2026-06-01;", "agb", "kent deze aanbieder niet"),
        (f"0518;{AGB};{NIEUW};Naam;2026-06-01;", "gemeente", "alleen regels van gemeente 0484"),
        (f"{GEMEENTE};{ANDER};{NIEUW};Naam;2026-01-01;", "ingangsdatum", "regel 2"),
    ],
)
def test_with_one_fault_nothing_is_proposed(kas: Kas, regel: str, kolom: str, woorden: str) -> None:
    goed = f"{GEMEENTE};{ANDER};{NIEUW};Stichting Goed;2026-01-01;"
    lading = laad(kas, goed, regel, gemeente=GEMEENTE)
    assert [(fout.regelnummer, fout.pad) for fout in lading.fouten] == [(3, kolom)]
    assert woorden in lading.fouten[0].melding
    with kas.werkplaats.opslag.transaction() as verbinding:
        assert verbinding.execute(text("SELECT count(*) FROM betaalrekening")).scalar_one() == 3


def test_a_rehearsal_keeps_nothing(kas: Kas) -> None:
    regel = f"{GEMEENTE};{AGB};{NIEUW};Stichting Het Pad;2026-06-01;"
    assert len(laad(kas, regel, proef=True).voorstellen) == len(laad(kas, regel).voorstellen) == 1


def test_the_table_of_a_run_tells_whose_account_changed_also_by_name_alone(kas: Kas) -> None:
    kas.betaal()
    (rij,) = laad(kas, f"{GEMEENTE};{ANDER};{IBANS[ANDER]};Een andere naam;2026-06-01;").voorstellen
    assert isinstance(confirm_rekening(kas.werkplaats, GEMEENTE, "bo", rij.rekening_id), Rekeningrij)
    kas.declareer(1)
    kas.declareer(1, agb=ANDER)
    run = kas.stel_voor()
    assert isinstance(kas.keur(run), Betaalrunrij)
    with kas.werkplaats.opslag.transaction() as verbinding:
        inhoud = unpack_bestand(kas.werkplaats, verbinding, GEMEENTE, run.run_id, CSV)
    assert inhoud is not None
    regels = inhoud.decode("utf-8-sig").splitlines()
    assert {regel.split(";")[1]: regel.split(";")[-1] for regel in regels[1:]} == {ANDER: "gewijzigd", AGB: "als vorige keer"}


def test_the_database_refuses_one_person_for_two(kas: Kas) -> None:
    """Whatever code asks it."""
    (rij,) = laad(kas, f"{GEMEENTE};{AGB};{NIEUW};Stichting Het Pad;2026-06-01;").voorstellen
    opdracht = text("INSERT INTO rekeningoordeel VALUES (:g, :r, 'bevestigd', 'an', now())")
    with pytest.raises(DatabaseError, match="een ander dan wie haar vastlegde"), kas.werkplaats.opslag.transaction() as verbinding:
        verbinding.execute(opdracht, {"g": GEMEENTE, "r": rij.rekening_id})
    blokkade = kas.blokkeer(agb=AGB)
    hef_op = text("UPDATE betaalblokkade SET opgeheven_op = now(), opgeheven_door = :wie WHERE blokkade_id = :b")
    for wie in ("an", BEVESTIGT):
        with (
            pytest.raises(DatabaseError, match="wie de opheffing"),
            kas.werkplaats.opslag.transaction() as verbinding,
        ):
            verbinding.execute(hef_op, {"wie": wie, "b": blokkade.blokkade_id})
        lift_blokkade(kas.werkplaats, GEMEENTE, BEVESTIGT, blokkade.blokkade_id)
