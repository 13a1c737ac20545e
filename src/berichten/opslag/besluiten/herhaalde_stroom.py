"""A stream once more, under a gemeente that does not exist: what today's facts would make of what was decided before.

Only for a transaction that is rolled back. Reference data and messages of the gemeente are set beside the real ones under NERGENS;
the messages are then handled as if they came in now, and what becomes of each line is held against what became of it then.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Table

from berichten.boeken.journaalposten import KOSTEN, SCHULD
from berichten.dossier.beleid import Beleidsregel
from berichten.dossier.buiten_toewijzing import BuitenPrestatie, find_outside
from berichten.kern.kalender import ALTIJD
from berichten.opslag.basis.rijvorm import columns
from berichten.opslag.basis.vraag import Opdracht, Vraag
from berichten.opslag.berichten.berichten import PRESTATIE_BITS, Berichtrij
from berichten.opslag.dossiers.buiten_toewijzing import load_staand
from berichten.opslag.dossiers.toewijzingen import load_toewijzingen
from berichten.opslag.tabellen.referentie import (
    aanbieder,
    bestedingsruimte,
    contract,
    declaratiewijze,
    gezinsplanafspraak,
    kader,
    pdc,
    regelbeleid,
    tarief,
    verantwoording,
)
from berichten.opslag.tabellen.regie import toewijzing

NERGENS = "0000"
"""No gemeente has this code."""
_REFERENTIE = (
    aanbieder, pdc, contract, tarief, gezinsplanafspraak, verantwoording, kader, bestedingsruimte, regelbeleid, declaratiewijze,
)  # fmt: skip
_EIGEN = (
    "soort", "richting", "agb", "afzender", "ontvanger", "identificatie", "dagtekening", "sha256", "ontvangen_op",
    "antwoord_uiterlijk_op", "declaratienummer", "declaratie_begindatum", "declaratie_einddatum",
)  # fmt: skip
_MASKER = (1 << PRESTATIE_BITS) - 1


@dataclass(frozen=True, slots=True)
class Verandering:
    """A line of which the rules say something else now. Amounts in signed eurocents."""

    bericht_id: UUID
    identificatie: str
    prestatie_id: int
    referentienummer: str
    zorgmaand: date
    bedrag: int
    staat: str
    """What the line is now, in the books."""
    door_persoon: bool
    """Whether somebody decided so."""
    was: str
    """What the rules said of it."""
    was_bedrag: int
    was_regels: list[str]
    wordt: str
    """What they say now."""
    wordt_bedrag: int
    wordt_regels: list[str]
    meldingen: list[str]
    """Sentences of the findings that they have now."""


@dataclass(frozen=True, slots=True)
class Oudbericht:
    """A message of the stream, and the one that stands for it under NERGENS."""

    oud: UUID
    verwerkt_op: datetime
    """When the message was judged."""
    nieuw: Berichtrij


def _copy_table(tabel: Table, voorwaarde: str) -> Opdracht:
    """Rows of a gemeente once more, under NERGENS."""
    return Opdracht(
        "INSERT INTO {tabel} (gemeente, {eigen}) SELECT '{nergens}', {eigen} FROM {tabel} WHERE gemeente = %(g)s AND {voorwaarde}",
        tabel=tabel.name,
        eigen=", ".join(kolom.name for kolom in tabel.columns if kolom.name != "gemeente"),
        nergens=NERGENS,
        voorwaarde=voorwaarde,
    )


_REFERENTIE_ERNAAST = tuple(_copy_table(tabel, "true") for tabel in _REFERENTIE)
_VREEMD_ERNAAST = _copy_table(
    toewijzing,
    "agb <> %(a)s AND toewijzingnummer IN (SELECT toewijzingnummer FROM prestatie WHERE gemeente = %(g)s AND agb = %(a)s)",
)
_BERICHTEN_ERNAAST = Opdracht(
    """
    INSERT INTO bericht (gemeente, bericht_id, status, {eigen})
    SELECT '{nergens}', gen_random_uuid(), 'ontvangen', {eigen} FROM bericht WHERE gemeente = %(g)s AND agb = %(a)s
        AND status IN ('afgekeurd', 'ter_beoordeling', 'verwerkt') ORDER BY volgnummer
    """,
    eigen=", ".join(_EIGEN),
    nergens=NERGENS,
)
_OUDE = Vraag(
    Oudbericht,
    """
    SELECT o.bericht_id AS oud, o.verwerkt_op, {nieuw} FROM bericht n JOIN bericht o ON o.gemeente = %(g)s AND o.sha256 = n.sha256
        AND o.status <> 'geweigerd' WHERE n.gemeente = '{nergens}' ORDER BY o.volgnummer
    """,
    nieuw=columns(Berichtrij, "n", "nieuw"),
    nergens=NERGENS,
)


def copy_referentie(verbinding: Connection, gemeente: str) -> None:
    """Set the reference data of a gemeente under NERGENS."""
    for opdracht in _REFERENTIE_ERNAAST:
        opdracht.run(verbinding, {"g": gemeente})


_ALSOF = Opdracht("""
    INSERT INTO regelbeleid (gemeente, agb, regel, gevolg, retourcode, ingangsdatum)
    VALUES ('{nergens}', %(agb)s, %(regel)s, %(gevolg)s, %(retourcode)s, %(altijd)s)
    ON CONFLICT (gemeente, agb, regel, ingangsdatum) DO UPDATE
        SET gevolg = excluded.gevolg, retourcode = excluded.retourcode, einddatum = NULL
