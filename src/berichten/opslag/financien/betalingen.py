"""Payment runs: what is open, what a run pays, and its files. Every statement takes all entries at once, however many they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, text

from berichten.boeken.betaling import Opdracht, Openstaand, Rekening, Stand
from berichten.opslag.basis.kopie import copy_rows
from berichten.opslag.basis.vraag import Vraag
from berichten.opslag.tabellen.betalingen import betaalopdracht


@dataclass(frozen=True, slots=True)
class Betaalrun:
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
class Betaalregel:
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


_STAGE = text("""
    INSERT INTO open_boeking (agb, prestatie_id, boeking, bedrag, geblokkeerd)
    SELECT j.agb, j.prestatie_id, j.boeking, j.bedrag, aanbieder.agb IS NOT NULL
        OR j.prestatie_id IN (SELECT prestatie_id FROM geblokkeerde_prestaties(:g, 'infinity'))
    FROM journaal j
    JOIN antwoord a ON a.gemeente = j.gemeente AND a.bericht_id = j.bericht_id AND a.gemaakt_op <= :tot
    LEFT JOIN betaalblokkade aanbieder ON aanbieder.gemeente = j.gemeente AND aanbieder.agb = j.agb
        AND aanbieder.prestatie_id IS NULL AND aanbieder.opgeheven_op IS NULL
    WHERE j.gemeente = :g AND j.geboekt_op <= :tot AND j.declaratiemaand >= cast(:vanaf AS date)
        AND NOT EXISTS (SELECT FROM betaalregel l WHERE l.gemeente = :g AND l.prestatie_id = j.prestatie_id
            AND l.boeking = j.boeking AND l.levend)
""")
_SOM = text("""
    SELECT agb, coalesce(sum(bedrag) FILTER (WHERE NOT geblokkeerd), 0)::bigint, count(*) FILTER (WHERE NOT geblokkeerd),
        coalesce(sum(bedrag) FILTER (WHERE geblokkeerd), 0)::bigint
    FROM open_boeking GROUP BY agb ORDER BY agb
""")


def stage_open(verbinding: Connection, gemeente: str, tot: datetime, vanaf: date | None) -> list[tuple[str, int, int, int]]:
    """Lay apart, for this transaction, what was booked and answered up to `tot` and is in no run that stands.

    With `vanaf` only of declarations for that month and later ones: a credit counts by its own declaration.

    Returns for each aanbieder what may be paid now, of how many entries, and what is blocked. Done under `lock_betalingen`, what is
    laid apart stays as it is: the journal only grows.
    """
    verbinding.execute(
        text(
            "CREATE TEMP TABLE open_boeking (agb text, prestatie_id int8, boeking int2, bedrag int8, geblokkeerd bool)"
            " ON COMMIT DROP"
        )
    )
    verbinding.execute(_STAGE, {"g": gemeente, "tot": tot, "vanaf": vanaf or date.min})
    verbinding.execute(text("ANALYZE open_boeking"))
    return [tuple(rij) for rij in verbinding.execute(_SOM)]


def join_rekeningen(sommen: Sequence[tuple[str, int, int, int]], rekeningen: Mapping[str, Rekening]) -> list[Openstaand]:
    """What is open beside the account to which it would go."""
    return [Openstaand(agb, bedrag, aantal, dicht, rekeningen.get(agb)) for agb, bedrag, aantal, dicht in sommen]


def insert_run(
    verbinding: Connection, gemeente: str, peildatum: datetime, uitvoeringsdatum: date, eigen: Rekening, door: str, nu: datetime
) -> int:
    """Begin a run, still a proposal; returns its id."""
    run_id: int = verbinding.execute(
        text(
            "INSERT INTO betaalrun (gemeente, status, peildatum, uitvoeringsdatum, iban, tenaamstelling, gemaakt_door, gemaakt_op)"
            " VALUES (:g, 'voorstel', :tot, :dag, :iban, :naam, :door, :nu) RETURNING run_id"
        ),
        {"g": gemeente, "tot": peildatum, "dag": uitvoeringsdatum, "iban": eigen.iban, "naam": eigen.tenaamstelling,
         "door": door, "nu": nu},
    ).scalar_one()  # fmt: skip
    return run_id


_OPDRACHT = ("agb", "uitkomst", "bedrag", "aantal_boekingen", "geblokkeerd_bedrag", "iban", "tenaamstelling")


def save_opdrachten(verbinding: Connection, gemeente: str, run_id: int, opdrachten: Sequence[Opdracht]) -> None:
    """Keep what the run does with each aanbieder, and of those it pays the entries that `stage_open` laid apart."""
    rijen = ((gemeente, run_id, *(getattr(item, naam) for naam in _OPDRACHT)) for item in opdrachten)
    copy_rows(verbinding, betaalopdracht, ("gemeente", "run_id", *_OPDRACHT), rijen)
    verbinding.execute(
        text(
            "INSERT INTO betaalregel (gemeente, run_id, agb, prestatie_id, boeking, bedrag)"
            " SELECT o.gemeente, o.run_id, agb, b.prestatie_id, b.boeking, b.bedrag FROM open_boeking b"
            " JOIN betaalopdracht o USING (agb)"
            " WHERE o.gemeente = :g AND o.run_id = :r AND o.uitkomst = 'betalen' AND NOT b.geblokkeerd"
        ),
        {"g": gemeente, "r": run_id},
    )


_RUN = """
    SELECT r.run_id, status, peildatum, uitvoeringsdatum, r.iban, r.tenaamstelling, gemaakt_door, gemaakt_op, goedgekeurd_door,
        goedgekeurd_op, ingetrokken_door, ingetrokken_op, coalesce(sum(o.bedrag), 0)::bigint AS totaal_bedrag,
        count(o.agb) AS aantal_betalingen, coalesce(sum(o.aantal_boekingen), 0)::bigint AS aantal_boekingen,
        (SELECT sha256 FROM betaalbestand b
            WHERE b.gemeente = r.gemeente AND b.run_id = r.run_id AND b.soort = 'pain.001') AS sha256
    FROM betaalrun r
    LEFT JOIN betaalopdracht o ON o.gemeente = r.gemeente AND o.run_id = r.run_id AND o.uitkomst = 'betalen'
