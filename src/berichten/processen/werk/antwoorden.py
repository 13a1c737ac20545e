"""Compose answers: header, classes, and the proof that what leaves is valid against its own schema."""

from collections.abc import Mapping

from berichten.beoordeling.klassen import Klassebeoordeling
from berichten.opslag.berichten.berichten import Berichtrij
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.werk.werk import Verwerkt, Werk
from berichten.standaard.lezen.retour import Inzending
from berichten.standaard.schema.naamruimte import plain_namespaces
from berichten.standaard.schema.schema import valideer_uitvoer
from berichten.standaard.schrijven.antwoord import AntwoordHeader, write_retour
from berichten.standaard.waarden.soorten import JW304_2_3, Berichtsoort, find_antwoord

AFGEKEURD = ("0200",)
"""In the header of an answer of which the classes say what is wrong."""


def answer_identificatie(rij: Berichtrij) -> str:
    """Identificatie of the answer to a message: twelve digits, unique for the gemeente, the same however often it is made."""
    return f"{rij.volgnummer:012d}"


def compose_header(werkplaats: Werkplaats, soort: Berichtsoort, rij: Berichtrij, retourcodes: tuple[str, ...]) -> AntwoordHeader:
    """Header of an answer of kind `soort`, dated today."""
    # Release 2.3 says nothing of versions of schemas.
    basisschema, bericht = ("", "") if soort.release == JW304_2_3.release else werkplaats.schemas.versies(soort)
    return AntwoordHeader(
        answer_identificatie(rij), werkplaats.instellingen.vandaag(), basisschema, bericht, retourcodes
    )  # fmt: skip


def compose_retour(
    werk: Werk, van: Berichtsoort, retourcodes: tuple[str, ...], klassecodes: Mapping[str, tuple[str, ...]] | None
) -> bytes:
    """The answer to a message of kind `van`, made from the message itself: its header, and with `klassecodes` its classes."""
    soort = find_antwoord(van)
    kop = compose_header(werk.werkplaats, soort, werk.rij, retourcodes)
    antwoord = write_retour(plain_namespaces(werk.inhoud), van, kop, klassecodes)
    valideer_uitvoer(antwoord, soort, werk.werkplaats.schemas)
    return antwoord


def answer_classes(werk: Werk, bericht: Inzending, oordeel: Klassebeoordeling, verwerkt: Verwerkt) -> bytes:
    """The answer to a message of one client (IV028): the header only when all is well, else every class with its code."""
    klassecodes = oordeel.retourcodes if oordeel.afgekeurd else None
    return compose_retour(werk, bericht.soort, verwerkt.retourcodes, klassecodes)


def answer_header(werk: Werk, bericht: Inzending, retourcodes: tuple[str, ...]) -> bytes:
    """The same of a message that stopped before its classes: the header only."""
    return compose_retour(werk, bericht.soort, retourcodes, None)
