/** GoogleSQL: analysed by Google's analyzer, printed as DuckDB SQL. */
package io.tributary.emulator.sql;
