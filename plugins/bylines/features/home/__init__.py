"""The home page, with what is new and a way into everything; and the page for addresses that lead nowhere."""
