"""Whoever adds an operation or a form that changes something is told where it has to be done once, to be held against the log."""

import re
from pathlib import Path

from api.deur.gevraagd import OBJECT_VAN, base_name
from tests.api.muur import test_handelingen_volledig
from tests.hulp.api.handelingen import NIETS_GEDAAN, TE_DOEN
from tests.hulp.api.paginas import list_addresses
from tests.hulp.api.wandeling import PADEN


def test_every_act_is_done_where_acts_are_held_against_the_access_log() -> None:
    tekst = Path(test_handelingen_volledig.__file__).read_text()
    ontbreekt = sorted(wat for wat in TE_DOEN - set(NIETS_GEDAAN) if f'"{wat}"' not in tekst)
    assert ontbreekt == [], "do it in tests/api/muur/test_handelingen_volledig.py, or say in tests/hulp/api/handelingen.py why not"


def test_what_changes_nothing_is_there() -> None:
    assert set(NIETS_GEDAAN) - TE_DOEN == set()


def test_every_number_in_an_address_stands_for_a_kind_of_object() -> None:
    """Of operations and pages; what is no number of somebody is named here."""
    paden = [*PADEN, *(adres.pad for adres in list_addresses())]
    namen = {base_name(naam) for pad in paden for naam in re.findall(r"{(\w+)", pad)}
    assert namen - set(OBJECT_VAN) == {"agb", "blad", "code", "naam", "nr", "periode", "regel", "soort", "tabel", "vorm"}, (
        "name in api/deur/gevraagd.py what kind of object it is, so that a refusal says what was asked for"
    )
    assert set(OBJECT_VAN) <= namen
