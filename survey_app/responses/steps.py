"""Where a page stands on the way: before the first question, or the one that sends."""

from survey_app.questionnaires.path import Progress, next_page, progress
from survey_app.questionnaires.question_set import Page, QuestionSet

# Before the first question, where a questionnaire begins with its notice alone.
INTRO = Page(id="intro", questions=())


def progress_at(
    question_set: QuestionSet, pages: tuple[Page, ...], page: Page
) -> Progress:
    if page is INTRO:
        return Progress(0, None)
    return progress(question_set, pages, page)


def sends_all(question_set: QuestionSet, pages: tuple[Page, ...], page: Page) -> bool:
    """Whether the button of this page sends everything, without a check page.

    Not where the answers given here may still lead to another page: nothing is sent
    by a button that does not say so.
    """
    if question_set.settings.check_answers or page is INTRO:
        return False
    is_decided = progress(question_set, pages, page).total is not None
    return is_decided and next_page(pages, page) is None
