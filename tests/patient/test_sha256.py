"""The phone's own SHA-256, which makes the mark that the server keeps of a link's secret."""

import hashlib
import json
import string
import subprocess
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.patient.node_process import CLIENT, NODE

MODULE = (CLIENT / "crypto/sha256.js").absolute()
SCRIPT = f"""
import {{ sha256 }} from {json.dumps(MODULE.as_uri())};
console.log(JSON.stringify(JSON.parse(process.argv[1]).map(sha256)));
"""
TEXTS = st.text(st.sampled_from(string.ascii_letters + string.digits + "-_"), max_size=200)


def on_the_phone(texts: list[str]) -> list[str]:
    command = [NODE, "--input-type=module", "--eval", SCRIPT, json.dumps(texts)]
    reply = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path.cwd())
    return json.loads(reply.stdout)


def by_python(texts: list[str]) -> list[str]:
    return [hashlib.sha256(text.encode()).hexdigest() for text in texts]


def test_every_length_around_a_block_gives_the_mark_that_python_gives():
    texts = ["x" * length for length in range(140)]

    assert on_the_phone(texts) == by_python(texts)


@settings(max_examples=10, deadline=None)
@given(st.lists(TEXTS, min_size=20, max_size=40))
def test_any_secret_gives_the_mark_that_python_gives(texts: list[str]):
    assert on_the_phone(texts) == by_python(texts)
