"""The kinds of message that this service knows, and what the standard says of each.

Terms of answer: OP090 (three working days for JW302, 306, 308, 316, 318 and 320), OP090x3 (twenty for JW304) and OP090x4 (ten for
JW325).

JW303 and JW304 are read in two releases, all others in three: 3.2, and the 3.0 and 3.1 of January 2021 to April 2023, for archives.
The published schemas of 2.3 and 3.2 are known; of 3.0 only the model is, and of 3.1 only what its neighbours and public notes tell.
Their namespaces follow the pattern of all other releases. What is uncertain stands in docs/schemas.md.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

Partij = Literal["gemeente", "aanbieder"]

HUIDIG = "3.2"
"""Release that senders use since 3 April 2023."""
VAN_TOEN = ("3.0", "3.1")
"""Releases of JW301 to JW308, JW320, JW323 and JW325 that went before: 3.0 from 1 January 2021, 3.1 from 4 April 2022."""

BEGIN_RELEASE = {"2.3": date(2019, 4, 1), "3.0": date(2021, 1, 1), "3.1": date(2022, 4, 4), "3.2": date(2023, 4, 3)}
"""First day of each release. A JW303 of 3.0 is still in use."""


@dataclass(frozen=True, slots=True)
class Berichtsoort:
    """One kind of message in one release of the standard."""

    naam: str
    """Name as clerks say it: ``JW323``."""
    code: str
    """BerichtCode (COD002): ``490``. A JW303 and its answer have two; this is the declaration's (432, 433), the invoice's is
    450 or 451."""
    omschrijving: str
    """What the message is, in Dutch, for screens and error texts."""
    afzender: Partij
    """Who sends it. A JW303 may come from a servicebureau in the name of the aanbieder that its header mentions."""
    ontvanger: Partij
    antwoord: str | None
    """Name of the message that answers this one, of the same release; None for an answer."""
    antwoord_werkdagen: int
    """Working days within which the answer must leave; 0 for an answer."""
    release: str = HUIDIG
    productklasse: str = ""
    """Class below the client on which the message is about a product; empty for kinds that have none."""

    @property
    def van_toen(self) -> bool:
        """Whether its release made way for the one of today. Never a JW303: its newest release is still in use."""
        return self.release in VAN_TOEN and self.naam not in _FACTUREN

    @property
    def inzender(self) -> Partij:
        """Who sends it in. The header of an answer to a JW301 or JW319 keeps the parties of what it answers, so there it is the
        Ontvanger."""
        return self.ontvanger if self.naam in ANTWOORDEN_VAN_AANBIEDER else self.afzender

    @property
    def namespace(self) -> str:
        """Namespace of the message's own elements."""
        return f"http://www.istandaarden.nl/ijw/{self.release.replace('.', '_')}/{self.naam.lower()}/schema"

    @property
    def basis_namespace(self) -> str:
        """Namespace of the shared elements (basisschema) of the same release."""
        return f"http://www.istandaarden.nl/ijw/{self.release.replace('.', '_')}/basisschema/schema"

    @property
    def schemapad(self) -> str:
        """Path of the schema below the folder of schemas: ``ijw/3.2/jw323.xsd``."""
        return f"ijw/{self.release}/{self.naam.lower()}.xsd"


