"""What can be shown of one awarded line, norm by norm, with the euros of what cannot. Pure; amounts in cents, time in minutes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from berichten.beoordeling.besluit import DIENST
from berichten.dossier.contract import MINUUT, UUR
from berichten.kern.feit import Feit, tell_missing
from berichten.kern.rekenen import divide
from berichten.opslag.controle.controleregels import Controleregel
from berichten.rapporten.accountant.normen import NORM_VAN, NORM_VAN_FEIT, ONVERKLAARD, UREN_REGELS, Toetsnorm, Waarde

_UUR = 60


@dataclass(frozen=True, slots=True)
class Grond:
    """One thing that was found of a norm."""

    waarde: Waarde
    tekst: str
    """The second half of a Dutch sentence, with its numbers."""
    bedrag: int = 0
    """What of the line is wrong or uncertain by it."""
    regel: str | None = None


@dataclass(frozen=True, slots=True)
class Normoordeel:
    """What can be said of one norm of one line."""

    norm: Toetsnorm
    waarde: Waarde
    fout: int
    onzeker: int
    gronden: tuple[Grond, ...] = ()
    """All but `aangetoond` without a note, the worst first."""


@dataclass(frozen=True, slots=True)
class Regelverklaring:
    """Of one line: its four norms, and what of its amount counts as wrong and as uncertain, each cent once."""

    regel: Controleregel
    normen: Mapping[Toetsnorm, Normoordeel]

    @property
    def fout(self) -> int:
        """The line's amount at most, however many norms it breaks."""
        return min(self.regel.bedrag, sum(item.fout for item in self.normen.values()))

    @property
    def onzeker(self) -> int:
        """Of what is not wrong."""
        return min(self.regel.bedrag - self.fout, sum(item.onzeker for item in self.normen.values()))

    @property
    def waarde(self) -> Waarde:
        """The worst of its norms."""
        return max(item.waarde for item in self.normen.values())


@dataclass(slots=True)
class _Gevonden:
    per_norm: dict[Toetsnorm, list[Grond]] = field(default_factory=lambda: {norm: [] for norm in Toetsnorm})

    def add(self, norm: Toetsnorm, grond: Grond) -> None:
        self.per_norm[norm].append(grond)


@dataclass(frozen=True, slots=True)
class Dekking:
    """Up to where the goedkeurende controleverklaring of an aanbieder reaches: lines of its care year in this order (`key_of`)."""

    tot: tuple[date, str]
    verklaard_op: date


Dekkingen = Mapping[tuple[str, int], Dekking]
"""By AGB code and year of care."""


@dataclass(frozen=True, slots=True)
class Controlebasis:
    """What a verklaring goes by besides the line: what aanbieders had approved themselves, and what the gemeente asks."""

    dekkingen: Dekkingen = field(default_factory=dict)
    beschikking_vereist: bool = False
    """Whether a line without a decision over its days is uncertain."""
    niveau_vereist: bool = False
    """Whether a line with a level is uncertain where the family plan agrees on none."""


GEWOON = Controlebasis()


def key_of(begindatum: date, referentienummer: str) -> tuple[date, str]:
    """The order in which a verklaring of the aanbieder covers its lines."""
    return begindatum, referentienummer


@dataclass(frozen=True, slots=True)
class Herziening:
    """What the rules say of a line with today's facts, where that is not what they said: the whole stream handled once more."""

    wordt: str
    """`afgewezen`, `ter_beoordeling` or `toegekend`."""
    wordt_bedrag: int
    """Cents that they would award: nothing of what they reject or ask about."""
    regels: Sequence[str]
    """Rules that would find something."""


def explain(regel: Controleregel, basis: Controlebasis = GEWOON, herziening: Herziening | None = None) -> Regelverklaring:
    """What can be said of each norm of a line; with what a replay of its stream found of it, where that was done."""
    gevonden = _Gevonden()
    _add_findings(regel, gevonden)
    _add_missing(regel, gevonden, basis)
    _add_outside(regel, gevonden)
    _add_asked_back(regel, gevonden)
    _add_replayed(regel, herziening, gevonden)
    _add_delivery(regel, gevonden, _find_cover(regel, basis.dekkingen))
    return Regelverklaring(regel, {norm: _conclude(norm, regel.bedrag, gronden) for norm, gronden in gevonden.per_norm.items()})


