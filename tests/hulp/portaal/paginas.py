"""Every page of the portal in every state: accessibility, pictures, headers and walls are tested from this list."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from fastapi.routing import APIRoute
from playwright.sync_api import Page

from api.portaal.paginas import ROUTERS
from berichten.voorbeelden.model.namen import list_bsns

ROLLEN = ("aanbieder", "gemeente", "contractbeheer", "financien", "beheer", "controle", "lokaal_team", "regio", "privacy")
_GEEN_PAGINA = frozenset({
    "/verzoeken/bestand.{vorm}", "/mijn-verzoeken/bestand.{vorm}",
    "/werkvoorraad/bestand.{vorm}", "/declaraties/{bericht_id}/bestand.{vorm}",
    "/inloggen/openid", "/inloggen/terug", "/werkvoorraad/bevestigen",
    "/totalen/bestand/{vorm}", "/aansluiting/bestand/{vorm}", "/monitor/{tabel}/bestand/{vorm}",
    "/kwartaalrapporten/{periode}/bestand/{vorm}", "/kwartaalrapporten/facturen/bestand.{vorm}",
    "/verantwoord/bestand/{vorm}", "/casussignalen/bestand",
    "/regio/bestand/{vorm}", "/regio/verplichtingen/bestand/{vorm}",
    "/steekproeven/{steekproef_id}/bestand/{vorm}",
    "/betaalruns/{run_id}/bestand/{vorm}",
    "/totalen/regels/bestand/{vorm}", "/verantwoording/voorbeeld",
    "/hulp", "/hulp/beeld/{naam}",
    "/berichten/{bericht_id}/antwoord", "/berichten/{bericht_id}/inhoud",
})  # fmt: skip
"""Addresses that answer GET with something else than a page."""


@dataclass(frozen=True, slots=True)
class Paginastand:
    """A page as somebody finds it. `{…}` in its address is a name of `Monsters`."""

    naam: str
    wie: str
    adres: str
    status: int = 200
    beeld: bool = False
    """Whether docs/beeld has a picture of it."""
    lang: bool = False
    """Whether it is a book to look things up in, of which nothing is left out for its weight."""
    doe: Callable[[Page], None] | None = None
    """What is done on the page before it is looked at."""


CLIENT = list_bsns()[-401]
"""A client of the month of work."""


def _choose_two(blad: Page) -> None:
    for nummer in (0, 1):
        blad.locator("td.kies input").nth(nummer).check()


def _confirm(blad: Page) -> None:
    _choose_two(blad)
    blad.get_by_role("button", name="Afwijzen…").click()
    blad.wait_for_url("**/bevestigen*")


def _decide_on_nothing(blad: Page) -> None:
    blad.get_by_role("button", name="Leg besluit vast").click()
    blad.wait_for_url("**/besluit*")


def _check(blad: Page, regels: str) -> None:
    blad.get_by_label("Wat staat erin?").select_option("aanbieders")
    inhoud = f"gemeente;agb;naam\n{regels}"
    blad.get_by_label("Bestand", exact=True).set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": inhoud.encode()})
    blad.get_by_role("button", name="Controleer bestand").click()
    blad.get_by_role("table").wait_for()


def _give_no_rol(blad: Page) -> None:
    blad.get_by_role("button", name="Geef deze rol").click()
    blad.get_by_text("Kies een rol uit de lijst.").wait_for()


def _make_no_sleutel(blad: Page) -> None:
    blad.get_by_role("button", name="Maak deze sleutel").click()
    blad.get_by_text("Kies voor wie de sleutel is.").wait_for()


def _ask_nobody(blad: Page) -> None:
    blad.get_by_role("button", name="Zoek wie keek").click()
    blad.get_by_text("Dit is geen burgerservicenummer.").wait_for()


def _ask_client(blad: Page) -> None:
    blad.get_by_label("BSN van de cliënt").fill(CLIENT)
    blad.get_by_role("button", name="Zoek wie keek").click()
    blad.get_by_role("navigation", name="Kruimelpad").wait_for()


def _make_verslag(blad: Page) -> None:
    blad.get_by_label("BSN van de cliënt").fill(CLIENT)
    blad.get_by_role("button", name="Maak verslag voor de cliënt").click()
    blad.get_by_role("heading", name="Wie heeft uw gegevens gezien?").wait_for()


def _choose_no_gevolg(blad: Page) -> None:
    blad.get_by_role("button", name="Bekijk wat dit had gedaan").click()
    blad.get_by_text("Kies wat er moet volgen.").wait_for()


def _try_gevolg(blad: Page) -> None:
    blad.get_by_role("radio", name="De regel wordt afgewezen").check()
    blad.get_by_label("Retourcode", exact=True).select_option("0611")
    blad.get_by_label("Bij hulp vanaf").fill("1-7-2026")
    blad.get_by_role("button", name="Bekijk wat dit had gedaan").click()
    blad.get_by_role("heading", name="Dit verandert er").wait_for()


def _decide_nothing_on_a_request(blad: Page) -> None:
    blad.get_by_role("button", name="Leg besluit vast").click()
    blad.get_by_text("Kies wat u besluit.").wait_for()


def _note_no_domicile(blad: Page) -> None:
    blad.get_by_role("radio", name="Nee, onder een andere gemeente").check()
    blad.get_by_role("button", name="Bewaar woonplaats").click()
    blad.get_by_text("Bij nee hoort de gemeente").wait_for()


def _settle_without_words(blad: Page) -> None:
    blad.get_by_text("Afronden…").first.click()
    blad.get_by_role("button", name="Rond af").first.click()
    blad.get_by_role("alert").first.wait_for()


def _withdraw_without_words(blad: Page) -> None:
    blad.get_by_role("button", name="Vraag om in te trekken").click()
    blad.locator("#toelichting-fout").wait_for()


def _reveal(blad: Page) -> None:
    blad.get_by_text("Toon het hele BSN…").click()
    blad.get_by_label("Reden").fill("De cliënt belt en noemt een andere geboortedatum.")
    blad.get_by_role("button", name="Toon BSN").click()
    blad.get_by_role("heading", name="BSN van de cliënt").wait_for()


def _reveal_nothing(blad: Page) -> None:
    blad.get_by_text("Toon het hele BSN…").click()
    blad.get_by_role("button", name="Toon BSN").click()
    blad.get_by_role("heading", name="BSN van de cliënt").wait_for()


def _check_nothing(blad: Page) -> None:
    blad.get_by_role("button", name="Controleer bestand").click()
    blad.get_by_text("Kies een bestand (CSV of Excel).").wait_for()


def _check_faults(blad: Page) -> None:
    _check(blad, "0484;42429011;\n0484;4242;De Wilgen\n")


def _check_difference(blad: Page) -> None:
    _check(blad, "0484;42429011;De Hoge Wilgen\n0484;42429099;Nieuw\n")


_KOPREGEL = "gemeente;agb;referentienummer;toewijzingnummer;maand;datum;minuten;soort;niveau;registratie"


def _check_minutes(blad: Page, *regels: str) -> None:
    inhoud = "\n".join([_KOPREGEL, *(f"0484;42429011;{regel}" for regel in regels)])
    blad.get_by_label("Bestand", exact=True).set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": inhoud.encode()})
    blad.get_by_role("button", name="Controleer bestand").click()


def _check_records(blad: Page) -> None:
    _check_minutes(blad, "DE0-MEI-02;;;2026-05-28;90;direct;HBO;SKJ", "DE0-NIEUW;;;2026-05-29;60;indirect;HBO;SKJ")
    blad.get_by_role("button", name="Bewaar deze verantwoording").wait_for()


def _check_bad_records(blad: Page) -> None:
    _check_minutes(blad, "DE0-MEI-02;;;31-5-2026;90;direct;HBO;SKJ", ";;;2026-05-29;1600;overleg;HBO;SKJ")
    blad.get_by_role("group", name="Fouten in het bestand").wait_for()


def _keep_nothing(blad: Page) -> None:
    blad.get_by_role("button", name="Bewaar dit contact").click()
    blad.get_by_role("alert").wait_for()


def _choose_no_address(blad: Page) -> None:
    blad.get_by_role("radio", name="Ja").check()
    blad.get_by_role("button", name="Bewaar keuze").click()
    blad.get_by_role("alert").wait_for()


def _choose_no_wachtwoord(blad: Page) -> None:
    for label in ("Nieuw wachtwoord", "Nieuw wachtwoord, nog een keer"):
        blad.get_by_label(label, exact=True).fill("zeven")
    blad.get_by_label("Wachtwoord van nu").fill("vier-woorden-achter-elkaar")
    blad.get_by_role("button", name="Bewaar dit wachtwoord").click()
    blad.get_by_text("Een wachtwoord heeft 12 tot 128 tekens.").wait_for()


def _make_kwartaal(blad: Page) -> None:
    blad.get_by_label("Periode", exact=True).fill("2026-Q1")
    blad.get_by_role("button", name="Maak concept").click()
    blad.get_by_role("heading", name="Het eerste kwartaal van 2026").wait_for()


def _make_no_kwartaal(blad: Page) -> None:
    blad.get_by_label("Periode", exact=True).fill("2026-5")
    blad.get_by_role("button", name="Maak concept").click()
    blad.get_by_text("Schrijf een kwartaal als 2026-Q2").wait_for()


def _set_nothing(blad: Page) -> None:
    blad.get_by_label("Wat", exact=True).select_option("controle_fouten")
    blad.get_by_label("Waarde", exact=True).fill("veel")
    blad.get_by_role("button", name="Bewaar instelling").click()
    blad.get_by_text("Schrijf een percentage").wait_for()


STANDEN = (
    Paginastand("kwartaalrapporten", "contractbeheer", "/kwartaalrapporten", beeld=True),
    Paginastand("kwartaalrapport", "contractbeheer", "/kwartaalrapporten/{kwartaal}", beeld=True),
    Paginastand("kwartaallijst-financien", "financien", "/kwartaalrapporten"),
    Paginastand("facturen", "financien", "/kwartaalrapporten/facturen?jaar=2025", beeld=True),
    Paginastand("kwartaallijst-fout", "contractbeheer", "/kwartaalrapporten", doe=_make_no_kwartaal),
    Paginastand("kwartaalblad", "contractbeheer", "/kwartaalrapporten", doe=_make_kwartaal),
    Paginastand("kwartaalblad-weg", "contractbeheer", "/kwartaalrapporten/2019-Q1", status=404),
    Paginastand("instellingen", "financien", "/instellingen", beeld=True),
    Paginastand("instellingen-fout", "beheer", "/instellingen", doe=_set_nothing),
    Paginastand("regio", "financien", "/regio", beeld=True),
    Paginastand("regioverplichtingen", "financien", "/regio/verplichtingen", beeld=True),
    Paginastand("regio-zelf", "regio", "/regio?periode=2026-Q1"),
    Paginastand("regio-later", "financien", "/regio?periode=2030-Q1"),
    Paginastand("monitor", "financien", "/monitor", beeld=True),
    Paginastand("monitor-tabel", "financien", "/monitor/tabel1", beeld=True),
    Paginastand("monitor-prognose", "financien", "/monitor/jaarprognose", beeld=True),
    Paginastand("monitor-leeg", "financien", "/monitor/tabel1?jaar=2023"),
    Paginastand("monitor-bezig", "financien", "/monitor/tabel4a?jaar=2022"),
    Paginastand("gezondheid", "beheer", "/gezondheid", beeld=True),
    Paginastand("gebruikers", "beheer", "/gebruikers", beeld=True),
    Paginastand("gebruiker-nieuw", "beheer", "/gebruikers/nieuw", beeld=True),
    Paginastand("gebruiker", "beheer", "/gebruikers/{persoon_financien}", beeld=True),
    Paginastand("gebruiker-zelf", "beheer", "/gebruikers/{persoon_beheer}"),
    Paginastand("gebruiker-fout", "beheer", "/gebruikers/{persoon_financien}", doe=_give_no_rol),
    Paginastand("rollen-wachtend", "beheer", "/gebruikers/wachtend", beeld=True),
    Paginastand("sleutels", "beheer", "/sleutels", beeld=True),
    Paginastand("sleutels-alle", "beheer", "/sleutels?stand=alles"),
    Paginastand("sleutel-nieuw", "beheer", "/sleutels/nieuw", beeld=True),
    Paginastand("sleutel-fout", "beheer", "/sleutels/nieuw", doe=_make_no_sleutel),
    Paginastand("inzage", "beheer", "/inzage", beeld=True),
    Paginastand("inzage-gefilterd", "beheer", "/inzage?soort=werkvoorraad&uitkomst=getoond&vanaf=1-1-2026"),
    Paginastand("inzage-leeg", "privacy", "/inzage?nummer=bestaatniet"),
    Paginastand("inzage-fout", "beheer", "/inzage?vanaf=ooit&nummer=999990019"),
    Paginastand("inzage-geen-bsn", "beheer", "/inzage", doe=_ask_nobody),
    Paginastand("inzage-client", "beheer", "/inzage", doe=_ask_client),
    Paginastand("inzageverslag", "beheer", "/inzage", beeld=True, doe=_make_verslag),
    Paginastand("totalen", "financien", "/totalen?groepeer=aanbieder", beeld=True),
    Paginastand("totalen-twee", "financien", "/totalen?groepeer=aanbieder&daarna=productcode&sorteer=ingediend&richting=af"),
    Paginastand("totalen-leeg", "financien", "/totalen?periode=2019&aanbieder=42429011"),
    Paginastand("totalen-fout", "financien", "/totalen?periode=ooit&peildatum=gisteren"),
    Paginastand("totaalregels", "financien", "/totalen/regels?aanbieder=42429011&maat=afgewezen", beeld=True),
    Paginastand("totaalregels-leeg", "financien", "/totalen/regels?maat=geblokkeerd"),
    Paginastand("totaalregel", "financien", "/totalen/regels/{regel_goed}", beeld=True),
    Paginastand("aansluiting", "financien", "/aansluiting", beeld=True),
    Paginastand("verantwoord", "financien", "/verantwoord", beeld=True),
    Paginastand("verantwoord-leeg", "financien", "/verantwoord?jaar=2023"),
    Paginastand("steekproeven", "controle", "/steekproeven", beeld=True),
    Paginastand("steekproeven-beheer", "beheer", "/steekproeven"),
    Paginastand("steekproef", "controle", "/steekproeven/{steekproef}", beeld=True),
    Paginastand("keten", "controle", "/steekproeven/{steekproef}/regels/{getrokken}", beeld=True),
    Paginastand("betaalruns", "financien", "/betaalruns", beeld=True),
    Paginastand("betaalrun-nieuw", "financien", "/betaalruns/nieuw", beeld=True),
    Paginastand("betaalrun-nieuw-fout", "financien", "/betaalruns/nieuw?dag=1-1-2020"),
    Paginastand("betaalrun", "financien", "/betaalruns/{run_wacht}", beeld=True),
    Paginastand("betaalrun-goedgekeurd", "financien", "/betaalruns/{run_klaar}"),
    Paginastand("betaalrun-goedkeuren", "financien", "/betaalruns/{run_wacht}/goedkeuren", beeld=True),
    Paginastand("betaalrun-niet-meer", "financien", "/betaalruns/{run_klaar}/goedkeuren"),
    Paginastand("betaalregels", "financien", "/betaalruns/{run_klaar}/regels", beeld=True),
    Paginastand("betaalregels-leeg", "financien", "/betaalruns/{run_klaar}/regels?agb=42429019"),
    Paginastand("blokkades", "financien", "/blokkades", beeld=True),
    Paginastand("blokkades-leeg", "financien", "/blokkades?agb=42429019&stand=alles"),
    Paginastand("blokkade-nieuw", "financien", "/blokkades/nieuw", beeld=True),
    Paginastand("rekeningen", "financien", "/rekeningen", beeld=True),
    Paginastand("rekeningen-leeg", "financien", "/rekeningen?stand=ingetrokken"),
    Paginastand("rekening-nieuw", "financien", "/rekeningen/nieuw", beeld=True),
    Paginastand("werkvoorraad", "contractbeheer", "/werkvoorraad", beeld=True),
    Paginastand("werkvoorraad-gefilterd", "contractbeheer", "/werkvoorraad?regel=DA02&agb=42429011&sorteer=bedrag"),
    Paginastand("werkvoorraad-leeg", "contractbeheer", "/werkvoorraad?toewijzing=1"),
    Paginastand("werkvoorraad-fout", "contractbeheer", "/werkvoorraad?vanaf=veel&agb=1"),
    Paginastand("werkvoorraad-gekozen", "contractbeheer", "/werkvoorraad", beeld=True, doe=_choose_two),
    Paginastand("bevestigen", "contractbeheer", "/werkvoorraad", beeld=True, doe=_confirm),
    Paginastand("prestatie", "contractbeheer", "/prestaties/{regel_wacht}", beeld=True),
    Paginastand("prestatie-in-lijst", "contractbeheer", "/prestaties/{regel_wacht}?regel=DA01&sorteer=bedrag"),
    Paginastand("prestatie-fout", "contractbeheer", "/prestaties/{regel_wacht}", doe=_decide_on_nothing),
    Paginastand("prestatie-toegekend", "contractbeheer", "/prestaties/{regel_goed}"),
    Paginastand("prestatie-afgewezen", "contractbeheer", "/prestaties/{regel_afgewezen}"),
    Paginastand("bsn-getoond", "contractbeheer", "/toewijzingen/480401", beeld=True, doe=_reveal),
    Paginastand("bsn-zonder-reden", "contractbeheer", "/prestaties/{regel_wacht}", doe=_reveal_nothing),
    Paginastand("verzoekenlijst", "contractbeheer", "/verzoeken", beeld=True),
    Paginastand("verzoekenlijst-alle", "gemeente", "/verzoeken?status=alle&agb=42429011"),
    Paginastand("verzoekenlijst-leeg", "contractbeheer", "/verzoeken?verwijzer=08"),
    Paginastand("verzoekenlijst-fout", "contractbeheer", "/verzoeken?agb=1&status=weg"),
    Paginastand("retouren", "contractbeheer", "/retouren", beeld=True),
    Paginastand("retouren-leeg", "gemeente", "/retouren?agb=42429999"),
    Paginastand("retouren-fout", "gemeente", "/retouren?agb=1&stand=weg", doe=_settle_without_words),
    Paginastand("verzoek", "contractbeheer", "/verzoeken/{verzoek_open}", beeld=True),
    Paginastand("verzoek-wijziging", "contractbeheer", "/verzoeken/{verzoek_wijziging}", beeld=True),
    Paginastand("verzoek-onderzoek", "gemeente", "/verzoeken/{verzoek_onderzoek}"),
    Paginastand("verzoek-afgewezen", "contractbeheer", "/verzoeken/{verzoek_afgewezen}"),
    Paginastand("verzoek-toegewezen", "contractbeheer", "/verzoeken/{verzoek_toegewezen}"),
    Paginastand("verzoek-fout", "contractbeheer", "/verzoeken/{verzoek_open}", doe=_decide_nothing_on_a_request),
    Paginastand("verzoek-woonplaats-fout", "contractbeheer", "/verzoeken/{verzoek_open}", doe=_note_no_domicile),
    Paginastand("aanbieders", "contractbeheer", "/aanbieders", beeld=True),
    Paginastand("aanbieder", "contractbeheer", "/aanbieders/42429011", beeld=True),
    Paginastand("signalenlijst", "contractbeheer", "/signalen", beeld=True),
    Paginastand("signalenlijst-leeg", "contractbeheer", "/signalen?stand=gesloten&soort=S9"),
    Paginastand("signalenlijst-fout", "contractbeheer", "/signalen?agb=1&stand=weg"),
    Paginastand("signaal", "contractbeheer", "/signalen/{signaal}", beeld=True),
    Paginastand("signaal-weg", "contractbeheer", "/signalen/1", status=404),
    Paginastand("casuslijst", "contractbeheer", "/casussignalen", beeld=True),
    Paginastand("casussignaal", "lokaal_team", "/casussignalen/{casussignaal}", beeld=True),
    Paginastand("dossierpunten", "contractbeheer", "/dossierpunten", beeld=True),
    Paginastand("maatregel-nieuw", "contractbeheer", "/maatregelen/nieuw?agb=42429011&signaal=1", beeld=True),
    Paginastand("maatregel", "contractbeheer", "/maatregelen/{maatregel}", beeld=True),
    Paginastand("declaratie-contractbeheer", "contractbeheer", "/declaraties/{gemengd}", beeld=True),
    Paginastand("declaratie-gefilterd", "contractbeheer", "/declaraties/{gemengd}?uitkomst=afgewezen"),
    Paginastand("declaratie-bericht", "contractbeheer", "/declaraties/{toewijzing}"),
    Paginastand("toewijzing", "contractbeheer", "/toewijzingen/480401", beeld=True),
    Paginastand("creditverzoeken", "contractbeheer", "/creditverzoeken", beeld=True),
    Paginastand("regelcatalogus", "contractbeheer", "/regels", beeld=True, lang=True),
    Paginastand("regelcatalogus-leeg", "contractbeheer", "/regels?tekst=bestaatniet"),
    Paginastand("regeluitleg", "contractbeheer", "/regels/DA01", beeld=True),
    Paginastand("regeluitleg-standaard", "contractbeheer", "/regels/TR321"),
    Paginastand("regeluitleg-weg", "contractbeheer", "/regels/XX999", status=404),
    Paginastand("gevolg-fout", "contractbeheer", "/regels/DA01", doe=_choose_no_gevolg),
    Paginastand("gevolg-proef", "contractbeheer", "/regels/DA01", beeld=True, doe=_try_gevolg),
    Paginastand("referentie", "contractbeheer", "/referentie", beeld=True),
    Paginastand("referentie-zonder-bestand", "contractbeheer", "/referentie", doe=_check_nothing),
    Paginastand("referentie-fouten", "contractbeheer", "/referentie", doe=_check_faults),
    Paginastand("referentie-verschil", "contractbeheer", "/referentie", doe=_check_difference),
    Paginastand("berichten", "aanbieder", "/berichten", beeld=True),
    Paginastand("berichten-gefilterd", "aanbieder", "/berichten?soort=JW323&status=ter_beoordeling&vanaf=1-6-2026"),
    Paginastand("berichten-leeg", "aanbieder", "/berichten?soort=JW303"),
    Paginastand("berichten-fout", "aanbieder", "/berichten?vanaf=gisteren"),
    Paginastand("declaratie", "aanbieder", "/berichten/{gemengd}", beeld=True),
    Paginastand("declaratie-besloten", "aanbieder", "/berichten/{afgewezen}"),
    Paginastand("declaratie-toegekend", "aanbieder", "/berichten/{toegekend}"),
    Paginastand("declaratie-afgekeurd", "aanbieder", "/berichten/{afgekeurd}"),
    Paginastand("bericht-geweigerd", "aanbieder", "/berichten/{geweigerd}"),
    Paginastand("bericht-toewijzing", "aanbieder", "/berichten/{toewijzing}"),
    Paginastand("regels", "aanbieder", "/berichten/{gemengd}/regels", beeld=True),
    Paginastand("regels-leeg", "aanbieder", "/berichten/{gemengd}/regels?uitkomst=toegekend"),
    Paginastand("regel", "aanbieder", "/berichten/{wachtend}/regels/{regel_gevraagd}", beeld=True),
    Paginastand("regel-afgewezen", "aanbieder", "/berichten/{afgewezen}/regels/{regel_afgewezen}"),
    Paginastand("regel-terug", "aanbieder", "/berichten/{terug}/regels/{regel_terug}"),
    Paginastand("regel-toegekend", "aanbieder", "/berichten/{afgewezen}/regels/{regel_goed}"),
    Paginastand("start", "aanbieder", "/start", beeld=True),
    Paginastand("eigen-verzoeken", "aanbieder", "/mijn-verzoeken", beeld=True),
    Paginastand("eigen-verzoeken-leeg", "aanbieder", "/mijn-verzoeken?soort=JW317&status=afgewezen"),
    Paginastand("eigen-verzoek", "aanbieder", "/mijn-verzoeken/{verzoek_open}"),
    Paginastand("eigen-verzoek-afgewezen", "aanbieder", "/mijn-verzoeken/{verzoek_afgewezen}", beeld=True),
    Paginastand("eigen-verzoek-onderzoek", "aanbieder", "/mijn-verzoeken/{verzoek_onderzoek}"),
    Paginastand("eigen-verzoek-toegewezen", "aanbieder", "/mijn-verzoeken/{verzoek_toegewezen}"),
    Paginastand("eigen-verzoek-fout", "aanbieder", "/mijn-verzoeken/{verzoek_open}", doe=_withdraw_without_words),
    Paginastand("eigen-signalen", "aanbieder", "/mijn-signalen", beeld=True),
    Paginastand("eigen-signaal", "aanbieder", "/mijn-signalen/{signaal}", beeld=True),
    Paginastand("wat-past", "aanbieder", "/wat-past", beeld=True),
    Paginastand("wat-past-een", "aanbieder", "/wat-past?toewijzing=480401"),
    Paginastand("wat-past-leeg", "aanbieder", "/wat-past?maand=2025-06-01&toewijzing=1"),
    Paginastand("wat-past-fout", "aanbieder", "/wat-past?toewijzing=veel"),
    Paginastand("verantwoording", "aanbieder", "/verantwoording", beeld=True),
    Paginastand("verantwoording-gefilterd", "aanbieder", "/verantwoording?soort=no_show&referentie=DE0-MEI-02"),
    Paginastand("verantwoording-leeg", "aanbieder", "/verantwoording?toewijzing=1"),
    Paginastand("verantwoording-filterfout", "aanbieder", "/verantwoording?maand=april"),
    Paginastand("verantwoording-fouten", "aanbieder", "/verantwoording", beeld=True, doe=_check_bad_records),
    Paginastand("verantwoording-verschil", "aanbieder", "/verantwoording", beeld=True, doe=_check_records),
    Paginastand("verantwoording-zonder-bestand", "aanbieder", "/verantwoording", doe=_check_nothing),
    Paginastand("verantwoording-nieuw", "aanbieder", "/verantwoording/nieuw", beeld=True),
    Paginastand("verantwoording-wijzigen", "aanbieder", "/verantwoording/nieuw?referentienummer=R1&soort=direct&minuten=60"),
    Paginastand("verantwoording-nieuw-fout", "aanbieder", "/verantwoording/nieuw", doe=_keep_nothing),
    Paginastand("te-crediteren", "aanbieder", "/te-crediteren", beeld=True),
    Paginastand("te-crediteren-leeg", "aanbieder", "/te-crediteren?na=999999999"),
    Paginastand("codes", "aanbieder", "/codes", beeld=True),
    Paginastand("code", "aanbieder", "/codes/9321", beeld=True),
    Paginastand("code-eigen", "aanbieder", "/codes/DA01"),
    Paginastand("code-weg", "aanbieder", "/codes/XXXX", status=404),
    Paginastand("versturen", "aanbieder", "/versturen", beeld=True),
    Paginastand("proef", "aanbieder", "/versturen/{proef}", beeld=True),
    Paginastand("proef-fout", "aanbieder", "/versturen/{proef_fout}"),
    Paginastand("proef-zip", "aanbieder", "/versturen/{proef_zip}"),
    Paginastand("proef-bezig", "aanbieder", "/versturen/{proef_bezig}"),
    Paginastand("verstuurd", "aanbieder", "/versturen/{verstuurd}"),
    Paginastand("proef-weg", "aanbieder", "/versturen/00000000-0000-0000-0000-000000000000", status=404),
    Paginastand("zoeken", "contractbeheer", "/zoeken"),
    Paginastand("zoeken-gevonden", "contractbeheer", "/zoeken?q=480401"),
    Paginastand("hulp", "controle", "/hulp/accountant", beeld=True),
    Paginastand("voorkeuren", "aanbieder", "/voorkeuren", beeld=True),
    Paginastand("voorkeuren-fout", "contractbeheer", "/voorkeuren", doe=_choose_no_address),
    Paginastand("wachtwoord", "contractbeheer", "/wachtwoord", beeld=True),
    Paginastand("wachtwoord-fout", "contractbeheer", "/wachtwoord", doe=_choose_no_wachtwoord),
    Paginastand("wachtwoord-eerst", "nieuw", "/wachtwoord"),
    Paginastand("inloggen", "", "/inloggen", beeld=True),
    Paginastand("uitgelogd", "", "/inloggen?uit=1"),
    Paginastand("ingelogd", "contractbeheer", "/inloggen"),
    Paginastand("niet-gevonden", "contractbeheer", "/bestaatniet", status=404),
    Paginastand("niet-voor-u", "aanbieder", "/werkvoorraad", status=403),
)


def list_routes() -> list[APIRoute]:
    """Every route of every page, in the order of the menu."""
    return [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]


def list_paginaroutes() -> list[APIRoute]:
    """Those that show a page."""
    return [route for route in list_routes() if "GET" in (route.methods or ()) and route.path not in _GEEN_PAGINA]


def fits(route: APIRoute, stand: Paginastand) -> bool:
    """Whether a state is one of this route."""
    vorm = re.sub(r"\\\{[^}]+\\\}", "[^/]+", re.escape(route.path))
    return stand.doe is None and re.fullmatch(vorm, stand.adres.partition("?")[0]) is not None
