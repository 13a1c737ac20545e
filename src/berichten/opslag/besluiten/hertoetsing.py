"""Held lines that are checked once more: found by the records that came in, and put back with what was found now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from psycopg.types.json import Jsonb
from sqlalchemy import Connection

from berichten.kern.regel import Bevinding
from berichten.opslag.basis.delen import P_WACHT
from berichten.opslag.basis.kopie import add_rows
from berichten.opslag.basis.rijvorm import columns
from berichten.opslag.basis.vraag import Opdracht, Vraag
from berichten.opslag.berichten.berichten import PRESTATIE_BITS
from berichten.opslag.berichten.bevindingen import as_json
from berichten.opslag.tabellen.berichten import bevinding
from berichten.standaard.waarden.berichten import Declaratie, DeclaratieClient, Prestatie
from berichten.standaard.waarden.onderdelen import Periode


@dataclass(frozen=True, slots=True)
class AangehoudenPrestatie:
    """A held line with its place in its message."""

    prestatie_id: int
    prestatie: Prestatie
    pad: str


@dataclass(frozen=True, slots=True)
class Aangehoudendeclaratie:
    """The held lines of one declaration that are to be checked again; `declaratie` has these lines only."""

    bericht_id: UUID
    declaratie: Declaratie
    regels: tuple[AangehoudenPrestatie, ...]


@dataclass(frozen=True, slots=True)
class Hertoets:
    """What was found on a line this time."""

    prestatie_id: int
    bevindingen: tuple[Bevinding, ...]
    zonder_feiten: int
    retourcodes: tuple[str, ...]


class _Regel(NamedTuple):
    """A line as `Prestatie` has it."""

    volgnummer: int
    regelnummer: int
    bsn: str
    referentienummer: str
    vorig_referentienummer: str | None
    toewijzingnummer: int | None
    categorie: str
    productcode: str
    begindatum: date
    einddatum: date
    volume: int
    eenheid: str
    tarief: int | None
    bedrag: int
    credit: bool


class _Gevonden(NamedTuple):
    bericht_id: UUID
    declaratienummer: str
    periode: Periode
    dagtekening: date
    prestatie_id: int
    pad: str
    regel: _Regel


_GEVONDEN = Vraag(
    _Gevonden,
    """
    SELECT p.bericht_id, d.declaratienummer, {periode}, d.dagtekening, p.prestatie_id,
        (SELECT substring(v.pad FROM '^(.*/Prestatie(\\[[0-9]+\\])?)') FROM bevinding v
            WHERE v.gemeente = p.gemeente AND v.prestatie_id = p.prestatie_id ORDER BY v.volgnummer LIMIT 1) AS pad,
        {regel}
    FROM prestatie p JOIN declaratie d USING (gemeente, bericht_id)
    WHERE p.gemeente = %(g)s AND p.agb = %(a)s AND {wacht} AND p.soort = 'JW323'
        AND (p.referentienummer = ANY(%(r)s::text[]) OR (p.toewijzingnummer, date_trunc('month', p.begindatum)::date) IN
            (SELECT * FROM unnest(%(n)s::bigint[], %(m)s::date[])))
        AND NOT EXISTS (SELECT FROM besluit b WHERE b.gemeente = p.gemeente AND b.prestatie_id = p.prestatie_id)
    ORDER BY p.prestatie_id
    """,
    periode=columns(Periode, "d", "periode"),
    regel=columns(_Regel, "p", "regel").replace("p.volgnummer", f"(p.prestatie_id & {(1 << PRESTATIE_BITS) - 1})::int"),
    wacht=P_WACHT,
)


def find_held(
    verbinding: Connection, gemeente: str, agb: str, referenties: Iterable[str], maanden: Iterable[tuple[int, date]]
) -> list[Aangehoudendeclaratie]:
    """Held lines with one of these references, or on one of these allocations in its month, by declaration.

    Lines on which somebody has decided or proposed something are theirs, and stay out.
    """
    paren = sorted(set(maanden))
    sleutels = {"r": sorted(set(referenties)), "n": [nummer for nummer, _ in paren], "m": [maand for _, maand in paren]}
    per_bericht: dict[UUID, list[_Gevonden]] = {}
    for rij in _GEVONDEN.all(verbinding, {"g": gemeente, "a": agb, **sleutels}):
        per_bericht.setdefault(rij.bericht_id, []).append(rij)
    return [_as_declaratie(rijen) for rijen in per_bericht.values()]


def _as_declaratie(rijen: Sequence[_Gevonden]) -> Aangehoudendeclaratie:
    eerste = rijen[0]
    regels = tuple(AangehoudenPrestatie(rij.prestatie_id, _as_prestatie(rij.regel), rij.pad) for rij in rijen)
    per_client: dict[str, list[Prestatie]] = {}
    for regel in regels:
        per_client.setdefault(regel.prestatie.bsn, []).append(regel.prestatie)
    clienten = tuple(DeclaratieClient(bsn, tuple(eigen), eigen[0].regelnummer) for bsn, eigen in per_client.items())
    totaal = sum(regel.prestatie.bedrag for regel in regels)
    declaratie = Declaratie(eerste.declaratienummer, eerste.periode, eerste.dagtekening, totaal, clienten)
    return Aangehoudendeclaratie(eerste.bericht_id, declaratie, regels)


def _as_prestatie(regel: _Regel) -> Prestatie:
    velden = regel._asdict()
    return Prestatie(code=velden.pop("productcode"), **velden)


_STAP_UIT = Opdracht(
    "UPDATE prestatie SET uitkomst = 'niet_beoordeeld' WHERE gemeente = %(g)s AND prestatie_id = ANY(%(p)s::bigint[])"
)
_STAP_IN = Opdracht("""
    UPDATE prestatie p SET uitkomst = 'ter_beoordeling', hertoetsing = p.hertoetsing + 1, zonder_feiten = n.zonder_feiten,
        retourcodes = string_to_array(nullif(n.codes, ''), ' ')
    FROM unnest(%(p)s::bigint[], %(zonder)s::int[], %(codes)s::text[]) AS n (prestatie_id, zonder_feiten, codes)
    WHERE p.gemeente = %(g)s AND p.prestatie_id = n.prestatie_id
