"""`berichten machtiging`: who may send and read in the name of another aanbieder."""

from datetime import date
from typing import Annotated

import typer

from berichten.cli.basis.huis import open_house
from berichten.cli.basis.meldingen import print_columns, scherm, stop
from berichten.cli.basis.nederlands import Opdrachten
from berichten.kern.tekst import datum
from berichten.klok import read_iso_dag
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.toegang.machtigingen import Machtiging, insert_machtiging, list_machtigingen, revoke_machtiging
from berichten.processen.basis.handelingen import Handeling, note_done
from berichten.standaard.waarden.agb import is_agb, is_gemeentecode

_KOPPEN = ("nummer", "gemeente", "gemachtigde", "namens", "van", "tot en met", "ingetrokken")

machtiging_app = Opdrachten("Machtigen om namens een andere aanbieder in te sturen en in te zien.")


@machtiging_app.command("geef")
def machtiging_geef(
    gemeente: Annotated[str, typer.Option(help="Gemeentecode van vier cijfers")],
    gemachtigde: Annotated[str, typer.Option(help="AGB-code van wie mag handelen, zoals een servicebureau")],
    agb: Annotated[str, typer.Option(help="AGB-code van de aanbieder namens wie")],
    begin: Annotated[str, typer.Option(help="Eerste dag, als 2026-01-01")],
    eind: Annotated[str | None, typer.Option(help="Laatste dag; weglaten als die niet vaststaat")] = None,
) -> None:
    """Geef een machtiging. Zij geldt in één gemeente, van de eerste tot en met de laatste dag."""
    if not (is_gemeentecode(gemeente) and is_agb(gemachtigde) and is_agb(agb)):
        stop("Een gemeentecode heeft vier cijfers en een AGB-code acht.")
    if gemachtigde == agb:
        stop("Een aanbieder hoeft zichzelf niet te machtigen. Geef bij --agb een andere AGB-code.")
    eerste, laatste = _read_dag(begin), None if eind is None else _read_dag(eind)
    if laatste is not None and laatste < eerste:
        stop(f"De machtiging eindigt op {datum(laatste)}, maar begint pas op {datum(eerste)}. Herstel een van beide.")
    with open_house() as werkplaats, werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        nummer = insert_machtiging(verbinding, gemeente, gemachtigde, agb, eerste, laatste, werkplaats.instellingen.nu())
        note_done(verbinding, werkplaats, Handeling(gemeente, "", "C", "machtiging", nummer))
    scherm.print(f"Machtiging {nummer} is gegeven.", highlight=False)


def _read_dag(tekst: str) -> date:
    try:
        return read_iso_dag(tekst)
    except ValueError:
        stop(f"'{tekst}' is geen dag. Schrijf een dag als 2026-01-01.")


@machtiging_app.command("lijst")
def machtiging_lijst() -> None:
    """Toon alle machtigingen, ook die voorbij zijn."""
    with open_house() as werkplaats, werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        machtigingen = list_machtigingen(verbinding)
    if not machtigingen:
        scherm.print("Er zijn nog geen machtigingen. Geef er een met: berichten machtiging geef.", highlight=False)
        return
    print_columns([_KOPPEN, *map(_as_row, machtigingen)])


def _as_row(rij: Machtiging) -> tuple[str, ...]:
    einde, weg = (datum(dag) if dag else "" for dag in (rij.einddatum, rij.ingetrokken_op))
    return (str(rij.nummer), rij.gemeente, rij.gemachtigde, rij.agb, datum(rij.begindatum), einde, weg)


@machtiging_app.command("intrek")
def machtiging_intrek(nummer: Annotated[int, typer.Argument(help="Het nummer uit berichten machtiging lijst")]) -> None:
    """Trek een machtiging in; zij geldt daarna niet meer."""
    with open_house() as werkplaats, werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        gedaan = revoke_machtiging(verbinding, nummer, werkplaats.instellingen.nu())
        if gedaan:
            gemeente = next(rij.gemeente for rij in list_machtigingen(verbinding) if rij.nummer == nummer)
            note_done(verbinding, werkplaats, Handeling(gemeente, "", "D", "machtiging", nummer))
    if not gedaan:
        stop(f"Er is geen geldende machtiging met nummer {nummer}. Bekijk ze met: berichten machtiging lijst.")
    scherm.print(f"Machtiging {nummer} is ingetrokken.", highlight=False)
