"""The reference files that go with a town's messages, in the columns of the public contract."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from berichten.kern import kalender
from berichten.voorbeelden.berichten.oude_zorg import find_wijze
from berichten.voorbeelden.fouten.prestaties import DA01, DA02, find_lager_niveau
from berichten.voorbeelden.model.catalogus import EIGEN_TARIEF_CODE, PRODUCTEN, Stadsproduct, has_eigen_tarief, index_tarief
from berichten.voorbeelden.model.leveringen import Administratie
from berichten.voorbeelden.model.model import GEMEENTE, Aanbieder, Lijn, Traject
from berichten.voorbeelden.model.volumes import MINUTEN_PER_UUR

Rij = tuple[object, ...]

KOLOMMEN = {
    "aanbieders": "gemeente;agb;naam",
    "pdc": "gemeente;productcode;omschrijving;productcategorie;eenheid;uitvoeringsvariant;zorgvorm;segment;opleidingsniveau;"
    "vereiste_registratie;taakveld;ingangsdatum;einddatum",
    "contracten": "gemeente;agb;productcode;ingangsdatum;einddatum",
    "tarieven": "gemeente;agb;productcode;opleidingsniveau;eenheid;tarief;ingangsdatum;einddatum",
    "gezinsplanafspraken": "gemeente;toewijzingnummer;benodigd_niveau;lager_niveau_goedgekeurd;ingangsdatum;einddatum",
    "verantwoording": "gemeente;agb;referentienummer;toewijzingnummer;maand;datum;minuten;soort;niveau;registratie",
    "kaders": "gemeente;kader;segment;zorgvorm;max_maanden;max_minuten;ingangsdatum;einddatum",
    "bestedingsruimte": "gemeente;agb;segment;periode_van;periode_tot;bedrag;soort",
    "regelbeleid": "gemeente;agb;regel;gevolg;retourcode;ingangsdatum;einddatum",
    "declaratiewijzen": "gemeente;agb;wijze;ingangsdatum;einddatum",
    "verzoekbeleid": "gemeente;soort;verwijzertype;agb;categorie;productcode;met_agb_code;gevolg;ingangsdatum;einddatum",
    "contractdossier": "gemeente;agb;soort;kenmerk;naam;van;tot;toestemming_op;omzet;resultaat;waarde;bron",
    "beschikkingen": "gemeente;toewijzingnummer;beschikkingnummer;besluitdatum;verzonden_op;van;tot;soort;resultaat_vastgelegd",
    "evaluaties": "gemeente;toewijzingnummer;gepland_op;gehouden_op;uitkomst",
    "casusregie": "gemeente;toewijzingnummer;team;rol;van;tot",
    "teamleden": "gemeente;team;persoon;van;tot",
}
"""Header row of each reference file, in the order in which the files can be loaded."""

BEGIN_CONTRACT = date(2021, 1, 1)
_KADERS: tuple[Rij, ...] = (
    ("1A Behandeling met verblijf", "1A", "Behandeling met verblijf", 9, ""),
    ("S3 Dagbehandeling en besteding", "3", "Dagbehandeling & Besteding", 24, ""),
    ("S4 Individuele begeleiding", "4", "Begeleiding individueel", 6, 3120),
)
_NO_SHOW_MINUTEN = 50
TEAMS = ("Noord", "Zuid")
TEAMLEDEN = (("Noord", "Noor van het lokale team"),)
"""Team and name of who works there."""
_HUISARTS = "02"
_BESTEDINGSRUIMTE = 500_000_000
"""Eurocents a year; far above what a town of this size bills."""


def make_referentie(
    aanbieders: Sequence[Aanbieder],
    administratie: Administratie,
    eerste_jaar: int | None = None,
    bestedingsruimte: int = _BESTEDINGSRUIMTE,
) -> dict[str, str]:
    """Make the text of every reference file by its name; prices from `eerste_jaar` on, when care of before the town is billed.

    `bestedingsruimte`: cents a year for each aanbieder.
    """
    jaren = range(eerste_jaar or administratie.maanden[0].year, administratie.maanden[-1].year + 1)
    begin = min(BEGIN_CONTRACT, date(jaren[0], 1, 1))
    rijen: dict[str, Iterable[Rij]] = {
        "aanbieders": ((aanbieder.agb, aanbieder.naam) for aanbieder in aanbieders),
        "pdc": (pdc_rij(product, begin) for product in PRODUCTEN),
        "contracten": ((a.agb, product.code, begin, "") for a in aanbieders for product in PRODUCTEN),
        "tarieven": _list_tarieven(aanbieders, jaren, begin),
        "gezinsplanafspraken": _list_afspraken(administratie),
        "verantwoording": _list_verantwoording(administratie),
        "kaders": ((*kader, begin, "") for kader in _KADERS),
        "bestedingsruimte": (
            (a.agb, "", date(jaar, 1, 1), date(jaar, 12, 31), bestedingsruimte, "indicatief") for a in aanbieders for jaar in jaren
        ),
        "regelbeleid": (("", regel, "signaal", "", begin, "") for regel in ("DA07", "DA08", "DA09")),
        "declaratiewijzen": ((a.agb, find_wijze(a.agb).naam, begin, "") for a in aanbieders),
        "verzoekbeleid": (("JW315", _HUISARTS, "", "", "", "ja", "honoreren", begin, ""),),
        "contractdossier": (
            (a.agb, "keurmerk", "HKZ", "HKZ Jeugdhulp", begin, "", "", "", "", "", "opgave aanbieder") for a in aanbieders
        ),
        "beschikkingen": _list_beschikkingen(administratie),
        "evaluaties": _list_evaluaties(administratie),
        "casusregie": _list_regie(administratie),
        "teamleden": ((team, naam, begin, "") for team, naam in TEAMLEDEN),
    }
    return {naam: write_csv(KOLOMMEN[naam], rijen[naam]) for naam in KOLOMMEN}


def write_csv(kop: str, rijen: Iterable[Rij]) -> str:
    """Return the text of a reference file; each row comes without its gemeente."""
    return "\n".join((kop, *(";".join(map(str, (GEMEENTE, *rij))) for rij in rijen), ""))


def pdc_rij(product: Stadsproduct, begin: date) -> Rij:
    """Return the catalogue's row of a product that has no end."""
    # A code with one level fixes the level; with more of them the level shows only in the tariff.
    niveau = product.tarieven[0][0] if len(product.tarieven) == 1 else ""
    return (
        product.code,
        product.omschrijving,
        product.categorie,
        product.eenheid,
        product.uitvoeringsvariant,
        product.zorgvorm,
        product.segment,
        niveau,
        product.registratie,
        product.taakveld,
        begin,
        "",
    )


