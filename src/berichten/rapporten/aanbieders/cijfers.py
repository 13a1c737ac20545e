"""What of an aanbieder's lines was rejected and why, what came in time from both sides, and what still waits."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from berichten.opslag.basis.delen import P_GECREDITEERD, P_WACHT, WACHT
from berichten.opslag.basis.vraag import Vraag
from berichten.opslag.berichten.berichten import lines_of


@dataclass(frozen=True, slots=True)
class Afwijstelling:
    """Lines that one rule stopped. Amount in eurocents."""

    regel: str | None
    """None for lines that were not judged, because the message or their client was rejected."""
    aantal: int
    bedrag: int


_AFGEWEZEN = Vraag(
    Afwijstelling,
    """
    SELECT f.regel, count(*) AS aantal, sum(p.bedrag)::bigint AS bedrag
    FROM prestatie p LEFT JOIN LATERAL (
        SELECT v.regel FROM bevinding v WHERE v.gemeente = p.gemeente AND v.prestatie_id = p.prestatie_id
            AND v.hertoetsing = p.hertoetsing AND v.gevolg IN ('afkeuren', 'afwijzen', 'beoordelen')
        ORDER BY v.gevolg = 'beoordelen', v.volgnummer LIMIT 1
    ) AS f ON true
    WHERE p.gemeente = %(g)s AND p.agb = %(a)s AND p.begindatum BETWEEN %(van)s AND %(tot)s
        AND p.uitkomst <> 'toegekend' AND NOT p.{wacht}
    GROUP BY f.regel ORDER BY sum(abs(p.bedrag)) DESC, f.regel
    """,
    wacht=WACHT,
)


@dataclass(frozen=True, slots=True)
class Tijdigheid:
    """What came in time. Counts."""

    regels: int
    """Debit lines of declarations that were handled."""
    regels_op_tijd: int
    """Declared within the months that the gemeente agreed (DA07)."""
    antwoorden: int
    """Declarations that the gemeente answered."""
    antwoorden_op_tijd: int


_TIJDIG = Vraag(
    Tijdigheid,
    """
    WITH nota AS (
        SELECT d.gemeente, b.volgnummer, d.dagtekening, b.antwoord_uiterlijk_op, a.gemaakt_op
        FROM declaratie d JOIN bericht b USING (gemeente, bericht_id)
        LEFT JOIN antwoord a ON a.gemeente = d.gemeente AND a.bericht_id = d.bericht_id
        WHERE d.gemeente = %(g)s AND d.agb = %(a)s AND d.begindatum BETWEEN %(van)s AND %(tot)s
    ), regel AS (
        SELECT count(*) AS aantal, count(*) FILTER (WHERE nota.dagtekening
            < date_trunc('month', p.begindatum::timestamp) + make_interval(months => %(maanden)s + 1)) AS op_tijd
        FROM nota CROSS JOIN LATERAL (SELECT begindatum FROM prestatie r WHERE r.gemeente = nota.gemeente
            AND {regels} AND r.bedrag >= 0
            OFFSET 0) AS p
    )
    SELECT regel.aantal AS regels, regel.op_tijd AS regels_op_tijd, count(nota.gemaakt_op) AS antwoorden,
        count(*) FILTER (WHERE (nota.gemaakt_op AT TIME ZONE 'Europe/Amsterdam')::date <= nota.antwoord_uiterlijk_op)
            AS antwoorden_op_tijd
    FROM regel LEFT JOIN nota ON true GROUP BY regel.aantal, regel.op_tijd
    """,
    regels=lines_of("nota", "r"),
)


@dataclass(frozen=True, slots=True)
class Openstaandwerk:
    """What still waits. Amounts in eurocents."""

    aangehouden: int
    aangehouden_bedrag: int
    creditverzoeken: int
    creditverzoeken_bedrag: int


_OPEN = Vraag(
    Openstaandwerk,
    """
    SELECT held.aantal AS aangehouden, held.bedrag AS aangehouden_bedrag, terug.aantal AS creditverzoeken,
        terug.bedrag AS creditverzoeken_bedrag
    FROM (SELECT count(*) AS aantal, coalesce(sum(p.bedrag), 0)::bigint AS bedrag FROM prestatie p
        WHERE p.gemeente = %(g)s AND p.agb = %(a)s AND {wacht}) AS held
    CROSS JOIN (SELECT count(*) AS aantal, coalesce(sum(p.bedrag), 0)::bigint AS bedrag
        FROM besluit b JOIN prestatie p USING (gemeente, prestatie_id)
        WHERE b.gemeente = %(g)s AND b.agb = %(a)s AND b.definitief AND b.terugvragen AND p.uitkomst = 'toegekend'
            AND NOT EXISTS (SELECT FROM besluit later WHERE later.gemeente = b.gemeente AND later.prestatie_id = b.prestatie_id
                AND later.definitief AND later.besluit_id > b.besluit_id)
            AND NOT {gecrediteerd}) AS terug
    """,
    wacht=P_WACHT,
    gecrediteerd=P_GECREDITEERD,
)


def count_afgewezen(verbinding: Connection, gemeente: str, agb: str, van: date, tot: date) -> list[Afwijstelling]:
    """Of care that began on these days, the largest amount first."""
    return _AFGEWEZEN.all(verbinding, {"g": gemeente, "a": agb, "van": van, "tot": tot})


def count_tijdig(verbinding: Connection, gemeente: str, agb: str, van: date, tot: date, maanden: int) -> Tijdigheid:
    """Of what was declared for the months in which these days lie; `maanden` after the month of care is still in time."""
    return _TIJDIG.read(verbinding, {"g": gemeente, "a": agb, "van": van, "tot": tot, "maanden": maanden})


def count_openstaand(verbinding: Connection, gemeente: str, agb: str) -> Openstaandwerk:
    """Held lines and open requests to credit, as they are now."""
    return _OPEN.read(verbinding, {"g": gemeente, "a": agb})
