"""pydantic's findings in German: file, line, key, what is allowed, and the nearest valid key."""

from __future__ import annotations

import ast
import difflib
import re
import types
import typing
from typing import TYPE_CHECKING, Any, Final, get_args, get_origin

from pydantic import BaseModel

from atlas.config.models.basis import SCHLUESSELMUSTER

if TYPE_CHECKING:
    from collections.abc import Collection

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

    from atlas.config.yaml_strikt import Dokument, Pfad
    from atlas.errors import Problem

_TYPTEXTE: Final = {
    "string_type": "muss ein Text sein (in Anführungszeichen)",
    "int_type": "muss eine ganze Zahl sein",
    "int_from_float": "muss eine ganze Zahl sein",
    "float_type": "muss eine Zahl sein (Dezimalpunkt, ohne Anführungszeichen)",
    "bool_type": "muss true oder false sein",
    "dict_type": "muss ein Block aus Schlüsseln und Werten sein",
    "model_type": "muss ein Block aus Schlüsseln und Werten sein",
    "model_attributes_type": "muss ein Block aus Schlüsseln und Werten sein",
    "list_type": "muss eine Liste sein",
    "tuple_type": "muss eine Liste sein",
    "date_from_datetime_parsing": "muss ein Datum der Form 2025-12-31 sein",
    "date_parsing": "muss ein Datum der Form 2025-12-31 sein",
    "date_type": "muss ein Datum der Form 2025-12-31 sein",
    "missing": "fehlt",
    "string_too_short": "darf nicht leer sein",
    "too_short": "braucht mehr Einträge",
    "finite_number": "muss eine endliche Zahl sein",
}

_VORLAGEN: Final = {
    "literal_error": "{eingabe} ist nicht erlaubt ({expected}).",
    "union_tag_invalid": "»{tag}« ist nicht erlaubt für {discriminator} ({expected_tags}).",
    "union_tag_not_found": "braucht den Schlüssel {discriminator}.",
    "string_too_long": "ist zu lang (höchstens {max_length} Zeichen).",
    "string_pattern_mismatch": "{eingabe} passt nicht zum Muster {pattern}.",
    "greater_than_equal": "{zahl} ist nicht erlaubt, der Wert muss mindestens {ge} sein.",
    "greater_than": "{zahl} ist nicht erlaubt, der Wert muss größer als {gt} sein.",
    "less_than_equal": "{zahl} ist nicht erlaubt, der Wert darf höchstens {le} sein.",
    "less_than": "{zahl} ist nicht erlaubt, der Wert muss kleiner als {lt} sein.",
    "value_error": "{error}",
}


def translate(fehler: ValidationError, dokument: Dokument, modell: type[BaseModel]) -> list[Problem]:
    """Turn every finding of pydantic into a German `Problem` with the line of its key."""
    alle = fehler.errors(include_url=False)
    return [_translate_einen(einer, dokument, modell) for einer in alle if not _ist_folge(einer, alle)]


def _ist_folge(fehler: ErrorDetails, alle: list[ErrorDetails]) -> bool:
    """Tell whether a finding only follows from another, or belongs to the branch of a union that was not meant.

    A block was written where a word is allowed too, or a word where a block is. Nor is a list too short because
    some of its items are wrong, as pydantic says, which counts the others only.
    """
    if fehler["type"] == "too_short":
        tiefe = len(fehler["loc"])
        return any(len(einer["loc"]) > tiefe and einer["loc"][:tiefe] == fehler["loc"] for einer in alle)
    if _ist_wortzweig(fehler):
        return isinstance(fehler["input"], dict)
    worte = {einer["loc"][:-1] for einer in alle if _ist_wortzweig(einer)}
    return fehler["type"] == "model_type" and fehler["loc"][:-1] in worte


def _ist_wortzweig(fehler: ErrorDetails) -> bool:
    """Tell whether a finding is about the word in a union of a block and a word."""
    return fehler["type"] == "literal_error" and str(fehler["loc"][-1]).startswith("literal[")


def _translate_einen(fehler: ErrorDetails, dokument: Dokument, modell: type[BaseModel]) -> Problem:
    pfad = _pfad_im_dokument(fehler["loc"], dokument, fehler["type"])
    text = _text(fehler, pfad, modell)
    feld, _, rest = text.partition(": ")
    if fehler["type"] == "value_error" and dokument.kennt((*pfad, feld)):
        pfad, text = (*pfad, feld), rest
    return dokument.problem(pfad, text)


