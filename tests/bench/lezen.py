"""What the portal's pages read, with a million lines in the database: milliseconds of each read, without HTTP and templates.

The rows are made in the database itself: what is measured is looking, not sending messages.
"""

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import get_args

from sqlalchemy import text

from berichten.instellingen import Instellingen
from berichten.inzage.aanbieders.namen import list_aanbieders
from berichten.inzage.aanbieders.overzicht import find_aanbieder
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.berichten.declaraties import find_declaratie
from berichten.inzage.berichten.toewijzingen import find_toewijzing, list_prestaties_op
from berichten.inzage.besluiten.eerdere import list_eerdere, list_vragen
from berichten.inzage.besluiten.prestaties import find_prestatie
from berichten.inzage.besluiten.verloop import tell_bericht, tell_prestatie, tell_toewijzing
from berichten.inzage.besluiten.werkblad import list_bekeken
from berichten.inzage.besluiten.werkvoorraad import Filter, Volgorde, find_plaats, list_beoordelingen
from berichten.inzage.besluiten.werkvoorraadkeuzes import choose_all, list_filterkeuzes, preview_besluiten
from berichten.kern.houder import Sleutelhouder
from berichten.opslag.basis.verbinding import Opslag
from berichten.opslag.server.ingebed import embedded_postgres
from berichten.processen.basis.werkplaats import Werkplaats, open_werkplaats
from berichten.processen.bewaking.bekijk_gezondheid import inspect
from tests.hulp.bouwstenen import GEMEENTE

VANDAAG = date(2026, 6, 30)
BERICHTEN, REGELS = 2000, 500
RONDES = 5
GRENS = 300
"""Milliseconds in which a page has to stand there."""
AGB = "60000007"

