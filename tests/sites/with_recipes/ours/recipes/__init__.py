"""Recipes of the canteen: a page each, an index with the posts that recipes speak of, and who cooks what.

Reads `content/recipes/<recipe>.md`. Weaves `recipe` and `recipe_cook`, and the list `recipes:all`; touches RECIPE.
"""
