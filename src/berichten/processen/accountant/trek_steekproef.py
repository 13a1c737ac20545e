"""Draw a sample for an accountant: what is asked is kept and logged before it is drawn. Drawing again is another sample."""

from dataclasses import dataclass
from datetime import date

from berichten.beoordeling.besluit import check_tekst
from berichten.kern.houder import Sleutelhouder
from berichten.kern.kalender import add_maanden
from berichten.opslag.controle.controlebereik import Controlebereik, stream_populatie
from berichten.opslag.controle.steekproeven import (
    Mandaatrij,
    Steekproefregel,
    Steekproefvraag,
    find_mandaat,
    insert_mandaat,
    insert_steekproef,
    keep_drawn,
)
from berichten.processen.basis.handelingen import Handeling, note_done
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.rapporten.accountant.trekking import Methode, Populatiepost, TeGroot, draw


@dataclass(frozen=True, slots=True)
class Steekproefwens:
    """What an auditor asks for: n lines or units of the awarded care of a year, with a seed that anybody may choose."""

    zaad: str
    methode: Methode
    aantal: int
    jaar: int
    reden: str
    agb: str | None = None
    categorie: str | None = None


class OngeldigeTekst(ValueError):
    """What somebody wrote may not be kept; the message is Dutch."""


class GeenMandaat(Exception):
    """Samples of this year may not be drawn, or not any more; the message is Dutch."""


def judge_mandaat(vandaag: date, jaren: tuple[int, int], tot: date) -> str:
    """Why these years (both inclusive) may not be opened until this day, in Dutch; empty when they may."""
    if jaren[0] > jaren[1]:
        return "Het eerste jaar ligt na het laatste. Draai ze om."
    if tot > add_maanden(vandaag, 12):
        return "Kies een laatste dag die ten hoogste een jaar verder ligt. Leg het zo nodig later nog eens vast."
    return ""


def give_mandaat(werkplaats: Werkplaats, houder: Sleutelhouder, jaren: tuple[int, int], tot: date, reden: str) -> Mandaatrij:
    """From now on samples may be drawn of these years of care (both inclusive), and their lines seen until a day, inclusive.

    Raises OngeldigeTekst.
    """
    _refuse_unless_text(reden)
    werkplaats = werkplaats.asked_by(houder)
    mandaat = Mandaatrij(werkplaats.instellingen.nu(), *jaren, tot, reden, houder.sleutel_id)
    with werkplaats.opslag.transaction() as verbinding:
        insert_mandaat(verbinding, houder.gemeente, mandaat)
        note_done(verbinding, werkplaats, Handeling(houder.gemeente, houder.sleutel_id, "C", "controlemandaat"))
    return mandaat


def draw_steekproef(werkplaats: Werkplaats, houder: Sleutelhouder, wens: Steekproefwens) -> int:
    """Its number. Raises OngeldigeTekst, GeenMandaat, and TeGroot for more than there is: then what was asked stays, with nothing
    drawn."""
    _refuse_unless_text(wens.reden, wens.zaad)
    werkplaats, gemeente = werkplaats.asked_by(houder), houder.gemeente
    nu = werkplaats.instellingen.nu()
    with werkplaats.opslag.transaction() as verbinding:
        _require_mandaat(find_mandaat(verbinding, gemeente), wens.jaar, werkplaats.instellingen.vandaag())
        vraag = Steekproefvraag(
            wens.zaad, wens.methode, wens.aantal, wens.jaar, wens.agb, wens.categorie, nu, wens.reden, houder.sleutel_id, nu
        )
        nummer = insert_steekproef(verbinding, gemeente, vraag)
        note_done(verbinding, werkplaats, Handeling(gemeente, houder.sleutel_id, "C", "steekproef", nummer))
    bereik = Controlebereik(gemeente, nu, date(wens.jaar, 1, 1), date(wens.jaar, 12, 31), wens.agb, wens.categorie)
    with werkplaats.opslag.transaction() as verbinding:
        posten = [
            Populatiepost(item.prestatie_id, item.agb, item.referentienummer, item.bedrag)
            for item in stream_populatie(verbinding, bereik)
        ]
        trekking = draw(posten, wens.methode, wens.aantal, wens.zaad)
        regels = [
            Steekproefregel(
                volgnummer, item.post.agb, item.post.prestatie_id, item.post.referentienummer, item.post.bedrag, item.cumulatief,
                item.treffers,
            )
            for volgnummer, item in enumerate(trekking.getrokken, 1)
        ]  # fmt: skip
        keep_drawn(verbinding, gemeente, nummer, regels, (trekking.regels, trekking.bedrag), trekking.interval, trekking.start)
        note_done(verbinding, werkplaats, Handeling(gemeente, houder.sleutel_id, "U", "steekproef", nummer))
    return nummer


def _refuse_unless_text(*teksten: str) -> None:
    fout = next((fout for fout in map(check_tekst, teksten) if fout), None)
    if fout:
        raise OngeldigeTekst(fout)


def _require_mandaat(mandaat: Mandaatrij | None, jaar: int, vandaag: date) -> None:
    if mandaat is None or mandaat.tot < vandaag:
        raise GeenMandaat(
            "Er is nu geen controle open. Vraag beheer om de jaren van de controle vast te leggen, en tot wanneer zij duurt."
        )
    if not mandaat.jaar_van <= jaar <= mandaat.jaar_tot:
        raise GeenMandaat(
            f"De controle is open over de jaren {mandaat.jaar_van} tot en met {mandaat.jaar_tot}. Kies een van die jaren."
        )


__all__ = ["GeenMandaat", "OngeldigeTekst", "Steekproefwens", "TeGroot", "draw_steekproef", "give_mandaat", "judge_mandaat"]
