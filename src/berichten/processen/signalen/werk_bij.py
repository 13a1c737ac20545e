"""Find the signals of a gemeente: each night, and when somebody asks. What is open gets its figures of now; nothing follows."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from berichten.opslag.basis.verbinding import Login
from berichten.opslag.signalen.signalen import (
    Signaalrij,
    insert_signalen,
    list_open_signalen,
    lock_signalen,
    quiet_signaal,
    update_signalen,
)
from berichten.processen.basis.handelingen import Handeling, note_done
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.rapporten.signalen.vind import find_waarnemingen
from berichten.rapporten.signalen.waarneming import Venster, Waarneming


@dataclass(frozen=True, slots=True)
class Bijgewerkt:
    """How many signals are new, were there and still fire, and fire no more."""

    nieuw: int
    gebleven: int
    stil: int


def refresh_signalen(werkplaats: Werkplaats, gemeente: str, door: str = "", login: Login = Login.SCHRIJVER) -> Bijgewerkt:
    """As of today. A signal that nobody closed stays one signal, however often it is found; one that is closed stays as it was.

    Reckoning takes long in a large gemeente, and nobody who works on a signal meanwhile waits for it: what is closed while it runs
    stays closed, and is looked at again the next time.
    """
    dag, nu = werkplaats.instellingen.vandaag(), werkplaats.instellingen.nu()
    with werkplaats.opslag.transaction(login) as verbinding:
        termijn = werkplaats.instellingen.declaratie_termijn_maanden
        stonden_open = _list_open(verbinding, gemeente).keys()
        venster, gevonden = find_waarnemingen(verbinding, gemeente, dag, nu, termijn)
        lock_signalen(verbinding, gemeente)
        gesloten = stonden_open - _list_open(verbinding, gemeente).keys()
        gevonden = [item for item in gevonden if _key(item) not in gesloten]
        vast = {"g": gemeente, "dag": dag, "van": venster.van, "tot": max(venster.tot, venster.van), "nu": nu}
        bijgewerkt = _merge(verbinding, vast, gevonden)
        note_done(verbinding, werkplaats, Handeling(gemeente, door, "U", "signalen"))
    return bijgewerkt


def _merge(verbinding: Connection, vast: dict[str, Any], gevonden: list[Waarneming]) -> Bijgewerkt:
    gemeente = vast["g"]
    open_ = _list_open(verbinding, gemeente)
    per_sleutel = {_key(item): item for item in gevonden}
    nieuw = [item for sleutel, item in per_sleutel.items() if sleutel not in open_ and item.gaat_af]
    insert_signalen(verbinding, [{**vast, **_values(item)} for item in nieuw])
    bij = [(rij, per_sleutel[sleutel]) for sleutel, rij in open_.items() if sleutel in per_sleutel]
    update_signalen(verbinding, [{**vast, **_values(item), "s": rij.signaal_id} for rij, item in bij])
    weg: list[Signaalrij] = [rij for sleutel, rij in open_.items() if sleutel not in per_sleutel]
    for rij in weg:
        quiet_signaal(verbinding, gemeente, rij.signaal_id, vast["nu"])
    stil = len(weg) + sum(not item.gaat_af for _, item in bij)
    return Bijgewerkt(len(nieuw), len(bij) - stil + len(weg), stil)


def _list_open(verbinding: Connection, gemeente: str) -> dict[tuple[str, str, str], Signaalrij]:
    return {_key(rij): rij for rij in list_open_signalen(verbinding, gemeente)}


def _key(item: Signaalrij | Waarneming) -> tuple[str, str, str]:
    return item.agb, item.soort, item.sleutel


def _values(item: Waarneming) -> dict[str, Any]:
    return {
        "agb": item.agb, "soort": item.soort, "sleutel": item.sleutel, "teller": item.teller, "noemer": item.noemer,
        "aantal": item.drempel.aantal, "promille": item.drempel.promille, "zin": item.zin, "nummers": list(item.nummers),
        "gaat_af": item.gaat_af,
    }  # fmt: skip


__all__ = ["Bijgewerkt", "Venster", "refresh_signalen"]
