"""Files that are not well-formed XML: what the parser met, in Dutch, with what to do."""

from lxml import etree

from berichten.fouten import Invoerfout

REGEL = "OP192"
"""OP192: a message is an XML file, UTF-8 without BOM."""

_OPNIEUW = "Laat uw software het bestand opnieuw maken en verstuur het daarna nog eens."

_ZINNEN: dict[int, str] = {
    etree.ErrorTypes.ERR_DOCUMENT_EMPTY: f"Het bestand bevat geen XML. {_OPNIEUW}",
    etree.ErrorTypes.ERR_TAG_NOT_FINISHED: (
        f"Het bestand houdt op voordat alle elementen zijn gesloten; waarschijnlijk is het afgebroken. {_OPNIEUW}"
    ),
    etree.ErrorTypes.ERR_CDATA_NOT_FINISHED: f"Het bestand houdt op binnen een CDATA-blok. {_OPNIEUW}",
    etree.ErrorTypes.ERR_COMMENT_NOT_FINISHED: f"Het bestand houdt op binnen een commentaar (<!-- … -->). {_OPNIEUW}",
    etree.ErrorTypes.ERR_TAG_NAME_MISMATCH: (
        "Een element wordt gesloten met een andere naam dan waarmee het is geopend. Maak begin en einde gelijk."
    ),
    etree.ErrorTypes.ERR_DOCUMENT_END: (
        "Na het einde van het bericht staat iets dat er niet hoort: een teken, tekst of nog een bericht. Zet één bericht in een"
        " bestand en haal weg wat na het laatste sluitende element staat, ook als u het niet ziet."
    ),
    etree.ErrorTypes.ERR_UNDECLARED_ENTITY: (
        "Er staat een verwijzing met & die XML niet kent. Schrijf het teken zelf, of &amp; voor het teken &."
    ),
    etree.ErrorTypes.ERR_ENTITYREF_SEMICOL_MISSING: (
        "Er staat een & zonder puntkomma erachter. Schrijf &amp; als u het teken & bedoelt."
    ),
    etree.ErrorTypes.ERR_NAME_REQUIRED: (
        "Er staat een los teken & of < in de tekst, of een ongeldige naam. Schrijf &amp; voor & en &lt; voor <."
    ),
    etree.ErrorTypes.ERR_INVALID_CHAR: (
        "Er staat een besturingsteken dat in XML niet mag. Haal het weg uit de tekst, ook als u het niet ziet."
    ),
    etree.ErrorTypes.ERR_INVALID_ENCODING: ("Er staan tekens die geen UTF-8 zijn. Sla het bestand op als UTF-8 zonder BOM."),
    etree.ErrorTypes.ERR_ATTRIBUTE_REDEFINED: "Een attribuut staat twee keer in hetzelfde element. Haal er één weg.",
    etree.ErrorTypes.ERR_ATTRIBUTE_NOT_STARTED: "Om de waarde van een attribuut ontbreken aanhalingstekens. Zet die.",
    etree.ErrorTypes.ERR_ATTRIBUTE_WITHOUT_VALUE: "Een attribuut heeft geen waarde. Haal het weg.",
    etree.ErrorTypes.ERR_LT_IN_ATTRIBUTE: "In de waarde van een attribuut staat het teken <. Schrijf &lt;.",
    etree.ErrorTypes.ERR_MISPLACED_CDATA_END: "In de tekst staat ]]>. Schrijf ]]&gt;.",
    etree.ErrorTypes.ERR_RESERVED_XML_NAME: (
        "De regel <?xml …?> staat niet helemaal vooraan in het bestand. Haal weg wat ervoor staat."
    ),
    etree.ErrorTypes.NS_ERR_UNDEFINED_NAMESPACE: (
        "Een voorvoegsel van een element of attribuut is niet bekend. Voeg de bijbehorende xmlns toe aan Bericht."
    ),
}

_TE_GROOT = (
    "Een element of waarde is te groot: dieper dan 256 niveaus of langer dan 10 miljoen tekens. "
    "Dat past niet bij een iJw-bericht; laat uw software het bestand opnieuw maken."
)
_GRENZEN = frozenset({etree.ErrorTypes.ERR_NAME_TOO_LONG, 114})
"""114: libxml2's XML_ERR_RESOURCE_LIMIT, for which lxml has no name."""

_STAART = 200
"""Bytes at the end in which the error of a file that was cut off shows."""

_ANDERS = f"Dit is geen goed gevormde XML. {_OPNIEUW}"


def code_of(fout: etree.XMLSyntaxError) -> int:
    """libxml2's number for the error."""
    return int(getattr(fout, "code", 0))


def explain_syntax(fout: etree.XMLSyntaxError, inhoud: bytes) -> Invoerfout:
    """The first place where the file stops being XML, with its line. Nothing of the content is repeated."""
    regelnummer = fout.lineno or None
    code = code_of(fout)
    if code != etree.ErrorTypes.ERR_DOCUMENT_END and _is_cut_off(inhoud, fout.lineno):
        code = etree.ErrorTypes.ERR_TAG_NOT_FINISHED
    zin = _TE_GROOT if code in _GRENZEN else _ZINNEN.get(code, _ANDERS)
    return Invoerfout("", REGEL, f"Regel {regelnummer}: {zin}" if regelnummer else zin, regelnummer)


def _is_cut_off(inhoud: bytes, regelnummer: int | None) -> bool:
    """Whether the parser stopped on a last line that does not end a tag: then the cause is the missing end."""
    return not inhoud[-_STAART:].rstrip().endswith(b">") and (regelnummer or 0) > inhoud.count(b"\n", 0, -_STAART)
