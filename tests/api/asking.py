"""Questions to the JSON interface."""

from django.db import connection
from django.test.utils import CaptureQueriesContext


def get(client, path, status=200, **query):
    """The answer to a question; `from_` stands for `from`, which is a word of Python."""
    asked = {name.rstrip("_"): value for name, value in query.items()}
    response = client.get(f"/api/v1/{path}", asked)
    assert response.status_code == status, response.content
    return response.json()


def queries_for(client, path, **query):
    """How many queries an answer takes."""
    with CaptureQueriesContext(connection) as queries:
        get(client, path, **query)
    return len(queries)
