"""Counts words, and has the chapters of a book counted by other tasks: a sample of delegation.

    sample.wordcount        {"text": "..."}            -> {"words": n}
    sample.wordcount.book   {"chapters": ["...", ...]} -> {"words": n, "chapters": [n, ...]}
"""

import orchestrator_worker as worker


def count(task):
    text = task.input.get("text") if isinstance(task.input, dict) else None
    if not isinstance(text, str):
        raise worker.InvalidInput("$.text: must be a string.")
    return {"words": len(text.split())}


def count_book(task):
    chapters = task.input.get("chapters") if isinstance(task.input, dict) else None
    if not isinstance(chapters, list) or not all(isinstance(text, str) for text in chapters):
        raise worker.InvalidInput("$.chapters: must be a list of strings.")
    children = task.delegate([{"action": "sample.wordcount", "input": {"text": text}} for text in chapters])
    counts = [child.result["words"] for child in task.wait_for(children)]
    return {"words": sum(counts), "chapters": counts}


if __name__ == "__main__":
    worker.run({"sample.wordcount": count, "sample.wordcount.book": count_book})
