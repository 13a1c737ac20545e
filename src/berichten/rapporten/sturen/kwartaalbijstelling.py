"""What of an established report is otherwise by now: every row of every block of figures, as it was shown and as it is. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from berichten.rapporten.monitor.tabel import VERBORGEN_TEKST, Waarde
from berichten.rapporten.sturen.kwartaalcijfers import GROOTSTE_KLEIN

_KOLOMMEN = {
    "kerncijfers": ("rij", ("deze_periode", "begroot")),
    "segmenten": ("segment", ("kosten", "begroot", "clienten")),
    "indicatoren": ("indicator", ("waarde",)),
    "verplichtingen": ("naam", ("euro",)),
}
"""By block, in which column its rows have their name, and which figures of a row are held beside what they were."""
_AANTALLEN = ("cliënten", "instroom", "uitstroom")
"""Rows that count clients; in the block of segments it is a column."""


@dataclass(frozen=True, slots=True)
class Bijstelling:
    """One figure that is otherwise."""

    rij: str
    kolom: str
    was: Waarde
    nu: Waarde


def list_adjusted(was: Mapping[str, Any], nu: Mapping[str, Any]) -> list[Bijstelling]:
    """In the order of the report. A count that moved by 1 to 5 is told without what it became: it would tell who came in later."""
    return list(_adjusted(was, nu))


def _adjusted(was: Mapping[str, Any], nu: Mapping[str, Any]) -> Iterator[Bijstelling]:
    for blok, (naam, kolommen) in _KOLOMMEN.items():
        eerst, later = _by_name(was, blok, naam), _by_name(nu, blok, naam)
        # A segment may be new; another row that the report did not have is one that the service did not tell yet.
        for rij in dict.fromkeys((*eerst, *later)) if blok == "segmenten" else eerst:
            for kolom in kolommen:
                oud, nieuw = eerst.get(rij, {}).get(kolom), later.get(rij, {}).get(kolom)
                if oud != nieuw:
                    aantal = kolom == "clienten" or rij in _AANTALLEN
                    yield Bijstelling(rij, kolom, oud, _hide_small(oud, nieuw) if aantal else nieuw)


def _by_name(cijfers: Mapping[str, Any], blok: str, naam: str) -> dict[str, Mapping[str, Any]]:
    """Of indicators several rows share a name: the measure tells them apart."""
    return {f"{rij['nr']}. {rij['maat']}" if blok == "indicatoren" else str(rij[naam]): rij for rij in cijfers.get(blok, ())}


def _hide_small(oud: Waarde, nieuw: Waarde) -> Waarde:
    klein = isinstance(oud, int) and isinstance(nieuw, int) and abs(oud - nieuw) <= GROOTSTE_KLEIN
    return VERBORGEN_TEKST if klein else nieuw
