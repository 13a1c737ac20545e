"""What cannot be done now: a value, as every refusal of the service is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NietNu:
    """Why something cannot be done now, in Dutch and with what to do."""

    melding: str
