"""With the facts unchanged nothing would come out differently, for any aanbieder of any made-up town."""

from datetime import date

import pytest

from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.berichten.verwerk_bericht import handle_stroom
from berichten.processen.besluiten.herbeoordeel import reconsider
from berichten.processen.ontvangst.ontvang_bericht import Ontvangen, accept
from berichten.processen.referentie.laad_referentie import load_referentie
from berichten.voorbeelden.model.model import GEMEENTE
from berichten.voorbeelden.stad.stad import maak_stad


@pytest.mark.parametrize("seed", [3, 17])
def test_a_town_with_the_same_facts_keeps_its_outcomes(werkplaats: Werkplaats, seed: int) -> None:
    stad = maak_stad(clienten=14, maanden=4, seed=seed, tot=date(2026, 5, 1), nagekomen=True)
    for soort, inhoud in stad.referentie.items():
        assert not load_referentie(werkplaats, soort, inhoud.encode()).fouten
    for bericht in stad.berichten:
        uitkomst = accept(werkplaats, bericht.inhoud, None)
        if isinstance(uitkomst, Ontvangen):
            handle_stroom(werkplaats, GEMEENTE, uitkomst.rij.agb or "")
    aantallen = []
    for aanbieder in stad.aanbieders:
        anders = reconsider(werkplaats, GEMEENTE, aanbieder.agb)
        assert anders.veranderingen == ()
        aantallen.append(anders.berichten)
    assert all(aantallen)
