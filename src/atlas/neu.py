"""`atlas new`: a project of one's own, begun from one of the embedded templates."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Final

from atlas import __version__
from atlas.errors import NutzungError
from atlas.katalogauswahl import cut_abschnitt, drop_quellen, select_indikatoren
from atlas.projekt import Projekt
from atlas.ressourcen import find_ressource

if TYPE_CHECKING:
    from collections.abc import Iterable


GITIGNORE: Final = "data/processed/\nreports/aktuell/\n"
_TITEL: Final[dict[str, str]] = {
    "kreis": "Sozialstrukturatlas Landkreis Musterland",
    "stadt": "Sozialstrukturatlas Musterstadt",
    "leer": "Sozialstrukturatlas",
}
_NUR_ATLAS: Final = ("vorlagen", "projekte")
"""What lies in the configuration of atlas itself and belongs to no project."""
_ALS_PUNKTDATEI: Final = {"gitlab-ci.yml": ".gitlab-ci.yml"}
"""Files of a template whose name begins with a dot in the project; packages like to leave such files out."""
_FEHLENDE_EBENEN: Final = frozenset({"kreis", "planungsraum"})
"""Levels of the Landkreis that a city does not have."""

OHNE_QUELLEN: Final = frozenset(
    [
        "angebote_zaehlung",
        "eingliederungshilfe_35a",
        "grundsicherung_sozialraeume",
        "hausaerzte",
        "hilfe_zur_pflege",
        "inobhutnahmen",
        "schule_abgaenge",
        "schule_schueler",
        "werkstattbeschaeftigte",
        "wohnungslose",
    ]
)
"""What is delivered for Planungsräume or other towns only: it says nothing of a city."""


def create_projekt(ordner: Path, vorlage: str = "kreis") -> None:
    """Make a new project from a template: configuration, raw data, CI file and cron line.

    `kreis` is the whole embedded demo, `stadt` a city inside it with its Sozialräume, `leer` a commented beginning
    without data beside the catalogue to copy from. Raises `NutzungError` when the folder holds anything already;
    nothing is overwritten.
    """
    try:
        frei = not ordner.exists() or (ordner.is_dir() and not any(ordner.iterdir()))
    except OSError as fehler:
        raise _build_fehler(ordner, fehler) from fehler
    if not frei:
        text = f"{ordner} existiert schon und ist nicht leer. Einen neuen Ordner angeben."
        raise NutzungError(text)
    try:
        _fill(ordner, vorlage)
    except BaseException as fehler:
        shutil.rmtree(ordner, ignore_errors=True)
        if isinstance(fehler, OSError):
            raise _build_fehler(ordner, fehler) from fehler
        raise


def _fill(ordner: Path, vorlage: str) -> None:
    for name in ("config", "data/raw", "data/processed", "templates", "reports"):
        (ordner / name).mkdir(parents=True)
    if vorlage != "leer":
        _copy_baum(find_ressource("config"), ordner / "config", ausser=_NUR_ATLAS)
        _copy_baum(find_ressource("data/raw"), ordner / "data/raw")
    eigene = find_ressource("config") / "projekte"
    werte = _build_werte(ordner, vorlage)
    for baum in (eigene / "gemeinsam", eigene / vorlage):
        for quelle in _list_dateien(baum):
            ziel = ordner / quelle.relative_to(baum)
            _write(ziel.with_name(_ALS_PUNKTDATEI.get(ziel.name, ziel.name)), _fill_in(quelle, werte))
    _write(ordner / ".gitignore", GITIGNORE)
    if vorlage == "stadt":
        _reduce_to_stadt(ordner)
    if vorlage == "leer":
        for name in ("indikatoren.yaml", "dimensionen.yaml"):
            _write(ordner / "katalog" / name, (find_ressource("config") / name).read_text("utf-8"))


def _reduce_to_stadt(ordner: Path) -> None:
    """Leave out what a city has no figures for: Indikatoren, Quellen, and the files that then nobody reads."""
    katalog = ordner / "config/indikatoren.yaml"
    _write(katalog, select_indikatoren(katalog.read_text("utf-8"), ohne_ebenen=_FEHLENDE_EBENEN))
    for datei in sorted((ordner / "config/quellen").glob("*.yaml")):
        _write(datei, drop_quellen(datei.read_text("utf-8"), OHNE_QUELLEN))
    from atlas.config.laden import load_konfiguration  # heavy: pydantic
    from atlas.ingest.beanspruchte import list_unbeanspruchte

    (ordner / "config/korrekturen.yaml").unlink()  # they mend figures of other Gemeinden
    projekt = Projekt(ordner, ordner / "data/raw")
    for pfad in list_unbeanspruchte(projekt, load_konfiguration(projekt)):
        pfad.unlink()


def _build_werte(ordner: Path, vorlage: str) -> dict[str, str]:
    """Give what takes the place of the names between @ in the files of a template."""
    dimensionen = (find_ressource("config") / "dimensionen.yaml").read_text("utf-8")
    # In a crontab % ends the command, even within quotes.
    befehl = quote(str(Path(sys.executable).with_name("atlas"))).replace("%", r"\%")
    return {
        "@TITEL@": _TITEL[vorlage],
        "@VORLAGE@": vorlage,
        "@VERSION@": __version__,
        "@ORDNER@": quote(str(ordner.resolve())).replace("%", r"\%"),
        "@ATLAS@": befehl,
        "@VERFAHREN@\n": cut_abschnitt(dimensionen, "verfahren"),
    }


def _fill_in(quelle: Path, werte: dict[str, str]) -> str:
    text = quelle.read_text("utf-8")
    for name, wert in werte.items():
        text = text.replace(name, wert)
    return text


def _list_dateien(baum: Path) -> Iterable[Path]:
    return sorted(pfad for pfad in baum.rglob("*") if pfad.is_file())


def _copy_baum(quelle: Path, ziel: Path, ausser: tuple[str, ...] = ()) -> None:
    shutil.copytree(
        quelle, ziel, copy_function=shutil.copyfile, ignore=shutil.ignore_patterns(*ausser), dirs_exist_ok=True
    )


def _write(ziel: Path, text: str) -> None:
    ziel.parent.mkdir(parents=True, exist_ok=True)
    ziel.write_text(text, encoding="utf-8", newline="\n")


def _build_fehler(ordner: Path, fehler: OSError) -> NutzungError:
    text = f"{ordner} konnte nicht angelegt werden ({fehler.strerror or fehler}). Rechte und Platz prüfen."
    return NutzungError(text)
