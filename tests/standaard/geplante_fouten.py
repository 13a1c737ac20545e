"""Planted faults: in a small message one thing is changed, with the place and the words that must come back."""

# ruff: noqa: E501 -- one case, one line

from typing import NamedTuple

from berichten.standaard.waarden.soorten import JW303, JW323

# fmt: off
CLIENT1 = "Bericht/Declaratie/Clienten/Client[1]"
PRESTATIE1 = f"{CLIENT1}/Prestaties/Prestatie[1]"
CONTACT = "Bericht/Client/Contactgegevens/Contact"
FACTUUR = "Bericht/Header/DeclaratieFactuurIdentificatie"
PRESTATIE303 = "Bericht/Clienten/Client[1]/Prestaties/Prestatie[1]"
BEDRAG303 = f"{PRESTATIE303}/IngediendeBedragPrestatie"
AANGEVRAAGD1 = "Bericht/Client/AangevraagdeProducten/AangevraagdProduct[1]"
PRODUCT1 = "Bericht/Client/ToegewezenProducten/ToegewezenProduct[1]"
BASIS = JW323.basis_namespace


class Geval(NamedTuple):
    """One change to a good message: `oud` becomes `nieuw` at its first place."""

    soort: str
    situatie: str
    oud: str
    nieuw: str
    pad: str
    melding: str
    aantal: int = 1
    """Faults that this one change gives."""
    keer: int = 1
    """Places, from the first, that are changed."""


