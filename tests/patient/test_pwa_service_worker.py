import json
import re
from pathlib import Path

import pytest

from fbss_app.patient.pwa import service_worker
from fbss_app.patient.pwa.plugin import RETIRE_VARIABLE, PwaPlugin
from fbss_app.patient.pwa.service_worker import (
    ServiceWorkerError,
    background_script,
    background_script_name,
    workbox_options,
    write_retired_worker,
    write_service_worker,
)


def test_worker_waits_for_the_page_before_it_replaces_another():
    options = workbox_options(Path("site"))

    assert options["skipWaiting"] is False
    assert options["clientsClaim"] is True
    assert options["cleanupOutdatedCaches"] is True
    assert options["inlineWorkboxRuntime"] is True


def test_staff_side_screenshots_and_compressed_copies_are_not_precached():
    options = workbox_options(Path("site"), ["assets/chart-1.js"])

    left_out = {"clinic/**", "clinic.html", "clinic.css", "screenshots/**", "assets/chart-1.js"}
    assert left_out <= set(options["globIgnores"])
    assert not re.search(r"\b(br|gz)\b", " ".join(options["globPatterns"]))


def test_worker_imports_what_sends_in_the_background_under_a_name_of_its_content():
    script, name = background_script(), background_script_name()

    assert workbox_options(Path("site"))["importScripts"] == [f"/{name}"]
    assert re.fullmatch(r"background-[0-9a-f]{8}\.js", name)
    # A classic script, with the database that the page uses.
    assert "export " not in script
    assert "const unsentIn" in script
    assert 'addEventListener("sync"' in script


def test_workbox_package_is_pinned():
    (package,) = PwaPlugin(retire=False).get_frontend_development_dependencies()

    assert re.fullmatch(r"workbox-build@\d+\.\d+\.\d+", package)


@pytest.fixture
def no_staff_files(monkeypatch):
    monkeypatch.setattr(service_worker, "staff_only_files", lambda _: [])


@pytest.mark.usefixtures("no_staff_files")
def test_failing_workbox_fails_the_build(tmp_path):
    with pytest.raises(ServiceWorkerError, match="workbox-build"):
        write_service_worker(tmp_path, node_dir=tmp_path)


@pytest.mark.usefixtures("no_staff_files")
def test_missing_node_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(ServiceWorkerError, match="node was not found"):
        write_service_worker(tmp_path, node_dir=tmp_path)


def test_retired_worker_unregisters_and_clears_caches(tmp_path):
    write_retired_worker(tmp_path)

    worker = (tmp_path / "sw.js").read_text()
    assert "skipWaiting()" in worker
    assert "caches.delete(" in worker
    assert 'indexedDB.deleteDatabase("abs")' in worker
    assert "registration.unregister()" in worker
    assert "precache" not in worker


@pytest.mark.parametrize(
    ("value", "retired"), [("1", True), ("true", True), ("", False), ("0", False)]
)
def test_kill_switch_is_chosen_by_the_environment(monkeypatch, value, retired):
    monkeypatch.setenv(RETIRE_VARIABLE, value)

    assert PwaPlugin().retire is retired


@pytest.mark.parametrize("retire", [True, False])
def test_post_build_completes_the_site(tmp_path, monkeypatch, retire):
    site = tmp_path / "build/client"
    (site / "assets").mkdir(parents=True)
    (site / "assets/look-D1.css").write_text("p{margin:0}")
    (site / "questionnaire").mkdir()
    linked = '<link href="/assets/look-D1.css" rel="stylesheet" type="text/css"/>'
    for page in ("index.html", "questionnaire.html", "questionnaire/index.html"):
        (site / page).write_text(f"{linked}<script>x</script>")
    calls = []
    monkeypatch.setattr(
        service_worker, "write_service_worker", lambda *_args, **kwargs: calls.append(kwargs)
    )

    PwaPlugin(retire=retire).post_build(static_dir=site)

    assert json.loads((site / "manifest.webmanifest").read_text())["id"] == "/"
    assert (site.parent / "pages.json").exists()
    assert (site / "sw.js").exists() is retire
    assert "<style>p{margin:0}</style>" in (site / "questionnaire.html").read_text()
    assert calls == ([] if retire else [{"node_dir": tmp_path}])
