"""Signals of aanbieders: what stands out, what was done with it, and what the aanbieder says of it."""

from typing import Annotated, Literal

from fastapi import Depends, Path, Query
from pydantic import Field

from api.basis.afgeleid import shows
from api.basis.modellen import Bladzijdemodel, Model, Verzoek
from api.basis.problemen import NIET_NU, raise_unless_done, raise_unless_found
from api.basis.route import Router
from api.basis.velden import Datum
from api.deur.toegang import Plaats, require
from api.geld.betaalbasis import ZONDER_INHOUD, Agb, Grootte, Nummer
from berichten.inzage.signalen import signaallijst
from berichten.kern.houder import Sleutelhouder
from berichten.processen.signalen.werk_bij import refresh_signalen
from berichten.processen.signalen.werk_casus_bij import refresh_casussignalen
from berichten.processen.signalen.zet_stap_signaal import Gewenstestap, explain_signaal, share_with_aanbieder, step_signaal

router = Router(prefix="/signalen", tags=["signalen"])

Signaallezer = Annotated[Sleutelhouder, Depends(require("contractbeheer", "aanbieder"))]
Signaalbehandelaar = Annotated[Sleutelhouder, Depends(require("contractbeheer", mens=True))]
Signaalverklaarder = Annotated[Sleutelhouder, Depends(require("aanbieder"))]
SignaalId = Annotated[int, Path(ge=1, le=2**63 - 1, description="Uit de lijst van signalen")]
Soort = Literal["S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "S9", "S10", "DA22"]
_ONBEKEND = "Dit signaal is er niet, of u mag het niet zien. Kies het uit de lijst."


@shows(
    signaallijst.Signaal,
    signaal_id=Field(description="Nummer van het signaal", examples=[1290000001]),
    soort=Field(description="Welk signaal: S1 tot en met S10, of DA22", examples=["S2"]),
    eerste_dag=Field(description="Dag waarop het voor het eerst afging"),
    venster_van=Field(description="Eerste dag waarover is geteld"),
    venster_tot=Field(description="Laatste dag waarover is geteld"),
    teller=Field(description="Wat is geteld: een aantal, of bij S3 en S7 eurocenten", examples=[12]),
    noemer=Field(description="Waarvan; 0 als er geen geheel is", examples=[100]),
    zin=Field(description="Het signaal in een zin, met getallen en drempel"),
    gaat_af=Field(description="Of het bij de laatste keer rekenen nog boven de drempel lag"),
    staat=Field(description="nieuw, in_behandeling, verklaard, gesprek, maatregel of afgesloten", examples=["nieuw"]),
    bijgewerkt_op=Field(description="Wanneer de cijfers zijn berekend"),
    gedeeld_op=Field(description="Sinds wanneer de aanbieder het ziet"),
    titel="Hoe het signaal heet",
)
class Signaal(Model):
    """Wat over een aanbieder opvalt. Er volgt niets vanzelf uit."""


class Signalen(Bladzijdemodel):
    """Een bladzijde signalen, nieuwste eerst."""

    signalen: list[Signaal] = Field(description="De signalen")
    volgende: str | None


@shows(
    signaallijst.Stapregel,
    staat=Field(description="Waar het signaal naartoe ging", examples=["in_behandeling"]),
    nummers=Field(description="Bij een verklaring: de regels of toewijzingen die zijn verklaard"),
    tot=Field(description="Bij een verklaring: laatste dag waarvoor zij geldt"),
    termijn=Field(description="Bij een gesprek: tot wanneer de afspraak loopt"),
    gezet_op=Field(description="Wanneer"),
)
class Signaalstap(Model):
    """Wat een medewerker met het signaal deed, en waarom."""


@shows(
    signaallijst.Verklaringregel,
    nummers=Field(description="Waarover zij gaat; leeg is alles"),
    gegeven_op=Field(description="Wanneer de aanbieder haar gaf"),
)
class Signaalverklaring(Model):
    """Hoe de aanbieder het signaal verklaart; zij telt als de gemeente haar aanneemt."""


@shows(
    signaallijst.Signaaldossier,
    signaal=Field(description="Het signaal"),
    nummers=Field(description="Toewijzingen of regels (prestatieId) waarop het rust"),
    op_toewijzingen=Field(description="Of 'nummers' toewijzingen zijn; anders regels"),
    stappen=Field(description="Wat de gemeente ermee deed; een aanbieder ziet dit niet"),
    verklaringen=Field(description="Wat de aanbieder ervan zei"),
)
class Signaaldossier(Model):
    """Een signaal met alles wat erbij hoort."""


class Signaalstapverzoek(Verzoek):
    """Wat u met het signaal doet."""

    staat: Literal["in_behandeling", "verklaard", "gesprek", "maatregel", "afgesloten"] = Field(description="Waar het naartoe gaat")
    reden: str = Field(description="Waarom, zonder burgerservicenummer; alleen medewerkers zien dit")
    nummers: list[int] = Field([], max_length=100_000, description="Bij 'verklaard': welke regels of toewijzingen; leeg is alle")
    tot: Datum | None = Field(None, description="Bij 'verklaard': laatste dag waarvoor het geldt, uiterlijk vensterTot")
    termijn: Datum | None = Field(None, description="Bij 'gesprek': tot wanneer de afspraak loopt")


class Verklaringverzoek(Verzoek):
    """Hoe u het signaal verklaart."""

    tekst: str = Field(description="Uw verklaring, zonder burgerservicenummer")
    nummers: list[int] = Field([], max_length=1000, description="Waarover zij gaat; leeg is alles")


class Bijgewerkt(Model):
    """Wat er bij het bijwerken is gevonden."""

    nieuw: int = Field(description="Signalen die er nog niet waren")
    gebleven: int = Field(description="Signalen die er al waren en nog afgaan")
    stil: int = Field(description="Signalen die er al waren en niet meer afgaan")


@router.get(
    "",
    response_model=Signalen,
    summary="Signalen over aanbieders, nieuwste eerst",
    description="De nacht rekent ze uit over de twaalf kalendermaanden die voorbij zijn. Een aanbieder ziet zijn eigen signalen"
    " vanaf het moment dat de gemeente ze deelt.",
)
def get_signalen(
    werkplaats: Plaats,
    houder: Signaallezer,
    agb: Agb = None,
    soort: Annotated[Soort | None, Query(description="Alleen van deze soort")] = None,
    kant: Annotated[signaallijst.Signaalkant, Query(description="Wat openstaat, wat is gesloten, of alle")] = "open",
    pagina_grootte: Grootte = 50,
    volgende: Nummer = None,
) -> Signalen:
    """As far as the caller may see them."""
    return Signalen.of(signaallijst.list_signalen(werkplaats.seen_by(houder), agb, soort, kant, pagina_grootte, volgende))


@router.post(
    "/bijwerken",
    response_model=Bijgewerkt,
    summary="Reken de signalen nu uit",
    description="Zoals de nacht het doet: wat openstaat krijgt de cijfers van nu, wat is gesloten verandert niet. Ook de"
    " signalen over gezinnen (casussignalen).",
    responses=ZONDER_INHOUD,
)
def post_bijwerken(werkplaats: Plaats, houder: Signaalbehandelaar) -> Bijgewerkt:
    """As of today; those on families with them."""
    refresh_casussignalen(werkplaats.asked_by(houder), houder.gemeente, houder.sleutel_id)
    return Bijgewerkt.of(refresh_signalen(werkplaats.asked_by(houder), houder.gemeente, houder.sleutel_id))


@router.get(
    "/{signaalId}",
    response_model=Signaaldossier,
    summary="Eén signaal, met regels, stappen en verklaringen",
    description="Wie dit opvraagt, ziet regels of toewijzingen van cliënten; dat komt in het inzagelog.",
)
def get_signaal(werkplaats: Plaats, houder: Signaallezer, signaalId: SignaalId) -> Signaaldossier:  # noqa: N803
    """404 also when it is another's, or not shared."""
    return _dossier(werkplaats, houder, signaalId)


@router.post(
    "/{signaalId}/stappen",
    status_code=201,
    response_model=Signaaldossier,
    summary="Zet een stap met een signaal",
    description="Neem het in behandeling, verklaar het, noteer een gesprek of een maatregel, of sluit het af; altijd met een reden."
    " Er volgt niets vanzelf op een signaal of een stap.",
    responses={404: {}, **NIET_NU},
)
def post_signaalstap(
    werkplaats: Plaats,
    houder: Signaalbehandelaar,
    signaalId: SignaalId,  # noqa: N803
    verzoek: Signaalstapverzoek,
) -> Signaaldossier:
    """409 when it cannot follow."""
    stap = Gewenstestap(verzoek.staat, verzoek.reden, tuple(verzoek.nummers), verzoek.tot, verzoek.termijn)
    raise_unless_done(step_signaal(werkplaats.asked_by(houder), houder.gemeente, houder.sleutel_id, signaalId, stap), _ONBEKEND)
    return _dossier(werkplaats, houder, signaalId)


@router.post(
    "/{signaalId}/deling",
    status_code=201,
    response_model=Signaaldossier,
    summary="Deel een signaal met de aanbieder",
    description="Vanaf nu ziet de aanbieder het signaal en de regels, en kan hij het verklaren. Uw stappen ziet hij niet.",
    responses=ZONDER_INHOUD,
)
def post_signaaldeling(werkplaats: Plaats, houder: Signaalbehandelaar, signaalId: SignaalId) -> Signaaldossier:  # noqa: N803
    """409 when it was shared already."""
    gedeeld = share_with_aanbieder(werkplaats.asked_by(houder), houder.gemeente, houder.sleutel_id, signaalId)
    raise_unless_done(gedeeld, _ONBEKEND)
    return _dossier(werkplaats, houder, signaalId)


@router.post(
    "/{signaalId}/verklaringen",
    status_code=201,
    response_model=Signaaldossier,
    summary="Verklaar een signaal over uzelf",
    description="Voor de aanbieder. De gemeente leest uw verklaring; zij telt als de gemeente haar aanneemt.",
    responses={404: {}, **NIET_NU},
)
def post_signaalverklaring(
    werkplaats: Plaats,
    houder: Signaalverklaarder,
    signaalId: SignaalId,  # noqa: N803
    verzoek: Verklaringverzoek,
) -> Signaaldossier:
    """404 also when it was not shared."""
    verklaard = explain_signaal(
        werkplaats.asked_by(houder), houder.gemeente, houder.agb or "", houder.sleutel_id, signaalId, verzoek.tekst,
        tuple(verzoek.nummers),
    )  # fmt: skip
    raise_unless_done(verklaard, _ONBEKEND)
    return _dossier(werkplaats, houder, signaalId)


def _dossier(werkplaats: Plaats, houder: Sleutelhouder, signaal_id: int) -> Signaaldossier:
    return Signaaldossier.of(
        raise_unless_found(signaallijst.find_signaaldossier(werkplaats.seen_by(houder), signaal_id), _ONBEKEND)
    )
