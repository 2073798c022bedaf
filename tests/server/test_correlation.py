import asyncio

import pytest

from fbss_app.server.correlation import (
    correlated,
    current_correlation_id,
    new_correlation_id,
    parse_correlation_id,
)

ID = "0123456789abcdef0123456789abcdef"


def test_id_holds_within_its_block_and_in_its_threads_only():
    with correlated(ID):
        assert current_correlation_id() == ID
        assert asyncio.run(asyncio.to_thread(current_correlation_id)) == ID
    assert current_correlation_id() != ID


def test_new_ids_are_32_hexadecimal_digits_and_differ():
    one, other = new_correlation_id(), new_correlation_id()
    assert one != other
    assert parse_correlation_id(one) == one


def test_id_written_as_a_uuid_is_the_same_id():
    assert parse_correlation_id("01234567-89ab-cdef-0123-456789abcdef") == ID


@pytest.mark.parametrize(
    "text",
    ["", ID[:-1], ID + "0", ID.upper(), f"{ID}\n", f" {ID}", "0123-4567", "-" * 32, "é" * 32],
)
def test_anything_else_is_no_id(text: str):
    assert parse_correlation_id(text) is None
