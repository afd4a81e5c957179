"""The templates: Jinja that refuses misspelt names and escapes everything; a project overlays by file name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from atlas.errors import NutzungError
from atlas.ressourcen import find_ressource

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from atlas.projekt import Projekt
    from atlas.render.modelle import Buch

BUCH = "sozialstrukturatlas.html.j2"
STIL = "stil.css"
_KOMMENTAR = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


def find_ordner(projekt: Projekt) -> tuple[Path, ...]:
    """Give the template folders in order of priority: the project's own, then those of atlas."""
    kandidaten = (projekt.templates.resolve(), find_ressource("templates").resolve())
    return tuple(ordner for ordner in dict.fromkeys(kandidaten) if ordner.is_dir())


def build_umgebung(ordner: Sequence[Path]) -> Environment:
    """Make the Jinja environment over the template folders."""
    return Environment(
        loader=FileSystemLoader([str(einer) for einer in ordner]),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def render_buch(buch: Buch, ordner: Sequence[Path]) -> str:
    """Give the book as one HTML document; the style sheet stands inside it."""
    vorlage = build_umgebung(ordner).get_template(BUCH)
    return vorlage.render(buch=buch, stil=Markup(_read_stil(ordner)))  # noqa: S704  # a file of the templates


def _read_stil(ordner: Sequence[Path]) -> str:
    for einer in ordner:
        if (einer / STIL).is_file():
            return _KOMMENTAR.sub("", (einer / STIL).read_text(encoding="utf-8")).strip()
    text = f"Die Vorlage {STIL} fehlt. atlas neu installieren oder die Datei in templates/ ablegen."
    raise NutzungError(text)
