"""Care for the monitor's tests, put straight into the tables by COPY: ten thousand clients in a second or two."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import cycle, islice
from pathlib import Path
from uuid import UUID

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from sqlalchemy import Connection, text

from berichten.boeken.journaalposten import KOSTEN, SCHULD
from berichten.kern.kalender import begin_of_maand, einde_of_maand
from berichten.opslag.basis.kopie import add_rows
from berichten.opslag.tabellen.declaraties import journaal, prestatie
from berichten.opslag.tabellen.monitor import verwijzing
from berichten.opslag.tabellen.referentie import pdc
from berichten.opslag.tabellen.regie import toewijzing
from berichten.rapporten.monitor.tabel import Tabel, Waarde

GEMEENTE = "0484"
GEBOEKT = datetime(2025, 2, 1, tzinfo=UTC)
BERICHT = UUID(int=1)
"""The message that everything came in that has no other Dagtekening."""
DAGTEKENING = date(2024, 3, 31)
"""Of that message."""
_MAP = Path(__file__).parents[2] / "monitor"
_PDC = (
    "gemeente", "productcode", "omschrijving", "productcategorie", "eenheid",
    "uitvoeringsvariant", "zorgvorm", "segment", "opleidingsniveau",
    "vereiste_registratie", "taakveld", "ingangsdatum",
)  # fmt: skip
_PRESTATIE = (
    "gemeente", "prestatie_id", "bericht_id", "agb", "bsn", "referentienummer",
    "vorig_referentienummer", "toewijzingnummer", "categorie", "productcode", "begindatum",
    "einddatum", "volume", "eenheid", "bedrag", "credit", "uitkomst",
    "referentie_gebruikt", "regelnummer",
)  # fmt: skip
_JOURNAAL = (
    "gemeente", "prestatie_id", "agb", "bericht_id", "soort", "rekening",
    "tegenrekening", "bedrag", "toewijzingnummer", "categorie", "productcode",
    "zorgmaand", "declaratiemaand", "geboekt_op",
)  # fmt: skip
_TOEWIJZING = (
    "gemeente", "toewijzingnummer", "agb", "bsn", "categorie", "productcode",
    "ingangsdatum", "toewijzingsdatum", "toewijzingstijd", "versie", "geboortedatum",
)  # fmt: skip


_EEN_BERICHT = text("""
    WITH bericht AS (
        INSERT INTO bericht (gemeente, bericht_id, soort, sha256, status, ontvangen_op)
        VALUES (:g, :id, 'JW323', :nummer, 'verwerkt', :dag) ON CONFLICT DO NOTHING
        RETURNING gemeente, bericht_id
    )
    INSERT INTO declaratie (gemeente, bericht_id, agb, declaratienummer, begindatum, einddatum, dagtekening, nummer_gebruikt)
    SELECT gemeente, bericht_id, '42420001', :nummer, :dag, :dag, :dag, true FROM bericht
""")


@dataclass(frozen=True, slots=True)
class Regel:
    """An awarded line; with `credit` it takes one back. `client` is a number, of which a BSN is made."""

    client: int
    centen: int
    maand: date = date(2024, 3, 1)
    product: str = "P0"
    agb: str = "42420001"
    minuten: int = 60
    credit: bool = False
    toewijzing: int | None = None
    gemeente: str = GEMEENTE
    geboekt: datetime = GEBOEKT
    uitkomst: str = "toegekend"
    dagtekening: date = DAGTEKENING
    """DeclaratieDagtekening of the declaration that it came in."""

    @property
    def bericht(self) -> UUID:
        return BERICHT if self.dagtekening == DAGTEKENING else UUID(int=self.dagtekening.toordinal())


@dataclass(frozen=True, slots=True)
class Toewijzing:
    """An allocation: who, and when it begins."""

    nummer: int
    client: int
    geboren: date | None = None
    product: str = "P0"
    agb: str = "42420001"
    ingang: date = date(2024, 1, 1)
    gemeente: str = GEMEENTE


@dataclass
class Zorg:
    """What is to be in the tables."""

    producten: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Segment and zorgvorm by product code."""
    regels: list[Regel] = field(default_factory=list)
    toewijzingen: list[Toewijzing] = field(default_factory=list)
    verwijzers: dict[int, str] = field(default_factory=dict)
    eerste: int = 1
    """Number of the first line."""

    def product(self, segment: str, zorgvorm: str) -> str:
        """The code of a product, made when there is none."""
        code = next((code for code, soort in self.producten.items() if soort == (segment, zorgvorm)), f"P{len(self.producten)}")
        self.producten[code] = (segment, zorgvorm)
        return code

    def save(self, verbinding: Connection) -> None:
        """Write everything."""
        gemeenten = {item.gemeente for item in self.regels} | {item.gemeente for item in self.toewijzingen}
        add_rows(verbinding, pdc, _PDC, (
            (gemeente, code, zorgvorm, "45", "01", "inspanning", zorgvorm, segment, "", "", "", date(2020, 1, 1))
            for gemeente in sorted(gemeenten) for code, (segment, zorgvorm) in self.producten.items()
        ))  # fmt: skip
        add_rows(verbinding, toewijzing, _TOEWIJZING, (
            (item.gemeente, item.nummer, item.agb, bsn_of(item.client), "45", item.product, item.ingang, item.ingang,
             datetime.min.time(), 1, item.geboren)
            for item in self.toewijzingen
        ))  # fmt: skip
        add_rows(verbinding, verwijzing, ("gemeente", "toewijzingnummer", "verwijzer"), (
            (GEMEENTE, nummer, wie) for nummer, wie in self.verwijzers.items()
        ))  # fmt: skip
        berichten = {(BERICHT, DAGTEKENING), *((item.bericht, item.dagtekening) for item in self.regels)}
        verbinding.execute(_EEN_BERICHT, [
            {"g": gemeente, "id": nummer, "dag": dag, "nummer": f"{dag}"}
            for gemeente in sorted(gemeenten) for nummer, dag in sorted(berichten)
        ])  # fmt: skip
        genummerd = list(enumerate(self.regels, self.eerste))
        add_rows(verbinding, prestatie, _PRESTATIE, (_prestatie(nummer, item) for nummer, item in genummerd))
        geboekt = ((nummer, item) for nummer, item in genummerd if item.uitkomst == "toegekend")
        add_rows(verbinding, journaal, _JOURNAAL, (_boeking(nummer, item) for nummer, item in geboekt))


