"""The parts of the command line that typer writes in English, in German."""

from __future__ import annotations

import re
from typing import Any, Final

from typer.core import TyperCommand, TyperGroup

_UEBERSETZUNGEN: Final = (
    ("Usage: ", "Aufruf: "),
    ("Options:", "Optionen:"),
    ("Commands:", "Befehle:"),
    ("Arguments:", "Argumente:"),
    ("[OPTIONS]", "[OPTIONEN]"),
    ("COMMAND [ARGS]...", "BEFEHL [...]"),
    ("[default: ", "[Vorgabe: "),
    ("[required]", "[nötig]"),
    ("Show this message and exit.", "Diese Hilfe zeigen."),
)

_NUTZUNGSFEHLER: Final = (
    (r"No such command '(?P<x>.*)'\.", "Den Befehl »{x}« gibt es nicht."),
    (r"No such option: (?P<x>\S+)(?P<rest>.*)", "Die Option {x} gibt es nicht."),
    (r"Missing argument '?(?P<x>[^'.]+)'?\.", "Es fehlt die Angabe {x}."),
    (r"Missing command\.", "Es fehlt der Befehl."),
    (r"Option '(?P<x>.*)' requires an argument\.", "Die Option {x} braucht einen Wert."),
    (r"Option '(?P<x>.*)' does not take a value\.", "Die Option {x} nimmt keinen Wert."),
    (r"Got unexpected extra arguments? \((?P<x>.*)\)", "Zu viele Angaben: {x}."),
    (r"'(?P<wert>.*)' is not one of (?P<x>.*)\.", "»{wert}« ist nicht erlaubt, möglich ist: {x}."),
)


class DeutscherBefehl(TyperCommand):
    """A command whose help is German throughout."""

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401  # the context class is private to typer
        """Give the help with German headings."""
        return _translate_hilfe(super().get_help(ctx))


class DeutscheGruppe(TyperGroup):
    """The list of commands, German throughout, in the order of the work."""

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401  # the context class is private to typer
        """Give the help with German headings."""
        return _translate_hilfe(super().get_help(ctx))

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002  # signature of the base class
        """Keep the order in which the commands are declared."""
        return list(self.commands)


def _translate_hilfe(text: str) -> str:
    for englisch, deutsch in _UEBERSETZUNGEN:
        text = text.replace(englisch, deutsch)
    return text


def translate_nutzung(fehler: Exception) -> str | None:
    """Turn a usage error of typer into German; None for any other exception."""
    format_message = getattr(fehler, "format_message", None)
    if format_message is None or getattr(fehler, "exit_code", None) != 2:  # noqa: PLR2004  # usage
        return None
    meldung = str(format_message())
    for muster, deutsch in _NUTZUNGSFEHLER:
        treffer = re.search(muster, meldung)
        if treffer:
            felder = treffer.groupdict()
            felder["x"] = felder.get("x", "").replace("'", "")
            return f"Fehler: {deutsch.format(**felder)} Hilfe mit: atlas --help"
    return f"Fehler: Der Aufruf ist so nicht möglich ({meldung}). Hilfe mit: atlas --help"
