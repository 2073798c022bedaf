import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from fbss_app.server.encryption import EncryptionKey
from fbss_app.server.key_file import KeysError, add_key, load_key_ring
from fbss_app.settings import Settings

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def settings(folder: Path, **changes: Any) -> Settings:
    return Settings(_env_file=None, data_dir=folder / "data", **changes)


def test_first_start_makes_a_private_key_file_and_the_next_one_uses_it(tmp_path: Path):
    chosen = settings(tmp_path)
    first = load_key_ring(chosen, NOW)
    assert stat.S_IMODE(chosen.encryption_key_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(chosen.data_dir.stat().st_mode) == 0o700
    assert load_key_ring(chosen, NOW).key_ids == first.key_ids
    assert [file.name for file in chosen.data_dir.iterdir()] == ["encryption-keys"]


def test_processes_that_start_at_once_agree_on_one_key(tmp_path: Path):
    chosen = settings(tmp_path)
    with ThreadPoolExecutor(8) as threads:
        rings = list(threads.map(lambda _: load_key_ring(chosen, NOW), range(8)))
    assert len({ring.key_ids for ring in rings}) == 1


def test_new_key_comes_first_and_a_running_server_learns_of_it(tmp_path: Path):
    chosen = settings(tmp_path)
    running = load_key_ring(chosen, NOW)
    sealed_before = running.seal(b"before", "a")
    key_id = add_key(chosen, NOW)
    after = load_key_ring(chosen, NOW)
    assert after.key_ids == (key_id, *running.key_ids)
    assert after.open(sealed_before, "a") == b"before"
    assert running.open(after.seal(b"after", "a"), "a") == b"after"


def test_keys_in_the_settings_win_and_no_file_is_made(tmp_path: Path):
    key = EncryptionKey.generate(NOW)
    chosen = settings(tmp_path, encryption_keys=key.written())
    assert load_key_ring(chosen, NOW).key_ids == (key.key_id,)
    assert not chosen.data_dir.exists()
    assert key.written() not in repr(chosen)
    with pytest.raises(KeysError, match="FBSS_ENCRYPTION_KEYS"):
        add_key(chosen, NOW)


def test_unusable_keys_are_told_without_showing_them(tmp_path: Path):
    with pytest.raises(KeysError, match="FBSS_ENCRYPTION_KEYS cannot be used") as caught:
        load_key_ring(settings(tmp_path, encryption_keys="hunter2"), NOW)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "problem"), [("", "holds no key"), ("# only this\n", "holds no key"), ("x", "a colon")]
)
def test_damaged_file_is_told_and_never_replaced(tmp_path: Path, text: str, problem: str):
    chosen = settings(tmp_path)
    load_key_ring(chosen, NOW)
    chosen.encryption_key_file.write_text(text)
    with pytest.raises(KeysError, match=problem):
        load_key_ring(chosen, NOW)
    assert chosen.encryption_key_file.read_text() == text


def test_file_that_others_can_read_is_refused(tmp_path: Path):
    chosen = settings(tmp_path)
    load_key_ring(chosen, NOW)
    chosen.encryption_key_file.chmod(0o640)
    with pytest.raises(KeysError, match="chmod 600"):
        load_key_ring(chosen, NOW)


def test_folder_that_cannot_be_made_is_told(tmp_path: Path):
    (tmp_path / "data").write_text("in the way")
    with pytest.raises(KeysError, match="cannot be written"):
        load_key_ring(settings(tmp_path), NOW)
