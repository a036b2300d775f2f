"""Each article and each stretch has a picture of its own for links that people share."""

from __future__ import annotations

import pytest
from PIL import Image

from tests.share_images import FOLDER, HEIGHT, WIDTH, Share, shares

HEAVIEST = 40_000
SHARES = list(shares())


@pytest.mark.parametrize("share", SHARES, ids=[share.name for share in SHARES])
def test_a_picture_is_light_and_shows_the_name_as_it_is_now(share: Share) -> None:
    """Otherwise draw them anew: `make shares`."""
    path = FOLDER / f"{share.name}.png"
    assert path.stat().st_size < HEAVIEST
    with Image.open(path) as image:
        assert (image.format, image.size) == ("PNG", (WIDTH, HEIGHT))
        assert image.info["Title"] == share.title


def test_no_picture_is_left_of_what_is_gone() -> None:
    drawn = {path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.rglob("*.png")}
    assert drawn == {share.name for share in SHARES}
    assert len(drawn) > 20
