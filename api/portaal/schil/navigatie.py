"""What stands in the menu, by role, and on which page somebody begins."""

import re
from dataclasses import dataclass

from api.portaal.schil.adres import BASIS

ROLNAMEN = {
    "aanbieder": "aanbieder", "gemeente": "regie", "contractbeheer": "contractbeheer", "financien": "financiën", "beheer": "beheer",
    "privacy": "functionaris gegevensbescherming", "controle": "accountant", "lokaal_team": "lokaal team", "regio": "regio",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Menupunt:
    """A page in the menu of these roles."""

    pad: str
    titel: str
    rollen: tuple[str, ...]

    @property
    def adres(self) -> str:
        return BASIS + self.pad


MENU = (
    # Contractbeheer
    Menupunt("/werkvoorraad", "Werkvoorraad", ("contractbeheer",)),
    Menupunt("/verzoeken", "Verzoeken", ("contractbeheer", "gemeente")),
    Menupunt("/retouren", "Retouren", ("contractbeheer", "gemeente")),
    Menupunt("/aanbieders", "Aanbieders", ("contractbeheer",)),
    Menupunt("/signalen", "Signalen", ("contractbeheer",)),
    Menupunt("/casussignalen", "Gezinnen", ("lokaal_team",)),
    Menupunt("/creditverzoeken", "Creditverzoeken", ("contractbeheer",)),
    Menupunt("/regels", "Regels", ("contractbeheer",)),
    Menupunt("/referentie", "Referentie", ("contractbeheer",)),
    Menupunt("/kwartaalrapporten", "Kwartaal", ("contractbeheer",)),
    # Keten and sturen come here, each with its own rows.
    # Financien
    Menupunt("/totalen", "Totalen", ("financien",)),
    Menupunt("/aansluiting", "Aansluiting", ("financien",)),
    Menupunt("/verantwoord", "Verantwoord", ("financien", "controle")),
    Menupunt("/steekproeven", "Steekproeven", ("financien", "controle")),
    Menupunt("/betaalruns", "Betaalruns", ("financien",)),
    Menupunt("/blokkades", "Blokkades", ("financien",)),
    Menupunt("/rekeningen", "Rekeningen", ("financien",)),
    Menupunt("/monitor", "Monitor", ("financien",)),
    Menupunt("/kwartaalrapporten", "Kwartaal", ("financien", "controle")),
    Menupunt("/instellingen", "Instellingen", ("financien",)),
    Menupunt("/regio", "Regio", ("regio", "financien")),
    # Aanbieder
    Menupunt("/start", "Vandaag", ("aanbieder",)),
    Menupunt("/berichten", "Berichten", ("aanbieder",)),
    Menupunt("/mijn-verzoeken", "Verzoeken", ("aanbieder",)),
    Menupunt("/versturen", "Versturen", ("aanbieder",)),
    Menupunt("/wat-past", "Wat past", ("aanbieder",)),
    Menupunt("/verantwoording", "Verantwoording", ("aanbieder",)),
    Menupunt("/te-crediteren", "Crediteren", ("aanbieder",)),
    Menupunt("/mijn-signalen", "Signalen", ("aanbieder",)),
    Menupunt("/codes", "Codes", ("aanbieder",)),
    # Beheer
    Menupunt("/gezondheid", "Gezondheid", ("beheer",)),
    Menupunt("/gebruikers", "Gebruikers", ("beheer",)),
    Menupunt("/sleutels", "Sleutels", ("beheer",)),
    Menupunt("/inzage", "Inzage", ("beheer", "privacy")),
    Menupunt("/steekproeven", "Controle", ("beheer",)),
    Menupunt("/kwartaalrapporten", "Kwartaal", ("beheer",)),
    Menupunt("/instellingen", "Instellingen", ("beheer",)),
)
"""In the order of the menu. The first row of a role is where it begins (`begin_of`)."""
_HULPBLADEN = {
    "aanbieder": "aanbieder", "gemeente": "contractbeheer", "contractbeheer": "contractbeheer", "financien": "financien",
    "beheer": "beheer", "privacy": "beheer", "controle": "accountant", "regio": "regio", "lokaal_team": "lokaal_team",
}  # fmt: skip
"""Which page of the user docs (`docs/gebruik`) is for a role."""
OVERIG = "/voorkeuren"
"""Where a role begins that has no page of its own."""


def menu_of(rol: str) -> tuple[Menupunt, ...]:
    """The menu of a role."""
    return tuple(punt for punt in MENU if rol in punt.rollen)


def begin_of(rol: str) -> str:
    """The address of the first page of a role."""
    return next((punt.adres for punt in menu_of(rol)), BASIS + OVERIG)


def help_of(rol: str, punt: Menupunt | None) -> str:
    """The address of the user docs of a role, at the part about a row of its menu; all of them where a role has none."""
    deel = f"#{anchor_of(punt.titel)}" if punt else ""
    return f"{BASIS}/hulp/{_HULPBLADEN[rol]}{deel}" if rol in _HULPBLADEN else f"{BASIS}/hulp/aanbieder"


def anchor_of(titel: str) -> str:
    """How a heading of the user docs is called in an address."""
    return "-".join(re.findall(r"\w+", titel.lower()))


def current_of(punten: tuple[Menupunt, ...], pad: str) -> Menupunt | None:
    """The row of the menu under which a page stands."""
    return next((punt for punt in punten if pad == punt.adres or pad.startswith(f"{punt.adres}/")), None)
