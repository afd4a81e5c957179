"""Look whether the machine and the project have what atlas needs, for `atlas doctor`."""

from __future__ import annotations

import ctypes
import ctypes.util
import importlib.metadata
import os
import platform
import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlas.errors import AtlasError, NutzungError
from atlas.manifest import hash_datei
from atlas.projekt import find_projekt
from atlas.ressourcen import find_ressource

if TYPE_CHECKING:
    from pathlib import Path

    from atlas.projekt import Projekt

_VERTEILUNG = "sozialstrukturatlas"
_PAKETE_HOLEN = "Abhilfe: `make setup` oder `pip install --upgrade sozialstrukturatlas`."
_PROBE = """<html lang="de"><head><title>Probe</title><style>
@font-face {font-family: Probe; src: url(schriften/SourceSans3-Regular.ttf)} body {font-family: Probe}
</style></head><body><h1>Straße</h1></body></html>"""


@dataclass(frozen=True)
class Ergebnis:
    """What was looked at, whether it will do, and what was found or what to do."""

    was: str
    in_ordnung: bool
    text: str


def diagnose(projekt: Path | None) -> list[Ergebnis]:
    """Everything looked at, also what is in order; outside of a project the project's part is left out."""
    ergebnisse = [
        _check_python(),
        _check_pakete(),
        _check_bibliothek("Pango", "pango-1.0", "libpango-1.0-0"),
        _check_bibliothek("Pango für Schriftdateien", "pangoft2-1.0", "libpangoft2-1.0-0"),
        _check_harfbuzz(),
        _check_schriften(find_ressource("templates") / "schriften"),
        _check_satz(),
    ]
    try:
        gefunden = find_projekt(projekt)
    except NutzungError as fehler:
        verlangt = projekt is not None or "ATLAS_PROJEKT" in os.environ or "ATLAS_ROH" in os.environ
        return [*ergebnisse, Ergebnis("Projekt", not verlangt, str(fehler))]
    return [
        *ergebnisse,
        Ergebnis("Projekt", in_ordnung=True, text=str(gefunden.wurzel)),
        _check_schreibrecht(gefunden, gefunden.processed),
        _check_schreibrecht(gefunden, gefunden.reports),
        _check_berichte(gefunden.reports / "aktuell"),
    ]


def _check_python() -> Ergebnis:
    genuegt = sys.version_info >= (3, 11)
    text = platform.python_version() if genuegt else f"{platform.python_version()}; 3.11 oder neuer installieren."
    return Ergebnis("Python", genuegt, text)


def _check_pakete() -> Ergebnis:
    """Compare what is installed with the bounds the distribution itself declares, extras left out."""
    try:
        anforderungen = importlib.metadata.requires(_VERTEILUNG) or []
    except importlib.metadata.PackageNotFoundError:
        return Ergebnis("Pakete", in_ordnung=False, text=f"{_VERTEILUNG} ist nicht installiert. {_PAKETE_HOLEN}")
    maengel, versionen = [], []
    for anforderung in anforderungen:
        if "extra ==" in anforderung:
            continue
        name = re.split(r"[^\w.-]", anforderung)[0]
        try:
            version = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            maengel.append(f"{name} fehlt")
            continue
        versionen.append(f"{name} {version}")
        if not _is_version_passend(version, anforderung):
            maengel.append(f"{name} {version} passt nicht (gebraucht: {anforderung})")
    text = f"{', '.join(maengel)}. {_PAKETE_HOLEN}" if maengel else ", ".join(sorted(versionen, key=str.lower))
    return Ergebnis("Pakete", not maengel, text)


def _is_version_passend(version: str, anforderung: str) -> bool:
    """Whether a version lies within the bounds `>=` and `<` of a requirement such as `weasyprint<71,>=70`."""
    ist = _zahlen(version)
    unten = [_zahlen(grenze) for grenze in re.findall(r">=\s*([\d.]+)", anforderung)]
    oben = [_zahlen(grenze) for grenze in re.findall(r"<\s*([\d.]+)", anforderung)]
    return all(ist >= grenze for grenze in unten) and all(ist < grenze for grenze in oben)


def _zahlen(version: str) -> tuple[int, ...]:
    """Numbers of a version without trailing zeros: 70.0 is not newer than 70."""
    kopf = re.match(r"\d+(\.\d+)*", version)
    zahlen = [int(teil) for teil in kopf[0].split(".")] if kopf else []
    while zahlen and zahlen[-1] == 0:
        zahlen.pop()
    return tuple(zahlen)


