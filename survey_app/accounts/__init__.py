"""Staff, their roles and their sign-in; who may enter what."""
