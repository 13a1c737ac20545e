"""Pages for the aanbieder: what became of its messages, why, what to do, and a question to the gemeente."""

import re

import pytest

from berichten.inzage.berichten.berichten import Berichtfilter, list_berichten
from berichten.kern.houder import Sleutelhouder
from tests.hulp.besluiten import beslis, prestatie_id
from tests.hulp.bouwstenen import AGB, GEMEENTE
from tests.hulp.portaal.balie import Portaalbalie

_HOUDER = Sleutelhouder(GEMEENTE, "proef", "aanbieder", AGB, "")


def _declaratie(balie: Portaalbalie) -> str:
    """The address of the one declaration of the town."""
    (bericht,) = list_berichten(balie.werkplaats.seen_by(_HOUDER), Berichtfilter(soort="JW323"), 1, None).regels
    return f"/portaal/berichten/{bericht.bericht_id}"


def _regel(balie: Portaalbalie, referentie: str) -> str:
    return f"{_declaratie(balie)}/regels/{prestatie_id(balie.werkplaats, referentie)}"


def _plain(pagina: str) -> str:
    """What is read on a page, in one line."""
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", pagina)).replace("\xa0", " ")


def test_messages_are_listed_with_their_status_in_words(balie: Portaalbalie) -> None:
    with balie.client("aanbieder") as client:
        alles = _plain(client.get("/portaal/berichten").text)
        gefilterd = client.get("/portaal/berichten?soort=JW301").text
        leeg = client.get("/portaal/berichten?status=afgekeurd").text
        krom = client.get("/portaal/berichten?na=x&vanaf=31-2-2026")
    assert "Wacht op de gemeente" in alles
    assert "Antwoord uiterlijk" in alles
    assert "JW301" in gefilterd
    assert "Declaratie D" not in gefilterd
    assert "Er is geen bericht dat hieraan voldoet" in leeg
    assert (krom.status_code, "Dit is geen datum" in krom.text) == (200, True)


def test_a_declaration_adds_up_and_tells_why_by_reason(balie: Portaalbalie) -> None:
    with balie.client("aanbieder") as client:
        pagina = _plain(client.get(_declaratie(balie)).text)
    assert "1 van 4 regels is toegekend. Over 2 regels besluit de gemeente nog. 1 regel is afgewezen" in pagina
    regels, bedragen = zip(*re.findall(r"(?:Toegekend|Afgewezen|Wacht op de gemeente) (\d+) (€ [\d.,]+)", pagina), strict=True)
    assert sum(map(int, regels)) == 4
    assert sum(int(re.sub(r"\D", "", bedrag)) for bedrag in bedragen) == int(
        re.sub(r"\D", "", re.findall(r"Ingediend 4 (€ [\d.,]+)", pagina)[0])
    )
    assert all(referentie in pagina for referentie in ("R1", "R2", "R3"))
    assert "R3 •••006 30 uur 20 uur Toegewezen is 20 uur in deze periode (1 maand × 20 uur)." in pagina


@pytest.mark.parametrize(
    ("vraag", "wel", "niet"), [("", "R4", "R9"), ("?uitkomst=toegekend", "R4", "R1"), ("?regel=DA07", "R1", "R4")]
)
def test_all_lines_can_be_gone_through(balie: Portaalbalie, vraag: str, wel: str, niet: str) -> None:
    with balie.client("aanbieder") as client:
        pagina = client.get(f"{_declaratie(balie)}/regels{vraag}").text
    assert (f">{wel}<" in pagina, f">{niet}<" in pagina) == (True, False)


def test_there_is_no_answer_until_it_has_left(balie: Portaalbalie) -> None:
    with balie.client("aanbieder") as client:
        antwoord = client.get(f"{_declaratie(balie)}/antwoord")
        inhoud = client.get(f"{_declaratie(balie)}/inhoud")
    assert (antwoord.status_code, "nog een of meer regels beoordelen" in antwoord.text) == (404, True)
    assert inhoud.headers["Content-Disposition"].startswith('attachment; filename="JW323_')
    assert inhoud.text.startswith("<?xml")


def test_a_question_is_asked_once_and_read_by_the_gemeente(balie: Portaalbalie) -> None:
    adres = _regel(balie, "R1")
    with balie.client("aanbieder") as client:
        client.get(adres)
        leeg = client.post(adres, tekst="  ")
        assert (leeg.status_code, "is niet bewaard" in leeg.text) == (400, True)
        bsn = client.post(adres, tekst="Het gaat om 999911855.")
        assert (bsn.status_code, "Het gaat om 999911855." in bsn.text) == (400, True)
        goed = client.post(adres, tekst="Wanneer besluit u?")
        assert (goed.status_code, goed.headers["Location"]) == (303, f"{adres}#gesprek")
        pagina = client.get(adres).text
    assert pagina.count("Wanneer besluit u?") == 2  # in the thread and in the course


