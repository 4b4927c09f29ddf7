"""Makes the service's own pages, each one file, and the content security policies under which they are given."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from importlib.resources import files
from typing import Any, Final

from vn_resolution.render.viewer_markup import asset as viewer_asset
from vn_resolution.render.viewer_markup import digest, page_policy
from vn_resolution.render.viewer_markup import script as viewer_script
from vn_resolution.render.viewer_markup import style as viewer_style

_EXAMPLES: Final = {
    ("/api/parse", "post"): "curl -F file=@nghi-quyet.txt {base}/api/parse",
    ("/api/convert", "post"): (
        "curl -F file=@nghi-quyet.txt '{base}/api/convert?to=akn' -o nghi-quyet.akn.xml\n"
        "curl -F file=@nghi-quyet.txt '{base}/api/convert?to=csv&what=indicators' -o indicators.csv\n"
        "curl -F file=@a.txt -F file=@b.md '{base}/api/convert?to=zip' -o all.zip\n"
        "curl --json '{{\"text\": \"Điều 1. ...\"}}' '{base}/api/convert?to=outline'"
    ),
    ("/api/lint", "post"): "curl -F file=@nghi-quyet.akn.xml '{base}/api/lint?format=sarif' -o nghi-quyet.sarif",
    ("/api/schema", "get"): "curl {base}/api/schema",
    ("/api/health", "get"): "curl {base}/api/health",
}


@lru_cache
def front_page() -> str:
    """The page to drop files on; without script its form still gives the viewer."""
    return _asset("app.html").replace("@style", _asset("app.css")).replace("@script", _asset("app.js"))


@lru_cache
def front_policy() -> str:
    """What the front page may do: run its own script, and the viewer's in the frame that inherits this policy."""
    scripts = " ".join(map(digest, (_asset("app.js"), viewer_asset("boot.js"), viewer_script())))
    styles = f"{digest(_asset('app.css'))} {digest(viewer_style())}"
    return (
        f"default-src 'none'; script-src {scripts}; style-src {styles}; img-src data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def viewer_policy() -> str:
    """What a viewer page from the service may do: what it may do as a file, and without the service's origin."""
    return f"{page_policy()}; frame-ancestors 'none'; sandbox allow-scripts allow-modals"


@lru_cache
def api_policy() -> str:
    """The page about the API runs nothing."""
    style = digest(_asset("api.css"))
    return f"default-src 'none'; style-src {style}; img-src data:; base-uri 'none'; frame-ancestors 'none'"


def api_page(openapi: dict[str, Any], base: str) -> str:
    """The API for a person to read, made from its OpenAPI description; `base` is the address in its examples."""
    info = openapi["info"]
    parts = [
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>vn-resolution API</title>\n',
        f'<link rel="icon" href="data:,">\n<style>{_asset("api.css")}</style>\n</head>\n<body>\n<main>\n',
        f"<h1>vn-resolution API {escape(info['version'])}</h1>\n<p>{escape(info.get('summary', ''))} ",
        'As data: <a href="/api/openapi.json">/api/openapi.json</a>. <a href="/">To the page</a>.</p>\n',
    ]
    for path, methods in openapi["paths"].items():
        for method, operation in methods.items():
            parts.append(_operation(path, method, operation, base))
    return "".join([*parts, "</main>\n</body>\n</html>\n"])


def _operation(path: str, method: str, operation: dict[str, Any], base: str) -> str:
    out = [f"<h2><b>{method.upper()}</b> {escape(path)}</h2>\n<p>{escape(operation.get('summary', ''))}</p>\n"]
    if example := _EXAMPLES.get((path, method)):
        out.append(f'<pre tabindex="0">{escape(example.format(base=base))}</pre>\n')
    parameters = [
        (p["name"], f"{p.get('description', '')} {_values(p['schema'])}") for p in operation.get("parameters", ())
    ]
    body = operation.get("requestBody", {}).get("content", {})
    kinds = [(kind, ", ".join(described["schema"].get("properties", ()))) for kind, described in body.items()]
    answers = [(status, answer.get("description", "")) for status, answer in operation.get("responses", {}).items()]
    for head, rows in (("Parameters", parameters), ("Body", kinds), ("Answers", answers)):
        if rows:
            cells = "".join(f"<tr><td><code>{escape(a)}</code></td><td>{escape(b)}</td></tr>" for a, b in rows)
            out.append(f"<h3>{head}</h3>\n<table>{cells}</table>\n")
    return "".join(out)


def _values(schema: dict[str, Any]) -> str:
    values = schema.get("enum", ())
    return f"({', '.join(map(str, values))})" if values else ""


@lru_cache
def _asset(name: str) -> str:
    return files("vn_resolution.web").joinpath("static", name).read_text("utf-8")


__all__ = ["api_page", "api_policy", "front_page", "front_policy", "viewer_policy"]
