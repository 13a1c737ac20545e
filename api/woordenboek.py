"""What the names in the API mean, each said once with an example: a name means the same wherever it stands.

A model or parameter that says more of its own goes before this. One entry a line: name | meaning | example as JSON.
"""

import json
from typing import Any

_WOORDEN = """
aanbieder | AGB-code of naam van de aanbieder | "42420001"
aangehoudenBedrag | Wat wacht op een besluit, in eurocenten | 12500
aangehoudenVolume | Volume dat wacht op een besluit | 120
aantal | Hoeveel er zijn | 12
aantalBetalingen | Aantal betalingen aan aanbieders | 4
aantalBoekingen | Aantal boekingen in het journaal | 230
aantalDeclaraties | Aantal declaraties dat is nagerekend | 40
aantalOpmerkingen | Aantal vragen en antwoorden bij de regel | 2
aantalRegels | Aantal gedeclareerde regels of productklassen | 25
aantalVerschillen | Aantal verschillen dat is gevonden | 0
actie | Vastgelegd (C), bekeken (R), gewijzigd (U), verwijderd (D) of als bestand meegenomen (E) | "R"
advies | Wat gebruikelijk is | null
afgewezen | Afgewezen bedrag, in eurocenten | 5000
afgewezenBedrag | Afgewezen bedrag, in eurocenten | 5000
afzender | Wie het bericht stuurde: een AGB-code of een gemeentecode | "42420001"
agb | AGB-code van de aanbieder | "42420001"
antwoord | Het antwoordbericht dat zou volgen, als XML | "<?xml version=\\"1.0\\" encoding=\\"UTF-8\\"?>"
antwoordUiterlijkOp | Laatste dag waarop het antwoord weg moet zijn | "2026-05-14"
bedrag | Bedrag in eurocenten, credit negatief | 12500
bedragVan | Laagste bedrag, in eurocenten | 811720
bedragTot | Hoogste bedrag, in eurocenten | 1976000
begindatum | Eerste dag, meegerekend | "2026-04-01"
benutting | Hoeveel er is gebruikt | {}
beoordeeldOp | Moment waarop de rekening is bevestigd of ingetrokken | "2026-05-02T09:30:00+02:00"
beoordelingen | De regels die op een besluit wachten | []
bericht | Het bericht zelf | {}
berichtId | Ons nummer van het bericht | "9f1c2d3e-7a4b-4c1d-8e2f-3a5b6c7d8e9f"
berichten | De berichten | []
besloten | Of iemand dit heeft besloten | false
besluit | Wat is besloten | "toekennen"
besluitId | Nummer van het besluit | 31
besluiten | De besluiten | []
bestand | Naam van het bestand | "jw323.xml"
bestandSha256 | SHA-256 van het bestand, hexadecimaal | "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
betaalbaar | Bedrag dat betaald mag worden, in eurocenten | 12500
betaalruns | De betaalruns | []
bevestigt | Nummer van het voorstel dat dit besluit bevestigt | 30
bevindingen | Wat er is gevonden, met uitleg | []
blokkadeId | Nummer van de blokkade | 7
blokkades | De blokkades | []
boeking | Volgnummer van de boeking bij haar regel | 1
boekingen | De boekingen | []
bron | Waar de regel of het cijfer vandaan komt | "iJw 3.2, TR307"
bsnGetoond | Of burgerservicenummers volledig te zien waren | false
budget | Budget van de toewijzing, in eurocenten | 250000
budgetGebaseerdOp | Waarop het gebruikelijke budget is gebaseerd | "intensiteit"
budgetOp | Dag waarop het budget is gebruikt | "2026-10-12"
buitenToewijzing | Toegekende regels die door een wijziging buiten de toewijzing vallen | null
eindeZorg | Laatste dag waarop hulp wordt verwacht | "2026-12-31"
ingediendOp | Moment waarop het is ingediend | "2026-05-01T10:15:04+02:00"
inGeding | Wat er niet wordt betaald als alles klopt wat is gevonden, in eurocenten | 10885
doel | De verwerking waar het bij hoort | "uitvoering jeugdhulp: declaraties en toewijzingen (1)"
gebeurtenis | De handeling, zonder de waarden erin | "GET /toewijzingen/{toewijzingnummer}"
logId | Nummer van de regel in het inzagelog | "9f1c2d3e-7a4b-4c1d-8e2f-3a5b6c7d8e9f"
machtiging | Nummer van de machtiging waarmee dat mocht | null
namens | AGB-code van de aanbieder namens wie; leeg voor de gemeente zelf | "42420001"
normbedrag | Waar de norm op uitkomt | {}
categorie | Productcategorie | "45"
client | De cliënt: van het Bsn alleen de laatste drie cijfers, en voor financiën geen | "******019"
code | De code | "9307"
codelijsten | De codelijsten | []
codevoorstellen | Retourcodes voor een afwijzing, met hun tekst en de reden | []
codes | De codes met hun betekenis | []
contactnummer | Nummer dat de aanbieder een contact geeft | "C0001"
controle | Naam van de controle | "regels_journaal"
controles | De controles | []
correcties | Correcties, in eurocenten | 0
credit | Of de regel een eerdere regel terugneemt | false
creditverzoek | Het verzoek om de regel te crediteren | null
creditverzoeken | De open verzoeken om te crediteren | []
dag | De dag | "2026-04-30"
dagen | Aantal dagen | 90
dagtekening | Dagtekening van het bericht | "2026-05-01"
datum | De dag, jjjj-mm-dd | "2026-04-15"
declaratiePeriode | De periode waarover is gedeclareerd | {"begindatum": "2026-04-01", "einddatum": "2026-04-30"}
declaratieRetourcodes | Retourcodes van de klasse Declaratie | ["8201"]
declaratiemaand | Maand van de declaratie | "2026-04"
declaratienummer | DeclaratieNummer | "D2026-04"
definitief | Of het besluit geldt; anders wacht het op een tweede beoordelaar | true
detail | Wat er mis is en wat u kunt doen | "Dit bericht bestaat niet, of het is niet van u."
door | Wie het deed | "een medewerker contractbeheer"
eenheid | Eenheid van het volume, uit de codelijst van iJw | "01"
eigen | Alleen de rekeningen van de gemeente zelf | false
eigenKenmerk | Het kenmerk dat de afzender zelf gaf, zonder Bsn | "april deel 2"
einddatum | Laatste dag, meegerekend; leeg is open | "2026-12-31"
element | Het element van het bericht waar de regel over gaat | "Begindatum"
fouten | Elke fout, met plaats en uitleg | []
frequentie | Frequentie van de omvang | "2"
geblokkeerd | Bedrag dat niet betaald mag worden, in eurocenten | 0
geblokkeerdBedrag | Bedrag dat niet betaald mag worden, in eurocenten | 0
geboektOp | Moment van boeken | "2026-05-02T09:30:00+02:00"
gebruikelijkeEinddatum | Einddatum bij de gebruikelijke looptijd | "2026-12-31"
gebruikelijkeLooptijd | Hoe lang dit budget meestal loopt | "9 maanden"
gecontroleerdOp | Moment van de controle | "2026-05-02T09:30:00+02:00"
gecrediteerd | Gecrediteerd bedrag, in eurocenten | 0
gedraaidOp | Moment waarop dit liep | "2026-05-02T02:00:00+02:00"
gegevens | De getallen die de doorslag gaven, op naam | {"begindatum": "2026-03-31"}
geldend | Alleen wat nu geldt, of alleen wat is opgeheven | true
geldigOp | Alleen wat op deze dag loopt | "2026-04-30"
gemaaktDoor | Wie het maakte | "een medewerker financien"
gemaaktOp | Moment van maken | "2026-05-02T09:30:00+02:00"
genomenOp | Moment van het besluit | "2026-05-02T09:30:00+02:00"
geplaatstOp | Moment van plaatsen | "2026-05-02T09:30:00+02:00"
gevolg | Wat de regel met het bericht of de gedeclareerde regel doet | "afwijzen"
gevonden | Wat er staat | "12500"
gevraagdOp | Moment van het verzoek | "2026-05-02T09:30:00+02:00"
gewijzigd | Aantal dat is gewijzigd | 1
goedgekeurdDoor | Wie het goedkeurde | "een medewerker financien"
goedgekeurdOp | Moment van goedkeuren | "2026-05-02T09:30:00+02:00"
groep | De waarde van elk kenmerk waarop is gegroepeerd | {"aanbieder": "42420001"}
groepeer | De kenmerken waarop is gegroepeerd, met komma's ertussen | "aanbieder,categorie"
groepen | De groepen met hun bedragen | []
herhaling | Of precies dit bericht al eerder was ontvangen | false
hertoetst | Aangehouden regels die opnieuw zijn bekeken | []
iban | Rekeningnummer (IBAN) | "NL91ABNA0417164300"
identificatie | Identificatie van het bericht | "B000000001"
ingangsdatum | Eerste dag waarop het geldt | "2026-01-01"
ingediend | Ingediend bedrag, in eurocenten | 17500
ingediendBedrag | Ingediend bedrag, in eurocenten | 17500
ingesteldDoor | Wie het instelde | "een medewerker financien"
ingesteldOp | Moment van instellen | "2026-05-02T09:30:00+02:00"
ingetrokken | Of het is ingetrokken | false
ingetrokkenDoor | Wie het introk | "een medewerker financien"
ingetrokkenOp | Moment van intrekken | "2026-05-02T09:30:00+02:00"
intensiteit | Hoe zwaar de hulp is | "midden"
journaal | Saldo van het journaal, in eurocenten | 12500
klasse | Klasse van het bericht | "Prestatie"
kolom | Naam van de kolom | "tarief"
kolommen | Namen van de kolommen | ["naam"]
leveringen | Gemelde starts en stops | []
looptijd | De looptijd, vergeleken met wat gebruikelijk is | "gelijk"
maand | De maand, jjjj-mm | "2026-04"
maxMaanden | Een andere grens voor een kader, in maanden | ["Basis GGZ:6"]
maxMinuten | Een andere grens voor een kader, in minuten | ["Basis GGZ:900"]
melding | Uitleg in gewone taal, met wat u kunt doen | "De productperiode begint voor de toewijzing."
minBedrag | Alleen regels van ten minste dit bedrag, in eurocenten | 10000
minuten | Aantal minuten | 60
motivering | De reden, zonder Bsn | "De toelichting van de aanbieder klopt."
naam | De naam | "retourcode"
nachtcontrole | Wat de laatste nachtelijke controle vond | null
nettoToegekend | Toegekend, gecrediteerd en correcties samen, in eurocenten | 12500
nietTeToetsen | Regels waarvoor gegevens ontbraken | []
nieuw | Aantal dat nieuw is | 3
niveau | Niveau: van de controle (1 tot en met 4), of het opleidingsniveau | 3
objectId | Het nummer van wat is getoond; leeg bij een lijst | "484000001"
objectSoort | Wat is getoond of gedaan | "toewijzing"
omschrijving | Wat het is | "Retourcodes van iJw"
ongewijzigd | Aantal dat gelijk bleef | 20
ontvangenOp | Moment van ontvangst | "2026-05-01T10:15:00+02:00"
ontvangenTot | Ontvangen tot en met deze dag of dit moment | "2026-04-30"
ontvangenVanaf | Ontvangen vanaf deze dag of dit moment | "2026-04-01"
ontvanger | Voor wie het bericht is | "0484"
op | Wanneer | "2026-05-01T10:15:04+02:00"
opdrachten | Wat de run per aanbieder doet | []
openBedrag | Wat nog open staat, in eurocenten | 95000
opgehevenDoor | Wie het ophief | "een medewerker financien"
ontstaanOp | Moment waarop dit ontstond | "2026-04-30T12:00:00+02:00"
opgehevenOp | Moment van opheffen | "2026-05-02T09:30:00+02:00"
opheffingVoorgesteldOp | Moment waarop is voorgesteld de blokkade op te heffen | "2026-05-02T09:30:00+02:00"
opmerkingen | Vragen en antwoorden over de regel | []
overschrijding | Wat er boven het toegewezen bedrag is, in eurocenten | 0
pad | Plaats in het bericht of het verzoek | "query.agb"
paginaGrootte | Hoeveel er op een bladzijde staan | 50
peildatum | De stand op deze dag of dit moment; leeg is nu | "2026-04-30"
peilmoment | Het moment van de stand | "2026-04-30T23:59:59+02:00"
periodeTot | Laatste dag van de periode, meegerekend; leeg is open | "2026-12-31"
periodeVan | Eerste dag van de periode, meegerekend | "2026-01-01"
perMaand | Gebruik per maand van zorg, oudste eerst | []
perProduct | Het gebruik per productcode | []
percentageBudget | Gebruikt deel van het budget, in procenten | 45
percentageVolume | Gebruikt deel van het volume, in procenten | 45
periode | Een jaar, kwartaal, vier maanden of een maand | "2026-04"
periodesoort | Of de periode over de maand van zorg of van declaratie gaat | "zorgmaand"
plaats | Waar het verschil zit | "bericht 12"
prestatieId | Ons nummer van de gedeclareerde regel | 5242881
prestatieIds | De gedeclareerde regels | [5242881]
prestaties | De gedeclareerde regels | []
procent | Deel van het geheel, op hele procenten | 12
product | Hoe het product in de catalogus heet | "Ambulante jeugd-ggz"
productcode | Productcode | "45A04"
producten | De productklassen van het bericht | []
proef | Alleen proberen: er wordt niets bewaard | false
prognose | Het gebruik als het zo doorgaat | null
reden | De reden, zonder Bsn | "Onderzoek loopt"
redenen | Wat niet is toegekend, per reden | []
redenVoorstel | Waarom deze retourcode past, of waarom er geen is | "Het volume is hoger dan wat telt."
redenBeeindiging | Code voor de reden van beëindiging | "01"
redenWijziging | Code voor de reden van wijziging | "01"
referentienummer | ReferentieNummer van de gedeclareerde regel | "R0001"
regel | Regel van de catalogus | "TR307"
regelboek | Uitgave van het regelboek waarmee is getoetst; leeg zolang er niet is getoetst | "3.2-1a2b3c4d"
regelnummer | Nummer van de regel in het bestand | 12
regels | De regels | []
registratie | Beroepsregistratie van wie de hulp gaf | "SKJ"
rekening | Grootboekrekening | "kosten_jeugdzorg"
rekeningId | Nummer van de vastlegging | 3
rekeningen | De rekeningen | []
resterendBudget | Wat er van het budget over is, in eurocenten | 137500
resterendVolume | Wat er van het volume over is | 660
retourcode | Retourcode uit WJ001 | "9307"
retourcodes | Retourcodes uit WJ001 | ["9307"]
richting | Of het bericht binnenkwam of uitging | "inkomend"
rijen | De rijen | []
rol | In welke rol | "contractbeheer"
runId | Nummer van de betaalrun | 5
segment | Segment van de zorg | "4"
sleutel | Waarmee de rij wordt gevonden | {"agb": "42420001"}
sluit | Of de boeken kloppen | true
soort | De soort | "JW323"
splits | Alleen deze uitsplitsing | "totaal"
spoor | Kenmerk van het verzoek (W3C Trace Context) | "4bf92f3577b34da6a3ce929d0e0e4736"
stand | Of de levering loopt | "gestart"
status | Hoe ver het is, of de HTTP-status | "verwerkt"
taakveld | Taakveld van de gemeente | "6.72a"
tabellen | De tabellen | []
tarief | Tarief per eenheid, in eurocenten | 9500
tariefOnzeker | Of het tarief een keuze was | false
teBeoordelen | Bedrag dat op een besluit wacht, in eurocenten | 0
teBeoordelenBedrag | Bedrag dat op een besluit wacht, in eurocenten | 0
antwoorden | De antwoorden (JW319) | []
besluitUiterlijkOp | Laatste dag voor het besluit na een onderzoek: acht weken na de dagtekening | "2026-06-26"
geslotenOp | Moment waarop het verzoek is afgehandeld; leeg zolang het openstaat | null
genoteerdOp | Moment waarop het is vastgelegd | "2026-05-04T09:30:00+02:00"
intrekking | De vraag van de aanbieder om het verzoek niet door te laten gaan | null
intrekkingGevraagd | Of de aanbieder vraagt het verzoek niet door te laten gaan | false
naarBeleid | Of de dienst dit besloot, naar beleid van de gemeente | false
opVerzoekVanAanbieder | Of de aanbieder zelf om de afwijzing vroeg | false
reactieUiterlijkOp | Laatste dag voor de eerste reactie: vijf werkdagen na ontvangst | "2026-05-08"
redenTekst | De reden in woorden, na 'afgewezen, want' | "er is geen contract"
redenVerzoek | RedenVerzoek van een JW317: 1 de situatie van de cliënt, 2 het plan van de hulp | null
referentieAanbieder | ReferentieAanbieder: het kenmerk dat de aanbieder aan het verzoek gaf | "VERZOEK1"
retourBerichtId | Het JW320 dat de aanbieder terugstuurde | null
retourUiterlijkOp | Laatste dag voor het JW320 van de aanbieder | "2026-05-08"
verworpen | Of het JW320 een retourcode heeft, zodat het JW319 nooit is verstuurd | false
verzoekId | Ons nummer van het verzoek | "9f1c2d3e-7a4b-4c1d-8e2f-3a5b6c7d8e9f"
voorgesteldeReden | Reden (WJ759) die past bij wat de gemeente opvalt; alleen voor medewerkers | "3"
woonplaatsUiterlijkOp | Laatste dag om wegens de woonplaats af te wijzen (JW315): veertien dagen na ontvangst | "2026-05-15"
mensBeslist | Of een mens moet beslissen wat er volgt | false
toegewezenProducten | Wat in de toewijzing (JW301) hoort | []
tegenrekening | Tegenrekening | "te_betalen"
tekst | De tekst, zonder Bsn | "Kunt u de uren toelichten?"
tekstversie | Release of uitgave van de tekst in de bron; leeg als die er geen heeft | "3.2"
tenaamstelling | De naam bij de rekening | "Stichting Zorg"
terugvragen | Of de regel daarna wordt teruggevraagd | false
tijd | Wanneer | "2026-04-30T12:00:00+02:00"
titel | Korte naam | "Begindatum binnen toewijzing"
title | Korte naam van het probleem | "Het verzoek klopt niet"
toegekend | Toegekend bedrag, in eurocenten | 12500
toegekendBedrag | Toegekend bedrag, in eurocenten | 12500
toegekendVolume | Toegekend volume | 120
toegewezenBedrag | Wat is toegewezen, in eurocenten | 120000
toegewezenVolume | Toegewezen volume | 780
toelichting | Wat u bij de cijfers moet weten | []
toewijzingen | De toewijzingen | []
toewijzingnummer | ToewijzingNummer | 484000001
toewijzingsdatum | Dag van toewijzing | "2026-01-01"
toewijzingstijd | Tijd van toewijzing | "10:00:00"
tot | Laatste maand of dag, meegerekend | "2026-06"
totEnMet | Laatste dag, meegerekend | "2026-06-30"
totaal | Alles samen | {}
totaalBedrag | Alles samen, in eurocenten | 12500
type | Soort probleem | "about:blank"
uiterlijk | Laatste dag | "2026-05-14"
uiterlijkTot | Termijn op of voor deze dag | "2026-05-14"
uiterlijkVanaf | Termijn op of na deze dag | "2026-05-01"
uitkomst | Wat er van de regel is geworden | "toegekend"
uitkomsten | Hoeveel regels en bedrag per uitkomst | []
uitleg | Uitleg in gewone taal | "Gerekend met het gemiddelde per dag."
vanaf | Eerste dag, meegerekend | "2022-04-04"
vergelekenOp | Wanneer de cijfers van alle anderen zijn berekend | "2026-05-01T10:15:04+02:00"
vergelijking | Vergeleken met wat gebruikelijk is | "binnen"
verloop | Wat er is gebeurd, oud naar nieuw | []
verplichting | Waar de gemeente nog aan vastzit | null
verplichtingen | Toewijzingen, met waar de gemeente nog aan vastzit | []
verwachtBedrag | Wat nog wordt verwacht, in eurocenten | 76389
volgorde | In welke volgorde | "termijn"
volumeOp | Dag waarop het toegewezen volume is gebruikt | "2026-10-12"
volumeVan | Laagste volume, in de eenheid | 6240
volumeTot | Hoogste volume, in de eenheid | 12480
uitvoeringsdatum | Dag waarop de bank betaalt | "2026-05-04"
van | Vanaf, of van wie | "2026-04"
vastgelegdDoor | Wie het vastlegde | "een medewerker financien"
vastgelegdOp | Moment van vastleggen | "2026-05-02T09:30:00+02:00"
verantwoordingen | De verantwoordingen | []
verschillen | De verschillen, of hoeveel het er zijn | 0
versie | Versie van de toewijzing | 1
versies | De versies, oudste eerst | []
verwacht | Wat er hoort te staan | "12500"
verwerktOp | Moment van verwerken | "2026-05-01T10:15:04+02:00"
volgende | Wijzer naar de volgende bladzijde, uit het vorige antwoord | "1042"
volgnummer | Volgnummer | 1
volgtOp | Het besluit dat dit besluit vervangt | 30
volume | Volume, in de eenheid ernaast | 120
voorgesteldeRetourcodes | Retourcodes die voor een afwijzing worden voorgesteld | ["9307"]
voorstel | Het besluit dat op een tweede beoordelaar wacht | null
vorigReferentienummer | ReferentieNummer van de regel die wordt gecrediteerd | "R0001"
vorm | In welke vorm de tabel wordt gemaakt | "veilig"
vragen | De gesprekken over regels | []
vrijgevallenBedrag | Wat overblijft na de termijn om te declareren, in eurocenten | 0
waarden | Wat er anders wordt | []
waarschuwing | Hoe dringend het is | "bijna_verlopen"
wachtOp | Wie er aan de beurt is | "aanbieder"
werkpunten | De werkpunten | []
was | De waarde zoals die was | "9500"
wat | Wat er is vergeleken | "bedrag"
watTeDoen | Wat de aanbieder nu moet doen | "U hoeft niets te doen."
wie | Wie het deed | "de gemeente"
wijzigingen | Wat er verandert | []
wordt | De waarde zoals die wordt | "9800"
zegel | Zegel over het journaal, hexadecimaal | "9f86d081884c7d65"
zorgmaand | Maand van zorg | "2026-04"
zorgvorm | Zorgvorm uit de productcatalogus | "Basis GGZ"
"""


