"""How commands are understood on all command lines of Bonebed: what is wrong with one is said in a plain line, with exit status 2."""

import argparse
from typing import NoReturn

UNREADABLE = 2
"""Exit status when a command, or what it is given, cannot be used."""


class CommandLine(argparse.ArgumentParser):
    """Says what is wrong with a command in one line that names the way to help; so do the commands below it."""

    def error(self, message: str) -> NoReturn:
        """End with the line, without the list of all options before it."""
        self.exit(UNREADABLE, f"{message}. See: {self.prog} --help\n")
