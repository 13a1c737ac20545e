"""Rules on the references of a line of a JW303, and on crediting. A credit is refused on technical grounds only (IV053)."""

from berichten.dossier.dossier import Dossier, EerderePrestatie, Toekenning
from berichten.kern.regel import Gegevens, Regel, regel
from berichten.kern.tekst import euro
from berichten.regels.declaratie import referentie as prestatie_referentie
from berichten.regels.jw303 import koppeling as jw303_koppeling
from berichten.regels.jw303.jw303regel import JW303, carry_over
from berichten.standaard.waarden.jw303 import Jw303Prestatie

_VORIG = "ProductReferentie/VorigReferentieNummer"

referentienummer_uniek: Regel = carry_over(
    prestatie_referentie.referentienummer_uniek,
    doen="Controleer of deze regel al is ingediend. Zo niet, dien hem dan opnieuw in met een nieuw ReferentieNummer.",
)
credit_maar_een_keer: Regel = carry_over(
    prestatie_referentie.credit_maar_een_keer,
    id="IV054",
    retourcode="8854",
    niveau=4,
    titel="Een debetregel wordt maar één keer gecrediteerd, en dan helemaal.",
    bron="iJw 3.0, IV032 (retourcode 8854) en IV054",
    zonder_toewijzing=False,
)


@regel(
    "TR323",
    retourcode="8017",
    niveau=3,
    klasse="Prestatie",
    element=_VORIG,
    berichten=JW303,
    titel="Een creditregel hoort bij een eerder ingediende debetregel en is daaraan gelijk.",
    melding="De creditregel verwijst naar {vorig_referentienummer}, maar {oorzaak}.",
    doen="{herstel}",
    bron="iJw 3.0, TR323, IV053 en IV054",
)
def credit_van_eerdere_debet(prestatie: Jw303Prestatie, dossier: Dossier) -> Gegevens | None:
    """Of a declaration, only after its JW304; of an invoice, also before it and of a rejected line."""
    debet = find_debet(prestatie, dossier)
    oorzaak = _why_not(prestatie, dossier, debet)
    if oorzaak is None:
        return None
    return {"vorig_referentienummer": prestatie.vorig_referentienummer, "oorzaak": oorzaak[0], "herstel": oorzaak[1]}


@regel(
    "IV053",
    retourcode="8853",
    niveau=4,
    klasse="Prestatie",
    element=_VORIG,
    berichten=JW303,
    titel="In een declaratie wordt een afgewezen regel niet gecrediteerd.",
    melding="De creditregel verwijst naar {vorig_referentienummer}, maar die regel is afgewezen. Er valt niets terug te draaien.",
    doen="Neem deze creditregel niet nog een keer op. Dien de hulp zo nodig opnieuw in met een nieuw ReferentieNummer.",
    bron="iJw 3.0, IV032 (retourcode 8853) en IV053",
)
def geen_credit_van_afgewezen_debet(prestatie: Jw303Prestatie, dossier: Dossier) -> Gegevens | None:
    """In an invoice it is: that takes the claim away."""
    debet = find_debet(prestatie, dossier)
    if debet is None or debet.uitkomst != "afgewezen" or dossier.kader.is_factuur:
        return None
    return {"vorig_referentienummer": prestatie.vorig_referentienummer}


def find_debet(credit: Jw303Prestatie, dossier: Dossier) -> EerderePrestatie | None:
    """The debit line of an earlier JW303 that a credit names."""
    return jw303_koppeling.find_debet(credit, dossier.kader.eerdere_prestaties)


def settle_credit(credit: Jw303Prestatie, dossier: Dossier) -> Toekenning | None:
    """What an accepted credit takes off; None when that is just what it says.

    An invoice is credited for all that it asked (IV054). What was never awarded of it was never booked, nor counted against the
    allocation, so that part of the credit takes nothing off there.
    """
    debet = find_debet(credit, dossier)
    if debet is None:
        return None
    volume, bedrag = debet.counted()
    if (volume, -bedrag) == (credit.volume, credit.bedrag):
        return None
    return Toekenning(volume, -bedrag, credit.bedrag)


def _why_not(credit: Jw303Prestatie, dossier: Dossier, debet: EerderePrestatie | None) -> tuple[str, str] | None:
    """Why the line that a credit names cannot be credited by it, and what to do; None when it can."""
    if debet is None:
        return prestatie_referentie.ONBEKEND
    wacht = debet.uitkomst == "ter_beoordeling" or not debet.antwoord_verzonden
    if wacht and not dossier.kader.is_factuur:
        return (
            "over die debetregel is nog geen besluit verzonden",
            "Wacht op het antwoordbericht (JW304) op die declaratie en stuur de creditregel daarna opnieuw.",
        )
    verschil = prestatie_referentie.tell_difference(prestatie_referentie.compared(credit, debet))
    return verschil or _why_not_amount(credit, dossier, debet)


def _why_not_amount(credit: Jw303Prestatie, dossier: Dossier, debet: EerderePrestatie) -> tuple[str, str] | None:
    """An invoice is credited for what was asked, a declaration for what was awarded (IV054); IV053 speaks of a rejected line."""
    if dossier.kader.is_factuur:
        verwacht, herstel = debet.bedrag, "Crediteer het hele bedrag dat u op de factuur hebt ingediend."
    elif debet.uitkomst == "afgewezen":
        return None
    else:
        verwacht, herstel = debet.counted()[1], "Crediteer het bedrag dat volgens het antwoordbericht (JW304) is toegekend."
    if -credit.bedrag == verwacht:
        return None
    return f"het bedrag moet {euro(verwacht)} zijn en is {euro(-credit.bedrag)}", herstel
