"""The drawings of the book, a room for each topic, and ``kit``, what they share.

In each module ``data`` computes and ``draw`` draws. What ``data`` returns is a namespace, or a dict; its
docstring says what stands under which name. A room takes from the library and from the kit, never from
another room. Chapters run in the folder of the book, where ``drawings`` is found.
"""

import sys

from .kit.captions import show_in

if "IPython" in sys.modules:
    show_in(sys.modules["IPython"].get_ipython())
