"""Step 5: pages reach the output tree, or a delta against what is served."""
