"""Levels 3 and 4 of a JW315, JW317 or JW319: each of its classes, and with them the whole message (IV028, IV032).

Pure. Every fault of every class is told, and one rejects the whole message. Where nothing was found about a class that stands above
others, those below it are not judged.
"""

from collections.abc import Iterable, Sequence

from berichten.beoordeling.klassen import Klassebeoordeling, conclude, judge_steps
from berichten.dossier.verzoeken.verzoekkader import AntwoordKader, VerzoekKader
from berichten.kern.regel import Bevinding, Plaats, check
from berichten.regels import register
from berichten.standaard.waarden.berichten import Client
from berichten.standaard.waarden.paden import ANTWOORD_PAD, VERZOEK_PAD, WOONPLAATS_PAD, gevraagd_pad
from berichten.standaard.waarden.verzoeken import (
    AangevraagdProduct,
    NieuwProduct,
    OngewijzigdProduct,
    TeWijzigenProduct,
    Toewijzingsverzoek,
    Verzoekantwoord,
    Verzoekclient,
    Wijzigingsverzoek,
)

Gevraagd = AangevraagdProduct | OngewijzigdProduct | TeWijzigenProduct | NieuwProduct
NIET_BEOORDEELD = ("0233",)
"""Code of a class that was not judged."""


def judge_toewijzingsverzoek(bericht: Toewijzingsverzoek, kader: VerzoekKader) -> Klassebeoordeling:
    """A JW315: its client, and every product asked for."""
    return conclude(
        [
            *check(register.AANVRAAG_CLIENT, bericht, kader, _client(bericht.client)),
            *_judge_all(bericht.aangevraagd, (register.AANGEVRAAGD_PRODUCT,), kader),
        ]
    )


def judge_wijzigingsverzoek(bericht: Wijzigingsverzoek, kader: VerzoekKader) -> Klassebeoordeling:
    """A JW317. Of a client that never had an allocation of this aanbieder nothing else is judged."""
    onbekend = check(register.WIJZIGING_CLIENT, bericht, kader, _client(bericht.client))
    if onbekend:
        oordeel = conclude(onbekend)
        return Klassebeoordeling(oordeel.bevindingen, {**oordeel.retourcodes, **dict.fromkeys(_below(bericht), NIET_BEOORDEELD)})
    return conclude(
        [
            *check(register.WIJZIGING, bericht, kader, Plaats("Verzoek", VERZOEK_PAD, bericht.regelnummer)),
            *_judge_all(bericht.ongewijzigd, (register.ONGEWIJZIGD_PRODUCT,), kader),
            *_judge_all(bericht.te_wijzigen, (register.TE_WIJZIGEN_GROND, register.TE_WIJZIGEN_PRODUCT), kader),
            *_judge_all(bericht.nieuw, (register.NIEUW_PRODUCT,), kader),
        ]
    )


def judge_verzoekantwoord(bericht: Verzoekantwoord, kader: AntwoordKader) -> Klassebeoordeling:
    """A JW319: its answer, and the gemeente that it names."""
    antwoord = Plaats("Antwoord", ANTWOORD_PAD, bericht.regelnummer)
    woonplaats = Plaats("Woonplaatsbeginsel", WOONPLAATS_PAD, bericht.regelnummer)
    return conclude(
        [
            *judge_steps((register.ANTWOORD_GROND, register.ANTWOORD), bericht, kader, antwoord),
            *check(register.ANTWOORD_SIGNAAL, bericht, kader, antwoord),
            *check(register.WOONPLAATSBEGINSEL, bericht, kader, woonplaats),
        ]
    )


def _judge_all(producten: Sequence[Gevraagd], trappen: register.Trappen, kader: VerzoekKader) -> Iterable[Bevinding]:
    for product, plaats in zip(producten, places_of(producten), strict=True):
        yield from judge_steps(trappen, product, kader, plaats)


def places_of(producten: Sequence[Gevraagd]) -> list[Plaats]:
    """Where each product of one class stands in a JW315 or JW317."""
    return [
        Plaats(klasse := type(item).__name__, gevraagd_pad(klasse, nummer, len(producten)), item.regelnummer, nummer)
        for nummer, item in enumerate(producten, 1)
    ]


def _client(client: Client | Verzoekclient) -> Plaats:
    return Plaats("Client", "Bericht/Client", client.regelnummer)


def _below(bericht: Wijzigingsverzoek) -> list[str]:
    """Paths of everything in a JW317 below its client."""
    groepen: tuple[Sequence[Gevraagd], ...] = (bericht.ongewijzigd, bericht.te_wijzigen, bericht.nieuw)
    return [VERZOEK_PAD, *(plaats.pad for groep in groepen for plaats in places_of(groep))]
