"""One billed line as its reviewer sees it: why it waits, with the numbers; what was decided alike; and the form to decide by."""

from dataclasses import dataclass, field
from functools import partial
from typing import Literal

from fastapi.responses import Response

from api.basis.problemen import raise_unless_found
from api.portaal.contractbeheer.getallen import list_getallen
from api.portaal.contractbeheer.werklijstvraag import line_address, list_address, read_vraag
from api.portaal.schil.adres import Paginaadres
from api.portaal.schil.bladzij import Bladzij, Contractbeheer, Melding
from api.portaal.schil.invoer import Adresinvoer
from api.portaal.schil.paginarouter import Paginarouter
from berichten.inzage.accountant.normverklaring import Verklaring
from berichten.inzage.accountant.verklaringen import NietsToegekend, find_verklaring
from berichten.inzage.berichten.berichten import Berichtdetail, find_bericht
from berichten.inzage.berichten.toewijzingen import Toewijzingdossier, find_toewijzing
from berichten.inzage.besluiten.besluiten import Genomenbesluit
from berichten.inzage.besluiten.eerdere import list_eerdere
from berichten.inzage.besluiten.prestaties import Prestatiedossier, find_prestatie
from berichten.inzage.besluiten.verloop import tell_prestatie
from berichten.inzage.besluiten.werkvoorraad import Buren, find_plaats
from berichten.inzage.naslag.namen import find_namen
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.besluiten.beslis_prestatie import rejection_codes
from berichten.processen.besluiten.formulierconcept import find_concept
from berichten.processen.besluiten.werkblad import mark_bekeken
from berichten.regels.register import find_regel
from berichten.regels.voorstel import AFWIJSCODES
from berichten.standaard.schema.retourcodes import tell_code
from berichten.standaard.waarden.soorten import JW323

router = Paginarouter()
_ONBEKEND = "Deze regel bestaat niet, of hij is niet van uw gemeente. Ga terug naar de werkvoorraad."
NOG_NIETS = Melding(
    "Uw sessie was afgelopen toen u dit verstuurde. Wat u had ingevuld staat weer in het formulier; er is nog niets vastgelegd.",
    "warning",
)
Keuze = Literal["toekennen", "afwijzen", "terugvragen"]


@dataclass(frozen=True, slots=True)
class Ingevuld:
    """What somebody filled in, to be shown again when it could not be done."""

    keuze: str = ""
    retourcode: str = ""
    motivering: str = ""
    opmerking: str = ""
    fouten: dict[str, str] = field(default_factory=dict)


@router.get("/prestaties/{prestatie_id}")
def get_prestatiepagina(bladzij: Contractbeheer, prestatie_id: int) -> Response:
    """404 also when the line is another's. That it was opened is shown to colleagues in the list."""
    mark_bekeken(bladzij.werkplaats, bladzij.bezoeker.houder, prestatie_id)
    getypt = dict(find_concept(bladzij.werkplaats, bladzij.bezoeker.houder, concept_of(prestatie_id)))
    keuze, code, motivering, opmerking = (getypt.get(naam, "") for naam in ("keuze", "retourcode", "motivering", "opmerking"))
    ingevuld = Ingevuld(keuze, code, motivering, opmerking)
    return show_prestatie(bladzij, prestatie_id, ingevuld, meldingen=(NOG_NIETS,) if getypt else ())


def concept_of(prestatie_id: int) -> str:
    """Under which name is kept what somebody typed here when the session ended."""
    return f"/prestaties/{prestatie_id}"


