"""Finding records: what can be asked, the words records are found by, counts beside a search, and searches people keep."""
