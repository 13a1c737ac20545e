"""Awarded debit lines with all that their verklaring rests on, as of a moment: one statement, streamed.

A line counts with what the journal holds of it by then, less what its credit lines booked. Delivery records have no moment of their
own and are those of now.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from berichten.opslag.basis.delen import P_MINUTEN, P_STAAT, P_VOLUME
from berichten.opslag.basis.vraag import Zoekvraag
from berichten.opslag.basis.zegelketen import NEDERLANDS
from berichten.opslag.berichten.berichten import PRESTATIE_BITS
from berichten.opslag.controle.controlebereik import GELD, MAG_TOEGEKEND, VOORWAARDEN, Controlebereik


@dataclass(frozen=True, slots=True)
class Controleregel:
    """A line of which something is awarded, with its facts. Amounts in cents, dates inclusive, time in minutes."""

    prestatie_id: int
    agb: str
    bsn: str
    referentienummer: str
    soort: str
    declaratienummer: str | None
    toewijzingnummer: int | None
    categorie: str
    productcode: str
    begindatum: date
    einddatum: date
    volume: int
    """What of it was awarded."""
    eenheid: str
    tarief: int | None
    bedrag: int
    """Awarded less credited and corrected, by the moment; more than nothing."""
    zonder_feiten: int
    """Which `Feit`en were missing when it was judged."""
    ontvangen_op: datetime
    verwerkt_op: datetime
    geboekt_op: datetime
    """Of the first entry."""
    boekdag: date
    """The day of that in the Netherlands, which has a seal of its own."""
    zegel: str | None
    """Of that day, in hexadecimals; None while it is not sealed."""
    ingangsdatum: date | None
    """Of the allocation as it was by the moment; None where there is none."""
    toewijzing_einde: date | None
    versie: int | None
    toegewezen_op: date | None
    toewijzing_volume: int | None
    toewijzing_eenheid: str | None
    budget: int | None
    buiten_sinds: datetime | None
    """When a later version of the allocation left lines of this message outside it, and nobody has looked at that."""
    buiten_reden: str | None
    """Why that was left so, where somebody did."""
    start: date | None
    """First day of care that the aanbieder reported."""
    stop: date | None
    eigen_verantwoording: bool
    """Whether there are records of this line by itself."""
    verantwoord: bool
    """Whether there are records for it at all: of itself, or of its allocation and month."""
    clientgebonden: int
    """Minutes in them that were given to the client."""
    eerder_gedeclareerd: int
    """Minutes that earlier lines billed on the same records; 0 where it has its own."""
    besluit: str | None
    """The last final decision by the moment."""
    besluit_door: str | None
    besluit_op: datetime | None
    motivering: str | None
    teruggevraagd: bool
    """Whether that asks the line back, and it is not credited yet."""
    bevindingen: list[dict[str, Any]]
    """As it was last checked: `regel`, `gevolg`, `melding` and, of minutes that are too many, `minuten`."""
    beschikt: bool
    """Whether the decisions that are loaded now cover its days together, or says that none is needed."""


_CLIENTGEBONDEN = "soort IN ('direct', 'groep', 'indirect')"
_EERDER = """
    SELECT sum({e_volume} * {e_minuten}) AS minuten FROM prestatie p
    WHERE p.gemeente = r.gemeente AND p.toewijzingnummer = r.toewijzingnummer AND p.prestatie_id < r.prestatie_id AND {staat}
        AND p.begindatum >= date_trunc('month', r.begindatum::timestamp)::date
        AND p.begindatum < date_trunc('month', r.begindatum::timestamp)::date + interval '1 month'
        AND NOT EXISTS (SELECT FROM verantwoording v WHERE v.gemeente = p.gemeente AND v.agb = p.agb
            AND v.referentienummer = p.referentienummer)
