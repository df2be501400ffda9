/** A local BigQuery: start it with {@link io.tributary.emulator.BigQueryEmulator#start}. */
package io.tributary.emulator;
