"""What a crawler finds from the address of a host on: `{"pages": 2000, "invalid": [address of a sitemap, …]}`."""

from __future__ import annotations

import json
import sys

from usp.objects.sitemap import InvalidSitemap
from usp.tree import sitemap_tree_for_homepage

tree = sitemap_tree_for_homepage(sys.argv[1], use_known_paths=False)
invalid = [sitemap.url for sitemap in tree.all_sitemaps() if isinstance(sitemap, InvalidSitemap)]
print(json.dumps({"pages": len({page.url for page in tree.all_pages()}), "invalid": invalid}))
