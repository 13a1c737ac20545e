"""What is known when the message of a case is judged: the kaders of `dossier`, of which a case names only what differs.

Fields are found by name and read by type, so that a new field of a kader can be used in a case file as it is. A field that a case
does not name has the value that the function of its kader gives it here, else its own default.
"""

import types
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime, time
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from berichten.dossier.beleid import Beleidsregel
from berichten.dossier.contract import Catalogusproduct, Contractrij, Tarief
from berichten.dossier.dossier import (
    DeclaratieKader,
    EerderePrestatie,
    HeaderKader,
    Jw303Kader,
    LeveringKader,
    StaandePrestatie,
    Toewijzing,
    ToewijzingKader,
)
from berichten.dossier.eigen_feiten import Afspraak, Kader, Ruimte, Verantwoord
from berichten.dossier.leveringen import Levering
from berichten.dossier.verzoek import Verzoek
from berichten.dossier.verzoeken.verzoekfeiten import VerzoekFeiten
from berichten.dossier.verzoeken.verzoekkader import AntwoordKader, Toewijzingsverloop, VerzoekKader
from berichten.standaard.lezen.retour import Inzending
from berichten.standaard.waarden.berichten import Declaratiebericht, Startbericht, Stopbericht, Toewijzingsbericht
from berichten.standaard.waarden.jw303 import Jw303bericht
from berichten.standaard.waarden.verzoeken import Toewijzingsverzoek, Verzoekantwoord, Wijzigingsverzoek
from tests.hulp.bouwstenen import AGB, BSN

Bekend = Mapping[str, Any]

VANDAAG = "2026-06-30"
SJABLONEN: dict[type, dict[str, Any]] = {
    Toewijzing: {
        "toewijzingnummer": "70001", "agb": AGB, "bsn": BSN, "categorie": "45", "productcode": "45A48",
        "ingangsdatum": "2026-01-01", "einddatum": "2026-12-31", "volume": "20", "eenheid": "04", "frequentie": "4",
        "toewijzingsdatum": "2025-12-15", "toewijzingstijd": "10:15:00", "versie": "1",
    },
    EerderePrestatie: {
        "referentienummer": "EERDER1", "toewijzingnummer": "70001", "bsn": BSN, "categorie": "45", "code": "45A48",
        "begindatum": "2026-04-01", "einddatum": "2026-04-30", "volume": "10", "eenheid": "04", "tarief": "7805",
        "bedrag": "78050", "credit": "nee", "uitkomst": "toegekend", "antwoord_verzonden": "ja",
    },
    StaandePrestatie: {
        "toewijzingnummer": "70001", "prestatie_id": "1", "referentienummer": "STAAT1", "begindatum": "2026-06-01",
        "einddatum": "2026-06-30", "eenheid": "04", "volume": "10", "bedrag": "78050",
    },
    Catalogusproduct: {"productcode": "45A48", "productcategorie": "45", "eenheid": "04", "ingangsdatum": "2020-01-01"},
    Contractrij: {"productcode": "45A48", "ingangsdatum": "2020-01-01"},
    Tarief: {
        "agb": "", "productcode": "45A48", "opleidingsniveau": "HBO", "eenheid": "04", "tarief": "7805",
        "ingangsdatum": "2020-01-01",
    },
    Afspraak: {
        "toewijzingnummer": "70001", "benodigd_niveau": "HBO", "lager_niveau_goedgekeurd": "nee", "ingangsdatum": "2026-01-01",
    },
    Verantwoord: {"minuten": "600", "soort": "direct", "niveau": "HBO", "registratie": "SKJ"},
    Ruimte: {"segment": "", "periode_van": "2026-01-01", "periode_tot": "2026-12-31", "bedrag": "100000", "soort": "indicatief"},
    Kader: {"kader": "Individuele begeleiding", "segment": "4", "zorgvorm": "", "ingangsdatum": "2020-01-01"},
    Beleidsregel: {"agb": "", "retourcode": "", "ingangsdatum": "2020-01-01"},
    Verzoek: {
        "verzoek_id": "00000000-0000-4000-8000-000000000001", "soort": "JW315", "referentie": "VERZOEK1", "agb": AGB, "bsn": BSN,
        "status": "ontvangen", "dagtekening": "2026-04-20", "ontvangen_op": "2026-04-20T09:30:00+02:00",
        "ingangsdatums": ["2026-06-01"],
    },
    Levering: {"toewijzingnummer": "70001", "categorie": "45", "productcode": "45A48", "begindatum": "2026-04-01"},
}  # fmt: skip
"""What a value of such a class starts from; it fits the sound messages."""
OUDE_TOEWIJZING = {
    "toewijzingnummer": "60001", "ingangsdatum": "2020-01-01", "einddatum": "2020-12-31", "toewijzingsdatum": "2019-12-15",
}  # fmt: skip
OUDE_PRESTATIE = {"toewijzingnummer": "60001", "begindatum": "2020-04-01", "einddatum": "2020-04-30"}
"""What is different in those for a JW303."""