def _list_tarieven(aanbieders: Sequence[Aanbieder], jaren: range, begin: date) -> Iterator[Rij]:
    eigen = [aanbieder.agb for aanbieder in aanbieders if has_eigen_tarief(aanbieder)]
    for jaar in jaren:
        van = begin if jaar == jaren[0] else date(jaar, 1, 1)
        tot = "" if jaar == jaren[-1] else date(jaar, 12, 31)
        for product in PRODUCTEN:
            for niveau, basis in product.tarieven:
                yield "", product.code, niveau, product.eenheid, index_tarief(basis, jaar), van, tot
                if product.code == EIGEN_TARIEF_CODE:
                    yield from (
                        (agb, product.code, niveau, product.eenheid, index_tarief(basis, jaar, True), van, tot) for agb in eigen
                    )
            if product.tweede_tarief:
                eenheid, basis = product.tweede_tarief
                yield "", product.code, "", eenheid, index_tarief(basis, jaar), van, tot


def _list_afspraken(administratie: Administratie) -> Iterator[Rij]:
    """Every allocation needs the level at which it is billed, save the planted DA02: a lower one from the last month on."""
    lager = {
        lijn.traject.nummer: find_lager_niveau(lijn)
        for lijnen in administratie.lijnen.values()
        for lijn in lijnen
        if lijn.fout is DA02
    }
    laatste = administratie.maanden[-1]
    for traject in administratie.trajecten:
        toewijzing = traject.eerste
        if toewijzing.niveau and traject.nummer not in lager:
            yield traject.nummer, toewijzing.niveau, "nee", toewijzing.ingangsdatum, ""
        elif toewijzing.niveau:
            if toewijzing.ingangsdatum < laatste:
                tot = laatste - timedelta(days=1)
                yield traject.nummer, toewijzing.niveau, "nee", toewijzing.ingangsdatum, tot
            yield traject.nummer, lager[traject.nummer], "nee", laatste, ""


