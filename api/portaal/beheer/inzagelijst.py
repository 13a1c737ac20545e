"""Who looked at what, new to old; and for one client who saw it: as a list, or as the report that this client may ask for."""

import re
from datetime import date
from typing import Annotated

from fastapi import Form
from fastapi.responses import Response

from api.inzage.inzagemodellen import WIJZER
from api.portaal.schil.adres import Paginaadres
from api.portaal.schil.bladzij import Bladzij, Toezicht
from api.portaal.schil.invoer import GEEN_DAG, Adresinvoer, parse_dag
from api.portaal.schil.navigatie import ROLNAMEN
from api.portaal.schil.opmaak import datum, hold_together
from api.portaal.schil.paginarouter import Paginarouter
from berichten.inzage.basis.bladzijde import Bladzijde
from berichten.inzage.basis.objecten import OBJECTSOORTEN
from berichten.inzage.toegang.inzagelog import Inzageregel, Logfilter, list_inzagen
from berichten.inzage.toegang.inzageverslag import SLOT, read_inzageverslag
from berichten.klok import begin_of, end_of
from berichten.processen.toegang.beheer_gebruikers import list_gebruikers_of
from berichten.standaard.waarden.bsn import holds_bsn, is_bsn

router = Paginarouter()
PER_KEER = 50
PER_CLIENT = 200
"""Looks at one client on a page; its report has all of them."""
UITKOMSTEN = {"getoond": "Getoond", "niet_gevonden": "Niet gevonden", "geweigerd": "Geweigerd"}
ACTIES = {"C": "Vastgelegd", "R": "Bekeken", "U": "Gewijzigd", "D": "Verwijderd", "E": "Als bestand meegenomen"}
_NUMMER = "[0-9A-Za-z._:-]{1,100}"
_GEEN_NUMMER = "Een nummer heeft letters, cijfers en streepjes. Een BSN zoekt u hiernaast, dan komt het in geen adres te staan."
_GEEN_BSN = "Dit is geen burgerservicenummer. Vul de negen cijfers in."


@router.get("/inzage")
def get_inzagelijst(bladzij: Toezicht) -> Response:
    """What was asked for; a pointer that was never given out begins the list again."""
    invoer = Adresinvoer(bladzij.adres)
    zeef = _read_zeef(invoer)
    na = invoer.tekst("na")
    lijst = list_inzagen(bladzij.kijker, zeef, PER_KEER, na if re.fullmatch(WIJZER, na) else None)
    return _show(bladzij, zeef, lijst, invoer)


def _read_zeef(invoer: Adresinvoer) -> Logfilter:
    vanaf, tot = invoer.dag("vanaf"), invoer.dag("tot")
    nummer = invoer.code("nummer", _NUMMER, _GEEN_NUMMER)
    if nummer and holds_bsn(nummer):
        nummer, invoer.fouten["nummer"] = None, _GEEN_NUMMER
    return Logfilter(
        vanaf=begin_of(vanaf) if vanaf else None,
        tot=end_of(tot) if tot else None,
        door=invoer.code("door", "[0-9A-Za-z.:-]{1,100}", "Kies iemand uit de lijst."),
        uitkomst=invoer.keuze("uitkomst", tuple(UITKOMSTEN)),
        object_soort=invoer.keuze("soort", OBJECTSOORTEN),
        object_id=nummer,
    )


