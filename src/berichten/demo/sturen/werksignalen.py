"""What stands out about an aanbieder of the month of work, and what the gemeente does about it."""

from datetime import timedelta

from berichten.opslag.signalen.maatregelen import Maatregelrij
from berichten.opslag.signalen.signalen import Signaalzeef, list_signalen
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.referentie.laad_referentie import load_referentie
from berichten.processen.signalen.leg_maatregel_vast import NieuweMaatregel, register_maatregel, step_maatregel
from berichten.processen.signalen.werk_bij import refresh_signalen
from berichten.processen.signalen.werk_casus_bij import refresh_casussignalen
from berichten.processen.signalen.zet_stap_signaal import Gewenstestap, share_with_aanbieder, step_signaal
from berichten.voorbeelden.model.model import GEMEENTE
from berichten.voorbeelden.verhalen.werk import AANBIEDERS

_WILGEN = AANBIEDERS[0].agb
_RUIMTE = 1_250_000
"""Eurocents that De Wilgen may spend this year; most of it is used."""


def limit_spending(werkplaats: Werkplaats) -> None:
    """What De Wilgen may spend this year."""
    kop = "gemeente;agb;segment;periode_van;periode_tot;bedrag;soort"
    rij = f"{GEMEENTE};{_WILGEN};;2026-01-01;2026-12-31;{_RUIMTE};indicatief"
    load_referentie(werkplaats, "bestedingsruimte", f"{kop}\n{rij}\n".encode())


def fill_signalen(werkplaats: Werkplaats, door: str = "contractbeheer") -> None:
    """What is found of De Wilgen is shared with it and taken up, and there is a talk with its board."""
    limit_spending(werkplaats)
    refresh_signalen(werkplaats, GEMEENTE)
    refresh_casussignalen(werkplaats, GEMEENTE)
    with werkplaats.opslag.transaction() as verbinding:
        gevonden = list_signalen(verbinding, GEMEENTE, Signaalzeef(agb=_WILGEN), 1)
    for signaal in gevonden:
        share_with_aanbieder(werkplaats, GEMEENTE, door, signaal.signaal_id)
        stap = Gewenstestap("in_behandeling", "Ik bel de aanbieder over het tempo van dit jaar.")
        step_signaal(werkplaats, GEMEENTE, door, signaal.signaal_id, stap)
        _talk(werkplaats, door, signaal.signaal_id)


def _talk(werkplaats: Werkplaats, door: str, signaal_id: int) -> None:
    vandaag = werkplaats.instellingen.vandaag()
    waarom = "Wij bespreken hoe de rest van het jaar binnen de ruimte blijft."
    maatregel = NieuweMaatregel(
        _WILGEN, 1, "bestuursgesprek", "declaratie", waarom, vandaag, vandaag, hersteltermijn=vandaag + timedelta(days=42),
        signalen=(signaal_id,), zaaknummer="Z-2026-0118",
    )  # fmt: skip
    vastgelegd = register_maatregel(werkplaats, GEMEENTE, door, maatregel)
    if isinstance(vastgelegd, Maatregelrij):
        step_maatregel(werkplaats, GEMEENTE, door, vastgelegd.maatregel_id, "gedeeld")