def header_kader(bericht: Inzending, bekend: Bekend) -> HeaderKader:
    """Today is 30 June 2026, and nothing came before."""
    return make(HeaderKader, {"vandaag": VANDAAG, "peildatums": bericht.peildatums, **bekend})


def declaratie_kader(bericht: Declaratiebericht, bekend: Bekend) -> DeclaratieKader:
    """One allocation that fits the line; every client of an allocation is known, every earlier reference is used."""
    waarden = {
        "agb": bericht.header.afzender,
        "declaratie": bericht.declaratie,
        "declaratienummer_gebruikt": "nee",
        "release": bericht.soort.release,
        "toewijzingen": [{}],
        "eerdere_prestaties": [],
        **bekend,
    }
    toewijzingen = read(dict[int, Toewijzing], waarden["toewijzingen"])
    eerdere = read(dict[str, EerderePrestatie], waarden["eerdere_prestaties"])
    afgeleid = {"bekende_bsns": {item.bsn for item in toewijzingen.values()}, "referenties": set(eerdere)}
    return make(DeclaratieKader, {**afgeleid, **waarden})


def jw303_kader(bericht: Jw303bericht, bekend: Bekend) -> Jw303Kader:
    """As `declaratie_kader`, in 2020."""
    waarden: dict[str, Any] = {
        "toewijzingen": [{}],
        "eerdere_prestaties": [],
        **bekend,
        "agb": bericht.header.afzender,
        "declaratie": bericht.declaratie,
        "declaratienummer_gebruikt": "nee",
    }
    for naam, oud in (("toewijzingen", OUDE_TOEWIJZING), ("eerdere_prestaties", OUDE_PRESTATIE)):
        waarden[naam] = [{**oud, **item} for item in waarden[naam]]
    toewijzingen = read(dict[int, Toewijzing], waarden["toewijzingen"])
    eerdere = read(dict[str, EerderePrestatie], waarden["eerdere_prestaties"])
    afgeleid = {"bekende_bsns": {item.bsn for item in toewijzingen.values()}, "referenties": set(eerdere)}
    return make(Jw303Kader, {**afgeleid, **waarden})


def toewijzing_kader(bericht: Toewijzingsbericht, bekend: Bekend) -> ToewijzingKader:
    """No allocation of the message was known before."""
    waarden = {"agb": bericht.header.ontvanger, "bsn": bericht.client.bsn, "toewijzingen": [], **bekend}
    verzoeken: list[Verzoek] = read(list[Verzoek], waarden.get("verzoeken", []))
    return make(ToewijzingKader, {**waarden, "verzoeken": {item.referentie: item for item in verzoeken}})


