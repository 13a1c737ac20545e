"""A browser at the portal without one: keeps the cookie of a session, says where its forms stood, and sends their hidden fields."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from types import TracebackType
from urllib.parse import urlencode

import httpx

from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.toegang.beheer_gebruikers import NieuweGebruiker, NieuweRol, add_gebruiker
from berichten.processen.toegang.bevestig_rollen import confirm_wachtende_rol, list_wachtende_rollen
from tests.hulp.bouwstenen import GEMEENTE

WACHTWOORD = "vier-woorden-achter-elkaar"
_VERBORGEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def add_persoon(
    werkplaats: Werkplaats,
    inlognaam: str,
    *rollen: str,
    agb: str | None = None,
    gemeente: str = GEMEENTE,
    naam: str = "",
    zelf_gekozen: bool = True,
) -> str:
    """A person with an account and these roles; password WACHTWOORD, of the person's own choice. Returns the person's id."""
    tot = werkplaats.instellingen.vandaag() + timedelta(days=300)
    nieuw = tuple(NieuweRol(rol, agb if rol == "aanbieder" else None, tot) for rol in rollen)
    persoon = add_gebruiker(
        werkplaats,
        NieuweGebruiker(gemeente, naam or f"Persoon {inlognaam}", inlognaam, WACHTWOORD, nieuw, zelf_gekozen),
        "persoon:proef",
    )
    confirm_all(werkplaats, gemeente, persoon)
    return persoon


def confirm_all(werkplaats: Werkplaats, gemeente: str = GEMEENTE, persoon: str = "") -> None:
    """A second person confirms the roles that take two; of this person alone, or of everybody."""
    for wachtend in list_wachtende_rollen(werkplaats, gemeente):
        if persoon in ("", wachtend.persoon_id):
            confirm_wachtende_rol(werkplaats, gemeente, wachtend.toekenning_id, "persoon:tweede")


@dataclass(slots=True)
class Bezoek:
    """One browser. Follows no redirects: a test says where it was sent."""

    adres: str
    koekje: str = ""
    verborgen: dict[str, str] = field(default_factory=dict)
    """Hidden fields of the last page."""
    client: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self.client = httpx.Client(base_url=self.adres, timeout=60.0, verify=False, trust_env=False)

    def __enter__(self) -> "Bezoek":
        return self

    def __exit__(self, soort: type[BaseException] | None, fout: BaseException | None, spoor: TracebackType | None) -> None:
        self.client.close()

    def get(self, pad: str) -> httpx.Response:
        """Open a page."""
        return self._take(self.client.get(pad, headers=self._kop()))

    def post(self, pad: str, koppen: dict[str, str] | None = None, **velden: str) -> httpx.Response:
        """Send the form of the last page with its hidden fields, unless they are given; `koppen` say where it stood: at ours."""
        kop = {"Sec-Fetch-Site": "same-origin"} if koppen is None else koppen
        return self._take(self.client.post(pad, data={**self.verborgen, **velden}, headers={**self._kop(), **kop}))

    def send(self, pad: str, velden: list[tuple[str, str]]) -> httpx.Response:
        """The form of the last page with fields of which one may stand more than once."""
        alles = urlencode([("csrf", self.verborgen.get("csrf", "")), *velden])
        kop = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
        return self._take(self.client.post(pad, content=alles, headers={**self._kop(), **kop}))

    def send_file(self, pad: str, veld: str, inhoud: bytes, **velden: str) -> httpx.Response:
        """The form of the last page with a file."""
        kop = {**self._kop(), "Sec-Fetch-Site": "same-origin"}
        alles = {"csrf": self.verborgen.get("csrf", ""), **velden}
        return self._take(self.client.post(pad, data=alles, files={veld: ("bestand.csv", inhoud, "text/csv")}, headers=kop))

    def log_in(self, inlognaam: str, wachtwoord: str = WACHTWOORD, naar: str = "") -> httpx.Response:
        """Log in from the page that asks for it."""
        return self.post("/portaal/inloggen", inlognaam=inlognaam, wachtwoord=wachtwoord, naar=naar)

    def _kop(self) -> dict[str, str]:
        # The jar keeps the cookie of a session from a line that is not encrypted; a browser trusts its own machine.
        koekjes = {naam: waarde for naam, waarde in self.client.cookies.items() if naam != "__Host-sessie"}
        if self.koekje:
            koekjes["__Host-sessie"] = self.koekje
        return {"Cookie": "; ".join(f"{naam}={waarde}" for naam, waarde in koekjes.items())} if koekjes else {}

    def _take(self, antwoord: httpx.Response) -> httpx.Response:
        for kop in antwoord.headers.get_list("set-cookie"):
            if kop.startswith("__Host-sessie="):
                self.koekje = kop.partition("=")[2].partition(";")[0].strip('"')
        if antwoord.headers.get("content-type", "").startswith("text/html"):
            self.verborgen = dict(_VERBORGEN.findall(antwoord.text))
        return antwoord
