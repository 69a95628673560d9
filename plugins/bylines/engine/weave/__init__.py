"""Step 3: records become relations in the store, and what that changes is noted."""
