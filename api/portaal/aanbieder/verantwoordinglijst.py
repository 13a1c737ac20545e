"""Delivery records of an aanbieder: what was sent, and a file of new ones, which is tried before it is kept."""

from collections import Counter
from datetime import date
from typing import Annotated

from fastapi import File, Form, UploadFile
from fastapi.responses import Response

from api.portaal.schil.adres import Paginaadres, make_adres
from api.portaal.schil.bladzij import Aanbieder, Bladzij, Melding
from api.portaal.schil.invoer import Adresinvoer
from api.portaal.schil.opmaak import maand
from api.portaal.schil.paginarouter import Paginarouter
from berichten.inzage.basis.bladzijde import Bladzijde, WijzerFout
from berichten.inzage.naslag.verantwoordingen import BewaardeVerantwoording, list_verantwoordingen
from berichten.kern.taal import foutental, meervoud, telling
from berichten.processen.besluiten.ontvang_verantwoording import SOORT, Ontvangst, accept_records, write_records
from berichten.processen.referentie.bewaar_bestand import WEG, drop_bestand, find_bestand, keep_bestand
from berichten.processen.referentie.laad_referentie import Verschil
from berichten.processen.referentie.soorten import SOORTEN

router = Paginarouter()
PER_KEER = 25
ADRES = "/portaal/verantwoording"
_PLAATS = "eigen-verantwoording"
"""Where a file waits between the check and the keeping."""
TIJDEN = {
    "direct": "Direct met de cliënt", "groep": "In een groep", "indirect": "Voor de cliënt, zonder de cliënt erbij",
    "niet_clientgebonden": "Niet voor een cliënt", "no_show": "Cliënt kwam niet (no-show)", "afgezegd": "Afgezegd",
}  # fmt: skip
_GEEN = "Kies een bestand (CSV of Excel)."
_UITKOMSTEN = {"toegekend": "toegekend", "afgewezen": "afgewezen", "ter_beoordeling": "wacht nog op de gemeente"}


@router.get("/verantwoording")
def get_verantwoordinglijst(bladzij: Aanbieder) -> Response:
    """As it is kept, by reference; with the forms to send more."""
    return _show(bladzij)


@router.get("/verantwoording/voorbeeld")
def get_voorbeeldbestand(bladzij: Aanbieder) -> Response:
    """A file with the columns and two rows, one of each way to say what it is about."""
    dag = bladzij.vandaag.replace(day=1)
    rijen = (
        {"referentienummer": "R0001", "datum": dag, "minuten": 60, "soort": "direct", "niveau": "HBO", "registratie": "SKJ"},
        {
            "toewijzingnummer": 100001, "maand": f"{dag:%Y-%m}", "datum": dag, "minuten": 45, "soort": "no_show", "niveau": "WO",
            "registratie": "BIG", "contactnummer": "C-1",
        },
    )  # fmt: skip
    kop = {"Content-Disposition": 'attachment; filename="verantwoording-voorbeeld.csv"'}
    inhoud = write_records(bladzij.bezoeker.gemeente, bladzij.bezoeker.agb or "", rijen)
    return Response(inhoud, media_type="text/csv; charset=utf-8", headers=kop)


@router.post("/verantwoording")
def post_verantwoordingproef(bladzij: Aanbieder, bestand: Annotated[UploadFile | None, File()] = None) -> Response:
    """Tried as a whole, with what would become of held lines; nothing is kept."""
    inhoud = bestand.file.read() if bestand is not None else b""
    if not inhoud:
        return _show(bladzij, fout=_GEEN, status=400)
    ontvangst = take_records(bladzij, inhoud, proef=True)
    if ontvangst.inlezing.verschil is None:
        return _show(bladzij, ontvangst=ontvangst, status=400)
    return _show(bladzij, ontvangst=ontvangst, merk=keep_bestand(bladzij.werkplaats, bladzij.bezoeker.houder, _PLAATS, inhoud))


@router.post("/verantwoording/bewaren")
def post_verantwoordingbewaren(bladzij: Aanbieder, merk: Annotated[str, Form()] = "") -> Response:
    """What was tried is kept; it is judged again, since something may have come in meanwhile."""
    houder = bladzij.bezoeker.houder
    bestand = find_bestand(bladzij.werkplaats, houder, _PLAATS, merk)
    if bestand is None:
        return _show(bladzij, fout=WEG, status=400)
    ontvangst = take_records(bladzij, bestand)
    verschil = ontvangst.inlezing.verschil
    if verschil is None:
        return _show(bladzij, ontvangst=ontvangst, status=400)
    drop_bestand(bladzij.werkplaats, houder, _PLAATS)
    return bladzij.go(ADRES, Melding(tell_kept(verschil, ontvangst)))


