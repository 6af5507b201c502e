"""Every text of the interface with where it stands: from Python by Babel, from templates by Django's own parser."""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_from_file
from django.template import Template
from django.template.base import Node
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "samenspel"
_KEYWORDS = {"gettext": None, "gettext_lazy": None, "_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}


def messages() -> dict[str, str]:
    """Each Dutch text with one place where it stands."""
    return {text: place for place, text in (*_of_python(), *_of_templates())}


def _of_python() -> Iterator[tuple[str, str]]:
    for file in sorted(PACKAGE.rglob("*.py")):
        for line, text, _comments, _context in extract_from_file("python", file, keywords=_KEYWORDS):
            for one in text if isinstance(text, tuple) else (text,):
                yield f"{file.relative_to(ROOT)}:{line}", one


def _of_templates() -> Iterator[tuple[str, str]]:
    for file in sorted(PACKAGE.rglob("templates/**/*.html")):
        for node in _nodes(Template(file.read_text(encoding="utf-8"))):
            for text in filter(None, _texts(node)):
                yield f"{file.relative_to(ROOT)}:{node.token.lineno if node.token else 0}", text


def _nodes(template: Template) -> Iterator[Node]:
    for kind in (TranslateNode, BlockTranslateNode):
        yield from template.nodelist.get_nodes_by_type(kind)


def _texts(node: Node) -> Iterator[str]:
    """The text of a node; of a block with a plural both."""
    if isinstance(node, TranslateNode):
        yield str(node.filter_expression.var.literal or "").replace("%%", "%")
    if isinstance(node, BlockTranslateNode):
        for tokens in filter(None, (node.singular, node.plural)):
            text = node.render_token_list(tokens)[0]
            yield " ".join(line.strip() for line in text.splitlines() if line.strip()) if node.trimmed else text
