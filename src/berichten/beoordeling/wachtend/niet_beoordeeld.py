"""Why a line or class was not judged: what stopped it, told where it stands. Pure."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from berichten.kern.taal import meervoud
from berichten.standaard.schema.retourcodes import tell_code

_CLIENT = "Client"


class Fout(Protocol):
    """What has to be known of a finding."""

    @property
    def regel(self) -> str: ...
    @property
    def retourcode(self) -> str | None: ...
    @property
    def gevolg(self) -> str: ...
    @property
    def klasse(self) -> str: ...
    @property
    def melding(self) -> str: ...
    @property
    def regelnummer(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Redenen:
    """What stopped the lines of one message: the message as a whole, or their clients."""

    bericht: str | None
    clienten: tuple[tuple[int, str], ...]
    """Line of the file on which a refused client begins, in order, with its fault."""

    def find(self, regelnummer: int | None) -> str | None:
        """The reason for what stands on this line of the file; the client of a line is the last that began before it."""
        if self.bericht is not None:
            return self.bericht
        plaats = bisect_right(self.clienten, (regelnummer or 0, "\uffff"))
        return self.clienten[plaats - 1][1] if plaats else None


def find_redenen(status: str, fouten: Iterable[Fout]) -> Redenen:
    """`fouten`: the findings of a message, in its order; `status` is that of the message."""
    alle = list(fouten)
    if status == "afgekeurd":
        ernstig = [item for item in alle if item.gevolg == "afkeuren"]
        return Redenen(_tell_message(ernstig), ())
    clienten = sorted(
        (item.regelnummer or 0, f"De cliënt van deze regel is afgewezen: {_tell(item)}") for item in alle if item.klasse == _CLIENT
    )
    return Redenen(None, tuple(clienten))


def _tell_message(ernstig: list[Fout]) -> str | None:
    if not ernstig:
        return None
    over = len(ernstig) - 1
    nog = f" Daarnaast {meervoud(over, 'is er nog 1 fout', f'zijn er nog {over} fouten')}." if over else ""
    return f"Het hele bericht is afgekeurd: {_tell(ernstig[0])}{nog}"


def _tell(fout: Fout) -> str:
    betekenis = tell_code(fout.retourcode)
    code = f"retourcode {fout.retourcode}, {betekenis[0].lower()}{betekenis[1:]}" if betekenis else "zonder retourcode"
    return f"{fout.melding} ({fout.regel}, {code})"
