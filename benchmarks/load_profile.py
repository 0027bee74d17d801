"""Respondents for Locust, from as many machines as you have.

.venv/bin/python -m locust -f benchmarks/load_profile.py --host https://survey.example.org
"""

from contextlib import suppress

from locust import FastHttpUser, between, task

from benchmarks.respondent_walk import Reply, Step, walk


class Respondent(FastHttpUser):
    wait_time = between(0, 0)
    network_timeout = connection_timeout = 60.0

    @task
    def take_part(self) -> None:
        steps = walk()
        with suppress(StopIteration):
            step = next(steps)
            while True:
                step = steps.send(self._take(step))

    def _take(self, step: Step) -> Reply:
        method = "GET" if step.form is None else "POST"
        with self.client.request(
            method,
            step.path,
            data=None if step.form is None else dict(step.form),
            name=step.name,
            allow_redirects=False,
            catch_response=True,
        ) as answer:
            if answer.status_code != step.expected:
                answer.failure(f"{answer.status_code} in place of {step.expected}")
                raise RuntimeError(f"{step.name} answered {answer.status_code}")
            answer.success()
        location = (answer.headers or {}).get("Location")
        return Reply(answer.status_code, location, str(answer.text or ""))
