"""The JSON Schema of every configuration file, for editors and for docs/schema/."""

from __future__ import annotations

import json

from atlas.config.laden import DATEIEN


def build_schemata() -> dict[str, str]:
    """Give the text of `docs/schema/<name>.schema.json` for every configuration file."""
    return {f"{name}.schema.json": _schema(name) for name in DATEIEN}


def _schema(name: str) -> str:
    schema = DATEIEN[name].model_json_schema()
    rahmen = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"config/{name}.yaml"}
    return json.dumps(rahmen | {k: v for k, v in schema.items() if k != "title"}, indent=2, ensure_ascii=False) + "\n"
