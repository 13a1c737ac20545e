"""Compose answers: header, classes, and the proof that what leaves is valid against its own schema."""

from collections.abc import Mapping

from berichten.opslag.berichten.berichten import Berichtrij
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.berichten.werk import Werk
from berichten.standaard.schema.naamruimte import plain_namespaces
from berichten.standaard.schema.schema import valideer_uitvoer
from berichten.standaard.schrijven.antwoord import AntwoordHeader, write_retour
from berichten.standaard.waarden.soorten import JW304_2_3, Berichtsoort, find_antwoord


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
