from pathlib import Path

import pytest

from fbss_app.launch.demo import use_demo_folder


def test_a_demo_leaves_the_deployments_own_data_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FBSS_DATABASE_URL", "postgresql://app:secret@db.example/real")
    monkeypatch.setenv("FBSS_ENCRYPTION_KEYS", "k1:" + "A" * 43)
    monkeypatch.setenv("FBSS_DATA_DIR", "kept")
    # What the demo sets is taken back after the test.
    for name in ("FBSS_ENCRYPTION_KEY_FILE", "FBSS_SECOND_FACTOR"):
        monkeypatch.setenv(name, "")

    settings = use_demo_folder()

    assert settings.database_url == f"sqlite:///{tmp_path}/kept/demo/demo.sqlite3"
    assert settings.encryption_key_file == tmp_path / "kept/demo/encryption-keys"
    assert settings.encryption_keys is None
    assert settings.second_factor == "optional"
    # Nothing is made before the app starts.
    assert list(tmp_path.iterdir()) == []
