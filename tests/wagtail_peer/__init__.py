"""A site of Wagtail that does what the blog page of its demo does, for `make bench-wagtail`.

The words, the templates and the code are ours; what they ask of Wagtail, and how often, is as in
the demo. The bench copies this folder, as the package `peer`, beside a Wagtail of its own: nothing
here is imported by the guide or by its tests.
"""

from __future__ import annotations
