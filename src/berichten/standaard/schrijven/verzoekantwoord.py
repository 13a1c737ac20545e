"""Write a JW319: what the gemeente says to a request of an aanbieder, when it does not grant it with a JW301."""

from xml.sax.saxutils import escape

from berichten.standaard.waarden.verzoeken import Verzoekantwoord


def write_jw319(bericht: Verzoekantwoord) -> bytes:
    """The message as bytes that OP192 allows: UTF-8, no BOM, CR/LF."""
    soort, kop = bericht.soort, bericht.header
    versie, subversie = soort.release.split(".")
    reden = f"\t\t<jw319:RedenAfwijzingVerzoek>{bericht.reden}</jw319:RedenAfwijzingVerzoek>\n" if bericht.reden else ""
    woonplaats = (
        f"\t\t<jw319:Woonplaatsbeginsel>\n\t\t\t<jw319:Gemeente>{bericht.woonplaats}</jw319:Gemeente>\n\t\t</jw319:Woonplaatsbeginsel>\n"
        if bericht.woonplaats
        else ""
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<jw319:Bericht xmlns:ijw="{soort.basis_namespace}" xmlns:jw319="{soort.namespace}">
\t<jw319:Header>
\t\t<jw319:BerichtCode>{soort.code}</jw319:BerichtCode>
\t\t<jw319:BerichtVersie>{versie}</jw319:BerichtVersie>
\t\t<jw319:BerichtSubversie>{subversie}</jw319:BerichtSubversie>
\t\t<jw319:Afzender>{kop.afzender}</jw319:Afzender>
\t\t<jw319:Ontvanger>{kop.ontvanger}</jw319:Ontvanger>
\t\t<jw319:BerichtIdentificatie>
\t\t\t<ijw:Identificatie>{escape(kop.identificatie)}</ijw:Identificatie>
\t\t\t<ijw:Dagtekening>{kop.dagtekening}</ijw:Dagtekening>
\t\t</jw319:BerichtIdentificatie>
\t\t<jw319:XsdVersie>
\t\t\t<ijw:BasisschemaXsdVersie>{kop.basisschema_versie}</ijw:BasisschemaXsdVersie>
\t\t\t<ijw:BerichtXsdVersie>{kop.bericht_versie}</ijw:BerichtXsdVersie>
\t\t</jw319:XsdVersie>
\t</jw319:Header>
\t<jw319:Antwoord>
\t\t<jw319:ReferentieAanbieder>{escape(bericht.referentie)}</jw319:ReferentieAanbieder>
\t\t<jw319:VerzoekAntwoord>{bericht.antwoord}</jw319:VerzoekAntwoord>
{reden}{woonplaats}\t</jw319:Antwoord>
</jw319:Bericht>
""".replace("\n", "\r\n").encode()
