"""Which ages of the chart a span of Ma covers, although the boundaries of ages have moved since somebody wrote it down."""

from catalogue.geological_time import AgeRange, Interval, timescale


def ages_covered(span: AgeRange, sliver: float) -> list[Interval]:
    """The ages that a span covers, oldest first.

    Parameters
    ----------
    sliver : float
        Ma by which the span must reach into an age for that one to count, unless it covers half of it.
    """
    return [unit for unit in timescale().of_rank("age", span) if _reaches_into(span, unit.span, sliver)]


def _reaches_into(span: AgeRange, age: AgeRange, sliver: float) -> bool:
    shared = min(span.max_ma, age.max_ma) - max(span.min_ma, age.min_ma)
    return shared >= sliver or shared >= (age.max_ma - age.min_ma) / 2
