"""Slovenian text: words and what they are compared by, sentences, and the competences that a posting demands."""