def _conclude(norm: Toetsnorm, bedrag: int, gronden: Sequence[Grond]) -> Normoordeel:
    """Worst wins; what a norm finds wrong or uncertain is never more than the line, and what is wrong is not uncertain too."""
    geordend = tuple(sorted(gronden, key=lambda grond: -grond.waarde))
    fout = min(bedrag, sum(grond.bedrag for grond in gronden if grond.waarde is Waarde.FOUT))
    onzeker = min(bedrag - fout, sum(grond.bedrag for grond in gronden if grond.waarde is Waarde.ONZEKER))
    return Normoordeel(norm, geordend[0].waarde if geordend else Waarde.AANGETOOND, fout, onzeker, geordend)


def decided_by_person(regel: Controleregel) -> bool:
    """Whether somebody awarded it; the service itself does at a deadline, and then nobody looked."""
    return regel.besluit == "toekennen" and regel.besluit_door != DIENST


def _add_findings(regel: Controleregel, gevonden: _Gevonden) -> None:
    """Rules that were broken. Those on minutes are told with the records, unless a person decided."""
    mens = decided_by_person(regel)
    for item in regel.bevindingen:
        naam, gevolg = item["regel"], item["gevolg"]
        norm = NORM_VAN.get(naam, Toetsnorm.DECLARATIE)
        gevraagd = gevolg == "beoordelen"
        if mens and (gevraagd or naam in ONVERKLAARD or naam in UREN_REGELS):
            gevonden.add(norm, Grond(Waarde.BESLUIT, item["melding"], regel=naam))
        elif naam in UREN_REGELS:
            continue
        elif gevraagd or naam in ONVERKLAARD:
            gevonden.add(norm, Grond(Waarde.ONZEKER, item["melding"], regel.bedrag, naam))
        else:
            gevonden.add(norm, Grond(Waarde.AANGETOOND, item["melding"], regel=naam))


def _add_missing(regel: Controleregel, gevonden: _Gevonden, basis: Controlebasis) -> None:
    if basis.beschikking_vereist and not regel.beschikt:
        gevonden.add(Toetsnorm.RECHT, Grond(Waarde.ONZEKER, "er is geen beschikking geladen die deze dagen dekt", regel.bedrag))
    # Where the level itself is not known nothing was held against a plan.
    if basis.niveau_vereist and regel.zonder_feiten & (Feit.GEZINSPLAN | Feit.NIVEAU) == Feit.GEZINSPLAN:
        tekst = f"niet alles is te toetsen: {tell_missing(Feit.GEZINSPLAN)}"
        gevonden.add(Toetsnorm.OMVANG, Grond(Waarde.ONZEKER, tekst, regel.bedrag))
    for feit, norm in NORM_VAN_FEIT.items():
        if feit & regel.zonder_feiten:
            gevonden.add(norm, Grond(Waarde.ONZEKER, f"niet alles is te toetsen: {tell_missing(feit)}", regel.bedrag))


def _add_outside(regel: Controleregel, gevonden: _Gevonden) -> None:
    """A later version of its allocation no longer holds it: it would be rejected now."""
    if regel.buiten_sinds is not None:
        gevonden.add(
            Toetsnorm.RECHT, Grond(Waarde.FOUT, "een latere versie van de toewijzing dekt deze regel niet meer", regel.bedrag)
        )
    elif regel.buiten_reden:
        tekst = f"een latere versie van de toewijzing dekt deze regel niet meer, en dat is nagekeken: {regel.buiten_reden}"
        gevonden.add(Toetsnorm.RECHT, Grond(Waarde.BESLUIT, tekst))


def _add_asked_back(regel: Controleregel, gevonden: _Gevonden) -> None:
    """Of the norm of the rule that held the line, else of how it was billed."""
    if regel.teruggevraagd:
        norm = next((NORM_VAN.get(item["regel"], Toetsnorm.DECLARATIE) for item in regel.bevindingen), Toetsnorm.DECLARATIE)
        gevonden.add(norm, Grond(Waarde.FOUT, f"de regel is teruggevraagd: {regel.motivering}", regel.bedrag))


def _add_replayed(regel: Controleregel, herziening: Herziening | None, gevonden: _Gevonden) -> None:
    """What would be rejected now is wrong, whoever decided; what would be asked now is uncertain until somebody decided. Of what
    would be awarded, what stands awarded above that is wrong, whatever the rules said before."""
    if herziening is None:
        return
    norm = next((NORM_VAN.get(naam, Toetsnorm.DECLARATIE) for naam in herziening.regels), Toetsnorm.DECLARATIE)
    door = f" ({', '.join(herziening.regels)})" if herziening.regels else ""
    if herziening.wordt == "afgewezen":
        tekst = f"met de gegevens van nu zou de regel worden afgewezen{door}"
        gevonden.add(norm, Grond(Waarde.FOUT, tekst, regel.bedrag))
    elif herziening.wordt == "ter_beoordeling":
        mens = decided_by_person(regel)
        tekst = f"met de gegevens van nu zou de regel op een besluit wachten{door}{', en dat is genomen' if mens else ''}"
        gevonden.add(norm, Grond(Waarde.BESLUIT if mens else Waarde.ONZEKER, tekst, 0 if mens else regel.bedrag))
    elif (te_veel := regel.bedrag - herziening.wordt_bedrag) > 0:
        tekst = f"met de gegevens van nu zou minder worden toegekend{door}"
        gevonden.add(norm, Grond(Waarde.FOUT, tekst, te_veel))


