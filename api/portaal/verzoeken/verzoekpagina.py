"""One request for who decides: the clock, what is asked beside what there is, what strikes the gemeente, and the form to decide."""

from dataclasses import dataclass, field
from uuid import UUID

from fastapi.responses import Response

from api.basis.problemen import raise_unless_found
from api.portaal.schil.bladzij import Bladzij, Melding
from api.portaal.schil.paginarouter import Paginarouter
from api.portaal.verzoeken.verzoekenlijst import Verzoekbeslissers
from api.portaal.verzoeken.verzoekwoorden import BESLUITEN, REDEN_VERZOEK, SOORTEN, WOORDEN, name_verzoek
from berichten.inzage.naslag.namen import find_namen
from berichten.inzage.verzoeken.verzoekblad import find_verzoekblad
from berichten.inzage.verzoeken.verzoekdossier import Verzoekdossier, find_verzoek
from berichten.processen.besluiten.formulierconcept import find_concept
from berichten.standaard.waarden.gemeenten import name_of_gemeente

router = Paginarouter()
ONBEKEND = "Dit verzoek bestaat niet, of het is niet van uw gemeente. Ga terug naar de verzoeken."
NOG_NIETS = Melding(
    "Uw sessie was afgelopen toen u dit verstuurde. Wat u had ingevuld staat weer in het formulier; er is nog niets vastgelegd.",
    "warning",
)
INTREKKEN = "7"
"""Reason that is proposed when the aanbieder itself asks for a refusal."""
WAT = {
    "gevraagd": "Nieuw", "nieuw": "Nieuw erbij", "blijft": "Blijft zo", "einddatum": "Andere einddatum", "omvang": "Andere omvang",
    "budget": "Ander budget",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class IngevuldBesluit:
    """What somebody filled in, to be shown again when it could not be done."""

    keuze: str = ""
    reden: str = ""
    gemeente: str = ""
    motivering: str = ""
    uitkomst: str = ""
    andere_gemeente: str = ""
    fouten: dict[str, str] = field(default_factory=dict)


@router.get("/verzoeken/{verzoek_id}")
def get_verzoekpagina(bladzij: Verzoekbeslissers, verzoek_id: UUID) -> Response:
    """404 also when it is another gemeente's."""
    getypt = dict(find_concept(bladzij.werkplaats, bladzij.bezoeker.houder, concept_of(verzoek_id)))
    keuze, reden, gemeente, motivering = (getypt.get(naam, "") for naam in ("keuze", "reden", "gemeente", "motivering"))
    ingevuld = IngevuldBesluit(keuze, reden, gemeente, motivering) if getypt else None
    return show_verzoek(bladzij, verzoek_id, ingevuld, meldingen=(NOG_NIETS,) if getypt else ())


def concept_of(verzoek_id: UUID) -> str:
    """Under which name is kept what somebody typed here when the session ended."""
    return f"/verzoeken/{verzoek_id}"


def show_verzoek(
    bladzij: Bladzij,
    verzoek_id: UUID,
    ingevuld: IngevuldBesluit | None = None,
    status: int = 200,
    meldingen: tuple[Melding, ...] = (),
) -> Response:
    """The page, with what was filled in before."""
    kijker = bladzij.kijker
    dossier = raise_unless_found(find_verzoek(kijker, verzoek_id), ONBEKEND)
    blad = raise_unless_found(find_verzoekblad(kijker, verzoek_id), ONBEKEND)
    namen = find_namen(kijker)
    return bladzij.show(
        "verzoeken/verzoek.html",
        status=status,
        meldingen=meldingen,
        titel=f"{name_verzoek(dossier, namen)}, {dossier.referentie_aanbieder}",
        verzoek=dossier,
        blad=blad,
        namen=namen,
        aanbieder=namen.aanbieders.get(dossier.agb, dossier.agb),
        soort=SOORTEN[dossier.soort],
        reden_verzoek=REDEN_VERZOEK.get(dossier.reden_verzoek or ""),
        keuzes=[(soort, BESLUITEN[soort]) for soort in dossier.mogelijk],
        redenen=[("", "Kies een reden"), *((code, f"{tekst[0].upper()}{tekst[1:]}") for code, tekst in dossier.redenen.items())],
        laatste=dossier.besluiten[-1] if dossier.besluiten else None,
        besluit=dossier.geldend_besluit,
        antwoord=dossier.geldend_antwoord,
        ingevuld=ingevuld or propose(dossier),
        naam_gemeente=name_of_gemeente,
        wat=WAT,
        waarschuw=bladzij.werkplaats.instellingen.waarschuw_werkdagen,
        **WOORDEN,
    )


def propose(dossier: Verzoekdossier) -> IngevuldBesluit:
    """What the form begins with: the reason that goes with what was found, and the gemeente that was noted."""
    reden = INTREKKEN if dossier.intrekking else (dossier.voorgestelde_reden or "")
    woonplaats = dossier.woonplaats[-1] if dossier.woonplaats else None
    gemeente = (woonplaats.gemeente or "") if woonplaats else ""
    return IngevuldBesluit(reden="8" if gemeente and "8" in dossier.redenen else reden, gemeente=gemeente)
