"""Decisions on lines: how a line stands when somebody decides, and all that a decision changes, for any number of lines at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from berichten.beoordeling.besluit import EerderBesluit, Prestatiestand, Uitvoering
from berichten.boeken.journaalposten import KOSTEN, SCHULD, Besluitboeking
from berichten.dossier.dossier import VERWIJDERD
from berichten.opslag.basis.delen import P_GECREDITEERD, TELT_MEE, WACHT
from berichten.opslag.basis.rijvorm import columns
from berichten.opslag.basis.vraag import Opdracht, Vraag
from berichten.opslag.berichten.berichten import Berichtrij, lines_of
from berichten.opslag.berichten.prestaties import WIE, WIE_BIJ
from berichten.regels.voorstel import propose

_LAATSTE = """
    SELECT {besluit} FROM (
        SELECT b.*, {wie} AS wie, persoon_van(b.gemeente, b.door) AS persoon
        FROM besluit b {bij}
        WHERE b.gemeente = p.gemeente AND b.prestatie_id = p.prestatie_id
    ) AS eerder
"""
_STANDEN = Vraag(
    Prestatiestand,
    """
    SELECT p.prestatie_id, p.agb, bericht.soort, bericht.status, p.uitkomst, p.bedrag, p.credit,
        coalesce(p.retourcodes, '{}') AS retourcodes, coalesce(t.reden_wijziging = %(weg)s, false) AS verwijderd,
        {gecrediteerd} AS gecrediteerd,
        p.uitkomst = 'afgewezen' AND EXISTS (SELECT FROM prestatie a JOIN bericht ander USING (gemeente, bericht_id)
            WHERE a.gemeente = p.gemeente AND a.toewijzingnummer = p.toewijzingnummer
            AND a.{telt_mee} AND ander.verwerkt_op >= genomen.genomen_op) AS ruimte_gebruikt,
        boekingen.som::bigint AS geboekt, boekingen.aantal::int AS boekingen, {genomen}, {voorstel},
        ARRAY(SELECT v.regel FROM bevinding v WHERE v.gemeente = p.gemeente AND v.prestatie_id = p.prestatie_id
            AND v.hertoetsing = p.hertoetsing AND v.gevolg = 'beoordelen' AND v.retourcode IS NULL ORDER BY v.volgnummer)
            AS dichtstbij
    FROM prestatie p
    JOIN bericht ON bericht.gemeente = p.gemeente AND bericht.bericht_id = p.bericht_id
    LEFT JOIN toewijzing t ON t.gemeente = p.gemeente AND t.toewijzingnummer = p.toewijzingnummer
    CROSS JOIN LATERAL (SELECT coalesce(sum(bedrag), 0) AS som, count(*) AS aantal FROM journaal j
        WHERE j.gemeente = p.gemeente AND j.prestatie_id = p.prestatie_id) AS boekingen
    LEFT JOIN LATERAL ({laatste} WHERE definitief ORDER BY besluit_id DESC LIMIT 1) AS genomen ON true
    LEFT JOIN LATERAL ({laatste} WHERE NOT definitief AND besluit_id > coalesce(genomen.besluit_id, 0)
        ORDER BY besluit_id DESC LIMIT 1) AS voorstel ON true
    WHERE p.gemeente = %(g)s AND p.prestatie_id = ANY(%(p)s::bigint[])
    """,
    gecrediteerd=P_GECREDITEERD,
    telt_mee=TELT_MEE,
    genomen=columns(EerderBesluit, "genomen", "besluit"),
    voorstel=columns(EerderBesluit, "voorstel", "voorstel"),
    laatste=_LAATSTE,
    besluit=columns(EerderBesluit),
    wie=WIE,
    bij=WIE_BIJ.format(g="b.gemeente"),
)
_SLOT = Opdracht("""
    SELECT pg_advisory_xact_lock(hashtextextended('stroom ' || %(g)s || ' ' || agb, 0))
    FROM (SELECT DISTINCT agb FROM prestatie WHERE gemeente = %(g)s AND prestatie_id = ANY(%(p)s::bigint[]) ORDER BY agb)
        AS stromen
