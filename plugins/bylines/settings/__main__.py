"""`python -m bylines.settings` prints docs/settings.md."""

from bylines.settings.capabilities import all_settings
from bylines.settings.docs import page

if __name__ == "__main__":
    print(page(all_settings()), end="")
