"""Load the budget of a gemeente, and the days on which its quarterly reports are made. All of a file, or nothing.

Both are CSV files (semicolon, UTF-8) or workbooks, with amounts in whole cents:

    begroting: gemeente;jaar;segment;maand;bedrag;soort;vastgesteld_op;besluit
    kalender:  gemeente;document;periode;peildatum;gereed_op

What is loaded is never deleted; a later row of the same key takes its place from then on.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from berichten.opslag.kwartaal.begrotingen import (
    BEGROTING,
    KALENDER,
    Begrotingsregel,
    add_begroting,
    add_kalender,
    list_begroting,
    list_segmenten,
)
from berichten.opslag.kwartaal.kwartaalrapporten import list_rapporten, lock_kwartaal
from berichten.opslag.referentie.referentie import Doeltabel
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.kwartaal.kies_ritme import RITMEWOORDEN, find_ritme
from berichten.processen.referentie.opgave import Geladen, Opgavesoort, load_opgave
from berichten.processen.referentie.rijen import Fouten, Rij
from berichten.processen.referentie.soorten import Bestandskolom, Bestandsoort
from berichten.processen.referentie.waarden import (
    OnjuisteWaarde,
    read_aantal,
    read_datum,
    read_gemeente,
    read_keuze,
    read_saldo,
    read_tekst,
)
from berichten.rapporten.boeken.periode import Vraagfout
from berichten.rapporten.monitor.tabel1 import SEGMENTEN
from berichten.rapporten.sturen.kwartaalbegroting import HEEL_JAAR
from berichten.rapporten.sturen.kwartaalperiode import read_kwartaal
from berichten.standaard.uitleg.waarde import show

UITVOERING = "BBR uitvoering"
"""In place of a segment: what the region's team for this costs, which no message has [STUREN 6]."""
PRIMITIEF = "primitief"
"""The first budget of a year; what is decided on it later is a `wijziging` of it."""
_GEMEENTE = Bestandskolom("gemeente", read_gemeente, cijfers=4)


def _read_periode(tekst: str) -> str:
    try:
        return read_kwartaal(tekst).naam
    except Vraagfout as fout:
        raise OnjuisteWaarde(f'is "{tekst[:20]}". Schrijf een kwartaal als 2026-Q2 of vier maanden als 2026-T2.') from fout


