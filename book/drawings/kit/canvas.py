"""The picture of a live figure in the Lab: whole at rest, and lighter while its reader moves a slider.

To draw axes, ticks and legends takes matplotlib longer than to compute the curves. So they are kept from the
last figure that was drawn whole, and a moving one draws its data onto them.
"""

import io

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

HEADROOM = 0.5  # of its height, that an axis grows beyond what is drawn, so that it need not grow again soon

BEHIND = "behind"  # marks a line that a reader started from


class Canvas:
    """Draws figures of one kind, one after the other, as PNG.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> figures = [plt.figure() for k in range(2)]
    >>> lines = [figure.add_subplot().plot([0, k]) for k, figure in enumerate(figures, start=1)]
    >>> canvas = Canvas()
    >>> canvas.whole(figures[1]) == canvas.moving(figures[1])
    True
    """

    def __init__(self):
        self.first, self.held, self.ground = None, None, None

    def whole(self, figure) -> bytes:
        """A figure with all that belongs to it, which the next ones are drawn onto.

        The lines of the very first one stay behind, faint.
        """
        self.first = self.first or figure
        if figure is not self.first and len(figure.axes) == len(self.first.axes):
            for new, old in zip(figure.axes, self.first.axes, strict=True):
                _leave_behind(old, new)
        canvas = FigureCanvasAgg(figure)
        for artist in data(figure):
            artist.set_animated(True)  # so that the canvas leaves it out
        canvas.draw()
        self.held, self.ground = figure, canvas.copy_from_bbox(figure.bbox)
        return _drawn(canvas)

    def moving(self, figure) -> bytes:
        """The data of a figure on the axes of the last whole one, which grow where these have no room."""
        if self.held is None or len(figure.axes) != len(self.held.axes):
            return self.whole(figure)
        pairs = list(zip(figure.axes, self.held.axes, strict=True))
        room = figure is self.held or all(_fits(new, old) for new, old in pairs)
        for new, old in pairs:
            ends = (old.get_xlim(), old.get_ylim()) if room else _wider(new, old)
            new.set(position=old.get_position(), xlim=ends[0], ylim=ends[1])
            for mine, theirs in zip(_coloured(new), _coloured(old), strict=False):
                mine.set_norm(theirs.norm)  # as the colour bar says
        if not room:
            figure.set_layout_engine("none")  # everything has its place
            return self.whole(figure)
        canvas = FigureCanvasAgg(figure)
        canvas.restore_region(self.ground)
        return _drawn(canvas)


def data(figure) -> list:
    """What a figure draws inside its axes, the lowest first; a colour bar is no data."""
    found = []
    for axis in figure.axes:
        if not _is_colour_bar(axis) and axis.get_visible():
            lines = [line for line in axis.lines if line.get_gid() != BEHIND]
            inside = [*axis.images, *axis.patches, *axis.collections, *lines, *axis.texts]
            ground = [axis.patch] if axis.patch.get_hatch() else []  # of a map: no steady state
            found += ground + sorted(inside, key=lambda artist: artist.get_zorder())
    return found


def _drawn(canvas) -> bytes:
    """The canvas with the data of its figure, as PNG."""
    renderer = canvas.get_renderer()
    for artist in data(canvas.figure):
        artist.draw(renderer)
    buffer = io.BytesIO()
    pixels = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
    pixels.save(buffer, "png", compress_level=1)  # quick, and hardly larger
    return buffer.getvalue()


def _leave_behind(old, new) -> None:
    """The lines of one pair of axes on another one that shows the same quantities."""
    labels = [(axis.get_xlabel(), axis.get_ylabel(), axis.get_title()) for axis in (old, new)]
    if labels[0] != labels[1]:
        return
    for line in old.lines:
        if line.get_transform() is old.transData and line.get_linestyle() != "None":
            look = {"color": line.get_color(), "linestyle": line.get_linestyle(), "alpha": 0.3}
            new.plot(*line.get_data(), **look, zorder=0.5, scalex=False, gid=BEHIND)


def _fits(new, old) -> bool:
    """Whether axes have room for all that another figure draws on them."""
    return _is_colour_bar(new) or all(
        min(ends) <= min(wanted) and max(wanted) <= max(ends)
        for wanted, ends in zip(_limits(new), _limits(old), strict=True)
    )


def _wider(new, old) -> list:
    """The ends of the old axes, and further ones where the data of the new ones go beyond them."""
    if _is_colour_bar(new):
        return _limits(old)
    wider, scales = [], (new.get_xscale(), new.get_yscale())
    for scale, wanted, ends in zip(scales, _limits(new), _limits(old), strict=True):
        low, high = min(*wanted, *ends), max(*wanted, *ends)
        spare = HEADROOM * (high - low) if scale == "linear" else 0.0
        low -= spare if low < min(ends) else 0.0
        high += spare if high > max(ends) else 0.0
        wider.append((low, high) if ends[0] < ends[1] else (high, low))
    return wider


def _limits(axis):
    return axis.get_xlim(), axis.get_ylim()


def _coloured(axis) -> list:
    """Maps, images and clouds of dots whose colours mean numbers."""
    return [a for a in (*axis.images, *axis.collections) if a.get_array() is not None]


def _is_colour_bar(axis) -> bool:
    return axis.get_label() == "<colorbar>"
