package io.tributary.emulator.engine;

/** A statement of a script that has run: its text, and what it gave. */
public record ScriptStatement(String sql, StatementResult result) {}
