"""What ships with atlas beside its code: the demo's configuration and raw data, the templates, the fonts."""

from __future__ import annotations

from pathlib import Path

_PAKET = Path(__file__).resolve().parent


def find_ressource(name: str) -> Path:
    """Give the folder `config`, `templates` or `data/raw` of atlas itself.

    A wheel carries them inside the package; an editable installation has them at the repository root.
    """
    im_paket = _PAKET / "_ressourcen" / name
    return im_paket if im_paket.is_dir() else _PAKET.parents[1] / name
