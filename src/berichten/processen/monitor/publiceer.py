"""What a monitor export may show: decided beside all that was shown before, and remembered.

For all tables of clients of one set of gemeenten and period it is decided at once, whichever is asked for, so that the order in
which they are asked for makes no difference.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from berichten.klok import dutch_day
from berichten.opslag.basis.verbinding import Login, Toegang
from berichten.opslag.financien.monitor import (
    SCHEIDING,
    Getoond,
    Momenttelling,
    list_linked,
    list_momenttellingen,
    load_publicaties,
    lock_publicaties,
    save_momenttellingen,
    save_publicaties,
)
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.rapporten.afscherming.momenten import Dagstand, Getoondemomenten, hide_steps
from berichten.rapporten.afscherming.optelling import Rijbesluit, Telling, list_shown, protect_rows
from berichten.rapporten.afscherming.overlap import KLEIN_TOT, ONBEGRENSD, Grens, NietTeBeschermen, Teken, Verband, limits, protect
from berichten.rapporten.monitor.bereik import Bereik, connected, cover_relations, name_of, tie_relations
from berichten.rapporten.monitor.clienten import (
    ALLES_GEBOEKT,
    Cel,
    Celstanden,
    Cijfer,
    Clientcijfers,
    cell_name,
    named_cell,
    read_clienten,
    read_clienten_op,
    read_totaal,
    relations,
)
from berichten.rapporten.monitor.clienten import SOORT as CLIENTEN
from berichten.rapporten.monitor.clienten import TOTAAL as ALLE_CLIENTEN

Publicatie = dict[str, Getoond]
"""By name of the cell."""


class AlleenPerJaar(ValueError):
    """Asked for another period than a calendar year; the message is Dutch."""


@dataclass(frozen=True, slots=True)
class Lezer:
    """Where figures are read and remembered, and what of them the one who asks may see."""

    werkplaats: Werkplaats
    toegang: Toegang | Login = Login.SCHRIJVER
    """For whom is read; a login is the operator's, for any gemeenten."""


def publish_clienten(lezer: Lezer, bereik: Bereik, moment: datetime = ALLES_GEBOEKT) -> Clientcijfers:
    """Cost and clients by every characteristic, as booked by the moment, each with how its count may be shown.

    Of several gemeenten together each one's own counts are decided first (`_members`). Raises NietTeBeschermen when what was shown
    of other periods or gemeenten leaves no safe way.
    """
    with lezer.werkplaats.opslag.transaction(lezer.toegang) as verbinding:
        nu = [(bereik, ALLES_GEBOEKT)] if is_past(lezer, moment) else []
        cellen, *cellen_nu = read_clienten_op(verbinding, [(bereik, moment), *nu])
        leden = _members(verbinding, bereik, moment)
    return _decide_cells(lezer, bereik, cellen, leden, Dagstand(_day_of(moment), _count(cellen_nu[0]) if nu else None))


def is_past(lezer: Lezer, moment: datetime) -> bool:
    """Whether a moment is of a day before today, which can be asked afterwards."""
    return dutch_day(moment) < lezer.werkplaats.instellingen.vandaag()


def _day_of(moment: datetime) -> str:
    """The day that was asked for; none for who asks for all that there is."""
    return "" if moment == ALLES_GEBOEKT else dutch_day(moment).isoformat()


def decide_clienten(
    lezer: Lezer, gevraagd: Sequence[tuple[Bereik, datetime]], gelezen: Sequence[Celstanden], nu: Mapping[Bereik, Celstanden]
) -> list[Clientcijfers | None]:
    """The same for each of these of one gemeente, read already and decided in this order; None where nothing safe is left.

    `nu` has of each period that is asked as of a past day what it has today.
    """
    getoond: list[Clientcijfers | None] = []
    for (bereik, moment), cellen in zip(gevraagd, gelezen, strict=True):
        stand = Dagstand(_day_of(moment), _count(nu[bereik]) if is_past(lezer, moment) else None)
        try:
            getoond.append(_decide_cells(lezer, bereik, cellen, (), stand))
        except NietTeBeschermen:
            getoond.append(None)
    return getoond


