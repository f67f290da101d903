"""Test items as data: what is asked, which answers are right and why, and how an answer is scored."""
