"""Write a JW319: what the gemeente says to a request of an aanbieder, when it does not grant it with a JW301."""

from xml.sax.saxutils import escape

from berichten.standaard.schrijven.kop import begin_bericht
from berichten.standaard.waarden.verzoeken import Verzoekantwoord


def write_jw319(bericht: Verzoekantwoord) -> bytes:
    """The message as bytes that OP192 allows: UTF-8, no BOM, CR/LF."""
    reden = f"\t\t<jw319:RedenAfwijzingVerzoek>{bericht.reden}</jw319:RedenAfwijzingVerzoek>\n" if bericht.reden else ""
    woonplaats = (
        f"\t\t<jw319:Woonplaatsbeginsel>\n\t\t\t<jw319:Gemeente>{bericht.woonplaats}</jw319:Gemeente>\n\t\t</jw319:Woonplaatsbeginsel>\n"
        if bericht.woonplaats
        else ""
    )
    return f"""{begin_bericht(bericht.soort, bericht.header)}\t</jw319:Header>
\t<jw319:Antwoord>
\t\t<jw319:ReferentieAanbieder>{escape(bericht.referentie)}</jw319:ReferentieAanbieder>
\t\t<jw319:VerzoekAntwoord>{bericht.antwoord}</jw319:VerzoekAntwoord>
{reden}{woonplaats}\t</jw319:Antwoord>
</jw319:Bericht>
""".replace("\n", "\r\n").encode()
