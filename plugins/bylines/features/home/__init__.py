"""The home page, with the newest posts and links to everything else; and the page for addresses that do not exist."""
