"""Rules on the header of a JW303 against other messages and sources: a fault here rejects the whole message."""

from functools import partial

from berichten.dossier.dossier import Jw303Kader
from berichten.kern.regel import Gegevens, Regel, regel
from berichten.regels.header import header
from berichten.regels.jw303.jw303regel import JW303, carry_over, follows_in_step
from berichten.standaard.waarden.jw303 import Jw303Declaratie

_headerregel = partial(regel, niveau=3, klasse="Header", berichten=JW303, gevolg="afkeuren")
_KOP = "DeclaratieFactuurIdentificatie"

dagtekening_niet_in_toekomst: Regel = carry_over(
    header.dagtekening_niet_in_toekomst, id="CS064", element=f"{_KOP}/FactuurDagtekening"
)


factuurnummer_uniek: Regel = carry_over(
    header.identificatie_uniek,
    id="TR324",
    retourcode="0030",
    element=f"{_KOP}/DeclarantFactuurNummer",
    titel="Een aanbieder gebruikt een factuurnummer maar één keer.",
    melding="Factuurnummer {identificatie} is al gebruikt voor een ander bericht, dat op {ontvangen_op} binnenkwam.",
    doen="Geef dit bericht een nieuw nummer en stuur het opnieuw.",
)
# Besides today also the period that is billed counts (`HeaderKader.peildatums`).
gemeente_bestaat: Regel = carry_over(
    header.ontvanger_is_gemeente,
    id="CS300",
    element="Gemeente",
    melding=(
        "{gemeentecode} is geen code van een gemeente die op {vandaag} bestaat of in de declaratieperiode of bij ingang van de"
        " toewijzing bestond."
    ),
)


@_headerregel(
    "TR318",
    retourcode="8214",
    element=f"{_KOP}/DeclaratiePeriode",
    titel="Declaratieperiodes volgen op elkaar: niet terug, niet half over elkaar heen, en met alleen hele periodes ertussen.",
    melding=(
        "Dit bericht gaat over {begindatum} tot en met {einddatum}, het vorige over {vorige_begin} tot en met {vorig_einde}."
        " {oorzaak}"
    ),
    doen=(
        "Kies dezelfde periode als die van het vorige bericht, of een die daarop aansluit of hele periodes later begint."
        " Regels mogen over eerdere periodes gaan."
    ),
    bron="iJw 3.0, TR318 en OP284",
)
def periode_volgt_op_vorige(declaratie: Jw303Declaratie, kader: Jw303Kader) -> Gegevens | None:
    """The period of the latest message handled, for corrections, or one that begins right after it or whole periods later.

    How long the agreed period is, is known from the last one only.
    """
    vorige, deze = kader.vorige_periode, declaratie.periode
    if vorige is None or deze == vorige:
        return None
    later = deze.begindatum > vorige.einddatum
    if later and follows_in_step(vorige, deze):
        return None
    oorzaak = "Daartussen ligt geen heel aantal periodes." if later else "Dat begint voordat de vorige periode voorbij is."
    return {
        "begindatum": deze.begindatum,
        "einddatum": deze.einddatum,
        "vorige_begin": vorige.begindatum,
        "vorig_einde": vorige.einddatum,
        "oorzaak": oorzaak,
    }


@_headerregel(
    "TR311",
    retourcode="9311",
    element="Aanbieder",
    titel="De indiener is de aanbieder die de toewijzing heeft, of wie namens hem declareert.",
    melding="Geen van de {aantal} regels hoort bij een toewijzing aan aanbieder {agb}; ze staan op naam van een andere aanbieder.",
    doen="Vul als Aanbieder de AGB-code in die in de toewijzing staat, en stuur het bericht opnieuw.",
    bron="iJw 3.0, TR311",
)
def aanbieder_heeft_toewijzing(declaratie: Jw303Declaratie, kader: Jw303Kader) -> Gegevens | None:
    """Every line names an allocation that this very client has with another aanbieder; single lines of that kind are 0551."""
    if not kader.alles_van_anderen:
        return None
    return {"aantal": sum(len(client.prestaties) for client in declaratie.clienten), "agb": kader.agb}


@_headerregel(
    "OP278",
    retourcode="8855",
    niveau=4,
    element="BerichtCode",
    titel="Wie heeft afgesproken te factureren, stuurt een factuur.",
    melding="Dit bericht is een declaratie (432), maar de gemeente heeft met u afgesproken dat u facturen stuurt.",
    doen="Stuur alle hulp als factuur (BerichtCode 450), of vraag de gemeente of de afspraak klopt.",
    bron="iJw 3.0, OP278 en IV056",
)
def geen_declaratie_bij_facturen(declaratie: Jw303Declaratie, kader: Jw303Kader) -> Gegevens | None:
    """Not judged where the gemeente has loaded no agreement."""
    return {"afspraak": kader.wijze} if kader.wijze == "factuur" and not declaratie.is_factuur else None


@_headerregel(
    "IV071",
    retourcode="8856",
    niveau=4,
    element="BerichtCode",
    titel="Wie heeft afgesproken te declareren, stuurt een declaratie.",
    melding="Dit bericht is een factuur (450), maar de gemeente heeft met u afgesproken dat u declaraties stuurt.",
    doen="Stuur alle hulp als declaratie (BerichtCode 432), of vraag de gemeente of de afspraak klopt.",
    bron="iJw 3.0, OP278, IV056 en IV071",
)
def geen_factuur_bij_declareren(declaratie: Jw303Declaratie, kader: Jw303Kader) -> Gegevens | None:
    """Not judged where the gemeente has loaded no agreement."""
    return {"afspraak": kader.wijze} if kader.wijze == "declaratie" and declaratie.is_factuur else None
