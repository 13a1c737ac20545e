"""What the gemeente finds of an accepted request by its own rules (VZ01 and on): who decides, and with which reason. Pure.

None of it rejects anything: a finding asks for a person (`beoordelen`) or is shown (`signaal`), as the gemeente wants it.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from berichten.beoordeling.verzoek import places_of
from berichten.beoordeling.verzoeken.concept import draft_wijziging
from berichten.dossier.verzoeken.verzoekfeiten import VerzoekFeiten
from berichten.dossier.verzoeken.wens import Wens
from berichten.kern.regel import Bevinding, Gevolg, Plaats, Regel, check
from berichten.regels import register
from berichten.regels.verzoeken.wens_contract import contracted_codes, heeft_contract
from berichten.standaard.waarden.paden import VERZOEK_PAD
from berichten.standaard.waarden.verzoeken import AangevraagdProduct, Wijzigingsverzoek


def find_toewijzing(product: AangevraagdProduct, feiten: VerzoekFeiten) -> list[Bevinding]:
    """Of one product of a JW315; by the policy of its ToewijzingIngangsdatum."""
    (plaats,) = places_of((product,))
    return _find(register.WENS_AANGEVRAAGD, Wens(product), feiten, plaats)


def find_wijziging(bericht: Wijzigingsverzoek, feiten: VerzoekFeiten) -> list[Bevinding]:
    """Of a JW317 as a whole: whatever is found of one product counts for all, since it is decided on at once."""
    gevonden = check(register.WENS_VERZOEK, bericht, feiten, Plaats("Verzoek", VERZOEK_PAD, bericht.regelnummer))
    gevonden = _apply(gevonden, feiten, bericht.header.dagtekening)
    for te_wijzigen, plaats in zip(bericht.te_wijzigen, places_of(bericht.te_wijzigen), strict=True):
        verloop = feiten.kader.toewijzingen.get(te_wijzigen.toewijzingnummer)
        wens = Wens(te_wijzigen, None if verloop is None else verloop.nu)
        gevonden += _find(register.WENS_TE_WIJZIGEN, wens, feiten, plaats)
    for nieuw, plaats in zip(bericht.nieuw, places_of(bericht.nieuw), strict=True):
        gevonden += _find(register.WENS_NIEUW, Wens(nieuw), feiten, plaats)
    return gevonden


def needs_a_person(gevraagd: AangevraagdProduct | Wijzigingsverzoek, feiten: VerzoekFeiten) -> bool:
    """Whether policy may not honour a request whatever the findings say: the standard does not tell what becomes of a change, or of
    a product asked for no contract and tariff of this gemeente are known on its start date."""
    if isinstance(gevraagd, Wijzigingsverzoek):
        return any(item.mens_beslist for item in draft_wijziging(gevraagd, feiten.kader))
    dag, contract = gevraagd.ingangsdatum, feiten.contract
    return not any(contract.tarieven(code, dag) for code in contracted_codes(gevraagd.product, contract, dag))


def asks_for_a_person(bevindingen: Iterable[Bevinding]) -> bool:
    """Whether a finding keeps policy from honouring the request by itself."""
    return any(item.regel.gevolg == "beoordelen" for item in bevindingen)


def proposed_reden(bevindingen: Iterable[tuple[str, str | None]]) -> str | None:
    """Reason of refusal (WJ759) that fits best, of findings as (consequence, reason): that of the first that asks for a person,
    else of the first that has one."""
    op_ernst = sorted(bevindingen, key=lambda item: item[0] != "beoordelen")
    return next((reden for _, reden in op_ernst if reden), None)


def _find(regels: tuple[Regel, ...], wens: Wens, feiten: VerzoekFeiten, plaats: Plaats) -> list[Bevinding]:
    return _apply(check(regels, wens, feiten, plaats), feiten, wens.ingangsdatum)


def _apply(bevindingen: Iterable[Bevinding], feiten: VerzoekFeiten, dag: date) -> list[Bevinding]:
    """With the consequence that the gemeente gives each on a day. A request is never rejected by a finding."""
    gevonden = []
    for item in bevindingen:
        regel = feiten.beleid.apply(item.regel, dag)
        if regel is None:
            continue
        gevolg: Gevolg = "beoordelen" if regel.gevolg == "afwijzen" else regel.gevolg
        if regel.id == heeft_contract.id and item.gegevens["raamcontract"]:
            gevolg = "signaal"
        gevonden.append(replace(item, regel=replace(regel, gevolg=gevolg, retourcode=None)))
    return gevonden
