"""Made-up people: names from lists, numbers from the range for tests, addresses that do not exist."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from random import Random

from berichten.standaard.waarden.bsn import is_bsn
from berichten.voorbeelden.model.model import Aanbieder, Persoon

_MEISJES = ("Aaliyah", "Bente", "Charlotte", "Dilara", "Emma", "Fenna", "Isa", "Julia", "Lotte", "Nora", "Sofie", "Zoë")
_JONGENS = ("Adam", "Bram", "Daan", "Emir", "Finn", "Hugo", "Jesse", "Levi", "Milan", "Noah", "Ravi", "Thijs")
_OUDERS = ("Anna", "Bart", "Esra", "Femke", "Iris", "Jeroen", "Karim", "Linda", "Marloes", "Rachid", "Sander", "Wendy")
_ACHTERNAMEN = (
    ("Achterberg", None),
    ("Beek", "van"),
    ("Bloemendaal", None),
    ("Dijk", "van"),
    ("Heuvel", "van den"),
    ("Kroon", "de"),
    ("Linden", "van der"),
    ("Merel", None),
    ("Molenaar", None),
    ("Oever", "van den"),
    ("Rietveld", None),
    ("Vries", "de"),
    ("Waterman", None),
    ("Zonneveld", None),
)
_STRATEN = ("Voorbeeldstraat", "Proeflaan", "Testplein", "Modelweg", "Oefenhof", "Schetskade", "D'n Probeerpad")
_TALEN = ("Arabisch", "Pools", "Tigrinya", "Turks")
_AANBIEDERS = ("De Brug", "Het Kompas", "Lichtpunt", "De Vlieger", "Samen Groei", "Oeverzicht", "De Wissel", "Zonnewijzer")


@lru_cache(maxsize=1)
def list_bsns() -> tuple[str, ...]:
    """Return every BSN of the test range 9999xxxxx that passes the elfproef, in order."""
    return tuple(bsn for bsn in (f"9999{nummer:05d}" for nummer in range(100_000)) if is_bsn(bsn))


def make_personen(rng: Random, aantal: int, peildatum: date) -> tuple[Persoon, ...]:
    """Make `aantal` clients who are 5 to 15 years old on `peildatum`.

    Raises ValueError when the test range holds too few BSNs.
    """
    bsns = list_bsns()
    if aantal > len(bsns):
        raise ValueError(f"Er zijn maar {len(bsns)} testnummers. Vraag om minder cliënten.")
    return tuple(make_persoon(rng, bsn, peildatum) for bsn in rng.sample(bsns, aantal))


def make_persoon(rng: Random, bsn: str, peildatum: date) -> Persoon:
    """Make a client with this BSN, 5 to 15 years old on `peildatum`, and a parent."""
    geslacht = rng.choice("12")
    achternaam, voorvoegsel = rng.choice(_ACHTERNAMEN)
    return Persoon(
        bsn=bsn,
        geboortedatum=peildatum - timedelta(days=rng.randint(5 * 366, 16 * 365)),
        geslacht=geslacht,
        voornaam=rng.choice(_JONGENS if geslacht == "1" else _MEISJES),
        achternaam=achternaam,
        voorvoegsel=voorvoegsel,
        ouder_voornaam=rng.choice(_OUDERS),
        ouder_geboortedatum=peildatum - timedelta(days=rng.randint(32 * 366, 45 * 365)),
        straat=rng.choice(_STRATEN),
        huisnummer=rng.randint(1, 199),
        postcode=f"9999{rng.choice('ABCDEFGHJK')}{rng.choice('ABCDEFGHJK')}",
        telefoon=f"0172000{rng.randint(0, 999):03d}",
        tolk_taal=rng.choice(_TALEN) if rng.random() < 0.08 else None,
        verblijf_elders=rng.random() < 0.06,
    )


def make_aanbieders(aantal: int) -> tuple[Aanbieder, ...]:
    """Make `aantal` providers; the same ones for every seed."""
    return tuple(Aanbieder(f"4242{nummer + 1:04d}", _name_aanbieder(nummer, _AANBIEDERS)) for nummer in range(aantal))


def _name_aanbieder(nummer: int, namen: Sequence[str]) -> str:
    ronde, plaats = divmod(nummer, len(namen))
    return f"Jeugdhulp {namen[plaats]}" + (f" {ronde + 1}" if ronde else "")
