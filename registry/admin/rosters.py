"""Rosters of an institution, in from a file and out to one."""


class RosterPages:
    def roster_urls(self):
        return []
