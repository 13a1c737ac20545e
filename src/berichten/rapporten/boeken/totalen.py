"""Totals of what was submitted, awarded, credited, rejected, held, payable and blocked; grouped as asked, as of any past moment.

Amounts in cents, credit negative. Nothing is kept: every total is reckoned anew from journal and lines.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import Connection

from berichten.opslag.basis import vraag as sql
from berichten.rapporten.boeken.boekvraag import Boekvraag, group_column, values
from berichten.rapporten.boeken.periode import Vraagfout
from berichten.rapporten.boeken.totalen_sql import Totaal, ask_totals
from berichten.rapporten.uitvoer.tabel import Kolom, Rapport

BEDRAGEN = (
    Kolom("ingediend", "Ingediend", "geld"),
    Kolom("toegekend", "Toegekend", "geld"),
    Kolom("gecrediteerd", "Gecrediteerd", "geld"),
    Kolom("correcties", "Correcties", "geld"),
    Kolom("nettoToegekend", "Netto toegekend", "geld"),
    Kolom("afgewezen", "Afgewezen", "geld"),
    Kolom("teBeoordelen", "Te beoordelen", "geld"),
    Kolom("betaalbaar", "Betaalbaar", "geld"),
    Kolom("geblokkeerd", "Geblokkeerd", "geld"),
    Kolom("aantalRegels", "Aantal regels", "aantal"),
)
MEESTE_GROEPEN = 50_000
"""Rows of one answer; who asks for more gets told to ask for less."""

# A page of an index is most often in memory, as that of a table: then an index that holds everything is read sooner than the table.
_PLAN = sql.Opdracht("SELECT set_config('random_page_cost', '1.1', true), set_config('work_mem', '64MB', true)")


class _Blokkade(NamedTuple):
    agb: str
    prestatie_id: int | None


_GEBLOKKEERD = sql.Vraag(
    _Blokkade,
    """
    SELECT agb, prestatie_id FROM betaalblokkade
    WHERE gemeente = %(g)s AND ingesteld_op <= %(t)s AND (opgeheven_op IS NULL OR opgeheven_op > %(t)s)
    """,
)


def report_totalen(verbinding: Connection, vraag: Boekvraag, controle: bool = False) -> Rapport:
    """A row for each group that has anything, in order; without groups one row, also when there is nothing.

    The transaction must be one of a member of staff (`Toegang` without agb). With `controle` the report carries the journal's own
    sum, unless the question filters on what the journal does not hold. Raises Vraagfout for more groups than one answer holds.
    """
    controle = controle and not vraag.buitenom
    rijen = _ask(verbinding, vraag, [vraag.groepeer], controle)[0]
    rapport = _report(vraag, rijen)
    if controle:
        rapport.controletotaal = (rijen[0].controle if rijen else 0) or 0
    return rapport


def report_with_months(verbinding: Connection, vraag: Boekvraag) -> tuple[Rapport, Rapport]:
    """The same as asked and once more by the months of its kind of period, in one look at the books; raises as above."""
    per_maand = replace(vraag, groepeer=(vraag.periodesoort,))
    if vraag.groepeer == per_maand.groepeer:
        rapport = report_totalen(verbinding, vraag)
        return rapport, rapport
    rijen = _ask(verbinding, vraag, [vraag.groepeer, per_maand.groepeer], controle=False)
    return _report(vraag, rijen[0]), _report(per_maand, rijen[1])


def _ask(verbinding: Connection, vraag: Boekvraag, reeksen: Sequence[tuple[str, ...]], controle: bool) -> list[list[Totaal]]:
    """Groups of each of these groupings."""
    agbs, regels = list_blocked(verbinding, vraag)
    _PLAN.run(verbinding)
    opdracht = ask_totals(vraag, reeksen, bool(agbs), bool(regels), controle, MEESTE_GROEPEN + 1)
    rijen = opdracht.all(verbinding, {**values(vraag), "geblokkeerde_agbs": agbs, "geblokkeerde_regels": regels})
    per_reeks: list[list[Totaal]] = [[] for _ in reeksen]
    for rij in rijen:
        per_reeks[rij.reeks].append(rij)
    return per_reeks


def _report(vraag: Boekvraag, rijen: Sequence[Totaal]) -> Rapport:
    if len(rijen) > MEESTE_GROEPEN:
        raise Vraagfout("Dit zijn te veel groepen voor één antwoord. Vraag een kortere periode, of groepeer op minder.")
    return Rapport(
        naam="totalen",
        titel="Totalen",
        kolommen=(*(group_column(naam) for naam in vraag.groepeer), *BEDRAGEN),
        rijen=[_as_row(rij, vraag.groepeer) for rij in rijen],
        verantwoording=vraag.describe(),
        controlekolom="nettoToegekend",
        totaalrij=bool(vraag.groepeer),
    )


def _as_row(rij: Totaal, groepen: tuple[str, ...]) -> tuple[Any, ...]:
    """The measures as they are stored, with what follows from them."""
    netto = rij.toegekend + rij.gecrediteerd + rij.correcties
    return (
        *(getattr(rij, naam) for naam in groepen), rij.ingediend, rij.toegekend, rij.gecrediteerd, rij.correcties, netto,
        rij.afgewezen, rij.te_beoordelen, netto - rij.geblokkeerd, rij.geblokkeerd, rij.aantal,
    )  # fmt: skip


def list_blocked(verbinding: Connection, vraag: Boekvraag) -> tuple[list[str], list[int]]:
    """The aanbieders and the single lines that were blocked at the moment."""
    rijen = _GEBLOKKEERD.all(verbinding, values(vraag))
    regels = [rij.prestatie_id for rij in rijen if rij.prestatie_id is not None]
    return [rij.agb for rij in rijen if rij.prestatie_id is None], regels


def add_up(rapport: Rapport) -> dict[str, int]:
    """Sum of each measure over all rows of a report of totals."""
    begin = len(rapport.kolommen) - len(BEDRAGEN)
    sommen = [0] * len(BEDRAGEN)
    for rij in rapport.rijen:
        for index, waarde in enumerate(rij[begin:]):
            sommen[index] += waarde
    return {kolom.naam: som for kolom, som in zip(BEDRAGEN, sommen, strict=True)}
