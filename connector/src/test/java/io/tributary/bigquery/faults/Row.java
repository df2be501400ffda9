package io.tributary.bigquery.faults;

/** A row of the table. */
record Row(long id, long version, String big) {}
