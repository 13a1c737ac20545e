"""Faults that are told so that they can be mended: in what was handed in (values), and in how the service is set up (raised)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Invoerfout:
    """One fault with its place and remedy, as the contract's ``fouten`` list shows it."""

    pad: str
    """Path of the element without BSN: ``Bericht/Declaratie/Clienten/Client[2]/Bsn``; empty for the file as a whole."""
    regel: str
    """Id of the rule that was broken (``OP192``) or ``XSD``."""
    melding: str
    """One or two Dutch sentences: what is wrong, and what to do."""
    regelnummer: int | None = None
    """Line of the file, from 1; None where there is none."""


class Bedieningsfout(RuntimeError):
    """The service cannot go on as it was set up or called; the text says so in Dutch, with the remedy, to who runs it."""
