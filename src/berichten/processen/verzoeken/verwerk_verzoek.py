"""Handle a JW315 or JW317: every product asked for becomes a request of its own, a change one as a whole; or none does."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID, uuid4

from berichten.beoordeling.klassen import Klassebeoordeling
from berichten.dossier.verzoeken.verzoekkader import VerzoekKader
from berichten.dossier.verzoeken.verzoektermijnen import besluit_uiterlijk, reactie_uiterlijk, woonplaats_uiterlijk
from berichten.klok import dutch_day
from berichten.opslag.dossiers.verzoekkaders import load_verzoek_kader
from berichten.opslag.verzoeken.verzoekrijen import NieuwVerzoek, insert_verzoeken
from berichten.processen.verzoeken.weeg_verzoek import weigh
from berichten.processen.werk.antwoorden import AFGEKEURD
from berichten.processen.werk.werk import Verwerkt, Werk
from berichten.standaard.waarden.verzoeken import AangevraagdProduct, Toewijzingsverzoek, Wijzigingsverzoek

Verzoekbericht = Toewijzingsverzoek | Wijzigingsverzoek


def load_verzoek(werk: Werk, bericht: Verzoekbericht) -> VerzoekKader:
    """What a request is held against."""
    return load_verzoek_kader(werk.verbinding, werk.rij.gemeente, bericht, werk.werkplaats.instellingen.vandaag())


def keep_verzoek(werk: Werk, bericht: Verzoekbericht, oordeel: Klassebeoordeling) -> Verwerkt:
    """When no class is at fault, add what is asked. A request whose answer carries a code never existed (OP286)."""
    if oordeel.afgekeurd:
        return Verwerkt("afgekeurd", AFGEKEURD, oordeel.bevindingen)
    nieuw = list(_list_verzoeken(werk, bericht))
    insert_verzoeken(werk.verbinding, werk.rij.gemeente, nieuw)
    weigh(werk, bericht, nieuw)
    return Verwerkt("verwerkt", (), oordeel.bevindingen)


def _list_verzoeken(werk: Werk, bericht: Verzoekbericht) -> Iterator[NieuwVerzoek]:
    basis = _compose(werk, bericht, uuid4())
    if isinstance(bericht, Wijzigingsverzoek):
        yield replace(
            basis, referentie=bericht.referentie, genoemd=sorted(bericht.genoemde_toewijzingen[0]), reden_verzoek=bericht.reden
        )
        return
    for nummer, product in enumerate(bericht.aangevraagd, 1):
        yield _of_product(replace(basis, verzoek_id=uuid4(), volgnummer=nummer), product)


def _compose(werk: Werk, bericht: Verzoekbericht, verzoek_id: UUID) -> NieuwVerzoek:
    """What all requests of a message share. For TR378 the days of a JW315 are its own, those of a JW317 of what it names."""
    rij, kader = werk.rij, werk.kader
    ontvangen, dag = dutch_day(rij.ontvangen_op), bericht.header.dagtekening
    toewijzing = isinstance(bericht, Toewijzingsverzoek)
    genoemd = (kader.toewijzingen.get(nummer) for nummer in bericht.genoemde_toewijzingen[0])
    dagen = bericht.peildatums if toewijzing else {item.nu.ingangsdatum for item in genoemd if item}
    return NieuwVerzoek(
        verzoek_id=verzoek_id,
        agb=bericht.header.afzender,
        bsn=bericht.client.bsn,
        soort=bericht.soort.naam,
        bericht_id=rij.bericht_id,
        volgnummer=1,
        referentie="",
        dagtekening=dag,
        ontvangen_op=rij.ontvangen_op,
        reactie_uiterlijk_op=reactie_uiterlijk(ontvangen),
        besluit_uiterlijk_op=besluit_uiterlijk(dag),
        woonplaats_uiterlijk_op=woonplaats_uiterlijk(ontvangen) if toewijzing else None,
        ingangsdatums=sorted(dagen),
        genoemd=[],
    )


def _of_product(basis: NieuwVerzoek, product: AangevraagdProduct) -> NieuwVerzoek:
    soort, omvang, verwijzer = product.product, product.omvang, product.verwijzer
    return replace(
        basis,
        referentie=product.referentie,
        verwijzer_type=verwijzer.type,
        verwijzer_naam=verwijzer.naam,
        verwijzer_code=verwijzer.zorgverlenercode,
        categorie=soort.categorie if soort else None,
        productcode=soort.code if soort else None,
        ingangsdatum=product.ingangsdatum,
        einddatum=product.einddatum,
        volume=omvang.volume if omvang else None,
        eenheid=omvang.eenheid if omvang else None,
        frequentie=omvang.frequentie if omvang else None,
        budget=product.budget,
    )
