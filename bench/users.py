"""A crowd of clients in a process of its own: each types a search, reads for a second on average, types the next."""

from __future__ import annotations

import json
import random
import sys
import time
from http.client import HTTPConnection
from threading import Thread

from bench.figure import NotMeasured
from bench.queries import load_sets

USERS, SEARCHES, PAUSE = 50, 20, 1.0
PATH = "/api/v1/codes/find"


def _crowd(port: int, token: str) -> None:
    """All users at once; the first search of each comes at a time of its own."""
    queries = [query.text for queries in load_sets().values() for query in queries]
    random.Random(1).shuffle(queries)
    users = [Thread(target=_user, args=(number, port, token, queries)) for number in range(USERS)]
    for user in users:
        user.start()
    for user in users:
        user.join()


def _user(number: int, port: int, token: str, queries: list[str]) -> None:
    own = random.Random(number)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    for _ in range(SEARCHES):
        time.sleep(own.expovariate(1 / PAUSE))
        connection = HTTPConnection("127.0.0.1", port, timeout=30)  # the server closes one that waits two seconds
        connection.request("POST", PATH, json.dumps({"q": own.choice(queries)}), headers)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        if answer.status != 200:
            raise NotMeasured(f"{PATH} answered {answer.status}")


if __name__ == "__main__":
    _crowd(int(sys.argv[1]), sys.argv[2])
