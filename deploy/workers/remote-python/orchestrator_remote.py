"""A worker on the HTTP API of Orchestrator, for Python 3.9 or newer, with the standard library alone.

    import orchestrator_remote as remote

    def shout(task):
        task.progress(0.5, "half way")
        return {"text": task.input["text"].upper()}

    if __name__ == "__main__":
        remote.Worker(["http://127.0.0.1:8080"], {"example.shout": shout}, slots=4).run()

The worker leases as many tasks as it has free slots, and runs each in a thread of its own. A second thread for each task sends
heartbeats. A lease that is lost (409, cancelled, or run out by this machine's own monotonic clock) stops the work: the next
task.check() raises Stop, and nothing that the handler returns afterwards is sent.
"""

import http.client
import itertools
import json
import logging
import math
import random
import signal
import threading
import time
import urllib.parse

log = logging.getLogger("orchestrator.remote")

# How long one request may take beyond what it waits for on purpose.
REQUEST_SECONDS = 15
FIRST_PAUSE = 0.1
LONGEST_PAUSE = 5.0
# What is kept back so that the work has stopped before the store would refuse it: a tenth of the lease.
SAFETY = 0.1
# What the gateway takes as a result, in bytes of its JSON.
MAX_RESULT = 4 * 1024 * 1024


class Failure(Exception):
    """Ends the attempt with a named outcome. `code` is one of the error codes; `retryable` of None leaves it to the code."""

    def __init__(self, code, message, retryable=None, retry_after=None):
        super().__init__(message)
        self.code = code
        self.retryable = retryable
        self.retry_after = retry_after


class InvalidInput(Failure):
    """The input will not get better by trying again."""

    def __init__(self, message):
        super().__init__("invalid_input", message, False)


class Stop(BaseException):
    """Nobody wants the result any more; leave it alone. Not an Exception, so that `except Exception` does."""


class Refused(Exception):
    """The gateway answered with a problem that repeating does not solve."""

    def __init__(self, status, problem):
        super().__init__(f"{status} {problem.get('type', '')} {problem.get('detail', '')} {problem.get('errors', '')}".strip())
        self.status = status


class Unreachable(Exception):
    """No gateway answered, or one said that it cannot just now."""

    def __init__(self, message, retry_after=None):
        super().__init__(message)
        self.retry_after = retry_after


class Client:
    """Talks to one of several gateways; to another one once it does not answer."""

    def __init__(self, urls, key=None):
        self._urls = [urllib.parse.urlsplit(url) for url in urls]
        self._key = key
        self._current = 0

    def post(self, path, body=None, seconds=REQUEST_SECONDS, traceparent=None):
        """One try. Raises Refused or Unreachable."""
        place = self._current
        url = self._urls[place % len(self._urls)]
        kind = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
        connection = kind(url.hostname, url.port, timeout=seconds)
        try:
            headers = {} if body is None else {"Content-Type": "application/json"}
            if self._key:
                headers["Authorization"] = f"Bearer {self._key}"
            if traceparent:
                headers["traceparent"] = traceparent
            content = None if body is None else json.dumps(body, ensure_ascii=False, allow_nan=False).encode()
            try:
                connection.request("POST", f"{url.path.rstrip('/')}/api/v1{path}", content, headers)
            except (BrokenPipeError, ConnectionResetError) as error:
                # A gateway that refuses a body answers without reading the rest of it.
                log.debug("%s: %r", url.netloc, error)
            response = connection.getresponse()
            text = response.read()
            if response.status < 300:
                return json.loads(text) if text else None
            if response.status in (408, 429) or response.status >= 500:
                self._turn_from(place)
                raise Unreachable(f"{response.status} from {url.netloc}", _seconds(response.headers.get("Retry-After")))
            raise Refused(response.status, _problem(text))
        except (OSError, http.client.HTTPException) as error:
            self._turn_from(place)
            raise Unreachable(f"{url.netloc}: {error!r}") from error
        finally:
            connection.close()

    def _turn_from(self, place):
        """Has everybody ask the next gateway, once, however many found this one away."""
        if self._current == place:
            self._current = place + 1