def levering_kader(bericht: Startbericht | Stopbericht, bekend: Bekend) -> LeveringKader:
    """One allocation that fits the message; to be stopped, delivery has started."""
    gestart: list[Bekend] = [{}] if bericht.melding == "stop" else []
    return make(LeveringKader, {"bsn": bericht.client.bsn, "toewijzingen": [{}], "leveringen": gestart, **bekend})


def aanvraag_kader(bericht: Toewijzingsverzoek, bekend: Bekend) -> VerzoekKader:
    """For a JW315: no request before, and no allocation."""
    return _verzoek_kader(bericht, bericht.client.bsn, {"toewijzingen": [], **bekend})


def wijziging_kader(bericht: Wijzigingsverzoek, bekend: Bekend) -> VerzoekKader:
    """For a JW317: no request before, and every allocation that the message names, each of a product of its own."""
    waarden = {"toewijzingen": list(_named(bericht)), **bekend}
    return _verzoek_kader(bericht, bericht.client.bsn, waarden)


def _named(bericht: Wijzigingsverzoek) -> Iterator[dict[str, Any]]:
    """Allocations of which may be asked what the message asks: with a code where a volume is wanted, else with that budget."""
    toewijzingsdatum = min(date(2025, 12, 15), bericht.header.dagtekening)
    gevraagd = {item.toewijzingnummer: item for item in bericht.te_wijzigen}
    for plek, nummer in enumerate(sorted(bericht.genoemde_toewijzingen[0]), 1):
        vast = {"toewijzingnummer": nummer, "categorie": "45", "toewijzingsdatum": toewijzingsdatum}
        wens = gevraagd.get(nummer)
        if wens is None:
            yield {**vast, "productcode": f"45B{plek:02d}"}
            continue
        vast["ingangsdatum"] = wens.ingangsdatum if wens.ingangsdatum <= bericht.header.dagtekening else "2026-01-01"
        if wens.omvang is not None:
            yield {**vast, "productcode": f"45B{plek:02d}", "budget": wens.budget}
        else:
            leeg = dict.fromkeys(("productcode", "volume", "eenheid", "frequentie"))
            yield {**vast, **leeg, "categorie": f"7{plek}", "budget": wens.budget}


def _verzoek_kader(bericht: Toewijzingsverzoek | Wijzigingsverzoek, bsn: str, bekend: Bekend) -> VerzoekKader:
    dagtekening = bericht.header.dagtekening
    verlopen = [_verloop(item, dagtekening) for item in bekend["toewijzingen"]]
    waarden = {
        "agb": bericht.header.afzender, "bsn": bsn, "vandaag": VANDAAG, "dagtekening": dagtekening, "gebruikte_referenties": [],
        "open": [], **bekend, "toewijzingen": {item.nu.toewijzingnummer: item for item in verlopen},
    }  # fmt: skip
    return make(VerzoekKader, waarden)


def _verloop(waarde: dict[str, Any], dagtekening: date) -> Toewijzingsverloop:
    """An allocation as it is now; under `toen` what was different in it on the Dagtekening, if it is not the same."""
    nu = {naam: item for naam, item in waarde.items() if naam not in ("toen", "eerste_toewijzingsdatum")}
    toen = {**nu, **waarde["toen"]} if waarde.get("toen") else nu
    versie: Toewijzing = read(Toewijzing, toen)
    bekend = versie if versie.toewijzingsdatum <= dagtekening else None
    eerste = read(date, waarde.get("eerste_toewijzingsdatum", versie.toewijzingsdatum))
    return Toewijzingsverloop(read(Toewijzing, nu), bekend, eerste)


def verzoek_feiten(bericht: Toewijzingsverzoek | Wijzigingsverzoek, bekend: Bekend) -> VerzoekFeiten:
    """What findings on a request look at: it came in on its Dagtekening, from a client of twelve."""
    kader = KADERS[bericht.soort.naam](bericht, bekend)
    waarden = {"kader": kader, "ontvangen": bericht.header.dagtekening, "geboortedatum": "2014-05-06", **bekend}
    return make(VerzoekFeiten, waarden)


