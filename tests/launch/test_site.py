import sys

import pytest

from fbss_app.launch import site
from fbss_app.launch.checks import LaunchError
from fbss_app.settings import Settings


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Give a small project whose build is a few empty files."""
    (tmp_path / "fbss_app/content").mkdir(parents=True)
    (tmp_path / "fbss_app/content/page.md").write_text("one")
    (tmp_path / "assets").mkdir()
    (tmp_path / "rxconfig.py").write_text("")
    (tmp_path / "reflex.lock").mkdir()
    (tmp_path / "reflex.lock/package-lock.json").write_text("{}")

    def build(folder):
        (folder / site.BUILD_DIR / "client").mkdir(parents=True, exist_ok=True)
        for name in ("client/index.html", "client/sw.js", "pages.json"):
            (folder / site.BUILD_DIR / name).write_text("")

    monkeypatch.setattr(site, "_run_build", build)
    return tmp_path


@pytest.fixture
def settings(monkeypatch):
    monkeypatch.delenv("FBSS_RETIRE_SERVICE_WORKER", raising=False)
    return Settings(_env_file=None)


def test_site_is_current_once_it_is_built(project, settings):
    assert not site.is_current(settings, project)

    site.build_site(settings, project)

    assert site.is_current(settings, project)


def change_content(project):
    (project / "fbss_app/content/page.md").write_text("two")


def add_file(project):
    (project / "assets/new.svg").write_text("")


def remove_file(project):
    (project / "fbss_app/content/page.md").unlink()


def rename_file(project):
    page = project / "fbss_app/content/page.md"
    page.rename(page.with_name("other.md"))


def change_npm_lock(project):
    (project / "reflex.lock/package-lock.json").write_text("{ }")


def lose_a_built_file(project):
    (project / site.BUILD_DIR / "client/sw.js").unlink()


@pytest.mark.parametrize(
    "change",
    [change_content, add_file, remove_file, rename_file, change_npm_lock, lose_a_built_file],
)
def test_any_change_calls_for_a_build(project, settings, change):
    site.build_site(settings, project)

    change(project)

    assert not site.is_current(settings, project)


@pytest.mark.parametrize("folder", ["__pycache__", ".ruff_cache"])
def test_what_tools_cache_calls_for_no_build(project, settings, folder):
    site.build_site(settings, project)

    (project / "fbss_app" / folder).mkdir()
    (project / "fbss_app" / folder / "x").write_text("")

    assert site.is_current(settings, project)


def test_settings_that_shape_the_pages_call_for_a_build(project, settings, monkeypatch):
    site.build_site(settings, project)

    for change in ({"country": "us"}, {"draft_days": 7}, {"operator_name": "North Trust"}):
        assert not site.is_current(settings.model_copy(update=change), project)
    monkeypatch.setenv("FBSS_RETIRE_SERVICE_WORKER", "1")
    assert not site.is_current(settings, project)


def test_further_questionnaires_are_part_of_the_sources(project, settings, tmp_path):
    folder = tmp_path / "more"
    folder.mkdir()
    with_more = settings.model_copy(update={"questionnaires_dir": folder})
    site.build_site(with_more, project)
    assert site.is_current(with_more, project)

    (folder / "own.yaml").write_text("name: own")

    assert not site.is_current(with_more, project)


def test_build_that_breaks_off_is_not_taken_for_a_whole_one(project, settings, monkeypatch):
    site.build_site(settings, project)

    def breaks(_project):
        raise LaunchError("broken")

    monkeypatch.setattr(site, "_run_build", breaks)
    with pytest.raises(LaunchError):
        site.build_site(settings, project)

    assert not site.is_current(settings, project)


@pytest.fixture
def fail_to_build(tmp_path, settings, monkeypatch):
    """Run a build that prints some lines and fails; give what is told about it."""

    def run(*lines):
        (tmp_path / "lines").write_text("\n".join([*lines, ""]))
        command = tmp_path / "python"
        command.write_text(f"#!/bin/sh\ncat {tmp_path}/lines >&2\nexit 1\n")
        command.chmod(0o755)
        monkeypatch.setattr(sys, "executable", str(command))
        with pytest.raises(LaunchError) as caught:
            site.build_site(settings, tmp_path)
        return str(caught.value)

    return run


def test_failed_build_shows_the_end_of_its_log(fail_to_build):
    told = fail_to_build("first", *map(str, range(20)), "the reason")

    assert "the reason" in told
    assert "first" not in told


def test_mistake_in_the_content_is_told_without_the_trace_around_it(fail_to_build):
    told = fail_to_build(
        "Traceback (most recent call last):",
        '  File "loader.py", line 3, in load',
        "fbss_app.errors.ContentErrors: own.yaml:1: name: is missing. Add it.",
        "own.yaml:7: titel: unknown. Did you mean title?",
    )

    assert told.splitlines() == [
        "own.yaml:1: name: is missing. Add it.",
        "own.yaml:7: titel: unknown. Did you mean title?",
    ]
