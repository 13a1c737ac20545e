"""A JW320 at the door: on a JW319 that was sent, and once; by itself, among others, and from an archive."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest

from berichten.kern.houder import Sleutelhouder
from berichten.processen.archief.bronnen import Invoer
from berichten.processen.archief.ontvang_bundel import Apart, Stuk, receive_bundle
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.berichten.verwerk_bericht import handle_stroom
from berichten.processen.ontvangst.ontvang_bericht import Geweigerd, Ontvangen, Verboden, accept
from berichten.processen.ontvangst.ontvang_samen import Aanbod, accept_together
from berichten.processen.verzoeken.beslis_verzoek import GenomenVerzoekbesluit
from berichten.standaard.deur.toelating import admit
from tests.hulp.bouwstenen import AGB, GEMEENTE
from tests.hulp.declareer import send
from tests.hulp.verzoeken import aanvraag, antwoord, beslis, retour, stand

EIGEN = Sleutelhouder(GEMEENTE, "clerk", "aanbieder", AGB)


def refusal(uitkomst: object) -> str:
    assert isinstance(uitkomst, Geweigerd), uitkomst
    assert uitkomst.bericht_id is None, "nothing is kept"
    return uitkomst.fouten[0].melding


def test_the_first_counts_and_its_bytes_may_come_again(werkplaats: Werkplaats) -> None:
    send(werkplaats, aanvraag("A-1"))
    onderzoek = beslis(werkplaats, "A-1", "in_onderzoek")
    eerste, tweede = (retour(werkplaats, onderzoek.antwoord_id, code) for code in (None, "9360"))  # type: ignore[arg-type]
    binnen = accept(werkplaats, eerste, EIGEN)
    assert isinstance(binnen, Ontvangen)
    assert "hebt u al geantwoord" in refusal(accept(werkplaats, tweede, EIGEN)), "also while the first waits"
    send(werkplaats, eerste)
    for uitkomst in (accept(werkplaats, tweede, None), *accept_together(werkplaats, [Aanbod(tweede, EIGEN, None)])):
        assert "hebt u al geantwoord, en dat eerste JW320 blijft gelden" in refusal(uitkomst)
    weer = accept_together(werkplaats, [Aanbod(eerste, EIGEN, None)])[0]
    assert isinstance(weer, Ontvangen)
    assert (weer.herhaling, weer.rij.bericht_id) == (True, binnen.rij.bericht_id)
    een = stand(werkplaats, "A-1")
    assert een is not None
    assert een.status == "in_onderzoek"


def test_of_two_at_one_instant_one_counts_and_the_other_is_told(werkplaats: Werkplaats) -> None:
    send(werkplaats, aanvraag("A-1", "A-2"))
    for referentie in ("A-1", "A-2"):
        onderzoek = beslis(werkplaats, referentie, "in_onderzoek")
        beide = [retour(werkplaats, onderzoek.antwoord_id, code) for code in (None, "9360")]  # type: ignore[arg-type]
        samen = Barrier(2)

        def take(inhoud: bytes, samen: Barrier = samen) -> Ontvangen | Geweigerd | Verboden:
            samen.wait()
            return accept(werkplaats, inhoud, EIGEN)

        with ThreadPoolExecutor(2) as ploeg:
            uitkomsten = list(ploeg.map(take, beide))
        binnen = [item for item in uitkomsten if isinstance(item, Ontvangen)]
        (geweigerd,) = [item for item in uitkomsten if item not in binnen]
        assert len(binnen) == 1
        assert "hebt u al geantwoord" in refusal(geweigerd)
        handle_stroom(werkplaats, GEMEENTE, AGB)
        een = stand(werkplaats, referentie)
        assert een is not None
        assert een.status == ("in_onderzoek" if uitkomsten[0] in binnen else "ontvangen"), "what was let in is what counts"
    eerste, tweede = accept_together(werkplaats, [Aanbod(item, EIGEN, None) for item in _two_more(werkplaats)])
    assert isinstance(eerste, Ontvangen)
    assert "hebt u al geantwoord" in refusal(tweede), "also within one lot"


def _two_more(werkplaats: Werkplaats) -> list[bytes]:
    send(werkplaats, aanvraag("B-1", bsn="999990019"))
    onderzoek = beslis(werkplaats, "B-1", "in_onderzoek")
    return [retour(werkplaats, onderzoek.antwoord_id, code) for code in (None, "9360")]  # type: ignore[arg-type]


def test_a_jw319_that_is_not_known_cannot_be_answered_and_one_that_waits_can(werkplaats: Werkplaats) -> None:
    send(werkplaats, aanvraag("A-1"))
    jw319 = antwoord("A-1", "2")
    heen = accept(werkplaats, jw319, None)
    assert isinstance(heen, Ontvangen)
    jw320 = retour(werkplaats, heen.rij.bericht_id)
    onbekend = jw320.replace(heen.rij.identificatie.encode(), b"ONBEKEND")
    assert "stuurde u geen JW319 met Identificatie ONBEKEND" in refusal(accept(werkplaats, onbekend, EIGEN))
    ander = replace(EIGEN, agb="42420002")
    vreemd = jw320.replace(f">{AGB}<".encode(), b">42420002<")
    assert "stuurde u geen JW319" in refusal(accept(werkplaats, vreemd, ander)), "nothing is told of another's"
    assert isinstance(accept(werkplaats, jw320, EIGEN), Ontvangen)


def test_in_an_archive_it_is_taken_by_itself_after_what_comes_before_it(werkplaats: Werkplaats) -> None:
    send(werkplaats, aanvraag("A-1"))
    onderzoek = beslis(werkplaats, "A-1", "in_onderzoek")
    assert isinstance(onderzoek, GenomenVerzoekbesluit)
    assert onderzoek.antwoord_id is not None
    jw320 = retour(werkplaats, onderzoek.antwoord_id)
    stuk = Stuk(Invoer("a.xml", jw320), admit(jw320, werkplaats.schemas))
    with werkplaats.opslag.transaction() as verbinding, pytest.raises(Apart):
        receive_bundle(verbinding, werkplaats, [stuk])
