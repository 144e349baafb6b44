"""What is numbered on a page without a chapter number bears the name of its page: Fig. quiet.2.

Sphinx counts the figures of all such pages together, and a bare "Fig. 3" could be the paper's.
"""

from pathlib import PurePosixPath

from drawings.kit.captions import prefix


def name_pages(app, env):
    for page, kinds in env.toc_fignumbers.items():
        for numbers in kinds.values():
            bare = [label for label, number in numbers.items() if len(number) == 1]
            for k, label in enumerate(bare, start=1):
                numbers[label] = (prefix(PurePosixPath(page).name), k)
    return []


def setup(app):
    app.connect("env-get-updated", name_pages, priority=900)  # after Sphinx has counted
    return {"parallel_read_safe": True, "parallel_write_safe": True}
