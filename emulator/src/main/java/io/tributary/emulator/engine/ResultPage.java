package io.tributary.emulator.engine;

import io.tributary.emulator.catalog.Column;
import java.util.List;

/**
 * Some rows of a table in a stable order.
 *
 * @param totalRows rows of the whole table
 */
public record ResultPage(List<Column> schema, List<Object[]> rows, long totalRows) {}
