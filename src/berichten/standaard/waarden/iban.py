"""Checks on an IBAN (ISO 13616) that must take a SEPA credit transfer. Pure."""

import re

_LENGTEN = {
    "AD": 24, "AL": 28, "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20, "ES": 24,
    "FI": 18, "FR": 27, "GB": 22, "GI": 23, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IS": 26, "IT": 27, "LI": 21, "LT": 20,
    "LU": 20, "LV": 21, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24,
    "RS": 22, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "VA": 22,
}  # fmt: skip
"""Characters of an IBAN by country, for the countries of SEPA."""
_VORM = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]+")
_NEDERLANDS = re.compile(r"NL[0-9]{2}[A-Z]{4}[0-9]{10}")


def tidy_iban(tekst: str) -> str:
    """Without the spaces with which people write it, in capitals."""
    return "".join(tekst.split()).upper()


def explain_iban(iban: str) -> str | None:
    """What is wrong with an IBAN without spaces, in Dutch and with what to do; None when nothing is."""
    if not _VORM.fullmatch(iban):
        return "Dit is geen IBAN. Een IBAN begint met twee letters en twee cijfers, zoals NL91 ABNA 0417 1643 00."
    lengte = _LENGTEN.get(iban[:2])
    if lengte is None:
        return f"Met land {iban[:2]} kan geen SEPA-overboeking worden gedaan. Vraag om een rekening in een land van SEPA."
    if len(iban) != lengte:
        return f"Een IBAN met {iban[:2]} heeft {lengte} tekens; deze heeft er {len(iban)}. Neem hem precies over."
    if _remainder(iban) != 1 or (iban[:2] == "NL" and not _NEDERLANDS.fullmatch(iban)):
        return "De controle van dit IBAN klopt niet: er is een teken verkeerd of verwisseld. Neem hem precies over."
    return None


def _remainder(iban: str) -> int:
    """ISO 7064 mod 97-10: the first four characters to the end, letters as 10 to 35."""
    return int("".join(str(int(teken, 36)) for teken in iban[4:] + iban[:4])) % 97
