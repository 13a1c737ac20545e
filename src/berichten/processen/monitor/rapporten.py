"""Every report of the monitor by name: the same for API and command line."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from berichten.opslag.financien.monitor import list_opgaven
from berichten.opslag.signalen.maatregelen import list_with_maatregel
from berichten.opslag.signalen.signaaltellingen import count_maatregelen, count_signalen
from berichten.processen.monitor.publiceer import AlleenPerJaar, Lezer, publish_clienten, publish_rijen, require_jaar
from berichten.processen.monitor.verplichtingen import report_jaareinde, report_verplichtingen
from berichten.rapporten.afscherming.optelling import Rijbesluit
from berichten.rapporten.afscherming.overlap import NietTeBeschermen
from berichten.rapporten.monitor.bereik import Bereik, year_of
from berichten.rapporten.monitor.indicatoren import (
    client_rows,
    course_rows,
    make_indicatoren,
    measure_row,
    share_rows,
    timing_rows,
    upload_rows,
)
from berichten.rapporten.monitor.jaarprognose import make_prognose, make_verdeelsleutel, read_kosten, read_standen
from berichten.rapporten.monitor.stromen import (
    Groep,
    Teller,
    read_aandelen,
    read_prestatietijden,
    read_starts,
    read_uitgestroomd,
    split_counts,
)
from berichten.rapporten.monitor.tabel import Tabel
from berichten.rapporten.monitor.tabel1 import make_tabel1
from berichten.rapporten.monitor.tabel3b_4a import Vorm, make_tabel3b, make_tabel4a
from berichten.rapporten.monitor.tabel5b import SPLITSING, count_courses, make_tabel5b, make_wat_als, total_courses
from berichten.rapporten.monitor.trajecten import Maxima, list_kadernamen, read_kaders
from berichten.rapporten.monitor.unieke_clienten import make_unieke_clienten, read_tellingen
from berichten.rapporten.signalen.signalentabel import make_signalen

__all__ = [
    "MET_REGIO",
    "NIET_TE_TONEN",
    "RAPPORTEN",
    "ROLLEN",
    "AlleenPerJaar",
    "Lezer",
    "Monitorrapport",
    "Monitorverzoek",
    "NietTeBeschermen",
    "OnbekendKader",
]

NIET_TE_TONEN = (
    "Deze cijfers kunnen niet worden getoond naast wat al eerder is getoond over andere perioden of gemeenten: uit het verschil"
    " zijn dan kleine aantallen cliënten af te leiden. Vraag een periode die al eens is getoond, of een heel kalenderjaar."
)
"""What to say when a report cannot be made without giving a small count away."""


ROLLEN = ("contractbeheer", "financien", "beheer", "controle")
"""Who may see figures of the monitor."""
MET_REGIO = (*ROLLEN, "regio")
"""Who may see what is in amounts only: to people of the region a gemeente's counts are those of the region's own report."""


class OnbekendKader(ValueError):
    """Other maxima were given for a frame that is not there; the message is Dutch and names those that are."""


@dataclass(frozen=True, slots=True)
class Monitorverzoek:
    """What is asked for."""

    bereik: Bereik
    vorm: Vorm = Vorm.VEILIG
    """Only table 3b looks at it."""
    maxima: Maxima = field(default_factory=dict)
    """Other maxima of frames, for a what-if; only table 5b looks at them."""
    splits: str | None = None
    """One split of the indicators: `totaal`, `specialisme`, `aanbieder` or `onderdeel`."""
    groepeer: str | None = None
    """What obligations are grouped by."""
    peildatum: date | None = None
    """The last day that counts, of what can be told of a past one; now, if it is not given. A day and no moment: see publiceer."""
    jaren_terug: int = 0
    """From which year before the period the division key takes its cost: 0 or 2."""


@dataclass(frozen=True, slots=True)
class Monitorrapport:
    """A report: what it is in one Dutch sentence, and how it is made.

    Making may raise NietTeBeschermen, AlleenPerJaar and OnbekendKader.
    """

    naam: str
    omschrijving: str
    make: Callable[[Lezer, Monitorverzoek], Tabel]
    rollen: tuple[str, ...] = ROLLEN
    """Of keys with which it can be asked for."""
    alle_gemeenten: bool = False
    """Whether it compares gemeenten: then only the operator can have it, because a key sees one gemeente."""


def _tabel1(lezer: Lezer, verzoek: Monitorverzoek) -> Tabel:
    return make_tabel1(publish_clienten(lezer, verzoek.bereik))


def _tabel3b(lezer: Lezer, verzoek: Monitorverzoek) -> Tabel:
    return make_tabel3b(publish_clienten(lezer, verzoek.bereik), verzoek.vorm)


def _tabel4a(lezer: Lezer, verzoek: Monitorverzoek) -> Tabel:
    return make_tabel4a(publish_clienten(lezer, verzoek.bereik))


def _tabel5b(lezer: Lezer, verzoek: Monitorverzoek) -> Tabel:
    """With other maxima too, what may be shown is decided by the loaded ones: else two what-ifs would tell what neither does."""
    require_jaar(verzoek.bereik)
    with lezer.werkplaats.opslag.transaction(lezer.toegang) as verbinding:
        bekend = list_kadernamen(verbinding, verzoek.bereik)
        onbekend = sorted(set(verzoek.maxima) - bekend)
        if onbekend:
            raise OnbekendKader(f"Het kader '{onbekend[0]}' bestaat niet. Kies uit: {', '.join(sorted(bekend)) or 'geen'}.")
        standen = read_kaders(verbinding, verzoek.bereik)
        anders = read_kaders(verbinding, verzoek.bereik, verzoek.maxima) if verzoek.maxima else []
    rijen = {item.kader: count_courses(item) for item in standen}
    besluit = publish_rijen(lezer, verzoek.bereik, "kaders", total_courses(standen), {SPLITSING: rijen})
    return make_wat_als(anders, besluit) if verzoek.maxima else make_tabel5b(standen, besluit)


def _indicatoren(lezer: Lezer, verzoek: Monitorverzoek) -> Tabel:
    bereik = verzoek.bereik
    require_jaar(bereik)
    instellingen = lezer.werkplaats.instellingen
    vandaag = instellingen.vandaag()
    with lezer.werkplaats.opslag.transaction(lezer.toegang) as verbinding:
        trajecten = read_uitgestroomd(verbinding, bereik, vandaag)
        starts = read_starts(verbinding, bereik, vandaag)
        regels = read_prestatietijden(verbinding, bereik, instellingen.declaratie_termijn_maanden, vandaag)
        residentieel, collectief = read_aandelen(verbinding, bereik)
        opgaven = list_opgaven(verbinding, bereik.gemeenten, bereik.van.year)
        met_maatregel = len(list_with_maatregel(verbinding, list(bereik.gemeenten), bereik.van, bereik.tot))
    rijen = [
        *client_rows(publish_clienten(lezer, bereik)),
        *course_rows(trajecten, _decide(lezer, bereik, "trajecten", trajecten)),
        *timing_rows(7, "start op tijd", starts, _decide(lezer, bereik, "starts", starts)),
        *timing_rows(9, "regel op tijd gedeclareerd", regels, _decide(lezer, bereik, "regels", regels)),
        *share_rows(13, "deel residentieel van de kosten", residentieel),
        *share_rows(14, "deel collectief van de kosten", collectief),
        measure_row(met_maatregel),
        *upload_rows(opgaven),
    ]
    return make_indicatoren(rijen, verzoek.splits)


def _decide(lezer: Lezer, bereik: Bereik, soort: str, groepen: Mapping[Groep, Teller]) -> Rijbesluit:
    return publish_rijen(lezer, bereik, soort, *split_counts(groepen))


def _unieke_clienten(lezer: Lezer, verzoek: Monitorverzoek) -> Tabel:
    require_jaar(verzoek.bereik)
    with lezer.werkplaats.opslag.transaction(lezer.toegang) as verbinding:
        tellingen = read_tellingen(verbinding, verzoek.bereik)
    return make_unieke_clienten(tellingen, publish_clienten(lezer, verzoek.bereik))


def _jaarprognose(lezer: Lezer, verzoek: Monitorverzoek) -> Tabel:
    vandaag = lezer.werkplaats.instellingen.vandaag()
    with lezer.werkplaats.opslag.transaction(lezer.toegang) as verbinding:
        return make_prognose(read_standen(verbinding, verzoek.bereik, vandaag), vandaag)


def _verplichtingen(lezer: Lezer, verzoek: Monitorverzoek) -> Tabel:
    return report_verplichtingen(lezer, verzoek.bereik, verzoek.groepeer, verzoek.peildatum)


def _verplichtingenprognose(lezer: Lezer, verzoek: Monitorverzoek) -> Tabel:
    return report_jaareinde(lezer, verzoek.bereik, verzoek.peildatum)


def _signalen(lezer: Lezer, verzoek: Monitorverzoek) -> Tabel:
    bereik = verzoek.bereik
    with lezer.werkplaats.opslag.transaction(lezer.toegang) as verbinding:
        signalen = count_signalen(verbinding, bereik.gemeenten, bereik.van, bereik.tot)
        return make_signalen(signalen, count_maatregelen(verbinding, bereik.gemeenten, bereik.van, bereik.tot))


def _verdeelsleutel(lezer: Lezer, verzoek: Monitorverzoek) -> Tabel:
    jaar = year_of(verzoek.bereik, -verzoek.jaren_terug)
    with lezer.werkplaats.opslag.transaction(lezer.toegang) as verbinding:
        return make_verdeelsleutel(read_kosten(verbinding, jaar), jaar.van.year)


RAPPORTEN = {
    item.naam: item
    for item in (
        Monitorrapport("tabel1", "Kosten en unieke cliënten per segment en zorgvorm.", _tabel1),
        Monitorrapport("tabel3b", "Kosten en unieke cliënten van 18 jaar en ouder, per leeftijd.", _tabel3b),
        Monitorrapport("tabel4a", "Kosten en unieke cliënten per verwijzer.", _tabel4a),
        Monitorrapport("tabel5b", "Trajecten binnen en buiten de kaders, per kader; ook met andere grenzen.", _tabel5b),
        Monitorrapport("indicatoren", "De veertien indicatoren van de monitor.", _indicatoren),
        Monitorrapport("unieke-clienten", "Elke manier om cliënten te tellen, met wat het verschil maakt.", _unieke_clienten),
        Monitorrapport("jaarprognose", "Wat het jaar gaat kosten, in het tempo van vorig jaar.", _jaarprognose, MET_REGIO),
        Monitorrapport(
            "verplichtingen", "Waar de gemeente nog aan vastzit: toegewezen, gedeclareerd en wat er nog komt.", _verplichtingen
        ),
        Monitorrapport(
            "verplichtingenprognose",
            "Waar het jaar eindigt, uit toewijzingen en naar factuurdatum.",
            _verplichtingenprognose,
            MET_REGIO,
        ),
        Monitorrapport("signalen", "Signalen en maatregelen, in aantallen aanbieders.", _signalen),
        Monitorrapport(
            "verdeelsleutel", "Aandeel van elke gemeente in de kosten van een jaar.", _verdeelsleutel, alle_gemeenten=True
        ),
    )
}
"""By name, in the order in which they are listed."""
