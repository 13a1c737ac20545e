"""A value against its simple type: what is wrong, and how to say so in Dutch without giving away personal data."""

import re
from calendar import monthrange
from decimal import Decimal, InvalidOperation

from berichten.kern.taal import telling
from berichten.standaard.uitleg.model import Waardetype
from berichten.standaard.uitleg.typen import (
    BEDRAG_TYPES,
    BSN_TYPE,
    CODELIJSTEN,
    GEHEIME_ELEMENTEN,
    GEHEIME_TYPES,
    VERWACHT,
    VERWACHT_ELEMENT,
)
from berichten.standaard.waarden.bsn import mask_bsn

MAX_GETOOND = 40
MAX_CODES = 12

SPACE = " \t\r\n"
"""White space as XML counts it; other blanks are ordinary characters there."""
_GETAL = re.compile(r"[+-]?[0-9]+")
_DATUM = re.compile(r"-?([1-9][0-9]{4,}|[0-9]{4})-([0-9]{2})-([0-9]{2})(Z|[+-][0-9]{2}:[0-9]{2})?")
_TIJD = re.compile(r"(([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?|24:00:00(\.0+)?)(Z|[+-][0-9]{2}:[0-9]{2})?")
_DAG_EERST = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")
_AANEEN = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_NEGEN_CIJFERS = re.compile(r"(?<![0-9])[0-9](?:[ .-]?[0-9]){8}(?![0-9])")


def is_good(type_: Waardetype, waarde: str) -> bool:
    """Whether the value fits the type: for the types of iJw the same answer as libxml2 gives."""
    if type_.basis != "string":
        waarde = waarde.strip(SPACE)
    if type_.codes and waarde not in type_.codes:
        return False
    if len(waarde) < type_.min_lengte or (type_.max_lengte is not None and len(waarde) > type_.max_lengte):
        return False
    if type_.basis == "integer" and not _is_getal(type_, waarde):
        return False
    if type_.basis == "date" and not is_datum(waarde):
        return False
    if type_.basis == "time" and not _TIJD.fullmatch(waarde):
        return False
    return all(patroon.fullmatch(waarde) for patroon in type_.patronen)


def _is_getal(type_: Waardetype, waarde: str) -> bool:
    # libxml2 reads integers of at most 24 digits; int() of thousands of digits is refused by Python itself.
    if len(waarde) > 24 or not _GETAL.fullmatch(waarde):
        return False
    getal = int(waarde)
    return (type_.minimum is None or getal >= type_.minimum) and (type_.maximum is None or getal <= type_.maximum)


def is_datum(waarde: str) -> bool:
    """Whether this is an existing day in the form of xs:date; years beyond 9999 exist there."""
    delen = _DATUM.fullmatch(waarde)
    if not delen or len(delen[1]) > 12:
        return False
    jaar, maand, dag = int(delen[1]), int(delen[2]), int(delen[3])
    # The calendar repeats every 400 years, so that a year Python cannot hold has the same months.
    return jaar > 0 and 1 <= maand <= 12 and 1 <= dag <= monthrange(jaar % 400 + 2000, maand)[1]


def explain_waarde(naam: str, type_: Waardetype, waarde: str, optioneel: bool) -> str:
    """Dutch text for a value that does not fit: what it is, what is expected, how to mend it."""
    if not waarde.strip(SPACE):
        toestand = "leeg" if not waarde else "gevuld met alleen spaties"
        uitweg = f"Vul een waarde in of laat {naam} weg." if optioneel else "Vul een waarde in."
        return f"{naam} is {toestand}; verwacht: {expected(type_, naam)}. {uitweg}"
    if waarde != waarde.strip(SPACE) and is_good(type_, waarde.strip(SPACE)):
        return f"{_found(naam, type_, waarde)}, met een spatie of regeleinde vóór of achter de waarde. Haal die weg."
    if type_.basis == "string" and is_good(type_, re.sub(r"[\r\n]+", " ", waarde)):
        return f"{_found(naam, type_, waarde)}: er staat een regeleinde in. Haal dat weg."
    if type_.vast is not None:
        return f"{_found(naam, type_, waarde)}; in dit bericht hoort hier altijd {type_.vast}."
    if type_.codes:
        return f"{_found(naam, type_, waarde)}; {_keuze(type_, waarde)}"
    if type_.basis == "date":
        return _explain_datum(naam, type_, waarde)
    if type_.max_lengte is not None and len(waarde) > type_.max_lengte and type_.naam != BSN_TYPE:
        begin = naam if _is_personal(naam, type_) else f"{_found(naam, type_, waarde)} en"
        lengte = f"telt {characters(len(waarde))}; hoogstens {type_.max_lengte} mag"
        return f"{begin} {lengte}. Verwacht: {expected(type_, naam)}."
    return f"{_found(naam, type_, waarde)}; verwacht: {expected(type_, naam)}{_hint(type_, waarde)}."


def expected(type_: Waardetype, naam: str = "") -> str:
    """What the type expects, to follow ``verwacht:``; of some elements (``naam``) more is known than their type tells."""
    if type_.vast is not None:
        return type_.vast
    if type_.codes:
        return f"een code uit de lijst {CODELIJSTEN.get(type_.naam, 'van toegestane codes')}"
    zin = VERWACHT_ELEMENT.get(naam) or VERWACHT.get(type_.naam, "een waarde die bij dit element past")
    return zin.format(minimum=type_.minimum, maximum=type_.maximum, max_lengte=type_.max_lengte)


