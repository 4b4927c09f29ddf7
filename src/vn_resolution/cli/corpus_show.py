"""`vn-resolution corpus show`: the documents of a corpus as a list, or one of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from vn_resolution.cli.common import Exit, write_data
from vn_resolution.cli.corpus_common import (
    Narrowing,
    WrongQuestion,
    corpus_argument,
    json_option,
    narrowing_options,
    open_corpus,
    output_option,
    show_answer,
)

if TYPE_CHECKING:
    from vn_resolution.corpus.store import Corpus

_LISTED = ("document", "number", "province", "year", "title")


@click.command("show")
@corpus_argument
@click.argument("document", required=False)
@click.option(
    "--to", type=click.Choice(["outline", "json", "akn", "text", "source", "html"]), default="outline",
    show_default=True, help="In what form; `source` is the text that was read.",
)  # fmt: skip
@narrowing_options
@output_option
@json_option
def command(
    corpus: Path, document: str | None, to: str, narrowing: Narrowing, output: Path | None, as_json: bool
) -> int:
    """List the documents of CORPUS, or show one, named by its id or by its number."""
    with open_corpus(corpus) as opened:
        if document is not None:
            write_data(_one(opened, _find(opened, document), "json" if as_json else to), output)
            return Exit.OK
        from vn_resolution.corpus.answers import Answer

        rows = narrowing.of(opened).rows("documents")
        if as_json:
            listed = list(rows)
            answer = Answer(listed[0] if listed else _LISTED, [tuple(row.values()) for row in listed])
        else:
            answer = Answer(_LISTED, [tuple(row[column] for column in _LISTED) for row in rows])
    show_answer(answer, as_json)
    return Exit.OK


def _find(corpus: Corpus, named: str) -> str:
    if named in corpus:
        return named
    found = list(corpus.where(number=named))
    if len(found) == 1:
        return found[0]
    if found:
        raise WrongQuestion(f"several documents have the number {named}: {', '.join(found)}")
    row = next(iter(corpus.rows("manifest", named)), None)
    if row is not None:
        raise click.ClickException(f"{named} is quarantined ({row['reason']}): {row['message']}")
    raise WrongQuestion(f"the corpus has no document {named}; `corpus show {corpus.folder}` lists them")


def _one(corpus: Corpus, document: str, to: str) -> bytes:
    if to == "json":
        return corpus.json(document) + b"\n"
    doc = corpus[document]
    if to == "akn":
        return doc.to_akn()
    text = {"outline": doc.to_outline, "text": doc.to_text, "html": doc.to_html}.get(to, lambda: doc.source.text)()
    return text.encode("utf-8", "replace")