WAARDEN = (
    Geval("JW323", "naam in plaats van code", ">0484<", ">Alphen<", "Bericht/Header/Ontvanger", 'is "Alphen"; verwacht: vier cijfers'),
    Geval("JW301", "AGB-code met zeven cijfers", ">42420001<", ">4242000<", "Bericht/Header/Ontvanger", "acht cijfers (AGB-code"),
    Geval("JW323", "code van ander bericht", ">490<", ">491<", "Bericht/Header/BerichtCode", 'is "491"; in dit bericht hoort hier altijd 490'),
    Geval("JW305", "andere release in de header", "Subversie>2<", "Subversie>1<", "Bericht/Header/BerichtSubversie", "hoort hier altijd 2"),
    Geval("JW320", "onbekend besluit op een verzoek", "Antwoord>1<", "Antwoord>3<", "Bericht/Antwoord/VerzoekAntwoord", 'is "3"'),
    Geval("JW325", "geen getal als versie", "Versie>3<", "Versie>drie<", "Bericht/Header/BerichtVersie", 'is "drie"; in dit bericht hoort hier altijd 3'),
    Geval("JW323", "identificatie te lang", ">B1<", ">FACTUUR-2026-04<", "Bericht/Header/BerichtIdentificatie/Identificatie", "telt 15 tekens; hoogstens 12 mag"),
    Geval("JW323", "versie met twee getallen", "Versie>1.0.0<", "Versie>1.0<", "Bericht/Header/XsdVersie/BasisschemaXsdVersie", "drie getallen met punten"),
    Geval("JW323", "declaratienummer met streepje", ">DN001<", ">DN-001<", "Bericht/Declaratie/DeclaratieNummer", "letters en cijfers, zonder spaties"),
    Geval("JW323", "leeg declaratienummer", ">DN001<", "><", "Bericht/Declaratie/DeclaratieNummer", "is leeg; verwacht: een kenmerk van hoogstens 12"),
    Geval("JW323", "referentie te lang", ">R00<", f">{'R' * 21}<", f"{PRESTATIE1}/ProductReferentie/ReferentieNummer", "telt 21 tekens; hoogstens 20 mag"),
    Geval("JW323", "alleen spaties", ">45A03<", ">   <", f"{PRESTATIE1}/ProductCode", "gevuld met alleen spaties"),
    Geval("JW323", "spatie achter de code", ">04<", ">04 <", f"{PRESTATIE1}/Eenheid", "spatie of regeleinde vóór of achter"),
    Geval("JW323", "voorloopnul vergeten", ">04<", ">4<", f"{PRESTATIE1}/Eenheid", "Bedoelt u 04?"),
    Geval("JW323", "onbekende eenheid", ">04<", ">uur<", f"{PRESTATIE1}/Eenheid", 'is "uur"; kies een van: 01 ('),
    Geval("JW323", "kleine letter", "Credit>D<", "Credit>d<", "Bericht/Declaratie/TotaalIngediendBedrag/DebetCredit", "Bedoelt u D?"),
    Geval("JW323", "categorie bestaat niet", ">45<", ">99<", f"{PRESTATIE1}/ProductCategorie", "productcategorieën (JZ020), die 24 codes telt"),
    Geval("JW323", "bedrag in euro's met komma", ">1250<", ">12,50<", f"{PRESTATIE1}/ProductTarief", 'is "12,50"; verwacht: een heel getal in eurocenten van 0 tot en met 99999999 (12,50 euro is 1250)'),
    Geval("JW323", "bedrag met punt", ">5000<", ">50.00<", f"{PRESTATIE1}/IngediendBedrag/Bedrag", "(50.00 euro is 5000)"),
    Geval("JW323", "bedrag met euroteken", ">1250<", ">€ 12,5<", f"{PRESTATIE1}/ProductTarief", "(12,5 euro is 1250)"),
    Geval("JW323", "credit met minteken", ">5000<", ">-5000<", f"{PRESTATIE1}/IngediendBedrag/Bedrag", "met DebetCredit C"),
    Geval("JW323", "leeg tarief mag weg", ">1250<", "><", f"{PRESTATIE1}/ProductTarief", "Vul een waarde in of laat ProductTarief weg"),
    Geval("JW323", "volume met komma", "Volume>4<", "Volume>3,5<", f"{PRESTATIE1}/GeleverdVolume", 'is "3,5"; verwacht: een heel getal van 0'),
    Geval("JW323", "volume te groot", "Volume>4<", "Volume>100000000<", f"{PRESTATIE1}/GeleverdVolume", "0 tot en met 99999999"),
    Geval("JW323", "totaal te groot", ">20000<", ">1000000000000<", "Bericht/Declaratie/TotaalIngediendBedrag/TotaalBedrag", "tot en met 999999999999"),
    Geval("JW323", "toewijzingnummer met letter", ">10072<", ">T10072<", f"{PRESTATIE1}/ToewijzingNummer", 'is "T10072"; verwacht: een heel getal'),
    Geval("JW323", "datum bestaat niet", ">2026-04-30<", ">2026-04-31<", "Bericht/Declaratie/DeclaratiePeriode/Einddatum", "deze datum bestaat niet"),
    Geval("JW323", "29 februari in een gewoon jaar", ">2026-04-01<", ">2026-02-29<", "Bericht/Declaratie/DeclaratiePeriode/Begindatum", "deze datum bestaat niet"),
    Geval("JW307", "dag eerst", ">2026-06-30<", ">30-06-2026<", "Bericht/Client/StopProducten/StopProduct[1]/Einddatum", "Bedoelt u 2026-06-30?"),
    Geval("JW305", "datum zonder streepjes", ">2026-04-03<", ">20260403<", "Bericht/Client/StartProducten/StartProduct[1]/Begindatum", "Bedoelt u 2026-04-03?"),
    Geval("JW305", "datum met tijd", ">2026-04-03<", ">2026-04-03T00:00:00<", "Bericht/Client/StartProducten/StartProduct[1]/Begindatum", "Bedoelt u 2026-04-03?"),
    Geval("JW323", "datum met tijdzone", ">2026-05-06</b", ">2026-05-06Z</b", "Bericht/Declaratie/DeclaratieDagtekening", "een datum zonder tijdzone"),
    Geval("JW301", "tijd zonder seconden", ">10:15:00<", ">10:15<", f"{PRODUCT1}/Toewijzingstijd", "een tijd als 14:05:00"),
    Geval("JW301", "tijd bestaat niet", ">10:15:00<", ">25:15:00<", f"{PRODUCT1}/Toewijzingstijd", 'is "25:15:00"; verwacht: een tijd'),
    Geval("JW301", "geslacht onbekend", "Geslacht>2<", "Geslacht>9<", "Bericht/Client/Geslacht", 'Geslacht is "9"; kies een van: 0 ('),
    Geval("JW301", "land voluit", ">NL<", ">Nederland<", f"{CONTACT}/Adres/LandCode", "landcodes (COD032), die 249 codes telt"),
    Geval("JW301", "reden wijziging bestaat niet", ">02<", ">15<", f"{PRODUCT1}/RedenWijziging", "reden wijziging toewijzing (JZ002), die 14 codes telt"),
    Geval("JW302", "retourcode bestaat niet", ">0200<", ">9999<", "Bericht/Header/RetourCodes/RetourCode", "retourcodes (WJ001)"),
    Geval("JW308", "stopreden onbekend", ">31<", ">21<", "Bericht/Client/StopProducten/StopProduct[1]/RedenBeeindiging", "kies een van: 02 ("),
    Geval("JW301", "huisletter van twee tekens", ">a<", ">ab<", f"{CONTACT}/Adres/Huis/Huisletter", "telt 2 tekens; hoogstens 1 mag"),
    Geval("JW301", "huisnummer met letter", ">12<", ">12b<", f"{CONTACT}/Adres/Huis/Huisnummer", "zonder letter of toevoeging"),
    Geval("JW301", "telefoonnummer met streepje", ">0172123456<", ">0172-123456<", f"{CONTACT}/Telefoon/Telefoon01/Telefoonnummer", "zonder spaties, streepjes"),
    Geval("JW301", "straatnaam te lang", ">Proefstraat<", ">Burgemeester de Proefgerritsenstraat<", f"{CONTACT}/Adres/Straatnaam", "telt 36 tekens; hoogstens 24 mag"),
    Geval("JW305", "voorletters met punt", "letters>A<", "letters>A.<", "Bericht/Client/Naam/Voorletters", "zonder punten en spaties"),
    Geval("JW306", "regeleinde in een naam", ">Voorbeeld<", ">Voor\nbeeld<", "Bericht/Client/Naam/Geslachtsnaam/Achternaam", "er staat een regeleinde in"),
    Geval("JW301", "leeg commentaar", ">Geen bijzonderheden<", "> <", f"{PRODUCT1}/Commentaar", "of laat Commentaar weg"),
    Geval("JW323", "BSN met acht cijfers", ">999900006<", ">99990006<", f"{CLIENT1}/Bsn", "Bsn is ******006 (8 tekens); verwacht: negen cijfers"),
    Geval("JW305", "BSN met letter", ">999900006<", ">99990000A<", "Bericht/Client/Bsn", "(9 tekens, niet alleen cijfers)"),
    Geval("JW305", "geboortedag niet bekend", ">2012-03-04<", ">2012-03-00<", "Bericht/Client/Geboortedatum/Datum", "de eerste dag van de maand in, met DatumGebruik 1"),
    Geval("JW305", "geboortemaand niet bekend", ">2012-03-04<", ">2012-00-00<", "Bericht/Client/Geboortedatum/Datum", "1 januari van het jaar in (jjjj-01-01), met DatumGebruik 2"),
    Geval("JW305", "geboortedatum niet bekend", ">2012-03-04<", ">0000-00-00<", "Bericht/Client/Geboortedatum/Datum", "1900-01-01 in, met DatumGebruik 3"),
    Geval("JW305", "geboortedatum bestaat niet", ">2012-03-04<", ">2012-13-04<", "Bericht/Client/Geboortedatum/Datum", "10 tekens die hier niet past; deze datum bestaat niet"),
    Geval("JW303", "code van een declaratie 3.2", ">432<", ">490<", "Bericht/Header/BerichtCode", 'is "490"; verwacht: in een JW303 code 432 (declaratie) of 450 (factuur)'),
    Geval("JW303", "subversie van de andere release", "Subversie>0<", "Subversie>3<", "Bericht/Header/BerichtSubversie", 'is "3"; in dit bericht hoort hier altijd 0'),
    Geval("JW303", "AGB-code van een aanbieder als servicebureau", ">98000123<", ">42420001<", "Bericht/Header/Servicebureau", "acht cijfers die met 98 beginnen (AGB-code van het servicebureau)"),
    Geval("JW303", "betaling aan zonder voorloopnul", ">02<", ">2<", "Bericht/Header/BetalingAanID", "kies een van: 01 (Het servicebureau), 02 (De aanbieder). Bedoelt u 02?"),
    Geval("JW303", "factuurnummer met streepje", ">FN001<", ">FN-001<", f"{FACTUUR}/DeclarantFactuurNummer", "hoogstens 12 letters en cijfers, zonder spaties of streepjes"),
    Geval("JW303", "factuurnummer te lang", ">FN001<", ">FACTUUR202011<", f"{FACTUUR}/DeclarantFactuurNummer", "telt 13 tekens; hoogstens 12 mag"),
    Geval("JW303", "btw-nummer met punten", ">NL999900006B01<", ">NL9999.00006.B01<", f"{FACTUUR}/BtwIDNummer", "telt 16 tekens; hoogstens 14 mag. Verwacht: NL, negen cijfers, de letter B"),
    Geval("JW303", "andere munt", ">EUR<", ">EURO<", f"{FACTUUR}/ValutaCode", "kies een van: EUR (Euro)"),
    Geval("JW303", "btw van honderd procent", ">2100<", ">10000<", f"{BEDRAG303}/BtwPercentage", "in honderdsten van een procent, van 0 tot en met 9999 (2100 is 21%)"),
    Geval("JW303", "percentage met komma", "percentage>10000<", "percentage>100,00<", f"{BEDRAG303}/Verrekenpercentage", "van 0 tot en met 99999"),
    Geval("JW303", "btw-vrijstelling met een woord", "Indicatie>2<", "Indicatie>nee<", f"{BEDRAG303}/BtwVrijstellingIndicatie", "kies een van: 1 (Vrijgesteld van btw), 2 ("),
    Geval("JW303", "eenheid van geen enkele release", ">04<", ">85<", f"{BEDRAG303}/Eenheid", "21 (Weken)"),
    Geval("JW303", "negatief btw-bedrag", ">868<", ">-868<", f"{BEDRAG303}/BtwBedrag/Bedrag", "met DebetCredit C"),
    Geval("JW304", "code van de heenweg", ">433<", ">432<", "Bericht/Header/BerichtCode", "in een JW304 code 433 of 451"),
    Geval("JW304", "referentie van de gemeente te lang", ">G1<", f">{'G' * 25}<", "Bericht/Header/RetourHeader/GemeenteReferentieNummer", "telt 25 tekens; hoogstens 24 mag"),
    Geval("JW304", "retourcode van een latere release", ">0200<", ">9390<", "Bericht/Header/RetourCodes/RetourCode", "retourcodes (WJ001), die 64 codes telt"),
    Geval("JW315", "verwijzer die niet bestaat", "Type>02<", "Type>07<", f"{AANGEVRAAGD1}/Verwijzer/Type", "kies een van: 01 ("),
    Geval("JW315", "naam van de verwijzer te lang", ">Praktijk Proef<", f">{'P' * 65}<", f"{AANGEVRAAGD1}/Verwijzer/Naam", "hoogstens 64 mag"),
    Geval("JW315", "AGB-code van de verwijzer met letter", ">01000001<", ">0100000A<", f"{AANGEVRAAGD1}/Verwijzer/ZorgverlenerCode", "acht cijfers"),
    Geval("JW315", "gezag met een woord", "Bekend>1<", "Bekend>ja<", "Bericht/Client/GezagsdragerBekend", 'is "ja"; kies een van: 1 (Ja), 2 (Nee)'),
    Geval("JW316", "kenmerk van een verzoek te lang", ">V1<", f">{'V' * 37}<", f"{AANGEVRAAGD1}/ReferentieAanbieder", "telt 37 tekens; hoogstens 36 mag"),
    Geval("JW317", "reden van een verzoek onbekend", "RedenVerzoek>1<", "RedenVerzoek>3<", "Bericht/Client/Verzoek/RedenVerzoek", "kies een van: 1 (De cliënt heeft andere hulp nodig)"),
    Geval("JW318", "budget met komma", ">120000<", ">1200,00<", "Bericht/Client/Verzoek/TeWijzigenProducten/TeWijzigenProduct[1]/Budget", "(1200,00 euro is 120000)"),
    Geval("JW319", "reden van afwijzing onbekend", "Verzoek>8<", "Verzoek>10<", "Bericht/Antwoord/RedenAfwijzingVerzoek", "kies een van: 1 ("),
    Geval("JW323", "onzichtbaar teken in een code", ">04<", ">04\u200b<", f"{PRESTATIE1}/Eenheid", 'is "04\N{REPLACEMENT CHARACTER}"; kies een van'),
)

