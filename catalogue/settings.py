"""What the person who runs Bonebed may set: environment variables that begin with ``BONEBED_``.

Each setting is described in `docs/settings.md`; a test compares both.
"""

from functools import cache
from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """The settings, read from the environment once; see `settings()`."""

    model_config = SettingsConfigDict(env_prefix="BONEBED_")

    data_dir: Path = Field(
        default_factory=lambda: user_data_path("bonebed"),
        description="Folder of the embedded database. Default: the per-user data folder of the system.",
    )
    database_url: str = Field(
        default="",
        description="SQLAlchemy URL of the database. Blank: the file bonebed.sqlite3 in the data folder.",
    )
    built_in_collection: bool = Field(
        default=True, description="Whether a new database is filled with the built-in collection."
    )
    max_upload_mb: int = Field(default=50, ge=1, le=2000, description="Largest file that may be imported, in MiB.")

    @property
    def database(self) -> str:
        """The SQLAlchemy URL to open; the folder of the embedded database is made when it is missing."""
        if self.database_url:
            return self.database_url
        self.data_dir.mkdir(parents=True, exist_ok=True)
        return f"sqlite:///{self.data_dir / 'bonebed.sqlite3'}"


@cache
def settings() -> Settings:
    """The settings of this process."""
    return Settings()
