"""pydantic's findings in German: file, line, key, what is allowed, and the nearest valid key."""

from __future__ import annotations

import difflib
import types
import typing
from typing import TYPE_CHECKING, Any, Final, get_args, get_origin

from pydantic import BaseModel

from atlas.errors import Problem

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

    from atlas.config.yaml_strikt import Dokument, Pfad

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
    "union_tag_not_found": "fehlt oder ist unvollständig",
}


def translate(fehler: ValidationError, dokument: Dokument, modell: type[BaseModel]) -> list[Problem]:
    """Turn every finding of pydantic into a German `Problem` with the line of its key."""
    return [_translate_einen(einer, dokument, modell) for einer in fehler.errors(include_url=False)]


def _translate_einen(fehler: ErrorDetails, dokument: Dokument, modell: type[BaseModel]) -> Problem:
    pfad = _pfad_im_dokument(fehler["loc"], dokument, fehler["type"])
    ort = ".".join(str(teil) for teil in pfad)
    zeile = dokument.zeile(pfad)
    return Problem(dokument.datei, zeile, ort, _text(fehler, pfad, modell))


def _text(fehler: ErrorDetails, pfad: Pfad, modell: type[BaseModel]) -> str:
    art, kontext = fehler["type"], fehler.get("ctx", {})
    if art == "extra_forbidden":
        naechster = difflib.get_close_matches(str(pfad[-1]), felder(modell, pfad[:-1]), n=1, cutoff=0.5)
        gemeint = f" Gemeint: {naechster[0]}?" if naechster else _erlaubte(modell, pfad[:-1])
        return f"unbekannter Schlüssel.{gemeint}"
    if art in ("literal_error", "enum"):
        erlaubt = kontext["expected"].replace("'", "").replace(" or ", ", ")
        return f"»{fehler['input']}« ist nicht erlaubt ({erlaubt})."
    if art == "union_tag_invalid":
        erlaubt = kontext["expected_tags"].replace("'", "")
        return f"»{kontext['tag']}« ist nicht erlaubt ({erlaubt})."
    if art == "string_pattern_mismatch":
        return f"»{fehler['input']}« passt nicht zum Muster {kontext['pattern']}."
    if art in ("greater_than_equal", "greater_than", "less_than_equal", "less_than"):
        wort = {"ge": "mindestens", "gt": "größer als", "le": "höchstens", "lt": "kleiner als"}
        grenze, wert = next((wort[k], v) for k, v in kontext.items() if k in wort)
        return f"{fehler['input']} ist nicht erlaubt, der Wert muss {grenze} {wert:g} sein."
    if art == "value_error":
        return str(kontext["error"])
    return f"{_TYPTEXTE.get(art, 'ist so nicht erlaubt')}."


def _erlaubte(modell: type[BaseModel], pfad: Pfad) -> str:
    namen = felder(modell, pfad)
    return f" Erlaubt: {', '.join(namen)}." if namen else ""


def _pfad_im_dokument(loc: Pfad, dokument: Dokument, art: str) -> Pfad:
    """Drop the parts that pydantic adds for unions and that the file does not have."""
    pfad: Pfad = ()
    for nummer, teil in enumerate(loc):
        letzter = nummer == len(loc) - 1
        if (*pfad, teil) in dokument.zeilen or (letzter and art == "missing"):
            pfad = (*pfad, teil)
    return pfad


def felder(modell: type[BaseModel], pfad: Pfad) -> list[str]:
    """Give the valid keys at a path of a model, sorted; empty where any key is allowed."""
    arten: list[Any] = [modell]
    for teil in pfad:
        arten = [kind for art in arten for kind in _kinder(art, teil)]
    namen = {name for art in arten for glied in _glieder(art) for name in _namen(glied)}
    return sorted(namen)


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
