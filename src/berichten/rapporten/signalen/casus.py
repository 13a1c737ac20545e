"""Signals on the care of one family (M32), each a sentence with its numbers, and for whom each is. Pure.

Who has the regie over a part of the care only is told what is so, without numbers that are another's.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from berichten.kern.taal import telling
from berichten.kern.tekst import datum, euro, maand
from berichten.opslag.signalen.casusbronnen import Bredecasus, Durecasus, Herindicatie
from berichten.rapporten.ingesteld.instelstand import STANDAARD, Instelstand
from berichten.rapporten.signalen.casustrajecten import Duurtraject, Langtraject
from berichten.rapporten.signalen.drempels import percent_text


@dataclass(frozen=True, slots=True)
class Casusgrenzen:
    """When a signal is one. Cents, tenths of percents, days and counts."""

    kader_promille: int
    """Of L1: so much of what its frame allows."""
    duur: int
    """Of L2, over twelve months."""
    keer: int
    """Of L3: so many times the middle one,"""
    minste_trajecten: int
    """of at least so many courses."""
    herindicatie_dagen: int
    evaluatie_dagen: int
    """Of L4: begun so many days from the end of another, without an evaluation in so many days before."""
    aanbieders: int
    """Of L5, in a month."""
    zeer_duur: int
    """Of L6, in a calendar year."""
    antwoord_dagen: int
    """Within which an answer is asked."""

    @classmethod
    def of(cls, stand: Instelstand) -> "Casusgrenzen":
        """As the gemeente set them."""
        return cls(
            kader_promille=stand.number("casus_kader"), duur=stand.number("casus_duur"), keer=stand.number("casus_keer"),
            minste_trajecten=stand.number("casus_trajecten"), herindicatie_dagen=stand.number("casus_herindicatie"),
            evaluatie_dagen=stand.number("casus_evaluatie"), aanbieders=stand.number("casus_aanbieders"),
            zeer_duur=stand.number("casus_zeer_duur"), antwoord_dagen=stand.number("casus_antwoord"),
        )  # fmt: skip


GEWONE_GRENZEN = Casusgrenzen.of(STANDAARD)
CASUSTITELS = {
    "L1": "Traject tegen of over het kader",
    "L2": "Dure hulp in twaalf maanden",
    "L3": "Traject veel duurder dan gewoon",
    "L4": "Opnieuw toegewezen zonder evaluatie",
    "L5": "Veel aanbieders tegelijk",
    "L6": "Zeer dure hulp in een jaar",
}
"""By signal, what it is called."""
ANTWOORDEN = {
    "passend": "De hulp past",
    "evaluatie_gepland": "Er is een evaluatie gepland",
    "afgeschaald": "De hulp is lichter gemaakt",
    "beeindigd": "De hulp is of wordt beëindigd",
    "geen_regie": "Dit gezin is niet (meer) van ons team",
}
"""What one can answer, in words."""
CONTRACTBEHEER = ""
"""For whom it is that nobody has the regie over, or nobody over all of it."""


@dataclass(frozen=True, slots=True)
class Casussignaal:
    """What stands out in the care of a client, by its allocations."""

    soort: str
    bsn: str
    sleutel: str
    """What it is about, where a client may have more of a kind."""
    toewijzingen: tuple[int, ...]
    zin: str
    deel: str
    """The same for who has the regie over a part: nothing of the rest can be read from it."""


def signal_lang(rijen: Iterable[Langtraject], grenzen: Casusgrenzen = GEWONE_GRENZEN) -> Iterator[Casussignaal]:
    """L1."""
    deel = "Een traject van deze cliënt duurt bijna zo lang als het kader toestaat, of langer."
    for rij in rijen:
        tot = [
            f"{gebruikt} van de {meeste} {wat} ({percent_text(gebruikt, meeste)})"
            for gebruikt, meeste, wat in (
                (rij.maanden, rij.meeste_maanden, "maanden"),
                (rij.minuten, rij.meeste_minuten, "minuten"),
            )
            if meeste is not None and 1000 * gebruikt >= grenzen.kader_promille * meeste
        ]
        if tot:
            zin = f"Het traject in kader {rij.kader} begon in {maand(rij.eerste)} en is op {' en '.join(tot)}."
            yield Casussignaal("L1", rij.bsn, f"{rij.agb} {rij.kader} {rij.eerste:%Y-%m}", tuple(rij.nummers), zin, deel)


def signal_duur(
    rijen: Iterable[Durecasus], soort: str, van: date, tot: date, grenzen: Casusgrenzen = GEWONE_GRENZEN
) -> Iterator[Casussignaal]:
    """L2 over twelve months, L6 over a calendar year."""
    grens, sleutel = (grenzen.duur, "") if soort == "L2" else (grenzen.zeer_duur, str(van.year))
    periode = f"Van {datum(van)} tot en met {datum(tot)} is"
    for rij in rijen:
        if rij.bedrag > grens:
            zin = f"{periode} {euro(rij.bedrag)} toegekend; de grens is {euro(grens)}."
            deel = f"{periode} bij alle aanbieders samen meer dan {euro(grens)} toegekend."
            yield Casussignaal(soort, rij.bsn, sleutel, tuple(rij.nummers), zin, deel)


def signal_traject_duur(rijen: Iterable[Duurtraject], grenzen: Casusgrenzen = GEWONE_GRENZEN) -> Iterator[Casussignaal]:
    """L3. The middle amount is what the care of another family cost, so it is not told."""
    for rij in rijen:
        if rij.aantal >= grenzen.minste_trajecten and rij.bedrag > grenzen.keer * rij.midden:
            meer = f"meer dan {grenzen.keer} keer wat het middelste van {rij.aantal} trajecten kostte"
            zin = f"Het traject {rij.zorgvorm} begon in {maand(rij.eerste)} en kostte {euro(rij.bedrag)}, {meer}."
            deel = f"Een traject van deze cliënt kostte {meer}."
            sleutel = f"{rij.agb} {rij.segment} {rij.zorgvorm} {rij.eerste:%Y-%m}"
            yield Casussignaal("L3", rij.bsn, sleutel, tuple(rij.nummers), zin, deel)


def signal_herindicatie(rijen: Iterable[Herindicatie], grenzen: Casusgrenzen = GEWONE_GRENZEN) -> Iterator[Casussignaal]:
    """L4."""
    niet = f"in de {grenzen.evaluatie_dagen} dagen ervoor is geen evaluatie gehouden."
    for rij in rijen:
        zin = f"Toewijzing {rij.nummer} begon op {datum(rij.ingangsdatum)} en volgt op {rij.vorige}; {niet}"
        deel = f"Een toewijzing van deze cliënt volgt op een andere; {niet}"
        yield Casussignaal("L4", rij.bsn, str(rij.nummer), (rij.nummer, rij.vorige), zin, deel)


def signal_breed(rijen: Iterable[Bredecasus], grenzen: Casusgrenzen = GEWONE_GRENZEN) -> Iterator[Casussignaal]:
    """L5; of a client with more such months the last."""
    laatste: dict[str, Bredecasus] = {}
    for rij in rijen:
        if rij.aanbieders >= grenzen.aanbieders and (rij.bsn not in laatste or rij.maand > laatste[rij.bsn].maand):
            laatste[rij.bsn] = rij
    deel = f"In een maand van de laatste twaalf was er hulp van {grenzen.aanbieders} of meer aanbieders."
    for bsn, rij in sorted(laatste.items()):
        zin = f"In {maand(rij.maand)} was er hulp van {telling(rij.aanbieders, 'aanbieder', 'aanbieders')}."
        yield Casussignaal("L5", bsn, "", tuple(rij.nummers), zin, deel)


@dataclass(frozen=True, slots=True)
class Bestemd:
    """A signal as one party gets it: with its own allocations, and the sentence that it may read."""

    team: str
    """`CONTRACTBEHEER` for contract management."""
    soort: str
    bsn: str
    sleutel: str
    toewijzingen: tuple[int, ...]
    zin: str

    @property
    def over(self) -> tuple[str, str, str]:
        """What it is about, whoever gets it."""
        return self.soort, self.bsn, self.sleutel


def address(signaal: Casussignaal, teams: Mapping[int, str]) -> list[Bestemd]:
    """For whom a signal is; `teams` by allocation, of those that one has the regie over.

    A team that has all allocations gets it whole. Else each team gets its part, and contract management the whole.
    """
    per_team: dict[str, list[int]] = defaultdict(list)
    for nummer in signaal.toewijzingen:
        per_team[teams.get(nummer, CONTRACTBEHEER)].append(nummer)
    over = (signaal.soort, signaal.bsn, signaal.sleutel)
    if len(per_team) == 1:
        [team] = per_team
        return [Bestemd(team, *over, signaal.toewijzingen, signaal.zin)]
    delen = [Bestemd(team, *over, tuple(nummers), signaal.deel) for team, nummers in sorted(per_team.items()) if team]
    return [Bestemd(CONTRACTBEHEER, *over, signaal.toewijzingen, signaal.zin), *delen]
