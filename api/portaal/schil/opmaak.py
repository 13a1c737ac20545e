"""Figures and days as people read them on a page: kern's Dutch, with spaces at which no line breaks."""

from datetime import date, datetime
from decimal import Decimal

from berichten.kern import tekst
from berichten.kern.kalender import count_werkdagen
from berichten.kern.taal import telling
from berichten.klok import dutch_day, dutch_time

VAST = "\u00a0"
"""A space at which no line breaks."""
LEEG = "–"
"""What stands where there is nothing to tell."""
_KORT = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def hold_together(zin: str) -> str:
    """The same words on one line."""
    return zin.replace(" ", VAST)


def hold_amounts(waarde: object) -> object:
    """What is put into a page, with the amounts in its sentences on one line too."""
    return waarde.replace("€ ", f"€{VAST}") if isinstance(waarde, str) else waarde


def euro(centen: int | None) -> str:
    """`€ 1.234,56` from integer cents; a dash for an amount that there is not yet."""
    return LEEG if centen is None else hold_together(tekst.euro(centen))


def bedrag(centen: int | None) -> str:
    """`1.234,56`: an amount in a table of amounts, where the heading says that they are euros."""
    return LEEG if centen is None else tekst.euro(centen).removeprefix("€ ")


def getal(waarde: int | None) -> str:
    """`12.345`."""
    return LEEG if waarde is None else tekst.getal(waarde)


def tell_waarde(waarde: int | float | Decimal | str | None) -> str:
    """A value of a table: `12.345`, `12,5`, a word; a dash where there is none."""
    if waarde is None or waarde == "":
        return LEEG
    if isinstance(waarde, int):
        return getal(waarde)
    if isinstance(waarde, float):
        return f"{waarde:.1f}".replace(".", ",")
    return str(waarde).replace(".", ",") if isinstance(waarde, Decimal) else waarde


def procent(deel: int, geheel: int) -> str:
    """`12,3 %`, rounded half up; a dash when there is nothing to take a part of."""
    if geheel == 0:
        return LEEG
    promille = (abs(deel) * 2000 // abs(geheel) + 1) // 2
    return f"{promille // 10},{promille % 10}{VAST}%"


def datum(dag: date | None) -> str:
    """`3 april 2026`."""
    return LEEG if dag is None else hold_together(tekst.datum(dag))


def maand(dag: date) -> str:
    """`april 2026`."""
    return hold_together(tekst.maand(dag))


def iban(nummer: str) -> str:
    """`NL91 ABNA 0417 1643 00`."""
    return " ".join(nummer[begin : begin + 4] for begin in range(0, len(nummer), 4))


def maand_kort(dag: date) -> str:
    """`apr 26`, for under the bars of a chart."""
    return hold_together(f"{_KORT[dag.month - 1]} {dag:%y}")


def dag_kort(dag: date | None, vandaag: date | None = None) -> str:
    """`3 apr`, and with the year (`3 apr 2025`) when it is not that of `vandaag`."""
    if dag is None:
        return LEEG
    dag = dutch_day(dag) if isinstance(dag, datetime) else dag
    jaar = f" {dag.year}" if vandaag is None or dag.year != vandaag.year else ""
    return hold_together(f"{dag.day} {_KORT[dag.month - 1]}{jaar}")


def moment(tijd: datetime | None) -> str:
    """`3 april 2026, 10.14 uur`, on the clock of the Netherlands."""
    return LEEG if tijd is None else f"{datum(tijd)}, {klokslag(tijd)}"


def klokslag(tijd: datetime) -> str:
    """`10.14 uur`."""
    return f"{dutch_time(tijd):%H.%M}{VAST}uur"


def iso(tijd: date) -> str:
    """For machines (`<time datetime>`)."""
    return tijd.isoformat()


def hoeveelheid(volume: int, eenheid: str) -> str:
    """`90 minuten`."""
    return hold_together(tekst.hoeveelheid(volume, eenheid))


def periode(begin: date, einde: date | None) -> str:
    """`1 t/m 30 april 2026`, with as much of the first day as the last one does not say; an open end is told."""
    if einde is None:
        return f"vanaf {datum(begin)}"
    if begin == einde:
        return datum(begin)
    eerste = str(begin.day)
    if begin.year != einde.year:
        eerste = tekst.datum(begin)
    elif begin.month != einde.month:
        eerste = f"{begin.day} {tekst.MAANDEN[begin.month - 1]}"
    return f"{hold_together(f'{eerste} t/m')} {datum(einde)}"


def termijn(uiterlijk: date, vandaag: date) -> str:
    """How long a deadline is off, in working days: `vandaag`, `morgen`, `over 3 werkdagen`, `2 werkdagen te laat`."""
    if uiterlijk < vandaag:
        return hold_together(f"{telling(max(1, count_werkdagen(uiterlijk, vandaag)), 'werkdag', 'werkdagen')} te laat")
    if uiterlijk == vandaag:
        return "vandaag"
    if (uiterlijk - vandaag).days == 1:
        return "morgen"
    return hold_together(f"over {telling(count_werkdagen(vandaag, uiterlijk), 'werkdag', 'werkdagen')}")


def kleur_van_termijn(uiterlijk: date, vandaag: date, waarschuw_werkdagen: int) -> str:
    """The colour of the badge beside it; the words say the same."""
    if uiterlijk <= vandaag or (uiterlijk - vandaag).days == 1:
        return "rood"
    return "oranje" if count_werkdagen(vandaag, uiterlijk) <= waarschuw_werkdagen else "blauw"


def zin(tekst_: str) -> str:
    """A sentence in which no amount breaks off its €."""
    return tekst_.replace("€ ", f"€{VAST}")


def client(gemaskeerd: str) -> str:
    """`•••006` of a Bsn of which only the end is known here."""
    return gemaskeerd.replace("*", "•")[-6:]


FILTERS = {
    "client": client, "euro": euro, "bedrag": bedrag, "getal": getal, "datum": datum, "maand": maand, "maand_kort": maand_kort,
    "dag_kort": dag_kort, "moment": moment, "klokslag": klokslag, "iso": iso, "iban": iban, "vast": hold_together, "zin": zin,
}  # fmt: skip
FUNCTIES = {
    "hoeveelheid": hoeveelheid, "periode": periode, "procent": procent, "telling": telling, "termijn": termijn,
    "kleur_van_termijn": kleur_van_termijn,
}  # fmt: skip