OPBOUW = (
    Geval("JW323", "element ontbreekt", "<b:Ontvanger>0484</b:Ontvanger>", "", "Bericht/Header", "Na Afzender hoort Ontvanger te staan in Header; gevonden: BerichtIdentificatie. Voeg Ontvanger toe."),
    Geval("JW323", "eerste element ontbreekt", "<b:BerichtCode>490</b:BerichtCode>", "", "Bericht/Header", "Vóór BerichtVersie hoort BerichtCode te staan in Header. Voeg BerichtCode toe."),
    Geval("JW323", "laatste element ontbreekt", "<b:IngediendBedrag><i:Bedrag>5000</i:Bedrag><i:DebetCredit>D</i:DebetCredit></b:IngediendBedrag>", "", PRESTATIE1, "Prestatie mist IngediendBedrag. Voeg IngediendBedrag toe na ProductTarief."),
    Geval("JW305", "twee elementen ontbreken", "<b:Begindatum>2026-04-03</b:Begindatum>\n<b:StatusAanlevering>1</b:StatusAanlevering>", "", "Bericht/Client/StartProducten/StartProduct[1]", "mist Begindatum en StatusAanlevering. Voeg deze elementen toe"),
    Geval("JW301", "leeg element", "<b:Omvang><i:Volume>2</i:Volume><i:Eenheid>04</i:Eenheid><i:Frequentie>2</i:Frequentie></b:Omvang>", "<b:Omvang/>", f"{PRODUCT1}/Omvang", "Omvang mist Volume, Eenheid en Frequentie"),
    Geval("JW325", "retourcode ontbreekt", "<b:RetourCodes><b:RetourCode>0200</b:RetourCode></b:RetourCodes>", "<b:RetourCodes/>", "Bericht/Header/RetourCodes", "mist RetourCode"),
    Geval("JW323", "element staat te vroeg", "<b:GeleverdVolume>4</b:GeleverdVolume>\n<b:Eenheid>04</b:Eenheid>\n<b:ProductTarief>1250</b:ProductTarief>", "<b:ProductTarief>1250</b:ProductTarief>\n<b:GeleverdVolume>4</b:GeleverdVolume>\n<b:Eenheid>04</b:Eenheid>", f"{PRESTATIE1}/ProductTarief", "in Prestatie hoort het na Eenheid"),
    Geval("JW301", "element staat te laat", "<b:Budget>120000</b:Budget>\n<b:Commentaar>", "<b:Budget>120000</b:Budget>\n<b:ReferentieAanbieder>X1</b:ReferentieAanbieder><b:Commentaar>", f"{PRODUCT1}/ReferentieAanbieder", "in ToegewezenProduct hoort het na ToewijzingNummer"),
    Geval("JW307", "eerste element staat achteraan", "<b:Bsn>999900006</b:Bsn>\n<b:Geboortedatum><i:Datum>2012-03-04</i:Datum><i:DatumGebruik>1</i:DatumGebruik></b:Geboortedatum>", "<b:Geboortedatum><i:Datum>2012-03-04</i:Datum></b:Geboortedatum><b:Bsn>999900006</b:Bsn>", "Bericht/Client/Geboortedatum", "Geboortedatum staat op de verkeerde plaats: in Client hoort het na Bsn"),
    Geval("JW323", "element staat dubbel", "<b:Eenheid>04</b:Eenheid>", "<b:Eenheid>04</b:Eenheid><b:Eenheid>04</b:Eenheid>", f"{PRESTATIE1}/Eenheid[2]", "Eenheid staat 2 keer in Prestatie; hoogstens 1 keer"),
    Geval("JW305", "twee cliënten in één bericht", "</b:Client>", "</b:Client><b:Client/>", "Bericht/Client[2]", "Client staat 2 keer in Bericht", 2),
    Geval("JW323", "onbekend element", "<b:Eenheid>", "<b:Opmerking>x</b:Opmerking><b:Eenheid>", f"{PRESTATIE1}/Opmerking", "Opmerking is geen element van Prestatie. Haal het weg."),
    Geval("JW323", "onbekend element meer keren", "<b:Eenheid>", "<b:Extra/><b:Extra/><b:Extra/><b:Eenheid>", f"{PRESTATIE1}/Extra[1]", "komt hier 3 keer voor"),
    Geval("JW323", "typefout in de naam", "<b:Eenheid>04</b:Eenheid>", "<b:Eenhied>04</b:Eenhied>", f"{PRESTATIE1}/Eenhied", "Bedoelt u Eenheid?"),
    Geval("JW323", "hoofdletters", "<b:Ontvanger>0484</b:Ontvanger>", "<b:ontvanger>0484</b:ontvanger>", "Bericht/Header/ontvanger", "Bedoelt u Ontvanger?"),
    Geval("JW323", "element uit een ander deel", "<b:XsdVersie>", "<b:ProductCode>45A03</b:ProductCode><b:XsdVersie>", "Bericht/Header/ProductCode", "ProductCode hoort niet in Header, maar in Prestatie"),
    Geval("JW307", "element van een ander bericht", "<b:RedenBeeindiging>", "<b:DeclaratieNummer>D1</b:DeclaratieNummer><b:RedenBeeindiging>", "Bericht/Client/StopProducten/StopProduct[1]/DeclaratieNummer", "is geen element van StopProduct"),
    Geval("JW323", "verkeerde namespace", "<i:Bedrag>5000</i:Bedrag>", "<b:Bedrag>5000</b:Bedrag>", f"{PRESTATIE1}/IngediendBedrag/Bedrag", f"verwacht: namespace {BASIS}"),
    Geval("JW323", "twee elementen in verkeerde namespace", "<i:Bedrag>5000</i:Bedrag><i:DebetCredit>D</i:DebetCredit>", "<b:Bedrag>5000</b:Bedrag><b:DebetCredit>D</b:DebetCredit>", f"{PRESTATIE1}/IngediendBedrag/Bedrag", "Bedrag en DebetCredit staan in namespace"),
    Geval("JW305", "zonder namespace", "<b:StatusAanlevering>1</b:StatusAanlevering>", "<StatusAanlevering>1</StatusAanlevering>", "Bericht/Client/StartProducten/StartProduct[1]/StatusAanlevering", "staat niet in een namespace"),
    Geval("JW305", "namespace van een andere release", "<b:Geslacht>2</b:Geslacht>", '<b:Geslacht xmlns:b="http://www.istandaarden.nl/ijw/3_1/jw305/schema">2</b:Geslacht>', "Bericht/Client/Geslacht", "in namespace http://www.istandaarden.nl/ijw/3_1/jw305/schema"),
    Geval("JW305", "omhulsel onder een andere naam", "b:StartProducten>", "b:Start>", "Bericht/Client/Start", "Start is geen element van Client", 2, 2),
    Geval("JW323", "attribuut", "<b:Eenheid>", '<b:Eenheid soort="x">', f"{PRESTATIE1}/Eenheid", "een attribuut dat niet is toegestaan: soort"),
    Geval("JW323", "xsi:nil", "<b:ProductTarief>1250<", '<b:ProductTarief xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"><', f"{PRESTATIE1}/ProductTarief", "xsi:nil; dat mag in een iJw-bericht niet"),
    Geval("JW323", "xsi:type van iets anders", "<b:Eenheid>", '<b:Eenheid xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="i:LDT_Datum">', f"{PRESTATIE1}/Eenheid", "niet is toegestaan: xsi:type"),
    Geval("JW323", "losse tekst tussen elementen", "<b:Eenheid>", "los<b:Eenheid>", PRESTATIE1, "Tussen de elementen van Prestatie staat losse tekst (3 tekens)"),
    Geval("JW325", "tekst in plaats van elementen", "<b:RetourCodes><b:RetourCode>0200</b:RetourCode></b:RetourCodes>", "<b:RetourCodes><b:RetourCode>0200</b:RetourCode>akkoord</b:RetourCodes>", "Bericht/Header/RetourCodes", "losse tekst (7 tekens)"),
    Geval("JW323", "element in een waarde", ">45A03<", "><b:Code>45A03</b:Code><", f"{PRESTATIE1}/ProductCode", "In ProductCode staat het element Code; verwacht: alleen een waarde"),
    Geval("JW302", "adres zonder huisnummer", "<i:Huisnummer>12</i:Huisnummer>", "", f"{CONTACT}/Adres/Huis", "Vóór Huisletter hoort Huisnummer te staan in Huis"),
    Geval("JW315", "verwijzer ontbreekt", "<b:Verwijzer>\n<i:Type>02</i:Type>\n<i:Naam>Praktijk Proef</i:Naam>\n<i:ZorgverlenerCode>01000001</i:ZorgverlenerCode>\n</b:Verwijzer>", "", AANGEVRAAGD1, "Voeg Verwijzer toe."),
    Geval("JW317", "product bij wat verandert", "<b:GewensteIngangsdatum>", "<b:Product><i:Categorie>45</i:Categorie></b:Product><b:GewensteIngangsdatum>", "Bericht/Client/Verzoek/TeWijzigenProducten/TeWijzigenProduct[1]/Product", "Product hoort niet in TeWijzigenProduct"),
    Geval("JW303", "gemeente ontbreekt", "<b:Gemeente>0484</b:Gemeente>", "", "Bericht/Header", "Na BerichtSubversie hoort Gemeente te staan in Header; gevonden: Servicebureau. Voeg Gemeente toe."),
    Geval("JW303", "header van een bericht van 3.2", "<b:Gemeente>", "<b:Afzender>42420001</b:Afzender><b:Gemeente>", "Bericht/Header/Afzender", "Afzender is geen element van Header"),
    Geval("JW303", "bedrag buiten zijn klasse", "<b:IngediendeBedragPrestatie>", "<b:IngediendBedrag>5000</b:IngediendBedrag><b:IngediendeBedragPrestatie>", f"{PRESTATIE303}/IngediendBedrag", "IngediendBedrag is geen element van Prestatie"),
    Geval("JW303", "geslacht ontbreekt", "<b:Geslacht>2</b:Geslacht>", "", "Bericht/Clienten/Client[1]", "Na Geboortedatum hoort Geslacht te staan in Client"),
    Geval("JW303", "btw-bedrag staat te vroeg", "<i:BtwVrijstellingIndicatie>2</i:BtwVrijstellingIndicatie>\n<i:BtwPercentage>2100</i:BtwPercentage>", "<i:BtwPercentage>2100</i:BtwPercentage>\n<i:BtwVrijstellingIndicatie>2</i:BtwVrijstellingIndicatie>", f"{BEDRAG303}/BtwPercentage", "in IngediendeBedragPrestatie hoort het na BtwVrijstellingIndicatie"),
    Geval("JW303", "deel van een bedrag in de namespace van het bericht", "<i:GeleverdVolume>4</i:GeleverdVolume>", "<b:GeleverdVolume>4</b:GeleverdVolume>", f"{BEDRAG303}/GeleverdVolume", f"verwacht: namespace {JW303.basis_namespace}"),
    Geval("JW303", "schemaversie ontbreekt", "<b:XsdVersie>\n  <i:BasisschemaXsdVersie>1.0.0</i:BasisschemaXsdVersie>\n  <i:BerichtXsdVersie>1.0.0</i:BerichtXsdVersie>\n</b:XsdVersie>\n", "", "Bericht/Header", "Header mist XsdVersie. Voeg XsdVersie toe na DeclaratieFactuurBedragen."),
    Geval("JW308", "niets in het bericht", "<b:BerichtCode>441</b:BerichtCode>", "<b:BerichtCode/>", "Bericht/Header/BerichtCode", "is leeg; verwacht: 441"),
)
