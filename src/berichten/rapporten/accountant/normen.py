"""The four norms, what can be found of each, and which rule belongs to which: one table, which a test holds against the catalogue.

STUREN.md section 4, after the national accountantsprotocol. What that does not place is placed here and marked in docs/sturen.md.
"""

from enum import IntEnum, StrEnum

from berichten.kern.feit import Feit


class Toetsnorm(StrEnum):
    """What an accountant asks of a line."""

    RECHT = "recht"
    """May this jeugdige have it from us?"""
    OMVANG = "omvang"
    """How much?"""
    DECLARATIE = "declaratie"
    """Is it billed as it should be?"""
    LEVERING = "levering"
    """Was it given?"""


class Waarde(IntEnum):
    """What can be said of a norm; of several the highest counts."""

    AANGETOOND = 0
    BESLUIT = 1
    """A rule asked for a person, who awarded with a reason."""
    ONZEKER = 2
    """A fact lacks, or a signal was not explained."""
    FOUT = 3
    """Now known to be wrong."""

    @property
    def naam(self) -> str:
        """As people read it."""
        return self.name.lower()


_REGELS: dict[Toetsnorm, tuple[str, ...]] = {
    Toetsnorm.RECHT: (
        "TR304", "TR307", "TR308", "TR338", "TR384", "DA08", "DA11", "DA17", "DA21", "DA22",
        # The allocation is for another product, or is another's.
        "TR339", "TR340", "TR303", "TR305", "TR306", "TR311", "TR378", "CS300",
    ),
    Toetsnorm.OMVANG: ("TR321", "TR322", "TR369", "TR381", "DA10", "DA14", "DA16", "DA18", "DA19", "CS329", "IV056"),
    Toetsnorm.DECLARATIE: (
        "TR314", "TR318", "TR341", "TR346", "TR387", "TR388", "TR418", "DA02", "DA03", "DA05", "DA07", "DA12", "DA15", "DA20",
        "DA23",
        # Demands on a line or its message beside those.
        "DA09", "TR056", "TR135", "TR319", "TR323", "TR333", "TR389", "TR390", "CS064", "IV053", "IV054", "IV060", "IV071", "OP278",
        "TR309", "TR324",
        # What a message shows by itself (level 2).
        "CD055", "CD056", "CD058", "CD059", "CD060", "CD062", "CD087", "CS002", "CS023", "CS100", "CS103", "CS108", "CS323",
        "CS325", "CS327", "CS328", "CS330", "CS331", "CS337", "CS339", "CS340", "TR002", "TR097", "TR101", "TR134", "TR137",
        "TR312", "TR313", "TR315", "TR316", "TR317", "TR335", "TR358", "TR416",
    ),
    Toetsnorm.LEVERING: ("DA01", "DA04", "DA06", "DA13"),
}  # fmt: skip
NORM_VAN = {regel: norm for norm, regels in _REGELS.items() for regel in regels}
"""By id of a rule on billed lines."""
NOG_NIET = frozenset({"DA08", "DA16", "DA17", "DA19", "DA20", "DA21", "DA22", "DA23"})
"""Named in the protocol, and no rule on a billed line here: DA08, DA16 and DA17 look at an allocation, the age of DA21 is
DA11's, DA22 is a signal of an aanbieder; DA19, DA20 and DA23 are not built."""
ONVERKLAARD = frozenset({"DA08", "DA11", "DA13", "DA16"})
"""Signals that leave a norm uncertain until a person decided; others leave it shown, with a note."""
UREN_REGELS = frozenset({"DA01", "DA04", "DA06"})
"""Of which the records tell how many minutes lack."""
NORM_VAN_FEIT = {Feit.GEBOORTEDATUM: Toetsnorm.RECHT, Feit.FTE_PRIJS: Toetsnorm.OMVANG}
"""Facts without which a norm is uncertain. Records are looked up anew; without a frame, a ceiling or a family plan there is nothing
to hold a line against, so then nothing lacks."""
