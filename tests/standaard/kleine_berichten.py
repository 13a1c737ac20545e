"""Small valid messages of all kinds, written out so that a test can change one thing in them."""

from berichten.standaard.waarden.soorten import Berichtsoort

_ROL = {"gemeente": "0484", "aanbieder": "42420001"}

_IDENTIFICATIE = "<i:Identificatie>{}</i:Identificatie><i:Dagtekening>2026-05-06</i:Dagtekening>"
_VERSIE = """
  <i:BasisschemaXsdVersie>1.0.0</i:BasisschemaXsdVersie>
  <i:BerichtXsdVersie>1.0.0</i:BerichtXsdVersie>"""

_GEBOORTE = """<b:Geboortedatum><i:Datum>2012-03-04</i:Datum><i:DatumGebruik>1</i:DatumGebruik></b:Geboortedatum>
<b:Geslacht>2</b:Geslacht>"""
_NAAM = """<i:Geslachtsnaam>
  <i:Achternaam>Voorbeeld</i:Achternaam>
  <i:Voorvoegsel>van</i:Voorvoegsel>
</i:Geslachtsnaam>
<i:Voornamen>Anna</i:Voornamen>
<i:Voorletters>A</i:Voorletters>"""
_CONTACT = """<b:Contact>
<b:Soort>01</b:Soort>
<b:Adres>
  <i:Huis><i:Huisnummer>12</i:Huisnummer><i:Huisletter>a</i:Huisletter></i:Huis>
  <i:Postcode>2400AA</i:Postcode>
  <i:Straatnaam>Proefstraat</i:Straatnaam>
  <i:Plaatsnaam>Alphen aan den Rijn</i:Plaatsnaam>
  <i:LandCode>NL</i:LandCode>
</b:Adres>
<b:Telefoon><i:Telefoon01><i:Telefoonnummer>0172123456</i:Telefoonnummer><i:Landnummer>0031</i:Landnummer></i:Telefoon01></b:Telefoon>
<b:Emailadres>anna@voorbeeld.nl</b:Emailadres>
{codes}</b:Contact>"""
_TOEGEWEZEN = """<b:ToegewezenProduct>
<b:ToewijzingNummer>10072</b:ToewijzingNummer>
<b:Product><i:Categorie>45</i:Categorie><i:Code>45A03</i:Code></b:Product>
<b:Toewijzingsdatum>2026-03-20</b:Toewijzingsdatum>
<b:Toewijzingstijd>10:15:00</b:Toewijzingstijd>
<b:Ingangsdatum>2026-04-01</b:Ingangsdatum>
<b:Einddatum>2026-09-30</b:Einddatum>
<b:RedenWijziging>02</b:RedenWijziging>
<b:Omvang><i:Volume>2</i:Volume><i:Eenheid>04</i:Eenheid><i:Frequentie>2</i:Frequentie></b:Omvang>
<b:Budget>120000</b:Budget>
<b:Commentaar>Geen bijzonderheden</b:Commentaar>
{codes}</b:ToegewezenProduct>"""
_START = """<b:StartProduct>
<b:ToewijzingNummer>10072</b:ToewijzingNummer>
<b:Begindatum>2026-04-03</b:Begindatum>
<b:StatusAanlevering>1</b:StatusAanlevering>
{codes}</b:StartProduct>"""
_STOP = """<b:StopProduct>
<b:ToewijzingNummer>10072</b:ToewijzingNummer>
<b:Begindatum>2026-04-03</b:Begindatum>
<b:RedenBeeindiging>31</b:RedenBeeindiging>
<b:Einddatum>2026-06-30</b:Einddatum>
<b:StatusAanlevering>1</b:StatusAanlevering>
{codes}</b:StopProduct>"""
_OMVANG = "<b:Omvang><i:Volume>4</i:Volume><i:Eenheid>04</i:Eenheid><i:Frequentie>2</i:Frequentie></b:Omvang>"
_AANGEVRAAGD = """<b:AangevraagdProduct>
<b:ReferentieAanbieder>V{nummer}</b:ReferentieAanbieder>
<b:BeschikkingNummer>7001</b:BeschikkingNummer>
<b:Product><i:Categorie>45</i:Categorie><i:Code>45A03</i:Code></b:Product>
<b:BeschikkingIngangsdatum>2026-04-01</b:BeschikkingIngangsdatum>
<b:ToewijzingIngangsdatum>2026-06-01</b:ToewijzingIngangsdatum>
<b:ToewijzingEinddatum>2026-12-31</b:ToewijzingEinddatum>
{omvang}
<b:Budget>120000</b:Budget>
<b:Verwijzer>
<i:Type>02</i:Type>
<i:Naam>Praktijk Proef</i:Naam>
<i:ZorgverlenerCode>01000001</i:ZorgverlenerCode>
</b:Verwijzer>
<b:Raamcontract>2</b:Raamcontract>
<b:Commentaar>Geen bijzonderheden</b:Commentaar>
{codes}</b:AangevraagdProduct>"""
_WENS = f"""<b:GewensteIngangsdatum>2026-06-01</b:GewensteIngangsdatum>
<b:Einddatum>2026-12-31</b:Einddatum>
{_OMVANG}
<b:Budget>120000</b:Budget>
"""
_PRESTATIE = """<b:Prestatie>
<b:ProductReferentie><i:ReferentieNummer>{referentie}</i:ReferentieNummer></b:ProductReferentie>
<b:ToewijzingNummer>10072</b:ToewijzingNummer>
<b:ProductCategorie>45</b:ProductCategorie>
<b:ProductCode>45A03</b:ProductCode>
<b:ProductPeriode><i:Begindatum>2026-04-01</i:Begindatum><i:Einddatum>2026-04-30</i:Einddatum></b:ProductPeriode>
<b:GeleverdVolume>4</b:GeleverdVolume>
<b:Eenheid>04</b:Eenheid>
<b:ProductTarief>1250</b:ProductTarief>
<b:IngediendBedrag><i:Bedrag>5000</i:Bedrag><i:DebetCredit>D</i:DebetCredit></b:IngediendBedrag>
{codes}</b:Prestatie>"""
_FACTUUR_PRESTATIE = """<b:Prestatie>
<b:BeschikkingNummer>7001</b:BeschikkingNummer>
<b:ToewijzingNummer>10072</b:ToewijzingNummer>
<b:ProductCategorie>45</b:ProductCategorie>
<b:ProductCode>45A03</b:ProductCode>
<b:ProductPeriode><i:Begindatum>2020-11-01</i:Begindatum><i:Einddatum>2020-11-30</i:Einddatum></b:ProductPeriode>
<b:IngediendeBedragPrestatie>
<i:GeleverdVolume>4</i:GeleverdVolume>
<i:Eenheid>04</i:Eenheid>
<i:Verrekenpercentage>10000</i:Verrekenpercentage>
<i:ProductTarief>1250</i:ProductTarief>
<i:BerekendBedrag><i:Bedrag>5000</i:Bedrag><i:DebetCredit>D</i:DebetCredit></i:BerekendBedrag>
<i:BtwVrijstellingIndicatie>2</i:BtwVrijstellingIndicatie>
<i:BtwPercentage>2100</i:BtwPercentage>
<i:BtwBedrag><i:Bedrag>868</i:Bedrag><i:DebetCredit>D</i:DebetCredit></i:BtwBedrag>
<i:DeclaratieFactuurBedrag><i:Bedrag>5000</i:Bedrag><i:DebetCredit>D</i:DebetCredit></i:DeclaratieFactuurBedrag>
</b:IngediendeBedragPrestatie>
<b:ProductReferentie><i:ReferentieNummer>{referentie}</i:ReferentieNummer></b:ProductReferentie>
{toegekend}<b:Commentaar>Geen bijzonderheden</b:Commentaar>
{codes}</b:Prestatie>"""
_TOEGEKEND = """<b:ToegekendeBedragPrestatie>
<i:GemeenteBerekendBedrag><i:Bedrag>5000</i:Bedrag><i:DebetCredit>D</i:DebetCredit></i:GemeenteBerekendBedrag>
<i:ToegekendBedrag><i:Bedrag>0</i:Bedrag><i:DebetCredit>D</i:DebetCredit></i:ToegekendBedrag>
</b:ToegekendeBedragPrestatie>
"""
_FACTUUR = """<b:DeclaratieFactuurIdentificatie>
<i:DeclaratiePeriode><i:Begindatum>2020-11-01</i:Begindatum><i:Einddatum>2020-11-30</i:Einddatum></i:DeclaratiePeriode>
<i:DeclarantFactuurNummer>FN001</i:DeclarantFactuurNummer>
<i:FactuurDagtekening>2020-12-05</i:FactuurDagtekening>
<i:BtwIDNummer>NL999900006B01</i:BtwIDNummer>
<i:ValutaCode>EUR</i:ValutaCode>
</b:DeclaratieFactuurIdentificatie>"""
_CODES = "<b:RetourCodes><b:RetourCode>0200</b:RetourCode></b:RetourCodes>\n"


