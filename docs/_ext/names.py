"""Names: what stands in backticks is a link where the manual tells it, else code; in docstrings and on pages alike.

Public names stand in the manual as `samverkan.Grant`, while annotations name the file they come from; a reference to
either leads to the one place where the name is told.
"""

from typing import Any

from docutils import nodes
from docutils.parsers.rst.states import Inliner
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode

from _ext.aliases import HOMES


def setup(app: Any) -> None:
    """Add the role for backticks in docstrings, the links on pages, and the search for what is named by its file."""
    app.add_role("name-or-code", name_or_code)
    app.add_post_transform(NamesOnPages)
    app.connect("missing-reference", found)


def name_or_code(
    _name: str, rawtext: str, text: str, _line: int, _inliner: Inliner, _options: Any = None, _content: Any = None
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    """Make a link of a class, a constant or a method, and code of everything else."""
    shown = nodes.literal(rawtext, text, classes=["xref", "py"])
    target = text.partition("(")[0]
    if not (target[:1].isupper() and all(part.isidentifier() for part in target.split("."))):
        return [nodes.literal(rawtext, text)], []
    node = addnodes.pending_xref(
        rawtext, shown, refdomain="py", reftype="obj", reftarget=target, refexplicit=False, gentle=True
    )
    node["py:module"] = "samverkan"
    return [node], []


class NamesOnPages(SphinxPostTransform):
    """Make links of `Grant`, `Grant.amount` and `sv.read` where they stand as code on a page."""

    default_priority = 20

    def run(self, **_: Any) -> None:
        """Look at each piece of code that is no link yet."""
        known = self.env.domains.python_domain.objects
        for node in list(self.document.findall(nodes.literal)):
            text = node.astext()
            name = f"samverkan.{text.removeprefix('sv.').partition('(')[0]}"
            free = (
                isinstance(node.parent, (nodes.paragraph, nodes.term, nodes.emphasis)) and "xref" not in node["classes"]
            )
            if free and name in known and (text[0].isupper() or text.startswith("sv.")):
                link = make_refnode(
                    self.app.builder, self.env.docname, known[name].docname, known[name].node_id, node.deepcopy(), name
                )
                node.replace_self(link)


def found(app: Any, env: Any, node: Any, shown: Any) -> Any | None:
    """Lead a reference to the public name, or to the one documented thing that is called so."""
    if node.get("refdomain") != "py":
        return None
    known = env.domains.python_domain.objects
    target = node["reftarget"]
    last = target.rpartition(".")[2]
    first = target.removeprefix("samverkan.").partition(".")[0]
    candidates = [f"samverkan.{target}", f"{HOMES.get(first, 'samverkan')}.{target}"]
    candidates += [f"{HOMES.get(last, 'samverkan')}.{last}"] if target.startswith("samverkan.") else []
    candidates += [name for name in sorted(known) if name.startswith("samverkan.") and name.endswith(f".{target}")]
    for name in candidates:
        if name in known:
            return make_refnode(app.builder, node["refdoc"], known[name].docname, known[name].node_id, shown, name)
    return shown if node.get("gentle") else None
