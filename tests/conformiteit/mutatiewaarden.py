"""Values to try in an element: ordinary ones, variants of what stands there, and those at the limits of its type.

Knows no release of the standard; the limits and codes come from the type as the caller's schema declares it.
"""

import random
from collections.abc import Iterable
from typing import Any

import xmlschema

Soort = Any
"""A simple type of a schema; which limits it has differs by kind, and the library types them apart."""


def _lijst(*regels: str) -> list[str]:
    return "|".join(regels).split("|")


VOORBEELDEN = _lijst("Abc1|Abc|A|1|0484|42420001|999900006|2026-04-01|12:00:00|1.0.0|00000000", "NL999999990B01")
ALGEMEEN = _lijst(
    "| |   |\t|\n|\r| \n\t |\u00a0|\u2003|\u200b|a|A|é|e\u0301|À|ỳ|ỹ|×|÷|Ω|😀|a b|a\nb|a\tb|a-b|a'b|a.b|.|-|<&>|]]>",
    "null|true|0|1|9|00|-1|+1|-0|1.0|1.|1,5|1e3|0x1|NaN|INF|٣|１|1 0|999999999999999999999999999999|0.0.0|1.0|01.0.0",
    "1.0.00|1.0.0.0|10.20.30|v1.0.0|1.0.0-a|-1.0.0| 1.0.0|1..0",
)
DATUMS = _lijst(
    "2024-02-29|2023-02-29|2000-02-29|2100-02-29|2026-02-30|2026-04-31|2026-12-31|2026-01-01|2026-00-01|2026-13-01",
    "2026-01-00|2026-01-32|0000-01-01|0001-01-01|-0001-01-01|-2026-01-01|10000-01-01|010000-01-01|999-01-01|9999-12-31",
    "20260401|2026-4-1|01-04-2026|2026/04/01|2026-04|2026-04-01Z|2026-04-01z|2026-04-01+01:00|2026-04-01-01:00",
    "2026-04-01+00:00|2026-04-01+14:00|2026-04-01-01|2026-04-01T00:00:00|2026-04-01 | 2026-04-01|\n2026-04-01\t",
    "+2026-04-01|2026-04-01-",
)
TIJDEN = _lijst(
    "00:00:00|23:59:59|24:00:00|24:00:01|23:59:60|23:60:00|25:00:00|12:00|1:00:00|120000|12:00:00.5|12:00:00.123456789",
    "12:00:00.|12:00:00,5|12:00:00.000| 12:00:00|12:00:00 |-12:00:00|12:00:00Z|12:00:00+01:00|12:00:00-01:00",
    "12:00:00+00:00|12:00:00z|T12:00:00|2026-04-01T12:00:00",
)


def voorbeeldwaarde(soort: Soort) -> str:
    """A valid value: the first code, a literal pattern, or the first sample that fits. ValueError if none does."""
    for kandidaat in (*(soort.enumeration or ()), *_letterlijk(soort), *VOORBEELDEN):
        if soort.is_valid(str(kandidaat)):
            return str(kandidaat)
    raise ValueError(f"no sample value fits {soort.name} with patterns {_letterlijk(soort)}")


def _letterlijk(soort: Soort) -> list[str]:
    """The branches of the type's patterns: a fixed value such as a message code is a pattern without wildcards."""
    return [tak for patroon in (soort.patterns.regexps if soort.patterns else ()) for tak in patroon.split("|")]


def waarden(huidig: str, typen: Iterable[xmlschema.XsdElement], toeval: random.Random) -> list[str]:
    """Values to try in an element, each once: general ones, variants of the present value, and those at each limit."""
    lijst = [*ALGEMEEN, "x" * 1000, *_varianten(huidig)]
    for declaratie in typen:
        soort = declaratie.type
        if soort.is_complex():
            continue
        lijst += _lengten(soort) + _getallen(soort) + _codes(soort) + _letterlijk(soort)
        lijst += _toevallig(soort, huidig, toeval)
        lijst += {"date": DATUMS, "time": TIJDEN}.get(soort.root_type.local_name or "", (DATUMS[0], TIJDEN[0]))
    return list(dict.fromkeys(lijst))


def _varianten(waarde: str) -> list[str]:
    rond = [
        (" ", ""),
        ("", " "),
        ("\n", "\n"),
        ("\t", ""),
        ("0", ""),
        ("", "0"),
        ("+", ""),
        ("-", ""),
        ("", ".0"),
        ("", "\u00a0"),
    ]
    gewijzigd = [waarde.lower(), waarde.upper(), waarde.swapcase(), waarde[:-1], waarde[1:], waarde[::-1], waarde * 2]
    return [*gewijzigd, *(f"{voor}{waarde}{na}" for voor, na in rond), f"{waarde}x", f"x{waarde}"]


def _lengten(soort: Soort) -> list[str]:
    """Strings of exactly each limit of length, one shorter and one longer, counted in characters and not in bytes."""
    grenzen = {grens for grens in (soort.min_length, soort.max_length) if grens is not None}
    lengten = sorted({lengte for grens in grenzen for lengte in (grens - 1, grens, grens + 1) if lengte > 0})
    gelijk = [teken * lengte for lengte in lengten for teken in ("a", "1", "é", "😀", " ", "\n")]
    return gelijk + ["a".rjust(lengte) for lengte in lengten]


def _getallen(soort: Soort) -> list[str]:
    """Numbers at each limit, one below and one above, each in the notations that a number type may or may not take."""
    if not soort.is_decimal():
        return []
    grenzen = [int(grens) for grens in (soort.min_value, soort.max_value) if grens is not None]
    getallen = [str(grens + stap) for grens in grenzen for stap in (-1, 0, 1)]
    vormen = ("{}", "0{}", "+{}", "{}.0", " {} ", "000000000000{}")
    return [vorm.format(getal) for getal in getallen for vorm in vormen]


def _codes(soort: Soort) -> list[str]:
    """Every allowed code, and per code its neighbours, other case and the code among spaces."""
    codes = [str(code) for code in soort.enumeration or ()]
    buren = [code[:-1] + chr(ord(code[-1]) + stap) for code in codes if code for stap in (-1, 1)]
    vormen = [vorm for code in codes for vorm in (code.lower(), f" {code}", f"{code} ", code.lstrip("0"), f"0{code}")]
    return [*codes, *buren, *vormen]


def _toevallig(soort: Soort, huidig: str, toeval: random.Random, aantal: int = 12) -> list[str]:
    """Random strings around the allowed lengths, of characters that patterns tell apart."""
    tekens = "aZÀỳ019 \n\t.:-+_'/é😀" + huidig
    langst = min(soort.max_length or 12, 40)
    return ["".join(toeval.choices(tekens, k=toeval.randint(1, langst + 1))) for _ in range(aantal)]
