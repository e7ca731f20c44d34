"""sample.factor on the HTTP API: the prime factors of a whole number.

Input   {"number": from 2 to 10^15}
Output  {"factors": [smallest first]}

    python3 factor_worker.py [--slots 4] http://127.0.0.1:8080 [another gateway …]
"""

import argparse
import logging
import math

import orchestrator_remote as remote

LARGEST = 10**15
# After so many trial divisions the worker looks whether the result is still wanted.
STRETCH = 200_000


def factor(task):
    number = task.input.get("number") if isinstance(task.input, dict) else None
    if isinstance(number, bool) or not isinstance(number, int) or not 2 <= number <= LARGEST:
        raise remote.InvalidInput(f"$.number: must be a whole number from 2 to {LARGEST}.")
    factors = []
    divisor = 2
    while divisor * divisor <= number:
        if number % divisor == 0:
            factors.append(divisor)
            number //= divisor
            continue
        divisor += 1 if divisor == 2 else 2
        if divisor % STRETCH == 1:
            task.progress(divisor / math.sqrt(number), f"no other factor below {divisor}")
    return {"factors": factors + ([number] if number > 1 else [])}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Serves sample.factor.")
    parser.add_argument("urls", nargs="+", help="gateways, such as http://127.0.0.1:8080")
    parser.add_argument("--slots", type=int, default=4, help="how many tasks at the same time")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    remote.Worker(options.urls, {"sample.factor": factor}, slots=options.slots).run()
