"""Load what no message tells: uploaded indicators, and who referred to the care of an allocation. All of a file, or nothing.

Both are CSV files (semicolon, UTF-8) and hold no BSN:

    indicatoren: gemeente;nr;jaar;onderdeel;waarde;eenheid;bron
    verwijzers:  gemeente;toewijzingnummer;verwijzer
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from unicodedata import combining, normalize

from berichten.fouten import Invoerfout
from berichten.inzage.basis.objecten import Objectsoort
from berichten.opslag.referentie.referentie import Doeltabel, merge_rows, stage_rows
from berichten.processen.basis.handelingen import Handeling, note_done
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.referentie.bestand import read_lines
from berichten.processen.referentie.rijen import Fouten, Rij, check_together, read_rows
from berichten.processen.referentie.soorten import Bestandskolom, Bestandsoort
from berichten.processen.referentie.waarden import OnjuisteWaarde, read_aantal, read_gemeente, read_keuze, read_tekst
from berichten.rapporten.monitor.indicatoren import INDICATOREN, OPGAVE
from berichten.rapporten.monitor.tabel3b_4a import VERWIJZERS
from berichten.standaard.uitleg.waarde import show

EENHEDEN = ("aantal", "procent", "score", "dagen", "euro")
"""What an uploaded figure can be."""
_OP_TE_GEVEN = tuple(item.nr for item in INDICATOREN if item.bron == OPGAVE)


@dataclass(frozen=True, slots=True)
class Geladen:
    """How many lines were loaded: none when there are faults."""

    regels: int
    fouten: Sequence[Invoerfout] = ()
    """The first thousand; `totaal` counts all."""
    totaal: int = 0
    waarschuwingen: Sequence[str] = ()
    """What was loaded and had better be looked at: Dutch sentences."""


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


def load_indicatoren(werkplaats: Werkplaats, inhoud: bytes, door: str, gemeente: str | None = None) -> Geladen:
    """Load uploaded figures; one for the same part, year and indicator takes the place of the one before. `door`: who loads."""
    nu = werkplaats.instellingen.nu()
    return _load(werkplaats, _INDICATOREN, inhoud, gemeente, (door, nu))


def load_verwijzers(werkplaats: Werkplaats, inhoud: bytes, gemeente: str | None = None) -> Geladen:
    """Load referrers of allocations, which may be allocations that come later."""
    return _load(werkplaats, _VERWIJZERS, inhoud, gemeente, ())


def _load(werkplaats: Werkplaats, soort: Bestandsoort, inhoud: bytes, gemeente: str | None, erbij: tuple[Any, ...]) -> Geladen:
    """`erbij`: values of the table's columns that the file does not have."""
    rijen, fouten = read_opgave(soort, inhoud, gemeente)
    if fouten.totaal:
        return refuse(fouten)
    with werkplaats.opslag.transaction() as verbinding:
        stage_rows(verbinding, soort.tabel, ((*rij[:-1], *erbij, rij[-1]) for rij in rijen))
        merge_rows(verbinding, soort.tabel)
        wat: Objectsoort = "indicatoren" if soort is _INDICATOREN else "verwijzers"
        for code in sorted({rij[0] for rij in rijen}):
            note_done(verbinding, werkplaats, Handeling(code, "", "U", wat))
    return Geladen(len(rijen))


def read_opgave(soort: Bestandsoort, inhoud: bytes, gemeente: str | None) -> tuple[list[Rij], Fouten]:
    """The rows of a file that are right by themselves and beside each other, and all that is wrong with the others.

    With `gemeente` a line of another one is a fault.
    """
    fouten = Fouten(soort.naam)
    blad = read_lines(soort.naam, soort.kolommen, inhoud)
    if isinstance(blad, Invoerfout):
        fouten.take(blad)
        return [], fouten
    rijen = read_rows(soort, blad, fouten, lambda *_: None)
    check_together(soort, rijen, fouten)
    _check_gemeente(rijen, gemeente, fouten)
    return rijen, fouten


def refuse(fouten: Fouten) -> Geladen:
    """Nothing was loaded, and why."""
    return Geladen(0, fouten.ordered(), fouten.totaal)


def _check_gemeente(rijen: Sequence[Rij], gemeente: str | None, fouten: Fouten) -> None:
    for rij in rijen:
        if gemeente is not None and rij[0] != gemeente:
            fouten.add(
                "gemeente", f"Kolom gemeente is {rij[0]}. Met uw sleutel kunt u alleen regels van {gemeente} laden.", rij[-1]
            )