def _text(fehler: ErrorDetails, pfad: Pfad, modell: type[BaseModel]) -> str:
    if fehler["type"] == "extra_forbidden":
        return _text_unbekannt(pfad, modell, {str(teil) for teil in fehler["loc"]} - {str(teil) for teil in pfad})
    if fehler.get("ctx", {}).get("pattern") == SCHLUESSELMUSTER:
        return f"»{fehler['input']}« ist kein Name: nur Kleinbuchstaben a bis z, Ziffern und _, vorn ein Buchstabe."
    vorlage = _VORLAGEN.get(fehler["type"])
    if "date" in fehler["type"] and re.fullmatch(r"\d{4}-\d\d-\d\d", str(fehler["input"])):
        return f"den Tag »{fehler['input']}« gibt es nicht."
    if vorlage is None:
        return f"{_TYPTEXTE.get(fehler['type'], 'ist so nicht erlaubt')}."
    kontext = {name: str(wert).removesuffix(".0") for name, wert in fehler.get("ctx", {}).items()}
    for name in kontext.keys() & {"expected", "expected_tags"}:
        kontext[name] = _aufzaehlung(kontext[name])
    if "discriminator" in kontext:
        kontext["discriminator"] = kontext["discriminator"].strip("'")
    if _ist_wortzweig(fehler):
        kontext["expected"] += " oder ein Block"
    return vorlage.format(eingabe=_eingabe(fehler["input"]), zahl=fehler["input"], **kontext)


def _eingabe(wert: object) -> str:
    """Name what stands in the file the way it stands there."""
    if isinstance(wert, dict | list):
        return "ein Block" if isinstance(wert, dict) else "eine Liste"
    if wert is None:
        return "kein Wert"
    return f"»{str(wert).lower() if isinstance(wert, bool) else wert}«"


def _aufzaehlung(erlaubt: str) -> str:
    """Turn pydantic's list of allowed values (`'a', 'b' or 'c'`) into a German one; signs stand in quotes."""
    werte = [str(wert) for wert in ast.literal_eval(f"({erlaubt.replace(' or ', ', ')},)")]
    if all(len(wert) == 1 and not wert.isalnum() for wert in werte):
        werte = [f"»{wert}«".replace("\t", "\\t") for wert in werte]
    return ", ".join(wert or "leer" for wert in werte)


def _text_unbekannt(pfad: Pfad, modell: type[BaseModel], marken: set[str]) -> str:
    namen = felder(modell, pfad[:-1], marken)
    naechster = difflib.get_close_matches(str(pfad[-1]), namen, n=1, cutoff=0.5)
    if naechster:
        return f"unbekannter Schlüssel. Gemeint: {naechster[0]}?"
    return f"unbekannter Schlüssel. Erlaubt: {', '.join(namen)}." if namen else "unbekannter Schlüssel."


def _pfad_im_dokument(loc: Pfad, dokument: Dokument, art: str) -> Pfad:
    """Drop the parts that pydantic adds for unions and that the file does not have."""
    pfad: Pfad = ()
    for nummer, teil in enumerate(loc):
        letzter = nummer == len(loc) - 1
        if dokument.kennt((*pfad, teil)) or (letzter and art == "missing"):
            pfad = (*pfad, teil)
    return pfad


def felder(modell: type[BaseModel], pfad: Pfad, marken: Collection[str] = ()) -> list[str]:
    """Give the valid keys at a path of a model, sorted; empty where any key is allowed.

    `marken` are the tags (`typ: csv`) of the branches of unions that were written.
    """
    arten: list[Any] = [modell]
    for teil in pfad:
        arten = [kind for art in arten for kind in _kinder(art, teil)]
    glieder = [glied for art in arten for glied in _glieder(art)]
    gemeinte = [glied for glied in glieder if not _marken(glied).isdisjoint(marken)] or glieder
    namen = {name for glied in gemeinte for name in _namen(glied)}
    return sorted(namen)


def _marken(art: object) -> set[str]:
    """Give the tags under which a model can be a branch of a union."""
    if not (isinstance(art, type) and issubclass(art, BaseModel)):
        return set()
    typen = [feld.annotation for feld in art.model_fields.values()]
    return {wert for typ in typen if get_origin(typ) is typing.Literal for wert in get_args(typ)}


def _namen(art: object) -> list[str]:
    if isinstance(art, type) and issubclass(art, BaseModel):
        return [feld.alias or name for name, feld in art.model_fields.items()]
    return []


def _glieder(art: object) -> list[Any]:
    """Unfold Annotated, Optional and unions into their members."""
    if hasattr(art, "__value__"):
        return _glieder(art.__value__)
    herkunft = get_origin(art)
    if herkunft is typing.Annotated:
        return _glieder(get_args(art)[0])
    if herkunft in (typing.Union, types.UnionType):
        return [glied for teil in get_args(art) for glied in _glieder(teil)]
    return [art]


def _kinder(art: object, teil: str | int) -> list[Any]:
    kinder: list[Any] = []
    for glied in _glieder(art):
        if isinstance(glied, type) and issubclass(glied, BaseModel):
            kinder += [f.annotation for n, f in glied.model_fields.items() if (f.alias or n) == teil]
        elif get_origin(glied) is dict:
            kinder.append(get_args(glied)[1])
        elif get_origin(glied) in (list, tuple):
            kinder.append(get_args(glied)[0])
    return kinder
