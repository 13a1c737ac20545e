"""What the commands share: the two streams they write to, and how they stop."""

from collections.abc import Iterable
from typing import NoReturn

from rich.console import Console

from berichten.fouten import Invoerfout

scherm = Console()
foutscherm = Console(stderr=True)


def stop(melding: str, uitgang: int = 2) -> NoReturn:
    """Say in one Dutch sentence why the command ends here, and end it."""
    foutscherm.print(melding, style="red", highlight=False, markup=False, soft_wrap=True)
    raise SystemExit(uitgang)


def print_fouten(fouten: Iterable[Invoerfout]) -> None:
    """Each fault on a line of its own, with the line of the file where there is one."""
    for fout in fouten:
        plaats = f"regel {fout.regelnummer}: " if fout.regelnummer else ""
        scherm.print(f"  {plaats}{fout.melding}", highlight=False, markup=False)


def print_columns(rijen: Iterable[tuple[str, ...]]) -> None:
    """Columns as wide as what stands in them, whatever the width of the screen: what is cut off cannot be typed over."""
    alle = list(rijen)
    breedtes = [max(map(len, kolom)) for kolom in zip(*alle, strict=True)]
    for rij in alle:
        print("  ".join(veld.ljust(breedte) for veld, breedte in zip(rij, breedtes, strict=True)).rstrip())
