import pytest
from ruamel.yaml import YAML

from fbss_app.content.figures import read_figures, unused_figures
from fbss_app.content.loader import load_content
from fbss_app.errors import ContentErrors
from tests.domain.decision_aid.figures import NO_RANGE, share, spread

SOURCES = load_content().sources


def written(folder, *figures, name="some"):
    entries = [figure.model_dump(mode="json", exclude_none=True) for figure in figures]
    with (folder / f"{name}.yaml").open("w", encoding="utf-8") as file:
        YAML().dump(entries, file)
    return folder


def problems(folder):
    with pytest.raises(ContentErrors) as caught:
        read_figures(folder, SOURCES)
    return caught.value.errors


def test_figures_of_all_files_are_read_by_id(tmp_path):
    written(tmp_path, share(id="one"), name="a")
    written(tmp_path, spread(id="two"), name="b")
    assert read_figures(tmp_path, SOURCES) == {"one": share(id="one"), "two": spread(id="two")}


def test_figure_without_a_part_names_file_line_and_field(tmp_path):
    written(tmp_path, share(id="one"), share(id="two"))
    file = tmp_path / "some.yaml"
    lines = file.read_text(encoding="utf-8").splitlines()
    second = next(number for number, line in enumerate(lines, 1) if "id: two" in line)
    start = max(n for n, line in enumerate(lines, 1) if line.startswith("- ") and n <= second)
    cut = next(n for n, line in enumerate(lines, 1) if n > start and "population" in line)
    del lines[cut - 1]
    file.write_text("\n".join(lines), encoding="utf-8")
    (error,) = problems(tmp_path)
    assert (error.file, error.line, error.field) == (str(file), start, "1.population")
    assert error.what_to_do == "Add this field."


def test_figure_with_neither_a_range_nor_the_reason_is_refused(tmp_path):
    written(tmp_path, share(id="one", **NO_RANGE))
    file = tmp_path / "some.yaml"
    assert read_figures(tmp_path, SOURCES)["one"] == share(id="one", **NO_RANGE)

    text = file.read_text(encoding="utf-8")
    reason = next(line for line in text.splitlines() if "source: does not" in line)
    file.write_text(text.replace(f"{reason}\n", ""), encoding="utf-8")
    assert [error.field for error in problems(tmp_path)] == ["0.range.none.source"]


def test_unknown_kind_unknown_source_and_double_id_are_all_found(tmp_path):
    written(tmp_path, share(id="one", sources=["S999"]), share(id="one"))
    text = (tmp_path / "some.yaml").read_text(encoding="utf-8")
    (tmp_path / "some.yaml").write_text(f"{text}- kind: guess\n- just words\n", encoding="utf-8")
    assert [error.field for error in problems(tmp_path)] == [
        "0.sources",
        "1.id",
        "2.kind",
        "3.kind",
    ]


def test_file_that_is_no_list_is_refused(tmp_path):
    (tmp_path / "some.yaml").write_text("kind: share\n", encoding="utf-8")
    (error,) = problems(tmp_path)
    assert "not a list" in error.problem


def test_figure_that_no_page_shows_is_found(tmp_path):
    figures = {"one": share(id="one"), "two": share(id="two")}
    (error,) = unused_figures(figures, ["one"], tmp_path)
    assert error.field == "two"
