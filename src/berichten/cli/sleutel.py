"""`berichten sleutel`: keys for the API."""

from typing import Annotated

import typer
from rich.table import Table

from berichten.cli.huis import open_house
from berichten.cli.nederlands import Opdrachten
from berichten.opslag.sleutels import ROLLEN, list_sleutels, make_sleutel, revoke_sleutel
from berichten.regels.tekst import datum
from berichten.scherm import scherm, stop

sleutel_app = Opdrachten("API-sleutels maken, tonen en intrekken.")


@sleutel_app.command("maak")
def sleutel_maak(
    rol: Annotated[str, typer.Option(help=", ".join(ROLLEN))],
    gemeente: Annotated[str, typer.Option(help="Gemeentecode van vier cijfers")],
    agb: Annotated[str | None, typer.Option(help="AGB-code, alleen bij rol aanbieder")] = None,
    naam: Annotated[str, typer.Option(help="Wie de sleutel gebruikt; staat voor collega's bij een besluit")] = "",
) -> None:
    """Maak een sleutel. De tekst wordt één keer getoond en nergens bewaard."""
    if rol not in ROLLEN:
        stop(f"Onbekende rol '{rol}'. Kies uit: {', '.join(ROLLEN)}.")
    if (rol == "aanbieder") != (agb is not None):
        stop("Geef --agb bij de rol aanbieder, en alleen daarbij.")
    if not _is_digits(gemeente, 4) or (agb is not None and not _is_digits(agb, 8)):
        stop("Een gemeentecode heeft vier cijfers en een AGB-code acht.")
    with open_house() as werkplaats, werkplaats.opslag.transaction() as verbinding:
        sleutel = make_sleutel(verbinding, gemeente, rol, agb, werkplaats.instellingen.nu(), naam)
    print(sleutel)


def _is_digits(tekst: str, lengte: int) -> bool:
    return len(tekst) == lengte and tekst.isascii() and tekst.isdigit()


@sleutel_app.command("lijst")
def sleutel_lijst() -> None:
    """Toon alle sleutels, zonder hun geheim."""
    tabel = Table()
    for kop in ("id", "gemeente", "rol", "agb", "naam", "gemaakt", "ingetrokken"):
        tabel.add_column(kop)
    with open_house() as werkplaats, werkplaats.opslag.transaction() as verbinding:
        for rij in list_sleutels(verbinding):
            ingetrokken = datum(rij.ingetrokken_op) if rij.ingetrokken_op else ""
            tabel.add_row(rij.sleutel_id, rij.gemeente, rij.rol, rij.agb or "", rij.naam, datum(rij.aangemaakt_op), ingetrokken)
    scherm.print(tabel)


@sleutel_app.command("intrek")
def sleutel_intrek(sleutel_id: Annotated[str, typer.Argument(help="Het id uit berichten sleutel lijst")]) -> None:
    """Trek een sleutel in; hij werkt daarna niet meer."""
    with open_house() as werkplaats, werkplaats.opslag.transaction() as verbinding:
        gedaan = revoke_sleutel(verbinding, sleutel_id, werkplaats.instellingen.nu())
    if not gedaan:
        stop(f"Er is geen werkende sleutel met id {sleutel_id}. Bekijk ze met: berichten sleutel lijst.")
    scherm.print(f"Sleutel {sleutel_id} is ingetrokken.", highlight=False)
