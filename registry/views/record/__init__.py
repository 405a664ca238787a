"""What the record rests on, what does not fit, what happened and what is to come."""
