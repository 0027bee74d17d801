import pytest

from survey_app.web.addresses import local_path


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/staff/?a=b", "/staff/?a=b"),
        ("//elsewhere", "/home"),
        ("/\\elsewhere", "/home"),
        ("https://elsewhere", "/home"),
        ("", "/home"),
    ],
)
def test_local_path_is_one_of_ours(path: str, expected: str) -> None:
    assert local_path(path, otherwise="/home") == expected
