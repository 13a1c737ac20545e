"""`berichten systeem`: software that calls the API, each with a person who answers for it. Register, list, give a key, withdraw."""

from datetime import timedelta
from typing import Annotated

import typer
from sqlalchemy.exc import IntegrityError

from berichten.cli.basis.huis import open_house
from berichten.cli.basis.meldingen import print_columns, scherm, stop
from berichten.cli.basis.nederlands import Opdrachten
from berichten.cli.basis.persoon import os_persoon
from berichten.kern.tekst import datum
from berichten.opslag.toegang.personen import Wie, find_persoon_named
from berichten.opslag.toegang.sleutels import ROLLEN, NieuweSleutel, make_sleutel
from berichten.opslag.toegang.systemen import NieuwSysteem, Systeemrij, insert_systeem, list_systemen, revoke_systeem

systeem_app = Opdrachten("Systemen die de API gebruiken, met wie ervoor verantwoordelijk is.")

_KOPPEN = ("id", "gemeente", "organisatie", "naam", "rol", "agb", "verantwoordelijke", "client-id", "stand")
Id = Annotated[str, typer.Argument(help="De id uit 'berichten systeem lijst'")]


@systeem_app.command("maak")
def systeem_maak(
    gemeente: Annotated[str, typer.Option(help="Gemeentecode van vier cijfers")],
    naam: Annotated[str, typer.Option(help="Hoe het systeem heet")],
    organisatie: Annotated[str, typer.Option(help="Van welke organisatie het is")],
    rol: Annotated[str, typer.Option(help=", ".join(ROLLEN))],
    verantwoordelijke: Annotated[str, typer.Option(help="Naam van de persoon die ervoor verantwoordelijk is")],
    agb: Annotated[str | None, typer.Option(help="AGB-code, alleen bij rol aanbieder")] = None,
    issuer: Annotated[str, typer.Option(help="Adres van de OpenID-aanbieder, als het systeem met tokens komt")] = "",
    client_id: Annotated[str, typer.Option(help="Hoe die aanbieder het systeem noemt")] = "",
) -> None:
    """Meld een systeem aan. Het stuurt in en leest, maar besluit nooit en betaalt nooit: dat doen personen."""
    if rol not in ROLLEN:
        stop(f"Onbekende rol '{rol}'. Kies uit: {', '.join(ROLLEN)}.")
    if (issuer == "") != (client_id == ""):
        stop("Geef --issuer en --client-id samen, of geen van beide.")
    with open_house() as werkplaats, werkplaats.opslag.transaction() as verbinding:
        persoon = find_persoon_named(verbinding, gemeente, verantwoordelijke)
        if persoon is None:
            stop(f"Niemand in gemeente {gemeente} heet '{verantwoordelijke}'. Maak die persoon eerst: berichten gebruiker maak.")
        nieuw = NieuwSysteem(gemeente, naam, organisatie, rol, agb, persoon.persoon_id, issuer, client_id)
        try:
            print(insert_systeem(verbinding, nieuw, Wie(os_persoon(), werkplaats.instellingen.nu())))
        except IntegrityError:
            stop(
                "Zo kan het niet. Alleen bij rol aanbieder hoort een AGB-code (acht cijfers), en een client-id is van één systeem."
            )


@systeem_app.command("lijst")
def systeem_lijst() -> None:
    """Toon alle systemen, ook die zijn ingetrokken."""
    with open_house() as werkplaats, werkplaats.opslag.transaction() as verbinding:
        systemen = list_systemen(verbinding)
    if not systemen:
        scherm.print("Er zijn nog geen systemen. Meld er een aan met: berichten systeem maak.", highlight=False)
        return
    print_columns([_KOPPEN, *map(_as_row, systemen)])


def _as_row(rij: Systeemrij) -> tuple[str, ...]:
    stand = f"ingetrokken op {datum(rij.ingetrokken_op)}" if rij.ingetrokken_op else "werkt"
    return (
        rij.systeem_id, rij.gemeente, rij.organisatie, rij.naam, rij.rol, rij.agb or "", rij.verantwoordelijke, rij.client_id,
        stand,
    )  # fmt: skip


@systeem_app.command("sleutel")
def systeem_sleutel(systeem_id: Id) -> None:
    """Maak een API-sleutel voor een systeem. De tekst wordt één keer getoond en nergens bewaard."""
    with open_house() as werkplaats, werkplaats.opslag.transaction() as verbinding:
        instellingen = werkplaats.instellingen
        rij = next((item for item in list_systemen(verbinding) if item.systeem_id == systeem_id), None)
        if rij is None or rij.ingetrokken_op is not None:
            stop(_GEEN.format(systeem_id=systeem_id))
        tot = instellingen.vandaag() + timedelta(days=instellingen.sleutel_geldig_dagen)
        nieuw = NieuweSleutel(rij.naam, rij.naam, tot, os_persoon(), rij.systeem_id)
        print(make_sleutel(verbinding, rij.gemeente, rij.rol, rij.agb, instellingen.nu(), nieuw=nieuw))


@systeem_app.command("intrek")
def systeem_intrek(systeem_id: Id) -> None:
    """Trek een systeem in; zijn sleutels en tokens werken daarna niet meer."""
    with open_house() as werkplaats, werkplaats.opslag.transaction() as verbinding:
        gedaan = revoke_systeem(verbinding, systeem_id, Wie(os_persoon(), werkplaats.instellingen.nu()))
    if not gedaan:
        stop(_GEEN.format(systeem_id=systeem_id))
    scherm.print(f"{systeem_id} is ingetrokken.", highlight=False, markup=False)


_GEEN = "Er is geen werkend systeem met id '{systeem_id}'. Zoek de id in de eerste kolom van: berichten systeem lijst."
