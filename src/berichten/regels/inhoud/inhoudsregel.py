"""What the rules of level 2 work with: the message as a whole, as far as a rule on one class must look beyond that class.

Everything here comes from the message itself (IV032): no other message, no list, no clock. One fault rejects the whole message with
0001 in the header of the answer, so a rule may only ask what every sender can see in what it sends (OP095).
"""

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import Any, TypeVar

import numpy as np

from berichten.dossier.kolommen import Masker, Regelkolommen
from berichten.kern.regel import Onschuld, Regel, Toets, regel
from berichten.regels.inhoud.overlap import find_overlaps
from berichten.standaard.uitleg.waarde import show
from berichten.standaard.waarden.berichten import (
    Declaratie,
    Declaratiebericht,
    DeclaratieClient,
    Prestatie,
    Startbericht,
    Stopbericht,
    ToegewezenProduct,
    Toewijzingsbericht,
)
from berichten.standaard.waarden.bsn import GEWICHTEN
from berichten.standaard.waarden.regelvelden import Velden
from berichten.standaard.waarden.verzoeken import (
    AangevraagdProduct,
    NieuwProduct,
    TeWijzigenProduct,
    Toewijzingsverzoek,
    Verzoekantwoord,
    Wijzigingsverzoek,
)

T = TypeVar("T")
Product = ToegewezenProduct | AangevraagdProduct | NieuwProduct
Toewijsbaar = Product | TeWijzigenProduct
"""What is allocated, or asked to be."""
Herhaald = Mapping[int, Any]
"""Values that repeat an earlier one: by `id()` of the value, since equal values are the very thing looked for."""

_WITTE_TEKENS = " \t\r\n"
_WIT = re.compile(f"[{_WITTE_TEKENS}]+")

VERVALLEN = ("01", "13")
"""RedenWijziging of an allocation that was never meant to be."""


@dataclass(frozen=True, slots=True)
class Inhoud:
    """A message as its classes see it. Values that are looked up by `id()` live as long as the message does."""

    dagtekening: date
    """Dagtekening of the header."""
    declaratiedagtekening: date
    """DeclaratieDagtekening of a JW323; the header's own date in other messages."""
    herhaald: Herhaald = field(default_factory=dict)
    """Classes that bear the same logical key as the earlier class given (TR101)."""
    overlappend: Mapping[int, Any] = field(default_factory=dict)
    """Products that begin while the one given, for the same product, still runs (TR302, TR386, TR410)."""
    zelfde_kenmerk: Mapping[int, AangevraagdProduct] = field(default_factory=dict)
    """Requests with the reference of the earlier one given, but for white space (TR383)."""
    dubbel_gecrediteerd: Mapping[int, Prestatie] = field(default_factory=dict)
    """Lines with the VorigReferentieNummer of the earlier line given (TR315)."""
    dubbel_gedeclareerd: Mapping[int, Prestatie] = field(default_factory=dict)
    """Debit lines of one client for the same allocation, product and period as the earlier line given (TR416)."""
    referenties: frozenset[str] = frozenset()
    """Every ReferentieNummer of the message (TR316)."""


class Inhoudkolommen(Regelkolommen):
    """The lines of a declaration as columns, with what the message shows as a whole: what twins of level 2 look at."""

    def __init__(self, prestaties: Sequence[Prestatie], inhoud: Inhoud, velden: Velden | None = None) -> None:
        super().__init__(prestaties, velden)
        self.inhoud = inhoud

    def unlisted(self, boek: Mapping[int, object]) -> Masker:
        """Lines that are not in a list by `id()`."""
        return self.absent(map(id, self.prestaties), boek)


