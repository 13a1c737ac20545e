"""Whether somebody is mailed is chosen on the page of preferences, by this person and for this person."""

from collections.abc import Iterator

import pytest

from berichten.instellingen import Instellingen
from berichten.processen.basis.werkplaats import open_werkplaats
from tests.conftest import VANDAAG
from tests.hulp.besluiten import rows
from tests.hulp.portaal.balie import Portaalbalie, running_portaal

_ADRES = "/portaal/voorkeuren/e-mail"


@pytest.fixture(scope="module")
def postbalie(module_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portaalbalie]:
    """A portal that mails, in an empty gemeente."""
    instellingen = Instellingen(
        database_url=module_database, var=tmp_path_factory.mktemp("post"), huidige_datum=VANDAAG, veeg_seconden=60,
        lokaal_inloggen=True, smtp_host="localhost", smtp_port=9, smtp_afzender="a@b.nl", portaal_adres="https://portaal.nl",
    )  # fmt: skip
    with open_werkplaats(instellingen) as werkplaats, running_portaal(instellingen, werkplaats) as balie:
        yield balie


def _chosen(balie: Portaalbalie) -> list[str]:
    return [rij[0] for rij in rows(balie.werkplaats, "SELECT adres FROM seintjesadres ORDER BY 1")]


def test_it_is_chosen_changed_and_given_up(postbalie: Portaalbalie) -> None:
    with postbalie.client("aanbieder") as client:
        assert 'value="uit" checked' in client.get("/portaal/voorkeuren").text
        for adres in ("k.jansen@wilgen.nl", "post@wilgen.nl"):
            assert client.post(_ADRES, keuze="aan", adres=adres).status_code == 303
            assert _chosen(postbalie) == [adres]
        pagina = client.get("/portaal/voorkeuren").text
        assert ('value="aan" checked' in pagina, 'value="post@wilgen.nl"' in pagina) == (True, True)
        client.post(_ADRES, keuze="uit", adres="post@wilgen.nl")
        assert "U krijgt geen e-mail meer." in client.get("/portaal/voorkeuren").text
    assert _chosen(postbalie) == []


def test_what_is_no_address_is_told_at_the_field(postbalie: Portaalbalie) -> None:
    with postbalie.client("contractbeheer") as client:
        client.get("/portaal/voorkeuren")
        for adres, zin in (("", "Vul het e-mailadres in"), ("bij mij thuis", "Dit is geen e-mailadres")):
            antwoord = client.post(_ADRES, keuze="aan", adres=adres)
            assert (antwoord.status_code, zin in antwoord.text, 'id="adres-fout"' in antwoord.text) == (400, True, True)
    assert _chosen(postbalie) == []


@pytest.mark.parametrize("wie", ["financien", "beheer", "gemeente"])
def test_a_role_for_which_nothing_is_ready_has_no_choice(postbalie: Portaalbalie, wie: str) -> None:
    with postbalie.client(wie) as client:
        assert "Seintje per e-mail" not in client.get("/portaal/voorkeuren").text
        assert client.post(_ADRES, keuze="aan", adres="a@b.nl").status_code == 403
