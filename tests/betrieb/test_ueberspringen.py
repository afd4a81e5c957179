"""A stage runs when something it depends on has changed, and `atlas status` says what."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import polars as pl
import pytest

from atlas import manifest
from atlas.stufen import STAGES, Stufe
from betrieb.kleinprojekt import MENSCHEN_2025, replace_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from atlas.config.laden import Konfiguration
    from atlas.projekt import Projekt
    from atlas.store import Bau
    from betrieb.kleinprojekt import Ende

    Atlas = Callable[..., Ende]

BIS_COMPUTE = ("build", "--until", "compute", "--output-format", "json")


def find_gruende(atlas: Atlas, projekt: Path) -> dict[str, list[str]]:
    zustaende = atlas("status", "--output-format", "json", ordner=projekt).json
    return {zustand["stufe"]: zustand["gruende"] for zustand in zustaende if zustand["stufe"] != "render"}


def test_a_second_build_runs_nothing(atlas: Atlas, projekt: Path) -> None:
    assert atlas(*BIS_COMPUTE, ordner=projekt).gelaufen == []
    assert find_gruende(atlas, projekt) == {"ingest": [], "validate": [], "compute": []}


def test_a_changed_raw_file_runs_every_stage_behind_it(atlas: Atlas, projekt: Path) -> None:
    replace_in(projekt / MENSCHEN_2025, "110", "120")
    assert find_gruende(atlas, projekt) == {
        "ingest": ["geändert: data/raw/menschen_2025.csv"],
        "validate": ["hängt ab von: ingest (veraltet)"],
        "compute": ["hängt ab von: ingest, validate (veraltet)"],
    }
    assert atlas(*BIS_COMPUTE, ordner=projekt).gelaufen == ["ingest", "validate", "compute"]
    assert atlas(*BIS_COMPUTE, ordner=projekt).gelaufen == []


def test_a_change_that_leaves_the_tables_alike_stops_early(atlas: Atlas, projekt: Path) -> None:
    replace_in(projekt / "data/raw/raeume.csv", "G4;Ort 4;gemeinde;K\n", "G4;Ort 4;gemeinde;K\r\n")
    assert atlas(*BIS_COMPUTE, ordner=projekt).gelaufen == ["ingest"]


def test_a_changed_key_is_named_and_runs_the_stages_that_read_its_file(atlas: Atlas, projekt: Path) -> None:
    replace_in(projekt / "config/ausgaben.yaml", "keine", "{mindestfallzahl: 3, mindestnenner: 100}")
    assert find_gruende(atlas, projekt)["compute"] == ["geändert: config/ausgaben.yaml (ausgaben.intern)"]
    assert atlas(*BIS_COMPUTE, ordner=projekt).gelaufen == ["compute"]


def test_a_changed_key_of_a_quelle_in_a_file_of_its_own_is_named(atlas: Atlas, projekt: Path) -> None:
    eigene = projekt / "config/quellen/menschen.yaml"
    eigene.parent.mkdir()
    (projekt / "config/quellen.yaml").rename(eigene)
    assert atlas(*BIS_COMPUTE, ordner=projekt).code == 0
    replace_in(eigene, "titel: Menschen", "titel: Leute")
    assert find_gruende(atlas, projekt)["ingest"] == ["geändert: config/quellen/menschen.yaml (quellen.menschen)"]


def test_a_comment_in_the_configuration_is_called_one(atlas: Atlas, projekt: Path) -> None:
    replace_in(projekt / "config/dimensionen.yaml", "indizes:\n", "indizes:  # wie 2021\n")
    assert find_gruende(atlas, projekt)["compute"][0] == "geändert: config/dimensionen.yaml (nur Kommentare)"
    assert atlas(*BIS_COMPUTE, ordner=projekt).gelaufen == ["validate", "compute"]


def test_a_configuration_that_cannot_be_read_does_not_stop_status(atlas: Atlas, projekt: Path) -> None:
    (projekt / "config/ausgaben.yaml").write_text("ausgaben: {", encoding="utf-8")
    assert find_gruende(atlas, projekt)["compute"] == ["geändert: config/ausgaben.yaml (nicht lesbar)"]


def test_a_configuration_file_that_is_gone_is_named(atlas: Atlas, projekt: Path) -> None:
    (projekt / "config/ausgaben.yaml").unlink()
    assert find_gruende(atlas, projekt)["compute"] == ["entfallen: config/ausgaben.yaml"]


def test_a_deleted_output_is_made_again(atlas: Atlas, projekt: Path) -> None:
    (projekt / "data/processed/compute/Indizes.parquet").unlink()
    assert find_gruende(atlas, projekt)["compute"] == ["Ergebnis fehlt: data/processed/compute/Indizes.parquet"]
    assert atlas(*BIS_COMPUTE, ordner=projekt).gelaufen == ["compute"]


def test_a_truncated_output_is_made_again(atlas: Atlas, projekt: Path) -> None:
    os.truncate(projekt / "data/processed/compute/Indizes.parquet", 10)
    assert find_gruende(atlas, projekt)["compute"] == ["Ergebnis verändert: data/processed/compute/Indizes.parquet"]
    assert atlas(*BIS_COMPUTE, ordner=projekt).gelaufen == ["compute"]


def test_an_output_changed_by_other_hands_at_the_same_size_is_made_again(atlas: Atlas, projekt: Path) -> None:
    pfad = projekt / "data/processed/ingest/Messwerte.parquet"
    vorher = pfad.read_bytes()
    pfad.write_bytes(vorher[:-1] + b"?")
    assert find_gruende(atlas, projekt)["ingest"] == ["Ergebnis verändert: data/processed/ingest/Messwerte.parquet"]
    assert atlas(*BIS_COMPUTE, ordner=projekt).gelaufen == ["ingest"]
    assert pfad.read_bytes() == vorher


def test_an_output_whose_change_hides_behind_its_date_is_refused_when_it_is_read(atlas: Atlas, projekt: Path) -> None:
    pfad = projekt / "data/processed/ingest/Messwerte.parquet"
    pfad.write_bytes(pfad.read_bytes()[:-1] + b"?")
    os.utime(pfad, (0, 0))
    ende = atlas("compute", "--force", ordner=projekt)
    assert ende.code == 2
    assert "die Datei wurde verändert. `atlas ingest --force` erzeugt sie neu." in ende.stderr


def test_outputs_that_were_only_copied_are_current(atlas: Atlas, projekt: Path) -> None:
    for pfad in (projekt / "data/processed").rglob("*"):
        os.utime(pfad)
    assert atlas(*BIS_COMPUTE, ordner=projekt).gelaufen == []


@pytest.mark.parametrize("inhalt", ["", "{", "[]", '{"stufe": "compute"}'], ids=["empty", "half", "list", "older"])
def test_a_manifest_that_cannot_be_read_counts_as_never_run(atlas: Atlas, projekt: Path, inhalt: str) -> None:
    (projekt / "data/processed/compute/manifest.json").write_text(inhalt, encoding="utf-8")
    assert find_gruende(atlas, projekt)["compute"] == ["noch nicht gelaufen"]
    assert atlas(*BIS_COMPUTE, ordner=projekt).gelaufen == ["compute"]


def test_a_table_that_an_older_version_did_not_write_is_no_obstacle(atlas: Atlas, projekt: Path) -> None:
    pfad = projekt / "data/processed/ingest/manifest.json"
    replace_in(pfad, "Messwerte.parquet", "Werte.parquet")
    (pfad.parent / "Messwerte.parquet").rename(pfad.parent / "Werte.parquet")
    assert "geändert: data/processed/ingest/Messwerte" in find_gruende(atlas, projekt)["compute"]


def test_a_new_raw_file_that_a_pattern_hits_is_named_and_read(atlas: Atlas, projekt: Path) -> None:
    text = (projekt / MENSCHEN_2025).read_text("utf-8")
    (projekt / "data/raw/menschen_2023.csv").write_text(text, encoding="utf-8")
    assert find_gruende(atlas, projekt)["ingest"] == [
        "neu: data/raw/menschen_2023.csv",
        "geändert: Dateiliste von data/raw",
    ]
    assert atlas(*BIS_COMPUTE, ordner=projekt).gelaufen == ["ingest", "validate", "compute"]


def test_a_new_file_that_no_quelle_claims_becomes_a_hinweis(atlas: Atlas, projekt: Path) -> None:
    (projekt / "data/raw/notiz.txt").write_text("?", encoding="utf-8")
    assert find_gruende(atlas, projekt)["ingest"] == ["geändert: Dateiliste von data/raw"]
    ende = atlas(*BIS_COMPUTE, ordner=projekt)
    assert ende.json["schritte"][1]["meldung"] == "0 Fehler, 0 Warnungen, 2 Hinweise"  # one is there before: few Räume


@pytest.mark.parametrize("name", [".DS_Store", ".~lock.menschen_2025.csv#"])
def test_what_a_desktop_leaves_beside_the_data_changes_nothing(atlas: Atlas, projekt: Path, name: str) -> None:
    (projekt / "data/raw" / name).write_bytes(b"x")
    assert atlas(*BIS_COMPUTE, ordner=projekt).gelaufen == []


def test_another_raw_folder_is_another_input(atlas: Atlas, projekt: Path, tmp_path: Path) -> None:
    anderswo = (projekt / "data/raw").rename(tmp_path / "Lieferungen Größe")
    ende = atlas(*BIS_COMPUTE, "--roh", str(anderswo), ordner=projekt)
    assert ende.gelaufen == ["ingest"]  # the same data, so nothing behind it
    assert atlas(*BIS_COMPUTE, "--roh", str(anderswo), ordner=projekt).gelaufen == []


def test_other_program_code_runs_every_stage_anew(atlas: Atlas, projekt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifest, "_hash_code", lambda: "andere Version")
    assert find_gruende(atlas, projekt)["validate"][0] == "geändert: atlas (Programmcode)"
    assert atlas("compute", ordner=projekt).code == 0  # no reason to validate once more
    assert atlas(*BIS_COMPUTE, ordner=projekt).gelaufen == ["ingest", "validate"]


def test_a_template_of_the_project_is_an_input_of_render_only(projekt: Path) -> None:
    from atlas.manifest import collect_eingaben
    from atlas.projekt import find_projekt

    (projekt / "templates").mkdir()
    (projekt / "templates/buch.css").write_text("p {}", encoding="utf-8")
    gefunden = find_projekt(projekt)
    mit = {s.name for s in STAGES if "templates/buch.css" in collect_eingaben(gefunden, s, [])}
    assert mit == {"render"}


def test_the_templates_of_atlas_are_inputs_of_render(projekt: Path) -> None:
    from atlas.manifest import collect_eingaben
    from atlas.projekt import find_projekt

    eingaben = collect_eingaben(find_projekt(projekt), STAGES[3], [])
    assert any(name.startswith("atlas/templates/schriften/") for name in eingaben)


def test_force_runs_everything_and_changes_nothing(atlas: Atlas, projekt: Path) -> None:
    vorher = (projekt / "data/processed/compute/Freigabewerte.parquet").read_bytes()
    assert atlas(*BIS_COMPUTE, "--force", ordner=projekt).gelaufen == ["ingest", "validate", "compute"]
    assert (projekt / "data/processed/compute/Freigabewerte.parquet").read_bytes() == vorher


def test_dry_run_says_what_would_run_and_runs_nothing(atlas: Atlas, projekt: Path) -> None:
    replace_in(projekt / "config/ausgaben.yaml", "Amt", "Ämter")
    ende = atlas("build", "--until", "compute", "--dry-run", ordner=projekt)
    assert ende.code == 0
    assert ende.stdout == (
        "ingest    aktuell\nvalidate  aktuell\ncompute   veraltet\n"
        "          geändert: config/ausgaben.yaml (ausgaben.intern)\n"
    )
    assert find_gruende(atlas, projekt)["compute"] != []


def test_dry_run_with_force_would_run_everything(atlas: Atlas, projekt: Path) -> None:
    ende = atlas("build", "--until", "validate", "--dry-run", "--force", ordner=projekt)
    assert ende.stdout == "ingest    veraltet\n          --force\nvalidate  veraltet\n          --force\n"


def test_from_and_until_bound_the_stages(atlas: Atlas, projekt: Path) -> None:
    ende = atlas("build", "--from", "validate", "--until", "compute", "--output-format", "json", ordner=projekt)
    assert [schritt["stufe"] for schritt in ende.json["schritte"]] == ["validate", "compute"]


def test_from_after_until_is_refused(atlas: Atlas, projekt: Path) -> None:
    ende = atlas("build", "--from", "compute", "--until", "ingest", ordner=projekt)
    assert ende.code == 2
    assert ende.stderr == (
        "Fehler: --from compute kommt nach --until ingest. Die Reihenfolge ist ingest, validate, compute, render.\n"
    )


def test_compute_without_validate_is_refused(atlas: Atlas, frisch: Path) -> None:
    assert atlas("ingest", ordner=frisch).code == 0
    ende = atlas("compute", ordner=frisch)
    assert ende.code == 2
    assert ende.stderr == (
        "Fehler: compute braucht aktuelle Tabellen, aber validate ist veraltet (noch nicht gelaufen). "
        "`atlas build` führt alles Nötige der Reihe nach aus.\n"
    )


def test_compute_of_data_that_validate_has_not_seen_is_refused(atlas: Atlas, projekt: Path) -> None:
    replace_in(projekt / MENSCHEN_2025, "110", "120")
    assert atlas("ingest", ordner=projekt).code == 0
    ende = atlas("compute", ordner=projekt)
    assert ende.code == 2
    assert "validate ist veraltet (geändert: data/processed/ingest/" in ende.stderr


def test_a_stage_whose_tables_were_never_made_is_refused(atlas: Atlas, frisch: Path) -> None:
    ende = atlas("validate", ordner=frisch)
    assert (ende.code, "validate braucht aktuelle Tabellen, aber ingest ist veraltet (noch nicht" in ende.stderr) == (
        2,
        True,
    )


def test_render_under_a_release_rule_that_compute_has_not_applied_is_refused(atlas: Atlas, projekt: Path) -> None:
    replace_in(projekt / "config/ausgaben.yaml", "keine", "{mindestfallzahl: 3, mindestnenner: 100}")
    ende = atlas("render", ordner=projekt)
    assert (ende.code, ende.stderr) == (
        2,
        (
            "Fehler: render braucht aktuelle Tabellen, aber compute ist veraltet "
            "(geändert: config/ausgaben.yaml (ausgaben.intern)). "
            "`atlas build` führt alles Nötige der Reihe nach aus.\n"
        ),
    )
    assert not (projekt / "reports/aktuell").exists()


@pytest.mark.parametrize("befehl", [("render", "--force"), ("build", "--from", "render")], ids=" ".join)
def test_no_way_to_render_goes_round_a_stale_compute(atlas: Atlas, projekt: Path, befehl: tuple[str, ...]) -> None:
    replace_in(projekt / "config/ausgaben.yaml", "keine", "{mindestfallzahl: 3, mindestnenner: 100}")
    assert atlas(*befehl, ordner=projekt).code == 2


def test_render_after_other_program_code_is_refused_until_compute_has_run(
    atlas: Atlas, projekt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manifest, "_hash_code", lambda: "andere Version")
    ende = atlas("render", ordner=projekt)
    assert (ende.code, "compute ist veraltet (geändert: atlas (Programmcode))" in ende.stderr) == (2, True)
    assert atlas("compute", ordner=projekt).code == 0
    assert atlas("render", ordner=projekt).code == 0  # the figures are of this program; ingest is no reason


@pytest.mark.parametrize("stufe", ["validate", "compute", "render"])
def test_every_stage_behind_a_changed_delivery_is_refused(atlas: Atlas, projekt: Path, stufe: str) -> None:
    replace_in(projekt / MENSCHEN_2025, "110", "120")
    ende = atlas(stufe, ordner=projekt)
    assert ende.code == 2
    assert f"{stufe} braucht aktuelle Tabellen, aber ingest ist veraltet (geändert: data/raw/" in ende.stderr


def test_a_stage_that_reads_released_figures_needs_no_entry_elsewhere(projekt: Path) -> None:
    from atlas.errors import NutzungError
    from atlas.lauf import run_stufen
    from atlas.projekt import find_projekt

    replace_in(projekt / "config/ausgaben.yaml", "keine", "{mindestfallzahl: 3, mindestnenner: 100}")
    publish = Stufe("publish", "", "", "atlas.stages.publish", liest=("compute/Freigabewerte",))
    with pytest.raises(NutzungError, match="publish braucht aktuelle Tabellen, aber compute ist veraltet"):
        run_stufen(find_projekt(projekt), [publish], erzwinge=False, melde=print)


def _change_tabelle(projekt: Path, df: pl.DataFrame) -> None:
    """Put another Raeume in its place, and its hash in the manifest, as if another version had written it."""
    ordner = projekt / "data/processed/ingest"
    vorher = manifest.hash_datei(ordner / "Raeume.parquet")
    df.write_parquet(ordner / "Raeume.parquet")
    replace_in(ordner / "manifest.json", vorher, manifest.hash_datei(ordner / "Raeume.parquet"))


@pytest.mark.parametrize("art", ["spalte", "korn", "wert"])
def test_a_table_of_another_version_is_refused_without_a_value_of_it(projekt: Path, art: str) -> None:
    from atlas.errors import NutzungError
    from atlas.projekt import find_projekt
    from atlas.store import read_tabelle
    from atlas.tables.raum import Raeume

    gefunden = find_projekt(projekt)
    raeume = read_tabelle(gefunden, Raeume)
    andere = {
        "spalte": raeume.drop("name"),
        "korn": pl.concat([raeume, raeume]),
        "wert": raeume.with_columns(flaeche_ha=float("nan")),
    }
    _change_tabelle(projekt, andere[art])
    with pytest.raises(NutzungError) as fehler:
        read_tabelle(gefunden, Raeume)
    assert str(fehler.value) == (
        "data/processed/ingest/Raeume.parquet stammt aus einer anderen Version von atlas. "
        "`atlas build --force` erzeugt alle Tabellen neu."
    )
    assert fehler.value.__suppress_context__


def test_a_table_that_was_never_written_says_which_stage_to_run(frisch: Path) -> None:
    from atlas.errors import NutzungError
    from atlas.projekt import find_projekt
    from atlas.store import read_tabelle
    from atlas.tables.raum import Raeume

    with pytest.raises(NutzungError, match=r"^Die Tabelle Raeume fehlt\. Zuerst `atlas ingest` aufrufen\.$"):
        read_tabelle(find_projekt(frisch), Raeume)


def test_what_is_saved_during_a_run_is_not_mistaken_for_what_was_read(
    atlas: Atlas, projekt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from atlas.stages import compute

    echt = compute.run

    def run(eigenes: Projekt, konfiguration: Konfiguration, bau: Bau) -> str:
        replace_in(projekt / "config/ausgaben.yaml", "Intern", "Dienstlich")
        return echt(eigenes, konfiguration, bau)

    monkeypatch.setattr(compute, "run", run)
    ende = atlas("build", "--until", "compute", "--force", ordner=projekt)
    assert ende.code == 2
    assert "config/ausgaben.yaml: während des Laufs geändert. Neu starten" in ende.stderr
    assert find_gruende(atlas, projekt)["compute"] == ["geändert: config/ausgaben.yaml (ausgaben.intern)"]


def test_status_with_exit_code_tells_whether_work_is_open(atlas: Atlas, projekt: Path) -> None:
    assert atlas("status", ordner=projekt).code == 0
    assert atlas("status", "--exit-code", ordner=projekt).code == 10  # render never ran
    assert atlas("status", "--exit-code", "-q", ordner=projekt).stdout == ""


def test_status_with_exit_code_is_0_when_all_is_current(
    atlas: Atlas, projekt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("atlas.aktualitaet.STAGES", STAGES[:3])
    assert atlas("status", "--exit-code", ordner=projekt).code == 0
