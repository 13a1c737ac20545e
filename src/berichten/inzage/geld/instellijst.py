"""What a gemeente had set for its steering on a day, what comes later, and who set it."""

from dataclasses import dataclass
from datetime import date, timedelta

from berichten.inzage.basis.kijker import Kijker
from berichten.klok import end_of
from berichten.opslag.kwartaal.instelrijen import Instelrij, list_instelrijen
from berichten.rapporten.ingesteld.instelcatalogus import CATALOGUS, may_set
from berichten.rapporten.ingesteld.instelstand import Geldendewaarde, Instelstand, value_on

__all__ = ["Instelregel", "Komend", "list_instellingen", "settable_by"]

_LAATST = date.max - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Komend:
    """What a setting becomes, and from which day."""

    vanaf: date
    waarde: str


@dataclass(frozen=True, slots=True)
class Instelregel:
    """One setting as it holds."""

    naam: str
    betekenis: str
    eenheid: str
    keuzen: list[str]
    waarde: str
    """As people read it."""
    in_bestand: str
    """As it stands in a file; empty for none."""
    standaard: str
    bron: str
    vanaf: date | None
    """None for what is ordinary."""
    besluit: str
    door: str
    """Who set it; empty for what is ordinary."""
    komt: list[Komend]


def list_instellingen(kijker: Kijker, dag: date | None = None) -> list[Instelregel]:
    """Every setting of the catalogue as it held on a day, today unless told, of what was loaded by its end."""
    vandaag, nu = kijker.instellingen.vandaag(), kijker.instellingen.nu()
    peildatum = dag or vandaag
    with kijker.transaction() as (verbinding, vermelding):
        vermelding.shows_nobody()
        moment = nu if peildatum >= vandaag else end_of(peildatum)
        rijen = list_instelrijen(verbinding, kijker.gemeente, moment)
    stand, alle = value_on(rijen, peildatum), [rij for rij in rijen if peildatum < rij.vanaf <= _LAATST]
    namen = kijker.names_of({rij.geladen_door for rij in rijen})
    return [_show(stand, naam, alle, namen) for naam in CATALOGUS]


def _show(stand: Instelstand, naam: str, later: list[Instelrij], namen: dict[str, str]) -> Instelregel:
    geldend: Geldendewaarde = stand[naam]
    soort, rij = geldend.soort, geldend.rij
    return Instelregel(
        naam, soort.betekenis, soort.eenheid, list(soort.keuzen), geldend.tekst, soort.write(geldend.waarde),
        soort.tell(soort.standaard), soort.bron, None if rij is None else rij.vanaf, "" if rij is None else rij.besluit,
        "" if rij is None else namen.get(rij.geladen_door, "de dienst"),
        [Komend(item.vanaf, soort.tell(soort.parse(item.waarde))) for item in later if item.naam == naam],
    )  # fmt: skip


def settable_by(rol: str) -> list[str]:
    """Names of what a role may set."""
    return [naam for naam, soort in CATALOGUS.items() if may_set(rol, soort)]
