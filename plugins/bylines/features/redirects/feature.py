"""The declaration of the capability `redirects`."""

from bylines.engine.feature import Feature, PageKind
from bylines.engine.read.markers import Aliases
from bylines.features.redirects import lists, relations, synonyms
from bylines.features.redirects.lists import RedirectsInputs
from bylines.features.redirects.views import RedirectPage

_FORMS = "bylines.features.redirects.forms"

FEATURE = Feature(
    name="redirects",
    needs=("people", "topics", "blogs", "posts", "files"),
    after_keys=(Aliases,),
    schema=relations.SCHEMA,
    addresses=("_redirects", "redirects.nginx.map"),
    weave=relations.weave,
    pages=(
        PageKind(
            "redirect", relations.keys, relations.inputs, relations.affected, "redirects/redirect.html", RedirectPage
        ),
        PageKind(
            synonyms.KIND,
            synonyms.keys,
            synonyms.inputs,
            synonyms.affected,
            "redirects/redirect.html",
            RedirectPage,
        ),
        PageKind(
            "redirects",
            lists.keys,
            lists.plain_list,
            lists.affected,
            render=f"{_FORMS}:plain",
            render_inputs=RedirectsInputs,
        ),
        PageKind(
            "redirects-nginx",
            lists.keys,
            lists.nginx_map,
            lists.affected,
            render=f"{_FORMS}:nginx",
            render_inputs=RedirectsInputs,
        ),
    ),
)
