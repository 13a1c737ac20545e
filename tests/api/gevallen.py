"""Everything that people and programs send to the wrong door, or wrongly to the right one; and what they must be told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from berichten.voorbeelden.model.model import GEMEENTE, VoorbeeldBericht
from berichten.voorbeelden.stad.stad import Stad, maak_stad

XML = "application/xml"
_ENTITEITEN = "".join(f'<!ENTITY e{nummer} "{f"&e{nummer - 1};" * 10}">' for nummer in range(1, 10))
_LACHERS = f'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY e0 "haha">{_ENTITEITEN}]><b>&e9;</b>'.encode()
_EXTERN = b'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY x SYSTEM "file:///etc/passwd">]><b>&x;</b>'

STAD = maak_stad(clienten=10, maanden=3, seed=5, tot=date(2026, 5, 1))
"""A town small enough to send in seconds, in which every named mistake occurs."""


@dataclass(frozen=True, slots=True)
class Geval:
    """One request that must be turned down, with the status and the words that tell why or what to do."""

    naam: str
    inhoud: bytes
    status: int
    woorden: tuple[str, ...]
    """Each must occur in the detail or in a fault's text."""
    wie: str = ""
    """Key to send with: AGB code, gemeentecode or role; empty for none."""
    soort: str = XML
    methode: str = "POST"
    pad: str = "/berichten"