def bsn_of(client: int) -> str:
    """Nine digits, made up."""
    return f"{client + 100_000_000:09d}"


def _prestatie(nummer: int, item: Regel) -> tuple[object, ...]:
    return (
        item.gemeente, nummer, item.bericht, item.agb, bsn_of(item.client), f"R{nummer}", None, item.toewijzing, "45", item.product,
        item.maand, einde_of_maand(item.maand), item.minuten, "01", _signed(item), item.credit, item.uitkomst, True, 1,
    )  # fmt: skip


def _boeking(nummer: int, item: Regel) -> tuple[object, ...]:
    soort, maand = "creditering" if item.credit else "toekenning", begin_of_maand(item.maand)
    return (
        item.gemeente, nummer, item.agb, item.bericht, soort, KOSTEN, SCHULD, _signed(item), item.toewijzing, "45", item.product,
        maand, maand, item.geboekt,
    )  # fmt: skip


def _signed(item: Regel) -> int:
    return -item.centen if item.credit else item.centen


def find_row(tabel: Tabel, **waar: Waarde) -> dict[str, Waarde]:
    """The one row of a table with these values."""
    rijen = [dict(zip(tabel.kolommen, rij, strict=True)) for rij in tabel.rijen]
    [gevonden] = [rij for rij in rijen if all(rij[naam] == waarde for naam, waarde in waar.items())]
    return gevonden


def read_published(naam: str) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Columns and rows of a published table, as text."""
    with (_MAP / f"{naam}.csv").open(encoding="utf-8", newline="") as bestand:
        kop, *rijen = csv.reader(bestand, delimiter=";")
    return tuple(kop), [tuple(rij) for rij in rijen]


def spread(centen: int, clienten: Sequence[int]) -> list[tuple[int, int]]:
    """Divide an amount over clients, so that each has something."""
    deel, rest = divmod(centen, len(clienten))
    return [(client, deel + (plaats < rest)) for plaats, client in enumerate(clienten)]


def overlap(aantallen: Iterable[int], clienten: Sequence[int]) -> list[list[int]]:
    """Groups of these sizes out of these clients, so that every client is in at least one and some are in several."""
    kring, begin, groepen = list(clienten), 0, []
    for aantal in aantallen:
        groepen.append(list(islice(cycle(kring), begin, begin + aantal)))
        begin = (begin + aantal) % len(kring)
    return groepen


def window(euro: int, clienten: int = 0, per_client: int = 0, rond: int = 100) -> tuple[int, int]:
    """Between which cents an amount lies that shows as `euro`, and as `per_client` when divided over so many."""
    laag, hoog = 100 * euro - rond // 2, 100 * euro + rond // 2 - 1
    if clienten:
        laag = max(laag, 100 * clienten * per_client - 50 * clienten)
        hoog = min(hoog, 100 * clienten * per_client + 50 * clienten - 1)
    return laag, hoog


def fit(vensters: Sequence[tuple[int, int]], sommen: Mapping[tuple[int, ...], tuple[int, int]]) -> list[int]:
    """Cents for each window, of which the sums (by places) lie in windows of their own: published numbers are rounded."""
    matrix = np.array([[1.0 if plaats in plaatsen else 0.0 for plaats in range(len(vensters))] for plaatsen in sommen])
    laag, hoog = np.array(list(sommen.values())).T
    grenzen = Bounds(*np.array(vensters).T)
    gevonden = milp(
        np.zeros(len(vensters)),
        constraints=LinearConstraint(matrix, laag, hoog),
        bounds=grenzen,
        integrality=np.ones(len(vensters)),
    )
    assert gevonden.success, gevonden.message
    return [round(waarde) for waarde in gevonden.x]
