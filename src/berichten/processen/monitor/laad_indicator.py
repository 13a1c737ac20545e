"""Load what no message tells: uploaded indicators, and who referred to the care of an allocation. All of a file, or nothing.

Both are CSV files (semicolon, UTF-8) and hold no BSN:

    indicatoren: gemeente;nr;jaar;onderdeel;waarde;eenheid;bron
    verwijzers:  gemeente;toewijzingnummer;verwijzer
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from unicodedata import combining, normalize

from sqlalchemy import Connection

from berichten.opslag.referentie.referentie import Doeltabel, merge_rows, stage_rows
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.referentie.opgave import Geladen, Opgavesoort, load_opgave
from berichten.processen.referentie.rijen import Rij
from berichten.processen.referentie.soorten import Bestandskolom, Bestandsoort
from berichten.processen.referentie.waarden import OnjuisteWaarde, read_aantal, read_gemeente, read_keuze, read_tekst
from berichten.rapporten.monitor.indicatoren import INDICATOREN, OPGAVE
from berichten.rapporten.monitor.tabel3b_4a import VERWIJZERS
from berichten.standaard.uitleg.waarde import show

EENHEDEN = ("aantal", "procent", "score", "dagen", "euro")
"""What an uploaded figure can be."""
_OP_TE_GEVEN = tuple(item.nr for item in INDICATOREN if item.bron == OPGAVE)


def _read_waarde(tekst: str) -> Decimal:
    """A number with at most two decimals, after a comma or a point."""
    heel, _, deel = tekst.replace(",", ".").partition(".")
    if not (heel.isascii() and heel.isdigit() and len(heel) <= 12 and len(deel) <= 2 and (not deel or deel.isdigit())):
        raise OnjuisteWaarde(f'is "{show(tekst)}". Schrijf een getal met ten hoogste twee cijfers achter de komma: 12 of 12,5.')
    return Decimal(f"{heel}.{deel or 0}")


def _judge_opgave(rij: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    if rij["nr"] not in _OP_TE_GEVEN:
        yield "nr", f"is {rij['nr']}. Die indicator volgt uit de berichten. Geef alleen op: {', '.join(map(str, _OP_TE_GEVEN))}."
    if rij["eenheid"] == "aantal" and rij["waarde"] != int(rij["waarde"]):
        yield "waarde", f"is {rij['waarde']}. Een aantal is een heel getal."


def _read_verwijzer(tekst: str) -> str:
    """A referrer of the region's report; its public tables spell one both with and without a diaeresis, which is the same."""
    gekozen: str = _KIES_VERWIJZER(_plain(tekst) if _plain(tekst) in VERWIJZERS else tekst)
    return gekozen


def _plain(tekst: str) -> str:
    """Without accents, however they were written."""
    return "".join(teken for teken in normalize("NFD", tekst) if not combining(teken))


_KIES_VERWIJZER = read_keuze(*VERWIJZERS)
_INDICATOREN = Bestandsoort(
    "indicatoren",
    (
        Bestandskolom("gemeente", read_gemeente, cijfers=4),
        Bestandskolom("nr", read_aantal(1, 14)),
        Bestandskolom("jaar", read_aantal(2000, 2100)),
        Bestandskolom("onderdeel", read_tekst(100)),
        Bestandskolom("waarde", _read_waarde),
        Bestandskolom("eenheid", read_keuze(*EENHEDEN)),
        Bestandskolom("bron", read_tekst(200)),
    ),
    Doeltabel(
        "monitor_opgave",
        ("gemeente", "nr", "jaar", "onderdeel", "waarde", "eenheid", "bron", "geladen_door", "geladen_op"),
        ("gemeente", "nr", "jaar", "onderdeel"),
        None,
        None,
    ),
    toets=_judge_opgave,
)  # fmt: skip
_VERWIJZERS = Bestandsoort(
    "verwijzers",
    (
        Bestandskolom("gemeente", read_gemeente, cijfers=4),
        Bestandskolom("toewijzingnummer", read_aantal(1, 999_999_999)),
        Bestandskolom("verwijzer", _read_verwijzer),
    ),
    Doeltabel(
        "verwijzing",
        ("gemeente", "toewijzingnummer", "verwijzer"),
        ("gemeente", "toewijzingnummer"),
        None,
        None,
    ),
)


def _put_indicatoren(verbinding: Connection, rijen: Sequence[Rij], door: str, nu: datetime) -> None:
    """One for the same part, year and indicator takes the place of the one before."""
    _put(verbinding, _INDICATOREN.tabel, [(*rij, door, nu) for rij in rijen])


def _put_verwijzers(verbinding: Connection, rijen: Sequence[Rij], _door: str, _nu: datetime) -> None:
    _put(verbinding, _VERWIJZERS.tabel, rijen)


def _put(verbinding: Connection, tabel: Doeltabel, rijen: Sequence[Rij]) -> None:
    stage_rows(verbinding, tabel, ((*rij, nummer) for nummer, rij in enumerate(rijen, 1)))
    merge_rows(verbinding, tabel)


def load_indicatoren(werkplaats: Werkplaats, inhoud: bytes, door: str, gemeente: str | None = None) -> Geladen:
    """Load uploaded figures. `door`: who loads."""
    return load_opgave(werkplaats, Opgavesoort(_INDICATOREN, "indicatoren", _put_indicatoren), inhoud, door, gemeente)


def load_verwijzers(werkplaats: Werkplaats, inhoud: bytes, door: str, gemeente: str | None = None) -> Geladen:
    """Load referrers of allocations, which may be allocations that come later."""
    return load_opgave(werkplaats, Opgavesoort(_VERWIJZERS, "verwijzers", _put_verwijzers), inhoud, door, gemeente)
