"""`berichten gebruiker`: people who log in at the portal, and their roles. Make, list, give and take roles, new password, block."""

import getpass
from datetime import date, timedelta
from typing import Annotated

import typer

from berichten.cli.basis.huis import open_house
from berichten.cli.basis.meldingen import foutscherm, print_columns, scherm, stop
from berichten.cli.basis.nederlands import Opdrachten
from berichten.cli.basis.persoon import os_persoon
from berichten.kern.persoon import PERSOONSROLLEN
from berichten.kern.tekst import datum
from berichten.klok import read_iso_dag
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.toegang.gebruikers import Gebruikerrij, list_gebruikers
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.toegang.beheer_gebruikers import (
    NieuweGebruiker,
    NieuweRol,
    add_gebruiker,
    admit_gebruiker,
    bind_machine,
    block_gebruiker,
    change_wachtwoord,
    give_rol,
    link_gebruiker,
    take_rol,
)
from berichten.processen.toegang.bevestig_rollen import confirm_wachtende_rol, list_wachtende_rollen, refuse_wachtende_rol
from berichten.processen.toegang.wachtwoord import make_wachtwoord, refuse_wachtwoord
from berichten.standaard.waarden.agb import is_agb, is_gemeentecode
from berichten.standaard.waarden.bsn import holds_bsn

gebruiker_app = Opdrachten("Personen die op het portaal inloggen, en hun rollen.")

_KOPPEN = ("inlognaam", "gemeente", "naam", "rollen", "laatst ingelogd", "stand")
_UIT = (
    "Let op: inloggen met een wachtwoord staat uit. Zet BERICHTEN_LOKAAL_INLOGGEN op true, of laat mensen inloggen met het account"
    " van hun organisatie."
)
_EEN_JAAR = 365
Inlognaam = Annotated[str, typer.Argument(help="De inlognaam uit 'berichten gebruiker lijst'")]
Rol = Annotated[str, typer.Option(help=", ".join(PERSOONSROLLEN))]
Agb = Annotated[str | None, typer.Option(help="AGB-code, alleen bij rol aanbieder")]
Tot = Annotated[str | None, typer.Option(help="Laatste dag van de rol (jjjj-mm-dd); gewoonlijk over een jaar")]
_TWEEDE = "een tweede persoon haar bevestigt, met: berichten gebruiker bevestig."
Gemeente = Annotated[str, typer.Option(help="Gemeentecode van vier cijfers")]
Zelf = Annotated[bool, typer.Option("--zelf", help="Vraag het wachtwoord, in plaats van er een te maken")]


@gebruiker_app.command("maak")
def gebruiker_maak(
    gemeente: Annotated[str, typer.Option(help="Gemeentecode van vier cijfers")],
    naam: Annotated[str, typer.Option(help="Naam van de persoon, zoals collega's hem bij een besluit lezen")],
    inlognaam: Annotated[str, typer.Option(help="Waarmee de persoon inlogt, bijvoorbeeld een e-mailadres")],
    rol: Rol,
    agb: Agb = None,
    tot: Tot = None,
    zelf: Zelf = False,
) -> None:
    """Maak een persoon die mag inloggen, en bij de eerste keer een eigen wachtwoord kiest. Dit wordt één keer getoond."""
    if not is_gemeentecode(gemeente):
        stop("Een gemeentecode heeft vier cijfers.")
    if not naam.strip() or holds_bsn(naam) or holds_bsn(inlognaam):
        stop("Geef de naam van een persoon. Een burgerservicenummer hoort er niet in.")
    with open_house(nieuw=True) as werkplaats:
        nieuwe_rol = _read_rol(werkplaats, rol, agb, tot)
        wachtwoord = _pick_wachtwoord(zelf, naam, inlognaam)
        nieuw = NieuweGebruiker(gemeente, naam.strip(), inlognaam, wachtwoord, (nieuwe_rol,))
        persoon = add_gebruiker(werkplaats, nieuw, os_persoon())
        if any(wachtend.persoon_id == persoon for wachtend in list_wachtende_rollen(werkplaats, gemeente)):
            foutscherm.print(f"{inlognaam} krijgt de rol {rol} zodra {_TWEEDE}", highlight=False, markup=False)
        _tell_wachtwoord(werkplaats, wachtwoord, zelf)


