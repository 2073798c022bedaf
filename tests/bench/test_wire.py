from tests.bench.wire import Wire, kind_of


def finish(wire, number, mime_type, size, **headers):
    request = {"requestId": number, "request": {"url": f"http://here/{number}"}}
    response = {"mimeType": mime_type, "headers": headers, "url": f"http://here/{number}"}
    wire._on_request(request)
    wire._on_response({"requestId": number, "response": response})
    wire._on_finished({"requestId": number, "encodedDataLength": size})


def test_kinds_follow_the_content_type():
    kinds = ["text/javascript", "image/svg+xml", "font/woff2", "application/manifest+json"]

    assert [kind_of(kind) for kind in kinds] == ["JS", "images", "fonts", "other"]


def test_bytes_are_added_up_by_kind():
    wire = Wire("http://here")
    finish(wire, "1", "text/css", 10, **{"Content-Encoding": "br"})
    finish(wire, "2", "text/css", 20, **{"Content-Encoding": "gzip"})

    assert wire.sizes == {"CSS": 30}
    assert wire.total == 30
    assert wire.uncompressed == ["http://here/2"]


def test_another_origin_is_a_third_party():
    wire = Wire("http://here")
    for url in ("http://here/1", "data:,1", "https://elsewhere/1"):
        wire._on_request({"request": {"url": url}})

    assert wire.third_parties == ["https://elsewhere/1"]
