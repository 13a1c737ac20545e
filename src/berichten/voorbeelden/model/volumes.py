"""How much may be billed, reckoned apart from the service's own rules, so that the one can be held against the other."""

from datetime import date

from berichten.kern import kalender
from berichten.standaard.waarden.onderdelen import Omvang
from berichten.voorbeelden.model.model import Stadstoewijzing

MINUTEN_PER_UUR = 60
_PER_DAG = {"01": 1440, "04": 24, "14": 1, "16": 3}


def max_in_periode(toewijzing: Stadstoewijzing, begin: date, eind: date) -> int:
    """Return the most that may be billed in one ProductPeriode, in the allocation's unit (TR321). Needs an Omvang."""
    omvang = _get_omvang(toewijzing)
    if omvang.frequentie == "1":
        return kalender.count_dagen(begin, eind) * omvang.volume
    if omvang.frequentie == "2":
        return _count_keren(toewijzing, omvang.eenheid, begin, eind) * omvang.volume
    return omvang.volume


def max_in_totaal(toewijzing: Stadstoewijzing, tot: date) -> int:
    """Return the most over the whole allocation (TR322); without Einddatum up to `tot`, the last period's end."""
    omvang = _get_omvang(toewijzing)
    eind = toewijzing.einddatum or tot
    if omvang.frequentie == "4":
        return kalender.count_maanden(toewijzing.ingangsdatum, eind) * omvang.volume
    return max_in_periode(toewijzing, toewijzing.ingangsdatum, eind)


def max_mogelijk(eenheid: str, begin: date, eind: date) -> int | None:
    """Return how many units the period physically holds (DA14); None for units that are not time."""
    per_dag = _PER_DAG.get(eenheid)
    return None if per_dag is None else per_dag * kalender.count_dagen(begin, eind)


def round_half_up(teller: int, noemer: int) -> int:
    """Divide two whole, not negative numbers and round half up."""
    return (2 * teller + noemer) // (2 * noemer)


def _count_keren(toewijzing: Stadstoewijzing, eenheid: str, begin: date, eind: date) -> int:
    if eenheid not in ("82", "83"):
        return kalender.count_weken(begin, eind)
    if toewijzing.einddatum is None:
        return kalender.count_zondagen(begin, eind)
    laatste = kalender.last_zondag(toewijzing.ingangsdatum, toewijzing.einddatum)
    if laatste is None:
        return int(begin <= toewijzing.einddatum <= eind)
    gebroken_week = laatste != toewijzing.einddatum and begin <= laatste <= eind
    return kalender.count_zondagen(begin, eind) + int(gebroken_week)


def _get_omvang(toewijzing: Stadstoewijzing) -> Omvang:
    if toewijzing.omvang is None:
        raise ValueError("deze toewijzing heeft een budget en geen omvang")
    return toewijzing.omvang
