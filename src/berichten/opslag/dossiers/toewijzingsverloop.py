"""Allocations of one client as they stand, and as they stood on a day."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, time
from typing import NamedTuple

from sqlalchemy import Connection

from berichten.dossier.dossier import Toewijzing
from berichten.dossier.verzoeken.verzoekkader import Toewijzingsverloop
from berichten.opslag.basis.vraag import Vraag
from berichten.opslag.dossiers.toewijzingen import load_client_toewijzingen


class _Versie(NamedTuple):
    """What a version of an allocation says, by the names of the allocation."""

    toewijzingnummer: int
    einddatum: date | None
    reden_wijziging: str | None
    volume: int | None
    eenheid: str | None
    frequentie: str | None
    budget: int | None
    toewijzingsdatum: date
    toewijzingstijd: time
    versie: int


_VERSIES = Vraag(
    _Versie,
    "SELECT {kolommen} FROM toewijzing t JOIN toewijzing_versie v USING (gemeente, toewijzingnummer)"
    " WHERE t.gemeente = %(g)s AND t.agb = %(a)s AND t.bsn = %(b)s"
    " ORDER BY toewijzingnummer, v.toewijzingsdatum, v.toewijzingstijd, v.versie",
    kolommen=", ".join(("toewijzingnummer", *(f"v.{naam}" for naam in _Versie._fields[1:]))),
)


def load_verlopen(verbinding: Connection, gemeente: str, agb: str, bsn: str, dag: date) -> dict[int, Toewijzingsverloop]:
    """Every allocation of this aanbieder for this client, by number, now and as its newest version of `dag` or before said; two
    queries. Of two versions of one moment the last to arrive counts."""
    bekend = load_client_toewijzingen(verbinding, gemeente, agb, [bsn])
    per_nummer: defaultdict[int, list[_Versie]] = defaultdict(list)
    for versie in _VERSIES.all(verbinding, {"g": gemeente, "a": agb, "b": bsn}) if bekend else ():
        per_nummer[versie.toewijzingnummer].append(versie)
    return {item.toewijzingnummer: _verloop(item, per_nummer[item.toewijzingnummer], dag) for item in bekend}


def _verloop(nu: Toewijzing, versies: list[_Versie], dag: date) -> Toewijzingsverloop:
    van_toen = [versie for versie in versies if versie.toewijzingsdatum <= dag]
    toen = replace(nu, **van_toen[-1]._asdict()) if van_toen else None
    return Toewijzingsverloop(nu, toen, versies[0].toewijzingsdatum if versies else nu.toewijzingsdatum)
