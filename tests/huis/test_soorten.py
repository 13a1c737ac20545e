"""Every kind that may be sent in has all that a kind needs: who forgets a part of the recipe reads here which."""

import pytest

from berichten.beoordeling.pijplijn import NIVEAUS
from berichten.processen.berichten.soorten import BEHANDELINGEN
from berichten.standaard.deur.toelating import Weigering, admit
from berichten.standaard.schema.schema import own_schemas_dir
from berichten.standaard.waarden.soorten import (
    ANTWOORDEN_VAN_AANBIEDER,
    HEENBERICHTEN,
    INZENDINGEN,
    SOORTEN,
    VERZOEKEN,
    Berichtsoort,
    find_antwoord,
)
from tests.hulp.bouw import bouw, schemas
from tests.standaard.kleine_berichten import klein_bericht


@pytest.mark.parametrize("naam", INZENDINGEN)
def test_a_kind_that_is_sent_in_is_judged_and_handled(naam: str) -> None:
    assert naam in NIVEAUS, "beoordeling/pijplijn.py zegt niet hoe dit bericht wordt beoordeeld"
    assert naam in BEHANDELINGEN, "processen/berichten/soorten.py zegt niet wat er met dit bericht gebeurt"


@pytest.mark.parametrize("naam", [naam for naam in INZENDINGEN if naam not in ANTWOORDEN_VAN_AANBIEDER])
def test_a_sound_message_of_a_kind_is_read_as_that_kind(naam: str) -> None:
    bericht = admit(bouw(naam), schemas())
    assert not isinstance(bericht, Weigering), bericht
    assert bericht.soort.naam == naam


@pytest.mark.parametrize("soort", SOORTEN, ids=lambda soort: f"{soort.naam} {soort.release}")
def test_a_kind_has_its_schema(soort: Berichtsoort) -> None:
    assert (own_schemas_dir() / soort.schemapad).is_file()


def test_an_answer_is_a_kind_of_the_same_release() -> None:
    assert all(find_antwoord(soort).release == soort.release for soort in HEENBERICHTEN)


def test_no_row_is_about_a_kind_that_is_not_there() -> None:
    assert set(BEHANDELINGEN) == set(INZENDINGEN)
    assert set(NIVEAUS) == set(INZENDINGEN)


@pytest.mark.parametrize("soort", [soort for soort in VERZOEKEN if not soort.antwoord], ids=lambda soort: soort.naam)
def test_an_answer_that_the_gemeente_makes_is_not_let_in(soort: Berichtsoort) -> None:
    weigering = admit(klein_bericht(soort).encode(), schemas())
    assert isinstance(weigering, Weigering)
    assert "Zulke berichten maakt de gemeente zelf; u kunt ze niet insturen." in weigering.fouten[0].melding
