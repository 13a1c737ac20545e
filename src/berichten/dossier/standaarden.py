"""Defaults that come with the service: reference files and budget norms, taken from public procurement documents.

A folder a set. `pdc`, `tarieven`, `kaders` and `regelbeleid` have the columns of a reference file without `gemeente`, which the
importer puts before each line; `categorieen` and `budgetnormen` stand as they were published. Sources: docs/referentie.md.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

STANDAARDEN = {"alphen": "0484"}
"""Every set by name, with the code of the gemeente that it is of."""
SOORTEN = ("pdc", "tarieven", "kaders", "regelbeleid")
"""The kinds of reference file in a set, in the order in which they can be loaded."""


@dataclass(frozen=True, slots=True)
class Budgetnorm:
    """What is usual for the budget of an allocation by category, in the words of the source."""

    categorie: str
    naam: str
    intensiteit: str
    budget_gebaseerd_op: str
    looptijd: str
    """A number of weeks, months or years: `6 maanden`."""


def read_referentie(naam: str, soort: str, gemeente: str) -> bytes:
    """A reference file of a set, for one gemeente. Raises FileNotFoundError for a kind that is not in the set."""
    kop, *regels = _read(naam, soort).splitlines()
    return "\n".join((f"gemeente;{kop}", *(f"{gemeente};{regel}" for regel in regels), "")).encode()


@cache
def budgetnormen(gemeente: str) -> dict[str, Budgetnorm]:
    """The norms of a gemeente by category; none for a gemeente that has no set of its own."""
    naam = next((naam for naam, code in STANDAARDEN.items() if code == gemeente), None)
    if naam is None:
        return {}
    return {rij["categorie"]: Budgetnorm(**rij) for rij in csv.DictReader(_read(naam, "budgetnormen").splitlines(), delimiter=";")}


@cache
def categorieen(naam: str) -> dict[str, str]:
    """Categories that a set allocates budgets by: `Crisis, per minuut` by code."""
    rijen = csv.DictReader(_read(naam, "categorieen").splitlines(), delimiter=";")
    return {rij["categorie"]: f"{rij['naam']}, per {rij['eenheid_per'].lower()}" for rij in rijen}


def _read(naam: str, soort: str) -> str:
    return files("berichten.dossier").joinpath(naam, f"{soort}.csv").read_text(encoding="utf-8")