""")


def lock_stromen_of(verbinding: Connection, gemeente: str, prestatie_ids: Sequence[int]) -> None:
    """Claim the streams of these lines' aanbieders as `lock_stroom` does, waiting for who has them.

    In one order for everyone, so that nobody waits in a circle.
    """
    _SLOT.run(verbinding, {"g": gemeente, "p": list(prestatie_ids)})


def load_standen(verbinding: Connection, gemeente: str, prestatie_ids: Sequence[int]) -> dict[int, Prestatiestand]:
    """How these lines stand, by prestatie_id; a line that is not there, or not of this gemeente, is absent. One query."""
    standen = _STANDEN.all(verbinding, {"g": gemeente, "p": list(prestatie_ids), "weg": VERWIJDERD})
    return {stand.prestatie_id: _with_codes(stand) for stand in standen}


def _with_codes(stand: Prestatiestand) -> Prestatiestand:
    """What was read as rule ids becomes the codes that lie nearest to them."""
    dichtstbij = tuple(item.retourcode for item in propose((regel, None) for regel in stand.dichtstbij))
    return replace(stand, retourcodes=tuple(stand.retourcodes), dichtstbij=dichtstbij)


class _Bewaard(NamedTuple):
    prestatie_id: int
    besluit_id: int


_BEWAAR = Vraag(
    _Bewaard,
    """
    INSERT INTO besluit (gemeente, agb, bericht_id, prestatie_id, besluit, terugvragen, definitief, bevestigt, retourcode,
        motivering, bedrag, door, genomen_op)
    SELECT p.gemeente, p.agb, p.bericht_id, p.prestatie_id, n.besluit, n.terugvragen, n.definitief, n.bevestigt, n.retourcode,
        n.motivering, p.bedrag, %(door)s, %(op)s
    FROM unnest(%(p)s::bigint[], %(besluit)s::text[], %(terugvragen)s::bool[], %(definitief)s::bool[], %(bevestigt)s::bigint[],
        %(retourcode)s::text[], %(motivering)s::text[])
        AS n (prestatie_id, besluit, terugvragen, definitief, bevestigt, retourcode, motivering)
    JOIN prestatie p ON p.gemeente = %(g)s AND p.prestatie_id = n.prestatie_id
    RETURNING prestatie_id, besluit_id
    """,
)


def insert_besluiten(
    verbinding: Connection, gemeente: str, uitvoeringen: Sequence[Uitvoering], door: str, genomen_op: datetime
) -> dict[int, int]:
    """Keep decisions; returns their ids by prestatie_id."""
    besluiten = [item.besluit for item in uitvoeringen]
    rijen = _BEWAAR.all(
        verbinding,
        {
            "g": gemeente,
            "door": door,
            "op": genomen_op,
            "p": [item.prestatie_id for item in besluiten],
            "besluit": [item.besluit for item in besluiten],
            "terugvragen": [item.terugvragen for item in besluiten],
            "definitief": [item.definitief for item in uitvoeringen],
            "bevestigt": [item.bevestigt for item in uitvoeringen],
            "retourcode": [next(iter(item.retourcodes), None) for item in uitvoeringen],
            "motivering": [item.motivering.strip() for item in besluiten],
        },
    )
    return dict(rijen)


_UITKOMST = Opdracht("""
    UPDATE prestatie p SET uitkomst = n.uitkomst, retourcodes = string_to_array(nullif(n.codes, ''), ' ')
    FROM unnest(%(p)s::bigint[], %(uitkomst)s::text[], %(codes)s::text[]) AS n (prestatie_id, uitkomst, codes)
    WHERE p.gemeente = %(g)s AND p.prestatie_id = n.prestatie_id
