"""Russian dates whose "г." never begins a line; the rest is Django's."""

DATE_FORMAT = "j E Y\xa0г."
YEAR_MONTH_FORMAT = "F Y\xa0г."
