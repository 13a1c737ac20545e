"""The rule catalogue as people read it: one source for the API, the portal and docs/regels.md."""

from dataclasses import dataclass
from datetime import date

from berichten.kern.regel import Regel
from berichten.kern.tekst import datum
from berichten.regels.regelboek import REGELBOEK
from berichten.regels.register import ALLE
from berichten.standaard.schema.retourcodes import tell_code

NIVEAUS = {2: "inhoud van het bericht", 3: "over berichten heen", 4: "externe bron"}
GEVOLGEN = {
    "afkeuren": "het hele bericht wordt afgekeurd",
    "afwijzen": "de regel of klasse wordt afgewezen",
    "beoordelen": "een medewerker beslist",
    "signaal": "er wordt alleen op gewezen",
}
BEWUST_NIET: dict[str, str] = {
    "CS324": "gaat over de dagtekening van ons eigen antwoord op een JW303, en dat is van vandaag",
    "TR320": "gaat over ons eigen antwoord op een JW303; daarin staat elke regel die niet helemaal is toegekend",
}
"""Rules of the standard for these messages that are not judged, each with the reason."""
_GETALLEN = "de XSLT vergelijkt teksten; een getal met nullen ervoor is volgens het XSD (integer) hetzelfde getal"
ANDERS_DAN_XSLT: dict[str, str] = {
    "CS335": (
        "de XSLT laat reden 13 zonder einddatum toe; de tekst zegt: ‘mag alleen gebruikt worden indien de ingangsdatum gelijk is"
        " aan de einddatum’"
    ),
    "TR101": f"{_GETALLEN} (in een JW317 vergelijken wij teksten, net als de XSLT)",
    "TR319": (
        "de XSLT toetst deze regel op niveau 2; het regelrapport noemt hem ‘berichtoverstijgend’ met een eigen code (9319), en zo"
        " wordt alleen de regel afgewezen"
    ),
    "TR358": _GETALLEN,
    "TR409": (
        "de XSLT ziet niets als er een gemeente staat en geen enkele reden; de tekst laat Woonplaatsbeginsel weg ‘als"
        " RedenAfwijzingVerzoek ongelijk is aan 8’, en zonder reden is die dat"
    ),
}
"""Where level 2 is judged otherwise than by the publisher's XSLT (2.10.5), each with the text that says so; else both are equal."""


@dataclass(frozen=True, slots=True)
class Catalogusregel:
    """A rule as the catalogue shows it."""

    regel: str
    titel: str
    retourcode: str | None
    niveau: int
    klasse: str
    element: str
    berichten: tuple[str, ...]
    gevolg: str
    melding: str
    bron: str
    tekstversie: str | None
    """Release or edition of the text in `bron`."""
    vanaf: date | None
    tot: date | None
    voorgestelde_retourcode: str | None = None
    """What a person who rejects a line on this rule best says, when the rule is the gemeente's own."""
    reden_voorstel: str | None = None


def list_catalogus() -> tuple[Catalogusregel, ...]:
    """Every rule that the service runs on, in the order in which they are judged."""
    return tuple(_entry(item) for item in ALLE)


def _entry(item: Regel) -> Catalogusregel:
    voorstel = item.voorstel
    return Catalogusregel(
        item.id, item.titel, item.retourcode, item.niveau, item.klasse, item.element, item.berichten, item.gevolg,
        f"{item.melding} {item.doen}", item.bron, item.versie, item.vanaf, item.tot,
        voorstel.retourcode if voorstel else None, voorstel.reden if voorstel else None,
    )  # fmt: skip


def as_markdown() -> str:
    """The catalogue as docs/regels.md holds it."""
    regels = sorted(list_catalogus(), key=lambda item: (item.niveau, item.regel, item.berichten, item.klasse))
    delen = [_INLEIDING.format(regelboek=REGELBOEK, aantal=len({(item.regel, _is_oud(item)) for item in regels}))]
    for niveau, naam in NIVEAUS.items():
        delen.append(f"\n## Niveau {niveau}: {naam}\n")
        delen += [_section(item) for item in regels if item.niveau == niveau]
    delen.append("\n## Bewust niet\n")
    delen += [f"- **{regel}** {reden}." for regel, reden in BEWUST_NIET.items()]
    delen.append("\n## Niveau 2 en de XSLT van de uitgever\n\nDe dienst keurt op niveau 2 hetzelfde af als de XSLT, behalve:\n")
    delen += [f"- **{regel}**: {reden}." for regel, reden in ANDERS_DAN_XSLT.items()]
    return "\n".join(delen) + "\n"


def _is_oud(item: Catalogusregel) -> bool:
    """Whether a rule is that of iJw 3.0 for a JW303: it may bear the number of another rule of iJw 3.2."""
    return item.berichten == ("JW303",)


_INLEIDING = """# Regels

Gemaakt uit de regels waarop de dienst draait met `berichten regels`; een toets faalt als dit bestand achterloopt.
Dit is uitgave {regelboek} van het regelboek; bij elk bericht is te zien met welke uitgave het is getoetst.
Het zijn {aantal} regels. Tussen accolades staan de gegevens die per geval worden ingevuld."""


def _section(item: Catalogusregel) -> str:
    code = f"retourcode {item.retourcode} ({tell_code(item.retourcode)})" if item.retourcode else "geen retourcode"
    voorstel = f"- Bij afwijzen: {_tell_proposal(item)}\n" if item.reden_voorstel else ""
    plaats = f"{item.klasse}/{item.element}" if item.element else item.klasse
    geldt = "".join(f"; geldt {woord} {datum(dag)}" for woord, dag in (("vanaf", item.vanaf), ("tot en met", item.tot)) if dag)
    oud = ", JW303" if _is_oud(item) else ""
    return (
        f"### {item.regel} ({item.klasse}{oud})\n\n{item.titel}\n\n"
        f"- {', '.join(item.berichten)}; {plaats}; {code}; {GEVOLGEN[item.gevolg]}\n"
        f"- Uitleg aan de afzender: {item.melding}\n{voorstel}- Bron: {item.bron}{geldt}\n"
    )


def _tell_proposal(item: Catalogusregel) -> str:
    code = item.voorgestelde_retourcode
    return f"retourcode {code} ({tell_code(code)}). {item.reden_voorstel}" if code else str(item.reden_voorstel)