""")


def set_uitkomsten(verbinding: Connection, gemeente: str, uitvoeringen: Sequence[Uitvoering]) -> None:
    """Give lines the outcome that was decided, and the codes with which they go back."""
    _UITKOMST.run(
        verbinding,
        {
            "g": gemeente,
            "p": [item.stand.prestatie_id for item in uitvoeringen],
            "uitkomst": [item.uitkomst for item in uitvoeringen],
            "codes": [" ".join(item.retourcodes) for item in uitvoeringen],
        },
    )


_BOEK = Opdracht(
    """
    INSERT INTO journaal (gemeente, agb, bericht_id, prestatie_id, boeking, besluit_id, soort, rekening, tegenrekening, bedrag,
        toewijzingnummer, categorie, productcode, zorgmaand, declaratiemaand, geboekt_op)
    SELECT p.gemeente, p.agb, p.bericht_id, p.prestatie_id, n.boeking, n.besluit_id, n.soort, %(kosten)s, %(schuld)s, n.bedrag,
        p.toewijzingnummer, p.categorie, p.productcode, date_trunc('month', p.begindatum)::date,
        date_trunc('month', d.begindatum)::date, %(op)s
    FROM unnest(%(p)s::bigint[], %(boeking)s::int[], %(soort)s::text[], %(bedrag)s::bigint[], %(besluit)s::bigint[])
        AS n (prestatie_id, boeking, soort, bedrag, besluit_id)
    JOIN prestatie p ON p.gemeente = %(g)s AND p.prestatie_id = n.prestatie_id
    JOIN declaratie d ON d.gemeente = p.gemeente AND d.bericht_id = p.bericht_id
    """
)


def insert_besluitboekingen(
    verbinding: Connection, gemeente: str, boekingen: Sequence[Besluitboeking], besluit_ids: dict[int, int], geboekt_op: datetime
) -> None:
    """Add what decisions award or take back to the journal."""
    _BOEK.run(
        verbinding,
        {
            "g": gemeente,
            "kosten": KOSTEN,
            "schuld": SCHULD,
            "op": geboekt_op,
            "p": [item.prestatie_id for item in boekingen],
            "boeking": [item.boeking for item in boekingen],
            "soort": [item.soort for item in boekingen],
            "bedrag": [item.bedrag for item in boekingen],
            "besluit": [besluit_ids[item.prestatie_id] for item in boekingen],
        },
    )


@dataclass(frozen=True, slots=True)
class Tussenstand:
    """A declaration after decisions on its lines."""

    bericht: Berichtrij
    aangehouden: int
    """How many of its lines are still held."""
    geboekt: int
    """What stands in the journal for its lines."""


_SOMMEN = Vraag(
    Tussenstand,
    """
    UPDATE bericht SET toegekend_bedrag = s.toegekend, afgewezen_bedrag = s.afgewezen, te_beoordelen_bedrag = s.open
    FROM (
        SELECT e.bericht_id, count(*) FILTER (WHERE {wacht}) AS aangehouden,
            coalesce(sum(bedrag) FILTER (WHERE uitkomst = 'toegekend'), 0) AS toegekend,
            coalesce(sum(bedrag) FILTER (WHERE uitkomst IN ('afgewezen', 'niet_beoordeeld')), 0) AS afgewezen,
            coalesce(sum(bedrag) FILTER (WHERE {wacht}), 0) AS open
        FROM (SELECT DISTINCT b.bericht_id, b.volgnummer FROM bericht b JOIN prestatie USING (gemeente, bericht_id)
            WHERE b.gemeente = %(g)s AND prestatie_id = ANY(%(p)s::bigint[])) AS e
        JOIN prestatie ON prestatie.gemeente = %(g)s AND {regels}
        GROUP BY e.bericht_id
    ) AS s
    WHERE bericht.gemeente = %(g)s AND bericht.bericht_id = s.bericht_id
    RETURNING {bericht}, s.aangehouden,
        (SELECT coalesce(sum(bedrag), 0)::bigint FROM journaal j WHERE j.gemeente = bericht.gemeente AND {boekingen}) AS geboekt
    """,
    bericht=columns(Berichtrij, "bericht", "bericht"),
    wacht=WACHT,
    regels=lines_of("e", "prestatie"),
    boekingen=lines_of("bericht", "j"),
)
_BEANTWOORD = Opdracht(
    "UPDATE bericht SET status = 'verwerkt', declaratie_retourcodes = %(codes)s::text[]"
    " WHERE gemeente = %(g)s AND bericht_id = %(b)s"
)


class Clientcode(NamedTuple):
    """What was wrong with a client of a declaration."""

    pad: str
    retourcode: str


_CLIENTCODES = Vraag(
    Clientcode,
    "SELECT pad, retourcode FROM bevinding WHERE gemeente = %(g)s AND bericht_id = %(b)s AND klasse = 'Client'"
    " AND gevolg = 'afwijzen' AND retourcode IS NOT NULL ORDER BY volgnummer",
)


def update_sommen(verbinding: Connection, gemeente: str, prestatie_ids: Sequence[int]) -> list[Tussenstand]:
    """Add the declarations of these lines up anew from all of their lines."""
    return _SOMMEN.all(verbinding, {"g": gemeente, "p": list(prestatie_ids)})


def mark_answered(verbinding: Connection, bericht: Berichtrij, codes: Sequence[str]) -> None:
    """Note that the answer has left. `verwerkt_op` stays the moment at which the message was judged; the answer has its own."""
    _BEANTWOORD.run(verbinding, {"g": bericht.gemeente, "b": bericht.bericht_id, "codes": list(codes)})


def load_clientcodes(verbinding: Connection, gemeente: str, bericht_id: UUID) -> list[Clientcode]:
    """Path and code of what was wrong with clients of a declaration, in the order of the message."""
    return _CLIENTCODES.all(verbinding, {"g": gemeente, "b": bericht_id})