class Task:
    """What a handler is given."""

    def __init__(self, worker, lease):
        task = lease["task"]
        self.id = task["id"]
        self.workspace = task["workspace"]
        self.action = task["action"]
        self.attempt = task["attempt"]
        self.input = task.get("input")
        self.checkpoint = task.get("checkpoint")
        # The attempt in the trace of the task, as W3C writes it, for the header of what the handler calls; None where there is no trace.
        self.traceparent = lease.get("traceParent")
        self.messages = []
        # What the attempt consumed: inputTokens, outputTokens, cachedTokens, reasoningTokens, cost; any of them. It is told with the end, also of one that fails.
        self.usage = None
        self._client = worker.client
        self._path = f"/leases/{lease['token']}"
        self._stopped = threading.Event()
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._note = None
        self._consumed = 0
        self._renewed = 0.0
        self._extend(lease["expiresInMs"], time.monotonic())

    @property
    def stopped(self):
        """Whether the result is unwanted: the task was cancelled, or the lease is lost."""
        return self._stopped.is_set() or time.monotonic() >= self._end

    def check(self):
        """Raises Stop once the result is unwanted; call it in long loops."""
        if self.stopped:
            raise Stop()

    def progress(self, fraction, message=None):
        """How far the work is, from 0 to 1; what is beyond counts as that bound."""
        self._report("/progress", {"fraction": 0 if math.isnan(fraction) else min(1, max(0, fraction)), "message": message})

    def chunk(self, *texts):
        """Output for those who follow the task. What may have been written is not sent again, or they would see it twice."""
        self._report("/chunks", {"chunks": [text for text in texts if text]})

    def save(self, checkpoint, consumed_through=0):
        """Notes what the next attempt is to know, and which messages it took in; sent with a heartbeat, at once."""
        with self._lock:
            self.checkpoint = checkpoint
            self._note = {"checkpoint": checkpoint, "consumedThrough": consumed_through}
        self._beat_until(self._end)
        self.check()

    # What follows is the worker's.

    def keep(self):
        """Sends heartbeats until the attempt has ended or is stopped: three in the time of a lease."""
        while not self._ended.wait(max(0.05, self._span / 3)):
            if self.stopped or not self._beat_until(self._end):
                self._stopped.set()
                return

    def end(self, operation, body):
        """Sends the end of the attempt, again and again while the lease is held; the gateway recognises one that it has."""
        if operation == "complete" and len(json.dumps(body["result"], ensure_ascii=False, allow_nan=False).encode()) > MAX_RESULT:
            raise ValueError(f"The result has more than {MAX_RESULT} bytes.")
        if self.usage is not None:
            body = {**body, "usage": self.usage}
        for tries in itertools.count():
            if self.stopped:
                raise Stop()
            try:
                self._client.post(f"{self._path}/{operation}", body, traceparent=self.traceparent)
                self._ended.set()
                return
            except Unreachable as error:
                log.warning("task %s: its end could not be told yet: %s", self.id, error)
                self._stopped.wait(_pause(tries, error))

    def close(self):
        self._ended.set()

    def _beat_until(self, limit):
        """One heartbeat, repeated until it is answered; False when the lease is lost."""
        for tries in itertools.count():
            with self._lock:
                note = self._note
            sent = time.monotonic()
            try:
                answer = self._client.post(f"{self._path}/heartbeat", note)
            except Refused as error:
                log.info("task %s: the lease is lost: %s", self.id, error)
                self._stopped.set()
                return False
            except Unreachable as error:
                if time.monotonic() >= limit:
                    log.warning("task %s: no heartbeat was answered in time: %s", self.id, error)
                    self._stopped.set()
                    return False
                if self._ended.wait(_pause(tries, error)):
                    return True
                continue
            if answer["cancelled"]:
                log.info("task %s was cancelled", self.id)
                self._stopped.set()
                return False
            with self._lock:
                if self._note is note:
                    self._note = None
                # Heartbeats overlap: the answer to an earlier one may come after that to a later one.
                self._consumed = max(self._consumed, note["consumedThrough"] if note else 0)
                messages = self.messages
                if sent >= self._renewed:
                    self._renewed = sent
                    messages = answer["messages"]
                    self._extend(answer["expiresInMs"], sent)
                self.messages = [message for message in messages if message["number"] > self._consumed]
            return True

    def _extend(self, milliseconds, since):
        """`since` is when a heartbeat was sent, so that this ends before what the store wrote; the margin covers the way of a first answer."""
        self._span = milliseconds / 1000
        self._end = since + self._span * (1 - SAFETY)

    def _report(self, path, body):
        """Reports are hints: one that is not taken fails nothing, unless the lease is gone."""
        self.check()
        try:
            self._client.post(self._path + path, body)
        except Refused as error:
            if error.status == 409:
                self._stopped.set()
                raise Stop() from error
            log.warning("task %s: a report was not taken: %s", self.id, error)
        except Unreachable as error:
            log.warning("task %s: a report was not sent: %s", self.id, error)


