/**
 * Faults of processes: a broker, workers and BigQuery as processes of their own, which are killed,
 * frozen, cut off and slowed down under load. Only in the profiles {@code faults} and {@code soak}.
 */
package io.tributary.systemtests.faults;