def _decide_cells(lezer: Lezer, bereik: Bereik, cellen: Celstanden, leden: Iterable["_Uitgave"], stand: Dagstand) -> Clientcijfers:
    """`leden` are decided first."""
    tekens = _decide_and_keep(lezer, [*leden, (bereik, _count(cellen))], stand)
    return {cel: Cijfer(bedrag, aantal, tekens[cell_name(cel)]) for cel, (bedrag, aantal) in cellen.items()}


def publish_total(lezer: Lezer, bereik: Bereik, moment: datetime = ALLES_GEBOEKT) -> Cijfer:
    """Cost and clients in all and of no part, for a region; of each member first (`_members`). Raises as above."""
    with lezer.werkplaats.opslag.transaction(lezer.toegang) as verbinding:
        bedrag, aantal = read_totaal(verbinding, bereik, moment)
        nu = read_totaal(verbinding, bereik)[1] if is_past(lezer, moment) else None
        leden = _members(verbinding, bereik, moment)
    naam = cell_name(ALLE_CLIENTEN)
    stand = Dagstand(_day_of(moment), None if nu is None else {naam: nu})
    return Cijfer(bedrag, aantal, _decide_and_keep(lezer, [*leden, (bereik, {naam: aantal})], stand)[naam])


def publish_steps(lezer: Lezer, bereik: Bereik, moment: datetime, aantallen: Mapping[str, int]) -> set[str]:
    """Of counts that are shown beside those of an export: which may not be, beside what was shown of other moments."""
    stand = Dagstand(_day_of(moment), {} if is_past(lezer, moment) else None)
    with lezer.werkplaats.opslag.transaction() as verbinding:
        lock_publicaties(verbinding, bereik.gemeenten)
        alle = dict.fromkeys(aantallen, Teken.GETAL)
        tekens = _hide_steps(verbinding, (bereik, dict(aantallen)), alle, stand, lezer.werkplaats.instellingen.nu())
    return {naam for naam, teken in tekens.items() if teken is not Teken.GETAL}


def _members(verbinding: Connection, bereik: Bereik, moment: datetime) -> list["_Uitgave"]:
    """What each of several gemeenten has of this period, from few clients to many; none of one by itself.

    Decided before what they have together, as if each had asked first: so who asks for all takes nothing from a member's own
    counts, and cannot take one member from the others.
    """
    if len(bereik.gemeenten) == 1:
        return []
    leden = [Bereik((gemeente,), bereik.van, bereik.tot) for gemeente in bereik.gemeenten]
    uitgaven: list[_Uitgave] = [(lid, _count(read_clienten(verbinding, lid, moment))) for lid in leden]
    return sorted(uitgaven, key=lambda item: (item[1][cell_name(ALLE_CLIENTEN)], item[0].gemeenten))


def _count(cellen: Mapping[Cel, tuple[int, int]]) -> dict[str, int]:
    """Clients by name of the cell; that a period had nobody is told too, and has to be remembered."""
    return {cell_name(ALLE_CLIENTEN): 0} | {cell_name(cel): aantal for cel, (_, aantal) in cellen.items()}


_Uitgave = tuple[Bereik, dict[str, int]]
"""An export, and its counts by name of the cell."""


def _decide_and_keep(lezer: Lezer, uitgaven: Sequence[_Uitgave], stand: Dagstand) -> dict[str, Teken]:
    """Of the last of these exports, which is of that day; those before it are decided first, unless they were shown with these
    counts already.

    Under locks of all gemeenten that were ever shown together with these: each export has to know what those before it told.
    """
    opslag, samen = lezer.werkplaats.opslag, {gemeente for bereik, _ in uitgaven for gemeente in bereik.gemeenten}
    while True:
        with opslag.transaction() as verbinding:
            lock_publicaties(verbinding, samen)
            verbonden = list_linked(verbinding, samen)
            if verbonden == samen:
                publicaties, nu = _published(verbinding, samen, CLIENTEN), lezer.werkplaats.instellingen.nu()
                for uitgave in uitgaven[:-1]:
                    if not _was_shown(uitgave, publicaties):
                        _keep(verbinding, uitgave, publicaties, nu)
                tekens = _keep(verbinding, uitgaven[-1], publicaties, nu)
                return _hide_steps(verbinding, uitgaven[-1], tekens, stand, nu)
        # Locks are taken in order, so more of them are taken anew.
        samen = verbonden


