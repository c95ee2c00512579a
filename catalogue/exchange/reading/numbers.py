"""Numbers as people write them."""


def plain_number(value: float) -> str:
    """A number with at most 15 digits, without an exponent where it is no giant, and whole ones without ``.0``.

    >>> plain_number(12.0), plain_number(25.1), plain_number(0.00001)
    ('12', '25.1', '0.00001')
    """
    written = f"{value:.15g}"
    if "e-" in written and abs(value) > 1e-12:
        return f"{value:.18f}".rstrip("0").rstrip(".")
    return written