def _judge_bedrag(rij: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    if rij["soort"] == PRIMITIEF and rij["bedrag"] < 0:
        yield "bedrag", "is negatief. Alleen een wijziging kan iets van de begroting af halen."


def _judge_dagen(rij: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    periode = read_kwartaal(rij["periode"])
    if rij["peildatum"] <= periode.tot:
        yield "peildatum", f"is {rij['peildatum']}. Kies een dag na het einde van {periode.naam}."
    if rij["gereed_op"] < rij["peildatum"]:
        yield "gereed_op", f"is {rij['gereed_op']}, en dat is voor de peildatum. Kies een latere dag."


_BEGROTINGSBESTAND = Bestandsoort(
    "begroting",
    (
        _GEMEENTE,
        Bestandskolom("jaar", read_aantal(2015, 2100)),
        Bestandskolom("segment", read_tekst(40), leeg=""),
        Bestandskolom("maand", read_aantal(1, 12), leeg=HEEL_JAAR),
        Bestandskolom("bedrag", read_saldo(13)),
        Bestandskolom("soort", read_keuze(PRIMITIEF, "wijziging")),
        Bestandskolom("vastgesteld_op", read_datum),
        Bestandskolom("besluit", read_tekst(200)),
    ),
    Doeltabel("begroting", BEGROTING, tuple(naam for naam in BEGROTING if naam != "bedrag"), None, None),
    toets=_judge_bedrag,
)
_KALENDERBESTAND = Bestandsoort(
    "kalender",
    (
        _GEMEENTE,
        Bestandskolom("document", read_keuze("kwartaalrapport")),
        Bestandskolom("periode", _read_periode),
        Bestandskolom("peildatum", read_datum),
        Bestandskolom("gereed_op", read_datum),
    ),
    Doeltabel("kalender", KALENDER, ("gemeente", "document", "periode"), None, None),
    toets=_judge_dagen,
)


def _check_segmenten(verbinding: Connection, rijen: Sequence[Rij], fouten: Fouten) -> None:
    """A segment of the region's report or of the gemeente's own catalogue; a typing error would be a budget of its own."""
    for gemeente in sorted({rij[0] for rij in rijen}):
        bekend = [*SEGMENTEN, *(item for item in list_segmenten(verbinding, gemeente) if item not in SEGMENTEN), UITVOERING]
        for rij in rijen:
            if rij[0] == gemeente and rij[2] not in bekend:
                keuzen = ", ".join(item for item in bekend if item)
                melding = f'Kolom segment is "{show(rij[2])}". Kies uit: {keuzen}; of laat het leeg voor wat niet is verdeeld.'
                fouten.add("segment", melding, rij[-1])


def _check_begroting(verbinding: Connection, rijen: Sequence[Rij], fouten: Fouten, nu: datetime) -> None:
    """Among these and beside what is loaded; an amount of 0 is none."""
    _check_segmenten(verbinding, rijen, fouten)
    staat = _list_staand(verbinding, rijen, nu)
    _check_manier(staat, rijen, fouten)
    _check_primitief(staat, rijen, fouten)
    _check_wijziging(staat, rijen, fouten)


def _list_staand(verbinding: Connection, rijen: Sequence[Rij], nu: datetime) -> list[tuple[str, Begrotingsregel]]:
    """What is loaded of these years with its gemeente, and is not replaced by one of these rows."""
    sleutels = {tuple(rij[plek] for plek in (0, 1, 2, 3, 5, 6, 7)) for rij in rijen}
    staat = []
    for gemeente in sorted({rij[0] for rij in rijen}):
        jaren = sorted({rij[1] for rij in rijen if rij[0] == gemeente})
        for regel in list_begroting(verbinding, gemeente, jaren, nu):
            sleutel = (gemeente, regel.jaar, regel.segment, regel.maand, regel.soort, regel.vastgesteld_op, regel.besluit)
            if regel.bedrag and sleutel not in sleutels:
                staat.append((gemeente, regel))
    return staat


def _check_manier(staat: Sequence[tuple[str, Begrotingsregel]], rijen: Sequence[Rij], fouten: Fouten) -> None:
    """Of one segment and year by month or by year."""
    hoe: defaultdict[tuple[str, int, str], set[bool]] = defaultdict(set)
    for gemeente, regel in staat:
        hoe[gemeente, regel.jaar, regel.segment].add(regel.maand == HEEL_JAAR)
    for rij in rijen:
        if rij[4]:
            manieren = hoe[rij[0], rij[1], rij[2]]
            manieren.add(rij[3] == HEEL_JAAR)
            if len(manieren) > 1:
                wat = _name_segment(rij[2])
                melding = f"De begroting van {rij[1]} voor {wat} is deels per maand en deels per jaar. Kies een van beide."
                fouten.add("maand", melding, rij[-1])


def _check_primitief(staat: Sequence[tuple[str, Begrotingsregel]], rijen: Sequence[Rij], fouten: Fouten) -> None:
    """One first budget for each month (or the year) of a segment: a second decision would be added to it, and double it."""
    eerste = {
        (gemeente, regel.jaar, regel.segment, regel.maand): (regel.vastgesteld_op, regel.besluit)
        for gemeente, regel in staat
        if regel.soort == PRIMITIEF
    }
    for gemeente, jaar, segment, maand, bedrag, soort, vastgesteld_op, besluit, regelnummer in rijen:
        if soort != PRIMITIEF or not bedrag:
            continue
        dag, naam = eerste.setdefault((gemeente, jaar, segment, maand), (vastgesteld_op, besluit))
        if (dag, naam) != (vastgesteld_op, besluit):
            welke = f"{jaar}" if maand == HEEL_JAAR else f"maand {maand} van {jaar}"
            melding = (
                f"Voor {_name_segment(segment)} is er al een primitieve begroting van {welke}: besluit {show(naam)} van {dag}. Is"
                " het bedrag veranderd, laad dan een wijziging met alleen het verschil. Was het bedrag fout, laad dan de regel"
                f" opnieuw met vastgesteld_op {dag} en besluit {show(naam)}. Was dat besluit zelf fout, laad die regel dan eerst"
                " met bedrag 0."
            )
            fouten.add("besluit", melding, regelnummer)


def _check_wijziging(staat: Sequence[tuple[str, Begrotingsregel]], rijen: Sequence[Rij], fouten: Fouten) -> None:
    """A change of the same day and amount under another name is the same one, as far as anybody can tell."""
    eerste = {
        (gemeente, regel.jaar, regel.segment, regel.maand, regel.vastgesteld_op, regel.bedrag): regel.besluit
        for gemeente, regel in staat
        if regel.soort != PRIMITIEF
    }
    for gemeente, jaar, segment, maand, bedrag, soort, vastgesteld_op, besluit, regelnummer in rijen:
        if soort == PRIMITIEF or not bedrag:
            continue
        naam = eerste.setdefault((gemeente, jaar, segment, maand, vastgesteld_op, bedrag), besluit)
        if naam != besluit:
            melding = (
                f"Voor {_name_segment(segment)} is er al een wijziging van {vastgesteld_op} met dit bedrag: besluit {show(naam)}."
                f" Is het dezelfde, laat deze regel dan weg. Zijn het er twee, laad dan de regel van besluit"
                f" {show(naam)} opnieuw, met het bedrag van beide samen, en laat deze weg. Is besluit"
                f" {show(besluit)} al geladen, geef het dan bedrag 0."
            )
            fouten.add("besluit", melding, regelnummer)


def _name_segment(segment: str) -> str:
    return f"segment {show(segment)}" if segment else "wat niet is verdeeld"


def _check_ritme(verbinding: Connection, rijen: Sequence[Rij], fouten: Fouten, nu: datetime) -> None:
    ritmes = {}
    for gemeente in sorted({rij[0] for rij in rijen}):
        koppen = list_rapporten(verbinding, gemeente)
        for jaar in {rij[2][:4] for rij in rijen if rij[0] == gemeente}:
            ritmes[gemeente, jaar] = find_ritme(verbinding, gemeente, int(jaar), koppen, nu)
    for rij in rijen:
        ritme = ritmes[rij[0], rij[2][:4]]
        if rij[2][5] != ritme:
            melding = (
                f"Kolom periode is {rij[2]}. Over {rij[2][:4]} rapporteert uw gemeente per {RITMEWOORDEN[ritme]} ({ritme}). Kies"
                " zo'n periode, of stel het ritme van dat jaar anders in."
            )
            fouten.add("periode", melding, rij[-1])


_BEGROTING = Opgavesoort(_BEGROTINGSBESTAND, "begroting", add_begroting, _check_begroting, lock=lock_kwartaal)
_KALENDER = Opgavesoort(_KALENDERBESTAND, "kalender", add_kalender, _check_ritme, lock=lock_kwartaal)


def load_begroting(werkplaats: Werkplaats, inhoud: bytes, door: str, gemeente: str | None = None) -> Geladen:
    """Load a budget and changes of it. A segment of a year has its budget by month or by year, not both."""
    return load_opgave(werkplaats, _BEGROTING, inhoud, door, gemeente)


def load_kalender(werkplaats: Werkplaats, inhoud: bytes, door: str, gemeente: str | None = None) -> Geladen:
    """Load when reports are made. A gemeente reports a year by quarters or by four months, not both."""
    return load_opgave(werkplaats, _KALENDER, inhoud, door, gemeente)


OPGAVEN: dict[str, Callable[[Werkplaats, bytes, str], Geladen]] = {"begroting": load_begroting, "kalender": load_kalender}
"""By the name with which they are loaded."""