# Fifty aanbieders over twelve months; of a hundred lines three are rejected and one was decided on by a person, and in the last six
# months two are held: no declaration of those has its answer.
_MAAND = "(date '2025-07-01' + (nr * 12 / :berichten) * interval '1 month')::date"
_AGB = "(60000000 + nr % 50)::text"
_ID = "md5(nr::text)::uuid"
_WACHT = "nr * 2 > :berichten"
_STAND = (
    f"CASE WHEN n % 50 = 0 AND {_WACHT} THEN 'ter_beoordeling' WHEN n % 33 = 0 OR n % 100 = 1 THEN 'afgewezen' ELSE 'toegekend' END"
)
_VULLEN = (
    f"""INSERT INTO bericht (gemeente, bericht_id, volgnummer, soort, agb, afzender, ontvanger, identificatie, sha256, status,
            declaratienummer, declaratie_begindatum, declaratie_einddatum, ontvangen_op, verwerkt_op, antwoord_uiterlijk_op,
            aantal_regels, ingediend_bedrag, toegekend_bedrag, afgewezen_bedrag, te_beoordelen_bedrag)
        OVERRIDING SYSTEM VALUE SELECT '{GEMEENTE}', {_ID}, nr, 'JW323', {_AGB}, {_AGB}, '{GEMEENTE}', 'I' || nr,
            sha256(nr::text::bytea), CASE WHEN {_WACHT} THEN 'ter_beoordeling' ELSE 'verwerkt' END,
            'D' || nr, {_MAAND}, {_MAAND}, {_MAAND} + interval '35 days',
            {_MAAND} + interval '35 days', date '2026-06-20' + nr % 20, :regels, 0, 0, 0, 0
        FROM generate_series(1, :berichten) AS nr""",
    f"""INSERT INTO declaratie (gemeente, bericht_id, agb, declaratienummer, begindatum, einddatum, dagtekening, nummer_gebruikt)
        SELECT '{GEMEENTE}', {_ID}, {_AGB}, 'D' || nr, {_MAAND}, {_MAAND}, {_MAAND} + 34, true
        FROM generate_series(1, :berichten) AS nr""",
    """INSERT INTO antwoord (gemeente, bericht_id, agb, soort, identificatie, inhoud, gemaakt_op)
        SELECT gemeente, bericht_id, agb, 'JW325', 'A' || volgnummer, ''::bytea, verwerkt_op FROM bericht
        WHERE status = 'verwerkt'""",
    f"""INSERT INTO toewijzing (gemeente, toewijzingnummer, agb, bsn, categorie, productcode, ingangsdatum, einddatum, volume,
            eenheid, frequentie, toewijzingsdatum, toewijzingstijd, versie)
        SELECT '{GEMEENTE}', 100000000 + (nr % 50) * 500 + n, {_AGB}, '999900006', '45', '45A48', '2025-07-01', '2026-12-31', 40,
            '04', '4', '2025-06-15', '10:00', 1
        FROM generate_series(1, 50) AS nr, generate_series(1, 500) AS n""",
    f"""INSERT INTO pdc SELECT '{GEMEENTE}', '45A' || lpad(p::text, 2, '0'), 'Zorg', '45', '04', 'inspanning', 'Zorg', '4', 'HBO',
            '', '6.72', '2025-01-01', NULL FROM generate_series(0, 48) AS p""",
    f"""INSERT INTO tarief (gemeente, agb, productcode, opleidingsniveau, eenheid, tarief, ingangsdatum)
        SELECT '{GEMEENTE}', '', '45A' || lpad(p::text, 2, '0'), niveau, '04', prijs, '2025-01-01'
        FROM generate_series(0, 48) AS p, (VALUES ('HBO', 7805), ('WO', 9805)) AS t (niveau, prijs)""",
    f"""INSERT INTO prestatie (gemeente, prestatie_id, bericht_id, agb, bsn, referentienummer, toewijzingnummer, categorie,
            productcode, begindatum, einddatum, volume, eenheid, tarief, bedrag, credit, uitkomst, retourcodes, referentie_gebruikt,
            regelnummer)
        SELECT '{GEMEENTE}', (nr::bigint << 20) + n, {_ID}, {_AGB}, '999900006', nr || '-' || n, 100000000 + (nr % 50) * 500 + n,
            '45', '45A' || lpad((n % 49)::text, 2, '0'), {_MAAND}, {_MAAND} + 27, 10, '04', 7805 + 2000 * (n % 2),
            78050 + 20000 * (n % 2), false, {_STAND}, CASE WHEN n % 33 = 0 THEN ARRAY['9321'] END, true, n
        FROM generate_series(1, :berichten) AS nr, generate_series(1, :regels) AS n""",
    """INSERT INTO journaal (gemeente, agb, bericht_id, prestatie_id, soort, rekening, tegenrekening, bedrag, toewijzingnummer,
            categorie, productcode, zorgmaand, declaratiemaand, geboekt_op)
        SELECT gemeente, agb, bericht_id, prestatie_id, 'toekenning', 'jeugdhulp', 'aanbieders', bedrag, toewijzingnummer,
            categorie, productcode, begindatum, begindatum, begindatum + interval '35 days' FROM prestatie
        WHERE uitkomst = 'toegekend'""",
    """INSERT INTO bevinding (gemeente, bericht_id, volgnummer, agb, prestatie_id, regel, retourcode, gevolg, niveau, klasse, pad,
            regelnummer, melding, gegevens)
        SELECT gemeente, bericht_id, regelnummer, agb, prestatie_id,
            CASE WHEN regelnummer % 33 = 0 THEN 'TR321' WHEN regelnummer % 4 = 0 THEN 'DA06' ELSE 'DA01' END,
            CASE WHEN regelnummer % 33 = 0 THEN '9321' END,
            CASE WHEN regelnummer % 33 = 0 THEN 'afwijzen' ELSE 'beoordelen' END, 4, 'Prestatie', 'Bericht/Declaratie', 1,
            'Er is iets met deze regel.', '{"minuten": 90, "gedeclareerd": 600, "clientgebonden": 510}'
        FROM prestatie WHERE uitkomst <> 'toegekend'""",
    """INSERT INTO besluit (gemeente, agb, bericht_id, prestatie_id, besluit, definitief, retourcode, motivering, bedrag, door,
            genomen_op)
        SELECT gemeente, agb, bericht_id, prestatie_id, 'afwijzen', true, '9321', 'Besproken.', bedrag, 'anna', '2026-06-20'
        FROM prestatie WHERE regelnummer % 100 = 1""",
    """INSERT INTO opmerking (gemeente, prestatie_id, volgnummer, agb, van, door, tekst, geplaatst_op)
        SELECT gemeente, prestatie_id, nummer, agb, CASE nummer WHEN 1 THEN 'gemeente' ELSE 'aanbieder' END, 'anna', 'Klopt dit?',
            '2026-06-21' FROM prestatie, generate_series(1, 1 + (prestatie_id % 2)::int) AS nummer
        WHERE uitkomst <> 'toegekend' AND regelnummer % 50 = 0 AND prestatie_id % 3 = 0""",
)  # fmt: skip


