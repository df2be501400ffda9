/**
 * Made-up lives of tables and rows, taken through a task and an emulator, and compared with what a
 * reference of their own makes of the same records.
 */
package io.tributary.bigquery.histories;
