"""Writers of JW301, JW305 and JW307."""

from collections.abc import Sequence
from datetime import date

from berichten.kern import kalender
from berichten.standaard.waarden.soorten import JW301, JW305, JW307
from berichten.voorbeelden.berichten.schrijver import (
    Kop,
    Schrijver,
    finish_bericht,
    open_bericht,
    write_client,
    write_naam,
    write_product,
)
from berichten.voorbeelden.model.model import Persoon, Stadstoewijzing, Stop


def write_jw301(kop: Kop, toewijzingen: Sequence[Stadstoewijzing]) -> bytes:
    """Write a JW301 with these allocations, all of one client and one provider."""
    persoon = toewijzingen[0].persoon
    with open_bericht(JW301, kop) as s, s.element("Client"):
        write_client(s, persoon)
        if persoon.tolk_taal is not None:
            with s.element("Communicatie"):
                s.basis("Vorm", "1")
                s.basis("Taal", persoon.tolk_taal)
        with s.element("Relaties"), s.element("Relatie"):
            _write_ouder(s, persoon)
        with s.element("Contactgegevens"):
            _write_contacten(s, persoon, kop.dagtekening)
        with s.element("ToegewezenProducten"):
            for toewijzing in toewijzingen:
                with s.element("ToegewezenProduct"):
                    _write_toewijzing(s, toewijzing)
    return finish_bericht(JW301, s)


def _write_ouder(s: Schrijver, persoon: Persoon) -> None:
    s.eigen("Nummer", "1")
    s.eigen("Volgorde", "1")
    s.eigen("Soort", "10")
    with s.element("Geboortedatum"):
        s.basis("Datum", persoon.ouder_geboortedatum)
    with s.element("Naam"):
        write_naam(s, persoon, persoon.ouder_voornaam)
    with s.element("Contact"):
        _write_contact(s, persoon, "01")


def _write_contacten(s: Schrijver, persoon: Persoon, dag: date) -> None:
    with s.element("Contact"):
        _write_contact(s, persoon, "01")
    if persoon.verblijf_elders:
        with s.element("Contact"):
            s.eigen("Soort", "04")
            s.eigen("Organisatie", "Logeerhuis De Haven")
            _write_telefoon(s, "0172000999")
            with s.element("Periode"):
                s.basis("Begindatum", kalender.begin_of_maand(dag))


def _write_contact(s: Schrijver, persoon: Persoon, soort: str) -> None:
    s.eigen("Soort", soort)
    with s.element("Adres"):
        with s.element("Huis", "ijw"):
            s.basis("Huisnummer", persoon.huisnummer)
        s.basis("Postcode", persoon.postcode)
        s.basis("Straatnaam", persoon.straat)
        s.basis("Plaatsnaam", "Alphen aan den Rijn")
        s.basis("LandCode", "NL")
    _write_telefoon(s, persoon.telefoon)


def _write_telefoon(s: Schrijver, nummer: str) -> None:
    with s.element("Telefoon"), s.element("Telefoon01", "ijw"):
        s.basis("Telefoonnummer", nummer)
        s.basis("Landnummer", "0031")


def _write_toewijzing(s: Schrijver, toewijzing: Stadstoewijzing) -> None:
    s.eigen("ToewijzingNummer", toewijzing.nummer)
    write_product(s, toewijzing.product)
    s.eigen("Toewijzingsdatum", toewijzing.toewijzingsdatum)
    s.eigen("Toewijzingstijd", toewijzing.toewijzingstijd)
    s.eigen("Ingangsdatum", toewijzing.ingangsdatum)
    s.eigen("Einddatum", toewijzing.einddatum)
    s.eigen("RedenWijziging", toewijzing.reden)
    if toewijzing.omvang is not None:
        with s.element("Omvang"):
            s.basis("Volume", toewijzing.omvang.volume)
            s.basis("Eenheid", toewijzing.omvang.eenheid)
            s.basis("Frequentie", toewijzing.omvang.frequentie)
    s.eigen("Budget", toewijzing.budget)


def write_jw305(kop: Kop, starts: Sequence[tuple[Stadstoewijzing, date]]) -> bytes:
    """Write a JW305: each allocation (all of one client) with the day on which its delivery began."""
    with open_bericht(JW305, kop) as s, s.element("Client"):
        write_client(s, starts[0][0].persoon)
        with s.element("StartProducten"):
            for toewijzing, begin in starts:
                with s.element("StartProduct"):
                    _write_sleutel(s, toewijzing)
                    s.eigen("Begindatum", begin)
                    s.eigen("StatusAanlevering", "1")
    return finish_bericht(JW305, s)


def _write_sleutel(s: Schrijver, toewijzing: Stadstoewijzing) -> None:
    s.eigen("ToewijzingNummer", toewijzing.nummer)
    write_product(s, toewijzing.product)
    s.eigen("ToewijzingIngangsdatum", toewijzing.ingangsdatum)


def write_jw307(kop: Kop, stops: Sequence[tuple[Stadstoewijzing, Stop]]) -> bytes:
    """Write a JW307: each allocation (all of one client) with how its delivery ended."""
    with open_bericht(JW307, kop) as s, s.element("Client"):
        write_client(s, stops[0][0].persoon)
        with s.element("StopProducten"):
            for toewijzing, stop in stops:
                with s.element("StopProduct"):
                    _write_sleutel(s, toewijzing)
                    s.eigen("Begindatum", stop.begindatum)
                    s.eigen("RedenBeeindiging", stop.reden)
                    s.eigen("Einddatum", stop.einddatum)
                    s.eigen("StatusAanlevering", "1")
    return finish_bericht(JW307, s)
