"""How many clients were there in a year? Every way to count them beside each other, each with what makes it differ."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection

from berichten.kern.rekenen import divide
from berichten.opslag.basis.vraag import Vraag
from berichten.rapporten.afscherming.overlap import Teken, is_klein
from berichten.rapporten.monitor.bereik import Bereik
from berichten.rapporten.monitor.clienten import TOTAAL, Cijfer, Clientcijfers
from berichten.rapporten.monitor.tabel import KLEIN_TEKST, OP_ZORGMAAND, VERBORGEN_TEKST, Tabel, Waarde, show

KOLOMMEN = ("telling", "aantal", "uitleg")
_BASIS = "Cliënten met zorg in dit jaar waarvoor na credits geld is toegekend; ieder telt één keer. Zo tellen de tabellen."
_WIJZEN = {
    "bruto": ("Met een toegekende regel", "Ook wie alleen regels heeft die later helemaal zijn gecrediteerd."),
    "ingediend": ("Met een ingediende regel", "Ook wie alleen regels heeft die zijn afgewezen of nog worden beoordeeld."),
    "gedeclareerd": (
        "Toegekend in declaraties over dit jaar",
        "Telt naar de maand waarover is gedeclareerd. Zorg van vorig jaar die dit jaar is gedeclareerd telt mee; zorg van dit jaar"
        " die later is gedeclareerd niet.",
    ),
    "toewijzing": ("Met een geldige toewijzing", "Ook wie een toewijzing heeft maar (nog) geen zorg kreeg of declaratie had."),
    "toegewezen": ("Met een toewijzing uit dit jaar", "Alleen wie dit jaar een toewijzing kreeg, niet wie er een van eerder had."),
    "gestart": ("Met een gemelde start in dit jaar", "Alleen wie dit jaar begon, en alleen als de aanbieder dat heeft gemeld."),
    "in_zorg": (
        "In zorg volgens start en stop",
        "Wie begonnen was en niet vóór dit jaar gestopt. Stopt een aanbieder zonder dat te melden, dan blijft de cliënt meetellen.",
    ),
}
"""Ways to count clients, in order: name, and why it differs from the first number."""
_OPGETELD = {
    "segment": ("Opgeteld over segmenten", "Wie zorg uit twee segmenten kreeg, telt twee keer."),
    "zorgvorm": ("Opgeteld over zorgvormen", "Wie twee zorgvormen kreeg, telt twee keer."),
    "aanbieder": ("Opgeteld over aanbieders", "Wie zorg van twee aanbieders kreeg, telt twee keer."),
}
_PER_MAAND = (
    "Gemiddeld per maand, op tientallen",
    "Wie maar een deel van het jaar zorg kreeg, telt alleen in die maanden. Daarom is dit lager dan het aantal over het jaar.",
)


@dataclass(frozen=True, slots=True)
class Tellingen:
    """Clients by way of counting, in the order of the table; and all months' clients added up."""

    aantallen: dict[str, int]
    over_maanden: int


class _Rij(NamedTuple):
    """A number for each of `_WIJZEN`, and that over the months."""

    bruto: int
    ingediend: int
    gedeclareerd: int
    toewijzing: int
    toegewezen: int
    gestart: int
    in_zorg: int
    per_maand: int


