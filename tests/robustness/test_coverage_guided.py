"""The readers under a fuzzer that looks at what each file reaches, for a bounded time; longer in `.ci/run`."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.robustness.test_fuzzed_readers import PLAIN, ZIPPED
from tests.thoroughness import THOROUGH

SECONDS = 20 if THOROUGH else 2
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(find_spec("atheris") is None, reason="Atheris has wheels for Linux on x86-64 only")
def test_no_file_that_the_fuzzer_finds_breaks_a_reader(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    for kind, content in (PLAIN | ZIPPED).items():
        (seeds / kind).write_bytes(content)
    limits = [
        f"-max_total_time={SECONDS}",
        "-max_len=4096",
        "-timeout=30",
        "-rss_limit_mb=1024",
        "-print_final_stats=1",
    ]
    command = [
        sys.executable,
        "-m",
        "tests.robustness.coverage_guided",
        *limits,
        f"-artifact_prefix={tmp_path}/",
        str(seeds),
    ]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert ended.returncode == 0, ended.stderr[-4000:]
    tried = next(line for line in ended.stderr.splitlines() if "number_of_executed_units" in line)
    assert int(tried.rpartition(":")[2]) > len(PLAIN | ZIPPED)
