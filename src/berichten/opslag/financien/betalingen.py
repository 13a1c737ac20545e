"""Payment runs: what is open, what a run pays, and its files. Every statement takes all entries at once, however many they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection

from berichten.boeken.betaling import Betaalopdracht, Openstaand, Rekening, Stand
from berichten.opslag.basis.delen import B_AANBIEDER_GEBLOKKEERD
from berichten.opslag.basis.kopie import add_rows
from berichten.opslag.basis.rijvorm import columns
from berichten.opslag.basis.vraag import Opdracht, Vraag
from berichten.opslag.tabellen.betalingen import betaalopdracht


@dataclass(frozen=True, slots=True)
class Betaalrunrij:
    """A run and what became of it. Amounts in eurocents; what the run pays is counted from its payments."""

    run_id: int
    status: str
    peildatum: datetime
    uitvoeringsdatum: date
    iban: str
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
    sha256: bytes | None
    """Of the file for the bank; None until the run is approved."""


@dataclass(frozen=True, slots=True)
class BetaaldeBoeking:
    """An entry of the journal that a run pays."""

    agb: str
    prestatie_id: int
    boeking: int
    bedrag: int
    soort: str
    referentienummer: str
    toewijzingnummer: int | None
    productcode: str
    zorgmaand: date
    declaratiemaand: date


class Som(NamedTuple):
    """What is open of an aanbieder; amounts in eurocents."""

    agb: str
    bedrag: int
    aantal: int
    """Entries that may be paid now."""
    geblokkeerd: int


class Bestand(NamedTuple):
    """A (packed) file of a run, and the hash of what it is unpacked."""

    inhoud: bytes
    sha256: bytes


_MAAK_OPEN = Opdracht(
    "CREATE TEMP TABLE open_boeking (agb text, prestatie_id int8, boeking int2, bedrag int8, geblokkeerd bool) ON COMMIT DROP"
)
_STAGE = Opdracht(
    """
    INSERT INTO open_boeking (agb, prestatie_id, boeking, bedrag, geblokkeerd)
    SELECT j.agb, j.prestatie_id, j.boeking, j.bedrag, b.agb IS NOT NULL
        OR j.prestatie_id IN (SELECT prestatie_id FROM geblokkeerde_prestaties(%(g)s, 'infinity'))
    FROM journaal j
    JOIN antwoord a ON a.gemeente = j.gemeente AND a.bericht_id = j.bericht_id AND a.gemaakt_op <= %(tot)s
    LEFT JOIN betaalblokkade b ON b.gemeente = j.gemeente AND b.agb = j.agb AND {geblokkeerd}
    WHERE j.gemeente = %(g)s AND j.geboekt_op <= %(tot)s AND j.declaratiemaand >= %(vanaf)s::date
        AND NOT EXISTS (SELECT FROM betaalregel l WHERE l.gemeente = %(g)s AND l.prestatie_id = j.prestatie_id
            AND l.boeking = j.boeking AND l.levend)
    """,
    geblokkeerd=B_AANBIEDER_GEBLOKKEERD,
)
_BEKIJK_OPEN = Opdracht("ANALYZE open_boeking")
_SOM = Vraag(
    Som,
    """
    SELECT agb, coalesce(sum(bedrag) FILTER (WHERE NOT geblokkeerd), 0)::bigint AS bedrag,
        count(*) FILTER (WHERE NOT geblokkeerd) AS aantal,
        coalesce(sum(bedrag) FILTER (WHERE geblokkeerd), 0)::bigint AS geblokkeerd
    FROM open_boeking GROUP BY agb ORDER BY agb
    """,
)


def stage_open(verbinding: Connection, gemeente: str, tot: datetime, vanaf: date | None) -> list[Som]:
    """Lay apart, for this transaction, what was booked and answered up to `tot` and is in no run that stands.

    With `vanaf` only of declarations for that month and later ones: a credit counts by its own declaration.

    Returns for each aanbieder what may be paid now, of how many entries, and what is blocked. Done under `lock_betalingen`, what is
    laid apart stays as it is: the journal only grows.
    """
    _MAAK_OPEN.run(verbinding)
    _STAGE.run(verbinding, {"g": gemeente, "tot": tot, "vanaf": vanaf or date.min})
    _BEKIJK_OPEN.run(verbinding)
    return _SOM.all(verbinding)


def join_rekeningen(sommen: Sequence[Som], rekeningen: Mapping[str, Rekening]) -> list[Openstaand]:
    """What is open beside the account to which it would go."""
    return [Openstaand(som.agb, som.bedrag, som.aantal, som.geblokkeerd, rekeningen.get(som.agb)) for som in sommen]


_NIEUW = Vraag(
    int,
    "INSERT INTO betaalrun (gemeente, status, peildatum, uitvoeringsdatum, iban, tenaamstelling, gemaakt_door, gemaakt_op)"
    " VALUES (%(g)s, 'voorstel', %(tot)s, %(dag)s, %(iban)s, %(naam)s, %(door)s, %(nu)s) RETURNING run_id",
)


def insert_run(
    verbinding: Connection, gemeente: str, peildatum: datetime, uitvoeringsdatum: date, eigen: Rekening, door: str, nu: datetime
) -> int:
    """Begin a run, still a proposal; returns its id."""
    return _NIEUW.read(
        verbinding,
        {"g": gemeente, "tot": peildatum, "dag": uitvoeringsdatum, "iban": eigen.iban, "naam": eigen.tenaamstelling,
         "door": door, "nu": nu},
    )  # fmt: skip


_BETAALT = Opdracht("""
    INSERT INTO betaalregel (gemeente, run_id, agb, prestatie_id, boeking, bedrag)
    SELECT o.gemeente, o.run_id, agb, b.prestatie_id, b.boeking, b.bedrag FROM open_boeking b
    JOIN betaalopdracht o USING (agb)
    WHERE o.gemeente = %(g)s AND o.run_id = %(r)s AND o.uitkomst = 'betalen' AND NOT b.geblokkeerd
