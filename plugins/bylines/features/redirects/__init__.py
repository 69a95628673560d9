"""Redirects: a page at each old address that leads on, and the same list for web servers.

Weaves `redirect` from the aliases of posts and pages; touches 'redirect'.
"""

from bylines.engine.feature import Feature, PageKind
from bylines.features.redirects import relations
from bylines.features.redirects.relations import RedirectsInputs
from bylines.views import RedirectPage

_LISTS = "bylines.features.redirects.lists"

FEATURE = Feature(
    name="redirects",
    schema=relations.SCHEMA,
    addresses=("_redirects", "redirects.nginx.map"),
    weave=relations.weave,
    pages=(
        PageKind("redirect", relations.keys, relations.draft, relations.reach, "redirects/redirect.html", RedirectPage),
        PageKind(
            "redirects",
            relations.list_keys,
            relations.plain_list,
            relations.list_reach,
            render=f"{_LISTS}:plain",
            inputs=RedirectsInputs,
        ),
        PageKind(
            "redirects-nginx",
            relations.list_keys,
            relations.nginx_map,
            relations.list_reach,
            render=f"{_LISTS}:nginx",
            inputs=RedirectsInputs,
        ),
    ),
)
