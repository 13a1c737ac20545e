"""Held lines, decisions on them, and the proof that books, sums and answer tie; all through the real pipeline."""

from dataclasses import replace
from datetime import date
from typing import Any

from lxml import etree
from sqlalchemy import text

from berichten.beoordeling.besluit import Besluit
from berichten.opslag.berichten.berichten import find_bericht, read_antwoord
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.besluiten.beslis_prestatie import BesluitGeweigerd, GenomenBesluit, decide
from berichten.processen.referentie.laad_referentie import load_referentie
from tests.hulp.bouwstenen import AGB, GEMEENTE
from tests.hulp.declareer import Regel, declaratie, returned_total, send, toewijzing

JAN, FEB, MRT, APR = (date(2026, maand, 1) for maand in (1, 2, 3, 4))
TARIEF = 7805
REDEN = "Besproken met de aanbieder."
ANNA, BEN = "anna", "ben"
"""Two who decide, by the ids of their keys."""

_BELEID = """gemeente;agb;regel;gevolg;retourcode;ingangsdatum;einddatum
0484;;DA07;beoordelen;0611;2026-01-01;2026-01-31
0484;;DA07;beoordelen;;2026-02-01;2026-02-28
"""


def hold_early_months(werkplaats: Werkplaats) -> None:
    """From now on lines of January and February 2026 are held, those of January with 0611 proposed; later months are not."""
    assert load_referentie(werkplaats, "regelbeleid", _BELEID.encode()).fouten == []


def set_instelling(werkplaats: Werkplaats, **waarden: Any) -> Werkplaats:
    """The same parts with other settings."""
    return replace(werkplaats, instellingen=werkplaats.instellingen.model_copy(update=waarden))


def submit(werkplaats: Werkplaats, *regels: Regel, agb: str = AGB) -> dict[str, Any]:
    """Declare lines in the declaration of April."""
    return send(werkplaats, declaratie(APR, list(regels), agb=agb))


def fill_town(werkplaats: Werkplaats, *nummers: int, agb: str = AGB, **velden: Any) -> None:
    """Hold early months, and give out allocations."""
    hold_early_months(werkplaats)
    for nummer in nummers:
        assert send(werkplaats, toewijzing(nummer, agb=agb, **velden))["status"] == "verwerkt"


def prestatie_id(werkplaats: Werkplaats, referentie: str) -> int:
    """The line that used this reference."""
    return scalar(
        werkplaats, "SELECT prestatie_id FROM prestatie WHERE referentienummer = :r AND referentie_gebruikt", r=referentie
    )


def scalar(werkplaats: Werkplaats, vraag: str, **waarden: Any) -> Any:
    with werkplaats.opslag.transaction() as verbinding:
        return verbinding.execute(text(vraag), waarden).scalar()


def rows(werkplaats: Werkplaats, vraag: str, **waarden: Any) -> list[tuple[Any, ...]]:
    with werkplaats.opslag.transaction() as verbinding:
        return [tuple(rij) for rij in verbinding.execute(text(vraag), waarden)]


def beslis(
    werkplaats: Werkplaats, *referenties: str, besluit: str = "toekennen", door: str = ANNA, **velden: Any
) -> tuple[GenomenBesluit, ...] | BesluitGeweigerd:
    """Decide alike on the lines with these references."""
    ids = [prestatie_id(werkplaats, referentie) for referentie in referenties]
    besluiten = [Besluit(**{"prestatie_id": nummer, "besluit": besluit, "motivering": REDEN, **velden}) for nummer in ids]
    return decide(werkplaats, GEMEENTE, door, besluiten)


def genomen(uitkomst: tuple[GenomenBesluit, ...] | BesluitGeweigerd) -> tuple[GenomenBesluit, ...]:
    """The decisions, which must have been taken."""
    assert not isinstance(uitkomst, BesluitGeweigerd), uitkomst
    return uitkomst


def geweigerd(uitkomst: tuple[GenomenBesluit, ...] | BesluitGeweigerd, soort: str = "conflict") -> str:
    """Why the decisions were refused, which they must have been."""
    assert isinstance(uitkomst, BesluitGeweigerd), uitkomst
    assert uitkomst.soort == soort
    return " ".join(fout.melding for fout in uitkomst.fouten)


def read_jw325(werkplaats: Werkplaats, bericht_id: object) -> etree._Element | None:
    """The answer to a declaration, if it has left."""
    with werkplaats.opslag.transaction() as verbinding:
        bewaard = read_antwoord(verbinding, GEMEENTE, bericht_id)  # type: ignore[arg-type]
    return None if bewaard is None else etree.fromstring(werkplaats.kluis.unpack(bewaard))


def staat(werkplaats: Werkplaats, bericht_id: object) -> tuple[str, int, int, int, int]:
    """Status of a declaration and what was submitted, awarded, rejected and held, once all of it was found to tie."""
    with werkplaats.opslag.transaction() as verbinding:
        rij = find_bericht(verbinding, GEMEENTE, bericht_id)  # type: ignore[arg-type]
        assert rij is not None
        regels: dict[str, int] = dict(
            verbinding.execute(
                text("SELECT uitkomst, sum(bedrag)::bigint FROM prestatie WHERE bericht_id = :b GROUP BY 1"), {"b": rij.bericht_id}
            ).all()
        )
        vraag = text("SELECT coalesce(sum(bedrag), 0)::bigint FROM journaal WHERE bericht_id = :b")
        journaal = verbinding.execute(vraag, {"b": rij.bericht_id}).scalar_one()
    toegekend, open_ = regels.get("toegekend", 0), regels.get("ter_beoordeling", 0)
    bedragen = (rij.ingediend_bedrag, rij.toegekend_bedrag, rij.afgewezen_bedrag, rij.te_beoordelen_bedrag)
    assert bedragen == (sum(regels.values()), toegekend, sum(regels.values()) - toegekend - open_, open_)
    assert journaal == toegekend
    antwoord = read_jw325(werkplaats, bericht_id)
    assert (antwoord is None) == (rij.status == "ter_beoordeling")
    assert (rij.status == "ter_beoordeling") == ("ter_beoordeling" in regels)
    if antwoord is not None:
        assert returned_total(antwoord) == (rij.ingediend_bedrag, toegekend, rij.afgewezen_bedrag)
    return (rij.status, *bedragen)
