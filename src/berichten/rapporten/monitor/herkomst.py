"""Where the care of an allocation came from: who referred the client, as the request tells that the allocation grants (table 4a).

An allocation keeps the origin of its first version: of the request that the message with it granted, not of one that happens to
have the same reference. Only a JW315 knows a referrer; a number born of a JW317 is a change of what there was. Without request it
was the gemeente's own local team, from the day on which the gemeente began to receive requests here: before that nobody can tell.
What somebody uploaded counts where no request tells.
"""

GEMEENTE, WIJZIGING = "Gemeentelijke toegang", "Wijziging bestaande toewijzing"
REFERRERS = {
    "01": GEMEENTE,
    "02": "Huisarts",
    "03": "Jeugdarts",
    "04": "Gecertificeerde instelling",
    "05": "Medisch specialist",
    "06": "Zelfverwijzer/Onbekend",
    "08": "Rechter, OvJ, Justitiele jeugdinrichting",
}
"""Rows of the table by Verwijzer/Type (COD327)."""

_PER_TYPE = " ".join(f"WHEN '{type_}' THEN '{naam}'" for type_, naam in REFERRERS.items())
HERKOMST = f"""
    coalesce(CASE WHEN verzoek.soort = 'JW317' THEN '{WIJZIGING}' ELSE CASE verzoek.verwijzer_type {_PER_TYPE} END END,
        v.verwijzer, CASE WHEN eerste.toewijzingsdatum >= sinds.dag THEN '{GEMEENTE}' END)
"""
"""Origin of a line `r`, by what ORIGIN_JOINS joins to it; NULL where it is not known."""
ORIGIN_JOINS = """
    LEFT JOIN verwijzing v ON v.gemeente = r.gemeente AND v.toewijzingnummer = r.toewijzingnummer
    LEFT JOIN toewijzing_versie eerste
        ON eerste.gemeente = r.gemeente AND eerste.toewijzingnummer = r.toewijzingnummer AND eerste.versie = 1
    LEFT JOIN verzoek_toewijzing gehonoreerd ON gehonoreerd.gemeente = eerste.gemeente
        AND gehonoreerd.toewijzingnummer = eerste.toewijzingnummer AND gehonoreerd.bericht_id = eerste.bericht_id
    LEFT JOIN verzoek ON verzoek.gemeente = gehonoreerd.gemeente AND verzoek.verzoek_id = gehonoreerd.verzoek_id
    LEFT JOIN (
        SELECT gemeente, (min(ontvangen_op) AT TIME ZONE 'Europe/Amsterdam')::date AS dag FROM verzoek GROUP BY gemeente
    ) AS sinds ON sinds.gemeente = r.gemeente
"""
