"""What of all awarded care is shown, uncertain or wrong, by group: each cent once, and by norm, where it may be in several.

A line counts with what is wrong of it, and of the rest what is uncertain; the whole ties with the journal. The service gives no
opinion: it says whether a total is above or below the limits that were set.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any, Literal

from sqlalchemy import Connection

from berichten.kern.tekst import getal
from berichten.opslag.basis import vraag as sql
from berichten.opslag.controle.controlebereik import Controlebereik
from berichten.opslag.controle.controleregels import Controleregel, stream_controleregels
from berichten.rapporten.accountant.normen import Toetsnorm
from berichten.rapporten.accountant.verklaring import GEWOON, Controlebasis, Regelverklaring, explain
from berichten.rapporten.accountant.zinnen import tell_norm
from berichten.rapporten.boeken.boekvraag import Boekvraag, conditions, group_column, values
from berichten.rapporten.boeken.periode import Vraagfout
from berichten.rapporten.ingesteld.instelstand import STANDAARD, Geldendewaarde, Instelstand
from berichten.rapporten.monitor.tabel import percent
from berichten.rapporten.uitvoer.tabel import Kolom, Rapport

GROEPEN = ("gemeente", "aanbieder", "zorgmaand", "categorie", "productcode")
"""What these totals can be grouped by."""
_FILTERS = ("aanbieder", "zorgmaand", "categorie", "productcode")
_PER_NORM = "Een bedrag kan bij meer normen staan. In 'fout' en 'onzeker' telt elke cent één keer."
Oordeel = Literal["onder", "boven"]


@dataclass(frozen=True, slots=True)
class Controlegrenzen:
    """Above which part of what is accounted for, in percents, an accountant has something to say of it."""

    fout: Decimal = Decimal("1.0")
    onzeker: Decimal = Decimal("3.0")

    @classmethod
    def of(cls, stand: Instelstand) -> "Controlegrenzen":
        """As the gemeente set them."""
        return cls(stand.percent("controle_fouten"), stand.percent("controle_onzeker"))


INSTELLINGEN = ("controle_fouten", "controle_onzeker", "beschikking_vereist", "niveau_zonder_afspraak")
"""What these totals go by that the gemeente sets."""


@dataclass(slots=True)
class Verantwoordsom:
    """Sums of a group, in cents."""

    aantal: int = 0
    verantwoord: int = 0
    fout: int = 0
    onzeker: int = 0
    fout_norm: dict[Toetsnorm, int] = field(default_factory=lambda: dict.fromkeys(Toetsnorm, 0))
    onzeker_norm: dict[Toetsnorm, int] = field(default_factory=lambda: dict.fromkeys(Toetsnorm, 0))

    def add(self, verklaring: Regelverklaring) -> None:
        """One line more."""
        self.aantal += 1
        self.verantwoord += verklaring.regel.bedrag
        self.fout += verklaring.fout
        self.onzeker += verklaring.onzeker
        for norm, oordeel in verklaring.normen.items():
            self.fout_norm[norm] += oordeel.fout
            self.onzeker_norm[norm] += oordeel.onzeker

    def join(self, ander: "Verantwoordsom") -> None:
        """All of another group too."""
        for veld in fields(self):
            eigen, erbij = getattr(self, veld.name), getattr(ander, veld.name)
            samen = {norm: eigen[norm] + erbij[norm] for norm in Toetsnorm} if isinstance(eigen, dict) else eigen + erbij
            setattr(self, veld.name, samen)

    @property
    def fout_pct(self) -> Decimal | None:
        return _share(self.fout, self.verantwoord)

    @property
    def onzeker_pct(self) -> Decimal | None:
        return _share(self.onzeker, self.verantwoord)


def _share(deel: int, geheel: int) -> Decimal | None:
    """Percents with one decimal, also where it is a nought."""
    pct = percent(deel, geheel)
    return None if pct is None else pct.quantize(Decimal("0.1"))


def hold_against(deel: int, geheel: int, grens: Decimal) -> Oordeel:
    """Above only when it is more than the limit, from cents and not from a rounded percent."""
    return "boven" if Decimal(deel) * 100 > grens * geheel else "onder"


Groepsleutel = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Verantwoordstand:
    """What a question comes to."""

    vraag: Boekvraag
    groepen: dict[Groepsleutel, Verantwoordsom]
    """By the values of what was grouped by, in order."""
    totaal: Verantwoordsom
    journaal: int
    """What the journal holds of the same, in cents: the sum of `verantwoord`, or the books do not tie."""
    stand: Instelstand = STANDAARD
    """What held on the day of the question."""

    @property
    def grenzen(self) -> Controlegrenzen:
        return Controlegrenzen.of(self.stand)

    @property
    def instellingen(self) -> list[Geldendewaarde]:
        """Those that these totals went by."""
        return self.stand.choose(INSTELLINGEN)


def add_up(verklaringen: Iterable[Regelverklaring], vraag: Boekvraag) -> tuple[dict[Groepsleutel, Verantwoordsom], Verantwoordsom]:
    """Every group and the total, in one go; without groups one row, also when there is nothing."""
    groepen: dict[Groepsleutel, Verantwoordsom] = {} if vraag.groepeer else {(): Verantwoordsom()}
    for item in verklaringen:
        sleutel = tuple(_value_of(naam, item.regel, vraag) for naam in vraag.groepeer)
        groepen.setdefault(sleutel, Verantwoordsom()).add(item)
    totaal = Verantwoordsom()
    for som in groepen.values():
        totaal.join(som)
    return dict(sorted(groepen.items())), totaal


def _value_of(naam: str, regel: Controleregel, vraag: Boekvraag) -> Any:
    if naam == "gemeente":
        return vraag.gemeente
    if naam == "zorgmaand":
        return regel.begindatum.replace(day=1)
    return regel.agb if naam == "aanbieder" else getattr(regel, naam)


def read_verantwoord(
    verbinding: Connection, vraag: Boekvraag, basis: Controlebasis = GEWOON, stand: Instelstand = STANDAARD
) -> Verantwoordstand:
    """Reckoned line by line from a cursor. Raises Vraagfout for what only lines and catalogue know."""
    groepen, totaal = add_up(stream_verklaringen(verbinding, vraag, basis), vraag)
    journaal = _JOURNAALSOM.replace("{keuze}", conditions(vraag))
    return Verantwoordstand(vraag, groepen, totaal, sql.Vraag(int, journaal).read(verbinding, values(vraag)), stand)


_JOURNAALSOM = "SELECT coalesce(sum(bedrag), 0)::bigint FROM journaal WHERE gemeente = %(g)s AND geboekt_op <= %(t)s{keuze}"


def stream_verklaringen(verbinding: Connection, vraag: Boekvraag, basis: Controlebasis) -> Iterator[Regelverklaring]:
    """Of every awarded line that the question asks for, in byte order of AGB code and reference."""
    for regel in stream_controleregels(verbinding, as_bereik(vraag)):
        yield explain(regel, basis)


def as_bereik(vraag: Boekvraag) -> Controlebereik:
    """The same question to the lines. Raises Vraagfout."""
    anders = [naam for naam in vraag.filters if naam not in _FILTERS]
    if vraag.periodesoort != "zorgmaand" or anders:
        raise Vraagfout(f"Verantwoordstand wordt naar zorgmaand. Kies alleen uit deze filters: {', '.join(_FILTERS)}.")
    onbekend = [naam for naam in vraag.groepeer if naam not in GROEPEN]
    if onbekend:
        raise Vraagfout(f"Op '{onbekend[0]}' kan hier niet worden gegroepeerd. Kies uit: {', '.join(GROEPEN)}.")
    maand = vraag.filters.get("zorgmaand")
    if maand is not None:
        vraag = Boekvraag(vraag.gemeente, vraag.peilmoment, periode=type(vraag.periode)(maand, maand), filters=vraag.filters)
    return Controlebereik(
        vraag.gemeente, vraag.peilmoment, vraag.periode.van, vraag.periode.laatste_dag,
        **{naam: waarde for naam, waarde in vraag.filters.items() if naam != "zorgmaand"},
    )  # fmt: skip


_SOMMEN = (
    Kolom("aantalRegels", "Aantal regels", "aantal"),
    Kolom("verantwoord", "Verantwoord", "geld"),
    Kolom("fout", "Fout", "geld"),
    Kolom("foutPct", "Fout (%)"),
    Kolom("onzeker", "Onzeker", "geld"),
    Kolom("onzekerPct", "Onzeker (%)"),
    *(Kolom(f"fout{norm.value.capitalize()}", f"Fout: {norm.value}", "geld") for norm in Toetsnorm),
    *(Kolom(f"onzeker{norm.value.capitalize()}", f"Onzeker: {norm.value}", "geld") for norm in Toetsnorm),
)


def report_verantwoord(verantwoord: Verantwoordstand) -> Rapport:
    """A row for each group, and below it how the whole stands beside the limits, and what the gemeente had set."""
    vraag = verantwoord.vraag
    return Rapport(
        "verantwoord",
        "Verantwoord volgens de vier normen",
        (*(group_column(naam) for naam in vraag.groepeer), *_SOMMEN),
        [(*sleutel, *_as_row(som)) for sleutel, som in verantwoord.groepen.items()],
        [
            *vraag.describe(),
            *_tell_limits(verantwoord.totaal, verantwoord.grenzen),
            *(("Instelling", item.zin) for item in verantwoord.instellingen),
            ("Let op", _PER_NORM),
        ],
        controletotaal=verantwoord.journaal,
        controlekolom="verantwoord",
        totaalrij=bool(vraag.groepeer),
    )


def _as_row(som: Verantwoordsom) -> Sequence[Any]:
    return (
        som.aantal, som.verantwoord, som.fout, _dutch(som.fout_pct), som.onzeker, _dutch(som.onzeker_pct), *som.fout_norm.values(),
        *som.onzeker_norm.values(),
    )  # fmt: skip


def _tell_limits(totaal: Verantwoordsom, grenzen: Controlegrenzen) -> list[tuple[str, str | int]]:
    regels: list[tuple[str, str | int]] = []
    for wat, deel, grens in (("fouten", totaal.fout, grenzen.fout), ("onzekerheden", totaal.onzeker, grenzen.onzeker)):
        pct = _share(deel, totaal.verantwoord)
        stand = "niets te verantwoorden"
        if pct is not None:
            stand = f"{_dutch(pct)} %, {hold_against(deel, totaal.verantwoord, grens)} de grens"
        regels.append((f"Grens {wat} {_dutch(grens)} %", stand))
    return regels


def _dutch(waarde: Decimal | None) -> str:
    """`9,3`; empty for nothing."""
    if waarde is None:
        return ""
    heel, _, rest = f"{waarde:.1f}".partition(".")
    return f"{getal(int(heel))},{rest}"


_REGELKOLOMMEN = (
    Kolom("prestatieId", "Prestatie"), Kolom("aanbieder", "Aanbieder"), Kolom("referentienummer", "Referentienummer"),
    Kolom("toewijzingnummer", "Toewijzing"), Kolom("categorie", "Categorie"), Kolom("productcode", "Productcode"),
    Kolom("begindatum", "Begindatum"), Kolom("einddatum", "Einddatum"), Kolom("bedrag", "Bedrag", "geld"),
    Kolom("waarde", "Waarde"), Kolom("fout", "Fout", "geld"), Kolom("onzeker", "Onzeker", "geld"),
    *(Kolom(norm.value, norm.value.capitalize()) for norm in Toetsnorm),
    *(Kolom(f"zin{norm.value.capitalize()}", f"Verklaring {norm.value}") for norm in Toetsnorm),
    Kolom("boekdag", "Geboekt op"), Kolom("zegel", "Zegel van die dag"),
)  # fmt: skip


def report_verklaringen(verbinding: Connection, vraag: Boekvraag, basis: Controlebasis) -> Rapport:
    """Every line with its four sentences, read while the report is written; the transaction stays open till then."""
    as_bereik(vraag)
    return list_verklaringen(stream_verklaringen(verbinding, vraag, basis), vraag.describe())


def list_verklaringen(verklaringen: Iterable[Regelverklaring], verantwoording: list[tuple[str, str | int]]) -> Rapport:
    """The same of any lines."""
    return Rapport(
        "verklaringen", "Verklaring per regel", _REGELKOLOMMEN, map(_as_line, verklaringen), verantwoording, totaalrij=True
    )


def _as_line(verklaring: Regelverklaring) -> Sequence[Any]:
    regel, normen = verklaring.regel, verklaring.normen
    return (
        regel.prestatie_id, regel.agb, regel.referentienummer, regel.toewijzingnummer, regel.categorie, regel.productcode,
        f"{regel.begindatum:%d-%m-%Y}", f"{regel.einddatum:%d-%m-%Y}", regel.bedrag, verklaring.waarde.naam, verklaring.fout,
        verklaring.onzeker, *(normen[norm].waarde.naam for norm in Toetsnorm), *(tell_norm(verklaring, norm) for norm in Toetsnorm),
        f"{regel.boekdag:%d-%m-%Y}", regel.zegel,
    )  # fmt: skip
