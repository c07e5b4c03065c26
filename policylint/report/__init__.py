"""Turn a `Result` into formats; nothing here decides anything about a text."""
