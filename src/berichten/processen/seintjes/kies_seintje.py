"""Somebody chooses whether notices come by mail, and where."""

import re

from berichten.kern.houder import Sleutelhouder
from berichten.opslag.seintjes.seintjesadressen import drop_adres, find_adres, keep_adres
from berichten.processen.basis.werkplaats import Werkplaats

ROLLEN = ("aanbieder", "contractbeheer", "lokaal_team")
"""For whom there are notices."""
_ADRES = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")
_LANGST = 254
_GEEN_ADRES = "Dit is geen e-mailadres. Schrijf het als naam@voorbeeld.nl."


def can_choose(werkplaats: Werkplaats, houder: Sleutelhouder) -> bool:
    """Whether this installation sends mail, and to this role."""
    return bool(werkplaats.instellingen.smtp_host) and houder.rol in ROLLEN


def find_choice(werkplaats: Werkplaats, houder: Sleutelhouder) -> str:
    """The address that this person chose; empty for no notices."""
    with werkplaats.opslag.transaction() as verbinding:
        gevonden = find_adres(verbinding, houder.gemeente, houder.sleutel_id)
    return gevonden.adres if gevonden else ""


def choose_seintjes(werkplaats: Werkplaats, houder: Sleutelhouder, adres: str) -> str | None:
    """Notices go there from now on; empty: none any more. A Dutch sentence for what is no address."""
    adres = adres.strip()
    if adres and (len(adres) > _LANGST or not _ADRES.fullmatch(adres)):
        return _GEEN_ADRES
    with werkplaats.opslag.transaction() as verbinding:
        if adres:
            keep_adres(verbinding, houder.gemeente, houder.sleutel_id, adres, werkplaats.instellingen.nu())
        else:
            drop_adres(verbinding, houder.gemeente, houder.sleutel_id)
    return None