def _found(naam: str, type_: Waardetype, waarde: str) -> str:
    """``Ontvanger is "Alphen"``, or only the length when the value is personal."""
    if type_.naam == BSN_TYPE:
        return f"{naam} is {mask_bsn(waarde.strip(SPACE))} ({characters(len(waarde))}{_vreemd(waarde)})"
    if _is_personal(naam, type_):
        return f"{naam} heeft een waarde van {characters(len(waarde))} die hier niet past"
    return f'{naam} is "{show(waarde)}"'


def _is_personal(naam: str, type_: Waardetype) -> bool:
    return type_.naam in GEHEIME_TYPES or naam in GEHEIME_ELEMENTEN


def _vreemd(waarde: str) -> str:
    return "" if re.fullmatch(r"[0-9]*", waarde) else ", niet alleen cijfers"


def show(tekst: str) -> str:
    """A value or name as it may stand in a text: on one line, short, hidden characters made visible, any BSN masked."""
    kort = "".join(_visible(teken) for teken in tekst[: MAX_GETOOND * 2])
    kort = _NEGEN_CIJFERS.sub(lambda gevonden: mask_bsn(gevonden[0]), kort)
    return kort if len(kort) <= MAX_GETOOND else kort[:MAX_GETOOND] + "…"


def _visible(teken: str) -> str:
    if teken in SPACE:
        return " "
    return teken if teken.isprintable() else "\N{REPLACEMENT CHARACTER}"


def characters(aantal: int) -> str:
    """``1 teken``, ``2 tekens``."""
    return telling(aantal, "teken", "tekens")


def _keuze(type_: Waardetype, waarde: str) -> str:
    """The codes to choose from, or the name of the list when it is long."""
    bedoeld = _bedoelde_code(type_, waarde)
    raad = f" Bedoelt u {bedoeld}?" if bedoeld else ""
    if len(type_.codes) > MAX_CODES:
        return f"verwacht: {expected(type_)}, die {len(type_.codes)} codes telt.{raad}"
    keuzes = ", ".join(f"{code} ({uitleg})" if uitleg else code for code, uitleg in type_.codes.items())
    return f"kies een van: {keuzes}.{raad}"


def _bedoelde_code(type_: Waardetype, waarde: str) -> str | None:
    kern = waarde.strip()
    pogingen = (kern.upper(), kern.zfill(2), kern.zfill(4), kern.lstrip("0"))
    return next((poging for poging in pogingen if poging in type_.codes), None)


def _explain_datum(naam: str, type_: Waardetype, waarde: str) -> str:
    kern = waarde.strip(SPACE)
    if is_datum(kern):
        return f"{_found(naam, type_, waarde)}; verwacht: een datum zonder tijdzone, als 2026-04-30 (jaar-maand-dag)."
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", kern):
        if raad := _advise_unknown_birthday(naam, kern):
            return f"De geboortedatum heeft 00 als maand of dag, en die bestaat niet. {raad}"
        return f"{_found(naam, type_, waarde)}; deze datum bestaat niet. Vul een bestaande datum in."
    bedoeld = _bedoelde_datum(kern)
    geheim = naam in GEHEIME_ELEMENTEN
    raad = f" Bedoelt u {bedoeld}?" if bedoeld and not geheim else ""
    return f"{_found(naam, type_, waarde)}; verwacht: {expected(type_)}.{raad}"


def _advise_unknown_birthday(naam: str, waarde: str) -> str | None:
    """What the standard has for a birthday of which a part is not known (CS139): a date that exists, and DatumGebruik."""
    if naam not in GEHEIME_ELEMENTEN or "-00" not in waarde:
        return None
    jaar, maand, _ = waarde.split("-")
    if maand != "00":
        return "Is de dag niet bekend, vul dan de eerste dag van de maand in, met DatumGebruik 1."
    if jaar != "0000":
        return "Zijn dag en maand niet bekend, vul dan 1 januari van het jaar in (jjjj-01-01), met DatumGebruik 2."
    return "Is de hele datum niet bekend, vul dan 1900-01-01 in, met DatumGebruik 3."


def _bedoelde_datum(waarde: str) -> str | None:
    """The day that a date in another usual form stands for."""
    dag_eerst, aaneen, met_tijd = _DAG_EERST.fullmatch(waarde), _AANEEN.fullmatch(waarde), waarde[:10]
    if dag_eerst:
        poging = f"{dag_eerst[3]}-{int(dag_eerst[2]):02}-{int(dag_eerst[1]):02}"
    elif aaneen:
        poging = f"{aaneen[1]}-{aaneen[2]}-{aaneen[3]}"
    else:
        poging = met_tijd
    return poging if is_datum(poging) else None


def _hint(type_: Waardetype, waarde: str) -> str:
    """A remark between brackets on the mistake that was probably made."""
    kern = waarde.strip(SPACE)
    if type_.basis == "integer" and re.fullmatch(r"-[0-9]+", kern):
        return " (zonder minteken; een credit geeft u aan met DebetCredit C)" if _mag_credit(type_) else " (zonder minteken)"
    if type_.naam not in BEDRAG_TYPES:
        return ""
    centen = _in_centen(kern)
    return f" ({kern.lstrip('€ ')} euro is {centen})" if centen is not None else ""


def _mag_credit(type_: Waardetype) -> bool:
    return type_.naam in {"LDT_Bedrag", "LDT_TotaalBedrag", "LDT_Volume"}


def _in_centen(waarde: str) -> int | None:
    """Cents meant by an amount written in euros (``12,50``); None when it is not such an amount."""
    kern = waarde.lstrip("€ ")
    if len(kern) > 15 or not re.fullmatch(r"[0-9]+[.,][0-9]{1,2}", kern):
        return None
    try:
        return int(Decimal(kern.replace(",", ".")) * 100)
    except InvalidOperation:
        return None
