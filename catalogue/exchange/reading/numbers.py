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


def exact_number(value: float) -> str:
    """A number as `plain_number` writes it, with as many digits as give it back exactly.

    >>> exact_number(25.1), exact_number(25.103333333333335)
    ('25.1', '25.103333333333335')
    """
    written = plain_number(value)
    return written if float(written) == value else repr(value)
