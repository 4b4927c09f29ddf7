"""Writes the words of documents as CoNLL-U, each document in a worker that has loaded the segmenter once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from vn_resolution.corpus.segment import Sentence, need_segmenter, split_words
from vn_resolution.corpus.workers import Lost, run_each
from vn_resolution.errors import CorpusError
from vn_resolution.model import Resolution

if TYPE_CHECKING:
    from vn_resolution.corpus.view import View

_UPOS: Final = {"punctuation": "PUNCT", "number": "NUM", "quantity": "NUM"}
_NOT_IN_LINES: Final = str.maketrans({"\t": " ", "\n": " ", "\r": " ", "\u2028": " ", "\u2029": " ", "\x85": " "})
R = TypeVar("R")


def write_conllu(view: View, path: Path, jobs: int = 1) -> None:
    """One file for all documents: `# newdoc id`, and for each sentence `# sent_id` (the document, the unit's eId and
    a number), `# text` and its words. A form may hold spaces, as in the Vietnamese treebank. MISC tells the place in
    the source text (`Span=start:end`) and, of what was kept whole, what it is (`Kind=citation|Id=cit_3`).

    Raises MissingTool where underthesea is not installed.
    """
    with path.open("wb") as file:
        for _, data in each_document(view, list(view), conllu_of, jobs):
            file.write(data)


def each_document(
    view: View, documents: Iterable[str], work: Callable[[Resolution, str], R], jobs: int
) -> Iterator[tuple[str, R]]:
    """(id, what `work` makes of the resolution), in the order of the documents; `work` is a function at the top of a
    module, which may load the segmenter. Raises CorpusError where it fails."""
    need_segmenter()
    order = list(documents)
    tasks = ((document, view.json(document)) for document in order)
    waiting: dict[int, Any] = {}
    next_one = 0
    for index, answer in run_each(partial(_one, work=work), tasks, jobs):
        if isinstance(answer, Lost):
            raise CorpusError(f"{order[index]}: its words were not found: {answer.reason}")
        made, fault = answer
        if fault:
            raise CorpusError(f"{order[index]}: its words were not found: {fault}")
        waiting[index] = made
        while next_one in waiting:
            yield order[next_one], waiting.pop(next_one)
            next_one += 1


def _one(task: tuple[str, bytes], work: Callable[[Resolution, str], R]) -> tuple[R | None, str | None]:
    """The whole of a worker's work on one document; no exception leaves it."""
    document, data = task
    try:
        return work(Resolution.from_json(data), document), None
    except Exception as error:
        return None, f"{type(error).__name__}: {error}"


def conllu_of(doc: Resolution, document: str) -> bytes:
    """The CoNLL-U of one resolution."""
    lines = [f"# newdoc id = {_line(document)}"]
    for number, sentence in enumerate(split_words(doc), 1):
        lines += (f"# sent_id = {_line(document)}#{sentence.eid}-{number}", f"# text = {_line(sentence.text)}")
        lines += _rows(sentence)
        lines.append("")
    return "".join(f"{line}\n" for line in (*lines, *([""] if len(lines) == 1 else []))).encode("utf-8", "replace")


def _rows(sentence: Sentence) -> Iterator[str]:
    for number, word in enumerate(sentence.words, 1):
        misc = [f"Span={word.span[0]}:{word.span[1]}"]
        if word.id:
            misc = [f"Id={word.id}", f"Kind={word.kind}", *misc]
        if not word.spaced:
            misc = [*misc, "SpaceAfter=No"]
        upos = _UPOS.get(word.kind, "_")
        yield "\t".join((str(number), _line(word.text), "_", upos, "_", "_", "_", "_", "_", "|".join(sorted(misc))))


def _line(text: str) -> str:
    return text.translate(_NOT_IN_LINES)


__all__ = ["conllu_of", "each_document", "write_conllu"]
