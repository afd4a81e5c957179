"""The JSON Schemas in docs/schema/ are those of the configuration models; ATLAS_GOLDEN=1 rewrites them."""

from __future__ import annotations

import os
from pathlib import Path

from atlas.config.schema import build_schemata

SCHEMATA = Path(__file__).resolve().parents[1] / "docs" / "schema"


def _rewrite(schemata: dict[str, str]) -> None:
    """Make the folder hold exactly these files."""
    SCHEMATA.mkdir(parents=True, exist_ok=True)
    for pfad in SCHEMATA.glob("*.json"):
        if pfad.name not in schemata:
            pfad.unlink()
    for name, text in schemata.items():
        (SCHEMATA / name).write_text(text, encoding="utf-8", newline="\n")


def test_the_schemata_in_the_docs_are_those_of_the_models() -> None:
    schemata = build_schemata()
    if os.environ.get("ATLAS_GOLDEN") == "1":
        _rewrite(schemata)
    geschrieben = {pfad.name: pfad.read_text(encoding="utf-8") for pfad in sorted(SCHEMATA.glob("*.json"))}
    assert geschrieben == schemata, "docs/schema/ ist veraltet: `make golden` schreibt es neu."