JW301 = Berichtsoort("JW301", "436", "toewijzing", "gemeente", "aanbieder", "JW302", 3, productklasse="ToegewezenProduct")
JW302 = Berichtsoort("JW302", "437", "antwoord op een toewijzing", "gemeente", "aanbieder", None, 0)
JW305 = Berichtsoort("JW305", "438", "melding start", "aanbieder", "gemeente", "JW306", 3, productklasse="StartProduct")
JW306 = Berichtsoort("JW306", "439", "antwoord op een melding start", "aanbieder", "gemeente", None, 0)
JW307 = Berichtsoort("JW307", "440", "melding stop", "aanbieder", "gemeente", "JW308", 3, productklasse="StopProduct")
JW308 = Berichtsoort("JW308", "441", "antwoord op een melding stop", "aanbieder", "gemeente", None, 0)
JW315 = Berichtsoort("JW315", "446", "verzoek om toewijzing", "aanbieder", "gemeente", "JW316", 3)
JW316 = Berichtsoort("JW316", "447", "antwoord op een verzoek om toewijzing", "aanbieder", "gemeente", None, 0)
JW317 = Berichtsoort("JW317", "486", "verzoek om wijziging", "aanbieder", "gemeente", "JW318", 3)
JW318 = Berichtsoort("JW318", "487", "antwoord op een verzoek om wijziging", "aanbieder", "gemeente", None, 0)
JW319 = Berichtsoort("JW319", "488", "besluit op een verzoek", "gemeente", "aanbieder", "JW320", 3)
JW320 = Berichtsoort("JW320", "489", "antwoord op een besluit op een verzoek", "gemeente", "aanbieder", None, 0)
JW323 = Berichtsoort("JW323", "490", "declaratie", "aanbieder", "gemeente", "JW325", 10)
JW325 = Berichtsoort("JW325", "491", "antwoord op een declaratie", "gemeente", "aanbieder", None, 0)
_OUD, _OUD_ANTWOORD = "declaratie of factuur van vóór 2021", "antwoord op een declaratie of factuur van vóór 2021"
JW303 = Berichtsoort("JW303", "432", _OUD, "aanbieder", "gemeente", "JW304", 20, "3.0")
JW304 = Berichtsoort("JW304", "433", _OUD_ANTWOORD, "gemeente", "aanbieder", None, 0, "3.0")
JW303_2_3 = replace(JW303, release="2.3")
JW304_2_3 = replace(JW304, release="2.3")

_FACTUREN = (JW303.naam, JW304.naam)
ANTWOORDEN_VAN_AANBIEDER: dict[str, str] = {JW302.naam: JW301.naam, JW320.naam: JW319.naam}
"""Answers that an aanbieder sends in, and the kind of message that each answers (KETEN: in the chain the aanbieder gets those)."""

_HUIDIGE = (JW301, JW302, JW305, JW306, JW307, JW308, JW320, JW323, JW325)
VERZOEKEN = (JW315, JW316, JW317, JW318, JW319)
"""Requests of an aanbieder and what is said to them; of 3.2 only. A JW319 comes from the gemeente."""
SOORTEN: tuple[Berichtsoort, ...] = (
    *(replace(soort, release=release) for release in VAN_TOEN for soort in _HUIDIGE),
    *_HUIDIGE,
    *VERZOEKEN,
    *(JW303_2_3, JW304_2_3, JW303, JW304),
)
"""Every kind; of one name the oldest release first."""
HEENBERICHTEN: tuple[Berichtsoort, ...] = tuple(soort for soort in SOORTEN if soort.antwoord)
"""Kinds that ask for an answer."""
INZENDINGEN = tuple(sorted({*(soort.naam for soort in HEENBERICHTEN), *ANTWOORDEN_VAN_AANBIEDER}))
"""Names of the kinds that may be sent in."""
OP_NAAM: dict[str, Berichtsoort] = {soort.naam: soort for soort in SOORTEN}
"""By name, the newest release of each. Enough for what all releases share; of a message itself the namespace tells the release."""
OP_NAMESPACE: dict[str, Berichtsoort] = {soort.namespace: soort for soort in SOORTEN}

_OP_NAAM_EN_RELEASE = {(soort.naam, soort.release): soort for soort in SOORTEN}


def find_antwoord(soort: Berichtsoort) -> Berichtsoort:
    """The kind that answers ``soort``, in the same release. Raises KeyError for a kind that is itself an answer."""
    return _OP_NAAM_EN_RELEASE[soort.antwoord or "", soort.release]