class Clientkolommen:
    """The clients of a declaration as columns."""

    def __init__(self, clienten: Sequence[DeclaratieClient], inhoud: Inhoud) -> None:
        self.clienten, self.inhoud = clienten, inhoud

    def __len__(self) -> int:
        return len(self.clienten)

    @property
    def elfproef(self) -> Masker:
        """Whether a Bsn is right (`passes_elfproef`); of none when one has more than nine characters."""
        tekens = np.array([client.bsn for client in self.clienten])
        if tekens.dtype.itemsize != len(GEWICHTEN) * np.dtype("U1").itemsize:
            return np.zeros(len(self), bool)
        cijfers = tekens.view(np.int32).reshape(len(self), len(GEWICHTEN)) - ord("0")
        klopt: Masker = ((cijfers >= 0) & (cijfers <= 9)).all(axis=1) & (cijfers @ np.array(GEWICHTEN) % 11 == 0)
        return klopt

    @property
    def eerste_keer(self) -> Masker:
        """Whether no client before it has the same Bsn."""
        boek = self.inhoud.herhaald
        return np.fromiter((id(client) not in boek for client in self.clienten), bool, len(self))


def inhoudsregel(
    regel_id: str,
    *,
    klasse: str,
    berichten: tuple[str, ...],
    titel: str,
    melding: str,
    doen: str,
    element: str = "",
    bron: str = "",
    vanaf: date | None = None,
    onschuldig: Onschuld | None = None,
) -> Callable[[Toets], Regel]:
    """A rule of level 2: it rejects the whole message with 0001."""
    return regel(
        regel_id, retourcode="0001", niveau=2, klasse=klasse, element=element, berichten=berichten, gevolg="afkeuren",
        titel=titel, melding=melding, doen=doen, bron=bron, vanaf=vanaf, onschuldig=onschuldig,
    )  # fmt: skip


def tell_referentie(referentie: str) -> str:
    """A ReferentieAanbieder as it may stand in a sentence: what an aanbieder writes there is free, so any BSN in it is masked."""
    return show(" ".join(referentie.split()))


def name(product: Toewijsbaar) -> dict[str, object]:
    """What a sentence begins with: the number of an allocation, or what is asked for."""
    if isinstance(product, ToegewezenProduct):
        return {"toewijzingnummer": product.toewijzingnummer}
    if isinstance(product, AangevraagdProduct):
        return {"wat": f"Het aangevraagde product met kenmerk {tell_referentie(product.referentie)}"}
    if isinstance(product, TeWijzigenProduct):
        return {"wat": f"De gevraagde wijziging van toewijzing {product.toewijzingnummer}"}
    if product.product is None:
        return {"wat": "Het nieuwe product zonder categorie"}
    if product.product.code is None:
        return {"wat": f"Het nieuwe product in categorie {product.product.categorie}"}
    return {"wat": f"Het nieuwe product {product.product.code}"}


def read_toewijzing(bericht: Toewijzingsbericht) -> Inhoud:
    """Look through a JW301 once for all that its rules will ask."""
    client, dagtekening = bericht.client, bericht.header.dagtekening
    herhaald = {
        **find_repeats(client.relaties, attrgetter("nummer")),
        **find_repeats(client.contacten, attrgetter("soort")),
        **find_repeats(bericht.producten, attrgetter("toewijzingnummer")),
    }
    return Inhoud(dagtekening, dagtekening, herhaald, find_overlaps(filter(was_meant, bericht.producten)))


def read_aanvragen(bericht: Toewijzingsverzoek) -> Inhoud:
    """The same of a JW315."""
    dagtekening, producten = bericht.header.dagtekening, bericht.aangevraagd
    herhaald = find_repeats(producten, attrgetter("referentie"))
    return Inhoud(dagtekening, dagtekening, herhaald, find_overlaps(producten), _same_reference(producten))


def read_wijziging(bericht: Wijzigingsverzoek) -> Inhoud:
    """The same of a JW317: within each of its classes."""
    herhaald = {
        **find_repeats(bericht.ongewijzigd, attrgetter("nummer")),
        **find_repeats(bericht.te_wijzigen, attrgetter("nummer")),
        **find_repeats(bericht.nieuw, attrgetter("product", "ingangsdatum")),
    }
    dagtekening = bericht.header.dagtekening
    return Inhoud(dagtekening, dagtekening, herhaald, find_overlaps(bericht.nieuw))


def read_antwoord(bericht: Verzoekantwoord) -> Inhoud:
    """The same of a JW319: nothing but its date."""
    return Inhoud(bericht.header.dagtekening, bericht.header.dagtekening)


