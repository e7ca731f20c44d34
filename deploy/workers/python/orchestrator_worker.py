"""The worker's side of the process pool's protocol, for Python 3.9 or newer, with the standard library alone.

    import orchestrator_worker as worker

    def shout(task):
        task.progress(0.5, "half way")
        return {"text": task.input["text"].upper()}

    if __name__ == "__main__":
        worker.run({"example.shout": shout})

The pool starts the file as a child process and speaks one JSON object a line on its standard input and output. A handler
gets one task at a time, on the main thread; a second thread reads the input meanwhile, so that pings are answered and a
cancellation is noticed while the handler works. Whatever the handler prints goes to standard error, which is the log.
"""

import itertools
import json
import os
import queue
import signal
import sys
import threading
import time
import traceback

MAX_LINE_BYTES = 16 * 1024 * 1024
HEARTBEAT_VARIABLE = "ORCHESTRATOR_HEARTBEAT_INTERVAL_MS"

# Numbers by which answers of the pool are told apart, over all tasks of this process.
_requests = itertools.count(1)


class WorkerError(Exception):
    """Ends the task with a named outcome. `code` is one of the orchestrator's error codes; `retryable` of None leaves it to the code."""

    def __init__(self, code, message, retryable=None):
        super().__init__(message)
        self.code = code
        self.retryable = retryable


class InvalidInput(WorkerError):
    """The input will not get better by trying again."""

    def __init__(self, message):
        super().__init__("invalid_input", message, False)


class Cancelled(Exception):
    """Nobody wants the result any more; raised by Task.check_cancelled()."""


class Waiting(BaseException):
    """Ends the attempt, because the task waits for its children or a person; leave it alone. Not an Exception, so that `except Exception` does."""


class Child:
    """A child of a task that has ended: `status` is "completed", "failed" or "cancelled"."""

    def __init__(self, line):
        self.id = line["child"]
        self.status = line["status"]
        self.error = line.get("error")
        self._result = line.get("result")

    @property
    def completed(self):
        return self.status == "completed"

    @property
    def result(self):
        """Its decoded result; WorkerError("dependency_failed") if it did not complete."""
        if not self.completed:
            error = self.error or {}
            raise WorkerError("dependency_failed", "The child %s ended as %s (%s: %s)." % (
                self.id, self.status, error.get("code"), error.get("message")), False)
        return self._result


class Decision:
    """What a person decided: `decision` is "approve", "reject", "continue", "retry", or "expired" when nobody answered in time."""

    def __init__(self, line):
        self.decision = line["decision"]
        self.edits = line.get("edits")
        self.comment = line.get("comment")


