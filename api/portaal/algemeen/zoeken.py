"""One search box for numbers, references, AGB codes and clients. A Bsn comes by POST only and stands in no address."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import Form
from fastapi.responses import Response

from api.portaal.schil.adres import Paginaadres, make_adres
from api.portaal.schil.bladzij import Bladzij, Ieder
from api.portaal.schil.opmaak import client, datum, euro, periode
from api.portaal.schil.paginarouter import Paginarouter
from berichten.inzage.berichten.berichten import Bericht, Berichtfilter, list_berichten
from berichten.inzage.berichten.toewijzingen import Toewijzing, Toewijzingfilter, find_toewijzing, list_toewijzingen
from berichten.inzage.besluiten.regelzoeker import find_by_referentie
from berichten.inzage.verzoeken.verzoeklijst import Verzoekfilter, list_verzoeken
from berichten.kern.rechten import ZIEN_BERICHTEN, ZIEN_CLIENTEN
from berichten.standaard.waarden.bsn import is_bsn

router = Paginarouter()
_MEESTE = 25
_BERICHT: dict[str, str] = {"aanbieder": "/berichten/{}", "contractbeheer": "/declaraties/{}"}
"""By role: the page of a message."""
_TOEWIJZING: dict[str, str] = {"contractbeheer": "/toewijzingen/{}"}
"""By role: the page of an allocation."""
_AANBIEDER: dict[str, str] = {"contractbeheer": "/aanbieders/{}"}
"""By role: the page of an aanbieder."""
_REGEL: dict[str, str] = {
    "aanbieder": "/berichten/{0}/regels/{1}", "contractbeheer": "/prestaties/{1}", "financien": "/totalen/regels/{1}",
}  # fmt: skip
"""By role: the page of a line, by its message and itself."""
_VERZOEK: dict[str, str] = {"aanbieder": "/mijn-verzoeken/{}", **dict.fromkeys(("contractbeheer", "gemeente"), "/verzoeken/{}")}
"""By role: the page of a request."""
_TEKENS = re.compile(r"[\w./-]{1,60}")
_GEEN_TEKENS = "Zoek op letters, cijfers, punten en streepjes. Andere tekens komen in een nummer of kenmerk niet voor."
_NIETS = "Hiermee is niets gevonden dat u mag zien. Controleer het nummer of kenmerk; neem het precies over."


@dataclass(frozen=True, slots=True)
class Vondst:
    """Something that was found, with where it is to be seen."""

    soort: str
    naam: str
    uitleg: str
    adres: Paginaadres | None


@router.post("/zoeken")
def post_zoeken(bladzij: Ieder, q: Annotated[str, Form(max_length=200)] = "") -> Response:
    """A client is looked up at once; for anything else the question goes into the address, so that Back and a bookmark keep it."""
    vraag = q.strip()
    cijfers = re.sub(r"[ .-]", "", vraag)
    if is_bsn(cijfers) and not list(_find_toewijzing(bladzij, cijfers)):
        vondsten = list(_find_client(bladzij, cijfers))
        return _show(bladzij, "een BSN dat eindigt op " + cijfers[-3:], vondsten)
    return bladzij.go(make_adres("/zoeken", {"q": vraag}))


@router.get("/zoeken")
def get_zoeken(bladzij: Ieder) -> Response:
    """What bears this number or reference; one find opens at once."""
    vraag = (bladzij.adres.get("q") or "").strip()
    if not vraag:
        return _show(bladzij, "", [], "Typ een nummer of kenmerk in het zoekveld bovenaan.")
    if is_bsn(vraag) and not list(_find_toewijzing(bladzij, vraag)):
        return _show(bladzij, "", [], "Een BSN hoort niet in het adres van een pagina. Typ het in het zoekveld bovenaan.")
    if not _TEKENS.fullmatch(vraag):
        return _show(bladzij, "", [], _GEEN_TEKENS)
    zoekers = (_find_toewijzing, _find_aanbieder, _find_verzoeken, _find_berichten, _find_regels)
    vondsten = [vondst for zoek in zoekers for vondst in zoek(bladzij, vraag)]
    if len(vondsten) == 1 and vondsten[0].adres is not None:
        return bladzij.go(vondsten[0].adres)
    return _show(bladzij, vraag, vondsten)


def _show(bladzij: Bladzij, waarop: str, vondsten: list[Vondst], uitleg: str = _NIETS) -> Response:
    titel = "Gevonden" if vondsten else "Zoeken"
    return bladzij.show("algemeen/zoeken.html", titel=titel, waarop=waarop, vondsten=vondsten, uitleg=uitleg)


def _find_toewijzing(bladzij: Bladzij, vraag: str) -> Iterator[Vondst]:
    if bladzij.bezoeker.rol in ZIEN_CLIENTEN and vraag.isascii() and vraag.isdigit() and len(vraag) <= 9:
        gevonden = find_toewijzing(bladzij.kijker, int(vraag))
        if gevonden is not None:
            yield _as_toewijzing(bladzij, gevonden)


def _find_client(bladzij: Bladzij, bsn: str) -> Iterator[Vondst]:
    if bladzij.bezoeker.rol in ZIEN_CLIENTEN:
        lijst = list_toewijzingen(bladzij.kijker, Toewijzingfilter(bsn=bsn), _MEESTE, None)
        yield from (_as_toewijzing(bladzij, item) for item in lijst.regels)


def _find_aanbieder(bladzij: Bladzij, vraag: str) -> Iterator[Vondst]:
    pad = _AANBIEDER.get(bladzij.bezoeker.rol)
    if pad is not None and re.fullmatch("[0-9]{8}", vraag):
        yield Vondst("Aanbieder", vraag, "", make_adres(pad.format(vraag)))


def _find_berichten(bladzij: Bladzij, vraag: str) -> Iterator[Vondst]:
    """Messages of which this is a number or mark; each once."""
    if bladzij.bezoeker.rol not in ZIEN_BERICHTEN:
        return
    gezien = set()
    for zeef in (Berichtfilter(identificatie=vraag), Berichtfilter(declaratienummer=vraag), Berichtfilter(eigen_kenmerk=vraag)):
        for bericht in list_berichten(bladzij.kijker, zeef, _MEESTE, None).regels:
            if bericht.bericht_id not in gezien:
                gezien.add(bericht.bericht_id)
                yield _as_bericht(bladzij, bericht)


def _find_verzoeken(bladzij: Bladzij, vraag: str) -> Iterator[Vondst]:
    """Requests whose reference begins so."""
    pad = _VERZOEK.get(bladzij.bezoeker.rol)
    if pad is None:
        return
    for item in list_verzoeken(bladzij.kijker, Verzoekfilter(referentie=vraag), _MEESTE, None).regels:
        uitleg = f"cliënt {client(item.client)}, ontvangen op {datum(item.ontvangen_op)}"
        yield Vondst("Verzoek", item.referentie_aanbieder, uitleg, make_adres(pad.format(item.verzoek_id)))


def _find_regels(bladzij: Bladzij, vraag: str) -> Iterator[Vondst]:
    """Billed lines under this reference."""
    pad = _REGEL.get(bladzij.bezoeker.rol)
    if pad is None:
        return
    for item in find_by_referentie(bladzij.kijker, vraag):
        uitleg = f"cliënt {client(item.client)}, {periode(item.begindatum, item.einddatum)}, {euro(item.bedrag)}"
        yield Vondst("Regel", item.referentienummer, uitleg, make_adres(pad.format(item.bericht_id, item.prestatie_id)))


def _as_toewijzing(bladzij: Bladzij, item: Toewijzing) -> Vondst:
    uitleg = f"cliënt {client(item.client)}, aanbieder {item.agb}, {periode(item.ingangsdatum, item.einddatum)}"
    pad = _TOEWIJZING.get(bladzij.bezoeker.rol)
    return Vondst("Toewijzing", str(item.toewijzingnummer), uitleg, (pad and make_adres(pad.format(item.toewijzingnummer))) or None)


def _as_bericht(bladzij: Bladzij, item: Bericht) -> Vondst:
    uitleg = f"van {item.afzender}, ontvangen op {datum(item.ontvangen_op)}"
    pad = _BERICHT.get(bladzij.bezoeker.rol)
    naam = item.declaratienummer or item.identificatie or ""
    return Vondst(item.soort, naam, uitleg, (pad and make_adres(pad.format(item.bericht_id))) or None)
