"""Commands that load reference data: a file of the gemeente's own, or the defaults that come with the service."""

from pathlib import Path
from typing import Annotated, Any

import structlog
import typer

from berichten.cli.basis.geladen import tell_geladen
from berichten.cli.basis.huis import open_house
from berichten.cli.basis.meldingen import print_fouten, scherm, stop
from berichten.cli.basis.persoon import os_persoon
from berichten.cli.basis.voortgang import load_progress
from berichten.cli.inzicht.rekeningen import propose_rekeningen
from berichten.dossier.standaarden import STANDAARDEN
from berichten.kern.kalender import ALTIJD
from berichten.kern.taal import foutental, telling
from berichten.logboek import configure_logging
from berichten.opslag.referentie.referentie import Verschil
from berichten.processen.accountant.laad_productie import SOORT as PRODUCTIEVERANTWOORDING
from berichten.processen.accountant.laad_productie import load_productie
from berichten.processen.financien.laad_rekeningen import NAAM as REKENINGEN
from berichten.processen.kwartaal.laad_begroting import OPGAVEN as KWARTAALOPGAVEN
from berichten.processen.kwartaal.laad_facturen import load_facturen
from berichten.processen.kwartaal.laad_instellingen import NAAM as INSTELLINGEN
from berichten.processen.kwartaal.laad_instellingen import load_by_operator
from berichten.processen.kwartaal.laad_jeugdigen import load_jeugdigen
from berichten.processen.referentie.laad_referentie import SOORTEN, Inlezing, load_referentie, load_standaard
from berichten.processen.regio.laad_regio import NAAM as REGIO
from berichten.processen.regio.laad_regio import load_regio
from berichten.standaard.waarden.gemeenten import gemeenten

LOG = structlog.get_logger(__name__)
OPGAVEN = {
    **KWARTAALOPGAVEN,
    "jeugdigen": load_jeugdigen,
    "facturen": load_facturen,
    REGIO: load_regio,
    PRODUCTIEVERANTWOORDING: load_productie,
    INSTELLINGEN: load_by_operator,
}
"""What is kept as it was uploaded, by name."""
LAADBAAR = (*SOORTEN, REKENINGEN, *OPGAVEN)
"""What a file may hold: kinds of reference data, accounts, proposals by row, and what the gemeente tells of itself."""
AlleenProef = Annotated[bool, typer.Option("--proef", help="Laat zien wat er zou veranderen en bewaar niets")]
_PROEF = "Dit was een proef; er is niets bewaard."
_VERVOLG = (
    "Laad ook uw eigen pdc, contracten en tarieven: zodra een gemeente die heeft, wordt elke regel eraan getoetst, en een product"
    " dat er niet in staat wordt afgewezen."
)


def laad(
    soort: Annotated[str, typer.Argument(help=", ".join(LAADBAAR))],
    bestand: Annotated[Path, typer.Argument(help="CSV (UTF-8, puntkomma) of XLSX (het eerste blad)")],
    alleen_proef: AlleenProef = False,
) -> None:
    """Laad een referentiebestand. Bij één foute regel wordt niets geladen. Uitgang 1 als er iets fout is."""
    if soort not in LAADBAAR:
        stop(f"Onbekende soort '{soort}'. Kies uit: {', '.join(LAADBAAR)}.")
    if soort == REKENINGEN:
        propose_rekeningen(bestand, proef=alleen_proef)
        return
    if soort in OPGAVEN:
        _load_opgave(soort, bestand, proef=alleen_proef)
        return
    inhoud = bestand.read_bytes()
    with open_house(nieuw=True) as werkplaats, load_progress() as balk:
        taak = balk.add_task("Lezen", total=None)

        def meld(stap: str, gedaan: int, totaal: int) -> None:
            balk.update(taak, description=stap, completed=gedaan, total=totaal)

        inlezing = load_referentie(werkplaats, soort, inhoud, proef=alleen_proef, meld=meld)
    verschil = _stop_on_faults(inlezing, str(bestand))
    print_verschil(soort, verschil)
    if not alleen_proef:
        configure_logging()
        LOG.info("referentie_geladen", soort=soort, door=os_persoon(), nieuw=verschil.nieuw, gewijzigd=verschil.gewijzigd)
    scherm.print(
        _PROEF if alleen_proef else f"{telling(len(inlezing.rijen), 'regel', 'regels')} geladen ({soort}).", highlight=False
    )