def klein_bericht(soort: Berichtsoort) -> str:
    """A valid message with two of everything that repeats. `b:` is the message's own namespace, `i:` the basisschema."""
    codes = "" if soort.antwoord else _CODES
    lichaam = _LICHAAM[soort.naam](codes)
    header = _factuur_header(soort) if soort.naam in ("JW303", "JW304") else _header(soort)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<b:Bericht xmlns:b="{soort.namespace}" xmlns:i="{soort.basis_namespace}">\n'
        f"{header}\n{lichaam}\n</b:Bericht>\n"
    )


def _header(soort: Berichtsoort) -> str:
    return f"""<b:Header>
<b:BerichtCode>{soort.code}</b:BerichtCode>
<b:BerichtVersie>3</b:BerichtVersie>
<b:BerichtSubversie>{soort.release[-1]}</b:BerichtSubversie>
<b:Afzender>{_ROL[soort.afzender]}</b:Afzender>
<b:Ontvanger>{_ROL[soort.ontvanger]}</b:Ontvanger>
<b:BerichtIdentificatie>{_IDENTIFICATIE.format("B1")}</b:BerichtIdentificatie>
<b:XsdVersie>{_VERSIE}
</b:XsdVersie>
{_retourdeel(soort)}</b:Header>"""


def _retourdeel(soort: Berichtsoort) -> str:
    if soort.antwoord:
        return ""
    if soort.naam == "JW325":
        eerst = f"<b:DeclaratieIdentificatie>{_IDENTIFICATIE.format('D1')}</b:DeclaratieIdentificatie>"
        return f"{eerst}\n<b:XsdVersieDeclaratie>{_VERSIE}</b:XsdVersieDeclaratie>\n{_CODES}"
    eerst = "<b:IdentificatieRetour>R1</b:IdentificatieRetour>\n<b:DagtekeningRetour>2026-05-07</b:DagtekeningRetour>"
    return f"{eerst}\n<b:XsdVersieRetour>{_VERSIE}</b:XsdVersieRetour>\n{_CODES}"


