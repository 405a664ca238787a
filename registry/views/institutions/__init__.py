"""What a body is: its page, the map of the state, rules, votes, convocations."""
