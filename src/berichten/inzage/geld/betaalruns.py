"""A payment run: what it pays to whom, to which account, and which entries of the journal. Amounts in eurocents."""

from dataclasses import dataclass
from datetime import date, datetime

from berichten.boeken import betaling
from berichten.inzage.basis.bladzijde import Bladzijde, cut
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.basis.overname import take
from berichten.opslag.financien import betalingen as opslag
from berichten.opslag.financien.betalers import load_vorige_rekeningen
from berichten.opslag.financien.betalingen import BetaaldeBoeking

__all__ = [
    "BetaaldeBoeking",
    "Betaalopdracht",
    "Betaalrun",
    "Betaalrundossier",
    "find_betaalrun",
    "list_betaalde_boekingen",
    "list_betaalruns",
    "show_betaalrun",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Betaalrun:
    """A run and what became of it."""

    run_id: int
    status: str
    """`voorstel`, `goedgekeurd` or `ingetrokken`."""
    peildatum: datetime
    uitvoeringsdatum: date
    iban: str
    """The account from which the gemeente pays."""
    tenaamstelling: str
    gemaakt_door: str
    gemaakt_op: datetime
    goedgekeurd_door: str | None
    goedgekeurd_op: datetime | None
    ingetrokken_door: str | None
    ingetrokken_op: datetime | None
    totaal_bedrag: int
    aantal_betalingen: int
    aantal_boekingen: int
    bestand_sha256: str | None
    """Of the file for the bank, hexadecimal; None until the run is approved."""


@dataclass(frozen=True, slots=True)
class Betaalopdracht:
    """What a run does with an aanbieder; money goes there only when `uitkomst` is `betalen`."""

    agb: str
    uitkomst: str
    bedrag: int
    aantal_boekingen: int
    geblokkeerd_bedrag: int
    iban: str | None
    tenaamstelling: str | None
    vorige_iban: str | None
    """Where this aanbieder was paid the last time; None: never yet."""
    vorige_tenaamstelling: str | None
    """The name that account had."""
    rekening_gewijzigd: bool
    """Whether account or name is another than the last time."""


@dataclass(frozen=True, slots=True)
class Betaalrundossier(Betaalrun):
    """A run with what it does for each aanbieder."""

    opdrachten: list[Betaalopdracht]
    gewijzigde_rekeningen: int
    eerste_betalingen: int


def show_betaalrun(rij: opslag.Betaalrunrij) -> Betaalrun:
    """What is shown of a run that was just made, judged or read."""
    return take(Betaalrun, rij, bestand_sha256=_hash(rij))


def list_betaalruns(kijker: Kijker, grootte: int, volgende: str | None) -> Bladzijde[Betaalrun]:
    """New to old."""
    with kijker.transaction() as (verbinding, vermelding):
        rijen = opslag.list_runs(verbinding, kijker.gemeente, int(volgende) if volgende else None, grootte + 1)
        vermelding.shows_nobody()
    return cut(rijen, grootte, lambda rij: rij.run_id).each(show_betaalrun)


def find_betaalrun(kijker: Kijker, run_id: int) -> Betaalrundossier | None:
    """None when this gemeente has no such run."""
    with kijker.transaction() as (verbinding, vermelding):
        vermelding.shows_nobody()
        run = opslag.find_run(verbinding, kijker.gemeente, run_id)
        if run is None:
            return None
        opdrachten = opslag.list_opdrachten(verbinding, kijker.gemeente, run_id)
        vorige = load_vorige_rekeningen(verbinding, kijker.gemeente, run_id)
    getoond = [_show_opdracht(item, vorige.get(item.agb)) for item in opdrachten]
    return take(
        Betaalrundossier,
        run,
        bestand_sha256=_hash(run),
        opdrachten=getoond,
        gewijzigde_rekeningen=sum(item.rekening_gewijzigd for item in getoond),
        eerste_betalingen=sum(item.uitkomst == "betalen" and item.vorige_iban is None for item in getoond),
    )


def list_betaalde_boekingen(
    kijker: Kijker, run_id: int, agb: str | None, grootte: int, volgende: str | None
) -> Bladzijde[BetaaldeBoeking] | None:
    """Entries that a run pays, by aanbieder and line; None when this gemeente has no such run."""
    wie, prestatie, boeking = (volgende or "-0-0").split("-")
    na = (wie, int(prestatie), int(boeking))
    with kijker.transaction() as (verbinding, vermelding):
        vermelding.shows_nobody()
        if opslag.find_run(verbinding, kijker.gemeente, run_id) is None:
            return None
        rijen = opslag.list_betaalde_boekingen(verbinding, kijker.gemeente, run_id, agb, na, grootte + 1)
    return cut(rijen, grootte, lambda rij: f"{rij.agb}-{rij.prestatie_id}-{rij.boeking}")


def _hash(rij: opslag.Betaalrunrij) -> str | None:
    return rij.sha256.hex() if rij.sha256 else None


def _show_opdracht(rij: betaling.Betaalopdracht, vorige: betaling.Rekening | None) -> Betaalopdracht:
    return take(
        Betaalopdracht,
        rij,
        vorige_iban=vorige and vorige.iban,
        vorige_tenaamstelling=vorige and vorige.tenaamstelling,
        rekening_gewijzigd=betaling.is_gewijzigd(rij, vorige),
    )