@router.post("/inzage/client")
def post_inzage_client(
    bladzij: Toezicht,
    bsn: Annotated[str, Form()] = "",
    eerste: Annotated[str, Form()] = "",
    laatste: Annotated[str, Form()] = "",
    doe: Annotated[str, Form()] = "",
    met_namen: Annotated[str, Form()] = "",
) -> Response:
    """Looks that showed this client, or with `doe=verslag` the report for it. What was typed as Bsn is shown nowhere again."""
    cijfers = re.sub(r"[ .-]", "", bsn)
    van, tot, fouten = _read_form(cijfers, eerste, laatste)
    if fouten:
        lijst = list_inzagen(bladzij.kijker, Logfilter(), PER_KEER, None)
        return _show(bladzij, Logfilter(), lijst, fouten=fouten, ingevuld={"eerste": eerste, "laatste": laatste})
    zeef = Logfilter(begin_of(van) if van else None, end_of(tot) if tot else None)
    if doe == "verslag":
        verslag = read_inzageverslag(bladzij.kijker, cijfers, zeef.vanaf, zeef.tot, met_namen=bool(met_namen))
        titel = "Wie heeft uw gegevens gezien?"
        return bladzij.show("beheer/inzageverslag.html", titel=titel, verslag=verslag, slot=SLOT.strip())
    gevonden = list_inzagen(bladzij.kijker, zeef, PER_CLIENT, None, bsn=cijfers)
    return _show(bladzij, zeef, gevonden, client=cijfers[-3:])


def _read_form(cijfers: str, eerste: str, laatste: str) -> tuple[date | None, date | None, dict[str, str]]:
    """First and last day, and what is wrong with each field."""
    fouten = {} if is_bsn(cijfers) else {"bsn": _GEEN_BSN}
    dagen: list[date | None] = []
    for naam, tekst in (("eerste", eerste), ("laatste", laatste)):
        try:
            dagen.append(parse_dag(tekst.strip()) if tekst.strip() else None)
        except ValueError:
            dagen.append(None)
            fouten[naam] = GEEN_DAG
    return dagen[0], dagen[1], fouten


def _show(
    bladzij: Bladzij,
    zeef: Logfilter,
    lijst: Bladzijde[Inzageregel],
    invoer: Adresinvoer | None = None,
    *,
    client: str = "",
    fouten: dict[str, str] | None = None,
    ingevuld: dict[str, str] | None = None,
) -> Response:
    """`client` is the end of a Bsn that was asked about, `fouten` what was wrong with that form."""
    gebruikers = list_gebruikers_of(bladzij.werkplaats, bladzij.bezoeker.gemeente)
    namen = {item.persoon_id: item.naam for item in gebruikers}
    invoer = invoer or Adresinvoer(Paginaadres(bladzij.adres.pad))
    # What may be a Bsn goes on into no other address.
    lijstadres = bladzij.adres.zonder("nummer") if "nummer" in invoer.fouten else bladzij.adres
    return bladzij.show(
        "beheer/inzagelijst.html",
        status=400 if fouten else 200,
        meldingen=invoer.meldingen(),
        titel="Inzage",
        invoer=invoer,
        zeef=zeef,
        lijst=lijst,
        client=client,
        fouten=fouten or {},
        ingevuld=ingevuld or {"eerste": "", "laatste": ""},
        personen=sorted(namen.items(), key=lambda item: item[1]),
        soorten=[(soort, soort.capitalize()) for soort in OBJECTSOORTEN],
        uitkomsten=UITKOMSTEN,
        acties=ACTIES,
        rolnamen=ROLNAMEN | {"dienst": "de dienst zelf"},
        lijstadres=lijstadres,
        chips=[] if client else _chips(lijstadres, zeef, namen),
        per_client=PER_CLIENT,
        lijkt_bsn=holds_bsn,
    )


def _chips(adres: Paginaadres, zeef: Logfilter, namen: dict[str, str]) -> list[tuple[str, Paginaadres]]:
    """The filters that are on in words, each with the address without it."""
    aan = [
        ("door", zeef.door and f"door {namen.get(zeef.door, zeef.door)}"),
        ("vanaf", zeef.vanaf and f"vanaf {datum(zeef.vanaf)}"),
        ("tot", zeef.tot and f"tot en met {datum(zeef.tot)}"),
        ("soort", zeef.object_soort and f"wat: {zeef.object_soort}"),
        ("nummer", zeef.object_id and f"nummer {zeef.object_id}"),
        ("uitkomst", zeef.uitkomst and UITKOMSTEN[zeef.uitkomst].lower()),
    ]
    return [(hold_together(woorden), adres.zonder(naam).zonder("na")) for naam, woorden in aan if woorden]
