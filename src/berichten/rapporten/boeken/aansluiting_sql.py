"""What must tie, as queries for what does not.

`g` is the gemeente. Amounts are in cents and come as text, as do all other values. No query shows a Bsn.
"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from berichten.opslag.basis.vraag import Vraag
from berichten.opslag.berichten.berichten import lines_of
from berichten.opslag.financien.toewijzingsommen import SOMDELEN, SOMMEN


class Ongelijk(NamedTuple):
    """What does not tie: where, what, expected and found."""

    bericht_id: UUID | None
    prestatie_id: int | None
    boeking: int | None
    toewijzingnummer: int | None
    wat: str
    verwacht: str | None
    gevonden: str | None


class OngelijkTotaal(NamedTuple):
    """A total of the journal that is not what its entries come to: cents, or lines."""

    agb: str
    boekdag: date
    zorgmaand: date
    categorie: str
    productcode: str
    declaratiemaand: date
    wat: str
    verwacht: int
    gevonden: int


class Beantwoord(NamedTuple):
    """A declaration with its (packed) answer and what the journal held when that was made. Cents."""

    bericht_id: UUID
    status: str
    ingediend: int | None
    inhoud: bytes | None
    geboekt: int


@dataclass(frozen=True, slots=True)
class Boekomvang:
    """How much was looked at."""

    declaraties: int
    regels: int
    boekingen: int
    journaal: int
    """Cents."""


_HANDLED = "b.soort IN ('JW303', 'JW323') AND b.status IN ('afgekeurd', 'ter_beoordeling', 'verwerkt')"

# A JW304 states of the credit of a line that was never awarded what it withdraws; the journal books that first, and a correction of
# the same size beside it. So of a JW303 the first entries are what was awarded, and of a JW323 all of them.
_AWARDED = "coalesce(CASE b.soort WHEN 'JW303' THEN boeken.eerste ELSE boeken.alle END, 0)"

DECLARATIES = Vraag(
    Ongelijk,
    """
    WITH regels AS (
        SELECT bericht_id, count(*) AS aantal, sum(bedrag) AS ingediend,
            coalesce(sum(coalesce(toegekend_bedrag, bedrag)) FILTER (WHERE uitkomst = 'toegekend'), 0) AS toegekend,
            coalesce(sum(bedrag) FILTER (WHERE uitkomst IN ('afgewezen', 'niet_beoordeeld')), 0) AS afgewezen,
            coalesce(sum(bedrag) FILTER (WHERE uitkomst = 'ter_beoordeling'), 0) AS te_beoordelen
        FROM prestatie WHERE gemeente = %(g)s GROUP BY bericht_id
    ), boeken AS (
        SELECT bericht_id, sum(bedrag) AS alle, coalesce(sum(bedrag) FILTER (WHERE boeking = 1), 0) AS eerste
        FROM journaal WHERE gemeente = %(g)s GROUP BY bericht_id
    )
    SELECT b.bericht_id, NULL::int8 AS prestatie_id, NULL::int AS boeking, NULL::int8 AS toewijzingnummer, v.wat,
        v.verwacht::text AS verwacht, v.gevonden::text AS gevonden
    FROM bericht b
    LEFT JOIN regels ON regels.bericht_id = b.bericht_id
    LEFT JOIN boeken ON boeken.bericht_id = b.bericht_id
    CROSS JOIN LATERAL (VALUES
        ('ingediend = toegekend + afgewezen + te beoordelen', true, b.ingediend_bedrag,
            b.toegekend_bedrag + b.afgewezen_bedrag + b.te_beoordelen_bedrag),
        ('aantal regels', true, b.aantal_regels, coalesce(regels.aantal, 0)),
        ('ingediend volgens de regels', b.status <> 'afgekeurd', regels.ingediend, b.ingediend_bedrag),
        ('toegekend volgens de regels', b.soort = 'JW323' OR b.status = 'afgekeurd', coalesce(regels.toegekend, 0),
            b.toegekend_bedrag),
        ('afgewezen volgens de regels', b.soort = 'JW323' AND b.status <> 'afgekeurd', regels.afgewezen, b.afgewezen_bedrag),
        ('te beoordelen volgens de regels', true, coalesce(regels.te_beoordelen, 0), b.te_beoordelen_bedrag),
        ('toegekend volgens het journaal', true, b.toegekend_bedrag, {awarded})
    ) AS v (wat, geldt, verwacht, gevonden)
    WHERE b.gemeente = %(g)s AND {handled} AND v.geldt AND v.verwacht IS DISTINCT FROM v.gevonden
    ORDER BY b.volgnummer
    """,
    handled=_HANDLED,
    awarded=_AWARDED,
)

REGELS = Vraag(
    Ongelijk,
    """
    SELECT p.bericht_id, p.prestatie_id, NULL::int AS boeking, p.toewijzingnummer, v.wat, v.verwacht, v.gevonden
    FROM prestatie p
    LEFT JOIN (
        SELECT prestatie_id, sum(bedrag) AS bedrag, count(*) AS aantal, max(boeking) AS laatste
        FROM journaal WHERE gemeente = %(g)s GROUP BY prestatie_id
    ) AS j ON j.prestatie_id = p.prestatie_id
    CROSS JOIN LATERAL (VALUES
        ('bedrag in het journaal', CASE WHEN p.uitkomst = 'toegekend' THEN coalesce(p.toegekend_bedrag, p.bedrag) ELSE 0 END::text,
            coalesce(j.bedrag, 0)::text),
        ('nummers van boekingen', coalesce(j.laatste, 0)::text, coalesce(j.aantal, 0)::text)
    ) AS v (wat, verwacht, gevonden)
    WHERE p.gemeente = %(g)s AND v.verwacht <> v.gevonden
        AND (j.laatste <> j.aantal
            OR CASE WHEN p.uitkomst = 'toegekend' THEN coalesce(p.toegekend_bedrag, p.bedrag) ELSE 0 END <> coalesce(j.bedrag, 0))
    ORDER BY p.prestatie_id
    """,
)

BOEKINGEN = Vraag(
    Ongelijk,
    """
    SELECT j.bericht_id, j.prestatie_id, j.boeking, j.toewijzingnummer, v.wat, v.verwacht, v.gevonden
    FROM journaal j
    LEFT JOIN prestatie p ON p.gemeente = j.gemeente AND p.prestatie_id = j.prestatie_id
    LEFT JOIN bericht b ON b.gemeente = p.gemeente AND b.bericht_id = p.bericht_id
    LEFT JOIN declaratie d ON d.gemeente = p.gemeente AND d.bericht_id = p.bericht_id
    CROSS JOIN LATERAL (SELECT
        CASE WHEN j.boeking > 1 THEN 'correctie' WHEN p.credit THEN 'creditering' ELSE 'toekenning' END AS soort,
        date_trunc('month', p.begindatum::timestamp)::date AS zorgmaand,
        date_trunc('month', d.begindatum::timestamp)::date AS declaratiemaand,
        j.boeking > 1 OR j.bedrag = 0 OR (j.bedrag < 0) = p.credit AS goed_teken) AS hoort
    CROSS JOIN LATERAL (VALUES
        ('regel', 'een regel met dit nummer', CASE WHEN p.prestatie_id IS NULL
            THEN 'geen regel' ELSE 'een regel met dit nummer' END),
        ('aanbieder', p.agb, j.agb), ('bericht', p.bericht_id::text, j.bericht_id::text), ('soort', hoort.soort, j.soort),
        ('toewijzing', p.toewijzingnummer::text, j.toewijzingnummer::text), ('categorie', p.categorie, j.categorie),
        ('productcode', p.productcode, j.productcode), ('zorgmaand', hoort.zorgmaand::text, j.zorgmaand::text),
        ('declaratiemaand', hoort.declaratiemaand::text, j.declaratiemaand::text),
        ('rekening', 'jeugdhulp', j.rekening), ('tegenrekening', 'aanbieders', j.tegenrekening),
        ('teken van het bedrag', CASE WHEN p.credit THEN 'negatief' ELSE 'positief' END,
            CASE WHEN hoort.goed_teken THEN CASE WHEN p.credit THEN 'negatief' ELSE 'positief' END ELSE j.bedrag::text END),
        ('moment van boeken', 'na ontvangst', CASE WHEN j.geboekt_op < b.ontvangen_op THEN 'daarvoor' ELSE 'na ontvangst' END)
    ) AS v (wat, verwacht, gevonden)
    WHERE j.gemeente = %(g)s AND v.verwacht IS DISTINCT FROM v.gevonden AND (v.wat = 'regel') = (p.prestatie_id IS NULL)
        AND (p.prestatie_id IS NULL OR NOT coalesce(hoort.goed_teken, false) OR j.geboekt_op < b.ontvangen_op
            OR (j.agb, j.bericht_id, j.soort, j.categorie, j.productcode, j.zorgmaand, j.declaratiemaand, j.rekening,
                j.tegenrekening) IS DISTINCT FROM (p.agb, p.bericht_id, hoort.soort, p.categorie, p.productcode, hoort.zorgmaand,
                hoort.declaratiemaand, 'jeugdhulp', 'aanbieders')
            OR j.toewijzingnummer IS DISTINCT FROM p.toewijzingnummer)
    ORDER BY j.prestatie_id, j.boeking
    """,
)

BESLUITEN = Vraag(
    Ongelijk,
    """
    WITH laatste AS (
        SELECT DISTINCT ON (prestatie_id) prestatie_id, besluit_id, besluit FROM besluit
        WHERE gemeente = %(g)s AND definitief ORDER BY prestatie_id, besluit_id DESC
    ), eerste AS (
        SELECT prestatie_id, min(besluit_id) AS besluit_id, min(genomen_op) AS genomen_op FROM besluit
        WHERE gemeente = %(g)s AND definitief GROUP BY prestatie_id
    )
    SELECT p.bericht_id, p.prestatie_id, NULL::int AS boeking, p.toewijzingnummer, 'uitkomst volgens het laatste besluit' AS wat,
        CASE l.besluit WHEN 'toekennen' THEN 'toegekend' ELSE 'afgewezen' END AS verwacht, p.uitkomst AS gevonden
    FROM laatste l JOIN prestatie p ON p.gemeente = %(g)s AND p.prestatie_id = l.prestatie_id
    WHERE p.uitkomst <> CASE l.besluit WHEN 'toekennen' THEN 'toegekend' ELSE 'afgewezen' END
    UNION ALL
    SELECT j.bericht_id, j.prestatie_id, j.boeking, j.toewijzingnummer, 'besluit van de boeking',
        'een definitief besluit over deze regel', CASE WHEN s.besluit_id IS NULL THEN 'onbekend besluit ' ELSE 'besluit ' END
        || j.besluit_id || coalesce(' over regel ' || s.prestatie_id, '')
    FROM journaal j LEFT JOIN besluit s ON s.gemeente = j.gemeente AND s.besluit_id = j.besluit_id
    WHERE j.gemeente = %(g)s AND j.besluit_id IS NOT NULL
        AND (s.besluit_id IS NULL OR s.prestatie_id <> j.prestatie_id OR NOT s.definitief)
    UNION ALL
    SELECT j.bericht_id, j.prestatie_id, j.boeking, j.toewijzingnummer, 'besluit van de boeking', 'een besluit', 'geen besluit'
    FROM journaal j JOIN eerste e ON e.prestatie_id = j.prestatie_id
    WHERE j.gemeente = %(g)s AND j.besluit_id IS NULL AND j.geboekt_op >= e.genomen_op
    UNION ALL
    SELECT j.bericht_id, j.prestatie_id, j.boeking, j.toewijzingnummer, 'besluit van de correctie', 'een besluit', 'geen besluit'
    FROM journaal j JOIN prestatie p ON p.gemeente = j.gemeente AND p.prestatie_id = j.prestatie_id
    WHERE j.gemeente = %(g)s AND j.soort = 'correctie' AND j.besluit_id IS NULL AND p.soort = 'JW323'
        AND NOT EXISTS (SELECT FROM eerste e WHERE e.prestatie_id = j.prestatie_id AND e.genomen_op <= j.geboekt_op)
    ORDER BY 2, 3
    """,
)

TOEWIJZINGEN = Vraag(
    Ongelijk,
    """
    SELECT NULL::uuid AS bericht_id, NULL::int8 AS prestatie_id, NULL::int AS boeking,
        nullif(toewijzingnummer, -1) AS toewijzingnummer, 'benutting van de toewijzing' AS wat,
        coalesce(r.bedrag, 0)::text AS verwacht, coalesce(j.bedrag, 0)::text AS gevonden
    FROM (
        SELECT coalesce(toewijzingnummer, -1) AS toewijzingnummer, sum(coalesce(toegekend_bedrag, bedrag)) AS bedrag
        FROM prestatie WHERE gemeente = %(g)s AND uitkomst = 'toegekend' GROUP BY 1
    ) AS r
    FULL JOIN (
        SELECT coalesce(toewijzingnummer, -1) AS toewijzingnummer, sum(bedrag) AS bedrag
        FROM journaal WHERE gemeente = %(g)s GROUP BY 1
    ) AS j USING (toewijzingnummer)
    WHERE coalesce(r.bedrag, 0) <> coalesce(j.bedrag, 0)
    ORDER BY coalesce(r.toewijzingnummer, j.toewijzingnummer)
    """,
)

GEBRUIK = Vraag(
    Ongelijk,
    """
    SELECT NULL::uuid AS bericht_id, NULL::int8 AS prestatie_id, NULL::int AS boeking,
        nullif(toewijzingnummer, -1) AS toewijzingnummer, v.wat || ' van ' || zorgjaar || ', productcode ' || productcode AS wat,
        v.verwacht, v.gevonden
    FROM ({sommen}) AS r
    FULL JOIN (SELECT * FROM toewijzingtotaal WHERE gemeente = %(g)s) AS t
        USING (gemeente, agb, toewijzingnummer, productcode, zorgjaar)
    CROSS JOIN LATERAL (VALUES
        ('bedrag', coalesce(r.bedrag, 0) = coalesce(t.bedrag, 0), r.bedrag::text, t.bedrag::text),
        ('uren', coalesce(r.uren, 0) = coalesce(t.uren, 0), r.uren::text, t.uren::text),
        ('ander volume', coalesce(r.overig, 0) = coalesce(t.overig, 0), r.overig::text, t.overig::text),
        ('minuten', coalesce(r.debetminuten, 0) = coalesce(t.debetminuten, 0), r.debetminuten::text, t.debetminuten::text),
        ('eerste dag', r.eerste IS NULL OR coalesce(t.eerste <= r.eerste, false), r.eerste::text, t.eerste::text),
        ('laatste dag', r.laatste IS NOT DISTINCT FROM t.laatste
            OR coalesce(t.laatste >= coalesce(r.laatste, '-infinity') AND t.laatste_eraf >= t.laatste, false),
            r.laatste::text, t.laatste::text),
        ('laatste dag waarop iets eraf ging', r.laatste_eraf IS NULL OR coalesce(t.laatste_eraf >= r.laatste_eraf, false),
            r.laatste_eraf::text, t.laatste_eraf::text),
        ('laatste begin', r.laatste_begin IS NULL OR coalesce(t.laatste_begin >= r.laatste_begin, false),
            r.laatste_begin::text, t.laatste_begin::text)
    ) AS v (wat, goed, verwacht, gevonden)
    WHERE NOT v.goed
    ORDER BY toewijzingnummer, agb, productcode, zorgjaar, v.wat
    """,
    sommen=SOMMEN,
    welke="prestatie_id <= (SELECT tot FROM toewijzingstand WHERE gemeente = %(g)s)",
    **SOMDELEN,
)
"""A first or last day may lie further than any line that counts, of a line that was changed: who asks is told to look."""

TOTALEN = Vraag(
    OngelijkTotaal,
    """
    SELECT agb, boekdag, zorgmaand, categorie, productcode, declaratiemaand, v.wat, v.verwacht, v.gevonden
    FROM (
        SELECT agb, (geboekt_op AT TIME ZONE 'Europe/Amsterdam')::date AS boekdag, zorgmaand, categorie, productcode,
            declaratiemaand, coalesce(sum(bedrag) FILTER (WHERE soort = 'toekenning'), 0)::bigint AS toegekend,
            coalesce(sum(bedrag) FILTER (WHERE soort = 'creditering'), 0)::bigint AS gecrediteerd,
            coalesce(sum(bedrag) FILTER (WHERE soort = 'correctie'), 0)::bigint AS correcties,
            count(*) FILTER (WHERE boeking = 1) AS regels
        FROM journaal WHERE gemeente = %(g)s GROUP BY 1, 2, 3, 4, 5, 6
    ) AS j
    FULL JOIN (SELECT * FROM boektotaal WHERE gemeente = %(g)s) AS t
        USING (agb, boekdag, zorgmaand, categorie, productcode, declaratiemaand)
    CROSS JOIN LATERAL (VALUES
        ('toegekend', coalesce(j.toegekend, 0), coalesce(t.toegekend, 0)),
        ('gecrediteerd', coalesce(j.gecrediteerd, 0), coalesce(t.gecrediteerd, 0)),
        ('correcties', coalesce(j.correcties, 0), coalesce(t.correcties, 0)),
        ('aantal regels', coalesce(j.regels, 0), coalesce(t.regels, 0))
    ) AS v (wat, verwacht, gevonden)
    WHERE v.verwacht <> v.gevonden
    ORDER BY 1, 2, 3, 4, 5, 6, 7
    """,
)

ANTWOORDEN = Vraag(
    Beantwoord,
    """
    SELECT b.bericht_id, b.status, b.ingediend_bedrag AS ingediend, a.inhoud, (
        SELECT coalesce(sum(j.bedrag), 0)::bigint FROM journaal j
        WHERE j.gemeente = b.gemeente AND {boekingen}
            AND j.geboekt_op <= a.gemaakt_op AND (b.soort = 'JW323' OR j.boeking = 1)) AS geboekt
    FROM bericht b LEFT JOIN antwoord a ON a.gemeente = b.gemeente AND a.bericht_id = b.bericht_id
    WHERE b.gemeente = %(g)s AND {handled}
    ORDER BY b.volgnummer
    """,
    boekingen=lines_of("b", "j"),
    handled=_HANDLED,
)
"""Not differences yet. The rows are large: stream few at once."""

OMVANG = Vraag(
    Boekomvang,
    """
    SELECT (SELECT count(*) FROM declaratie WHERE gemeente = %(g)s) AS declaraties,
        (SELECT count(*) FROM prestatie WHERE gemeente = %(g)s) AS regels,
        (SELECT count(*) FROM journaal WHERE gemeente = %(g)s) AS boekingen,
        (SELECT coalesce(sum(bedrag), 0)::bigint FROM journaal WHERE gemeente = %(g)s) AS journaal
    """,
)
