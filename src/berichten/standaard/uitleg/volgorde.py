"""The children of an element against the sequence of its class: which are unknown, missing, too many or out of order.

libxml2 stops at the first fault of a sequence and skips what follows; this tells every fault, one for each cause.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice

from berichten.standaard.uitleg.model import Klasse, Onderdeel
from berichten.standaard.uitleg.waarde import show

_MAX_ONBEKEND = 20


@dataclass(frozen=True, slots=True)
class Afwijking:
    """One fault in a row of children: the sentence, and the child it shows at."""

    melding: str
    plaats: int | None
    """Index of the child whose line to give; None for the end of the parent."""
    aan_kind: bool = True
    """Whether the fault is that child's own; otherwise it is the parent's (something is missing there)."""


@dataclass(frozen=True, slots=True)
class Vergelijking:
    """What each child is taken for (None: unknown), and the faults."""

    kinderen: list[Onderdeel | None]
    afwijkingen: list[Afwijking]


def match_sequence(tags: Sequence[str], onderdelen: tuple[Onderdeel, ...]) -> list[Onderdeel] | None:
    """The part of the class that each child is, when the row is right; None when it is not."""
    gevonden: list[Onderdeel] = []
    plaats = 0
    for onderdeel in onderdelen:
        begin = plaats
        hoogstens = len(tags) if onderdeel.maximum is None else begin + onderdeel.maximum
        while plaats < len(tags) and plaats < hoogstens and tags[plaats] == onderdeel.tag:
            gevonden.append(onderdeel)
            plaats += 1
        if plaats - begin < onderdeel.minimum:
            return None
    return gevonden if plaats == len(tags) else None


def compare(ouder: str, tags: Sequence[str], onderdelen: tuple[Onderdeel, ...], elders: dict[str, str]) -> Vergelijking:
    """Every fault in the children ``tags`` of ``ouder``; ``elders`` tells of each known name in which elements it belongs."""
    op_tag = {onderdeel.tag: onderdeel for onderdeel in onderdelen}
    op_naam = {onderdeel.naam: onderdeel for onderdeel in onderdelen}
    eigen = [op_tag.get(tag) for tag in tags]
    afwijkingen = _wrong_namespace(tags, eigen, op_naam)
    los = _unwrapped(ouder, tags, eigen, onderdelen)
    vreemd = [None if plaats in los.kinderen else tag for plaats, tag in enumerate(tags)]
    afwijkingen += los.afwijkingen + _unknown(ouder, vreemd, eigen, onderdelen, elders)
    afwijkingen += _too_many(ouder, eigen, onderdelen)
    afwijkingen += _out_of_order(ouder, eigen, onderdelen)
    afwijkingen += _missing(ouder, eigen, onderdelen, los.omhulsels)
    kinderen = [los.kinderen.get(plaats, kind) for plaats, kind in enumerate(eigen)] if los.kinderen else eigen
    eind = len(tags)
    return Vergelijking(kinderen, sorted(afwijkingen, key=lambda fout: eind if fout.plaats is None else fout.plaats))


def localname(tag: str) -> str:
    """Name without namespace."""
    return tag.rpartition("}")[2].rpartition(":")[2]


def namespace_of(tag: str) -> str:
    """Namespace of a name, empty when it has none."""
    return tag[1:].rpartition("}")[0]


def _wrong_namespace(tags: Sequence[str], kinderen: list[Onderdeel | None], op_naam: dict[str, Onderdeel]) -> list[Afwijking]:
    """Right name, wrong namespace: taken for what is meant. Neighbours with the same fault share one sentence."""
    groepen: dict[tuple[str, str], list[int]] = {}
    for plaats, tag in enumerate(tags):
        onderdeel = None if kinderen[plaats] else op_naam.get(localname(tag))
        if onderdeel:
            kinderen[plaats] = onderdeel
            groepen.setdefault((namespace_of(tag), onderdeel.namespace), []).append(plaats)
    return [
        Afwijking(_tell_namespace([localname(tags[plaats]) for plaats in plaatsen], *namespaces), plaatsen[0])
        for namespaces, plaatsen in groepen.items()
    ]


def _tell_namespace(namen: list[str], gevonden: str, verwacht: str) -> str:
    uniek = list(dict.fromkeys(namen))
    staat = "staat" if len(uniek) == 1 else "staan"
    waar = f"in namespace {show_uri(gevonden)}" if gevonden else "niet in een namespace"
    return f"{join(uniek)} {staat} {waar}; verwacht: namespace {verwacht}. Pas het voorvoegsel of de xmlns aan."


def show_uri(uri: str) -> str:
    """A namespace as it may stand in a text."""
    return uri if len(uri) <= 100 and uri.startswith("http://www.istandaarden.nl/") else f'"{show(uri)}"'


@dataclass(frozen=True, slots=True)
class _Los:
    """Children that stand bare where an element around them is missing."""

    kinderen: dict[int, Onderdeel]
    omhulsels: set[str]
    afwijkingen: list[Afwijking]


def _unwrapped(ouder: str, tags: Sequence[str], eigen: list[Onderdeel | None], onderdelen: tuple[Onderdeel, ...]) -> _Los:
    """Finds ``Prestatie`` right below ``Client`` while ``Prestaties`` is missing: one fault, not one for each name."""
    los = _Los({}, set(), [])
    vreemd = [plaats for plaats, kind in enumerate(eigen) if kind is None]
    aanwezig = {kind.tag for kind in eigen if kind} if vreemd else set()
    for onderdeel in onderdelen:
        herhaalbaar = onderdeel.maximum is None
        if not isinstance(onderdeel.type, Klasse) or (onderdeel.tag in aanwezig and not herhaalbaar):
            continue
        binnen = {deel.tag: deel for deel in onderdeel.type.onderdelen or ()}
        plaatsen = [plaats for plaats in vreemd if tags[plaats] in binnen and plaats not in los.kinderen]
        if plaatsen:
            los.kinderen.update({plaats: binnen[tags[plaats]] for plaats in plaatsen})
            los.omhulsels.add(onderdeel.tag)
            los.afwijkingen.append(Afwijking(_tell_unwrapped(ouder, tags, plaatsen, onderdeel.naam), plaatsen[0]))
    return los


def _tell_unwrapped(ouder: str, tags: Sequence[str], plaatsen: list[int], omhulsel: str) -> str:
    namen = list(dict.fromkeys(localname(tags[plaats]) for plaats in plaatsen))
    staat = "staat" if len(namen) == 1 else "staan"
    return f"{join(namen)} {staat} los in {ouder}; {omhulsel} hoort eromheen. Voeg {omhulsel} toe en zet dit erin."


def _unknown(
    ouder: str,
    tags: Sequence[str | None],
    kinderen: list[Onderdeel | None],
    onderdelen: tuple[Onderdeel, ...],
    elders: dict[str, str],
) -> list[Afwijking]:
    """Names that do not belong here (None: told already). A slip of the pen is taken for what is meant, if that is not there."""
    plaatsen: dict[str, list[int]] = {}
    for plaats, tag in enumerate(tags):
        if kinderen[plaats] is None and tag is not None:
            plaatsen.setdefault(tag, []).append(plaats)
    aanwezig = {kind.tag for kind in kinderen if kind} if plaatsen else set()
    kandidaten = {deel.naam: deel for deel in onderdelen if deel.tag not in aanwezig or deel.maximum is None}
    afwijkingen = []
    for tag, hier in islice(plaatsen.items(), _MAX_ONBEKEND):
        naam = localname(tag)
        bedoeld = None if naam in elders else _meant(naam, kandidaten)
        if bedoeld and (len(hier) == 1 or bedoeld.maximum is None):
            melding = f"{show(naam)} is geen element van {ouder}. Bedoelt u {bedoeld.naam}?"
            for plaats in hier:
                kinderen[plaats] = bedoeld
        else:
            melding = _tell_unknown(ouder, naam, len(hier), elders.get(naam))
        afwijkingen.append(Afwijking(melding, hier[0]))
    rest = [hier for _, hier in islice(plaatsen.items(), _MAX_ONBEKEND, None)]
    if rest:
        melding = f"{ouder} bevat daarna nog {len(rest)} andere elementen die er niet horen. Haal ze weg."
        afwijkingen.append(Afwijking(melding, rest[0][0]))
    return afwijkingen


def _meant(naam: str, kandidaten: dict[str, Onderdeel]) -> Onderdeel | None:
    if len(naam) > 80:
        return None
    klein = {ander.lower(): onderdeel for ander, onderdeel in kandidaten.items()}
    lijkt = get_close_matches(naam.lower(), klein, n=1, cutoff=0.84)
    return klein[lijkt[0]] if lijkt else None


def _tell_unknown(ouder: str, naam: str, aantal: int, elders: str | None) -> str:
    keer = f" (komt hier {aantal} keer voor)" if aantal > 1 else ""
    if elders and elders != ouder:
        return f"{show(naam)} hoort niet in {ouder}{keer}, maar in {elders}. Verplaats het of haal het weg."
    return f"{show(naam)} is geen element van {ouder}{keer}. Haal het weg."


def _too_many(ouder: str, kinderen: list[Onderdeel | None], onderdelen: tuple[Onderdeel, ...]) -> list[Afwijking]:
    aantallen = Counter(kind.tag for kind in kinderen if kind)
    afwijkingen = []
    for onderdeel in onderdelen:
        aantal = aantallen[onderdeel.tag]
        if onderdeel.maximum is not None and aantal > onderdeel.maximum:
            plaatsen = [plaats for plaats, kind in enumerate(kinderen) if kind is onderdeel]
            melding = (
                f"{onderdeel.naam} staat {aantal} keer in {ouder}; hoogstens {onderdeel.maximum} keer is toegestaan. "
                f"Haal weg wat te veel is."
            )
            afwijkingen.append(Afwijking(melding, plaatsen[onderdeel.maximum]))
    return afwijkingen


def _out_of_order(ouder: str, kinderen: list[Onderdeel | None], onderdelen: tuple[Onderdeel, ...]) -> list[Afwijking]:
    """As few children as must move to have the rest in order. Repeats above the maximum were told already."""
    rang = {onderdeel.tag: nummer for nummer, onderdeel in enumerate(onderdelen)}
    gezien: Counter[str] = Counter()
    rij: list[tuple[int, Onderdeel]] = []
    for plaats, kind in enumerate(kinderen):
        if kind is None:
            continue
        gezien[kind.tag] += 1
        if kind.maximum is None or gezien[kind.tag] <= kind.maximum:
            rij.append((plaats, kind))
    blijft = _longest_run([rang[kind.tag] for _, kind in rij])
    verkeerd = [paar for nummer, paar in enumerate(rij) if nummer not in blijft]
    goed = [rang[rij[nummer][1].tag] for nummer in sorted(blijft)]
    afwijkingen: dict[str, Afwijking] = {}
    for plaats, kind in verkeerd:
        eerder = [nummer for nummer in goed if nummer < rang[kind.tag]]
        waar = f"na {onderdelen[eerder[-1]].naam}" if eerder else "vooraan"
        melding = f"{kind.naam} staat op de verkeerde plaats: in {ouder} hoort het {waar}. Zet het daar."
        afwijkingen.setdefault(kind.tag, Afwijking(melding, plaats))
    return list(afwijkingen.values())


def _longest_run(rangen: list[int]) -> set[int]:
    """Indexes of a longest run that does not go down."""
    einden: list[int] = []
    einde_op: list[int] = []
    vorige: list[int] = []
    for nummer, rang in enumerate(rangen):
        lengte = bisect_right(einden, rang)
        vorige.append(einde_op[lengte - 1] if lengte else -1)
        einden[lengte : lengte + 1] = [rang]
        einde_op[lengte : lengte + 1] = [nummer]
    blijft: set[int] = set()
    nummer = einde_op[-1] if einde_op else -1
    while nummer >= 0:
        blijft.add(nummer)
        nummer = vorige[nummer]
    return blijft


def _missing(ouder: str, kinderen: list[Onderdeel | None], onderdelen: tuple[Onderdeel, ...], verteld: set[str]) -> list[Afwijking]:
    """Required parts that are not there; those missing side by side share one sentence."""
    plaats_van = {kind.tag: plaats for plaats, kind in reversed(list(enumerate(kinderen))) if kind}
    afwijkingen: list[Afwijking] = []
    mist: list[str] = []
    vorige: str | None = None
    for onderdeel in onderdelen:
        if onderdeel.tag in plaats_van:
            if mist:
                plaats = plaats_van[onderdeel.tag]
                afwijkingen.append(Afwijking(_tell_missing(ouder, mist, vorige, onderdeel.naam), plaats, False))
            mist, vorige = [], onderdeel.naam
        elif onderdeel.minimum > 0 and onderdeel.tag not in verteld:
            mist.append(onderdeel.naam)
    if mist:
        afwijkingen.append(Afwijking(_tell_missing(ouder, mist, vorige, None), None, False))
    return afwijkingen


def _tell_missing(ouder: str, mist: list[str], vorige: str | None, volgende: str | None) -> str:
    namen, hoort, wat = (join(mist), "hoort", mist[0]) if len(mist) == 1 else (join(mist), "horen", "deze elementen")
    if volgende is None:
        return f"{ouder} mist {namen}. Voeg {wat} toe{f' na {vorige}' if vorige else ''}."
    if vorige is None:
        return f"Vóór {volgende} {hoort} {namen} te staan in {ouder}. Voeg {wat} toe."
    return f"Na {vorige} {hoort} {namen} te staan in {ouder}; gevonden: {volgende}. Voeg {wat} toe."


def join(namen: list[str]) -> str:
    """``a, b en c``."""
    return namen[0] if len(namen) == 1 else f"{', '.join(namen[:-1])} en {namen[-1]}"
