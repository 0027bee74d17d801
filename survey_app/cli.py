"""The command line: every job that the pages do not do."""

import logging

import click

from survey_app.accounts.commands import staff
from survey_app.demo.commands import demo
from survey_app.insights.commands import analyse
from survey_app.interviews.commands import import_interview_command
from survey_app.migrations.commands import migrate
from survey_app.questionnaires.commands import questionnaire
from survey_app.responses.commands import import_answers_command
from survey_app.serving import serve
from survey_app.worker import work_command


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="klantreis")
def main() -> None:
    """Klantreis: surveys and interviews in, the customer's journey out.

    The database is the one that DATABASE_URL names, by default a file in ./instance.
    """
    logging.basicConfig(
        level=logging.INFO, format="%(levelname)s %(name)s: %(message)s"
    )


@click.group("import")
def import_group() -> None:
    """Bring in answers and interviews from elsewhere."""


import_group.add_command(import_answers_command)
import_group.add_command(import_interview_command)
for command in (
    migrate,
    serve,
    work_command,
    analyse,
    import_group,
    questionnaire,
    staff,
    demo,
):
    main.add_command(command)