"""
"""Minutes of lines that came before and use up the same records: those of one allocation and month."""
_REGELS = """
    SELECT r.prestatie_id, r.agb, r.bsn, r.referentienummer, r.soort, b.declaratienummer, r.toewijzingnummer, r.categorie,
        r.productcode, r.begindatum, r.einddatum, r.geteld AS volume, r.eenheid, r.tarief, geld.bedrag, r.zonder_feiten,
        b.ontvangen_op, b.verwerkt_op, geld.geboekt_op, (geld.geboekt_op {nederlands})::date AS boekdag,
        encode(z.zegel, 'hex') AS zegel, t.ingangsdatum,
        v.einddatum AS toewijzing_einde, v.versie, v.toewijzingsdatum AS toegewezen_op, v.volume AS toewijzing_volume,
        v.eenheid AS toewijzing_eenheid, v.budget, buiten.sinds AS buiten_sinds, buiten.reden AS buiten_reden,
        gemeld.start, gemeld.stop, eigen.aantal > 0 AS eigen_verantwoording, eigen.aantal + samen.aantal > 0 AS verantwoord,
        (CASE WHEN eigen.aantal > 0 THEN eigen.minuten ELSE samen.minuten END)::int AS clientgebonden,
        coalesce(eerder.minuten, 0)::int AS eerder_gedeclareerd, s.besluit, s.door AS besluit_door, s.genomen_op AS besluit_op,
        s.motivering, coalesce(s.terugvragen, false) AS teruggevraagd, coalesce(gevonden.alle, '[]') AS bevindingen,
        coalesce((SELECT bool_or(k.soort = 'geen_vereist')
            OR range_agg(daterange(k.van, k.tot, '[]')) @> daterange(r.begindatum, greatest(r.begindatum, r.einddatum), '[]')
            FROM beschikking k WHERE k.gemeente = r.gemeente AND k.toewijzingnummer = r.toewijzingnummer), false) AS beschikt
    FROM (
        SELECT p.*, {p_volume} AS geteld FROM prestatie p WHERE {mag}{waar}
    ) AS r
    JOIN bericht b ON b.gemeente = r.gemeente AND b.volgnummer = r.prestatie_id >> {bits} AND b.verwerkt_op <= %(t)s
    CROSS JOIN LATERAL ({geld}) AS geld
    LEFT JOIN journaalzegel z ON z.gemeente = r.gemeente AND z.dag = (geld.geboekt_op {nederlands})::date
    LEFT JOIN toewijzing t ON t.gemeente = r.gemeente AND t.toewijzingnummer = r.toewijzingnummer AND t.agb = r.agb
    LEFT JOIN LATERAL (
        SELECT w.* FROM toewijzing_versie w JOIN bericht m ON m.gemeente = w.gemeente AND m.bericht_id = w.bericht_id
        WHERE w.gemeente = t.gemeente AND w.toewijzingnummer = t.toewijzingnummer AND m.verwerkt_op <= %(t)s
        ORDER BY w.toewijzingsdatum DESC, w.toewijzingstijd DESC, w.versie DESC LIMIT 1
    ) AS v ON true
    LEFT JOIN LATERAL (
        SELECT min(o.ontstaan_op) FILTER (WHERE o.gesloten_op IS NULL OR o.gesloten_op > %(t)s) AS sinds, max(o.reden) AS reden
        FROM buiten_toewijzing o WHERE o.gemeente = r.gemeente AND o.toewijzingnummer = r.toewijzingnummer
            AND o.ontstaan_op <= %(t)s AND o.ontstaan_op >= b.verwerkt_op
            AND (r.einddatum > v.einddatum OR v.reden_wijziging = '13')
    ) AS buiten ON true
    LEFT JOIN LATERAL (
        SELECT min(l.begindatum) AS start, max(l.einddatum) AS stop FROM levering l
        WHERE l.gemeente = r.gemeente AND l.agb = r.agb AND l.bsn = r.bsn AND l.toewijzingnummer = r.toewijzingnummer
            AND l.verwijderd_door IS NULL
    ) AS gemeld ON true
    CROSS JOIN LATERAL (
        SELECT count(*) AS aantal, coalesce(sum(q.minuten) FILTER (WHERE q.{clientgebonden}), 0) AS minuten FROM verantwoording q
        WHERE q.gemeente = r.gemeente AND q.agb = r.agb AND q.referentienummer = r.referentienummer AND r.referentienummer <> ''
    ) AS eigen
    CROSS JOIN LATERAL (
        SELECT count(*) AS aantal, coalesce(sum(q.minuten) FILTER (WHERE q.{clientgebonden}), 0) AS minuten FROM verantwoording q
        WHERE eigen.aantal = 0 AND q.gemeente = r.gemeente AND q.agb = r.agb AND q.referentienummer = ''
            AND q.toewijzingnummer = r.toewijzingnummer AND q.maand = date_trunc('month', r.begindatum::timestamp)::date
    ) AS samen
    LEFT JOIN LATERAL ({eerder}) AS eerder ON samen.aantal > 0
    LEFT JOIN LATERAL (
        SELECT d.besluit, d.door, d.genomen_op, d.motivering, d.terugvragen FROM besluit d
        WHERE d.gemeente = r.gemeente AND d.prestatie_id = r.prestatie_id AND d.definitief AND d.genomen_op <= %(t)s
        ORDER BY d.besluit_id DESC LIMIT 1
    ) AS s ON true
    LEFT JOIN LATERAL (
        SELECT jsonb_agg(jsonb_build_object('regel', f.regel, 'gevolg', f.gevolg, 'melding', f.melding,
            'minuten', f.gegevens -> 'minuten') ORDER BY f.volgnummer) AS alle
        FROM bevinding f WHERE f.gemeente = r.gemeente AND f.prestatie_id = r.prestatie_id AND f.hertoetsing = r.hertoetsing
    ) AS gevonden ON true
    WHERE geld.bedrag > 0
    ORDER BY r.agb COLLATE "C", r.referentienummer COLLATE "C", r.prestatie_id
"""
_VRAAG = Zoekvraag(
    Controleregel,
    _REGELS,
    VOORWAARDEN,
    mag=MAG_TOEGEKEND,
    geld=GELD,
    nederlands=NEDERLANDS,
    eerder=_EERDER,
    e_volume=P_VOLUME,
    e_minuten=P_MINUTEN,
    staat=P_STAAT,
    p_volume=P_VOLUME,
    bits=PRESTATIE_BITS,
    clientgebonden=_CLIENTGEBONDEN,
)


def stream_controleregels(verbinding: Connection, bereik: Controlebereik) -> Iterator[Controleregel]:
    """In byte order of AGB code and reference, as far as the transaction may see them; the transaction stays open till the last."""
    waarden = bereik.as_values()
    yield from _VRAAG.with_conditions(waarden).stream(verbinding, {**waarden, "g": bereik.gemeente, "t": bereik.moment})
