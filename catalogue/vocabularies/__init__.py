"""The lists of allowed words: which there are, what a word in them means, how spellings find their word, and how lists are changed."""
