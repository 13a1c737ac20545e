"""One rule: what it says with an example, what follows from it in this gemeente and what it found; and a form to change that."""

from dataclasses import dataclass, field

from fastapi.responses import Response

from api.basis.problemen import Probleem
from api.portaal.contractbeheer.prestatie import list_codes
from api.portaal.schil.bladzij import Bladzij, Contractbeheer
from api.portaal.schil.opmaak import datum
from api.portaal.schil.paginarouter import Paginarouter
from berichten.dossier.beleid import Beleidsregel
from berichten.inzage.aanbieders.namen import list_aanbieders
from berichten.inzage.besluiten.werkvoorraadkeuzes import list_filterkeuzes
from berichten.inzage.naslag.regelstanden import Regelstand, list_beleid_of, list_regelstanden
from berichten.kern.kalender import ALTIJD
from berichten.kern.regel import Regel
from berichten.processen.besluiten.proef_gevolg import Gevolgproef
from berichten.processen.referentie.soorten import BELEIDSREGELS
from berichten.regels.register import ALLE
from berichten.regels.voorbeeldzinnen import example_of
from berichten.standaard.schema.retourcodes import tell_code

router = Paginarouter()
GEVOLGEN = {
    "beoordelen": "Een medewerker beslist", "afwijzen": "De regel wordt afgewezen", "signaal": "Er wordt alleen op gewezen",
    "uit": "De regel staat uit",
}  # fmt: skip
STANDAARD = {**GEVOLGEN, "afkeuren": "Het hele bericht wordt afgekeurd"}
UITKOMSTEN = {
    "toegekend": "toegekend",
    "afgewezen": "afgewezen",
    "ter_beoordeling": "wacht op een besluit",
    "niet_beoordeeld": "niet beoordeeld",
}
_ONBEKEND = "Deze regel kennen we niet. Zoek hem op in de lijst met regels."


@dataclass(frozen=True, slots=True)
class Gevolgkeuze:
    """What somebody filled in, with what is wrong with it by field."""

    gevolg: str = ""
    retourcode: str = ""
    agb: str = ""
    vanaf: str = ""
    fouten: dict[str, str] = field(default_factory=dict)


@router.get("/regels/{regel}")
def get_regeluitleg(bladzij: Contractbeheer, regel: str) -> Response:
    """404 for a rule that there is not."""
    return show_regel(bladzij, regel)


def find_soorten(regel: str) -> list[Regel]:
    """The rule for each class that it is about. Raises Probleem (404) for one that there is not."""
    gevonden = [item for item in ALLE if item.id == regel]
    if not gevonden:
        raise Probleem(404, _ONBEKEND)
    return gevonden


def choices_of(regel: str) -> dict[str, str]:
    """What may follow from a rule: a finding on a request never rejects it."""
    return {naam: tekst for naam, tekst in GEVOLGEN.items() if naam != "afwijzen" or not _is_on_request(regel)}


def _is_on_request(regel: str) -> bool:
    """Whether nobody but the gemeente reads what a rule finds."""
    return regel.startswith("VZ")


def show_regel(
    bladzij: Bladzij,
    regel: str,
    keuze: Gevolgkeuze | None = None,
    proef: Gevolgproef | None = None,
    nieuw: Beleidsregel | None = None,
) -> Response:
    """The page; with `nieuw` a change that only has to be confirmed, and `proef` what it would have done (None: too much)."""
    soorten, ingevuld = find_soorten(regel), keuze or Gevolgkeuze()
    aanbieders = {item.agb: item.naam or item.agb for item in list_aanbieders(bladzij.kijker)}
    stand = next(item for item in list_regelstanden(bladzij.kijker) if item.regel == regel)
    wachten = {item.waarde: item.aantal for item in list_filterkeuzes(bladzij.kijker).regels}
    return bladzij.show(
        "regelbeleid/regeluitleg.html",
        status=400 if ingevuld.fouten else 200,
        titel=stand.titel.rstrip("."),
        regel=regel,
        soorten=[(item, example_of(item) or "", tell_code(item.retourcode) if item.retourcode else None) for item in soorten],
        stand=stand,
        wachten=wachten.get(regel, 0),
        gevolgen=GEVOLGEN,
        standaard=STANDAARD,
        nu=_tell_today(stand),
        beleid=list_beleid_of(bladzij.kijker, regel) if stand.eigen else [],
        altijd=ALTIJD,
        aanbieders=aanbieders,
        wijzigbaar=regel in BELEIDSREGELS,
        keuzen=list(choices_of(regel).items()),
        op_verzoek=_is_on_request(regel),
        codes=list_codes(bladzij.werkplaats, "Kies een retourcode"),
        ingevuld=ingevuld,
        nieuw=nieuw,
        voorstel=_tell_change(nieuw, aanbieders) if nieuw else "",
        proef=proef,
        uitkomsten=UITKOMSTEN,
    )


def _tell_today(stand: Regelstand) -> str:
    """What follows for an aanbieder without a row of its own."""
    eigen = next((rij for rij in stand.beleid if not rij.agb), None)
    if eigen is None:
        return STANDAARD[stand.gevolg]
    return GEVOLGEN[eigen.gevolg] + (f" met {eigen.retourcode}" if eigen.retourcode else "")


def _tell_change(nieuw: Beleidsregel, aanbieders: dict[str, str]) -> str:
    code = f" met retourcode {nieuw.retourcode}" if nieuw.retourcode else ""
    wie = aanbieders.get(nieuw.agb, nieuw.agb) if nieuw.agb else "alle aanbieders zonder eigen gevolg"
    return f"{GEVOLGEN[nieuw.gevolg]}{code}, voor {wie}, bij hulp vanaf {datum(nieuw.ingangsdatum)}."