# A line that is awarded in part, or a tariff of nothing, is a line all the same: these ways count lines, not money.
_TELLINGEN = Vraag(
    _Rij,
    """
    WITH regel AS (
        SELECT p.bsn, p.uitkomst FROM prestatie p
        WHERE p.gemeente = ANY(%(g)s) AND NOT p.credit AND p.begindatum BETWEEN %(van)s AND %(tot)s
    ), per_maand AS (
        SELECT j.zorgmaand, p.bsn FROM journaal j
        JOIN prestatie p ON p.gemeente = j.gemeente AND p.prestatie_id = j.prestatie_id
        WHERE j.gemeente = ANY(%(g)s) AND j.zorgmaand BETWEEN %(van)s AND %(tot)s
        GROUP BY j.zorgmaand, p.bsn HAVING sum(j.bedrag) <> 0
    )
    SELECT (SELECT count(DISTINCT bsn) FROM regel WHERE uitkomst = 'toegekend') AS bruto,
        (SELECT count(DISTINCT bsn) FROM regel) AS ingediend,
        (SELECT count(DISTINCT p.bsn) FROM journaal j
            JOIN prestatie p ON p.gemeente = j.gemeente AND p.prestatie_id = j.prestatie_id
            WHERE j.gemeente = ANY(%(g)s) AND j.declaratiemaand BETWEEN %(van)s AND %(tot)s AND NOT p.credit) AS gedeclareerd,
        (SELECT count(DISTINCT bsn) FROM toewijzing WHERE gemeente = ANY(%(g)s) AND ingangsdatum <= %(tot)s
            AND coalesce(einddatum, 'infinity') >= %(van)s AND reden_wijziging IS DISTINCT FROM '13') AS toewijzing,
        (SELECT count(DISTINCT bsn) FROM toewijzing WHERE gemeente = ANY(%(g)s) AND toewijzingsdatum BETWEEN %(van)s AND %(tot)s
            AND reden_wijziging IS DISTINCT FROM '13') AS toegewezen,
        (SELECT count(DISTINCT bsn) FROM levering WHERE gemeente = ANY(%(g)s) AND soort = 'start' AND verwijderd_door IS NULL
            AND begindatum BETWEEN %(van)s AND %(tot)s) AS gestart,
        (SELECT count(DISTINCT s.bsn) FROM levering s WHERE s.gemeente = ANY(%(g)s) AND s.soort = 'start'
            AND s.verwijderd_door IS NULL AND s.begindatum <= %(tot)s AND NOT EXISTS (
                SELECT FROM levering e WHERE e.gemeente = s.gemeente AND e.agb = s.agb AND e.bsn = s.bsn AND e.soort = 'stop'
                AND e.verwijderd_door IS NULL AND e.begindatum = s.begindatum AND e.einddatum < %(van)s
                AND e.toewijzingnummer IS NOT DISTINCT FROM s.toewijzingnummer)) AS in_zorg,
        (SELECT count(*) FROM per_maand) AS per_maand
    """,
)


def read_tellingen(verbinding: Connection, bereik: Bereik) -> Tellingen:
    """Of one calendar year."""
    rij = _TELLINGEN.read(verbinding, {"g": list(bereik.gemeenten), "van": bereik.van, "tot": bereik.tot})
    return Tellingen({wijze: getattr(rij, wijze) for wijze in _WIJZEN}, rij.per_maand)


def make_unieke_clienten(tellingen: Tellingen, cijfers: Clientcijfers) -> Tabel:
    """The number of the monitor's tables first, then every other way, then sums in which a client counts more often."""
    basis = cijfers.get(TOTAAL, Cijfer(0, 0, Teken.GETAL))
    rijen: list[tuple[Waarde, ...]] = [("Unieke cliënten", show(basis.aantal, basis.teken), _BASIS)]
    # The other ways are no smaller than the first number: beside it they say nothing of it that is not said, instead of it they do.
    bekend = basis.teken is Teken.GETAL
    getoond = show_apart(basis.aantal, tellingen.aantallen.values()) if bekend else [VERBORGEN_TEKST] * len(_WIJZEN)
    rijen += [(titel, waarde, uitleg) for (titel, uitleg), waarde in zip(_WIJZEN.values(), getoond, strict=True)]
    rijen += [(titel, _added_up(cijfers, soort), uitleg) for soort, (titel, uitleg) in _OPGETELD.items()]
    rijen.append((_PER_MAAND[0], divide(tellingen.over_maanden, 120) * 10, _PER_MAAND[1]))
    return Tabel("unieke-clienten", KOLOMMEN, tuple(rijen), (OP_ZORGMAAND,))


def show_apart(basis: int, aantallen: Iterable[int]) -> list[Waarde]:
    """Counts of which no two shown ones differ by 1 to 5: many of these are part of each other, so a difference is a count too."""
    getoond = [basis]
    uit: list[Waarde] = []
    for aantal in aantallen:
        if is_klein(aantal):
            uit.append(KLEIN_TEKST)
        elif any(is_klein(abs(aantal - ander)) for ander in getoond):
            uit.append(VERBORGEN_TEKST)
        else:
            getoond.append(aantal)
            uit.append(aantal)
    return uit


def _added_up(cijfers: Clientcijfers, soort: str) -> Waarde:
    """Only when every part is shown: the sum would tell the one that is not."""
    delen = [cijfer for cel, cijfer in cijfers.items() if cel[0] == soort]
    if any(cijfer.teken is not Teken.GETAL for cijfer in delen):
        return VERBORGEN_TEKST
    return sum(cijfer.aantal for cijfer in delen)
