"""The command line: every job that the pages do not do."""

import logging
from collections.abc import Mapping
from importlib import import_module
from typing import cast

import click


class LazyGroup(click.Group):
    """Loads a command when it is asked for: adding staff needs no language model."""

    def __init__(self, *, lazy: Mapping[str, str], **attributes: object) -> None:
        super().__init__(**attributes)  # type: ignore[arg-type] # click's own
        self._lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(self._lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in self._lazy:
            return None
        module, _, name = self._lazy[cmd_name].partition(":")
        return cast("click.Command", getattr(import_module(module), name))


class Commands(LazyGroup):
    """All commands; what can go wrong outside the program is told in one line."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except Exception as error:
            from survey_app.complaints import explain  # noqa: PLC0415 - seldom needed

            complaint = explain(error)
            if complaint is None:
                raise
            raise click.ClickException(complaint) from None


def _set_up_logging() -> None:
    logging.basicConfig(
        level=logging.INFO, format="%(levelname)s %(name)s: %(message)s"
    )
    logging.getLogger("alembic").setLevel(logging.WARNING)


import_group = LazyGroup(
    name="import",
    help="Bring in answers and interviews from elsewhere.",
    lazy={
        "answers": "survey_app.responses.commands:import_answers_command",
        "interview": "survey_app.interviews.commands:import_interview_command",
        "package": "survey_app.exports.package.commands:import_package_command",
    },
)

export_group = LazyGroup(
    name="export",
    help="Take answers along.",
    lazy={
        "answers": "survey_app.exports.commands:export_answers_command",
        "gold": "survey_app.exports.gold_commands:export_gold_command",
    },
)


@click.group(
    cls=Commands,
    lazy={
        "migrate": "survey_app.workspace:migrate_command",
        "serve": "survey_app.serving:serve",
        "work": "survey_app.worker:work_command",
        "train": "survey_app.insights.learning_commands:train_command",
        "demo": "survey_app.demo.commands:demo",
        "import": "survey_app.cli:import_group",
        "export": "survey_app.cli:export_group",
        "analyse": "survey_app.insights.commands:analyse",
        "questionnaire": "survey_app.exchange.commands:questionnaire",
        "wave": "survey_app.questionnaires.wave_commands:wave",
        "contacts": "survey_app.invitations.contact_commands:contacts",
        "invite": "survey_app.invitations.commands:invite_command",
        "remind": "survey_app.invitations.commands:remind_command",
        "bounces": "survey_app.invitations.contact_commands:bounces_command",
        "erase": "survey_app.responses.commands:erase_command",
        "retention": "survey_app.retention:retention_command",
        "staff": "survey_app.accounts.commands:staff",
        "api-key": "survey_app.api.commands:api_key",
    },
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="klantreis")
def main() -> None:
    """Klantreis: surveys and interviews in, the customer's journey out.

    The database is the one that DATABASE_URL names, by default a file in ./instance.
    """
    _set_up_logging()
