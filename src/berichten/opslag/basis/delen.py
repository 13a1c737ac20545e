"""Conditions and pieces that many statements share, each with its name: said once, so that no two of them drift apart.

A piece of one table stands without alias; one that compares lines names them: `p` is the line in question.
"""

GETELDE_UITKOMSTEN = "('toegekend', 'ter_beoordeling')"
TELT_MEE = f"uitkomst IN {GETELDE_UITKOMSTEN}"
"""A line counts against its allocation: awarded, or held for a person."""
P_TELT_MEE = f"p.{TELT_MEE}"
WACHT = "uitkomst = 'ter_beoordeling'"
"""A line waits for a decision."""


def narrowest_kader(gemeente: str, segment: str, zorgvorm: str, dag: str) -> str:
    """The one frame (`kader`) of care on a day, as `Kader.smal` orders them; the arguments are SQL."""
    return (
        "SELECT k.kader FROM kader k"  # noqa: S608
        f" WHERE k.gemeente = {gemeente} AND {dag} BETWEEN k.ingangsdatum AND coalesce(k.einddatum, 'infinity')"
        f" AND k.segment IN ('', {segment}) AND lower(k.zorgvorm) IN ('', lower({zorgvorm}))"
        " ORDER BY k.zorgvorm <> '' DESC, k.segment <> '' DESC, k.kader COLLATE \"C\" LIMIT 1"
    )


def has_declared(agb: str) -> str:
    """Whether a line of this aanbieder (SQL) was ever judged, found by its declarations; wants the piece `bits`."""
    return (
        "EXISTS (SELECT FROM declaratie d JOIN bericht b USING (gemeente, bericht_id)"
        " JOIN prestatie p ON p.gemeente = d.gemeente AND p.prestatie_id > b.volgnummer << {bits}"
        " AND p.prestatie_id < (b.volgnummer + 1) << {bits} AND p.referentie_gebruikt"
        f" WHERE d.gemeente = %(g)s AND d.agb = {agb} AND d.nummer_gebruikt)"
    )


P_WACHT = f"p.{WACHT}"
P_GECREDITEERD = """EXISTS (SELECT FROM prestatie c WHERE c.gemeente = p.gemeente AND c.agb = p.agb AND c.credit
    AND c.soort = p.soort AND c.vorig_referentienummer = p.referentienummer AND c.uitkomst = 'toegekend')"""
"""Line p was credited by a line that was awarded."""
P_STAAT = f"NOT p.credit AND p.uitkomst = 'toegekend' AND NOT {P_GECREDITEERD}"
"""Line p is a debit line that was awarded and is not credited."""
P_HEEFT_REGEL = """EXISTS (SELECT FROM bevinding v WHERE v.gemeente = p.gemeente AND v.prestatie_id = p.prestatie_id
    AND v.regel = %(regel)s AND v.hertoetsing = p.hertoetsing)"""
"""This rule found something on line p when it was last checked."""
STOP_GELDT = """gestopt AS (
        SELECT toewijzingnummer, max(begindatum) FILTER (WHERE soort = 'start') AS gestart,
            array_agg(einddatum) FILTER (WHERE soort = 'stop') AS dagen
        FROM gemeld GROUP BY toewijzingnummer
    ), stop AS (
        SELECT toewijzingnummer, min(dag) AS einddatum FROM gestopt, unnest(dagen) AS dag
        WHERE (gestart <= dag) IS NOT FALSE GROUP BY toewijzingnummer
    )"""
"""Part of a WITH: `stop`, the last day of care of an allocation, of the starts and stops that are `gemeld` and still stand, without
temporary ones. A stop is in force until it is taken back, or care begins again after it."""
IN_DE_RIJ = "status IN ('ontvangen', 'in_behandeling')"
"""A message is not handled yet."""
TEKEN = "CASE WHEN credit THEN -1 ELSE 1 END"
"""A credit takes off what a debit adds."""
P_TEKEN = "CASE WHEN p.credit THEN -1 ELSE 1 END"
MINUTEN = "CASE eenheid WHEN '01' THEN 1 WHEN '04' THEN 60 ELSE 0 END"
"""Minutes of one unit of a line; 0 for what is not counted in time."""
P_MINUTEN = "CASE p.eenheid WHEN '01' THEN 1 WHEN '04' THEN 60 ELSE 0 END"
VOLUME, BEDRAG = "coalesce(toegekend_volume, volume)", "coalesce(toegekend_bedrag, bedrag)"
"""Of a line that was awarded in part only that part counts."""
P_VOLUME, P_BEDRAG = "coalesce(p.toegekend_volume, p.volume)", "coalesce(p.toegekend_bedrag, p.bedrag)"
B_AANBIEDER_GEBLOKKEERD = "b.prestatie_id IS NULL AND b.opgeheven_op IS NULL"
"""Payment block `b` stands on all that is owed to an aanbieder."""
SLOT = "SELECT pg_advisory_xact_lock(hashtextextended(%(slot)s, 0))"
"""Claim something by its name until the transaction ends, waiting for who has it."""
SLOT_SAMEN = "SELECT pg_advisory_xact_lock_shared(hashtextextended(%(slot)s, 0))"
"""The same, beside others who claim it together."""
OP_TOEWIJZING = """
    SELECT prestatie_id FROM prestatie WHERE gemeente = %(g)s AND toewijzingnummer = %(n)s
        AND uitkomst IN ('toegekend', 'ter_beoordeling')
    UNION ALL SELECT prestatie_id FROM prestatie WHERE gemeente = %(g)s AND agb = %(a)s AND toewijzingnummer = %(n)s
        AND uitkomst IN ('afgewezen', 'niet_beoordeeld')
"""
"""Every line billed on allocation `n` of aanbieder `a`: what counts has an index by allocation, the rest one by aanbieder."""
