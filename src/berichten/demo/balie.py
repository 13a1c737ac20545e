"""The counter of the running service, as the people of the demo come to it: over HTTP, each with a key of their own."""

import time
from dataclasses import dataclass
from typing import Any

import httpx

from berichten.voorbeelden.model.model import VoorbeeldBericht

GEDULD = 120.0
"""Seconds that the service gets to answer, and a message to be handled."""
_KLAAR = ("geweigerd", "afgekeurd", "ter_beoordeling", "verwerkt")
_NOTASOORTEN = {b"BerichtCode>432<": "declaratie", b"BerichtCode>450<": "factuur"}
_AL_ONTVANGEN = 200
_NIET_GEVONDEN = 404


@dataclass(frozen=True, slots=True)
class Balie:
    """Requests in somebody's name. Every method raises HTTPStatusError for a request that is refused, unless it says otherwise."""

    client: httpx.Client
    sleutels: dict[str, str]
    """By AGB code, gemeentecode or role."""

    def get(self, wie: str, pad: str, **vraag: str | int) -> dict[str, Any]:
        """What `/v1` has at this path."""
        inhoud: dict[str, Any] = self.client.get(f"/v1{pad}", params=vraag, headers=self._kop(wie)).raise_for_status().json()
        return inhoud

    def post(self, wie: str, pad: str, verzoek: dict[str, Any]) -> None:
        """Ask for something to be done."""
        self.client.post(f"/v1{pad}", json=verzoek, headers=self._kop(wie)).raise_for_status()

    def load(self, wie: str, soort: str, bestand: str) -> None:
        """Load a reference file."""
        kop = {**self._kop(wie), "Content-Type": "text/csv"}
        self.client.post(f"/v1/referentie/{soort}", content=bestand.encode(), headers=kop).raise_for_status()

    def read_antwoord(self, wie: str, bericht_id: str) -> bytes | None:
        """The answer to a message; None while there is none."""
        antwoord = self.client.get(f"/v1/berichten/{bericht_id}/antwoord", headers=self._kop(wie))
        return None if antwoord.status_code == _NIET_GEVONDEN else antwoord.raise_for_status().content

    def send(self, bericht: VoorbeeldBericht) -> dict[str, Any]:
        """Send one message in its sender's name, and wait until it is handled.

        Its state, with `herhaling` when it was sent before; or the problem, when it is refused.
        """
        kop = self._kop(bericht.afzender)
        soort = {"Content-Type": "application/xml"}
        antwoord = self.client.post("/v1/berichten", content=bericht.inhoud, headers={**kop, **soort})
        if antwoord.status_code >= 400:
            geweigerd = {"soort": bericht.soort, "afzender": bericht.afzender, "status": "geweigerd", "herhaling": False}
            return {**antwoord.json(), **geweigerd}
        uiterlijk = time.monotonic() + GEDULD
        staat: dict[str, Any] = antwoord.json()
        while staat["status"] not in _KLAAR:
            if time.monotonic() > uiterlijk:
                raise TimeoutError("Een bericht is na twee minuten nog niet verwerkt.")
            time.sleep(0.02)
            staat = self.client.get(antwoord.headers["Location"], headers=kop).raise_for_status().json()
        return {**staat, "soort": _tell_soort(bericht), "herhaling": antwoord.status_code == _AL_ONTVANGEN}

    def _kop(self, wie: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.sleutels[wie]}"}


def _tell_soort(bericht: VoorbeeldBericht) -> str:
    """The kind; of a JW303 also whether it is a declaration or an invoice, which only its BerichtCode says."""
    return next((f"{bericht.soort} {naam}" for code, naam in _NOTASOORTEN.items() if code in bericht.inhoud), bericht.soort)
