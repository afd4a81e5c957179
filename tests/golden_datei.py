"""Compare with an expected file; `make golden` rewrites it and prints the difference."""

from __future__ import annotations

import os
from pathlib import Path

ORDNER = Path(__file__).resolve().parent / "golden"


def assert_golden(name: str, text: str) -> None:
    """Demand that a text is the expected one, or write it where ATLAS_GOLDEN is set."""
    pfad = ORDNER / name
    if os.environ.get("ATLAS_GOLDEN"):
        pfad.parent.mkdir(exist_ok=True)
        pfad.write_text(text, "utf-8")
    assert pfad.is_file(), f"tests/golden/{name} fehlt; `make golden` schreibt die Datei"
    assert text == pfad.read_text("utf-8"), f"anders als tests/golden/{name}; ist das gewollt, `make golden`"
