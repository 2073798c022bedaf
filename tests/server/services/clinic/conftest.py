import pytest
from pwdlib import PasswordHash

from tests.server.services.clinic.door import CHEAP, hashed


@pytest.fixture
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash passwords quickly: how slow it is has tests of its own."""
    module = "fbss_app.server.services.clinic.staff.passwords"
    monkeypatch.setattr(f"{module}._HASHER", PasswordHash((CHEAP,)))
    monkeypatch.setattr(f"{module}._HASH_OF_NOBODY", hashed("nobody"))
