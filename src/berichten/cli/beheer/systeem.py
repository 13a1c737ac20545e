"""`berichten systeem`: software that calls the API, each with a person who answers for it. Register, list, give a key or bind a
certificate, withdraw."""

from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.exc import IntegrityError

from berichten.cli.basis.huis import open_house
from berichten.cli.basis.meldingen import print_columns, scherm, stop
from berichten.cli.basis.nederlands import Opdrachten
from berichten.cli.basis.persoon import os_persoon
from berichten.kern.tekst import datum
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.toegang.personen import Wie, find_persoon_named
from berichten.opslag.toegang.systemen import (
    SYSTEEMROLLEN,
    NieuwSysteem,
    Systeemrij,
    bind_certificaat,
    insert_systeem,
    list_systemen,
    revoke_systeem,
)
from berichten.processen.basis.herken_certificaat import Certificaatfout, check_certificaat, read_bestand
from berichten.processen.toegang.beheer_sleutels import add_systeemsleutel

systeem_app = Opdrachten("Systemen die de API gebruiken, met wie ervoor verantwoordelijk is.")

_KOPPEN = ("id", "gemeente", "organisatie", "naam", "rol", "agb", "verantwoordelijke", "client-id", "oin", "stand")
Id = Annotated[str, typer.Argument(help="De id uit 'berichten systeem lijst'")]


@systeem_app.command("maak")
def systeem_maak(
    gemeente: Annotated[str, typer.Option(help="Gemeentecode van vier cijfers")],
    naam: Annotated[str, typer.Option(help="Hoe het systeem heet")],
    organisatie: Annotated[str, typer.Option(help="Van welke organisatie het is")],
    rol: Annotated[str, typer.Option(help=", ".join(SYSTEEMROLLEN))],
    verantwoordelijke: Annotated[str, typer.Option(help="Naam van de persoon die ervoor verantwoordelijk is")],
    agb: Annotated[str | None, typer.Option(help="AGB-code, alleen bij rol aanbieder")] = None,
    issuer: Annotated[str, typer.Option(help="Adres van de OpenID-aanbieder, als het systeem met tokens komt")] = "",
    client_id: Annotated[str, typer.Option(help="Hoe die aanbieder het systeem noemt")] = "",
) -> None:
    """Meld een systeem aan. Het stuurt in en leest, maar besluit nooit en betaalt nooit: dat doen personen."""
    if rol not in SYSTEEMROLLEN:
        stop(f"Onbekende rol '{rol}'. Kies uit: {', '.join(SYSTEEMROLLEN)}.")
    if (issuer == "") != (client_id == ""):
        stop("Geef --issuer en --client-id samen, of geen van beide.")
    with open_house() as werkplaats, werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
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
    with open_house() as werkplaats, werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        systemen = list_systemen(verbinding)
    if not systemen:
        scherm.print("Er zijn nog geen systemen. Meld er een aan met: berichten systeem maak.", highlight=False)
        return
    print_columns([_KOPPEN, *map(_as_row, systemen)])


def _as_row(rij: Systeemrij) -> tuple[str, ...]:
    stand = f"ingetrokken op {datum(rij.ingetrokken_op)}" if rij.ingetrokken_op else "werkt"
    return (
        rij.systeem_id, rij.gemeente, rij.organisatie, rij.naam, rij.rol, rij.agb or "", rij.verantwoordelijke, rij.client_id,
        rij.oin, stand,
    )  # fmt: skip


@systeem_app.command("sleutel")
def systeem_sleutel(systeem_id: Id) -> None:
    """Maak een API-sleutel voor een systeem. De tekst wordt één keer getoond en nergens bewaard."""
    with open_house() as werkplaats:
        print(add_systeemsleutel(werkplaats, systeem_id, os_persoon()))


@systeem_app.command("certificaat")
def systeem_certificaat(
    systeem_id: Id, bestand: Annotated[Path, typer.Argument(help="Het PKIoverheid-certificaat, PEM of DER, zonder de sleutel")]
) -> None:
    """Laat een systeem met een certificaat binnen. Wordt het vernieuwd met hetzelfde OIN en dezelfde naam, dan blijft dat zo."""
    with open_house() as werkplaats, werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        instellingen = werkplaats.instellingen
        try:
            certificaat = read_bestand(bestand.read_bytes())
            gegevens = check_certificaat(certificaat, instellingen.nu_buiten(), instellingen.certificaat_uitgevers)
            gedaan = bind_certificaat(verbinding, systeem_id, gegevens.oin, gegevens.naam)
        except OSError:
            stop(f"Het bestand {bestand} is niet te lezen. Controleer de naam.")
        except Certificaatfout as fout:
            stop(_CERTIFICAATFOUTEN[str(fout)])
        except IntegrityError:
            stop("Met dit certificaat komt al een ander systeem. Trek dat eerst in, of gebruik een certificaat met een eigen naam.")
    if not gedaan:
        stop(_GEEN.format(systeem_id=systeem_id))
    tekst = f"{systeem_id} komt binnen met certificaten van OIN {gegevens.oin}, naam {gegevens.naam}; dit werkt tot en met"
    scherm.print(f"{tekst} {datum(gegevens.tot)}.", highlight=False, markup=False)


_CERTIFICAATFOUTEN = {
    "certificaat_vorm": "Dit is geen certificaat. Geef het bestand (.pem, .crt of .cer) dat u van de uitgever kreeg.",
    "certificaat_verlopen": "Dit certificaat is verlopen, of geldt nog niet. Vraag een ander aan bij de uitgever.",
    "certificaat_gebruik": "Dit certificaat is niet bedoeld om mee in te loggen (clientAuth). Vraag er een aan dat dat wel is.",
    "certificaat_uitgever": "Dit certificaat is niet uitgegeven door wie in BERICHTEN_CERTIFICAAT_UITGEVERS staat.",
    "certificaat_zonder_oin": "In dit certificaat staat geen OIN (20 cijfers) of geen naam. Vraag een PKIoverheid-certificaat aan.",
    "uitgevers_onleesbaar": "Het bestand in BERICHTEN_CERTIFICAAT_UITGEVERS is niet te lezen. Controleer de naam en de inhoud.",
}


@systeem_app.command("intrek")
def systeem_intrek(systeem_id: Id) -> None:
    """Trek een systeem in; zijn sleutels, tokens en certificaten werken daarna niet meer."""
    with open_house() as werkplaats, werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        gedaan = revoke_systeem(verbinding, systeem_id, Wie(os_persoon(), werkplaats.instellingen.nu()))
    if not gedaan:
        stop(_GEEN.format(systeem_id=systeem_id))
    scherm.print(f"{systeem_id} is ingetrokken.", highlight=False, markup=False)


_GEEN = "Er is geen werkend systeem met id '{systeem_id}'. Zoek de id in de eerste kolom van: berichten systeem lijst."