def show_prestatie(
    bladzij: Bladzij, prestatie_id: int, ingevuld: Ingevuld | None = None, status: int = 200, meldingen: tuple[Melding, ...] = ()
) -> Response:
    """The page, with what was filled in before."""
    kijker = bladzij.kijker
    dossier = raise_unless_found(find_prestatie(kijker, prestatie_id), _ONBEKEND)
    bericht = raise_unless_found(find_bericht(kijker, dossier.bericht_id), _ONBEKEND)
    namen, lijst = find_namen(kijker), list_address(bladzij)
    return bladzij.show(
        "contractbeheer/prestatie.html",
        status=status,
        meldingen=meldingen,
        titel=f"{namen.producten.get(dossier.productcode, dossier.productcode)}, {dossier.referentienummer}",
        dossier=dossier,
        bericht=bericht,
        aanbieder=namen.aanbieders.get(dossier.agb, dossier.agb),
        product=namen.producten.get(dossier.productcode, dossier.productcode),
        redenen=[(item, list_getallen(item, dossier)) for item in dossier.bevindingen],
        toewijzing=_find_toewijzing(bladzij, dossier),
        eerdere=list_eerdere(kijker, prestatie_id) or [],
        verklaring=_find_verklaring(bladzij, prestatie_id),
        verloop=list(reversed(tell_prestatie(kijker, prestatie_id) or [])),
        plaats=_find_place(bladzij, prestatie_id),
        lijst=lijst,
        naar=partial(line_address, bladzij),
        titels={item.regel: _title(item.regel) for item in dossier.bevindingen},
        keuzes=open_choices(dossier, bericht),
        geldend=last_final(dossier),
        voorstel=_proposal(dossier),
        codes=list_codes(bladzij.werkplaats, _proposed(dossier)),
        ingevuld=ingevuld or Ingevuld(),
        waarschuw=bladzij.werkplaats.instellingen.waarschuw_werkdagen,
    )


def _find_verklaring(bladzij: Bladzij, prestatie_id: int) -> Verklaring | None:
    try:
        return find_verklaring(bladzij.kijker, prestatie_id)
    except NietsToegekend:
        return None


def _find_place(bladzij: Bladzij, prestatie_id: int) -> Buren | None:
    vraag = read_vraag(Adresinvoer(bladzij.adres))
    return find_plaats(bladzij.kijker, vraag.zeef, vraag.waarschuwing, vraag.volgorde, prestatie_id)


def find_next(bladzij: Bladzij, prestatie_id: int) -> Paginaadres:
    """The page after a decision: the next line of the same list, or the list itself after its last."""
    plaats = _find_place(bladzij, prestatie_id)
    if plaats is None or plaats.volgende is None:
        return list_address(bladzij)
    return line_address(bladzij, plaats.volgende)


def last_final(dossier: Prestatiedossier) -> Genomenbesluit | None:
    """The decision that counts."""
    return next((besluit for besluit in reversed(dossier.besluiten) if besluit.definitief), None)


def _proposal(dossier: Prestatiedossier) -> Genomenbesluit | None:
    """What waits for a second person."""
    laatste = dossier.besluiten[-1] if dossier.besluiten else None
    return laatste if laatste is not None and not laatste.definitief else None


def open_choices(dossier: Prestatiedossier, bericht: Berichtdetail) -> tuple[Keuze, ...]:
    """What may be decided on a line as it stands; the decision itself looks again."""
    if dossier.uitkomst == "ter_beoordeling":
        return ("toekennen", "afwijzen", "terugvragen")
    if bericht.status == "ter_beoordeling" and last_final(dossier) is not None:
        return ("toekennen", "afwijzen", "terugvragen")
    terug = bericht.status == "verwerkt" and dossier.uitkomst == "toegekend" and not dossier.credit and not dossier.creditverzoek
    return ("terugvragen",) if terug else ()


def _title(regel_id: str) -> str:
    regel = find_regel(regel_id, JW323.naam)
    return regel.titel if regel else regel_id


def list_codes(werkplaats: Werkplaats, eerste: str) -> list[tuple[str, str]]:
    """Codes to reject with, all that say something of one line; the first is none, and `eerste` says what then is taken."""
    mag = sorted(AFWIJSCODES & rejection_codes(werkplaats.schemas))
    return [("", eerste), *((code, f"{code} {tell_code(code)}") for code in mag)]


def _proposed(dossier: Prestatiedossier) -> str:
    voorgesteld = ", ".join(item.retourcode for item in dossier.codevoorstellen)
    return f"Voorgesteld: {voorgesteld}" if voorgesteld else "Kies een retourcode"


def _find_toewijzing(bladzij: Bladzij, dossier: Prestatiedossier) -> Toewijzingdossier | None:
    if dossier.toewijzingnummer is None:
        return None
    return find_toewijzing(bladzij.kijker, dossier.toewijzingnummer)
