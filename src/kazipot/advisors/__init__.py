"""M1: who is the digital advisor of which unit, since when and by which decision."""
