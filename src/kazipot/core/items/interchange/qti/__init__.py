"""QTI: packages of items, written as QTI 3.0, read as 3.0 or 2.1.

Source: 1EdTech, Question & Test Interoperability 3.0 and 2.1: Assessment, Section and Item information model.
"""

from kazipot.core.items.interchange.qti.reading import read
from kazipot.core.items.interchange.qti.writing import write

__all__ = ["read", "write"]
