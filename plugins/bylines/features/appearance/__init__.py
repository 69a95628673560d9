"""The look of the site: one style sheet from the theme's and the company's rules, the accent colour, icons and the web manifest.

Reads the theme's `css/site/*.css` and `content/style.css`. Has no tables: the records hold the texts. Invalidates STYLE.
"""
