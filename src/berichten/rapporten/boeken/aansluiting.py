"""The proof that the books tie: an ordered list of checks, each of which gives its differences. Nothing is hidden."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from lxml import etree
from sqlalchemy import Connection

from berichten.kern.taal import telling
from berichten.opslag.basis.kluis import Kluis, KluisFout
from berichten.opslag.basis.vraag import Vraag
from berichten.opslag.financien.zegels import Zegelbreuk, find_broken
from berichten.opslag.toegang.logzegels import Logbreuk, find_broken_log
from berichten.rapporten.boeken.aansluiting_sql import (
    ANTWOORDEN,
    BESLUITEN,
    BOEKINGEN,
    DECLARATIES,
    GEBRUIK,
    OMVANG,
    REGELS,
    TOEWIJZINGEN,
    TOTALEN,
    Boekomvang,
    Ongelijk,
)
from berichten.rapporten.boeken.betaalcontrole import check_runs
from berichten.rapporten.boeken.verplichtingcontrole import check_verplichtingen
from berichten.rapporten.uitvoer.tabel import Kolom
from berichten.standaard.lezen.antwoord import Antwoordtotaal, read_antwoordtotaal


@dataclass(frozen=True, slots=True)
class Boekverschil:
    """One difference. `verwacht` and `gevonden` are texts; amounts in them are eurocents."""

    gemeente: str
    controle: str
    plaats: str
    wat: str
    verwacht: str
    gevonden: str


@dataclass(frozen=True, slots=True)
class _Stukken:
    """What a check works with."""

    verbinding: Connection
    gemeente: str
    moment: datetime
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


def find_differences(verbinding: Connection, gemeente: str, moment: datetime, kluis: Kluis, sleutel: str) -> Iterator[Boekverschil]:
    """Every difference in the books of a gemeente, check by check.

    `moment` is that of now; `kluis` unpacks the answers; `sleutel` is the key of the installation, with which seals are made.
    """
    stukken = _Stukken(verbinding, gemeente, moment, kluis, sleutel)
    for naam, (_, check) in CONTROLES.items():
        for plaats, wat, verwacht, gevonden in check(stukken):
            yield Boekverschil(gemeente, naam, plaats, wat, verwacht, gevonden)


def read_omvang(verbinding: Connection, gemeente: str) -> Boekomvang:
    """How much there is to look at."""
    return OMVANG.read(verbinding, {"g": gemeente})


def _query(opdracht: Vraag[Ongelijk]) -> Callable[[_Stukken], Iterator[Vondst]]:
    """A check that is one statement, read from a cursor: there may be as many differences as lines."""

    def check(stukken: _Stukken) -> Iterator[Vondst]:
        for rij in opdracht.stream(stukken.verbinding, {"g": stukken.gemeente}):
            yield _describe_place(rij), rij.wat, _as_text(rij.verwacht), _as_text(rij.gevonden)

    return check


def _describe_place(rij: Ongelijk) -> str:
    delen = (
        ("bericht", rij.bericht_id), ("regel", rij.prestatie_id), ("boeking", rij.boeking), ("toewijzing", rij.toewijzingnummer),
    )  # fmt: skip
    return ", ".join(f"{naam} {waarde}" for naam, waarde in delen if waarde is not None) or "regels zonder toewijzing"


def _as_text(waarde: str | None) -> str:
    return "niets" if waarde is None else waarde


def _check_totalen(stukken: _Stukken) -> Iterator[Vondst]:
    """What the totals are told from (`boektotaal`) beside the entries themselves."""
    for rij in TOTALEN.stream(stukken.verbinding, {"g": stukken.gemeente}):
        plaats = (
            f"aanbieder {rij.agb}, geboekt op {rij.boekdag:%d-%m-%Y}, zorgmaand {rij.zorgmaand:%Y-%m}, categorie {rij.categorie},"
            f" productcode {rij.productcode}, declaratiemaand {rij.declaratiemaand:%Y-%m}"
        )
        yield plaats, f"{rij.wat} volgens het dagtotaal", str(rij.verwacht), str(rij.gevonden)


def _check_antwoorden(stukken: _Stukken) -> Iterator[Vondst]:
    """What each JW325 or JW304 that left says, beside what the journal held when it left."""
    for rij in ANTWOORDEN.stream(stukken.verbinding, {"g": stukken.gemeente}, per_keer=50):
        plaats = f"bericht {rij.bericht_id}"
        if (rij.inhoud is None) != (rij.status == "ter_beoordeling"):
            er, niet = "een antwoord", "nog geen antwoord"
            yield plaats, "antwoord", *((niet, er) if rij.inhoud is not None else (er, niet))
        if rij.inhoud is None:
            continue
        totaal = _read_totaal(stukken.kluis, rij.inhoud)
        if totaal is None:
            yield plaats, "antwoord", "een antwoord dat met de sleutel van deze installatie te lezen is", "onleesbaar"
            continue
        if (totaal.toegekend or 0) != rij.geboekt:
            yield plaats, "toegekend volgens het antwoord", str(rij.geboekt), str(totaal.toegekend or 0)
        if totaal.ingediend not in (None, rij.ingediend):
            yield plaats, "ingediend volgens het antwoord", str(rij.ingediend), str(totaal.ingediend)


def _read_totaal(kluis: Kluis, bewaard: bytes) -> Antwoordtotaal | None:
    try:
        return read_antwoordtotaal(kluis.unpack(bewaard))
    except (KluisFout, ValueError, OSError, etree.LxmlError, ArithmeticError):
        return None


def _check_runs(stukken: _Stukken) -> Iterator[Vondst]:
    for item in check_runs(stukken.verbinding, stukken.gemeente):
        yield item.waar, item.wat, item.verwacht, item.gevonden


def _check_verplichtingen(stukken: _Stukken) -> Iterator[Vondst]:
    for item in check_verplichtingen(stukken.verbinding, stukken.gemeente, stukken.moment):
        yield item.waar, item.wat, str(item.verwacht), str(item.gevonden)


def _check_zegels(stukken: _Stukken) -> Iterator[Vondst]:
    for breuk in find_broken(stukken.verbinding, stukken.gemeente, stukken.sleutel):
        if breuk.volgnummer is None:
            yield f"dag {breuk.dag}", "zegel van de dag", "een zegel dat met deze sleutel is gezet", "een ander zegel"
            continue
        verzegeld, gevonden = _describe_sealed(breuk)
        yield f"dag {breuk.dag}, bericht nummer {breuk.volgnummer}", "verzegelde boekingen", verzegeld, gevonden


def _check_inzagelog(stukken: _Stukken) -> Iterator[Vondst]:
    for breuk in find_broken_log(stukken.verbinding, stukken.gemeente, stukken.sleutel):
        yield f"dag {breuk.dag}", *_describe_log(breuk)


def _describe_log(breuk: Logbreuk) -> tuple[str, str, str]:
    """What is not as it was sealed, then and now; when the numbers are the same, something else of a row was changed."""
    toen, nu = (
        "geen regels" if deel is None else f"{telling(deel.aantal, 'regel', 'regels')}, met {deel.clienten} keer een cliënt"
        for deel in (breuk.verzegeld, breuk.gevonden)
    )
    if breuk.verzegeld is None and breuk.gevonden is None:
        return "zegel van de dag", "een zegel dat met deze sleutel is gezet", "een ander zegel"
    if breuk.verzegeld == breuk.gevonden:
        return "cliënten om op te zoeken", toen, "andere cliënten"
    return "verzegelde regels van het inzagelog", toen, nu if nu != toen else f"{nu}, met andere gegevens"


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
    "totaal": ("Per dagtotaal: waaruit de totalen worden opgeteld, is wat het journaal van die dag heeft", _check_totalen),
    "besluit": ("Per besluit: regel en boeking volgen het besluit", _query(BESLUITEN)),
    "antwoord": ("Per antwoord: de JW325 of JW304 noemt wat het journaal toen had", _check_antwoorden),
    "toewijzing": ("Per toewijzing: de benutting is wat het journaal ervan heeft", _query(TOEWIJZINGEN)),
    "gebruik": ("Per toewijzing: wat er van is opgeteld, is wat de regels zeggen die zijn geteld", _query(GEBRUIK)),
    "verplichting": (
        "Per toewijzing: toegewezen en wat daarboven ging is gedeclareerd, aangehouden en over samen, en alles samen het journaal",
        _check_verplichtingen,
    ),
    "betaling": ("Per betaalrun: betaald is wat het journaal zegt, en niets twee keer", _check_runs),
    "zegel": ("Per dag: de boekingen zijn nog die waarover het zegel is gezet", _check_zegels),
    "inzagelog": ("Per dag: het inzagelog is nog dat waarover het zegel is gezet", _check_inzagelog),
}
"""Each check by its name, in order, with what it proves."""
HERSTEL = {"gebruik": "berichten db tel-gebruik"}
"""The command that mends what a check finds, where there is one: those sums are made from the lines, the rest is the books."""
