"""Puts the plan of a month into messages, in the order in which they are sent."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from berichten.kern import kalender
from berichten.voorbeelden.berichten.declaratie import Declaratiekop, write_jw323
from berichten.voorbeelden.berichten.factuur import Factuurkop, write_jw303
from berichten.voorbeelden.berichten.oude_zorg import new_factuurkop
from berichten.voorbeelden.berichten.regie import write_jw301, write_jw305, write_jw307
from berichten.voorbeelden.berichten.schrijver import Kop
from berichten.voorbeelden.model.leveringen import Administratie, Sleutel
from berichten.voorbeelden.model.model import GEMEENTE, GeplanteFout, Lijn, Nummering, Stadstoewijzing, Stop, Traject, Verwachting


@dataclass(frozen=True, slots=True)
class Concept:
    """A message that has no place in the sending order yet; its Verwachtingen name no file."""

    soort: str
    afzender: str
    identificatie: str
    inhoud: bytes
    verwachtingen: tuple[Verwachting, ...] = ()


@dataclass(slots=True)
class Samensteller:
    """Makes the messages of a town, month by month; remembers the heads of its declarations."""

    administratie: Administratie
    koppen: dict[Sleutel, Declaratiekop] = field(default_factory=dict)
    factuurkoppen: dict[Sleutel, Factuurkop] = field(default_factory=dict)

    def make_maand(self, maand: date) -> Iterator[Concept]:
        """Make the month's JW301s, JW305s, declarations (JW303 for care before 2021, else JW323) and JW307s, in that order."""
        trajecten, nummering = self.administratie.trajecten, self.administratie.nummering
        yield from make_toewijzingsberichten(trajecten, maand, nummering)
        yield from _make_startberichten(trajecten, maand, nummering)
        for sleutel in sorted(sleutel for sleutel in self.administratie.lijnen if sleutel[1] == maand):
            lijnen = self.administratie.lijnen[sleutel]
            oude, nieuwe = [lijn for lijn in lijnen if lijn.oud], [lijn for lijn in lijnen if not lijn.oud]
            if oude:
                yield self._make_factuur(sleutel, oude)
            if nieuwe:
                yield self._make_declaratie(sleutel, nieuwe)
        yield from _make_stopberichten(trajecten, maand, nummering)

    def _make_factuur(self, sleutel: Sleutel, lijnen: Sequence[Lijn]) -> Concept:
        kop = new_factuurkop(sleutel, self.administratie.nummering)
        self.factuurkoppen[sleutel] = kop
        return make_factuur(kop, lijnen, tuple(expect(lijn.fout, lijn) for lijn in lijnen if lijn.fout))

    def _make_declaratie(self, sleutel: Sleutel, lijnen: Sequence[Lijn]) -> Concept:
        kop = new_declaratiekop(sleutel, self.administratie.nummering)
        self.koppen[sleutel] = kop
        return make_declaratie(kop, lijnen, tuple(expect(lijn.fout, lijn) for lijn in lijnen if lijn.fout))


def expect(fout: GeplanteFout, lijn: Lijn | None = None, toewijzingnummer: int | None = None) -> Verwachting:
    """Tell what should become of a mistake, at this line or allocation number if it is at one."""
    return Verwachting(
        bestand="",
        fout=fout.naam,
        regels=(fout.regel,),
        niveau=fout.niveau,
        klasse=fout.klasse,
        retourcode=fout.retourcode,
        uitkomst=fout.uitkomst,
        referentienummer=lijn.referentie if lijn else None,
        toewijzingnummer=lijn.nummer if lijn else toewijzingnummer,
    )


def new_declaratiekop(sleutel: Sleutel, nummering: Nummering) -> Declaratiekop:
    """Make the head of a declaration that is sent in the first working days of the next month."""
    agb, maand = sleutel
    dagtekening = kalender.add_werkdagen(kalender.einde_of_maand(maand), 3 + int(agb) % 3)
    kop = Kop(agb, nummering.new_identificatie(), dagtekening)
    return Declaratiekop(kop, nummering.new_declaratienummer(), maand, dagtekening)


def make_declaratie(kop: Declaratiekop, lijnen: Sequence[Lijn], verwachtingen: tuple[Verwachting, ...]) -> Concept:
    """Make a JW323."""
    return Concept("JW323", kop.kop.agb, kop.kop.identificatie, write_jw323(kop, lijnen), verwachtingen)


def make_factuur(kop: Factuurkop, lijnen: Sequence[Lijn], verwachtingen: tuple[Verwachting, ...]) -> Concept:
    """Make a JW303. Its number plays the part of the Identificatie that other messages have."""
    return Concept("JW303", kop.agb, kop.nummer, write_jw303(kop, lijnen), verwachtingen)


def make_toewijzingsberichten(trajecten: Iterable[Traject], maand: date, nummering: Nummering) -> Iterator[Concept]:
    """Make the JW301s of a month: each with everything current and changed for a client and provider (OP087)."""
    for (_, agb), groep in _by_client(trajecten).items():
        nieuw = [versie for traject in groep for vanaf, versie in traject.versies if vanaf == maand]
        if nieuw:
            dagtekening = max(versie.toewijzingsdatum for versie in nieuw)
            bekend = [traject.get_versie(maand) for traject in groep if traject.versies[0][0] <= maand]
            inhoud = [versie for versie in bekend if versie in nieuw or is_actueel(versie, dagtekening)]
            kop = Kop(agb, nummering.new_identificatie(), dagtekening)
            yield Concept("JW301", GEMEENTE, kop.identificatie, write_jw301(kop, inhoud))


def is_actueel(toewijzing: Stadstoewijzing, dag: date) -> bool:
    """Tell whether the allocation holds on or after `dag` and was not removed (OP087)."""
    return toewijzing.reden != "13" and (toewijzing.einddatum is None or toewijzing.einddatum >= dag)


def _by_client(trajecten: Iterable[Traject]) -> dict[tuple[str, str], list[Traject]]:
    groepen: dict[tuple[str, str], list[Traject]] = {}
    for traject in trajecten:
        groepen.setdefault((traject.eerste.persoon.bsn, traject.eerste.agb), []).append(traject)
    return groepen


def _make_startberichten(trajecten: Iterable[Traject], maand: date, nummering: Nummering) -> Iterator[Concept]:
    for (_, agb), groep in _by_client(trajecten).items():
        starts = [(traject.get_versie(maand), start) for traject in groep for start in traject.starts if _lies_in(start, maand)]
        if starts:
            kop = _regiekop(agb, (start for _, start in starts), nummering)
            yield Concept("JW305", agb, kop.identificatie, write_jw305(kop, starts))


def _make_stopberichten(trajecten: Iterable[Traject], maand: date, nummering: Nummering) -> Iterator[Concept]:
    for (_, agb), groep in _by_client(trajecten).items():
        stops: list[tuple[Stadstoewijzing, Stop]] = [
            (traject.get_versie(maand), stop) for traject in groep for stop in traject.stops if _lies_in(stop.einddatum, maand)
        ]
        if stops:
            kop = _regiekop(agb, (stop.einddatum for _, stop in stops), nummering)
            yield Concept("JW307", agb, kop.identificatie, write_jw307(kop, stops))


def _lies_in(dag: date, maand: date) -> bool:
    return kalender.begin_of_maand(dag) == maand


def _regiekop(agb: str, dagen: Iterable[date], nummering: Nummering) -> Kop:
    """Starts and stops are told two working days after the last of them, within the five of OP271 and OP272."""
    return Kop(agb, nummering.new_identificatie(), kalender.add_werkdagen(max(dagen), 2))
