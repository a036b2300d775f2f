"""Templates as they are read: without the blanks that are for who writes them."""

from __future__ import annotations

import re

from django.template import Origin
from django.template.loaders import filesystem

#: What is written in here is shown as it is written.
_AS_IT_IS = re.compile(r"(<(pre|textarea)\b.*?</\2>)", re.DOTALL)
_BREAK = re.compile(r"\s*\n\s*")
#: A line that only steers what is around it. It leaves no line behind: the one before ends in a
#: blank already. What takes the place of a block or an include may not, so they keep theirs.
_TAG = r"\{% (?:load|if|elif|else|endif|for|empty|endfor|with|endwith)\b[^%\n]*%\} *"
_STEERS = re.compile(rf"^((?:{_TAG})+)\n", re.MULTILINE)


class Loader(filesystem.Loader):
    """Finds our own templates, each with little more than one blank where it has many."""

    def get_contents(self, origin: Origin) -> str:
        source = super().get_contents(origin)
        return tight(source) if origin.name.endswith(".html") else source


def tight(source: str) -> str:
    """Return a template in which a line break and the blanks around it are one line break.

    The last one goes: what a template is included in has its own.
    """
    # Every third part is the name of the element that the part before it consists of.
    parts = _AS_IT_IS.split(source)
    parts[0::3] = [_STEERS.sub(r"\1", _BREAK.sub("\n", part)) for part in parts[0::3]]
    del parts[2::3]
    return "".join(parts).rstrip("\n")
