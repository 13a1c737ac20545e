"""Facts in plain Dutch: dates, amounts and volumes as a clerk writes them."""

from collections.abc import Mapping
from datetime import date, datetime
from string import Formatter
from typing import Any

from berichten.kern.kalender import ALTIJD
from berichten.kern.taal import meervoud
from berichten.klok import dutch_day

MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


def datum(dag: date) -> str:
    """`3 april 2026`; of a moment its day in the Netherlands; `het begin` for the first day of a period that has none."""
    if isinstance(dag, datetime):
        dag = dutch_day(dag)
    return "het begin" if dag == ALTIJD else f"{dag.day} {MAANDEN[dag.month - 1]} {dag.year}"


def maand(dag: date) -> str:
    """`april 2026`."""
    return f"{MAANDEN[dag.month - 1]} {dag.year}"


def getal(waarde: int) -> str:
    """`12.345`."""
    return f"{waarde:,}".replace(",", ".")


def euro(centen: int) -> str:
    """`€ 1.234,56` from integer cents; a minus sign for what is taken back."""
    teken = "-" if centen < 0 else ""
    return f"€ {teken}{getal(abs(centen) // 100)},{abs(centen) % 100:02d}"


_EENHEDEN = {
    "01": ("minuut", "minuten"),
    "04": ("uur", "uur"),
    "14": ("etmaal", "etmalen"),
    "16": ("dagdeel", "dagdelen"),
    "21": ("week", "weken"),
    "81": ("keer benodigde tijdsduur", "keer benodigde tijdsduur"),
    "82": ("stuk", "stuks"),
    "84": ("stuk", "stuks"),
}


def hoeveelheid(volume: int, eenheid: str) -> str:
    """`1 uur`, `90 minuten`, `€ 12,50`: a volume with its unit (WJ756; unit 83 counts cents)."""
    if eenheid == "83":
        return euro(volume)
    een, meer = _EENHEDEN.get(eenheid, ("eenheid", "eenheden"))
    return f"{getal(volume)} {een if volume == 1 else meer}"


def naam_eenheid(eenheid: str) -> str:
    """`uren (04)`: a unit by name and code."""
    namen = {"04": "uren", "81": "benodigde tijdsduur", "83": "euro's"}
    return f"{namen.get(eenheid) or _EENHEDEN.get(eenheid, ('', 'onbekend'))[1]} ({eenheid})"


class _Dutch(Formatter):
    def format_field(self, value: Any, format_spec: str) -> str:
        if "|" in format_spec:
            return meervoud(value, *format_spec.split("|"))
        if format_spec == "euro":
            return euro(value)
        if format_spec == "minuten":
            return hoeveelheid(value, "01")
        if format_spec == "maand":
            return maand(value)
        if isinstance(value, date):
            return datum(value)
        if isinstance(value, int) and format_spec == "getal":
            return getal(value)
        if isinstance(value, (list, tuple)):
            return ", ".join(str(item) for item in value)
        return str(value)


_DUTCH = _Dutch()


def fill(sjabloon: str, gegevens: Mapping[str, Any]) -> str:
    """The template with its Gegevens filled in; raises KeyError when one is missing, so that no sentence has a hole."""
    return _DUTCH.vformat(sjabloon, (), gegevens)
