"""What carries a message out beside SMS: a module each, with the same functions as an SMS provider."""
