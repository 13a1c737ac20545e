"""The kinds of reference file: their columns in order, how each is read, and what makes a row the same row as before."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from berichten.kern.feit import NIVEAUS
from berichten.kern.kalender import ALTIJD
from berichten.opslag.referentie.referentie import Doeltabel
from berichten.processen.referentie.waarden import (
    Lezing,
    read_aantal,
    read_agb,
    read_centen,
    read_datum,
    read_gemeente,
    read_ja_nee,
    read_keuze,
    read_maand,
    read_productcode,
    read_saldo,
    read_tekst,
)

VERWIJZERS = ("01", "02", "03", "04", "05", "06", "08")
"""Who refers a client (COD327)."""
GEVOLGEN = ("beoordelen", "signaal", "afwijzen", "uit")
BELEIDSREGELS = (*(f"DA{nummer:02d}" for nummer in (*range(1, 17), 18)), *(f"VZ{nummer:02d}" for nummer in range(1, 15)))
"""Rules of which a gemeente chooses the consequence."""
"""What a gemeente may attach to a rule of its own."""

VERPLICHT: Any = object()
"""Marks a column that may not be empty."""

Toets = Callable[[Mapping[str, Any]], Iterable[tuple[str, str]]]
"""Judges the values of a row together; gives column and Dutch sentence of each fault."""


@dataclass(frozen=True, slots=True)
class Bestandskolom:
    """One column: how a filled value is read, and what an empty one means."""

    naam: str
    lees: Lezing
    leeg: Any = VERPLICHT
    later: bool = False
    """Added to the kind later: files without the column are right, and have nothing in it."""
    cijfers: int = 0
    """Digits that a code of this column always has; a spreadsheet that took it for a number dropped the zeros in front."""


@dataclass(frozen=True, slots=True)
class Bestandsoort:
    """A kind of reference file."""

    naam: str
    kolommen: tuple[Bestandskolom, ...]
    tabel: Doeltabel
    toets: Toets | None = None
    bekend: tuple[str, ...] = ()
    """Columns whose codes must have been loaded before, by a gemeente that has loaded any."""
    contacten: bool = False
    """Whether equal rows count each for themselves, and rows are replaced by group (opslag/contacten.py)."""
    lijst: Mapping[str, str] = field(default_factory=dict)
    """Columns with codes of the standard: name of the schema's type by column."""


