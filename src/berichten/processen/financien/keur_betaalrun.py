"""What a second person does with a proposal: approve it, which makes its files, or withdraw it."""

import hashlib
from datetime import date, datetime

from sqlalchemy import Connection

from berichten.boeken.betaling import (
    Betaalopdracht,
    Rekening,
    describe_betaling,
    explain_aandeel,
    is_gewijzigd,
    judge_goedkeuring,
    name_betaling,
    name_run,
)
from berichten.kern.houder import Sleutelhouder
from berichten.kern.nietnu import NietNu
from berichten.kern.tekst import datum
from berichten.klok import dutch_day
from berichten.opslag.financien.betalers import list_aandelen, load_vorige_rekeningen
from berichten.opslag.financien.betalingen import (
    Betaalrunrij,
    approve_run,
    find_run,
    insert_bestand,
    list_opdrachten,
    load_standen,
    read_bestand,
    read_run,
    withdraw_run,
)
from berichten.opslag.financien.blokkades import lock_betalingen
from berichten.opslag.financien.rekeningen import EIGEN, load_rekeningen
from berichten.opslag.toegang.sleutels import load_personen
from berichten.processen.basis.handelingen import Handeling, note_outcome
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.rapporten.boeken.betaalbestand import Betaalbestand, Betaling, write_csv, write_pain001
from berichten.standaard.waarden.gemeenten import gemeenten

PAIN = "pain.001"
CSV = "csv"


class BestandFout(RuntimeError):
    """A kept file is not what was kept: it may not go to a bank."""


def approve(werkplaats: Werkplaats, gemeente: str, door: str, run_id: int) -> Betaalrunrij | NietNu | None:
    """Approve a proposal of somebody else and make its files; None when this gemeente has no such run.

    Refused when blocks, accounts or the journal now say otherwise than the proposal, which is then better made anew. Paid today at
    the earliest.
    """
    with werkplaats.opslag.transaction() as verbinding:
        lock_betalingen(verbinding, gemeente)
        uitkomst = _approve(verbinding, werkplaats, gemeente, door, run_id)
        return note_outcome(verbinding, werkplaats, Handeling(gemeente, door, "U", "betaalrun", run_id), uitkomst)


def _approve(verbinding: Connection, werkplaats: Werkplaats, gemeente: str, door: str, run_id: int) -> Betaalrunrij | NietNu | None:
    nu = werkplaats.instellingen.nu()
    run = find_run(verbinding, gemeente, run_id)
    if run is None:
        return None
    dag = max(run.uitvoeringsdatum, dutch_day(nu))
    weigering = (
        _judge_status(run) or _judge_person(verbinding, gemeente, run, door) or _judge_content(verbinding, gemeente, run, dag)
    )
    if weigering is not None:
        return weigering
    approve_run(verbinding, gemeente, run_id, dag, door, nu)
    _keep_files(verbinding, werkplaats, gemeente, run, dag, nu)
    return read_run(verbinding, gemeente, run_id)


def withdraw(werkplaats: Werkplaats, gemeente: str, door: str, run_id: int) -> Betaalrunrij | NietNu | None:
    """Withdraw a proposal, so that another run can pay its entries; None when this gemeente has no such run."""
    with werkplaats.opslag.transaction() as verbinding:
        lock_betalingen(verbinding, gemeente)
        run = find_run(verbinding, gemeente, run_id)
        uitkomst: Betaalrunrij | NietNu | None = run and _judge_status(run)
        if run is not None and uitkomst is None:
            withdraw_run(verbinding, gemeente, run_id, door, werkplaats.instellingen.nu())
            uitkomst = read_run(verbinding, gemeente, run_id)
        return note_outcome(verbinding, werkplaats, Handeling(gemeente, door, "U", "betaalrun", run_id), uitkomst)


def fetch_bestand(
    werkplaats: Werkplaats, houder: Sleutelhouder, run_id: int, soort: str
) -> tuple[Betaalrunrij, bytes | None] | None:
    """A run with its file (`unpack_bestand`), in the view of who asks; None when this gemeente has no such run."""
    with werkplaats.seen_by(houder).transaction() as (verbinding, vermelding):
        run = find_run(verbinding, houder.gemeente, run_id)
        if run is None:
            vermelding.shows_absent("betaalbestand", run_id)
            return None
        vermelding.shows("betaalbestand", (), run_id, actie="E")
        return run, unpack_bestand(werkplaats, verbinding, houder.gemeente, run_id, soort)


