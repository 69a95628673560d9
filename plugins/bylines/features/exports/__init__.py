"""The directory for other programs: OPML for feed readers (all blogs, a letter, a topic, a group), and JSON for all of it.

It has no sources or tables of its own. A new person changes the list of all blogs and the two files of their letter only.
"""
