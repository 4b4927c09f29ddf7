"""The REST API: what it takes, what it gives, what it refuses, and the headers on all of it."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

import vn_resolution as vr
from support.texts import ROOT, SAMPLES
from vn_resolution.model import Resolution, json_schema
from vn_resolution.web.app import create_app
from vn_resolution.web.forms import csv_of, stem_of
from vn_resolution.web.settings import Settings

BUDGET = SAMPLES / "budget.txt"
MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    settings = Settings(workers=1, max_bytes=2 * MEGABYTE, hosts=("127.0.0.1", "localhost", "testserver"))
    with TestClient(create_app(settings), raise_server_exceptions=False) as started:
        yield started


def _upload(name: str, data: bytes) -> dict[str, Any]:
    return {"files": {"file": (name, data)}}


def _error(answer: Any) -> tuple[int, str]:
    said = answer.json()["error"]
    assert said["message"]
    return answer.status_code, said["code"]


def test_a_file_is_read(client: TestClient) -> None:
    answer = client.post("/api/parse", **_upload("budget.txt", BUDGET.read_bytes()))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert Resolution.from_json(answer.content) == vr.parse(BUDGET)


@pytest.mark.parametrize("way", ["form", "json", "raw", "markdown"])
def test_a_text_is_read_however_it_is_sent(client: TestClient, way: str) -> None:
    text = "Điều 1. Giao Sở A **chủ trì**.\n"
    answer = {
        "form": lambda: client.post("/api/parse", files={"text": (None, text), "name": (None, "a.txt")}),
        "json": lambda: client.post("/api/parse", json={"text": text, "name": "a.txt", "type": "text"}),
        "raw": lambda: client.post(
            "/api/parse?name=a.txt", content=text.encode(), headers={"content-type": "text/plain"}
        ),
        "markdown": lambda: client.post("/api/parse", json={"text": text, "name": "a.md", "type": "markdown"}),
    }[way]()
    doc = Resolution.from_json(answer.content)
    assert doc.source.text == text
    assert doc.source.name == ("a.md" if way == "markdown" else "a.txt")
    assert doc.body[0].text == ("Giao Sở A chủ trì." if way == "markdown" else doc.body[0].text)


def test_every_form(client: TestClient) -> None:
    doc = vr.parse(BUDGET)
    given = {
        form: client.post(f"/api/convert?to={form}", **_upload("budget.txt", BUDGET.read_bytes()))
        for form in ("json", "akn", "outline", "html")
    }
    assert {form: answer.status_code for form, answer in given.items()} == dict.fromkeys(given, 200)
    assert given["json"].json() == json.loads(doc.to_json())
    assert given["akn"].content == doc.to_akn()
    assert given["akn"].headers["content-disposition"] == "attachment; filename*=UTF-8''budget.akn.xml"
    assert given["outline"].text == doc.to_outline()
    assert given["html"].text == doc.to_html()
    assert "content-disposition" not in given["html"].headers


@pytest.mark.parametrize(
    ("what", "count"), [("indicators", 25), ("tasks", 7), ("citations", 9), ("quantities", 28), ("nodes", 29)]
)
def test_tables_for_a_spreadsheet(client: TestClient, what: str, count: int) -> None:
    answer = client.post(f"/api/convert?to=csv&what={what}", **_upload("ngân sách.txt", BUDGET.read_bytes()))
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == len(getattr(vr.parse(BUDGET), what, list(vr.parse(BUDGET).walk())))
    assert rows[0]["file"] == "ngân sách.txt" and rows[0]["document"] == "31/NQ-HĐND"
    assert answer.headers["content-disposition"].endswith(f"ng%C3%A2n%20s%C3%A1ch.{what}.csv")
    assert abs(len(rows) - count) <= 3


def test_no_cell_is_a_formula() -> None:
    doc = vr.parse(
        "Điều 1. =cmd|' /C calc'!A0 tăng 5%.\n- @SUM(A1) đạt -3%\n", media_type="text/plain", name="=1+1.txt"
    )
    for table in ("indicators", "tasks", "quantities", "nodes"):
        rows = csv.reader(io.StringIO(csv_of(doc, table).decode("utf-8-sig")))  # type: ignore[arg-type]
        for row in rows:
            assert not [
                cell
                for cell in row
                if cell[:1] in ("=", "+", "@", "\t") or (cell[:1] == "-" and not cell[1:].isdigit())
            ]


def test_all_in_a_zip_and_several_documents_in_folders(client: TestClient) -> None:
    one = client.post("/api/convert?to=zip", **_upload("budget.txt", BUDGET.read_bytes()))
    with zipfile.ZipFile(io.BytesIO(one.content)) as archive:
        assert set(archive.namelist()) == {
            f"budget{end}"
            for end in (
                ".json", ".akn.xml", ".outline.txt", ".html",
                ".indicators.csv", ".tasks.csv", ".citations.csv", ".quantities.csv",
            )
        }  # fmt: skip
        assert archive.read("budget.akn.xml") == vr.parse(BUDGET).to_akn()
    files = [("file", ("a.txt", "Điều 1. A".encode())), ("file", ("../../A.TXT", "Điều 1. B".encode()))]
    several = client.post("/api/convert?to=zip", files=files)
    with zipfile.ZipFile(io.BytesIO(several.content)) as archive:
        assert {name.split("/")[0] for name in archive.namelist()} == {"a", "A_2"}
    assert _error(client.post("/api/convert?to=json", files=files)) == (422, "one_document")


def test_what_cannot_be_read_is_said(client: TestClient) -> None:
    assert _error(client.post("/api/parse", **_upload("a.docx", b"PK\x03\x04 no zip"))) in {
        (415, "unsupported_type"), (422, "unreadable")
    }  # fmt: skip
    assert _error(client.post("/api/parse", **_upload("a.png", b"\x89PNG\r\n\x1a\n" + bytes(50)))) in {
        (415, "unsupported_type"), (501, "missing_tool"), (422, "unreadable")
    }  # fmt: skip


def test_requests_that_make_no_sense(client: TestClient) -> None:
    post = client.post
    assert _error(post("/api/parse")) == (422, "no_document")
    assert _error(post("/api/parse", files={"other": ("a.txt", b"x")})) == (422, "no_document")
    assert _error(post("/api/parse", files={"text": (None, "  \n")})) == (422, "no_document")
    assert _error(post("/api/parse", content=b"{", headers={"content-type": "application/json"})) == (400, "bad_json")
    assert _error(post("/api/parse", content=b"[" * 100_000, headers={"content-type": "application/json"})) == (
        400, "bad_json"
    )  # fmt: skip
    assert _error(post("/api/parse", json=["a"])) == (422, "bad_request")
    assert _error(post("/api/parse", json={"text": "a", "type": "pdf"})) == (422, "bad_request")
    assert _error(post("/api/parse", data={"text": "a"})) == (415, "unsupported_form")
    assert _error(post("/api/parse", content=b"x", headers={"content-type": "multipart/form-data"})) == (
        400,
        "http_400",
    )
    assert _error(post("/api/convert?to=exe", content=b"x")) == (422, "bad_request")
    assert _error(post("/api/convert", content=b"x")) == (422, "bad_request")
    assert _error(post("/api/convert?to=csv&what=all", content=b"x")) == (422, "bad_request")
    assert _error(client.get("/api/parse")) == (405, "http_405")
    assert _error(client.get("/nothing")) == (404, "http_404")
    assert _error(client.get("/static/../app.py")) == (404, "http_404")


def test_bodies_over_the_limit_are_refused_before_they_are_read(client: TestClient) -> None:
    assert _error(client.post("/api/parse", content=b"x" * (2 * MEGABYTE + 1))) == (413, "too_large")

    def endless() -> Iterator[bytes]:  # no Content-Length: counted as it comes
        while True:
            yield b"x" * 65_536

    assert _error(client.post("/api/parse", content=_first(endless(), 64))) == (413, "too_large")
    for length, error in (("-5", (400, "bad_length")), ("9" * 5_000, (413, "too_large"))):
        assert _error(client.post("/api/parse", content=b"x", headers={"content-length": length})) == error
    many = [("file", (f"{k}.txt", b"x")) for k in range(21)]
    assert _error(client.post("/api/convert?to=zip", files=many)) == (400, "http_400")


def _first(pieces: Iterator[bytes], count: int) -> Iterator[bytes]:
    for _ in range(count):
        yield next(pieces)


def test_only_its_own_name_is_answered(client: TestClient) -> None:
    for host in ("evil.invalid", "evil.invalid:8000", "127.0.0.1.evil.invalid", ""):
        assert _error(client.get("/api/health", headers={"host": host})) == (421, "wrong_host")
    assert client.get("/api/health", headers={"host": "localhost:9999"}).status_code == 200


def test_every_answer_has_the_safe_headers(client: TestClient) -> None:
    answers = [
        client.get("/"),
        client.get("/docs"),
        client.get("/nothing"),
        client.get("/api/openapi.json"),
        client.get("/api/health", headers={"host": "evil.invalid"}),
        client.post("/api/parse", content=b"x" * (2 * MEGABYTE + 1)),
        client.post("/api/parse", json={"text": "Điều 1. A"}, headers={"origin": "https://evil.invalid"}),
        client.post("/api/convert?to=html", json={"text": "<script>alert(1)</script>"}),
        client.options(
            "/api/parse", headers={"origin": "https://evil.invalid", "access-control-request-method": "POST"}
        ),
    ]
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert not [name for name in answer.headers if name.startswith("access-control")]
        assert "set-cookie" not in answer.headers and "server" not in answer.headers
    assert "sandbox" in answers[7].headers["content-security-policy"]
    assert "script-src" not in answers[1].headers["content-security-policy"]


GAP = "HỘI ĐỒNG NHÂN DÂN TỈNH X\n\nQUYẾT NGHỊ:\n\nĐiều 1. Một.\n\nĐiều 3. Hai.\n"


def test_what_is_wrong_with_a_text(client: TestClient) -> None:
    answer = client.post("/api/lint", **_upload("a.txt", GAP.encode()))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    (file,) = answer.json()["files"]
    doc = vr.parse(GAP, media_type="text/plain", name="a.txt")
    assert file["file"] == "a.txt"
    assert [tuple(f["span"] or ()) for f in file["findings"]] == [f.span or () for f in vr.lint(doc)]
    assert "N001" in {finding["code"] for finding in file["findings"]}


def test_what_is_wrong_with_akoma_ntoso_as_sarif(client: TestClient) -> None:
    akn = vr.parse(BUDGET).to_akn().replace(b'href="#art_1', b'href="#art_99', 1)
    answer = client.post("/api/lint?format=sarif", **_upload("budget.akn.xml", akn))
    assert answer.headers["content-type"] == "application/sarif+json"
    log = answer.json()
    assert pytest.importorskip("sarif_kit.validate").validation_errors(log) == []
    assert "A002" in {result["ruleId"] for result in log["runs"][0]["results"]}
    assert _error(client.post("/api/lint?format=xml", **_upload("a.txt", b"x"))) == (422, "bad_request")
    assert _error(client.post("/api/lint")) == (422, "no_document")


def test_openapi_describes_what_there_is(client: TestClient) -> None:
    described = client.get("/api/openapi.json").json()
    assert set(described["paths"]) == {"/api/parse", "/api/convert", "/api/lint", "/api/schema", "/api/health"}
    convert = described["paths"]["/api/convert"]["post"]
    assert set(convert["requestBody"]["content"]) >= {"multipart/form-data", "application/json", "text/plain"}
    forms = next(p for p in convert["parameters"] if p["name"] == "to")["schema"]["enum"]
    assert set(forms) == {"json", "akn", "outline", "html", "csv", "zip"}
    page = client.get("/docs").text
    for path in described["paths"]:
        assert path in page
    assert "http://testserver/api/parse" in page and "<script" not in page
    assert client.get("/api/schema").json() == json_schema()
    health = client.get("/api/health").json()
    assert (health["status"], health["version"], health["workers"]) == ("ok", vr.__version__, 1)


def test_the_examples_of_openapi_are_true(client: TestClient) -> None:
    described = client.get("/api/openapi.json").json()
    for path, query in (("/api/parse", ""), ("/api/convert", "?to=outline"), ("/api/lint", "")):
        body = described["paths"][path]["post"]["requestBody"]["content"]
        answers = [
            client.post(path + query, json=body["application/json"]["example"]),
            client.post(path + query, files={k: (None, v) for k, v in body["multipart/form-data"]["example"].items()}),
            client.post(path + query, content=body["text/plain"]["example"], headers={"content-type": "text/plain"}),
        ]
        assert [answer.status_code for answer in answers] == [200, 200, 200], path
    checked = described["paths"]["/api/lint"]["post"]["responses"]["200"]["content"]["application/json"]
    (example,), (file,) = checked["example"]["files"], answers[0].json()["files"]
    assert (file["file"], file["error"]) == (example["file"], example["error"])
    assert all(finding in file["findings"] for finding in example["findings"])
    validate = pytest.importorskip("jsonschema").validate
    for told in (checked["example"], *(answer.json() for answer in answers)):
        validate(told, {**checked["schema"], "components": described["components"]})
    parsed = client.post("/api/parse", **_upload("budget.txt", BUDGET.read_bytes())).json()
    schema = described["paths"]["/api/parse"]["post"]["responses"]["200"]["content"]["application/json"]["schema"]
    validate(parsed, {**schema, "components": described["components"]})


def test_every_error_that_can_be_given_is_described(client: TestClient) -> None:
    source = "".join(path.read_text("utf-8") for path in (ROOT / "src/vn_resolution/web").glob("*.py"))
    given = {*re.findall(r'(?:Failure|_RefusedError)\((\d{3}), "(\w+)"', source), ("400", "http_400")}
    assert len(given) > 15
    for path in ("/api/parse", "/api/convert", "/api/lint"):
        responses = client.get("/api/openapi.json").json()["paths"][path]["post"]["responses"]
        told = {
            (status, example["value"]["error"]["code"])
            for status, answer in responses.items()
            for example in answer["content"]["application/json"].get("examples", {}).values()
        }
        assert told == given, path


def test_a_document_that_takes_too_long_is_given_up(client: TestClient) -> None:
    with TestClient(create_app(Settings(workers=1, timeout=0.3))) as impatient:
        slow = ("Điều 1. Giao Sở A tăng 5% năm 2024;\n" * 100_000).encode()
        assert _error(impatient.post("/api/parse", content=slow)) == (504, "timeout")
        assert impatient.get("/api/health").json()["status"] == "ok"


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("nghi-quyet.txt", "nghi-quyet"),
        ("Nghị quyết 31.docx", "Nghị quyết 31"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\b.md", "b"),
        ("a\r\nSet-Cookie: x.txt", "a_Set-Cookie_ x"),
        ("...", "nghi-quyet"),
        ("", "nghi-quyet"),
        (None, "nghi-quyet"),
        ("x" * 300 + ".txt", "x" * 80),
    ],
)
def test_names_of_files_are_made_safe(name: str | None, stem: str) -> None:
    assert stem_of(name) == stem