@dataclass(frozen=True, slots=True)
class Minuten:
    """A line held against its records."""

    gedeclareerd: int
    geleverd: int
    """Client-bound minutes that other lines left of them; in whole hours for a line in hours."""

    @property
    def tekort(self) -> int:
        return max(0, self.gedeclareerd - self.geleverd)


def count_minutes(regel: Controleregel) -> Minuten | None:
    """None without records, or for what is not billed in time."""
    if not regel.verantwoord or regel.eenheid not in (MINUUT, UUR):
        return None
    gedeclareerd = regel.volume * (_UUR if regel.eenheid == UUR else 1)
    geleverd = regel.clientgebonden
    if regel.eenheid == UUR and geleverd:
        # Whole hours, and at least one for anything that was given (IV079).
        geleverd = max(1, (geleverd + _UUR // 2) // _UUR) * _UUR
    return Minuten(gedeclareerd, max(0, geleverd - regel.eerder_gedeclareerd))


def _add_delivery(regel: Controleregel, gevonden: _Gevonden, dekking: Dekking | None) -> None:
    if decided_by_person(regel) and any(item["regel"] in UREN_REGELS for item in regel.bevindingen):
        return
    grond = _lacking(regel)
    if grond is None:
        return
    if dekking is None:
        gevonden.add(Toetsnorm.LEVERING, grond)
    else:
        gevonden.add(Toetsnorm.LEVERING, Grond(Waarde.AANGETOOND, f"{grond.tekst}; {_tell_cover(dekking)}"))


def _tell_cover(dekking: Dekking) -> str:
    dag = dekking.verklaard_op
    return f"de goedkeurende controleverklaring van de aanbieder van {dag:%d-%m-%Y} dekt de regel"


def _lacking(regel: Controleregel) -> Grond | None:
    """What of the delivery is not recorded; a start (JW305) alone shows none."""
    if not regel.verantwoord:
        return Grond(Waarde.ONZEKER, tell_missing(Feit.VERANTWOORDING), regel.bedrag)
    minuten = count_minutes(regel)
    if minuten is None or not minuten.tekort:
        return None
    bedrag = divide(regel.bedrag * minuten.tekort, minuten.gedeclareerd)
    tekst = (
        f"van de {minuten.gedeclareerd} gedeclareerde minuten zijn er {minuten.geleverd} verantwoord; {minuten.tekort} ontbreken"
    )
    return Grond(Waarde.ONZEKER, tekst, bedrag)


def _find_cover(regel: Controleregel, dekkingen: Dekkingen) -> Dekking | None:
    dekking = dekkingen.get((regel.agb, regel.begindatum.year))
    if dekking is None or key_of(regel.begindatum, regel.referentienummer) > dekking.tot:
        return None
    return dekking


def find_reach(regels: Iterable[tuple[date, str, int]], bedrag: int) -> tuple[date, str] | None:
    """The last line that an approved amount reaches: begindatum, reference and amount of *all* lines of an aanbieder and care year.

    They are taken in their order (`key_of`), as long as their running sum is not more than the amount. None for not even one.
    """
    som, laatste = 0, None
    for begindatum, referentienummer, van_regel in sorted(regels, key=lambda item: key_of(item[0], item[1])):
        som += van_regel
        if som > bedrag:
            break
        laatste = key_of(begindatum, referentienummer)
    return laatste


@dataclass(frozen=True, slots=True)
class Moment:
    """When a fact that a verklaring rests on came to be known."""

    wat: str
    op: datetime | date


def list_moments(regel: Controleregel) -> list[Moment]:
    """In the order in which a line comes about."""
    momenten: list[tuple[str, Any]] = [
        ("toegewezen", regel.toegewezen_op),
        ("start gemeld vanaf", regel.start),
        ("declaratie ontvangen", regel.ontvangen_op),
        ("getoetst", regel.verwerkt_op),
        ("besloten", regel.besluit_op),
        ("geboekt", regel.geboekt_op),
        ("valt buiten de toewijzing sinds", regel.buiten_sinds),
    ]
    return [Moment(wat, op) for wat, op in momenten if op is not None]
