"""What a rule is, and what it says when it is broken.

A rule is one pure function over a class of a message and what is known about it. It returns None when all is well, and else the
numbers and names that decided (`Gegevens`); the sentences around them stand with the rule, in Dutch, so that API, portal and docs
tell the same story. Nothing here raises: a rejection is a value.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from berichten.kern.feit import GEEN, Feit
from berichten.kern.tekst import fill

_VERSIE = re.compile(r"\b(\d\.\d|20\d\d)\b")
Gevolg = Literal["afkeuren", "afwijzen", "beoordelen", "signaal"]
Gegevens = Mapping[str, Any]
"""What decided, by name: all that the sentences of a rule need."""
Toets = Callable[[Any, Any], Gegevens | None]
Onschuld = Callable[[Any], Any]
"""Of the lines of a declaration as columns (`dossier.kolommen`) those with which a rule cannot find fault: a truth for each."""


@dataclass(frozen=True, slots=True)
class Voorstel:
    """With which code of WJ001 a person who rejects a held line tells it best, and why that one or none."""

    retourcode: str | None
    reden: str
    afwijzingsreden: str | None = None
    """Of a finding on a request, which no code of WJ001 ever answers: the reason of refusal (WJ759) that fits it."""


@dataclass(frozen=True, slots=True)
class Regel:
    """One rule of the catalogue."""

    id: str
    retourcode: str | None
    """Code of WJ001 that an answer carries; None for a rule that only signals."""
    niveau: Literal[2, 3, 4]
    """Level of control (IV032): 2 message content, 3 across messages, 4 external source."""
    klasse: str
    """Class of the message that is judged, and that carries the retourcode."""
    element: str
    """Element inside the class that is at fault; empty for the class as a whole."""
    berichten: tuple[str, ...]
    gevolg: Gevolg
    bron: str
    titel: str
    """The rule in one Dutch sentence."""
    melding: str
    """Dutch template over the Gegevens: what is wrong, with the numbers that decided."""
    doen: str
    """Dutch template over the Gegevens: what the sender does now."""
    uitleg: str
    """The function's docstring, for developers."""
    toets: Toets
    nodig: Feit = GEEN
    """Facts of the gemeente's own without which the rule cannot be checked."""
    zonder_toewijzing: bool = False
    """Judged also when the allocation is unknown, another's or removed: the class itself, a list or the contract is ground enough.
    The other rules of levels 3 and 4 are then not judged, besides the one that says so."""
    dubbel: bool = False
    """A line that breaks it bears the reference of an earlier line, and so does not use that reference itself."""
    te_verminderen: bool = False
    """Of a JW303: leaves room for a smaller award, when nothing else is wrong with the line."""
    werkpunt: bool = False
    """Of a JW301: a broken one is something for somebody to look at."""
    voorstel: Voorstel | None = None
    """Of a rule of the gemeente's own, for which WJ001 has no code of itself."""
    vanaf: date | None = None
    """First day on which the rule held; None when it always did."""
    tot: date | None = None
    """Last day on which it holds, inclusive; None while it does."""
    eerdere_codes: tuple[tuple[str, str], ...] = ()
    """Releases in which it was told under another retourcode, with that code: the books need it though the release lacked it."""
    onschuldig: Onschuld | None = None
    """Its twin: which lines cannot break it, whichever others count before them. What the twin is not sure of, the rule judges; so
    a twin may be too strict and never too mild. None for a rule that looks at every line by itself (docs/prestaties.md)."""

    @property
    def versie(self) -> str | None:
        """Release or edition of the text that `bron` names: `3.2` of iJw 3.2, `2024` of a purchase document; None without one."""
        gevonden = _VERSIE.search(self.bron)
        return None if gevonden is None else gevonden[0]

    def held_on(self, dag: date) -> bool:
        """Whether it held on a day."""
        return (self.vanaf is None or self.vanaf <= dag) and (self.tot is None or dag <= self.tot)


@dataclass(frozen=True, slots=True)
class Plaats:
    """Where in a message something was found."""

    klasse: str
    pad: str
    """Path of the class in the message, without BSN."""
    regelnummer: int | None = None
    volgnummer: int | None = None
    """Number of the Prestatie in the message or of the product class in it, from 1; None elsewhere."""


@dataclass(frozen=True, slots=True)
class Bevinding:
    """A rule that was broken at a place, with what decided."""

    regel: Regel
    plaats: Plaats
    gegevens: Gegevens

    @property
    def pad(self) -> str:
        """Path of the class, and of the element in it where the rule names one."""
        return f"{self.plaats.pad}/{self.regel.element}" if self.regel.element else self.plaats.pad

    @property
    def melding(self) -> str:
        """The finding in plain Dutch: what is wrong, with its numbers, and what to do."""
        return f"{fill(self.regel.melding, self.gegevens)} {fill(self.regel.doen, self.gegevens)}"


def regel(
    regel_id: str,
    *,
    retourcode: str | None,
    niveau: Literal[2, 3, 4],
    klasse: str,
    berichten: tuple[str, ...],
    titel: str,
    melding: str,
    doen: str,
    element: str = "",
    gevolg: Gevolg = "afwijzen",
    bron: str = "",
    nodig: Feit = GEEN,
    zonder_toewijzing: bool = False,
    dubbel: bool = False,
    te_verminderen: bool = False,
    werkpunt: bool = False,
    voorstel: Voorstel | None = None,
    vanaf: date | None = None,
    tot: date | None = None,
    eerdere_codes: tuple[tuple[str, str], ...] = (),
    onschuldig: Onschuld | None = None,
    eens: bool = False,
) -> Callable[[Toets], Regel]:
    """Make a rule of a function; `bron` defaults to the rule of that number in iJw 3.2.

    One that looks at no more of a line than `Dossierkolommen.once` allows may be its own twin: `eens`.
    """

    def make(toets: Toets) -> Regel:
        tweeling: Onschuld | None = (lambda kolommen: kolommen.unbroken(toets)) if eens else onschuldig
        return Regel(
            regel_id, retourcode, niveau, klasse, element, berichten, gevolg, bron or f"iJw 3.2, {regel_id}", titel, melding,
            doen, " ".join((toets.__doc__ or "").split()), toets, nodig, zonder_toewijzing,
            dubbel, te_verminderen, werkpunt, voorstel, vanaf, tot, eerdere_codes, tweeling,
        )  # fmt: skip

    return make


def check(regels: tuple[Regel, ...], onderwerp: object, kader: object, plaats: Plaats) -> list[Bevinding]:
    """Every rule of `regels` that `onderwerp` breaks, given what is known (`kader`)."""
    bevindingen = []
    for item in regels:
        gegevens = item.toets(onderwerp, kader)
        if gegevens is not None:
            bevindingen.append(Bevinding(item, plaats, gegevens))
    return bevindingen


def is_sound(regels: tuple[Regel, ...], onderwerp: object, kader: object) -> bool:
    """Whether it breaks none of these rules: for who has many to look at, and makes a place only of those at fault."""
    for item in regels:  # noqa: SIM110 - asked of thousands of clients, a generator for each costs as much as the rules
        if item.toets(onderwerp, kader) is not None:
            return False
    return True


def codes_of(bevindingen: Iterable[Bevinding]) -> tuple[str, ...]:
    """The retourcodes of findings, each once, in their order."""
    return tuple(dict.fromkeys(item.regel.retourcode for item in bevindingen if item.regel.retourcode))
