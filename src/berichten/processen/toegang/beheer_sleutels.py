"""Keys of the API: made, shown, and withdrawn at once. The text of one is told once and kept nowhere."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy.exc import DatabaseError

from berichten.fouten import Bedieningsfout
from berichten.kern.tekst import datum
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.toegang.personen import tell_trigger
from berichten.opslag.toegang.sleutels import NieuweSleutel, Sleutelrij, list_sleutels, make_sleutel, revoke_sleutel
from berichten.opslag.toegang.systemen import Systeemrij, list_systemen
from berichten.processen.basis.handelingen import Handeling, note_done
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.standaard.waarden.bsn import holds_bsn

_KAN_NIET = "Deze sleutel kan zo niet. Controleer gemeente, rol en AGB-code."
_BSN = "In de naam staat een burgerservicenummer. Noem de persoon of het systeem bij naam."
_GEEN_SYSTEEM = "Er is geen werkend systeem met id '{systeem_id}'. Zoek de id in de eerste kolom van: berichten systeem lijst."


def add_sleutel(werkplaats: Werkplaats, gemeente: str, rol: str, agb: str | None, nieuw: NieuweSleutel) -> str:
    """Make a key, a year long unless it says otherwise; returns its text.

    Raises Bedieningsfout for a name with a Bsn in it, an end that is past, and a person without the role.
    """
    if holds_bsn(nieuw.naam) or holds_bsn(nieuw.eigenaar):
        raise Bedieningsfout(_BSN)
    instellingen = werkplaats.instellingen
    tot = nieuw.geldig_tot or instellingen.vandaag() + timedelta(days=instellingen.sleutel_geldig_dagen)
    if tot < instellingen.vandaag():
        raise Bedieningsfout(f"Een sleutel die tot {datum(tot)} geldt, werkt nu al niet meer. Kies vandaag of een latere dag.")
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        try:
            sleutel = make_sleutel(verbinding, gemeente, rol, agb, instellingen.nu(), nieuw=replace(nieuw, geldig_tot=tot))
        except DatabaseError as fout:
            raise Bedieningsfout(tell_trigger(fout) or _KAN_NIET) from None
        note_done(verbinding, werkplaats, Handeling(gemeente, nieuw.door, "C", "sleutel", sleutel.split(".")[1]))
    return sleutel


def add_aanbiedersleutel(werkplaats: Werkplaats, gemeente: str, agb: str, naam: str, tot: date | None, door: str) -> str:
    """Make a key for the software of an aanbieder; `naam` tells whose it is. Raises Bedieningsfout as above."""
    return add_sleutel(werkplaats, gemeente, "aanbieder", agb, NieuweSleutel(naam, naam, tot, door))


def add_systeemsleutel(werkplaats: Werkplaats, systeem_id: str, door: str, tot: date | None = None) -> str:
    """Make a key for a system that was registered, in its role. Raises Bedieningsfout for one that may not call."""
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        rij = next((item for item in list_systemen(verbinding) if item.systeem_id == systeem_id), None)
    if rij is None or rij.ingetrokken_op is not None:
        raise Bedieningsfout(_GEEN_SYSTEEM.format(systeem_id=systeem_id))
    return add_sleutel(werkplaats, rij.gemeente, rij.rol, rij.agb, NieuweSleutel(rij.naam, rij.naam, tot, door, rij.systeem_id))


def withdraw_sleutel(werkplaats: Werkplaats, sleutel_id: str, door: str) -> bool:
    """It works no more from now on; False when there is none with this id that still did."""
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        if not revoke_sleutel(verbinding, sleutel_id, werkplaats.instellingen.nu(), door):
            return False
        gemeente = next(rij.gemeente for rij in list_sleutels(verbinding) if rij.sleutel_id == sleutel_id)
        note_done(verbinding, werkplaats, Handeling(gemeente, door, "D", "sleutel", sleutel_id))
    return True


def list_sleutels_of(werkplaats: Werkplaats, gemeente: str) -> list[Sleutelrij]:
    """Every key of this gemeente, without its secret; the newest first."""
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        return [rij for rij in reversed(list_sleutels(verbinding)) if rij.gemeente == gemeente]


def list_systemen_of(werkplaats: Werkplaats, gemeente: str) -> list[Systeemrij]:
    """Systems of this gemeente that may call."""
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        return [rij for rij in list_systemen(verbinding) if rij.gemeente == gemeente and rij.ingetrokken_op is None]


def tell_stand(rij: Sleutelrij, vandaag: date, waarschuwen: int) -> str:
    """Whether a key works, and when it will not; from `waarschuwen` days before its end that is said as a warning."""
    if rij.ingetrokken_op is not None:
        return f"ingetrokken op {datum(rij.ingetrokken_op)}"
    if rij.geldig_tot < vandaag:
        return "verlopen: maak een nieuwe"
    over = (rij.geldig_tot - vandaag).days
    if over > waarschuwen:
        return "werkt"
    return "verloopt vandaag: maak een nieuwe" if not over else f"verloopt over {over} {'dag' if over == 1 else 'dagen'}"
