"""A real OpenID provider beside the tests (npm `oidc-provider`, `tests/openid/`), and a browser that goes there and back."""

import json
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from joserfc.jwk import ECKey, RSAKey

from tests.api.dienst import free_port
from tests.hulp.node import NODE, install

BRON = Path(__file__).parents[1] / "openid"
PUBLIEK = "https://berichten.example/v1"
PORTAAL, GEHEIM = "portaal", "geheim-van-het-portaal"


def make_key(kid: str, alg: str = "PS256") -> dict[str, Any]:
    """A private key as the provider wants it."""
    soort = ECKey.generate_key("P-256") if alg == "ES256" else RSAKey.generate_key(2048)
    return {**soort.as_dict(private=True), "kid": kid, "alg": alg, "use": "sig"}


@dataclass(slots=True)
class OpenidAanbieder:
    """The provider, as it was started."""

    poort: int
    terug: str
    """Address to which it sends people back."""
    mensen: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Claims by log-in name, which is the subject too."""
    sleutels: list[dict[str, Any]] = field(default_factory=lambda: [make_key("een")])
    duur: int = 600
    """Seconds that an access token works."""
    verversen: bool = True
    """Whether who logs in gets a refresh token."""
    portaalsleutel: dict[str, Any] | None = None
    """Public key by which the portal proves itself; None: by a secret."""

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.poort}"

    @contextmanager
    def running(self) -> Iterator["OpenidAanbieder"]:
        """While the block lasts it answers; started anew it knows nobody's session any more."""
        keuze = {
            "poort": self.poort, "terug": self.terug, "sleutels": self.sleutels, "mensen": self.mensen, "duur": self.duur,
            "verversen": self.verversen, "portaalsleutel": self.portaalsleutel,
        }  # fmt: skip
        opdracht = [str(NODE), str(install(BRON) / "aanbieder.mjs"), json.dumps(keuze)]
        proces = subprocess.Popen(opdracht, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        try:
            regels = []
            for regel in proces.stdout or ():
                regels.append(regel)
                if regel.strip() == "klaar":
                    break
            else:
                raise RuntimeError("".join(regels))
            yield self
        finally:
            proces.kill()
            proces.wait()

    def change(self, wie: str, **claims: Any) -> None:
        """From now on this person is so."""
        httpx.put(f"{self.issuer}/proef/{wie}", json=claims).raise_for_status()

    def give_token(self, client: str, publiek: str = PUBLIEK) -> str:
        """An access token, as a system asks for it (client credentials)."""
        vraag = {"grant_type": "client_credentials", "resource": publiek, "scope": "berichten"}
        antwoord = httpx.post(f"{self.issuer}/token", data=vraag, auth=(client, f"geheim-van-{client}"))
        return str(antwoord.raise_for_status().json()["access_token"])


def make_aanbieder(terug: str, **mensen: dict[str, Any]) -> OpenidAanbieder:
    """A provider on a port of its own."""
    return OpenidAanbieder(free_port(), terug, dict(mensen))


@dataclass(slots=True)
class Reiziger:
    """A browser that goes from one service to another; cookies by port, which real browsers do not tell apart."""

    koekjes: dict[int, dict[str, str]] = field(default_factory=dict)

    def send(self, methode: str, adres: str, **wat: Any) -> httpx.Response:
        """One request, without following where it is sent."""
        poort = urlsplit(adres).port or 80
        eigen = self.koekjes.setdefault(poort, {})
        kop = {"Cookie": "; ".join(f"{naam}={waarde}" for naam, waarde in eigen.items())} if eigen else {}
        antwoord = httpx.request(methode, adres, headers=kop, timeout=60.0, **wat)
        for regel in antwoord.headers.get_list("set-cookie"):
            naam, _, rest = regel.partition("=")
            waarde = rest.partition(";")[0].strip('"')
            eigen.pop(naam, None)
            if waarde and "max-age=0" not in regel.lower():
                eigen[naam] = waarde
        return antwoord

    def follow(self, adres: str, tot: str) -> str:
        """Where one is sent in the end: the first address that begins with `tot`. Not visited itself."""
        for _ in range(12):
            if adres.startswith(tot):
                return adres
            antwoord = self.send("GET", adres)
            if antwoord.is_redirect:
                adres = str(httpx.URL(adres).join(antwoord.headers["Location"]))
                continue
            raise AssertionError(f"{antwoord.status_code} at {adres}: {antwoord.text[:400]}")
        raise AssertionError(f"round and round, last to {adres}")

    def log_in_there(self, adres: str, wie: str, tot: str) -> str:
        """To the provider, and through its form as `wie`; the address to which it sends one back, not visited yet."""
        antwoord = self.send("GET", adres)
        formulier = str(httpx.URL(adres).join(antwoord.headers["Location"]))
        pagina = self.send("GET", formulier)
        assert re.search('name="prompt" value="login"', pagina.text), pagina.text[:400]
        verder = self.send("POST", formulier, data={"prompt": "login", "login": wie, "password": "maakt hier niet uit"})
        return self.follow(str(httpx.URL(formulier).join(verder.headers["Location"])), tot)
