"""What the person who runs Bonebed may set: environment variables that begin with ``BONEBED_``.

Each setting is described in `docs/settings.md`; a test compares both.
"""

from functools import cache
from pathlib import Path
from typing import Literal

from platformdirs import user_data_path
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from catalogue.rights import Role


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
    max_upload_mb: int = Field(
        default=50, ge=1, le=2000, description="Largest file that may be imported in the browser, in MiB."
    )
    media_dir: str = Field(
        default="", description="Folder of photographs and scans. Blank: the folder media in the data folder."
    )
    max_media_mb: int = Field(default=50, ge=1, le=2000, description="Largest photograph or scan, in MiB.")
    plate_models_dir: str = Field(
        default="", description="Folder of plate models. Blank: the folder plate-models in the data folder."
    )
    withheld_grid_degrees: Literal["1", "0.1", "0.01"] = Field(
        default="0.1",
        description="Side of the cells, in degrees, to which the coordinates of withheld sites are made coarser.",
    )
    sign_in: Literal["off", "local", "oidc"] = Field(
        default="off",
        description="Whether people sign in: off (this computer only), local (passwords), oidc (through the institution).",
    )
    oidc_login_claim: str = Field(default="email", description="The claim of the institution that is the login.")
    oidc_groups_claim: str = Field(default="groups", description="The claim of the institution that lists groups.")
    oidc_roles: dict[str, Role] = Field(
        default={}, description="Which role each group of the institution brings, as JSON."
    )
    public_url: str = Field(
        default="",
        pattern=r"^(https?://[^\s?#]+)?$",
        description="The address by which visitors reach Bonebed, for the QR codes of labels. Blank: that of the page.",
    )

    lender: str = Field(default="", description="Your institution, as loan forms name it.")
    lender_address: str = Field(default="", description="Its address on loan forms; a bar begins a new line.")
    loan_conditions: str = Field(default="", description="What borrowers agree to; a bar begins the next condition.")

    api_per_minute: int = Field(
        default=600, ge=1, le=1_000_000, description="Questions that one address may ask of the API in a minute."
    )
    dataset_title: str = Field(default="", description="What the collection is called where it is published.")
    dataset_description: str = Field(
        default="", description="A few sentences about the collection, for those who find it."
    )
    dataset_organization: str = Field(default="", description="The museum that publishes the collection.")
    dataset_contact: str = Field(default="", description="Who answers questions about the collection: a person's name.")
    dataset_email: str = Field(
        default="", pattern=r"^([^\s@]+@[^\s@]+)?$", description="Where questions about the collection are sent."
    )
    dataset_license: Literal["", "CC0-1.0", "CC-BY-4.0", "CC-BY-NC-4.0"] = Field(
        default="", description="Under which terms others may use the records; one of those that GBIF takes."
    )

    map_tiles: str = Field(
        default="",
        pattern=r"^(https://[a-zA-Z0-9.-]+(:[0-9]+)?/[^\s;,'\"<>]*\{z\}[^\s;,'\"<>]*)?$",
        description="Tiles beneath the map of today, from another server: an address with {z}, {x} and {y}. Blank: none.",
    )
    map_tiles_credit: str = Field(default="", description="Whose tiles they are, as their terms ask to be named.")

    live_pbdb: Literal["off", "on"] = Field(
        default="off", description="Whether curators may ask the Paleobiology Database for records over the internet."
    )
    pbdb_url: str = Field(
        default="https://paleobiodb.org/data1.2",
        pattern=r"^https?://[^\s?#]+$",
        description="The address of the Paleobiology Database’s public data service.",
    )

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