def _factuur_header(soort: Berichtsoort) -> str:
    versie, subversie = soort.release.split(".")
    return f"""<b:Header>
<b:BerichtCode>{soort.code}</b:BerichtCode>
<b:BerichtVersie>{versie}</b:BerichtVersie>
<b:BerichtSubversie>{subversie}</b:BerichtSubversie>
<b:Gemeente>0484</b:Gemeente>
<b:Servicebureau>98000123</b:Servicebureau>
<b:Aanbieder>42420001</b:Aanbieder>
<b:BetalingAanID>02</b:BetalingAanID>
{_FACTUUR}
{_factuur_totalen(soort)}</b:Header>"""


def _factuur_totalen(soort: Berichtsoort) -> str:
    met_versie = soort.release != "2.3"
    versie = f"<b:XsdVersie>{_VERSIE}\n</b:XsdVersie>\n" if met_versie else ""
    if soort.antwoord:
        totalen = _totaal("DeclaratieFactuurTotaalBedrag", "i") + _totaal("BtwTotaalBedrag", "i")
        return f"<b:DeclaratieFactuurBedragen>\n{totalen}\n</b:DeclaratieFactuurBedragen>\n{versie}"
    kenmerk = "<i:GemeenteReferentieNummer>G1</i:GemeenteReferentieNummer>\n<i:RetourDagtekening>2020-12-20</i:RetourDagtekening>"
    totalen = _totaal("IngediendTotaalBedrag", "i") + _totaal("ToegekendTotaalBedrag", "i")
    retour = f"<b:RetourHeader>\n{kenmerk}\n</b:RetourHeader>\n<b:RetourBedragen>\n{totalen}\n</b:RetourBedragen>\n"
    retourversie = f"<b:XsdVersieRetour>{_VERSIE}\n</b:XsdVersieRetour>\n" if met_versie else ""
    return f"{versie}{retour}<b:XsltVersie>1.0.0</b:XsltVersie>\n{retourversie}{_CODES}"


