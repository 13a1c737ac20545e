"""What the sample town asks for comes out as it says: each request another way."""

from datetime import date

from berichten.processen.basis.werkplaats import Werkplaats
from berichten.voorbeelden.stad.stad import maak_stad
from tests.hulp.declareer import send
from tests.hulp.verzoeken import stand

MEI = date(2026, 5, 1)


def test_its_requests_have_every_outcome_and_without_them_it_is_the_town_that_it_was(werkplaats: Werkplaats) -> None:
    zonder, met = (maak_stad(clienten=10, maanden=1, seed=5, tot=MEI, verzoeken=ja) for ja in (False, True))
    assert met.berichten[: len(zonder.berichten)] == zonder.berichten
    assert met.referentie == zonder.referentie
    erbij = met.berichten[len(zonder.berichten) :]
    assert [item.soort for item in erbij] == ["JW315"] * 5 + ["JW301"] + ["JW319"] * 3 + ["JW317", "JW315"]
    uitkomsten = [send(werkplaats, item.inhoud) for item in erbij]
    assert [item["status"] for item in uitkomsten] == ["verwerkt"] * 10 + ["afgekeurd"]
    gevraagd = [deel for item in uitkomsten for deel in item["verzoeken"]]
    agb = erbij[0].afzender
    standen = [stand(werkplaats, deel["referentieAanbieder"], agb) for deel in gevraagd[:5]]
    assert [item and item.status for item in standen] == ["toegewezen", "afgewezen", "afgewezen", "in_onderzoek", "ontvangen"]
    (verwacht,) = (item for item in met.verwachtingen if item.bestand == erbij[-1].bestandsnaam)
    assert [client["regels"] for client in uitkomsten[-1]["clienten"]] == [list(verwacht.regels)]
