"""The key figures of a quarterly report: a row each, with last year's as it was known then and as it is known now. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from berichten.processen.kwartaal.lees_kwartaal import Kwartaalbron, Kwartaalvraag
from berichten.processen.kwartaal.toon_stroom import Stroombesluit
from berichten.rapporten.afscherming.overlap import is_klein
from berichten.rapporten.monitor.clienten import TOTAAL as ALLE_CLIENTEN
from berichten.rapporten.monitor.clienten import Cijfer, Clientcijfers
from berichten.rapporten.monitor.tabel import KLEIN_TEKST, VERBORGEN_TEKST, Waarde, show
from berichten.rapporten.sturen.jeugdaandeel import GROEPEN, count_jeugdigen, find_share, make_aandeelrij
from berichten.rapporten.sturen.kwartaalcijfers import (
    Kernrij,
    Uitlegsgrenzen,
    judge,
    known_from,
    make_bedragrij,
    make_clientrij,
    make_per_client,
)
from berichten.rapporten.sturen.kwartaalperiode import Kwartaal
from berichten.rapporten.sturen.kwartaalstanden import add_kosten, ended_known_on

NIET_TE_TONEN = "niet te tonen"
"""In place of a count that cannot be shown beside what was shown of other periods, be it large or small."""


@dataclass(frozen=True, slots=True)
class Kwartaalclienten:
    """Clients of the period, of last year's as it was known then, and as it is known now; None where it cannot be told."""

    deze: Clientcijfers | None
    toen: Clientcijfers | None
    nu: Clientcijfers | None


def list_kern(
    vraag: Kwartaalvraag, bron: Kwartaalbron, clienten: Kwartaalclienten, grenzen: Uitlegsgrenzen, stroom: Stroombesluit
) -> list[Kernrij]:
    """All of them; `stroom`: what may be shown of who came and left."""
    periode, vorig, begroting = vraag.periode, vraag.vorig, bron.begroting
    kosten = bron.kosten
    dit, dat = (date(periode.jaar, 1, 1), date(periode.jaar, 12, 31)), (date(vorig.jaar, 1, 1), date(vorig.jaar, 12, 31))
    deze, _ = add_kosten(kosten, periode.van, periode.tot)
    nu, toen = add_kosten(kosten, vorig.van, vorig.tot)
    jaar, _ = add_kosten(kosten, *dit)
    jaar_nu, jaar_toen = add_kosten(kosten, *dat)
    prognose = jaar + sum(bron.nu.rest_van_jaar.values())
    prognose_toen = jaar_toen + sum(bron.toen.rest_van_jaar.values())
    prognose_nu = jaar_nu + _held_in(bron.gehouden, *dat) + bron.nu.verwacht_in[2]
    begroot = begroting.of_year()
    rijen = [
        make_bedragrij("kosten", deze, toen, nu, begroting.between(periode.van.month, periode.tot.month)),
        make_bedragrij(
            "aangehouden", _held_in(bron.gehouden, periode.van, periode.tot),
            _held_in(bron.gehouden_toen, vorig.van, vorig.tot), _held_in(bron.gehouden, vorig.van, vorig.tot),
        ),
        make_bedragrij("nog verwacht", bron.nu.verwacht_in[0], bron.toen.verwacht_in[0], bron.nu.verwacht_in[1]),
        make_bedragrij("kosten dit jaar", jaar, jaar_toen, jaar_nu, begroot),
        make_bedragrij("prognose jaar", prognose, prognose_toen, prognose_nu, begroot, judge(prognose, begroot, grenzen)),
        make_clientrij("cliënten", *(_show_clients(item) for item in (clienten.deze, clienten.toen, clienten.nu))),
        make_per_client(
            "kosten per cliënt",
            *(_per_client(item, bedrag) for item, bedrag in ((clienten.deze, deze), (clienten.toen, toen), (clienten.nu, nu))),
        ),
        *_flow_rows(vraag, bron, stroom),
        *_share_rows(vraag, bron, clienten),
    ]  # fmt: skip
    return rijen


def _share_rows(vraag: Kwartaalvraag, bron: Kwartaalbron, clienten: Kwartaalclienten) -> list[Kernrij]:
    """What part of the jeugdigen had care in the period, up to 18 and up to 23 years."""
    rijen = []
    for naam, jonger_dan in GROEPEN.items():
        dit, dat = (count_jeugdigen(bron.jeugdigen, vraag.gemeente, item.jaar, jonger_dan) for item in (vraag.periode, vraag.vorig))
        tellingen = ((clienten.deze, dit), (clienten.toen, dat), (clienten.nu, dat))
        delen = [None if cijfers is None else find_share(cijfers, jonger_dan, aantal) for cijfers, aantal in tellingen]
        rijen.append(make_aandeelrij(naam, *delen))
    return rijen


def _flow_rows(vraag: Kwartaalvraag, bron: Kwartaalbron, stroom: Stroombesluit) -> list[Kernrij]:
    """Who left is known only when four months have passed without care; until then last year is not comparable either."""
    nu, toen = bron.stroom, bron.stroom_toen
    uit = known_from(ended_known_on(vraag.periode.tot), vraag.peildatum)
    uit_vorig = known_from(ended_known_on(vraag.vorig.tot), vraag.peildatum)

    def show_of(rij: str, kolom: str, periode: Kwartaal, aantal: int) -> Waarde:
        if periode.naam not in stroom.perioden:
            return NIET_TE_TONEN
        if is_klein(aantal):
            return KLEIN_TEKST
        return VERBORGEN_TEKST if (rij, kolom) in stroom.bedekt else aantal

    deze, vorig = vraag.periode, vraag.vorig
    return [
        make_clientrij(
            "instroom", show_of("instroom", "deze", deze, nu.instroom), show_of("instroom", "toen", vorig, toen.instroom_vorig),
            show_of("instroom", "nu", vorig, nu.instroom_vorig),
        ),
        make_clientrij(
            "uitstroom", uit or show_of("uitstroom", "deze", deze, nu.uitstroom),
            None if uit else show_of("uitstroom", "toen", vorig, toen.uitstroom_vorig),
            uit_vorig or show_of("uitstroom", "nu", vorig, nu.uitstroom_vorig),
        ),
    ]  # fmt: skip


def _show_clients(cijfers: Clientcijfers | None) -> Waarde:
    if cijfers is None:
        return NIET_TE_TONEN
    return show(cijfers[ALLE_CLIENTEN].aantal, cijfers[ALLE_CLIENTEN].teken) if ALLE_CLIENTEN in cijfers else 0


def _per_client(cijfers: Clientcijfers | None, bedrag: int) -> Cijfer | None:
    if cijfers is None or ALLE_CLIENTEN not in cijfers:
        return None
    return replace(cijfers[ALLE_CLIENTEN], bedrag=bedrag)


def _held_in(gehouden: Mapping[date, int], van: date, tot: date) -> int:
    return sum(bedrag for maand, bedrag in gehouden.items() if van <= maand <= tot)
