"""`berichten sleutel`: keys for the API. Make, list, withdraw. A key has an owner, so that four eyes are of two people."""

from datetime import date
from typing import Annotated

import typer

from berichten.cli.basis.huis import open_house
from berichten.cli.basis.meldingen import foutscherm, print_columns, scherm, stop
from berichten.cli.basis.nederlands import Opdrachten
from berichten.cli.basis.persoon import os_persoon
from berichten.kern.tekst import datum
from berichten.klok import read_iso_dag
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.toegang.sleutels import ROLLEN, NieuweSleutel, Sleutelrij, list_sleutels
from berichten.processen.toegang.beheer_sleutels import add_sleutel, tell_stand, withdraw_sleutel
from berichten.standaard.waarden.agb import is_agb, is_gemeentecode
from berichten.standaard.waarden.bsn import holds_bsn

sleutel_app = Opdrachten("API-sleutels maken, tonen en intrekken.")

_KOPPEN = ("id", "gemeente", "rol", "agb", "eigenaar", "naam", "gemaakt", "geldig tot", "laatst gebruikt", "stand")
_ZONDER_EIGENAAR = (
    "Let op: deze sleutel heeft geen eigenaar. Bij vier ogen telt hij als een eigen persoon. Maak sleutels voor medewerkers met"
    " --eigenaar en de naam van de persoon."
)


@sleutel_app.command("maak")
def sleutel_maak(
    rol: Annotated[str, typer.Option(help=", ".join(ROLLEN))],
    gemeente: Annotated[str, typer.Option(help="Gemeentecode van vier cijfers")],
    agb: Annotated[str | None, typer.Option(help="AGB-code, alleen bij rol aanbieder")] = None,
    naam: Annotated[str, typer.Option(help="Wie de sleutel gebruikt; staat voor collega's bij een besluit")] = "",
    eigenaar: Annotated[
        str, typer.Option(help="De persoon of het systeem van wie de sleutel is; gewoonlijk gelijk aan --naam")
    ] = "",
    geldig_tot: Annotated[str | None, typer.Option(help="Laatste dag (jjjj-mm-dd); gewoonlijk over een jaar")] = None,
) -> None:
    """Maak een sleutel. De tekst wordt één keer getoond en nergens bewaard."""
    if rol not in ROLLEN:
        stop(f"Onbekende rol '{rol}'. Kies uit: {', '.join(ROLLEN)}.")
    if (rol == "aanbieder") != (agb is not None):
        stop("Geef --agb bij de rol aanbieder, en alleen daarbij.")
    if not is_gemeentecode(gemeente) or (agb is not None and not is_agb(agb)):
        stop("Een gemeentecode heeft vier cijfers en een AGB-code acht.")
    with open_house(nieuw=True) as werkplaats:
        nieuw = NieuweSleutel(naam, eigenaar, _read_dag(geldig_tot), os_persoon())
        sleutel = add_sleutel(werkplaats, gemeente, rol, agb, nieuw)
    print(sleutel)
    if rol != "aanbieder" and not (eigenaar or naam):
        foutscherm.print(_ZONDER_EIGENAAR, style="yellow", highlight=False)


def _read_dag(tekst: str | None) -> date | None:
    try:
        return None if tekst is None else read_iso_dag(tekst)
    except ValueError:
        stop(f"'{tekst}' is geen datum. Schrijf de laatste dag als 2027-06-30.")


@sleutel_app.command("lijst")
def sleutel_lijst() -> None:
    """Toon alle sleutels, zonder hun geheim. De id vooraan is wat 'berichten sleutel intrek' vraagt."""
    with open_house() as werkplaats, werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        sleutels = list_sleutels(verbinding)
        instellingen = werkplaats.instellingen
    if not sleutels:
        scherm.print("Er zijn nog geen sleutels. Maak er een met: berichten sleutel maak.", highlight=False)
        return
    vandaag = instellingen.vandaag()
    print_columns([_KOPPEN, *(_as_row(rij, vandaag, instellingen.sleutel_waarschuw_dagen) for rij in sleutels)])


def _as_row(rij: Sleutelrij, vandaag: date, waarschuwen: int) -> tuple[str, ...]:
    gebruikt = datum(rij.laatst_gebruikt_op) if rij.laatst_gebruikt_op else "nooit"
    namen = (_one_line(rij.eigenaar), _one_line(rij.naam))
    dagen = (datum(rij.aangemaakt_op), datum(rij.geldig_tot), gebruikt)
    return (rij.sleutel_id, rij.gemeente, rij.rol, rij.agb or "", *namen, *dagen, tell_stand(rij, vandaag, waarschuwen))


def _one_line(tekst: str) -> str:
    return "".join(teken if teken.isprintable() else " " for teken in tekst)


@sleutel_app.command("intrek")
def sleutel_intrek(sleutel_id: Annotated[str, typer.Argument(help="De id uit 'berichten sleutel lijst'")]) -> None:
    """Trek een sleutel in; hij werkt daarna niet meer."""
    with open_house() as werkplaats:
        gedaan = withdraw_sleutel(werkplaats, sleutel_id, os_persoon())
    if not gedaan:
        genoemd = "deze id" if holds_bsn(sleutel_id) else f"id '{_one_line(sleutel_id)[:40]}'"
        stop(f"Er is geen werkende sleutel met {genoemd}. Zoek de id in de eerste kolom van: berichten sleutel lijst.")
    scherm.print(f"Sleutel {sleutel_id} is ingetrokken.", highlight=False)