def _hide_steps(
    verbinding: Connection, uitgave: _Uitgave, tekens: dict[str, Teken], stand: Dagstand, nu: datetime
) -> dict[str, Teken]:
    """Beside other moments of the same export; what is hidden here alone counts elsewhere as known to the reader."""
    bereik, aantallen = uitgave
    eerder: defaultdict[str, Getoondemomenten] = defaultdict(Getoondemomenten)
    for item in list_momenttellingen(verbinding, bereik.gemeenten, bereik.van, bereik.tot):
        if item.dag:
            eerder[item.cel].op_dag.add((item.dag, item.aantal))
        else:
            eerder[item.cel].nu.add(item.aantal)
    getoond = hide_steps(aantallen, tekens, stand, eerder)
    tellingen = []
    for naam, teken in getoond.items():
        aantal = aantallen[naam]
        if teken is Teken.GETAL and aantal > KLEIN_TOT:
            van_nu = stand.nu is None or stand.nu.get(naam, 0) == aantal
            tellingen += [Momenttelling(naam, dag, aantal) for dag in {stand.dag, *([""] if van_nu else [])}]
    save_momenttellingen(verbinding, bereik.gemeenten, bereik.van, bereik.tot, tellingen, nu)
    return getoond


def _was_shown(uitgave: _Uitgave, publicaties: Mapping[Bereik, Publicatie]) -> bool:
    """Whether every count still fits what was shown of it."""
    bereik, aantallen = uitgave
    eerder = publicaties.get(bereik, {})
    grenzen = {naam: _known(item) for naam, item in eerder.items()}
    return grenzen.keys() == aantallen.keys() and all(
        grenzen[naam][0] <= aantal <= grenzen[naam][1] for naam, aantal in aantallen.items()
    )


def _keep(verbinding: Connection, uitgave: _Uitgave, publicaties: dict[Bereik, Publicatie], nu: datetime) -> dict[str, Teken]:
    """Decide one export and remember it, in `publicaties` too."""
    bereik, aantallen = uitgave
    tekens = decide(bereik, aantallen, publicaties)
    getoond = [(naam, teken, aantallen[naam] if teken is Teken.GETAL else None) for naam, teken in tekens.items()]
    save_publicaties(verbinding, bereik.gemeenten, bereik.van, bereik.tot, getoond, nu)
    namen = ",".join(bereik.gemeenten)
    publicaties.setdefault(bereik, {}).update({item[0]: Getoond(namen, bereik.van, bereik.tot, *item) for item in getoond})
    return tekens


def _published(verbinding: Connection, gemeenten: Iterable[str], soort: str) -> dict[Bereik, Publicatie]:
    """What was shown of these gemeenten, by export."""
    publicaties: dict[Bereik, Publicatie] = {}
    for item in load_publicaties(verbinding, gemeenten, soort):
        eerder = Bereik(tuple(item.gemeenten.split(",")), item.van, item.tot)
        publicaties.setdefault(eerder, {})[item.cel] = item
    return publicaties


