"""The SQL of totals: parts that are added up by what the journal itself holds, then grouped as asked.

What was awarded comes from the journal, by way of its totals of each day (`boektotaal`). A line that was awarded at once, and
whole, needs nothing else: what was submitted is what was booked (the check of the books proves that line by line). Other lines are
read themselves: those not awarded, and those few that may have had another outcome by the moment or were awarded in part (`apart`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from berichten.opslag.basis import vraag as sql
from berichten.rapporten.boeken.boekvraag import (
    CATALOGUS,
    GROEPEN,
    ONBEKEND,
    RUW,
    Boekvraag,
    booked_days,
    conditions,
    uses_catalogue,
)

MATEN = ("ingediend", "toegekend", "gecrediteerd", "correcties", "afgewezen", "te_beoordelen", "geblokkeerd", "aantal")

_MAAND = "date_trunc('month', {}.begindatum::timestamp)::date"

STAND = """
    LEFT JOIN LATERAL (
        SELECT coalesce(sum(j.bedrag) FILTER (WHERE j.soort = 'toekenning' AND j.geboekt_op <= %(t)s), 0) AS toegekend,
            coalesce(sum(j.bedrag) FILTER (WHERE j.soort = 'creditering' AND j.geboekt_op <= %(t)s), 0) AS gecrediteerd,
            coalesce(sum(j.bedrag) FILTER (WHERE j.soort = 'correctie' AND j.geboekt_op <= %(t)s), 0) AS correcties,
            count(*) FILTER (WHERE j.boeking = 1 AND j.geboekt_op <= %(t)s) AS eerste,
            bool_or(j.boeking = 1 AND j.besluit_id IS NULL) AS meteen
        FROM journaal j WHERE j.gemeente = r.gemeente AND j.prestatie_id = r.prestatie_id
    ) AS boek ON true
    LEFT JOIN LATERAL (
        SELECT count(*) AS aantal,
            (array_agg(s.besluit ORDER BY s.besluit_id DESC) FILTER (WHERE s.genomen_op <= %(t)s))[1] AS laatste
        FROM besluit s WHERE s.gemeente = r.gemeente AND s.prestatie_id = r.prestatie_id AND s.definitief
    ) AS besloten ON true
    CROSS JOIN LATERAL (
        SELECT CASE WHEN boek.meteen THEN 'toegekend' WHEN besloten.laatste = 'toekennen' THEN 'toegekend'
            WHEN besloten.laatste = 'afwijzen' THEN 'afgewezen' WHEN besloten.aantal > 0 THEN 'ter_beoordeling'
            ELSE r.uitkomst END AS uitkomst, boek.toegekend + boek.gecrediteerd + boek.correcties AS netto
    ) AS stand
"""
"""What was booked and decided of each line `r` by the moment, and so its outcome then. A line was held until its final decision;
one that was awarded at once can only get a decision that asks it back."""


@dataclass(slots=True)
class Totaal:
    """A group with its measures, in cents; None for what was not grouped by, and for a sum of the journal that was not asked."""

    reeks: int
    """Which of the groupings that were asked it is of, from 0."""
    gemeente: str | None
    aanbieder: str | None
    zorgmaand: date | None
    categorie: str | None
    productcode: str | None
    declaratiemaand: date | None
    zorgvorm: str | None
    segment: str | None
    taakveld: str | None
    uitkomst: str | None
    ingediend: int
    toegekend: int
    gecrediteerd: int
    correcties: int
    afgewezen: int
    te_beoordelen: int
    geblokkeerd: int
    aantal: int
    controle: int | None


_TOTALEN = """
    WITH apart AS MATERIALIZED ({apart}), deel AS ({delen}){indeling}
    SELECT * FROM ({reeksen}) AS alle ORDER BY reeks{volgorde}
"""
_APART = """
    SELECT prestatie_id FROM besluit WHERE gemeente = %(g)s AND definitief{van}
    GROUP BY prestatie_id HAVING count(*) > 1 OR max(genomen_op) > %(t)s OR bool_or(bedrag = 0)
    UNION
    SELECT prestatie_id FROM prestatie WHERE gemeente = %(g)s AND toegekend_bedrag IS NOT NULL{van}
