"""What commands open: the settings and the house behind them; what is wrong with either is told in Dutch."""

from collections.abc import Iterator
from contextlib import contextmanager

from pydantic import ValidationError
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError

from berichten.cli.basis.persoon import os_houder
from berichten.fouten import Bedieningsfout
from berichten.instellingen import Instellingen
from berichten.processen.basis.werkplaats import Werkplaats, open_werkplaats

__all__ = ["open_house", "open_service", "read_settings", "refuse_empty"]

_ONBEREIKBAAR = (
    "De database is niet bereikbaar, of weg tijdens het werk. Controleer of zij draait en of BERICHTEN_DATABASE_URL klopt,"
    " en start de opdracht opnieuw."
)


def read_settings() -> Instellingen:
    """The settings. Raises Bedieningsfout that names each setting which is no good."""
    try:
        return Instellingen()
    except ValidationError as fout:
        namen = sorted({f"BERICHTEN_{'_'.join(map(str, item['loc'])).upper()}" for item in fout.errors()})
        raise Bedieningsfout(
            f"Deze instelling heeft geen goede waarde: {', '.join(namen)}. Herstel haar in de omgeving of in .env; wat er mag staat"
            " in src/berichten/instellingen.py."
        ) from None


@contextmanager
def open_house(*, beheer: bool = False, nieuw: bool = False) -> Iterator[Werkplaats]:
    """What use cases work with; `beheer`: by way of who owns the database, whose schema becomes the newest; `nieuw`: the embedded
    database is made where there is none. Who only looks at one would find an empty one in order.

    Raises Bedieningsfout when it cannot be had.
    """
    instellingen = read_settings()
    if not (beheer or nieuw):
        refuse_empty(instellingen)
    if beheer and instellingen.database_beheer_url:
        instellingen = instellingen.model_copy(update={"database_url": instellingen.database_beheer_url})
    with open_service(instellingen, werk_bij=beheer) as werkplaats:
        # Of which gemeente follows from what is done.
        yield werkplaats.asked_by(os_houder(""))


def refuse_empty(instellingen: Instellingen) -> None:
    """Raises Bedieningsfout where the embedded database is meant and is not there: the settings of the service were not read."""
    if not instellingen.database_url and not (instellingen.var / "postgres" / "data").exists():
        raise Bedieningsfout(
            f"In {instellingen.var.resolve()} (BERICHTEN_VAR) staat geen database. Geef de opdracht met de instellingen van de"
            " dienst; is die met systemd geïnstalleerd, dan doet 'berichten-beheer' dat (docs/beheer.md). Een nieuwe database"
            " maakt 'berichten dienst'."
        )


@contextmanager
def open_service(instellingen: Instellingen, *, werk_bij: bool = False) -> Iterator[Werkplaats]:
    """The same for what nobody in particular asks for: the service itself."""
    try:
        with open_werkplaats(instellingen, werk_bij=werk_bij) as werkplaats:
            yield werkplaats
    except (ArgumentError, NoSuchModuleError):
        raise Bedieningsfout(
            "BERICHTEN_DATABASE_URL is geen adres van een database. Schrijf het als postgresql://naam:wachtwoord@machine/database."
        ) from None
    except OperationalError:
        raise Bedieningsfout(_ONBEREIKBAAR) from None
