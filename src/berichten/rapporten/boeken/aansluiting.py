"""The proof that the books tie: an ordered list of checks, each of which gives its differences. Nothing is hidden."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree
from sqlalchemy import Connection, text

from berichten.kern.taal import telling
from berichten.opslag.basis.kluis import Kluis, KluisFout
from berichten.opslag.berichten.berichten import PRESTATIE_BITS
from berichten.opslag.financien.zegels import Zegelbreuk, find_broken
from berichten.rapporten.boeken.aansluiting_sql import ANTWOORDEN, BESLUITEN, BOEKINGEN, DECLARATIES, OMVANG, REGELS, TOEWIJZINGEN
from berichten.rapporten.boeken.betaalcontrole import check_runs
from berichten.rapporten.uitvoer.tabel import Kolom
from berichten.standaard.lezen.antwoord import Antwoordtotaal, read_antwoordtotaal


@dataclass(frozen=True, slots=True)
class Verschil:
    """One difference. `verwacht` and `gevonden` are texts; amounts in them are eurocents."""

    gemeente: str
    controle: str
    plaats: str
    wat: str
    verwacht: str
    gevonden: str


@dataclass(frozen=True, slots=True)
class Omvang:
    """How much was looked at."""

    declaraties: int
    regels: int
    boekingen: int
    journaal: int
    """Cents."""


@dataclass(frozen=True, slots=True)
class _Stukken:
    """What a check works with."""

    verbinding: Connection
    gemeente: str
    kluis: Kluis
    sleutel: str


Vondst = tuple[str, str, str, str]
"""Where, what, expected, found."""

KOLOMMEN = (
    Kolom("gemeente", "Gemeente"),
    Kolom("controle", "Controle"),
    Kolom("plaats", "Waar"),
    Kolom("wat", "Wat"),
    Kolom("verwacht", "Verwacht"),
    Kolom("gevonden", "Gevonden"),
)


def find_differences(verbinding: Connection, gemeente: str, kluis: Kluis, sleutel: str) -> Iterator[Verschil]:
    """Every difference in the books of a gemeente, check by check.

    `kluis` unpacks the answers; `sleutel` is the key of the installation, with which seals are made.
    """
    stukken = _Stukken(verbinding, gemeente, kluis, sleutel)
    for naam, (_, check) in CONTROLES.items():
        for plaats, wat, verwacht, gevonden in check(stukken):
            yield Verschil(gemeente, naam, plaats, wat, verwacht, gevonden)


def read_omvang(verbinding: Connection, gemeente: str) -> Omvang:
    """How much there is to look at."""
    return Omvang(*verbinding.execute(text(OMVANG), {"g": gemeente}).one())


def _query(opdracht: str) -> Callable[[_Stukken], Iterator[Vondst]]:
    """A check that is one statement, read from a cursor: there may be as many differences as lines."""

    def check(stukken: _Stukken) -> Iterator[Vondst]:
        opties = {"stream_results": True}
        for *plaats, wat, verwacht, gevonden in stukken.verbinding.execute(
            text(opdracht), {"g": stukken.gemeente}, execution_options=opties
        ):
            yield _describe_place(*plaats), wat, _as_text(verwacht), _as_text(gevonden)

    return check


def _describe_place(bericht_id: Any, prestatie_id: Any, boeking: Any, toewijzingnummer: Any) -> str:
    delen = (("bericht", bericht_id), ("regel", prestatie_id), ("boeking", boeking), ("toewijzing", toewijzingnummer))
    return ", ".join(f"{naam} {waarde}" for naam, waarde in delen if waarde is not None) or "regels zonder toewijzing"


def _as_text(waarde: Any) -> str:
    return "niets" if waarde is None else str(waarde)


def _check_antwoorden(stukken: _Stukken) -> Iterator[Vondst]:
    """What each JW325 or JW304 that left says, beside what the journal held when it left."""
    waarden = {"g": stukken.gemeente, "bits": PRESTATIE_BITS}
    opties = {"stream_results": True, "max_row_buffer": 50}
    for bericht_id, status, ingediend, inhoud, geboekt in stukken.verbinding.execute(
        text(ANTWOORDEN), waarden, execution_options=opties
    ):
        plaats = f"bericht {bericht_id}"
        if (inhoud is None) != (status == "ter_beoordeling"):
            er, niet = "een antwoord", "nog geen antwoord"
            yield plaats, "antwoord", *((niet, er) if inhoud is not None else (er, niet))
        if inhoud is None:
            continue
        totaal = _read_totaal(stukken.kluis, bytes(inhoud))
        if totaal is None:
            yield plaats, "antwoord", "een antwoord dat met de sleutel van deze installatie te lezen is", "onleesbaar"
            continue
        if (totaal.toegekend or 0) != geboekt:
            yield plaats, "toegekend volgens het antwoord", str(geboekt), str(totaal.toegekend or 0)
        if totaal.ingediend not in (None, ingediend):
            yield plaats, "ingediend volgens het antwoord", str(ingediend), str(totaal.ingediend)


def _read_totaal(kluis: Kluis, bewaard: bytes) -> Antwoordtotaal | None:
    try:
        return read_antwoordtotaal(kluis.unpack(bewaard))
    except (KluisFout, ValueError, OSError, etree.LxmlError, ArithmeticError):
        return None


def _check_runs(stukken: _Stukken) -> Iterator[Vondst]:
    for item in check_runs(stukken.verbinding, stukken.gemeente):
        yield item.waar, item.wat, item.verwacht, item.gevonden


def _check_zegels(stukken: _Stukken) -> Iterator[Vondst]:
    for breuk in find_broken(stukken.verbinding, stukken.gemeente, stukken.sleutel):
        if breuk.volgnummer is None:
            yield f"dag {breuk.dag}", "zegel van de dag", "een zegel dat met deze sleutel is gezet", "een ander zegel"
            continue
        verzegeld, gevonden = _describe_sealed(breuk)
        yield f"dag {breuk.dag}, bericht nummer {breuk.volgnummer}", "verzegelde boekingen", verzegeld, gevonden


def _describe_sealed(breuk: Zegelbreuk) -> tuple[str, str]:
    """Number of entries and cents, then and now; when those are the same, something else of an entry was changed."""
    toen, nu = (
        "geen boekingen" if deel is None else f"{telling(deel[0], 'boeking', 'boekingen')}, samen {deel[1]}"
        for deel in (breuk.verzegeld, breuk.gevonden)
    )
    return toen, nu if nu != toen else f"{nu}, met andere gegevens"


CONTROLES: dict[str, tuple[str, Callable[[_Stukken], Iterator[Vondst]]]] = {
    "declaratie": (
        "Per declaratie: ingediend is toegekend, afgewezen en te beoordelen samen, en regels en journaal zeggen hetzelfde",
        _query(DECLARATIES),
    ),
    "regel": ("Per regel: het journaal is wat er van de regel is toegekend", _query(REGELS)),
    "boeking": ("Per boeking: zij hoort bij een regel en zegt daarvan wat de regel zegt", _query(BOEKINGEN)),
    "besluit": ("Per besluit: regel en boeking volgen het besluit", _query(BESLUITEN)),
    "antwoord": ("Per antwoord: de JW325 of JW304 noemt wat het journaal toen had", _check_antwoorden),
    "toewijzing": ("Per toewijzing: de benutting is wat het journaal ervan heeft", _query(TOEWIJZINGEN)),
    "betaling": ("Per betaalrun: betaald is wat het journaal zegt, en niets twee keer", _check_runs),
    "zegel": ("Per dag: de boekingen zijn nog die waarover het zegel is gezet", _check_zegels),
}
"""Each check by its name, in order, with what it proves."""