def _judge_verantwoording(rij: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """A record belongs to a line that is billed, or to an allocation in a month."""
    datum, maand = rij["datum"], rij["maand"]
    if not rij["referentienummer"] and rij["toewijzingnummer"] is None:
        yield "referentienummer", "is leeg, en toewijzingnummer ook. Vul referentienummer in, of toewijzingnummer met maand."
    elif not rij["referentienummer"] and maand is None:
        yield "maand", "is leeg. Vul bij een toewijzingnummer ook de maand in (jjjj-mm)."
    if datum is None and maand is None:
        yield "datum", "is leeg. Vul de dag in waarop de hulp is gegeven."
    if datum and maand and (datum.year, datum.month) != (maand.year, maand.month):
        yield "datum", f"is {datum} en valt niet in de maand {maand:%Y-%m}. Maak datum en maand gelijk."
    if datum and rij["minuten"] > _MINUTEN_PER_DAG:
        yield "minuten", f"is {rij['minuten']}, meer dan de {_MINUTEN_PER_DAG} minuten van een dag. Controleer de minuten."


def _judge_kader(rij: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    if rij["max_maanden"] is None and rij["max_minuten"] is None:
        yield "max_maanden", "is leeg, en max_minuten ook. Vul er ten minste één in; anders begrenst het kader niets."
    if rij["verlenging_minuten"] is not None and rij["max_minuten"] is None:
        yield "verlenging_minuten", "is ingevuld, maar max_minuten niet. Vul bij een verlenging ook max_minuten in."


def _judge_regelbeleid(rij: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    if rij["gevolg"] == "afwijzen" and rij["regel"].startswith(_OP_VERZOEK):
        yield "gevolg", "is afwijzen, maar een regel op een verzoek wijst niets af. Kies beoordelen, signaal of uit."
    elif rij["gevolg"] == "afwijzen" and not rij["retourcode"]:
        yield "retourcode", "is leeg. Vul bij gevolg afwijzen de retourcode (WJ001) in die de aanbieder krijgt."


def _judge_verzoekbeleid(rij: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    if rij["soort"] == "JW317" and rij["verwijzertype"]:
        yield "verwijzertype", "is ingevuld, maar een verzoek om wijziging noemt geen verwijzer. Laat dit leeg."
    if rij["soort"] == "JW317" and (rij["categorie"] or rij["productcode"]):
        yield "categorie", "of productcode is ingevuld, maar een verzoek om wijziging wordt als geheel beoordeeld. Laat beide leeg."
    if rij["gevolg"] == "geen_rol" and rij["soort"] != "JW317":
        yield "gevolg", "is geen_rol, maar dat geldt alleen voor wijzigingen. Kies soort JW317, of honoreren of beoordelen."
    if rij["met_agb_code"] and not rij["verwijzertype"]:
        yield "met_agb_code", "is ja, maar er is geen verwijzertype. Vul in van welke verwijzer de AGB-code er moet staan."


def _judge_dossierstuk(rij: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    if rij["toestemming_op"] is not None and rij["soort"] != "onderaannemer":
        yield "toestemming_op", "is ingevuld, maar hoort alleen bij een onderaannemer. Laat dit leeg."


def _judge_beschikking(rij: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    if rij["tot"] is not None and rij["tot"] < rij["van"]:
        yield "tot", f"is {rij['tot']} en ligt voor {rij['van']}. Verbeter een van beide."
    if rij["verzonden_op"] is not None and rij["verzonden_op"] < rij["besluitdatum"]:
        yield (
            "verzonden_op",
            f"is {rij['verzonden_op']} en ligt voor de besluitdatum. Verbeter een van beide.",
        )


def _judge_evaluatie(rij: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    if rij["uitkomst"] and rij["gehouden_op"] is None:
        yield "uitkomst", "is ingevuld, maar gehouden_op niet. Vul in wanneer de evaluatie is gehouden."


def _judge_regie(rij: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    if any(teken in rij["team"] for teken in "|,;"):
        yield "team", "heeft een teken dat niet kan (| , of ;). Geef het team een naam zonder die tekens."


_OP_VERZOEK = "VZ"
_MINUTEN_PER_DAG = 24 * 60
_INTREKKEN = "ingetrokken"
"""A column that says what to do and is not kept."""
_GEMEENTE = Bestandskolom("gemeente", read_gemeente, cijfers=4)
_AGB = Bestandskolom("agb", read_agb, cijfers=8)
_ELKE_AGB = Bestandskolom("agb", read_agb, leeg="", cijfers=8)
_PRODUCTCODE = Bestandskolom("productcode", read_productcode)
_SEGMENT = Bestandskolom("segment", read_tekst(20), leeg="")
_ZORGVORM = Bestandskolom("zorgvorm", read_tekst(200), leeg="")
_READ_EENHEID = read_keuze("01", "04", "14", "16", "21", "81", "82", "83", "84")
"""Units of iJw 3.2, and 21 (week) and 81 for care of before April 2019 (JW303)."""
_READ_NIVEAU = read_keuze(*NIVEAUS)
_NIVEAU = Bestandskolom("opleidingsniveau", _READ_NIVEAU, leeg="")
_PERIODE = (Bestandskolom("ingangsdatum", read_datum, leeg=ALTIJD), Bestandskolom("einddatum", read_datum, leeg=None))
_TOEWIJZING = read_aantal(1, 999_999_999)


def _soort(
    naam: str,
    tabel: str,
    kolommen: tuple[Bestandskolom, ...],
    identiteit: str,
    periode: tuple[str, str] | None,
    gaat_over: str = "",
    *,
    van_gezinnen: bool = False,
    bedekt: str = "",
    **rest: Any,
) -> Bestandsoort:
    """Every key begins with gemeente, which every kind has as its first column."""
    van, tot = periode or (None, None)
    alle = (_GEMEENTE, *kolommen)
    sleutel = ("gemeente", *identiteit.split())
    mag_leeg = tuple(kolom.naam for kolom in alle if kolom.naam in sleutel and kolom.leeg is None)
    namen = [kolom.naam for kolom in alle if kolom.naam != _INTREKKEN] + ["volgnummer"] * ("volgnummer" in sleutel)
    doel = Doeltabel(
        tabel, tuple(namen), sleutel, van, tot, mag_leeg, tuple(gaat_over.split()), van_gezinnen, tuple(bedekt.split())
    )
    return Bestandsoort(naam, alle, doel, **rest)


_GELDIG = ("ingangsdatum", "einddatum")
_ALLE = (
    _soort("aanbieders", "aanbieder", (_AGB, Bestandskolom("naam", read_tekst(200))), "agb", None),
    _soort(
        "pdc",
        "pdc",
        (
            _PRODUCTCODE,
            Bestandskolom("omschrijving", read_tekst(500)),
            Bestandskolom("productcategorie", read_tekst(2), cijfers=2),
            Bestandskolom("eenheid", _READ_EENHEID, cijfers=2),
            Bestandskolom("uitvoeringsvariant", read_keuze("inspanning", "output")),
            _ZORGVORM,
            _SEGMENT,
            _NIVEAU,
            Bestandskolom("vereiste_registratie", read_keuze("SKJ", "BIG", "SKJ/BIG"), leeg=""),
            Bestandskolom("taakveld", read_tekst(20), leeg=""),
            *_PERIODE,
        ),
        "productcode",
        _GELDIG,
        lijst={"productcategorie": "LDT_ProductCategorie"},
    ),
    _soort(
        "contracten",
        "contract",
        (
            _AGB,
            _PRODUCTCODE,
            *_PERIODE,
            Bestandskolom("tariefdatum", read_keuze("periode", "toewijzing"), leeg="periode", later=True),
        ),
        "agb productcode",
        _GELDIG,
        bekend=("agb", "productcode"),
    ),
    _soort(
        "tarieven",
        "tarief",
        (
            _ELKE_AGB,
            _PRODUCTCODE,
            _NIVEAU,
            Bestandskolom("eenheid", _READ_EENHEID, leeg="", cijfers=2),
            Bestandskolom("tarief", read_centen(8)),
            *_PERIODE,
        ),
        "productcode agb opleidingsniveau eenheid",
        _GELDIG,
        bekend=("agb", "productcode"),
    ),
    _soort(
        "gezinsplanafspraken",
        "gezinsplanafspraak",
        (
            Bestandskolom("toewijzingnummer", _TOEWIJZING),
            Bestandskolom("benodigd_niveau", _READ_NIVEAU),
            Bestandskolom("lager_niveau_goedgekeurd", read_ja_nee),
            *_PERIODE,
        ),
        "toewijzingnummer",
        _GELDIG,
    ),
    _soort(
        "verantwoording",
        "verantwoording",
        (
            _AGB,
            Bestandskolom("referentienummer", read_tekst(20, nummer=True), leeg=""),
            Bestandskolom("toewijzingnummer", _TOEWIJZING, leeg=None),
            Bestandskolom("maand", read_maand, leeg=None),
            Bestandskolom("datum", read_datum, leeg=None),
            Bestandskolom("minuten", read_aantal(0, 31 * _MINUTEN_PER_DAG)),
            Bestandskolom("soort", read_keuze("direct", "groep", "indirect", "niet_clientgebonden", "no_show", "afgezegd")),
            Bestandskolom("niveau", _READ_NIVEAU, leeg=""),
            Bestandskolom("registratie", read_keuze("SKJ", "BIG", "geen")),
            Bestandskolom("contactnummer", read_tekst(50), leeg="", later=True),
            Bestandskolom(_INTREKKEN, read_ja_nee, leeg=False, later=True),
        ),
        "agb referentienummer toewijzingnummer maand datum soort niveau registratie contactnummer minuten volgnummer",
        None,
        toets=_judge_verantwoording,
        bekend=("agb",),
        contacten=True,
    ),
    _soort(
        "kaders",
        "kader",
        (
            Bestandskolom("kader", read_tekst(200)),
            _SEGMENT,
            _ZORGVORM,
            Bestandskolom("max_maanden", read_aantal(1, 1200), leeg=None),
            Bestandskolom("max_minuten", read_aantal(1, 99_999_999), leeg=None),
            *_PERIODE,
            Bestandskolom("verlenging_minuten", read_aantal(1, 99_999_999), leeg=None, later=True),
        ),
        "kader",
        _GELDIG,
        "segment zorgvorm",
        toets=_judge_kader,
    ),
    _soort(
        "bestedingsruimte",
        "bestedingsruimte",
        (
            _ELKE_AGB,
            _SEGMENT,
            Bestandskolom("periode_van", read_datum, leeg=ALTIJD),
            Bestandskolom("periode_tot", read_datum, leeg=None),
            Bestandskolom("bedrag", read_centen(12)),
            Bestandskolom("soort", read_keuze("indicatief", "plafond")),
        ),
        "agb segment soort",
        ("periode_van", "periode_tot"),
        bekend=("agb",),
    ),
    _soort(
        "regelbeleid",
        "regelbeleid",
        (
            _ELKE_AGB,
            Bestandskolom("regel", read_keuze(*BELEIDSREGELS)),
            Bestandskolom("gevolg", read_keuze(*GEVOLGEN)),
            Bestandskolom("retourcode", read_tekst(4), leeg="", cijfers=4),
            *_PERIODE,
        ),
        "agb regel",
        _GELDIG,
        toets=_judge_regelbeleid,
        bekend=("agb",),
        lijst={"retourcode": "LDT_RetourCode"},
    ),
    _soort(
        "declaratiewijzen",
        "declaratiewijze",
        (_AGB, Bestandskolom("wijze", read_keuze("declaratie", "factuur")), *_PERIODE),
        "agb",
        _GELDIG,
        bekend=("agb",),
    ),
    _soort(
        "verzoekbeleid",
        "verzoekbeleid",
        (
            Bestandskolom("soort", read_keuze("JW315", "JW317")),
            Bestandskolom("verwijzertype", read_keuze(*VERWIJZERS), leeg="", cijfers=2),
            _ELKE_AGB,
            Bestandskolom("categorie", read_tekst(2), leeg="", cijfers=2),
            Bestandskolom("productcode", read_productcode, leeg=""),
            Bestandskolom("met_agb_code", read_ja_nee),
            Bestandskolom("gevolg", read_keuze("honoreren", "beoordelen", "geen_rol")),
            *_PERIODE,
        ),
        "soort verwijzertype agb categorie productcode",
        _GELDIG,
        toets=_judge_verzoekbeleid,
        bekend=("agb",),
        lijst={"categorie": "LDT_ProductCategorie"},
    ),
)

_STUREN = (
    _soort(
        "contractdossier",
        "contractdossier",
        (
            _AGB,
            Bestandskolom("soort", read_keuze("keurmerk", "onderaannemer", "jaarrekening", "pnil", "social_return")),
            Bestandskolom("kenmerk", read_tekst(100)),
            Bestandskolom("naam", read_tekst(200)),
            Bestandskolom("van", read_datum),
            Bestandskolom("tot", read_datum, leeg=None),
            Bestandskolom("toestemming_op", read_datum, leeg=None),
            Bestandskolom("omzet", read_centen(14), leeg=None),
            Bestandskolom("resultaat", read_saldo(14), leeg=None),
            Bestandskolom("waarde", read_centen(14), leeg=None),
            Bestandskolom("bron", read_tekst(200)),
        ),
        "agb soort kenmerk",
        ("van", "tot"),
        toets=_judge_dossierstuk,
        bekend=("agb",),
    ),
    _soort(
        "beschikkingen",
        "beschikking",
        (
            Bestandskolom("toewijzingnummer", _TOEWIJZING),
            Bestandskolom("beschikkingnummer", read_tekst(50, nummer=True)),
            Bestandskolom("besluitdatum", read_datum),
            Bestandskolom("verzonden_op", read_datum, leeg=None),
            Bestandskolom("van", read_datum),
            Bestandskolom("tot", read_datum, leeg=None),
            Bestandskolom("soort", read_keuze("beschikking", "licht", "geen_vereist")),
            Bestandskolom("resultaat_vastgelegd", read_ja_nee),
        ),
        "toewijzingnummer beschikkingnummer",
        None,
        van_gezinnen=True,
        bedekt="beschikkingnummer",
        toets=_judge_beschikking,
    ),
    _soort(
        "evaluaties",
        "evaluatie",
        (
            Bestandskolom("toewijzingnummer", _TOEWIJZING),
            Bestandskolom("gepland_op", read_datum),
            Bestandskolom("gehouden_op", read_datum, leeg=None),
            Bestandskolom("uitkomst", read_keuze("voortzetten", "afschalen", "opschalen", "beeindigen", "overdracht"), leeg=""),
        ),
        "toewijzingnummer gepland_op",
        None,
        van_gezinnen=True,
        toets=_judge_evaluatie,
    ),
    _soort(
        "casusregie",
        "casusregie",
        (
            Bestandskolom("toewijzingnummer", _TOEWIJZING),
            Bestandskolom("team", read_tekst(50)),
            Bestandskolom("rol", read_keuze("lokaal_team", "gi", "aanbieder")),
            Bestandskolom("van", read_datum),
            Bestandskolom("tot", read_datum, leeg=None),
        ),
        "toewijzingnummer",
        ("van", "tot"),
        van_gezinnen=True,
        toets=_judge_regie,
    ),
    _soort(
        "teamleden",
        "teamlid",
        (
            Bestandskolom("team", read_tekst(50)),
            Bestandskolom("persoon", read_tekst(200)),
            Bestandskolom("van", read_datum),
            Bestandskolom("tot", read_datum, leeg=None),
        ),
        "team persoon",
        ("van", "tot"),
        van_gezinnen=True,
        toets=_judge_regie,
    ),
)
"""What steering is told of that no message has."""

SOORTEN: dict[str, Bestandsoort] = {soort.naam: soort for soort in (*_ALLE, *_STUREN)}
"""Every kind by name, in an order in which they can be loaded."""