class Worker:
    """Leases tasks and runs their handlers until it is told to stop."""

    def __init__(self, urls, handlers, slots=1, workspaces=None, skills=None, wait=20, key=None):
        self.client = Client(urls, key)
        self._handlers = handlers
        self._slots = slots
        self._offer = {"actions": sorted(handlers), "waitMs": int(wait * 1000)}
        if workspaces:
            self._offer["workspaces"] = workspaces
        if skills:
            self._offer["skills"] = skills
        self._wait = wait
        self._stopping = threading.Event()
        self._free = threading.Condition()
        self._busy = 0

    def run(self):
        """Works until SIGTERM or SIGINT; then takes nothing more, and ends when what it has is done."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop())
        tries = 0
        while not self._stopping.is_set():
            free = self._free_slots()
            if free == 0:
                continue
            try:
                leases = self.client.post("/leases", {**self._offer, "slots": free}, self._wait + REQUEST_SECONDS)["leases"]
                tries = 0
            except Unreachable as error:
                log.warning("no tasks: %s", error)
                self._stopping.wait(_pause(tries, error))
                tries += 1
                continue
            for lease in leases:
                self._start(lease)
        with self._free:
            self._free.wait_for(lambda: self._busy == 0)

    def stop(self):
        self._stopping.set()

    def _free_slots(self):
        """How many are free, waiting a little if none is."""
        with self._free:
            self._free.wait_for(lambda: self._busy < self._slots, timeout=0.5)
            return self._slots - self._busy

    def _start(self, lease):
        with self._free:
            self._busy += 1
        threading.Thread(target=self._work, args=(Task(self, lease),), daemon=True).start()

    def _work(self, task):
        threading.Thread(target=task.keep, daemon=True).start()
        try:
            operation, body = self._execute(task)
            if not task.stopped:
                self._tell(task, operation, body)
        except Stop:
            log.info("task %s: its work was stopped", task.id)
        except Refused as error:
            log.warning("task %s: %s", task.id, error)
        finally:
            task.close()
            with self._free:
                self._busy -= 1
                self._free.notify()

    def _execute(self, task):
        try:
            return "complete", {"result": self._handlers[task.action](task)}
        except Failure as error:
            body = {"code": error.code, "message": str(error), "retryable": error.retryable}
            if error.retry_after is not None:
                body["retryAfterMs"] = int(error.retry_after * 1000)
            return "fail", body
        except Exception as error:  # A handler may raise anything; whatever it is, it is the end of this attempt alone.
            log.exception("task %s: its handler failed", task.id)
            return "fail", {"code": "worker_error", "message": f"{type(error).__name__}: {error}"}

    @staticmethod
    def _tell(task, operation, body):
        try:
            task.end(operation, body)
            return
        except (Refused, TypeError, ValueError) as error:
            if _is_lost(error):
                raise
            # What the handler returned is no JSON, or is too large: the attempt must end all the same.
            failure = {"code": "invalid_output", "message": str(error)}
        try:
            task.end("fail", failure)
        except (Refused, TypeError, ValueError) as error:
            if _is_lost(error):
                raise
            # Then it is its usage that nobody can read.
            task.usage = None
            task.end("fail", failure)


def _is_lost(error):
    return isinstance(error, Refused) and error.status == 409


def _pause(tries, error):
    """Grows with every try, and is never shorter than what the gateway asks for."""
    longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(tries, 10))
    return max(longest * random.uniform(0.5, 1), error.retry_after or 0)


def _seconds(text):
    return float(text) if text and text.isdigit() else None


def _problem(text):
    try:
        problem = json.loads(text)
    except ValueError:
        return {}
    return problem if isinstance(problem, dict) else {}
