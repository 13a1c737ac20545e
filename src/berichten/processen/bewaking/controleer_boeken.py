"""Prove the books of a gemeente: all differences, counted by check, and as a table."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, field
from datetime import date, datetime
from itertools import islice

from sqlalchemy import Connection

from berichten.kern.taal import telling
from berichten.opslag.financien.nachtcontroles import Nachtcontrole, find_nachtcontrole
from berichten.opslag.financien.zegels import last_seal
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.rapporten.boeken.aansluiting import CONTROLES, KOLOMMEN, Boekverschil, find_differences, read_omvang
from berichten.rapporten.boeken.aansluiting_sql import Boekomvang
from berichten.rapporten.uitvoer.tabel import Rapport, local_time

__all__ = [
    "Bewijs",
    "Controleuitslag",
    "Nachtcontrole",
    "describe_omvang",
    "prove",
    "report_aansluiting",
    "verify_books",
]


@dataclass(slots=True)
class Controleuitslag:
    """What a check of the books found, once all its differences went by."""

    gemeente: str
    omvang: Boekomvang
    per_controle: Counter[str] = field(default_factory=Counter)

    @property
    def verschillen(self) -> int:
        return self.per_controle.total()

    def list_controles(self) -> list[tuple[str, str, int]]:
        """Each check with what it proves and how many differences it gave."""
        return [(naam, omschrijving, self.per_controle[naam]) for naam, (omschrijving, _) in CONTROLES.items()]


def verify_books(verbinding: Connection, werkplaats: Werkplaats, gemeente: str) -> tuple[Controleuitslag, Iterator[Boekverschil]]:
    """Check one gemeente. The differences come one by one, and are counted in the outcome as they go by."""
    uitslag = Controleuitslag(gemeente, read_omvang(verbinding, gemeente), Counter(dict.fromkeys(CONTROLES, 0)))

    def count() -> Iterator[Boekverschil]:
        for verschil in find_differences(
            verbinding, gemeente, werkplaats.instellingen.nu(), werkplaats.kluis, werkplaats.instellingen.sleutel
        ):
            uitslag.per_controle[verschil.controle] += 1
            yield verschil

    return uitslag, count()


@dataclass(frozen=True, slots=True)
class Bewijs:
    """A check that was done now, with what was known before."""

    op: datetime
    uitslag: Controleuitslag
    verschillen: list[Boekverschil]
    """The first of them; `uitslag` counts all."""
    zegel: tuple[date, bytes] | None
    nachtcontrole: Nachtcontrole | None


def prove(verbinding: Connection, werkplaats: Werkplaats, gemeente: str, hoogstens: int) -> Bewijs:
    """Check one gemeente to the end, and keep so many of the differences."""
    uitslag, stroom = verify_books(verbinding, werkplaats, gemeente)
    verschillen = list(islice(stroom, hoogstens))
    for _ in stroom:
        pass
    return Bewijs(
        werkplaats.instellingen.nu(),
        uitslag,
        verschillen,
        last_seal(verbinding, gemeente),
        find_nachtcontrole(verbinding, gemeente),
    )


def report_aansluiting(verbinding: Connection, werkplaats: Werkplaats, gemeenten: Sequence[str]) -> Rapport:
    """Every difference as a table; none is a table without rows. What was looked at stands beside it."""
    moment = f"{local_time(werkplaats.instellingen.nu()):%d-%m-%Y %H:%M:%S}"
    rapport = Rapport("aansluiting", "Aansluiting van de boeken", KOLOMMEN, (), [("Stand op", moment)])

    def rows() -> Iterator[tuple[str, ...]]:
        for gemeente in gemeenten:
            uitslag, verschillen = verify_books(verbinding, werkplaats, gemeente)
            yield from (astuple(verschil) for verschil in verschillen)
            rapport.verantwoording += _account(verbinding, uitslag)

    rapport.rijen = rows()
    return rapport


def _account(verbinding: Connection, uitslag: Controleuitslag) -> list[tuple[str, str | int]]:
    """What was checked of one gemeente, for who reads the report later."""
    omvang, zegel = uitslag.omvang, last_seal(verbinding, uitslag.gemeente)
    return [
        ("Gemeente", uitslag.gemeente),
        ("Nagerekend", describe_omvang(omvang)),
        ("Saldo van het journaal", omvang.journaal),
        *(
            (omschrijving, "klopt" if not n else telling(n, "verschil", "verschillen"))
            for _, omschrijving, n in uitslag.list_controles()
        ),
        ("Nieuwste zegel", "nog geen" if zegel is None else f"{zegel[0]:%d-%m-%Y}: {zegel[1].hex()}"),
    ]


def describe_omvang(omvang: Boekomvang) -> str:
    """`1 declaratie, 3 regels, 4 boekingen`: what was checked, for a person."""
    delen = (
        telling(omvang.declaraties, "declaratie", "declaraties"),
        telling(omvang.regels, "regel", "regels"),
        telling(omvang.boekingen, "boeking", "boekingen"),
    )
    return ", ".join(delen)