class Task:
    """What a handler gets. `input` is the decoded JSON."""

    def __init__(self, message, output):
        self.id = message["id"]
        self.action = message["action"]
        self.input = message.get("input")
        self.attempt = message.get("attempt", 1)
        deadline_ms = message.get("deadlineMs")
        self._deadline = None if deadline_ms is None else time.monotonic() + deadline_ms / 1000
        self._cancelled = threading.Event()
        self._output = output
        self._answers = queue.Queue()
        self._request = None
        self._note = None
        self._has_note = False
        self._questions = itertools.count(1)
        self.checkpoint = message.get("checkpoint")

    @property
    def cancelled(self):
        return self._cancelled.is_set()

    @property
    def remaining(self):
        """Seconds until the pool gives the task up; None without a limit."""
        return None if self._deadline is None else max(0.0, self._deadline - time.monotonic())

    def check_cancelled(self):
        """Raises Cancelled if nobody wants the result any more; call it now and then in long loops."""
        if self._cancelled.is_set():
            raise Cancelled()

    def progress(self, fraction, message=None):
        """Tells how far the work is, from 0 to 1."""
        line = {"type": "progress", "id": self.id, "fraction": fraction}
        if message is not None:
            line["message"] = str(message)
        self._output.send(line)

    def chunk(self, text):
        """Appends a piece of output for those who follow the task."""
        self._output.send({"type": "chunk", "id": self.id, "text": text})

    def set_checkpoint(self, value):
        """Notes what an attempt that runs this handler again finds in `checkpoint`; stored with the next delegate(), wait_for() or ask()."""
        self.checkpoint = self._note = value
        self._has_note = True

    def delegate(self, tasks):
        """Creates children of this task, all or none, and answers their ids; once it does they are durable.

        Each is a dict: "action", "input", and if needed "key", "name", "description", "priority", "maxAttempts", "timeoutMs",
        "deadlineAt", "runAt", "dependsOn", "onDependencyFailure", "tags", "skills", "resources". A handler that is run again gets the
        same children: by "key", or else by the order in which it creates them. WorkerError says why they were refused;
        its code is "depth_exceeded" past the workspace's limit.
        """
        if not tasks:
            return []
        self._ask(self._with_note({"type": "delegate", "id": self.id, "tasks": list(tasks)}))
        return self._next_answer()["children"]

    def wait_for(self, children):
        """How these children ended, as a list of Child in the same order.

        While one of them has not, the attempt ends here (Waiting): the task waits without a process, and once they have all
        ended the handler is run again from its beginning and gets the answer here. Such an attempt does not count.
        """
        children = list(children)
        if not children:
            return []
        self._ask({"type": "outcomes", "id": self.id, "children": children})
        ended = []
        while len(ended) < len(children):
            answer = self._next_answer()
            if answer["type"] == "pending":
                raise Waiting(self._with_note({"type": "wait", "id": self.id, "children": children}))
            ended.append(Child(answer))
        return ended

    def ask(self, question, details=None, timeout=None, key=None):
        """What a person decided about this question, as a Decision. `details` is any JSON that the person may edit, `timeout` in seconds.

        While nobody has decided, the attempt ends here (Waiting): the task waits without a process, and once somebody has, or the
        time is over, the handler is run again from its beginning and gets the answer here. Such an attempt does not count. A handler
        that is run again finds each answer by "key", or else by the order in which it asks.
        """
        key = key or "#%d" % next(self._questions)
        self._ask({"type": "decision", "id": self.id, "key": key})
        answer = self._next_answer()
        if answer["type"] == "decided":
            return Decision(answer)
        line = {"type": "ask", "id": self.id, "key": key, "question": question}
        if details is not None:
            line["details"] = details
        if timeout is not None:
            line["timeoutMs"] = int(timeout * 1000)
        raise Waiting(self._with_note(line))

    def _with_note(self, line):
        if self._has_note:
            line["checkpoint"] = self._note
        return line

    def _ask(self, line):
        self.check_cancelled()
        self._request = line["request"] = next(_requests)
        self._output.send(line)

    def _next_answer(self):
        while True:
            answer = self._answers.get()
            if answer is None:
                raise Cancelled()
            if answer.get("request") == self._request:
                break
        if answer["type"] == "refused":
            raise WorkerError(answer["code"], answer["message"])
        return answer

    def _cancel(self):
        self._cancelled.set()
        self._answers.put(None)


