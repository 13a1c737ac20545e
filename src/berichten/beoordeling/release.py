"""Which rules held in which release: an archive is judged by the rule book of its time, as far as that is public.

Sources: the model of iJw 3.0 (build 9, February 2020; public as linked data), the public guide for the migration from 3.1 to 3.2
(23 November 2022), and the dates in the code lists of 3.2. Rules of 3.2 that the model of 3.0 lacks, and of which no source says
when they came, are taken to hold from 3.1 on: a message that was sound in its time is not refused for a rule that may be younger.
What is known and how certain stands in docs/schemas.md.
"""

from dataclasses import replace

from berichten.kern.regel import Bevinding, Regel
from berichten.standaard.waarden.soorten import HUIDIG

SINDS: dict[str, str] = {
    **dict.fromkeys(("TR384", "TR385", "TR387", "TR388", "TR389", "CS139", "CS335", "CS336", "CS337"), "3.1"),
    **dict.fromkeys(("TR413", "TR414", "TR415", "TR416"), "3.2"),
}
"""First release of a rule that did not always hold, by id. Rules on a JW303 are of 3.0 and stand apart."""


_ANDERE_CODE = {("TR390", "3.0"): "8017"}
"""Rules that are judged all the same, since the books need them, under a code that the release did have."""


def as_of(regel: Regel, release: str) -> Regel | None:
    """A rule as it held in this release; None when it did not."""
    code = _ANDERE_CODE.get((regel.id, release))
    if code is not None:
        return replace(regel, retourcode=code)
    return regel if holds(regel, release) else None


def holds(regel: Regel, release: str) -> bool:
    """Whether a rule of the catalogue held in this release."""
    return release == HUIDIG or "JW303" in regel.berichten or SINDS.get(regel.id, "") <= release


def of_its_time(bevindingen: list[Bevinding], release: str) -> list[Bevinding]:
    """Findings by rules that held then."""
    return bevindingen if release == HUIDIG else [item for item in bevindingen if holds(item.regel, release)]
