"""Requests, the answers to them and the allocations that grant them, in a few words."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text

from berichten.beoordeling.verzoeken.verzoekbesluit import Soort, Verzoekbesluit, Verzoekweigering
from berichten.dossier.verzoek import Verzoek
from berichten.opslag.berichten.berichten import read_inhoud
from berichten.opslag.dossiers.verzoekstanden import load_op_referentie
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.verzoeken.beslis_verzoek import GenomenVerzoekbesluit, decide_verzoek
from berichten.standaard.schrijven.antwoord import AntwoordHeader, write_retour
from berichten.standaard.waarden.soorten import JW301, JW319
from tests.hulp.bouw import bouw
from tests.hulp.bouwstenen import AGB, BSN, GEMEENTE
from tests.hulp.declareer import _identity, _nummers

_CONTRACT = f"""INSERT INTO contract (gemeente, agb, productcode, ingangsdatum)
    SELECT '{GEMEENTE}', agb, '45A48', '2020-01-01' FROM unnest(ARRAY['42420001', '42420002', '42420003']) AS agb"""
_TARIEF = f"""INSERT INTO tarief (gemeente, agb, productcode, opleidingsniveau, eenheid, tarief, ingangsdatum)
    VALUES ('{GEMEENTE}', '', '45A48', '', '04', 7805, '2020-01-01')"""


def aanvraag(*referenties: str, bsn: str = BSN, agb: str = AGB, identificatie: str | None = None, **velden: Any) -> bytes:
    """A JW315 with a product for each of these references, a month apart; `velden` are elements of each that differ."""
    producten = [
        {"ReferentieAanbieder": referentie, "ToewijzingIngangsdatum": f"2026-{7 + nummer:02d}-01",
         "ToewijzingEinddatum": f"2026-{7 + nummer:02d}-20", **velden}
        for nummer, referentie in enumerate(referenties)
    ]  # fmt: skip
    return bouw(
        "JW315",
        {
            "Header": {"Afzender": agb, **_identity(identificatie)},
            "Client": {"Bsn": bsn, "AangevraagdeProducten": {"AangevraagdProduct": producten}},
        },
    )


def wijziging(referentie: str, toewijzingnummer: int, *, bsn: str = BSN, agb: str = AGB, **velden: Any) -> bytes:
    """A JW317 that asks for a change of the one allocation of a client; `velden` are elements of TeWijzigenProduct that differ."""
    return bouw(
        "JW317",
        {
            "Header": {"Afzender": agb, **_identity(None)},
            "Client/Bsn": bsn,
            "Client/Verzoek/ReferentieAanbieder": referentie,
            "Client/Verzoek/OngewijzigdeProducten": None,
            "Client/Verzoek/NieuweProducten": None,
            "TeWijzigenProduct": {"ToewijzingNummer": toewijzingnummer, **velden},
        },
    )


def antwoord(referentie: str, waarde: str, reden: str | None = None, woonplaats: str | None = None, **kop: Any) -> bytes:
    """A JW319 as the back office of the gemeente sends it."""
    velden = {
        "ReferentieAanbieder": referentie, "VerzoekAntwoord": waarde, "RedenAfwijzingVerzoek": reden,
        "Woonplaatsbeginsel": {"Gemeente": woonplaats} if woonplaats else None,
    }  # fmt: skip
    return bouw("JW319", {"Header": {**_identity(None), **kop}, "Antwoord": velden})


def stand(werkplaats: Werkplaats, referentie: str, agb: str = AGB) -> Verzoek | None:
    """The request with this reference, if there is one."""
    with werkplaats.opslag.transaction() as verbinding:
        return load_op_referentie(verbinding, GEMEENTE, agb, [referentie]).get(referentie)


def beslis(
    werkplaats: Werkplaats, referentie: str, besluit: Soort, reden: str | None = None, gemeente: str | None = None, **velden: Any
) -> GenomenVerzoekbesluit | Verzoekweigering:
    """Decide on the request with this reference, as a member of staff."""
    verzoek = stand(werkplaats, referentie)
    assert verzoek is not None
    gevraagd = Verzoekbesluit(besluit, velden.pop("motivering", "Besproken met de aanbieder."), reden, gemeente, **velden)
    return decide_verzoek(werkplaats, GEMEENTE, "test", verzoek.verzoek_id, gevraagd)


def retour(werkplaats: Werkplaats, bericht_id: UUID, code: str | None = None) -> bytes:
    """The JW320 of the aanbieder on a JW319 that is kept here, with a code on its Antwoord or without."""
    with werkplaats.opslag.transaction() as verbinding:
        inhoud = werkplaats.kluis.unpack(read_inhoud(verbinding, GEMEENTE, bericht_id) or b"")
    nummer = next(_nummers)
    kop = AntwoordHeader(f"R{nummer}", date(2026, 6, 30), "0.1.0", "0.1.0", ("0200",) if code else ())
    return write_retour(inhoud, JW319, kop, {"Bericht/Antwoord": (code,)} if code else None)


def add_beleid(werkplaats: Werkplaats, **anders: Any) -> None:
    """A row of policy that honours every JW315 of a family doctor with an AGB code, but for what is said otherwise; and what it
    needs for that, a contract and a tariff for 45A48."""
    rij = {
        "soort": "JW315", "verwijzertype": "02", "agb": "", "categorie": "", "productcode": "", "met_agb_code": True,
        "gevolg": "honoreren", "ingangsdatum": date(2026, 1, 1), **anders,
    }  # fmt: skip
    kolommen, plekken = ", ".join(rij), ", ".join(f":{naam}" for naam in rij)
    with werkplaats.opslag.transaction() as verbinding:
        verbinding.execute(text(f"INSERT INTO verzoekbeleid (gemeente, {kolommen}) VALUES ('{GEMEENTE}', {plekken})"), rij)
        verbinding.execute(text(_CONTRACT))
        verbinding.execute(text(_TARIEF))


def jw302(jw301: bytes, **codes: str) -> bytes:
    """The JW302 of the aanbieder on a JW301; `codes`: what it says of `Header`, `Client` or `ToegewezenProduct`."""
    kop = AntwoordHeader(f"R{next(_nummers)}", date(2026, 6, 30), "0.1.0", "0.1.0", (codes.get("Header", "0200"),) if codes else ())
    paden = {
        "Client": "Bericht/Client",
        "ToegewezenProduct": "Bericht/Client/ToegewezenProducten/ToegewezenProduct",
    }
    klassen = {paden[naam]: (code,) for naam, code in codes.items() if naam in paden}
    return write_retour(jw301, JW301, kop, klassen if codes else None)
