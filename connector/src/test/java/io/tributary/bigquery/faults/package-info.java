/**
 * Faults of every kind against a task and the local BigQuery, and the verifier that judges runs.
 */
package io.tributary.bigquery.faults;