def _factuur(codes: str) -> str:
    toegekend = _TOEGEKEND if codes else ""
    regels = [_FACTUUR_PRESTATIE.format(codes=codes, toegekend=toegekend, referentie=f"R0{regel}") for regel in range(2)]
    prestaties = "\n".join(("<b:Prestaties>", *regels, "</b:Prestaties>"))
    client = _client(_NAAM, f"<b:Commentaar>Geen bijzonderheden</b:Commentaar>\n{prestaties}", codes)
    return f"<b:Clienten>\n{client}\n{client}\n</b:Clienten>"


def _client(naam: str, rest: str, codes: str) -> str:
    return f"<b:Client>\n<b:Bsn>999900006</b:Bsn>\n{_GEBOORTE}\n<b:Naam>{naam}</b:Naam>\n{rest}\n{codes}</b:Client>"


def _toewijzing(codes: str) -> str:
    contact = _CONTACT.format(codes=codes)
    product = _TOEGEWEZEN.format(codes=codes)
    naam = f"{_NAAM}<i:NaamGebruik>1</i:NaamGebruik>"
    rest = f"""<b:Communicatie><i:Vorm>1</i:Vorm><i:Taal>Zweeds</i:Taal></b:Communicatie>
<b:Contactgegevens>{contact}</b:Contactgegevens>
<b:ToegewezenProducten>{product}{product}</b:ToegewezenProducten>"""
    return _client(naam, rest, codes)


def _toewijzingsverzoek(codes: str) -> str:
    producten = "".join(_AANGEVRAAGD.format(codes=codes, omvang=_OMVANG, nummer=nummer) for nummer in (1, 2))
    rest = f"""<b:GezagsdragerBekend>1</b:GezagsdragerBekend>
<b:Commentaar>Geen bijzonderheden</b:Commentaar>
<b:AangevraagdeProducten>{producten}</b:AangevraagdeProducten>"""
    return _client(_NAAM, rest, codes)


