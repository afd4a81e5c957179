"""Command line: `python -m atlas.musterland ZIELORDNER` writes the raw deliveries."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path


def main(argumente: list[str]) -> int:
    """Write the deliveries into the folder named on the command line."""
    if len(argumente) != 1:
        sys.stderr.write("Aufruf: python -m atlas.musterland ZIELORDNER\n")
        return 2
    if find_spec("openpyxl") is None:
        sys.stderr.write("Es fehlt openpyxl; bitte installieren: pip install 'sozialstrukturatlas[musterland]'\n")
        return 2
    from atlas.musterland.dateien import write_files

    for pfad in write_files(Path(argumente[0])):
        sys.stdout.write(f"{pfad}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
