"""Generates the service worker: the whole patient half, kept on the phone.

A new version is fetched in the background and waits until the page sends `SKIP_WAITING`. The pages
of a clinic, which the server writes, are kept as they were last seen; those in a frame are left
alone. Calls to the API go straight to the network, but for a clinic's logo. What a page could not
send before it went, the worker sends by itself once the browser finds a connection
(background_worker.js).
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from fbss_app.patient.pwa.page_index import FALLBACK_PAGE
from fbss_app.patient.pwa.staff_files import staff_only_files

SERVICE_WORKER_NAME = "sw.js"
WORKBOX_PACKAGE = "workbox-build@7.4.1"

_RETIRED_WORKER = Path(__file__).with_name("retired_worker.js")
_BACKGROUND_WORKER = Path(__file__).with_name("background_worker.js")
# Part of the page as well: both must know the same database.
_UNSENT_STORE = Path(__file__).parents[1] / "client/saving/unsent_store.js"
_PRECACHED = ["**/*.{html,js,css,svg,png,ico,webmanifest,woff2}"]
_NOT_PRECACHED = [
    SERVICE_WORKER_NAME,
    # The worker keeps the scripts that it imports by itself.
    "background-*.js",
    "404.html",
    "screenshots/**",
    "clinic/**",
    "clinic.html",
    "clinic.css",
    # Every page carries this one within its own stylesheet.
    "theme.css",
    # Each page is built twice, as x.html and x/index.html: the first is enough.
    "*/**/index.html",
]

# Plain functions of the worker's own scope, written as source because workbox copies them as such.
_GENERATE = """
import {{ generateSW }} from "workbox-build";
const options = {options};
options.runtimeCaching = [
  {{
    urlPattern: ({{ request, url, sameOrigin }}) =>
      sameOrigin && request.mode === "navigate" && /^\\/c\\//.test(url.pathname),
    handler: "NetworkFirst",
    options: {{
      cacheName: "clinic-pages",
      expiration: {{ maxEntries: 60 }},
      // A kept page that works is better than the news that the server is busy, or a long wait.
      networkTimeoutSeconds: 5,
      plugins: [
        {{
          fetchDidSucceed: async ({{ request, response }}) => {{
            const isKept = () => caches.match(request, {{ cacheName: "clinic-pages" }});
            if (response.status >= 500 && (await isKept())) throw new Error("busy");
            return response;
          }},
        }},
      ],
    }},
  }},
  {{
    urlPattern: ({{ url, sameOrigin }}) =>
      sameOrigin && /^\\/api\\/v1\\/clinics\\/[^/]+\\/logo$/.test(url.pathname),
    handler: "CacheFirst",
    options: {{ cacheName: "clinic-logos", expiration: {{ maxEntries: 10 }} }},
  }},
  {{
    urlPattern: ({{ request, url, sameOrigin }}) =>
      sameOrigin &&
      request.mode === "navigate" &&
      !/^\\/(api|c|clinic|embed)(\\/|$)/.test(url.pathname),
    handler: "NetworkOnly",
    options: {{ precacheFallback: {{ fallbackURL: {fallback} }} }},
  }},
];
options.ignoreURLParametersMatching = [/./];
options.dontCacheBustURLsMatching = /^assets\\/.*-[\\w-]{{8,}}\\.(js|css)$/;
const result = await generateSW(options);
for (const warning of result.warnings) console.error(warning);
if (result.warnings.length) process.exit(1);
console.log(JSON.stringify({{ count: result.count, size: result.size }}));
"""


class ServiceWorkerError(RuntimeError):
    """The service worker could not be generated, so the build must not be used."""


def background_script() -> str:
    """Write the classic script that the service worker imports to send what pages left."""
    store = _UNSENT_STORE.read_text(encoding="utf-8").replace("export const ", "const ")
    return store + _BACKGROUND_WORKER.read_text(encoding="utf-8")


def background_script_name() -> str:
    """Name that script after what is in it, so that a browser never keeps an old one for it."""
    digest = hashlib.sha256(background_script().encode()).hexdigest()
    return f"background-{digest[:8]}.js"


def workbox_options(static_dir: Path, left_out: Sequence[str] = ()) -> dict[str, object]:
    """Return the options of workbox-build's `generateSW` that are plain data.

    Args:
        static_dir: The built site.
        left_out: Files that no phone keeps, besides those that never are.
    """
    return {
        "importScripts": [f"/{background_script_name()}"],
        "globDirectory": str(static_dir),
        "globPatterns": _PRECACHED,
        "globIgnores": [*_NOT_PRECACHED, *left_out],
        "swDest": str(static_dir / SERVICE_WORKER_NAME),
        "mode": "production",
        "inlineWorkboxRuntime": True,
        "sourcemap": False,
        "directoryIndex": "index.html",
        "cleanupOutdatedCaches": True,
        # Takes over the page of a first visit. A later version waits for SKIP_WAITING.
        "clientsClaim": True,
        "skipWaiting": False,
        "navigationPreload": False,
        "maximumFileSizeToCacheInBytes": 3 * 1024 * 1024,
    }


def write_service_worker(static_dir: Path, node_dir: Path) -> None:
    """Generate `sw.js` over the built site.

    Args:
        static_dir: The built site.
        node_dir: The folder whose `node_modules` holds workbox-build.

    Raises:
        StaffFilesError: When it cannot be told what only the staff side loads.
        ServiceWorkerError: When Node is missing, or workbox fails or warns (a file left out
            would be missing offline).
    """
    (static_dir / background_script_name()).write_text(background_script(), encoding="utf-8")
    node = shutil.which("node")
    if node is None:
        raise ServiceWorkerError("node was not found on PATH")
    source = _GENERATE.format(
        options=json.dumps(workbox_options(static_dir, staff_only_files(static_dir))),
        fallback=json.dumps(f"/{FALLBACK_PAGE}"),
    )
    result = subprocess.run(  # noqa: S603 (our own source, no outside input)
        [node, "--input-type=module", "--eval", source],
        cwd=node_dir,
        env={**os.environ, "NODE_ENV": "production"},
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode != 0:
        raise ServiceWorkerError(f"workbox-build failed:\n{result.stderr.strip()}")


def write_retired_worker(static_dir: Path) -> None:
    """Write the kill switch in the service worker's place."""
    shutil.copyfile(_RETIRED_WORKER, static_dir / SERVICE_WORKER_NAME)
