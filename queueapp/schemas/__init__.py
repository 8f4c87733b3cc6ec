"""Bodies accepted and shapes answered. They know shapes only, never the database or the user."""
