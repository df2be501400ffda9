package io.tributary.emulator.engine;

import io.tributary.emulator.catalog.TableDefinition;

/** A table and how many rows it has; a view has none. */
public record TableRows(TableDefinition table, long rows) {}
