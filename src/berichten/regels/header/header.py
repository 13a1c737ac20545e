"""Rules on the header of any message: a fault here stops everything after it."""

from collections.abc import Iterable
from datetime import date
from functools import partial

from berichten.dossier.dossier import HeaderKader
from berichten.kern.regel import Gegevens, regel
from berichten.standaard.waarden.gemeenten import is_gemeentecode_ever
from berichten.standaard.waarden.onderdelen import Header

_CIJFERS = 4
"""Digits of a gemeentecode."""
_HEEN = ("JW301", "JW305", "JW307", "JW315", "JW317", "JW319", "JW323")


@regel(
    "TR135",
    retourcode="8848",
    niveau=4,
    klasse="Header",
    element="BerichtIdentificatie/Dagtekening",
    berichten=_HEEN,
    gevolg="afkeuren",
    titel="De dagtekening van een bericht ligt niet in de toekomst.",
    melding="De dagtekening is {dagtekening}. Dat is later dan vandaag, {vandaag}.",
    doen="Zet de juiste dagtekening in het bericht en stuur het opnieuw.",
)
def dagtekening_niet_in_toekomst(header: Header, kader: HeaderKader) -> Gegevens | None:
    """A message may be dated today at the latest, in the gemeente's own time."""
    if header.dagtekening > kader.vandaag:
        return {"dagtekening": header.dagtekening, "vandaag": kader.vandaag}
    return None


@regel(
    "TR056",
    retourcode="9056",
    niveau=3,
    klasse="Header",
    element="BerichtIdentificatie/Identificatie",
    berichten=_HEEN,
    gevolg="afkeuren",
    titel="Een afzender gebruikt een Identificatie per berichtsoort maar één keer.",
    melding="Identificatie {identificatie} is al gebruikt voor een ander bericht, dat op {ontvangen_op} binnenkwam.",
    doen="Geef dit bericht een nieuwe Identificatie en stuur het opnieuw.",
)
def identificatie_uniek(header: Header, kader: HeaderKader) -> Gegevens | None:
    """Same Identificatie, other content. The same bytes again never come here: they are the same message."""
    if kader.eerder_ontvangen_op is not None:
        return {"identificatie": header.identificatie, "ontvangen_op": kader.eerder_ontvangen_op}
    return None


_regel_gemeente = partial(
    regel,
    "TR378",
    retourcode="S300",
    niveau=4,
    klasse="Header",
    gevolg="afkeuren",
    titel="De gemeentecode is die van een bestaande gemeente.",
    doen="Zoek de code op in de gemeentelijst van het CBS en stuur het bericht opnieuw met de juiste code.",
)


@_regel_gemeente(
    element="Afzender",
    berichten=("JW301",),
    melding="{gemeentecode} is geen code van een gemeente die op {vandaag} bestaat of op een ingangsdatum in het bericht bestond.",
)
def afzender_is_gemeente(header: Header, kader: HeaderKader) -> Gegevens | None:
    """The gemeente that allocates: in use today or, after a merger, on the Ingangsdatum of an allocation in the message."""
    return _unknown_gemeente(header.afzender, kader)


@_regel_gemeente(
    element="Ontvanger",
    berichten=("JW305", "JW307", "JW317", "JW323"),
    melding="{gemeentecode} is geen code van een gemeente die op {vandaag} bestaat of bij ingang van de toewijzing bestond.",
)
def ontvanger_is_gemeente(header: Header, kader: HeaderKader) -> Gegevens | None:
    """The gemeente that is written to: in use today or, after a merger, on a ToewijzingIngangsdatum in the message."""
    return _unknown_gemeente(header.ontvanger, kader)


@_regel_gemeente(
    element="Ontvanger",
    berichten=("JW315",),
    melding="{gemeentecode} is geen code van een gemeente die op {vandaag} bestaat of op een gevraagde ingangsdatum bestond.",
)
def ontvanger_is_gemeente_bij_aanvraag(header: Header, kader: HeaderKader) -> Gegevens | None:
    """The gemeente that is asked: in use today or, after a merger, on a ToewijzingIngangsdatum in the message."""
    return _unknown_gemeente(header.ontvanger, kader)


@_regel_gemeente(
    element="Afzender",
    berichten=("JW319",),
    melding="{gemeentecode} is geen code van een gemeente die op {vandaag} bestaat of op een ingangsdatum van het verzoek bestond.",
)
def afzender_is_gemeente_bij_antwoord(header: Header, kader: HeaderKader) -> Gegevens | None:
    """The gemeente that answers: in use today or, after a merger, on a day that the request is about."""
    return _unknown_gemeente(header.afzender, kader)


def _unknown_gemeente(code: str, kader: HeaderKader) -> Gegevens | None:
    """The other party is an aanbieder, whose AGB code has eight digits: no concern of this rule."""
    if len(code) != _CIJFERS or is_gemeentecode_ever(code, (kader.vandaag, *kader.peildatums)):
        return None
    return {"gemeentecode": code, "vandaag": kader.vandaag}


def is_known_gemeente(header: Header, vandaag: date, peildatums: Iterable[date]) -> bool:
    """Whether the gemeente of a message is in use today or was on one of these days."""
    code = header.afzender if len(header.afzender) == _CIJFERS else header.ontvanger
    return is_gemeentecode_ever(code, (vandaag, *peildatums))