""")


class _Ronde(NamedTuple):
    prestatie_id: int
    hertoetsing: int


_HOOGSTE = Vraag(int, "SELECT coalesce(max(volgnummer), 0) FROM bevinding WHERE gemeente = %(g)s AND bericht_id = %(b)s")
_RONDEN = Vraag(_Ronde, "SELECT {kolommen} FROM prestatie WHERE gemeente = %(g)s AND prestatie_id = ANY(%(p)s::bigint[])")


def step_out(verbinding: Connection, gemeente: str, prestatie_ids: Sequence[int]) -> None:
    """Take lines out of all that counts them, until `step_in` in the same transaction: they are looked at as if they were new."""
    _STAP_UIT.run(verbinding, {"g": gemeente, "p": list(prestatie_ids)})


def step_in(verbinding: Connection, gemeente: str, gevonden: Sequence[Hertoets]) -> None:
    """Put lines back as held, with the number of this check, the facts that are missing now and the codes proposed now."""
    _STAP_IN.run(
        verbinding,
        {
            "g": gemeente,
            "p": [item.prestatie_id for item in gevonden],
            "zonder": [item.zonder_feiten for item in gevonden],
            "codes": [" ".join(item.retourcodes) for item in gevonden],
        },
    )


_KOLOMMEN = (
    "gemeente", "bericht_id", "volgnummer", "agb", "prestatie_id", "regel", "retourcode", "gevolg", "niveau", "klasse", "pad",
    "regelnummer", "melding", "gegevens", "hertoetsing",
)  # fmt: skip


def copy_hertoetsen(verbinding: Connection, gemeente: str, agb: str, bericht_id: UUID, gevonden: Sequence[Hertoets]) -> None:
    """Store the findings of this check after those that the message has."""
    hoogste, ronden = _numbering(verbinding, gemeente, bericht_id, [item.prestatie_id for item in gevonden])
    paren = ((item.prestatie_id, gezien) for item in gevonden for gezien in item.bevindingen)
    add_rows(
        verbinding,
        bevinding,
        _KOLOMMEN,
        (
            (gemeente, bericht_id, hoogste + nummer, agb, prestatie_id, item.regel.id, item.regel.retourcode, item.regel.gevolg,
             item.regel.niveau, item.plaats.klasse, item.pad, item.plaats.regelnummer, item.melding,
             Jsonb(dict(item.gegevens), as_json), ronden[prestatie_id])
            for nummer, (prestatie_id, item) in enumerate(paren, 1)
        ),
    )  # fmt: skip


def _numbering(verbinding: Connection, gemeente: str, bericht_id: UUID, prestatie_ids: list[int]) -> tuple[int, dict[int, int]]:
    """The highest number among the findings of a message, and by line how often it was checked again."""
    hoogste = _HOOGSTE.read(verbinding, {"g": gemeente, "b": bericht_id})
    return hoogste, dict(_RONDEN.all(verbinding, {"g": gemeente, "p": prestatie_ids}))