def _read(regel: str) -> tuple[str, tuple[str, Any]]:
    naam, betekenis, voorbeeld = regel.split(" | ", 2)
    return naam, (betekenis, json.loads(voorbeeld))


WOORDEN: dict[str, tuple[str, Any]] = dict(map(_read, _WOORDEN.strip().splitlines()))
"""Meaning and example by name."""
_VORMEN = {"date": "2026-04-30", "date-time": "2026-04-30T12:00:00+02:00", "uuid": "9f1c2d3e-7a4b-4c1d-8e2f-3a5b6c7d8e9f"}
_SOORTEN: dict[str, Any] = {
    "integer": 1,
    "number": 1.5,
    "boolean": True,
    "array": [],
    "object": {},
    "string": "tekst",
    "null": None,
}


def describe(naam: str, schema: dict[str, Any], plaats: dict[str, Any] | None = None) -> None:
    """Give a field or parameter the meaning and the example that it does not have of itself. `plaats`: where the meaning is put."""
    doel = schema if plaats is None else plaats
    if {"type": "null"} in schema.get("anyOf", []) and any(vorm.get("format") == "date" for vorm in schema["anyOf"]):
        # The design rules look for the form of a day beside its name, also of one that may be absent.
        schema.setdefault("format", "date")
    betekenis, voorbeeld = WOORDEN.get(naam, ("", None))
    if betekenis:
        doel.setdefault("description", betekenis)
    if "$ref" in schema and plaats is not None:
        plaats.setdefault("example", voorbeeld)
    elif "$ref" not in schema and not {"examples", "example"} & {*schema, *doel}:
        schema["examples"] = [_fitting(schema, voorbeeld)]


def _fitting(schema: dict[str, Any], voorbeeld: Any) -> Any:
    """The example, or one of the form that the schema asks for when it is of another."""
    vormen = [schema, *schema.get("anyOf", [])]
    keuzes = [keuze for vorm in vormen for keuze in vorm.get("enum", [vorm["const"]] if "const" in vorm else [])]
    if keuzes:
        return voorbeeld if voorbeeld in keuzes else keuzes[0]
    soorten = [vorm["type"] for vorm in vormen if "type" in vorm]
    past = {str: "string", bool: "boolean", int: "integer", list: "array", dict: "object", type(None): "null"}[type(voorbeeld)]
    if past in soorten and (voorbeeld is not None or soorten == ["null"]):
        return voorbeeld
    return next(
        (_VORMEN[vorm["format"]] for vorm in vormen if vorm.get("format") in _VORMEN), _SOORTEN.get((soorten or ["null"])[0])
    )
