"""Every code list that the service runs on: those of the schemas in use, those of a JW303 where they differ, and our own."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from berichten.dossier import standaarden
from berichten.instellingen import Instellingen
from berichten.kern.feit import NIVEAUS as OPLEIDINGSNIVEAUS
from berichten.regels.catalogus import GEVOLGEN, NIVEAUS, Catalogusregel, list_catalogus
from berichten.standaard.schema.codelijsten import Codelijst, read_codelijsten
from berichten.standaard.schema.schema import own_schemas_dir
from berichten.standaard.waarden.soorten import JW303, JW323

_RETOURCODE = "retourcode"
_OUD = "-jw303"
"""Ends the name of a list of the release of JW303 and JW304."""
_VERSCHILT = ("eenheid", _RETOURCODE)
"""Lists that hold other codes for a JW303 or JW304."""
_UITKOMSTEN = {
    "toegekend": "De regel is goedgekeurd en telt mee in de boeken",
    "afgewezen": "De regel gaat terug, met de reden",
    "ter_beoordeling": "Een medewerker van de gemeente beslist nog",
    "niet_beoordeeld": "De regel is niet bekeken, omdat het bericht of de cliënt is afgekeurd",
}


@dataclass(frozen=True, slots=True)
class Lijst:
    """A code list, and of a list of retourcodes the rules that give each code."""

    naam: str
    omschrijving: str
    codes: dict[str, str]
    regels: dict[str, list[Catalogusregel]] = field(default_factory=dict)


def list_lijsten(instellingen: Instellingen) -> dict[str, Lijst]:
    """Every list by name, in that order."""
    map_ = instellingen.xsd_dir or own_schemas_dir()
    oud = (lijst for lijst in read_codelijsten(map_, JW303.release).values() if lijst.naam in _VERSCHILT)
    alle = (
        *(_with_rules(lijst, lijst.naam, is_oud=False) for lijst in read_codelijsten(map_, JW323.release).values()),
        *(_with_rules(lijst, f"{lijst.naam}{_OUD}", is_oud=True) for lijst in oud),
        *_list_eigen(),
    )
    return {lijst.naam: lijst for lijst in sorted(alle, key=lambda lijst: lijst.naam)}


def _with_rules(lijst: Codelijst, naam: str, *, is_oud: bool) -> Lijst:
    if lijst.naam != _RETOURCODE:
        return Lijst(naam, lijst.omschrijving, lijst.codes)
    regels: defaultdict[str, list[Catalogusregel]] = defaultdict(list)
    for regel in list_catalogus():
        if regel.retourcode and (regel.berichten == (JW303.naam,)) == is_oud:
            regels[regel.retourcode].append(regel)
    return Lijst(naam, lijst.omschrijving, lijst.codes, dict(regels))


def _list_eigen() -> Iterable[Lijst]:
    yield Lijst("gevolg", "Wat er volgt als een regel wordt geraakt.", GEVOLGEN)
    yield Lijst("controleniveau", "Waaraan een regel toetst.", {str(niveau): naam for niveau, naam in NIVEAUS.items()})
    niveaus = {niveau: f"Opleidingsniveau {rang} van {len(OPLEIDINGSNIVEAUS)}" for rang, niveau in enumerate(OPLEIDINGSNIVEAUS, 1)}
    yield Lijst("opleidingsniveau", "Opleidingsniveaus, van laag naar hoog.", niveaus)
    yield Lijst("uitkomst", "Wat er van een gedeclareerde regel wordt.", _UITKOMSTEN)
    for naam in standaarden.STANDAARDEN:
        omschrijving = f"Categorieën waarmee budgetten worden toegewezen, volgens standaard {naam}."
        yield Lijst(f"categorie-{naam}", omschrijving, standaarden.categorieen(naam))
