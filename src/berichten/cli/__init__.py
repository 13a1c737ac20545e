"""The command line: one module a command, loaded when that command is called.

Every command opens what it needs, runs one use case, and tells in Dutch how it went.
"""

import gc
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import version
from typing import Annotated, Any, NamedTuple

import typer

from berichten.cli.basis.nederlands import DutchGroup, Opdrachten


class Opdrachtplek(NamedTuple):
    """Where a command is found, and the first sentence of its help (tests/huis/test_cli.py keeps the two equal)."""

    module: str
    naam: str
    uitleg: str


OPDRACHTEN = {
    "dienst": Opdrachtplek("beheer.dienst", "dienst", "Start de dienst: API en portaal, met werkers in eigen processen."),
    "werker": Opdrachtplek("beheer.dienst", "werker", "Start alleen een werker: hij verwerkt wat er wacht."),
    "planner": Opdrachtplek("beheer.dienst", "planner", "Start alleen de planner: termijnen, nachtcontrole, opruimen en e-mail."),
    "valideer": Opdrachtplek("berichten.valideer", "valideer", "Controleer berichten op niveau 1 en 2, zonder database."),
    "verwerk": Opdrachtplek("berichten.verwerk", "verwerk", "Verwerk berichten zoals het adres /v1/berichten dat doet."),
    "proef": Opdrachtplek("berichten.proef", "proef", "Laat zien wat er met berichten zou gebeuren."),
    "status": Opdrachtplek("beheer.status", "status", "Laat zien wat er misging en wat aandacht vraagt."),
    "laad": Opdrachtplek("inzicht.referentie", "laad", "Laad een referentiebestand."),
    "laad-standaard": Opdrachtplek("inzicht.referentie", "laad_standaard", "Laad de standaardgegevens die bij de dienst horen."),
    "herbeoordeel": Opdrachtplek(
        "inzicht.herbeoordeel", "herbeoordeel", "Laat zien welke besliste regels met de gegevens van nu anders zouden uitvallen."
    ),
    "rapport": Opdrachtplek(
        "inzicht.rapport", "rapport", "Schrijf een rapport: dezelfde cijfers als de API, als bestand per gekozen formaat."
    ),
    "monitor": Opdrachtplek(
        "inzicht.monitor", "monitor_app", "De monitor: tabellen en indicatoren, en wat daarvoor wordt opgegeven."
    ),
    "inzage": Opdrachtplek(
        "inzicht.inzage", "inzage", "Laat zien wie de gegevens van een cliënt zag, als antwoord op een inzageverzoek."
    ),
    "sleutel": Opdrachtplek("beheer.sleutel", "sleutel_app", "API-sleutels maken, tonen en intrekken."),
    "gebruiker": Opdrachtplek("beheer.gebruiker", "gebruiker_app", "Personen die op het portaal inloggen, en hun rollen."),
    "systeem": Opdrachtplek("beheer.systeem", "systeem_app", "Systemen die de API gebruiken, met wie ervoor verantwoordelijk is."),
    "machtiging": Opdrachtplek(
        "beheer.machtiging", "machtiging_app", "Machtigen om namens een andere aanbieder in te sturen en in te zien."
    ),
    "db": Opdrachtplek("beheer.db", "db_app", "De database bijwerken, kopiëren, en bewijzen dat de boeken sluiten."),
    "kopie": Opdrachtplek("beheer.kopie", "kopie_app", "De ingebouwde database kopiëren, en terugzetten op elk gewenst moment."),
    "regels": Opdrachtplek(
        "inzicht.regels", "regels", "Toon alle regels waarop de dienst toetst, als Markdown (zo is docs/regels.md gemaakt)."
    ),
    "voorbeeld": Opdrachtplek(
        "berichten.voorbeeld", "voorbeeld", "Maak een verzonnen stad: berichten en referentiebestanden die bij elkaar passen."
    ),
    "demo": Opdrachtplek(
        "beheer.demo", "demo", "Start de dienst, stuur de berichten van een verzonnen stad in en laat zien wat ervan wordt."
    ),
}
"""Every command, in the order in which help shows them."""


class _Laat(DutchGroup):
    """Commands that are loaded when they are called."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(OPDRACHTEN)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        return load_command(cmd_name) if cmd_name in OPDRACHTEN else None

    def short_helps(self, ctx: Any) -> Iterator[tuple[str, str]]:
        for naam, plek in OPDRACHTEN.items():
            yield naam, plek.uitleg


def load_command(naam: str) -> Any:
    """The command of that name, with all that it imports."""
    plek = OPDRACHTEN[naam]
    # What is imported stays: to look it through for garbage meanwhile takes a sixth of the time.
    gc.disable()
    try:
        gevonden = getattr(import_module(f"berichten.cli.{plek.module}"), plek.naam)
    finally:
        gc.enable()
    if not isinstance(gevonden, typer.Typer):
        alleen = Opdrachten(plek.uitleg)
        alleen.command(naam)(gevonden)
        gevonden = alleen
    opdracht = typer.main.get_command(gevonden)
    opdracht.name = naam
    return opdracht


def _tell_version(gevraagd: bool) -> None:
    if gevraagd:
        print(f"berichten {version('berichten')}")
        raise typer.Exit


app = Opdrachten("iJw-berichten ontvangen, beoordelen, beantwoorden en boeken.", _Laat)


@app.callback()
def _berichten(
    versie: Annotated[
        bool, typer.Option("--version", "--versie", is_eager=True, callback=_tell_version, help="Toon welke versie dit is en stop")
    ] = False,
) -> None:
    """iJw-berichten ontvangen, beoordelen, beantwoorden en boeken."""


def main() -> None:
    """Entry of the command."""
    app()
