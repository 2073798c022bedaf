"""The service worker: offline, updates, and the kill switch."""

from pathlib import Path

import pytest

from fbss_app.patient.pwa.service_worker import write_retired_worker

REGISTER = """async () => {
  await navigator.serviceWorker.register("/sw.js");
  await navigator.serviceWorker.ready;
  while (!navigator.serviceWorker.controller) await new Promise((done) => setTimeout(done, 20));
}"""
UPDATE = """async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  await registration.update();
  const worker = registration.installing ?? registration.waiting;
  if (worker && worker.state === "installing")
    await new Promise((done) => worker.addEventListener("statechange", done, { once: true }));
  return Boolean(registration.waiting);
}"""
CACHED = """async () => {
  const paths = [];
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys())
      paths.push(new URL(request.url).pathname);
  return paths;
}"""


@pytest.fixture
def phone(browser):
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context
    context.close()


@pytest.fixture
def visited(phone, copied_site):
    """Give a page of the copied site, with the worker in control."""
    page = phone.new_page()
    page.goto(copied_site.url)
    page.evaluate(REGISTER)
    return page


@pytest.mark.parametrize(
    "path", ["/", "/questionnaire", "/summary?from=app", "/options", "/urgent-help"]
)
def test_pages_open_offline_after_one_visit(visited, copied_site, path):
    copied_site.stop()

    response = visited.goto(copied_site.url + path)

    assert response.status == 200
    assert response.from_service_worker
    assert visited.locator("main").is_visible()


def test_unknown_address_offline_still_shows_the_app(visited, copied_site):
    copied_site.stop()

    response = visited.goto(f"{copied_site.url}/no-such-page")

    assert response.from_service_worker
    visited.locator("h1").first.wait_for()


@pytest.mark.parametrize("state", ["busy", "silent"])
def test_kept_page_of_a_clinic_comes_in_place_of_a_busy_or_silent_server(
    visited, copied_site, state
):
    page, folder = copied_site.folder / "index.html", copied_site.folder / "c"
    folder.mkdir()
    for name in ("north", "south"):
        (folder / f"{name}.html").write_bytes(page.read_bytes())
    assert visited.goto(f"{copied_site.url}/c/north").status == 200

    copied_site.be(state)

    response = visited.goto(f"{copied_site.url}/c/north")
    assert response.status == 200
    assert response.from_service_worker
    visited.locator("h1").first.wait_for()
    if state == "busy":
        # Of what is not kept, the server itself says what is wrong.
        assert visited.goto(f"{copied_site.url}/c/south").status == 503


def test_every_page_is_precached_and_nothing_else_is(visited):
    cached = set(visited.evaluate(CACHED))

    site = Path(".web/build/client")
    pages = {f"/{file.relative_to(site)}" for file in site.rglob("*.html")}
    twins = {page for page in pages if page.endswith("/index.html") and page != "/index.html"}
    # What staff see is never kept on a device.
    for_staff = {page for page in pages if page.startswith("/clinic")}
    assert for_staff
    assert pages - twins - for_staff - {"/404.html"} <= cached
    assert not {path for path in cached if path.startswith(("/api", "/clinic", "/screenshots"))}
    assert not {path for path in cached if path.endswith((".br", ".gz"))}


def test_api_calls_never_come_from_the_worker(visited, copied_site):
    copied_site.stop()

    failed = visited.evaluate("() => fetch('/api/v1/x').then(() => false, () => true)")

    assert failed


def test_new_version_waits_until_the_page_asks_for_it(visited, copied_site):
    copied_site.deploy_another_version()

    assert visited.evaluate(UPDATE), "the new worker must wait"
    visited.reload()
    assert visited.locator("i:text('v2')").count() == 0

    visited.evaluate(
        """async () => {
          const taken = new Promise((done) =>
            navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }));
          const registration = await navigator.serviceWorker.getRegistration();
          registration.waiting.postMessage({ type: "SKIP_WAITING" });
          await taken;
        }"""
    )
    visited.reload()
    assert visited.locator("i:text('v2')").count() == 1


def test_new_version_leaves_no_page_of_the_old_one_behind(visited, copied_site):
    before = len(visited.evaluate(CACHED))
    copied_site.deploy_another_version()
    visited.evaluate(UPDATE)
    visited.evaluate(
        """async () => {
          const registration = await navigator.serviceWorker.getRegistration();
          const worker = registration.waiting;
          worker.postMessage({ type: "SKIP_WAITING" });
          while (worker.state !== "activated") await new Promise((done) => setTimeout(done, 20));
        }"""
    )

    assert len(visited.evaluate(CACHED)) == before


def test_kill_switch_unregisters_and_clears_every_cache(visited, copied_site):
    write_retired_worker(copied_site.folder)

    with visited.expect_navigation():
        visited.evaluate(
            "() => { navigator.serviceWorker.getRegistration().then((r) => r.update()) }"
        )

    # The page itself may register again: what it gets is the kill switch, which caches nothing.
    assert visited.evaluate("() => caches.keys()") == []
    copied_site.stop()
    with pytest.raises(Exception, match="ERR_CONNECTION_REFUSED"):
        visited.goto(f"{copied_site.url}/summary")
