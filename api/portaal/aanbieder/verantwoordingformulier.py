"""One delivery record by hand: a new one, or one that is kept put right or withdrawn."""

from typing import Any

from fastapi.responses import Response

from api.portaal.aanbieder.verantwoordinglijst import ADRES, TIJDEN, take_records, tell_kept
from api.portaal.schil.bladzij import Aanbieder, Bladzij, Melding
from api.portaal.schil.invoer import GEEN_DAG, parse_dag
from api.portaal.schil.paginarouter import Paginarouter
from berichten.kern.feit import NIVEAUS
from berichten.processen.besluiten.ontvang_verantwoording import write_records

router = Paginarouter()
VELDEN = ("referentienummer", "toewijzingnummer", "maand", "datum", "minuten", "soort", "niveau", "registratie", "contactnummer")
_MEESTE = 50
"""Characters of a value."""
_FOUT = "Dit contact is niet bewaard. Bij de velden staat waarom."


@router.get("/verantwoording/nieuw")
def get_verantwoordingformulier(bladzij: Aanbieder) -> Response:
    """Empty, or filled with the record that stands in the address."""
    adres = bladzij.adres
    ingevuld = {naam: (adres.get(naam) or "")[:_MEESTE] for naam in VELDEN}
    return _show(bladzij, ingevuld | {"datum": _as_people_write(ingevuld["datum"])}, bekend=adres.get("soort") is not None)


@router.post("/verantwoording/nieuw")
def post_verantwoordingformulier(bladzij: Aanbieder) -> Response:
    """What is wrong is told at its field; nothing typed is lost."""
    ingevuld = {naam: str(bladzij.formulier.get(naam, "")).strip()[:_MEESTE] for naam in VELDEN}
    intrekken = bladzij.formulier.get("ingetrokken") == "ja"
    fouten: dict[str, str] = {}
    try:
        datum = parse_dag(ingevuld["datum"]).isoformat() if ingevuld["datum"] else ""
    except ValueError:
        fouten["datum"] = GEEN_DAG
    else:
        rij = ingevuld | {"datum": datum, "ingetrokken": "ja" if intrekken else "nee"}
        ontvangst = take_records(bladzij, write_records(bladzij.bezoeker.gemeente, bladzij.bezoeker.agb or "", [rij]))
        if (verschil := ontvangst.inlezing.verschil) is not None:
            return bladzij.go(ADRES, Melding(tell_kept(verschil, ontvangst)))
        for fout in ontvangst.inlezing.fouten:
            fouten.setdefault(fout.pad, fout.melding.replace(f"Kolom {fout.pad} ", "Dit veld "))
    return _show(bladzij, ingevuld, fouten, bekend=intrekken, intrekken=intrekken, status=400)


def _as_people_write(datum: str) -> str:
    """`4-3-2026` of a day in an address; what is no day stays as it is."""
    try:
        dag = parse_dag(datum)
    except ValueError:
        return datum
    return f"{dag.day}-{dag.month}-{dag.year}"


def _show(
    bladzij: Bladzij, ingevuld: dict[str, str], fouten: dict[str, str] | None = None, *, status: int = 200, **stand: Any
) -> Response:
    gevonden = fouten or {}
    andere = [melding for pad, melding in gevonden.items() if pad not in VELDEN]
    return bladzij.show(
        "aanbieder/verantwoordingformulier.html",
        status=status,
        titel="Een contact verantwoorden",
        ingevuld=ingevuld,
        fouten=gevonden,
        tijden=[("", "Kies een soort"), *TIJDEN.items()],
        niveaus=[("", "Onbekend"), *((niveau, niveau) for niveau in NIVEAUS)],
        meldingen=(Melding(" ".join([_FOUT, *andere]), "error"),) if gevonden else (),
        **{"bekend": False, "intrekken": False, **stand},
    )
