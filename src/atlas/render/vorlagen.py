"""The templates: Jinja that refuses misspelt names and escapes everything; a project overlays by file name.

A template says how the released figures look. It runs in Jinja's sandbox: it starts no program, reads no
file outside the template folders and reaches nothing but the book it is given.
"""

from __future__ import annotations

import re
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from atlas.errors import NutzungError
from atlas.render.schriftsatz import bind_text
from atlas.ressourcen import find_ressource

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jinja2 import Environment

    from atlas.projekt import Projekt
    from atlas.render.modelle import Buch

BUCH = "sozialstrukturatlas.html.j2"
STIL = "stil.css"
_KOMMENTAR = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


def find_ordner(projekt: Projekt) -> tuple[Path, ...]:
    """Give the template folders in order of priority: the project's own, then those of atlas."""
    kandidaten = (projekt.templates.resolve(), find_ressource("templates").resolve())
    return tuple(ordner for ordner in dict.fromkeys(kandidaten) if ordner.is_dir())


class _Lader(FileSystemLoader):
    """Reads templates of the folders only: a link that leads out of them is no template."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Give the text of a template, or refuse it as not found."""
        text, pfad, ist_aktuell = super().get_source(environment, template)
        if not any(Path(pfad).resolve().is_relative_to(ordner) for ordner in self.searchpath):
            raise TemplateNotFound(template)
        return text, pfad, ist_aktuell


def build_umgebung(ordner: Sequence[Path]) -> Environment:
    """Make the Jinja environment over the template folders."""
    return ImmutableSandboxedEnvironment(
        loader=_Lader([str(einer) for einer in ordner]),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=_finish_text,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _finish_text(inhalt: object) -> object:
    """Set the text of an expression; what is markup already stays as it is."""
    return bind_text(inhalt) if isinstance(inhalt, str) and not isinstance(inhalt, Markup) else inhalt


def render_buch(buch: Buch, ordner: Sequence[Path]) -> str:
    """Give the book as one HTML document; the style sheet stands inside it.

    Raises `NutzungError` with file and line when a template is wrong.
    """
    try:
        vorlage = build_umgebung(ordner).get_template(BUCH)
        return vorlage.render(buch=buch, stil=Markup(_read_stil(ordner)))  # noqa: S704  # a file of the templates
    except (TemplateError, UnicodeDecodeError, OverflowError, TypeError) as fehler:
        raise NutzungError(_text_vorlagenfehler(fehler, ordner)) from fehler


def _text_vorlagenfehler(fehler: Exception, ordner: Sequence[Path]) -> str:
    """Say in which line of which template the mistake is."""
    if isinstance(fehler, TemplateNotFound):
        return f"Die Vorlage {fehler.name} fehlt oder liegt außerhalb von templates/. Namen prüfen."
    if isinstance(fehler, UnicodeDecodeError):
        return "Eine Vorlage in templates/ ist nicht in UTF-8 gespeichert. Im Editor mit Zeichensatz UTF-8 speichern."
    datei, zeile = getattr(fehler, "filename", None), getattr(fehler, "lineno", None)
    for rahmen in traceback.extract_tb(fehler.__traceback__):
        if any(Path(rahmen.filename).is_relative_to(einer) for einer in ordner):
            datei, zeile = rahmen.filename, rahmen.lineno
    stelle = f"{Path(datei).name}, Zeile {zeile}" if datei else BUCH
    return f"In der Vorlage {stelle} steckt ein Fehler ({fehler}). Die Stelle in templates/ berichtigen."


def _read_stil(ordner: Sequence[Path]) -> str:
    for einer in ordner:
        if (einer / STIL).is_file():
            return _KOMMENTAR.sub("", (einer / STIL).read_text(encoding="utf-8")).strip()
    text = f"Die Vorlage {STIL} fehlt. atlas neu installieren oder die Datei in templates/ ablegen."
    raise NutzungError(text)
