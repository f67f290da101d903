"""M2: who needs which training, asked every year and published as an analysis."""
