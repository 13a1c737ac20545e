"""A signal and a measure of an aanbieder, put there at once: what they rest on is tested elsewhere."""

from datetime import date
from typing import Any

from berichten.opslag.signalen.maatregelen import Maatregelrij
from berichten.opslag.signalen.signalen import Signaalzeef, insert_signalen, list_signalen, share_signaal
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.signalen.leg_maatregel_vast import NieuweMaatregel, register_maatregel, step_maatregel

_DAG = date(2026, 6, 1)


def put_signaal(
    werkplaats: Werkplaats, gemeente: str, agb: str, zin: str = "Er is iets.", nummers: tuple[int, ...] = (), **anders: Any
) -> int:
    """Its number; the aanbieder sees it unless `gedeeld` is False."""
    gedeeld, nu = anders.pop("gedeeld", True), werkplaats.instellingen.nu()
    velden = {
        "g": gemeente, "agb": agb, "soort": "S3", "sleutel": "", "dag": _DAG, "van": date(2025, 6, 1), "tot": date(2026, 5, 31),
        "teller": 0, "noemer": 0, "aantal": 20, "promille": 50, "zin": zin, "nummers": list(nummers), "nu": nu,
    }  # fmt: skip
    with werkplaats.opslag.transaction() as verbinding:
        insert_signalen(verbinding, [velden | anders])
        [rij] = list_signalen(verbinding, gemeente, Signaalzeef(agb=agb), 1)
        if gedeeld:
            share_signaal(verbinding, gemeente, rij.signaal_id, nu)
    return rij.signaal_id


def put_maatregel(werkplaats: Werkplaats, gemeente: str, agb: str, toelichting: str = "Besproken.", **anders: Any) -> int:
    """Its number; of step 2 unless it says otherwise, and the aanbieder sees it."""
    velden: dict[str, Any] = {"trede": 2, "soort": "verbeterplan", "grond": "kwaliteit", "besluitdatum": _DAG, "van": _DAG}
    nieuw = NieuweMaatregel(agb=agb, toelichting=toelichting, **(velden | anders))
    gemaakt = register_maatregel(werkplaats, gemeente, "anna", nieuw)
    assert isinstance(gemaakt, Maatregelrij), gemaakt
    if gemaakt.geldig_op is not None:
        step_maatregel(werkplaats, gemeente, "anna", gemaakt.maatregel_id, "gedeeld")
    return gemaakt.maatregel_id
