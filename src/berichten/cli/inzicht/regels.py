"""`berichten regels`: the rules that the service runs on."""

from berichten.regels.catalogus import as_markdown


def regels() -> None:
    """Toon alle regels waarop de dienst toetst, als Markdown (zo is docs/regels.md gemaakt)."""
    print(as_markdown(), end="")