class _Output:
    """Writes whole lines to what was standard output when the worker started; any thread may send."""

    def __init__(self):
        self._lock = threading.Lock()
        # Our own copy of the descriptor; number 1 is pointed at standard error, so that neither print() nor a C library
        # nor a child process can write into the protocol.
        self._stream = os.fdopen(os.dup(1), "wb", buffering=0)
        sys.stdout.flush()
        os.dup2(2, 1)
        sys.stdout = sys.stderr

    def send(self, message):
        try:
            line = json.dumps(message, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8")
        except UnicodeEncodeError:
            # Half a surrogate pair is not text; escaped it would not be either.
            text = json.dumps(message, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
            line = text.encode("utf-8", "replace")
        if len(line) > MAX_LINE_BYTES:
            raise WorkerError("invalid_output", "The line has %d bytes; at most %d are taken." % (len(line), MAX_LINE_BYTES), False)
        self._write(line + b"\n")

    def _write(self, data):
        view = memoryview(data)
        try:
            with self._lock:
                while view:
                    view = view[self._stream.write(view):]
        except BrokenPipeError:
            # The pool is gone.
            os._exit(0)


class _Worker:
    def __init__(self, handlers):
        self._handlers = handlers
        self._output = _Output()
        self._tasks = queue.Queue()
        self._current = None
        self._lock = threading.Lock()

    def run(self):
        # A terminal or a service manager signals the whole group; it is the pool's to say when its workers end.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        threading.Thread(target=self._read, name="input", daemon=True).start()
        threading.Thread(target=self._beat, name="heartbeat", daemon=True).start()
        self._output.send({"type": "ready", "actions": sorted(self._handlers)})
        while True:
            task = self._tasks.get()
            if task is None:
                # The input thread may hold standard input in a blocking read, over which an orderly exit would stumble.
                sys.stderr.flush()
                os._exit(0)
            self._execute(task)

    def _read(self):
        try:
            self._read_lines()
        except Exception:
            # Without its input the worker is of no use; the pool replaces it.
            traceback.print_exc()
            os._exit(1)

    def _read_lines(self):
        for line in _lines(0):
            message = json.loads(line)
            kind = message.get("type")
            if kind == "task":
                task = Task(message, self._output)
                with self._lock:
                    self._current = task
                self._tasks.put(task)
            elif kind == "cancel":
                with self._lock:
                    if self._current is not None and self._current.id == message.get("id"):
                        self._current._cancel()
            elif kind in ("delegated", "refused", "pending", "outcome", "decided"):
                with self._lock:
                    if self._current is not None and self._current.id == message.get("id"):
                        self._current._answers.put(message)
            elif kind == "ping":
                self._output.send({"type": "heartbeat"})
            elif kind == "shutdown":
                self._tasks.put(None)
        # The pool closed the pipe or is gone, be it by kill -9: nobody would read a result. The main thread may be deep in work.
        with self._lock:
            busy = self._current is not None
        if busy:
            os._exit(0)
        self._tasks.put(None)

    def _beat(self):
        interval = float(os.environ.get(HEARTBEAT_VARIABLE, "5000")) / 1000
        while True:
            time.sleep(interval)
            with self._lock:
                busy = self._current is not None
            if busy:
                self._output.send({"type": "heartbeat"})

    def _execute(self, task):
        try:
            answer = self._answer(task)
        finally:
            with self._lock:
                self._current = None
        try:
            self._output.send(answer)
        except (TypeError, ValueError) as error:
            self._output.send(_error(task, "invalid_output", "The result cannot be written as JSON: %s" % error, None))
        except WorkerError as error:
            self._output.send(_error(task, error.code, str(error), error.retryable))

    def _answer(self, task):
        handler = self._handlers.get(task.action)
        if handler is None:
            return _error(task, "unservable", "This worker does not execute %s." % task.action, False)
        try:
            task.check_cancelled()
            return {"type": "result", "id": task.id, "output": handler(task)}
        except Waiting as waiting:
            return waiting.args[0]
        except WorkerError as error:
            return _error(task, error.code, str(error), error.retryable)
        except Cancelled:
            return _error(task, "cancelled", "The task was cancelled.", False)
        except Exception as error:  # What a handler raises is its task's failure, never the worker's.
            traceback.print_exc()
            return _error(task, "worker_error", "%s: %s" % (type(error).__name__, error), None)


def _lines(descriptor):
    """Reads without Python's buffered stream, whose lock a thread that waits for input would hold when the interpreter ends."""
    rest = []
    while True:
        data = os.read(descriptor, 1 << 16)
        if not data:
            return
        *ends, last = data.split(b"\n")
        for end in ends:
            rest.append(end)
            yield b"".join(rest)
            rest = []
        if last:
            rest.append(last)


def _error(task, code, message, retryable):
    line = {"type": "error", "id": task.id, "code": code, "message": message}
    if retryable is not None:
        line["retryable"] = retryable
    return line


def run(handlers):
    """Serves tasks until the pool says `shutdown` or closes standard input. `handlers` maps actions to functions of a Task."""
    _Worker(handlers).run()
