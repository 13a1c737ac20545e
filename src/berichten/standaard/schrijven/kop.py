"""The beginning of a message that is written as text: its root, and its header up to the versions of its schemas."""

from xml.sax.saxutils import escape

from berichten.standaard.waarden.onderdelen import Header
from berichten.standaard.waarden.soorten import Berichtsoort


def begin_bericht(soort: Berichtsoort, kop: Header) -> str:
    """All up to and with XsdVersie; the prefix of what is the message's own is its name in small letters."""
    eigen, (versie, subversie) = soort.naam.lower(), soort.release.split(".")
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<{eigen}:Bericht xmlns:ijw="{soort.basis_namespace}" xmlns:{eigen}="{soort.namespace}">
\t<{eigen}:Header>
\t\t<{eigen}:BerichtCode>{soort.code}</{eigen}:BerichtCode>
\t\t<{eigen}:BerichtVersie>{versie}</{eigen}:BerichtVersie>
\t\t<{eigen}:BerichtSubversie>{subversie}</{eigen}:BerichtSubversie>
\t\t<{eigen}:Afzender>{kop.afzender}</{eigen}:Afzender>
\t\t<{eigen}:Ontvanger>{kop.ontvanger}</{eigen}:Ontvanger>
\t\t<{eigen}:BerichtIdentificatie>
\t\t\t<ijw:Identificatie>{escape(kop.identificatie)}</ijw:Identificatie>
\t\t\t<ijw:Dagtekening>{kop.dagtekening}</ijw:Dagtekening>
\t\t</{eigen}:BerichtIdentificatie>
\t\t<{eigen}:XsdVersie>
\t\t\t<ijw:BasisschemaXsdVersie>{kop.basisschema_versie}</ijw:BasisschemaXsdVersie>
\t\t\t<ijw:BerichtXsdVersie>{kop.bericht_versie}</ijw:BerichtXsdVersie>
\t\t</{eigen}:XsdVersie>
"""
