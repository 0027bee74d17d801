"""What is said to be out of reach is seen by nobody, whatever they answer."""

from hypothesis import given, settings
from hypothesis import strategies as st

from survey_app.questionnaires.checking.reachability import check_reachability
from survey_app.questionnaires.path import answers_on_path, visible_pages
from tests.questionnaires.strategies import answers_to, question_sets


@settings(max_examples=20)  # each tries thousands of answers itself
@given(st.data())
def test_nobody_sees_what_is_called_unreachable(data: st.DataObject) -> None:
    question_set = data.draw(question_sets(with_dead_ends=True))
    problems = list(check_reachability(question_set))
    mode = question_set.settings.privacy_mode.value

    for _try in range(3):
        answers = {**data.draw(answers_to(question_set)), "meta:privacy_mode": mode}
        pages = visible_pages(question_set, answers)
        known = answers_on_path(question_set, answers)
        for problem in problems:
            match problem.code, problem.path:
                case "E_NO_EXIT", _path:
                    continue
                case _code, ("pages", int(number), "show_if"):
                    assert question_set.pages[number] not in pages
                case _code, ("pages", int(number), "questions", int(order), *rest):
                    page = question_set.pages[number]
                    wording = page.questions[order].wording(known)
                    assert page not in pages or wording != rest[1]
