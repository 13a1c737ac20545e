"""Look around after the night: each thing that asks for a person, in a Dutch sentence with what to do, and what is well."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from berichten.beoordeling.wachtend.termijn import last_warned
from berichten.kern.taal import meervoud, telling
from berichten.kern.tekst import datum
from berichten.klok import dutch_day, dutch_time
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.berichten.toestand import Wachtstroom, list_wachtstromen
from berichten.opslag.besluiten.termijnstand import count_termijnen
from berichten.opslag.financien.nachtcontroles import find_nachtcontrole, list_gemeenten
from berichten.opslag.retouren.retourstand import Retourgrens, count_openstaand
from berichten.opslag.seintjes.seintjes import list_storingen
from berichten.opslag.toegang.sleutels import Sleutelrij, list_sleutels
from berichten.opslag.verzoeken.verzoekklok import count_verzoektermijnen
from berichten.opslag.wacht.archiefstand import keeps_log
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.bewaking.bekijk_werkers import PLANNER, WERKER, find_stand

_LANG_GENOEG = timedelta(minutes=15)
"""A message that waits longer without being tried tells that no worker runs."""
_BIJNA_VERLOPEN = 30
"""Days before its last day from which a key is named."""
_PAS_VERLOPEN = 7
"""Days after its last day in which a key is still named: whoever used it may not have noticed."""
_CONTROLE_OUD = timedelta(hours=36)


@dataclass(frozen=True, slots=True)
class Aandacht:
    """One thing that was looked at."""

    onderwerp: str
    """`stroom`, `termijn`, `aansluiting`, …"""
    gemeente: str
    ernstig: bool
    """Whether a person has to do something."""
    melding: str


Blik = Callable[[Connection, Werkplaats, datetime], Iterator[Aandacht]]


def look_around(werkplaats: Werkplaats) -> list[Aandacht]:
    """Everything of every gemeente; the clock is read once. One connection after the other: behind a pooler there are few."""
    nu = werkplaats.instellingen.nu()
    with werkplaats.opslag.transaction(Login.PORTIER) as deur:
        sleutels = list_sleutels(deur)
    with werkplaats.opslag.transaction() as verbinding:
        gezien = [item for blik in BLIKKEN for item in blik(verbinding, werkplaats, nu)]
    return [*gezien, *_sleutels(sleutels, nu)]


def _stromen(verbinding: Connection, _: Werkplaats, nu: datetime) -> Iterator[Aandacht]:
    stromen = list_wachtstromen(verbinding)
    for stroom in stromen:
        if stroom.storing is not None:
            yield Aandacht("stroom", stroom.gemeente, True, _stuck(stroom))
        elif nu - stroom.ontvangen_op > _LANG_GENOEG:
            yield Aandacht("stroom", stroom.gemeente, True, _untouched(stroom))
    if not stromen:
        yield Aandacht("stroom", "", False, "Er wacht geen bericht op verwerking.")


def _stuck(stroom: Wachtstroom) -> str:
    return (
        f"De berichten van aanbieder {stroom.agb or 'onbekend'} in gemeente {stroom.gemeente} staan stil bij {stroom.soort}"
        f" {stroom.bericht_id}, ontvangen op {_moment(stroom.ontvangen_op)}: verwerken mislukte"
        f" {telling(stroom.pogingen, 'keer', 'keer')}, het laatst door {stroom.storing}. Er {_waits(stroom.wachtend)}."
        " Zoek dit id in het logboek en geef wat daar staat door aan uw beheerder."
    )


def _untouched(stroom: Wachtstroom) -> str:
    return (
        f"Van aanbieder {stroom.agb or 'onbekend'} in gemeente {stroom.gemeente} {_waits(stroom.wachtend)}, het eerste sinds"
        f" {_moment(stroom.ontvangen_op)}, en niemand pakt het op. Controleer of de dienst en haar werkers draaien."
    )


def _waits(aantal: int) -> str:
    return f"{meervoud(aantal, 'wacht', 'wachten')} {telling(aantal, 'bericht', 'berichten')}"


def _werkers(verbinding: Connection, werkplaats: Werkplaats, _: datetime) -> Iterator[Aandacht]:
    stand = find_stand(verbinding, werkplaats.instellingen, WERKER)
    if stand.weg and stand.gezien_op is not None:
        yield Aandacht(
            "werkers", "", True,
            f"Sinds {_moment(stand.gezien_op)} is er geen werker meer. Berichten worden aangenomen, maar niet verwerkt; er gaat"
            " niets verloren. Start de dienst opnieuw (of 'berichten werker', als werkers los draaien) en zoek in het logboek"
            " waarom zij stopten.",
        )  # fmt: skip
    elif stand.aantal:
        hoeveel = f"{meervoud(stand.aantal, 'is', 'zijn')} {telling(stand.aantal, 'werker', 'werkers')}"
        yield Aandacht("werkers", "", False, f"Er {hoeveel} aan het werk.")


def _planners(verbinding: Connection, werkplaats: Werkplaats, _: datetime) -> Iterator[Aandacht]:
    stand = find_stand(verbinding, werkplaats.instellingen, PLANNER)
    if stand.weg and stand.gezien_op is not None:
        yield Aandacht(
            "planner", "", True,
            f"Sinds {_moment(stand.gezien_op)} is er geen planner meer. Termijnen, de nachtelijke controle van de boeken en e-mail"
            " blijven liggen; berichten worden wel verwerkt. Start de dienst opnieuw (of 'berichten planner', als hij los draait)"
            " en zoek in het logboek waarom hij stopte.",
        )  # fmt: skip
    elif stand.aantal:
        yield Aandacht("planner", "", False, "De planner is aan het werk.")


def _termijnen(verbinding: Connection, werkplaats: Werkplaats, nu: datetime) -> Iterator[Aandacht]:
    vandaag = dutch_day(nu)
    standen = count_termijnen(verbinding, vandaag, last_warned(vandaag, werkplaats.instellingen.waarschuw_werkdagen))
    for stand in standen:
        if stand.verlopen:
            yield Aandacht(
                "termijn", stand.gemeente, True,
                f"In gemeente {stand.gemeente} is de termijn van"
                f" {telling(stand.verlopen, 'declaratie', 'declaraties')} verlopen zonder besluit. Besluit erover in de"
                " werkvoorraad; de oudste staat bovenaan.",
            )  # fmt: skip
        elif stand.bijna_verlopen:
            yield Aandacht(
                "termijn", stand.gemeente, True,
                f"In gemeente {stand.gemeente} verloopt binnenkort de termijn van"
                f" {telling(stand.bijna_verlopen, 'declaratie', 'declaraties')}. Besluit er op tijd over.",
            )  # fmt: skip
    if not any(stand.verlopen or stand.bijna_verlopen for stand in standen):
        yield Aandacht("termijn", "", False, "Geen termijn is verlopen of bijna verlopen.")


def _verzoeken(verbinding: Connection, werkplaats: Werkplaats, nu: datetime) -> Iterator[Aandacht]:
    """Nothing where nothing asks for a person: many a gemeente gets no requests here."""
    vandaag = dutch_day(nu)
    tot = last_warned(vandaag, werkplaats.instellingen.waarschuw_werkdagen)
    for klok in count_verzoektermijnen(verbinding, vandaag, tot):
        if klok.verlopen:
            yield Aandacht(
                "verzoek", klok.gemeente, True,
                f"In gemeente {klok.gemeente} is de termijn van {telling(klok.verlopen, 'verzoek', 'verzoeken')} van aanbieders"
                " verlopen. Besluit erover, of stuur de toewijzing (JW301).",
            )  # fmt: skip
        elif klok.bijna_verlopen:
            yield Aandacht(
                "verzoek", klok.gemeente, True,
                f"In gemeente {klok.gemeente} verloopt binnenkort de termijn van"
                f" {telling(klok.bijna_verlopen, 'verzoek', 'verzoeken')} van aanbieders. Besluit er op tijd over.",
            )  # fmt: skip
        if klok.woonplaats:
            yield Aandacht(
                "verzoek", klok.gemeente, True,
                f"In gemeente {klok.gemeente} {meervoud(klok.woonplaats, 'kan', 'kunnen')}"
                f" {telling(klok.woonplaats, 'verzoek', 'verzoeken')} nog maar kort op tijd worden afgewezen om de woonplaats. Kijk"
                " na of de cliënt onder uw gemeente valt, en leg dat vast.",
            )  # fmt: skip
        if klok.verworpen:
            yield Aandacht(
                "verzoek", klok.gemeente, True,
                f"In gemeente {klok.gemeente} keurde de aanbieder van {telling(klok.verworpen, 'verzoek', 'verzoeken')} het"
                " antwoord (JW319) af met een JW320. Dat antwoord geldt niet: zoek uit wat er mis was, en besluit opnieuw.",
            )  # fmt: skip
        if klok.zonder_retour:
            yield Aandacht(
                "verzoek", klok.gemeente, True,
                f"In gemeente {klok.gemeente} is op {telling(klok.zonder_retour, 'besluit', 'besluiten')} (JW319) na drie werkdagen"
                " geen JW320 gekomen. Vraag de aanbieder of hij het besluit heeft ontvangen.",
            )  # fmt: skip


def _retouren(verbinding: Connection, _: Werkplaats, nu: datetime) -> Iterator[Aandacht]:
    """Nothing where nothing asks for a person."""
    for klok in count_openstaand(verbinding, list_gemeenten(verbinding), Retourgrens.on(dutch_day(nu))):
        if klok.afgekeurd:
            yield Aandacht(
                "toewijzing", klok.gemeente, True,
                f"In gemeente {klok.gemeente} keurde de aanbieder {telling(klok.afgekeurd, 'JW301', 'JW301-berichten')} af (JW302)."
                " Voor hem bestaan die toewijzingen niet: zoek uit wat er mis is, en stuur verbeterde. U vindt ze onder Retouren.",
            )  # fmt: skip
        if klok.zonder_antwoord:
            yield Aandacht(
                "toewijzing", klok.gemeente, True,
                f"In gemeente {klok.gemeente} {meervoud(klok.zonder_antwoord, 'kwam', 'kwamen')} op"
                f" {telling(klok.zonder_antwoord, 'JW301', 'JW301-berichten')} na drie werkdagen geen JW302. Vraag de aanbieders of"
                " zij de toewijzing hebben ontvangen. U vindt ze onder Retouren.",
            )  # fmt: skip


def _aansluiting(verbinding: Connection, _: Werkplaats, nu: datetime) -> Iterator[Aandacht]:
    for gemeente in list_gemeenten(verbinding):
        laatste = find_nachtcontrole(verbinding, gemeente)
        if laatste is None:
            yield Aandacht(
                "aansluiting", gemeente, False, f"De boeken van gemeente {gemeente} zijn nog niet 's nachts gecontroleerd."
            )
            continue
        op = _moment(laatste.gedraaid_op)
        if laatste.verschillen:
            melding = (
                f"De boeken van gemeente {gemeente} sloten niet op {op}: {telling(laatste.verschillen, 'verschil', 'verschillen')}."
                " Bekijk ze met: berichten db controle."
            )
        elif nu - laatste.gedraaid_op > _CONTROLE_OUD:
            melding = (
                f"De boeken van gemeente {gemeente} zijn het laatst gecontroleerd op {op}; elke nacht hoort dat te gebeuren."
                " Controleer of de dienst draait."
            )
        else:
            yield Aandacht("aansluiting", gemeente, False, f"De boeken van gemeente {gemeente} sloten op {op}.")
            continue
        yield Aandacht("aansluiting", gemeente, True, melding)


def _archief(verbinding: Connection, werkplaats: Werkplaats, _: datetime) -> Iterator[Aandacht]:
    """Of the embedded database only: of another its own administrator sees to copies."""
    if werkplaats.instellingen.kopie_map is None or werkplaats.instellingen.database_url:
        return
    if keeps_log(verbinding):
        yield Aandacht("archief", "", False, "Elke wijziging van de database wordt ook in BERICHTEN_KOPIE_MAP bewaard.")
    else:
        yield Aandacht(
            "archief", "", True,
            "Wijzigingen van de database komen niet in BERICHTEN_KOPIE_MAP aan: gaat haar schijf stuk, dan is er werk kwijt. Kijk"
            " of daar ruimte is en of de dienst er mag schrijven. Is zij net teruggezet, of begon zij zonder die map, start dan de"
            " dienst op deze database (opnieuw).",
        )  # fmt: skip


def _sleutels(sleutels: Sequence[Sleutelrij], nu: datetime) -> Iterator[Aandacht]:
    for item in sleutels:
        dagen = (item.geldig_tot - dutch_day(nu)).days
        if item.ingetrokken_op is not None or not -_PAS_VERLOPEN <= dagen <= _BIJNA_VERLOPEN:
            continue
        sleutel = f"Sleutel {item.sleutel_id} ({item.rol}) van gemeente {item.gemeente}"
        melding = (
            f"{sleutel} werkte tot en met {datum(item.geldig_tot)} en is verlopen. Maak een nieuwe met: berichten sleutel maak, of"
            f" trek haar in met: berichten sleutel intrek {item.sleutel_id}."
            if dagen < 0
            else f"{sleutel} werkt tot en met {datum(item.geldig_tot)}. Maak op tijd een nieuwe met: berichten sleutel maak."
        )
        yield Aandacht("sleutel", item.gemeente, True, melding)


def _seintjes(verbinding: Connection, _: Werkplaats, nu: datetime) -> Iterator[Aandacht]:
    for item in list_storingen(verbinding):
        wie = telling(item.personen, "persoon", "personen")
        yield Aandacht(
            "e-mail", item.gemeente, True,
            f"In gemeente {item.gemeente} {meervoud(item.personen, 'krijgt', 'krijgen')} {wie} geen e-mail dat er iets klaarstaat:"
            f" versturen mislukte {telling(item.pogingen, 'keer', 'keer')}, het laatst door {item.storing}. Controleer de"
            " mailserver (BERICHTEN_SMTP_HOST) en of het adres bij Voorkeuren klopt; we proberen het steeds opnieuw.",
        )  # fmt: skip


def _moment(op: datetime) -> str:
    return f"{datum(op)}, {dutch_time(op):%H:%M} uur"


BLIKKEN: tuple[Blik, ...] = (_werkers, _planners, _stromen, _termijnen, _verzoeken, _retouren, _aansluiting, _archief, _seintjes)
"""What is looked at, in order; keys come last."""
