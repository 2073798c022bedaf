"""Deleted answers leave no trace in the files of the database, and none was ever in the log."""

import sys

from playwright.sync_api import expect

from tests.browser.people import BEGUN
from tests.browser.sharing import Person
from tests.browser.site import running_server

CANARY = "Canary tablets at dawn"
HELPER = "Canary Helperton"


def holding(folder, trace):
    return [file.name for file in folder.iterdir() if trace in file.read_bytes()]


def test_deleted_answers_are_in_no_file_of_the_database_and_in_no_line_of_the_log(
    browser, tmp_path
):
    data, log = tmp_path / "data", tmp_path / "log"
    command = ("sh", "-c", f"{sys.executable} -m fbss_app 2>&1 | tee {log}")
    with running_server(data, command=command) as address:
        patient = Person(browser, address, {**BEGUN, "main-concern": CANARY}).save()
        link = patient.make_helper_link(HELPER)
        helper = Person(browser, address)
        helper.open_link(link)
        kept = patient.record
        response = kept["id"].encode()
        assert holding(data, response)
        for trace in (CANARY.encode(), HELPER.encode()):
            assert holding(data, trace) == []

        patient.open("/your-data")
        patient.tap("Delete everything")
        patient.tap("Yes, delete everything")
        expect(patient.page.get_by_text("Done. Everything is deleted")).to_be_visible()

        assert holding(data, response) == []
        written = log.read_text()
        assert '"event": "response-erased"' in written
        for word in ("Canary", kept["secret"], link.rpartition("#")[2]):
            assert word not in written
        patient.context.close()
        helper.context.close()
