"""The shapes of the answers; the OpenAPI document is made from them.

Days are half-open: `start` is the first day in office or in force, `end` the first day out of it.
A day that is known only in part is written `2014`, `2014-06` or as a span
`[2014-06-01..2014-08-31]`, with its precision beside it. Names and texts are in the language that
the request asks for with Accept-Language.
"""

from ninja import Field, Schema


class Refusal(Schema):
    detail: str = Field(description="What is wrong with the question, and what would be right.")
