from pathlib import Path

import pytest

from fbss_app.clinic.socket_plugin import SocketAddressError, SocketPlugin, use_own_address


def script(static_dir: Path, source: str, name: str = "reflex-env-A1.js") -> Path:
    (static_dir / "assets").mkdir(exist_ok=True)
    file = static_dir / "assets" / name
    file.write_text(source)
    return file


@pytest.mark.parametrize("quote", "`\"'")
def test_the_websocket_is_looked_for_where_the_page_came_from(tmp_path: Path, quote: str):
    mark = SocketPlugin().update_env_json()["EVENT"]
    file = script(tmp_path, f"var e={{EVENT:{quote}{mark}{quote},PING:`x`}}")

    use_own_address(tmp_path)

    assert "location.host" in file.read_text()
    assert mark not in file.read_text()
    assert file.read_text().endswith(",PING:`x`}")


def test_a_build_without_the_mark_is_not_used(tmp_path: Path):
    script(tmp_path, "var e={EVENT:`ws://localhost:8000/_event`}")
    with pytest.raises(SocketAddressError, match="does not hold"):
        use_own_address(tmp_path)


def test_a_build_with_two_such_scripts_is_not_used(tmp_path: Path):
    script(tmp_path, "")
    script(tmp_path, "", "reflex-env-B2.js")
    with pytest.raises(SocketAddressError, match="2 scripts"):
        use_own_address(tmp_path)
