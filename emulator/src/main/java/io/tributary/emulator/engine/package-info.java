/** Storage and execution: one DuckDB database behind BigQuery's rules. */
package io.tributary.emulator.engine;