"""
"""Lines of which journal and outcome of now do not tell all by themselves: decided on more than once (so that a correction may be
booked), or after the moment; of no amount, since a decision books nothing of those; and awarded in part."""
_REEKS = "(SELECT {wat} FROM deel{met_indeling} WHERE true{buitenom} {groepen} LIMIT {hoogstens})"
_DEEL = "SELECT {wat} FROM {bron}{groepen}"
_UIT_PRESTATIES = "(SELECT * FROM (SELECT {wat} FROM {bron} WHERE {keuze}) AS alle WHERE true{eigen}) AS r"
_OOK_VAN_DE_DAG = """
    (SELECT agb, zorgmaand, categorie, productcode, declaratiemaand, toegekend, gecrediteerd, correcties, regels FROM {dagen}
    UNION ALL
    SELECT agb, zorgmaand, categorie, productcode, declaratiemaand, CASE soort WHEN 'toekenning' THEN bedrag ELSE 0 END,
        CASE soort WHEN 'creditering' THEN bedrag ELSE 0 END, CASE soort WHEN 'correctie' THEN bedrag ELSE 0 END,
        CASE boeking WHEN 1 THEN 1 ELSE 0 END
    FROM journaal WHERE gemeente = %(g)s AND geboekt_op >= %(dagbegin)s AND geboekt_op <= %(t)s{keuze}) AS geboekt
"""
_INDELING = """
    , indeling AS (SELECT code.*, rij.* FROM (SELECT DISTINCT productcode, zorgmaand FROM deel) AS code
        LEFT JOIN LATERAL ({rij}) AS rij ON true)
