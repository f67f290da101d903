"""Who works where, and since when: employers, units, posts, people and their employments, effective-dated."""
