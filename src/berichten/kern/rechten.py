"""Which roles see clients, and which of those their Bsn. A role that is not named here sees neither."""

ZIEN_CLIENTEN = ("aanbieder", "gemeente", "contractbeheer", "financien")
"""Lines and allocations. Who runs the service (beheer) sees messages, and nobody in them."""
ZIEN_BERICHTEN = (*ZIEN_CLIENTEN, "beheer")
"""Messages. Who has figures only, or watches over who looked, sees none."""
ZIEN_BSN = ("aanbieder", "gemeente", "contractbeheer")
"""Contents and answers, a client by Bsn, the last three digits of one, and on purpose all nine. Finance sees amounts."""
CONTROLE = "controle"
"""The auditor: figures, and of lines those that were drawn and no others; no Bsn."""
LOKAAL_TEAM = "lokaal_team"
"""Somebody of a local team: what stands out in the care of the families of that team, and of nobody else; no Bsn."""