@gebruiker_app.command("lijst")
def gebruiker_lijst() -> None:
    """Toon wie er mag inloggen, met de rollen van vandaag."""
    with open_house() as werkplaats, werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        gebruikers = list_gebruikers(verbinding, werkplaats.instellingen.vandaag())
    if not gebruikers:
        scherm.print("Er zijn nog geen gebruikers. Maak er een met: berichten gebruiker maak.", highlight=False)
        return
    print_columns([_KOPPEN, *map(_as_row, gebruikers)])


def _as_row(rij: Gebruikerrij) -> tuple[str, ...]:
    mag = "mag inloggen" if rij.eigen_wachtwoord else "mag inloggen, kiest dan een wachtwoord"
    stand = mag if rij.geblokkeerd_op is None else f"geblokkeerd op {datum(rij.geblokkeerd_op)}"
    laatst = datum(rij.laatst_ingelogd_op) if rij.laatst_ingelogd_op else "nooit"
    return (rij.inlognaam, rij.gemeente, rij.naam, ", ".join(rij.rollen) or "geen", laatst, stand)


@gebruiker_app.command("rol")
def gebruiker_rol(
    inlognaam: Inlognaam,
    rol: Rol,
    agb: Agb = None,
    tot: Tot = None,
    weg: Annotated[bool, typer.Option("--weg", help="Neem de rol af, in plaats van haar te geven")] = False,
) -> None:
    """Geef iemand een rol erbij, of neem er een af."""
    with open_house() as werkplaats:
        nieuw = _read_rol(werkplaats, rol, agb, tot)
        if not weg:
            geldt = give_rol(werkplaats, inlognaam, nieuw, os_persoon())
            einde = f"heeft de rol {rol} tot en met {datum(nieuw.tot)}." if geldt else f"krijgt de rol {rol} zodra {_TWEEDE}"
            scherm.print(f"{inlognaam} {einde}", highlight=False, markup=False)
        elif take_rol(werkplaats, inlognaam, rol, agb, os_persoon()):
            scherm.print(f"{inlognaam} heeft de rol {rol} niet meer.", highlight=False, markup=False)
        else:
            stop(f"{inlognaam} had de rol {rol} niet. Bekijk de rollen met: berichten gebruiker lijst.")


@gebruiker_app.command("wachtend")
def gebruiker_wachtend(gemeente: Gemeente) -> None:
    """Toon welke rollen op een tweede persoon wachten."""
    with open_house() as werkplaats:
        wachtend = list_wachtende_rollen(werkplaats, gemeente)
    if not wachtend:
        scherm.print("Er wacht geen rol op een tweede persoon.", highlight=False)
        return
    rijen = [(str(rol.toekenning_id), rol.naam, rol.rol, datum(rol.tot), rol.gevernaam) for rol in wachtend]
    print_columns([("nummer", "naam", "rol", "tot en met", "gegeven door"), *rijen])


@gebruiker_app.command("bevestig")
def gebruiker_bevestig(
    gemeente: Gemeente,
    nummer: Annotated[int, typer.Argument(help="Het nummer uit 'berichten gebruiker wachtend'")],
    niet: Annotated[bool, typer.Option("--niet", help="Wijs de rol af, in plaats van haar te bevestigen")] = False,
) -> None:
    """Bevestig als tweede persoon een rol die een ander gaf, of wijs haar af."""
    with open_house() as werkplaats:
        rol = (refuse_wachtende_rol if niet else confirm_wachtende_rol)(werkplaats, gemeente, nummer, os_persoon())
    stand = "is afgewezen" if niet else f"geldt tot en met {datum(rol.tot)}"
    scherm.print(f"De rol {rol.rol} van {rol.naam} {stand}.", highlight=False, markup=False)


@gebruiker_app.command("wachtwoord")
def gebruiker_wachtwoord(inlognaam: Inlognaam, zelf: Zelf = False) -> None:
    """Geef iemand een nieuw wachtwoord, om na het inloggen te wijzigen. Wie met het oude was ingelogd, is dat niet meer."""
    with open_house() as werkplaats:
        wachtwoord = _pick_wachtwoord(zelf, inlognaam)
        change_wachtwoord(werkplaats, inlognaam, wachtwoord, os_persoon())
        _tell_wachtwoord(werkplaats, wachtwoord, zelf)