def list_slechte_bestanden(stad: Stad) -> Iterator[Geval]:
    """Bytes refused at level 1: the attempt is kept with its faults."""
    goed = find_declaratie(stad)
    wie, inhoud = goed.afzender, goed.inhoud
    tekst = inhoud.decode()
    bsn = find_bsn(tekst)
    zonder_kop = tekst.replace('encoding="UTF-8"', 'encoding="{}"', 1)

    def geval(naam: str, deel: bytes, *woorden: str) -> Geval:
        return Geval(naam, deel, 400, woorden, wie)

    yield geval("leeg", b"", "leeg", "bericht erin")
    yield geval("alleen witruimte", b" \r\n\t ", "leeg")
    yield geval("ruis", bytes(range(256)) * 20, "XML")
    yield geval("plaatje", b"\x89PNG\r\n\x1a\n" + bytes(500), "afbeelding", "XML")
    yield geval("7-zip", b"7z\xbc\xaf\x27\x1c" + bytes(500), "7-Zip", "Pak het uit", "ZIP-bestand")
    yield geval("rar", b"Rar!\x1a\x07\x01" + bytes(500), "RAR", "Pak het uit", "ZIP-bestand")
    yield geval("pdf", b"%PDF-1.7\n" + b"x" * 500, "PDF", "XML")
    yield geval("html", b"<!DOCTYPE html><html><body>Inloggen</body></html>", "webpagina", "XML")
    yield geval("json als xml", b'{"soort": "JW323"}', "JSON", "XML")
    yield geval("csv", b"bsn;code;bedrag\n1;2;3\n", "CSV", "XML")
    yield geval("vaste velden", b"012345678901234567890\r\n98000000", "JW323")
    yield geval("afgekapt", inhoud[: len(inhoud) // 2], "houdt op")
    yield geval("afgekapt in het laatste element", inhoud[:-9], "houdt op")
    yield geval("afgekapt na een regel", inhoud[: inhoud.rindex(b"<jw323:Prestatie>")], "houdt op")
    yield geval("een element niet gesloten", inhoud.replace(b"</jw323:Prestatie>", b"", 1), "Regel")
    yield geval("twee berichten achter elkaar", inhoud + inhoud, "Regel")
    yield geval("doctype", inhoud.replace(b"?>", b"?>\n<!DOCTYPE b>", 1), "DOCTYPE", "Haal")
    yield geval("lachende miljard", _LACHERS, "DOCTYPE", "Haal")
    yield geval("entiteit van buiten", _EXTERN, "DOCTYPE", "Haal")
    yield geval("onbekende entiteit", inhoud.replace(b">DN", b">&geheim;DN", 1), "&amp;")
    yield geval("utf-16", zonder_kop.format("UTF-16").encode("utf-16"), "UTF-16", "UTF-8")
    yield geval("utf-8 met BOM", b"\xef\xbb\xbf" + inhoud, "BOM", "UTF-8")
    yield geval("latin-1 in de kop", zonder_kop.format("ISO-8859-1").encode("latin-1"), "ISO-8859-1", "UTF-8")
    yield geval("latin-1 zonder het te zeggen", tekst.replace(">DN", ">Dé", 1).encode("latin-1"), "UTF-8")
    yield geval("nulteken", inhoud.replace(b">DN", b">\x00DN", 1), "nulteken")
    yield geval("andere namespace", inhoud.replace(b"ijw/3_2/jw323", b"iets/9_9/jw323"), "standaard", "JW323")
    yield geval("zonder namespace", b"<Bericht/>", "namespace")
    yield geval("onbekend begin", b"<Factuur><Regel/></Factuur>", "Factuur", "JW323")
    yield geval("envelop", b"<Envelope><Body/></Envelope>", "envelop", "Haal")
    yield geval("release 2.4", inhoud.replace(b"ijw/3_2", b"ijw/2_4"), "2.4", "3.2", "softwareleverancier")
    yield geval("wmo-bericht", inhoud.replace(b"ijw/3_2/jw323", b"iwmo/3_2/wmo323"), "iWmo")
    yield geval("verzoek om toewijzing met andere inhoud", inhoud.replace(b"jw323", b"jw315"), "BerichtCode")
    yield geval("antwoordbericht", inhoud.replace(b"jw323", b"jw325"), "JW325", "JW323")
    yield geval("datum die niet bestaat", inhoud.replace(b"2026-03-31", b"2026-02-31"), "2026-02-31")
    yield geval("datum in gewone volgorde", inhoud.replace(b"2026-03-31", b"31-03-2026"), "31-03-2026", "2026-03-31")
    yield geval("jaar nul", inhoud.replace(b"2026-03-31", b"0000-03-31"), "0000-03-31")
    yield geval("bedrag met komma", tekst.replace("<ijw:Bedrag>", "<ijw:Bedrag>1,", 1).encode(), "Bedrag")
    yield geval("element te veel", tekst.replace("<jw323:Declaratie>", "<jw323:Extra/><jw323:Declaratie>", 1).encode(), "Extra")
    yield geval("cijfers van het bsn te weinig", tekst.replace(bsn, bsn[:-1]).encode(), "Bsn")
    yield geval("bsn met een cijfer te veel", tekst.replace(bsn, bsn + "1").encode(), "Bsn")
    yield from (geval(f"bsn als {naam}", deel, *woorden) for naam, deel, woorden in _list_verdwaalde_bsns(tekst))


def find_declaratie(stad: Stad) -> VoorbeeldBericht:
    """A declaration that comes in at the door, whatever may be wrong with its lines."""
    return next(item for item in stad.berichten if item.soort == "JW323")


def find_bsn(tekst: str) -> str:
    """The first client of a message."""
    return tekst.partition("Bsn>")[2][:9]


def _list_verdwaalde_bsns(tekst: str) -> Iterator[tuple[str, bytes, tuple[str, ...]]]:
    """A BSN where it does not belong, which an explanation of the fault might repeat."""
    bsn = find_bsn(tekst)
    for element in ("Afzender", "DeclaratieNummer", "ProductCategorie", "ProductCode", "Eenheid", "GeleverdVolume", "DebetCredit"):
        begin, naam, rest = tekst.partition(f"{element}>")
        yield element, f"{begin}{naam}{bsn} {bsn}{rest[rest.index('<') :]}".encode(), (element,)
    yield "element", tekst.replace("<jw323:Clienten>", f"<jw323:_{bsn}/><jw323:Clienten>", 1).encode(), ("Haal het weg",)
    yield "attribuut", tekst.replace("<jw323:Clienten>", f'<jw323:Clienten bsn="{bsn}">', 1).encode(), ("Clienten",)
    yield "losse tekst", tekst.replace("<jw323:Clienten>", f"<jw323:Clienten>{bsn}", 1).encode(), ("Clienten",)
    yield "begin van het bestand", f"<a{bsn}/>".encode(), ("JW323",)
    yield "namespace", f'<Bericht xmlns="urn:{bsn}"/>'.encode(), ("namespace",)
    yield "entiteit", tekst.replace("<jw323:Clienten>", f"<jw323:Clienten>&a{bsn};", 1).encode(), ("&amp;",)
    yield "codering", f'<?xml version="1.0" encoding="{bsn}"?><a/>'.encode(), ("UTF-8",)


def list_verkeerde_loketten(stad: Stad) -> Iterator[Geval]:
    """Sound messages from the wrong hand, and requests that are no message at all. Nothing of these is kept."""
    goed = find_declaratie(stad)
    toewijzing = next(item for item in stad.berichten if item.soort == "JW301")
    wie, inhoud = goed.afzender, goed.inhoud
    ander = next(item.agb for item in stad.aanbieders if item.agb != wie)
    elders = inhoud.replace(f"Ontvanger>{GEMEENTE}<".encode(), b"Ontvanger>0001<")
    yield Geval("ontvanger is een andere gemeente", elders, 403, ("0001", GEMEENTE, "juiste gemeente"), wie)
    yield Geval("sleutel van een andere aanbieder", inhoud, 403, (wie, ander, "sleutel van de afzender"), ander)
    yield Geval("toewijzing van een aanbieder", toewijzing.inhoud, 403, ("JW301", "gemeente"), wie)
    yield Geval("declaratie van de gemeente", inhoud, 403, ("JW323", "aanbieder"), GEMEENTE)
    for rol in ("financien", "contractbeheer", "beheer"):
        yield Geval(f"sleutel van {rol}", inhoud, 403, (rol, "aanbieder, gemeente"), rol)
    yield Geval("geen sleutel", inhoud, 401, ("Authorization: Bearer", "gemeente"))
    yield Geval("26 MB", inhoud + b" " * (26 * 1024 * 1024 - len(inhoud)), 413, ("25 MB", "Verdeel"), wie)
    yield Geval("json", b"{}", 415, ("application/xml",), wie, soort="application/json")
    yield Geval("formulier", b"a=b", 415, ("application/xml",), wie, soort="application/x-www-form-urlencoded")
    yield Geval("zonder soort", inhoud, 415, ("Content-Type",), wie, soort="")
    yield from _list_verkeerde_adressen(wie)


def _list_verkeerde_adressen(wie: str) -> Iterator[Geval]:
    nergens = "/berichten/00000000-0000-4000-8000-000000000000"
    for staart in ("", "/inhoud", "/antwoord", "/bevindingen"):
        yield Geval(f"onbekend bericht{staart}", b"", 404, ("niet van u",), wie, methode="GET", pad=nergens + staart)
    for methode in ("PUT", "DELETE", "PATCH"):
        yield Geval(f"{methode} op een bericht", b"", 405, ("openapi.json",), wie, methode=methode, pad=nergens)
    yield Geval("DELETE op de lijst", b"", 405, ("openapi.json",), wie, methode="DELETE")
    yield Geval("verkeerd pad", b"", 404, ("Controleer het adres",), wie, methode="GET", pad="/bericht")
    yield Geval("streep achter het adres", b"", 404, ("Controleer het adres",), wie, methode="GET", pad="/berichten/")
    for naam, waarde in (("geen uuid", "12"), ("bsn als id", "999946055"), ("sql als id", "' OR 1=1 --")):
        yield Geval(naam, b"", 400, ("berichtId", "Neem het"), wie, methode="GET", pad=f"/berichten/{waarde}")
    for naam, vraag, woorden in (
        ("paginaGrootte is tekst", "paginaGrootte=veel", ("heel getal",)),
        ("paginaGrootte nul", "paginaGrootte=0", ("1 of meer",)),
        ("paginaGrootte te groot", "paginaGrootte=501", ("hoogstens 500",)),
        ("paginaGrootte zonder einde", "paginaGrootte=" + "9" * 5000, ("kleiner",)),
        ("volgende is tekst", "volgende=morgen", ("vorige antwoord",)),
        ("volgende te groot", "volgende=" + "9" * 19, ("vorige antwoord",)),
    ):
        yield Geval(naam, b"", 400, woorden, wie, methode="GET", pad=f"/berichten?{vraag}")
