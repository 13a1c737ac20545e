"""Names beside the codes of a report, for people who do not know the codes by heart; what a report counts is left as it is."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection

from berichten.opslag.basis.vraag import Vraag
from berichten.rapporten.uitvoer.tabel import Kolom, Rapport
from berichten.standaard.schema.codelijsten import read_codelijsten
from berichten.standaard.schema.schema import own_schemas_dir
from berichten.standaard.waarden.gemeenten import gemeenten
from berichten.standaard.waarden.soorten import JW323

Namen = Mapping[str, str]


class _Naam(NamedTuple):
    code: str
    naam: str


_AANBIEDERS = Vraag(_Naam, "SELECT agb AS code, naam FROM aanbieder WHERE gemeente = %(g)s")
_PRODUCTEN = Vraag(
    _Naam,
    "SELECT DISTINCT ON (productcode) productcode AS code, omschrijving AS naam FROM pdc WHERE gemeente = %(g)s"
    " ORDER BY pdc.productcode, ingangsdatum DESC",
)
"""What the newest catalogue calls each code: one code, one description in a report, whatever its months."""


def _list_names(lijst: str) -> Namen:
    return read_codelijsten(own_schemas_dir(), JW323.release)[lijst].codes


def _read_names(verbinding: Connection, vraag: Vraag[_Naam], gemeente: str) -> Namen:
    return {rij.code: rij.naam for rij in vraag.all(verbinding, {"g": gemeente})}


def read_aanbiedernamen(verbinding: Connection, gemeente: str) -> Namen:
    """What the gemeente calls each aanbieder, by AGB code."""
    return _read_names(verbinding, _AANBIEDERS, gemeente)


_BRONNEN: dict[str, tuple[Kolom, Callable[[Connection, str], Namen]]] = {
    "gemeente": (Kolom("gemeentenaam", "Naam gemeente"), lambda _, __: {code: item.naam for code, item in gemeenten().items()}),
    "aanbieder": (
        Kolom("aanbiedernaam", "Naam aanbieder"),
        read_aanbiedernamen,
    ),
    "categorie": (Kolom("categorienaam", "Naam categorie"), lambda _, __: _list_names("productcategorie")),
    "productcode": (
        Kolom("productomschrijving", "Productomschrijving"),
        lambda verbinding, gemeente: _read_names(verbinding, _PRODUCTEN, gemeente),
    ),
    "eenheid": (Kolom("eenheidnaam", "Naam eenheid"), lambda _, __: _list_names("eenheid")),
}
"""By column of codes: the column that comes after it, and where its names are found. Two queries at most."""


class Codenamen(NamedTuple):
    """Names by code."""

    aanbieders: Namen
    producten: Namen
    categorieen: Namen


def read_codenamen(verbinding: Connection, gemeente: str) -> Codenamen:
    """What a page needs to say a name where others keep a code; two queries."""
    aanbieders, producten = (_read_names(verbinding, vraag, gemeente) for vraag in (_AANBIEDERS, _PRODUCTEN))
    return Codenamen(aanbieders, producten, _list_names("productcategorie"))


def add_names(verbinding: Connection, gemeente: str, rapport: Rapport) -> Rapport:
    """Puts a column of names after each column of codes, empty for a code that nobody named; the report itself comes back."""
    kolommen: list[Kolom] = []
    bronnen: list[Namen | None] = []
    for kolom in rapport.kolommen:
        naamkolom, lees = _BRONNEN.get(kolom.naam, (None, None))
        kolommen += [kolom] if naamkolom is None else [kolom, naamkolom]
        bronnen.append(lees(verbinding, gemeente) if lees else None)
    # No copy: while its rows are read a report may learn what they must come to (the journal does).
    rapport.kolommen, rapport.rijen = tuple(kolommen), _named(rapport.rijen, bronnen)
    return rapport


def _named(rijen: Iterable[Sequence[Any]], bronnen: Sequence[Namen | None]) -> Iterator[Sequence[Any]]:
    for rij in rijen:
        nieuw: list[Any] = []
        for waarde, namen in zip(rij, bronnen, strict=True):
            nieuw += [waarde] if namen is None else [waarde, namen.get(waarde)]
        yield nieuw
