"""Casework in the demo town: a local team with two families, decisions, evaluations and papers, and what stands out in the care."""

from datetime import date

from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.kwartaal.laad_instellingen import Insteller, NieuweInstelling, set_instelling
from berichten.processen.referentie.laad_referentie import load_referentie
from berichten.processen.signalen.werk_casus_bij import refresh_casussignalen
from berichten.voorbeelden.model.model import GEMEENTE
from berichten.voorbeelden.verhalen.werk import AANBIEDERS

_TEAM = "Noord"
_REGIE, _OVERIG = (480_404, 480_409), (480_401, 480_402)
_WILGEN = AANBIEDERS[0].agb
_GRENS = "50000"
"""Eurocents: a month of work is small, so what is called dear is too."""


def fill_casus(werkplaats: Werkplaats, door: str, lid: str) -> None:
    """After the month of work; `lid` is the name of who works in the team."""
    beschikt = [
        f"{nummer};B-{nummer};2026-04-20;2026-04-21;2026-05-01;2026-12-31;beschikking;ja" for nummer in (*_REGIE, _OVERIG[0])
    ]
    bestanden = {
        "casusregie": ("toewijzingnummer;team;rol;van;tot", [f"{nummer};{_TEAM};lokaal_team;2026-05-01;" for nummer in _REGIE]),
        "teamleden": ("team;persoon;van;tot", [f"{_TEAM};{lid};2026-01-01;"]),
        "beschikkingen": (
            "toewijzingnummer;beschikkingnummer;besluitdatum;verzonden_op;van;tot;soort;resultaat_vastgelegd", beschikt,
        ),
        "evaluaties": (
            "toewijzingnummer;gepland_op;gehouden_op;uitkomst",
            [f"{_REGIE[0]};2026-06-10;2026-06-12;voortzetten", f"{_OVERIG[0]};2026-06-15;;"],
        ),
        "contractdossier": (
            "agb;soort;kenmerk;naam;van;tot;toestemming_op;omzet;resultaat;waarde;bron",
            [
                f"{_WILGEN};keurmerk;HKZ-31;HKZ;2024-08-01;2026-08-15;;;;;upload",
                f"{_WILGEN};onderaannemer;O-1;Praktijk De Beuk;2026-02-01;;2026-01-15;;;;upload",
            ],
        ),
    }  # fmt: skip
    for soort, (kop, rijen) in bestanden.items():
        inhoud = "\n".join([f"gemeente;{kop}", *(f"{GEMEENTE};{rij}" for rij in rijen)])
        fouten = load_referentie(werkplaats, soort, inhoud.encode()).fouten
        if fouten:
            raise RuntimeError(str(fouten))
    grens = NieuweInstelling("casus_duur", _GRENS, date(2026, 1, 1), "Afspraak met de lokale teams")
    set_instelling(werkplaats, grens, Insteller(door, GEMEENTE))
    refresh_casussignalen(werkplaats, GEMEENTE, door)
