"""Every module with tables, so that the metadata is complete when it is needed."""

from survey_app.accounts import models as accounts
from survey_app.api import models as api
from survey_app.coding import models as coding
from survey_app.exports import models as exports
from survey_app.imports import models as imports
from survey_app.insights import models as insights
from survey_app.interviews import models as interviews
from survey_app.invitations import models as invitations
from survey_app.outbox import models as outbox
from survey_app.personas import models as personas
from survey_app.questionnaires import models as questionnaires
from survey_app.respondents import models as respondents
from survey_app.responses import models as responses
from survey_app.touchpoints import models as touchpoints

ALL = (
    accounts,
    outbox,
    respondents,
    touchpoints,
    questionnaires,
    invitations,
    responses,
    interviews,
    coding,
    imports,
    insights,
    personas,
    exports,
    api,
)
