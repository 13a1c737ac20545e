"""Writers of JW315 and JW317, and of the JW301 that grants one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from berichten.standaard.waarden.onderdelen import Omvang
from berichten.standaard.waarden.soorten import JW315, JW317
from berichten.voorbeelden.berichten.regie import write_jw301
from berichten.voorbeelden.berichten.schrijver import Kop, Schrijver, finish_bericht, open_bericht, write_client, write_product
from berichten.voorbeelden.model.model import Stadstoewijzing


@dataclass(frozen=True, slots=True)
class Zorgvraag:
    """One AangevraagdProduct: what is asked for as if it were allocated already, by whose referral."""

    referentie: str
    gewenst: Stadstoewijzing
    verwijzertype: str
    """COD327."""
    zorgverlenercode: str | None = None
    """AGB code of the person who referred; without it the name is given."""
    verwijzer: str | None = None
    commentaar: str | None = None


def write_jw315(kop: Kop, vragen: Sequence[Zorgvraag]) -> bytes:
    """Write a JW315 that asks for these, all for one client."""
    with open_bericht(JW315, kop) as s, s.element("Client"):
        write_client(s, vragen[0].gewenst.persoon)
        with s.element("AangevraagdeProducten"):
            for vraag in vragen:
                with s.element("AangevraagdProduct"):
                    _write_vraag(s, vraag)
    return finish_bericht(JW315, s)


def _write_vraag(s: Schrijver, vraag: Zorgvraag) -> None:
    s.eigen("ReferentieAanbieder", vraag.referentie)
    write_product(s, vraag.gewenst.product)
    s.eigen("ToewijzingIngangsdatum", vraag.gewenst.ingangsdatum)
    s.eigen("ToewijzingEinddatum", vraag.gewenst.einddatum)
    _write_omvang(s, vraag.gewenst.omvang)
    s.eigen("Budget", vraag.gewenst.budget)
    with s.element("Verwijzer"):
        s.basis("Type", vraag.verwijzertype)
        s.basis("Naam", vraag.verwijzer)
        s.basis("ZorgverlenerCode", vraag.zorgverlenercode)
    s.eigen("Commentaar", vraag.commentaar)


def _write_omvang(s: Schrijver, omvang: Omvang | None) -> None:
    if omvang is not None:
        with s.element("Omvang"):
            s.basis("Volume", omvang.volume)
            s.basis("Eenheid", omvang.eenheid)
            s.basis("Frequentie", omvang.frequentie)


def write_jw317(kop: Kop, referentie: str, nu: Stadstoewijzing, vanaf: date, omvang: Omvang) -> bytes:
    """Write a JW317 that asks for another volume of the one allocation of a client, from a day on."""
    with open_bericht(JW317, kop) as s, s.element("Client"):
        s.eigen("Bsn", nu.persoon.bsn)
        with s.element("Verzoek"):
            s.eigen("ReferentieAanbieder", referentie)
            s.eigen("RedenVerzoek", "1")
            with s.element("TeWijzigenProducten"), s.element("TeWijzigenProduct"):
                s.eigen("ToewijzingNummer", nu.nummer)
                s.eigen("GewensteIngangsdatum", vanaf)
                s.eigen("Einddatum", nu.einddatum)
                _write_omvang(s, omvang)
    return finish_bericht(JW317, s)


def grant_jw301(kop: Kop, toewijzing: Stadstoewijzing, referentie: str) -> bytes:
    """Write the JW301 of one allocation with the reference of the request that it grants."""
    nummer = f"<jw301:ToewijzingNummer>{toewijzing.nummer}</jw301:ToewijzingNummer>"
    kenmerk = f"\r\n\t\t\t\t<jw301:ReferentieAanbieder>{referentie}</jw301:ReferentieAanbieder>"
    return write_jw301(kop, [toewijzing]).replace(nummer.encode(), f"{nummer}{kenmerk}".encode(), 1)
