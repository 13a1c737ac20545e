"""What became of a message, with each of its lines or product classes, as `resultaat.json` shows it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from berichten.beoordeling.wachtend.niet_beoordeeld import Redenen, find_redenen
from berichten.opslag.berichten.berichten import Berichtrij
from berichten.opslag.berichten.bevindingen import Bevindingrij
from berichten.opslag.berichten.declaraties import Prestatierij
from berichten.opslag.berichten.uitkomsten import Sleutel, load_bevindingen, load_inhouden, load_prestaties
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.berichten.beschrijf_klassen import tell_clienten, tell_producten, tell_verzoeken
from berichten.processen.berichten.soorten import BEHANDELINGEN
from berichten.processen.ontvangst.ontvang_bericht import Geweigerd
from berichten.standaard.lezen.lezen import reread_bericht
from berichten.standaard.lezen.retour import Inzending
from berichten.standaard.schema.retourcodes import tell_codes


@dataclass(frozen=True, slots=True)
class _Gegevens:
    """What the database holds of the messages to describe, each by gemeente and volgnummer of the message."""

    bevindingen: dict[Sleutel, list[Bevindingrij]]
    prestaties: dict[Sleutel, list[Prestatierij]]


def describe_bericht(verbinding: Connection, werkplaats: Werkplaats, rij: Berichtrij) -> dict[str, Any]:
    """Everything that is known of a message; amounts in cents."""
    return describe_berichten(verbinding, werkplaats, [rij], {})[0]


def describe_berichten(
    verbinding: Connection, werkplaats: Werkplaats, rijen: Sequence[Berichtrij], bekend: dict[UUID, Inzending]
) -> list[dict[str, Any]]:
    """The same of several, in their order. `bekend` holds, by their ids, messages that need not be read again."""
    declaraties = [rij for rij in rijen if _klassen(rij) == "prestaties"]
    onbekend = [rij for rij in rijen if _klassen(rij) in _IN_HET_BERICHT and rij.bericht_id not in bekend]
    gelezen = bekend | _read_again(verbinding, werkplaats, onbekend)
    gegevens = _Gegevens(load_bevindingen(verbinding, rijen), load_prestaties(verbinding, declaraties) if declaraties else {})
    return [_with_texts(_describe(gegevens, rij, gelezen.get(rij.bericht_id))) for rij in rijen]


_IN_HET_BERICHT = ("producten", "verzoeken")


def _klassen(rij: Berichtrij) -> str:
    return BEHANDELINGEN[rij.soort].klassen


def _with_texts(beschrijving: dict[str, Any]) -> dict[str, Any]:
    """The same with the text of every retourcode in it, once."""
    codes = [*beschrijving["retourcodes"], *beschrijving["declaratieRetourcodes"]]
    lijsten = ("clienten", "verzoeken", "prestaties", "producten")
    codes += [code for lijst in lijsten for item in beschrijving[lijst] for code in item["retourcodes"]]
    codes += [item["retourcode"] for item in beschrijving["bevindingen"]]
    return {**beschrijving, "retourcodeTeksten": tell_codes(dict.fromkeys(codes))}


def _read_again(verbinding: Connection, werkplaats: Werkplaats, rijen: Sequence[Berichtrij]) -> dict[UUID, Inzending]:
    """Messages whose product classes and requests are to be told: they are kept in the message itself only."""
    if not rijen:
        return {}
    inhouden = load_inhouden(verbinding, rijen)
    return {
        rij.bericht_id: reread_bericht(werkplaats.kluis.unpack(inhouden[rij.gemeente, rij.volgnummer]), rij.soort) for rij in rijen
    }


def _describe(gegevens: _Gegevens, rij: Berichtrij, bericht: Inzending | None) -> dict[str, Any]:
    sleutel = rij.gemeente, rij.volgnummer
    bevindingen = gegevens.bevindingen.get(sleutel, [])
    return {
        "berichtId": str(rij.bericht_id),
        "soort": rij.soort,
        "identificatie": rij.identificatie,
        "declaratienummer": rij.declaratienummer,
        "status": rij.status,
        "retourcodes": rij.retourcodes,
        "declaratieRetourcodes": rij.declaratie_retourcodes,
        "ingediendBedrag": rij.ingediend_bedrag,
        "toegekendBedrag": rij.toegekend_bedrag,
        "afgewezenBedrag": rij.afgewezen_bedrag,
        "teBeoordelenBedrag": rij.te_beoordelen_bedrag,
        "fouten": [_as_fout(item) for item in bevindingen if _is_of_message(item)],
        "prestaties": _prestaties(gegevens.prestaties.get(sleutel, []), bevindingen, find_redenen(rij.status, bevindingen)),
        "clienten": tell_clienten(rij, bericht, bevindingen),
        "verzoeken": tell_verzoeken(rij, bericht, bevindingen),
        "producten": tell_producten(rij, bericht, bevindingen),
        "bevindingen": [_as_bevinding(item) for item in bevindingen],
    }


def describe_refusal(geweigerd: Geweigerd) -> dict[str, Any]:
    """The same for a message refused at the door."""
    return {
        "berichtId": str(geweigerd.bericht_id) if geweigerd.bericht_id else None,
        "soort": geweigerd.soort,
        "identificatie": None,
        "declaratienummer": None,
        "status": "geweigerd",
        "retourcodes": [],
        "declaratieRetourcodes": [],
        "ingediendBedrag": None,
        "toegekendBedrag": None,
        "afgewezenBedrag": None,
        "teBeoordelenBedrag": None,
        "fouten": [
            {"pad": fout.pad, "regel": fout.regel, "melding": fout.melding, "regelnummer": fout.regelnummer}
            for fout in geweigerd.fouten
        ],
        "aantalFouten": geweigerd.totaal,
        "prestaties": [],
        "clienten": [],
        "verzoeken": [],
        "producten": [],
        "bevindingen": [],
        "retourcodeTeksten": {},
    }


def _is_of_message(item: Bevindingrij) -> bool:
    """Whether a finding concerns the message as a whole: level 2, or a class above lines and products."""
    return item.niveau <= 2 or (item.prestatie_id is None and item.product_volgnummer is None)


def _as_fout(item: Bevindingrij) -> dict[str, Any]:
    return {"pad": item.pad, "regel": item.regel, "melding": item.melding, "regelnummer": item.regelnummer}


def _as_bevinding(item: Bevindingrij) -> dict[str, Any]:
    return {**_as_fout(item), "retourcode": item.retourcode, "gevolg": item.gevolg, "klasse": item.klasse}


def _prestaties(prestaties: Sequence[Prestatierij], bevindingen: list[Bevindingrij], redenen: Redenen) -> list[dict[str, Any]]:
    regels: dict[int, list[str]] = defaultdict(list)
    for item in bevindingen:
        if item.prestatie_id is not None:
            regels[item.prestatie_id].append(item.regel)
    return [
        {
            "referentienummer": regel.referentienummer,
            "toewijzingnummer": regel.toewijzingnummer,
            "uitkomst": regel.uitkomst,
            "toegekendBedrag": regel.toegekend,
            "retourcodes": regel.retourcodes or [],
            "regels": regels.get(regel.prestatie_id, []),
            "nietBeoordeeldOmdat": redenen.find(regel.regelnummer) if regel.uitkomst == "niet_beoordeeld" else None,
        }
        for regel in prestaties
    ]
