"""The child process that opens a workbook: a few crafted bytes can abort it, or let it ask for all memory.

Standard input is one line of JSON (the order) and the file; standard output is JSON. It is started for each file, so
it imports little. See `atlas.ingest.formate.arbeitsmappe`.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import sys
from typing import Final

from python_calamine import CalamineError, PasswordError

from atlas.ingest.formate.mappe import Mappe
from atlas.ingest.formate.unlesbar import BESCHAEDIGT, KENNWORT, UnlesbarError

MAX_SPEICHER: Final = 4 << 30
"""Bytes of address space; ten million cells need about 2 GiB."""
MAX_RECHENZEIT: Final = 120
"""Seconds of processor time; ten million cells need about 20."""


def main() -> None:
    """Answer one order within the limits; dying is an answer too, which the parent puts into words."""
    _limit()
    gc.disable()  # the process ends before garbage matters, and looking for it takes a third of the time
    auftrag = json.loads(sys.stdin.buffer.readline())
    inhalt = sys.stdin.buffer.read()
    try:
        antwort = Mappe(inhalt).list_blaetter() if auftrag["art"] == "liste" else Mappe(inhalt).read(auftrag)
    except UnlesbarError as fehler:
        antwort = {"probleme": fehler.probleme}
    except PasswordError:
        antwort = {"probleme": [(0, "", KENNWORT)]}
    except CalamineError:
        antwort = {"probleme": [(0, "", BESCHAEDIGT)]}
    sys.stdout.buffer.write(json.dumps(antwort, ensure_ascii=False).encode())
    sys.stdout.buffer.flush()
    os._exit(0)  # giving back every cell one by one takes as long as writing them


def _limit() -> None:
    """Take what the system grants: macOS has no limit of address space, and then time alone has to do."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    for grenze, wert in (("RLIMIT_AS", MAX_SPEICHER), ("RLIMIT_CPU", MAX_RECHENZEIT), ("RLIMIT_CORE", 0)):
        with contextlib.suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, grenze), (wert, wert))


if __name__ == "__main__":
    main()
