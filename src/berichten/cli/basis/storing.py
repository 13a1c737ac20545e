"""What went wrong, for who typed the command: one Dutch sentence with a remedy, whatever was raised."""

import errno
import os

from berichten.fouten import Bedieningsfout
from berichten.logboek import describe_failure

_SYSTEEM = {
    errno.ENOENT: "{wat} is er niet. Controleer de naam en de map.",
    errno.EACCES: "U hebt geen rechten op {wat}. Vraag die aan bij uw beheerder, of kies een andere map.",
    errno.EPERM: "U hebt geen rechten op {wat}. Vraag die aan bij uw beheerder, of kies een andere map.",
    errno.EISDIR: "{wat} is een map. Geef een bestand op.",
    errno.ENOTDIR: "{wat} is een bestand en geen map. Geef een map op.",
    errno.EEXIST: "{wat} bestaat al en is geen map. Geef een andere naam op.",
    errno.ENOSPC: "De schijf is vol. Maak ruimte en start de opdracht opnieuw.",
    errno.EROFS: "{wat} kan niet worden geschreven: de schijf is alleen te lezen. Kies een andere map.",
    errno.ENAMETOOLONG: "De naam {wat} is te lang. Kies een kortere.",
    errno.EADDRINUSE: "De poort is al in gebruik. Kies een andere met --port, of stop wat er draait.",
}


def explain(fout: BaseException) -> str:
    """The sentence. A failure that is not the user's is named by its type and place, for who looks after the service."""
    if isinstance(fout, Bedieningsfout):
        return str(fout)
    if isinstance(fout, OSError) and fout.errno in _SYSTEEM:
        wat = os.fsdecode(fout.filename) if isinstance(fout.filename, (str, bytes)) else "dit bestand"
        return _SYSTEEM[fout.errno].format(wat=wat[:200])
    if isinstance(fout, OSError):
        return f"Lezen of schrijven lukt niet ({fout.strerror or type(fout).__name__}). Controleer de schijf en start opnieuw."
    plaats = describe_failure(fout)
    return (
        f"Er ging iets mis dat niet aan uw invoer ligt ({plaats['fout']}, {'; '.join(plaats['plaats'][-2:])})."  # type: ignore[index]
        " Probeer het opnieuw; blijft het zo, geef dan deze regel door aan uw beheerder."
    )
