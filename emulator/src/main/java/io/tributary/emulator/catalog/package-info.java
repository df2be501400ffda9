/** What the local BigQuery knows of datasets and tables, and the errors that it answers with. */
package io.tributary.emulator.catalog;
