"""Rules on what a JW301 says to a request: its ReferentieAanbieder closes one, and only one that is open (VERZOEKEN 8)."""

from berichten.dossier.dossier import Toewijzing, ToewijzingKader
from berichten.dossier.verzoek import Verzoek
from berichten.dossier.verzoeken.wens import omvang_of
from berichten.kern.regel import Gegevens, regel
from berichten.kern.taal import limit
from berichten.regels.inhoud.inhoudsregel import tell_referentie
from berichten.regels.verzoeken.wensregel import GEEN_VOORSTEL
from berichten.standaard.waarden.berichten import ToegewezenProduct, Toewijzingsbericht
from berichten.standaard.waarden.soorten import BEGIN_RELEASE

_JW301 = ("JW301",)
_KLASSE, _ELEMENT = "ToegewezenProduct", "ReferentieAanbieder"


@regel(
    "TR379",
    vanaf=BEGIN_RELEASE["3.2"],
    retourcode="9379",
    niveau=3,
    klasse=_KLASSE,
    element=_ELEMENT,
    berichten=_JW301,
    gevolg="afkeuren",
    titel="Een toewijzing noemt het kenmerk van het verzoek dat zij honoreert, en anders geen kenmerk.",
    melding="Toewijzing {toewijzingnummer} {wat}.",
    doen="{advies}",
)
def kenmerk_van_open_verzoek(product: ToegewezenProduct, kader: ToewijzingKader) -> Gegevens | None:
    """As the requests stood before the message, so that several products may bear one reference. The very version that was kept
    with it before may come again; a later one leaves it empty. Of a JW317 every product that it names bears it, the unchanged
    too. Requests of older releases are not read here, so their references are not known either."""
    referentie = product.referentie_aanbieder
    if referentie is not None and product.toewijzingnummer not in kader.herhaald:
        verzoek = kader.verzoeken.get(referentie)
        oorzaak = _tell_closed(verzoek, kader)
        if oorzaak:
            return {
                "toewijzingnummer": product.toewijzingnummer, "wat": f"noemt kenmerk {tell_referentie(referentie)}, maar {oorzaak}",
                "advies": "Laat ReferentieAanbieder leeg als de toewijzing geen verzoek honoreert, of neem het kenmerk precies "
                "over uit het verzoek, en stuur het bericht opnieuw.",
            }  # fmt: skip
    gemist = _missed(product, kader)
    if gemist is None:
        return None
    return {
        "toewijzingnummer": product.toewijzingnummer,
        "wat": f"staat in het verzoek om wijziging met kenmerk {tell_referentie(gemist.referentie)}, maar noemt dat kenmerk niet",
        "advies": "Zet het kenmerk bij elke toewijzing die het verzoek noemt, ook als die niet verandert, en stuur het bericht "
        "opnieuw.",
    }  # fmt: skip


def _tell_closed(verzoek: Verzoek | None, kader: ToewijzingKader) -> str:
    """Why a reference answers no request; empty when it does."""
    if verzoek is None or verzoek.bsn != kader.bsn:
        return "dat is geen verzoek van deze aanbieder voor deze cliënt"
    if verzoek.is_open:
        return ""
    return "dat verzoek is al toegewezen" if verzoek.toegewezen else "dat verzoek is al afgewezen"


def _missed(product: ToegewezenProduct, kader: ToewijzingKader) -> Verzoek | None:
    """The open JW317 that others of the message answer and that names this allocation too."""
    return next(
        (
            item
            for item in kader.verzoeken.values()
            if product.toewijzingnummer in item.genoemd
            and item.referentie != product.referentie_aanbieder
            and not _tell_closed(item, kader)
        ),
        None,
    )


@regel(
    "VZ12",
    retourcode=None,
    niveau=3,
    klasse=_KLASSE,
    element=_ELEMENT,
    berichten=_JW301,
    gevolg="signaal",
    bron="Keuze van de dienst bij iJw 3.2, TR379: zonder kenmerk sluit een toewijzing geen verzoek",
    titel="Wie een verzoek honoreert, noemt het kenmerk.",
    melding="Toewijzing {toewijzingnummer} {wat} en noemt geen kenmerk, terwijl van deze aanbieder voor deze cliënt nog "
    "{aantal:een verzoek wacht|verzoeken wachten}: {kenmerken}.",
    doen="Honoreert deze toewijzing een verzoek, stuur haar dan opnieuw met het kenmerk. Anders blijft het verzoek wachten.",
    voorstel=GEEN_VOORSTEL,
)
def kenmerk_bij_open_verzoek(product: ToegewezenProduct, kader: ToewijzingKader) -> Gegevens | None:
    """Of a new number, and of one that a JW317 names and that changes. Only a reference closes a request.
    Where others of the message bear the reference of that JW317, TR379 says so."""
    if product.referentie_aanbieder is not None:
        return None
    nummer, wachtend = product.toewijzingnummer, kader.open
    oud = kader.toewijzingen.get(nummer)
    if oud is not None:
        wachtend = tuple(item for item in wachtend if nummer in item.genoemd and item.referentie not in kader.verzoeken)
    if not wachtend or (oud is not None and not _changes(product, oud)):
        return None
    return {
        "toewijzingnummer": nummer, "wat": "is nieuw" if oud is None else "verandert", "aantal": len(wachtend),
        "kenmerken": limit([tell_referentie(item.referentie) for item in wachtend]),
    }  # fmt: skip


def _changes(product: ToegewezenProduct, oud: Toewijzing) -> bool:
    """Whether a version is not older than the one that is known, and says something else than it about end, volume or budget."""
    if (product.toewijzingsdatum, product.toewijzingstijd) < (oud.toewijzingsdatum, oud.toewijzingstijd):
        return False
    return (product.einddatum, product.omvang, product.budget) != (oud.einddatum, omvang_of(oud), oud.budget)


@regel(
    "VZ13",
    retourcode=None,
    niveau=3,
    klasse="Client",
    berichten=_JW301,
    gevolg="signaal",
    bron="iJw 3.2, IV093",
    titel="Een toewijzingsbericht op een verzoek om wijziging bevat elke toewijzing die het verzoek noemt.",
    melding="Dit bericht honoreert het verzoek om wijziging met kenmerk {referentie}, maar zonder toewijzing {nummers}.",
    doen="Stuur ook die toewijzingen, met het kenmerk, zodat de aanbieder de hele nieuwe situatie kent.",
    voorstel=GEEN_VOORSTEL,
)
def hele_situatie_toegewezen(bericht: Toewijzingsbericht, kader: ToewijzingKader) -> Gegevens | None:
    """Of a request that the message closes; the products that are there close it."""
    nummers = {item.toewijzingnummer for item in bericht.producten}
    for item in kader.verzoeken.values():
        ontbreekt = sorted(set(item.genoemd) - nummers)
        if ontbreekt and not _tell_closed(item, kader):
            return {"referentie": tell_referentie(item.referentie), "nummers": limit(ontbreekt)}
    return None
