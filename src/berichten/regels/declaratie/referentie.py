"""Rules on the references of a billed line: its own, and that of the line it credits."""

from berichten.dossier.dossier import Dossier, EerderePrestatie
from berichten.dossier.kolommen import Dossierkolommen, Masker
from berichten.kern.regel import Gegevens, regel
from berichten.standaard.waarden.berichten import Prestatie

Vergelijking = tuple[tuple[str, object, object], ...]
"""Element, and its value in the credit and in the debit."""


def _is_new(regels: Dossierkolommen) -> Masker:
    """Neither used before nor by another line of the message."""
    nummers = regels.each("referentienummer")
    return regels.single(nummers) & regels.absent(nummers, regels.kader.referenties)


@regel(
    "TR314",
    retourcode="8021",
    niveau=3,
    klasse="Prestatie",
    element="ProductReferentie/ReferentieNummer",
    berichten=("JW323",),
    titel="Een aanbieder gebruikt een ReferentieNummer maar één keer.",
    melding="ReferentieNummer {referentienummer} is al gebruikt voor een eerdere regel.",
    doen="Controleer of deze regel al gedeclareerd is. Zo niet, dien hem dan opnieuw in met een nieuw ReferentieNummer.",
    zonder_toewijzing=True,
    dubbel=True,
    onschuldig=_is_new,
)
def referentienummer_uniek(prestatie: Prestatie, dossier: Dossier) -> Gegevens | None:
    """Within the message and across messages. A line judged and rejected has used its reference too."""
    if prestatie.referentienummer in dossier.kader.referenties:
        return {"referentienummer": prestatie.referentienummer}
    return None


@regel(
    "TR323",
    retourcode="8017",
    niveau=3,
    klasse="Prestatie",
    element="ProductReferentie/VorigReferentieNummer",
    berichten=("JW323",),
    titel="Een creditregel hoort bij een eerder toegekende debetregel en is daaraan gelijk.",
    melding="De creditregel verwijst naar {vorig_referentienummer}, maar {oorzaak}.",
    doen="{herstel}",
    zonder_toewijzing=True,
)
def credit_van_toegekende_debet(prestatie: Prestatie, dossier: Dossier) -> Gegevens | None:
    """OP360, IV091: only of an awarded line, equal to it in everything but reference and sign."""
    vorige = prestatie.vorig_referentienummer or ""
    debet = dossier.kader.eerdere_prestaties.get(vorige)
    oorzaak = _why_not_creditable(prestatie, debet)
    if oorzaak is None:
        return None
    return {"vorig_referentienummer": vorige, "oorzaak": oorzaak[0], "herstel": oorzaak[1]}


@regel(
    "TR390",
    retourcode="9390",
    niveau=3,
    klasse="Prestatie",
    element="ProductReferentie/VorigReferentieNummer",
    berichten=("JW323",),
    titel="Een debetregel wordt maar één keer gecrediteerd.",
    melding="De regel met ReferentieNummer {vorig_referentienummer} is al gecrediteerd. Deze tweede creditregel telt niet mee.",
    doen="U hoeft niets te doen. Neem deze creditregel niet nog een keer op.",
    zonder_toewijzing=True,
    eerdere_codes=(("3.0", "8017"),),
)
def credit_maar_een_keer(prestatie: Prestatie, dossier: Dossier) -> Gegevens | None:
    """OP360: a second credit of the same debit line is refused."""
    if prestatie.vorig_referentienummer in dossier.kader.gecrediteerd:
        return {"vorig_referentienummer": prestatie.vorig_referentienummer}
    return None


def _why_not_creditable(credit: Prestatie, debet: EerderePrestatie | None) -> tuple[str, str] | None:
    """Why the line that a credit names cannot be credited by it, and what to do; None when it can."""
    if debet is None or debet.credit:
        return ONBEKEND
    if debet.uitkomst == "ter_beoordeling" or (debet.uitkomst == "toegekend" and not debet.antwoord_verzonden):
        return (
            "over die debetregel is nog geen besluit verzonden",
            "Wacht op het antwoordbericht (JW325) op die declaratie en stuur de creditregel daarna opnieuw.",
        )
    if debet.uitkomst != "toegekend":
        return (
            "die debetregel is niet toegekend",
            "Een afgewezen regel hoeft u niet te crediteren. Neem deze creditregel niet nog een keer op.",
        )
    return tell_difference((*compared(credit, debet), ("IngediendBedrag", -credit.bedrag, debet.bedrag)))


ONBEKEND = (
    "onder dat nummer is geen debetregel van u bekend",
    "Controleer het VorigReferentieNummer: neem het ReferentieNummer van de debetregel over.",
)
"""What is wrong with a credit that names no debit line, and what to do."""


def tell_difference(velden: Vergelijking) -> tuple[str, str] | None:
    """In what a credit is unlike its debit, and what to do; None when they are equal."""
    anders = [naam for naam, hier, daar in velden if hier != daar]
    if not anders:
        return None
    return (
        f"de creditregel wijkt af van die debetregel in: {', '.join(anders)}",
        "Neem alle gegevens van de debetregel ongewijzigd over en stuur de creditregel opnieuw.",
    )


def compared(credit: Prestatie, debet: EerderePrestatie) -> Vergelijking:
    """The fields in which a credit equals its debit whatever was awarded, by element name."""
    return (
        ("Bsn", credit.bsn, debet.bsn),
        ("ToewijzingNummer", credit.toewijzingnummer, debet.toewijzingnummer),
        ("ProductCategorie", credit.categorie, debet.categorie),
        ("ProductCode", credit.code, debet.code),
        ("ProductPeriode", (credit.begindatum, credit.einddatum), (debet.begindatum, debet.einddatum)),
        ("GeleverdVolume", credit.volume, debet.volume),
        ("Eenheid", credit.eenheid, debet.eenheid),
        ("ProductTarief", credit.tarief, debet.tarief),
    )
