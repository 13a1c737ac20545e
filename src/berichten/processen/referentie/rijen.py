"""The rows of a reference file: every value read, every row judged, and the rows of a file held against each other."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from operator import itemgetter
from typing import Any

from berichten.fouten import Invoerfout
from berichten.kern.tekst import datum, getal
from berichten.processen.referentie.bestand import Blad
from berichten.processen.referentie.soorten import VERPLICHT, Bestandskolom, Bestandsoort
from berichten.processen.referentie.waarden import Lezing, OnjuisteWaarde
from berichten.processen.referentie.werkmap import OnleesbareCel
from berichten.standaard.uitleg.waarde import show

Rij = tuple[Any, ...]
"""The values of a line in the order of the columns, and last its line number."""
Voortgang = Callable[[str, int, int], None]
"""Is told the step at hand, how many lines of it are done, and of how many."""

MEESTE_FOUTEN = 1000
GENOEG_FOUTEN = 10_000
"""After so many faults the rest of a file is not read: each costs more than a line that is right."""
STAP = 1000
_ONLEESBAAR = "\N{REPLACEMENT CHARACTER}"


@dataclass(slots=True)
class Fouten:
    """The first thousand faults, and how many there are: a file that is wrong on every line must not fill the memory."""

    soort: str
    gevonden: list[Invoerfout] = field(default_factory=list)
    totaal: int = 0

    def add(self, kolom: str, melding: str, nummer: int) -> None:
        """One fault; `kolom` empty when it concerns the whole line."""
        self.totaal += 1
        if len(self.gevonden) < MEESTE_FOUTEN:
            self.gevonden.append(Invoerfout(kolom, self.soort, melding, nummer))

    def take(self, fout: Invoerfout) -> None:
        """One fault as it is, of a file that cannot be read at all."""
        self.totaal += 1
        self.gevonden.append(fout)

    def ordered(self) -> list[Invoerfout]:
        return sorted(self.gevonden, key=lambda fout: fout.regelnummer or 0)


def read_rows(soort: Bestandsoort, blad: Blad, fouten: Fouten, meld: Voortgang) -> list[Rij]:
    """The rows that are right in themselves, none of a file with more faults than help anybody. Empty lines are passed over; line
    numbers are those of the file.
    """
    rijen: list[Rij] = []
    lezers = [(kolom.naam, _reader(kolom)) for kolom in soort.kolommen]
    judge = _judge_of(soort)
    totaal = blad.eerste + len(blad.regels) - 1
    for nummer, regel in enumerate(blad.regels, blad.eerste):
        if nummer % STAP == 0:
            meld("Lezen", nummer, totaal)
        if fouten.totaal >= GENOEG_FOUTEN:
            melding = f"Vanaf deze regel is niet verder gelezen: er zijn al {getal(fouten.totaal)} fouten. Herstel eerst die."
            fouten.take(Invoerfout("", soort.naam, melding, nummer))
            return []
        velden = blad.split(regel) if regel else []
        if isinstance(velden, str):
            fouten.add("", velden, nummer)
            continue
        rij = _read_row(lezers, velden, nummer, fouten)
        if rij is not None and judge(rij, fouten):
            rijen.append(rij)
    meld("Lezen", totaal, totaal)
    return rijen


def _reader(kolom: Bestandskolom) -> Lezing:
    """Reads a value as it stands in the file. Remembers answers: a file holds few different values, many thousand times."""

    def read(tekst: str) -> Any:
        if tekst != tekst.strip():
            raise OnjuisteWaarde(f'begint of eindigt met een spatie: "{show(tekst)}". Haal die weg.')
        if not tekst.isprintable() or _ONLEESBAAR in tekst:
            raise OnjuisteWaarde(f'bevat een onleesbaar teken: "{show(tekst)}". Typ de waarde opnieuw.')
        if tekst:
            return kolom.lees(tekst)
        if kolom.leeg is VERPLICHT:
            raise OnjuisteWaarde("is leeg. Vul een waarde in.")
        return kolom.leeg

    return lru_cache(maxsize=4096)(read)


def _read_row(lezers: Sequence[tuple[str, Lezing]], velden: list[str], nummer: int, fouten: Fouten) -> Rij | None:
    if not velden:
        return None
    waarden, goed = [], True
    for (naam, lees), veld in zip(lezers, velden, strict=True):
        try:
            if isinstance(veld, OnleesbareCel):
                raise OnjuisteWaarde(veld)
            waarden.append(lees(veld))
        except OnjuisteWaarde as fout:
            fouten.add(naam, f"Kolom {naam} {fout}", nummer)
            goed = False
    return (*waarden, nummer) if goed else None


def _judge_of(soort: Bestandsoort) -> Callable[[Rij, Fouten], bool]:
    """Judges the values of a row together: its period, and what its kind asks; tells whether it is right."""
    namen = [kolom.naam for kolom in soort.kolommen]
    van, tot = (namen.index(naam) if naam else None for naam in (soort.tabel.van, soort.tabel.tot))

    def judge(rij: Rij, fouten: Fouten) -> bool:
        eerder = fouten.totaal
        if van is not None and tot is not None and rij[tot] is not None and rij[tot] < rij[van]:
            melding = f"Kolom {namen[tot]} ligt vóór {namen[van]}: {rij[tot]} en {rij[van]}. Verbeter een van beide."
            fouten.add(namen[tot], melding, rij[-1])
        if soort.toets:
            for kolom, melding in soort.toets(dict(zip(namen, rij, strict=False))):
                fouten.add(kolom, f"Kolom {kolom} {melding}", rij[-1])
        return fouten.totaal == eerder

    return judge


def check_codes(
    soort: Bestandsoort, rijen: Sequence[Rij], kolom: str, codes: Mapping[str, set[str]], raad: str, fouten: Fouten
) -> None:
    """Name every row whose code in `kolom` is not among those of its gemeente; a gemeente without codes knows no wrong one."""
    plaats = [item.naam for item in soort.kolommen].index(kolom)
    for rij in rijen:
        bekend = codes.get(rij[0])
        if bekend is not None and rij[plaats] and rij[plaats] not in bekend:
            melding = raad.format(gemeente=rij[0])
            fouten.add(kolom, f'Kolom {kolom} is "{show(rij[plaats])}". {melding}', rij[-1])


def check_together(soort: Bestandsoort, rijen: Sequence[Rij], fouten: Fouten) -> None:
    """Name every row that says something of what another row of the file speaks of too: the same key, or overlapping periods."""
    tabel = soort.tabel
    namen = [kolom.naam for kolom in soort.kolommen]
    if soort.contacten:
        _check_contacten(namen, rijen, fouten)
        return
    wie = itemgetter(*(namen.index(naam) for naam in tabel.identiteit))
    groepen: dict[Any, list[Rij]] = {}
    for rij in rijen:
        groepen.setdefault(wie(rij), []).append(rij)
    periode = itemgetter(namen.index(tabel.van), namen.index(tabel.tot)) if tabel.van and tabel.tot else None
    for groep in groepen.values():
        if len(groep) > 1:
            _check_group(soort, groep, periode, fouten)


def _check_contacten(namen: Sequence[str], rijen: Sequence[Rij], fouten: Fouten) -> None:
    """Equal records are two contacts, unless they have the same number: then one was sent twice, or a number was used twice."""
    nummer, waar = namen.index("contactnummer"), itemgetter(*(namen.index(naam) for naam in _WAAR))
    gezien: dict[tuple[Any, ...], Rij] = {}
    for rij in rijen:
        if not rij[nummer]:
            continue
        eerste = gezien.setdefault((*rij[:2], rij[nummer]), rij)
        if eerste is rij:
            continue
        if waar(eerste) != waar(rij):
            melding = f"Contactnummer {show(rij[nummer])} staat op regel {eerste[-1]} bij een andere regel of dag. Geef elk contact"
            fouten.add("contactnummer", f"{melding} een eigen nummer.", rij[-1])
        elif eerste[:-1] == rij[:-1]:
            melding = f"Contactnummer {show(rij[nummer])} staat met dezelfde gegevens op regel {eerste[-1]}."
            fouten.add("contactnummer", f"{melding} Haal een van beide weg, of geef elk contact een eigen nummer.", rij[-1])


_WAAR = ("referentienummer", "toewijzingnummer", "maand", "datum")
"""What all records of one contactnummer have in common."""


def _check_group(soort: Bestandsoort, groep: list[Rij], periode: Callable[[Rij], Any] | None, fouten: Fouten) -> None:
    """Rows of one identity. In the order of their first days, each is held against the one before it that lasts longest."""
    for dubbel, eerste in _list_doubles(groep, periode):
        fouten.add(", ".join(soort.tabel.sleutel), _double_fault(soort, dubbel, eerste), dubbel[-1])
    if periode is None:
        return
    uniek = {periode(rij)[0]: rij for rij in reversed(groep)}
    langste: Rij | None = None
    for van in sorted(uniek):
        rij = uniek[van]
        if langste is not None and van <= (periode(langste)[1] or date.max):
            _add_overlap(soort, langste, rij, van, fouten)
        if langste is None or (periode(rij)[1] or date.max) > (periode(langste)[1] or date.max):
            langste = rij


def _list_doubles(groep: list[Rij], periode: Callable[[Rij], Any] | None) -> Iterator[tuple[Rij, Rij]]:
    gezien: dict[Any, Rij] = {}
    for rij in groep:
        eerste = gezien.setdefault(periode(rij)[0] if periode else None, rij)
        if eerste is not rij:
            yield rij, eerste


def _double_fault(soort: Bestandsoort, dubbel: Rij, eerste: Rij) -> str:
    if dubbel[:-1] == eerste[:-1]:
        return f"Deze regel is gelijk aan regel {eerste[-1]}. Haal een van beide weg."
    sleutel = ", ".join(soort.tabel.sleutel)
    return f"Regel {eerste[-1]} heeft dezelfde {sleutel}, met iets anders erbij. Maak er één regel van."


def _add_overlap(soort: Bestandsoort, vroeg: Rij, laat: Rij, van: date, fouten: Fouten) -> None:
    begin, eind = soort.tabel.van or "", soort.tabel.tot or ""
    nummer, ander = max(vroeg[-1], laat[-1]), min(vroeg[-1], laat[-1])
    dag = datum(van - timedelta(days=1))
    melding = (
        f"De periode overlapt met die van regel {ander}. Geef regel {vroeg[-1]} als {eind} uiterlijk {dag},"
        f" of verbeter de {begin} van regel {laat[-1]}."
    )
    fouten.add(begin, melding, nummer)