def take_records(bladzij: Bladzij, inhoud: bytes, *, proef: bool = False) -> Ontvangst:
    """Take a file of who is logged in; what came in of it meanwhile is handled after."""
    wie = bladzij.bezoeker
    ontvangst = accept_records(bladzij.handelend, wie.gemeente, wie.agb or "", inhoud, proef=proef)
    if not proef:
        bladzij.ring(wie.agb or "")
    return ontvangst


def tell_kept(verschil: Verschil, ontvangst: Ontvangst) -> str:
    """What was kept, and what became of lines that waited."""
    delen = [telling(verschil.nieuw, "nieuwe regel", "nieuwe regels")] if verschil.nieuw else []
    delen += [telling(verschil.gewijzigd, "gewijzigde regel", "gewijzigde regels")] if verschil.gewijzigd else []
    delen += [telling(verschil.ingetrokken, "ingetrokken regel", "ingetrokken regels")] if verschil.ingetrokken else []
    wat = f"Uw verantwoording is bewaard: {' en '.join(delen)}." if delen else "Dit hadden we al. Er is niets veranderd."
    return " ".join([wat, *_tell_lines(ontvangst, ("is", "zijn"))])


def _tell_lines(ontvangst: Ontvangst, is_: tuple[str, str]) -> list[str]:
    """A sentence on held lines that are looked at once more because of the records; none when there are none."""
    aantallen = Counter(ontvangst.uitkomsten.values())
    if not aantallen:
        return []
    delen = [f"{aantallen[code]} {woord}" for code, woord in _UITKOMSTEN.items() if aantallen[code]]
    totaal = aantallen.total()
    return [
        f"{telling(totaal, 'wachtende regel', 'wachtende regels')} {meervoud(totaal, *is_)} opnieuw bekeken: {', '.join(delen)}."
    ]


def _show(bladzij: Bladzij, ontvangst: Ontvangst | None = None, merk: str = "", fout: str = "", status: int = 200) -> Response:
    invoer = Adresinvoer(bladzij.adres)
    gelijk = _read_zeef(invoer)
    inlezing = ontvangst.inlezing if ontvangst else None
    return bladzij.show(
        "aanbieder/verantwoordinglijst.html",
        status=status,
        titel="Verantwoording",
        lijst=_list(bladzij, gelijk, invoer.tekst("na") or None).each(lambda item: (item, _form_of(item))),
        invoer=invoer,
        tijden=TIJDEN,
        chips=_chips(bladzij.adres, gelijk),
        fout=fout,
        inlezing=inlezing,
        foutental=foutental(inlezing.totaal) if inlezing else "",
        verschil=inlezing.verschil if inlezing else None,
        gevolgen=_tell_lines(ontvangst, ("wordt", "worden")) if ontvangst else [],
        merk=merk,
        meldingen=invoer.meldingen(),
    )


def _read_zeef(invoer: Adresinvoer) -> dict[str, str | int | date]:
    """What an address asks of the list, by column."""
    toewijzing = invoer.code("toewijzing", "[0-9]{1,9}", "Een toewijzing heeft een nummer van ten hoogste 9 cijfers.")
    maand_ = invoer.code("maand", "20[0-9]{2}-(0[1-9]|1[0-2])", "Schrijf een maand als 2026-04.")
    gevraagd = {
        "referentienummer": invoer.code("referentie", r"[\w./-]{1,20}", "Een referentie heeft ten hoogste 20 letters en cijfers."),
        "toewijzingnummer": int(toewijzing) if toewijzing else None,
        "maand": date.fromisoformat(f"{maand_}-01") if maand_ else None,
        "soort": invoer.keuze("soort", tuple(TIJDEN)),
    }
    return {naam: waarde for naam, waarde in gevraagd.items() if waarde is not None}


def _list(bladzij: Bladzij, gelijk: dict[str, str | int | date], na: str | None) -> Bladzijde[BewaardeVerantwoording]:
    """A pointer that was never given out begins the list again."""
    try:
        return list_verantwoordingen(bladzij.kijker, SOORTEN[SOORT].tabel, gelijk, PER_KEER, na)
    except WijzerFout:
        return _list(bladzij, gelijk, None)


def _form_of(item: BewaardeVerantwoording) -> Paginaadres:
    """The form that is filled with this record."""
    return make_adres("/verantwoording/nieuw", {naam: getattr(item, naam) for naam in item.__slots__ if naam != "agb"})


def _chips(adres: Paginaadres, gelijk: dict[str, str | int | date]) -> list[tuple[str, Paginaadres]]:
    """The filters that are on in words, each with the address without it."""
    dag = gelijk.get("maand")
    aan = [
        ("referentie", gelijk.get("referentienummer"), "referentie {}"),
        ("toewijzing", gelijk.get("toewijzingnummer"), "toewijzing {}"),
        ("maand", maand(dag) if isinstance(dag, date) else None, "{}"),
        ("soort", TIJDEN.get(str(gelijk.get("soort"))), "{}"),
    ]
    return [(woorden.format(waarde), adres.zonder(naam).zonder("na")) for naam, waarde, woorden in aan if waarde]
