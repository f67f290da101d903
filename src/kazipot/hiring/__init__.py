"""M4: job postings and the digital competences they demand."""
