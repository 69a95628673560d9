"""Topics: what posts are about; one by case, spacing and synonym; a page each, and an index from A to Z.

Reads `content/topics.yaml`. Weaves `topic` (what the file says) and `topic_name` (which spelling is which topic); the
posts' own topics are woven with the posts. Touches TOPIC, and TOPIC_NAME where a spelling means another topic.
"""
