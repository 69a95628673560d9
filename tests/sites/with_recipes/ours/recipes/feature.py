"""The declaration of the capability `recipes`."""

from bylines.engine.feature import Feature
from ours.recipes import pages, relations, sections
from ours.recipes.records import RECIPE

FEATURE = Feature(
    name="recipes",
    needs=("people", "posts"),
    kinds=(RECIPE,),
    schema=relations.SCHEMA,
    addresses=("recipes/",),
    weave=relations.weave,
    pages=pages.PAGES,
    contributes=(pages.LISTS, pages.SITEMAP, sections.DISHES),
)