"""
_EEN_RUN = Vraag(Betaalrun, "{run} WHERE r.gemeente = %(g)s AND r.run_id = %(r)s GROUP BY r.gemeente, r.run_id", run=_RUN)
_RUNS = Vraag(
    Betaalrun,
    "{run} WHERE r.gemeente = %(g)s AND (%(voor)s::bigint IS NULL OR r.run_id < %(voor)s)"
    " GROUP BY r.gemeente, r.run_id ORDER BY r.run_id DESC LIMIT %(n)s",
    run=_RUN,
)
_OPDRACHTEN = Vraag(Opdracht, "SELECT {kolommen} FROM betaalopdracht WHERE gemeente = %(g)s AND run_id = %(r)s ORDER BY agb")
_REGELS = Vraag(
    Betaalregel,
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


def read_run(verbinding: Connection, gemeente: str, run_id: int) -> Betaalrun:
    """One run of this gemeente, which must be there."""
    return _EEN_RUN.read(verbinding, {"g": gemeente, "r": run_id})


def find_run(verbinding: Connection, gemeente: str, run_id: int) -> Betaalrun | None:
    """One run of this gemeente; None when it has no such run."""
    return _EEN_RUN.one(verbinding, {"g": gemeente, "r": run_id})


def list_runs(verbinding: Connection, gemeente: str, voor: int | None, aantal: int) -> list[Betaalrun]:
    """Runs from new to old, those before id `voor`."""
    return _RUNS.all(verbinding, {"g": gemeente, "voor": voor, "n": aantal})


def list_opdrachten(verbinding: Connection, gemeente: str, run_id: int) -> list[Opdracht]:
    """What a run does with each aanbieder of whom anything was open, by AGB code."""
    return _OPDRACHTEN.all(verbinding, {"g": gemeente, "r": run_id})


def list_betaalregels(
    verbinding: Connection, gemeente: str, run_id: int, agb: str | None, na: tuple[str, int, int], aantal: int
) -> list[Betaalregel]:
    """Entries that a run pays, by aanbieder and line, those after `na` (agb, prestatie_id, boeking)."""
    plaats = {"na_agb": na[0], "na_prestatie": na[1], "na_boeking": na[2], "n": aantal}
    return _REGELS.all(verbinding, {"g": gemeente, "r": run_id, "a": agb, **plaats})


def load_standen(verbinding: Connection, gemeente: str, run_id: int) -> list[Stand]:
    """Each payment of a run beside what the journal and the blocks now say of its entries."""
    # Of a run that was just made the planner has no statistics: added up first, its entries are walked once whatever it thinks.
    rijen = verbinding.execute(
        text("""
            WITH regels AS MATERIALIZED (
                SELECT l.agb, sum(j.bedrag)::bigint AS bedrag, count(j.boeking) AS aantal, count(*) FILTER (WHERE
                    l.prestatie_id IN (SELECT prestatie_id FROM geblokkeerde_prestaties(:g, 'infinity'))) AS geblokkeerd
                FROM betaalregel l
                LEFT JOIN journaal j ON j.gemeente = l.gemeente AND j.prestatie_id = l.prestatie_id AND j.boeking = l.boeking
                    AND j.agb = l.agb
                WHERE l.gemeente = :g AND l.run_id = :r AND l.levend
                GROUP BY l.agb
            )
            SELECT o.agb, o.bedrag, o.iban, o.tenaamstelling, coalesce(regels.bedrag, 0),
                coalesce(regels.aantal, 0) = o.aantal_boekingen, EXISTS (SELECT FROM betaalblokkade b WHERE b.gemeente = o.gemeente
                    AND b.agb = o.agb AND b.prestatie_id IS NULL AND b.opgeheven_op IS NULL), coalesce(regels.geblokkeerd, 0)
            FROM betaalopdracht o
            LEFT JOIN regels USING (agb)
            WHERE o.gemeente = :g AND o.run_id = :r AND o.uitkomst = 'betalen'
            ORDER BY o.agb
        """),
        {"g": gemeente, "r": run_id},
    )
    return [Stand(agb, bedrag, Rekening(iban, naam), *rest) for agb, bedrag, iban, naam, *rest in rijen]


def approve_run(verbinding: Connection, gemeente: str, run_id: int, uitvoeringsdatum: date, door: str, nu: datetime) -> None:
    """Turn a proposal into a run that is paid on that day."""
    verbinding.execute(
        text(
            "UPDATE betaalrun SET status = 'goedgekeurd', goedgekeurd_door = :door, goedgekeurd_op = :nu, uitvoeringsdatum = :dag"
            " WHERE gemeente = :g AND run_id = :r"
        ),
        {"g": gemeente, "r": run_id, "dag": uitvoeringsdatum, "door": door, "nu": nu},
    )


def withdraw_run(verbinding: Connection, gemeente: str, run_id: int, door: str, nu: datetime) -> None:
    """Withdraw a proposal; its entries are open again."""
    verbinding.execute(
        text(
            "UPDATE betaalrun SET status = 'ingetrokken', ingetrokken_door = :door, ingetrokken_op = :nu"
            " WHERE gemeente = :g AND run_id = :r"
        ),
        {"g": gemeente, "r": run_id, "door": door, "nu": nu},
    )
    verbinding.execute(
        text("UPDATE betaalregel SET levend = false WHERE gemeente = :g AND run_id = :r"), {"g": gemeente, "r": run_id}
    )


def insert_bestand(verbinding: Connection, gemeente: str, run_id: int, soort: str, inhoud: bytes, sha256: bytes) -> None:
    """Keep a (packed) file of an approved run, with the hash of what it is unpacked."""
    verbinding.execute(
        text("INSERT INTO betaalbestand (gemeente, run_id, soort, inhoud, sha256) VALUES (:g, :r, :soort, :inhoud, :sha)"),
        {"g": gemeente, "r": run_id, "soort": soort, "inhoud": inhoud, "sha": sha256},
    )


def read_bestand(verbinding: Connection, gemeente: str, run_id: int, soort: str) -> tuple[bytes, bytes] | None:
    """A (packed) file and the hash of what it is unpacked; None when the run has none."""
    rij = verbinding.execute(
        text("SELECT inhoud, sha256 FROM betaalbestand WHERE gemeente = :g AND run_id = :r AND soort = :soort"),
        {"g": gemeente, "r": run_id, "soort": soort},
    ).one_or_none()
    return None if rij is None else (bytes(rij[0]), bytes(rij[1]))
