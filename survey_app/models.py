"""Every module with tables, so that the metadata is complete when it is needed."""

from survey_app.accounts import models as accounts
from survey_app.insights import models as insights
from survey_app.interviews import models as interviews
from survey_app.personas import models as personas
from survey_app.questionnaires import models as questionnaires
from survey_app.respondents import models as respondents
from survey_app.responses import models as responses

ALL = (
    accounts,
    respondents,
    questionnaires,
    responses,
    interviews,
    insights,
    personas,
)