"""
_CONTROLE = "(SELECT coalesce(sum(bedrag), 0)::bigint FROM journaal WHERE {keuze})"


def _compose(tekst: str, **delen: str) -> str:
    """Pieces of SQL in their places in another; all of them are made of constants here, values are parameters."""
    return tekst.format(**delen)


def ask_totals(
    vraag: Boekvraag, reeksen: Sequence[tuple[str, ...]], aanbieders: bool, prestaties: bool, controle: bool, hoogstens: int
) -> sql.Vraag[Totaal]:
    """One statement, so that all its parts and groupings see the same books; it gives at most so many groups of each grouping.

    `aanbieders` and `prestaties` say whether any is blocked (values `geblokkeerde_agbs` and `geblokkeerde_regels`); with `controle`
    each row carries the sum of the journal for the same period and filters, from a question of its own.
    """
    groepen = tuple(dict.fromkeys(naam for reeks in reeksen for naam in reeks))
    catalogus = uses_catalogue(vraag, groepen)
    ruw = _raw_columns(groepen, catalogus)
    delen = [_booked(vraag, ruw), _not_awarded(vraag, ruw), _special(vraag, ruw)]
    if aanbieders:
        delen.append(_blocked_aanbieders(vraag, ruw))
    if prestaties:
        delen.append(_blocked_lines(vraag, ruw))
    vast = {
        "met_indeling": " LEFT JOIN indeling USING (productcode, zorgmaand)" if catalogus else "",
        "buitenom": "".join(f" AND {_group_expression(naam)} = %(f_{naam})s" for naam in vraag.buitenom),
        "hoogstens": str(hoogstens),
    }
    som = _control(vraag) if controle else "NULL::bigint"
    gegroepeerd = [
        _compose(_REEKS, wat=", ".join(_columns(nummer, reeks, groepen, som)), groepen=_grouping(reeks), **vast)
        for nummer, reeks in enumerate(reeksen)
    ]
    return sql.Vraag(
        Totaal,
        _TOTALEN,
        apart=_APART.replace("{van}", " AND agb = %(f_aanbieder)s" if "aanbieder" in vraag.filters else ""),
        delen=" UNION ALL ".join(delen),
        indeling=_compose(_INDELING, rij=CATALOGUSRIJ.format(bron="code")) if catalogus else "",
        reeksen=" UNION ALL ".join(gegroepeerd),
        volgorde="".join(f", {naam}" for naam in groepen),
    )


def _columns(nummer: int, reeks: tuple[str, ...], groepen: tuple[str, ...], controle: str) -> list[str]:
    """The same of every grouping: groups, measures, and nothing for a group of another grouping or of none."""
    soort = {"zorgmaand": "date", "declaratiemaand": "date"}
    namen = [
        f"{_group_expression(naam) if naam in reeks else 'NULL'}::{soort.get(naam, 'text')} AS {naam}"
        for naam in (*groepen, *(naam for naam in GROEPEN if naam not in groepen))
    ]
    sommen = [f"coalesce(sum(deel.{maat}), 0)::bigint AS {maat}" for maat in MATEN]
    return [*namen, *sommen, f"{nummer} AS reeks", f"{controle} AS controle"]


def _grouping(reeks: tuple[str, ...]) -> str:
    """Lines that were moved to another outcome leave nothing behind in the one that they had."""
    if not reeks:
        return ""
    niet_leeg = " OR ".join(f"sum(deel.{maat}) <> 0" for maat in MATEN)
    return f"GROUP BY {', '.join(_group_expression(naam) for naam in reeks)} HAVING {niet_leeg}"


def _raw_columns(groepen: Sequence[str], catalogus: bool) -> tuple[str, ...]:
    """What entries and lines are first added up by: the fewer columns, the fewer sums are left for catalogue and other groups."""
    nodig = {"zorgmaand", "productcode"} if catalogus else set()
    nodig |= {RUW[naam] for naam in groepen if naam in RUW}
    return tuple(kolom for kolom in RUW.values() if kolom in nodig)


def _part(ruw: Sequence[str], uitkomst: str, bron: str, **maten: str) -> str:
    """One part: for each combination of raw columns and outcome its measures; those not named are nothing."""
    sommen = (f"({maten[maat]})::bigint AS {maat}" if maat in maten else f"0::bigint AS {maat}" for maat in MATEN)
    kolommen = [*ruw, f"{uitkomst} AS uitkomst", *sommen]
    groepen = [*ruw, *([] if uitkomst.startswith("'") else [uitkomst])]
    grouping = f" GROUP BY {', '.join(groepen)}" if groepen else ""
    return _compose(_DEEL, wat=", ".join(kolommen), bron=bron, groepen=grouping)


def _booked(vraag: Boekvraag, ruw: Sequence[str]) -> str:
    """What was awarded and credited is what was submitted of those lines; with a correction nothing is submitted."""
    return _part(
        ruw,
        "'toegekend'",
        _books(vraag),
        ingediend="sum(toegekend + gecrediteerd)",
        toegekend="sum(toegekend)",
        gecrediteerd="sum(gecrediteerd)",
        correcties="sum(correcties)",
        aantal="sum(regels)",
    )


def _books(vraag: Boekvraag, keuze: str = "") -> str:
    """The journal by the moment, added up by what it holds itself: the totals of its whole days, and the entries of a day that is
    not over by then. `keuze` is one more condition, on columns that both have."""
    meer = (keuze,) if keuze else ()
    dagen = f"boektotaal WHERE gemeente = %(g)s{conditions(vraag, (*meer, *booked_days(vraag)))}"
    if vraag.hele_dagen:
        return dagen
    return _compose(_OOK_VAN_DE_DAG, dagen=dagen, keuze=conditions(vraag, meer))


def _lines(vraag: Boekvraag, ruw: Sequence[str], welke: str) -> str:
    """Lines of the question that were handled by the moment, with the names that the journal has.

    Their message and declaration are looked up only where that matters.
    """
    kolommen = "p.gemeente, p.prestatie_id, p.agb, p.begindatum, p.categorie, p.productcode, p.uitkomst, p.bedrag"
    bron, keuze = "prestatie p", f"p.gemeente = %(g)s AND {welke}"
    if "zorgmaand" in (*ruw, *vraag.filters):
        kolommen += f", {_MAAND.format('p')} AS zorgmaand"
    if "declaratiemaand" in (*ruw, *vraag.filters, vraag.periodesoort):
        kolommen += f", {_MAAND.format('d')} AS declaratiemaand"
        bron += " JOIN declaratie d ON d.gemeente = p.gemeente AND d.bericht_id = p.bericht_id"
    if not vraag.heden:
        bron += " JOIN bericht b ON b.gemeente = p.gemeente AND b.bericht_id = p.bericht_id"
        keuze += " AND b.verwerkt_op <= %(t)s"
    dagen = "begindatum" if vraag.periodesoort == "zorgmaand" else None
    eigen = conditions(vraag, periode=dagen)
    return _compose(_UIT_PRESTATIES, wat=kolommen, bron=bron, keuze=keuze, eigen=eigen)


def _not_awarded(vraag: Boekvraag, ruw: Sequence[str]) -> str:
    """Lines that are rejected, not judged or held now; `_special` puts those elsewhere that were not by the moment."""
    return _part(
        ruw,
        "uitkomst",
        _lines(vraag, ruw, "p.uitkomst <> 'toegekend'"),
        ingediend="sum(bedrag)",
        afgewezen="coalesce(sum(bedrag) FILTER (WHERE uitkomst <> 'ter_beoordeling'), 0)",
        te_beoordelen="coalesce(sum(bedrag) FILTER (WHERE uitkomst = 'ter_beoordeling'), 0)",
        aantal="count(*)",
    )


def _special(vraag: Boekvraag, ruw: Sequence[str]) -> str:
    """Lines that stand apart: they are taken out of what was awarded and of what is not, and put where they stood by the moment.

    There are few. To leave them out of what is not awarded instead, each line there would be asked whether it is one of them, and
    PostgreSQL would add those up in one process.
    """
    keuze = "p.prestatie_id IN (SELECT prestatie_id FROM apart)"
    weg = "'toegekend', -1, 0, 0, 0"
    ook_weg = (
        "r.uitkomst, 0, -r.bedrag, CASE WHEN r.uitkomst = 'ter_beoordeling' THEN 0 ELSE -r.bedrag END,"
        " CASE WHEN r.uitkomst = 'ter_beoordeling' THEN -r.bedrag ELSE 0 END"
    )
    erbij = (
        "stand.uitkomst, 1, r.bedrag, CASE WHEN stand.uitkomst = 'ter_beoordeling' THEN 0 ELSE r.bedrag - stand.netto END,"
        " CASE WHEN stand.uitkomst = 'ter_beoordeling' THEN r.bedrag ELSE 0 END"
    )
    bron = (
        f"{_lines(vraag, ruw, keuze)} {STAND}"
        f" CROSS JOIN LATERAL (VALUES ({weg}), ({ook_weg}), ({erbij}))"
        " AS zet (waar, teken, ingediend, afgewezen, te_beoordelen)"
        " WHERE zet.teken <> 0 OR r.uitkomst <> 'toegekend'"
    )
    geboekt = "(boek.toegekend + boek.gecrediteerd)"
    return _part(
        ruw,
        "zet.waar",
        bron,
        ingediend=f"sum(CASE WHEN zet.teken < 0 THEN -{geboekt} ELSE zet.ingediend END)",
        toegekend="sum(zet.teken * boek.toegekend)",
        gecrediteerd="sum(zet.teken * boek.gecrediteerd)",
        correcties="sum(zet.teken * boek.correcties)",
        afgewezen="sum(zet.afgewezen)",
        te_beoordelen="sum(zet.te_beoordelen)",
        aantal="sum(CASE zet.teken WHEN -1 THEN -boek.eerste WHEN 0 THEN -1 ELSE 1 END)",
    )


def _blocked_aanbieders(vraag: Boekvraag, ruw: Sequence[str]) -> str:
    bron = _books(vraag, "agb = ANY(%(geblokkeerde_agbs)s)")
    return _part(ruw, "'toegekend'", bron, geblokkeerd="sum(toegekend + gecrediteerd + correcties)")


def _blocked_lines(vraag: Boekvraag, ruw: Sequence[str]) -> str:
    keuze = ("prestatie_id = ANY(%(geblokkeerde_regels)s)", "agb <> ALL(%(geblokkeerde_agbs)s)", "geboekt_op <= %(t)s")
    bron = f"journaal WHERE gemeente = %(g)s{conditions(vraag, keuze)}"
    return _part(ruw, "'toegekend'", bron, geblokkeerd="sum(bedrag)")


def _group_expression(naam: str) -> str:
    """What a group is outside the parts."""
    if naam == "gemeente":
        return "cast(%(g)s AS text)"
    if naam in CATALOGUS:
        return f"coalesce(nullif(indeling.{naam}, ''), '{ONBEKEND}')"
    return f"deel.{RUW.get(naam, naam)}"


CATALOGUSRIJ = """
    SELECT c.zorgvorm, c.segment, c.taakveld FROM pdc c
    WHERE c.gemeente = %(g)s AND c.productcode = {bron}.productcode
        AND c.ingangsdatum < {bron}.zorgmaand + interval '1 month' AND (c.einddatum IS NULL OR c.einddatum >= {bron}.zorgmaand)
    ORDER BY c.ingangsdatum LIMIT 1
"""
"""The catalogue of a month: as it was on its first day, or else as it came in the course of it."""


def _control(vraag: Boekvraag) -> str:
    """The sum of the journal itself, not by way of any part."""
    keuze = f"gemeente = %(g)s AND geboekt_op <= %(t)s{conditions(vraag)}"
    return _compose(_CONTROLE, keuze=keuze)
