"""PDF documents, typeset by Typst from a template and data."""

from kazipot.foundation.pdf.rendering import render
from kazipot.foundation.pdf.signs import showable

__all__ = ["render", "showable"]
