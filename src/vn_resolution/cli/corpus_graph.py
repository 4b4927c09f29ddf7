"""`vn-resolution corpus graph`: which documents cite which, as GraphML or JSON, or the most cited as a table."""

from __future__ import annotations

from pathlib import Path

import click

from vn_resolution.cli.common import Exit, say, write_data
from vn_resolution.cli.corpus_common import (
    Narrowing,
    corpus_argument,
    json_option,
    narrowing_options,
    open_corpus,
    output_option,
    show_answer,
)


@click.command("graph")
@corpus_argument
@click.option("--to", type=click.Choice(["table", "graphml", "json"]), default="table", show_default=True)
@click.option("-n", "--limit", type=click.IntRange(1), default=20, show_default=True, help="table: so many lines.")
@narrowing_options
@output_option
@json_option
def command(corpus: Path, to: str, limit: int, narrowing: Narrowing, output: Path | None, as_json: bool) -> int:
    """Tell which documents those of CORPUS cite: as a table of the most cited ones, or the whole graph as GraphML
    (Gephi, yEd, igraph, networkx) or as node-link JSON (D3, networkx)."""
    with open_corpus(corpus) as opened:
        graph = narrowing.of(opened).graph()
    if as_json:
        to = "json"
    if to != "table":
        write_data((graph.to_graphml() if to == "graphml" else graph.to_json() + "\n").encode("utf-8"), output)
        return Exit.OK
    from vn_resolution.corpus.answers import Answer

    rows = [(n.cited, n.label, "yes" if n.inside else "", n.id) for n in graph.most_cited(limit) if n.cited]
    text = Answer(("cited by", "document", "in corpus", "id"), rows)
    if output is not None:
        write_data(f"{text.to_text()}\n".encode(), output)
    else:
        show_answer(text, False)
    inside = sum(node.inside for node in graph.nodes)
    say(f"{inside} documents of the corpus, {len(graph.nodes) - inside} others, {len(graph.edges)} edges")
    return Exit.OK
