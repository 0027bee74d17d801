"""What must be put right on a page, with what is known of its respondent."""

from survey_app.questionnaires.question_set import Page, QuestionType
from survey_app.responses.addresses import GIVEN
from survey_app.responses.forms import find_errors
from survey_app.responses.posted import FormValues, answer_field
from survey_app.responses.said import NOTHING
from survey_app.responses.visits import Visit


def kept_addresses(visit: Visit, page: Page) -> frozenset[str]:
    """The questions whose e-mail address stands with the contacts since sending.

    They are shown empty, and empty means: as it was.
    """
    if visit.change is None:
        return frozenset()
    sent = visit.change.sent
    return frozenset(
        question.id
        for question in page.questions
        if question.type is QuestionType.EMAIL
        and sent.get(question.id, NOTHING).codes == (GIVEN,)
    )


def errors_on(visit: Visit, page: Page, values: FormValues) -> dict[str, str]:
    """What must be put right on a page of this visit: field and sentence."""
    kept = kept_addresses(visit, page)
    fields = {answer_field(each) for each in page.questions if each.id in kept}
    return {
        field: sentence
        for field, sentence in find_errors(page, values).items()
        if field not in fields or values.get(field)
    }
