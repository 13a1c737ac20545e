"""Which rules held in which release: an archive is judged by the rule book of its time, as far as that is public.

What a rule says of itself is read here: `vanaf`, `tot` and `eerdere_codes`.

Sources: the model of iJw 3.0 (build 9, February 2020; public as linked data), the public guide for the migration from 3.1 to 3.2
(23 November 2022), and the dates in the code lists of 3.2. Rules of 3.2 that the model of 3.0 lacks, and of which no source says
when they came, are taken to hold from 3.1 on: a message that was sound in its time is not refused for a rule that may be younger.
What is known and how certain stands in docs/schemas.md.
"""

from dataclasses import replace

from berichten.kern.regel import Bevinding, Regel
from berichten.standaard.waarden.soorten import BEGIN_RELEASE, HUIDIG


def as_of(regel: Regel, release: str) -> Regel | None:
    """A rule as it held in this release; None when it did not."""
    code = dict(regel.eerdere_codes).get(release)
    if code is not None:
        return replace(regel, retourcode=code)
    return regel if holds(regel, release) else None


def holds(regel: Regel, release: str) -> bool:
    """Whether a rule of the catalogue held when this release began."""
    return release == HUIDIG or regel.held_on(BEGIN_RELEASE[release])


def of_its_time(bevindingen: list[Bevinding], release: str) -> list[Bevinding]:
    """Findings by rules that held then."""
    return bevindingen if release == HUIDIG else [item for item in bevindingen if holds(item.regel, release)]