""", nergens=NERGENS)  # fmt: skip


def set_beleid(verbinding: Connection, beleid: Beleidsregel) -> None:
    """Under NERGENS this follows from a rule on every day, instead of what was laid down for the same aanbieder or for all."""
    _ALSOF.run(verbinding, {**asdict(beleid), "altijd": ALTIJD})


@dataclass(frozen=True, slots=True)
class Versestroom:
    """A stream in which declarations came in since a moment."""

    agb: str
    berichten: list[UUID]
    """Those declarations."""
    omvang: int
    """Messages of the stream, of any time."""


_STROMEN = Vraag(
    Versestroom,
    """
    SELECT agb, array_agg(bericht_id) FILTER (WHERE {erin}) AS berichten, count(*) AS omvang FROM bericht
    WHERE gemeente = %(g)s AND status IN ('afgekeurd', 'ter_beoordeling', 'verwerkt') AND (%(a)s = '' OR agb = %(a)s)
    GROUP BY agb HAVING bool_or({erin}) ORDER BY agb
    """,
    erin="soort = 'JW323' AND ontvangen_op >= %(van)s",
)


def list_stromen_sinds(verbinding: Connection, gemeente: str, agb: str, van: datetime) -> list[Versestroom]:
    """Streams in which declarations came in since this moment; of one aanbieder, or with an empty `agb` of all."""
    return _STROMEN.all(verbinding, {"g": gemeente, "a": agb, "van": van})


def copy_vreemd(verbinding: Connection, gemeente: str, agb: str) -> None:
    """Set the allocations of other aanbieders under NERGENS whose numbers this one has billed: they are still not its own."""
    _VREEMD_ERNAAST.run(verbinding, {"g": gemeente, "a": agb})


def copy_berichten(verbinding: Connection, gemeente: str, agb: str) -> list[Oudbericht]:
    """Set the handled messages of a stream under NERGENS, as if they came in now; in message order."""
    _BERICHTEN_ERNAAST.run(verbinding, {"g": gemeente, "a": agb})
    return _OUDE.all(verbinding, {"g": gemeente})


# Lines held under NERGENS of which the outcome in the books stood by then: because somebody decided, or because the answer left.
_DELEN: dict[str, Any] = {"nergens": NERGENS, "bits": PRESTATIE_BITS, "masker": _MASKER, "kosten": KOSTEN, "schuld": SCHULD}
_BESLIS = Opdracht(
    """
    WITH gezet AS (
        UPDATE prestatie n SET uitkomst = o.uitkomst
        FROM unnest(%(oud)s::uuid[], %(nieuw)s::uuid[]) AS paar (oud, nieuw)
        JOIN bericht b ON b.gemeente = '{nergens}' AND b.bericht_id = paar.nieuw
        JOIN bericht w ON w.gemeente = %(g)s AND w.bericht_id = paar.oud
        JOIN prestatie o ON o.gemeente = w.gemeente
            AND o.prestatie_id BETWEEN w.volgnummer << {bits} AND (w.volgnummer + 1 << {bits}) - 1
        WHERE n.gemeente = b.gemeente AND n.prestatie_id = (b.volgnummer << {bits}) | (o.prestatie_id & {masker})
            AND n.uitkomst = 'ter_beoordeling' AND o.uitkomst <> 'ter_beoordeling'
            AND (EXISTS (SELECT FROM besluit d WHERE d.gemeente = o.gemeente AND d.prestatie_id = o.prestatie_id
                    AND d.definitief AND d.genomen_op <= %(tot)s)
                OR EXISTS (SELECT FROM antwoord a WHERE a.gemeente = w.gemeente AND a.bericht_id = w.bericht_id
                    AND a.gemaakt_op <= %(tot)s))
        RETURNING n.*
    )
    INSERT INTO journaal (gemeente, agb, bericht_id, prestatie_id, boeking, soort, rekening, tegenrekening, bedrag,
        toewijzingnummer, categorie, productcode, zorgmaand, declaratiemaand, geboekt_op)
    SELECT gemeente, agb, bericht_id, prestatie_id, 1, 'toekenning', '{kosten}', '{schuld}', bedrag, toewijzingnummer, categorie,
        productcode, date_trunc('month', gezet.begindatum)::date, date_trunc('month', d.begindatum)::date, %(tot)s
    FROM gezet JOIN declaratie d USING (gemeente, agb, bericht_id)
    WHERE uitkomst = 'toegekend'
    """,
    **_DELEN,
)
_BEANTWOORD = Vraag(
    UUID,
    """
    INSERT INTO antwoord (gemeente, bericht_id, agb, soort, identificatie, inhoud, gemaakt_op)
    SELECT '{nergens}', paar.nieuw, agb, soort, identificatie, ''::bytea, gemaakt_op
    FROM unnest(%(oud)s::uuid[], %(nieuw)s::uuid[]) AS paar (oud, nieuw)
    JOIN antwoord ON antwoord.gemeente = %(g)s AND antwoord.bericht_id = paar.oud AND gemaakt_op <= %(tot)s
    RETURNING bericht_id
    """,
    **_DELEN,
)


def settle(verbinding: Connection, gemeente: str, wachtend: Sequence[Oudbericht], tot: datetime) -> list[Oudbericht]:
    """Let messages with held lines move on to where they were at a moment, so that later lines see the same use.

    Held lines get the outcome that they have in the books, as soon as somebody had decided or the answer had left; and where it
    had left, it counts as sent. Returns the messages that were not answered by then. Two queries.
    """
    paren = {
        "g": gemeente,
        "tot": tot,
        "oud": [item.oud for item in wachtend],
        "nieuw": [item.nieuw.bericht_id for item in wachtend],
    }
    _BESLIS.run(verbinding, paren)
    beantwoord = set(_BEANTWOORD.all(verbinding, paren))
    return [item for item in wachtend if item.nieuw.bericht_id not in beantwoord]


_GEOORDEELD = """
        SELECT b.sha256, b.bericht_id, b.identificatie, p.prestatie_id & {masker} AS nummer, p.prestatie_id,
            p.referentienummer, p.begindatum, p.bedrag, p.uitkomst AS staat, coalesce(p.toegekend_bedrag, p.bedrag) AS deel,
            coalesce(v.regels, '{}') AS regels, coalesce(v.meldingen, '{}') AS meldingen,
            CASE WHEN p.uitkomst = 'niet_beoordeeld' THEN p.uitkomst WHEN v.afwijzen THEN 'afgewezen'
                WHEN v.beoordelen THEN 'ter_beoordeling' ELSE 'toegekend' END AS oordeel
        FROM bericht b
        JOIN prestatie p ON p.gemeente = b.gemeente AND p.prestatie_id
            BETWEEN b.volgnummer << {bits} AND (b.volgnummer + 1 << {bits}) - 1
        LEFT JOIN LATERAL (SELECT bool_or(gevolg = 'afwijzen') AS afwijzen, bool_or(gevolg = 'beoordelen') AS beoordelen,
                array_agg(regel ORDER BY volgnummer) FILTER (WHERE gevolg <> 'signaal') AS regels,
                array_agg(melding ORDER BY volgnummer) FILTER (WHERE gevolg <> 'signaal') AS meldingen
            FROM bevinding WHERE gemeente = p.gemeente AND prestatie_id = p.prestatie_id AND hertoetsing = p.hertoetsing) v ON true
        WHERE b.gemeente = """
"""What the rules say of the lines of a message: from their findings, whatever people decided after that."""


_AMOUNT = "CASE WHEN {0}.oordeel = 'toegekend' THEN {0}.deel ELSE 0 END"
_VERSCHIL = Vraag(
    Verandering,
    """
    SELECT o.bericht_id, o.identificatie, o.prestatie_id, o.referentienummer, date_trunc('month', o.begindatum)::date AS zorgmaand,
        o.bedrag, o.staat,
        EXISTS (SELECT FROM besluit WHERE gemeente = %(oud)s AND prestatie_id = o.prestatie_id AND definitief) AS door_persoon,
        o.oordeel AS was, {was} AS was_bedrag, o.regels AS was_regels,
        n.oordeel AS wordt, {wordt} AS wordt_bedrag, n.regels AS wordt_regels, n.meldingen
    FROM ({geoordeeld}%(nieuw)s) n JOIN ({geoordeeld}%(oud)s) o USING (sha256, nummer)
    WHERE (o.oordeel, o.regels) IS DISTINCT FROM (n.oordeel, n.regels) OR {was} <> {wordt}
    ORDER BY o.prestatie_id
    """,
    was=_AMOUNT.format("o"),
    wordt=_AMOUNT.format("n"),
    geoordeeld=_GEOORDEELD,
    **_DELEN,
)


class _Herkomst(NamedTuple):
    prestatie_id: int
    bericht_id: UUID
    identificatie: str
    door_persoon: bool


def list_veranderingen(verbinding: Connection, gemeente: str) -> Sequence[Verandering]:
    """Lines of which the rules would say something else, in the order in which they came in."""
    return _VERSCHIL.all(verbinding, {"oud": gemeente, "nieuw": NERGENS})


_HERKOMST = Vraag(
    _Herkomst,
    """
    SELECT p.prestatie_id, b.bericht_id, b.identificatie, EXISTS (SELECT FROM besluit d WHERE d.gemeente = p.gemeente
            AND d.prestatie_id = p.prestatie_id AND d.definitief) AS door_persoon
    FROM prestatie p JOIN bericht b ON b.gemeente = p.gemeente AND b.volgnummer = p.prestatie_id >> {bits}
    WHERE p.gemeente = %(g)s AND p.prestatie_id = ANY(%(p)s::bigint[])
    """,
    **_DELEN,
)
_GEWIJZIGD = Vraag(
    int, "SELECT DISTINCT toewijzingnummer FROM toewijzing_versie WHERE gemeente = %(g)s AND agb = %(a)s AND versie > 1"
)


def list_buiten(verbinding: Connection, gemeente: str, agb: str) -> list[Verandering]:
    """Awarded lines of an aanbieder that lie outside their allocation as it stands now: they would be rejected if they came now.

    Four queries.
    """
    staand = load_staand(verbinding, gemeente, _GEWIJZIGD.all(verbinding, {"g": gemeente, "a": agb}))
    nu = load_toewijzingen(verbinding, gemeente, staand, agb)
    buiten = [item for nummer, toewijzing in nu.items() for item in find_outside(toewijzing, staand[nummer])]
    wie = _HERKOMST.all(verbinding, {"g": gemeente, "p": [item.prestatie.prestatie_id for item in buiten]})
    herkomst = {rij.prestatie_id: rij for rij in wie}
    return [_as_change(item, herkomst[item.prestatie.prestatie_id]) for item in buiten]


def _as_change(item: BuitenPrestatie, van: _Herkomst) -> Verandering:
    prestatie = item.prestatie
    melding = f"Toewijzing {prestatie.toewijzingnummer} is daarna gewijzigd; deze regel valt buiten de versie van nu."
    return Verandering(
        van.bericht_id, van.identificatie, prestatie.prestatie_id, prestatie.referentienummer, prestatie.begindatum.replace(day=1),
        prestatie.bedrag,
        "toegekend", van.door_persoon, "toegekend", prestatie.bedrag, [], "afgewezen", 0, list(item.regels), [melding],
    )  # fmt: skip