def antwoord_kader(bericht: Verzoekantwoord, bekend: Bekend) -> AntwoordKader:
    """For a JW319: the request that it answers is open, and nothing was said to it."""
    header = bericht.header
    waarden = {"gemeente": header.afzender, "agb": header.ontvanger, "vandaag": VANDAAG, "verzoek": {}, **bekend}
    return make(AntwoordKader, waarden)


KADERS: dict[str, Callable[[Any, Bekend], Any]] = {
    "JW301": toewijzing_kader,
    "JW303": jw303_kader,
    "JW305": levering_kader,
    "JW307": levering_kader,
    "JW315": aanvraag_kader,
    "JW317": wijziging_kader,
    "JW319": antwoord_kader,
    "JW323": declaratie_kader,
}
"""What a message of each kind is held against."""


def make(klasse: type, waarden: Bekend) -> Any:
    """A value of a dataclass: each field that is named, by its type; names that the class does not have are for another kader.

    Raises ValueError when a field without default is not named.
    """
    typen = get_type_hints(klasse)
    argumenten: dict[str, Any] = {}
    for veld in fields(klasse):
        if not veld.init:
            continue
        if veld.name in waarden:
            argumenten[veld.name] = read(typen[veld.name], waarden[veld.name])
        elif veld.default is MISSING and veld.default_factory is MISSING:
            if type(None) not in get_args(typen[veld.name]):
                raise ValueError(f"{klasse.__name__}.{veld.name} heeft geen waarde en geen standaardwaarde")
            argumenten[veld.name] = None
    return klasse(**argumenten)


def read(soort: Any, waarde: Any) -> Any:
    """A value from YAML as a value of this type; what is of that type already stays as it is."""
    oorsprong, delen = get_origin(soort), get_args(soort)
    if oorsprong in (Union, types.UnionType):
        return None if waarde is None else read(next(deel for deel in delen if deel is not type(None)), waarde)
    if oorsprong not in (None, Literal):
        return _read_many(oorsprong, delen, waarde)
    if is_dataclass(soort) and isinstance(waarde, dict):
        return _read_dataclass(soort, waarde)
    if not isinstance(waarde, str):
        return waarde
    return _SCALAIR[soort](waarde) if soort in _SCALAIR else waarde


def _read_dataclass(klasse: Any, waarde: dict[str, Any]) -> Any:
    onbekend = set(waarde) - {veld.name for veld in fields(klasse)}
    if onbekend:
        raise ValueError(f"{klasse.__name__} heeft geen {', '.join(sorted(onbekend))}")
    return make(klasse, {**SJABLONEN.get(klasse, {}), **waarde})


def _read_many(oorsprong: Any, delen: tuple[Any, ...], waarde: Any) -> Any:
    if oorsprong is Counter:
        return Counter({read(delen[0], sleutel): int(aantal) for sleutel, aantal in _pairs(waarde)})
    if issubclass(oorsprong, Mapping):
        if isinstance(waarde, list):
            rijen = [read(delen[1], item) for item in waarde]
            return {getattr(rij, fields(rij)[0].name): rij for rij in rijen}
        return {read(delen[0], sleutel): read(delen[1], item) for sleutel, item in waarde.items()}
    if oorsprong is tuple and delen[-1] is not Ellipsis:
        waarde = waarde.split(" ", len(delen) - 1) if isinstance(waarde, str) else waarde
        return tuple(read(deel, item) for deel, item in zip(delen, waarde, strict=True))
    return oorsprong(read(delen[0], item) for item in waarde)


def _pairs(waarde: Any) -> list[tuple[Any, Any]]:
    """A count as a mapping, or as a list of things that each count once."""
    return list(waarde.items()) if isinstance(waarde, Mapping) else [(item, 1) for item in waarde]


_SCALAIR: dict[Any, Any] = {
    int: int,
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
    time: time.fromisoformat,
    UUID: UUID,
    bool: {"ja": True, "nee": False}.__getitem__,
}