def unpack_bestand(werkplaats: Werkplaats, verbinding: Connection, gemeente: str, run_id: int, soort: str) -> bytes | None:
    """A file as it was made at the approval; None when the run has none. Raises BestandFout when it is not the same any more."""
    bewaard = read_bestand(verbinding, gemeente, run_id, soort)
    if bewaard is None:
        return None
    inhoud = werkplaats.kluis.unpack(bewaard[0])
    if hashlib.sha256(inhoud).digest() != bewaard[1]:
        raise BestandFout(f"betaalrun {run_id}: bestand {soort} is veranderd sinds de goedkeuring")
    return inhoud


def _judge_status(run: Betaalrunrij) -> NietNu | None:
    if run.goedgekeurd_op is not None:
        return NietNu(f"Betaalrun {run.run_id} is al goedgekeurd op {datum(run.goedgekeurd_op)} en verandert niet meer.")
    if run.ingetrokken_op is not None:
        return NietNu(f"Betaalrun {run.run_id} is ingetrokken op {datum(run.ingetrokken_op)}. Maak een nieuw voorstel.")
    return None


def _judge_person(verbinding: Connection, gemeente: str, run: Betaalrunrij, door: str) -> NietNu | None:
    """Four eyes are two people, whatever keys they hold, and neither of them had a hand in where the money goes."""
    aandelen = list_aandelen(verbinding, gemeente, run.run_id)
    personen = load_personen(verbinding, gemeente, {door, run.gemaakt_door, *(item.door for item in aandelen)})
    if personen[run.gemaakt_door] == personen[door]:
        return NietNu("U maakte dit voorstel zelf. Vraag een collega om het na te kijken en goed te keuren.")
    eigen = next((item for item in aandelen if personen[item.door] == personen[door]), None)
    return None if eigen is None else explain_aandeel(eigen.wat, eigen.agb)


def _judge_content(verbinding: Connection, gemeente: str, run: Betaalrunrij, dag: date) -> NietNu | None:
    rekeningen = load_rekeningen(verbinding, gemeente, dag)
    if rekeningen.get(EIGEN) != Rekening(run.iban, run.tenaamstelling):
        return NietNu("De bankrekening van de gemeente is sinds het voorstel veranderd. Trek het voorstel in en maak een nieuw.")
    return judge_goedkeuring(load_standen(verbinding, gemeente, run.run_id), rekeningen)


def _keep_files(verbinding: Connection, werkplaats: Werkplaats, gemeente: str, run: Betaalrunrij, dag: date, nu: datetime) -> None:
    vorige = load_vorige_rekeningen(verbinding, gemeente, run.run_id)
    betalingen = [
        _as_betaling(gemeente, run.run_id, item, vorige.get(item.agb))
        for item in list_opdrachten(verbinding, gemeente, run.run_id)
        if item.uitkomst == "betalen"
    ]
    betaler = Rekening(run.iban, run.tenaamstelling)
    bestand = Betaalbestand(name_run(gemeente, run.run_id), nu, dag, betaler, betalingen)
    for soort, inhoud in ((PAIN, write_pain001(bestand)), (CSV, write_csv(bestand))):
        sha256 = hashlib.sha256(inhoud).digest()
        insert_bestand(verbinding, gemeente, run.run_id, soort, werkplaats.kluis.pack(inhoud), sha256)


def _as_betaling(gemeente: str, run_id: int, item: Betaalopdracht, vorige: Rekening | None) -> Betaling:
    rekening = Rekening(item.iban or "", item.tenaamstelling or "")
    bekend = gemeenten().get(gemeente)
    tekst = describe_betaling(bekend.naam if bekend else gemeente, run_id, item.agb)
    stand = "eerste betaling" if vorige is None else "gewijzigd" if is_gewijzigd(item, vorige) else "als vorige keer"
    return Betaling(item.agb, rekening, item.bedrag, name_betaling(gemeente, run_id, item.agb), tekst, stand)