""")
_OPDRACHT = ("agb", "uitkomst", "bedrag", "aantal_boekingen", "geblokkeerd_bedrag", "iban", "tenaamstelling")


def save_opdrachten(verbinding: Connection, gemeente: str, run_id: int, opdrachten: Sequence[Betaalopdracht]) -> None:
    """Keep what the run does with each aanbieder, and of those it pays the entries that `stage_open` laid apart."""
    rijen = ((gemeente, run_id, *(getattr(item, naam) for naam in _OPDRACHT)) for item in opdrachten)
    add_rows(verbinding, betaalopdracht, ("gemeente", "run_id", *_OPDRACHT), rijen)
    _BETAALT.run(verbinding, {"g": gemeente, "r": run_id})


_RUN = """
    SELECT r.run_id, status, peildatum, uitvoeringsdatum, r.iban, r.tenaamstelling, gemaakt_door, gemaakt_op, goedgekeurd_door,
        goedgekeurd_op, ingetrokken_door, ingetrokken_op, coalesce(sum(o.bedrag), 0)::bigint AS totaal_bedrag,
        count(o.agb) AS aantal_betalingen, coalesce(sum(o.aantal_boekingen), 0)::bigint AS aantal_boekingen,
        (SELECT sha256 FROM betaalbestand b
            WHERE b.gemeente = r.gemeente AND b.run_id = r.run_id AND b.soort = 'pain.001') AS sha256
    FROM betaalrun r
    LEFT JOIN betaalopdracht o ON o.gemeente = r.gemeente AND o.run_id = r.run_id AND o.uitkomst = 'betalen'
