"""Another consequence for a rule: first what it would have done to the last month, then laid down."""

from collections.abc import Collection
from datetime import date, timedelta

from fastapi.responses import Response

from api.basis.problemen import Probleem
from api.portaal.regelbeleid.regeluitleg import GEVOLGEN, Gevolgkeuze, choices_of, find_soorten, show_regel
from api.portaal.schil.adres import make_adres
from api.portaal.schil.bladzij import Bladzij, Contractbeheer, Melding
from api.portaal.schil.invoer import parse_dag
from api.portaal.schil.opmaak import datum
from api.portaal.schil.paginarouter import Paginarouter
from berichten.dossier.beleid import Beleidsregel
from berichten.processen.besluiten.proef_gevolg import try_gevolg
from berichten.processen.referentie.soorten import BELEIDSREGELS
from berichten.processen.referentie.wijzig_gevolg import change_gevolg
from berichten.standaard.waarden.agb import is_agb

router = Paginarouter()
_VAST = "Van deze regel ligt het gevolg vast. Kies een eigen regel van de gemeente."
_MAAND = timedelta(days=31)


@router.post("/regels/{regel}/proef")
def post_gevolgproef(bladzij: Contractbeheer, regel: str) -> Response:
    """What it would have done to the declarations of the last month; nothing is kept."""
    keuze, nieuw = _read(bladzij, regel)
    if nieuw is None:
        return show_regel(bladzij, regel, keuze)
    inlezing = change_gevolg(bladzij.handelend, bladzij.bezoeker.gemeente, nieuw, proef=True)
    if inlezing.fouten:
        return show_regel(bladzij, regel, _with_faults(keuze, [fout.melding for fout in inlezing.fouten]))
    proef = try_gevolg(bladzij.handelend, bladzij.bezoeker.gemeente, nieuw, bladzij.vandaag - _MAAND)
    return show_regel(bladzij, regel, keuze, proef, nieuw)


@router.post("/regels/{regel}/gevolg")
def post_gevolg(bladzij: Contractbeheer, regel: str) -> Response:
    """Laid down from its day on; what was decided before stays."""
    keuze, nieuw = _read(bladzij, regel)
    if nieuw is None:
        return show_regel(bladzij, regel, keuze)
    inlezing = change_gevolg(bladzij.handelend, bladzij.bezoeker.gemeente, nieuw)
    if inlezing.fouten:
        return show_regel(bladzij, regel, _with_faults(keuze, [fout.melding for fout in inlezing.fouten]))
    tekst = f"Vanaf {datum(nieuw.ingangsdatum)} geldt bij {regel}: {GEVOLGEN[nieuw.gevolg].lower()}."
    return bladzij.go(make_adres(f"/regels/{regel}"), Melding(tekst))


def _read(bladzij: Bladzij, regel: str) -> tuple[Gevolgkeuze, Beleidsregel | None]:
    """What was filled in; no change when something is wrong with it. Raises Probleem for a rule that cannot be changed."""
    find_soorten(regel)
    if regel not in BELEIDSREGELS:
        raise Probleem(400, _VAST)
    velden = {naam: str(bladzij.formulier.get(naam, "")).strip() for naam in ("gevolg", "retourcode", "agb", "vanaf")}
    vanaf, fouten = _check(velden, choices_of(regel))
    keuze = Gevolgkeuze(**velden, fouten=fouten)
    if vanaf is None or fouten:
        return keuze, None
    # Only who rejects tells with which code, and only who holds proposes one.
    code = velden["retourcode"] if velden["gevolg"] in ("afwijzen", "beoordelen") else ""
    return keuze, Beleidsregel(velden["agb"], regel, velden["gevolg"], code, vanaf, None)  # type: ignore[arg-type]


def _check(velden: dict[str, str], keuzen: Collection[str]) -> tuple[date | None, dict[str, str]]:
    """The first day, and what is wrong with each field."""
    fouten, vanaf = {}, None
    if velden["gevolg"] not in keuzen:
        fouten["gevolg"] = "Kies wat er moet volgen."
    if velden["gevolg"] == "afwijzen" and not velden["retourcode"]:
        fouten["retourcode"] = "Kies de retourcode die de aanbieder dan krijgt."
    if velden["agb"] and not is_agb(velden["agb"]):
        fouten["agb"] = "Kies een aanbieder uit de lijst."
    try:
        vanaf = parse_dag(velden["vanaf"])
    except ValueError:
        fouten["vanaf"] = "Vul de eerste dag in, als 1-7-2026."
    return vanaf, fouten


def _with_faults(keuze: Gevolgkeuze, meldingen: list[str]) -> Gevolgkeuze:
    return Gevolgkeuze(keuze.gevolg, keuze.retourcode, keuze.agb, keuze.vanaf, {"gevolg": " ".join(dict.fromkeys(meldingen))})
