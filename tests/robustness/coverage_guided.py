"""Fuzzes the readers guided by what of their code each file reaches, with Atheris (libFuzzer); a program of its own, as it ends its process.

``python -m tests.robustness.coverage_guided FOLDER_OF_SEEDS -max_total_time=20``. Whatever comes out of a reader but `UnreadableFile` ends
it, with the trace and the bytes that did it on standard error.
"""

import base64
import contextlib
import os
import sys
from types import ModuleType


def _instrumented() -> ModuleType:
    """The readers, loaded so that each of their branches is counted; libraries are not ours to cover."""
    import atheris

    with atheris.instrument_imports(include=["catalogue.exchange.reading"], enable_loader_override=False):
        from catalogue.exchange import reading
    return reading


def main() -> None:
    """Fuzz until the time that was given is over."""
    import atheris

    reading = _instrumented()

    def one(content: bytes) -> None:
        with contextlib.suppress(reading.UnreadableFile):
            for row in reading.read_table(content).rows:
                assert len(row.written) == len(row.headings)

    def told(content: bytes) -> None:
        try:
            one(content)
        except BaseException:
            print(f"base64: {base64.b64encode(content).decode()}", file=sys.stderr)
            raise

    atheris.Setup(sys.argv, told)
    atheris.Fuzz()


if __name__ == "__main__":
    os.environ.setdefault("PYTHONWARNINGS", "ignore")
    main()
