package io.tributary.emulator.engine;

/**
 * A query parameter.
 *
 * @param name null for a positional parameter
 * @param value a canonical Java value, see {@link Engine}
 */
public record QueryParameter(String name, SqlType type, Object value) {}
