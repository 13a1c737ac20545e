"""One decision on many lines: first what it would come to, on a page of its own; then all of them, or none."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import Form
from fastapi.responses import Response

from api.besluiten.besluitmodellen import STATUSSEN
from api.portaal.contractbeheer.prestatie import NOG_NIETS, Ingevuld, list_codes
from api.portaal.contractbeheer.werklijstvraag import list_address, read_vraag
from api.portaal.schil.bladzij import Bladzij, Contractbeheer, Melding
from api.portaal.schil.invoer import Adresinvoer
from api.portaal.schil.opmaak import euro
from api.portaal.schil.paginarouter import Paginarouter
from berichten.beoordeling.besluit import Besluit, check_tekst
from berichten.inzage.besluiten.werkvoorraadkeuzes import MEESTE_REGELS, choose_all, preview_besluiten
from berichten.kern.taal import telling
from berichten.processen.besluiten.beslis_prestatie import BesluitGeweigerd, GenomenBesluit, decide
from berichten.processen.besluiten.formulierconcept import drop_concept, find_concept

router = Paginarouter()
_NIETS = "U koos nog geen regels. Zet een vinkje bij de regels waarover u besluit."
_TE_VEEL = f"Over hooguit {MEESTE_REGELS} regels tegelijk kan worden besloten. Kies er minder, of gebruik een filter."
_CONCEPT = "/werkvoorraad/bevestigen"
_KEUZES = {"toekennen": "toegekend", "afwijzen": "afgewezen"}


@router.post("/werkvoorraad/bevestigen")
def post_bevestigen(
    bladzij: Contractbeheer,
    prestatie: Annotated[list[int] | None, Form()] = None,
    keuze: Annotated[str, Form()] = "",
    alles: Annotated[str, Form()] = "",
) -> Response:
    """What the decision would come to. With `alles` it is about every line of the list, on whatever page."""
    prestatie = _choose(bladzij, prestatie, alles)
    if not prestatie:
        return bladzij.go(list_address(bladzij), Melding(_NIETS, "warning"))
    return _confirm(bladzij, prestatie, Ingevuld(keuze if keuze in _KEUZES else ""))


@router.get("/werkvoorraad/bevestigen")
def get_bevestigen(bladzij: Contractbeheer) -> Response:
    """What was chosen and typed when the session ended; without any of that the list itself."""
    getypt = find_concept(bladzij.werkplaats, bladzij.bezoeker.houder, _CONCEPT)
    velden = dict(getypt)
    nummers = _choose(
        bladzij, [int(waarde) for naam, waarde in getypt if naam == "prestatie" and waarde.isdecimal()], velden.get("alles", "")
    )
    if not nummers:
        return bladzij.go(list_address(bladzij))
    keuze = velden.get("keuze", "")
    ingevuld = Ingevuld(keuze if keuze in _KEUZES else "", velden.get("retourcode", ""), velden.get("motivering", ""))
    return _confirm(bladzij, nummers, ingevuld, melding=NOG_NIETS)


def _choose(bladzij: Bladzij, nummers: list[int] | None, alles: str) -> list[int] | None:
    """Those that were chosen, or every line of the list."""
    if not alles:
        return nummers
    vraag = read_vraag(Adresinvoer(bladzij.adres))
    return choose_all(bladzij.kijker, vraag.zeef, vraag.waarschuwing, vraag.volgorde)


@router.post("/werkvoorraad/besluiten")
def post_bulkbesluit(
    bladzij: Contractbeheer,
    prestatie: Annotated[list[int] | None, Form()] = None,
    keuze: Annotated[str, Form()] = "",
    retourcode: Annotated[str, Form()] = "",
    motivering: Annotated[str, Form()] = "",
) -> Response:
    """One transaction for all of them; back to the list with what was done."""
    if not prestatie:
        return bladzij.go(list_address(bladzij), Melding(_NIETS, "warning"))
    fouten = {} if keuze in _KEUZES else {"keuze": "Kies wat u besluit."}
    if gebrek := check_tekst(motivering):
        fouten["motivering"] = gebrek
    ingevuld = Ingevuld(keuze, retourcode, motivering, fouten=fouten)
    if fouten:
        return _confirm(bladzij, prestatie, ingevuld, 400)
    code = (retourcode or None) if keuze == "afwijzen" else None
    besluiten = [Besluit(nummer, keuze, motivering.strip(), code) for nummer in dict.fromkeys(prestatie)]  # type: ignore[arg-type]
    uitkomst = decide(bladzij.handelend, bladzij.bezoeker.gemeente, bladzij.bezoeker.houder.sleutel_id, besluiten)
    if isinstance(uitkomst, BesluitGeweigerd):
        return _confirm(bladzij, prestatie, ingevuld, STATUSSEN[uitkomst.soort], uitkomst)
    drop_concept(bladzij.werkplaats, bladzij.bezoeker.houder, _CONCEPT)
    for agb in dict.fromkeys(item.agb for item in uitkomst):
        bladzij.ring(agb)
    return bladzij.go(list_address(bladzij), _tell(uitkomst, keuze))


def _tell(genomen: Sequence[GenomenBesluit], keuze: str) -> Melding:
    bedrag = euro(sum(item.bedrag for item in genomen))
    wacht = sum(not item.definitief for item in genomen)
    tekst = f"{telling(len(genomen) - wacht, 'regel', 'regels')} {_KEUZES[keuze]}, samen {bedrag}."
    if wacht:
        tekst += f" {telling(wacht, 'besluit wacht', 'besluiten wachten')} op een tweede medewerker."
    return Melding(tekst)


def _confirm(
    bladzij: Bladzij,
    prestatie: Sequence[int],
    ingevuld: Ingevuld,
    status: int = 200,
    geweigerd: BesluitGeweigerd | None = None,
    melding: Melding | None = None,
) -> Response:
    nummers = list(dict.fromkeys(prestatie))
    if len(nummers) > MEESTE_REGELS:
        return bladzij.go(list_address(bladzij), Melding(_TE_VEEL, "warning"))
    meldingen: tuple[Melding, ...] = (melding,) if melding else ()
    if geweigerd is not None:
        waarom = " ".join(dict.fromkeys(fout.melding for fout in geweigerd.fouten[:3]))
        aantal = telling(len(geweigerd.fouten), "regel", "regels")
        meldingen = (Melding(f"Er is niets besloten, want bij {aantal} kan het niet. {waarom}", "error"),)
    return bladzij.show(
        "contractbeheer/bevestigen.html",
        status=status,
        meldingen=meldingen,
        titel="Eén besluit over meer regels",
        vooruitblik=preview_besluiten(bladzij.kijker, nummers),
        nummers=nummers,
        lijst=list_address(bladzij),
        besluiten=list_address(bladzij, "/besluiten"),
        codes=list_codes(bladzij.werkplaats, "Voor elke regel de voorgestelde code"),
        ingevuld=ingevuld,
        geweigerd=[int(fout.pad) for fout in geweigerd.fouten] if geweigerd else [],
    )
