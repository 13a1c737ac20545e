"""The fourteen indicators: where each comes from, and the rows that are made of it. Pure; definitions in docs/monitor.md."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from berichten.opslag.financien.monitor import Opgave
from berichten.rapporten.afscherming.optelling import TOTAAL, Rijbesluit, mark
from berichten.rapporten.afscherming.overlap import Teken, is_klein
from berichten.rapporten.monitor.clienten import Clientcijfers
from berichten.rapporten.monitor.stromen import Kostenaandeel, Prestatietijden, Starts, Uitgestroomd
from berichten.rapporten.monitor.tabel import (
    KLEIN_TEKST,
    OP_ZORGMAAND,
    VERBORGEN_TEKST,
    Tabel,
    Waarde,
    per_client,
    percent,
    show,
    tenths,
)
from berichten.rapporten.monitor.tabel1 import segment_label, zorgvorm_label

NAAST_VORIG_JAAR = (", vorig jaar", ", verschil in procentpunt")
"""How the names of rows end that tell of last year, and of the difference with it."""
KOLOMMEN = ("nr", "indicator", "splitsing", "groep", "maat", "waarde", "eenheid", "aantal", "bron")
BERICHTEN, OPGAVE, MAATREGELEN = "berichtenverkeer", "opgave", "maatregelen"
SPECIALISME, AANBIEDER = "specialisme", "aanbieder"
SPLITSINGEN = (TOTAAL, SPECIALISME, AANBIEDER)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of the municipality's monitor."""

    nr: int
    naam: str
    bron: str
    """Computed from messages, or uploaded."""


INDICATOREN = tuple(
    Indicator(nr, naam, BERICHTEN if nr in (2, 3, 4, 5, 6, 7, 9, 13, 14) else OPGAVE)
    for nr, naam in enumerate(
        (
            "Behaalde resultaten",
            "Opschaling/afschaling",
            "Duurzame uitstroom",
            "Gemiddelde duur trajecten",
            "Gemiddelde kosten trajecten en cliënt",
            "Cliëntaantallen",
            "Tijdige start zorg",
            "Wachtlijsten/eerste contact",
            "Tijdige declaraties",
            "Resultaten medewerkertevredenheidsonderzoek",
            "Klachten, bezwaren en beroepen",
            "Aantal zorgaanbieders met maatregel",
            "Verschuiving van residentieel naar ambulant",
            "Verschuiving van individueel naar collectief",
        ),
        1,
    )
)
"""In the order of the procurement document (chapter 9)."""
NAMEN = {item.nr: item.naam for item in INDICATOREN}

Rij = tuple[Waarde, ...]


def row(nr: int, splitsing: str, groep: str, maat: str, waarde: Waarde, eenheid: str, aantal: Waarde, bron: str = BERICHTEN) -> Rij:
    """A row in the order of KOLOMMEN; `aantal` is what the value is over."""
    return (nr, NAMEN[nr], splitsing, groep, maat, waarde, eenheid, aantal, bron)


def client_rows(cijfers: Clientcijfers) -> list[Rij]:
    """Indicators 5 (per client) and 6."""
    rijen = []
    for (soort, groep, deel), cijfer in sorted(cijfers.items()):
        plek = {"totaal": (TOTAAL, "Totaal"), "aanbieder": (AANBIEDER, groep)}.get(soort)
        if soort == "zorgvorm":
            plek = (SPECIALISME, zorgvorm_label(groep, deel))
        elif soort == "segment" and ("zorgvorm", groep, deel) not in cijfers and not _has_zorgvorm(cijfers, groep):
            plek = (SPECIALISME, segment_label(groep))
        if plek:
            aantal = show(cijfer.aantal, cijfer.teken)
            rijen.append(row(6, *plek, "cliënten", aantal, "aantal", aantal))
            kosten = per_client(cijfer.bedrag, cijfer.aantal, cijfer.teken)
            rijen.append(row(5, *plek, "kosten per cliënt", kosten, "euro", aantal))
    return rijen


def _has_zorgvorm(cijfers: Clientcijfers, segment: str) -> bool:
    return any(soort == "zorgvorm" and groep == segment for soort, groep, _ in cijfers)


