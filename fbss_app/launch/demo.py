"""Keeps a demo apart from what a deployment really stores."""

from __future__ import annotations

import os
from pathlib import Path

from fbss_app.settings import Settings

_FOLDER = "demo"


def use_demo_folder() -> Settings:
    """Let this process, and those it starts, keep everything in a folder for demos.

    The database and the keys of the deployment are left alone whatever the environment says, and
    staff need no authenticator app.
    """
    folder = Settings().data_dir / _FOLDER
    os.environ |= {
        "FBSS_DATA_DIR": str(folder),
        "FBSS_DATABASE_URL": f"sqlite:///{(Path.cwd() / folder).absolute()}/{_FOLDER}.sqlite3",
        "FBSS_ENCRYPTION_KEY_FILE": str((Path.cwd() / folder).absolute() / "encryption-keys"),
        "FBSS_ENCRYPTION_KEYS": "",
        "FBSS_SECOND_FACTOR": "optional",
    }
    return Settings()
