"""The count: the strategy as data, its indicators as of any date, their evidence and snapshots."""
