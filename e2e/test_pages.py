"""What browsers may keep of our pages, and for how long."""
import re

import requests


def test_only_files_of_this_release_are_kept_for_ever(world):
    page = requests.get(world.base + "/desk", timeout=10).text
    ours = re.search(r'/s/[0-9a-f]+/desk/[^"]+[.]js', page).group()
    kept = requests.get(world.base + ours, timeout=10)
    assert kept.headers["cache-control"] == "public, max-age=31536000, immutable"
    other = requests.get(world.base + re.sub("/s/[0-9a-f]+/", "/s/0123456789abcdef/", ours), timeout=10)
    assert (other.status_code, other.headers["cache-control"]) == (200, "no-cache")
