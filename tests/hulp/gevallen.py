"""Case files: what a rule says of which message, in YAML that policy staff can read.

    regel: TR307
    gevallen:
      - naam: de dag voor de ingangsdatum
        bericht: {Prestatie: {ProductPeriode: {Begindatum: 2026-03-31}}}
        bekend: {toewijzingen: [{ingangsdatum: 2026-04-01}]}
        verwacht: [TR307]
        melding: begint op 31 maart 2026

A case says only what differs: `bericht` from a sound message (`bouwstenen`), `bekend` from what is known by default (`kaders`).
Files in the folder `303` are about a JW303 (iJw 3.0), where the same number may say something else.
It goes the real way: XML, schema and reader, level 2, header, levels 3 and 4. `verwacht` lists every rule found, in any order.
Texts are texts here, also 04 and 2026-04-01; a field of what is known is read by the type that it has.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from berichten.beoordeling.pijplijn import judge as judge_levels
from berichten.beoordeling.verzoeken.verzoekbevindingen import find_toewijzing, find_wijziging
from berichten.fouten import Invoerfout
from berichten.kern.regel import Bevinding, Regel
from berichten.regels.register import ALLE, WENS_AANGEVRAAGD, WENS_NIEUW, WENS_TE_WIJZIGEN, WENS_VERZOEK, untestable
from berichten.standaard.deur.toelating import Weigering, admit
from berichten.standaard.waarden.verzoeken import Toewijzingsverzoek, Wijzigingsverzoek
from tests.hulp.bouw import bouw, schemas
from tests.hulp.kaders import KADERS, header_kader, verzoek_feiten

WENSREGELS = {regel.id for regel in (*WENS_AANGEVRAAGD, *WENS_VERZOEK, *WENS_TE_WIJZIGEN, *WENS_NIEUW)}
"""Findings on what an accepted request asks for: only case files of these come to them."""
MAP = Path(__file__).parents[1] / "regels"
NOTA, MAP_NOTA = "JW303", "303"
_EERSTE_BERICHT = {regel.id: regel.berichten[0] for regel in reversed(ALLE) if NOTA not in regel.berichten}


@dataclass(frozen=True, slots=True)
class Geval:
    """One situation: a message, what is known, and what must be found."""

    regel: str
    naam: str
    verwacht: list[str]
    """Ids of the rules found, each as often as it is found; empty for a sound message."""
    soort: str = ""
    """Kind of message; by default the first that the rule is for."""
    bericht: dict[str, Any] = field(default_factory=dict)
    bekend: dict[str, Any] = field(default_factory=dict)
    melding: str = ""
    """Part of the Dutch sentence of the rule that the file is about."""
    pad: str = ""
    """Path of its finding."""
    niet_te_toetsen: list[str] | None = None
    """Rules that lack their facts on the first line; not looked at when it is left out."""
    release: str = ""
    """Of the message; by default the newest."""
    geweigerd: str = ""
    """`ja` for a message that the schema refuses, so that the rule is not come to."""


@dataclass(frozen=True, slots=True)
class Uitslag:
    """What became of a case; `geweigerd` holds the faults against the schema."""

    bevindingen: list[Bevinding]
    geweigerd: tuple[Invoerfout, ...] = ()
    ontbreekt: int = 0
    """Facts (`Feit`) that were missing on the first line."""
    uitkomsten: tuple[str, ...] = ()
    """Outcome of each line of a declaration."""


def list_files() -> list[Path]:
    """Every case file, by name; those on a JW303 last."""
    return [*sorted(MAP.glob("*.yaml")), *sorted((MAP / MAP_NOTA).glob("*.yaml"))]


def find_file(regel: Regel) -> Path:
    """Where the cases of a rule must stand."""
    return (MAP / MAP_NOTA if NOTA in regel.berichten else MAP) / f"{regel.id}.yaml"


def read_file(pad: Path) -> tuple[str, str | None, list[Geval]]:
    """The rule that a file is about, the retourcode it names, and its cases. Raises TypeError for a word that is not known."""
    with pad.open(encoding="utf-8") as bestand:
        inhoud = yaml.load(bestand, _Teksten)
    soort = NOTA if pad.parent.name == MAP_NOTA else _EERSTE_BERICHT.get(inhoud["regel"], "")
    regel, eigen = inhoud["regel"], inhoud.get("soort") or soort
    gevallen = [Geval(**{"regel": regel, "soort": eigen, **item}) for item in inhoud["gevallen"]]
    return regel, inhoud.get("retourcode"), gevallen


def list_gevallen() -> Iterator[Geval]:
    """Every case of every file."""
    for pad in list_files():
        yield from read_file(pad)[2]


def judge(geval: Geval) -> Uitslag:
    """Send the message of a case the way that every message goes, up to where it stops."""
    bericht = admit(bouw(geval.soort, geval.bericht, geval.release or None), schemas())
    if isinstance(bericht, Weigering):
        return Uitslag([], bericht.fouten)
    kader = KADERS[bericht.soort.naam]
    oordeel = judge_levels(bericht, lambda: header_kader(bericht, geval.bekend), lambda: kader(bericht, geval.bekend))
    ontbreekt = getattr(oordeel, "zonder_feiten", {}).get(1, 0)
    bevindingen = list(oordeel.bevindingen)
    if geval.regel in WENSREGELS and isinstance(bericht, (Toewijzingsverzoek, Wijzigingsverzoek)):
        bevindingen += _find_wensen(bericht, geval)
    return Uitslag(bevindingen, ontbreekt=ontbreekt, uitkomsten=tuple(getattr(oordeel, "uitkomsten", ())))


def _find_wensen(bericht: Toewijzingsverzoek | Wijzigingsverzoek, geval: Geval) -> list[Bevinding]:
    """What the gemeente finds by its own rules of a request that was accepted."""
    feiten = verzoek_feiten(bericht, geval.bekend)
    if isinstance(bericht, Wijzigingsverzoek):
        return find_wijziging(bericht, feiten)
    return [item for product in bericht.aangevraagd for item in find_toewijzing(product, feiten)]


def check_geval(geval: Geval, uitslag: Uitslag) -> None:
    """Whether a case went as it must: the rules found, and of its own rule the sentence and the path."""
    assert bool(uitslag.geweigerd) == (geval.geweigerd == "ja"), uitslag.geweigerd
    gevonden = [(item.regel.id, item.pad, item.melding) for item in uitslag.bevindingen]
    assert sorted(regel for regel, _, _ in gevonden) == sorted(geval.verwacht), gevonden
    eigen = [item for item in gevonden if item[0] == geval.regel]
    assert not geval.melding or any(geval.melding in melding for _, _, melding in eigen), gevonden
    assert not geval.pad or any(geval.pad == pad for _, pad, _ in eigen), gevonden
    if geval.niet_te_toetsen is not None:
        assert sorted(untestable(uitslag.ontbreekt)) == sorted(geval.niet_te_toetsen)


class _Teksten(yaml.SafeLoader):
    """Reads every value as text, but for what is left empty: codes keep their zeros, and types come from the fields."""


_Teksten.yaml_implicit_resolvers = {
    teken: [(tag, patroon) for tag, patroon in lijst if tag in ("tag:yaml.org,2002:null", "tag:yaml.org,2002:merge")]
    for teken, lijst in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