def main() -> None:
    """Print the median of some rounds for each read, and what is slower than a page may be."""
    with TemporaryDirectory() as map_, embedded_postgres(Path(map_) / "var") as url:
        _measure(Instellingen(database_url=url, var=Path(map_) / "dienst", huidige_datum=VANDAAG), url)


def _measure(instellingen: Instellingen, url: str) -> None:
    with open_werkplaats(instellingen) as werkplaats:
        fill(Opslag(url, 1))
        print(f"{BERICHTEN * REGELS} regels", flush=True)
        for naam, lees in _list_reads(werkplaats).items():
            milliseconden = 1000 * _time(lees)
            oordeel = "" if milliseconden < GRENS else f"  MEER DAN {GRENS} ms"
            print(f"  {naam:36} {milliseconden:6.0f} ms{oordeel}", flush=True)


def fill(opslag: Opslag) -> None:
    """A million lines of fifty aanbieders, as the owner of the tables; `opslag` is closed."""
    with opslag.transaction() as verbinding:
        for opdracht in _VULLEN:
            # A colon with a space behind it is JSON, and no value.
            verbinding.execute(text(opdracht), {"berichten": BERICHTEN, "regels": REGELS})
    with opslag.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as verbinding:
        verbinding.execute(text("VACUUM ANALYZE"))
    opslag.close()


def _list_reads(werkplaats: Werkplaats) -> dict[str, Callable[[], object]]:
    kijker = werkplaats.seen_by(Sleutelhouder(GEMEENTE, "anna", "contractbeheer", None))
    aanbieder = werkplaats.seen_by(Sleutelhouder(GEMEENTE, "clerk", "aanbieder", AGB))
    regels = list_beoordelingen(kijker, Filter(), None, 25, None).bladzijde.regels
    regel = list_beoordelingen(aanbieder, Filter(), None, 25, None).bladzijde.regels[0]
    nummers, toewijzing = [item.prestatie_id for item in regels], regel.toewijzingnummer or 0
    return {
        **{f"werkvoorraad op {volgorde}": _list(kijker, volgorde) for volgorde in get_args(Volgorde)},
        "werkvoorraad, één aanbieder": lambda: list_beoordelingen(kijker, Filter(agb=AGB), None, 25, None),
        "werkvoorraad, één regel": lambda: list_beoordelingen(kijker, Filter(regel="DA06"), None, 25, None),
        "filterkeuzes": lambda: list_filterkeuzes(kijker),
        "wie wat bekeek": lambda: list_bekeken(kijker, nummers),
        "plaats van een regel": lambda: find_plaats(kijker, Filter(), None, "bedrag", regel.prestatie_id),
        "kies alles": lambda: choose_all(kijker, Filter(agb=AGB), None),
        "vooruitblik op 25 regels": lambda: preview_besluiten(kijker, nummers),
        "regel": lambda: find_prestatie(kijker, regel.prestatie_id),
        "verloop van een regel": lambda: tell_prestatie(kijker, regel.prestatie_id),
        "eerdere besluiten": lambda: list_eerdere(kijker, regel.prestatie_id),
        "vragen die wachten": lambda: list_vragen(kijker, "gemeente", 25, None),
        "vragen, als aanbieder": lambda: list_vragen(aanbieder, "aanbieder", 25, None),
        "declaratie in het kort": lambda: find_declaratie(aanbieder, regel.bericht_id),
        "verloop van een bericht": lambda: tell_bericht(aanbieder, regel.bericht_id),
        "toewijzing": lambda: find_toewijzing(kijker, toewijzing),
        "regels op een toewijzing": lambda: list_prestaties_op(kijker, toewijzing, 25, None),
        "verloop van een toewijzing": lambda: tell_toewijzing(kijker, toewijzing),
        "aanbieders op naam": lambda: list_aanbieders(kijker),
        "aanbieder in het kort": lambda: find_aanbieder(kijker, AGB),
        "gezondheid": lambda: inspect(werkplaats, GEMEENTE),
    }


def _list(kijker: Kijker, volgorde: str) -> Callable[[], object]:
    return lambda: list_beoordelingen(kijker, Filter(), None, 25, None, volgorde)  # type: ignore[arg-type]


def _time(lees: Callable[[], object]) -> float:
    """Median of some rounds, the first of which warms the cache and does not count."""
    lees()
    seconden = []
    for _ in range(RONDES):
        begin = time.perf_counter()
        lees()
        seconden.append(time.perf_counter() - begin)
    return median(seconden)