def _load_opgave(soort: str, bestand: Path, *, proef: bool) -> None:
    """What is kept as it was uploaded, row by row: there is nothing to compare it with."""
    if proef:
        stop(f"Van {soort} is geen proef te maken: wat u laadt, blijft naast wat er al was staan.")
    with open_house() as werkplaats:
        geladen = OPGAVEN[soort](werkplaats, bestand.read_bytes(), os_persoon())
    tell_geladen(geladen, soort, bestand)


def laad_standaard(
    naam: Annotated[str, typer.Argument(help=", ".join(STANDAARDEN))],
    gemeente: Annotated[str | None, typer.Option(help="Gemeentecode; gewoonlijk die van de gemeente zelf")] = None,
    alleen_proef: AlleenProef = False,
) -> None:
    """Laad de standaardgegevens die bij de dienst horen. Wat de gemeente zelf al heeft vastgelegd blijft zoals het is."""
    if naam not in STANDAARDEN:
        stop(f"Onbekende standaard '{naam}'. Kies uit: {', '.join(STANDAARDEN)}.")
    code = gemeente or STANDAARDEN[naam]
    if code not in gemeenten():
        stop(f"Gemeentecode '{code}' bestaat niet. Zoek de code op in de lijst van het CBS.")
    with open_house(nieuw=True) as werkplaats:
        delen = load_standaard(werkplaats, naam, code, proef=alleen_proef)
    for soort, inlezing in delen.items():
        print_verschil(soort, _stop_on_faults(inlezing, f"{soort} van standaard {naam}"))
        if inlezing.overgeslagen:
            scherm.print(f"  {inlezing.overgeslagen} overgeslagen: daarover heeft gemeente {code} zelf al iets", highlight=False)
    scherm.print(_PROEF if alleen_proef else f"Standaard {naam} geladen voor gemeente {code}. {_VERVOLG}", highlight=False)


def _stop_on_faults(inlezing: Inlezing, bestand: str) -> Verschil:
    """What the file changes; ends the command with 1 when there is anything wrong with it."""
    if inlezing.verschil is not None:
        return inlezing.verschil
    scherm.print(f"Niets geladen: {foutental(inlezing.totaal)} in {bestand}.", style="red", highlight=False, markup=False)
    print_fouten(inlezing.fouten)
    if inlezing.totaal > len(inlezing.fouten):
        scherm.print(f"  Alleen de eerste {len(inlezing.fouten)} fouten staan hier.")
    raise typer.Exit(1)


def print_verschil(soort: str, verschil: Verschil) -> None:
    """How many rows are new, changed and as they were, and of the first changed ones what changes."""
    stand = f"nieuw {verschil.nieuw}, gewijzigd {verschil.gewijzigd}, ongewijzigd {verschil.ongewijzigd}"
    stand += f", ingetrokken {verschil.ingetrokken}" if verschil.ingetrokken else ""
    scherm.print(f"{soort}: {stand}", highlight=False)
    for wijziging in verschil.wijzigingen:
        sleutel = " ".join(_as_cell(waarde) for waarde in wijziging.sleutel)
        waarden = ", ".join(f"{naam} van {_as_cell(oud)} naar {_as_cell(nieuw)}" for naam, oud, nieuw in wijziging.waarden)
        scherm.print(f"  regel {wijziging.regelnummer} ({sleutel}): {waarden}", highlight=False, markup=False)
    if verschil.gewijzigd > len(verschil.wijzigingen):
        scherm.print(f"  en nog {telling(verschil.gewijzigd - len(verschil.wijzigingen), 'gewijzigde regel', 'gewijzigde regels')}")


def _as_cell(waarde: Any) -> str:
    """A value as the file writes it; `leeg` for none."""
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    return "leeg" if waarde in (None, "", ALTIJD) else str(waarde)
