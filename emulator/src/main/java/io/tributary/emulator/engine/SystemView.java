package io.tributary.emulator.engine;

import io.tributary.emulator.catalog.Column;
import java.util.List;

/**
 * A view of INFORMATION_SCHEMA as it is now.
 *
 * @param rows canonical Java values
 */
public record SystemView(List<Column> columns, List<Object[]> rows) {}
