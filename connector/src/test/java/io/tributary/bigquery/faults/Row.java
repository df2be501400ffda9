package io.tributary.bigquery.faults;

/** A row of the table. */
public record Row(long id, long version, String big) {}
