"""Compose answers: header, classes, and the proof that what leaves is valid against its own schema."""

from berichten.beoordeling.declaratie import Afkeuring
from berichten.beoordeling.klassen import Klassebeoordeling
from berichten.opslag.berichten.berichten import Berichtrij
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.standaard.lezen.retour import Inzending, Retourbericht
from berichten.standaard.schema.naamruimte import plain_namespaces
from berichten.standaard.schema.schema import valideer_uitvoer
from berichten.standaard.schrijven.antwoord import AntwoordHeader, write_retour
from berichten.standaard.waarden.berichten import Bericht, Declaratiebericht
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
    werkplaats: Werkplaats, rij: Berichtrij, bericht: Bericht, inhoud: bytes, oordeel: Klassebeoordeling | Afkeuring
) -> bytes:
    """JW302, JW306 or JW308 (IV028): header only when all is well or nothing was judged, else every class with its code."""
    soort = find_antwoord(bericht.soort)
    if isinstance(oordeel, Afkeuring):
        codes, klassecodes = oordeel.retourcodes, None
    elif oordeel.afgekeurd:
        codes, klassecodes = ("0200",), oordeel.retourcodes
    else:
        codes, klassecodes = (), None
    antwoord = write_retour(plain_namespaces(inhoud), bericht.soort, compose_header(werkplaats, soort, rij, codes), klassecodes)
    valideer_uitvoer(antwoord, soort, werkplaats.schemas)
    return antwoord


def count_regels(bericht: Inzending) -> int:
    """Lines of a declaration, or product classes of another message; classes with codes of an answer."""
    if isinstance(bericht, Retourbericht):
        return len(bericht.klassen)
    if isinstance(bericht, Declaratiebericht):
        return sum(len(client.prestaties) for client in bericht.declaratie.clienten)
    return len(bericht.producten)
