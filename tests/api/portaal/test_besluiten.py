"""Decisions by the forms of the portal, without JavaScript: one line, many lines, and what somebody else did meanwhile."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from berichten.instellingen import Instellingen
from berichten.processen.basis.werkplaats import open_werkplaats
from tests.conftest import VANDAAG
from tests.hulp.besluiten import FEB, JAN, fill_town, prestatie_id, rows, submit
from tests.hulp.declareer import Regel
from tests.hulp.portaal.balie import Portaalbalie, running_portaal

REDEN = "Besproken met de aanbieder."


@pytest.fixture
def balie(database_url: str, tmp_path: Path) -> Iterator[Portaalbalie]:
    """Five held lines: three of one declaration, two of another."""
    instellingen = Instellingen(
        database_url=database_url,
        var=tmp_path,
        huidige_datum=VANDAAG,
        veeg_seconden=60,
        lokaal_inloggen=True,
        vier_ogen_vanaf=100_000,
    )
    with open_werkplaats(instellingen) as werkplaats:
        fill_town(werkplaats, 1001, 1002, 1003, 1004)
        submit(werkplaats, Regel("A1", 1001, JAN, 1), Regel("A2", 1001, FEB, 2), Regel("A3", 1002, JAN, 3))
        submit(werkplaats, Regel("B1", 1003, JAN, 4), Regel("B2", 1004, JAN, 20))
        with running_portaal(instellingen, werkplaats) as balie:
            yield balie


def outcome(balie: Portaalbalie, referentie: str) -> str:
    return str(rows(balie.werkplaats, "SELECT uitkomst FROM prestatie WHERE referentienummer = :r", r=referentie)[0][0])


def line(balie: Portaalbalie, referentie: str) -> str:
    return f"/portaal/prestaties/{prestatie_id(balie.werkplaats, referentie)}"


def test_a_line_is_awarded_and_the_next_one_opens(balie: Portaalbalie) -> None:
    eerste, tweede = line(balie, "A1"), line(balie, "A2")
    with balie.client("contractbeheer") as client:
        pagina = client.get(f"{eerste}?sorteer=ingediend").text
        assert "1 van 5" in pagina
        antwoord = client.post(f"{eerste}/besluit?sorteer=ingediend", keuze="toekennen", motivering=REDEN)
        assert (antwoord.status_code, antwoord.headers["Location"]) == (303, f"{tweede}?sorteer=ingediend")
        volgende = client.get(antwoord.headers["Location"]).text
    assert outcome(balie, "A1") == "toegekend"
    assert "A1 toegekend." in volgende
    assert f'href="{eerste}?sorteer=ingediend#besluit">Maak ongedaan' in volgende
    assert "1 van 4" in volgende


def test_a_decision_is_undone_by_the_next_as_long_as_the_answer_has_not_left(balie: Portaalbalie) -> None:
    with balie.client("contractbeheer") as client:
        client.get(line(balie, "A1"))
        client.post(f"{line(balie, 'A1')}/besluit", keuze="afwijzen", retourcode="9321", motivering=REDEN)
        assert outcome(balie, "A1") == "afgewezen"
        pagina = client.get(line(balie, "A1")).text
        assert "S. de Boer heeft deze regel op" in pagina
        assert client.post(f"{line(balie, 'A1')}/besluit", keuze="toekennen", motivering="Toch goed.").status_code == 303
        assert outcome(balie, "A1") == "toegekend"
        for rest in ("A2", "A3"):
            client.get(line(balie, rest))
            client.post(f"{line(balie, rest)}/besluit", keuze="toekennen", motivering=REDEN)
        pagina = client.get(line(balie, "A1")).text
    assert 'value="terugvragen"' in pagina
    assert 'value="afwijzen"' not in pagina


def test_who_comes_second_reads_who_was_first_and_loses_nothing(balie: Portaalbalie) -> None:
    with balie.client("contractbeheer") as eerste, balie.client("tweede") as tweede:
        eerste.get(line(balie, "A1"))
        tweede.get(line(balie, "A1"))
        eerste.post(f"{line(balie, 'A1')}/besluit", keuze="toekennen", motivering=REDEN)
        antwoord = tweede.post(
            f"{line(balie, 'A1')}/besluit", keuze="afwijzen", retourcode="9321", motivering="Mijn eigen woorden."
        )
    assert antwoord.status_code == 409
    assert "S. de Boer heeft deze regel om 1" in antwoord.text
    assert "Mijn eigen woorden." in antwoord.text
    assert outcome(balie, "A1") == "toegekend"


def test_the_same_form_twice_decides_once(balie: Portaalbalie) -> None:
    with balie.client("contractbeheer") as client:
        client.get(line(balie, "A1"))
        verborgen = dict(client.verborgen)
        for _ in range(2):
            client.verborgen = dict(verborgen)
            assert client.post(f"{line(balie, 'A1')}/besluit", keuze="toekennen", motivering=REDEN).status_code == 303
    assert rows(balie.werkplaats, "SELECT count(*) FROM besluit") == [(1,)]


@pytest.mark.parametrize(
    ("keuze", "motivering", "woorden"),
    [
        ("", REDEN, "Kies wat u besluit"),
        ("toekennen", " ", "De tekst is leeg"),
        ("toekennen", "Cliënt 999911855.", "burgerservicenummer"),
    ],
)
def test_what_is_missing_stands_beside_its_field(balie: Portaalbalie, keuze: str, motivering: str, woorden: str) -> None:
    with balie.client("contractbeheer") as client:
        client.get(line(balie, "A1"))
        antwoord = client.post(f"{line(balie, 'A1')}/besluit", keuze=keuze, motivering=motivering)
    assert antwoord.status_code == 400
    assert f'error-message" id="{"keuze" if "Kies" in woorden else "motivering"}-fout">' in antwoord.text
    assert woorden in antwoord.text
    assert outcome(balie, "A1") == "ter_beoordeling"


def test_a_large_amount_waits_for_a_second_person(balie: Portaalbalie) -> None:
    with balie.client("contractbeheer") as eerste, balie.client("tweede") as tweede:
        eerste.get(line(balie, "B2"))
        melding = eerste.client.cookies
        eerste.post(f"{line(balie, 'B2')}/besluit", keuze="toekennen", motivering=REDEN)
        assert "tweede medewerker" in melding["melding"]
        assert outcome(balie, "B2") == "ter_beoordeling"
        assert "S. de Boer stelt voor" in tweede.get(line(balie, "B2")).text
        tweede.post(f"{line(balie, 'B2')}/besluit", keuze="toekennen", motivering=REDEN)
    assert outcome(balie, "B2") == "toegekend"


def choose(balie: Portaalbalie, *referenties: str, **velden: str) -> list[tuple[str, str]]:
    """Fields of a form with these lines chosen."""
    return [*(("prestatie", str(prestatie_id(balie.werkplaats, naam))) for naam in referenties), *velden.items()]


def test_many_lines_are_counted_before_and_decided_on_together(balie: Portaalbalie) -> None:
    gekozen = ("A1", "A2", "A3")
    with balie.client("contractbeheer") as client:
        client.get("/portaal/werkvoorraad")
        leeg = client.post("/portaal/werkvoorraad/bevestigen", keuze="toekennen")
        assert (leeg.status_code, leeg.headers["Location"]) == (303, "/portaal/werkvoorraad")
        client.get("/portaal/werkvoorraad")
        pagina = client.send("/portaal/werkvoorraad/bevestigen", choose(balie, *gekozen, keuze="toekennen"))
        assert "3 regels, samen" in pagina.text
        assert "1 antwoord (JW325) gaat meteen weg" in pagina.text
        zonder = client.send("/portaal/werkvoorraad/besluiten", choose(balie, *gekozen, keuze="toekennen"))
        assert (zonder.status_code, "De tekst is leeg" in zonder.text) == (400, True)
        gedaan = client.send("/portaal/werkvoorraad/besluiten", choose(balie, *gekozen, keuze="toekennen", motivering=REDEN))
        assert gedaan.status_code == 303
        assert "3 regels toegekend, samen" in client.get(gedaan.headers["Location"]).text
    assert {outcome(balie, naam) for naam in gekozen} == {"toegekend"}


def test_all_of_the_list_or_nothing(balie: Portaalbalie) -> None:
    with balie.client("contractbeheer") as client, balie.client("tweede") as tweede:
        client.get("/portaal/werkvoorraad?toewijzing=1001")
        pagina = client.post("/portaal/werkvoorraad/bevestigen?toewijzing=1001", keuze="afwijzen", alles="ja")
        assert "2 regels, samen" in pagina.text
        tweede.get(line(balie, "A2"))
        tweede.post(f"{line(balie, 'A2')}/besluit", keuze="toekennen", motivering=REDEN)
        geweigerd = client.send(
            "/portaal/werkvoorraad/besluiten", choose(balie, "A1", "A2", keuze="afwijzen", retourcode="9321", motivering=REDEN)
        )
    assert geweigerd.status_code == 409
    assert "Er is niets besloten, want bij 1 regel kan het niet." in geweigerd.text
    assert "1 regel wacht inmiddels niet meer" in geweigerd.text
    assert [outcome(balie, naam) for naam in ("A1", "A2")] == ["ter_beoordeling", "toegekend"]


def test_a_question_stands_in_the_thread_of_the_line(balie: Portaalbalie) -> None:
    with balie.client("contractbeheer") as client:
        client.get(line(balie, "A1"))
        fout = client.post(f"{line(balie, 'A1')}/opmerkingen", opmerking="Gaat dit over 999911855?")
        assert (fout.status_code, "burgerservicenummer" in fout.text) == (400, True)
        gezegd = client.post(f"{line(balie, 'A1')}/opmerkingen", opmerking="Klopt het aantal uren?")
        assert gezegd.headers["Location"] == f"{line(balie, 'A1')}#gesprek"
        assert "Klopt het aantal uren?" in client.get(line(balie, "A1")).text


def test_the_list_is_the_same_as_a_file(balie: Portaalbalie) -> None:
    with balie.client("contractbeheer") as client:
        bestand = client.get("/portaal/werkvoorraad/bestand.csv?toewijzing=1001&sorteer=bedrag")
        excel = client.get("/portaal/werkvoorraad/bestand.xlsx")
    regels = bestand.content.decode("utf-8-sig").splitlines()
    assert [regel.split(";")[1] for regel in regels[1:3]] == ["A2", "A1"]
    assert bestand.headers["Content-Disposition"].startswith('attachment; filename="werkvoorraad-0484')
    assert excel.content[:2] == b"PK"
