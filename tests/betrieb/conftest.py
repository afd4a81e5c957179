"""Projects to run, and a way to run `atlas` in this process, which saves the start."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from typing import TYPE_CHECKING

import pytest

from atlas.cli import main
from betrieb.kleinprojekt import Ende, create_kleinprojekt, run_atlas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SIGNALE = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@pytest.fixture(autouse=True)
def _ohne_umgebung(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Forget ATLAS_PROJEKT and ATLAS_ROH, and put back what main does to signals."""
    for name in [name for name in os.environ if name.startswith("ATLAS_")]:
        monkeypatch.delenv(name)
    bisher = {nummer: signal.getsignal(nummer) for nummer in SIGNALE}
    yield
    for nummer, empfaenger in bisher.items():
        signal.signal(nummer, empfaenger)


@pytest.fixture(scope="session")
def gebautes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project that was built until compute; to be copied, not touched."""
    projekt = create_kleinprojekt(tmp_path_factory.mktemp("gebaut") / "projekt")
    ende = run_atlas("build", "--until", "compute", ordner=projekt)
    assert (ende.code, ende.stderr.count("\n")) == (0, 4), ende.stderr
    return projekt


@pytest.fixture
def projekt(gebautes: Path, tmp_path: Path) -> Path:
    """A copy of the built project."""
    return shutil.copytree(gebautes, tmp_path / "projekt")


@pytest.fixture
def frisch(tmp_path: Path) -> Path:
    """A small project that never ran."""
    return create_kleinprojekt(tmp_path / "frisch")


@pytest.fixture
def atlas(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ende]:
    """Run `atlas` with some arguments in a folder, in this process."""

    def run(*argumente: str, ordner: Path) -> Ende:
        monkeypatch.chdir(ordner)
        monkeypatch.setattr(sys, "argv", ["atlas", *argumente])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ende:
            main()
        gedruckt = capsys.readouterr()
        code = ende.value.code
        assert isinstance(code, int)
        return Ende(code, gedruckt.out, gedruckt.err)

    return run
