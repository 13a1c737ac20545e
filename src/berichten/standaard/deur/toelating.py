"""Level 1: may these bytes in at all? A file that is safe, of a kind we know, valid against its XSD, and read.

What comes in gets either a message as values or every fault with its place and remedy; nothing is raised for what a sender did.
"""

from dataclasses import dataclass

from lxml import etree

from berichten.fouten import Invoerfout
from berichten.standaard.lezen.declaratie import OngeldigError
from berichten.standaard.lezen.jw303 import OngeldigeJw303
from berichten.standaard.lezen.kalender import find_unreadable
from berichten.standaard.lezen.lezen import read_bericht
from berichten.standaard.lezen.retour import Inzending
from berichten.standaard.lezen.snellezer import MEESTE_OMHULSEL, read_quickly
from berichten.standaard.schema.aantallen import MAX_TAGS
from berichten.standaard.schema.bestand import check_bestand, herken
from berichten.standaard.schema.naamruimte import plain_namespaces
from berichten.standaard.schema.schema import GROOT, Schemas, explain_invalid, valideer
from berichten.standaard.waarden.berichten import Declaratie
from berichten.standaard.waarden.soorten import INZENDINGEN, JW323, Berichtsoort

STORING = "STORING"
"""The rule that stands with a failure of ours: sent again, the message may well be taken."""
_TAGS_VAN_REGEL, _TAGS_VAN_CLIENT = 32, 6
"""Of a line with all that it may have, and of a client besides its lines."""


@dataclass(frozen=True, slots=True)
class Weigering:
    """Bytes that are refused: the first hundred faults, and how many there are (MAX_GETELD: that many or more)."""

    soort: Berichtsoort | None
    """The kind, as far as it could be told."""
    fouten: tuple[Invoerfout, ...]
    totaal: int
    bewaren: bool = True
    """Whether the attempt may be kept with its contents."""


def admit(inhoud: bytes, schemas: Schemas) -> Inzending | Weigering:
    """Read a message that a sender may post, validating it in the same pass; or tell everything that is wrong with it."""
    snel = _admit_quickly(inhoud, schemas)
    if snel is not None:
        return snel
    fout = check_bestand(inhoud)
    if fout is not None:
        return Weigering(None, (fout,), 1)
    soort = herken(inhoud)
    if isinstance(soort, Invoerfout):
        return Weigering(None, (soort,), 1)
    if soort.naam not in INZENDINGEN:
        return Weigering(soort, (_is_answer(soort),), 1)
    inhoud = plain_namespaces(inhoud)
    try:
        return read_bericht(inhoud, soort, schemas.schema(soort))
    except (etree.XMLSyntaxError, OngeldigError, OngeldigeJw303):
        ongeldig = True
    except ValueError:
        ongeldig = False
    # Outside the handlers, which would hold the whole tree in memory while it is built once more.
    return _explain(inhoud, soort, schemas, ongeldig)


def _admit_quickly(inhoud: bytes, schemas: Schemas) -> Inzending | None:
    """A large JW323 as almost everybody writes it. None is no refusal: then it goes the way of all.

    Nothing in it is counted before: a parser gets to see only what matched, portion by portion till one is not valid, and a header
    that is not large.
    """
    if len(inhoud) <= GROOT or check_bestand(inhoud, tellen=False) is not None:
        return None
    soort = herken(inhoud[:MEESTE_OMHULSEL])
    if isinstance(soort, Invoerfout) or soort.naam != JW323.naam:
        return None
    bericht = read_quickly(plain_namespaces(inhoud), soort, schemas.schema(soort), eigen=schemas.eigen)
    return None if bericht is None or _has_too_many_tags(inhoud, bericht.declaratie) else bericht


def _has_too_many_tags(inhoud: bytes, declaratie: Declaratie) -> bool:
    """As `check_bestand` would say. They are only counted where so many lines may have so many."""
    hoogstens = _TAGS_VAN_REGEL * declaratie.aantal_prestaties + _TAGS_VAN_CLIENT * len(declaratie.clienten) + MEESTE_OMHULSEL
    return hoogstens > MAX_TAGS and inhoud.count(b"<") > MAX_TAGS


def too_heavy() -> Weigering:
    """For a message of which the reading had to be stopped."""
    melding = "Dit bericht kost te veel tijd of geheugen om te lezen. Verdeel het over meer berichten, of laat het opnieuw maken."
    return Weigering(None, (Invoerfout("", "OP179", melding),), 1)


def failed() -> Weigering:
    """For a message at which we failed ourselves, among others that go on."""
    melding = "De fout ligt bij ons en is vastgelegd. Stuur dit bericht later opnieuw."
    return Weigering(None, (Invoerfout("", STORING, melding),), 1)


def _explain(inhoud: bytes, soort: Berichtsoort, schemas: Schemas, ongeldig: bool) -> Weigering:
    """Reading stopped: because the message is not valid, or because of a date or a number that nobody can read."""
    validatie = explain_invalid(inhoud, soort, schemas) if ongeldig else valideer(inhoud, soort, schemas)
    if validatie.totaal:
        return Weigering(soort, validatie.fouten, validatie.totaal)
    onleesbaar = find_unreadable(inhoud)
    if onleesbaar is None:
        raise RuntimeError(f"geldig bericht {soort.naam} is niet te lezen")
    return Weigering(soort, (onleesbaar,), 1)


def _is_answer(soort: Berichtsoort) -> Invoerfout:
    return Invoerfout(
        "Bericht",
        "XSD",
        f"Dit is een {soort.naam} ({soort.omschrijving}). Zulke berichten maakt de gemeente zelf; u kunt ze niet insturen."
        f" Stuur een {', '.join(INZENDINGEN[:-1])} of {INZENDINGEN[-1]}.",
        1,
    )
