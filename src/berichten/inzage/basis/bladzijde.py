"""Paging, once: a list is shown in pages, and each tells where the next one begins."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

R = TypeVar("R")
T = TypeVar("T")


class WijzerFout(ValueError):
    """A pointer that was never given out for this list."""


@dataclass(frozen=True, slots=True)
class Bladzijde(Generic[T]):
    """A page of a list; `volgende` is given back for the next one, and is None on the last."""

    regels: list[T]
    volgende: str | None

    def each(self, toon: Callable[[T], R]) -> "Bladzijde[R]":
        """The same page with every line shown otherwise."""
        return Bladzijde([toon(regel) for regel in self.regels], self.volgende)


def cut(rijen: Sequence[T], grootte: int, wijzer: Callable[[T], object]) -> Bladzijde[T]:
    """The first page of rows of which one more was asked than fit; `wijzer` tells the place of a row in the order of the list."""
    regels = list(rijen[:grootte])
    return Bladzijde(regels, str(wijzer(regels[-1])) if len(rijen) > grootte else None)
