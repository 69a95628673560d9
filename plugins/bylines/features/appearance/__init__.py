"""The look: one style sheet from the theme's and the company's own, in the company's accent; icons and the web manifest.

Reads the theme's `css/site/*.css` and `content/style.css`. Weaves nothing: their texts are in their records. Touches STYLE.
"""
