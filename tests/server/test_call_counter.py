import secrets

import pytest
import redis as redis_client

from fbss_app.server.call_counter import CallCounter, RedisUnreachableError, TidyMemoryStorage
from tests.server.redis_server import PASSWORD, RedisServer
from tests.server.wall_clock import WallClock


@pytest.fixture(params=["memory", "redis"])
def counter(request: pytest.FixtureRequest, wall_clock: WallClock) -> CallCounter:
    if request.param == "memory":
        return CallCounter()
    server: RedisServer = request.getfixturevalue("redis")
    return CallCounter(server.url)


@pytest.fixture
def key() -> str:
    return secrets.token_hex(8)


def test_calls_up_to_the_rate_go_through_and_the_next_must_wait(counter, wall_clock, key):
    assert [counter.count(key, 3, 60) for _ in range(3)] == [0, 0, 0]
    assert counter.count(key, 3, 60) == 60
    wall_clock.advance(59)
    assert counter.count(key, 3, 60) == 1
    wall_clock.advance(2)
    assert counter.count(key, 3, 60) == 0


def test_wait_ends_when_the_oldest_call_is_over(counter, wall_clock, key):
    counter.count(key, 2, 60)
    wall_clock.advance(40)
    counter.count(key, 2, 60)
    assert counter.count(key, 2, 60) == 20
    wall_clock.advance(21)
    assert counter.count(key, 2, 60) == 0
    assert counter.count(key, 2, 60) == 39


def test_refused_call_prolongs_no_wait(counter, wall_clock, key):
    counter.count(key, 1, 60)
    for _ in range(5):
        wall_clock.advance(10)
        assert counter.count(key, 1, 60) > 0
    wall_clock.advance(11)
    assert counter.count(key, 1, 60) == 0


def test_looking_counts_nothing(counter, key):
    assert [counter.wait(key, 1, 60) for _ in range(3)] == [0, 0, 0]
    counter.count(key, 1, 60)
    assert counter.wait(key, 1, 60) == 60


def test_keys_are_counted_apart(counter, key):
    counter.count(key, 1, 60)
    assert counter.count(f"{key}-other", 1, 60) == 0


def test_two_processes_count_together_in_redis(redis: RedisServer, key):
    one, other = CallCounter(redis.url), CallCounter(redis.url)
    one.count(key, 1, 60)
    assert other.count(key, 1, 60) > 0


def test_what_is_kept_in_redis_expires(redis: RedisServer, key):
    CallCounter(redis.url).count(key, 5, 60)
    with redis_client.Redis.from_url(redis.url) as client:
        found = list(client.scan_iter(f"*{key}*"))
        assert len(found) == 1
        assert 0 < client.ttl(found[0]) <= 60


def test_each_counts_for_itself_while_redis_is_away_and_together_again_after(
    redis: RedisServer, wall_clock, key, caplog: pytest.LogCaptureFixture
):
    one, other = CallCounter(redis.url), CallCounter(redis.url)
    one.check()
    redis.stop()
    try:
        assert one.count(key, 1, 60) == 0
        assert one.count(key, 1, 60) > 0
        assert other.count(key, 1, 60) == 0
        assert caplog.text.count("calls-counted-without-redis") == 2
        assert PASSWORD not in caplog.text
        with pytest.raises(RedisUnreachableError):
            one.check()
    finally:
        redis.start()
    assert one.count(key, 1, 60) > 0, "it is left alone for a moment"
    wall_clock.advance(11)
    assert one.count(key, 1, 60) == 0
    assert other.count(key, 1, 60) > 0


def test_wrong_password_is_found_before_the_start_and_not_repeated(redis: RedisServer):
    with pytest.raises(RedisUnreachableError) as caught:
        CallCounter(redis.url.replace(PASSWORD, "hunter3")).check()
    assert "hunter3" not in str(caught.value)


def test_counting_alone_needs_no_redis():
    CallCounter().check()
    assert not CallCounter().may_wait


def test_memory_forgets_callers_whose_calls_are_over(wall_clock: WallClock):
    storage = TidyMemoryStorage()
    for n in range(100):
        assert storage.acquire_entry(f"caller-{n}", 5, 60)
    wall_clock.advance(30)
    assert storage.acquire_entry("later", 1, 60)
    wall_clock.advance(31)
    assert storage.acquire_entry("last", 5, 60)
    assert set(storage.events) == {"later", "last"}
    assert not storage.acquire_entry("later", 1, 60)
