"""A service in whose portal people log in at a real OpenID provider."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import httpx

from berichten.instellingen import Instellingen
from berichten.processen.basis.werkplaats import Werkplaats, open_werkplaats
from tests.api.dienst import Dienst, free_port, running_dienst
from tests.conftest import VANDAAG
from tests.hulp.openid import GEHEIM, PORTAAL, OpenidAanbieder, Reiziger, make_aanbieder

INLOGGEN = "/portaal/inloggen"
ROLLEN = {"Jeugd-contracten": "contractbeheer", "Jeugd-geld": "financien", "Zorg": "aanbieder", "ICT": "beheer"}
MENSEN = {
    "ans": {"name": "Ans de Wit", "roles": ["Jeugd-contracten", "Koffie"], "gemeente": "0484", "email": "ans@voorbeeld.nl"},
    "bo": {"name": "Bo Smit", "roles": "Zorg", "agb": ["42420001", "niets"], "gemeente": "0484"},
    "chris": {"name": "Chris Bakker", "roles": ["Koffie"], "gemeente": "0484"},
    "dani": {"name": "Dani Visser", "roles": ["Jeugd-contracten"], "gemeente": "nergens"},
    "els": {"name": "Els Mulder", "roles": ["ICT", "Jeugd-geld"], "gemeente": "0484"},
    "evil": {"name": "Ans de Wit", "roles": ["Jeugd-contracten"], "gemeente": "0484", "email": "ans@voorbeeld.nl"},
    "fay": {"name": "Fay de Boer", "roles": ["Jeugd-geld"], "gemeente": "0484"},
}


@dataclass(frozen=True, slots=True)
class Openidhuis:
    """Service, provider and the database behind the service."""

    dienst: Dienst
    aanbieder: OpenidAanbieder
    werkplaats: Werkplaats

    @property
    def terug(self) -> str:
        return f"{self.dienst.adres}{INLOGGEN}/terug"

    def leave(self, reiziger: Reiziger, naar: str = "/portaal/werkvoorraad") -> str:
        """Where the service sends who wants to log in."""
        antwoord = reiziger.send("GET", f"{self.dienst.adres}{INLOGGEN}/openid?{urlencode({'naar': naar})}")
        assert antwoord.status_code == 303, antwoord.text[:500]
        return str(antwoord.headers["Location"])

    def come_back(self, wie: str, reiziger: Reiziger | None = None) -> tuple[Reiziger, str]:
        """Log in as somebody at the provider; the address to come back by, not visited yet."""
        reiziger = reiziger or Reiziger()
        return reiziger, reiziger.log_in_there(self.leave(reiziger), wie, self.terug)

    def enter(self, wie: str) -> tuple[Reiziger, httpx.Response]:
        reiziger, adres = self.come_back(wie)
        return reiziger, reiziger.send("GET", adres)

    def is_in(self, reiziger: Reiziger) -> bool:
        return "U bent ingelogd als" in reiziger.send("GET", self.dienst.adres + INLOGGEN).text


@contextmanager
def running_openidhuis(database: str, map_: Path) -> Iterator[Openidhuis]:
    """While the block lasts service and provider answer."""
    poort = free_port()
    adres = f"http://127.0.0.1:{poort}"
    aanbieder = make_aanbieder(f"{adres}{INLOGGEN}/terug", **MENSEN)
    omgeving = {
        "BERICHTEN_DATABASE_URL": database,
        "BERICHTEN_VAR": str(map_ / "var"),
        "BERICHTEN_HUIDIGE_DATUM": VANDAAG.isoformat(),
        "BERICHTEN_PORTAAL_ADRES": adres,
        "BERICHTEN_OIDC_ISSUER": aanbieder.issuer,
        "BERICHTEN_OIDC_CLIENT_ID": PORTAAL,
        "BERICHTEN_OIDC_CLIENT_GEHEIM": GEHEIM,
        "BERICHTEN_OIDC_ROLLEN": json.dumps(ROLLEN),
        "BERICHTEN_OIDC_CLAIM_GEMEENTE": "gemeente",
    }
    instellingen = Instellingen(database_url=database, var=map_ / "var", huidige_datum=VANDAAG)
    with (
        aanbieder.running(),
        open_werkplaats(instellingen) as werkplaats,
        running_dienst(omgeving, map_ / "dienst.log", poort) as dienst,
    ):
        yield Openidhuis(dienst, aanbieder, werkplaats)
