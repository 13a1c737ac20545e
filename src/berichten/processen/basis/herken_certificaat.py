"""Which system comes with this certificate, of which the proxy that ends TLS says that its holder has the key.

Who a certificate is of is told by its OIN (serialNumber of the subject, as PKIoverheid has it) and its name (CN): both stay when it
is renewed. That it was issued by whom the gemeente trusts, and not withdrawn since, is for the proxy to see; a file with issuers
makes sure of the first here too.
"""

import base64
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote

import structlog
from cryptography.exceptions import InvalidSignature
from cryptography.x509 import (
    Certificate,
    DuplicateExtension,
    ExtendedKeyUsage,
    ExtensionNotFound,
    InvalidVersion,
    UnsupportedGeneralNameType,
    load_der_x509_certificate,
    load_pem_x509_certificate,
    load_pem_x509_certificates,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from berichten.kern.houder import Sleutelfout, Sleutelhouder
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.toegang.systemen import find_certificaat
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.standaard.waarden.agb import is_cijfers

LOG = structlog.get_logger("toegang")
_LANGST = 16_000
_LANGSTE_NAAM = 200
_BEDORVEN = (ValueError, TypeError, InvalidVersion, DuplicateExtension, UnsupportedGeneralNameType)
"""What the library says of a certificate that is none; of some parts only when they are read."""


class Certificaatfout(Exception):
    """A certificate that is not accepted; its text is a word of our own, for the log."""


@dataclass(frozen=True, slots=True)
class Certificaatgegevens:
    """Of whom a certificate is, and until when it works."""

    oin: str
    naam: str
    tot: datetime


def recognise_certificaat(werkplaats: Werkplaats, veld: str) -> Sleutelhouder | Sleutelfout:
    """The system that comes with the certificate in this header, or that it does not work; more precisely why stands in the log."""
    instellingen = werkplaats.instellingen
    try:
        certificaat = read_veld(veld)
        gegevens = check_certificaat(certificaat, instellingen.nu_buiten(), instellingen.certificaat_uitgevers)
        with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
            houder = find_certificaat(verbinding, gegevens.oin, gegevens.naam)
        if houder is None:
            raise Certificaatfout("certificaat_onbekend_systeem")
    except Certificaatfout as fout:
        LOG.info("certificaat_geweigerd", reden=str(fout))
        return Sleutelfout.CERTIFICAAT
    return houder


def read_veld(veld: str) -> Certificate:
    """The certificate in a header: between colons in base64 (RFC 9440), or as PEM with percent signs. Raises Certificaatfout."""
    try:
        if len(veld) <= _LANGST and veld.startswith(":") and veld.endswith(":") and len(veld) > 2:
            return load_der_x509_certificate(base64.b64decode(veld[1:-1], validate=True))
        if len(veld) <= _LANGST and veld.startswith("-----BEGIN%20CERTIFICATE"):
            return load_pem_x509_certificate(unquote(veld).encode())
    except _BEDORVEN as fout:
        raise Certificaatfout("certificaat_vorm") from fout
    raise Certificaatfout("certificaat_vorm")


def read_bestand(inhoud: bytes) -> Certificate:
    """The certificate in a file, PEM or DER. Raises Certificaatfout."""
    try:
        return load_pem_x509_certificate(inhoud) if b"-----BEGIN" in inhoud else load_der_x509_certificate(inhoud)
    except _BEDORVEN as fout:
        raise Certificaatfout("certificaat_vorm") from fout


def check_certificaat(certificaat: Certificate, nu: datetime, uitgevers: Path | None) -> Certificaatgegevens:
    """Of whom it is, as long as it works at this moment. Raises Certificaatfout, also without OIN or not meant for clients."""
    try:
        return _check(certificaat, nu, uitgevers)
    except _BEDORVEN as fout:
        raise Certificaatfout("certificaat_vorm") from fout


def _check(certificaat: Certificate, nu: datetime, uitgevers: Path | None) -> Certificaatgegevens:
    if not certificaat.not_valid_before_utc <= nu <= certificaat.not_valid_after_utc:
        raise Certificaatfout("certificaat_verlopen")
    if not _is_for_client(certificaat):
        raise Certificaatfout("certificaat_gebruik")
    if uitgevers is not None and not _is_issued_by(certificaat, uitgevers):
        raise Certificaatfout("certificaat_uitgever")
    oin, naam = (_read_name(certificaat, soort) for soort in (NameOID.SERIAL_NUMBER, NameOID.COMMON_NAME))
    if not is_cijfers(oin, 20) or not 0 < len(naam) <= _LANGSTE_NAAM or "\0" in naam:
        raise Certificaatfout("certificaat_zonder_oin")
    return Certificaatgegevens(oin, naam, certificaat.not_valid_after_utc)


def _is_for_client(certificaat: Certificate) -> bool:
    try:
        gebruik = certificaat.extensions.get_extension_for_class(ExtendedKeyUsage).value
    except ExtensionNotFound:
        return True
    except ValueError:
        return False
    return ExtendedKeyUsageOID.CLIENT_AUTH in gebruik


def _is_issued_by(certificaat: Certificate, uitgevers: Path) -> bool:
    """Whether one of the certificates in this file signed it. Raises Certificaatfout when the file holds none."""
    try:
        bekend = load_pem_x509_certificates(uitgevers.read_bytes())
    except (OSError, ValueError) as fout:
        raise Certificaatfout("uitgevers_onleesbaar") from fout
    return any(_signed(certificaat, uitgever) for uitgever in bekend)


def _signed(certificaat: Certificate, uitgever: Certificate) -> bool:
    try:
        certificaat.verify_directly_issued_by(uitgever)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _read_name(certificaat: Certificate, soort: object) -> str:
    """The one value of this kind in the subject; empty when there is none, or more than one."""
    waarden = [str(item.value) for item in certificaat.subject if item.oid == soort]
    return waarden[0] if len(waarden) == 1 else ""
