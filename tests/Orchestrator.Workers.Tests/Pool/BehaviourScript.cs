namespace Orchestrator.Workers.Tests.Pool;

/// <summary>A worker that follows the protocol until its input tells it not to. It does not use the sample library: it is what a stranger may write.</summary>
internal static class BehaviourScript
{
    public const string Source = """
        import json, os, subprocess, sys, time

        out = sys.stdout.buffer
        served = 0

        def raw(data):
            out.write(data)
            out.flush()

        def send(message):
            raw(json.dumps(message, ensure_ascii=False).encode("utf-8") + b"\n")

        def beat_until(condition):
            while not condition():
                send({"type": "heartbeat"})
                time.sleep(0.02)

        send({"type": "ready", "actions": ["test.do"]})
        for line in sys.stdin.buffer:
            message = json.loads(line)
            if message["type"] == "ping":
                send({"type": "heartbeat"})
                continue
            if message["type"] == "shutdown":
                break
            if message["type"] != "task":
                continue
            served += 1
            id, data = message["id"], message["input"]
            do = data["do"]
            result = {"type": "result", "id": id, "output": {"pid": os.getpid(), "served": served, "message": message}}
            if do == "echo":
                send(result)
            elif do == "report":
                send({"type": "progress", "id": id, "fraction": 0.5, "message": "half"})
                send({"type": "chunk", "id": id, "text": "one "})
                send({"type": "chunk", "id": id, "text": "two"})
                send(result)
            elif do == "sleep":
                time.sleep(data["seconds"])
                send(result)
            elif do == "crash":
                os._exit(3)
            elif do == "hang":
                send({"type": "chunk", "id": id, "text": str(os.getpid())})
                time.sleep(600)
            elif do == "slow":
                send({"type": "chunk", "id": id, "text": str(os.getpid())})
                beat_until(lambda: False)
            elif do == "cancellable":
                send({"type": "chunk", "id": id, "text": str(os.getpid())})
                while True:
                    next = json.loads(sys.stdin.buffer.readline())
                    if next["type"] == "ping":
                        send({"type": "heartbeat"})
                    elif next["type"] == "cancel" and next["id"] == id:
                        break
                send({"type": "error", "id": id, "code": "cancelled", "message": "as asked"})
            elif do == "error":
                send({"type": "error", "id": id, **data["error"]})
            elif do == "write":
                raw(data["text"].encode("utf-8"))
                time.sleep(600)
            elif do == "invalid-utf8":
                raw(b'{"type":"heartbeat","x":"\xff"}\n')
                time.sleep(600)
            elif do == "huge-line":
                for _ in range(17):
                    raw(b"x" * (1024 * 1024))
                time.sleep(600)
            elif do == "large-result":
                send({"type": "result", "id": id, "output": "x" * data["size"]})
            elif do == "half-line":
                raw(b'{"type":"resu')
                os._exit(0)
            elif do == "wrong-id":
                send({"type": "result", "id": "0190a6f0-0000-7000-8000-000000000000", "output": 1})
                time.sleep(600)
            elif do == "late-lines":
                send(result)
                send({"type": "progress", "id": id, "fraction": 1})
                send({"type": "chunk", "id": id, "text": "late"})
            elif do == "twice":
                send(result)
                send(result)
            elif do == "close-stdout":
                os.close(1)
                time.sleep(600)
            elif do == "stderr-flood":
                for _ in range(data["lines"]):
                    os.write(2, b"e" * 1000 + b"\n")
                send(result)
            elif do == "orphan-then-crash":
                child = subprocess.Popen(["sleep", "20"])
                os._exit(4)
            elif do == "child-then-hang":
                child = subprocess.Popen(["sleep", "600"])
                send({"type": "chunk", "id": id, "text": "%d %d" % (os.getpid(), child.pid)})
                beat_until(lambda: False)
        """;
}
