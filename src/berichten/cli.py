"""The command line: `berichten …`. Every command opens what it needs, runs one use case, and tells in Dutch how it went."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer
import uvicorn
from rich.table import Table

from api.app import create_app
from api.lijn import Lijn
from berichten.cli_herbeoordeel import herbeoordeel
from berichten.cli_monitor import monitor_app
from berichten.cli_rapport import controle, rapport
from berichten.cli_referentie import laad, laad_standaard
from berichten.demo import run_demo
from berichten.fouten import Invoerfout
from berichten.instellingen import Instellingen
from berichten.logboek import configure_logging
from berichten.opslag.ingebed import IngebedFout
from berichten.opslag.kluis import KluisFout
from berichten.opslag.sleutels import ROLLEN, list_sleutels, make_sleutel, revoke_sleutel
from berichten.processen.controleer_bericht import Controle, check_message
from berichten.processen.invoer import count_messages, list_files, read_file
from berichten.processen.proef_bericht import Proef, rehearse
from berichten.processen.verwerk_archief import process_files
from berichten.processen.werkplaats import open_schemas, open_werkplaats
from berichten.regels.catalogus import as_markdown
from berichten.regels.tekst import datum
from berichten.scherm import print_fouten, scherm, stop
from berichten.taal import foutental, telling
from berichten.voorbeelden.archief import TOT as ARCHIEF_TOT
from berichten.voorbeelden.archief import maak_archief, write_archief
from berichten.voorbeelden.stad import maak_stad, write_stad
from berichten.voortgang import progress, summarise, wide

app = typer.Typer(
    help="iJw-berichten ontvangen, beoordelen, beantwoorden en boeken.", no_args_is_help=True, pretty_exceptions_enable=False
)
sleutel_app = typer.Typer(help="API-sleutels maken, tonen en intrekken.", no_args_is_help=True)
db_app = typer.Typer(help="De database bijwerken.", no_args_is_help=True)
app.add_typer(sleutel_app, name="sleutel")
app.add_typer(db_app, name="db")

_STAD_TOT = date(2026, 5, 1)

Bestanden = Annotated[list[Path], typer.Argument(help="XML-bestanden")]
AlsJson = Annotated[bool, typer.Option("--json", help="Als JSON, om verder te verwerken")]


def main() -> None:
    """Entry of the command; failures of our own end in one Dutch sentence and exit code 2."""
    try:
        app()
    except (IngebedFout, KluisFout) as fout:
        stop(str(fout))
    except FileNotFoundError as fout:
        stop(f"Bestand of map niet gevonden: {fout.filename or fout}. Controleer de naam.")


@app.command()
def dienst(host: str = "127.0.0.1", port: int = 8484) -> None:
    """Start API, portaal en (zonder broker) de werkers in één proces."""
    uvicorn.run(create_app(Instellingen()), host=host, port=port, http=Lijn, log_config=None, access_log=False, server_header=False)


@app.command()
def valideer(bestanden: Bestanden, als_json: AlsJson = False) -> None:
    """Controleer berichten op niveau 1 en 2, zonder database. Uitgang 1 als er iets geweigerd wordt."""
    schemas = open_schemas(Instellingen())
    uitkomsten = [(invoer.bestand, check_message(invoer.inhoud, schemas)) for bestand in bestanden for invoer in read_file(bestand)]
    if als_json:
        _print_json([{"bestand": bestand, **_controle_json(controle)} for bestand, controle in uitkomsten])
    else:
        for bestand, controle in uitkomsten:
            _print_controle(bestand, controle)
    raise typer.Exit(1 if any(controle.totaal for _, controle in uitkomsten) else 0)


def _controle_json(controle: Controle) -> dict[str, Any]:
    return {
        "soort": controle.soort,
        "goed": controle.totaal == 0,
        "aantalFouten": controle.totaal,
        "fouten": [_fout_json(fout) for fout in controle.fouten],
    }


def _fout_json(fout: Invoerfout) -> dict[str, Any]:
    return {"pad": fout.pad, "regel": fout.regel, "melding": fout.melding, "regelnummer": fout.regelnummer}


def _print_controle(bestand: str, controle: Controle) -> None:
    if not controle.totaal:
        scherm.print(f"[green]goed[/]      {bestand} ({controle.soort})", highlight=False)
        return
    scherm.print(f"[red]geweigerd[/] {bestand}: {foutental(controle.totaal)}", highlight=False)
    print_fouten(controle.fouten)


@app.command()
def verwerk(
    paden: Annotated[list[Path], typer.Argument(help="Bestanden, mappen of ZIP-bestanden")],
    uit: Annotated[Path, typer.Option(help="Map voor de antwoorden en resultaat.json")] = Path("antwoorden"),
) -> None:
    """Verwerk berichten zoals het adres /v1/berichten dat doet. Opnieuw starten gaat verder waar het was gebleven."""
    configure_logging()
    bronnen = list_files(paden)
    with open_werkplaats(Instellingen()) as werkplaats, progress() as balk:
        taak = balk.add_task("Verwerken", total=count_messages(bronnen), regels=0)
        overzicht = process_files(
            werkplaats, bronnen, uit, lambda stand: balk.update(taak, completed=stand.berichten, regels=stand.regels)
        )
    wide().print(summarise(overzicht))
    scherm.print(f"Het resultaat per bericht en per regel staat in {uit / 'resultaat.json'}.", highlight=False)
    if overzicht.wachtend:
        stop(
            f"{telling(overzicht.wachtend, 'bericht is', 'berichten zijn')} ontvangen en nog niet verwerkt,"
            " door een storing bij ons. Start de opdracht"
            " opnieuw; blijft het zo, kijk dan in de regels hierboven wat er misging.",
            uitgang=1,
        )


@app.command()
def proef(bestanden: Bestanden) -> None:
    """Laat zien wat er met berichten zou gebeuren. Er wordt niets bewaard."""
    uitkomsten = []
    with open_werkplaats(Instellingen()) as werkplaats:
        for bestand in bestanden:
            for invoer in read_file(bestand):
                uitkomst = rehearse(werkplaats, invoer.inhoud, None)
                if isinstance(uitkomst, Proef):
                    antwoord = uitkomst.antwoord.decode() if uitkomst.antwoord else None
                    uitkomsten.append({"bestand": invoer.bestand, **uitkomst.beschrijving, "antwoord": antwoord})
    _print_json({"berichten": uitkomsten})


app.command()(laad)
app.command("laad-standaard")(laad_standaard)
app.command()(herbeoordeel)
app.command()(rapport)
db_app.command("controle")(controle)
app.add_typer(monitor_app, name="monitor")


@app.command()
def voorbeeld(
    map_: Annotated[Path, typer.Option("--map", help="Map waarin de stad wordt geschreven")],
    clienten: int = 20,
    maanden: int = 3,
    seed: int = 1,
    tot: Annotated[str | None, typer.Option(help="Laatste declaratiemaand; gewoonlijk 2026-05, bij een archief 2022-12")] = None,
    fouten: Annotated[bool, typer.Option(help="Met ingebouwde fouten")] = True,
    archief: Annotated[bool, typer.Option("--archief", help="Jaren aan berichten; zorg van vóór 2021 als JW303")] = False,
    jaren: Annotated[int, typer.Option(help="Aantal jaren, alleen bij een archief")] = 5,
    zips: Annotated[bool, typer.Option("--zips", help="Elke maand in een ZIP, alleen bij een archief")] = False,
) -> None:
    """Maak een verzonnen stad: berichten en referentiebestanden die bij elkaar passen."""
    laatste = _read_maand(tot)
    try:
        if archief:
            oud = maak_archief(clienten=clienten, jaren=jaren, seed=seed, tot=laatste or ARCHIEF_TOT, fouten=fouten)
            aantal = write_archief(oud, map_, zips=zips)
        else:
            stad = maak_stad(clienten=clienten, maanden=maanden, seed=seed, tot=laatste or _STAD_TOT, fouten=fouten, nagekomen=True)
            aantal = len(write_stad(stad, map_))
    except ValueError as fout:
        stop(str(fout))
    scherm.print(f"{telling(aantal, 'bericht', 'berichten')} geschreven in {map_}.", highlight=False)


def _read_maand(tekst: str | None) -> date | None:
    """First day of a month written as 2026-05."""
    try:
        return None if tekst is None else date.fromisoformat(f"{tekst}-01")
    except ValueError:
        stop(f"'{tekst}' is geen maand. Schrijf een maand als 2026-05.")


@app.command()
def demo(stop: Annotated[bool, typer.Option("--stop", help="Stop de dienst na het tonen")] = False, port: int = 8484) -> None:
    """Start de dienst, stuur de berichten van een verzonnen stad in en laat zien wat ervan wordt."""
    raise typer.Exit(run_demo(wide(), port=port, stop=stop))


@app.command()
def regels() -> None:
    """Toon alle regels waarop de dienst toetst, als Markdown (zo is docs/regels.md gemaakt)."""
    print(as_markdown(), end="")


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
    instellingen = Instellingen()
    with open_werkplaats(instellingen) as werkplaats, werkplaats.opslag.transaction() as verbinding:
        sleutel = make_sleutel(verbinding, gemeente, rol, agb, instellingen.nu(), naam)
    print(sleutel)


def _is_digits(tekst: str, lengte: int) -> bool:
    return len(tekst) == lengte and tekst.isascii() and tekst.isdigit()


@sleutel_app.command("lijst")
def sleutel_lijst() -> None:
    """Toon alle sleutels, zonder hun geheim."""
    tabel = Table()
    for kop in ("id", "gemeente", "rol", "agb", "naam", "gemaakt", "ingetrokken"):
        tabel.add_column(kop)
    with open_werkplaats(Instellingen()) as werkplaats, werkplaats.opslag.transaction() as verbinding:
        for rij in list_sleutels(verbinding):
            ingetrokken = datum(rij.ingetrokken_op) if rij.ingetrokken_op else ""
            tabel.add_row(rij.sleutel_id, rij.gemeente, rij.rol, rij.agb or "", rij.naam, datum(rij.aangemaakt_op), ingetrokken)
    scherm.print(tabel)


@sleutel_app.command("intrek")
def sleutel_intrek(sleutel_id: str) -> None:
    """Trek een sleutel in; hij werkt daarna niet meer."""
    instellingen = Instellingen()
    with open_werkplaats(instellingen) as werkplaats, werkplaats.opslag.transaction() as verbinding:
        gedaan = revoke_sleutel(verbinding, sleutel_id, instellingen.nu())
    if not gedaan:
        stop(f"Er is geen werkende sleutel met id {sleutel_id}. Bekijk ze met: berichten sleutel lijst.")
    scherm.print(f"Sleutel {sleutel_id} is ingetrokken.", highlight=False)


@db_app.command("upgrade")
def db_upgrade() -> None:
    """Breng de database naar de nieuwste indeling."""
    with open_werkplaats(Instellingen()):
        scherm.print("De database is bijgewerkt.")


def _print_json(inhoud: Any) -> None:
    print(orjson.dumps(inhoud, option=orjson.OPT_INDENT_2).decode())


if __name__ == "__main__":
    main()
