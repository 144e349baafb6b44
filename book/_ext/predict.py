r"""What a page asks of its reader: predictions, steps, tours and tasks, written in plain Markdown.

A prediction is a box with a div at its end, which names the answer as data (``page/terms.js`` reads it)::

    ```{admonition} Predict
    :class: tip
    Who steers whom?

    - [ ] the mirror the atoms
    - [ ] the atoms the mirror

    <div data-choose="measures?, steering_m_a, cw, here ; measures?, steering_a_m, cw, here"></div>
    ```

``data-choose`` has a condition or a number for each item, and the largest number is right; ``data-place``
has numbers, for which the reader moves sliders between ``data-from`` and ``data-to``; ``data-draw`` has a
curve. A name in braces, as in ``{fold}``, is the number that the last cell of the notebook asserts of it.
``data-tasks`` has a condition for each item of the list before it. A step is a link to a state of a figure
of the page, ``[slower](#front?angular_velocity=5e3)``, and a tour is a numbered list of them, inside of
``{div} tour``.

Here they become elements that need little script, and a tour none: its step is the target of the address.
"""

import json
import math
import re
from html import unescape

from bs4 import BeautifulSoup
from docutils import nodes
from docutils.transforms import Transform

FORMS = ("choose", "place", "draw", "tasks")
COLUMNS = 9  # of a curve that is drawn
BUTTONS = (
    '<div class="predict-tell" hidden><button type="button">{}</button> <button type="button">{}</button>'
    '<p role="status"></p></div>'
)


class Steps(Transform):
    """Links to a state of a figure, before MyST looks for a target of that name."""

    default_priority = 878

    def apply(self):
        for link in self.document.findall(nodes.reference):
            if link.get("id_link") and "?" in link["refuri"]:
                del link["id_link"]
                link["classes"].append("step")
                link["internal"] = True


def asserted(cells: list[dict], name: str) -> str:
    """The number that the last cell of a notebook asserts of a name: the first one after it.

    >>> asserted([{"source": ["assert close(fold, 1.108) and x > 2"]}], "fold")
    '1.108'
    """
    found = re.search(re.escape(name) + r"\D*?(-?\d+\.?\d*(e-?\d+)?)", "".join(cells[-1]["source"]))
    if not found:
        raise ValueError(
            f"{{{name}}} stands in a prediction, but the last cell of the notebook asserts no number of it"
        )
    return found[1]


def filled(data: str, notebook) -> str:
    """An answer with the asserted numbers in place of their names."""
    cells = lambda: json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return re.sub(r"\{(.+?)\}", lambda name: asserted(cells(), name[1]), data)


def new(html: str):
    return BeautifulSoup(html, "html.parser").contents[0]


def ask(form, name, notebook):
    """The controls of a prediction or of tasks, hidden without scripts, and their data on the box."""
    form[f"data-{name}"] = filled(unescape(form[f"data-{name}"]), notebook)
    parts = form[f"data-{name}"].split(" ; ")
    if name in ("choose", "tasks"):
        items = form.find_previous_sibling("ul").find_all("li")
        if len(items) != len(parts):
            raise ValueError(
                f"data-{name} has {len(parts)} parts for {len(items)} items of its list; give one each"
            )
        box = items[0].parent.extract()
        for item in items:
            tick, label = item.input.extract(), new("<label></label>")
            if name == "choose":
                tick["type"], tick["name"] = "radio", form["data-choose"]
                del tick["disabled"]
            for child in list((item.p or item).contents):
                label.append(child.extract())
            label.insert(0, tick)
            item.clear()
            item.append(label)
        form.append(box)
    else:
        count = COLUMNS if name == "draw" else len(parts)
        names = form.get("data-name", "").split(" ; ")
        for k in range(count):
            words = names[k] if k < len(names) else ""
            ends = " ".join(
                f'{end}="{at:g}"' for end, at in zip(("min", "max"), reach(form), strict=True)
            )
            slider = f'<input type="range" step="any" {ends}>'
            form.append(new(f"<label><span>{words}</span> {slider} <b></b></label>"))
    form["class"] = ["predict", f"predict-{name}"]
    buttons = ("", "Begin again") if name == "tasks" else ("Show the answer", "Predict again")
    form.append(new(BUTTONS.format(*buttons)))


def reach(form) -> list[float]:
    """The ends of a slider; of a logarithmic one their logarithms."""
    place = math.log10 if form.get("data-scale") == "log" else float
    return [place(float(form.get(f"data-{end}", 0))) for end in ("from", "to")]


def tour(box):
    """Steps that are seen one at a time, each with links to its neighbours."""
    steps = box.ol.find_all("li", recursive=False)
    for step in steps:
        step["id"] = unescape(step.a["href"][1:])
    for k, step in enumerate(steps):
        links = [("back", k - 1), ("next", k + 1)]
        there = [
            f'<a class="step" href="#{steps[n]["id"]}">{word}</a>'
            for word, n in links
            if 0 <= n < len(steps)
        ]
        step.append(
            new(f'<nav aria-label="tour">{" ".join([*there, f"{k + 1} of {len(steps)}"])}</nav>')
        )


def mend_page(app, pagename, templatename, context, doctree):
    body = BeautifulSoup(context.get("body", ""), "html.parser")
    asks = [(form, name) for name in FORMS for form in body.select(f"div[data-{name}]")]
    tours = body.select("div.tour")
    for form, name in asks:
        ask(form, name, app.srcdir / f"{pagename}.ipynb")
    for box in tours:
        tour(box)
    if asks or tours:
        context["body"] = str(body)


def setup(app):
    app.add_transform(Steps)
    app.connect(
        "html-page-context", mend_page, priority=600
    )  # after the slips of packages are mended
    return {"parallel_read_safe": True, "parallel_write_safe": True}