def course_rows(groepen: Mapping[tuple[str, str], Uitgestroomd], besluit: Rijbesluit) -> list[Rij]:
    """Indicators 2, 3, 4 and 5 (per course), over courses that ended in the year."""
    rijen = []
    for (splitsing, sleutel), item in groepen.items():
        plek = (splitsing, group_label(splitsing, sleutel))
        if splitsing in besluit.onthouden:
            continue
        verborgen = besluit.hides(splitsing, sleutel)
        alle = show(item.aantal, mark(item.aantal, verborgen))
        duurzaam = show(item.te_volgen, mark(item.te_volgen, verborgen))
        rijen += [
            row(2, *plek, "opgeschaald", _part(item.op, item.aantal, verborgen), "procent", alle),
            row(2, *plek, "afgeschaald", _part(item.af, item.aantal, verborgen), "procent", alle),
            row(
                3,
                *plek,
                "zonder nieuwe zorg binnen 12 maanden",
                _part(item.duurzaam, item.te_volgen, verborgen),
                "procent",
                duurzaam,
            ),
            row(4, *plek, "duur", _average(item.maanden, item.aantal, verborgen), "maanden", alle),
            row(5, *plek, "kosten per traject", _average(item.centen, 100 * item.aantal, verborgen), "euro", alle),
        ]
    return rijen


def timing_rows(nr: int, maat: str, groepen: Mapping[tuple[str, str], Starts | Prestatietijden], besluit: Rijbesluit) -> list[Rij]:
    """Indicators 7 and 9: what part was in time."""
    return [
        row(nr, splitsing, group_label(splitsing, sleutel), maat, _part(item.op_tijd, item.aantal, verborgen), "procent",
            show(item.aantal, mark(item.aantal, verborgen)))
        for (splitsing, sleutel), item in groepen.items()
        if splitsing not in besluit.onthouden
        for verborgen in (besluit.hides(splitsing, sleutel),)
    ]  # fmt: skip


def share_rows(nr: int, maat: str, aandeel: Kostenaandeel) -> list[Rij]:
    """Indicators 13 and 14: a part of the cost, this year and last, and the shift in percent points. Cost tells of no client."""
    nu, vorig = percent(aandeel.deel, aandeel.geheel), percent(aandeel.deel_vorig, aandeel.geheel_vorig)
    verschil = None if nu is None or vorig is None else nu - vorig
    namen = (maat, *(f"{maat}{naam}" for naam in NAAST_VORIG_JAAR))
    return [
        row(nr, TOTAAL, "Totaal", naam, waarde, "procent", None) for naam, waarde in zip(namen, (nu, vorig, verschil), strict=True)
    ]


def measure_row(aantal: int) -> Rij:
    """Indicator 12 of the measures kept here: aanbieders, which are no clients; beside it stands what is uploaded of the IGJ."""
    return row(12, TOTAAL, "Totaal", "aanbieders met een maatregel van trede 2 tot en met 5", aantal, "aantal", None, MAATREGELEN)


def upload_rows(opgaven: Sequence[Opgave]) -> list[Rij]:
    """What the gemeente told of itself. A count of 1 to 5 shows as such here too."""
    return [row(item.nr, "onderdeel", item.onderdeel, "opgave", _uploaded(item), item.eenheid, None, item.bron) for item in opgaven]


def _uploaded(item: Opgave) -> Waarde:
    waarde = Decimal(item.waarde)
    if item.eenheid == "aantal" and is_klein(int(waarde)):
        return KLEIN_TEKST
    return int(waarde) if waarde == int(waarde) else waarde


def make_indicatoren(rijen: Sequence[Rij], splits: str | None) -> Tabel:
    """By number, all splits or one."""
    gekozen = [rij for rij in rijen if splits is None or rij[2] == splits]
    rijen = tuple(sorted(gekozen, key=lambda rij: (rij[0], _rank(rij[2]), str(rij[3]), str(rij[4]))))
    return Tabel("indicatoren", KOLOMMEN, rijen, (OP_ZORGMAAND,))


def _rank(splitsing: Waarde) -> int:
    return SPLITSINGEN.index(splitsing) if splitsing in SPLITSINGEN else len(SPLITSINGEN)


def group_label(splitsing: str, sleutel: str) -> str:
    """How a group is named: a zorgvorm with its segment, an aanbieder by its AGB code."""
    if splitsing == TOTAAL:
        return "Totaal"
    if splitsing == AANBIEDER:
        return sleutel
    segment, _, zorgvorm = sleutel.partition("\t")
    return zorgvorm_label(segment, zorgvorm) if zorgvorm else segment_label(segment)


def _part(deel: int, geheel: int, verborgen: bool) -> Waarde:
    return VERBORGEN_TEKST if verborgen or mark(deel, verborgen) is not Teken.GETAL else percent(deel, geheel)


def _average(som: int, aantal: int, verborgen: bool) -> Waarde:
    if verborgen or is_klein(aantal):
        return VERBORGEN_TEKST
    return tenths(som, aantal) if aantal else None