def _same_reference(producten: Iterable[AangevraagdProduct]) -> dict[int, AangevraagdProduct]:
    """As the publisher compares: of each reference what is left of its white space, with the earlier ones as they were sent."""
    eerste: dict[str, AangevraagdProduct] = {}
    herhaald = {}
    for product in producten:
        ander = eerste.get(" ".join(_WIT.split(product.referentie.strip(_WITTE_TEKENS))))
        if ander is not None:
            herhaald[id(product)] = ander
        eerste.setdefault(product.referentie, product)
    return herhaald


def read_levering(bericht: Startbericht | Stopbericht) -> Inhoud:
    """The same of a JW305 or JW307."""
    dagtekening, producten = bericht.header.dagtekening, bericht.producten
    # Logical key of a start or stop: StatusAanlevering and ToewijzingIngangsdatum are no part of it (IV008).
    sleutel = attrgetter("toewijzingnummer", "product", "begindatum", "reden_beeindiging", "einddatum")
    return Inhoud(dagtekening, dagtekening, find_repeats(producten, sleutel))


def read_declaratie(bericht: Declaratiebericht) -> Inhoud:
    """The same of a JW323."""
    declaratie = bericht.declaratie
    return Inhoud(
        bericht.header.dagtekening,
        declaratie.dagtekening,
        dubbel_gedeclareerd=_billed_twice(declaratie),
        **look_through(declaratie, "bsn", "referentienummer", "vorig_referentienummer"),
    )


def look_through(declaratie: Declaratie, *sleutel: str) -> dict[str, Any]:
    """What the rules on repeats and references ask of any declaration; `sleutel` names what makes a line one of its kind."""
    prestaties, velden = declaratie.prestaties, declaratie.each_field()
    sleutels = list(zip(*map(velden.__getitem__, sleutel), strict=True))
    verwijzend = [prestaties[plek] for plek, vorige in enumerate(velden["vorig_referentienummer"]) if vorige is not None]
    return {
        "herhaald": {**find_repeats(declaratie.clienten, attrgetter("bsn")), **_find_equal(prestaties, sleutels)},
        "dubbel_gecrediteerd": find_repeats(verwijzend, attrgetter("vorig_referentienummer")),
        "referenties": frozenset(velden["referentienummer"]),
    }


_ZELFDE_PERIODE = ("toewijzingnummer", "categorie", "code", "begindatum", "einddatum")


def _billed_twice(declaratie: Declaratie) -> dict[int, Prestatie]:
    """Within one Client: one number at two clients is a matter of that allocation (TR304), not of the message."""
    velden, dubbel = declaratie.each_field(), dict[int, Prestatie]()
    sleutels = zip(*map(velden.__getitem__, _ZELFDE_PERIODE), strict=True)
    debet = [sleutel for sleutel, credit in zip(sleutels, velden["credit"], strict=True) if not credit]
    if len(set(debet)) == len(debet):
        return dubbel
    for client in declaratie.clienten:
        if len(client.prestaties) > 1:
            eigen = [prestatie for prestatie in client.prestaties if not prestatie.credit]
            dubbel |= find_repeats(eigen, attrgetter(*_ZELFDE_PERIODE))
    return dubbel


def find_repeats(waarden: Iterable[T], sleutel: Callable[[T], Hashable]) -> dict[int, T]:
    """Every value whose key an earlier one has too, with the first one that has it."""
    rij = list(waarden)
    return _find_equal(rij, list(map(sleutel, rij)))


def _find_equal(rij: Sequence[T], sleutels: Sequence[Hashable]) -> dict[int, T]:
    """The same, of values beside their keys."""
    if len(set(sleutels)) == len(rij):
        return {}
    eerste: dict[Hashable, T] = {}
    herhaald = {}
    for waarde, eigen in zip(rij, sleutels, strict=True):
        ander = eerste.setdefault(eigen, waarde)
        if ander is not waarde:
            herhaald[id(waarde)] = ander
    return herhaald


def was_meant(product: ToegewezenProduct) -> bool:
    """Whether an allocation counts at all: not one that was taken back on its first day."""
    return product.reden_wijziging not in VERVALLEN or product.einddatum != product.ingangsdatum
