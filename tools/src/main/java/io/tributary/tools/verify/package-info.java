/** Compares tables of PostgreSQL with their copies in BigQuery, row by row and column by column. */
package io.tributary.tools.verify;
