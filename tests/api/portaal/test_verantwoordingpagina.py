"""An aanbieder accounts for what it billed: a file that is tried first, a form, and what is kept."""

import re
from typing import Any

import httpx

from tests.hulp.besluiten import MRT, scalar, submit
from tests.hulp.bezoek import Bezoek, add_persoon
from tests.hulp.bouwstenen import AGB
from tests.hulp.declareer import Regel, outcomes
from tests.hulp.portaal.balie import Portaalbalie

_KOP = "gemeente;agb;referentienummer;toewijzingnummer;maand;datum;minuten;soort;niveau;registratie"
_ADRES = "/portaal/verantwoording"


def _plain(pagina: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", pagina)).replace("\xa0", " ")


def _try(client: Bezoek, *regels: str) -> httpx.Response:
    client.get(_ADRES)
    return client.send_file(_ADRES, "bestand", "\n".join([_KOP, *regels]).encode())


def _count(balie: Portaalbalie, referentie: str) -> int:
    return int(scalar(balie.werkplaats, "SELECT count(*) FROM verantwoording WHERE referentienummer = :r", r=referentie))


def test_a_file_is_tried_told_and_then_kept(balie: Portaalbalie) -> None:
    with balie.client("aanbieder") as client:
        proef = _try(client, f"0484;{AGB};P1;;;2026-03-04;50;direct;HBO;SKJ", f"0484;{AGB};P1;;;2026-03-05;10;indirect;HBO;SKJ")
        assert "Nieuw 2 Gewijzigd 0 Ingetrokken 0 Blijft gelijk 0" in _plain(proef.text)
        assert _count(balie, "P1") == 0
        bewaard = client.post(f"{_ADRES}/bewaren")
        assert (bewaard.status_code, bewaard.headers["Location"], _count(balie, "P1")) == (303, _ADRES, 2)
        pagina = _plain(client.get(f"{_ADRES}?referentie=P1").text)
    assert "2 contacten" in pagina
    assert "regel P1 4 maart 2026 Direct met de cliënt HBO SKJ – 50" in pagina


def test_a_large_file_waits_for_who_brought_it(balie: Portaalbalie) -> None:
    """Two megabytes: the page takes none of it along, and another person cannot keep it."""
    regels = [f"0484;{AGB};G{nummer:05};;;2026-03-04;50;direct;HBO;SKJ" for nummer in range(40_000)]
    add_persoon(balie.werkplaats, "collega@voorbeeld.nl", "aanbieder", agb=AGB)
    with balie.client("aanbieder") as client, Bezoek(balie.adres) as ander:
        ander.log_in("collega@voorbeeld.nl")
        proef = _try(client, *regels)
        merk = re.findall(r'name="merk" value="(\w+)"', proef.text)
        assert (len(merk), len(proef.text) < 60_000) == (1, True)
        ander.get(_ADRES)
        assert ander.post(f"{_ADRES}/bewaren", merk=merk[0]).status_code == 400
        assert client.post(f"{_ADRES}/bewaren").status_code == 303
    assert scalar(balie.werkplaats, "SELECT count(*) FROM verantwoording WHERE referentienummer LIKE 'G%'") == len(regels)


def test_every_fault_is_told_by_line_and_nothing_is_kept(balie: Portaalbalie) -> None:
    with balie.client("aanbieder") as client:
        antwoord = _try(
            client, f"0484;{AGB};P2;;;2026-03-04;50;direct;HBO;SKJ", f"0484;{AGB};P2;;;4-3-2026;50;direct;HBO;SKJ",
            "0484;42420002;P2;;;2026-03-04;50;direct;HBO;SKJ",
        )  # fmt: skip
        assert (antwoord.status_code, "er is niets bewaard" in antwoord.text) == (400, True)
        assert re.findall(r'class="getal">(\d+)</th>', antwoord.text) == ["3", "4"]
        assert "U stuurt hier alleen uw eigen verantwoording" in antwoord.text
        weg = client.post(f"{_ADRES}/bewaren", merk="verzonnen")
        assert (weg.status_code, "niet meer bewaard" in weg.text) == (400, True)
        leeg = client.send_file(_ADRES, "bestand", b"")
        assert (leeg.status_code, "Kies een bestand" in leeg.text) == (400, True)
    assert _count(balie, "P2") == 0


def test_a_line_that_waits_for_records_is_looked_at_again(balie: Portaalbalie) -> None:
    """Sixty minutes less than billed are accounted for, then those as well, by the form."""
    with balie.client("aanbieder") as client:
        _try(client, f"0484;{AGB};P3;;;2026-03-04;240;direct;HBO;SKJ")
        client.post(f"{_ADRES}/bewaren")
        assert outcomes(submit(balie.werkplaats, Regel("P3", 1002, MRT, 5)))["P3"] == ("ter_beoordeling", ("DA06",))
        proef = _plain(_try(client, f"0484;{AGB};P3;;;2026-03-06;60;direct;HBO;SKJ").text)
        assert "1 wachtende regel wordt opnieuw bekeken: 1 toegekend." in proef
        stand = "SELECT uitkomst FROM prestatie WHERE referentienummer = 'P3'"
        assert scalar(balie.werkplaats, stand) == "ter_beoordeling"
        client.get(f"{_ADRES}/nieuw")
        velden: dict[str, Any] = {
            "referentienummer": "P3",
            "datum": "6-3-2026",
            "minuten": "60",
            "soort": "direct",
            "registratie": "SKJ",
        }
        client.post(f"{_ADRES}/nieuw", **velden, niveau="HBO")
        assert "1 wachtende regel is opnieuw bekeken: 1 toegekend." in client.get(_ADRES).text
        assert scalar(balie.werkplaats, stand) == "toegekend"


def test_what_is_wrong_in_the_form_is_told_at_its_field(balie: Portaalbalie) -> None:
    with balie.client("aanbieder") as client:
        client.get(f"{_ADRES}/nieuw")
        antwoord = client.post(f"{_ADRES}/nieuw", referentienummer="P4", minuten="veel", soort="direct", registratie="SKJ")
        geen_dag = client.post(f"{_ADRES}/nieuw", referentienummer="P4", datum="31-2-2026")
    assert (antwoord.status_code, geen_dag.status_code) == (400, 400)
    assert "Dit is geen datum. Schrijf een dag als 30-4-2026." in geen_dag.text
    assert 'id="minuten-fout"' in antwoord.text
    assert 'value="P4"' in antwoord.text
    assert _count(balie, "P4") == 0


def test_one_that_is_kept_is_put_right_or_withdrawn(balie: Portaalbalie) -> None:
    with balie.client("aanbieder") as client:
        _try(client, f"0484;{AGB};P5;;;2026-03-04;50;direct;HBO;SKJ")
        client.post(f"{_ADRES}/bewaren")
        lijst = client.get(f"{_ADRES}?referentie=P5").text
        formulier = re.findall(r'href="(/portaal/verantwoording/nieuw\?[^"]+)"', lijst)[0].replace("&amp;", "&")
        pagina = client.get(formulier).text
        assert all(f'value="{waarde}"' in pagina for waarde in ("P5", "4-3-2026", "50", "ja"))
        velden: dict[str, Any] = {
            "referentienummer": "P5",
            "datum": "2026-03-04",
            "soort": "direct",
            "niveau": "HBO",
            "registratie": "SKJ",
        }
        client.post(f"{_ADRES}/nieuw", **velden, minuten="40")
        assert "1 gewijzigde regel" in client.get(_ADRES).text
        client.get(formulier)
        client.post(f"{_ADRES}/nieuw", **velden, minuten="40", ingetrokken="ja")
        assert "1 ingetrokken regel" in client.get(_ADRES).text
    assert _count(balie, "P5") == 0


def test_the_example_is_a_right_file(balie: Portaalbalie) -> None:
    with balie.client("aanbieder") as client:
        voorbeeld = client.get(f"{_ADRES}/voorbeeld")
        assert "attachment" in voorbeeld.headers["Content-Disposition"]
        client.get(_ADRES)
        proef = client.send_file(_ADRES, "bestand", voorbeeld.content)
    assert "Nieuw 2 Gewijzigd 0" in _plain(proef.text)