"""
_EEN_RUN = Vraag(Betaalrunrij, "{run} WHERE r.gemeente = %(g)s AND r.run_id = %(r)s GROUP BY r.gemeente, r.run_id", run=_RUN)
_RUNS = Vraag(
    Betaalrunrij,
    "{run} WHERE r.gemeente = %(g)s AND (%(voor)s::bigint IS NULL OR r.run_id < %(voor)s)"
    " GROUP BY r.gemeente, r.run_id ORDER BY r.run_id DESC LIMIT %(n)s",
    run=_RUN,
)
_OPDRACHTEN = Vraag(Betaalopdracht, "SELECT {kolommen} FROM betaalopdracht WHERE gemeente = %(g)s AND run_id = %(r)s ORDER BY agb")
_REGELS = Vraag(
    BetaaldeBoeking,
    """
    SELECT l.agb, l.prestatie_id, l.boeking, l.bedrag, j.soort, p.referentienummer, j.toewijzingnummer, j.productcode,
        j.zorgmaand, j.declaratiemaand
    FROM betaalregel l
    JOIN journaal j USING (gemeente, prestatie_id, boeking)
    JOIN prestatie p USING (gemeente, prestatie_id)
    WHERE l.gemeente = %(g)s AND l.run_id = %(r)s AND (%(a)s::text IS NULL OR l.agb = %(a)s)
        AND (l.agb, l.prestatie_id, l.boeking) > (%(na_agb)s, %(na_prestatie)s, %(na_boeking)s)
    ORDER BY l.agb, l.prestatie_id, l.boeking LIMIT %(n)s
    """,
)


def read_run(verbinding: Connection, gemeente: str, run_id: int) -> Betaalrunrij:
    """One run of this gemeente, which must be there."""
    return _EEN_RUN.read(verbinding, {"g": gemeente, "r": run_id})


def find_run(verbinding: Connection, gemeente: str, run_id: int) -> Betaalrunrij | None:
    """One run of this gemeente; None when it has no such run."""
    return _EEN_RUN.one(verbinding, {"g": gemeente, "r": run_id})


def list_runs(verbinding: Connection, gemeente: str, voor: int | None, aantal: int) -> list[Betaalrunrij]:
    """Runs from new to old, those before id `voor`."""
    return _RUNS.all(verbinding, {"g": gemeente, "voor": voor, "n": aantal})


def list_opdrachten(verbinding: Connection, gemeente: str, run_id: int) -> list[Betaalopdracht]:
    """What a run does with each aanbieder of whom anything was open, by AGB code."""
    return _OPDRACHTEN.all(verbinding, {"g": gemeente, "r": run_id})


def list_betaalde_boekingen(
    verbinding: Connection, gemeente: str, run_id: int, agb: str | None, na: tuple[str, int, int], aantal: int
) -> list[BetaaldeBoeking]:
    """Entries that a run pays, by aanbieder and line, those after `na` (agb, prestatie_id, boeking)."""
    plaats = {"na_agb": na[0], "na_prestatie": na[1], "na_boeking": na[2], "n": aantal}
    return _REGELS.all(verbinding, {"g": gemeente, "r": run_id, "a": agb, **plaats})


_STANDEN = Vraag(
    Stand,
    # Of a run that was just made the planner has no statistics: added up first, its entries are walked once whatever it thinks.
    """
    WITH regels AS MATERIALIZED (
        SELECT l.agb, sum(j.bedrag)::bigint AS bedrag, count(j.boeking) AS aantal, count(*) FILTER (WHERE
            l.prestatie_id IN (SELECT prestatie_id FROM geblokkeerde_prestaties(%(g)s, 'infinity'))) AS geblokkeerd
        FROM betaalregel l
        LEFT JOIN journaal j ON j.gemeente = l.gemeente AND j.prestatie_id = l.prestatie_id AND j.boeking = l.boeking
            AND j.agb = l.agb
        WHERE l.gemeente = %(g)s AND l.run_id = %(r)s AND l.levend
        GROUP BY l.agb
    )
    SELECT o.agb, o.bedrag, {rekening}, coalesce(regels.bedrag, 0) AS bedrag_nu,
        coalesce(regels.aantal, 0) = o.aantal_boekingen AS volledig,
        EXISTS (SELECT FROM betaalblokkade b WHERE b.gemeente = o.gemeente AND b.agb = o.agb AND {geblokkeerd})
            AS aanbieder_geblokkeerd,
        coalesce(regels.geblokkeerd, 0) AS aantal_geblokkeerd
    FROM betaalopdracht o
    LEFT JOIN regels USING (agb)
    WHERE o.gemeente = %(g)s AND o.run_id = %(r)s AND o.uitkomst = 'betalen'
    ORDER BY o.agb
    """,
    rekening=columns(Rekening, "o", "rekening"),
    geblokkeerd=B_AANBIEDER_GEBLOKKEERD,
)
_KEUR_GOED = Opdracht(
    "UPDATE betaalrun SET status = 'goedgekeurd', goedgekeurd_door = %(door)s, goedgekeurd_op = %(nu)s,"
    " uitvoeringsdatum = %(dag)s WHERE gemeente = %(g)s AND run_id = %(r)s"
)
_TREK_IN = Opdracht(
    "UPDATE betaalrun SET status = 'ingetrokken', ingetrokken_door = %(door)s, ingetrokken_op = %(nu)s"
    " WHERE gemeente = %(g)s AND run_id = %(r)s"
)
_WEER_OPEN = Opdracht("UPDATE betaalregel SET levend = false WHERE gemeente = %(g)s AND run_id = %(r)s")
_BEWAAR = Opdracht(
    "INSERT INTO betaalbestand (gemeente, run_id, soort, inhoud, sha256) VALUES (%(g)s, %(r)s, %(soort)s, %(inhoud)s, %(sha)s)"
)
_BESTAND = Vraag(
    Bestand, "SELECT {kolommen} FROM betaalbestand WHERE gemeente = %(g)s AND run_id = %(r)s AND soort = %(soort)s"
)  # fmt: skip


def load_standen(verbinding: Connection, gemeente: str, run_id: int) -> list[Stand]:
    """Each payment of a run beside what the journal and the blocks now say of its entries."""
    return _STANDEN.all(verbinding, {"g": gemeente, "r": run_id})


def approve_run(verbinding: Connection, gemeente: str, run_id: int, uitvoeringsdatum: date, door: str, nu: datetime) -> None:
    """Turn a proposal into a run that is paid on that day."""
    _KEUR_GOED.run(verbinding, {"g": gemeente, "r": run_id, "dag": uitvoeringsdatum, "door": door, "nu": nu})


def withdraw_run(verbinding: Connection, gemeente: str, run_id: int, door: str, nu: datetime) -> None:
    """Withdraw a proposal; its entries are open again."""
    _TREK_IN.run(verbinding, {"g": gemeente, "r": run_id, "door": door, "nu": nu})
    _WEER_OPEN.run(verbinding, {"g": gemeente, "r": run_id})


def insert_bestand(verbinding: Connection, gemeente: str, run_id: int, soort: str, inhoud: bytes, sha256: bytes) -> None:
    """Keep a (packed) file of an approved run, with the hash of what it is unpacked."""
    _BEWAAR.run(verbinding, {"g": gemeente, "r": run_id, "soort": soort, "inhoud": inhoud, "sha": sha256})


def read_bestand(verbinding: Connection, gemeente: str, run_id: int, soort: str) -> Bestand | None:
    """A (packed) file and the hash of what it is unpacked; None when the run has none."""
    return _BESTAND.one(verbinding, {"g": gemeente, "r": run_id, "soort": soort})