def test_a_decision_is_told_with_its_reason_and_ends_the_conversation(balie: Portaalbalie) -> None:
    beslis(balie.werkplaats, "R2", besluit="afwijzen", retourcode="0611")
    adres = _regel(balie, "R2")
    with balie.client("aanbieder") as client:
        pagina = _plain(client.get(adres).text)
        te_laat = client.post(adres, tekst="Toch nog iets.")
        groep = _plain(client.get(_declaratie(balie)).text)
    assert "Waarom deze regel is afgewezen" in pagina
    assert "Besproken met de aanbieder." in pagina
    assert (te_laat.status_code, "al besloten" in te_laat.text) == (409, True)
    assert "De beoordelaar schreef:" in groep


@pytest.mark.parametrize(
    "pad",
    [
        "/berichten/00000000-0000-0000-0000-000000000000",
        "/berichten/00000000-0000-0000-0000-000000000000/antwoord",
        "/berichten/00000000-0000-0000-0000-000000000000/regels",
        "/berichten/00000000-0000-0000-0000-000000000000/regels/1",
    ],
)
def test_what_is_not_there_is_told_as_what_is_anothers(balie: Portaalbalie, pad: str) -> None:
    with balie.client("aanbieder") as client:
        antwoord = client.get(f"/portaal{pad}")
    assert (antwoord.status_code, "of het is niet van u" in antwoord.text) == (404, True)


def test_a_line_is_found_under_its_own_message_only(balie: Portaalbalie) -> None:
    kijker = balie.werkplaats.seen_by(_HOUDER)
    ander = list_berichten(kijker, Berichtfilter(soort="JW301"), 1, None).regels[0].bericht_id
    with balie.client("aanbieder") as client:
        assert client.get(f"/portaal/berichten/{ander}/regels/{prestatie_id(balie.werkplaats, 'R1')}").status_code == 404


def test_an_aanbieder_begins_on_what_waits(balie: Portaalbalie) -> None:
    with balie.client("aanbieder") as client:
        begin = client.get("/portaal/")
        assert begin.headers["Location"] == "/portaal/start"
        pagina = _plain(client.get("/portaal/start").text)
    assert "Wacht op de gemeente Bericht Antwoord uiterlijk" in pagina
    assert "Er is geen vraag waarop de gemeente uw antwoord wacht." in pagina
    assert "Afgewezen of geweigerd Bericht Status" in pagina


@pytest.mark.parametrize(
    ("code", "zin"),
    [
        ("9321", "Meer dan het volume voor deze periode"),
        ("DA01", "Een no-show mag niet worden gedeclareerd"),
        ("TR307", "ingangsdatum"),
    ],
)
def test_every_code_is_explained_with_an_example(balie: Portaalbalie, code: str, zin: str) -> None:
    with balie.client("aanbieder") as client:
        assert f"/portaal/codes/{code}" in client.get("/portaal/codes").text or code == "TR307"
        pagina = _plain(client.get(f"/portaal/codes/{code}").text)
    assert zin in pagina
    assert "Voorbeeld van wat u dan leest:" in pagina
    assert "{" not in pagina


def test_why_and_what_to_do_is_one_click_from_log_in(balie: Portaalbalie) -> None:
    """From the page after log-in: the declaration, and there the reason with what to do and what would have fitted."""
    with balie.client("aanbieder") as client:
        pagina = client.get(client.get("/portaal/").headers["Location"]).text
        kliks = 0
        while "Wat u kunt doen:" not in pagina:
            assert kliks < 3
            pagina = client.get(
                re.findall(r'href="(/portaal/berichten/[0-9a-f-]{36})"', pagina.partition("Afgewezen of geweigerd")[2])[0]
            ).text
            kliks += 1
    assert (kliks, "30 uur" in pagina) == (1, True)


def test_a_line_is_found_by_its_reference(balie: Portaalbalie) -> None:
    naar = {"aanbieder": _regel(balie, "R3"), "contractbeheer": f"/portaal/prestaties/{prestatie_id(balie.werkplaats, 'R3')}"}
    for wie, adres in naar.items():
        with balie.client(wie) as client:
            assert client.get("/portaal/zoeken?q=R3").headers["Location"] == adres
            assert "is niets gevonden" in client.get("/portaal/zoeken?q=R99").text
    # Who runs the service sees messages, and nobody in them.
    with balie.client("beheer") as client:
        assert "is niets gevonden" in client.get("/portaal/zoeken?q=R3").text


def test_without_a_mail_server_there_is_no_choice_of_mail(balie: Portaalbalie) -> None:
    with balie.client("aanbieder") as client:
        assert "Seintje per e-mail" not in client.get("/portaal/voorkeuren").text
        assert client.post("/portaal/voorkeuren/e-mail", keuze="aan", adres="a@b.nl").status_code == 403