def _check_bibliothek(was: str, stamm: str, paket: str) -> Ergebnis:
    if _is_ladbar(stamm):
        return Ergebnis(was, in_ordnung=True, text=f"{stamm} gefunden")
    return Ergebnis(was, in_ordnung=False, text=f"{stamm} fehlt. Installieren mit: sudo apt-get install {paket}")


def _check_harfbuzz() -> Ergebnis:
    """Without this library everything works, so its absence is no fault."""
    text = "gefunden"
    if not _is_ladbar("harfbuzz-subset"):
        text = "fehlt; PDFs dauern doppelt so lange. Installieren mit: sudo apt-get install libharfbuzz-subset0"
    return Ergebnis("HarfBuzz-Subset", in_ordnung=True, text=text)


def _is_ladbar(stamm: str) -> bool:
    """Try the names under which Linux and macOS know a library; the same as in .ci/system."""
    namen = (f"lib{stamm}.so.0", f"lib{stamm}.0.dylib", ctypes.util.find_library(stamm))
    for name in filter(None, namen):
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return True
    return False


def _check_schriften(ordner: Path) -> Ergebnis:
    """Compare the bundled fonts with the list of their hashes."""
    liste = ordner / "SHA256SUMS"
    if not liste.is_file():
        return Ergebnis("Schriften", in_ordnung=False, text=f"{liste} fehlt. atlas neu installieren.")
    zeilen = [zeile.split(maxsplit=1) for zeile in liste.read_text(encoding="ascii").splitlines()]
    falsch = [name for summe, name in zeilen if not _has_hash(ordner / name, summe)]
    if falsch or not zeilen:
        text = f"fehlen oder sind verändert: {', '.join(falsch) or 'alle'}. atlas neu installieren."
        return Ergebnis("Schriften", in_ordnung=False, text=text)
    return Ergebnis("Schriften", in_ordnung=True, text=f"{len(zeilen)} Dateien unverändert")


def _has_hash(datei: Path, summe: str) -> bool:
    return datei.is_file() and hash_datei(datei) == summe


def _check_satz() -> Ergebnis:
    """Set one line; whatever is wrong with the installation shows here at the latest."""
    try:
        from atlas.render.pdf import write_pdf

        groesse = len(write_pdf(_PROBE, [find_ressource("templates")]).inhalt)
    except AtlasError as fehler:
        return Ergebnis("PDF-Satz", in_ordnung=False, text=str(fehler))
    except ImportError as fehler:
        return Ergebnis("PDF-Satz", in_ordnung=False, text=f"Das Paket {fehler.name} fehlt. {_PAKETE_HOLEN}")
    return Ergebnis("PDF-Satz", in_ordnung=True, text=f"Probeseite gesetzt ({groesse} Bytes)")


def _check_schreibrecht(projekt: Projekt, ordner: Path) -> Ergebnis:
    """Whether a run could write there; a folder that is still missing is made in the nearest one there is."""
    was = f"Schreibrecht {projekt.relativ(ordner)}"
    vorhanden = next(eltern for eltern in (ordner, *ordner.parents) if eltern.exists())
    if vorhanden.is_dir() and os.access(vorhanden, os.W_OK | os.X_OK):
        return Ergebnis(was, in_ordnung=True, text="beschreibbar")
    return Ergebnis(was, in_ordnung=False, text=f"{vorhanden} ist nicht beschreibbar. Rechte prüfen (ls -ld).")


def _check_berichte(ordner: Path) -> Ergebnis:
    """Count the current books a validator accepts as PDF/UA-1; it sees structure, not sense."""
    was = "Barrierefreiheit (PDF/UA-1)"
    dateien = sorted(ordner.glob("**/*.pdf"))
    if not dateien:
        return Ergebnis(was, in_ordnung=True, text="noch keine Berichte; `atlas build` erzeugt sie")
    try:
        import page  # the module of the distribution page-validation
    except ImportError:
        text = f"nicht geprüft. Dazu: pip install '{_VERTEILUNG}[pdfua]'"
        return Ergebnis(was, in_ordnung=True, text=text)

    def besteht(datei: Path) -> bool:
        try:
            return page.is_pdf_compliant(datei, profile="ua1")
        except (page.PageError, OSError):
            return False

    durchgefallen = [datei.relative_to(ordner).as_posix() for datei in dateien if not besteht(datei)]
    text = f"{len(dateien) - len(durchgefallen)} von {len(dateien)} PDFs bestehen die maschinelle Prüfung"
    if durchgefallen:
        text += f". Durchgefallen: {', '.join(durchgefallen)}. `atlas render --force` setzt sie neu."
    return Ergebnis(was, not durchgefallen, text)
