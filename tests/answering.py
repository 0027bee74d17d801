"""A respondent over plain HTTP, who notes what the server said it had."""

import re
from dataclasses import dataclass, field
from html import unescape
from http import HTTPStatus
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlencode, urlsplit

TOKEN = re.compile(r'name="token" value="([^"]+)"')
ACTION = re.compile(r'<form [^>]*action="([^"]+)"')
FIELD = re.compile(r'<textarea [^>]*name="([^"]+)"')


@dataclass
class Acknowledged:
    """What the server said it had: nothing of it may be lost, or be there twice."""

    texts: set[str] = field(default_factory=set)
    sent: set[str] = field(default_factory=set)  # the one text of a submitted response


class Respondent:
    """One connection, one response after another."""

    def __init__(self, address: str, known: Acknowledged) -> None:
        self._host = urlsplit(address).netloc
        self._known = known
        self._connection = HTTPConnection(self._host, timeout=30)

    def answer(self, text: str) -> None:
        """Fill in the standard questionnaire, saying ``text`` where there is room."""
        url = "/q/standard/nl/"
        said = ""
        while not url.endswith("/thanks"):
            page = self._ask("GET", url)
            token, action = TOKEN.findall(page), ACTION.findall(page)
            form = {"token": unescape(token[0]), "action": "next"}
            fields = FIELD.findall(page)
            if fields and not said:
                form[fields[0]] = said = text
            url = self._post(unescape(action[0]), form)
            if said:
                self._known.texts.add(said)
        self._known.sent.add(text)

    def _ask(self, method: str, url: str) -> str:
        self._connection.request(method, url)
        answer = self._connection.getresponse()
        return answer.read().decode()

    def _post(self, url: str, form: dict[str, str]) -> str:
        """Send a form; where it was taken in, give the address that follows."""
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        self._connection.request("POST", url, urlencode(form), headers)
        answer: HTTPResponse = self._connection.getresponse()
        answer.read()
        if answer.status != HTTPStatus.SEE_OTHER:
            raise ConnectionError(f"{url.split('/')[1]} answered {answer.status}")
        return urlsplit(answer.headers["Location"]).path

    def close(self) -> None:
        self._connection.close()