@gebruiker_app.command("koppel")
def gebruiker_koppel(
    inlognaam: Inlognaam,
    subject: Annotated[str, typer.Option(help="Hoe de OpenID-aanbieder deze persoon noemt (claim sub)")] = "",
    machine: Annotated[bool, typer.Option("--machine", help="Uzelf, als gebruiker van deze machine; vraagt uw wachtwoord")] = False,
) -> None:
    """Zeg wie een gebruiker is bij de OpenID-aanbieder, of op deze machine: die twee zijn dan één persoon."""
    if machine == bool(subject):
        stop("Geef --subject of --machine, een van beide.")
    if machine:
        wachtwoord = str(typer.prompt("Uw wachtwoord", hide_input=True))
        with open_house() as werkplaats:
            naam = bind_machine(werkplaats, inlognaam, wachtwoord, getpass.getuser())
        scherm.print(f"Wat u op deze machine doet, doet {naam}.", highlight=False, markup=False)
        return
    with open_house() as werkplaats:
        issuer = werkplaats.instellingen.oidc_issuer
        if not issuer:
            stop("Er is geen OpenID-aanbieder ingesteld. Zet BERICHTEN_OIDC_ISSUER.")
        link_gebruiker(werkplaats, inlognaam, issuer, subject, os_persoon())
    scherm.print(f"{inlognaam} is gekoppeld.", highlight=False, markup=False)


@gebruiker_app.command("blokkeer")
def gebruiker_blokkeer(
    inlognaam: Inlognaam,
    ongedaan: Annotated[bool, typer.Option("--ongedaan", help="Laat iemand die geblokkeerd was weer toe")] = False,
) -> None:
    """Blokkeer iemand: die is meteen uitgelogd en komt niet meer binnen."""
    with open_house() as werkplaats:
        gedaan = (admit_gebruiker if ongedaan else block_gebruiker)(werkplaats, inlognaam, os_persoon())
    was, nu = ("was niet geblokkeerd", "mag weer inloggen") if ongedaan else ("was al geblokkeerd", "is geblokkeerd")
    scherm.print(f"{inlognaam} {nu if gedaan else was}.", highlight=False, markup=False)


def _read_rol(werkplaats: Werkplaats, rol: str, agb: str | None, tot: str | None) -> NieuweRol:
    if rol not in PERSOONSROLLEN:
        stop(f"Onbekende rol '{rol}'. Kies uit: {', '.join(PERSOONSROLLEN)}.")
    if (rol == "aanbieder") != (agb is not None):
        stop("Geef --agb bij de rol aanbieder, en alleen daarbij.")
    if agb is not None and not is_agb(agb):
        stop("Een AGB-code heeft acht cijfers.")
    vandaag = werkplaats.instellingen.vandaag()
    laatste = vandaag + timedelta(days=_EEN_JAAR) if tot is None else _read_dag(tot)
    if laatste < vandaag:
        stop(f"Een rol tot {datum(laatste)} geldt nu al niet meer. Kies vandaag of een latere dag.")
    return NieuweRol(rol, agb, laatste)


def _read_dag(tekst: str) -> date:
    try:
        return read_iso_dag(tekst)
    except ValueError:
        stop(f"'{tekst}' is geen datum. Schrijf de laatste dag als 2027-06-30.")


def _pick_wachtwoord(zelf: bool, *namen: str) -> str:
    if not zelf:
        return make_wachtwoord()
    wachtwoord = str(typer.prompt("Wachtwoord", hide_input=True))
    reden = refuse_wachtwoord(wachtwoord, *namen)
    if reden is not None:
        stop(reden)
    return wachtwoord


def _tell_wachtwoord(werkplaats: Werkplaats, wachtwoord: str, zelf: bool) -> None:
    print("Het wachtwoord is ingesteld." if zelf else wachtwoord)
    if not werkplaats.instellingen.lokaal_inloggen:
        foutscherm.print(_UIT, style="yellow", highlight=False)
