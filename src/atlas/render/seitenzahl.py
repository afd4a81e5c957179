"""The number of pages of a finished PDF, without a PDF library."""

from __future__ import annotations

import re
import zlib

_STROM = re.compile(rb"/ObjStm.*?stream\r?\n", re.DOTALL)
_SEITE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")


def count_seiten(pdf: bytes) -> int:
    """Count the page objects, in the open and in compressed object streams."""
    offen = len(_SEITE.findall(pdf))
    return offen + sum(len(_SEITE.findall(_unpack(pdf[treffer.end() :]))) for treffer in _STROM.finditer(pdf))


def _unpack(rest: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(rest)
    except zlib.error:
        return b""
