"""How hard a text is to read: for English the school year in which it is understood, for Chinese the length of its sentences.

Syllables are counted by groups of vowels, which is right for some nine words of ten; names in italics are left out, for a class learns
them as names, however long.

References
----------
Kincaid, J. P., Fishburne, R. P., Rogers, R. L. and Chissom, B. S. 1975. Derivation of new readability formulas for Navy enlisted personnel.
Research Branch Report 8-75, Naval Technical Training Command, Millington.
"""

import re

HARDEST_YEAR = 8.0
"""School year (about 13 years old) that a lesson for ages 10 to 16 should not go beyond."""
LONGEST_CHINESE = 34.0
"""Characters of a Chinese sentence, on average, that a text for the same ages should not go beyond."""
_ITALIC = re.compile(r"(?<!\*)\*(?!\*)[^*]+\*(?!\*)")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_SENTENCE = re.compile(r"[.!?:;…]+(?:\s|$)")
_CHINESE_SENTENCE = re.compile(r"[。！？；…]+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_VOWELS = re.compile(r"[aeiouy]+")


def school_year(text: str) -> float:
    """The Flesch-Kincaid grade of an English text; 0 for one without words.

    Parameters
    ----------
    text : str
        Markdown.
    """
    plain = _ITALIC.sub("it", text)
    words = _WORD.findall(plain)
    if not words:
        return 0.0
    sentences = max(1, len([part for part in _SENTENCE.split(plain) if _WORD.search(part)]))
    spoken = sum(map(syllables, words))
    return max(0.0, 0.39 * len(words) / sentences + 11.8 * spoken / len(words) - 15.59)


def syllables(word: str) -> int:
    """About how many syllables an English word has; one at least."""
    lower = word.lower()
    groups = len(_VOWELS.findall(lower))
    silent = lower.endswith("e") and not lower.endswith(("le", "ee")) and groups > 1
    past = lower.endswith("ed") and not lower.endswith(("ted", "ded")) and groups > 1
    return max(1, groups - silent - past)


def chinese_sentence(text: str) -> float:
    """How many characters a Chinese sentence of a text has, on average; 0 for one without any."""
    parts = [len(_HAN.findall(part)) for part in _CHINESE_SENTENCE.split(_ITALIC.sub("", text))]
    counted = [length for length in parts if length]
    return sum(counted) / len(counted) if counted else 0.0
