"""The command line: every job that the pages do not do."""

import click


@click.group()
@click.version_option(package_name="klantreis")
def main() -> None:
    """Klantreis: surveys and interviews in, the customer's journey out."""
