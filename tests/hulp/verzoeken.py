"""Requests, the answers to them and the allocations that grant them, in a few words."""

from typing import Any

from berichten.dossier.verzoek import Verzoek
from berichten.opslag.dossiers.verzoekstanden import load_op_referentie
from berichten.processen.basis.werkplaats import Werkplaats
from tests.hulp.bouw import bouw
from tests.hulp.bouwstenen import AGB, BSN, GEMEENTE
from tests.hulp.declareer import _identity


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
