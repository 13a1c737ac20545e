"""What a quarterly report tells of aanbieders: who has not billed its last month, whose room is used up, whose signals stand."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from berichten.kern.kalender import add_maanden, begin_of_maand
from berichten.kern.tekst import euro, maand
from berichten.opslag.kwartaal.aanbiederstand import Signaalaanbieder, list_not_billed, list_signalen_op, name_aanbieders
from berichten.opslag.signalen.bronnen_gesteld import Ruimterij, list_alle_ruimtes
from berichten.rapporten.monitor.tabel import euros
from berichten.rapporten.sturen.kwartaalperiode import Kwartaal

RUIMTEN = {"indicatief": "bestedingsruimte", "plafond": "plafond"}
"""Kinds of room to spend, as a reader knows them."""


@dataclass(frozen=True, slots=True)
class Kwartaalblok:
    """What was read for it. AGB codes and cents."""

    maand: date
    """First day of the last month of the period."""
    nog_niet: Mapping[str, int]
    """Who billed the month before it but not it, with what is expected (E) of that month."""
    ruimtes: Sequence[Ruimterij]
    """Room on the last day of the period, with what care up to that day used of it, as known on the peildatum."""
    signalen: Sequence[Signaalaanbieder]
    namen: Mapping[str, str]


def read_blok(
    verbinding: Connection, gemeente: str, periode: Kwartaal, peildatum: date, moment: datetime, verwacht: Mapping[str, int]
) -> Kwartaalblok:
    """As it was known at the moment, which is the end of the peildatum or earlier on that day; four queries.

    `verwacht`: by AGB code, what is expected of the last month of the period.
    """
    laatste = begin_of_maand(periode.tot)
    codes = list_not_billed(verbinding, gemeente, add_maanden(laatste, -1), laatste, moment)
    ruimtes = list_alle_ruimtes(verbinding, gemeente, periode.tot, peildatum, moment, zorg_tot=periode.tot)
    signalen = list_signalen_op(verbinding, gemeente, peildatum, moment)
    wie = {*codes, *(item.agb for item in ruimtes), *(item.agb for item in signalen)}
    namen = name_aanbieders(verbinding, gemeente, wie)
    return Kwartaalblok(laatste, {agb: verwacht.get(agb, 0) for agb in codes}, ruimtes, signalen, namen)


def tell_blok(blok: Kwartaalblok) -> dict[str, Any]:
    """By name of the block in the report, as it is kept: counts of aanbieders, those under reserve in whole euros, and names.

    Aanbieders are no clients, so every count is shown. `wie` names those with a signal or a room that is used up, and is for
    contract management alone.
    """
    per_soort, op = defaultdict[str, list[str]](list), defaultdict[str, set[str]](set)
    for item in blok.signalen:
        per_soort[item.soort].append(item.agb)
    for ruimte in blok.ruimtes:
        # An aanbieder counts once, however many segments it has room in.
        op[RUIMTEN[ruimte.soort]] |= {ruimte.agb} if ruimte.gebruikt >= ruimte.bedrag else set()
    wie = [
        *(("plafonds", soort, agb) for soort, codes in sorted(op.items()) for agb in sorted(codes)),
        *(("signalen", soort, agb) for soort, codes in per_soort.items() for agb in codes),
    ]
    return {
        "voorbehoud": [
            {"agb": agb, "naam": blok.namen.get(agb, ""), "maand": maand(blok.maand), "verwacht": euros(bedrag)}
            for agb, bedrag in blok.nog_niet.items()
        ],
        "plafonds": [{"soort": soort, "aanbieders": len(codes)} for soort, codes in sorted(op.items())],
        "signalen": [{"soort": soort, "aanbieders": len(codes)} for soort, codes in per_soort.items()],
        "wie": [{"blok": waar, "soort": soort, "agb": agb, "naam": blok.namen.get(agb, "")} for waar, soort, agb in wie],
    }


def hide_names(cijfers: Mapping[str, Any]) -> dict[str, Any]:
    """The same report for who does not keep contracts."""
    return {**cijfers, "wie": []}


def name_of(rij: Mapping[str, Any]) -> str:
    """`De Wilgen (42420001)`; the AGB code alone where no name is known."""
    return f"{rij['naam']} ({rij['agb']})" if rij["naam"] else str(rij["agb"])


def tell_reserve(cijfers: Mapping[str, Any]) -> str:
    """Under which reserve the figures stand, in a sentence; empty without one."""
    rijen = cijfers.get("voorbehoud", ())
    if not rijen:
        return ""
    delen = "; ".join(
        f"{name_of(rij)}, naar verwachting {euro(100 * rij['verwacht']) if rij['verwacht'] else 'niets'}" for rij in rijen
    )
    return f"Onder voorbehoud. De maand ervoor declareerden zij wel, over {rijen[0]['maand']} nog niet: {delen}."
