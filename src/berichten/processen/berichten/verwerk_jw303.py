"""What a JW303 has of its own when it is handled: what it is held against, and its answer, a JW304."""

from berichten.beoordeling.declaratie import IN_ORDE, Declaratiebeoordeling, sum_bedragen
from berichten.beoordeling.jw303 import returned_lines
from berichten.dossier.dossier import Jw303Kader
from berichten.opslag.berichten.jw303 import load_jw303_kader
from berichten.processen.berichten.verwerk_declaratie import book, keep_lines
from berichten.processen.werk.antwoorden import compose_header
from berichten.processen.werk.werk import Verwerkt, Werk
from berichten.standaard.schema.schema import valideer_uitvoer
from berichten.standaard.schrijven.jw304 import Jw304Antwoord, PrestatieAntwoord, write_jw304
from berichten.standaard.waarden.jw303 import Jw303bericht
from berichten.standaard.waarden.soorten import find_antwoord


def load_jw303(werk: Werk, bericht: Jw303bericht) -> Jw303Kader:
    """What a JW303 and its lines are held against."""
    return load_jw303_kader(werk.verbinding, werk.rij.gemeente, bericht.header.afzender, bericht.declaratie)


def keep_jw303(werk: Werk, bericht: Jw303bericht, oordeel: Declaratiebeoordeling) -> Verwerkt:
    """Store and book a JW303. Raises BoekenFout when the JW304 would state another total than the journal."""
    keep_lines(werk, bericht, oordeel)
    bedragen = sum_bedragen(oordeel)
    book(werk, bericht, oordeel, bedragen)
    beoordeeld = oordeel.status != "afgekeurd"
    return Verwerkt(oordeel.status, oordeel.codes, tuple(oordeel.bevindingen), bedragen, (), beoordeeld)


def answer_jw303(werk: Werk, bericht: Jw303bericht, oordeel: Declaratiebeoordeling, verwerkt: Verwerkt) -> bytes:
    """Only what is not awarded whole goes back (TR320); of a message rejected as a whole nothing."""
    if oordeel.status == "afgekeurd" or verwerkt.bedragen is None:
        return answer_jw303_header(werk, bericht, oordeel.codes)
    terug = returned_lines(oordeel)
    clienten = {
        index: oordeel.client_codes.get(index, (IN_ORDE,))
        for index, client in enumerate(oordeel.declaratie.clienten)
        if any(prestatie.volgnummer in terug for prestatie in client.prestaties)
    }
    regels = {nummer: PrestatieAntwoord(centen, oordeel.prestatie_codes.get(nummer, ())) for nummer, centen in terug.items()}
    antwoord = Jw304Antwoord(verwerkt.bedragen.ingediend, verwerkt.bedragen.toegekend, clienten, regels)
    return _write(werk, bericht, oordeel.codes, antwoord)


def answer_jw303_header(werk: Werk, bericht: Jw303bericht, retourcodes: tuple[str, ...]) -> bytes:
    """A JW304 with a header only: for a message rejected as a whole."""
    return _write(werk, bericht, retourcodes, Jw304Antwoord(bericht.declaratie.totaal_ingediend, 0, {}, {}))


def _write(werk: Werk, bericht: Jw303bericht, retourcodes: tuple[str, ...], antwoord: Jw304Antwoord) -> bytes:
    soort = find_antwoord(bericht.soort)
    kop = compose_header(werk.werkplaats, soort, werk.rij, retourcodes)
    geschreven = write_jw304(werk.inhoud, bericht.soort, kop, antwoord)
    valideer_uitvoer(geschreven, soort, werk.werkplaats.schemas)
    return geschreven