def _list_beschikkingen(administratie: Administratie) -> Iterator[Rij]:
    """A decision for each allocation, from its first day on."""
    for traject in administratie.trajecten:
        dag = traject.eerste.ingangsdatum
        yield traject.nummer, f"B{traject.nummer}", dag, dag, dag, "", "beschikking", "ja"


def _list_evaluaties(administratie: Administratie) -> Iterator[Rij]:
    """Half a year after care began it is looked at whether it helps."""
    for traject in administratie.trajecten:
        yield traject.nummer, kalender.add_maanden(traject.eerste.ingangsdatum, 6), "", ""


def _list_regie(administratie: Administratie) -> Iterator[Rij]:
    """Of two allocations in three a local team has the regie, Noord and Zuid in turn; of the third nobody."""
    for traject in administratie.trajecten:
        if traject.nummer % 3:
            yield traject.nummer, TEAMS[traject.nummer % 3 - 1], "lokaal_team", traject.eerste.ingangsdatum, ""


def _list_verantwoording(administratie: Administratie) -> Iterator[Rij]:
    """Delivery records of every sound line in hours or minutes that stands (not credited), and of the planted DA01."""
    alle = [lijn for lijnen in administratie.lijnen.values() for lijn in lijnen]
    vervallen = {lijn.vorig for lijn in alle if lijn.credit}
    for lijn in alle:
        goed = lijn.fout in (None, DA01, DA02) and not lijn.credit and lijn.referentie not in vervallen
        if goed and lijn.eenheid in ("01", "04"):
            yield from _account(lijn)


def _account(lijn: Lijn) -> Iterator[Rij]:
    """Divide the line's minutes over at most four days on which help was given; of a DA01 the last part is a no-show."""
    minuten = lijn.volume * (MINUTEN_PER_UUR if lijn.eenheid == "04" else 1)
    gemist = _NO_SHOW_MINUTEN if lijn.fout is DA01 else 0
    dagen = list_leverdagen(lijn.traject, lijn.begin, lijn.eind)
    keren = dagen[:: max(1, len(dagen) // 4)][:4]
    deel, rest = divmod(minuten - gemist, len(keren))
    for nummer, dag in enumerate(keren):
        soort = "indirect" if nummer == 3 else "direct"
        yield _record(lijn, dag, deel + (rest if nummer == 0 else 0), soort)
    if gemist:
        yield _record(lijn, keren[-1], gemist, "no_show")


def _record(lijn: Lijn, dag: date, minuten: int, soort: str) -> Rij:
    agb = lijn.traject.eerste.agb
    registratie = {"45A52": "SKJ", "46A01": "SKJ", "53001": "BIG", "54001": "BIG", "54002": "BIG", "45A04": "SKJ"}
    return agb, lijn.referentie, "", "", dag, minuten, soort, lijn.traject.eerste.niveau, registratie.get(lijn.code, "geen")


def list_leverdagen(traject: Traject, begin: date, eind: date) -> list[date]:
    """List the days of the period on which the allocation's delivery ran: after a start, and not after its stop."""
    lopend = [
        (start, min((stop.einddatum for stop in traject.stops if stop.begindatum == start), default=date.max))
        for start in traject.starts
    ]
    dagen = (begin + timedelta(days=nummer) for nummer in range(kalender.count_dagen(begin, eind)))
    return [dag for dag in dagen if any(van <= dag <= tot for van, tot in lopend)]