def _wijzigingsverzoek(codes: str) -> str:
    nummer = "<b:ToewijzingNummer>10072</b:ToewijzingNummer>\n"
    product = "<b:Product><i:Categorie>45</i:Categorie><i:Code>45A03</i:Code></b:Product>\n"
    gelijk = f"<b:OngewijzigdProduct>{nummer}{codes}</b:OngewijzigdProduct>" * 2
    anders = f"<b:TeWijzigenProduct>{nummer}{_WENS}{codes}</b:TeWijzigenProduct>" * 2
    nieuw = f"<b:NieuwProduct>{product}{_WENS}{codes}</b:NieuwProduct>" * 2
    return f"""<b:Client>
<b:Bsn>999900006</b:Bsn>
<b:Verzoek>
<b:ReferentieAanbieder>V1</b:ReferentieAanbieder>
<b:RedenVerzoek>1</b:RedenVerzoek>
<b:OngewijzigdeProducten>{gelijk}</b:OngewijzigdeProducten>
<b:TeWijzigenProducten>{anders}</b:TeWijzigenProducten>
<b:NieuweProducten>{nieuw}</b:NieuweProducten>
{codes}</b:Verzoek>
{codes}</b:Client>"""


def _verzoek(codes: str) -> str:
    beginsel = f"<b:Woonplaatsbeginsel><b:Gemeente>0484</b:Gemeente>{codes}</b:Woonplaatsbeginsel>"
    besluit = "<b:VerzoekAntwoord>1</b:VerzoekAntwoord>\n<b:RedenAfwijzingVerzoek>8</b:RedenAfwijzingVerzoek>"
    return f"<b:Antwoord>\n<b:ReferentieAanbieder>V1</b:ReferentieAanbieder>\n{besluit}\n{beginsel}\n{codes}</b:Antwoord>"


def _start(codes: str) -> str:
    return _client(_NAAM, f"<b:StartProducten>{_START.format(codes=codes) * 2}</b:StartProducten>", codes)


def _stop(codes: str) -> str:
    return _client(_NAAM, f"<b:StopProducten>{_STOP.format(codes=codes) * 2}</b:StopProducten>", codes)


def _clienten(codes: str) -> str:
    clienten = ""
    for nummer, bsn in enumerate(("999900006", "999900018")):
        regels = "\n".join(_PRESTATIE.format(codes=codes, referentie=f"R{nummer}{regel}") for regel in range(2))
        clienten += f"<b:Client>\n<b:Bsn>{bsn}</b:Bsn>\n<b:Prestaties>\n{regels}\n</b:Prestaties>\n{codes}</b:Client>\n"
    return f"<b:Clienten>\n{clienten}</b:Clienten>"


def _totaal(naam: str, deel: str = "b") -> str:
    return f"<{deel}:{naam}><i:TotaalBedrag>20000</i:TotaalBedrag><i:DebetCredit>D</i:DebetCredit></{deel}:{naam}>"


def _declaratie(codes: str) -> str:
    if codes:
        totalen = f"{_totaal('TotaalIngediendBedrag')}\n{_totaal('TotaalToegekendBedrag')}"
        nummer = "<b:DeclaratieNummer>DN001</b:DeclaratieNummer>"
        return f"<b:DeclaratieAntwoord>\n{nummer}\n{totalen}\n{_clienten(codes)}\n{codes}</b:DeclaratieAntwoord>"
    return f"""<b:Declaratie>
<b:DeclaratieNummer>DN001</b:DeclaratieNummer>
<b:DeclaratiePeriode><i:Begindatum>2026-04-01</i:Begindatum><i:Einddatum>2026-04-30</i:Einddatum></b:DeclaratiePeriode>
<b:DeclaratieDagtekening>2026-05-06</b:DeclaratieDagtekening>
{_totaal("TotaalIngediendBedrag")}
{_clienten("")}
</b:Declaratie>"""


_LICHAAM = {
    "JW303": _factuur,
    "JW304": _factuur,
    "JW315": _toewijzingsverzoek,
    "JW316": _toewijzingsverzoek,
    "JW317": _wijzigingsverzoek,
    "JW318": _wijzigingsverzoek,
    "JW319": _verzoek,
    "JW320": _verzoek,
    "JW301": _toewijzing,
    "JW302": _toewijzing,
    "JW305": _start,
    "JW306": _start,
    "JW307": _stop,
    "JW308": _stop,
    "JW323": _declaratie,
    "JW325": _declaratie,
}
