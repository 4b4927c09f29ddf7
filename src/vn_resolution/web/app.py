"""Builds the service: the page, its REST API with OpenAPI, and what stands around them.

The annotations of the routes must be real objects when FastAPI looks at them, and FastAPI itself is imported only when
a service is built: so this module does without postponed annotations.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any
from urllib.parse import quote

from vn_resolution.errors import MissingTool
from vn_resolution.web.forms import CHECK_TYPES, MEDIA_TYPES, Check, File, Form, Table
from vn_resolution.web.guard import Guard
from vn_resolution.web.inputs import read_inputs
from vn_resolution.web.jobs import Failure, Job
from vn_resolution.web.openapi import CHECKED, CONVERTED, PARSED, REQUEST_BODY, completed, errors
from vn_resolution.web.pages import api_page, api_policy, front_page, front_policy, viewer_policy
from vn_resolution.web.pool import Pool
from vn_resolution.web.settings import Settings


def create_app(settings: Settings | None = None) -> Guard:
    """The ASGI application. Its workers start with it and end with it.

    Raises MissingTool where the extra is not installed.
    """
    try:
        import python_multipart  # noqa: F401
        from fastapi import FastAPI, Query, Request, Response
        from fastapi.exceptions import RequestValidationError
        from fastapi.responses import HTMLResponse, JSONResponse
        from starlette.concurrency import run_in_threadpool
        from starlette.exceptions import HTTPException
    except ImportError:
        raise MissingTool(
            "the web application needs the extra 'web': install it with pip install 'vn-resolution[web]'"
        ) from None
    from vn_resolution import __version__

    settings = settings or Settings()
    pool = Pool(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(pool.start)
        try:
            yield
        finally:
            await run_in_threadpool(pool.stop)

    app = FastAPI(
        title="vn-resolution",
        version=__version__,
        summary="Structured reading of resolutions of Vietnam's People's Councils.",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )

    def refusal(failure: Failure) -> Response:
        body = {"error": {"code": failure.code, "message": failure.message}}
        headers = {"retry-after": "2"} if failure.status == 503 else None
        return JSONResponse(body, status_code=failure.status, headers=headers)

    async def answer(request: Request, form: Form, table: Table = "indicators", download: bool = True) -> Response:
        inputs = await read_inputs(request, settings.max_bytes)
        if isinstance(inputs, Failure):
            return refusal(inputs)
        if len(inputs) > 1 and form != "zip":
            return refusal(Failure(422, "one_document", "send one document at a time, or ask for a zip"))
        outcome = await run_in_threadpool(pool.run, Job(inputs, form, table, settings.grammar))
        if isinstance(outcome, Failure):
            return refusal(outcome)
        return given(outcome, form, download)

    def given(file: File, form: Form, download: bool) -> Response:
        headers = {}
        if download:
            headers["content-disposition"] = f"attachment; filename*=UTF-8''{quote(file.name)}"
        if form == "html":
            headers["content-security-policy"] = viewer_policy()
        return Response(file.data, media_type=MEDIA_TYPES[form], headers=headers)

    @app.exception_handler(HTTPException)
    async def http_error(_: Request, error: HTTPException) -> Response:
        body = {"error": {"code": f"http_{error.status_code}", "message": str(error.detail)}}
        return JSONResponse(body, status_code=error.status_code, headers=error.headers)

    @app.exception_handler(Exception)
    async def fault(_: Request, error: Exception) -> Response:
        name = type(error).__name__
        return refusal(Failure(500, "fault", f"unexpected {name} (a fault of vn-resolution; please report it)"))

    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> Response:
        wrong = "; ".join(f"{fault['loc'][-1]}: {fault['msg']}" for fault in error.errors())
        return refusal(Failure(422, "bad_request", wrong))

    @app.post(
        "/api/parse",
        tags=["resolutions"],
        summary="Read one resolution and give it back as JSON",
        responses={200: PARSED, **errors()},
        openapi_extra={"requestBody": REQUEST_BODY},
    )
    async def parse(request: Request) -> Response:
        return await answer(request, "json", download=False)

    @app.post(
        "/api/convert",
        tags=["resolutions"],
        summary="Read one resolution and give it back in another form",
        response_class=Response,
        responses={200: CONVERTED, **errors()},
        openapi_extra={"requestBody": REQUEST_BODY},
    )
    async def convert(
        request: Request,
        to: Annotated[Form, Query(description="The form: JSON, AKN, outline, a page, a table, or all as zip.")],
        what: Annotated[Table, Query(description="What the rows of the table are (to=csv).")] = "indicators",
        download: Annotated[bool, Query(description="Give a page to be saved, not shown (to=html).")] = False,
    ) -> Response:
        return await answer(request, to, what, download or to != "html")

    @app.post(
        "/api/lint",
        tags=["resolutions"],
        summary="Tell what is wrong with a resolution, or with an Akoma Ntoso document",
        response_class=Response,
        responses={200: CHECKED, **errors()},
        openapi_extra={"requestBody": REQUEST_BODY},
    )
    async def lint(
        request: Request,
        format: Annotated[Check, Query(description="The form: plain JSON, or SARIF 2.1.0.")] = "json",
    ) -> Response:
        inputs = await read_inputs(request, settings.max_bytes)
        if isinstance(inputs, Failure):
            return refusal(inputs)
        job = Job(inputs, "json", grammar=settings.grammar, check=format)
        outcome = await run_in_threadpool(pool.run, job)
        if isinstance(outcome, Failure):
            return refusal(outcome)
        return Response(outcome.data, media_type=CHECK_TYPES[format])

    @app.get("/api/schema", tags=["service"], summary="The JSON Schema of a resolution")
    async def schema() -> dict[str, Any]:
        from vn_resolution.model import json_schema

        return json_schema()

    @app.get("/api/health", tags=["service"], summary="Whether the service is well, and how busy")
    async def health() -> dict[str, Any]:
        return {"status": "ok", "version": __version__, **pool.state}

    @app.get("/", include_in_schema=False)
    async def front() -> HTMLResponse:
        return HTMLResponse(front_page(), headers={"content-security-policy": front_policy()})

    @app.get("/docs", include_in_schema=False)
    async def docs(request: Request) -> HTMLResponse:
        page = api_page(app.openapi(), str(request.base_url).rstrip("/"))
        return HTMLResponse(page, headers={"content-security-policy": api_policy()})

    app.openapi_schema = completed(app.openapi())
    return Guard(app, settings)


__all__ = ["create_app"]