def decide(bereik: Bereik, aantallen: Mapping[str, int], publicaties: Mapping[Bereik, Publicatie]) -> dict[str, Teken]:
    """How each cell of this export may be shown, by name."""
    andere = connected(bereik, publicaties)
    namen = set(aantallen).union(*(publicaties[item] for item in andere))
    verbanden = list(_inside(bereik, aantallen))
    vast: dict[str, Grens] = {}
    # Exports by which of the cells they tell anything of: one of the total only tells nothing of the others.
    per_bereiken: defaultdict[tuple[Bereik, ...], list[str]] = defaultdict(list)
    getoond = {bereik: set(aantallen), **{item: set(publicaties[item]) for item in andere}}
    for naam in sorted(namen):
        weten = tuple(item for item, cellen in getoond.items() if naam in cellen or not _is_total_only(cellen))
        per_bereiken[weten].append(naam)
    for item in andere:
        verbanden += _inside(item, publicaties[item])
    for bereiken, cellen in per_bereiken.items():
        for item in set(bereiken) - {bereik}:
            vast |= {name_of(item, naam): _known(publicaties[item].get(naam)) for naam in cellen}
        if any(len(item.gemeenten) > 1 for item in bereiken) and len({item.gemeenten for item in bereiken}) > 1:
            samen = list(tie_relations(bereiken, cellen))
            onbekend = {cel for item in samen for cel in (item.cel, *item.delen)}
            vast = dict.fromkeys(onbekend, (0, ONBEGRENSD)) | vast
            verbanden += samen
        else:
            verbanden += cover_relations(bereiken, cellen)
    eigen = publicaties.get(bereik, {})
    verborgen = {name_of(bereik, naam) for naam, item in eigen.items() if item.teken != Teken.GETAL}
    bekend = {name_of(bereik, naam) for naam, item in eigen.items() if item.aantal == aantallen.get(naam)}
    tekens = protect({name_of(bereik, naam): aantallen.get(naam, 0) for naam in namen}, verbanden, verborgen, vast, bekend)
    return {naam: tekens[name_of(bereik, naam)] for naam in aantallen}


def _is_total_only(cellen: Collection[str]) -> bool:
    """Whether an export tells of all clients together and of no part; who has clients at all has them in a segment too."""
    return set(cellen) == {cell_name(ALLE_CLIENTEN)}


def _inside(bereik: Bereik, namen: Iterable[str]) -> list[Verband]:
    """What the cells of one export say of each other."""
    eigen = relations(named_cell(naam) for naam in namen)
    return [Verband(name_of(bereik, item.cel), tuple(name_of(bereik, deel) for deel in item.delen)) for item in eigen]


def _known(item: Getoond | None) -> Grens:
    """What an earlier export told of a count; a row that it did not have counts nobody."""
    return (0, 0) if item is None else limits(Teken(item.teken), item.aantal)


def publish_rijen(
    lezer: Lezer, bereik: Bereik, soort: str, totaal: Telling, splitsingen: Mapping[str, Mapping[str, Telling]]
) -> Rijbesluit:
    """What of counts that add up may be shown; `soort` names what is counted. Of one calendar year only.

    Raises NietTeBeschermen when other sets of gemeenten had this year's counts before: of those the difference would tell.
    """
    require_jaar(bereik)
    with lezer.werkplaats.opslag.transaction() as verbinding:
        lock_publicaties(verbinding, bereik.gemeenten)
        publicaties = _published(verbinding, bereik.gemeenten, soort)
        if any(item != bereik and not item.delen.isdisjoint(bereik.delen) for item in publicaties):
            raise NietTeBeschermen
        eigen = {_split_and_key(naam): item.aantal for naam, item in publicaties.get(bereik, {}).items()}
        verborgen = {wat for wat, aantal in eigen.items() if aantal is None}
        besluit = protect_rows(totaal, splitsingen, verborgen, {wat: aantal for wat, aantal in eigen.items() if aantal is not None})
        getoond = (
            (SCHEIDING.join((soort, *wat)), Teken.VERBORGEN if aantal is None else Teken.GETAL, aantal)
            for wat, aantal in list_shown(besluit, totaal, splitsingen)
        )
        save_publicaties(verbinding, bereik.gemeenten, bereik.van, bereik.tot, getoond, lezer.werkplaats.instellingen.nu())
    return besluit


def require_jaar(bereik: Bereik) -> None:
    """Counts that add up are given by calendar year: those of periods that overlap could be taken from each other."""
    if not bereik.is_jaar:
        raise AlleenPerJaar("Deze cijfers zijn er per kalenderjaar. Vraag ze voor een heel jaar, bijvoorbeeld 2024.")


def _split_and_key(naam: str) -> tuple[str, str]:
    _, splitsing, sleutel = naam.split(SCHEIDING, 2)
    return splitsing, sleutel
